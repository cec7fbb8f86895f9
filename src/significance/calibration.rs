//! Does the test keep its promise on the data at hand? Shuffled matrices must give uniform p-values,
//! planted copies must be found.

use std::collections::BTreeSet;

use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;
use serde::Serialize;

use super::fdr::benjamini_hochberg;
use super::incidence_matrix::{Coverage, Row};
use super::null::{Cell, Null};
use super::p_value::Tails;
use super::types::Outlets;
use super::{DEFAULT_SEED, SignificanceConfig, test_pair};
use crate::corpus::Corpus;
use crate::model::Narrative;

/// Shuffles by default: the share of p-values at or below .05 is then known to .015 for a single pair.
pub const DEFAULT_SHUFFLES: usize = 200;
/// Corpora with planted copies by default, for each share.
pub const DEFAULT_PLANTED: usize = 40;
/// Shares of one outlet's narratives that another takes over in the planted corpora.
pub const PLANTED_SHARES: [f64; 3] = [0.1, 0.25, 0.5];
/// Levels at which Type-I errors are counted.
pub const LEVELS: [f64; 4] = [0.01, 0.05, 0.1, 0.5];
/// Trades between two narratives for each narrative and shuffle (five are usual; Strona et al., 2014).
const TRADES: usize = 5;

/// Settings of a calibration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalibrationConfig {
    /// Shuffled matrices.
    pub shuffles: usize,
    /// Matrices with planted copies, for each of [`PLANTED_SHARES`].
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
    /// Settings.
    pub config: CalibrationConfig,
    /// Outlets that share narratives.
    pub outlets: usize,
    /// Narratives of at least two outlets.
    pub narratives: usize,
    /// Pairs tested in each matrix.
    pub pairs: usize,
    /// Tests made in shuffled matrices.
    pub tests: usize,
    /// Type-I errors by level.
    pub type_1: Vec<TypeOne>,
    /// Kolmogorov–Smirnov distance from uniform of the randomised p-values of one pair, drawn at random,
    /// of each shuffle.
    pub ks: f64,
    /// Its p-value.
    pub ks_p: f64,
    /// What was found of the planted copies, by share.
    pub power: Vec<Power>,
}

/// Share of tests at or below a level where nothing is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TypeOne {
    /// The level.
    pub level: f64,
    /// Of the mid-p values, which are the ones reported.
    pub mid: f64,
    /// Of the p-values without that correction.
    pub plain: f64,
}

/// What was found where one outlet takes over a share of another's narratives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Power {
    /// Share taken over.
    pub share: f64,
    /// Corpora.
    pub trials: usize,
    /// Corpora in which the pair was called.
    pub found: usize,
    /// Other pairs called in all of them.
    pub others: usize,
}

/// Calibrates the pair test on a corpus; `None` if there is nothing to test, or the null model does not
/// fit. The shuffles keep what the test conditions on: the number of narratives of each outlet, the number
/// of outlets of each narrative, and who could have carried it.
///
/// Cost: one fit and one round of tests for each matrix.
pub fn calibrate(
    corpus: &Corpus,
    narratives: &[Narrative],
    settings: &SignificanceConfig,
    config: CalibrationConfig,
) -> Option<Calibration> {
    let outlets = Outlets::new(corpus);
    let (articles, gaps) = (corpus.articles(), corpus.gaps());
    run(Coverage::new(articles, &outlets, narratives, gaps), settings, config)
}

fn run(
    mut coverage: Coverage,
    settings: &SignificanceConfig,
    config: CalibrationConfig,
) -> Option<Calibration> {
    let mut rng = Pcg64::seed_from_u64(config.seed);
    let outlets = coverage.carried.iter().filter(|&&n| n > 0).count();
    let pairs = tested(&coverage, settings);
    if outlets < super::MIN_OUTLETS || pairs.is_empty() {
        return None;
    }
    let mut all: Vec<Tails> = Vec::new();
    let mut randomised = Vec::new();
    for _ in 0..config.shuffles {
        coverage = shuffled(coverage, &mut rng);
        let found = tests(&coverage, &pairs)?;
        if let Some(one) = found.choose(&mut rng) {
            // The mid-p value lies halfway between P(more) and P(as many or more).
            let at = 2.0 * (one.p - one.mid);
            randomised.push(one.p - at * rng.random::<f64>());
        }
        all.extend(found);
    }
    let mut power = Vec::new();
    for share in PLANTED_SHARES {
        let mut row = Power { share, trials: config.planted, found: 0, others: 0 };
        for _ in 0..config.planted {
            coverage = shuffled(coverage, &mut rng);
            let Some(&(a, b)) = pairs.choose(&mut rng) else { continue };
            let planted = planted(&coverage, (a, b), share, &mut rng);
            let pairs = tested(&planted, settings);
            let p: Vec<f64> = tests(&planted, &pairs)?.iter().map(|tails| tails.mid).collect();
            for (pair, q) in pairs.iter().zip(benjamini_hochberg(&p)) {
                if q <= settings.false_discovery_rate {
                    *(if *pair == (a, b) { &mut row.found } else { &mut row.others }) += 1;
                }
            }
        }
        power.push(row);
    }
    let share = |level: f64, of: fn(&Tails) -> f64| {
        all.iter().filter(|tails| of(tails) <= level).count() as f64 / all.len().max(1) as f64
    };
    let type_1 = LEVELS.map(|level| TypeOne {
        level,
        mid: share(level, |tails| tails.mid),
        plain: share(level, |tails| tails.p),
    });
    let ks = distance(&mut randomised);
    Some(Calibration {
        config,
        outlets,
        narratives: coverage.rows.len(),
        pairs: pairs.len(),
        tests: all.len(),
        type_1: type_1.to_vec(),
        ks,
        ks_p: kolmogorov(ks, randomised.len()),
        power,
    })
}

/// Pairs whose outlets both carry enough narratives.
fn tested(coverage: &Coverage, settings: &SignificanceConfig) -> Vec<(usize, usize)> {
    let n = coverage.carried.len();
    let enough = |&(a, b): &(usize, usize)| {
        coverage.carried[a].min(coverage.carried[b]) >= settings.min_narratives
    };
    (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).filter(enough).collect()
}

/// Fits the model and tests `pairs`; `None` if it does not fit.
fn tests(coverage: &Coverage, pairs: &[(usize, usize)]) -> Option<Vec<Tails>> {
    let null = Null::fit(coverage)?;
    let rows: Vec<Vec<Vec<Cell>>> =
        (0..coverage.carried.len()).into_par_iter().map(|a| null.cells(a)).collect();
    Some(pairs.par_iter().map(|&pair| test_pair(coverage, pair, &rows[pair.0]).1).collect())
}

/// Shuffles the matrix by trades between two narratives (Strona et al., *A fast and unbiased procedure to
/// randomize ecological binary matrices*, 2014), of outlets that could have carried both.
fn shuffled(coverage: Coverage, rng: &mut Pcg64) -> Coverage {
    let Coverage { strata, mut rows, carried, .. } = coverage;
    let could =
        |stratum: usize, outlet: &usize| strata[stratum].eligible.binary_search(outlet).is_ok();
    for _ in 0..TRADES * rows.len() {
        let (i, j) = (rng.random_range(0..rows.len()), rng.random_range(0..rows.len()));
        if i == j {
            continue;
        }
        let of = |row: &Row| row.carriers.iter().copied().collect::<BTreeSet<usize>>();
        let (first, second) = (of(&rows[i]), of(&rows[j]));
        let tradable =
            |outlet: &usize| could(rows[i].stratum, outlet) && could(rows[j].stratum, outlet);
        let mut free: Vec<usize> =
            first.symmetric_difference(&second).copied().filter(tradable).collect();
        let given: BTreeSet<usize> = free.iter().copied().collect();
        let mine = free.iter().filter(|outlet| first.contains(outlet)).count();
        free.shuffle(rng);
        let (to_first, to_second) = free.split_at(mine);
        let merge = |kept: &BTreeSet<usize>, new: &[usize]| {
            let mut carriers: Vec<usize> = kept.difference(&given).chain(new).copied().collect();
            carriers.sort_unstable();
            carriers
        };
        (rows[i].carriers, rows[j].carriers) = (merge(&first, to_first), merge(&second, to_second));
    }
    Coverage::counted(carried.len(), strata, rows)
}

/// Lets `a` take over a share of `b`'s narratives, each in place of another outlet, so that the sizes
/// of the narratives stay.
fn planted(coverage: &Coverage, (a, b): (usize, usize), share: f64, rng: &mut Pcg64) -> Coverage {
    let mut rows = coverage.rows.clone();
    for row in &mut rows {
        let eligible = coverage.strata[row.stratum].eligible.binary_search(&a).is_ok();
        let open = eligible && row.carriers.contains(&b) && !row.carriers.contains(&a);
        if open && rng.random_bool(share) {
            let others: Vec<usize> = row.carriers.iter().copied().filter(|&o| o != b).collect();
            if let Some(gone) = others.choose(rng) {
                row.carriers.retain(|outlet| outlet != gone);
                row.carriers.push(a);
                row.carriers.sort_unstable();
            }
        }
    }
    Coverage::counted(coverage.carried.len(), coverage.strata.clone(), rows)
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
    use super::*;

    /// Draws stories: each outlet has a weight, each story a size, and takes that many outlets one by one
    /// with odds of their weights. One story in five happens while the last outlet is not heard.
    fn world(outlets: usize, stories: usize, most: usize) -> Coverage {
        let mut rng = Pcg64::seed_from_u64(DEFAULT_SEED);
        let weights: Vec<f64> = (0..outlets).map(|i| 1.5f64.powf((i % 6) as f64)).collect();
        let rows = (0..stories).map(|story| {
            let heard = if story % 5 == 0 { outlets - 1 } else { outlets };
            let size = rng.random_range(2..=most).min(rng.random_range(2..=most));
            let mut carriers = BTreeSet::new();
            while carriers.len() < size {
                let mut at = rng.random::<f64>() * weights[..heard].iter().sum::<f64>();
                let chosen = weights[..heard].iter().position(|w| {
                    at -= w;
                    at < 0.0
                });
                carriers.insert(chosen.unwrap_or(0));
            }
            (carriers, (0..heard).collect())
        });
        Coverage::from_rows(outlets, rows)
    }

    fn calibrated(outlets: usize, stories: usize, most: usize) -> Calibration {
        let config = CalibrationConfig { planted: 20, ..CalibrationConfig::default() };
        run(world(outlets, stories, most), &SignificanceConfig::default(), config).unwrap()
    }

    #[test]
    fn shuffled_data_give_uniform_p_and_planted_copies_are_found() {
        for (outlets, stories, most) in [(10, 300, 4), (10, 300, 8), (8, 60, 4)] {
            let found = calibrated(outlets, stories, most);
            let at = |level: f64| found.type_1.iter().find(|t| (t.level - level).abs() < 1e-9);
            let five = at(0.05).unwrap();
            assert!((0.03..=0.06).contains(&five.mid), "{found:?}");
            assert!(five.plain <= five.mid);
            assert!((0.35..=0.65).contains(&at(0.5).unwrap().mid), "{found:?}");
            assert!(found.ks_p > 0.01, "{found:?}");
            let half = found.power.last().unwrap();
            assert!(stories < 300 || half.found >= 18, "{half:?}");
            assert!(half.others <= 30, "{half:?}");
        }
    }

    #[test]
    fn a_shuffle_keeps_the_sums_and_the_structural_zeros() {
        let before = world(7, 40, 4);
        let after = shuffled(before.clone(), &mut Pcg64::seed_from_u64(1));
        assert_ne!(before.rows, after.rows);
        assert_eq!(before.carried, after.carried);
        for (old, new) in before.rows.iter().zip(&after.rows) {
            assert_eq!((old.carriers.len(), old.stratum), (new.carriers.len(), new.stratum));
            let eligible = &after.strata[new.stratum].eligible;
            assert!(new.carriers.iter().all(|outlet| eligible.contains(outlet)));
            assert!(new.carriers.is_sorted());
        }
    }

    #[test]
    fn kolmogorov_values_are_the_tabulated_ones() {
        // Critical values for large n: 1.358/√n at 5 %, 1.628/√n at 1 %.
        assert!((kolmogorov(1.358 / 100.0, 10_000) - 0.05).abs() < 0.001);
        assert!((kolmogorov(1.628 / 100.0, 10_000) - 0.01).abs() < 0.001);
        assert!((distance(&mut [0.9, 0.1, 0.5]) - 0.233_333).abs() < 1e-5);
    }

    #[test]
    fn too_little_is_not_calibrated() {
        let config = CalibrationConfig::default();
        let small = Coverage::from_rows(3, [([0, 1].into(), vec![0, 1, 2])]);
        assert_eq!(run(small, &SignificanceConfig::default(), config), None);
    }
}
