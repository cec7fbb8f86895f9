//! A page and its announcement to the fields of an article, each by its ladder, each with its origin.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::blocks::Block;
use super::candidate::Candidate;
use super::document::{self, Document};
use super::flag::Flag;
use super::language;
use super::source::{PageContext, Source};
use super::types::{BodyReading, ExtractConfig, Field, Page};
use super::{metadata, page_bodies, page_dates, soft_404, url};
use crate::model::{Link, Published, Registry};

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
    let document = document::parse(body, content_type, url);
    // A saved page mostly says itself where it is from, and so which outlet's rules apply.
    let address = if url.is_empty() { document.own_address() } else { url.to_owned() };
    let host = url::host(&address).unwrap_or_default();
    let named = registry.by_address(&host, &url::path(&address));
    let guessed = if address.is_empty() { document.outlet_by_links(registry) } else { None };
    let (outlet, edition) = named.or(guessed).map_or((None, None), |(o, e)| (Some(o), e));
    let source = Source { url: &address, item: None, outlet, edition, registry };
    let mut page = read(&document, &source, config.now);
    if guessed.is_some() {
        page.flags.push(Flag::OutletGuessed);
    }
    page
}

/// Reads a page; `latest` is the last believable publication time.
pub(super) fn read(
    document: &Document,
    source: &Source<'_>,
    latest: Option<DateTime<Utc>>,
) -> Page {
    let context = PageContext::new(source, document);
    let mut flags = document.flags.clone();
    let bodies = page_bodies::read(&context, &mut flags);
    let dates = page_dates::read(&context, latest, &mut flags);
    let addresses =
        metadata::addresses(&document.parsed, source.url, |host| source.is_own_host(host));
    let own = if source.url.is_empty() { &addresses.own.value } else { source.url };
    let is_article = judge(&context, bodies.chosen(), own, &mut flags);
    let excerpt = (!is_article).then(|| page_bodies::excerpt(&context, &mut flags)).flatten();
    let chosen = if is_article { bodies.chosen() } else { excerpt.as_ref() };
    let text = chosen.map_or_else(Field::default, |body| Field {
        value: body.text(),
        origin: body.origin.to_string(),
    });
    let blocks = chosen.map_or(&[][..], |body| &body.blocks);
    let mut links = links_of(blocks, source.url, &addresses.own.value);
    links.extend(addresses.original.map(|url| Link { url, text: String::new(), canonical: true }));
    let declared = context.declared_languages();
    let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
    let language = language::language(&context.title.value, &text.value, &declared);
    if language.is_unsure {
        flags.push(Flag::LanguageUnsure);
    }
    Page {
        outlet: source.outlet.map(|outlet| outlet.id.clone()).unwrap_or_default(),
        edition: source.edition.map(|edition| edition.id.clone()).unwrap_or_default(),
        url: addresses.own,
        text,
        byline: context.byline(),
        title: context.title,
        language: Field { value: language.code, origin: language.origin.to_owned() },
        language_confidence: language.confidence,
        published_origin: dates.published.as_ref().map_or_else(String::new, |c| c.origin.clone()),
        published: dates.published.map(Published::from),
        claims: dates.claims,
        links,
        charset: document.charset.clone(),
        bodies: bodies.candidates.iter().map(reading_of).collect(),
        flags,
    }
}

/// What the page is besides its body: paid, a teaser, an error page, a request to log in, the site's first
/// page. Returns whether the body is an article's.
fn judge(
    context: &PageContext<'_>,
    body: Option<&Candidate>,
    address: &str,
    flags: &mut Vec<Flag>,
) -> bool {
    let text = body.map(Candidate::text).unwrap_or_default();
    let chars = text.chars().count();
    let is_paid = context.document.json_ld.is_paid;
    if is_paid {
        flags.push(Flag::Paywall);
    }
    if soft_404::is_teaser(is_paid, chars) && !flags.contains(&Flag::ExcerptOnly) {
        flags.push(Flag::ExcerptOnly);
    }
    let has_page = context.source.item.is_none_or(|item| item.page.is_some());
    let is_error = has_page && soft_404::is_error_page(&context.title.value, chars);
    if is_error {
        flags.push(Flag::Soft404);
    }
    let is_stub = has_page && soft_404::is_stub(&text);
    if is_stub {
        flags.push(Flag::Stub);
    }
    let is_front_page = metadata::is_front_page(address);
    if is_front_page {
        flags.push(Flag::FrontPage);
    }
    let is_list = is_front_page
        && (was_sent_there(context) || body.is_some_and(|body| soft_404::is_list(&body.blocks)));
    !(is_error || is_stub || is_list)
}

/// Whether an article's address led to the page at hand, the site's first one: a deleted article's does.
fn was_sent_there(context: &PageContext<'_>) -> bool {
    context.source.item.is_some_and(|item| {
        item.page.is_some() && !item.url.is_empty() && !metadata::is_front_page(&item.url)
    })
}

fn reading_of(candidate: &Candidate) -> BodyReading {
    BodyReading {
        origin: candidate.origin.to_string(),
        paragraphs: candidate.blocks.len(),
        characters: candidate.chars(),
        text: candidate.text(),
    }
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
