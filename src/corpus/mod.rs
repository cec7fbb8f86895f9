//! What an analysis works on: the articles of a run in order, and what every stage looks up about them.
//!
//! A [`Corpus`] is built once and never changed. Inside one analysis an article is named by its place in
//! [`Corpus::articles`], an outlet by its place in [`Corpus::outlet_ids`].

mod calendar;
mod order;
mod sentences;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{DateTime, Utc};

use crate::ids::ranked;
use crate::model::{Article, CoverageGap, FeedStatus, Outlet, Registry, Skipped};

pub use calendar::{
    Calendar, CalendarConfig, Day, DayFrame, LOOKBACK_DAYS, WARM_UP_ARTICLES, WARM_UP_DAYS,
    day_of_time, first_within,
};
use order::in_order;
pub use sentences::{Sentence, Vectors, comparable, opening, sentence_at};

/// What a corpus is built from: articles in any order, and what is known of where they came from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawCorpus {
    /// In any order; repeats of an id and articles without any time are left out and listed.
    pub articles: Vec<Article>,
    /// Known outlets; an outlet that only articles name is added as a subject.
    pub registry: Registry,
    /// Last poll of each source; empty for imported articles.
    pub feeds: Vec<FeedStatus>,
    /// Days on which an outlet was not heard.
    pub gaps: Vec<CoverageGap>,
    /// What was left out before.
    pub skipped: Vec<Skipped>,
    /// Articles before this time are compared, but not reported; `None`: all are reported.
    pub reported_since: Option<DateTime<Utc>>,
}

/// The articles of a run, sorted by (time, id), with their outlets and times.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corpus {
    articles: Vec<Article>,
    registry: Registry,
    feeds: Vec<FeedStatus>,
    gaps: Vec<CoverageGap>,
    skipped: Vec<Skipped>,
    /// Ids of the outlets that have articles, sorted.
    outlet_ids: Vec<String>,
    /// Per article: the place of its outlet in `outlet_ids`.
    outlets: Vec<u32>,
    /// Per article: seconds since 1970, UTC; ascending.
    times: Vec<i64>,
    /// The first article that is reported.
    reported_from: usize,
    /// Vectors of the sentences, if there is a model and more than one language.
    vectors: Option<Vectors>,
}

impl Corpus {
    /// Builds a corpus from articles in any order. `O(n log n)`; no article is copied.
    ///
    /// Articles without any time, and all but the first article of an id, are left out: see
    /// [`Corpus::skipped`].
    pub fn new(articles: Vec<Article>, registry: Registry) -> Corpus {
        Corpus::build(RawCorpus { articles, registry, ..RawCorpus::default() })
    }

    /// As [`Corpus::new`], with coverage and what was left out before.
    pub fn build(raw: RawCorpus) -> Corpus {
        let RawCorpus { articles, registry, feeds, gaps, mut skipped, reported_since } = raw;
        let (articles, unusable) = in_order(articles);
        skipped.extend(unusable);
        Corpus::of_ordered(RawCorpus { articles, registry, feeds, gaps, skipped, reported_since })
    }

    /// As [`Corpus::build`], for articles that are in the order that the corpus is to have.
    pub(crate) fn of_ordered(raw: RawCorpus) -> Corpus {
        let RawCorpus { articles, registry, feeds, gaps, skipped, reported_since } = raw;
        let before =
            |since: DateTime<Utc>| articles.partition_point(|article| article.at() < since);
        let reported_from = reported_since.map_or(0, before);
        let (ids, outlets) = ranked(articles.iter().map(|article| article.outlet.as_str()));
        let outlet_ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        Corpus {
            times: articles.iter().map(|article| article.at().timestamp()).collect(),
            registry: with_unlisted(registry, &outlet_ids),
            articles,
            feeds,
            gaps,
            skipped,
            outlet_ids,
            outlets,
            reported_from,
            vectors: None,
        }
    }

    /// The corpus with vectors of its sentences, one entry an article.
    #[must_use]
    pub fn with_vectors(self, vectors: Vectors) -> Corpus {
        Corpus { vectors: Some(vectors), ..self }
    }

    /// Vectors of the sentences; `None` without a model, and for a corpus in one language.
    pub fn vectors(&self) -> Option<&Vectors> {
        self.vectors.as_ref()
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// All articles, sorted by (time, id).
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// Known outlets, and those that only articles name.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Ids of the outlets that have articles, sorted.
    pub fn outlet_ids(&self) -> &[String] {
        &self.outlet_ids
    }

    /// Per article: the place of its outlet in [`Corpus::outlet_ids`].
    pub fn outlets(&self) -> &[u32] {
        &self.outlets
    }

    /// Number of an article's outlet among [`Corpus::outlet_ids`].
    pub fn outlet_of(&self, article: usize) -> usize {
        self.outlets[article] as usize
    }

    /// Positions of the articles that are reported: those before them are there to be compared with, so that a copy of
    /// yesterday's article is seen as one.
    pub fn reported(&self) -> Range<usize> {
        self.reported_from..self.articles.len()
    }

    /// Number of reported articles of each outlet of [`Corpus::outlet_ids`]. O(articles).
    pub fn articles_by_outlet(&self) -> Vec<usize> {
        let mut articles = vec![0; self.outlet_ids.len()];
        for &outlet in &self.outlets[self.reported()] {
            articles[outlet as usize] += 1;
        }
        articles
    }

    /// Per article: [`Article::at`] in seconds since 1970, UTC; ascending.
    pub fn times(&self) -> &[i64] {
        &self.times
    }

    /// Last poll of each source; empty for imported articles.
    pub fn feeds(&self) -> &[FeedStatus] {
        &self.feeds
    }

    /// Days on which an outlet was not heard.
    pub fn gaps(&self) -> &[CoverageGap] {
        &self.gaps
    }

    /// What was left out, and why.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }
}

/// The registry with an entry for each of these outlets.
fn with_unlisted(registry: Registry, ids: &[String]) -> Registry {
    let known: BTreeSet<&str> = registry.outlets.iter().map(|outlet| outlet.id.as_str()).collect();
    let unlisted: Vec<Outlet> = ids
        .iter()
        .filter(|id| !known.contains(id.as_str()))
        .map(|id| Outlet::unlisted(id))
        .collect();
    if unlisted.is_empty() {
        return registry;
    }
    Registry::new(registry.outlets.into_iter().chain(unlisted))
}
