//! What is counted of each pair of outlets: directed edges, their lags, matches with a common source.

use std::collections::{BTreeMap, BTreeSet};

use super::order_statistics::{median_interval, quantile};
use super::proportion::wilson_interval;
use super::types::Pairs;
use crate::corpus::Corpus;
use crate::model::{Evidence, Grade, LagQuantiles, Match, Origin, UngradedEdge};

/// Least number of lags of which quantiles are given: of fewer, the 10 % and 90 % quantiles are
/// merely the extremes.
pub(super) const MIN_LAGS: usize = 5;

/// What is counted of one pair; the fields are those of [`OutletPair`](crate::model::OutletPair).
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct EdgeCounts {
    pub(super) edges_ab: BTreeMap<Grade, usize>,
    pub(super) edges_ba: BTreeMap<Grade, usize>,
    pub(super) common_source: usize,
    pub(super) reciprocity: Option<f64>,
    pub(super) reciprocity_interval: Option<(f64, f64)>,
    pub(super) lag_ab: Option<LagQuantiles>,
    pub(super) lag_ba: Option<LagQuantiles>,
}

/// Positions of the matches that a common source explains. An edge from such a source may have a better
/// grade than X by itself.
pub(super) fn explained(evidence: &[UngradedEdge]) -> BTreeSet<usize> {
    let facts = evidence.iter().flat_map(|edge| &edge.evidence);
    facts
        .filter_map(|fact| match fact {
            Evidence::Explains { matched } => Some(*matched),
            _ => None,
        })
        .collect()
}

/// Counts the edges, lags and common sources of all pairs, in the order of [`Pairs::all`].
///
/// Cost: `O(m log m)` in matches and edges.
pub(super) fn edge_counts(
    corpus: &Corpus,
    matches: &[Match],
    evidence: &[UngradedEdge],
) -> Vec<EdgeCounts> {
    let (places, outlets) = (Pairs::of(corpus), corpus.outlets());
    let mut pairs = vec![EdgeCounts::default(); places.all().count()];
    let mut lags: Vec<[Vec<f64>; 2]> = vec![Default::default(); pairs.len()];
    let reported = corpus.reported();
    for edge in evidence.iter().filter(|edge| reported.contains(&edge.to)) {
        let Some(grade) = edge.basis.grade_by_facts().filter(|grade| grade.is_directed()) else {
            continue;
        };
        let Origin::Article(from) = edge.from else { continue };
        let (Some(&from), Some(&to)) = (outlets.get(from), outlets.get(edge.to)) else {
            continue;
        };
        if from == to {
            continue;
        }
        let at = places.place(from as usize, to as usize);
        let forward = from < to;
        let counts = if forward { &mut pairs[at].edges_ab } else { &mut pairs[at].edges_ba };
        *counts.entry(grade).or_default() += 1;
        if let (Some(lag), Some(_)) = (edge.lag_minutes, edge.clock_error_minutes) {
            lags[at][usize::from(!forward)].push(lag);
        }
    }
    for m in explained(evidence).into_iter().filter_map(|i| matches.get(i)) {
        if !reported.contains(&m.later) {
            continue;
        }
        let (a, b) = (corpus.outlet_of(m.earlier), corpus.outlet_of(m.later));
        if a != b {
            pairs[places.place(a, b)].common_source += 1;
        }
    }
    for (pair, [ab, ba]) in pairs.iter_mut().zip(lags) {
        (pair.lag_ab, pair.lag_ba) = (lag_quantiles(ab), lag_quantiles(ba));
        let (ab, ba) = (pair.edges_ab.values().sum(), pair.edges_ba.values().sum());
        pair.reciprocity = reciprocity(ab, ba);
        pair.reciprocity_interval = reciprocity_interval(ab, ba);
    }
    pairs
}

/// Returns `2·min(ab, ba) / (ab + ba)`: 0 if all edges go one way, 1 if as many go each way; `None`
/// without edges.
fn reciprocity(ab: usize, ba: usize) -> Option<f64> {
    (ab + ba > 0).then(|| 2.0 * ab.min(ba) as f64 / (ab + ba) as f64)
}

/// The 95 % interval of the reciprocity: from that of the share of edges from `a` to `b` (Wilson,
/// *Probable inference*, 1927), as the reciprocity is twice the smaller of both shares.
fn reciprocity_interval(ab: usize, ba: usize) -> Option<(f64, f64)> {
    let (low, high) = wilson_interval(ab, ab + ba)?;
    let least = 2.0 * low.min(1.0 - high);
    let most = if low <= 0.5 && 0.5 <= high { 1.0 } else { 2.0 * high.min(1.0 - low) };
    Some((least.max(0.0), most))
}

/// Quantiles of the lags, or `None` if there are fewer than [`MIN_LAGS`].
fn lag_quantiles(mut lags: Vec<f64>) -> Option<LagQuantiles> {
    if lags.len() < MIN_LAGS {
        return None;
    }
    lags.sort_unstable_by(f64::total_cmp);
    Some(LagQuantiles {
        n: lags.len(),
        p10: quantile(&lags, 0.1),
        median: quantile(&lags, 0.5),
        median_interval: median_interval(&lags),
        p90: quantile(&lags, 0.9),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::Registry;
    use crate::model::{Article, Basis};
    use crate::significance::tests::{article, matched};

    fn edge(from: usize, to: usize, basis: Basis, evidence: Vec<Evidence>) -> UngradedEdge {
        UngradedEdge {
            id: format!("{from}-{to}"),
            from: Origin::Article(from),
            to,
            basis,
            lag_minutes: Some(60.0),
            clock_error_minutes: Some(2.0),
            narrative: None,
            evidence,
        }
    }

    #[test]
    fn edges_are_counted_by_direction_and_grade() {
        let articles: Vec<Article> = ["b", "a", "c", "b", "a"]
            .iter()
            .enumerate()
            .map(|(i, outlet)| article(&i.to_string(), outlet, i))
            .collect();
        let corpus = ordered(&articles, Registry::default());
        let matches = [matched(0, 1), matched(2, 3)];
        let evidence = [
            edge(0, 1, Basis::NamesItem, Vec::new()),
            edge(0, 4, Basis::OwnText, Vec::new()),
            edge(1, 3, Basis::OwnText, Vec::new()),
            edge(0, 2, Basis::Undirected, Vec::new()),
            edge(2, 3, Basis::CommonSource, vec![Evidence::Explains { matched: 1 }]),
            edge(2, 1, Basis::CommonSource, vec![Evidence::Explains { matched: 1 }]),
        ];
        let pairs = edge_counts(&corpus, &matches, &evidence);
        let outlets = corpus.outlet_ids();
        let ids: Vec<_> = Pairs::of(&corpus)
            .all()
            .map(|(a, b)| (outlets[a].as_str(), outlets[b].as_str()))
            .collect();
        assert_eq!(ids, [("a", "b"), ("a", "c"), ("b", "c")]);
        assert_eq!(pairs[0].edges_ab, BTreeMap::from([(Grade::E3, 1)]));
        assert_eq!(pairs[0].edges_ba, BTreeMap::from([(Grade::E1, 1), (Grade::E3, 1)]));
        assert_eq!(pairs[0].reciprocity, Some(2.0 / 3.0));
        assert_eq!(pairs[0].lag_ab, None, "one lag is too few");
        assert_eq!((pairs[1].reciprocity, pairs[1].common_source), (None, 0));
        assert_eq!(pairs[2].common_source, 1, "one match, though two edges explain it");
    }

    #[test]
    fn lags_need_five() {
        assert_eq!(lag_quantiles(vec![1.0; MIN_LAGS - 1]), None);
        let lags = lag_quantiles(vec![40.0, 10.0, 20.0, 50.0, 30.0]);
        assert_eq!(
            lags,
            Some(LagQuantiles { n: 5, p10: 14.0, median: 30.0, median_interval: None, p90: 46.0 })
        );
    }

    #[test]
    fn the_interval_of_the_reciprocity_is_wilsons() {
        let (low, high) = reciprocity_interval(7, 3).unwrap();
        // Wilson: 7 of 10 is .397 to .892.
        assert!((low - 2.0 * (1.0 - 0.892_2)).abs() < 1e-3 && (high - 1.0).abs() < 1e-12);
        let (low, high) = reciprocity_interval(30, 0).unwrap();
        assert!(low.abs() < 1e-9 && (high - 2.0 * 0.1135).abs() < 1e-3, "{high}");
        assert_eq!(reciprocity_interval(0, 0), None);
    }
}
