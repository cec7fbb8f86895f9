//! When an article was published, by its own claim, and how exactly that is known.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How exactly a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// To the day: never gives a direction.
    Day,
}

impl Precision {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Second => "second",
            Precision::Minute => "minute",
            Precision::Day => "day",
        }
    }
}

/// Where a publication time was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// An outlet's rule (a selector of the registry).
    Rule,
    /// JSON-LD `datePublished`.
    JsonLd,
    /// A `<meta>` element.
    Meta,
    /// A `<time>` element.
    Time,
    /// The feed's item.
    Feed,
    /// A list page.
    List,
    /// A sitemap.
    Sitemap,
    /// The day in the address.
    Url,
    /// Found in the page's text by a general date finder.
    Heuristic,
    /// Given with an imported record.
    Record,
}

impl DateSource {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            DateSource::Rule => "rule",
            DateSource::JsonLd => "json_ld",
            DateSource::Meta => "meta",
            DateSource::Time => "time",
            DateSource::Feed => "feed",
            DateSource::List => "list",
            DateSource::Sitemap => "sitemap",
            DateSource::Url => "url",
            DateSource::Heuristic => "heuristic",
            DateSource::Record => "record",
        }
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
