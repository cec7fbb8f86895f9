//! What a source lists: the common form of feed items, links on a list page and sitemap entries.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeZone, Utc};
use url::Url;

use crate::model::Zone;
use crate::text::moment;

/// Characters kept of a title; longer ones are no titles.
const MAX_TITLE: usize = 1_000;
/// Characters kept of an address (Scrapy's limit, and the old one of browsers).
const MAX_URL: usize = 2_083;
/// Characters kept of a GUID.
const MAX_GUID: usize = 1_024;
/// Characters kept of a date; longer ones made date parsers run out of stack.
const MAX_DATE: usize = 100;
/// Characters kept of an author.
const MAX_AUTHOR: usize = 200;

/// One listed article, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Listed {
    pub(super) url: String,
    pub(super) guid: Option<String>,
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) content: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
    /// Time of the last change (sitemaps): says how fresh the source is, but not when an article was
    /// published.
    pub(super) updated: Option<String>,
}

/// What a source's document holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Listing {
    pub(super) items: Vec<Listed>,
    /// Language of all items that name none.
    pub(super) language: Option<String>,
    /// What could not be read; empty if the document is sound.
    pub(super) problems: Vec<String>,
    /// What was left out although it is sound (caps).
    pub(super) notes: Vec<String>,
    /// Addresses of further sitemaps (of a sitemap index).
    pub(super) sitemaps: Vec<String>,
}

/// Why a document lists nothing that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unlisted {
    /// It is something else, an HTML page perhaps.
    Other(String),
    /// It is meant to be what was asked for, but cannot be read.
    Unreadable(String),
}

impl Listing {
    /// Adds what a further document of the same source lists.
    pub(super) fn append(&mut self, other: Listing) {
        let seen: BTreeSet<String> = self.items.iter().map(|item| item.url.clone()).collect();
        self.items.extend(other.items.into_iter().filter(|item| !seen.contains(&item.url)));
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
    }

    /// Tidies addresses and fields, drops what has no identity, makes keys unique, and caps the
    /// number of items; everything dropped is named in `problems`.
    pub(super) fn tidy(mut self, base: &Url, max_items: usize) -> Listing {
        let mut nameless = 0;
        for item in &mut self.items {
            tidy_item(item, base);
            item.language = item.language.take().or_else(|| self.language.clone());
        }
        self.items.retain(|item| {
            let named = !item.url.is_empty() || item.guid.is_some();
            nameless += usize::from(!named);
            named
        });
        if nameless > 0 {
            self.problems.push(format!("{nameless} items without address left out"));
        }
        let same = unique(&mut self.items);
        if same > 0 {
            self.notes.push(format!("{same} items with the address of another left out"));
        }
        if self.items.len() > max_items {
            self.notes.push(format!("{max_items} of {} items read", self.items.len()));
            self.items.truncate(max_items);
        }
        self
    }
}

/// A GUID that stands on several addresses names none of them; of several items with one address the
/// first is kept, for the address is what an article is known by. Returns how many are left out.
fn unique(items: &mut Vec<Listed>) -> usize {
    let mut addresses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in items.iter() {
        if let Some(guid) = &item.guid {
            addresses.entry(guid.clone()).or_default().insert(item.url.clone());
        }
    }
    for item in items.iter_mut() {
        let shared = |guid: &String| addresses.get(guid).is_some_and(|urls| urls.len() > 1);
        if !item.url.is_empty() && item.guid.as_ref().is_some_and(shared) {
            item.guid = None;
        }
    }
    let mut seen = BTreeSet::new();
    let listed = items.len();
    items.retain(|item| {
        let name = if item.url.is_empty() { item.guid.clone() } else { Some(item.url.clone()) };
        seen.insert(name)
    });
    listed - items.len()
}

fn tidy_item(item: &mut Listed, base: &Url) {
    let guid = item.guid.take().map(|guid| cut(guid.trim(), MAX_GUID)).filter(|g| !g.is_empty());
    let mut url = address(&item.url, base);
    if url.is_empty()
        && let Some(guid) = guid.as_deref().filter(|guid| guid.contains("://"))
    {
        url = address(guid, base);
    }
    item.url = url;
    item.guid = guid;
    let trim = |field: &mut Option<String>, most: usize| {
        *field = field.take().map(|text| cut(text.trim(), most)).filter(|text| !text.is_empty());
    };
    trim(&mut item.title, MAX_TITLE);
    trim(&mut item.author, MAX_AUTHOR);
    trim(&mut item.published, MAX_DATE);
    trim(&mut item.updated, MAX_DATE);
    trim(&mut item.summary, usize::MAX);
    trim(&mut item.content, usize::MAX);
    trim(&mut item.language, MAX_DATE);
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The more exact of two publication times, the first of two as exact ones; a time of a change and what
/// cannot be read are the last choice.
pub(super) fn more_exact(first: Option<String>, second: Option<String>) -> Option<String> {
    let rank = |raw: &String| moment::parse(raw, Zone(0)).map(|moment| moment.precision);
    // `min_by_key` keeps the first of equals; what is unreadable ranks behind a day.
    [first, second].into_iter().flatten().min_by_key(|raw| match rank(raw) {
        Some(precision) => (false, Some(precision)),
        None => (true, None),
    })
}

/// The time of a change, labelled as one: it is no publication, but its news is that of an edit.
pub(super) fn as_update(raw: &str) -> String {
    format!("updated: {raw}")
}

/// Resolves an address as listed and takes off what differs between two links to one article:
/// fragment, tracking parameters, doubled slashes. Empty if it is no `http(s)` address.
pub(super) fn address(listed: &str, base: &Url) -> String {
    let listed = listed.trim();
    if listed.is_empty() || listed.len() > MAX_URL {
        return String::new();
    }
    let Ok(mut url) = base.join(listed) else { return String::new() };
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return String::new();
    }
    url.set_fragment(None);
    // An address with a host takes both.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    if url.path().contains("//") {
        let mut path = url.path().to_owned();
        while path.contains("//") {
            path = path.replace("//", "/");
        }
        url.set_path(&path);
    }
    let kept: Vec<&str> =
        url.query().unwrap_or_default().split('&').filter(|pair| !is_tracking(pair)).collect();
    let query = kept.join("&");
    url.set_query((!query.is_empty()).then_some(query.as_str()));
    url.into()
}

/// Parameters that say where a reader came from, in any case.
fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.is_empty()
        || name.starts_with("utm_")
        || matches!(
            name.as_str(),
            "fbclid" | "gclid" | "yclid" | "mc_cid" | "mc_eid" | "at_medium" | "at_campaign"
        )
}

/// Reads a listed time, to tell how old a source's newest item is. A time without zone is read in
/// `zone`; if `clock` says that labels are not to be believed, every written time is read in that.
pub(super) fn rough_time(raw: &str, clock: Option<Zone>, zone: Zone) -> Option<DateTime<Utc>> {
    let moment = moment::parse(raw, zone)?;
    let is_epoch = raw.trim().bytes().all(|b| b.is_ascii_digit());
    match clock.filter(|_| !is_epoch) {
        None => Some(moment.at.to_utc()),
        Some(clock) => {
            let meant = clock.to_chrono().from_local_datetime(&moment.at.naive_local());
            Some(meant.single()?.to_utc())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_address(listed: &str, expected: &str) {
        let base = Url::parse("https://www.rt.example/rss/").unwrap();
        assert_eq!(address(listed, &base), expected);
    }

    #[test]
    fn addresses_lose_what_differs_between_links() {
        check_address(
            "  https://www.rt.example/news/1-a/?utm_source=rss&UTM_Medium=rss ",
            "https://www.rt.example/news/1-a/",
        );
        check_address(
            "https://rt.example//business/2-b/#comments",
            "https://rt.example/business/2-b/",
        );
        check_address("https://me:secret@rt.example/a", "https://rt.example/a");
        check_address("/news/3?id=7&fbclid=x", "https://www.rt.example/news/3?id=7");
    }

    #[test]
    fn only_http_is_an_address() {
        for listed in ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.c", "", "http://"] {
            check_address(listed, "");
        }
    }

    fn listed(url: &str, guid: &str) -> Listed {
        Listed { url: url.into(), guid: Some(guid.into()), ..Listed::default() }
    }

    fn tidied(items: Vec<Listed>) -> Listing {
        let base = Url::parse("https://rt.example/").unwrap();
        Listing { items, ..Listing::default() }.tidy(&base, 100)
    }

    #[test]
    fn ten_equal_guids_are_ten_articles() {
        let items = (0..10).map(|n| listed(&format!("/news/{n}"), "same")).collect();
        let listing = tidied(items);
        assert_eq!(listing.items.len(), 10);
        assert!(listing.items.iter().all(|item| item.guid.is_none()));
    }

    #[test]
    fn a_guid_that_is_an_address_stands_in_for_the_link() {
        let listing =
            tidied(vec![listed("", "https://rt.example/news/1"), listed("javascript:x", "g2")]);
        assert_eq!(listing.items[0].url, "https://rt.example/news/1");
        assert_eq!(
            (listing.items[1].url.as_str(), listing.items[1].guid.as_deref()),
            ("", Some("g2"))
        );
    }

    #[test]
    fn an_item_without_identity_is_left_out_and_named() {
        let listing = tidied(vec![Listed { title: Some("t".into()), ..Listed::default() }]);
        assert!(listing.items.is_empty());
        assert_eq!(listing.problems, ["1 items without address left out"]);
    }

    #[track_caller]
    fn check_time(raw: &str, clock: Option<i32>, zone: i32, expected: &str) {
        let found = rough_time(raw, clock.map(Zone), Zone(zone)).map(|t| t.to_rfc3339());
        assert_eq!(found.as_deref().unwrap_or(""), expected);
    }

    #[test]
    fn times_are_read_roughly() {
        check_time("Thu, 05 Mar 2026 10:00:00 +0300", None, 0, "2026-03-05T07:00:00+00:00");
        check_time("Thu, 05 Mar 2026 10:00:00 GMT", Some(480), 0, "2026-03-05T02:00:00+00:00");
        check_time("2026-03-05 10:00:00", None, 180, "2026-03-05T07:00:00+00:00");
        check_time("1548036225000", None, 480, "2019-01-21T02:03:45+00:00");
        check_time("2026-03-05", None, 480, "2026-03-04T16:00:00+00:00");
        check_time("By Ann Author | Mar 05, 2026 03:50 PM", None, 480, "2026-03-05T07:50:00+00:00");
        check_time("19:49, 05-Mar-2026", None, 480, "2026-03-05T11:49:00+00:00");
        check_time("Thu, 05 Mar 2026 10:00:00 MSK", None, 0, "2026-03-05T07:00:00+00:00");
        check_time("Thu, 05 Mar 2026 10:00:00 GMT+3", None, 0, "2026-03-05T07:00:00+00:00");
        check_time("Thu, 05 Mar 2026 10:00:00 EST", None, 0, "2026-03-05T15:00:00+00:00");
        check_time("Thu, 05 Mar 26 10:00:00 +0000", None, 0, "2026-03-05T10:00:00+00:00");
        check_time("Thu, 5 Mar 2026 24:00:00 +0000", None, 0, "2026-03-06T00:00:00+00:00");
        check_time("2026-03-05T24:00:00Z", None, 0, "2026-03-06T00:00:00+00:00");
        check_time("2026-03-05T10:00:60Z", None, 0, "2026-03-05T10:00:59+00:00");
        check_time("2026-03-05T10:00:00.123+0300", None, 0, "2026-03-05T07:00:00+00:00");
        check_time("5 марта 2026, 10:00", None, 180, "2026-03-05T07:00:00+00:00");
        check_time("2026年3月5日 10:00", None, 480, "2026-03-05T02:00:00+00:00");
        check_time("5 février 2026 à 10h00", None, 60, "2026-02-05T09:00:00+00:00");
        check_time("jeu., 05 mars 2026 10:00:00 +0100", None, 0, "2026-03-05T09:00:00+00:00");
        check_time("5 de marzo de 2026 10:00", None, 0, "2026-03-05T10:00:00+00:00");
        check_time("5 de março de 2026 às 10:00", None, 0, "2026-03-05T10:00:00+00:00");
        check_time("Do, 05 März 2026 10:00:00 +0100", None, 0, "2026-03-05T09:00:00+00:00");
        check_time("٥ مارس ٢٠٢٦ 10:00", None, 0, "2026-03-05T10:00:00+00:00");
        check_time("1772704800", None, 0, "2026-03-05T10:00:00+00:00");
        check_time("soon", None, 0, "");
    }
}
