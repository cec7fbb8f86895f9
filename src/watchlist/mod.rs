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
mod index;
mod pattern;
mod spread;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::model::{Article, Stance, Tag, WatchedNarrative, Watchlist};
use crate::text;
pub use codebook::{Codebook, CodebookError, Mistake};
pub use index::Vocabulary;
use index::{Index, Reading, Stretch};
use pattern::Pattern;
pub use spread::spread;
pub use words::Words;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct WatchlistConfig {
    /// What is watched for.
    pub codebook: Codebook,
}

/// A sentence of an article, or its headline.
#[derive(Clone, Copy)]
pub struct Sentence<'t> {
    /// Index of the article.
    pub article: usize,
    /// The language of the article (ISO 639-1).
    pub language: &'t str,
    /// What it says.
    pub text: &'t str,
    /// Its words, as the whole text was cut.
    words: Stretch<'t>,
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

/// Returns the watchlist with the tags of the [reported](Corpus::reported) articles, whose words are the `vocabulary`,
/// without [`Watchlist::spread`]. Articles in parallel; the result does not depend on the number of threads. Cost: about
/// that of finding the words of all texts; likeness is asked only where a term stands.
pub fn tag(
    corpus: &Corpus,
    config: &WatchlistConfig,
    vocabulary: &Vocabulary,
    resemblance: &dyn Resemblance,
) -> Watchlist {
    let narratives = config.codebook.narratives();
    let terms = Terms::new(narratives, vocabulary);
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

/// The terms of all narratives, by language.
struct Terms(BTreeMap<String, Index>);

impl Terms {
    fn new(narratives: &[WatchedNarrative], vocabulary: &Vocabulary) -> Terms {
        let of = |language: &str| {
            let of_narrative = |(place, narrative): (usize, &WatchedNarrative)| {
                let terms = narrative.terms.get(language).into_iter().flatten();
                let read = terms.filter_map(|term| Pattern::read(term, language));
                read.map(|pattern| (place, pattern)).collect::<Vec<_>>()
            };
            let patterns = narratives.iter().enumerate().flat_map(of_narrative).collect();
            (language.to_owned(), Index::new(patterns, language, vocabulary))
        };
        Terms(vocabulary.languages().map(of).collect())
    }

    /// The narratives that have a term in a text, each with the byte at which the term begins; by that byte.
    fn find(&self, text: &Reading<'_>, language: &str) -> Vec<(usize, usize)> {
        self.0.get(language).map_or_else(Vec::new, |terms| terms.find(text.whole()))
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
    let (title, text) = (Reading::new(&article.title), Reading::new(&article.text));
    let (in_title, in_text) = (terms.find(&title, language), terms.find(&text, language));
    if in_title.is_empty() && in_text.is_empty() {
        return Vec::new();
    }
    let mut found = Best { article: place, tags: Vec::new() };
    let sentence = |text, words| Sentence { article: place, language, text, words };

    let titled = different(in_title.iter().map(|(narrative, _)| *narrative));
    let headline = sentence(&article.title, title.whole());
    found.keep(None, resemblance.claims(headline, &titled));

    let mut rest = in_text.as_slice();
    for span in text::sentences(&article.text) {
        let within = rest.partition_point(|(_, at)| *at < span.end);
        let (here, after) = rest.split_at(within);
        rest = after;
        let here = here.iter().filter(|(_, at)| *at >= span.start).map(|(narrative, _)| *narrative);
        // What the headline is about, the sentences below it are about too.
        let narratives = different(here.chain(titled.iter().copied()));
        if !narratives.is_empty() {
            let written = article.text.get(span.clone()).unwrap_or_default();
            let claims = resemblance.claims(sentence(written, text.within(&span)), &narratives);
            found.keep(Some(&span), claims);
        }
    }
    found.of(article)
}

/// Each of them once, in order.
fn different(narratives: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut different: Vec<usize> = narratives.collect();
    different.sort_unstable();
    different.dedup();
    different
}

/// The best tag of an article for each narrative and stance.
struct Best {
    article: usize,
    tags: Vec<Tag>,
}

impl Best {
    /// Adds what a sentence resembles; of equally good ones the first stays.
    fn keep(&mut self, span: Option<&Range<usize>>, claims: Vec<(usize, Likeness)>) {
        for (narrative, Likeness { stance, claim, score }) in claims {
            let is_same = |tag: &&mut Tag| (tag.narrative, tag.stance) == (narrative, stance);
            let tag = Tag {
                article: self.article,
                narrative,
                stance,
                claim,
                score,
                span: span.cloned(),
                attributed: false,
            };
            match self.tags.iter_mut().find(is_same) {
                Some(other) if other.score >= score => {}
                Some(other) => *other = tag,
                None => self.tags.push(tag),
            }
        }
    }

    /// The tags, by (narrative, stance), each with whether its sentence is somebody's words.
    fn of(mut self, article: &Article) -> Vec<Tag> {
        for tag in &mut self.tags {
            let written = tag
                .span
                .clone()
                .map_or(Some(article.title.as_str()), |span| article.text.get(span));
            tag.attributed = written.is_some_and(text::attributes);
        }
        self.tags.sort_by_key(|tag| (tag.narrative, tag.stance));
        self.tags
    }
}

#[cfg(test)]
mod tests;
