//! When an article was published, by its own claim, and how exactly that is known.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::words::word_enum;

word_enum! {
    /// How exactly a time is known.
    pub enum Precision {
        /// To the second.
        Second = "second",
        /// To the minute.
        Minute = "minute",
        /// To the day: never gives a direction.
        Day = "day",
    }
}

word_enum! {
    /// Where a publication time was read.
    pub enum DateSource {
        /// An outlet's rule (a selector of the registry).
        Rule = "rule",
        /// JSON-LD `datePublished`.
        JsonLd = "json_ld",
        /// A `<meta>` element.
        Meta = "meta",
        /// A `<time>` element.
        Time = "time",
        /// The feed's item.
        Feed = "feed",
        /// A list page.
        List = "list",
        /// A sitemap.
        Sitemap = "sitemap",
        /// The day in the address.
        Url = "url",
        /// Found in the page's text by a general date finder.
        Heuristic = "heuristic",
        /// Given with an imported record.
        Record = "record",
    }
}

/// A publication time as claimed by the outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// As written.
    pub raw: String,
    /// The instant; for a date without a time, 00:00 of that day in the outlet's zone.
    pub utc: DateTime<Utc>,
    /// The calendar day in the outlet's own zone.
    pub local_date: NaiveDate,
    /// How exact `utc` is.
    pub precision: Precision,
    /// Where it was read.
    pub source: DateSource,
}

impl Published {
    /// The earliest of the claims of all versions of an article: an edit moves the time of many feeds, never
    /// the publication. A day gives way to a clock time of that day, and what was read from running text to
    /// what is stated as data.
    pub fn earliest<'a>(claims: &[&'a Published]) -> Option<&'a Published> {
        let is_stated = |claim: &&&Published| claim.source != DateSource::Heuristic;
        let any_stated = claims.iter().any(|claim| is_stated(&claim));
        let usable = || claims.iter().filter(|claim| !any_stated || is_stated(claim)).copied();
        let order = |claim: &&Published| (claim.utc, claim.precision);
        let first = usable().min_by_key(order)?;
        let is_of_its_day = |claim: &&Published| {
            claim.local_date == first.local_date && claim.precision != Precision::Day
        };
        let exact = usable().filter(is_of_its_day).min_by_key(order);
        Some(exact.filter(|_| first.precision == Precision::Day).unwrap_or(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claims: &[(&str, Precision, DateSource)], expected: usize) {
        let claims: Vec<Published> = claims
            .iter()
            .map(|&(at, precision, source)| {
                let utc: DateTime<Utc> = at.parse().unwrap();
                Published { raw: at.into(), utc, local_date: utc.date_naive(), precision, source }
            })
            .collect();
        let borrowed: Vec<&Published> = claims.iter().collect();
        assert_eq!(Published::earliest(&borrowed), Some(&claims[expected]));
    }

    #[test]
    fn the_earliest_claim_is_the_publication() {
        let (feed, second) = (DateSource::Feed, Precision::Second);
        let (early, late) = ("2026-03-04T10:15:20Z", "2026-03-05T09:44:10Z");
        check(&[(early, second, feed), (late, second, feed)], 0);
        check(&[(late, second, feed), (early, second, feed)], 1);
        let day = "2026-03-04T00:00:00Z";
        check(&[(day, Precision::Day, feed), (early, second, feed)], 1);
        check(&[(day, Precision::Day, feed), (late, second, feed)], 0);
        check(&[(day, Precision::Day, DateSource::Heuristic), (late, second, feed)], 1);
        assert_eq!(Published::earliest(&[]), None);
    }
}
