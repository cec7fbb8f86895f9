//! What is shown first where not all can be shown. Every order ends in the order of the analysis,
//! so that ties do not depend on anything else.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::view::View;
use crate::model::{Grade, OutletPair, Role, Verdict};

/// Narratives, most directed edges first, then most outlets, then most articles.
pub(super) fn narratives(view: &View) -> Vec<usize> {
    let mut order: Vec<usize> = (0..view.analysis.narratives.len()).collect();
    order.sort_by_key(|&i| {
        let narrative = &view.analysis.narratives[i];
        let directed =
            view.edges_of(i).iter().filter(|&&e| view.edge(e).grade.is_directed()).count();
        Reverse((directed, narrative.outlets.len(), narrative.articles.len()))
    });
    order
}

/// Directed edges of a pair in both directions.
pub(super) fn directed(pair: &OutletPair) -> (usize, usize) {
    (pair.edges_ab.values().sum(), pair.edges_ba.values().sum())
}

/// Outlet pairs: those that differ from chance first, by false discovery rate; then by directed
/// edges, then by overlap. Pairs of two controls come last: they are the baseline.
pub(super) fn pairs(view: &View) -> Vec<usize> {
    let pairs = &view.analysis.significance.pairs;
    let role = |outlet: &str| view.analysis.registry.role(outlet);
    let is_baseline = |pair: &OutletPair| {
        role(&pair.outlet_a) == Role::Control && role(&pair.outlet_b) == Role::Control
    };
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
            .then_with(|| b.overlap.total_cmp(&a.overlap))
    });
    order
}

/// Directed edges, best grade first, then by words of `own` passages.
pub(super) fn edges(view: &View) -> Vec<usize> {
    let edges = &view.analysis.amplification.edges;
    let mut order: Vec<(Grade, Reverse<usize>, usize)> = edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.grade.is_directed())
        .map(|(i, edge)| (edge.grade, Reverse(super::evidence::own_words(view, edge)), i))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, i)| i).collect()
}

/// Number of edges by grade; every grade is there.
pub(super) fn by_grade(view: &View) -> BTreeMap<Grade, usize> {
    let all = [Grade::E1, Grade::E2, Grade::E3, Grade::E4, Grade::E5, Grade::X];
    let mut counts: BTreeMap<Grade, usize> = all.into_iter().map(|grade| (grade, 0)).collect();
    for edge in &view.analysis.amplification.edges {
        *counts.entry(edge.grade).or_default() += 1;
    }
    counts
}
