//! What came over the network: items, pages, and what the archive knows of them already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{FeedStatus, FetchStatus};

/// One article as a source announced it, before anything is interpreted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawItem {
    /// Outlet id.
    pub outlet: String,
    /// Edition id.
    pub edition: String,
    /// Address of the source that listed it.
    pub source: String,
    /// Address as listed, resolved against the source.
    pub url: String,
    /// The feed's own identifier, if it gives one.
    pub guid: Option<String>,
    /// Title as listed.
    pub title: Option<String>,
    /// Short description as listed (may hold HTML).
    pub summary: Option<String>,
    /// Full content as listed (HTML), if the feed carries it.
    pub content: Option<String>,
    /// Author as listed.
    pub author: Option<String>,
    /// Publication time exactly as written, or epoch milliseconds for list pages that carry them.
    pub published: Option<String>,
    /// Language as declared by the source.
    pub language: Option<String>,
    /// When this version of the item was first seen.
    pub first_seen: Option<DateTime<Utc>>,
    /// The article's page, if it was fetched; left out where an item is written as JSON.
    #[serde(skip)]
    pub page: Option<RawPage>,
    /// 1 for the first version of this article that was seen, and so on.
    pub version: u32,
}

/// A fetched page, byte for byte after decompression.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawPage {
    /// Address after redirects.
    pub url: String,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What a server wants to see again at the next conditional request, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag` as sent.
    pub etag: Option<String>,
    /// `Last-Modified` as sent.
    pub last_modified: Option<String>,
}

/// What the archive already knows, so that a poll asks for no more than is new.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Validators by address of the source.
    pub validators: BTreeMap<String, Validators>,
    /// Do not ask this source before (server's wish or minimum interval).
    pub not_before: BTreeMap<String, DateTime<Utc>>,
    /// What is known of each item, by each of its keys ([`RawItem::keys`]).
    pub items: BTreeMap<String, KnownItem>,
    /// Newest publication time seen, by address of the source.
    pub newest: BTreeMap<String, DateTime<Utc>>,
}

/// What is known of one item from earlier polls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownItem {
    /// The source that announced it first. Only a change in this source's announcement counts as a
    /// change: two sources word the same item differently, and must not take turns in editing it.
    pub source: String,
    /// Fingerprint of the announcement as last seen there; empty if the item's page is still wanted.
    pub fingerprint: String,
}

/// All that one poll of one source brought: stored in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The outcome.
    pub status: FeedStatus,
    /// New items and new versions; known and unchanged ones are left out.
    pub items: Vec<RawItem>,
    /// Keys ([`RawItem::key`]) of those of `items` whose page could not be had this time and is to
    /// be asked for again.
    pub wanted: BTreeSet<String>,
    /// The source's own body, if one came.
    pub body: Option<RawPage>,
    /// Validators for the next poll, replacing the stored ones; stored only together with the items.
    pub validators: Option<Validators>,
    /// Do not ask again before.
    pub not_before: Option<DateTime<Utc>>,
    /// Each request that was made, in order.
    pub requests: Vec<RequestLog>,
}

/// One request of a poll, for the fetch log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLog {
    /// The address asked.
    pub url: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How it ended.
    pub status: FetchStatus,
    /// HTTP status, if there was a response.
    pub http: Option<u16>,
    /// Bytes of the body after decompression.
    pub bytes: usize,
    /// What went wrong, in one line.
    pub message: String,
}

impl RawItem {
    /// What identifies the item among those of its outlet: its GUID if it has one, else its address.
    pub fn key(&self) -> String {
        match &self.guid {
            Some(guid) if guid.contains("://") => self.key_of(guid),
            // Editions number their articles each for itself.
            Some(guid) => self.key_of(&format!("{}\u{1f}{guid}", self.edition)),
            None => self.key_of(&self.url),
        }
    }

    /// All keys under which the item is known: by GUID, by address.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = vec![self.key()];
        if self.guid.as_deref().is_some_and(|guid| guid != self.url) && !self.url.is_empty() {
            keys.push(self.key_of(&self.url));
        }
        keys
    }

    /// Hash of what was announced: title, summary, content and time, with markup and white space
    /// left out, because image addresses and line breaks change without any edit.
    pub fn fingerprint(&self) -> String {
        let fields = [&self.title, &self.summary, &self.content, &self.published];
        let plain = fields.map(|field| without_markup(field.as_deref().unwrap_or_default()));
        crate::ids::stable_id(&plain.each_ref().map(String::as_str))
    }

    fn key_of(&self, name: &str) -> String {
        format!("{}\u{1f}{name}", self.outlet)
    }
}

/// Returns the words of `html` outside its tags, separated by single blanks. A `<` that opens no tag
/// is text.
fn without_markup(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut chars = html.chars().peekable();
    let mut in_tag = false;
    while let Some(c) = chars.next() {
        let opens = |next: &char| next.is_ascii_alphabetic() || *next == '/' || *next == '!';
        match c {
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if in_tag => {}
            '<' if chars.peek().is_some_and(opens) => in_tag = true,
            _ => text.push(c),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
