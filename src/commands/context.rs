//! What every command starts from: folders, registry, settings, the present time, the terminal.

use std::error::Error as _;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::selection::polled_ids;
use crate::cli::{AnalysisArgs, FlagOrigin, Flags, GlobalArgs, PollArgs};
use crate::config::{self, FileConfig, Folders, Period, Resolver};
use crate::exit::UserError;
use crate::fetch::FetchConfig;
use crate::formats::Records;
use crate::model::{Registry, UnknownWord};
use crate::outlets;
use crate::pipeline::AnalyzeConfig;
use crate::terminal;
use crate::watchlist::Codebook;

/// The settings and surroundings of one run.
#[expect(clippy::struct_excessive_bools, reason = "four switches that do not depend on each other")]
#[derive(Debug)]
pub(super) struct Context {
    /// Where things are kept.
    pub(super) folders: Folders,
    /// Known outlets: built-in, with the user's file over it.
    pub(super) registry: Registry,
    /// The user's registry file, if there is one.
    pub(super) registry_file: Option<String>,
    /// What is watched for without a file of the user's.
    pub(super) watched: Codebook,
    /// The configuration file's content.
    pub(super) file: FileConfig,
    /// Every setting that was resolved, with its origin.
    pub(super) resolver: Resolver,
    /// The flags of the command.
    pub(super) flags: Flags,
    /// The one present time of this run.
    pub(super) now: DateTime<Utc>,
    /// Say nothing on success.
    pub(super) quiet: bool,
    /// The command ends with 0 although sources fail: they do so on purpose.
    pub(super) failures_expected: bool,
    /// Say more: sources that are well, cost of the stages.
    pub(super) verbose: bool,
    /// Draw progress bars.
    pub(super) progress: bool,
}

impl Context {
    /// Reads configuration and registry.
    ///
    /// # Errors
    ///
    /// Fails on a bad flag, configuration file or registry file, naming it.
    pub(super) fn new(args: &GlobalArgs) -> anyhow::Result<Context> {
        let folders = config::folders(args.home.as_deref())?;
        let file = match &args.config {
            Some(path) => config::read_file(path)?,
            None if folders.config.exists() => config::read_file(&folders.config)?,
            None => FileConfig::default(),
        };
        let now = match &args.now {
            Some(text) => DateTime::parse_from_rfc3339(text)
                .map_err(|e| UserError::usage(format!("--now {text}: {e}; write RFC 3339")))?
                .with_timezone(&Utc),
            None => clock(),
        };
        let registry = registry(args, &file)?;
        let registry_file = args.registry.as_ref().or(file.registry.as_ref());
        let registry_file = registry_file.map(|path| path.display().to_string());
        start_threads(args.threads.or(file.threads).unwrap_or(0))?;
        let progress = !args.quiet && !args.no_progress && terminal::can_draw();
        Ok(Context {
            folders,
            registry,
            registry_file,
            watched: Codebook::built_in(),
            file,
            resolver: Resolver::default(),
            flags: Flags::default(),
            now,
            quiet: args.quiet,
            failures_expected: false,
            verbose: args.verbose > 0,
            progress,
        })
    }

    /// The same with the flags of the command, which the settings are resolved from.
    pub(super) fn given(mut self, flags: &Flags) -> Context {
        let from_environment = flags.iter().filter(|(_, f)| f.origin == FlagOrigin::Environment);
        self.resolver.from_environment = from_environment.map(|(name, _)| name.clone()).collect();
        self.flags.clone_from(flags);
        self
    }

    /// Says something about the work on stderr, unless `--quiet`.
    pub(super) fn note(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            terminal::say(&text.to_string());
        }
    }

    /// Says why a run does not end with 0, also with `--quiet`: cron mails what it says.
    pub(super) fn cause(text: impl std::fmt::Display) {
        terminal::say(&text.to_string());
    }

    /// Says what was remarked about input files, and which records were left out: some by name, and with `--quiet` one
    /// line a file.
    pub(super) fn tell_records(&self, records: &Records) {
        /// Records that are named on the terminal; all are listed in `skipped.csv` of an analysis.
        const SHOWN: usize = 5;
        records.notes.iter().for_each(|note| self.note(note));
        if self.quiet {
            for file in records.files.iter().filter(|file| file.skipped > 0) {
                let first = records.skipped.iter().find(|s| s.what.starts_with(&file.name));
                let first =
                    first.map_or_else(String::new, |s| format!("; {}: {}", s.what, s.reason));
                let (skipped, all) = (file.skipped, file.records);
                Context::cause(format!(
                    "{}: {skipped} of {all} records left out{first}",
                    file.name
                ));
            }
            return;
        }
        for skipped in records.skipped.iter().take(SHOWN) {
            self.note(format!("skipped {}: {}", skipped.what, skipped.reason));
        }
        let more = records.skipped.len().saturating_sub(SHOWN);
        if more > 0 {
            self.note(format!("... and {more} more"));
        }
    }

    /// Says something on stderr with `--verbose` only.
    pub(super) fn detail(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.note(text);
        }
    }

    /// Resolves the settings of an analysis, and the period of the articles; without a `since` of
    /// the user's it begins at `default_since`, or is open if that is `None`.
    ///
    /// # Errors
    ///
    /// Names the flag or key that cannot be read.
    pub(super) fn analysis(
        &mut self,
        args: &AnalysisArgs,
        default_since: Option<&str>,
    ) -> anyhow::Result<(AnalyzeConfig, Period)> {
        let mut settings = AnalyzeConfig::default();
        let (now, file) = (self.now, &self.file);
        let resolver = &mut self.resolver;
        let instant = |text: &str| config::instant(text, now);
        let (flag, in_file) = (args.since.as_deref(), file.since.as_deref());
        let default = default_since.unwrap_or_default();
        let since = resolver
            .choose("since", flag, in_file, default, instant)?
            .or_else(|| instant(default).ok());
        let until = resolver.choose("until", args.until.as_deref(), None, "", instant)?;
        if since.zip(until).is_some_and(|(since, until)| since >= until) {
            return Err(
                UserError::usage("--since is not before --until: nothing lies between").into()
            );
        }
        if let Some(window) = resolver.choose(
            "window",
            args.window.as_deref(),
            file.window.as_deref(),
            "7d",
            config::span,
        )? {
            settings.similarity.window = window;
        }
        if let Some(relations) = resolver.choose(
            "relations",
            args.relations.as_deref(),
            file.relations.as_deref(),
            settings.similarity.relations.as_str(),
            |name| name.parse().map_err(|unknown: UnknownWord| unknown.to_string()),
        )? {
            settings.similarity.relations = relations;
        }
        if !args.desk.fail_on.is_empty() && !settings.similarity.relations.has_convergence() {
            return Err(UserError::usage(
                "--fail-on asks for edges or significance, which need --relations all",
            )
            .into());
        }
        let narratives = args.narratives.as_deref().or(file.narratives.as_deref());
        settings.watchlist.codebook = codebook(narratives, &self.watched)?;
        let (flag, in_file) =
            (path_text(args.narratives.as_ref()), path_text(file.narratives.as_ref()));
        let as_read = |_: &str| Ok::<(), String>(());
        resolver.choose("narratives", flag.as_deref(), in_file.as_deref(), "built-in", as_read)?;
        let (similarity, file) = (&mut settings.similarity, &file.thresholds);
        for (key, file, value) in [
            ("thresholds.verbatim", file.verbatim, &mut similarity.verbatim),
            ("thresholds.near_duplicate", file.near_duplicate, &mut similarity.near_duplicate),
            ("thresholds.lexical", file.lexical, &mut similarity.lexical),
            ("thresholds.narrative", file.narrative, &mut settings.narrative.min_similarity),
            (
                "thresholds.false_discovery_rate",
                file.false_discovery_rate,
                &mut settings.significance.false_discovery_rate,
            ),
        ] {
            *value = without_flag(resolver, key, file, *value, config::share)?;
        }
        let (days, file) = (&mut settings.calendar, self.file.calendar);
        for (key, file, value) in [
            ("calendar.warm_up_days", file.warm_up_days, &mut days.warm_up_days),
            ("calendar.lookback_days", file.lookback_days, &mut days.lookback_days),
        ] {
            *value = without_flag(resolver, key, file, *value, config::number)?;
        }
        let (key, fewest) = ("calendar.warm_up_articles", days.warm_up_articles);
        days.warm_up_articles =
            without_flag(resolver, key, file.warm_up_articles, fewest, config::number)?;
        Ok((settings, Period { since, until }))
    }

    /// Resolves how sources are asked.
    ///
    /// # Errors
    ///
    /// Names the flag or key that cannot be read, or an outlet that is not in the registry.
    pub(super) fn polling(&mut self, args: &PollArgs) -> anyhow::Result<FetchConfig> {
        polled_ids(&self.registry, args)?;
        if args.ignore_robots.as_deref().is_some_and(|reason| reason.trim().is_empty()) {
            return Err(
                UserError::usage("--ignore-robots needs a reason: it is kept in run.json").into()
            );
        }
        let mut fetch = FetchConfig { force: args.force, ..FetchConfig::default() };
        fetch.ignore_robots.clone_from(&args.ignore_robots);
        fetch.contact.clone_from(&self.file.contact);
        let file = &self.file;
        let mut span =
            |key, flag: Option<&str>, file: Option<&str>, value: &mut std::time::Duration| {
                let default = format!("{}s", value.as_secs());
                let chosen = self.resolver.choose(key, flag, file, &default, config::span)?;
                if let Some(chosen) = chosen.map(to_duration) {
                    *value = chosen;
                }
                anyhow::Ok(())
            };
        span(
            "host_delay",
            args.host_delay.as_deref(),
            file.host_delay.as_deref(),
            &mut fetch.host_delay,
        )?;
        span("max_time", args.max_time.as_deref(), file.max_time.as_deref(), &mut fetch.max_time)?;
        span("min_interval", None, file.min_interval.as_deref(), &mut fetch.min_interval)?;
        span("stale_after", None, file.stale_after.as_deref(), &mut fetch.stale_after)?;
        Ok(fetch)
    }
}

/// Threads that may be asked for: no machine that this runs on has more cores.
const MAX_THREADS: usize = 1_024;

/// Starts the worker threads; 0 is one for each core. Where no thread can be started, this one does the work.
fn start_threads(threads: usize) -> Result<(), UserError> {
    if threads > MAX_THREADS {
        return Err(UserError::usage(format!(
            "threads {threads}: give a number up to {MAX_THREADS}, or none for all cores"
        )));
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // More threads than this only wait for each other.
    let threads = threads.min(4 * cores);
    let pool = rayon::ThreadPoolBuilder::new();
    let can_start = std::thread::Builder::new().spawn(|| {}).is_ok();
    let pool = if can_start {
        pool.num_threads(threads)
    } else {
        pool.num_threads(1).use_current_thread()
    };
    match pool.build_global() {
        // Without a cause in the system a pool exists already, as in tests that call several commands.
        Err(error) if error.source().is_some() => Err(UserError::usage(format!(
            "cannot start {threads} threads ({error}): give --threads 1"
        ))),
        _ => Ok(()),
    }
}

/// Resolves a setting that has a key in the configuration file, and no flag.
fn without_flag<T: ToString>(
    resolver: &mut Resolver,
    key: &'static str,
    file: Option<T>,
    default: T,
    parse: impl Fn(&str) -> Result<T, String>,
) -> anyhow::Result<T> {
    let (file, text) = (file.map(|value| value.to_string()), default.to_string());
    let chosen = resolver.choose(key, None, file.as_deref(), &text, parse)?;
    Ok(chosen.unwrap_or(default))
}

fn registry(args: &GlobalArgs, file: &FileConfig) -> anyhow::Result<Registry> {
    let Some(path) = args.registry.as_ref().or(file.registry.as_ref()) else {
        return Ok(outlets::embedded());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|e| UserError::usage(format!("cannot read registry {}: {e}", path.display())))?;
    outlets::with_file(outlets::embedded(), &text, &path.display().to_string())
        .map_err(|error| UserError::usage(error.to_string()))
        .context("the registry is not usable")
}

/// Reads the codebook of a run: `without` a file, none for `none`.
fn codebook(path: Option<&std::path::Path>, without: &Codebook) -> anyhow::Result<Codebook> {
    let Some(path) = path else { return Ok(without.clone()) };
    if path.as_os_str() == "none" {
        return Ok(Codebook::none());
    }
    let text = std::fs::read_to_string(path)
        .map_err(|e| UserError::usage(format!("cannot read narratives {}: {e}", path.display())))?;
    Codebook::from_toml(&text, &path.display().to_string())
        .map_err(|error| UserError::usage(error.to_string()).into())
}

fn path_text(path: Option<&std::path::PathBuf>) -> Option<String> {
    path.map(|path| path.display().to_string())
}

/// Spans of settings are never negative: [`config::span`] reads no sign.
fn to_duration(span: TimeDelta) -> std::time::Duration {
    span.to_std().unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock of a run")]
fn clock() -> DateTime<Utc> {
    Utc::now()
}
