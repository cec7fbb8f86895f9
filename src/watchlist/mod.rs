//! The watchlist: sentences that resemble the claims of narratives which somebody has described.
//!
//! A codebook ([`Codebook`]: built in, or a file of the user's) gives for each narrative its claims, what is said against
//! it, and terms by language. An article is tagged if a sentence **has a term and resembles a claim**: both, always.
//! A tag is a pointer to a sentence for a reader. It does not say that the sentence is false, nor that the outlet
//! believes it, nor where it came from: who took it from whom is left to the edges.
//!
//! How like a claim a sentence is, is told by a [`Resemblance`]. [`Words`] needs no model: a claim lists in each language
//! what a sentence must speak of, and the score is the share that it does speak of.

mod codebook;
mod pattern;
mod spread;
mod words;

use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::model::{Article, Stance, Tag, Watchlist};
use crate::text;
pub use codebook::{Codebook, CodebookError, Mistake};
use pattern::Terms;
pub use spread::spread;
pub use words::Words;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct WatchlistConfig {
    /// What is watched for.
    pub codebook: Codebook,
}

/// A sentence of an article, or its headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'t> {
    /// Index of the article.
    pub article: usize,
    /// The language of the article (ISO 639-1).
    pub language: &'t str,
    /// What it says.
    pub text: &'t str,
}

/// A claim that a sentence resembles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// Side.
    pub stance: Stance,
    /// Index of the claim among those of its stance.
    pub claim: usize,
    /// How like, `0..=1`.
    pub score: f64,
}

/// Tells whether a sentence resembles a claim. A sentence model takes the place of [`Words`] here.
pub trait Resemblance: Sync {
    /// What is measured, as reports name it: a noun phrase.
    fn measure(&self) -> &'static str;

    /// The claims of these narratives (by their places in the codebook) that a sentence resembles enough: of each narrative
    /// at most one of each stance, the best one. Must not depend on other sentences.
    fn claims(&self, sentence: Sentence<'_>, narratives: &[usize]) -> Vec<(usize, Likeness)>;
}

/// Returns the watchlist with the tags of the [reported](Corpus::reported) articles, without [`Watchlist::spread`]. Articles in parallel; the result does not depend on
/// the number of threads. Cost: about that of finding the words of all texts; likeness is asked only where a term stands.
pub fn tag(corpus: &Corpus, config: &WatchlistConfig, resemblance: &dyn Resemblance) -> Watchlist {
    let narratives = config.codebook.narratives();
    if narratives.is_empty() {
        return Watchlist::default();
    }
    let terms = Terms::of(narratives, corpus.articles().iter().map(|a| a.language.as_str()));
    let tags: Vec<Vec<Tag>> = corpus
        .reported()
        .into_par_iter()
        .map(|place| tags_of(place, &corpus.articles()[place], &terms, resemblance))
        .collect();
    Watchlist {
        narratives: narratives.to_vec(),
        measure: resemblance.measure(),
        tags: tags.into_iter().flatten().collect(),
        spread: Vec::new(),
    }
}

/// The tags of one article, by (narrative, stance).
fn tags_of(
    place: usize,
    article: &Article,
    terms: &Terms,
    resemblance: &dyn Resemblance,
) -> Vec<Tag> {
    let language = article.language.as_str();
    let in_title = terms.of_text(&article.title, language);
    let in_text = terms.of_text(&article.text, language);
    if in_title.is_empty() && in_text.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Tag> = Vec::new();
    let mut ask = |written: &str, span: Option<Range<usize>>, narratives: &[usize]| {
        let sentence = Sentence { article: place, language, text: written };
        for (narrative, Likeness { stance, claim, score }) in
            resemblance.claims(sentence, narratives)
        {
            let is_same = |tag: &&mut Tag| (tag.narrative, tag.stance) == (narrative, stance);
            let tag = Tag {
                article: place,
                narrative,
                stance,
                claim,
                score,
                span: span.clone(),
                attributed: false,
            };
            match found.iter_mut().find(is_same) {
                Some(other) if other.score >= score => {}
                Some(other) => *other = tag,
                None => found.push(tag),
            }
        }
    };
    let mut titled: Vec<usize> = in_title.iter().map(|(narrative, _)| *narrative).collect();
    titled.sort_unstable();
    titled.dedup();
    ask(&article.title, None, &titled);
    let mut rest = in_text.as_slice();
    for span in text::sentences(&article.text) {
        let within = rest.partition_point(|(_, at)| *at < span.end);
        let (here, after) = rest.split_at(within);
        rest = after;
        let here = here.iter().filter(|(_, at)| *at >= span.start).map(|(narrative, _)| *narrative);
        // What the headline is about, the sentences below it are about too.
        let mut narratives: Vec<usize> = here.chain(titled.iter().copied()).collect();
        narratives.sort_unstable();
        narratives.dedup();
        if !narratives.is_empty() {
            let written = article.text.get(span.clone()).unwrap_or_default();
            ask(written, Some(span), &narratives);
        }
    }
    for tag in &mut found {
        let written =
            tag.span.clone().map_or(Some(article.title.as_str()), |span| article.text.get(span));
        tag.attributed = written.is_some_and(text::attributes);
    }
    found.sort_by_key(|tag| (tag.narrative, tag.stance));
    found
}

#[cfg(test)]
mod tests;
