//! The bytes of a page, decoded, made safe and parsed once; and whose page it is, if nobody said.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use super::flag::Flag;
use super::{complexity_limits, jsonld, metadata, soft_404, url};
use crate::model::{Edition, Outlet, Registry};
use crate::text::charset;

/// Largest page that is read, in bytes: a long article with its menus and scripts has a tenth.
const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;
/// Fewest absolute links into an outlet's hosts by which a page without an address is the outlet's.
/// A guess: a page of another site cites an outlet a few times, its own menu has dozens.
const MIN_OWN_LINKS: usize = 8;

/// A page that was parsed.
pub(super) struct Document {
    /// The markup that was parsed.
    pub html: String,
    /// Its opening tags.
    pub tags: usize,
    pub parsed: Html,
    pub json_ld: jsonld::JsonLd,
    /// Encoding and what told it.
    pub charset: String,
    /// What the reader should know of the markup.
    pub flags: Vec<Flag>,
}

/// Decodes and parses a page. `address` is a hint for its encoding; it may be empty.
pub(super) fn parse(body: &[u8], content_type: Option<&str>, address: &str) -> Document {
    let is_binary = soft_404::is_binary(body);
    let bytes = if is_binary { &[][..] } else { body.get(..MAX_PAGE_BYTES).unwrap_or(body) };
    let decoded = charset::decode(bytes, content_type, &url::host(address).unwrap_or_default());
    let safe = complexity_limits::limit(&decoded.text);
    let flags = [
        (Flag::CharsetErrors, decoded.lossy),
        (Flag::TooComplex, safe.too_complex),
        (Flag::NotHtml, is_binary),
        (Flag::Truncated, safe.truncated || !is_binary && bytes.len() < body.len()),
    ];
    let parsed = Html::parse_document(&safe.html);
    Document {
        json_ld: jsonld::read(&parsed, address),
        html: safe.html,
        tags: safe.tags,
        parsed,
        charset: decoded.origin,
        flags: flags.iter().filter(|flag| flag.1).map(|flag| flag.0).collect(),
    }
}

impl Document {
    /// The address that the page itself names as its own; empty if none.
    pub(super) fn own_address(&self) -> String {
        metadata::addresses(&self.parsed, "", |_| true).own.value
    }

    /// The outlet into whose hosts most of the page's absolute links lead, and the edition of the
    /// host that has most of these. For saved pages without an address.
    pub(super) fn outlet_by_links<'a>(
        &self,
        registry: &'a Registry,
    ) -> Option<(&'a Outlet, Option<&'a Edition>)> {
        let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
        for link in self.parsed.select(&Selector::parse("a[href], link[href]").ok()?) {
            let address = link.attr("href").and_then(|href| url::canonical(href, None));
            if let Some(host) = address.as_deref().and_then(url::host) {
                *hosts.entry(host).or_default() += 1;
            }
        }
        let all: usize = hosts.values().sum();
        let known: Vec<(&str, usize, &Outlet, Option<&Edition>)> = hosts
            .iter()
            .filter_map(|(host, count)| {
                let (outlet, edition) = registry.by_host(host)?;
                Some((host.as_str(), *count, outlet, edition))
            })
            .collect();
        let links_into = |id: &str| -> usize {
            known.iter().filter(|(_, _, outlet, _)| outlet.id == id).map(|known| known.1).sum()
        };
        let (_, _, outlet, edition) = known.iter().max_by_key(|(host, count, outlet, _)| {
            (links_into(&outlet.id), *count, std::cmp::Reverse(*host))
        })?;
        let own = links_into(&outlet.id);
        (own >= MIN_OWN_LINKS && own * 2 > all).then_some((*outlet, *edition))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets;

    fn outlet_of(page: &str) -> Option<String> {
        let registry = outlets::embedded();
        let document = parse(page.as_bytes(), None, "");
        document.outlet_by_links(&registry).map(|(outlet, _)| outlet.id.clone())
    }

    #[test]
    fn a_label_under_which_the_page_is_unreadable_is_not_believed() {
        let page = "<title>外交部发言人在例行记者会上回答提问，双方同意继续对话</title>";
        let bytes = encoding_rs::GB18030.encode(page).0.into_owned();
        let document = parse(&bytes, Some("text/html; charset=shift_jis"), "");
        assert_eq!((document.html.as_str(), document.flags), (page, Vec::new()));
    }

    #[test]
    fn a_page_is_the_outlets_into_which_its_menu_leads() {
        let menu = "<a href='https://news.cgtn.com/a'>x</a>".repeat(10);
        let foreign = "<a href='https://other.example/a'>x</a>";
        assert_eq!(outlet_of(&menu).as_deref(), Some("cgtn"));
        assert_eq!(outlet_of(&format!("{menu}{}", foreign.repeat(9))).as_deref(), Some("cgtn"));
        assert_eq!(outlet_of(&format!("{menu}{}", foreign.repeat(10))), None);
        assert_eq!(outlet_of("<a href='https://www.cgtn.com/a'>x</a>"), None);
        assert_eq!(outlet_of("<a href='/a'>x</a>"), None);
    }

    /// What the parsed page is made of: elements, greatest depth, most attributes of one element, and
    /// all steps from elements to the root, which is what extractors walk.
    fn work(document: &Document) -> [usize; 4] {
        let elements = document.parsed.tree.nodes().filter(|node| node.value().is_element());
        elements.fold([0; 4], |[count, depth, attributes, steps], node| {
            let own = node.ancestors().count();
            let attrs = node.value().as_element().map_or(0, |element| element.attrs().count());
            [count + 1, depth.max(own), attributes.max(attrs), steps + own]
        })
    }

    #[test]
    fn no_page_makes_more_than_a_bounded_amount_of_work() {
        // Stated with room for what the parser adds by itself (`tbody`, formatting that is redocument).
        const MOST: [usize; 4] = [60_000, 1_100, 512, 3_000_000];
        const MOST_BYTES: usize = 2 << 20;
        let text = "<p>The bridge was closed on Monday, the ministry said.</p>";
        let attributes = (0..200_000).fold(String::new(), |tag, i| tag + &format!(" a{i}=1"));
        let fonts = (0..20_000).fold(String::new(), |all, i| all + &format!("<font a{i}=1>"));
        for (shape, page) in [
            ("nested div", "<div>".repeat(50_000)),
            ("nested tables", "<table><tr><td>".repeat(5_000)),
            ("attributes of one tag", format!("<div{attributes}>{text}")),
            ("many paragraphs", text.repeat(20_000)),
            ("nested b", "<b>".repeat(50_000)),
            ("redocument formatting", format!("{fonts}{}", text.repeat(1_000))),
            ("many paragraphs, deep", "<div>".repeat(480) + &"<p>x</p>".repeat(10_000)),
            ("nested lists", "<ul><li>".repeat(20_000)),
            ("select", "<select><option>".repeat(20_000)),
            ("svg", "<svg><g>".repeat(10_000)),
            ("stray signs", "<".repeat(1_000_000)),
            ("entities", "&amp;".repeat(1_000_000)),
            ("one word", "a".repeat(8_000_000)),
        ] {
            let document = parse(page.as_bytes(), None, "");
            let done = work(&document);
            assert!(document.html.len() <= MOST_BYTES, "{shape}: {} bytes", document.html.len());
            assert!(done.iter().zip(MOST).all(|(done, most)| *done <= most), "{shape}: {done:?}");
        }
    }

    #[test]
    fn long_pages_are_cut_and_flagged() {
        let document = parse(&vec![b'a'; MAX_PAGE_BYTES + 1], None, "");
        assert_eq!(document.flags, [Flag::Truncated]);
    }
}
