//! One poll of one source: the document and what it lists. What of that is new is taken in by `intake`.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use url::Url;

use super::Progress;
use super::config::{FetchConfig, INTERVAL_SLACK};
use super::failure::Failure;
use super::feed_entry::Listing;
use super::http::Response;
use super::intake::{Intake, RunState, Target, end, page_of, stale};
use super::session::{Log, Session};
use super::{clock, dated_archive, parse, redact};
use crate::model::{FeedStatus, FetchStatus, Fetched, Known, Source, Validators};

/// Polls the source; `pages` says whether article pages are asked for.
pub(super) async fn poll(
    session: &Session,
    target: Target<'_>,
    known: &Known,
    state: &mut RunState,
    progress: &dyn Progress,
    pages: bool,
) -> Fetched {
    let mut fetched = blank(target, session.now);
    let url = &target.source.url;
    fetched.validators = known.validators.get(url).cloned();
    fetched.not_before = postponed(known, url, &session.config, session.now);
    if let Some(due) = resting_until(known, url, &session.config, session.now) {
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
        // Of a numbered list the first page is the newest.
        let asked = url.replace("{PAGE}", "1");
        let first = Source { url: asked, ..target.source.clone() };
        whole(session, &first, known.validators.get(url), &log).await
    };
    let mut fetched = match outcome {
        Err(failure) => failed(fetched, &failure, session),
        Ok((response, _)) if response.status == 304 => {
            if fetched.validators.is_some() {
                unchanged(fetched, &response, known, session)
            } else {
                unasked(fetched)
            }
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
                    let mut work = Intake { session, target, known, state, progress, log: &log };
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
    validators: Option<&Validators>,
    log: &Log,
) -> Result<Read, Failure> {
    let response = document(session, source, validators, log).await?;
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
        let outcome = match whole(session, &source, None, log).await {
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
    validators: Option<&Validators>,
    log: &Log,
) -> Result<Response, Failure> {
    let url = Url::parse(&source.url).map_err(|error| {
        Failure::new(FetchStatus::Parse, format!("no address: {error}; correct it in the registry"))
    })?;
    session.get(&url, validators, session.config.max_feed_bytes, log).await
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

/// Until when a source was postponed: a day at most; a longer time is of a run whose clock was ahead.
fn postponed(
    known: &Known,
    url: &str,
    config: &FetchConfig,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let longest = after(now, config.max_not_before);
    let not_before = known.not_before.get(url).copied();
    not_before.filter(|due| longest.is_none_or(|longest| *due <= longest))
}

/// Until when a source is left alone; `None` if it is asked now.
pub(super) fn resting_until(
    known: &Known,
    url: &str,
    config: &FetchConfig,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    postponed(known, url, config, now).filter(|due| *due > now && !config.force)
}

/// 304 to a request that set no condition: whoever asks for the first time learns nothing from it.
fn unasked(mut fetched: Fetched) -> Fetched {
    fetched.status.http = Some(304);
    fetched.not_before = None;
    let message =
        "304 (not modified), although nothing was known of it; asked again at the next poll";
    end(fetched, FetchStatus::Parse, message)
}

fn next_poll(session: &Session) -> Option<DateTime<Utc>> {
    let wait = session.config.min_interval.saturating_sub(INTERVAL_SLACK);
    if wait.is_zero() { None } else { after(session.now, wait) }
}

fn after(now: DateTime<Utc>, wait: Duration) -> Option<DateTime<Utc>> {
    now.checked_add_signed(TimeDelta::from_std(wait).ok()?)
}
