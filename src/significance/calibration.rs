//! Does the test keep its promise? Shuffled matrices must give uniform p-values, planted copies must be
//! found.

use std::collections::BTreeSet;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::fdr::benjamini_hochberg;
use super::matrix::Coverage;
use super::null::Null;
use super::tail;

/// Of every stream of chance here.
const SEED: u64 = 7;

/// Carriers of each narrative.
type Rows = Vec<BTreeSet<usize>>;

/// Draws stories: each outlet has a weight, each story a size, and takes that many outlets one by one
/// with odds of their weights.
fn world(outlets: usize, stories: usize, most: usize, rng: &mut Pcg64) -> Rows {
    let weights: Vec<f64> = (0..outlets).map(|i| 1.5f64.powf((i % 6) as f64)).collect();
    (0..stories)
        .map(|_| {
            let size = rng.random_range(2..=most).min(rng.random_range(2..=most));
            let mut carriers = BTreeSet::new();
            while carriers.len() < size {
                let total: f64 = weights.iter().sum();
                let mut at = rng.random::<f64>() * total;
                let chosen = weights.iter().position(|w| {
                    at -= w;
                    at < 0.0
                });
                carriers.insert(chosen.unwrap_or(0));
            }
            carriers
        })
        .collect()
}

/// Shuffles a matrix and keeps all its sums: trades between two stories (Strona et al., *A fast and
/// unbiased procedure to randomize ecological binary matrices*, 2014).
fn shuffle(rows: &mut Rows, trades: usize, rng: &mut Pcg64) {
    for _ in 0..trades {
        let (i, j) = (rng.random_range(0..rows.len()), rng.random_range(0..rows.len()));
        if i == j {
            continue;
        }
        let mut free: Vec<usize> = rows[i].symmetric_difference(&rows[j]).copied().collect();
        let both: BTreeSet<usize> = rows[i].intersection(&rows[j]).copied().collect();
        let keep = rows[i].len() - both.len();
        for k in 0..keep {
            let other = rng.random_range(k..free.len());
            free.swap(k, other);
        }
        rows[i] = free[..keep].iter().chain(&both).copied().collect();
        rows[j] = free[keep..].iter().chain(&both).copied().collect();
    }
}

/// For each pair of outlets: p-value and mid-p value.
fn p_values(outlets: usize, rows: &Rows) -> Vec<(f64, f64)> {
    let all: Vec<usize> = (0..outlets).collect();
    let coverage = Coverage::from_rows(outlets, rows.iter().map(|r| (r.clone(), all.clone())));
    let null = Null::fit(&coverage).unwrap();
    (0..outlets)
        .flat_map(|a| (a + 1..outlets).map(move |b| (a, b)))
        .map(|(a, b)| {
            let (n, moments) = (coverage.shared[a][b], null.shared(a, b));
            (tail::upper(n, moments), tail::mid_p(n, moments))
        })
        .collect()
}

fn share(values: &[f64], level: f64) -> f64 {
    values.iter().filter(|&&p| p <= level).count() as f64 / values.len() as f64
}

/// Shuffles 200 times and returns all p-values and all mid-p values.
fn shuffled(outlets: usize, stories: usize, most: usize) -> (Vec<f64>, Vec<f64>) {
    let mut rng = Pcg64::seed_from_u64(SEED);
    let mut rows = world(outlets, stories, most, &mut rng);
    let values = (0..200).flat_map(|_| {
        shuffle(&mut rows, 3 * stories, &mut rng);
        p_values(outlets, &rows)
    });
    values.unzip()
}

#[track_caller]
fn check_type_1(outlets: usize, stories: usize, most: usize) {
    let (p, mid) = shuffled(outlets, stories, most);
    for level in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9] {
        assert!(share(&p, level) <= level * 1.1, "p at {level}: {}", share(&p, level));
        let (low, high) = if level < 0.02 { (0.6, 1.4) } else { (0.8, 1.2) };
        let found = share(&mid, level);
        assert!(found > level * low && found < level * high, "mid-p at {level}: {found}");
    }
    let type_1 = share(&p, 0.05);
    assert!((0.03..=0.06).contains(&type_1), "{type_1}");
}

#[test]
fn shuffled_small_stories_give_uniform_p() {
    check_type_1(10, 300, 4);
}

#[test]
fn shuffled_large_stories_give_uniform_p() {
    check_type_1(10, 300, 8);
}

#[test]
fn planted_copies_are_found_and_nothing_else() {
    let mut rng = Pcg64::seed_from_u64(SEED);
    let (outlets, stories) = (10, 300);
    let (mut found, mut others) = (0, 0);
    for _ in 0..20 {
        let mut rows = world(outlets, stories, 5, &mut rng);
        // Outlet 1 takes over two in five of the stories that outlet 2 carries, in place of another outlet.
        for row in &mut rows {
            if row.contains(&2) && !row.contains(&1) && rng.random_bool(0.4) {
                let given_up = row.iter().copied().find(|&other| other != 2);
                row.remove(&given_up.unwrap_or(2));
                row.insert(1);
            }
        }
        let (p, _): (Vec<f64>, Vec<f64>) = p_values(outlets, &rows).into_iter().unzip();
        let q = benjamini_hochberg(&p);
        let pairs = (0..outlets).flat_map(|a| (a + 1..outlets).map(move |b| (a, b)));
        for (pair, q) in pairs.zip(q) {
            if q <= 0.05 {
                *(if pair == (1, 2) { &mut found } else { &mut others }) += 1;
            }
        }
    }
    assert!(found >= 18, "planted pair found {found} times of 20");
    assert!(others <= 4, "{others} other pairs called in 20 corpora");
}
