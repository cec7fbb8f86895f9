//! `fimi tag`: which sentences of the archive, or of a file, resemble the claims of a codebook. Nothing else is computed.

use std::io::Write;

use super::{Context, analyze, run_analysis};
use crate::cli::{AnalysisArgs, TagArgs};
use crate::corpus::Corpus;
use crate::exit::{Exit, UserError};
use crate::model::Analysis;
use crate::pipeline;
use crate::report::{self, ReportConfig, ReportIndex, Run};
use crate::sample::tags;

/// Runs the command.
pub(super) fn run(mut context: Context, args: &TagArgs) -> anyhow::Result<Exit> {
    if let Some(path) = &args.read {
        return score(path);
    }
    let period = AnalysisArgs {
        since: args.since.clone(),
        until: args.until.clone(),
        narratives: args.narratives.clone(),
        ..AnalysisArgs::default()
    };
    let (config, period) = context.analysis(&period, None)?;
    let (mut raw, files) = analyze::corpus(&context, &args.input, args.strict, period)?;
    run_analysis::restrict(&mut raw, period, chrono::TimeDelta::zero());
    let corpus = Corpus::build(raw);
    if corpus.is_empty() {
        return Err(UserError::nothing(format!("no article in {period}: nothing to tag")).into());
    }
    let mut watchlist = pipeline::tag(&corpus, &config.watchlist);
    watchlist.spread = crate::watchlist::spread(&corpus, &watchlist, &[], &[]);
    let tagged = watchlist.tags.len();
    let articles: std::collections::BTreeSet<usize> =
        watchlist.tags.iter().map(|tag| tag.article).collect();
    let analysis = Analysis { watchlist, ..Analysis::default() };
    let (run, report_config) =
        (Run::default(), ReportConfig { raw_text: args.csv_raw, ..ReportConfig::default() });
    let view = ReportIndex::new(&corpus, &analysis, &run, &report_config);
    let mut out = crate::terminal::stdout();
    if args.json {
        for tag in report::Document::of(&view).tags {
            serde_json::to_writer(&mut out, &tag)?;
            writeln!(out)?;
        }
    } else {
        let table = if args.outlets { "watchlist.csv" } else { "tags.csv" };
        for file in report::OUTPUTS.iter().filter(|file| file.name == table) {
            file.write(&view, &mut out)?;
        }
    }
    context.note(format!(
        "{tagged} tags in {} of {} articles; a tag is a sentence to read, not a finding",
        articles.len(),
        corpus.len()
    ));
    let partial = files.iter().any(|file| file.skipped > 0);
    Ok(if partial { Exit::Partial } else { Exit::Done })
}

/// Prints what a person says of tags.
fn score(path: &std::path::Path) -> anyhow::Result<Exit> {
    let table = std::fs::read(path)
        .map_err(|e| UserError::usage(format!("cannot read {}: {e}", path.display())))?;
    let rows = tags::score(&table)
        .map_err(|problem| UserError::usage(format!("{}: {problem}", path.display())))?;
    if rows.is_empty() {
        return Err(UserError::nothing(format!("no tag of {} is labelled", path.display())).into());
    }
    crate::terminal::stdout().write_all(tags::text(&rows).as_bytes())?;
    Ok(Exit::Done)
}
