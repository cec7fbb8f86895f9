//! The cascade family (`trafilatura`), asked for the body alone.
//!
//! The crate always reads a page's author, categories, tags and license too, by some twenty walks over
//! its tree and as many regular expressions: up to half of its work. There is no switch against it,
//! but it stops at the first hit: so the page is given with hits at the start of its body, which
//! the crate is told to cut out before it looks for the article.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::blocks::Block;
use super::body;

/// Characters below which either family may well have missed the article.
const ARTICLE_CHARS: usize = 1_000;

/// What the crate looks for besides the article: an author (an address is none, which it finds out
/// before it cleans names), a license without an address, title, site, address, tag and section of the page.
const ANSWERS: &str = "<div id=fimi-answers><p class=author>http://a.example</p>\
    <a rel=license href>-</a><meta property=og:title content=-><meta property=og:site_name content=A>\
    <meta property=og:url content=http://a.example/><meta property=og:article:tag content=A>\
    <script type=application/ld+json>{\"@type\":\"Article\",\"articleSection\":\"A\"}</script></div>";
/// Selects [`ANSWERS`].
const ANSWERS_SELECTOR: &str = "#fimi-answers";

/// Reads a page in the precise mode, because boilerplate makes false matches. If the density family
/// found `expected` characters, too few for an article, and the cascade's rules find no more, then its
/// balanced mode is asked with the crate's own fallbacks. These cost several times what the
/// rules do; where there is an article to compare with they change nothing.
pub(super) fn cascade(page: &str, expected: usize) -> Option<Vec<Block>> {
    let page = answered(page);
    let run = |focus, fallback| {
        let options = Options::default()
            .with_fallback(fallback)
            .with_focus(focus)
            .with_exclude_comments(true)
            .with_prune_selector(ANSWERS_SELECTOR)
            .with_html_date_mode(HtmlDateMode::Disabled);
        let content = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&page, &options).ok()));
        body::of_markup(&content.ok().flatten()?.content_html)
    };
    let chars = |blocks: &Vec<Block>| -> usize {
        blocks.iter().map(|block| block.text.chars().count()).sum()
    };
    let is_article = |blocks: &Vec<Block>| chars(blocks) >= ARTICLE_CHARS;
    let by_rules = run(ExtractionFocus::FavorPrecision, false);
    if expected >= ARTICLE_CHARS || by_rules.as_ref().is_some_and(is_article) {
        return by_rules;
    }
    run(ExtractionFocus::Balanced, true)
}

/// Puts [`ANSWERS`] behind the page's `body` tag; a page without one stays as it is, and takes longer.
fn answered(page: &str) -> String {
    let is_body = |place: &usize| {
        page.get(place + 1..place + 5).is_some_and(|name| name.eq_ignore_ascii_case("body"))
    };
    let tag = page.match_indices('<').map(|(place, _)| place).find(is_body);
    let end = tag.and_then(|tag| page[tag..].find('>').map(|length| tag + length + 1));
    let (before, after) = page.split_at(end.unwrap_or(0));
    [before, if end.is_some() { ANSWERS } else { "" }, after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_are_no_part_of_the_article() {
        let paragraph = "<p>The bridge over the river was closed on Monday, the ministry said, and \
            will be open again in May, when the repairs of its pillar are done.</p>";
        for page in [
            format!("<html><body class=a><article>{}</article></body>", paragraph.repeat(9)),
            format!("<html><body>{paragraph}"),
            format!("<article>{}</article>", paragraph.repeat(9)),
        ] {
            let blocks = cascade(&page, 0).unwrap();
            assert!(blocks.iter().all(|block| block.text.starts_with("The bridge")), "{blocks:?}");
        }
    }

    #[test]
    fn the_answers_stand_first_in_the_body() {
        assert_eq!(answered("<html><BODY id=a>b"), format!("<html><BODY id=a>{ANSWERS}b"));
        assert_eq!(answered("<p>a</p>"), "<p>a</p>");
    }
}
