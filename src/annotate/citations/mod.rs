//! Which other outlets an article names, and whether as its source or only in passing.
//!
//! All names of all outlets are found in one pass (`names`); what stands round a name decides the
//! kind (`kind`), from tables of turns of phrase per language (`phrases`) and from its place in the
//! clause (`clause`, in classes of words that `lexicon` lists). The tables of all
//! languages are used for every article: they do not collide, and the language of an article may be
//! unknown. `docs/method.md`, "Citations", has the measured precision and recall.

mod classify;
mod lexicon;
mod names;
mod phrases;
mod syntax;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Article, Citation, CitationKind, Registry};
use names::{Hit, Names};

/// Bytes of context that a citation shows on either side of the name.
const SHOWN_CONTEXT: usize = 40;

/// Fills [`Article::citations`], those of the first articles with what is `known`; linear in the length of the other
/// texts, in parallel over articles.
pub(super) fn fill(
    mut articles: Vec<Article>,
    registry: &Registry,
    known: Vec<Vec<Citation>>,
) -> Vec<Article> {
    let Some(names) = Names::new(registry) else { return articles };
    let unknown = articles.par_iter_mut().skip(known.len());
    unknown.for_each(|article| article.citations = citations(article, &names));
    for (article, citations) in articles.iter_mut().zip(known) {
        article.citations = citations;
    }
    articles
}

/// The article's citations: those of the byline first, then in the order of their place.
fn citations(article: &Article, names: &Names) -> Vec<Citation> {
    let foreign = |hit: &Hit| names.outlet(hit) != article.outlet;
    let mut citations: Vec<Citation> = Vec::new();
    for hit in names.find(&article.byline).iter().filter(|hit| foreign(hit)) {
        let outlet = names.outlet(hit);
        if citations.iter().all(|c| c.outlet != outlet) {
            citations.push(Citation {
                outlet: outlet.to_owned(),
                kind: CitationKind::Byline,
                span: 0..0,
                text: article.byline.trim().to_owned(),
            });
        }
    }
    let hits = names.find(&article.text);
    for group in classify::groups(&article.text, &hits) {
        let span = group[0].span.start..group[group.len() - 1].span.end;
        let kind = classify::of(&article.text, &span);
        for hit in group.iter().filter(|hit| foreign(hit)) {
            citations.push(Citation {
                outlet: names.outlet(hit).to_owned(),
                kind,
                span: hit.span.clone(),
                text: shown(&article.text, &hit.span),
            });
        }
    }
    citations
}

/// The name with a little context, on one line; words at its ends are whole where there are spaces.
fn shown(text: &str, span: &Range<usize>) -> String {
    let mut start = text.floor_char_boundary(span.start.saturating_sub(SHOWN_CONTEXT));
    let mut end = text.ceil_char_boundary((span.end + SHOWN_CONTEXT).min(text.len()));
    if start > 0 {
        start += text[start..span.start].find(char::is_whitespace).unwrap_or(0);
    }
    if end < text.len() {
        end = span.end + text[span.end..end].rfind(char::is_whitespace).unwrap_or(end - span.end);
    }
    text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
}
