//! The cascade family (`trafilatura`), asked for the body alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::blocks::{self, Block};
use super::candidate::chars;

/// Characters below which either family may well have missed the article.
const ARTICLE_CHARS: usize = 1_000;

/// Reads a page in the precise mode, because boilerplate makes false matches. If the density family
/// found `expected` characters, too few for an article, and the cascade's rules find no more, then its
/// balanced mode is asked with the crate's own fallbacks. These cost several times what the
/// rules do; where there is an article to compare with they change nothing.
pub(super) fn read(page: &str, expected: usize) -> Option<Vec<Block>> {
    let by_rules = extract(page, ExtractionFocus::FavorPrecision, false);
    let is_article = by_rules.as_ref().is_some_and(|blocks| chars(blocks) >= ARTICLE_CHARS);
    if expected >= ARTICLE_CHARS || is_article {
        return by_rules;
    }
    extract(page, ExtractionFocus::Balanced, true)
}

/// One run of the crate. A panic inside it counts as "nothing found".
fn extract(page: &str, focus: ExtractionFocus, fallback: bool) -> Option<Vec<Block>> {
    let options = Options::default()
        .with_fallback(fallback)
        .with_focus(focus)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    let content = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(page, &options).ok()));
    blocks::of_extracted(&content.ok().flatten()?.content_html)
}
