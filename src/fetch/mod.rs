//! The only client of the internet.
//!
//! [`run`] polls the sources of the registry (feeds, list pages, sitemaps) and, where a source does
//! not carry the whole text, asks for the pages of new articles. [`check`] asks every source for its
//! health, [`page`] fetches one page. Nothing is interpreted here: titles, dates and bodies are
//! handed on as they were sent. What goes wrong is a [`FetchStatus`]
//! with a message, never an error of the run.

use std::fmt;

use chrono::{DateTime, Utc};
use futures::stream::{self, StreamExt};
use url::Url;

use crate::model::{
    FeedStatus, FetchStatus, Fetched, ItemPaths, Known, Outlet, RawPage, Registry, Source,
    SourceKind,
};

mod address;
mod backfill;
mod body;
mod challenge;
mod clock;
mod config;
mod dated_archive;
mod failure;
mod feed;
mod feed_clean;
mod feed_entry;
mod feed_item;
mod feed_json;
mod feed_lenient;
mod feed_text;
mod http;
mod intake;
mod json;
mod list;
mod parse;
mod past;
mod plan;
mod poll;
mod rate_limit;
mod redact;
mod robots;
mod session;
mod sitemap;
mod turn;
mod walk;

pub use backfill::{Backfilled, Forecast, OutletForecast, PastKnown, Shelf, backfill};
pub use config::*;
pub use plan::{Plan, SitePlan, plan};

use intake::{RunState, Target};
use session::{Log, Session};
use turn::Turns;

/// What the caller's `store` may fail with.
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// Why a whole run could not be done. What fails at one source is a status, not one of these.
#[derive(Debug)]
pub enum FetchError {
    /// An outlet was asked for that the registry does not have.
    UnknownOutlet {
        /// The id as given.
        id: String,
    },
    /// The HTTP client or the async runtime could not be set up.
    Setup {
        /// What the system said.
        reason: String,
    },
    /// A single address could not be fetched ([`page`] only).
    Page {
        /// The address.
        url: String,
        /// In which way.
        status: FetchStatus,
        /// What happened and what to do.
        message: String,
    },
    /// The caller could not store what was fetched.
    Store {
        /// The caller's error.
        source: StoreError,
    },
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchError::UnknownOutlet { id } => {
                write!(f, "no outlet `{id}` in the registry; `fimi outlets` lists them")
            }
            FetchError::Setup { reason } => write!(f, "cannot start the HTTP client: {reason}"),
            FetchError::Page { url, message, .. } => {
                write!(f, "cannot fetch {}: {message}", redact::shown(url))
            }
            FetchError::Store { .. } => write!(f, "cannot store what was fetched"),
        }
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FetchError::Store { source } => Some(source.as_ref()),
            _ => None,
        }
    }
}

/// Is told how a run goes on. All methods do nothing by default; `()` is a silent one.
pub trait Progress {
    /// The run will poll this many sources.
    fn begun(&self, _sources: usize) {}
    /// A source is being asked.
    fn started(&self, _outlet: &str, _url: &str) {}
    /// Of the article pages of a source, `done` of `total` are through.
    fn page(&self, _outlet: &str, _done: usize, _total: usize) {}
    /// A source is done and stored.
    fn finished(&self, _status: &FeedStatus) {}
}

impl Progress for () {}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FetchSummary {
    /// One for each source, in the registry's order.
    pub feeds: Vec<FeedStatus>,
    /// Items that were new or changed.
    pub new_items: usize,
    /// The run ended at its deadline; what was done until then is stored.
    pub out_of_time: bool,
    /// How far this machine's clock is off, for people: "12 minutes behind"; `None` if most servers
    /// agree with it to within five minutes, or say nothing. First sightings are as wrong as it is.
    pub clock_off: Option<String>,
}

impl FetchSummary {
    /// Whether something is missing (exit code 3): the time was up, some source was asked and could not
    /// be heard, or none of an outlet's pages could be had.
    pub fn is_partial(&self) -> bool {
        self.out_of_time || self.failed().next().is_some()
    }

    /// The sources that were asked and could not be heard, unless they brought something new all the same, and
    /// those of outlets all of whose pages failed.
    pub fn failed(&self) -> impl Iterator<Item = &FeedStatus> {
        let pages = |outlet: &str| {
            let own = self.feeds.iter().filter(|feed| feed.outlet == outlet);
            own.fold((0, 0), |(all, failed), feed| (all + feed.pages, failed + feed.pages_failed))
        };
        let lost_its_pages = move |feed: &FeedStatus| {
            let (all, failed) = pages(&feed.outlet);
            feed.pages > 0 && failed == all
        };
        self.feeds.iter().filter(move |feed| {
            let is_mute = feed.status.is_failure() && feed.new_items == 0;
            !feed.status.is_resting() && (is_mute || lost_its_pages(feed))
        })
    }

    /// Whether at least one source was heard, brought something new, or rests (else exit code 4).
    pub fn is_usable(&self) -> bool {
        let is_use = |feed: &FeedStatus| {
            feed.status.is_heard() || feed.status.is_resting() || feed.new_items > 0
        };
        self.feeds.iter().any(is_use)
    }

    /// How many sources were heard of those that were asked, and how many were left alone, for people:
    /// "3 of 4 sources heard, 7 not due".
    pub fn in_words(&self) -> String {
        let count =
            |is: fn(FetchStatus) -> bool| self.feeds.iter().filter(|feed| is(feed.status)).count();
        let (heard, resting) = (count(FetchStatus::is_heard), count(FetchStatus::is_resting));
        let asked = self.feeds.len() - resting;
        match (asked, resting) {
            (_, 0) => format!("{heard} of {asked} sources heard"),
            (0, _) => format!("no source asked, {resting} not due"),
            _ => format!("{heard} of {asked} sources heard, {resting} not due"),
        }
    }
}

/// Polls every source of the outlets (all, or those named), and hands what each brought to `store`
/// as soon as that source is done.
///
/// `now` is the time stamp of everything that this run sees; the real clock only measures
/// durations. Sources of one outlet are polled one after the other in the registry's order, several
/// outlets at once. An error of `store` ends the run.
///
/// Blocks until all is done, on a thread and an async runtime of its own, so it may be called from
/// anywhere; inside an async function it belongs on a thread that may block. `progress` and `store` are
/// called on that thread.
pub fn run(
    registry: &Registry,
    outlets: Option<&[String]>,
    known: &Known,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &(dyn Progress + Sync),
    store: &mut (dyn FnMut(Fetched) -> Result<(), StoreError> + Send),
) -> Result<FetchSummary, FetchError> {
    let selected = select(registry, outlets)?;
    let mut summary = block_on(async || {
        let session = Session::new(config, now)?;
        let mut summary = FetchSummary::default();
        let mut done = |fetched: Fetched| {
            summary.feeds.push(fetched.status.clone());
            summary.new_items += fetched.items.len();
            let status = fetched.status.clone();
            store(fetched).map_err(|source| FetchError::Store { source })?;
            progress.finished(&status);
            Ok(())
        };
        drive(&session, &selected, known, progress, true, &mut done).await?;
        summary.out_of_time = session.is_out_of_time();
        summary.clock_off = session.clock_off().map(|ahead| clock::in_words(-ahead));
        Ok(summary)
    })?;
    in_registry_order(&mut summary.feeds, &selected);
    Ok(summary)
}

/// Asks every source of the outlets (all, or those named) for its health: the same requests as
/// [`run`], unconditional, without article pages, and nothing is kept. Blocks as [`run`] does.
pub fn check(
    registry: &Registry,
    outlets: Option<&[String]>,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &(dyn Progress + Sync),
) -> Result<Vec<FeedStatus>, FetchError> {
    let selected = select(registry, outlets)?;
    let mut feeds = block_on(async || {
        let session = Session::new(config, now)?;
        let mut feeds = Vec::new();
        let known = Known::default();
        let mut done = |fetched: Fetched| {
            progress.finished(&fetched.status);
            feeds.push(fetched.status);
            Ok(())
        };
        drive(&session, &selected, &known, progress, false, &mut done).await?;
        Ok(feeds)
    })?;
    in_registry_order(&mut feeds, &selected);
    Ok(feeds)
}

/// Returns a text in which the secrets of its addresses (`token=`, `key=` and the like) are replaced
/// by `***`: for messages and logs. What is asked and stored keeps them.
pub fn shown(text: &str) -> String {
    redact::shown(text)
}

/// Returns a status as it may be passed on: without the secrets of its address.
pub fn shareable(status: FeedStatus) -> FeedStatus {
    FeedStatus { url: shown(&status.url), message: shown(&status.message), ..status }
}

/// The addresses that bytes list as a feed, list page, sitemap or JSON list.
pub(crate) fn listed_addresses(bytes: &[u8]) -> Vec<String> {
    let source = Source::new(SourceKind::List, "https://news.example/");
    let paths = ItemPaths { address: String::from("url"), ..ItemPaths::default() };
    let listings = [
        feed::parse(bytes, None),
        list::parse(bytes, None, &source),
        sitemap::parse(bytes, None),
        json::parse(bytes, None, &paths),
    ];
    let Ok(base) = Url::parse(&source.url) else { return Vec::new() };
    let items = listings.into_iter().flatten().flat_map(|found| found.tidy(&base, MAX_ITEMS).items);
    items.map(|item| item.url).collect()
}

/// Whether a robots.txt of these bytes lets us ask an address; `false` if it is none.
pub(crate) fn robots_permit(bytes: &[u8], url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| robots::permit(bytes, &url))
}

/// Fetches one page with the same care as an article page of a run. Blocks as [`run`] does.
#[expect(clippy::disallowed_methods, reason = "a page fetched by hand belongs to no run's time")]
pub fn page(url: &str, config: &FetchConfig) -> Result<RawPage, FetchError> {
    let parsed = Url::parse(url);
    // What is shown is without the password that may be in it.
    let shown = match &parsed {
        Ok(address) if address.username().is_empty() && address.password().is_none() => url,
        Ok(address) => address.host_str().unwrap_or_default(),
        Err(_) => url.rsplit('@').next().unwrap_or_default(),
    };
    let failed =
        |status, message: String| FetchError::Page { url: shown.to_owned(), status, message };
    let address = parsed.clone().map_err(|error| failed(FetchStatus::Parse, error.to_string()))?;
    let now = Utc::now();
    block_on(async || {
        let session = Session::new(config, now)?;
        let log = Log::default();
        let response = session
            .get(&address, None, config.max_page_bytes, &log)
            .await
            .map_err(|failure| failed(failure.status, failure.message))?;
        Ok(RawPage {
            url: response.url.to_string(),
            content_type: response.content_type,
            body: response.body,
        })
    })
}

/// Returns the outlets named, in the registry's order.
fn select<'a>(
    registry: &'a Registry,
    outlets: Option<&[String]>,
) -> Result<Vec<&'a Outlet>, FetchError> {
    let Some(ids) = outlets else { return Ok(registry.outlets.iter().collect()) };
    if let Some(id) = ids.iter().find(|id| registry.get(id).is_none()) {
        return Err(FetchError::UnknownOutlet { id: id.clone() });
    }
    Ok(registry.outlets.iter().filter(|outlet| ids.contains(&outlet.id)).collect())
}

fn targets(outlet: &Outlet) -> impl Iterator<Item = Target<'_>> {
    outlet.editions.iter().flat_map(move |edition| {
        edition.sources.iter().map(move |source| Target { outlet, edition, source })
    })
}

/// Runs a task to its end on a thread and a runtime of its own: a runtime must not be started on a
/// thread that runs another. One thread is enough, since the network is slow and documents are read on
/// threads of their own; one of these that has run over its time is not waited for.
fn block_on<T: Send>(
    task: impl AsyncFnOnce() -> Result<T, FetchError> + Send,
) -> Result<T, FetchError> {
    let setup = |error: std::io::Error| FetchError::Setup { reason: error.to_string() };
    std::thread::scope(|scope| {
        let work = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(setup)?;
            let result = runtime.block_on(task());
            runtime.shutdown_background();
            result
        };
        let thread = std::thread::Builder::new().name("fetch".into());
        let thread = thread.spawn_scoped(scope, work).map_err(setup)?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Polls the outlets, several at once and the sources of each in order; `done` gets each poll when
/// it is through.
async fn drive(
    session: &Session,
    outlets: &[&Outlet],
    known: &Known,
    progress: &dyn Progress,
    pages: bool,
    done: &mut dyn FnMut(Fetched) -> Result<(), FetchError>,
) -> Result<(), FetchError> {
    progress.begun(outlets.iter().map(|outlet| targets(outlet).count()).sum());
    let turns = Turns::new(&session.config, outlets.len());
    let turns = &turns;
    let series = stream::iter(outlets).map(|outlet| {
        let state = (targets(outlet), RunState::default(), turns.turn());
        stream::unfold(state, move |(mut targets, mut brought, mut turn)| async move {
            let target = targets.next()?;
            turn.begin().await;
            progress.started(&target.outlet.id, &target.source.url);
            let poll = poll::poll(session, target, known, &mut brought, progress, pages);
            let fetched = turn.during(poll).await;
            Some((fetched, (targets, brought, turn)))
        })
        .boxed_local()
    });
    let mut polls = series.flatten_unordered(None);
    while let Some(fetched) = polls.next().await {
        done(fetched)?;
    }
    Ok(())
}

/// Polls end in any order; they are reported in the registry's.
fn in_registry_order(feeds: &mut [FeedStatus], outlets: &[&Outlet]) {
    let order: Vec<(&str, &str, &str)> = outlets
        .iter()
        .flat_map(|outlet| targets(outlet))
        .map(|t| (t.outlet.id.as_str(), t.edition.id.as_str(), t.source.url.as_str()))
        .collect();
    feeds.sort_by_key(|feed| {
        let key = (feed.outlet.as_str(), feed.edition.as_str(), feed.url.as_str());
        order.iter().position(|place| *place == key)
    });
}
