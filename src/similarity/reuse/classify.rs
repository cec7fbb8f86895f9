//! What each reused passage is: boilerplate, a quotation, a third outlet's text, or one outlet's own
//! text in another. Only the last is evidence between the two.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Article, Passage, PassageKind, Registry, Why};
use crate::text::{quotations, span};

use super::types::{AlignedPassage, SharedText, is_only_lines};
use super::verdict::{PairSides, Side, Verdict};
use crate::similarity::batch::Batch;
use crate::similarity::timeline::Timeline;

/// Share of a passage that the third article must hold too.
pub(super) const HELD: f64 = 0.8;

/// Returns the passages of each pair, classified; `None` for a pair that is not in scope, or that shares
/// nothing but boilerplate lines at the head or tail: these say nothing about the two articles.
pub(in crate::similarity) fn classify(
    batch: &Batch<'_>,
    registry: &Registry,
    pairs: &[SharedText],
) -> Vec<Option<Vec<Passage>>> {
    let sources = held_by_sources(batch, pairs);
    let quotes = quotations_of(batch, pairs);
    let classifier = Classifier { batch, registry, sources, quotes };
    pairs.par_iter().map(|pair| classifier.pair(pair)).collect()
}

/// A stretch of an article that an article of a wire or control outlet holds too.
#[derive(Debug, Clone)]
struct Held {
    span: Range<usize>,
    holder: usize,
}

struct Classifier<'c> {
    batch: &'c Batch<'c>,
    registry: &'c Registry,
    /// By article.
    sources: BTreeMap<usize, Vec<Held>>,
    /// By article; empty for those without passages.
    quotes: Vec<Vec<Range<usize>>>,
}

impl Classifier<'_> {
    fn pair(&self, pair: &SharedText) -> Option<Vec<Passage>> {
        if !self.batch.timeline.in_scope((pair.a, pair.b)) || is_only_lines(&pair.passages) {
            return None;
        }
        let sides =
            PairSides { registry: self.registry, a: self.side(pair.a), b: self.side(pair.b) };
        Some(pair.passages.iter().map(|aligned| self.passage(&sides, pair, aligned)).collect())
    }

    fn side(&self, article: usize) -> Side<'_> {
        let Article { text, outlet, .. } = &self.batch.articles[article];
        Side {
            text,
            outlet,
            role: self.batch.timeline.roles[article],
            quotes: &self.quotes[article],
            boilerplate: self.batch.boilerplate(article),
            citations: self.batch.citations(article),
            credits: self.batch.credits(article),
        }
    }

    fn passage(
        &self,
        sides: &PairSides<'_>,
        pair: &SharedText,
        aligned: &AlignedPassage,
    ) -> Passage {
        let (kind, why, holder) = match sides.verdict(aligned) {
            Verdict::Final(kind, why) => (kind, why, None),
            Verdict::UnlessHeld { reported } => {
                if let Some(holder) = self.holder(pair, aligned) {
                    let name = self.registry.name(&self.batch.articles[holder].outlet);
                    (PassageKind::Wire, Why::HeldEarlier(name.to_owned()), Some(holder))
                } else {
                    let (kind, why) = sides.not_held(reported);
                    (kind, why, None)
                }
            }
        };
        Passage {
            earlier: aligned.a.clone(),
            later: aligned.b.clone(),
            words: aligned.words,
            kind,
            why,
            holder,
        }
    }

    /// The earliest article of a wire or control outlet, not later than the pair's earlier article,
    /// that holds the passage.
    fn holder(&self, pair: &SharedText, aligned: &AlignedPassage) -> Option<usize> {
        let Timeline { outlets, times, .. } = &self.batch.timeline;
        let held = |article: usize, span: &Range<usize>| {
            let held = self.sources.get(&article).into_iter().flatten();
            held.filter(|held| {
                outlets[held.holder] != outlets[pair.a]
                    && outlets[held.holder] != outlets[pair.b]
                    && times[held.holder] <= times[pair.a]
                    && covers(&held.span, span)
            })
            .map(|held| held.holder)
            .min()
        };
        held(pair.a, &aligned.a).into_iter().chain(held(pair.b, &aligned.b)).min()
    }
}

/// Whether `held` covers enough of `span`.
pub(super) fn covers(held: &Range<usize>, span: &Range<usize>) -> bool {
    span::overlap(held, span) as f64 >= HELD * span.len() as f64
}

/// For each article, what articles of wire and control outlets hold of it.
fn held_by_sources(batch: &Batch<'_>, pairs: &[SharedText]) -> BTreeMap<usize, Vec<Held>> {
    let mut sources: BTreeMap<usize, Vec<Held>> = BTreeMap::new();
    let mut add = |article: usize, holder: usize, span: &Range<usize>| {
        if batch.timeline.is_source(holder)
            && batch.timeline.times[holder] <= batch.timeline.times[article]
        {
            sources.entry(article).or_default().push(Held { span: span.clone(), holder });
        }
    };
    for pair in pairs {
        for aligned in &pair.passages {
            add(pair.b, pair.a, &aligned.b);
            add(pair.a, pair.b, &aligned.a);
        }
    }
    sources
}

fn quotations_of(batch: &Batch<'_>, pairs: &[SharedText]) -> Vec<Vec<Range<usize>>> {
    let mut wanted = vec![false; batch.articles.len()];
    let asked_for = |pair: &&SharedText| batch.timeline.in_scope((pair.a, pair.b));
    for pair in pairs.iter().filter(asked_for).filter(|pair| !pair.passages.is_empty()) {
        (wanted[pair.a], wanted[pair.b]) = (true, true);
    }
    let articles = batch.articles.par_iter().zip(wanted);
    articles
        .map(|(article, wanted)| if wanted { quotations(&article.text) } else { Vec::new() })
        .collect()
}
