//! How the poll of a source ended.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::SourceKind;

/// How the poll of one source ended; the `status` column of `feeds_status.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FetchStatus {
    /// Items were read.
    Ok,
    /// 304: nothing changed since the last poll.
    NotModified,
    /// Read without error, but it lists no item.
    Empty,
    /// Damaged; the items that could be read were kept.
    PartialParse,
    /// Read, but its newest item is older than the staleness limit: the source is frozen.
    Stale,
    /// Not asked: polled less than the minimum interval ago, or the server asked to wait.
    NotDue,
    /// The host name does not resolve.
    Dns,
    /// No connection.
    Connect,
    /// The connection is not trustworthy (certificate, protocol).
    Tls,
    /// Too slow.
    Timeout,
    /// Over the size cap.
    TooLarge,
    /// Expands beyond reason when decompressed.
    Bomb,
    /// An encoding that was not asked for, or several.
    BadEncoding,
    /// A redirect that loops, is too long or leaves http(s).
    Redirect,
    /// The address is private, local or otherwise not to be asked.
    Ssrf,
    /// 4xx other than those below.
    #[serde(rename = "http_4xx")]
    Http4xx,
    /// 5xx.
    #[serde(rename = "http_5xx")]
    Http5xx,
    /// 429, or 503 with Retry-After.
    RateLimited,
    /// 403 or 451 without a challenge: refused here, perhaps elsewhere not.
    Blocked,
    /// robots.txt forbids it.
    Robots,
    /// A script or cookie challenge instead of the document, whatever the HTTP status.
    Challenge,
    /// A consent page instead of the document.
    Consent,
    /// Not a feed, list page or sitemap.
    NotAFeed,
    /// Meant to be one, but unreadable.
    Parse,
}

impl FetchStatus {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            FetchStatus::Ok => "ok",
            FetchStatus::NotModified => "not_modified",
            FetchStatus::Empty => "empty",
            FetchStatus::PartialParse => "partial_parse",
            FetchStatus::Stale => "stale",
            FetchStatus::NotDue => "not_due",
            FetchStatus::Dns => "dns",
            FetchStatus::Connect => "connect",
            FetchStatus::Tls => "tls",
            FetchStatus::Timeout => "timeout",
            FetchStatus::TooLarge => "too_large",
            FetchStatus::Bomb => "bomb",
            FetchStatus::BadEncoding => "bad_encoding",
            FetchStatus::Redirect => "redirect",
            FetchStatus::Ssrf => "ssrf",
            FetchStatus::Http4xx => "http_4xx",
            FetchStatus::Http5xx => "http_5xx",
            FetchStatus::RateLimited => "rate_limited",
            FetchStatus::Blocked => "blocked",
            FetchStatus::Robots => "robots",
            FetchStatus::Challenge => "challenge",
            FetchStatus::Consent => "consent",
            FetchStatus::NotAFeed => "not_a_feed",
            FetchStatus::Parse => "parse",
        }
    }

    /// Whether the outlet could be heard: the poll says something about what it published. After
    /// any other outcome the outlet's day is a gap, not a day without articles.
    pub fn is_heard(self) -> bool {
        matches!(
            self,
            FetchStatus::Ok
                | FetchStatus::NotModified
                | FetchStatus::Empty
                | FetchStatus::PartialParse
                | FetchStatus::NotDue
        )
    }
}

/// One poll of one source: a row of `feeds_status.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedStatus {
    /// Outlet id.
    pub outlet: String,
    /// Edition id.
    pub edition: String,
    /// Feed, list page or sitemap.
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
