//! `fimi analyze`: the archive, or files of records, without the network.

use super::read_line::ReadLine;
use super::selection::outlet_ids;
use super::{Context, output, run_analysis, vectors};
use crate::archive::Archive;
use crate::cli::AnalyzeArgs;
use crate::config::Period;
use crate::corpus::RawCorpus;
use crate::exit::{Exit, UserError};
use crate::fetch;
use crate::formats::{self, InputFile, ReadOptions, Records};
use crate::stopwatch::Stopwatch;

/// Runs the command.
pub(super) fn run(mut context: Context, args: &AnalyzeArgs) -> anyhow::Result<Exit> {
    let clock = Stopwatch::start();
    let settings = context.analysis(&args.analysis, None)?;
    let mut provenance =
        run_analysis::Provenance { command: "analyze", ..run_analysis::Provenance::default() };
    let outputs = crate::report::all_outputs().map(|file| file.name);
    output::refuse_inputs(&args.analysis.out, outputs, &args.input)?;
    let compared = settings.1.after(settings.0.similarity.window);
    let (mut corpus, files) = corpus(&context, &args.input, args.strict, compared)?;
    only(&mut context, &mut corpus, &args.outlets)?;
    provenance.partial = files.iter().any(|file| file.skipped > 0);
    provenance.inputs = files;
    // Vectors are kept in the archive if nobody else is writing to it.
    let uses_archive =
        args.input.is_empty() && !vectors::models(&context.folders.models).is_empty();
    let mut archive = uses_archive.then(|| Archive::open(&context.folders.archive).ok()).flatten();
    let archive = archive.as_mut();
    run_analysis::run(&mut context, &args.analysis, settings, corpus, &provenance, archive, clock)
}

/// Leaves the articles of these outlets (ids or names); of all if none is named.
fn only(context: &mut Context, corpus: &mut RawCorpus, outlets: &[String]) -> anyhow::Result<()> {
    let Some(ids) = outlet_ids(&corpus.registry, outlets)? else { return Ok(()) };
    let named = ids.join(",");
    let as_given = |_: &str| Ok::<(), String>(());
    context.resolver.choose("outlets", Some(&named), None, "", as_given)?;
    corpus.articles.retain(|article| ids.contains(&article.outlet));
    corpus.feeds.retain(|feed| ids.contains(&feed.outlet));
    corpus.gaps.retain(|gap| ids.contains(&gap.outlet));
    if corpus.articles.is_empty() {
        return Err(UserError::nothing(format!("no article of {named}: nothing to analyze")).into());
    }
    Ok(())
}

/// Loads the files, or the archive if there are none; says which records are skipped.
pub(super) fn corpus(
    context: &Context,
    files: &[std::path::PathBuf],
    strict: bool,
    period: Period,
) -> anyhow::Result<(RawCorpus, Vec<InputFile>)> {
    if files.is_empty() {
        let archive = Archive::open_read_only(&context.folders.archive)?;
        return Ok((from_archive(context, &archive, period)?, Vec::new()));
    }
    let line = ReadLine::new(context, files);
    let options = ReadOptions {
        strict,
        now: Some(context.now),
        bytes_read: Some(line.counter()),
        ..ReadOptions::new(&context.registry)
    };
    let records = formats::read_files(files, &options)?;
    drop(line);
    context.tell_records(&records);
    if records.articles.is_empty() {
        let names: Vec<&str> = records.files.iter().map(|file| file.name.as_str()).collect();
        let text = format!("no usable article in {}", names.join(", "));
        return Err(UserError::nothing(text).into());
    }
    let registry = records.registry(&context.registry);
    let corpus = RawCorpus {
        articles: records.articles,
        registry,
        skipped: records.skipped,
        ..RawCorpus::default()
    };
    Ok((corpus, records.files))
}

/// Loads what an analysis of the archive starts from.
pub(super) fn from_archive(
    context: &Context,
    archive: &Archive,
    period: Period,
) -> anyhow::Result<RawCorpus> {
    let articles = archive.articles(period.since, period.until)?;
    let records = Records { articles, ..Records::default() };
    let registry = records.registry(&context.registry);
    Ok(RawCorpus {
        articles: records.articles,
        registry,
        feeds: archive.feeds()?.into_iter().map(fetch::shareable).collect(),
        gaps: archive.gaps(period.since, period.until)?,
        ..RawCorpus::default()
    })
}
