//! Which other outlets an article names, and whether as its source or only in passing.
//!
//! All names of all outlets are found in one pass ([`names`]). What stands round a name decides its kind
//! ([`classify`]): turns of phrase that touch it ([`turns`]; [`unspaced`] in scripts without spaces), else the
//! order of the words in its clause ([`syntax`] over [`clause`], in the classes of [`lexicon`]). The words are those of
//! [`languages`](crate::text::languages). `docs/method.md`, "Citations", has the measured precision and recall.

mod agencies;
mod classify;
mod clause;
mod credits;
mod lexicon;
mod names;
mod syntax;
#[cfg(test)]
mod tests;
mod turns;
mod unspaced;

use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::model::{Article, Citation, CitationKind, Credit};
use names::{Mention, Names};

/// Bytes of context that a citation shows on either side of the name.
const SHOWN_CONTEXT: usize = 40;

/// The citations and the credits of every article; the citations of the first ones may be `known`. Linear in the
/// length of the texts, in parallel over articles.
pub(super) fn citations(
    corpus: &Corpus,
    known: Vec<Vec<Citation>>,
) -> (Vec<Vec<Citation>>, Vec<Vec<Credit>>) {
    let articles = corpus.articles();
    let Some(names) = Names::new(corpus.registry()) else {
        return (vec![Vec::new(); articles.len()], vec![Vec::new(); articles.len()]);
    };
    let unknown = articles.par_iter().skip(known.len());
    let found: Vec<Vec<Citation>> = unknown.map(|article| of_article(article, &names)).collect();
    let citations: Vec<Vec<Citation>> = known.into_iter().chain(found).collect();
    let credits = articles.par_iter().zip(&citations);
    let credits = credits.map(|(article, known)| credits::credits(article, known, &names));
    let credits = credits.collect();
    (citations, credits)
}

/// The article's citations: those of the byline first, then in the order of their place.
fn of_article(article: &Article, names: &Names) -> Vec<Citation> {
    let foreign = |mention: &Mention| names.outlet(mention).is_some_and(|o| o != article.outlet);
    let mut citations: Vec<Citation> = Vec::new();
    for mention in names.find(&article.byline).iter().filter(|mention| foreign(mention)) {
        let Some(outlet) = names.outlet(mention) else { continue };
        if citations.iter().all(|c| c.outlet != outlet) {
            citations.push(Citation {
                outlet: outlet.to_owned(),
                kind: CitationKind::Byline,
                span: 0..0,
                text: article.byline.trim().to_owned(),
            });
        }
    }
    let mentions = names.find(&article.text);
    for group in classify::groups(&article.text, &mentions) {
        let span = group[0].span.start..group[group.len() - 1].span.end;
        let kind = classify::of(&article.text, &span);
        for mention in group.iter().filter(|mention| foreign(mention)) {
            let Some(outlet) = names.outlet(mention) else { continue };
            citations.push(Citation {
                outlet: outlet.to_owned(),
                kind,
                span: mention.span.clone(),
                text: shown(&article.text, &mention.span),
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
