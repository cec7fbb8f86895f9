//! From the entries of a file to outlets: inheritance, defaults, and the check of each value.
//!
//! Reading goes on after a mistake, so that one run tells all of them; the registry is returned only
//! if there was none.

use std::collections::BTreeSet;

use toml::Spanned;

use super::check;
use super::file::{
    AgreementEntry, EditionEntry, File, Mistake, OutletEntry, RulesEntry, SourceEntry, line_at,
};
use crate::model::{
    Agreement, Edition, ItemPaths, Outlet, PageRules, Registry, Source, SourceKind, Zone,
};

/// Lays the entries of `file` over `base`; `text` is what the file was read from.
pub(super) fn lay_over(base: Registry, file: &File, text: &str) -> Result<Registry, Vec<Mistake>> {
    let mut reader = Reader { text, mistakes: Vec::new() };
    let mut seen = BTreeSet::new();
    let mut outlets = Vec::with_capacity(file.outlet.len());
    for entry in &file.outlet {
        if !seen.insert(entry.id.get_ref()) {
            reader.say(&entry.id, "id", "this outlet is in the file twice: join the two entries");
        }
        outlets.push(reader.outlet(entry, base.get(entry.id.get_ref())));
    }
    if reader.mistakes.is_empty() {
        Ok(Registry::new(base.outlets.into_iter().chain(outlets)))
    } else {
        reader.mistakes.sort_by_key(|mistake| mistake.line);
        Err(reader.mistakes)
    }
}

/// The text, for line numbers, and what was found wrong so far.
struct Reader<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
}

/// A check of one value: the value for the model, or what is wrong with it.
type Check<T> = fn(&str) -> Result<T, String>;

impl Reader<'_> {
    fn say(&mut self, at: &Spanned<String>, key: &str, message: impl Into<String>) {
        let line = line_at(self.text, at.span().start);
        self.mistakes.push(Mistake { line, key: key.to_owned(), message: message.into() });
    }

    /// Returns the checked value, or notes the mistake.
    fn take<T>(&mut self, key: &str, value: &Spanned<String>, check: Check<T>) -> Option<T> {
        check(value.get_ref()).map_err(|message| self.say(value, key, message)).ok()
    }

    /// Overwrites `target` if the file has a value.
    fn set<T>(
        &mut self,
        target: &mut T,
        key: &str,
        value: Option<&Spanned<String>>,
        check: Check<T>,
    ) {
        if let Some(value) = value.and_then(|value| self.take(key, value, check)) {
            *target = value;
        }
    }

    /// As [`Reader::set`], for a field that may be absent.
    fn set_some<T>(
        &mut self,
        target: &mut Option<T>,
        key: &str,
        value: Option<&Spanned<String>>,
        check: Check<T>,
    ) {
        if let Some(value) = value.and_then(|value| self.take(key, value, check)) {
            *target = Some(value);
        }
    }

    fn all(&mut self, key: &str, values: &[Spanned<String>], check: Check<String>) -> Vec<String> {
        values.iter().filter_map(|value| self.take(key, value, check)).collect()
    }

    /// Overwrites the list `target` if the file has one.
    fn set_all(
        &mut self,
        target: &mut Vec<String>,
        key: &str,
        values: Option<&[Spanned<String>]>,
        check: Check<String>,
    ) {
        if let Some(values) = values {
            *target = self.all(key, values, check);
        }
    }

    fn outlet(&mut self, entry: &OutletEntry, base: Option<&Outlet>) -> Outlet {
        let id = entry.id.get_ref();
        self.take("id", &entry.id, check::id);
        let mut outlet = base.cloned().unwrap_or_else(|| Outlet::unlisted(id));
        if let Some(name) = &entry.name {
            outlet.name.clone_from(name);
        }
        if let Some(role) = entry.role {
            outlet.role = role;
        }
        if let Some(set) = entry.set {
            outlet.set = set;
        }
        if entry.operator.is_some() {
            outlet.operator.clone_from(&entry.operator);
        }
        if entry.typology.is_some() {
            outlet.typology.clone_from(&entry.typology);
        }
        self.set_some(&mut outlet.state, "state", entry.state.as_ref(), check::state);
        self.set_all(&mut outlet.aliases, "aliases", entry.aliases.as_deref(), check::alias);
        self.set_all(&mut outlet.domains, "domains", entry.domains.as_deref(), check::host);
        add(&mut outlet.aliases, self.all("add_aliases", &entry.add_aliases, check::alias));
        add(&mut outlet.domains, self.all("add_domains", &entry.add_domains, check::host));
        let article_id = entry.article_id.as_ref();
        self.set_some(&mut outlet.article_id, "article_id", article_id, check::article_id);
        self.set_all(&mut outlet.decoys, "decoys", entry.decoys.as_deref(), check::expression);
        if let Some(agreements) = &entry.agreement {
            outlet.agreements = agreements.iter().map(|entry| self.agreement(entry)).collect();
        }
        self.max_new_pages(&mut outlet, entry);
        self.rules(&mut outlet.rules, &entry.rules);
        self.editions(&mut outlet, entry);
        outlet
    }

    fn max_new_pages(&mut self, outlet: &mut Outlet, entry: &OutletEntry) {
        let Some(limit) = &entry.max_new_pages else { return };
        if *limit.get_ref() == 0 {
            let line = line_at(self.text, limit.span().start);
            let message = String::from("0 pages a run would read no article: give 1 or more");
            self.mistakes.push(Mistake { line, key: "max_new_pages".to_owned(), message });
        }
        outlet.max_new_pages = Some(*limit.get_ref());
    }

    fn agreement(&mut self, entry: &AgreementEntry) -> Agreement {
        let mut agreement = Agreement {
            with: self.all("with", &entry.with, check::id),
            since: None,
            source: self.take("source", &entry.source, check::expression).unwrap_or_default(),
        };
        self.set_some(&mut agreement.since, "since", entry.since.as_ref(), check::day);
        agreement
    }

    fn editions(&mut self, outlet: &mut Outlet, entry: &OutletEntry) {
        let mut zone = outlet.editions.first().map(|edition| edition.zone).unwrap_or_default();
        self.set(&mut zone, "zone", entry.zone.as_ref(), check::zone);
        if entry.zone.is_some() {
            outlet.editions.iter_mut().for_each(|edition| edition.zone = zone);
        }
        let inherited = outlet.editions.clone();
        if entry.replace_editions {
            outlet.editions.clear();
        }
        let mut seen = BTreeSet::new();
        for edition in &entry.edition {
            let id = edition.id.get_ref();
            self.edition_id(&edition.id, &outlet.id, seen.insert(id));
            let known = inherited.iter().find(|known| known.id == *id);
            if known.is_none() && edition.language.is_none() {
                let message = "this edition is new and needs a `language`, such as \"en\"";
                self.say(&edition.id, "language", message);
            }
            let read =
                self.edition(edition, known.cloned().unwrap_or_else(|| new_edition(id, zone)));
            match outlet.editions.iter_mut().find(|known| known.id == *id) {
                Some(known) => *known = read,
                None => outlet.editions.push(read),
            }
        }
    }

    fn edition_id(&mut self, id: &Spanned<String>, outlet: &str, is_first: bool) {
        self.take("id", id, check::id);
        let belongs = id.get_ref().strip_prefix(outlet).is_some_and(|rest| rest.starts_with('-'));
        if !belongs {
            let message =
                format!("an edition of `{outlet}` is named {outlet}-LANGUAGE or {outlet}-REGION");
            self.say(id, "id", message);
        }
        if !is_first {
            self.say(id, "id", "this edition is there twice: join the two, or rename one");
        }
    }

    fn edition(&mut self, entry: &EditionEntry, mut edition: Edition) -> Edition {
        self.set(&mut edition.language, "language", entry.language.as_ref(), check::language);
        self.set(&mut edition.zone, "zone", entry.zone.as_ref(), check::zone);
        self.set_all(&mut edition.hosts, "hosts", entry.hosts.as_deref(), check::host_or_folder);
        if entry.region.is_some() {
            edition.region.clone_from(&entry.region);
        }
        if entry.feeds.is_some() || entry.source.is_some() {
            let feeds =
                self.all("feeds", entry.feeds.as_deref().unwrap_or_default(), check::address);
            edition.sources =
                feeds.into_iter().map(|url| Source::new(SourceKind::Feed, url)).collect();
            for source in entry.source.as_deref().unwrap_or_default() {
                edition.sources.extend(self.sources(source));
            }
            let mut like = Source::new(SourceKind::Feed, "");
            self.sighting(&mut like, entry.seen.as_ref(), entry.seen_by.as_ref());
            for source in edition.sources.iter_mut().filter(|source| source.seen_by.is_none()) {
                (source.seen, source.seen_by) = (like.seen.clone(), like.seen_by.clone());
            }
        }
        self.rules(&mut edition.rules, &entry.rules);
        edition
    }

    /// When a source was last seen working, and by whom.
    fn sighting(
        &mut self,
        source: &mut Source,
        seen: Option<&Spanned<String>>,
        by: Option<&Spanned<String>>,
    ) {
        self.set_some(&mut source.seen, "seen", seen, check::day);
        self.set_some(&mut source.seen_by, "seen_by", by, check::expression);
        if let (Some(day), None) = (seen, by) {
            self.say(day, "seen", "say who saw it as well: add `seen_by`");
        }
    }

    fn sources(&mut self, entry: &SourceEntry) -> Vec<Source> {
        let mut like = Source { full_text: entry.full_text, ..Source::new(entry.kind, "") };
        self.set_some(&mut like.clock, "clock", entry.clock.as_ref(), check::zone);
        self.set_some(&mut like.links, "links", entry.links.as_ref(), check::selector);
        let link_time = entry.link_time.as_ref();
        self.set_some(&mut like.link_time, "link_time", link_time, check::selector_or_attribute);
        self.sighting(&mut like, entry.seen.as_ref(), entry.seen_by.as_ref());
        for (key, value) in [("links", &entry.links), ("link_time", &entry.link_time)] {
            if let (Some(value), true) = (value, entry.kind != SourceKind::List) {
                self.say(value, key, "only list pages have it: add kind = \"list\", or remove it");
            }
        }
        self.set_some(&mut like.newest, "newest", entry.newest.as_ref(), check::day);
        self.paths(&mut like, entry);
        let past = self.past(entry);
        let urls = self.all("urls", &entry.urls, check::address);
        let source = |(place, url)| {
            // The past is asked once, whatever the number of addresses that show the present.
            let past = if place == 0 { past.clone() } else { Vec::new() };
            Source { url, past, ..like.clone() }
        };
        urls.into_iter().enumerate().map(source).collect()
    }

    /// Addresses of the past: with a place for the day or the page, or sitemaps.
    fn past(&mut self, entry: &SourceEntry) -> Vec<String> {
        if let (Some(first), true) = (entry.past.first(), entry.urls.is_empty()) {
            self.say(first, "past", "it belongs to a source: give an address in `urls` as well");
        }
        for address in &entry.past {
            let has_place =
                ["{DD}", "{PAGE}"].iter().any(|place| address.get_ref().contains(place));
            if !has_place && entry.kind != SourceKind::Sitemap {
                let message =
                    "only a sitemap has a past without {PAGE} or {YYYY}, {MM}, {DD} in it";
                self.say(address, "past", message);
            }
        }
        self.all("past", &entry.past, check::past)
    }

    /// Where the parts of an item are, which a JSON list must say and no other kind may.
    fn paths(&mut self, source: &mut Source, entry: &SourceEntry) {
        let is_json = entry.kind == SourceKind::Json;
        let keys = [
            ("items", &entry.items),
            ("address", &entry.address),
            ("title", &entry.title),
            ("time", &entry.time),
            ("text", &entry.text),
        ];
        for (key, value) in keys {
            if let (Some(value), false) = (value, is_json) {
                self.say(value, key, "only JSON lists have it: add kind = \"json\", or remove it");
            }
        }
        if !is_json {
            return;
        }
        let mut paths = ItemPaths::default();
        self.set_some(&mut paths.items, "items", entry.items.as_ref(), check::path);
        self.set_some(&mut paths.title, "title", entry.title.as_ref(), check::path);
        self.set_some(&mut paths.time, "time", entry.time.as_ref(), check::path);
        self.set_some(&mut paths.text, "text", entry.text.as_ref(), check::path);
        let address = entry.address.as_ref();
        self.set(&mut paths.address, "address", address, check::path_or_pattern);
        if let (None, Some(url)) = (address, entry.urls.first()) {
            let message = "a JSON list needs it: the path to an item's address, such as \"url\"";
            self.say(url, "address", message);
        }
        source.full_text |= paths.text.is_some();
        source.paths = Some(paths);
    }

    /// Overrides rules of a known name; new ones come first, in the order of the file.
    fn rules(&mut self, rules: &mut Vec<PageRules>, entries: &[RulesEntry]) {
        let mut new = Vec::new();
        for entry in entries {
            let known = rules.iter_mut().find(|rule| rule.name == *entry.name.get_ref());
            if let Some(known) = known {
                self.page_rules(known, entry);
            } else {
                let mut rule =
                    PageRules { name: entry.name.get_ref().clone(), ..PageRules::default() };
                self.page_rules(&mut rule, entry);
                if rule == (PageRules { name: rule.name.clone(), ..PageRules::default() }) {
                    self.say(&entry.name, "name", "these rules are empty: give `body` at least");
                }
                new.push(rule);
            }
        }
        rules.splice(..0, new);
    }

    fn page_rules(&mut self, rule: &mut PageRules, entry: &RulesEntry) {
        self.set_some(&mut rule.title, "title", entry.title.as_ref(), check::selector_or_attribute);
        self.set_all(&mut rule.body, "body", entry.body.as_deref(), check::selector);
        self.set_some(&mut rule.body_json, "body_json", entry.body_json.as_ref(), check::attribute);
        let byline = entry.byline.as_ref();
        self.set_some(&mut rule.byline, "byline", byline, check::selector_or_attribute);
        let published = entry.published.as_deref();
        self.set_all(&mut rule.published, "published", published, check::selector_or_attribute);
        self.set_all(&mut rule.remove, "remove", entry.remove.as_deref(), check::selector);
    }
}

/// Appends the values that are not there yet, so that a file laid over its own result changes nothing.
fn add(list: &mut Vec<String>, values: Vec<String>) {
    for value in values {
        if !list.contains(&value) {
            list.push(value);
        }
    }
}

/// An edition of which only id and zone are known.
fn new_edition(id: &str, zone: Zone) -> Edition {
    Edition {
        id: id.to_owned(),
        language: String::new(),
        region: None,
        hosts: Vec::new(),
        sources: Vec::new(),
        zone,
        rules: Vec::new(),
    }
}
