//! The body of a page without rules: two families of extractors and an arbiter between them.
//!
//! `dom_smoothie` scores density (the readability family), `trafilatura` runs a cascade of rules.
//! Neither wins everywhere, so both read the page and `select_body` decides from their agreement.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::blocks::{self, Block, letters};
use super::candidate::{Candidate, Origin};
use super::document::Document;
use super::{page_parts, prune_markup, rules, select_body, trafilatura_body};

/// Most opening tags of a page that is given to `trafilatura`: its time grows faster than the page's
/// size (20 s for 20,000 paragraphs), the density family's does not.
const MAX_CASCADE_TAGS: usize = 12_000;
/// Where a page describes itself.
const DESCRIPTIONS: [&str; 2] =
    ["meta[property='og:description']@content", "meta[name=description i]@content"];
/// Least characters of a body, below which a longer candidate of a later rung is preferred; the
/// value is trafilatura's own minimum.
pub(super) const MIN_CHARS: usize = 250;

/// Reads the page with both families; their choice comes last. `page` are all its blocks, from which
/// lines get back the links that an extractor dropped.
pub(super) fn general(document: &Document, page: &[Block], title: &str) -> Vec<Candidate> {
    let links: BTreeMap<String, &Block> = page
        .iter()
        .filter(|block| !block.links.is_empty())
        .map(|block| (letters(&block.text), block))
        .collect();
    let candidate = |origin: Origin, blocks: Vec<Block>| {
        let linked = blocks.into_iter().map(|block| {
            let source = links.get(&letters(&block.text));
            Block { links: source.map_or(block.links, |source| source.links.clone()), ..block }
        });
        Some(Candidate::new(origin, linked.collect(), title)).filter(Candidate::is_usable)
    };
    let pruned = prune_markup::prune(&document.html);
    let density = density(&pruned).and_then(|blocks| candidate(Origin::Density, blocks));
    let expected = density.as_ref().map_or(0, Candidate::chars);
    let cascade = (document.tags <= MAX_CASCADE_TAGS)
        .then(|| trafilatura_body::read(&pruned, expected))
        .flatten()
        .and_then(|blocks| candidate(Origin::Cascade, blocks));
    let chosen = select_body::choose(density.as_ref(), cascade.as_ref())
        .map(|chosen| finished(document, page, title, chosen))
        .filter(Candidate::is_usable);
    density.into_iter().chain(cascade).chain(chosen).collect()
}

/// A body as the page's structure has it: whole, with its standfirst, without what others say.
fn finished(document: &Document, page: &[Block], title: &str, body: Candidate) -> Candidate {
    let parsed = &document.parsed;
    let descriptions: Vec<String> =
        DESCRIPTIONS.iter().filter_map(|rule| rules::first_value(parsed, rule)).collect();
    let mut blocks = page_parts::without_teasers(page, title, body.blocks);
    blocks = page_parts::with_further_parts(parsed, blocks);
    blocks = page_parts::with_standfirst(page, &descriptions, blocks);
    let foreign = page_parts::foreign_lines(parsed, title);
    blocks.retain(|block| !foreign.contains(&letters(&block.text)));
    Candidate::new(body.origin, blocks, title)
}

/// The readability family. A panic inside it counts as "nothing found".
fn density(html: &str) -> Option<Vec<Block>> {
    let content = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = dom_smoothie::Readability::new(html, None, None).ok()?;
        reader.parse().ok().map(|article| article.content.to_string())
    }));
    blocks::of_extracted(&content.ok().flatten()?)
}

/// The density family's reading alone: enough to check another body against.
pub(super) fn by_density(html: &str, title: &str) -> Option<Candidate> {
    let blocks = density(&prune_markup::prune(html))?;
    Some(Candidate::new(Origin::Density, blocks, title)).filter(Candidate::is_usable)
}

/// The last resort: the run of blocks with the most text in few links, as a plain reader would find
/// it by its length.
pub(super) fn densest(page: &[Block]) -> Vec<Block> {
    const LONG: usize = 80;
    const GAP: usize = 3;
    let is_prose = |block: &Block| {
        let linked: usize = block.links.iter().map(|(_, text)| text.chars().count()).sum();
        let chars = block.text.chars().count();
        chars >= LONG && linked * 3 < chars
    };
    let (mut best, mut best_chars) = (0..0, 0);
    let mut start = 0;
    while start < page.len() {
        if !is_prose(&page[start]) {
            start += 1;
            continue;
        }
        let (mut end, mut last) = (start + 1, start);
        while end < page.len() && end - last <= GAP {
            if is_prose(&page[end]) {
                last = end;
            }
            end += 1;
        }
        let chars = page[start..=last].iter().map(|block| block.text.chars().count()).sum();
        if chars > best_chars {
            (best, best_chars) = (start..last + 1, chars);
        }
        start = last + 1;
    }
    page[best].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::document;

    fn page() -> String {
        let paragraph = "<p>The bridge over the river was closed on Monday, the ministry said, and will \
            be open again in May, when the repairs of its northern pillar are done.</p>";
        format!(
            "<html><body><nav><a href=/a>Home</a> <a href=/b>World</a></nav><article><h1>A bridge</h1>{}\
             </article><footer>About us</footer></body></html>",
            paragraph.repeat(5)
        )
    }

    #[test]
    fn both_families_read_a_plain_page() {
        let document = document::parse(page().as_bytes(), None, "");
        let found = general(&document, &[], "A bridge");
        assert_eq!(found.len(), 3);
        for candidate in &found {
            assert!(candidate.chars() > 100, "{candidate:?}");
            assert!(!candidate.blocks.iter().any(|b| b.text.contains("About us")));
        }
    }

    #[test]
    fn the_densest_run_is_found_between_menus() {
        let menu = |text: &str| Block { text: text.into(), links: vec![("/".into(), text.into())] };
        let prose =
            Block { text: "The bridge was closed on Monday. ".repeat(5), links: Vec::new() };
        let page = vec![
            menu("Home"),
            menu("World"),
            prose.clone(),
            menu("More"),
            prose.clone(),
            menu("About"),
        ];
        assert_eq!(densest(&page).len(), 3);
        assert_eq!(densest(&[]), []);
    }
}
