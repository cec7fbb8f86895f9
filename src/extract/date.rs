//! Which of an article's times is its publication.
//!
//! Every time that a page, feed or address states is a claim; the ladder of [`DateSource`] ranks
//! them, exactness decides between claims of one day, and disagreement is flagged, not hidden.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use scraper::{Html, Selector};
use serde::Serialize;

use super::jsonld::JsonLd;
use super::moment::{self, Moment};
use super::{date_text, rules};
use crate::model::{DateSource, Precision, Published, Zone};

/// How far after the first sighting (or the present) a publication time is believed: the zones of
/// the world lie 26 hours apart, but a date line is rarely more than a day ahead.
const FUTURE_TOLERANCE: TimeDelta = TimeDelta::hours(24);
/// Clock times of one day that differ by more are in conflict.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::hours(1);

/// A stated publication time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Kind of place it stands in.
    pub source: DateSource,
    /// The very place: a selector, the name of a `meta` element.
    pub origin: String,
    /// As written.
    pub raw: String,
    /// The instant as read.
    pub utc: DateTime<Utc>,
    /// How exact it is.
    pub precision: Precision,
    /// The calendar day in the outlet's zone; as written for an unknown outlet.
    pub local_date: NaiveDate,
}

/// Names of `meta` elements that hold a publication time, the most reliable first; compared in lower
/// case with `name`, `property` and `itemprop`.
const META_NAMES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "published_time_telegram",
    "mediator_published_time",
    "article:published",
    "article.published",
    "rnews:datepublished",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "published_date",
    "published_time",
    "publishtime",
    "pubdate",
    "pub_date",
    "pubtime",
    "publication_date",
    "publicationdate",
    "publication-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article_date_original",
    "apub:time",
    "bt:pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "displaydate",
    "article.created",
    "datecreated",
    "created",
    "date_published",
    "article:post_date",
    "og:pubdate",
    "vr:published_time",
    "weibo:article:create_at",
    "iso-8601-publish-date",
    "timestamp",
    "date",
    "dc:date",
    "doc_date",
    "pdate",
];

/// Elements that a page marks as the article's own time, before any other `<time>`.
const TIME_RULES: &[&str] = &[
    "time[itemprop=datePublished]@datetime",
    "[itemprop=datePublished]@content",
    "[itemprop=datePublished]@datetime",
    "[itemprop=datePublished]",
    "time[pubdate]@datetime",
    "abbr.published@title",
    "time.published@datetime",
    "time.entry-date@datetime",
    "article header time@datetime",
    "article time@datetime",
    "main time@datetime",
    "time@datetime",
    "article time",
    "time",
];

/// Names of `meta` elements that systems fill with the time of any event of the document: its
/// creation as an empty form, its last change, its delivery.
const WEAK_META: &[&str] = &[
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "timestamp",
    "created",
    "datecreated",
    "article.created",
    "dc.date.created",
    "dcterms.created",
    "doc_date",
    "pdate",
];

/// How claims without a zone are read and whose calendar is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Calendar {
    /// Zone of clock times that carry none.
    pub zone: Zone,
    /// The outlet is known, so its zone's calendar is the one meant; otherwise the day as written.
    pub known: bool,
}

impl Calendar {
    /// A claim out of a written time; `None` if it cannot be read.
    pub(super) fn claim(self, source: DateSource, origin: &str, raw: &str) -> Option<Claim> {
        let moment = moment::parse(raw, self.zone)?;
        Some(self.claim_of(source, origin, raw, moment))
    }

    pub(super) fn claim_of(
        self,
        source: DateSource,
        origin: &str,
        raw: &str,
        moment: Moment,
    ) -> Claim {
        // Templates fill a bare date up to midnight, and minutes with `:00`; claiming less is the
        // safe side.
        let midnight = moment.at.num_seconds_from_midnight() == 0;
        let precision = match moment.precision {
            _ if midnight => Precision::Day,
            Precision::Second if moment.at.second() == 0 => Precision::Minute,
            precision => precision,
        };
        let in_zone = self.known && precision != Precision::Day;
        let zone = self.zone.to_chrono();
        let local_date = if in_zone {
            moment.at.with_timezone(&zone).date_naive()
        } else {
            moment.at.date_naive()
        };
        // A day of a known outlet begins in its own zone, however the midnight was labelled.
        let day = || zone.from_local_datetime(&local_date.and_time(NaiveTime::MIN)).single();
        let at = if self.known && midnight { day().unwrap_or(moment.at) } else { moment.at };
        Claim {
            source,
            origin: origin.to_owned(),
            raw: raw.to_owned(),
            utc: at.with_timezone(&Utc),
            precision,
            local_date,
        }
    }
}

/// Reads the claims of a page in the order of the ladder; `stated` are the times that the outlet's
/// rules found, with their selectors.
pub(super) fn of_page(
    page: &Html,
    json_ld: &JsonLd,
    stated: &[(String, String)],
    calendar: Calendar,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = stated
        .iter()
        .filter_map(|(raw, selector)| calendar.claim(DateSource::Rule, selector, raw))
        .collect();
    claims.extend(calendar.claim(DateSource::JsonLd, "datePublished", &json_ld.published));
    claims.extend(meta_claim(page, calendar));
    claims.extend(TIME_RULES.iter().find_map(|rule| {
        let raw = rules::first_value_where(page, rule, date_text::is_of_the_article)?;
        calendar.claim(DateSource::Time, rule, &raw)
    }));
    claims
}

fn meta_claim(page: &Html, calendar: Calendar) -> Option<Claim> {
    let selector = Selector::parse("meta[content]").ok()?;
    let named: Vec<(String, &str)> = page
        .select(&selector)
        .filter_map(|meta| {
            let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key))?;
            Some((name.to_lowercase(), meta.attr("content")?))
        })
        .collect();
    META_NAMES.iter().find_map(|wanted| {
        let mut contents = named.iter().filter(|(name, _)| name == wanted);
        contents.find_map(|(name, raw)| calendar.claim(DateSource::Meta, name, raw))
    })
}

/// Whether all that is known is a `meta` time of unclear meaning, which nothing else confirms.
pub(super) fn is_weak(claims: &[Claim]) -> bool {
    let [first, others @ ..] = claims else { return false };
    first.source == DateSource::Meta
        && WEAK_META.contains(&first.origin.as_str())
        && !others.iter().any(|other| other.local_date == first.local_date)
}

/// The day in an address: `/2019/01/21/`, `/2019-01-21/`, `/20190121/`.
pub(super) fn of_address(url: &str, calendar: Calendar) -> Option<Claim> {
    let path = url.split(['?', '#']).next()?.splitn(4, '/').nth(3)?;
    let mut numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.retain(|number| !number.is_empty());
    let joined = numbers.windows(3).find_map(|w| match [w[0].len(), w[1].len(), w[2].len()] {
        [4, 1..=2, 1..=2] if w[0].starts_with("19") || w[0].starts_with("20") => {
            let raw = format!("{}-{}-{}", w[0], w[1], w[2]);
            // The three stand together in the address, not in two places of it.
            let together = ["/", "-", "_", "."]
                .iter()
                .any(|s| path.contains(&format!("{}{s}{}{s}{}", w[0], w[1], w[2])));
            together.then_some(raw)
        }
        _ => None,
    });
    let compact =
        || numbers.iter().find(|n| n.len() == 8 && n.starts_with("20")).map(|n| (*n).to_owned());
    let raw = joined.or_else(compact)?;
    calendar.claim(DateSource::Url, "address", &raw)
}

/// Decides between claims, given in the order of the ladder. A claim later than `latest` (the first
/// sighting, or the present) by more than a day is not believed. Returns the flags besides.
pub(super) fn choose(
    claims: &[Claim],
    latest: Option<DateTime<Utc>>,
    calendar: Calendar,
) -> (Option<Claim>, Vec<String>) {
    let mut flags = Vec::new();
    let is_future =
        |claim: &Claim| latest.is_some_and(|latest| claim.utc > latest + FUTURE_TOLERANCE);
    if claims.iter().any(is_future) {
        flags.push("future_date".to_owned());
    }
    let believed: Vec<&Claim> =
        claims.iter().filter(|c| !is_future(c) && !moment::is_ancient(c.utc)).collect();
    let Some(first) = first_of(&believed) else { return (None, flags) };
    let exact = believed.iter().filter(|claim| is_same_time(first, claim));
    let mut best = exact.min_by_key(|claim| claim.precision).map_or(first, |claim| claim).clone();
    if believed.iter().any(|claim| is_conflict(&best, claim)) {
        flags.push("date_conflict".to_owned());
    }
    if !calendar.known {
        best.local_date = local_day(&best, &believed);
    }
    (Some(best), flags)
}

/// The highest rung; but the day in the address goes before a `<time>` of another day, which may
/// belong to anything on the page.
fn first_of<'a>(believed: &[&'a Claim]) -> Option<&'a Claim> {
    let first = *believed.first()?;
    let in_address = believed.iter().find(|claim| claim.source == DateSource::Url);
    match in_address {
        Some(day) if first.source == DateSource::Time && days_apart(first, day) > 1 => Some(day),
        _ => Some(first),
    }
}

/// The calendar day of an unknown outlet: a time that is written in UTC is one of a publishing
/// system, and the site's own day is the one in its address, or in the same time written with an
/// offset.
fn local_day(best: &Claim, believed: &[&Claim]) -> NaiveDate {
    let is_utc = |claim: &Claim| claim.local_date == claim.utc.date_naive();
    if best.precision == Precision::Day || !is_utc(best) {
        return best.local_date;
    }
    let says_more = |claim: &&&Claim| match claim.source {
        DateSource::Url => days_apart(best, claim) == 1,
        _ => !is_utc(claim) && (best.utc - claim.utc).abs() <= TimeDelta::seconds(60),
    };
    believed.iter().find(says_more).map_or(best.local_date, |claim| claim.local_date)
}

fn days_apart(a: &Claim, b: &Claim) -> i64 {
    (a.local_date - b.local_date).num_days().abs()
}

/// Whether `other` may state the same publication more exactly: same day if one of them knows the
/// day only, same minute if both know the clock.
fn is_same_time(first: &Claim, other: &Claim) -> bool {
    if first.precision == Precision::Day || other.precision == Precision::Day {
        first.local_date == other.local_date
    } else {
        (first.utc - other.utc).abs() <= TimeDelta::seconds(60)
    }
}

/// Whether two claims cannot both be right: more than a day apart, or more than an hour by the clock.
/// A later `<time>` is no conflict: it is that of an update, or of another item on the page.
fn is_conflict(best: &Claim, other: &Claim) -> bool {
    let is_later_time = other.source == DateSource::Time && other.utc > best.utc;
    if other.source == DateSource::Heuristic || is_later_time {
        return false;
    }
    if best.precision == Precision::Day || other.precision == Precision::Day {
        (best.local_date - other.local_date).abs() > TimeDelta::days(1)
    } else {
        (best.utc - other.utc).abs() > CLOCK_TOLERANCE
    }
}

impl From<Claim> for Published {
    fn from(claim: Claim) -> Published {
        Published {
            raw: claim.raw,
            utc: claim.utc,
            local_date: claim.local_date,
            precision: claim.precision,
            source: claim.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEIJING: Calendar = Calendar { zone: Zone(480), known: true };
    const UNKNOWN: Calendar = Calendar { zone: Zone(0), known: false };

    fn chosen(
        claims: &[(DateSource, &str)],
        calendar: Calendar,
    ) -> (String, Precision, Vec<String>) {
        let claims: Vec<Claim> =
            claims.iter().filter_map(|(source, raw)| calendar.claim(*source, "", raw)).collect();
        let now = DateTime::from_timestamp(1_600_000_000, 0);
        let (claim, flags) = choose(&claims, now, calendar);
        let claim = claim.unwrap();
        (format!("{} {}", claim.utc.format("%FT%TZ"), claim.local_date), claim.precision, flags)
    }

    #[test]
    fn a_feed_time_beats_a_page_day_of_the_same_day() {
        let (at, precision, flags) = chosen(
            &[
                (DateSource::Rule, "21 Jan 2019"),
                (DateSource::Feed, "Mon, 21 Jan 2019 02:03:45 GMT"),
            ],
            BEIJING,
        );
        assert_eq!(
            (at.as_str(), precision),
            ("2019-01-21T02:03:45Z 2019-01-21", Precision::Second)
        );
        assert!(flags.is_empty());
    }

    #[test]
    fn a_feed_time_of_another_day_does_not() {
        let (at, precision, flags) = chosen(
            &[
                (DateSource::JsonLd, "2019-01-21"),
                (DateSource::Feed, "Fri, 25 Jan 2019 02:03:45 GMT"),
            ],
            UNKNOWN,
        );
        assert_eq!((at.as_str(), precision), ("2019-01-21T00:00:00Z 2019-01-21", Precision::Day));
        assert_eq!(flags, ["date_conflict"]);
    }

    #[test]
    fn a_known_outlets_day_is_that_of_its_zone() {
        let claims = [(DateSource::Feed, "Mon, 21 Jan 2019 18:00:00 GMT")];
        assert!(chosen(&claims, BEIJING).0.ends_with("2019-01-22"));
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-21"));
    }

    #[test]
    fn the_future_is_flagged_and_the_next_rung_taken() {
        let (at, _, flags) = chosen(
            &[(DateSource::Rule, "2099-01-01 10:00"), (DateSource::Url, "2019-01-21")],
            UNKNOWN,
        );
        assert!(at.starts_with("2019-01-21"));
        assert_eq!(flags, ["future_date"]);
    }

    #[test]
    fn an_unknown_sites_day_is_that_of_its_address() {
        let claims =
            [(DateSource::JsonLd, "2019-01-22T01:30:00Z"), (DateSource::Url, "2019-01-21")];
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-21"));
        let claims = [
            (DateSource::JsonLd, "2019-01-21T22:04:05Z"),
            (DateSource::Meta, "2019-01-22T00:04:05+02:00"),
        ];
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-22"));
    }

    #[test]
    fn the_address_goes_before_a_time_of_another_day() {
        let claims = [(DateSource::Time, "2009-04-11 18:06:36"), (DateSource::Url, "2019-10-22")];
        let (at, _, flags) = chosen(&claims, UNKNOWN);
        assert!(at.ends_with("2019-10-22"));
        assert_eq!(flags, ["date_conflict"]);
    }

    #[test]
    fn midnight_is_a_day() {
        assert_eq!(
            chosen(&[(DateSource::Meta, "2019-01-21T00:00:00+08:00")], BEIJING).1,
            Precision::Day
        );
    }

    #[test]
    fn addresses_with_a_day() {
        let day = |url: &str| of_address(url, UNKNOWN).map(|claim| claim.local_date.to_string());
        assert_eq!(day("https://a.example/2019/01/21/x").as_deref(), Some("2019-01-21"));
        assert_eq!(
            day("https://a.example/news/2019-01-21/slug-1/p.html").as_deref(),
            Some("2019-01-21")
        );
        assert_eq!(day("https://a.example/20190121/slug-1078.html").as_deref(), Some("2019-01-21"));
        assert_eq!(day("https://a.example/top-2019-lists/12/7"), None);
        assert_eq!(day("https://2019.a.example/x"), None);
    }

    #[test]
    fn updated_is_not_published() {
        let page = Html::parse_document(
            "<meta property='article:modified_time' content='2019-01-22T10:00:00Z'>\
             <meta property='article:published_time' content='2019-01-21T10:00:00Z'>\
             <time datetime='2019-01-25'>",
        );
        let claims = of_page(&page, &JsonLd::default(), &[], UNKNOWN);
        assert_eq!(choose(&claims, None, UNKNOWN).0.unwrap().raw, "2019-01-21T10:00:00Z");
    }
}
