//! RSS 0.9x–2.0, RDF, Atom and JSON Feed to a list of items, fields as written.
//!
//! `feed-rs` reads sound feeds. It gives up the whole feed for one bare `&`, bad byte or wrong end
//! tag, so what it refuses goes to the lenient reader, which reads item by item. Dates are not
//! interpreted: the parser's time stamp hook is used to carry the raw strings through.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use feed_rs::model::{Entry, Text};

use super::feed_entry::{self, Listed, Listing, Unlisted};
use super::{feed_clean, feed_json, feed_lenient};
use crate::text::charset;

/// Reads a feed.
pub(super) fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Listing, Unlisted> {
    let decoded = charset::decode(bytes, content_type, "");
    let mut listing = parse_text(&decoded.text)?;
    if decoded.lossy {
        listing.problems.push(String::from("bytes that are not text were replaced"));
    }
    Ok(listing)
}

fn parse_text(text: &str) -> Result<Listing, Unlisted> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Unlisted::Unreadable(String::from("empty document")));
    }
    if start.starts_with('{') {
        return strict(start).or_else(|reason| feed_json::parse(start, &reason));
    }
    let clean = feed_lenient::without_prefix(feed_clean::clean(text));
    if !feed_lenient::looks_like_a_feed(&clean) {
        let what =
            if looks_like_html(&clean) { "an HTML page" } else { "neither XML nor JSON Feed" };
        return Err(Unlisted::Other(what.to_owned()));
    }
    match strict(&clean) {
        Ok(listing) => Ok(completed(listing, &clean)),
        Err(reason) => {
            let listing = feed_lenient::parse(&clean, Some(&reason));
            if listing.items.is_empty() { Err(Unlisted::Unreadable(reason)) } else { Ok(listing) }
        }
    }
}

/// Adds what the strict reader passes over: items where it does not look for them, fields under the
/// names of older formats (Atom 0.3) or without their namespace, text in base64, and addresses that
/// are relative to an `xml:base`. Where both readers have a headline, an address or markup, the
/// lenient one's is taken: it keeps markup as it was written and knows which of several links is
/// the article's.
fn completed(mut strict: Listing, text: &str) -> Listing {
    let lenient = feed_lenient::parse(text, None);
    // What is cut off for one reader was swallowed by the item before it for the other.
    if lenient.items.len() > strict.items.len() || !lenient.problems.is_empty() {
        return lenient;
    }
    let same = |(a, b): (&Listed, &Listed)| {
        a.guid.as_deref().is_none_or(str::is_empty) || b.guid.is_none() || a.guid == b.guid
    };
    if lenient.items.len() == strict.items.len()
        && strict.items.iter().zip(&lenient.items).all(same)
    {
        for (item, other) in strict.items.iter_mut().zip(lenient.items) {
            item.title = other.title.or(item.title.take());
            item.summary = other.summary.or(item.summary.take());
            item.content = other.content.or(item.content.take());
            item.published = feed_entry::more_exact(item.published.take(), other.published);
            if !other.url.is_empty() {
                item.url = other.url;
            }
        }
    }
    strict
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    head.contains("<html") || head.contains("<!doctype html") || head.contains("<body")
}

/// Reads a sound feed with `feed-rs`.
fn strict(text: &str) -> Result<Listing, String> {
    // The hook returns, as a time, the number of the raw string that it was given.
    let dates: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = Arc::clone(&dates);
    let parser = feed_rs::parser::Builder::new()
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |raw| {
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push(raw.to_owned());
            DateTime::from_timestamp(i64::try_from(seen.len() - 1).ok()?, 0)
        })
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| error.to_string())?;
    let dates = dates.lock().unwrap_or_else(PoisonError::into_inner);
    let items = feed.entries.into_iter().map(|entry| listed(entry, &dates)).collect();
    Ok(Listing { items, language: feed.language, ..Listing::default() })
}

fn listed(entry: Entry, dates: &[String]) -> Listed {
    let raw = |time: DateTime<chrono::Utc>| {
        usize::try_from(time.timestamp()).ok().and_then(|i| dates.get(i)).cloned()
    };
    let text = |text: Text| text.content;
    let is_article = |rel: Option<&str>| rel.is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(|link| is_article(link.rel.as_deref()));
    let link = link.or_else(|| entry.links.iter().find(|l| l.rel.as_deref() != Some("enclosure")));
    let authors: Vec<String> =
        entry.authors.into_iter().filter_map(|person| person.name.or(person.email)).collect();
    let published = entry.published.and_then(raw);
    let updated = entry.updated.filter(|_| published.is_none()).and_then(raw);
    Listed {
        url: link.map(|link| link.href.clone()).unwrap_or_default(),
        guid: Some(entry.id),
        title: entry.title.map(text),
        summary: entry.summary.map(text),
        content: entry.content.and_then(|content| content.body),
        author: Some(authors.join(", ")),
        published: published.or_else(|| updated.as_deref().map(feed_entry::as_update)),
        language: entry.language,
        updated,
    }
}

#[cfg(test)]
#[path = "feed_tests.rs"]
mod tests;
