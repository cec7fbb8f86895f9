//! Which other outlets an article names, and whether as its source or only in passing.
//!
//! All names of all outlets are found in one pass ([`names`]). What stands round a name decides its kind
//! ([`classify`]): turns of phrase that touch it ([`turns`]; [`unspaced`] in scripts without spaces), else the
//! order of the words in its clause ([`syntax`] over [`clause`], in the classes of [`lexicon`]). The words are those of
//! [`languages`](crate::text::languages). `docs/method.md`, "Citations", has the measured precision and recall.

mod agencies;
mod classify;
mod clause;
mod credit_names;
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
use crate::model::{Article, Citation, CitationKind, Naming, Registry};
use names::{Mention, Names};

/// Bytes of context that a citation shows on either side of the name.
const SHOWN_CONTEXT: usize = 40;

/// Whom every article names; for the first ones it may be `known`. Linear in the length of the texts, in parallel over
/// articles.
pub(super) fn named(corpus: &Corpus, known: Vec<Naming>) -> Vec<Naming> {
    let articles = corpus.articles();
    let namer = Namer::new(corpus.registry());
    let unknown = articles.par_iter().skip(known.len());
    let found: Vec<Naming> = unknown.map(|article| namer.naming(article)).collect();
    known.into_iter().chain(found).collect()
}

/// Finds whom an article names, among the outlets of a registry and beyond them.
pub struct Namer(Option<Names>);

impl Namer {
    /// Reads the names of all outlets once.
    pub fn new(registry: &Registry) -> Namer {
        Namer(Names::new(registry))
    }

    /// Whom the article names. Linear in its length.
    pub fn naming(&self, article: &Article) -> Naming {
        self.0.as_ref().map_or_else(Naming::default, |names| of_article(article, names))
    }
}

impl std::fmt::Debug for Namer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Namer").finish_non_exhaustive()
    }
}

/// Whom the article names.
fn of_article(article: &Article, names: &Names) -> Naming {
    let mentions = names.find(&article.text);
    let citations = citations(article, &mentions, names);
    let credits = credits::credits(article, &citations, &mentions, names);
    Naming { citations, credits }
}

/// The article's citations: those of the byline first, then in the order of their place. `mentions` are the names in
/// its text.
fn citations(article: &Article, mentions: &[Mention], names: &Names) -> Vec<Citation> {
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
    for group in classify::groups(&article.text, mentions) {
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
