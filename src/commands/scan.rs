//! `fimi scan`: fetch, analyze, report.

use super::{Context, analyze, fetch, plan, run_analysis};
use crate::archive::Archive;
use crate::cli::ScanArgs;
use crate::exit::{Exit, UserError};
use crate::fetch::FetchConfig;
use crate::stopwatch::Stopwatch;

/// How far back a scan looks unless `--since` says otherwise.
pub(super) const DEFAULT_SINCE: &str = "7d";

/// Runs the command.
pub(super) fn run(mut context: Context, args: &ScanArgs) -> anyhow::Result<Exit> {
    let config = context.polling(&args.poll)?;
    if args.dry_run {
        return plan::run(&context, &args.poll, &config, args.analysis.json);
    }
    let mut args = args.clone();
    args.analysis.desk.seen.get_or_insert_with(|| context.folders.seen());
    let args = &args;
    let mut archive = fetch::open(&context, &args.poll)?;
    once(&mut context, args, &config, &mut archive)
}

/// Polls once and analyzes what the archive then holds.
///
/// # Errors
///
/// A [`UserError`] with exit code 4 if no source could be heard: a report of an archive that could not be
/// brought up to date would look like news. `fimi analyze` reports it all the same.
pub(super) fn once(
    context: &mut Context,
    args: &ScanArgs,
    config: &FetchConfig,
    archive: &mut Archive,
) -> anyhow::Result<Exit> {
    let mut clock = Stopwatch::start();
    let settings = context.analysis(&args.analysis, Some(DEFAULT_SINCE))?;
    let polled = fetch::poll(context, &args.poll, config, archive)?;
    let fetched = fetch::exit_of(&polled.summary, args.poll.strict);
    if let Err(error) = fetched {
        let held = archive.stats()?.articles;
        if held > 0 {
            context.note(format!(
                "the archive still holds {held} articles: `fimi analyze` reports them"
            ));
        }
        return Err(error);
    }
    clock.lap("fetch");
    let mut corpus = {
        let compared = settings.1.after(settings.0.similarity.window);
        analyze::from_archive(context, archive, compared)?
    };
    corpus.skipped.extend(polled.skipped);
    if corpus.articles.is_empty() {
        return Err(UserError::nothing(format!(
            "sources were heard, but the archive has no article in {}",
            settings.1
        ))
        .into());
    }
    let provenance = run_analysis::Provenance {
        command: "scan",
        partial: fetched? == Exit::Partial,
        fetch: Some(config.clone()),
        ..run_analysis::Provenance::default()
    };
    run_analysis::run(context, &args.analysis, settings, corpus, &provenance, Some(archive), clock)
}
