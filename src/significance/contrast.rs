//! Two states' outlets against the controls: do they share more with each other than either shares with
//! the controls?
//!
//! Each pair of outlets is compared with what its activity and the size of each narrative give, in strata of one
//! language, one day and the same eligible outlets: those of the pair test. The sum over strata is that of Mantel and
//! Haenszel's odds ratio (1959), with observed over expected in place of odds.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::order_statistics::quantile;
use super::strata::{Window, pair_nulls, strata};
use super::types::{IncidenceMatrix, Pairs};
use crate::corpus::Corpus;
use crate::model::{Contrast, Role};

/// Resamples behind an interval.
const RESAMPLES: usize = 999;
/// Least expected number of shared narratives on either side; below it the ratio is mostly noise.
const MIN_EXPECTED: f64 = 5.0;
/// Least number of strata: resamples of fewer are too much alike.
const MIN_STRATA: usize = 5;

/// What one stratum adds: observed and expected pairs between the two states, and with the controls.
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
/// interval is a percentile bootstrap over strata. Pairs whose number the margins of a stratum fix say nothing there
/// and count on neither side; nor do narratives that a common source explains.
///
/// Cost: that of [`pair_nulls`] for one width, and 999 passes over the strata for each contrast.
pub(super) fn contrasts(matrix: &IncidenceMatrix, corpus: &Corpus, seed: u64) -> Vec<Contrast> {
    let (states, sides) = sides(corpus);
    if states.len() < 2 {
        return Vec::new();
    }
    let window = Window::Days(1);
    let strata = strata(matrix, window);
    let pairs: Vec<(usize, usize)> = Pairs::of(corpus).all().collect();
    let nulls = pair_nulls(matrix, &strata, window, &pairs, seed);
    let of_states = (0..states.len()).flat_map(|s| (s + 1..states.len()).map(move |t| (s, t)));
    of_states
        .filter_map(|(s, t)| {
            let mut by_stratum: BTreeMap<usize, Sums> = BTreeMap::new();
            for (&(a, b), null) in pairs.iter().zip(&nulls) {
                let Some(between) = part(sides[a], sides[b], s, t) else { continue };
                for part in null.parts.iter().filter(|part| !part.is_fixed()) {
                    let sums = by_stratum.entry(part.stratum).or_default();
                    let side = if between { &mut sums.between } else { &mut sums.controls };
                    side[0] += part.observed as f64;
                    side[1] += part.null.mean();
                }
            }
            let narratives = by_stratum.keys().map(|&stratum| strata[stratum].rows.len()).sum();
            let per_stratum: Vec<Sums> = by_stratum.into_values().collect();
            let mut total = Sums::default();
            for sums in &per_stratum {
                total.add(*sums);
            }
            let enough = total.between[1].min(total.controls[1]) >= MIN_EXPECTED
                && per_stratum.len() >= MIN_STRATA;
            enough.then(|| Contrast {
                state_a: states[s].clone(),
                state_b: states[t].clone(),
                observed: total.between[0],
                expected: total.between[1],
                observed_control: total.controls[0],
                expected_control: total.controls[1],
                ratio: total.ratio(),
                interval: interval(&per_stratum, seed),
                narratives,
            })
        })
        .collect()
}

/// The states under study, sorted, and the side of each outlet.
fn sides(corpus: &Corpus) -> (Vec<String>, Vec<Side>) {
    let (outlets, registry) = (corpus.outlet_ids(), corpus.registry());
    let state = |id: &str| {
        let outlet = registry.get(id).filter(|outlet| outlet.role != Role::Control)?;
        outlet.state.clone()
    };
    let mut states: Vec<String> = outlets.iter().filter_map(|id| state(id)).collect();
    states.sort();
    states.dedup();
    let side = |id: &String| match state(id).and_then(|state| states.binary_search(&state).ok()) {
        Some(number) => Side::State(number),
        None if registry.is_baseline(id) => Side::Control,
        None => Side::Neither,
    };
    let sides = outlets.iter().map(side).collect();
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

/// 95 % percentile interval of the ratio over resamples of strata.
fn interval(per_stratum: &[Sums], seed: u64) -> (f64, f64) {
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut ratios: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let mut total = Sums::default();
            for _ in 0..per_stratum.len() {
                total.add(per_stratum[rng.random_range(0..per_stratum.len())]);
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
    use crate::significance::types::NarrativeRow;

    /// Two outlets of each state, two controls; `together` narratives that one of each state shares and
    /// 60 pairs of any other kind.
    fn found(together: usize) -> Vec<Contrast> {
        let ids = ["c1", "c2", "cn1", "cn2", "ru1", "ru2"];
        let articles: Vec<_> = ids.iter().map(|id| article(id, id, 0)).collect();
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
        let corpus = ordered(&articles, registry);
        let pairs = (0..6).flat_map(|a| (a + 1..6).map(move |b| [a, b]));
        let even = pairs.flat_map(|pair| std::iter::repeat_n(pair, 4));
        let extra = (0..together).map(|i| [2 + i % 2, 4 + i / 2 % 2]);
        // A step that shares no factor with the number of days spreads each pair over all of them.
        let rows = even.chain(extra).enumerate().map(|(i, pair)| NarrativeRow {
            language: 0,
            day: i64::try_from(i * 7 % 12).unwrap(),
            six_hours: None,
            eligible: (0..6).collect(),
            carriers: pair.to_vec(),
        });
        let matrix = IncidenceMatrix::new(6, vec!["en".into()], rows.collect());
        contrasts(&matrix, &corpus, 7)
    }

    #[test]
    fn states_that_keep_to_each_other_stand_out() {
        let even = &found(0)[0];
        assert_eq!((even.state_a.as_str(), even.state_b.as_str()), ("CN", "RU"));
        assert!((even.ratio - 1.0).abs() < 0.15, "{even:?}");
        assert!(even.interval.0 < 1.0 && even.interval.1 > 1.0, "{even:?}");
        let close = &found(120)[0];
        assert!(close.ratio > 1.2 && close.interval.0 > 1.05, "{close:?}");
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
