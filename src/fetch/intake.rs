//! What a listing holds that is new, and the pages of these items.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use url::Url;

use super::failure::Failure;
use super::feed_entry::{Listed, Listing, rough_time};
use super::http::Response;
use super::session::{Log, Session};
use super::{FetchConfig, Progress, dated_archive};
use crate::model::{
    Edition, FetchStatus, Fetched, Known, KnownItem, Outlet, RawItem, RawPage, Source, SourceKind,
};

/// Failed pages in a row after which an outlet's pages are left alone until the next run.
pub(super) const MAX_FAILED_PAGES: usize = 5;
/// A listed time further ahead than this is a mistake and says nothing about freshness.
const FUTURE_TOLERANCE: TimeDelta = TimeDelta::hours(24);

/// The source to poll and whom it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) outlet: &'a Outlet,
    pub(super) edition: &'a Edition,
    pub(super) source: &'a Source,
}

/// What the polls of one outlet in this run have brought so far.
#[derive(Default)]
pub(super) struct RunState {
    items: BTreeMap<String, KnownItem>,
    pages: usize,
}

/// What an earlier poll knows of a listed item.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Novelty {
    New,
    Changed,
    Old,
}

/// What taking in a listing needs.
pub(super) struct Intake<'a> {
    pub(super) session: &'a Session,
    pub(super) target: Target<'a>,
    pub(super) known: &'a Known,
    pub(super) state: &'a mut RunState,
    pub(super) progress: &'a dyn Progress,
    pub(super) log: &'a Log,
}

impl Intake<'_> {
    /// Sorts the new items out and gets their pages.
    pub(super) async fn take_in(
        &mut self,
        mut fetched: Fetched,
        listing: Listing,
        pages: bool,
    ) -> Fetched {
        fetched.status.items = listing.items.len();
        fetched.status.newest = self.newest(&listing.items);
        let mut messages = [listing.problems.clone(), listing.notes].concat();
        let listed_before = self.known.newest.contains_key(&self.target.source.url);
        let (mut new, mut unknown) = (Vec::new(), 0);
        for listed in listing.items {
            let item = raw(self.target, listed, self.session.now);
            let novelty_to_archive = novelty(&self.known.items, &item);
            fetched.status.new_items += usize::from(novelty_to_archive != Novelty::Old);
            unknown += usize::from(novelty_to_archive == Novelty::New);
            // A source that comes later in this run brings nothing that an earlier one has brought.
            let news = match novelty(&self.state.items, &item) {
                Novelty::New => novelty_to_archive,
                other => other,
            };
            if news != Novelty::Old {
                new.push(item);
            }
        }
        let all = fetched.status.items;
        if listed_before && all > 0 && unknown == all {
            messages.push(String::from(
                "all its items are new since the last poll, so some may have passed unseen; poll it more often",
            ));
        }
        if pages {
            messages.extend(self.pages(&mut fetched, new).await);
        } else {
            fetched.items = new;
        }
        for item in &fetched.items {
            let fingerprint = if fetched.wanted.contains(&item.key()) {
                String::new()
            } else {
                item.fingerprint()
            };
            for key in item.keys() {
                let source = item.source.clone();
                let fingerprint = fingerprint.clone();
                self.state.items.insert(key, KnownItem { source, fingerprint });
            }
        }
        let frozen = stale(fetched.status.newest, self.session);
        let status = match (&frozen, fetched.status.items, listing.problems.is_empty()) {
            (Some(_), _, _) => FetchStatus::Stale,
            (None, 0, true) if self.has_listed_lately() => FetchStatus::Empty,
            (None, 0, true) => FetchStatus::SaysNothing,
            (None, 0, false) => FetchStatus::Parse,
            (None, _, false) => FetchStatus::PartialParse,
            (None, _, true) => FetchStatus::Ok,
        };
        match status {
            FetchStatus::Empty => messages.push(String::from("it lists no item")),
            FetchStatus::SaysNothing => messages.push(String::from(
                "it lists no item and has listed none lately; look for another source of this edition",
            )),
            _ => {}
        }
        // Of what says nothing "not modified" would say nothing either.
        if matches!(status, FetchStatus::Parse | FetchStatus::SaysNothing) {
            fetched.validators = None;
        }
        messages.extend(frozen);
        end(fetched, status, &messages.join("; "))
    }

    /// Whether an earlier poll found an item here that is not older than what counts as frozen.
    fn has_listed_lately(&self) -> bool {
        let newest = self.known.newest.get(&self.target.source.url).copied();
        newest.is_some() && stale(newest, self.session).is_none()
    }

    /// The newest listed time that is not in the future; of items without one, the day in their
    /// address.
    fn newest(&self, items: &[Listed]) -> Option<DateTime<Utc>> {
        let (clock, zone) = (self.target.source.clock, self.target.edition.zone);
        let midnight = |day: NaiveDate| {
            let start = zone.to_chrono().from_local_datetime(&day.and_time(NaiveTime::MIN));
            Some(start.single()?.to_utc())
        };
        let time = |item: &Listed| {
            let mut stated = [&item.published, &item.updated].into_iter().flatten();
            stated
                .find_map(|raw| rough_time(raw, clock, zone))
                .or_else(|| dated_archive::in_address(&item.url).and_then(midnight))
        };
        items
            .iter()
            .filter_map(time)
            .filter(|time| *time <= self.session.now + FUTURE_TOLERANCE)
            .max()
    }

    /// Gets the pages of the items that need one, as far as limits and time allow. An item whose
    /// turn does not come is left for the next poll, which then must not be told "not modified".
    async fn pages(&mut self, fetched: &mut Fetched, items: Vec<RawItem>) -> Option<String> {
        let config = &self.session.config;
        let total =
            items.iter().filter(|item| needs_page(item, self.target.source, config)).count();
        let limit = self.target.outlet.max_new_pages.unwrap_or(config.max_new_pages);
        let (mut in_a_row, mut left, mut over, mut reason) = (0, 0, 0, None);
        for mut item in items {
            if !needs_page(&item, self.target.source, config) {
                fetched.items.push(item);
                continue;
            }
            if self.state.pages >= limit {
                over += 1;
                continue;
            }
            if self.session.is_out_of_time() {
                left += 1;
                continue;
            }
            if in_a_row >= MAX_FAILED_PAGES {
                fetched.wanted.insert(item.key());
                fetched.items.push(item);
                continue;
            }
            self.state.pages += 1;
            fetched.status.pages += 1;
            match self.page(&item.url).await {
                Ok(page) => {
                    in_a_row = 0;
                    item.page = Some(page);
                }
                Err(failure) => {
                    in_a_row += 1;
                    fetched.status.pages_failed += 1;
                    if may_come_later(&failure) {
                        fetched.wanted.insert(item.key());
                    }
                    reason = Some(failure.message);
                }
            }
            self.progress.page(&self.target.outlet.id, fetched.status.pages, total);
            fetched.items.push(item);
        }
        if left + over > 0 || !fetched.wanted.is_empty() {
            fetched.validators = None;
            if left + over > 0 {
                fetched.not_before = None;
            }
        }
        let failed = reason.map(|reason| {
            format!(
                "{} of {} pages failed: {reason}",
                fetched.status.pages_failed, fetched.status.pages
            )
        });
        let left = (left > 0)
            .then(|| format!("{left} new articles left for the next run: its time was up"));
        let over = (over > 0).then(|| {
            format!(
                "{over} new articles left for the next run: {limit} pages a run are this outlet's limit \
                 (`max_new_pages` in the registry)"
            )
        });
        let messages: Vec<String> = failed.into_iter().chain(left).chain(over).collect();
        (!messages.is_empty()).then(|| messages.join("; "))
    }

    async fn page(&self, url: &str) -> Result<RawPage, Failure> {
        let url = Url::parse(url)
            .map_err(|error| Failure::new(FetchStatus::Parse, format!("no address: {error}")))?;
        let cap = self.session.config.max_page_bytes;
        let response = self.session.get(&url, None, cap, self.log).await?;
        Ok(page_of(&response))
    }
}

/// A listed item, as it is stored.
pub(super) fn raw(target: Target<'_>, listed: Listed, now: DateTime<Utc>) -> RawItem {
    RawItem {
        outlet: target.outlet.id.clone(),
        edition: target.edition.id.clone(),
        source: target.source.url.clone(),
        url: listed.url,
        guid: listed.guid,
        title: listed.title,
        summary: listed.summary,
        content: listed.content,
        author: listed.author,
        published: listed.published,
        language: listed.language,
        first_seen: Some(now),
        page: None,
        version: 1,
    }
}

/// What is known of an item among `items`: changed only if the source that announced it first now
/// words it differently, or if its page is still wanted.
fn novelty(items: &BTreeMap<String, KnownItem>, item: &RawItem) -> Novelty {
    let Some(known) = item.keys().iter().find_map(|key| items.get(key)) else {
        return Novelty::New;
    };
    let wanted = known.fingerprint.is_empty();
    let reworded = known.source == item.source && known.fingerprint != item.fingerprint();
    if wanted || reworded { Novelty::Changed } else { Novelty::Old }
}

pub(super) fn needs_page(item: &RawItem, source: &Source, config: &FetchConfig) -> bool {
    let announced = item.content.as_deref().map_or(0, |content| content.chars().count());
    // A list in JSON may leave the text of some items out.
    let has_text = source.full_text && (source.kind != SourceKind::Json || announced > 0);
    !has_text && !item.url.is_empty() && announced < config.full_text_chars
}

/// Whether a page that failed like this is worth asking for at the next poll.
pub(super) fn may_come_later(failure: &Failure) -> bool {
    !matches!(
        failure.status,
        FetchStatus::Http4xx
            | FetchStatus::Robots
            | FetchStatus::TooLarge
            | FetchStatus::Bomb
            | FetchStatus::Ssrf
            | FetchStatus::Redirect
            | FetchStatus::Parse
    )
}

pub(super) fn page_of(response: &Response) -> RawPage {
    RawPage {
        url: response.url.to_string(),
        content_type: response.content_type.clone(),
        body: response.body.clone(),
    }
}

/// The outcome of a poll with its status and a message for people.
pub(super) fn end(mut fetched: Fetched, status: FetchStatus, message: &str) -> Fetched {
    fetched.status.status = status;
    fetched.status.message = one_line(message);
    fetched
}

/// Control characters and line breaks become blanks.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Says how old the newest item is, if that is too old.
pub(super) fn stale(newest: Option<DateTime<Utc>>, session: &Session) -> Option<String> {
    let age = session.now - newest?;
    let limit = TimeDelta::from_std(session.config.stale_after).ok()?;
    (age > limit).then(|| {
        format!(
            "frozen: its newest item is {} days old; look for another source of this outlet",
            age.num_days()
        )
    })
}
