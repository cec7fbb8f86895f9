//! Does the test keep its promise on the data at hand?
//!
//! Draws without contact keep each outlet's activity by language and time, the size of each narrative and who could
//! have carried it, and break everything else: first by day, as the test assumes, then by six hours, which the test does not
//! know. In neither may it call more pairs than its level allows. Draws with planted copying say what it finds.

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use serde::Serialize;

use super::co_coverage::{
    Baseline, LEAST_ODDS, PairTest, false_discovery_rates, is_called, pair_tests,
};
use super::pair_effect::TAIL;
use super::presence::Presence;
use super::random_tables::Table;
use super::strata::{Window, strata};
use super::types::IncidenceMatrix;
use super::{DEFAULT_SEED, SignificanceConfig, baseline, incidence_matrix};
use crate::corpus::Corpus;
use crate::model::Narrative;

/// Draws without contact by default: the share of p-values at or below .05 is then known to .015 for a single pair.
pub const DEFAULT_SHUFFLES: usize = 200;
/// Draws with planted copies by default, for each share.
pub const DEFAULT_PLANTED: usize = 40;
/// Shares of one outlet's narratives that another takes over in the planted draws.
pub const PLANTED_SHARES: [f64; 3] = [0.1, 0.25, 0.5];
/// Levels at which Type-I errors are counted.
pub const LEVELS: [f64; 4] = [0.01, 0.05, 0.1, 0.5];
/// Trades between two narratives for each narrative and draw (five are usual; Strona et al., 2014).
const TRADES: usize = 10;
/// Chance by which a sound test has more draws with a call than the bound.
const BOUND_LEVEL: f64 = 0.05;

/// Settings of a calibration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalibrationConfig {
    /// Draws without contact, of either kind.
    pub shuffles: usize,
    /// Draws with planted copies, for each of [`PLANTED_SHARES`].
    pub planted: usize,
    /// Seed of all chance.
    pub seed: u64,
}

impl Default for CalibrationConfig {
    fn default() -> Self {
        CalibrationConfig {
            shuffles: DEFAULT_SHUFFLES,
            planted: DEFAULT_PLANTED,
            seed: DEFAULT_SEED,
        }
    }
}

/// What a calibration found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Whether the p-values of this corpus can be trusted, in one sentence.
    pub verdict: String,
    /// Settings.
    pub config: CalibrationConfig,
    /// Outlets that share narratives.
    pub outlets: usize,
    /// Narratives of at least two outlets.
    pub narratives: usize,
    /// Pairs tested in each draw.
    pub pairs: usize,
    /// Tests made in draws that keep activity by language and day.
    pub tests: usize,
    /// Type-I errors in these, by level.
    pub type_1: Vec<TypeOne>,
    /// Kolmogorov–Smirnov distance from uniform of the randomised p-values of one pair, drawn at random,
    /// of each such draw.
    pub ks: f64,
    /// Its p-value.
    pub ks_p: f64,
    /// Draws of this kind in which any pair was called.
    pub false_runs: usize,
    /// Type-I errors in draws that keep activity by language and six hours, by level.
    pub type_1_six_hours: Vec<TypeOne>,
    /// Draws of that kind in which any pair was called.
    pub false_runs_six_hours: usize,
    /// Greatest number of draws with a call that a sound test has in nineteen of twenty calibrations.
    pub bound: usize,
    /// What was found of the planted copies, by share.
    pub power: Vec<Power>,
}

/// Share of tests at or below a level where nothing is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TypeOne {
    /// The level.
    pub level: f64,
    /// Share of the mid-p values, which are the ones reported.
    pub mid: f64,
}

/// What was found where one outlet takes over a share of another's narratives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Power {
    /// Share taken over.
    pub share: f64,
    /// Draws.
    pub trials: usize,
    /// Draws in which the pair was called.
    pub found: usize,
    /// Other pairs called in all of them.
    pub others: usize,
}

/// Calibrates the pair test on a corpus; `None` if there is nothing to test.
///
/// Cost: one round of tests, as draws without contact leave all null distributions as they are, and one more for each draw
/// with a planted copy.
pub fn calibrate(
    corpus: &Corpus,
    narratives: &[Narrative],
    settings: &SignificanceConfig,
    config: CalibrationConfig,
) -> Option<Calibration> {
    let presence = Presence::new(corpus);
    let none = std::collections::BTreeSet::new();
    let matrix = incidence_matrix::incidence_matrix(corpus, narratives, &presence, &[], &none);
    run(&matrix, &baseline(corpus, &presence), settings, config)
}

fn run(
    matrix: &IncidenceMatrix,
    baseline: &Baseline,
    settings: &SignificanceConfig,
    config: CalibrationConfig,
) -> Option<Calibration> {
    let mut rng = Pcg64::seed_from_u64(config.seed);
    let tests = tested(matrix, baseline, settings);
    if matrix.active() < super::MIN_OUTLETS || tests.is_empty() {
        return None;
    }
    let by_day = without_contact(matrix, Window::Days(1), &tests, (settings, config), &mut rng);
    let by_hours = without_contact(matrix, Window::SixHours, &tests, (settings, config), &mut rng);
    let power = PLANTED_SHARES
        .map(|share| power(matrix, baseline, &tests, share, (settings, config), &mut rng));
    let bound = bound(config.shuffles);
    let (mut randomised, draws) = (by_day.randomised, config.shuffles);
    let ks = distance(&mut randomised);
    Some(Calibration {
        verdict: verdict([by_day.runs, by_hours.runs], draws, bound),
        config,
        outlets: matrix.active(),
        narratives: matrix.rows.len(),
        pairs: tests.len(),
        tests: by_day.p.len(),
        type_1: type_1(&by_day.p),
        ks,
        ks_p: kolmogorov(ks, randomised.len()),
        false_runs: by_day.runs,
        type_1_six_hours: type_1(&by_hours.p),
        false_runs_six_hours: by_hours.runs,
        bound,
        power: power.to_vec(),
    })
}

/// Whether the p-values can be trusted, from the draws with a call: by day, by six hours.
fn verdict([by_day, by_hours]: [usize; 2], draws: usize, bound: usize) -> String {
    let found = format!(
        "without contact, some pair was called in {by_day} of {draws} draws that keep each outlet's activity by \
         language and day, and in {by_hours} of {draws} that keep it by language and six hours (a sound test stays \
         within {bound})"
    );
    let trust = if by_day > bound {
        "The p-values of this corpus cannot be trusted"
    } else if by_hours > bound {
        "The p-values of this corpus can be trusted only for pairs whose `p_six_hours` is small too, because \
         outlets here keep the same hours"
    } else {
        "The p-values of this corpus can be trusted"
    };
    format!("{trust}: {found}.")
}

/// The pairs of a matrix that are tested.
fn tested(
    matrix: &IncidenceMatrix,
    baseline: &Baseline,
    settings: &SignificanceConfig,
) -> Vec<PairTest> {
    let tests = pair_tests(matrix, baseline, settings);
    tests.into_iter().filter(|test| test.refusal().is_none()).collect()
}

/// What was found in draws without contact.
struct Draws {
    /// All p-values.
    p: Vec<f64>,
    /// One randomised p-value of each draw, uniform if the test is exact.
    randomised: Vec<f64>,
    /// Draws in which any pair was called.
    runs: usize,
}

fn without_contact(
    matrix: &IncidenceMatrix,
    window: Window,
    tests: &[PairTest],
    (settings, config): (&SignificanceConfig, CalibrationConfig),
    rng: &mut Pcg64,
) -> Draws {
    let mut draws = Draws { p: Vec::new(), randomised: Vec::new(), runs: 0 };
    for _ in 0..config.shuffles {
        let world = shuffled(matrix, window, rng);
        let shared = |test: &PairTest| world.shared[test.pair.0][test.pair.1];
        let p: Vec<f64> = tests.iter().map(|test| test.family.mid_p(shared(test), 1.0)).collect();
        let is_called = |(test, q): (&PairTest, f64)| {
            let exceeds_least = test.family.mid_p(shared(test), LEAST_ODDS) < TAIL;
            is_called(q, if exceeds_least { f64::INFINITY } else { 0.0 }, settings)
        };
        draws.runs +=
            usize::from(tests.iter().zip(false_discovery_rates(tests, &p)).any(is_called));
        if let Some(test) = tests.choose(rng) {
            // The mid-p value lies halfway between P(more) and P(as many or more).
            let (count, off) = (shared(test), rng.random::<f64>() - 0.5);
            draws.randomised.push(test.family.mid_p(count, 1.0) + off * test.family.mass(count));
        }
        draws.p.extend(p);
    }
    draws
}

fn power(
    matrix: &IncidenceMatrix,
    baseline: &Baseline,
    tests: &[PairTest],
    share: f64,
    (settings, config): (&SignificanceConfig, CalibrationConfig),
    rng: &mut Pcg64,
) -> Power {
    let mut power = Power { share, trials: config.planted, found: 0, others: 0 };
    for _ in 0..config.planted {
        let Some(pair) = tests.choose(rng).map(|test| test.pair) else { continue };
        let drawn = planted(&shuffled(matrix, Window::Days(1), rng), pair, share, rng);
        let tests = tested(&drawn, baseline, settings);
        let estimates: Vec<_> =
            tests.iter().map(|test| test.family.estimate(test.observed)).collect();
        let q = false_discovery_rates(&tests, &estimates.iter().map(|e| e.p).collect::<Vec<_>>());
        for ((test, estimate), q) in tests.iter().zip(&estimates).zip(q) {
            if is_called(q, estimate.odds_interval.0, settings) {
                *(if test.pair == pair { &mut power.found } else { &mut power.others }) += 1;
            }
        }
    }
    power
}

/// Draws a matrix with the same margins in each stratum of this window. Where the window asks for an hour, narratives
/// without one are dealt out among themselves, by day: left as they are they would keep all that is to be broken.
fn shuffled(matrix: &IncidenceMatrix, window: Window, rng: &mut Pcg64) -> IncidenceMatrix {
    let mut rows = matrix.rows.clone();
    let mut deal_out = |of: &[usize]| {
        let carriers = of.iter().map(|&row| matrix.rows[row].carriers.as_slice());
        let mut table = Table::new(matrix.outlets(), carriers);
        table.trade(TRADES * of.len(), rng);
        for (place, &row) in of.iter().enumerate() {
            rows[row].carriers = table.carriers(place).collect();
        }
    };
    for stratum in strata(matrix, window) {
        deal_out(&stratum.rows);
    }
    if window == Window::SixHours {
        for mut stratum in strata(matrix, Window::Days(1)) {
            stratum.rows.retain(|&row| matrix.rows[row].six_hours.is_none());
            deal_out(&stratum.rows);
        }
    }
    IncidenceMatrix::new(matrix.outlets(), matrix.languages.clone(), rows)
}

/// Lets `a` take over a share of the narratives that `b` carries and `a` could have carried.
fn planted(
    matrix: &IncidenceMatrix,
    (a, b): (usize, usize),
    share: f64,
    rng: &mut Pcg64,
) -> IncidenceMatrix {
    let mut rows = matrix.rows.clone();
    for row in &mut rows {
        let open = row.eligible.contains(&a) && !row.carriers.contains(&a);
        if open && row.carriers.contains(&b) && rng.random_bool(share) {
            row.carriers.push(a);
            row.carriers.sort_unstable();
        }
    }
    IncidenceMatrix::new(matrix.outlets(), matrix.languages.clone(), rows)
}

fn type_1(p: &[f64]) -> Vec<TypeOne> {
    let share =
        |level: f64| p.iter().filter(|&&p| p <= level).count() as f64 / p.len().max(1) as f64;
    LEVELS.map(|level| TypeOne { level, mid: share(level) }).to_vec()
}

/// The least number of draws with a call that a test at 5 % a draw exceeds in less than 5 % of calibrations.
fn bound(draws: usize) -> usize {
    let mut tail = 1.0;
    let mut term = (1.0 - BOUND_LEVEL).powf(draws as f64);
    for calls in 0..draws {
        tail -= term;
        if tail < BOUND_LEVEL {
            return calls;
        }
        term *= (draws - calls) as f64 / (calls + 1) as f64 * BOUND_LEVEL / (1.0 - BOUND_LEVEL);
    }
    draws
}

/// Greatest distance of the empirical distribution of `values` from the uniform one.
fn distance(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let gap = |(i, p): (usize, &f64)| ((i + 1) as f64 / n - p).max(p - i as f64 / n);
    values.iter().enumerate().map(gap).fold(0.0, f64::max)
}

/// p-value of a Kolmogorov–Smirnov distance: Kolmogorov's series with Stephens' correction for small `n`
/// (1970).
fn kolmogorov(distance: f64, n: usize) -> f64 {
    let root = (n as f64).sqrt();
    let x = (root + 0.12 + 0.11 / root.max(1.0)) * distance;
    if x < 0.2 {
        return 1.0;
    }
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
        sign * (-2.0 * f64::from(k * k) * x * x).exp()
    };
    (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::significance::types::NarrativeRow;

    /// Draws narratives: each outlet has a weight, each narrative a size, and takes that many outlets one by one with
    /// odds of their weights. On one day in five the last outlet is absent.
    fn world(outlets: usize, narratives: usize, most: usize) -> IncidenceMatrix {
        let mut rng = Pcg64::seed_from_u64(DEFAULT_SEED);
        let weights: Vec<f64> = (0..outlets).map(|i| 1.5f64.powf((i % 6) as f64)).collect();
        let row = |narrative: usize| {
            let day = narrative / 8;
            let present = if day.is_multiple_of(5) { outlets - 1 } else { outlets };
            let size = rng.random_range(2..=most).min(rng.random_range(2..=most));
            let mut carriers = BTreeSet::new();
            while carriers.len() < size {
                let mut at = rng.random::<f64>() * weights[..present].iter().sum::<f64>();
                let chosen = weights[..present].iter().position(|w| {
                    at -= w;
                    at < 0.0
                });
                carriers.insert(chosen.unwrap_or(0));
            }
            let day = i64::try_from(day).unwrap();
            let six_hours = Some(4 * day + i64::try_from(narrative % 4).unwrap());
            let carriers = carriers.into_iter().collect();
            NarrativeRow { language: 0, day, six_hours, eligible: (0..present).collect(), carriers }
        };
        let rows = (0..narratives).map(row).collect();
        IncidenceMatrix::new(outlets, vec!["en".into()], rows)
    }

    fn calibrated(matrix: &IncidenceMatrix) -> Option<Calibration> {
        let outlets = matrix.outlets();
        let baseline = Baseline {
            is_control: (0..outlets).map(|outlet| outlet + 2 >= outlets).collect(),
            articles: vec![BTreeMap::from([(0, 100)]); outlets],
        };
        let config =
            CalibrationConfig { shuffles: 200, planted: 1, ..CalibrationConfig::default() };
        run(matrix, &baseline, &SignificanceConfig::default(), config)
    }

    #[test]
    fn draws_without_contact_give_uniform_p_and_planted_copies_are_found() {
        for (outlets, narratives, most) in [(9, 320, 5)] {
            let found = calibrated(&world(outlets, narratives, most)).unwrap();
            let at = |level: f64, of: &[TypeOne]| {
                of.iter().find(|t| (t.level - level).abs() < 1e-9).unwrap().mid
            };
            for kind in [&found.type_1, &found.type_1_six_hours] {
                assert!((0.03..=0.065).contains(&at(0.05, kind)), "{found:?}");
                assert!((0.42..=0.58).contains(&at(0.5, kind)), "{found:?}");
            }
            assert!(found.ks_p > 0.01, "{found:?}");
            assert!(found.verdict.starts_with("The p-values of this corpus can be trusted:"));
            let half = found.power.last().unwrap();
            assert_eq!((half.found, half.others), (1, 0), "{half:?}");
        }
    }

    #[test]
    fn a_draw_keeps_the_margins_and_the_structural_zeros() {
        let before = world(7, 80, 4);
        let after = shuffled(&before, Window::Days(1), &mut Pcg64::seed_from_u64(1));
        assert_ne!(before.rows, after.rows);
        assert_eq!(before.carried, after.carried);
        let margins = |matrix: &IncidenceMatrix| {
            let mut margins: BTreeMap<i64, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
            for row in &matrix.rows {
                let (sizes, carriers) = margins.entry(row.day).or_default();
                sizes.push(row.carriers.len());
                carriers.extend(&row.carriers);
                assert!(row.carriers.iter().all(|outlet| row.eligible.contains(outlet)));
            }
            for (sizes, carriers) in margins.values_mut() {
                sizes.sort_unstable();
                carriers.sort_unstable();
            }
            margins
        };
        assert_eq!(margins(&before), margins(&after));
    }

    #[test]
    fn what_is_known_to_the_day_only_is_dealt_out_by_day() {
        let mut before = world(7, 80, 4);
        for row in &mut before.rows {
            row.six_hours = None;
        }
        let after = shuffled(&before, Window::SixHours, &mut Pcg64::seed_from_u64(1));
        assert_ne!(before.rows, after.rows);
        assert_eq!(before.carried, after.carried);
        assert_eq!(after, shuffled(&before, Window::Days(1), &mut Pcg64::seed_from_u64(1)));
    }

    #[test]
    fn kolmogorov_values_are_the_tabulated_ones() {
        // Critical values for large n: 1.358/√n at 5 %, 1.628/√n at 1 %.
        assert!((kolmogorov(1.358 / 100.0, 10_000) - 0.05).abs() < 0.001);
        assert!((kolmogorov(1.628 / 100.0, 10_000) - 0.01).abs() < 0.001);
        assert!((distance(&mut [0.9, 0.1, 0.5]) - 0.233_333).abs() < 1e-5);
        assert_eq!([bound(20), bound(60), bound(200)], [3, 6, 15]);
    }

    #[test]
    fn too_little_is_not_calibrated() {
        assert_eq!(calibrated(&world(3, 40, 2)), None);
    }
}
