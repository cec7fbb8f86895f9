//! One poll of one source: the document, what it lists, which of that is new, and its pages.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use url::Url;

use super::config::INTERVAL_SLACK;
use super::failure::Failure;
use super::feed_entry::{Listed, Listing, rough_time};
use super::http::Response;
use super::session::{Log, Session};
use super::{FetchConfig, Progress};
use super::{clock, dated_archive, parse, redact};
use crate::model::{
    Edition, FeedStatus, FetchStatus, Fetched, Known, KnownItem, Outlet, RawItem, RawPage, Source,
};

/// Failed pages in a row after which an outlet's pages are left alone until the next run.
const MAX_FAILED_PAGES: usize = 5;
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
pub(super) struct Memory {
    items: BTreeMap<String, KnownItem>,
    pages: usize,
}

/// What an earlier poll knows of a listed item.
#[derive(PartialEq, Eq, Clone, Copy)]
enum News {
    New,
    Changed,
    Old,
}

/// Polls the source; `pages` says whether article pages are asked for.
pub(super) async fn poll(
    session: &Session,
    target: Target<'_>,
    known: &Known,
    memory: &mut Memory,
    progress: &dyn Progress,
    pages: bool,
) -> Fetched {
    let mut fetched = blank(target, session.now);
    let url = &target.source.url;
    fetched.validators = known.validators.get(url).cloned();
    fetched.not_before = known.not_before.get(url).copied();
    if let Some(due) = fetched.not_before.filter(|due| *due > session.now && !session.config.force)
    {
        let due = due.format("%Y-%m-%d %H:%M UTC");
        return end(
            fetched,
            FetchStatus::NotDue,
            &format!("not asked before {due}; --force asks now"),
        );
    }
    let log = Log::default();
    let outcome = if dated_archive::is_dated(url) {
        by_day(session, target, known, &log).await
    } else {
        whole(session, target.source, known, &log).await
    };
    let mut fetched = match outcome {
        Err(failure) => failed(fetched, &failure, session),
        Ok((response, _)) if response.status == 304 => {
            unchanged(fetched, &response, known, session)
        }
        Ok((response, listing)) => {
            fetched.status.http = Some(response.status);
            fetched.body = Some(page_of(&response));
            fetched.not_before = next_poll(session);
            match listing {
                Err(failure) => {
                    fetched.validators = None;
                    end(fetched, failure.status, &failure.message)
                }
                Ok((mut listing, is_partial)) => {
                    if let Some(ahead) = response.clock_ahead.filter(|ahead| clock::is_off(*ahead))
                    {
                        let words = clock::in_words(ahead);
                        listing.notes.push(format!("its clock is {words} this machine's"));
                    }
                    if response.moved {
                        let place = redact::shown(response.url.as_str());
                        listing
                            .notes
                            .push(format!("moved for good to {place}: correct the registry"));
                    }
                    fetched.validators = Some(response.validators).filter(|_| !is_partial);
                    let mut work = Work { session, target, known, memory, progress, log: &log };
                    work.take_in(fetched, listing, pages).await
                }
            }
        }
    };
    fetched.requests = log.into_inner();
    fetched
}

/// A source's document, and what could be read from it; the flag says that other documents were
/// read too, so that this one's being unchanged says nothing of them.
type Read = (Response, Result<(Listing, bool), Failure>);

/// Asks for the one document of a source and reads it, unless it is unchanged.
async fn whole(
    session: &Session,
    source: &Source,
    known: &Known,
    log: &Log,
) -> Result<Read, Failure> {
    let response = document(session, source, known, log).await?;
    if response.status == 304 {
        return Ok((response, Ok((Listing::default(), false))));
    }
    let listing = parse::listing(session, source, &response, log).await;
    Ok((response, listing))
}

/// Asks a day archive for today's page and those of the days before. Today's may not be there yet;
/// another one that is missing is a problem of the source, which the others do not suffer from.
async fn by_day(
    session: &Session,
    target: Target<'_>,
    known: &Known,
    log: &Log,
) -> Result<Read, Failure> {
    let template = &target.source.url;
    let days = dated_archive::wanted(
        session.now,
        target.edition.zone,
        known.newest.get(template).copied(),
    );
    let mut read: Option<(Response, Listing)> = None;
    let mut failures = Vec::new();
    for (place, day) in days.into_iter().enumerate() {
        let source = Source { url: dated_archive::address(template, day), ..target.source.clone() };
        let outcome = match whole(session, &source, &Known::default(), log).await {
            Ok((response, listing)) => listing.map(|(listing, _)| (response, listing)),
            Err(failure) => Err(failure),
        };
        match (outcome, &mut read) {
            (Ok((response, listing)), None) => read = Some((response, dated(listing, day))),
            (Ok((_, listing)), Some((_, all))) => all.append(dated(listing, day)),
            (Err(failure), _) => failures.push((place, day, failure)),
        }
    }
    match read {
        Some((response, mut listing)) => {
            let not_yet = |place: usize, f: &Failure| place == 0 && f.http == Some(404);
            let problems = failures.iter().filter(|(place, _, failure)| !not_yet(*place, failure));
            listing.problems.extend(problems.map(|(_, day, f)| format!("{day}: {}", f.message)));
            Ok((response, Ok((listing, true))))
        }
        None => Err(failures.into_iter().next().map_or_else(
            || Failure::new(FetchStatus::Parse, "the archive has no days"),
            |(_, _, failure)| failure,
        )),
    }
}

/// Notes for each item without a time on which day's page it stands: that says how fresh the
/// archive is, not when the item was published.
fn dated(mut listing: Listing, day: NaiveDate) -> Listing {
    for item in &mut listing.items {
        item.updated.get_or_insert_with(|| day.to_string());
    }
    listing
}

async fn document(
    session: &Session,
    source: &Source,
    known: &Known,
    log: &Log,
) -> Result<Response, Failure> {
    let url = Url::parse(&source.url).map_err(|error| {
        Failure::new(FetchStatus::Parse, format!("no address: {error}; correct it in the registry"))
    })?;
    session.get(&url, known.validators.get(&source.url), session.config.max_feed_bytes, log).await
}

fn blank(target: Target<'_>, now: DateTime<Utc>) -> Fetched {
    Fetched {
        status: FeedStatus {
            outlet: target.outlet.id.clone(),
            edition: target.edition.id.clone(),
            kind: target.source.kind,
            url: target.source.url.clone(),
            status: FetchStatus::Ok,
            http: None,
            fetched_at: now,
            items: 0,
            new_items: 0,
            pages: 0,
            pages_failed: 0,
            newest: None,
            message: String::new(),
        },
        items: Vec::new(),
        wanted: BTreeSet::new(),
        body: None,
        validators: None,
        not_before: None,
        requests: Vec::new(),
    }
}

fn end(mut fetched: Fetched, status: FetchStatus, message: &str) -> Fetched {
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

/// The source could not be had: validators stay, and the server's wish is noted.
fn failed(mut fetched: Fetched, failure: &Failure, session: &Session) -> Fetched {
    fetched.status.http = failure.http;
    fetched.not_before = None;
    if failure.status == FetchStatus::RateLimited || failure.retry_after.is_some() {
        let wait = failure.retry_after.unwrap_or(session.config.default_not_before);
        fetched.not_before = after(session.now, wait.min(session.config.max_not_before));
    }
    if failure.http == Some(410) {
        fetched.not_before = after(session.now, session.config.max_not_before);
    }
    end(fetched, failure.status, &failure.message)
}

/// 304: nothing new, which after a while means a frozen source.
fn unchanged(
    mut fetched: Fetched,
    response: &Response,
    known: &Known,
    session: &Session,
) -> Fetched {
    let sent = response.validators.clone();
    if sent.etag.is_some() || sent.last_modified.is_some() {
        fetched.validators = Some(sent);
    }
    fetched.status.http = Some(304);
    fetched.not_before = next_poll(session);
    fetched.status.newest = known.newest.get(&fetched.status.url).copied();
    match stale(fetched.status.newest, session) {
        Some(message) => end(fetched, FetchStatus::Stale, &message),
        None => end(fetched, FetchStatus::NotModified, ""),
    }
}

fn next_poll(session: &Session) -> Option<DateTime<Utc>> {
    let wait = session.config.min_interval.saturating_sub(INTERVAL_SLACK);
    if wait.is_zero() { None } else { after(session.now, wait) }
}

fn after(now: DateTime<Utc>, wait: Duration) -> Option<DateTime<Utc>> {
    now.checked_add_signed(TimeDelta::from_std(wait).ok()?)
}

/// Says how old the newest item is, if that is too old.
fn stale(newest: Option<DateTime<Utc>>, session: &Session) -> Option<String> {
    let age = session.now - newest?;
    let limit = TimeDelta::from_std(session.config.stale_after).ok()?;
    (age > limit).then(|| {
        format!(
            "frozen: its newest item is {} days old; look for another source of this outlet",
            age.num_days()
        )
    })
}

fn page_of(response: &Response) -> RawPage {
    RawPage {
        url: response.url.to_string(),
        content_type: response.content_type.clone(),
        body: response.body.clone(),
    }
}

/// What taking in a listing needs.
struct Work<'a> {
    session: &'a Session,
    target: Target<'a>,
    known: &'a Known,
    memory: &'a mut Memory,
    progress: &'a dyn Progress,
    log: &'a Log,
}

impl Work<'_> {
    /// Sorts the new items out and gets their pages.
    async fn take_in(&mut self, mut fetched: Fetched, listing: Listing, pages: bool) -> Fetched {
        fetched.status.items = listing.items.len();
        fetched.status.newest = self.newest(&listing.items);
        let mut messages = [listing.problems.clone(), listing.notes].concat();
        let listed_before = self.known.newest.contains_key(&self.target.source.url);
        let mut new = Vec::new();
        for listed in listing.items {
            let item = self.raw(listed);
            if news(&self.known.items, &item) != News::Old {
                fetched.status.new_items += 1;
            }
            // A source that comes later in this run brings nothing that an earlier one has brought.
            let news = match news(&self.memory.items, &item) {
                News::New => news(&self.known.items, &item),
                other => other,
            };
            if news != News::Old {
                new.push(item);
            }
        }
        let (all, fresh) = (fetched.status.items, fetched.status.new_items);
        if listed_before && all > 0 && fresh == all {
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
                self.memory.items.insert(key, KnownItem { source, fingerprint });
            }
        }
        let frozen = stale(fetched.status.newest, self.session);
        let status = match (&frozen, fetched.status.items, listing.problems.is_empty()) {
            (Some(_), _, _) => FetchStatus::Stale,
            (None, 0, true) => FetchStatus::Empty,
            (None, 0, false) => FetchStatus::Parse,
            (None, _, false) => FetchStatus::PartialParse,
            (None, _, true) => FetchStatus::Ok,
        };
        if status == FetchStatus::Empty {
            messages.push(String::from("it lists no item"));
        }
        if status == FetchStatus::Parse {
            fetched.validators = None;
        }
        messages.extend(frozen);
        end(fetched, status, &messages.join("; "))
    }

    fn raw(&self, listed: Listed) -> RawItem {
        RawItem {
            outlet: self.target.outlet.id.clone(),
            edition: self.target.edition.id.clone(),
            source: self.target.source.url.clone(),
            url: listed.url,
            guid: listed.guid,
            title: listed.title,
            summary: listed.summary,
            content: listed.content,
            author: listed.author,
            published: listed.published,
            language: listed.language,
            first_seen: Some(self.session.now),
            page: None,
            version: 1,
        }
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
            let raw = item.published.as_deref().or(item.updated.as_deref());
            raw.and_then(|raw| rough_time(raw, clock, zone))
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
        let (mut in_a_row, mut left, mut reason) = (0, 0, None);
        for mut item in items {
            if !needs_page(&item, self.target.source, config) {
                fetched.items.push(item);
                continue;
            }
            if self.memory.pages >= config.max_new_pages || self.session.is_out_of_time() {
                left += 1;
                continue;
            }
            if in_a_row >= MAX_FAILED_PAGES {
                fetched.wanted.insert(item.key());
                fetched.items.push(item);
                continue;
            }
            self.memory.pages += 1;
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
        if left > 0 || !fetched.wanted.is_empty() {
            fetched.validators = None;
            if left > 0 {
                fetched.not_before = None;
            }
        }
        let failed = reason.map(|reason| {
            format!(
                "{} of {} pages failed: {reason}",
                fetched.status.pages_failed, fetched.status.pages
            )
        });
        let left = (left > 0).then(|| format!("{left} new articles left for the next run"));
        let messages: Vec<String> = failed.into_iter().chain(left).collect();
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

/// What is known of an item among `items`: changed only if the source that announced it first now
/// words it differently, or if its page is still wanted.
fn news(items: &BTreeMap<String, KnownItem>, item: &RawItem) -> News {
    let Some(known) = item.keys().iter().find_map(|key| items.get(key)) else { return News::New };
    let wanted = known.fingerprint.is_empty();
    let reworded = known.source == item.source && known.fingerprint != item.fingerprint();
    if wanted || reworded { News::Changed } else { News::Old }
}

fn needs_page(item: &RawItem, source: &Source, config: &FetchConfig) -> bool {
    let announced = item.content.as_deref().map_or(0, |content| content.chars().count());
    !source.full_text && !item.url.is_empty() && announced < config.full_text_chars
}

/// Whether a page that failed like this is worth asking for at the next poll.
fn may_come_later(failure: &Failure) -> bool {
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
