//! What `scan`, `demo` and `analyze` share: a corpus goes through the pipeline, the outputs are
//! written, the summary is printed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use super::desk::Desk;
use super::run_file::{
    Measured, NewsCounts, OutputFile, RUN_SCHEMA_VERSION, RegistryFile, RunFile,
};
use super::stage_line::StageLine;
use super::{Context, alarm, incremental, output, sample as sheets, vectors};
use crate::alert;
use crate::archive::Archive;
use crate::cli::{AnalysisArgs, Stix};
use crate::config::Period;
use crate::corpus::{Corpus, RawCorpus};
use crate::exit::{Exit, UserError};
use crate::fetch::FetchConfig;
use crate::formats::InputFile;
use crate::model::{Analysis, Article, Relations};
use crate::pipeline::{self, AnalyzeConfig};
use crate::report::{self, ReportConfig, ReportIndex, StixProfile, Written};
use crate::sample::{self, Labels, Score};
use crate::stopwatch::{StageCost, Stopwatch};

/// Where the corpus came from.
#[derive(Debug, Default)]
pub(super) struct Provenance {
    /// Name of the command.
    pub(super) command: &'static str,
    /// Files that were read; empty for the archive.
    pub(super) inputs: Vec<InputFile>,
    /// Some source or record was lost on the way: exit code 3.
    pub(super) partial: bool,
    /// How sources were asked; `None` if none was.
    pub(super) fetch: Option<FetchConfig>,
}

/// Analyzes a corpus and writes the output directory; the one path of all commands that analyze.
///
/// # Errors
///
/// A [`UserError`] with exit code 4 for an empty corpus; otherwise what keeps the outputs from being
/// written.
pub(super) fn run(
    context: &mut Context,
    args: &AnalysisArgs,
    settings: (AnalyzeConfig, Period),
    raw: RawCorpus,
    provenance: &Provenance,
    archive: Option<&mut Archive>,
    mut clock: Stopwatch,
) -> anyhow::Result<Exit> {
    let (mut config, period) = settings;
    let labels = sheets::labels(&args.labels)?;
    let corpus = usable(raw, args, &config, period)?;
    check_conditions(context, args, &config, period, &corpus)?;
    let report_config = report_config(args);
    let outputs = || report::all_outputs().map(|file| file.name);
    let _lock = output::lock(&args.out)?;
    let own = output::own_files(&args.out);
    let planned =
        report::outputs_of(config.similarity.relations, &report_config).map(|file| file.name);
    let planned: Vec<&str> = planned.chain([report::DATA_PACKAGE]).collect();
    output::refuse_foreign(&args.out, planned.iter().copied(), &own)?;
    let mut desk = Desk::open(&args.desk)?;
    output::prepare(&args.out, own.iter().map(String::as_str).chain(planned))?;
    clock.lap("read");
    let (corpus, model) = if config.similarity.relations.contains(Relations::LEXICAL) {
        vectors::add(context, corpus, archive)?
    } else {
        (corpus, None)
    };
    config.similarity.model = model.map(|model| format!("{} {}", model.id, model.sha256));
    clock.lap("vectors");
    let run_id = run_id(corpus.articles(), &config, period);
    let known = args.incremental.then(|| incremental::load(context, &config, provenance));
    let (known, kept) = known.unzip();
    let line = StageLine::new(context, corpus.len());
    let (mut analysis, known) = pipeline::analyze_after(&corpus, &config, known, &mut |stage| {
        clock.lap(stage);
        line.ended(stage);
    });
    let weeks = kept.zip(known).map(|(kept, known)| {
        let weeks = incremental::save(context, kept, &known);
        clock.lap("memory");
        weeks
    });
    if config.similarity.model.is_none() && vectors::would_help(&corpus) {
        analysis.significance.notes.push(vectors::NO_MODEL.to_owned());
    }
    let sample = scored(&run_id, &mut analysis, &labels);
    let run = report::Run {
        run_id: run_id.clone(),
        since: period.since,
        until: period.until,
        settings: serde_json::to_value(&config)?,
        news: desk.news(&corpus, &analysis),
    };
    let view = ReportIndex::new(&corpus, &analysis, &run, &report_config);
    let (written, files) = write_files(&args.out, &view, &line)?;
    output::remove_others(&args.out, outputs(), &own, &written)?;
    let alerts = alert::check(&args.desk.fail_on, &view, context.now);
    drop(line);
    clock.lap("report");
    for cost in &clock.stages {
        let cpu = cost.cpu_seconds.unwrap_or_default();
        context.detail(format!("{}: {:.2} s, {cpu:.2} s of CPU", cost.stage, cost.wall_seconds));
    }
    let file = RunFile {
        schema_version: RUN_SCHEMA_VERSION,
        run_id: &run_id,
        tool: output::TOOL,
        tool_version: report::TOOL_VERSION,
        command: provenance.command,
        period,
        registry: RegistryFile {
            sha256: crate::ids::sha256_hex(&serde_json::to_vec(corpus.registry())?),
            outlets: corpus.registry().outlets.len(),
            file: context.registry_file.as_deref(),
        },
        settings: &context.resolver.settings,
        analysis: &config,
        fetch: provenance.fetch.as_ref(),
        inputs: &provenance.inputs,
        counts: counts(&corpus, &analysis),
        notes: &analysis.significance.notes,
        sample,
        news: run.news.as_ref().map(|news| NewsCounts::new(news, &analysis)),
        fail_on: alarm::texts(&args.desk.fail_on),
        alerts: &alerts,
        partial: provenance.partial,
        outputs: written
            .iter()
            .map(|w| OutputFile { name: w.name, bytes: w.bytes, sha256: &w.sha256 })
            .collect(),
        measured: Measured {
            threads: rayon::current_num_threads(),
            flags: &context.flags,
            weeks,
            stages: &clock.stages,
            files: &files,
        },
    };
    let mut text = serde_json::to_vec_pretty(&file)?;
    text.push(b'\n');
    output::write(&args.out.join(output::RUN_FILE), |out| out.write_all(&text))?;
    output::finish(&args.out)?;
    tell(context, args, &view, &text)?;
    desk.report(&view, &alerts, &args.out, context.now)?;
    let exit = exit_of(!alerts.is_empty(), provenance.partial);
    // The process ends here: the system takes all memory back at once, faster than string by string.
    std::mem::forget((corpus, analysis));
    Ok(exit)
}

/// The corpus of the period and of the window before it.
fn usable(
    mut raw: RawCorpus,
    args: &AnalysisArgs,
    config: &AnalyzeConfig,
    period: Period,
) -> anyhow::Result<Corpus> {
    restrict(&mut raw, period, config.similarity.window);
    let corpus = Corpus::build(raw);
    // A run that remembers has an answer where nothing was published: nothing new.
    let is_unusable =
        corpus.is_empty() || (corpus.reported().is_empty() && args.desk.seen.is_none());
    if is_unusable {
        return Err(UserError::nothing(format!(
            "no article in {period}: nothing to analyze ({} records were skipped)",
            corpus.skipped().len()
        ))
        .into());
    }
    Ok(corpus)
}

/// Checks the names in the conditions of `--fail-on`, before any work is done.
fn check_conditions(
    context: &Context,
    args: &AnalysisArgs,
    config: &AnalyzeConfig,
    period: Period,
    corpus: &Corpus,
) -> anyhow::Result<()> {
    let compared = period.after(config.similarity.window);
    alarm::check(&args.desk, corpus.registry(), compared, context.now)?;
    for condition in &args.desk.fail_on {
        let watched = config.watchlist.codebook.narratives();
        condition.check_watchlist(watched).map_err(UserError::usage)?;
    }
    Ok(())
}

/// Prints the run as it is asked for.
fn tell(
    context: &Context,
    args: &AnalysisArgs,
    view: &ReportIndex,
    run_file: &[u8],
) -> anyhow::Result<()> {
    let mut out = crate::terminal::stdout();
    if args.json {
        out.write_all(run_file)?;
    } else if !context.quiet {
        let place = args.out.display().to_string();
        out.write_all(report::summary(view, crate::terminal::width(), &place).as_bytes())?;
        for line in report::news_lines(view) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// How the outputs are to be written.
fn report_config(args: &AnalysisArgs) -> ReportConfig {
    let files = args.files;
    ReportConfig {
        texts: files.texts,
        excel: files.excel,
        raw_text: files.csv_raw,
        news: args.desk.seen.is_some(),
        wide: files.wide,
        parquet: files.parquet,
        stix: files.stix.map(|profile| match profile {
            Stix::Plain => StixProfile::Plain,
            Stix::Opencti => StixProfile::OpenCti,
        }),
    }
}

/// What the labels of coders say of the edges, if there are any; a note of the report says it too.
fn scored(run_id: &str, analysis: &mut Analysis, coders: &[Labels]) -> Option<Score> {
    if coders.is_empty() {
        return None;
    }
    let edges = analysis.diffusion.edges.iter().map(|edge| (edge.id.as_str(), edge.grade));
    let score = sample::score(run_id, &edges.collect(), coders);
    analysis.significance.notes.push(sample::note(&score));
    Some(score)
}

/// Leaves the articles of the period, and those of one window before, which are compared but not reported; others
/// are not part of the question, so they are not listed as skipped.
pub(super) fn restrict(raw: &mut RawCorpus, period: Period, window: chrono::TimeDelta) {
    let compared = period.after(window);
    raw.articles.retain(|article| compared.contains(article.at()));
    raw.reported_since = period.since;
    raw.gaps.retain(|gap| {
        let day = gap.day.and_time(chrono::NaiveTime::MIN).and_utc();
        period.contains(day) || period.contains(day + chrono::TimeDelta::days(1))
    });
}

/// Id of a run: version, settings and input decide it, never folders, threads or the clock.
fn run_id(articles: &[Article], config: &AnalyzeConfig, period: Period) -> String {
    let digest = |article: &Article| {
        let at = article.at().to_string();
        crate::ids::digest(&[&article.id, &article.outlet, &at, &article.text_sha256])
    };
    let mut digests: Vec<[u8; 32]> = articles.par_iter().map(digest).collect();
    digests.par_sort_unstable();
    let corpus = crate::ids::sha256_hex(digests.as_flattened());
    let config = serde_json::to_string(&(config, period)).unwrap_or_default();
    crate::ids::stable_id(&["run", report::TOOL_VERSION, &config, &corpus])
}

/// Writes the files one after the other; returns them, in order of their names, and what each took.
fn write_files(
    dir: &Path,
    view: &ReportIndex<'_>,
    line: &StageLine,
) -> anyhow::Result<(Vec<Written>, Vec<StageCost>)> {
    let (mut written, mut clock) = (Vec::new(), Stopwatch::start());
    for file in report::outputs_of(view.analysis.relations, view.config) {
        line.writes(file.name);
        output::write(&dir.join(file.name), |out| {
            written.push(file.write(view, out)?);
            Ok(())
        })?;
        clock.lap(file.name);
    }
    let package = report::data_package(view, &written);
    output::write(&dir.join(report::DATA_PACKAGE), |out| out.write_all(&package))?;
    written.push(Written {
        name: report::DATA_PACKAGE,
        bytes: package.len() as u64,
        sha256: crate::ids::sha256_hex(&package),
    });
    written.sort_by_key(|file| file.name);
    Ok((written, clock.stages))
}

fn counts(corpus: &Corpus, analysis: &Analysis) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::from([
        ("articles", corpus.reported().len()),
        ("earlier_articles", corpus.reported().start),
        ("matches", analysis.matches.len()),
        ("coverage_gaps", corpus.gaps().len()),
        ("skipped", corpus.skipped().len()),
    ]);
    if analysis.relations.contains(Relations::REUSE) {
        counts.insert("passages", analysis.matches.iter().map(|m| m.passages.len()).sum());
    }
    if analysis.relations.has_convergence() {
        counts.extend([
            ("narratives", analysis.narratives.len()),
            ("edges", analysis.diffusion.edges.len()),
            ("chains", analysis.diffusion.chains.len()),
            ("outlet_pairs", analysis.significance.pairs.len()),
            ("phrases", analysis.significance.phrases.len()),
            ("tags", analysis.watchlist.tags.len()),
        ]);
    }
    counts
}

fn exit_of(has_alert: bool, partial: bool) -> Exit {
    if has_alert {
        Exit::Threshold
    } else if partial {
        Exit::Partial
    } else {
        Exit::Done
    }
}
