//! Who publishes: outlets, their editions and sources, and the registry that holds them.

use std::collections::BTreeMap;

use chrono::FixedOffset;
use serde::{Deserialize, Serialize};

use super::words::word_enum;

word_enum! {
    /// What an outlet is in the comparison.
    #[derive(Default)]
    pub enum Role {
        /// Under study: its overlap with others is the question.
        #[default]
        Subject = "subject",
        /// A news agency. Its text in two outlets is a common source for that pair; a *state* wire is
        /// compared like a subject as well.
        Wire = "wire",
        /// The baseline: says how much overlap the day's news gives anyway.
        Control = "control",
    }
}

word_enum! {
    /// Whether an outlet is polled without being asked for.
    #[derive(Default)]
    pub enum PollSet {
        /// Polled by every scan: the outlets under study, their wires, and controls in their languages.
        #[default]
        Default = "default",
        /// Polled if the user asks for all outlets, for its state or language, or for itself.
        Full = "full",
    }
}

/// One publisher, the unit of comparison: all its editions and mirrors are one series.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Whether it is polled without being asked for.
    pub set: PollSet,
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
    /// Expressions that contain one of the names of this outlet and mean something else: `Sputnik V`, `RT-PCR`.
    pub decoys: Vec<String>,
    /// New articles whose pages one run asks for; `None` for the usual number.
    pub max_new_pages: Option<usize>,
    /// Announced exchanges of content with other outlets.
    pub agreements: Vec<Agreement>,
}

/// An announced, lawful exchange of content: a plain reason for shared text. Context, never evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Ids of the outlets on the other side.
    pub with: Vec<String>,
    /// Day, month or year of the announcement (`2017-04-19`, `2021-07`), if known.
    pub since: Option<String>,
    /// Where it was announced or reported.
    pub source: String,
}

impl Agreement {
    /// Whether this outlet is on the other side.
    pub fn is_with(&self, outlet: &str) -> bool {
        self.with.iter().any(|id| id == outlet)
    }

    /// The agreement that one of two outlets has with the other, where `of` gives those of an outlet; of several the first.
    pub fn between<'a>(
        a: &str,
        b: &str,
        of: impl Fn(&str) -> &'a [Agreement],
    ) -> Option<&'a Agreement> {
        let with = |one, other| of(one).iter().find(|agreement| agreement.is_with(other));
        with(a, b).or_else(|| with(b, a))
    }
}

impl Outlet {
    /// Returns the outlet that an imported record names and no registry knows: a subject without
    /// state, domains or editions, named by its id.
    pub fn unlisted(id: &str) -> Outlet {
        Outlet { id: id.to_owned(), name: id.to_owned(), ..Outlet::default() }
    }

    /// Whether the outlet is part of the baseline: a control, or a wire that no state owns. All others are under
    /// study.
    pub fn is_baseline(&self) -> bool {
        match self.role {
            Role::Control => true,
            Role::Wire => self.state.is_none(),
            Role::Subject => false,
        }
    }
}

/// One language or regional edition of an outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Outlet id, dash, language or region: `rt-en`, `sputnik-africa-fr`.
    pub id: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Region it addresses, if it is not the general edition.
    pub region: Option<String>,
    /// Hosts that serve this edition (to tell the edition of an article address).
    pub hosts: Vec<String>,
    /// Feeds, list pages, sitemaps and JSON lists, polled in this order.
    pub sources: Vec<Source>,
    /// Zone of clock times that carry none (pages of this edition).
    pub zone: Zone,
    /// Rules for this edition's pages, tried before the outlet's.
    pub rules: Vec<PageRules>,
}

/// A UTC offset in minutes east; `+180` is Moscow, `+480` Beijing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

word_enum! {
    /// What a polled address holds.
    pub enum SourceKind {
        /// RSS, RDF, Atom or JSON Feed.
        Feed = "feed",
        /// An HTML page with links to articles.
        List = "list",
        /// A sitemap or news sitemap.
        Sitemap = "sitemap",
        /// A list in JSON or JSONP; the registry says where its parts are.
        Json = "json",
    }
}

/// An address that lists an edition's articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Where the parts of an item are in a JSON list; `None` for other kinds.
    pub paths: Option<ItemPaths>,
    /// Further addresses of its past, asked by a backfill alone: with `{PAGE}`, with `{YYYY}{MM}{DD}`, or sitemaps.
    pub past: Vec<String>,
    /// Day, month or year in which somebody last saw it working (`2026-10-03`, `2026-10`); `None` if nobody is known to
    /// have looked.
    pub seen: Option<String>,
    /// Who saw it, and how: a public reference.
    pub seen_by: Option<String>,
    /// Day of the newest item that was seen there.
    pub newest: Option<String>,
}

impl Source {
    /// A source that is believed, and whose articles are fetched.
    pub fn new(kind: SourceKind, url: impl Into<String>) -> Source {
        Source {
            kind,
            url: url.into(),
            full_text: false,
            clock: None,
            links: None,
            link_time: None,
            paths: None,
            past: Vec::new(),
            seen: None,
            seen_by: None,
            newest: None,
        }
    }
}

/// Where the parts of an item are in a JSON document. A path is keys joined by dots, from the item on; a number is
/// the place in a list, from 0: `title.rendered`, `images.0.url`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ItemPaths {
    /// Path to the list, from the document on; `None` if the document itself is the list.
    pub items: Option<String>,
    /// Path to the address, or an address in which each `{path}` is filled in.
    pub address: String,
    /// Path to the headline.
    pub title: Option<String>,
    /// Path to the time of publication: text, or epoch seconds or milliseconds.
    pub time: Option<String>,
    /// Path to the whole text, as HTML or plain; with it the pages need not be fetched.
    pub text: Option<String>,
}

/// Where the parts of an article are on one era of an outlet's pages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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

    /// Whether the outlet with this id is part of the baseline; an unknown outlet is not.
    pub fn is_baseline(&self, id: &str) -> bool {
        self.get(id).is_some_and(Outlet::is_baseline)
    }

    /// Returns the agreement on content that one of two outlets has with the other; of several the first.
    pub fn agreement(&self, a: &str, b: &str) -> Option<&Agreement> {
        Agreement::between(a, b, |id| self.get(id).map_or(&[][..], |outlet| &outlet.agreements))
    }

    /// Returns the name for people, or the id itself for an unknown outlet.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or(id, |outlet| outlet.name.as_str())
    }

    /// Whether a name is that of the outlet with this id, alone or with more words or figures behind it ("Onet.pl" of
    /// `onet`). The id of another outlet is no name of this one.
    pub fn is_called(&self, id: &str, name: &str) -> bool {
        if id == name || self.get(name).is_some() {
            return id == name;
        }
        let name = name.to_lowercase();
        let is_begun = |known: &str| {
            let rest = name.strip_prefix(&known.to_lowercase());
            !known.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        };
        let outlet = self.get(id);
        let aliases = outlet.into_iter().flat_map(|outlet| &outlet.aliases);
        is_begun(id) || is_begun(self.name(id)) || aliases.map(String::as_str).any(is_begun)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_called_by_its_names_and_what_begins_with_them() {
        let outlet = |id: &str, name: &str, aliases: &[&str]| Outlet {
            name: name.into(),
            aliases: aliases.iter().map(|&alias| alias.into()).collect(),
            ..Outlet::unlisted(id)
        };
        let registry = Registry::new([
            outlet("tvx", "TV Exa", &["Exa News"]),
            outlet("tvx-sport", "Sport", &[]),
        ]);
        for name in ["tvx", "TVX24", "TV Exa", "exa news", "TVX.example"] {
            assert!(registry.is_called("tvx", name), "{name}");
        }
        for name in ["TVXtra", "Norda Press", "tvx-sport", ""] {
            assert!(!registry.is_called("tvx", name), "{name}");
        }
        assert!(registry.is_called("unknown", "Unknown") && !registry.is_called("", "x"));
    }
}
