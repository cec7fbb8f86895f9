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
