//! The lists of the past: walks each way into it, document by document. What was asked for once is not asked for twice.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use url::Url;

use super::backfill::{PastKnown, Shelf};
use super::failure::Failure;
use super::feed_entry::{Listed, Listing, rough_time};
use super::intake::{self, MAX_FAILED_PAGES, Target};
use super::past::{self, Route, Walk};
use super::session::{Log, Session};
use super::{FetchError, StoreError, dated_archive, parse};
use crate::model::{FetchStatus, PastItem, Period, Source, Walked};

/// Documents of one source that are read for one period; what lies beyond is a gap.
const MAX_DOCUMENTS: usize = 1_000;
/// Items read from one document of the past: the limit of the sitemap standard.
const MAX_PAST_ITEMS: usize = 50_000;

/// What all parts of a walk share.
pub(super) struct Walker<'a, 's> {
    pub(super) session: &'a Session,
    pub(super) known: &'a PastKnown,
    pub(super) period: Period,
    pub(super) shelf: &'a RefCell<&'s mut (dyn Shelf + Send)>,
    /// Documents asked for, and those known.
    pub(super) asked: RefCell<(usize, usize)>,
}

impl<'a> Walker<'a, '_> {
    /// Walks one way into a source's past.
    pub(super) async fn route(&self, target: Target<'a>, route: Route) -> Result<Walk, FetchError> {
        let mut walk = Walk {
            route: route.clone(),
            documents: Vec::new(),
            is_whole: false,
            passed_from: false,
            stopped: String::new(),
        };
        match &route {
            Route::Days(template) => self.days_of(target, template, &mut walk).await?,
            Route::Numbered(template) => self.numbered(target, template, &mut walk).await?,
            Route::Sitemap(url) => self.sitemaps(target, url, &mut walk).await?,
        }
        Ok(walk)
    }

    async fn days_of(
        &self,
        target: Target<'a>,
        template: &str,
        walk: &mut Walk,
    ) -> Result<(), FetchError> {
        let today = self.session.now.with_timezone(&target.edition.zone.to_chrono()).date_naive();
        for day in self.period.days().take_while(|day| *day <= today) {
            if let Some(reason) = self.is_over(walk) {
                walk.stopped = reason;
                return Ok(());
            }
            let url = dated_archive::address(template, day);
            let document = self.document(target, &url, Some(day), false).await?;
            walk.documents.push(document);
        }
        walk.is_whole = true;
        Ok(())
    }

    async fn numbered(
        &self,
        target: Target<'a>,
        template: &str,
        walk: &mut Walk,
    ) -> Result<(), FetchError> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for page in 1.. {
            if let Some(reason) = self.is_over(walk) {
                walk.stopped = reason;
                return Ok(());
            }
            let url = past::numbered(template, page, self.period);
            let document = self.document(target, &url, None, true).await?;
            // Behind the last page servers say "not there" or show the last one again.
            if document.status == FetchStatus::Http4xx && page > 1 {
                walk.is_whole = true;
                return Ok(());
            }
            if !document.status.is_heard() {
                document.status.as_str().clone_into(&mut walk.stopped);
                walk.documents.push(document);
                return Ok(());
            }
            let new: Vec<&PastItem> =
                document.items.iter().filter(|past| seen.insert(past.item.key())).collect();
            let days: Vec<NaiveDate> = new.iter().filter_map(|past| past.day).collect();
            let is_end = new.is_empty();
            let is_before = !days.is_empty() && days.iter().all(|day| *day < self.period.from);
            walk.documents.push(document);
            if is_end || is_before {
                walk.is_whole = true;
                walk.passed_from = is_before;
                return Ok(());
            }
        }
        Ok(())
    }

    async fn sitemaps(
        &self,
        target: Target<'a>,
        url: &str,
        walk: &mut Walk,
    ) -> Result<(), FetchError> {
        let mut level = vec![url.to_owned()];
        let mut seen = BTreeSet::new();
        for _ in 0..self.session.config.sitemap_depth {
            let mut next = Vec::new();
            for url in std::mem::take(&mut level) {
                let is_outside =
                    past::named_days(&url).is_some_and(|named| !named.overlaps(self.period));
                if is_outside || !seen.insert(url.clone()) {
                    continue;
                }
                if let Some(reason) = self.is_over(walk) {
                    walk.stopped = reason;
                    return Ok(());
                }
                let document = self.document(target, &url, None, false).await?;
                next.extend(document.further.clone());
                walk.documents.push(document);
            }
            level = next;
        }
        walk.is_whole = level.is_empty();
        if !walk.is_whole {
            walk.stopped =
                format!("more than {} levels of sitemaps", self.session.config.sitemap_depth);
        }
        Ok(())
    }

    /// Why a walk cannot go on.
    fn is_over(&self, walk: &Walk) -> Option<String> {
        let failed = |document: &&Walked| {
            !document.status.is_heard() && document.status != FetchStatus::Http4xx
        };
        let in_a_row = walk.documents.iter().rev().take_while(failed).count();
        if self.session.is_out_of_time() {
            Some(String::from("the run's time was up"))
        } else if in_a_row >= MAX_FAILED_PAGES {
            Some(format!("{in_a_row} lists in a row failed"))
        } else if walk.documents.len() >= MAX_DOCUMENTS {
            Some(format!("more than {MAX_DOCUMENTS} lists"))
        } else {
            None
        }
    }

    /// Returns what a document holds: as it was read before, or asked for now and put on the shelf.
    async fn document(
        &self,
        target: Target<'a>,
        url: &str,
        page_day: Option<NaiveDate>,
        keep_all: bool,
    ) -> Result<Walked, FetchError> {
        let before = self.known.walked.iter().find(|walked| {
            walked.source == target.source.url
                && walked.url == url
                && walked.holds(self.period, self.session.now)
        });
        if let Some(before) = before {
            self.asked.borrow_mut().1 += 1;
            return Ok(before.clone());
        }
        self.asked.borrow_mut().0 += 1;
        let source = Source { url: url.to_owned(), ..target.source.clone() };
        let log = Log::default();
        let read = async {
            let address = Url::parse(url).map_err(|error| {
                Failure::new(FetchStatus::Parse, format!("no address: {error}"))
            })?;
            let cap = self.session.config.max_feed_bytes;
            let response = self.session.get(&address, None, cap, &log).await?;
            parse::document(self.session, &source, &response, MAX_PAST_ITEMS).await
        };
        let mut walked = Walked {
            outlet: target.outlet.id.clone(),
            source: target.source.url.clone(),
            url: url.to_owned(),
            at: self.session.now,
            status: FetchStatus::Ok,
            message: String::new(),
            further: Vec::new(),
            items: Vec::new(),
            listed: 0,
            undated: 0,
            oldest: None,
            newest: None,
        };
        match read.await {
            Ok(listing) => self.read(listing, target, page_day, keep_all, &mut walked),
            Err(failure) => {
                walked.status = failure.status;
                walked.message = failure.message;
            }
        }
        // The end of the run's time is no answer of the server.
        if walked.status.is_heard() || !self.session.is_out_of_time() {
            self.shelf.borrow_mut().walked(&walked).map_err(store_error)?;
        }
        Ok(walked)
    }

    fn read(
        &self,
        listing: Listing,
        target: Target<'_>,
        page_day: Option<NaiveDate>,
        keep_all: bool,
        walked: &mut Walked,
    ) {
        walked.listed = listing.items.len();
        walked.status = match (walked.listed, listing.problems.is_empty()) {
            (0, false) => FetchStatus::Parse,
            (0, true) if listing.sitemaps.is_empty() => FetchStatus::Empty,
            (_, false) => FetchStatus::PartialParse,
            (_, true) => FetchStatus::Ok,
        };
        walked.message = listing.problems.join("; ");
        walked.further = listing.sitemaps;
        for listed in listing.items {
            let day = day_of(&listed, target, page_day);
            walked.undated += usize::from(day.is_none());
            walked.oldest = walked.oldest.into_iter().chain(day).min();
            walked.newest = walked.newest.max(day);
            if keep_all || day.is_some_and(|day| self.period.contains(day)) {
                let item = intake::raw(target, listed, self.session.now);
                walked.items.push(PastItem { day, item });
            }
        }
    }
}

pub(super) fn store_error(source: StoreError) -> FetchError {
    FetchError::Store { source }
}

/// The day of a listed item in the outlet's zone. The time of a change is no publication.
fn day_of(item: &Listed, target: Target<'_>, page_day: Option<NaiveDate>) -> Option<NaiveDate> {
    let zone = target.edition.zone;
    let stated = item.published.as_deref().filter(|raw| !raw.starts_with("updated:"));
    let time = stated.and_then(|raw| rough_time(raw, target.source.clock, zone));
    time.map(|time| time.with_timezone(&zone.to_chrono()).date_naive())
        .or_else(|| dated_archive::in_address(&item.url))
        .or(page_day)
}
