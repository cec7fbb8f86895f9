//! The body of a page without rules: two families of extractors and an arbiter between them.
//!
//! `dom_smoothie` scores density (the readability family), `trafilatura` runs a cascade of rules.
//! Neither wins everywhere, so both read the page and `arbiter` decides from their agreement.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::blocks::{self, Block};
use super::trafilatura_body::cascade;
use super::{page_furniture, prune_markup, select_body};

/// Most opening tags of a page that is given to `trafilatura`: its time grows faster than the page's
/// size (20 s for 20,000 paragraphs), the density family's does not.
const MAX_CASCADE_TAGS: usize = 12_000;
/// Least characters of a body, below which a longer candidate of a later rung is preferred; the
/// value is trafilatura's own minimum.
pub(super) const MIN_CHARS: usize = 250;

/// A body as one way of reading found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// What found it: `rule 2022`, `density`, `cascade`, `json_ld`, `paragraphs`, `feed content`.
    pub origin: String,
    pub blocks: Vec<Block>,
}

impl Candidate {
    pub(super) fn new(origin: impl Into<String>, blocks: Vec<Block>, title: &str) -> Candidate {
        Candidate { origin: origin.into(), blocks: page_furniture::without_boxes(blocks, title) }
    }

    pub(super) fn chars(&self) -> usize {
        self.blocks.iter().map(|block| block.text.chars().count()).sum()
    }

    /// Its paragraphs joined with `\n`.
    pub(super) fn text(&self) -> String {
        let lines: Vec<&str> = self.blocks.iter().map(|block| block.text.as_str()).collect();
        lines.join("\n")
    }

    /// Whether it can be an article's body at all.
    pub(super) fn is_usable(&self) -> bool {
        let has_words = |block: &Block| block.text.contains(char::is_alphanumeric);
        self.blocks.iter().any(has_words) && !page_furniture::is_notice(&self.blocks)
    }
}

/// Reads the page with both families; their choice comes last. `tags` is the number of the page's
/// opening tags, `page` all its blocks, from which lines get back the links that an extractor dropped.
pub(super) fn general(html: &str, tags: usize, page: &[Block], title: &str) -> Vec<Candidate> {
    let links: BTreeMap<String, &Block> = page
        .iter()
        .filter(|block| !block.links.is_empty())
        .map(|block| (select_body::letters(&block.text), block))
        .collect();
    let candidate = |origin: &str, blocks: Vec<Block>| {
        let linked = blocks.into_iter().map(|block| {
            let source = links.get(&select_body::letters(&block.text));
            Block { links: source.map_or(block.links, |source| source.links.clone()), ..block }
        });
        Some(Candidate::new(origin, linked.collect(), title)).filter(Candidate::is_usable)
    };
    let slim = prune_markup::slim(html);
    let density = density(&slim).and_then(|blocks| candidate("density", blocks));
    let expected = density.as_ref().map_or(0, Candidate::chars);
    let cascade = if tags <= MAX_CASCADE_TAGS { cascade(&slim, expected) } else { None };
    let cascade = cascade.and_then(|blocks| candidate("cascade", blocks));
    let chosen = select_body::choose(density.as_ref(), cascade.as_ref());
    density.into_iter().chain(cascade).chain(chosen).collect()
}

/// The readability family. A panic inside it counts as "nothing found".
fn density(html: &str) -> Option<Vec<Block>> {
    let content = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = dom_smoothie::Readability::new(html, None, None).ok()?;
        reader.parse().ok().map(|article| article.content.to_string())
    }));
    of_markup(&content.ok().flatten()?)
}

/// The density family's reading alone: enough to check another body against.
pub(super) fn by_density(html: &str, title: &str) -> Option<Candidate> {
    let blocks = density(&prune_markup::slim(html))?;
    Some(Candidate::new("density", blocks, title)).filter(Candidate::is_usable)
}

/// The blocks of what an extractor returned.
pub(super) fn of_markup(html: &str) -> Option<Vec<Block>> {
    let blocks = blocks::of_fragment(html, |_| BTreeSet::new());
    (!blocks.is_empty()).then_some(blocks)
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
        let found = general(&page(), 20, &[], "A bridge");
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
