//! The values that cross a stage border: plain data with public fields.
//!
//! A stage reads some of these and returns others; nothing in here computes more than a look-up or
//! a comparison. Two conventions hold everywhere:
//!
//! - **Indices.** Inside one analysis an article, match or narrative is named by its position in the
//!   [`Analysis`] vectors (`usize`); the stable `id` is written to files, never the position.
//! - **Offsets.** Spans are byte offsets into [`Article::text`], half-open, on character borders.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

// ---------------------------------------------------------------------------------------------
// Who publishes
// ---------------------------------------------------------------------------------------------

/// What an outlet is in the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Under study: its overlap with others is the question.
    Subject,
    /// A news agency. Its text in two outlets is a common source for that pair; a *state* wire is
    /// compared like a subject as well.
    Wire,
    /// The baseline: says how much overlap the day's news gives anyway.
    Control,
}

impl Role {
    /// The name used in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Subject => "subject",
            Role::Wire => "wire",
            Role::Control => "control",
        }
    }
}

/// One publisher, the unit of comparison: all its editions and mirrors are one series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Short lower-case name, `[a-z0-9-]{1,64}`; unique in the registry.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the state that owns or funds it; `None` for a private outlet.
    pub state: Option<String>,
    /// The organisation that runs it, if known.
    pub operator: Option<String>,
    /// Its part in the comparison.
    pub role: Role,
    /// Kind of relation to the state in the terms of the ASD State Media Matrix, if known.
    pub typology: Option<String>,
    /// Names under which other outlets cite it, in any language; matched by whole words and in the
    /// case they are written in here or in capitals (`RT` and `Sputnik` are names, `rt` and `sputnik`
    /// are not).
    pub aliases: Vec<String>,
    /// Registrable domains and hosts, mirrors included; a host belongs to the outlet if it equals
    /// one of these or is a subdomain of one.
    pub domains: Vec<String>,
    /// Language and regional editions; none for an outlet that is only known by name, or only from
    /// imported records.
    pub editions: Vec<Edition>,
    /// How to read this outlet's article pages, tried in order (eras of markup); an edition's own
    /// rules come first.
    pub rules: Vec<PageRules>,
    /// How to tell two addresses of one article from two articles: a regular expression on the
    /// canonical URL whose first group is the outlet's own article id, unique within an edition
    /// (editions number their articles apart).
    pub article_id: Option<String>,
}

impl Outlet {
    /// Returns the outlet that an imported record names and no registry knows: a subject without
    /// state, domains or editions, named by its id.
    pub fn unlisted(id: &str) -> Outlet {
        Outlet {
            id: id.to_string(),
            name: id.to_string(),
            state: None,
            operator: None,
            role: Role::Subject,
            typology: None,
            aliases: Vec::new(),
            domains: Vec::new(),
            editions: Vec::new(),
            rules: Vec::new(),
            article_id: None,
        }
    }
}

/// One language or regional edition of an outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Outlet id, dash, language or region: `rt-en`, `sputnik-africa-fr`.
    pub id: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Region it addresses, if it is not the general edition.
    pub region: Option<String>,
    /// Hosts that serve this edition (to tell the edition of an article address).
    pub hosts: Vec<String>,
    /// Feeds, list pages and sitemaps, polled in this order.
    pub sources: Vec<Source>,
    /// Zone of clock times that carry none (pages of this edition).
    pub zone: Zone,
    /// Rules for this edition's pages, tried before the outlet's.
    pub rules: Vec<PageRules>,
}

/// A UTC offset in minutes east; `+180` is Moscow, `+480` Beijing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Zone(pub i32);

impl Zone {
    /// The offset as chrono's type; offsets of a day or more are read as UTC.
    pub fn to_chrono(self) -> FixedOffset {
        FixedOffset::east_opt(self.0 * 60).unwrap_or_else(|| {
            FixedOffset::east_opt(0).unwrap_or_else(|| unreachable!("zero is a valid offset"))
        })
    }
}

/// What a polled address holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    /// An HTML page with links to articles.
    List,
    /// A sitemap or news sitemap.
    Sitemap,
}

impl SourceKind {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Feed => "feed",
            SourceKind::List => "list",
            SourceKind::Sitemap => "sitemap",
        }
    }
}

/// An address that lists an edition's articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// What is found there.
    pub kind: SourceKind,
    /// Where; `http` or `https`.
    pub url: String,
    /// The feed's items hold the whole article, so pages need not be fetched.
    pub full_text: bool,
    /// Zone in which this source's clock times are meant *whatever label they carry* (Global Times
    /// labels Beijing times "GMT"). `None`: the label is believed, and a missing one is read in the
    /// edition's zone.
    pub clock: Option<Zone>,
    /// CSS selector of article links on a list page.
    pub links: Option<String>,
    /// CSS selector of the time that belongs to a link, looked for in the link and then in its
    /// nearest ancestors; an attribute may follow `@`, as in `a@data-time`.
    pub link_time: Option<String>,
}

/// Where the parts of an article are on one era of an outlet's pages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PageRules {
    /// Name of the era, shown by `fimi extract`: `2022`, `data-json`.
    pub name: String,
    /// CSS selector of the headline.
    pub title: Option<String>,
    /// CSS selectors of the body's parts; the first one that matches anything is taken, with all
    /// its matches in document order.
    pub body: Vec<String>,
    /// The body is JSON in this attribute of the element that `body` selects (CGTN's `data-json`).
    pub body_json: Option<String>,
    /// CSS selector of the byline.
    pub byline: Option<String>,
    /// Selectors of the publication time, tried in order; `css@attribute` reads an attribute.
    pub published: Vec<String>,
    /// Selectors of boxes to delete from the body before its text is read.
    pub remove: Vec<String>,
}

/// All outlets that a run knows, sorted by id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Registry {
    /// Sorted by [`Outlet::id`], without repeats.
    pub outlets: Vec<Outlet>,
}

impl Registry {
    /// Returns a registry over `outlets`, sorted by id; of several with one id the last is kept.
    pub fn new(outlets: impl IntoIterator<Item = Outlet>) -> Registry {
        let by_id: BTreeMap<String, Outlet> =
            outlets.into_iter().map(|outlet| (outlet.id.clone(), outlet)).collect();
        Registry { outlets: by_id.into_values().collect() }
    }

    /// Returns the outlet with this id.
    pub fn get(&self, id: &str) -> Option<&Outlet> {
        self.outlets.binary_search_by(|o| o.id.as_str().cmp(id)).ok().map(|i| &self.outlets[i])
    }

    /// Returns the role of the outlet with this id; an unknown outlet is a subject.
    pub fn role(&self, id: &str) -> Role {
        self.get(id).map_or(Role::Subject, |outlet| outlet.role)
    }

    /// Returns the name for people, or the id itself for an unknown outlet.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or(id, |outlet| outlet.name.as_str())
    }

    /// Returns the outlet that owns `host` (the longest matching domain wins) and, where one of its
    /// editions lists the host or a parent of it, that edition.
    pub fn by_host(&self, host: &str) -> Option<(&Outlet, Option<&Edition>)> {
        self.by_address(host, "")
    }

    /// The same for a host and the path of an address (`/fr/x`, `/`), so that editions that differ by
    /// path only (`france24.com/fr`) are told apart; the longest entry wins.
    pub fn by_address(&self, host: &str, path: &str) -> Option<(&Outlet, Option<&Edition>)> {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let covers = |entry: &str| {
            let (domain, folder) = entry.split_once('/').unwrap_or((entry, ""));
            let domain = domain.strip_prefix("www.").unwrap_or(domain);
            let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(folder));
            (host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
                && (folder.is_empty() || rest.is_some_and(|r| r.is_empty() || r.starts_with('/')))
        };
        let longest = |entries: &[String]| {
            entries.iter().filter(|d| covers(d)).map(String::len).max().unwrap_or(0)
        };
        let best = |outlet: &Outlet| {
            let own = longest(&outlet.domains);
            outlet.editions.iter().map(|e| longest(&e.hosts)).max().unwrap_or(0).max(own)
        };
        let outlet = self.outlets.iter().rev().max_by_key(|o| best(o)).filter(|o| best(o) > 0)?;
        let edition = outlet
            .editions
            .iter()
            .rev()
            .max_by_key(|e| longest(&e.hosts))
            .filter(|e| longest(&e.hosts) > 0);
        Some((outlet, edition))
    }
}

// ---------------------------------------------------------------------------------------------
// What was fetched
// ---------------------------------------------------------------------------------------------

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

/// One article as a source announced it, before anything is interpreted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// The article's page, if it was fetched.
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

// ---------------------------------------------------------------------------------------------
// Articles
// ---------------------------------------------------------------------------------------------

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

/// How an article names another outlet as its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CitationKind {
    /// "Source: Xinhua", "© Sputnik", "(TASS)" at the end.
    Credit,
    /// The byline names it.
    Byline,
    /// "MOSCOW, May 5. /TASS/", "BEIJING, May 5 (Xinhua)".
    Dateline,
    /// "RIA Novosti reported", "told Sputnik", "according to the Global Times".
    Text,
    /// Named, but not as a source ("the EU banned RT"): kept apart, never evidence.
    Mention,
}

impl CitationKind {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            CitationKind::Credit => "credit",
            CitationKind::Byline => "byline",
            CitationKind::Dateline => "dateline",
            CitationKind::Text => "text",
            CitationKind::Mention => "mention",
        }
    }
}

/// One place where an article names another outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Id of the outlet that is named; never the article's own outlet.
    pub outlet: String,
    /// In which way.
    pub kind: CitationKind,
    /// Where in the article's text; empty (`0..0`) for a byline.
    pub span: Range<usize>,
    /// The words that were matched, with a little context.
    pub text: String,
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
    /// Other outlets named, in order of their place.
    pub citations: Vec<Citation>,
    /// Stretches of `text`, in bytes, sorted and apart, that are standing text: they recur in one
    /// outlet's articles. Filled when a corpus is analyzed, never stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boilerplate: Vec<Range<usize>>,
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
            citations: Vec::new(),
            boilerplate: Vec::new(),
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

/// What could not be used, and why. Nothing is dropped without one of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// What it was: `corpus.jsonl:17`, an address, an article id.
    pub what: String,
    /// Why it was left out and what would help.
    pub reason: String,
}

/// A day on which an outlet was not heard: its absence then means nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CoverageGap {
    /// Outlet id.
    pub outlet: String,
    /// The UTC day.
    pub day: NaiveDate,
    /// Why: the fetch status of its sources, or "no record of this day".
    pub reason: String,
}

/// Everything that an analysis starts from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corpus {
    /// In any order; the pipeline sorts them.
    pub articles: Vec<Article>,
    /// Known outlets; those that occur only in records are added with role `subject`.
    pub registry: Registry,
    /// Last poll of each source; empty for imported corpora.
    pub feeds: Vec<FeedStatus>,
    /// Days on which an outlet was not heard.
    pub gaps: Vec<CoverageGap>,
    /// What was left out before the analysis.
    pub skipped: Vec<Skipped>,
}

// ---------------------------------------------------------------------------------------------
// Matches
// ---------------------------------------------------------------------------------------------

/// How two texts are related, by containment (`docs/method.md`, "Relations").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The shorter text is (nearly) all in the longer one.
    Verbatim,
    /// Most of the shorter text is in the longer one.
    NearDuplicate,
    /// A part is, with at least one reused passage.
    Partial,
    /// The same event or claim in other words: lexical or semantic overlap only.
    Narrative,
}

impl Relation {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Verbatim => "verbatim",
            Relation::NearDuplicate => "near_duplicate",
            Relation::Partial => "partial",
            Relation::Narrative => "narrative",
        }
    }
}

/// What a reused passage is; only `Own` counts as evidence between two outlets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PassageKind {
    /// None of the others: one outlet's text in another.
    Own,
    /// Inside quotation marks or attributed speech in both articles: both may quote one person.
    Quoted,
    /// A third outlet's text: an earlier wire or control article holds it, or one is credited.
    Wire,
    /// Recurs in three or more articles of one outlet: a footer, a slogan, a standing line.
    Boilerplate,
}

impl PassageKind {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            PassageKind::Own => "own",
            PassageKind::Quoted => "quoted",
            PassageKind::Wire => "wire",
            PassageKind::Boilerplate => "boilerplate",
        }
    }
}

/// A maximal aligned stretch that both articles of a match hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where in the earlier article's text.
    pub a: Range<usize>,
    /// Where in the later article's text.
    pub b: Range<usize>,
    /// Words (ideographs in unsegmented scripts) that are equal in both.
    pub words: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Why it was given that kind, in a few words.
    pub why: String,
    /// For kind `Wire`: index of the earliest article that holds it, if it is in the archive.
    pub holder: Option<usize>,
}

/// Two articles of different outlets that share text or topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// Stable id, from the two article ids.
    pub id: String,
    /// Index of the article that comes first in the order (time, then id). First in the order does
    /// not mean proven earlier: see [`Edge`].
    pub a: usize,
    /// Index of the other one.
    pub b: usize,
    /// Share of `a`'s shingles that are in `b`, `0..=1`.
    pub containment_a: f64,
    /// Share of `b`'s shingles that are in `a`, `0..=1`.
    pub containment_b: f64,
    /// TF-IDF cosine, `0..=1`; `None` if not computed or below the threshold.
    pub lexical: Option<f64>,
    /// Embedding cosine; `None` without a model.
    pub semantic: Option<f64>,
    /// Similarity of the headlines, `0..=1`; a feature, never evidence by itself.
    pub title: f64,
    /// Reused passages, in the order of their place in `a`.
    pub passages: Vec<Passage>,
    /// Summary of the above.
    pub relation: Relation,
}

// ---------------------------------------------------------------------------------------------
// Narratives, edges, chains
// ---------------------------------------------------------------------------------------------

/// A group of articles about one event or claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Narrative {
    /// Stable id, from the ids of its articles.
    pub id: String,
    /// The most central headline, or its key phrases.
    pub label: String,
    /// Words and phrases that mark it, strongest first.
    pub key_phrases: Vec<String>,
    /// Article indices, ascending (so: in time order).
    pub articles: Vec<usize>,
    /// Outlet ids, sorted.
    pub outlets: Vec<String>,
    /// Index of the first article in the order.
    pub first: usize,
    /// The UTC day with the most articles; the earliest of several.
    pub peak: NaiveDate,
    /// Articles per UTC day, without empty days.
    pub timeline: BTreeMap<NaiveDate, usize>,
}

/// What an article does in its narrative (Hanley et al., *Specious Sites*, 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleRole {
    /// Published on the narrative's first day.
    Origin,
    /// Before the peak and among the first 15 % of the articles, but not an origin.
    EarlyAmplifier,
    /// Later.
    LateAmplifier,
}

impl ArticleRole {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            ArticleRole::Origin => "origin",
            ArticleRole::EarlyAmplifier => "early_amplifier",
            ArticleRole::LateAmplifier => "late_amplifier",
        }
    }
}

/// How well an edge is supported, best first. Grades are never added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Link, canonical address or credit to the earlier item.
    E1,
    /// Text citation of the earlier outlet, and a matching passage.
    E2,
    /// `own` passage reused, earlier by more than the clock error, no third earlier holder.
    E3,
    /// Significant narrative match with a lag: consistent with a direction, no more.
    E4,
    /// Same narrative, order unresolved: convergence without direction.
    E5,
    /// A common source explains it; the edge runs from that source.
    X,
}

impl Grade {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::E1 => "E1",
            Grade::E2 => "E2",
            Grade::E3 => "E3",
            Grade::E4 => "E4",
            Grade::E5 => "E5",
            Grade::X => "X",
        }
    }

    /// Whether the grade claims that text went from one article to the other.
    pub fn is_directed(self) -> bool {
        matches!(self, Grade::E1 | Grade::E2 | Grade::E3)
    }
}

/// Where an edge starts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An article of the archive.
    Article(usize),
    /// An outlet that is credited, but whose item is not in the archive (grade X only).
    Outlet(String),
    /// A statement that both sides quote; its first publisher is not in the archive (X only).
    Statement,
}

/// One fact behind an edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Evidence {
    /// The later article links to, or names as its canonical address, the earlier item.
    Link {
        /// The address.
        url: String,
        /// It is the canonical address, not a link in the text.
        canonical: bool,
    },
    /// The later article cites the earlier one's outlet.
    Cites(Citation),
    /// A reused passage.
    Passage {
        /// Index of the match.
        matched: usize,
        /// Index of the passage in it.
        passage: usize,
    },
    /// Narrative overlap of the two articles.
    Overlap {
        /// Index of the match.
        matched: usize,
    },
    /// For X: the match that the common source explains.
    Explains {
        /// Index of the match.
        matched: usize,
    },
}

/// A graded claim about two articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Stable id.
    pub id: String,
    /// Where it starts.
    pub from: Origin,
    /// Index of the article it ends in.
    pub to: usize,
    /// How well it is supported.
    pub grade: Grade,
    /// `to`'s time minus `from`'s, in minutes; `None` where the start has no time of its own. May
    /// be below the clock error for E5, where it means nothing.
    pub lag_minutes: Option<f64>,
    /// Sum of both clock errors in minutes; `None` if one of the times gives no direction.
    pub clock_error_minutes: Option<f64>,
    /// Index of the narrative that holds both articles, if one does.
    pub narrative: Option<usize>,
    /// The facts, never empty.
    pub evidence: Vec<Evidence>,
}

/// A path of E1–E3 edges in one narrative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Stable id.
    pub id: String,
    /// Index of the narrative, if all its articles are in one.
    pub narrative: Option<usize>,
    /// Edge indices from the first article to the last.
    pub edges: Vec<usize>,
    /// Number of edges.
    pub depth: usize,
    /// Outlet ids along the path, the first article's first.
    pub outlets: Vec<String>,
    /// States along the path without repeats, in order of appearance.
    pub states: Vec<String>,
    /// The weakest grade on it: a chain is as strong as that.
    pub weakest: Grade,
    /// Time from the first article to the last, in minutes.
    pub lag_minutes: f64,
}

/// What `amplification` returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Amplification {
    /// Sorted by (from, to).
    pub edges: Vec<Edge>,
    /// Longest first, then by id.
    pub chains: Vec<Chain>,
    /// Per narrative, parallel to [`Narrative::articles`].
    pub roles: Vec<Vec<ArticleRole>>,
}

// ---------------------------------------------------------------------------------------------
// Outlet pairs
// ---------------------------------------------------------------------------------------------

/// What can be said of a pair of outlets against chance.
#[derive(
    Debug, Clone, Default, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// More narratives in common than activity and event size give (q at most the set rate).
    MoreThanChance,
    /// Not more than that.
    NotDistinguishable,
    /// Too few articles or narratives for a test; no number is printed.
    #[default]
    TooFew,
    /// No control outlet in the corpus: not tested.
    NoBaseline,
}

impl Verdict {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::MoreThanChance => "more_than_chance",
            Verdict::NotDistinguishable => "not_distinguishable",
            Verdict::TooFew => "not_tested_too_few",
            Verdict::NoBaseline => "not_tested_no_baseline",
        }
    }
}

/// Quantiles of the lag between two outlets, over E1–E3 edges.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LagQuantiles {
    /// Edges counted.
    pub n: usize,
    /// 10 % quantile in minutes.
    pub p10: f64,
    /// Median in minutes.
    pub median: f64,
    /// 95 % interval of the median by order statistics; `None` below six lags, where none has 95 %.
    #[serde(default)]
    pub median_interval: Option<(f64, f64)>,
    /// 90 % quantile in minutes.
    pub p90: f64,
}

/// Two outlets compared; `outlet_a < outlet_b`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OutletPair {
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Articles of `a` in the analysis.
    pub articles_a: usize,
    /// Articles of `b`.
    pub articles_b: usize,
    /// Share of `a`'s articles that have a match in `b` within the window, `0..=1`.
    pub share_a: f64,
    /// Share of `b`'s articles that have a match in `a`.
    pub share_b: f64,
    /// Geometric mean of the two shares.
    pub overlap: f64,
    /// 95 % interval of `share_a` from resampled days; `None` with fewer than five days on which `a` has a
    /// match in `b`.
    #[serde(default)]
    pub share_a_interval: Option<(f64, f64)>,
    /// 95 % interval of `share_b`.
    #[serde(default)]
    pub share_b_interval: Option<(f64, f64)>,
    /// 95 % interval of `overlap`, of the same resamples; `None` if either share has none.
    #[serde(default)]
    pub overlap_interval: Option<(f64, f64)>,
    /// E1–E3 edges from `a` to `b`, by grade.
    pub edges_ab: BTreeMap<Grade, usize>,
    /// E1–E3 edges from `b` to `a`, by grade.
    pub edges_ba: BTreeMap<Grade, usize>,
    /// Matches of this pair that a common source explains (grade X).
    pub common_source: usize,
    /// `2·min/(ab+ba)` over directed edges, `0..=1`; `None` without any.
    pub reciprocity: Option<f64>,
    /// 95 % interval of it, from Wilson's interval of the share of edges that go one way.
    #[serde(default)]
    pub reciprocity_interval: Option<(f64, f64)>,
    /// Lags of the directed edges from `a` to `b`; `None` below the minimum count.
    pub lag_ab: Option<LagQuantiles>,
    /// Lags of the directed edges from `b` to `a`.
    pub lag_ba: Option<LagQuantiles>,
    /// Narratives that both carry.
    pub shared: usize,
    /// Narratives among [`OutletPair::shared`] in which a common source explains every match of the two;
    /// the test is made without them.
    #[serde(default)]
    pub shared_common: usize,
    /// Expected number of those under the null model; `None` if not tested.
    pub expected: Option<f64>,
    /// Observed over expected shared narratives, without [`OutletPair::shared_common`]; `None` if not
    /// tested.
    pub effect: Option<f64>,
    /// Lower and upper end of the effect's 95 % interval.
    pub effect_interval: Option<(f64, f64)>,
    /// One-sided mid-p value; `None` if not tested.
    pub p: Option<f64>,
    /// False discovery rate at which this pair is called (Benjamini–Hochberg over tested pairs).
    pub q: Option<f64>,
    /// Outcome in words.
    pub verdict: Verdict,
    /// Daily volumes compared; `None` if there are too few days or articles.
    #[serde(default)]
    pub rhythm: Option<Rhythm>,
    /// Which of the two is first among their articles that match.
    #[serde(default)]
    pub order: LagSign,
}

/// Which of two outlets is first among their matched articles, against the publishing rhythm of both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct LagSign {
    /// Matched pairs of articles whose lag is more than both clock errors.
    pub n: usize,
    /// Of these, pairs in which the article of `a` is earlier.
    pub a_first: usize,
    /// Share of `a` first that the rhythms give, `0..=1`; `None` below five pairs.
    pub expected: Option<f64>,
    /// False discovery rate (two-sided) at which one is called first; `None` below five pairs.
    pub q: Option<f64>,
}

/// Daily article counts of two outlets against circular shifts of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Correlation of the daily counts, `-1..=1`.
    pub synchrony: f64,
    /// False discovery rate at which the pair is called in step.
    pub synchrony_q: f64,
    /// Correlation with `b` one to three days later, less that with `b` earlier, summed: above 0 if `a`
    /// is ahead.
    pub lead: f64,
    /// False discovery rate (two-sided) at which one is called ahead.
    pub lead_q: f64,
    /// Shifts compared with.
    pub shifts: usize,
}

/// Two states' outlets compared with the controls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// ISO 3166-1 code.
    pub state_a: String,
    /// ISO 3166-1 code.
    pub state_b: String,
    /// Pairs of outlets, one of each state, that carry a narrative both; summed over narratives.
    pub observed: f64,
    /// Expected number of those under the null model.
    pub expected: f64,
    /// The same between an outlet of either state and a control.
    pub observed_control: f64,
    /// Expected number of those.
    pub expected_control: f64,
    /// Observed over expected between the states, over that with the controls.
    pub ratio: f64,
    /// 95 % interval of the ratio (bootstrap over narratives).
    pub interval: (f64, f64),
    /// Narratives behind it.
    pub narratives: usize,
}

/// An n-gram that two outlets use far more than the controls do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// The n-gram, lower case.
    pub phrase: String,
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Articles of `a` that use it.
    pub count_a: usize,
    /// Articles of `b` that use it.
    pub count_b: usize,
    /// Articles of all controls that use it.
    pub count_control: usize,
    /// Log-odds z-score of `a` against the controls.
    pub z_a: f64,
    /// Log-odds z-score of `b` against the controls.
    pub z_b: f64,
    /// False discovery rate over all phrases tested.
    pub q: f64,
    /// Where the first article of each outlet that uses it does so.
    pub examples: [PhraseExample; 2],
}

/// One use of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseExample {
    /// Index of the article.
    pub article: usize,
    /// The places are in the headline: the text that was read does not use it.
    pub in_title: bool,
    /// The sentence that holds it (two, if it runs over a line break), in bytes.
    pub sentence: Range<usize>,
    /// The phrase as it is written there, in bytes.
    pub phrase: Range<usize>,
}

/// How much two outlets share within one window, by one relation or by any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairOverlap {
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Relation of the matches that count; `None` for any.
    pub relation: Option<Relation>,
    /// Greatest lag of the matches that count, in days; `None` for the window of the run.
    pub window_days: Option<u32>,
    /// Articles of `a` with a match in `b`.
    pub a: Share,
    /// Articles of `b` with a match in `a`.
    pub b: Share,
    /// Geometric mean of the two shares.
    pub overlap: f64,
    /// 95 % interval of it; `None` if either share has none.
    pub overlap_interval: Option<(f64, f64)>,
}

/// The share of an outlet's articles that have a match in another outlet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// All articles of the outlet.
    pub articles: usize,
    /// Articles with such a match.
    pub matched: usize,
    /// UTC days on which they were published.
    pub days: usize,
    /// `matched` of `articles`, `0..=1`.
    pub share: f64,
    /// 95 % percentile interval over resampled days; `None` if `days` is below five.
    pub interval: Option<(f64, f64)>,
}

/// What `significance` returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Significance {
    /// All pairs of outlets with articles, sorted by their ids.
    pub pairs: Vec<OutletPair>,
    /// Shares of those by relation and window, where any article counts; in the order of the pairs.
    pub overlaps: Vec<PairOverlap>,
    /// States under study, two by two, against the controls; sorted by their codes.
    pub contrasts: Vec<Contrast>,
    /// Sorted by pair, then by strength.
    pub phrases: Vec<Phrase>,
    /// What the reader must know: "no baseline: significance not computed".
    pub notes: Vec<String>,
}

/// An outlet that tends to take up narratives after another one, inferred from times alone. Exploratory:
/// a common source outside the corpus looks the same, and no text is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InfluenceEdge {
    /// Outlet id of the earlier one.
    pub from: String,
    /// Outlet id of the later one.
    pub to: String,
    /// Gain of the log-likelihood when the edge was chosen.
    pub gain: f64,
    /// Narratives in which `from` is the one that explains `to`'s first article.
    pub explained: usize,
    /// Narratives in which `from` is earlier than `to`.
    pub preceded: usize,
    /// Narratives of `from` that another outlet carries too.
    pub narratives_from: usize,
    /// Narratives of `to` that another outlet carries too.
    pub narratives_to: usize,
    /// `explained` normalised by volume: over the geometric mean of both numbers of narratives, `0..=1`.
    pub strength: f64,
    /// Median time between both first articles where the edge explains, in minutes.
    pub median_lag_minutes: Option<f64>,
}

/// What `influence` returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Influence {
    /// In the order in which they were chosen.
    pub edges: Vec<InfluenceEdge>,
    /// Narratives that at least two outlets carry with usable times.
    pub narratives: usize,
    /// Estimated rate of transmission per hour; 0 without edges.
    pub rate_per_hour: f64,
    /// Share of the possible gain that the edges give, `0..=1`.
    pub gain_share: f64,
}

/// What makes an outlet's clock suspicious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockEvidence {
    /// Items were seen before the time they state.
    SeenEarly,
    /// Items under a headline that other outlets have too lie whole hours from theirs.
    SharedTitles,
}

/// A suspicion that the stated times of an outlet are in another zone than they say. Reported, never
/// corrected: the data cannot tell a slip from a habit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClockSuspicion {
    /// Outlet id.
    pub outlet: String,
    /// The only other outlet that it was compared with, of which it may as well be the fault; empty
    /// if there are several or none.
    pub other: String,
    /// What was seen.
    pub evidence: ClockEvidence,
    /// How much later than likely true the stated times are, in minutes; negative: earlier. For
    /// [`ClockEvidence::SeenEarly`] the greatest lead, which is the least that a slip must be.
    pub minutes: i64,
    /// Items (or pairs of items) that show it.
    pub items: usize,
    /// Items (or pairs of items) that could have shown it.
    pub of: usize,
}

/// The whole result: what every report is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Analysis {
    /// Sorted by (time, id).
    pub articles: Vec<Article>,
    /// Outlets that are known or occur.
    pub registry: Registry,
    /// Sorted by (a, b).
    pub matches: Vec<Match>,
    /// Sorted by (first article, id).
    pub narratives: Vec<Narrative>,
    /// Edges, chains, roles.
    pub amplification: Amplification,
    /// Outlet pairs and phrases.
    pub significance: Significance,
    /// Exploratory: who takes things up after whom.
    pub influence: Influence,
    /// Last poll of each source.
    pub feeds: Vec<FeedStatus>,
    /// Days on which an outlet was not heard.
    pub gaps: Vec<CoverageGap>,
    /// Outlets whose stated times may be off by a zone, sorted.
    pub clocks: Vec<ClockSuspicion>,
    /// What was left out and why.
    pub skipped: Vec<Skipped>,
}
