//! The documents of a source's past: pages of days, numbered pages, sitemaps that name the days they hold; and which
//! days these speak for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use regex::Regex;

use super::dated_archive;
use crate::model::{Period, Source, SourceKind, Walked};

/// Place of the number in the address of a numbered page.
const PAGE: &str = "{PAGE}";
/// Places of the period's ends, as local times.
const AFTER: &str = "{AFTER}";
const BEFORE: &str = "{BEFORE}";
/// Share of a document's items without a day, in percent, above which it speaks for no day: a few pages about the site
/// itself are in every sitemap.
const MAX_UNDATED_PERCENT: usize = 5;

/// Dates in the address of a sitemap: two days, a day, a month or a year.
static IN_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9])(20\d{2})(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?)?(?:[^0-9]|$)").ok()
});

/// A way into a source's past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// An address for each day.
    Days(String),
    /// Pages that are numbered from 1, the newest first.
    Numbered(String),
    /// A sitemap or an index of sitemaps.
    Sitemap(String),
}

/// The ways into the past that the registry knows of a source.
pub(super) fn routes(source: &Source) -> Vec<Route> {
    let addresses = std::iter::once(&source.url).chain(&source.past);
    let route = |address: &String| {
        if dated_archive::is_dated(address) {
            Some(Route::Days(address.clone()))
        } else if is_numbered(address) {
            Some(Route::Numbered(address.clone()))
        } else {
            (source.kind == SourceKind::Sitemap).then(|| Route::Sitemap(address.clone()))
        }
    };
    addresses.filter_map(route).collect()
}

/// Whether the address has a place for the number of a page.
pub(super) fn is_numbered(address: &str) -> bool {
    address.contains(PAGE)
}

/// The address of one numbered page. The times are those of the period's first and last moment, both left out as
/// `WordPress` reads them.
pub(super) fn numbered(address: &str, page: usize, period: Period) -> String {
    let before_first = period.from.checked_sub_days(Days::new(1)).unwrap_or(period.from);
    address
        .replace(PAGE, &page.to_string())
        .replace(AFTER, &format!("{before_first}T23:59:59"))
        .replace(BEFORE, &format!("{}T00:00:00", period.until))
}

/// Whether the address asks for the period alone.
fn is_bounded(address: &str) -> bool {
    address.contains(AFTER) && address.contains(BEFORE)
}

/// The days that the address of a sitemap names: `sitemap_2026-03.xml`, `?date_start=20260301&date_end=20260331`.
pub(super) fn named_days(address: &str) -> Option<Period> {
    let name = address.split_once("://").map_or(address, |(_, rest)| rest);
    let name = name.split_once('/').map_or("", |(_, path)| path);
    let (mut all, mut rest): (Option<Period>, &str) = (None, name);
    while let Some(found) = IN_NAME.as_ref()?.captures(rest) {
        let number = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<u32>().ok());
        let year = i32::try_from(number(1)?).ok()?;
        let from = NaiveDate::from_ymd_opt(year, number(2).unwrap_or(1), number(3).unwrap_or(1))?;
        let until = match (number(2), number(3)) {
            (_, Some(_)) => from.succ_opt()?,
            (Some(_), None) => from.checked_add_months(Months::new(1))?,
            (None, _) => NaiveDate::from_ymd_opt(from.year() + 1, 1, 1)?,
        };
        all = Some(match all {
            Some(all) => Period { from: all.from.min(from), until: all.until.max(until) },
            None => Period { from, until },
        });
        // The character behind one date may stand before the next one.
        let end = found.get(3).or(found.get(2)).or(found.get(1)).map_or(rest.len(), |m| m.end());
        rest = rest.get(end..).unwrap_or_default();
    }
    all
}

/// How a walk along one route went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) route: Route,
    pub(super) documents: Vec<Walked>,
    /// It ended where it was to end: at its last page or its first day, with no document left out.
    pub(super) is_whole: bool,
    /// Of a numbered list: it came to days before the period.
    pub(super) passed_from: bool,
    /// What kept it from going on.
    pub(super) stopped: String,
}

/// The days of the period that a walk speaks for, and why it does not speak for others.
pub(super) fn covered(
    walk: &Walk,
    period: Period,
) -> (BTreeSet<NaiveDate>, BTreeMap<NaiveDate, String>) {
    let mut days = BTreeSet::new();
    let mut reasons = BTreeMap::new();
    match &walk.route {
        Route::Days(template) => {
            for day in period.days() {
                let address = dated_archive::address(template, day);
                match walk.documents.iter().find(|document| document.url == address) {
                    Some(document) if document.status.is_heard() => {
                        days.insert(day);
                    }
                    Some(document) => {
                        reasons.insert(day, document.status.as_str().to_owned());
                    }
                    None => {}
                }
            }
        }
        Route::Numbered(template) => {
            let all: Vec<&Walked> = walk.documents.iter().collect();
            if walk.is_whole && is_bounded(template) && !is_mostly_undated(&all) {
                days.extend(period.days());
            } else if let Some(shown) = shown(&all) {
                let from = if walk.passed_from { period.from } else { shown.from };
                days.extend(period.days().filter(|day| (from..shown.until).contains(day)));
            }
        }
        Route::Sitemap(_) => {
            let (named, others): (Vec<&Walked>, Vec<&Walked>) =
                walk.documents.iter().partition(|document| named_days(&document.url).is_some());
            // What was made anew for the last time long ago says nothing of the days since.
            let last = walk.documents.iter().filter_map(|document| document.newest).max();
            for document in named {
                let Some(named) = named_days(&document.url) else { continue };
                if document.status.is_heard() && !is_mostly_undated(&[document]) {
                    let end = document.at.date_naive();
                    let shows = |day: &NaiveDate| *day < end && Some(*day) <= last;
                    days.extend(named.days().filter(|day| period.contains(*day) && shows(day)));
                } else {
                    let is_heard = document.status.is_heard();
                    let reason =
                        if is_heard { "items without a day" } else { document.status.as_str() };
                    let reason = reason.to_owned();
                    let its = named.days().filter(|day| period.contains(*day));
                    reasons.extend(its.map(|day| (day, reason.clone())));
                }
            }
            let heard = others.iter().all(|document| document.status.is_heard());
            if heard
                && walk.is_whole
                && let Some(shown) = shown(&others)
            {
                days.extend(shown.days().filter(|day| period.contains(*day)));
            }
        }
    }
    if !walk.stopped.is_empty() {
        for day in period.days().filter(|day| !days.contains(day)) {
            reasons.entry(day).or_insert_with(|| walk.stopped.clone());
        }
    }
    (days, reasons)
}

/// The days between the oldest and the newest that lists show. Both of these are left out: a list may begin or end
/// within them.
fn shown(documents: &[&Walked]) -> Option<Period> {
    let oldest = documents.iter().filter_map(|document| document.oldest).min()?;
    let newest = documents.iter().filter_map(|document| document.newest).max()?;
    let period = Period { from: oldest.succ_opt()?, until: newest };
    (!is_mostly_undated(documents) && period.from < period.until).then_some(period)
}

fn is_mostly_undated(documents: &[&Walked]) -> bool {
    let (listed, undated) = documents
        .iter()
        .fold((0, 0), |(listed, undated), d| (listed + d.listed, undated + d.undated));
    undated * 100 > listed * MAX_UNDATED_PERCENT
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::model::FetchStatus;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, until: &str) -> Period {
        Period { from: day(from), until: day(until) }
    }

    #[track_caller]
    fn check_named(address: &str, expected: Option<(&str, &str)>) {
        let expected = expected.map(|(from, until)| period(from, until));
        assert_eq!(named_days(address), expected, "{address}");
    }

    #[test]
    fn sitemaps_name_their_days() {
        check_named("https://a.example/sitemap_2026-03.xml", Some(("2026-03-01", "2026-04-01")));
        check_named("https://a.example/sitemap-202612.xml", Some(("2026-12-01", "2027-01-01")));
        check_named(
            "https://a.example/sitemap_archived_2024.xml",
            Some(("2024-01-01", "2025-01-01")),
        );
        check_named("https://a.example/2026/3/map.xml", Some(("2026-01-01", "2027-01-01")));
        check_named("https://a.example/2026/03/05/map.xml", Some(("2026-03-05", "2026-03-06")));
        check_named(
            "https://a.example/map.xml?date_start=20260301&date_end=20260331",
            Some(("2026-03-01", "2026-04-01")),
        );
        for address in [
            "https://a.example/news_1.xml",
            "https://a2026.example/s.xml",
            "https://a.example/120260.xml",
        ] {
            check_named(address, None);
        }
    }

    #[test]
    fn ways_into_the_past_are_told_by_their_places() {
        let source = |kind, url: &str, past: &[&str]| Source {
            past: past.iter().map(|&past| past.to_owned()).collect(),
            ..Source::new(kind, url)
        };
        let of = |source: &Source| routes(source);
        assert_eq!(of(&source(SourceKind::Feed, "https://a.example/rss", &[])), []);
        let days = "https://a.example/{YYYY}{MM}{DD}/";
        assert_eq!(of(&source(SourceKind::List, days, &[])), [Route::Days(days.into())]);
        let pages = "https://a.example/{PAGE}.html";
        assert_eq!(
            of(&source(SourceKind::List, "https://a.example/", &[pages])),
            [Route::Numbered(pages.into())]
        );
        let (news, index) = ("https://a.example/news.xml", "https://a.example/index.xml");
        assert_eq!(
            of(&source(SourceKind::Sitemap, news, &[index])),
            [Route::Sitemap(news.into()), Route::Sitemap(index.into())]
        );
    }

    #[test]
    fn a_numbered_page_may_ask_for_the_period() {
        let template = "https://a.example/posts?after={AFTER}&before={BEFORE}&page={PAGE}";
        assert_eq!(
            numbered(template, 3, period("2026-01-01", "2026-04-01")),
            "https://a.example/posts?after=2025-12-31T23:59:59&before=2026-04-01T00:00:00&page=3"
        );
    }

    fn document(url: &str, oldest: &str, newest: &str) -> Walked {
        Walked {
            outlet: "a".into(),
            source: String::new(),
            url: url.into(),
            at: "2026-06-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap(),
            status: FetchStatus::Ok,
            message: String::new(),
            further: Vec::new(),
            items: Vec::new(),
            listed: 100,
            undated: 0,
            oldest: Some(day(oldest)),
            newest: Some(day(newest)),
        }
    }

    fn walk(route: Route, documents: Vec<Walked>) -> Walk {
        Walk { route, documents, is_whole: true, passed_from: false, stopped: String::new() }
    }

    #[track_caller]
    fn check_covered(walk: &Walk, expected: &[u32]) {
        let found = covered(walk, period("2026-03-01", "2026-03-08")).0;
        let found: Vec<u32> = found.into_iter().map(|day| day.day()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_list_speaks_for_the_days_between_its_ends() {
        let pages = || {
            vec![
                document("1", "2026-03-05", "2026-03-06"),
                document("2", "2026-03-03", "2026-03-05"),
            ]
        };
        let route = || Route::Numbered("https://a.example/{PAGE}".into());
        check_covered(&walk(route(), pages()), &[4, 5]);
        check_covered(&Walk { passed_from: true, ..walk(route(), pages()) }, &[1, 2, 3, 4, 5]);
        let bounded = Route::Numbered("https://a.example/{AFTER}{BEFORE}{PAGE}".into());
        check_covered(&walk(bounded.clone(), pages()), &[1, 2, 3, 4, 5, 6, 7]);
        check_covered(&Walk { is_whole: false, ..walk(bounded, pages()) }, &[4, 5]);
        let undated = vec![Walked { undated: 50, ..document("1", "2026-03-02", "2026-03-06") }];
        check_covered(&walk(route(), undated), &[]);
    }

    #[test]
    fn a_sitemap_speaks_for_the_days_in_its_name() {
        let route = || Route::Sitemap("https://a.example/index.xml".into());
        let march = document("https://a.example/s-2026-03.xml", "2026-03-02", "2026-03-05");
        check_covered(&walk(route(), vec![march.clone()]), &[1, 2, 3, 4, 5]);
        let april = document("https://a.example/s-2026-04.xml", "2026-04-01", "2026-04-02");
        check_covered(&walk(route(), vec![march.clone(), april]), &[1, 2, 3, 4, 5, 6, 7]);
        let early = Walked { at: "2026-03-05T09:00:00Z".parse().unwrap(), ..march.clone() };
        check_covered(&walk(route(), vec![early]), &[1, 2, 3, 4]);
        let undated = Walked { undated: 40, ..march.clone() };
        check_covered(&walk(route(), vec![undated]), &[]);
        let failed = Walked { status: FetchStatus::Timeout, ..march };
        check_covered(&walk(route(), vec![failed.clone()]), &[]);
        let reasons = covered(&walk(route(), vec![failed]), period("2026-03-01", "2026-03-03")).1;
        assert_eq!(reasons.into_values().collect::<Vec<_>>(), ["timeout", "timeout"]);
        let unnamed = document("https://a.example/news.xml", "2026-03-02", "2026-03-05");
        check_covered(&walk(route(), vec![unnamed]), &[3, 4]);
    }

    #[test]
    fn the_pages_of_days_speak_each_for_its_own() {
        let route = Route::Days("https://a.example/{YYYY}{MM}{DD}/".into());
        let page = |n: u32| {
            document(&format!("https://a.example/2026030{n}/"), "2026-03-01", "2026-03-01")
        };
        let missing = Walked { status: FetchStatus::Http4xx, ..page(3) };
        check_covered(&walk(route, vec![page(2), missing, page(4)]), &[2, 4]);
    }
}
