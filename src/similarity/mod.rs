//! Articles to matches: who carries the same text, the same passages, the same words.
//!
//! Two measures, chosen by [`Relations`]: *reuse* (republication and reused passages, with their
//! places and kinds) and overlap in topic, which is *lexical* (TF-IDF cosine) within a language and by names, places
//! and numbers across languages. Only pairs of different outlets within a
//! window of time are compared. What follows from a match (narratives, edges) is left to later
//! stages. Definitions, costs and measured errors are in `docs/method.md`.

use std::ops::Range;

use chrono::TimeDelta;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{Calendar, CalendarConfig, Corpus, Vectors};
use crate::ids::stable_id;
use crate::model::{
    Annotations, Article, Match, Overlap, OverlapKind, Passage, Registry, Relation, Relations,
};

mod batch;
mod lexical;
mod reuse;
mod semantic;
mod timeline;
mod titles;
mod tokens;

use batch::Batch;
use reuse::SharedText;
use semantic::{Languages, Retelling};

pub use lexical::TermCounts;
pub use reuse::{SharedCounts, steps};
pub use semantic::{FarPairs, WINDOW as ACROSS_WINDOW};
pub use titles::title_distance;

/// Greatest distance in time of a pair. A story is republished and retold within a week.
pub const WINDOW: TimeDelta = TimeDelta::days(7);
/// Reused share of the shorter text from which a pair is `verbatim` (footers and datelines differ).
pub const VERBATIM: f64 = 0.8;
/// Reused share of the shorter text from which a pair is `near_duplicate`.
pub const NEAR_DUPLICATE: f64 = 0.5;
/// Least TF-IDF cosine of a lexical match.
pub const LEXICAL: f64 = 0.2;
/// Fewest equal words of a passage. Above the run that the index is sure to find (11), so that every
/// exact passage is found; below 15, real news of one event shares stock phrases by chance ("after
/// Russian President Vladimir Putin declared the start of a special military operation": 13).
const PASSAGE_WORDS: usize = 15;
/// The same in characters of a script without spaces: a word has about 1.6.
const PASSAGE_CHARACTERS: usize = 24;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimilarityConfig {
    /// What is computed.
    pub relations: Relations,
    /// Greatest distance in time of a pair.
    #[serde(serialize_with = "seconds")]
    pub window: TimeDelta,
    /// Reused share of the shorter text from which a pair is `verbatim`, `0..=1`.
    pub verbatim: f64,
    /// Reused share of the shorter text from which a pair is `near_duplicate`, `0..=1`.
    pub near_duplicate: f64,
    /// Least TF-IDF cosine of a lexical match, `0..=1`.
    pub lexical: f64,
    /// The sentence model whose vectors the corpus has, with the SHA-256 of its file; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

fn seconds<S: serde::Serializer>(delta: &TimeDelta, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(delta.num_seconds())
}

impl Default for SimilarityConfig {
    fn default() -> Self {
        SimilarityConfig {
            relations: Relations::ALL,
            window: WINDOW,
            verbatim: VERBATIM,
            near_duplicate: NEAR_DUPLICATE,
            lexical: LEXICAL,
            model: None,
        }
    }
}

/// Minimum articles per batch. Each batch re-reads the 60 days before it: small batches are slow, large ones need
/// memory.
const BATCH_ARTICLES: usize = 50_000;
/// Minimum weeks per batch.
const BATCH_WEEKS: usize = 26;

/// What was found in some weeks, and what has to be known to go on from there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Found {
    /// Sorted by (earlier, later).
    pub matches: Vec<Match>,
    /// How the terms are used in each week.
    pub terms: Vec<TermCounts>,
}

/// Returns every match between articles of different outlets, sorted by (earlier, later).
///
/// Frequencies are counted up to the day of a
/// pair's later article, so that later articles change nothing. Runs on the current rayon pool; the result depends
/// neither on its size nor on anything but the arguments. Cost: near to linear in the text for reuse, and linear in
/// articles × articles of a window for the lexical part (`benches/similarity.rs`).
pub fn matches(
    corpus: &Corpus,
    calendar: &Calendar,
    annotations: &Annotations,
    config: &SimilarityConfig,
) -> Vec<Match> {
    matches_after(Found::default(), false, corpus, calendar, annotations, config).matches
}

/// Like [`matches()`], but takes the results of the first `known.terms.len()` weeks as given.
/// With `keep` the term counts of all weeks are returned, so that a later call can take them as known. Cost: that of the other weeks, and to read the articles of a look-back
/// before them.
pub fn matches_after(
    known: Found,
    keep: bool,
    corpus: &Corpus,
    calendar: &Calendar,
    annotations: &Annotations,
    config: &SimilarityConfig,
) -> Found {
    let Found { mut matches, mut terms } = known;
    for weeks in batches(calendar, terms.len()) {
        let batch = Batch::new(corpus, calendar, annotations, weeks.clone(), config.window);
        let keep = keep || weeks.end < calendar.weeks().len();
        let found = matches_in(&batch, corpus.registry(), config, &terms, keep);
        terms.extend(found.terms.into_iter().skip(weeks.start - batch.first_week));
        matches.extend(found.matches.into_iter().map(|found| found.moved(batch.start)));
    }
    // Only pairs across two batches are out of order.
    matches.sort_by_key(|found| (found.earlier, found.later));
    Found { matches, terms }
}

/// Articles of the sample in which [`far_pairs`] compares: enough for rates of a few in a million.
const FAR_SAMPLE: usize = 3_000;

/// How many pairs of articles in different languages pass although they are too far apart to be on one event, in an even
/// sample of the corpus: a check of the thresholds on the texts at hand, which needs no labels. Cost: that of
/// comparing the sample with itself, whatever the size of the corpus.
pub fn far_pairs(
    corpus: &Corpus,
    annotations: &Annotations,
    config: &SimilarityConfig,
) -> FarPairs {
    let times = corpus.times();
    let lasts = times.first().zip(times.last()).map_or(0, |(first, last)| last - first);
    let one_language = corpus.articles().windows(2).all(|two| two[0].language == two[1].language);
    if one_language || lasts <= semantic::FAR.num_seconds() {
        return FarPairs::default();
    }
    let all = corpus.len();
    let sampled: Vec<usize> =
        (0..all.min(FAR_SAMPLE)).map(|n| n * all / all.min(FAR_SAMPLE)).collect();
    let articles = sampled.iter().map(|&article| corpus.articles()[article].clone()).collect();
    let sample = Corpus::new(articles, corpus.registry().clone());
    let sample = match corpus.vectors() {
        Some(vectors) => sample.with_vectors(Vectors {
            model: vectors.model.clone(),
            of: sampled.iter().map(|&article| vectors.of[article].clone()).collect(),
        }),
        None => sample,
    };
    let boilerplate = sampled.iter().map(|&a| annotations.boilerplate(a).to_vec()).collect();
    let notes = Annotations { boilerplate, ..Annotations::default() };
    let calendar = Calendar::new(sample.articles(), &CalendarConfig::default());
    let weeks = 0..calendar.weeks().len();
    let batch = Batch::new(&sample, &calendar, &notes, weeks, config.window);
    Languages::read(&batch).far_pairs(&batch)
}

/// Cuts the weeks after the first so many into those of batches.
fn batches(calendar: &Calendar, known: usize) -> Vec<Range<usize>> {
    let mut batches: Vec<Range<usize>> = Vec::new();
    let mut articles = 0;
    for (n, week) in calendar.weeks().iter().enumerate().skip(known) {
        match batches.last_mut() {
            Some(last) if last.len() < BATCH_WEEKS || articles < BATCH_ARTICLES => last.end = n + 1,
            _ => {
                batches.push(n..n + 1);
                articles = 0;
            }
        }
        articles += week.len();
    }
    batches
}

/// The matches of a batch.
fn matches_in(
    batch: &Batch<'_>,
    registry: &Registry,
    config: &SimilarityConfig,
    before: &[TermCounts],
    keep: bool,
) -> Found {
    let before = before.get(..batch.first_week).unwrap_or_default();
    let (lexical, terms) = if config.relations.contains(Relations::LEXICAL) {
        lexical::pairs(batch, before, keep, config.lexical)
    } else {
        // Nothing depends on them.
        (Vec::new(), vec![TermCounts::default(); batch.weeks.len()])
    };
    let reused = if config.relations.contains(Relations::REUSE) {
        reuse::shared_texts(batch, registry, &lexical)
    } else {
        Vec::new()
    };
    let (lexical, across) = if config.relations.contains(Relations::LEXICAL) {
        let languages = Languages::read(batch);
        let mut lexical = lexical;
        lexical.retain(|&(a, b, _)| !languages.are_apart(a, b));
        (lexical, languages.pairs(batch))
    } else {
        (lexical, Vec::new())
    };
    let titles = titles::Titles::new(batch);
    let mut pairs = merge(reused, lexical);
    add_across(&mut pairs, across);
    let pairs = pairs.into_par_iter();
    let matches = pairs.map(|pair| finish(batch.articles, &titles, config, pair)).collect();
    Found { matches, terms }
}

/// A pair under way.
struct Pair {
    a: usize,
    b: usize,
    reuse: Option<(SharedText, Vec<Passage>)>,
    lexical: Option<f64>,
    across: Option<Retelling>,
}

/// Joins two sorted lists of pairs.
fn merge(reused: Vec<(SharedText, Vec<Passage>)>, lexical: Vec<(usize, usize, f64)>) -> Vec<Pair> {
    let pair = |a, b| Pair { a, b, reuse: None, lexical: None, across: None };
    let mut pairs = Vec::with_capacity(reused.len() + lexical.len());
    let mut lexical = lexical.into_iter().peekable();
    for (reuse, passages) in reused {
        let (a, b) = (reuse.a, reuse.b);
        while let Some((a, b, cosine)) = lexical.next_if(|&(x, y, _)| (x, y) < (a, b)) {
            pairs.push(Pair { lexical: Some(cosine), ..pair(a, b) });
        }
        let cosine = lexical.next_if(|&(x, y, _)| (x, y) == (a, b)).map(|(.., cosine)| cosine);
        pairs.push(Pair { reuse: Some((reuse, passages)), lexical: cosine, ..pair(a, b) });
    }
    pairs.extend(lexical.map(|(a, b, cosine)| Pair { lexical: Some(cosine), ..pair(a, b) }));
    pairs
}

/// Adds what was found across languages to sorted pairs.
fn add_across(pairs: &mut Vec<Pair>, across: Vec<Retelling>) {
    let known = pairs.len();
    for found in across {
        let (a, b) = (found.a, found.b);
        let place = pairs[..known].binary_search_by_key(&(a, b), |pair| (pair.a, pair.b));
        match place {
            Ok(place) => pairs[place].across = Some(found),
            Err(_) => pairs.push(Pair { a, b, reuse: None, lexical: None, across: Some(found) }),
        }
    }
    pairs.sort_by_key(|pair| (pair.a, pair.b));
}

fn finish(
    articles: &[Article],
    titles: &titles::Titles,
    config: &SimilarityConfig,
    pair: Pair,
) -> Match {
    let by_text = pair.reuse.as_ref().map(|(reuse, _)| relation(&reuse.shared, config));
    let whole = matches!(by_text, Some(Relation::Verbatim | Relation::NearDuplicate));
    let told = pair.across.as_ref().map(|found| found.relation).filter(|_| !whole);
    let containment =
        pair.reuse.as_ref().map_or((0.0, 0.0), |(reuse, _)| reuse.shared.containment());
    let passages = pair.reuse.map_or(Vec::new(), |(_, passages)| passages);
    let lexical = pair.lexical.map(|cosine| Overlap { by: OverlapKind::Lexical, cosine });
    let semantic = pair.across.as_ref().and_then(|found| found.semantic);
    let semantic = semantic.map(|cosine| Overlap { by: OverlapKind::Semantic, cosine });
    Match {
        id: stable_id(&["match", &articles[pair.a].id, &articles[pair.b].id]),
        earlier: pair.a,
        later: pair.b,
        containment_earlier: containment.0,
        containment_later: containment.1,
        overlaps: lexical.into_iter().chain(semantic).collect(),
        title_similarity: titles.similarity(pair.a, pair.b),
        passages,
        across: pair.across.map(|found| found.across),
        relation: told.or(by_text).unwrap_or(Relation::Narrative),
    }
}

/// The relation of a pair that shares text, by the reused share of the shorter text: the greater of
/// its shingle containment and of its aligned words, since an edit every few words breaks nearly
/// every shingle of a text that is still the same.
pub fn relation(shared: &SharedCounts, config: &SimilarityConfig) -> Relation {
    let share = shared.reused();
    if share >= config.verbatim {
        Relation::Verbatim
    } else if share >= config.near_duplicate {
        Relation::NearDuplicate
    } else {
        Relation::Partial
    }
}

#[cfg(test)]
mod tests;
