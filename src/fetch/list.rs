//! Links to articles on an HTML list page, each with the time that stands beside it.

use scraper::{ElementRef, Html, Selector};

use super::feed_entry::{Listed, Listing, Unlisted};
use crate::model::Source;
use crate::text::charset;

/// Words that a link's text needs to be taken for a headline where no selector is configured:
/// navigation is shorter.
const HEADLINE_WORDS: usize = 4;
/// Characters that stand for [`HEADLINE_WORDS`] where text has no blanks.
const HEADLINE_CHARS: usize = 20;
/// Ancestors of a link in which its time is looked for.
const TIME_ANCESTORS: usize = 6;
/// Deepest nesting that is parsed: HTML parsers are quadratic in it, and real pages stay below 100.
const MAX_DEPTH: usize = 512;
/// Attributes of one tag; parsers are quadratic in these, too.
const MAX_ATTRIBUTES: usize = 1_024;

/// Reads a list page by the source's selectors.
pub(super) fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    source: &Source,
) -> Result<Listing, Unlisted> {
    let text = charset::decode(bytes, content_type, "").text;
    if !text.contains('<') {
        return Err(Unlisted::Other(String::from("no HTML")));
    }
    if is_hostile(&text) {
        return Err(Unlisted::Unreadable(String::from("nested too deeply to be a page")));
    }
    let css = source.links.as_deref().unwrap_or("a[href]");
    let links = selector(css)?;
    let time = source.link_time.as_deref().map(TimeRule::new).transpose()?;
    let html = Html::parse_document(&text);
    let mut listing = Listing {
        language: html.root_element().value().attr("lang").map(str::to_owned),
        ..Listing::default()
    };
    for link in html.select(&links) {
        let Some(link) = anchor(link) else { continue };
        let title = title(link);
        if source.links.is_none() && !is_headline(&title) {
            continue;
        }
        listing.items.push(Listed {
            url: link.value().attr("href").unwrap_or_default().to_owned(),
            published: time.as_ref().and_then(|rule| rule.find(link, &links)),
            title: Some(title),
            ..Listed::default()
        });
    }
    merge(&mut listing.items);
    if listing.items.is_empty() && source.links.is_some() {
        listing.problems.push(format!("`{css}` selects no link: the page's markup has changed"));
    }
    Ok(listing)
}

/// A picture and a headline often link to the same article: the first of them gets the title and
/// the time that only the other has.
fn merge(items: &mut Vec<Listed>) {
    let mut merged: Vec<Listed> = Vec::with_capacity(items.len());
    let mut places = std::collections::BTreeMap::new();
    for item in items.drain(..) {
        let place = *places.entry(item.url.clone()).or_insert(merged.len());
        match merged.get_mut(place) {
            None => merged.push(item),
            Some(first) => {
                let longer = |a: &Option<String>, b: &Option<String>| {
                    let length = |t: &Option<String>| t.as_deref().map_or(0, str::len);
                    length(b) > length(a)
                };
                if longer(&first.title, &item.title) {
                    first.title = item.title;
                }
                if first.published.is_none() {
                    first.published = item.published;
                }
            }
        }
    }
    *items = merged;
}

/// The selected element if it is a link, else the first link in it.
fn anchor(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    if element.value().name() == "a" {
        return Some(element);
    }
    element.descendent_elements().find(|child| child.value().name() == "a")
}

fn title(link: ElementRef<'_>) -> String {
    let text: String = link.text().collect::<Vec<_>>().join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { link.value().attr("title").unwrap_or_default().to_owned() } else { text }
}

fn is_headline(title: &str) -> bool {
    title.split_whitespace().count() >= HEADLINE_WORDS || title.chars().count() >= HEADLINE_CHARS
}

/// `css@attribute`: where the time of a link is.
struct TimeRule {
    css: Selector,
    attribute: Option<String>,
}

impl TimeRule {
    fn new(rule: &str) -> Result<TimeRule, Unlisted> {
        let (css, attribute) = match rule.rsplit_once('@') {
            Some((css, attribute)) => (css, Some(attribute.trim().to_owned())),
            None => (rule, None),
        };
        Ok(TimeRule { css: selector(css)?, attribute })
    }

    /// Looks in the link itself, then in its nearest ancestors, but not beyond the one that holds
    /// another article's link.
    fn find(&self, link: ElementRef<'_>, links: &Selector) -> Option<String> {
        if self.css.matches(&link)
            && let Some(time) = self.read(link)
        {
            return Some(time);
        }
        let own = link.value().attr("href");
        let around = link.ancestors().filter_map(ElementRef::wrap).take(TIME_ANCESTORS);
        for scope in std::iter::once(link).chain(around) {
            let foreign = scope
                .select(links)
                .filter_map(anchor)
                .any(|other| other.value().attr("href") != own);
            if foreign {
                break;
            }
            if let Some(time) = scope.select(&self.css).find_map(|element| self.read(element)) {
                return Some(time);
            }
        }
        None
    }

    fn read(&self, element: ElementRef<'_>) -> Option<String> {
        let text = match &self.attribute {
            Some(attribute) => element.value().attr(attribute)?.to_owned(),
            None => element.text().collect::<Vec<_>>().join(" "),
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }
}

fn selector(css: &str) -> Result<Selector, Unlisted> {
    Selector::parse(css.trim()).map_err(|_| {
        Unlisted::Unreadable(format!("`{css}` is no CSS selector; mend it in the registry"))
    })
}

/// A linear look at the tags for what would take a parser minutes.
fn is_hostile(text: &str) -> bool {
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'<')) {
        at += found + 1;
        let length = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'>'));
        let tag = bytes.get(at..at + length.unwrap_or(0)).unwrap_or_default();
        if tag.len() > MAX_ATTRIBUTES && attributes(tag) > MAX_ATTRIBUTES {
            return true;
        }
        match tag.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() && tag.last() != Some(&b'/') && !is_void(tag) => {
                depth += 1;
            }
            _ => {}
        }
        if depth > MAX_DEPTH * 8 {
            return true; // unclosed <p> and <li> count here, so there is room for them
        }
    }
    false
}

/// Counts what may be attributes: blanks and quotation marks outside quoted values.
fn attributes(tag: &[u8]) -> usize {
    let mut quote = None;
    let mut count = 0;
    for &byte in tag {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                count += 1;
            }
            (None, b'/') => count += 1,
            (None, _) => count += usize::from(byte.is_ascii_whitespace()),
        }
    }
    count / 2
}

fn is_void(tag: &[u8]) -> bool {
    let name: &[u8] = tag.split(|b| !b.is_ascii_alphanumeric()).next().unwrap_or_default();
    [&b"img"[..], b"br", b"meta", b"link", b"input", b"hr", b"source", b"p", b"li", b"td", b"tr"]
        .iter()
        .any(|void| name.eq_ignore_ascii_case(void))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SourceKind, Zone};

    fn source(links: Option<&str>, link_time: Option<&str>) -> Source {
        Source {
            clock: Some(Zone(0)),
            links: links.map(str::to_owned),
            link_time: link_time.map(str::to_owned),
            ..Source::new(SourceKind::List, "https://cgtn.example/")
        }
    }

    #[track_caller]
    fn check(html: &str, source: &Source, expected: &[(&str, &str, Option<&str>)]) {
        let listing = parse(html.as_bytes(), Some("text/html; charset=utf-8"), source).unwrap();
        let found: Vec<_> = listing
            .items
            .iter()
            .map(|i| (i.url.as_str(), i.title.as_deref().unwrap_or(""), i.published.as_deref()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_time_is_an_attribute_of_the_link() {
        let html = "<h3><a href='/a' data-time='1548036225000'> One
             story </a></h3><h3><a href='/b'>Two</a></h3><a href='/nav'>Home</a>";
        check(
            html,
            &source(Some("h3 a"), Some("a@data-time")),
            &[("/a", "One story", Some("1548036225000")), ("/b", "Two", None)],
        );
    }

    #[test]
    fn the_time_stands_beside_the_link() {
        let html = "<div class=list>
             <div class=row><a class=t href=/a>One</a><span class=s>Opinion | Mar 20, 2026 12:04 AM</span></div>
             <div class=row><a class=t href=/b>Two</a></div></div>";
        check(
            html,
            &source(Some("a.t"), Some(".s")),
            &[("/a", "One", Some("Opinion | Mar 20, 2026 12:04 AM")), ("/b", "Two", None)],
        );
    }

    #[test]
    fn picture_and_headline_are_one_item() {
        let html =
            "<div><a class=t href=/a><img src=x></a><a class=t href=/a>The headline</a></div>";
        check(html, &source(Some("a.t"), None), &[("/a", "The headline", None)]);
    }

    #[test]
    fn without_selector_headlines_are_told_by_their_length() {
        let html = "<a href=/x>World</a><a href=/a>Ministers meet in the capital</a>
            <a href=/c>外交部发言人在例行记者会上回答了记者的有关提问</a>";
        check(
            html,
            &source(None, None),
            &[
                ("/a", "Ministers meet in the capital", None),
                ("/c", "外交部发言人在例行记者会上回答了记者的有关提问", None),
            ],
        );
    }

    #[test]
    fn a_selector_that_finds_nothing_is_named() {
        let listing = parse(b"<p>x</p>", None, &source(Some("a.gone"), None)).unwrap();
        assert!(listing.problems[0].contains("a.gone"));
        assert!(parse(b"<p>x</p>", None, &source(Some("a["), None)).is_err());
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_parsed() {
        let deep = "<div>".repeat(50_000);
        assert!(parse(deep.as_bytes(), None, &source(None, None)).is_err());
        let attributes: Vec<String> = (0..50_000).map(|n| format!("a{n}")).collect();
        let wide = format!("<div {}>", attributes.join(" "));
        assert!(parse(wide.as_bytes(), None, &source(None, None)).is_err());
        let data = format!(
            "<div data-json='{}'><a href=/x>one two three four</a></div>",
            "{\"a b\": 1} ".repeat(50_000)
        );
        assert_eq!(parse(data.as_bytes(), None, &source(None, None)).unwrap().items.len(), 1);
    }
}
