//! Two states' outlets against the controls: do they share more with each other than either shares with
//! the controls?
//!
//! Each pair of outlets is compared with what its activity and the size of each narrative give, narrative
//! by narrative; so day and size of the event are strata, as in Mantel and Haenszel's odds ratio (1959),
//! with observed over expected in place of odds.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::incidence_matrix::Coverage;
use super::null::{Cell, Null};
use super::order_statistics::quantile;
use super::types::Outlets;
use crate::model::{Contrast, Registry, Role};

/// Resamples behind an interval.
const RESAMPLES: usize = 999;
/// Least expected number of shared narratives on either side; below it the ratio is mostly noise.
const MIN_EXPECTED: f64 = 5.0;

/// What one narrative adds: observed and expected pairs between the two states, and with the controls.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sums {
    between: [f64; 2],
    controls: [f64; 2],
}

impl Sums {
    fn add(&mut self, other: Sums) {
        for i in 0..2 {
            self.between[i] += other.between[i];
            self.controls[i] += other.controls[i];
        }
    }

    /// Ratio of both sides' observed over expected; half a pair is added to what was observed, so that
    /// it is never 0 or infinite.
    fn ratio(self) -> f64 {
        let side = |[observed, expected]: [f64; 2]| (observed + 0.5) / (expected + 0.5);
        side(self.between) / side(self.controls)
    }
}

/// The part of an outlet in the contrasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Under study, of the state with this number.
    State(usize),
    Control,
    Neither,
}

/// Returns the contrast of each two states whose outlets are under study, by the states' codes. The 95 %
/// interval is a percentile bootstrap over narratives.
///
/// Cost: pairs of outlets times the cells of each, and 999 passes over the narratives for each contrast.
pub(super) fn contrasts(
    coverage: &Coverage,
    null: &Null,
    outlets: &Outlets<'_>,
    registry: &Registry,
    seed: u64,
) -> Vec<Contrast> {
    let (states, sides) = sides(outlets, registry);
    let rows: Vec<Vec<Vec<Cell>>> =
        (0..outlets.ids.len()).into_par_iter().map(|a| null.cells(a)).collect();
    let pairs = (0..states.len()).flat_map(|s| (s + 1..states.len()).map(move |t| (s, t)));
    pairs
        .filter_map(|(s, t)| {
            let part = |a: usize, b: usize| part(sides[a], sides[b], s, t);
            let per_narrative = sums(coverage, &rows, part);
            let mut total = Sums::default();
            for sums in &per_narrative {
                total.add(*sums);
            }
            let enough = total.between[1].min(total.controls[1]) >= MIN_EXPECTED;
            enough.then(|| {
                let (low, high) = interval(&per_narrative, seed);
                Contrast {
                    state_a: states[s].clone(),
                    state_b: states[t].clone(),
                    observed: total.between[0],
                    expected: total.between[1],
                    observed_control: total.controls[0],
                    expected_control: total.controls[1],
                    ratio: total.ratio(),
                    interval: (low, high),
                    narratives: per_narrative.len(),
                }
            })
        })
        .collect()
}

/// The states under study, sorted, and the side of each outlet.
fn sides(outlets: &Outlets<'_>, registry: &Registry) -> (Vec<String>, Vec<Side>) {
    let state = |id: &str| {
        let outlet = registry.get(id).filter(|outlet| outlet.role != Role::Control)?;
        outlet.state.clone()
    };
    let mut states: Vec<String> = outlets.ids.iter().filter_map(|id| state(id)).collect();
    states.sort();
    states.dedup();
    let side = |id: &&str| match state(id).and_then(|state| states.binary_search(&state).ok()) {
        Some(number) => Side::State(number),
        None if registry.is_baseline(id) => Side::Control,
        None => Side::Neither,
    };
    let sides = outlets.ids.iter().map(side).collect();
    (states, sides)
}

/// Whether a pair is between the states `s` and `t` (`Some(true)`), or between one of them and a control.
fn part(a: Side, b: Side, s: usize, t: usize) -> Option<bool> {
    let ours = |side: Side| side == Side::State(s) || side == Side::State(t);
    match (a, b) {
        _ if ours(a) && ours(b) => (a != b).then_some(true),
        _ if (ours(a) && b == Side::Control) || (a == Side::Control && ours(b)) => Some(false),
        _ => None,
    }
}

/// Observed and expected pairs of each narrative. A pair that shares a narrative through a common source
/// only is neither observed nor expected there.
fn sums(
    coverage: &Coverage,
    rows: &[Vec<Vec<Cell>>],
    part: impl Fn(usize, usize) -> Option<bool>,
) -> Vec<Sums> {
    let mut expected: BTreeMap<(usize, usize), Sums> = BTreeMap::new();
    for (a, row) in rows.iter().enumerate() {
        for (offset, cells) in row.iter().enumerate() {
            let Some(between) = part(a, a + 1 + offset) else { continue };
            for cell in cells {
                let sums = expected.entry((cell.stratum, cell.size)).or_default();
                let side = if between { &mut sums.between } else { &mut sums.controls };
                side[1] += cell.both;
            }
        }
    }
    let mut found: Vec<Sums> = coverage
        .rows
        .iter()
        .map(|row| {
            let key = (row.stratum, row.carriers.len());
            let mut sums = expected.get(&key).copied().unwrap_or_default();
            for (i, &a) in row.carriers.iter().enumerate() {
                for &b in &row.carriers[i + 1..] {
                    match part(a, b) {
                        Some(true) => sums.between[0] += 1.0,
                        Some(false) => sums.controls[0] += 1.0,
                        None => {}
                    }
                }
            }
            sums
        })
        .collect();
    for (&(a, b), common) in &coverage.common {
        let (Some(between), Some(cells)) = (part(a, b), rows.get(a).and_then(|r| r.get(b - a - 1)))
        else {
            continue;
        };
        for &row in common {
            let Some(narrative) = coverage.rows.get(row) else { continue };
            let key = (narrative.stratum, narrative.carriers.len());
            let both = cells.iter().find(|cell| (cell.stratum, cell.size) == key);
            let side = &mut found[row];
            let side = if between { &mut side.between } else { &mut side.controls };
            side[0] -= 1.0;
            side[1] -= both.map_or(0.0, |cell| cell.both);
        }
    }
    found
}

/// 95 % percentile interval of the ratio over resamples of narratives.
fn interval(per_narrative: &[Sums], seed: u64) -> (f64, f64) {
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut ratios: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let mut total = Sums::default();
            for _ in 0..per_narrative.len() {
                total.add(per_narrative[rng.random_range(0..per_narrative.len())]);
            }
            total.ratio()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    (quantile(&ratios, 0.025), quantile(&ratios, 0.975))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::Registry;
    use crate::significance::tests::{article, outlet};

    /// Two outlets of each state, two controls; `together` narratives that one of each state shares and
    /// 60 pairs of any other kind.
    fn found(together: usize) -> Vec<Contrast> {
        let ids = ["c1", "c2", "cn1", "cn2", "ru1", "ru2"];
        let articles: Vec<_> = ids.iter().map(|id| article(id, id, 0)).collect();
        let corpus = ordered(&articles, Registry::default());
        let outlets = Outlets::new(&corpus);
        let registry = Registry::new(ids.iter().map(|id| {
            let role = if id.starts_with('c') && !id.starts_with("cn") {
                Role::Control
            } else {
                Role::Subject
            };
            let mut outlet = outlet(id, role);
            outlet.state = (role == Role::Subject).then(|| id[..2].to_uppercase());
            outlet
        }));
        let all: Vec<usize> = (0..ids.len()).collect();
        let pairs = (0..6).flat_map(|a| (a + 1..6).map(move |b| [a, b]));
        let even = pairs.flat_map(|pair| std::iter::repeat_n(pair, 4));
        let extra = (0..together).map(|i| [2 + i % 2, 4 + i / 2 % 2]);
        let rows = even.chain(extra).map(|pair| (pair.into_iter().collect(), all.clone()));
        let coverage = Coverage::from_rows(6, rows);
        let null = Null::fit(&coverage).unwrap();
        contrasts(&coverage, &null, &outlets, &registry, 7)
    }

    #[test]
    fn states_that_keep_to_each_other_stand_out() {
        let even = &found(0)[0];
        assert_eq!((even.state_a.as_str(), even.state_b.as_str()), ("CN", "RU"));
        assert!((even.ratio - 1.0).abs() < 0.05, "{even:?}");
        assert!(even.interval.0 < 1.0 && even.interval.1 > 1.0, "{even:?}");
        assert!((even.observed - 16.0).abs() < 1e-9 && (even.observed_control - 32.0).abs() < 1e-9);
        let close = &found(120)[0];
        assert!(close.ratio > 1.5 && close.interval.0 > 1.1, "{close:?}");
        assert!(close.interval.0 < close.ratio && close.ratio < close.interval.1);
    }

    #[test]
    fn one_state_has_no_contrast() {
        assert_eq!(part(Side::State(0), Side::State(0), 0, 1), None);
        assert_eq!(part(Side::State(0), Side::State(1), 0, 1), Some(true));
        assert_eq!(part(Side::Control, Side::State(1), 0, 1), Some(false));
        assert_eq!(part(Side::State(2), Side::State(1), 0, 1), None);
        assert_eq!(part(Side::Control, Side::Neither, 0, 1), None);
    }
}
