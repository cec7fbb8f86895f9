//! How the poll of a source ended.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::SourceKind;
use super::words::word_enum;

word_enum! {
    /// How the poll of one source ended; the `status` column of `feeds_status.csv`.
    pub enum FetchStatus {
        /// Items were read.
        Ok = "ok",
        /// 304: nothing changed since the last poll.
        NotModified = "not_modified",
        /// Read without error, but it lists no item, though it has listed some lately: the outlet is silent.
        Empty = "empty",
        /// Damaged; the items that could be read were kept.
        PartialParse = "partial_parse",
        /// Read, but its newest item is older than the staleness limit: the source is frozen.
        Stale = "stale",
        /// Not asked: polled less than the minimum interval ago, or the server asked to wait.
        NotDue = "not_due",
        /// The host name does not resolve.
        Dns = "dns",
        /// No connection.
        Connect = "connect",
        /// The connection is not trustworthy (certificate, protocol).
        Tls = "tls",
        /// Too slow.
        Timeout = "timeout",
        /// Over the size cap.
        TooLarge = "too_large",
        /// Expands beyond reason when decompressed.
        Bomb = "bomb",
        /// An encoding that was not asked for, or several.
        BadEncoding = "bad_encoding",
        /// A redirect that loops, is too long or leaves http(s).
        Redirect = "redirect",
        /// The address is private, local or otherwise not to be asked.
        Ssrf = "ssrf",
        /// 4xx other than those below.
        Http4xx = "http_4xx",
        /// 5xx.
        Http5xx = "http_5xx",
        /// 429, or 503 with Retry-After.
        RateLimited = "rate_limited",
        /// 403 or 451 without a challenge: refused here, perhaps elsewhere not.
        Blocked = "blocked",
        /// robots.txt forbids it.
        Robots = "robots",
        /// A script or cookie challenge instead of the document, whatever the HTTP status.
        Challenge = "challenge",
        /// A consent page instead of the document.
        Consent = "consent",
        /// Not a feed, list page, sitemap or JSON list.
        NotAFeed = "not_a_feed",
        /// Meant to be one, but unreadable.
        Parse = "parse",
        /// Read without error, but it lists no item and has listed none lately: nothing is known of the outlet by it.
        SaysNothing = "says_nothing",
    }
}

impl FetchStatus {
    /// Whether the outlet could be heard: the poll says something about what it published. After
    /// any other outcome the outlet's day is a gap, not a day without articles.
    pub fn is_heard(self) -> bool {
        matches!(
            self,
            FetchStatus::Ok
                | FetchStatus::NotModified
                | FetchStatus::Empty
                | FetchStatus::PartialParse
        )
    }

    /// Whether something went wrong: neither heard, nor left alone, nor sound and without a word.
    pub fn is_failure(self) -> bool {
        !self.is_heard() && !self.is_resting() && self != FetchStatus::SaysNothing
    }

    /// Whether the source was left alone: neither heard nor a failure.
    pub fn is_resting(self) -> bool {
        self == FetchStatus::NotDue
    }
}

/// One poll of one source: a row of `feeds_status.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedStatus {
    /// Outlet id.
    pub outlet: String,
    /// Edition id.
    pub edition: String,
    /// Feed, list page, sitemap or JSON list.
    pub kind: SourceKind,
    /// The configured address.
    pub url: String,
    /// How it ended.
    pub status: FetchStatus,
    /// HTTP status of the last response, if there was one.
    pub http: Option<u16>,
    /// When it was asked.
    pub fetched_at: DateTime<Utc>,
    /// Items listed.
    pub items: usize,
    /// Items not seen before.
    pub new_items: usize,
    /// Article pages asked for because of this source, and how many of these failed.
    pub pages: usize,
    /// Pages among `pages` that could not be had.
    pub pages_failed: usize,
    /// Publication time of the newest item, if any item has one.
    pub newest: Option<DateTime<Utc>>,
    /// What happened and what to do about it, in one line; empty if all is well.
    pub message: String,
}
