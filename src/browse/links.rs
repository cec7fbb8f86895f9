//! Where the page of each thing is, and the cells that lead there.

use super::library::{Library, at};
use super::listing::Cell;
use super::request::address;
use crate::report::{ArticleRecord, wording};

/// The address of an article.
pub(crate) fn article_at(id: &str) -> String {
    address("/article", &[("id", id)])
}

/// The address of a match.
pub(crate) fn match_at(id: &str) -> String {
    address("/match", &[("id", id)])
}

/// The address of an edge.
pub(crate) fn edge_at(id: &str) -> String {
    address("/edge", &[("id", id)])
}

/// The address of a narrative.
pub(crate) fn narrative_at(id: &str) -> String {
    address("/narrative", &[("id", id)])
}

/// The address of a chain.
pub(crate) fn chain_at(id: &str) -> String {
    address("/chain", &[("id", id)])
}

/// The address of a pair of outlets, in either order.
pub(crate) fn pair_at(a: &str, b: &str) -> String {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    address("/pair", &[("a", a), ("b", b)])
}

/// The address of an outlet.
pub(crate) fn outlet_at(id: &str) -> String {
    address("/outlet", &[("id", id)])
}

/// When an article was published, with its precision.
pub(super) fn time(article: &ArticleRecord) -> String {
    let precision = article.published.as_deref().map(|p| p.precision);
    at(article).map_or_else(String::new, |at| wording::time(at, precision))
}

/// The name of an outlet, leading to it.
pub(crate) fn outlet(library: &Library, id: &'static str) -> Cell {
    Cell::of(library.lookup.name(id)).to(outlet_at(id))
}

/// A headline, leading to its article.
pub(super) fn headline(article: &'static ArticleRecord<'static>) -> Cell {
    let title = if article.title.trim().is_empty() { "(no title)" } else { &*article.title };
    Cell::of(title).in_language(&article.language).to(article_at(&article.id))
}
