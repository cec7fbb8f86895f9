//! A page and its announcement to the fields of an article, each by its ladder, each with its origin.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use scraper::Html;
use serde::Serialize;

use super::blocks::{self, Block};
use super::body::{self, Candidate};
use super::date::{self, Calendar, Claim};
use super::document::{self, Opened};
use super::jsonld::JsonLd;
use super::language::{self, Language};
use super::rules::{self, Reading};
use super::{ExtractConfig, date_text, feed_metadata, metadata, soft_404, url};
use crate::model::{Edition, Link, Outlet, PageRules, Published, RawItem, Registry, Zone};

/// Word overlap (F1) below which two bodies of one page are in disagreement.
const AGREEMENT: f64 = 0.6;
/// How many times longer a general body must be to replace a rule's short one.
const MUCH_LONGER: usize = 4;

/// A value and what gave it: a selector, `og:title`, `feed`; both empty if nothing did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Field {
    /// The value.
    pub value: String,
    /// What gave it.
    pub origin: String,
}

/// One way of reading the body, for those who mend an outlet's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyReading {
    /// What found it.
    pub origin: String,
    /// Paragraphs found.
    pub paragraphs: usize,
    /// Characters found.
    pub characters: usize,
    /// The text found, paragraphs joined with `\n`.
    pub text: String,
}

/// All that could be read from a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Page {
    /// Id of the outlet whose host it is; empty if unknown.
    pub outlet: String,
    /// Id of the edition; empty if unknown.
    pub edition: String,
    /// Canonical address.
    pub url: Field,
    /// Headline without the site's name.
    pub title: Field,
    /// Paragraphs joined with `\n`.
    pub text: Field,
    /// Author or agency.
    pub byline: Field,
    /// ISO 639-1 code.
    pub language: Field,
    /// How far the text supports it, in percent; see [`crate::model::Article::language_confidence`].
    pub language_confidence: u8,
    /// The publication time that was decided for.
    pub published: Option<Published>,
    /// The place where it stood.
    pub published_origin: String,
    /// All times that were stated, in the order of the ladder.
    pub claims: Vec<Claim>,
    /// Links of the body, and the address of the original if the page names one elsewhere.
    pub links: Vec<Link>,
    /// Encoding and what told it.
    pub charset: String,
    /// All bodies that were found, in the order of the ladder.
    pub bodies: Vec<BodyReading>,
    /// What the reader should know: `too_complex`, `consent`, `date_conflict`, `paywall`, `soft_404`, ...
    pub flags: Vec<String>,
}

/// Reads a page that nothing announced. See [`Page`]; never fails: what cannot be read is empty.
///
/// Cost: a parse and, without a rule for its body, two extractions: 10–20 ms for a news page.
pub fn page(
    body: &[u8],
    url: &str,
    content_type: Option<&str>,
    registry: &Registry,
    config: &ExtractConfig,
) -> Page {
    let opened = document::open(body, content_type, url);
    // A saved page mostly says itself where it is from, and so which outlet's rules apply.
    let address = if url.is_empty() { opened.own_address() } else { url.to_owned() };
    let host = url::host(&address).unwrap_or_default();
    let named = registry.by_address(&host, &url::path(&address));
    let guessed = if address.is_empty() { opened.outlet_by_links(registry) } else { None };
    let (outlet, edition) = named.or(guessed).map_or((None, None), |(o, e)| (Some(o), e));
    let source = Source { url: &address, item: None, outlet, edition, registry };
    let mut page = read(opened, &source, config.now);
    if guessed.is_some() {
        page.flags.push("outlet_guessed".to_owned());
    }
    page
}

/// What a page is read from.
pub(super) struct Source<'a> {
    pub url: &'a str,
    pub item: Option<&'a RawItem>,
    pub outlet: Option<&'a Outlet>,
    pub edition: Option<&'a Edition>,
    pub registry: &'a Registry,
}

impl Source<'_> {
    fn calendar(&self) -> Calendar {
        let zone = self.edition.or(self.outlet.and_then(|o| o.editions.first())).map(|e| e.zone);
        Calendar { zone: zone.unwrap_or(Zone(0)), known: zone.is_some() }
    }

    /// The edition's rules, then the outlet's.
    fn rules(&self) -> impl Iterator<Item = &PageRules> {
        let edition = self.edition.map_or(&[][..], |edition| &edition.rules);
        edition.iter().chain(self.outlet.map_or(&[][..], |outlet| &outlet.rules))
    }

    fn is_own_host(&self, host: &str) -> bool {
        if let Some(outlet) = self.outlet {
            return self.registry.by_host(host).is_some_and(|(other, _)| other.id == outlet.id);
        }
        let own = url::host(self.url).unwrap_or_default();
        own == host
            || psl::domain_str(&own).is_some_and(|domain| psl::domain_str(host) == Some(domain))
    }
}

/// Reads a page; `latest` is the last believable publication time.
pub(super) fn read(opened: Opened, source: &Source<'_>, latest: Option<DateTime<Utc>>) -> Page {
    let Opened { html, tags, parsed, json_ld, charset, mut flags } = opened;
    let readings: Vec<Reading> = source.rules().map(|rules| rules::apply(rules, &parsed)).collect();

    let title = title(source, &parsed, &json_ld, &readings);
    let (candidates, best) =
        bodies(source, &parsed, &html, tags, &json_ld, &readings, &title.value, &mut flags);
    let chosen = best.and_then(|place| candidates.get(place));
    let text = Field {
        value: chosen.map(Candidate::text).unwrap_or_default(),
        origin: chosen.map(|c| c.origin.clone()).unwrap_or_default(),
    };
    let (claims, published, published_origin) =
        dates(source, &parsed, &json_ld, &readings, &title.value, latest, &mut flags);
    let chars = text.value.chars().count();
    let is_error = source.item.is_none_or(|item| item.page.is_some())
        && soft_404::is_error_page(&title.value, chars);
    if json_ld.is_paid {
        flags.push("paywall".to_owned());
    }
    if soft_404::is_teaser(json_ld.is_paid, chars) && !flags.iter().any(|f| f == "excerpt_only") {
        flags.push("excerpt_only".to_owned());
    }
    let (chosen, text) = if is_error {
        flags.push("soft_404".to_owned());
        (None, Field::default())
    } else {
        (chosen, text)
    };
    let addresses = metadata::addresses(&parsed, source.url, |host| source.is_own_host(host));
    if metadata::is_front_page(if source.url.is_empty() {
        &addresses.own.value
    } else {
        source.url
    }) {
        flags.push("front_page".to_owned());
    }
    let mut links =
        links_of(chosen.map_or(&[][..], |c| &c.blocks), source.url, &addresses.own.value);
    links.extend(addresses.original.map(|url| Link { url, text: String::new(), canonical: true }));
    let language = language_of(source, &parsed, &json_ld, &title.value, &text.value);
    if language.is_unsure {
        flags.push("language_unsure".to_owned());
    }
    Page {
        outlet: source.outlet.map(|o| o.id.clone()).unwrap_or_default(),
        edition: source.edition.map(|e| e.id.clone()).unwrap_or_default(),
        url: addresses.own,
        title,
        text,
        byline: byline(source, &parsed, &json_ld, &readings),
        language: Field { value: language.code, origin: language.origin.to_owned() },
        language_confidence: language.confidence,
        published,
        published_origin,
        claims,
        links,
        charset,
        bodies: candidates.iter().map(reading_of).collect(),
        flags,
    }
}

fn reading_of(candidate: &Candidate) -> BodyReading {
    BodyReading {
        origin: candidate.origin.clone(),
        paragraphs: candidate.blocks.len(),
        characters: candidate.chars(),
        text: candidate.text(),
    }
}

fn title(source: &Source<'_>, parsed: &Html, json_ld: &JsonLd, readings: &[Reading]) -> Field {
    let ruled = readings.iter().find(|reading| !reading.title.is_empty());
    let origin = ruled.map(|reading| format!("rule {}", reading.name));
    let ruled =
        ruled.zip(origin.as_deref()).map(|(reading, origin)| (origin, reading.title.as_str()));
    let announced = source.item.and_then(|item| item.title.as_deref());
    metadata::title(parsed, json_ld, ruled, announced, source.outlet, source.url)
}

fn byline(source: &Source<'_>, parsed: &Html, json_ld: &JsonLd, readings: &[Reading]) -> Field {
    let ruled = readings.iter().find(|reading| !reading.byline.is_empty());
    let origin = ruled.map(|reading| format!("rule {}", reading.name));
    let ruled =
        ruled.zip(origin.as_deref()).map(|(reading, origin)| (origin, reading.byline.as_str()));
    metadata::byline(parsed, json_ld, ruled, source.item.and_then(|item| item.author.as_deref()))
}

/// Reads the body in every way that is needed; returns all candidates and the index of the chosen.
#[expect(clippy::too_many_arguments, reason = "one call, all of them already at hand")]
fn bodies(
    source: &Source<'_>,
    parsed: &Html,
    html: &str,
    tags: usize,
    json_ld: &JsonLd,
    readings: &[Reading],
    title: &str,
    flags: &mut Vec<String>,
) -> (Vec<Candidate>, Option<usize>) {
    let mut candidates: Vec<Candidate> = Vec::new();
    if let Some(item) =
        source.item.filter(|item| feed_metadata::has_full_text(item, source.edition))
    {
        candidates.extend(
            feed_metadata::body(item, title)
                .into_iter()
                .find(|c| c.origin == feed_metadata::CONTENT),
        );
    }
    let ruled = readings.iter().map(|reading| {
        Candidate::new(format!("rule {}", reading.name), reading.body.clone(), title)
    });
    let (usable, refused): (Vec<Candidate>, Vec<Candidate>) = ruled.partition(Candidate::is_usable);
    if refused.iter().any(|candidate| !candidate.blocks.is_empty()) {
        flags.push("consent".to_owned());
    }
    candidates.extend(usable.into_iter().take(1));
    let by_rule = candidates.len();
    let in_data = Candidate::new(
        "json_ld",
        blocks::of_fragment(&paragraphs_of(&json_ld.body), |_| BTreeSet::new()),
        title,
    );
    let in_data = Some(in_data).filter(Candidate::is_usable);
    let page = blocks::blocks(parsed.root_element(), &BTreeSet::new());
    // A rule's body of full length stands; another reading only checks it.
    if candidates.first().is_none_or(|ruled| ruled.chars() < body::MIN_CHARS) {
        candidates.extend(body::general(html, tags, &page, title));
    } else if in_data.is_none() {
        candidates.extend(body::by_density(html, title));
    }
    let general = (candidates.len() > by_rule).then(|| candidates.len() - 1);
    candidates.extend(in_data);
    if candidates.is_empty()
        && let Some(item) = source.item
    {
        candidates.extend(feed_metadata::body(item, title).into_iter().next());
        if !candidates.is_empty() {
            flags.push("excerpt_only".to_owned());
        }
    }
    if candidates.is_empty() {
        let dense = Candidate::new("paragraphs", body::densest(&page), title);
        candidates.extend(Some(dense).filter(Candidate::is_usable));
    }
    let best = pick(&candidates, by_rule, general, flags);
    (candidates, best)
}

/// The rule's body unless it is a scrap of a much longer one; then the arbiter's choice; then what
/// remains. Disagreement between the rule and what the page says elsewhere is flagged.
fn pick(
    candidates: &[Candidate],
    by_rule: usize,
    general: Option<usize>,
    flags: &mut Vec<String>,
) -> Option<usize> {
    let in_data = candidates.iter().position(|c| c.origin == "json_ld");
    if by_rule == 0 {
        let general_chars = general.map_or(0, |place| candidates[place].chars());
        let longer = in_data.filter(|place| {
            general_chars < body::MIN_CHARS && candidates[*place].chars() > general_chars
        });
        return longer.or(general).or(in_data).or((!candidates.is_empty()).then_some(0));
    }
    let rule = &candidates[0];
    let Some(other) = in_data.or(general) else { return Some(0) };
    if rule.chars() < body::MIN_CHARS && candidates[other].chars() > MUCH_LONGER * rule.chars() {
        flags.push("rule_too_short".to_owned());
        return Some(other);
    }
    if overlap(rule, &candidates[other]) < AGREEMENT {
        flags.push("bodies_differ".to_owned());
    }
    Some(0)
}

/// F1 of the word bags of two bodies; characters count as words in scripts without blanks.
fn overlap(a: &Candidate, b: &Candidate) -> f64 {
    let bag = |candidate: &Candidate| {
        let mut words: Vec<String> = Vec::new();
        for block in &candidate.blocks {
            for word in block.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                if word.chars().any(|c| u32::from(c) >= 0x2e80) {
                    words.extend(word.chars().map(String::from));
                } else {
                    words.push(word.to_lowercase());
                }
            }
        }
        words.sort_unstable();
        words
    };
    let (a, b) = (bag(a), bag(b));
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    2.0 * both as f64 / (a.len() + b.len()).max(1) as f64
}

/// JSON-LD bodies are plain text with line ends, or markup.
fn paragraphs_of(text: &str) -> String {
    if text.contains("<p") || text.contains("<br") {
        text.to_owned()
    } else {
        text.replace('\n', "<br>")
    }
}

fn dates(
    source: &Source<'_>,
    parsed: &Html,
    json_ld: &JsonLd,
    readings: &[Reading],
    title: &str,
    latest: Option<DateTime<Utc>>,
    flags: &mut Vec<String>,
) -> (Vec<Claim>, Option<Published>, String) {
    let calendar = source.calendar();
    let stated: Vec<(String, String)> = readings.iter().flat_map(|r| r.published.clone()).collect();
    let mut claims = date::of_page(parsed, json_ld, &stated, calendar);
    claims
        .extend(source.item.and_then(|item| feed_metadata::claim(item, source.edition, calendar)));
    claims.extend(date::of_address(source.url, calendar));
    if claims.is_empty() {
        claims.extend(date_text::last_resort(parsed, title, calendar));
    } else if date::is_weak(&claims) {
        let earlier = date_text::beside(parsed, title, calendar)
            .filter(|stated| stated.local_date < claims[0].local_date);
        claims.splice(0..0, earlier);
    }
    let (best, found) = date::choose(&claims, latest, calendar);
    flags.extend(found);
    let origin = best.as_ref().map(|claim| claim.origin.clone()).unwrap_or_default();
    (claims, best.map(Published::from), origin)
}

/// Absolute canonical addresses of the body's links, each once, without links to the article itself.
pub(super) fn links_of(body: &[Block], base: &str, own: &str) -> Vec<Link> {
    let mut seen = BTreeSet::from([own.to_owned()]);
    let links = body.iter().flat_map(|block| &block.links).filter_map(|(href, text)| {
        let url = url::canonical(href, Some(base))?;
        seen.insert(url.clone()).then(|| Link { url, text: text.clone(), canonical: false })
    });
    links.collect()
}

fn language_of(
    source: &Source<'_>,
    parsed: &Html,
    json_ld: &JsonLd,
    title: &str,
    text: &str,
) -> Language {
    let mut declared = metadata::languages(parsed, json_ld);
    declared.extend(source.edition.map(|edition| edition.language.clone()));
    declared.extend(source.item.and_then(|item| item.language.clone()));
    let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
    language::language(title, text, &declared)
}
