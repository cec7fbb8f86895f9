//! What is shown first where not all can be shown. Every order ends in the order of the analysis,
//! so that ties do not depend on anything else.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::report_index::ReportIndex;
use crate::model::{Grade, Origin, OutletPair, Verdict};

/// Whether an outlet is under study: not one of those that the others are compared with.
pub(super) fn is_studied(view: &ReportIndex, outlet: &str) -> bool {
    !view.corpus.registry().is_baseline(outlet)
}

/// Whether a pair belongs to the baseline: neither outlet is under study.
pub(super) fn is_baseline(view: &ReportIndex, pair: &OutletPair) -> bool {
    !is_studied(view, &pair.outlet_a) && !is_studied(view, &pair.outlet_b)
}

/// Whether an edge touches an outlet under study.
fn touches_studied(view: &ReportIndex, edge: usize) -> bool {
    let edge = view.edge(edge);
    let wrote = |article| is_studied(view, &view.article(article).outlet);
    wrote(edge.to)
        || match &edge.from {
            Origin::Article(article) => wrote(*article),
            Origin::Outlet(outlet) => is_studied(view, outlet),
            Origin::Statement => false,
        }
}

/// Narratives: those with the most directed edges that touch an outlet under study first, then
/// those that such an outlet carries, then by all directed edges, outlets and articles.
pub(super) fn narratives(view: &ReportIndex) -> Vec<usize> {
    let mut order: Vec<usize> = (0..view.analysis.narratives.len()).collect();
    order.sort_by_cached_key(|&i| {
        let narrative = &view.analysis.narratives[i];
        let directed =
            || view.edges_of(i).iter().copied().filter(|&edge| view.edge(edge).grade.is_directed());
        Reverse((
            directed().filter(|&edge| touches_studied(view, edge)).count(),
            narrative.outlets.iter().any(|outlet| is_studied(view, outlet)),
            directed().count(),
            narrative.outlets.len(),
            narrative.articles.len(),
        ))
    });
    order
}

/// Chains: those through an outlet under study first, each group in the order of the analysis.
pub(super) fn chains(view: &ReportIndex) -> Vec<usize> {
    let chains = &view.analysis.diffusion.chains;
    let mut order: Vec<usize> = (0..chains.len()).collect();
    order.sort_by_key(|&i| !chains[i].outlets.iter().any(|outlet| is_studied(view, outlet)));
    order
}

/// Directed edges of a pair in both directions.
pub(super) fn directed(pair: &OutletPair) -> (usize, usize) {
    (pair.edges_ab.values().sum(), pair.edges_ba.values().sum())
}

/// Outlet pairs: those that differ from chance first, by false discovery rate; then by directed
/// edges, then by overlap. Pairs of the baseline come last.
pub(super) fn pairs(view: &ReportIndex) -> Vec<usize> {
    let pairs = &view.analysis.significance.pairs;
    let is_baseline = |pair: &OutletPair| is_baseline(view, pair);
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|&i, &j| {
        let (a, b) = (&pairs[i], &pairs[j]);
        let called = |p: &OutletPair| Reverse(p.verdict == Verdict::MoreThanChance);
        let edges = |p: &OutletPair| Reverse(directed(p).0 + directed(p).1);
        (is_baseline(a), called(a))
            .cmp(&(is_baseline(b), called(b)))
            .then_with(|| {
                if a.verdict == Verdict::MoreThanChance {
                    a.q.unwrap_or(1.0).total_cmp(&b.q.unwrap_or(1.0))
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .then_with(|| edges(a).cmp(&edges(b)))
            .then_with(|| b.overlap.unwrap_or(-1.0).total_cmp(&a.overlap.unwrap_or(-1.0)))
    });
    order
}

/// Directed edges: those that touch an outlet under study first, then the best grade, then the most
/// words of `own` passages.
pub(super) fn edges(view: &ReportIndex) -> Vec<usize> {
    let edges = &view.analysis.diffusion.edges;
    let mut order: Vec<usize> =
        (0..edges.len()).filter(|&i| edges[i].grade.is_directed()).collect();
    order.sort_by_cached_key(|&i| {
        let words = super::evidence::own_words(view, &edges[i]);
        (!touches_studied(view, i), edges[i].grade, Reverse(words), i)
    });
    order
}

/// Number of edges by grade; every grade is there.
pub(super) fn by_grade(view: &ReportIndex) -> BTreeMap<Grade, usize> {
    let mut counts: BTreeMap<Grade, usize> = Grade::ALL.iter().map(|&grade| (grade, 0)).collect();
    for edge in &view.analysis.diffusion.edges {
        *counts.entry(edge.grade).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn the_baseline_comes_last() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        assert!(is_studied(&view, "volna") && !is_studied(&view, "harbour-post"));
        let mut last = sample.analysis.significance.pairs[0].clone();
        (last.outlet_a, last.outlet_b) = ("harbour-post".into(), "plain-wire".into());
        (last.verdict, last.q) = (Verdict::MoreThanChance, Some(0.0));
        let mut sample = sample.clone();
        sample.analysis.significance.pairs.insert(0, last);
        let view = sample.view(&run, &config);
        assert_eq!(pairs(&view).last(), Some(&0));
        let counts = by_grade(&view);
        assert_eq!(
            edges(&view).len(),
            Grade::DIRECTED.map(|grade| counts[&grade]).iter().sum::<usize>()
        );
    }
}
