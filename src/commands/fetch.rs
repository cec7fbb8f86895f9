//! `fimi fetch`: polls the sources into the archive, and reads what is new as articles.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use chrono::TimeDelta;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;
use super::selection::polled_ids;
use super::{backfill, plan};
use crate::archive::{Archive, ArchiveError};
use crate::cli::{FetchArgs, PollArgs};
use crate::exit::{Exit, UserError};
use crate::fetch::{self, FetchConfig, FetchSummary};
use crate::model::FeedStatus;
use crate::pipeline::{self, IngestError, Ingested};

/// Runs the command.
pub(super) fn run(mut context: Context, args: &FetchArgs) -> anyhow::Result<Exit> {
    if let Some((from, until)) = args.from.zip(args.until) {
        return backfill::run(context, args, from, until);
    }
    let config = context.polling(&args.poll)?;
    if args.dry_run {
        return plan::run(&context, &args.poll, &config, args.json);
    }
    let mut archive = open(&context, &args.poll)?;
    let polled = poll(&context, &args.poll, &config, &mut archive)?;
    if args.json {
        let mut out = crate::terminal::stdout();
        for feed in &polled.summary.feeds {
            serde_json::to_writer(&mut out, &fetch::shareable(feed.clone()))?;
            writeln!(out)?;
        }
    }
    context.note(format!(
        "{}, {} new items; archive: {} articles",
        polled.summary.in_words(),
        polled.summary.new_items,
        archive.stats()?.articles,
    ));
    exit_of(&polled.summary, args.poll.strict)
}

/// Opens the archive for writing; waits for another run to end, for as long as `--wait-lock` says.
pub(super) fn open(context: &Context, args: &PollArgs) -> Result<Archive, ArchiveError> {
    let patience = Duration::from_secs(args.wait_lock.unwrap_or(0));
    Archive::open_waiting(&context.folders.archive, patience)
}

/// How a run that only polled ends.
///
/// # Errors
///
/// A [`UserError`] with exit code 4 if no source was heard, or with `strict` if some was not.
pub(super) fn exit_of(summary: &FetchSummary, strict: bool) -> anyhow::Result<Exit> {
    if summary.feeds.is_empty() {
        let text = "these outlets have no source to poll; give them one in a registry file (docs/outlets.md)";
        return Err(UserError::nothing(text).into());
    }
    if !summary.is_usable() {
        let text = "no source could be heard; what the archive holds is untouched (see the messages above)";
        return Err(UserError::nothing(text).into());
    }
    if summary.is_partial() && strict {
        return Err(UserError::nothing("some source failed (--strict)").into());
    }
    Ok(if summary.is_partial() { Exit::Partial } else { Exit::Done })
}

/// Brings the archive up to date and says what went wrong on the way.
pub(super) fn poll(
    context: &Context,
    args: &PollArgs,
    config: &FetchConfig,
    archive: &mut Archive,
) -> anyhow::Result<Ingested> {
    let outlets = polled_ids(&context.registry, args)?;
    let progress = Bars::new(context);
    let ingested = pipeline::ingest(
        archive,
        &context.registry,
        outlets.as_deref(),
        config,
        context.now,
        &progress,
    )
    .map_err(|error| match error {
        IngestError::Fetch(error) => anyhow::Error::from(error),
        IngestError::Archive(error) => error.into(),
    })?;
    let summary = &ingested.summary;
    progress.finish();
    if context.quiet && !context.failures_expected {
        tell_causes(summary);
    }
    for feed in &summary.feeds {
        if feed.message.is_empty() {
            let (items, new) = (feed.items, feed.new_items);
            let status = feed.status.as_str();
            context.detail(format!(
                "{} {}: {status}: {items} items, {new} new",
                feed.edition,
                fetch::shown(&feed.url)
            ));
        } else {
            context.note(message(feed));
        }
    }
    if let Some(off) = &summary.clock_off {
        context.note(format!(
            "warning: this machine's clock is {off} those of most servers; set it: first sightings \
             are recorded by it"
        ));
    }
    for warning in silent(&summary.feeds, config) {
        context.note(format!("warning: {warning}"));
    }
    for skipped in &ingested.skipped {
        context.note(format!("skipped {}: {}", skipped.what, skipped.reason));
    }
    Ok(ingested)
}

/// One line for each cause of an exit code other than 0, which a quiet run says, too.
fn tell_causes(summary: &FetchSummary) {
    if summary.out_of_time {
        Context::cause("the run's time was up; give it more with --max-time");
    }
    for feed in summary.failed() {
        Context::cause(message(feed));
    }
}

/// Says of each outlet that was answered but shows nothing new in any of its sources how long that
/// has been so.
fn silent(feeds: &[FeedStatus], config: &FetchConfig) -> Vec<String> {
    let mut outlets: BTreeMap<&str, Vec<&FeedStatus>> = BTreeMap::new();
    for feed in feeds {
        outlets.entry(&feed.outlet).or_default().push(feed);
    }
    let limit = TimeDelta::from_std(config.stale_after).unwrap_or(TimeDelta::MAX);
    let warning = |(outlet, feeds): (&str, Vec<&FeedStatus>)| {
        let newest = feeds.iter().filter_map(|feed| feed.newest).max()?;
        let age = feeds.iter().map(|feed| feed.fetched_at).max()? - newest;
        (age > limit).then(|| {
            format!(
                "{outlet}: the newest item of all its sources is {} days old; give it a list page, \
                 day archive or sitemap (docs/outlets.md)",
                age.num_days()
            )
        })
    };
    outlets.into_iter().filter_map(warning).collect()
}

/// One line about a source that did not go as it should.
pub(super) fn message(feed: &FeedStatus) -> String {
    let url = fetch::shown(&feed.url);
    format!("{} {url}: {}: {}", feed.edition, feed.status.as_str(), feed.message)
}

/// A bar over the sources, with the page count of the one at work.
pub(super) struct Bars {
    bar: ProgressBar,
}

impl Bars {
    pub(super) fn new(context: &Context) -> Bars {
        let bar = ProgressBar::new(0);
        if !context.progress {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:24} {pos}/{len} sources · {per_sec} · {eta} left · {wide_msg}",
        ) {
            bar.set_style(style);
        }
        Bars { bar }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl fetch::Progress for Bars {
    fn begun(&self, sources: usize) {
        self.bar.set_length(sources as u64);
    }

    fn page(&self, outlet: &str, done: usize, total: usize) {
        self.bar.set_message(format!("{outlet}: page {done} of {total}"));
    }

    fn finished(&self, status: &FeedStatus) {
        self.bar.inc(1);
        self.bar.set_message(format!("{}: {}", status.edition, status.status.as_str()));
    }
}
