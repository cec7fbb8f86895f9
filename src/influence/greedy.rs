//! The greedy choice of edges, with lazy evaluation.
//!
//! NETINF (Gomez-Rodriguez, Leskovec and Krause, *Inferring networks of diffusion and influence*, 2010):
//! each reception has one parent. Without an edge it is explained by its nearest predecessor through a
//! background of weight ε; an edge of the network explains it with weight β. The likelihood of the best
//! trees is submodular in the set of edges, so that a gain seen earlier bounds the gain now: only the edge
//! on top of the queue is evaluated again (CELF; Leskovec et al., *Cost-effective outbreak detection in
//! networks*, 2007). What is chosen is what evaluating everything in each step would choose.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Stop;
use super::cascade::{Index, Reception};
use statrs::distribution::{ContinuousCDF, Normal};

/// Probability that an edge of the network passes a thing on: β of the paper's and the reference
/// implementation's experiments.
pub(super) const BETA: f64 = 0.5;
/// Weight of the background that explains what no edge does: ε of the reference implementation.
pub(super) const EPSILON: f64 = 1e-10;

/// One chosen edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Gain of the log-likelihood at the time of the choice.
    pub(super) gain: f64,
    /// p-value of Vuong's test of the network with the edge against that without it.
    pub(super) p: f64,
}

/// The choice, and what explains each reception at its end.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Choice {
    /// In the order of the choice.
    pub(super) steps: Vec<Step>,
    /// Gain if every possible edge were chosen.
    pub(super) possible_gain: f64,
    /// Per reception: number of the step whose edge explains it, and the time since its parent's event.
    pub(super) parents: Vec<(Option<usize>, f64)>,
}

/// Log-likelihood of a reception `gap` after its parent, exponential with `rate`, of weight `weight`.
fn score(weight: f64, rate: f64, gap: f64) -> f64 {
    (weight * rate).ln() - rate * gap
}

/// What an edge would gain when last looked at.
#[derive(Debug, PartialEq)]
struct Bound {
    gain: f64,
    edge: (usize, usize),
    /// Number of edges chosen when this was evaluated.
    seen: usize,
}

impl Eq for Bound {}

impl Ord for Bound {
    fn cmp(&self, other: &Bound) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.edge.cmp(&self.edge))
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Bound) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Chooses edges until `stop`, for exponential transmission with this rate. At equal gain the lower
/// (from, to) is chosen.
///
/// Cost: `O(E log E)` for `E` possible edges, and the receptions of each edge that is looked at.
pub(super) fn choose(index: &Index, cascades: usize, rate: f64, stop: Stop) -> Choice {
    let mut state = State::new(index, rate);
    let mut queue: BinaryHeap<Bound> = index
        .edges
        .iter()
        .map(|(&edge, uses)| Bound { gain: state.gain(uses), edge, seen: 0 })
        .collect();
    let mut choice = Choice { possible_gain: state.possible(index), ..Choice::default() };
    let mut gained = 0.0;
    while let Some(top) = queue.pop() {
        let Some(uses) = index.edges.get(&top.edge) else { continue };
        if top.seen != choice.steps.len() {
            queue.push(Bound { gain: state.gain(uses), seen: choice.steps.len(), ..top });
            continue;
        }
        if top.gain <= 0.0 {
            break;
        }
        let p = vuong(&state.gains(uses), cascades);
        let (from, to) = top.edge;
        state.take(uses, choice.steps.len());
        choice.steps.push(Step { from, to, gain: top.gain, p });
        gained += top.gain;
        let enough = match stop {
            Stop::Edges(n) => choice.steps.len() >= n,
            Stop::GainShare(share) => gained >= share * choice.possible_gain,
            Stop::PValue(level) => p >= level,
        };
        if enough {
            break;
        }
    }
    choice.parents = state.parents;
    choice
}

/// What explains each reception so far.
struct State<'a> {
    receptions: &'a [Reception],
    rate: f64,
    scores: Vec<f64>,
    parents: Vec<(Option<usize>, f64)>,
}

impl State<'_> {
    fn new(index: &Index, rate: f64) -> State<'_> {
        let receptions = &index.receptions[..];
        State {
            receptions,
            rate,
            scores: receptions.iter().map(|r| score(EPSILON, rate, r.nearest)).collect(),
            parents: receptions.iter().map(|r| (None, r.nearest)).collect(),
        }
    }

    /// Gains of one edge, one for each cascade in which it explains more than what is there.
    fn gains(&self, uses: &[(usize, f64)]) -> Vec<f64> {
        let gain = |&(reception, gap): &(usize, f64)| {
            let gain = score(BETA, self.rate, gap) - self.scores[reception];
            (gain > 0.0).then_some(gain)
        };
        uses.iter().filter_map(gain).collect()
    }

    fn gain(&self, uses: &[(usize, f64)]) -> f64 {
        self.gains(uses).iter().sum()
    }

    fn take(&mut self, uses: &[(usize, f64)], step: usize) {
        for &(reception, gap) in uses {
            let with = score(BETA, self.rate, gap);
            if with > self.scores[reception] {
                self.scores[reception] = with;
                self.parents[reception] = (Some(step), gap);
            }
        }
    }

    /// Gain of all edges together: each reception takes its best parent.
    fn possible(&self, index: &Index) -> f64 {
        let mut nearest = vec![f64::INFINITY; self.receptions.len()];
        for &(reception, gap) in index.edges.values().flatten() {
            nearest[reception] = nearest[reception].min(gap);
        }
        let gain = |(gap, known): (&f64, &f64)| score(BETA, self.rate, *gap) - known;
        nearest.iter().zip(&self.scores).map(gain).filter(|gain| *gain > 0.0).sum()
    }
}

/// One-sided p-value of Vuong's test (*Likelihood ratio tests for model selection*, 1989) that one more
/// edge improves the fit: over all cascades, the mean gain less 1/n for the parameter, in units of its
/// standard error. 1 with fewer than two cascades, or if all gain the same.
fn vuong(gains: &[f64], cascades: usize) -> f64 {
    let n = cascades as f64;
    let differences = gains.iter().copied().chain(std::iter::repeat(0.0)).take(cascades);
    let differences: Vec<f64> = differences.map(|gain| gain - 1.0 / n).collect();
    let sum: f64 = differences.iter().sum();
    let squares: f64 = differences.iter().map(|d| (d - sum / n).powi(2)).sum();
    let z = sum / ((squares / (n - 1.0)).sqrt() * n.sqrt());
    if z.is_finite() { Normal::new(0.0, 1.0).map_or(1.0, |normal| normal.sf(z)) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cascade::Cascade;
    use super::*;

    /// The greedy choice that evaluates every edge in each step.
    fn exhaustive(index: &Index, rate: f64, edges: usize) -> Vec<(usize, usize)> {
        let mut state = State::new(index, rate);
        let mut chosen = Vec::new();
        for step in 0..edges {
            let gains = index.edges.iter().map(|(edge, uses)| (state.gain(uses), edge));
            let best = gains.reduce(|a, b| if b.0 > a.0 { b } else { a });
            let Some((gain, edge)) = best else { break };
            if gain <= 0.0 {
                break;
            }
            chosen.push(*edge);
            state.take(&index.edges[edge], step);
        }
        chosen
    }

    proptest! {
        #[test]
        fn lazy_evaluation_chooses_the_same(
            times in proptest::collection::vec(
                proptest::collection::vec((0usize..7, 0u8..40), 2..7), 1..25)
        ) {
            let cascades: Vec<Cascade> = times
                .iter()
                .map(|c| Cascade::new(c.iter().map(|&(n, t)| (n, f64::from(t)))))
                .collect();
            let index = Index::new(&cascades, 1);
            let lazy = choose(&index, cascades.len(), 0.3, Stop::Edges(20));
            let found: Vec<_> = lazy.steps.iter().map(|s| (s.from, s.to)).collect();
            prop_assert_eq!(found, exhaustive(&index, 0.3, 20));
            prop_assert!(lazy.steps.windows(2).all(|w| w[0].gain >= w[1].gain - 1e-9));
            let all = choose(&index, cascades.len(), 0.3, Stop::Edges(usize::MAX));
            let gained: f64 = all.steps.iter().map(|s| s.gain).sum();
            prop_assert!((gained - all.possible_gain).abs() < 1e-6);
        }
    }

    #[test]
    fn worked_example() {
        // Twice 0 → 1 → 2 one unit apart, once 0 → 2 alone after three units; rate 1.
        let chain = || Cascade::new([(0, 0.0), (1, 1.0), (2, 2.0)]);
        let cascades = [chain(), chain(), Cascade::new([(0, 0.0), (2, 3.0)])];
        let choice = choose(&Index::new(&cascades, 1), 3, 1.0, Stop::Edges(9));
        let unit = (BETA / EPSILON).ln(); // 22.33: an edge that replaces the background
        // 0→2: twice ln(β/ε) − 1, once ln(β/ε). Then 0→1 gains its two. Then 1→2 is nearer by 1, twice.
        let found: Vec<_> = choice.steps.iter().map(|s| (s.from, s.to)).collect();
        assert_eq!(found, [(0, 2), (0, 1), (1, 2)]);
        for (step, expected) in choice.steps.iter().zip([3.0 * unit - 2.0, 2.0 * unit, 2.0]) {
            assert!((step.gain - expected).abs() < 1e-9, "{step:?} {expected}");
        }
        assert!((choice.possible_gain - 5.0 * unit).abs() < 1e-9);
        let parents: Vec<_> = choice.parents.iter().map(|(step, _)| *step).collect();
        assert_eq!(parents, [Some(1), Some(2), Some(1), Some(2), Some(0)]);
    }

    #[test]
    fn stops_when_enough_is_gained_or_an_edge_is_not_significant() {
        let often = || Cascade::new([(0, 0.0), (1, 1.0)]);
        let mut cascades: Vec<Cascade> = (0..9).map(|_| often()).collect();
        cascades.push(Cascade::new([(2, 0.0), (3, 1.0)]));
        let index = Index::new(&cascades, 1);
        let edges = |stop| choose(&index, 10, 1.0, stop).steps.len();
        assert_eq!(edges(Stop::GainShare(0.85)), 1);
        assert_eq!(edges(Stop::GainShare(0.95)), 2);
        assert_eq!(
            edges(Stop::PValue(0.05)),
            2,
            "the edge at which the level is passed is the last"
        );
        assert_eq!(edges(Stop::Edges(1)), 1);
    }
}
