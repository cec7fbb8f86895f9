//! An article with its links.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Precision, Published};

/// A hyperlink in an article's body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// Absolute address, canonical form.
    pub url: String,
    /// Its text; empty if unknown.
    pub text: String,
    /// The page names this address as its own original (`rel=canonical` or `og:url` on a foreign
    /// host), rather than linking to it.
    pub canonical: bool,
}

/// One published article in its newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Stable id: the record's own for imported articles, otherwise a hash of outlet and canonical
    /// address.
    pub id: String,
    /// Outlet id.
    pub outlet: String,
    /// Edition id; empty if unknown.
    pub edition: String,
    /// ISO 639-1 code; empty if it could not be told.
    pub language: String,
    /// How far title and text support `language`, in percent: 100 if they agree with what the page,
    /// feed or edition declares; below that, the confidence of trigram detection alone, or, where an
    /// unsure detection yielded to a declaration, what it left over; 0 for a bare declaration. `None`
    /// where nothing was detected: an imported record that states its language.
    #[serde(default)]
    pub language_confidence: Option<u8>,
    /// Canonical address; may be empty for imported records.
    pub url: String,
    /// Headline, one line.
    pub title: String,
    /// Body: paragraphs separated by `\n`, without boilerplate boxes. Imported text is kept byte
    /// for byte.
    pub text: String,
    /// Author or agency line as given; empty if none.
    pub byline: String,
    /// Claimed publication time; `None` if none could be read.
    pub published: Option<Published>,
    /// When this tool (or the record's maker) first saw the article.
    pub first_seen: Option<DateTime<Utc>>,
    /// Links in the body, in order.
    pub links: Vec<Link>,
    /// SHA-256 of the bytes the article was read from, hex; empty for imported records.
    pub raw_sha256: String,
    /// SHA-256 of `text`, hex.
    pub text_sha256: String,
    /// 1 for the first version seen; an edited article is a new version, not a new article.
    pub version: u32,
    /// What the normalizer wants known: `excerpt_only`, `future_date`, `truncated`, ...
    pub flags: Vec<String>,
}

/// An article of which nothing is known but that it is a first version.
impl Default for Article {
    fn default() -> Self {
        Article {
            id: String::new(),
            outlet: String::new(),
            edition: String::new(),
            language: String::new(),
            language_confidence: None,
            url: String::new(),
            title: String::new(),
            text: String::new(),
            byline: String::new(),
            published: None,
            first_seen: None,
            links: Vec::new(),
            raw_sha256: String::new(),
            text_sha256: String::new(),
            version: 1,
            flags: Vec::new(),
        }
    }
}

/// Clock error of a time stated to the second. Outlets set it by hand or by their publishing system,
/// and feeds round it; half a minute covers both (`docs/method.md`, "Clock error").
pub const CLOCK_ERROR_SECOND: TimeDelta = TimeDelta::seconds(30);
/// Clock error of a time stated to the minute: the minute itself.
pub const CLOCK_ERROR_MINUTE: TimeDelta = TimeDelta::seconds(60);
/// Clock error of a date without a time.
pub const CLOCK_ERROR_DAY: TimeDelta = TimeDelta::hours(24);

impl Article {
    /// The time used to order articles: the claimed publication time, but not later than the first
    /// sighting; the first sighting if nothing is claimed. Articles without either never enter an
    /// analysis; they give the Unix epoch.
    pub fn at(&self) -> DateTime<Utc> {
        match (&self.published, self.first_seen) {
            (Some(published), Some(seen)) => published.utc.min(seen),
            (Some(published), None) => published.utc,
            (None, Some(seen)) => seen,
            (None, None) => DateTime::UNIX_EPOCH,
        }
    }

    /// The day on which it appeared: in UTC, or, where only its day is known, the one it states.
    pub fn day(&self) -> NaiveDate {
        match &self.published {
            Some(stated) if stated.precision == Precision::Day && stated.utc == self.at() => {
                stated.local_date
            }
            _ => self.at().date_naive(),
        }
    }

    /// Half-width of the interval round [`Article::at`] in which the article is taken to have appeared, or
    /// `None` if the time can give no direction at all: known to the day only, or only from the
    /// first sighting (an upper bound).
    pub fn clock_error(&self) -> Option<TimeDelta> {
        match self.published.as_ref()?.precision {
            Precision::Second => Some(CLOCK_ERROR_SECOND),
            Precision::Minute => Some(CLOCK_ERROR_MINUTE),
            Precision::Day => None,
        }
    }
}
