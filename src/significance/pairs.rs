//! What is counted of each pair of outlets: edges, lags, common sources. Shares are left to `shares`, and no
//! test is made here.

use std::collections::BTreeSet;

use crate::ids::ranked;
use crate::model::{Amplification, Article, Evidence, LagQuantiles, Match, Origin, OutletPair};

/// Least number of lags of which quantiles are given: of fewer, the 10 % and 90 % quantiles are
/// merely the extremes.
pub(super) const MIN_LAGS: usize = 5;

/// Standard deviations on either side that hold 95 % of a normal variable.
const Z_95: f64 = 1.959_964;

/// The outlets that have articles, sorted by id, and the outlet of each article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outlets<'a> {
    /// Sorted ids.
    pub(super) ids: Vec<&'a str>,
    /// Number of each article's outlet.
    pub(super) of: Vec<usize>,
}

impl<'a> Outlets<'a> {
    /// Lists the outlets of `articles`.
    pub(super) fn new(articles: &'a [Article]) -> Outlets<'a> {
        let (ids, of) = ranked(articles.iter().map(|article| article.outlet.as_str()));
        Outlets { ids, of: of.into_iter().map(|number| number as usize).collect() }
    }

    /// Number of an outlet that has articles.
    pub(super) fn number(&self, id: &str) -> usize {
        self.ids.binary_search(&id).unwrap_or_default()
    }

    /// Position of the pair `(a, b)`, `a < b`, among all pairs sorted by their ids.
    pub(super) fn pair(&self, a: usize, b: usize) -> usize {
        a * (2 * self.ids.len() - a - 1) / 2 + (b - a - 1)
    }
}

/// Returns all pairs of outlets with articles, sorted by their ids, with everything filled in but
/// the shares and the test (which is left as not made).
///
/// Cost: `O(m log m)` in matches and edges.
pub(super) fn pairs(
    articles: &[Article],
    outlets: &Outlets<'_>,
    matches: &[Match],
    amplification: &Amplification,
) -> Vec<OutletPair> {
    let mut pairs = blank(outlets);
    edges(&mut pairs, articles, outlets, matches, amplification);
    pairs
}

fn blank(outlets: &Outlets<'_>) -> Vec<OutletPair> {
    let mut articles = vec![0; outlets.ids.len()];
    for &outlet in &outlets.of {
        articles[outlet] += 1;
    }
    let mut pairs = Vec::new();
    for (a, &first) in outlets.ids.iter().enumerate() {
        for (b, &second) in outlets.ids.iter().enumerate().skip(a + 1) {
            pairs.push(OutletPair {
                outlet_a: first.to_owned(),
                outlet_b: second.to_owned(),
                articles_a: articles[a],
                articles_b: articles[b],
                ..OutletPair::default()
            });
        }
    }
    pairs
}

/// Positions of the matches that a common source explains. An edge from such a source may have a better
/// grade than X by itself.
pub(super) fn explained(amplification: &Amplification) -> BTreeSet<usize> {
    let evidence = amplification.edges.iter().flat_map(|edge| &edge.evidence);
    evidence
        .filter_map(|evidence| match evidence {
            Evidence::Explains { matched } => Some(*matched),
            _ => None,
        })
        .collect()
}

fn edges(
    pairs: &mut [OutletPair],
    articles: &[Article],
    outlets: &Outlets<'_>,
    matches: &[Match],
    amplification: &Amplification,
) {
    let mut lags: Vec<[Vec<f64>; 2]> = vec![Default::default(); pairs.len()];
    for edge in &amplification.edges {
        let Origin::Article(from) = edge.from else { continue };
        if !edge.grade.is_directed() || from >= articles.len() || edge.to >= articles.len() {
            continue;
        }
        let (from, to) = (outlets.of[from], outlets.of[edge.to]);
        if from == to {
            continue;
        }
        let at = outlets.pair(from.min(to), from.max(to));
        let forward = from < to;
        let counts = if forward { &mut pairs[at].edges_ab } else { &mut pairs[at].edges_ba };
        *counts.entry(edge.grade).or_default() += 1;
        if let (Some(lag), Some(_)) = (edge.lag_minutes, edge.clock_error_minutes) {
            lags[at][usize::from(!forward)].push(lag);
        }
    }
    for m in explained(amplification).into_iter().filter_map(|i| matches.get(i)) {
        let (a, b) = (outlets.of[m.a], outlets.of[m.b]);
        if a != b {
            pairs[outlets.pair(a.min(b), a.max(b))].common_source += 1;
        }
    }
    for (pair, [ab, ba]) in pairs.iter_mut().zip(lags) {
        pair.lag_ab = lag_quantiles(ab);
        pair.lag_ba = lag_quantiles(ba);
        let (ab, ba) = (pair.edges_ab.values().sum(), pair.edges_ba.values().sum());
        pair.reciprocity = reciprocity(ab, ba);
        pair.reciprocity_interval = reciprocity_interval(ab, ba);
    }
}

/// Returns `2·min(ab, ba) / (ab + ba)`: 0 if all edges go one way, 1 if as many go each way; `None`
/// without edges.
fn reciprocity(ab: usize, ba: usize) -> Option<f64> {
    (ab + ba > 0).then(|| 2.0 * ab.min(ba) as f64 / (ab + ba) as f64)
}

/// The 95 % interval of the reciprocity: from that of the share of edges from `a` to `b` (Wilson,
/// *Probable inference*, 1927), as the reciprocity is twice the smaller of both shares.
fn reciprocity_interval(ab: usize, ba: usize) -> Option<(f64, f64)> {
    let n = (ab + ba) as f64;
    if ab + ba == 0 {
        return None;
    }
    let (share, z) = (ab as f64 / n, Z_95);
    let scale = 1.0 + z * z / n;
    let middle = (share + z * z / (2.0 * n)) / scale;
    let half = z / scale * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let (low, high) = ((middle - half).max(0.0), (middle + half).min(1.0));
    let least = 2.0 * low.min(1.0 - high);
    let most = if low <= 0.5 && 0.5 <= high { 1.0 } else { 2.0 * high.min(1.0 - low) };
    Some((least.max(0.0), most))
}

/// The 95 % interval of the median of sorted values: the narrowest pair of order statistics, equally far
/// from both ends, that holds it with at least that probability (Conover, *Practical nonparametric
/// statistics*, 1999, section 3.2). `None` below six values.
fn median_interval(sorted: &[f64]) -> Option<(f64, f64)> {
    let n = sorted.len();
    // P(at most k of n values below the median), term by term, while it stays within 2.5 %.
    let (mut log_term, mut below, mut k) = (-(n as f64) * std::f64::consts::LN_2, 0.0, 0);
    while k < n && below + log_term.exp() <= 0.025 {
        below += log_term.exp();
        log_term += ((n - k) as f64 / (k + 1) as f64).ln();
        k += 1;
    }
    let low = *sorted.get(k.checked_sub(1)?)?;
    Some((low, *sorted.get(n - k)?))
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

/// The quantile `q` of sorted values by linear interpolation (Hyndman and Fan, *Sample quantiles in
/// statistical packages*, 1996, definition 7); 0 of no values.
pub(super) fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = q.clamp(0.0, 1.0) * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last index"
    )]
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Edge, Grade};
    use crate::significance::tests::{article, matched};

    fn edge(from: usize, to: usize, grade: Grade, evidence: Vec<Evidence>) -> Edge {
        Edge {
            id: format!("{from}-{to}"),
            from: Origin::Article(from),
            to,
            grade,
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
        let outlets = Outlets::new(&articles);
        let matches = [matched(0, 1), matched(2, 3)];
        let amplification = Amplification {
            edges: vec![
                edge(0, 1, Grade::E1, Vec::new()),
                edge(0, 4, Grade::E3, Vec::new()),
                edge(1, 3, Grade::E3, Vec::new()),
                edge(0, 2, Grade::E5, Vec::new()),
                edge(2, 3, Grade::X, vec![Evidence::Explains { matched: 1 }]),
                edge(2, 1, Grade::X, vec![Evidence::Explains { matched: 1 }]),
            ],
            ..Amplification::default()
        };
        let pairs = pairs(&articles, &outlets, &matches, &amplification);
        let ids: Vec<(&str, &str)> =
            pairs.iter().map(|p| (p.outlet_a.as_str(), p.outlet_b.as_str())).collect();
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
    fn intervals_of_reciprocity_and_median() {
        let (low, high) = reciprocity_interval(7, 3).unwrap();
        // Wilson: 7 of 10 is .397 to .892.
        assert!((low - 2.0 * (1.0 - 0.892_2)).abs() < 1e-3 && (high - 1.0).abs() < 1e-12);
        let (low, high) = reciprocity_interval(30, 0).unwrap();
        assert!(low.abs() < 1e-9 && (high - 2.0 * 0.1135).abs() < 1e-3, "{high}");
        assert_eq!(reciprocity_interval(0, 0), None);
        let of = |n: i32| median_interval(&(1..=n).map(f64::from).collect::<Vec<_>>());
        // Tabulated ranks for 95 %: n 6: 1 and 6; n 10: 2 and 9; n 20: 6 and 15.
        assert_eq!([of(5), of(6)], [None, Some((1.0, 6.0))]);
        assert_eq!([of(10), of(20)], [Some((2.0, 9.0)), Some((6.0, 15.0))]);
        assert!(of(5000).unwrap().0 > 2400.0, "no underflow");
    }
}
