//! Into the past: walks the lists of each outlet for a period, says how much work their articles' pages are, and asks
//! for them. What was asked for once is handed in again by the caller and not asked for twice.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use futures::stream::{self, StreamExt, TryStreamExt};
use url::Url;

use super::failure::Failure;
use super::intake::{MAX_FAILED_PAGES, may_come_later, needs_page, page_of};
use super::past::{self, Walk};
use super::session::{Log, Session};
use super::walk::{Walker, store_error};
use super::{FetchConfig, FetchError, Progress, StoreError, block_on, select, targets};
use crate::model::{
    FetchStatus, Known, Outlet, PastDay, PastItem, Period, RawItem, RawPage, Registry, Source,
    Walked,
};

/// What is known before a walk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastKnown {
    /// What the archive knows of items.
    pub known: Known,
    /// The documents that were read for this period before.
    pub walked: Vec<Walked>,
}

/// Where a walk's results go, as soon as they are there: a run that is killed has lost none of them.
pub trait Shelf: Send {
    /// A document was asked for.
    fn walked(&mut self, walked: &Walked) -> Result<(), StoreError>;
    /// The lists are read; returns whether the pages are to be asked for.
    fn forecast(&mut self, forecast: &Forecast) -> Result<bool, StoreError>;
    /// What is known of days so far; those whose pages are still to come are gaps.
    fn days(&mut self, days: &[PastDay]) -> Result<(), StoreError>;
    /// An article, with its page if it needs one; `wanted` says that the page is still to come.
    fn item(&mut self, item: &RawItem, wanted: bool) -> Result<(), StoreError>;
}

/// How much work the pages of a period are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forecast {
    /// Documents that were asked for in this run, and those that were known from an earlier one.
    pub lists: usize,
    /// See `lists`.
    pub lists_known: usize,
    /// One for each outlet that has a past, in the registry's order.
    pub outlets: Vec<OutletForecast>,
    /// Time that all pages take with the pauses between requests; answers come on top.
    pub time: Duration,
}

/// The same for one outlet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutletForecast {
    /// Outlet id.
    pub outlet: String,
    /// Articles that its lists have for the period.
    pub listed: usize,
    /// Those whose page is to be asked for.
    pub pages: usize,
    /// Items of its lists that state no day: left out.
    pub undated: usize,
    /// Time that its pages take.
    pub time: Duration,
}

impl Forecast {
    /// Pages to ask for.
    pub fn pages(&self) -> usize {
        self.outlets.iter().map(|outlet| outlet.pages).sum()
    }

    /// For people: "1204 pages of 3 outlets, about 0.7 h at these delays".
    pub fn in_words(&self) -> String {
        let outlets = self.outlets.iter().filter(|outlet| outlet.pages > 0).count();
        let minutes = self.time.as_millis().div_ceil(60_000);
        let time = if minutes < 60 {
            format!("{minutes} min")
        } else {
            format!("{:.1} h", self.time.as_secs_f64() / 3_600.0)
        };
        format!("{} pages of {outlets} outlets, about {time} at these delays", self.pages())
    }
}

/// What a walk did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Backfilled {
    /// How much work it was.
    pub forecast: Forecast,
    /// Each outlet that has a past and each day of the period, in order; empty if the pages were not asked for.
    pub days: Vec<PastDay>,
    /// Pages that were had, and those that were not.
    pub pages: usize,
    /// See `pages`.
    pub pages_failed: usize,
    /// Outlets of the selection whose past no source reaches.
    pub without_past: Vec<String>,
    /// One line for each document that could not be read, and for what was left out.
    pub problems: Vec<String>,
    /// The run ended at its deadline.
    pub out_of_time: bool,
}

/// What one outlet's lists hold for the period.
struct OutletPast<'a> {
    outlet: &'a Outlet,
    walks: Vec<Walk>,
    /// Articles in the order of their days, each once.
    articles: Vec<Article<'a>>,
    forecast: OutletForecast,
    problems: Vec<String>,
}

/// An article of the past.
struct Article<'a> {
    day: NaiveDate,
    item: RawItem,
    source: &'a Source,
    /// The archive has it.
    is_held: bool,
}

/// Brings the articles of a period in: first the lists of all outlets, then, if the shelf agrees with the forecast,
/// the pages. Blocks as [`run`](super::run) does; `now` is the time stamp of all that is seen.
#[expect(clippy::too_many_arguments, reason = "those of `run`, the period and the shelf")]
pub fn backfill(
    registry: &Registry,
    outlets: Option<&[String]>,
    period: Period,
    known: &PastKnown,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &(dyn Progress + Sync),
    shelf: &mut (dyn Shelf + Send),
) -> Result<Backfilled, FetchError> {
    let selected = select(registry, outlets)?;
    let has_past =
        |outlet: &&&Outlet| targets(outlet).any(|target| !past::routes(target.source).is_empty());
    let with_past: Vec<&Outlet> = selected.iter().filter(has_past).copied().collect();
    let without = selected.iter().filter(|outlet| !has_past(outlet));
    let without_past: Vec<String> = without.map(|outlet| outlet.id.clone()).collect();
    block_on(async || {
        let session = Session::new(config, now)?;
        let shelf = RefCell::new(shelf);
        let mut walker =
            Walker { session: &session, known, period, shelf: &shelf, asked: RefCell::default() };
        let mut done = walker.run(&with_past, progress).await?;
        done.without_past = without_past;
        done.out_of_time = session.is_out_of_time();
        Ok(done)
    })
}

impl<'a> Walker<'a, '_> {
    async fn run(
        &mut self,
        outlets: &[&'a Outlet],
        progress: &dyn Progress,
    ) -> Result<Backfilled, FetchError> {
        let places = self.session.config.concurrency.max(1);
        progress.begun(outlets.len());
        let this = &*self;
        // `buffered` keeps the order of the outlets.
        let mut pasts: Vec<OutletPast<'a>> = stream::iter(outlets.iter().copied())
            .map(|outlet| this.outlet(outlet))
            .buffered(places)
            .try_collect()
            .await?;
        let (lists, lists_known) = *self.asked.borrow();
        let mut forecast = Forecast { lists, lists_known, ..Forecast::default() };
        for past in &mut pasts {
            past.forecast.time = self.time_of(past).await;
            forecast.outlets.push(past.forecast.clone());
        }
        forecast.time = together(&forecast.outlets, places);
        let mut done = Backfilled {
            problems: pasts.iter().flat_map(|past| past.problems.clone()).collect(),
            forecast,
            ..Backfilled::default()
        };
        if !self.shelf.borrow_mut().forecast(&done.forecast).map_err(store_error)? {
            return Ok(done);
        }
        // Until its pages are there each day is a gap, also for the reader of an archive whose run was killed.
        let before: Vec<PastDay> =
            pasts.iter().flat_map(|past| this.days(past, &Tally::default())).collect();
        self.shelf.borrow_mut().days(&before).map_err(store_error)?;
        let tallies: Vec<Tally> = stream::iter(&pasts)
            .map(|past| this.pages(past, progress))
            .buffered(places)
            .try_collect()
            .await?;
        for (past, tally) in pasts.iter().zip(&tallies) {
            done.days.extend(this.days(past, tally));
            done.pages += tally.had;
            done.pages_failed += tally.failed.values().sum::<usize>();
            done.problems.extend(tally.problem.clone());
        }
        self.shelf.borrow_mut().days(&done.days).map_err(store_error)?;
        Ok(done)
    }

    /// Walks all lists of an outlet.
    async fn outlet(&self, outlet: &'a Outlet) -> Result<OutletPast<'a>, FetchError> {
        let mut past = OutletPast {
            outlet,
            walks: Vec::new(),
            articles: Vec::new(),
            forecast: OutletForecast { outlet: outlet.id.clone(), ..OutletForecast::default() },
            problems: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for target in targets(outlet) {
            for route in past::routes(target.source) {
                let walk = self.route(target, route).await?;
                for document in &walk.documents {
                    past.forecast.undated += document.undated;
                    if !document.status.is_heard() {
                        let url = super::shown(&document.url);
                        let status = document.status.as_str();
                        past.problems.push(format!(
                            "{} {url}: {status}: {}",
                            target.edition.id, document.message
                        ));
                    }
                    self.take(document, target.source, &mut seen, &mut past.articles);
                }
                if !walk.stopped.is_empty() {
                    past.problems.push(format!("{}: {}", target.edition.id, walk.stopped));
                }
                past.walks.push(walk);
            }
        }
        past.articles.sort_by(|a, b| (a.day, &a.item.url).cmp(&(b.day, &b.item.url)));
        past.forecast.listed = past.articles.len();
        past.forecast.pages = past.articles.iter().filter(|article| self.asks(article)).count();
        Ok(past)
    }

    /// The articles of a document that lie in the period and were in none before.
    fn take(
        &self,
        document: &Walked,
        source: &'a Source,
        seen: &mut BTreeSet<String>,
        articles: &mut Vec<Article<'a>>,
    ) {
        for PastItem { day, item } in &document.items {
            let Some(day) = day.filter(|day| self.period.contains(*day)) else { continue };
            let keys = item.keys();
            if keys.iter().any(|key| seen.contains(key)) {
                continue;
            }
            let known = keys.iter().find_map(|key| self.known.known.items.get(key));
            let is_held = known.is_some_and(|known| !known.fingerprint.is_empty());
            seen.extend(keys);
            articles.push(Article { day, item: item.clone(), source, is_held });
        }
    }

    fn asks(&self, article: &Article<'_>) -> bool {
        !article.is_held && needs_page(&article.item, article.source, &self.session.config)
    }

    /// How long the pages of an outlet take with the pauses that each site wants.
    async fn time_of(&self, past: &OutletPast<'_>) -> Duration {
        let mut sites: BTreeMap<String, (Url, u32)> = BTreeMap::new();
        for article in past.articles.iter().filter(|article| self.asks(article)) {
            if let Ok(url) = Url::parse(&article.item.url) {
                sites.entry(url.origin().ascii_serialization()).or_insert((url, 0)).1 += 1;
            }
        }
        let log = Log::default();
        let mut time = Duration::ZERO;
        for (url, pages) in sites.into_values() {
            time += self.session.pause(&url, &log).await.saturating_mul(pages);
        }
        time
    }

    /// Asks for the pages of an outlet.
    async fn pages(
        &self,
        past: &OutletPast<'_>,
        progress: &dyn Progress,
    ) -> Result<Tally, FetchError> {
        let mut tally = Tally { is_done: true, ..Tally::default() };
        let (mut in_a_row, mut reason) = (0, None);
        for article in &past.articles {
            let day = article.day;
            if article.is_held {
                *tally.held.entry(day).or_default() += 1;
                continue;
            }
            let mut item = article.item.clone();
            let mut wanted = false;
            if self.asks(article) {
                if self.session.is_out_of_time() || in_a_row >= MAX_FAILED_PAGES {
                    *tally.left.entry(day).or_default() += 1;
                    continue;
                }
                match self.page(&item.url).await {
                    Ok(page) => {
                        in_a_row = 0;
                        tally.had += 1;
                        item.page = Some(page);
                    }
                    Err(_) if self.session.is_out_of_time() => {
                        *tally.left.entry(day).or_default() += 1;
                        continue;
                    }
                    Err(failure) => {
                        in_a_row += 1;
                        wanted = may_come_later(&failure);
                        let count = if wanted { &mut tally.left } else { &mut tally.failed };
                        *count.entry(day).or_default() += 1;
                        reason = Some(failure.message);
                    }
                }
                let done = tally.had + tally.failed.values().sum::<usize>();
                progress.page(&past.outlet.id, done, past.forecast.pages);
            }
            if item.page.is_some() || !self.asks(article) {
                *tally.held.entry(day).or_default() += 1;
            }
            self.shelf.borrow_mut().item(&item, wanted).map_err(store_error)?;
        }
        let failed: usize = tally.failed.values().chain(tally.left.values()).sum();
        tally.problem = reason
            .filter(|_| failed > 0)
            .map(|reason| format!("{}: {failed} pages could not be had: {reason}", past.outlet.id));
        Ok(tally)
    }

    async fn page(&self, url: &str) -> Result<RawPage, Failure> {
        let url = Url::parse(url)
            .map_err(|error| Failure::new(FetchStatus::Parse, format!("no address: {error}")))?;
        let log = Log::default();
        let response =
            self.session.get(&url, None, self.session.config.max_page_bytes, &log).await?;
        Ok(page_of(&response))
    }

    /// What is known of each day of an outlet.
    fn days(&self, past: &OutletPast<'_>, tally: &Tally) -> Vec<PastDay> {
        let mut walked = BTreeSet::new();
        let mut reasons: BTreeMap<NaiveDate, String> = BTreeMap::new();
        for walk in &past.walks {
            let (days, why) = past::covered(walk, self.period);
            walked.extend(days);
            for (day, reason) in why {
                reasons.entry(day).or_insert(reason);
            }
        }
        let mut listed: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for article in &past.articles {
            *listed.entry(article.day).or_default() += 1;
        }
        let of = |counts: &BTreeMap<NaiveDate, usize>, day| counts.get(&day).copied().unwrap_or(0);
        let day = |day: NaiveDate| {
            let (listed, held) = (of(&listed, day), of(&tally.held, day));
            let (failed, left) = (of(&tally.failed, day), of(&tally.left, day));
            let gap = if !walked.contains(&day) {
                reasons.get(&day).cloned().unwrap_or_else(|| String::from("not walked"))
            } else if !tally.is_done && listed > 0 {
                String::from("pages not asked for")
            } else if left > 0 {
                format!("{left} pages still to come")
            } else if failed > 0 && held == 0 {
                String::from("no page could be had")
            } else {
                String::new()
            };
            PastDay { outlet: past.outlet.id.clone(), day, listed, held, failed, gap }
        };
        self.period.days().map(day).collect()
    }
}

/// How the pages of an outlet went, by day.
#[derive(Default)]
struct Tally {
    is_done: bool,
    had: usize,
    held: BTreeMap<NaiveDate, usize>,
    failed: BTreeMap<NaiveDate, usize>,
    /// Not asked for, or worth asking for again.
    left: BTreeMap<NaiveDate, usize>,
    problem: Option<String>,
}

/// How long all outlets take of which a few are at work at once.
fn together(outlets: &[OutletForecast], places: usize) -> Duration {
    let sum: Duration = outlets.iter().map(|outlet| outlet.time).sum();
    let longest = outlets.iter().map(|outlet| outlet.time).max().unwrap_or_default();
    longest.max(sum / u32::try_from(places).unwrap_or(u32::MAX))
}
