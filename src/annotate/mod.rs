//! Notes about the articles of a corpus: citations, standing text, suspicious clocks. Pure.

mod boilerplate;
mod citations;
mod clock_suspicion;

use crate::corpus::Calendar;
use crate::model::{Article, Citation, ClockSuspicion, Registry};

/// Fills [`Article::citations`] from the names that the registry gives to outlets; those of the first articles may
/// be `known`.
pub fn with_citations(
    articles: Vec<Article>,
    registry: &Registry,
    known: Vec<Vec<Citation>>,
) -> Vec<Article> {
    citations::fill(articles, registry, known)
}

/// Fills [`Article::boilerplate`] of the articles from `from` on with the sentences and boxes that recur in one
/// outlet's articles up to their day. Cost: linear in the number of lines of these articles and the horizon before
/// them; two looks at the head, the tail and the short lines of each.
pub fn with_boilerplate(
    mut articles: Vec<Article>,
    calendar: &Calendar,
    from: usize,
) -> Vec<Article> {
    boilerplate::fill(&mut articles, calendar, from);
    articles
}

/// Clears [`Article::boilerplate`]: only what compares articles needs it.
pub fn without_boilerplate(mut articles: Vec<Article>) -> Vec<Article> {
    for article in &mut articles {
        article.boilerplate = Vec::new();
    }
    articles
}

/// Returns the outlets whose stated times look as if they were in another zone than they say. Cost:
/// linear in the articles, quadratic in the outlets that share a headline.
pub fn suspect_clocks(articles: &[Article]) -> Vec<ClockSuspicion> {
    clock_suspicion::suspect(articles)
}
