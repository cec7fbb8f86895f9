//! The null model of co-coverage: given how many narratives each outlet carries and how many outlets
//! carry each narrative, outlets choose narratives independently.
//!
//! This is the bipartite configuration model of the stochastic degree sequence model (Neal, *The
//! backbone of bipartite projections*, 2014; Saracco et al., *Inferring monopartite projections of
//! bipartite networks*, 2017), with one difference: the size of each narrative is held exactly, not
//! in the mean. A narrative of two outlets holds one pair; the unconditional model expects up to
//! two there, and most narratives are that small. Holding the sizes makes it the conditional model
//! of Rasch (Andersen, *The numerical solution of a set of conditional estimation equations*, 1972),
//! whose cells are conditional Bernoulli variables (Chen, Dempster and Liu, *Weighted finite
//! population sampling to maximize entropy*, 1994).

use rayon::prelude::*;

use super::incidence_matrix::{Coverage, Stratum};

/// Newton steps before the fit is given up; six to ten are usual.
const MAX_STEPS: usize = 60;
/// Greatest relative difference of an outlet's expected and observed number of narratives.
const TOLERANCE: f64 = 1e-6;
/// Greatest absolute logarithm of an outlet's weight: an outlet that carries everything, or
/// nothing, it could have would get an infinite one.
const MAX_LOG_WEIGHT: f64 = 18.0;
/// Greatest step of a logarithm of a weight.
const MAX_STEP: f64 = 2.0;

/// What the model says of one pair in the narratives that the same outlets could have carried and as
/// many did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// Number of the stratum.
    pub(super) stratum: usize,
    /// Outlets that carry each of these narratives.
    pub(super) size: usize,
    /// How many such narratives there are.
    pub(super) narratives: usize,
    /// Probability that both outlets carry one.
    pub(super) both: f64,
    /// That the first one does.
    pub(super) a: f64,
    /// That the second one does.
    pub(super) b: f64,
}

/// The fitted model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Null {
    /// Weight of each outlet: how readily it takes up a narrative.
    pub(super) weights: Vec<f64>,
    strata: Vec<Stratum>,
    /// Inclusion probabilities: by stratum, size, place among the eligible.
    single: Vec<Vec<Vec<f64>>>,
}

impl Null {
    /// Fits the model to a matrix; `None` if the fit does not converge.
    ///
    /// Cost: `O(S·R²·D)` a step and `R³` for the linear system, for `S` strata, `R` outlets and
    /// narratives of up to `D` outlets; does not depend on the number of narratives.
    pub(super) fn fit(coverage: &Coverage) -> Option<Null> {
        let carried: Vec<f64> = coverage.carried.iter().map(|&n| n as f64).collect();
        let mut logs = start(coverage);
        for _ in 0..MAX_STEPS {
            let weights: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
            let single = singles(&coverage.strata, &weights);
            let moments = Moments::new(&coverage.strata, &weights, &single);
            let missing: Vec<f64> =
                carried.iter().zip(&moments.mean).map(|(k, mean)| k - mean).collect();
            let fits = missing.iter().zip(&carried).all(|(m, k)| m.abs() <= TOLERANCE * k.max(1.0));
            if fits {
                return Some(Null { weights, strata: coverage.strata.clone(), single });
            }
            let step = moments.newton_step(&missing)?;
            let longest = step.iter().fold(0.0f64, |longest, s| longest.max(s.abs()));
            let scale = if longest > MAX_STEP { MAX_STEP / longest } else { 1.0 };
            for (log, step) in logs.iter_mut().zip(step) {
                *log = (*log + scale * step).clamp(-MAX_LOG_WEIGHT, MAX_LOG_WEIGHT);
            }
        }
        None
    }

    /// The cells of all pairs `(a, b)`, `b > a`, at `b - a - 1`; those of narratives that only one of the
    /// two could have carried are among them, for they are part of its number of narratives.
    pub(super) fn cells(&self, a: usize) -> Vec<Vec<Cell>> {
        let mut cells = vec![Vec::new(); self.weights.len().saturating_sub(a + 1)];
        for_each_cell(a, &self.strata, &self.single, &self.weights, |b, cell| {
            cells[b - a - 1].push(cell);
        });
        for (offset, cells) in cells.iter_mut().enumerate() {
            for (stratum, (of, single)) in self.strata.iter().zip(&self.single).enumerate() {
                let place = |outlet: usize| of.eligible.binary_search(&outlet).ok();
                let (first, second) = (place(a), place(a + 1 + offset));
                if first.is_some() == second.is_some() {
                    continue;
                }
                let p = |place: Option<usize>, size: usize| place.map_or(0.0, |p| single[size][p]);
                cells.extend(of.sizes.iter().map(|&(size, narratives)| {
                    let (a, b) = (p(first, size), p(second, size));
                    Cell { stratum, size, narratives, both: 0.0, a, b }
                }));
            }
        }
        cells
    }
}

/// Inclusion probabilities of every stratum, by size.
fn singles(strata: &[Stratum], weights: &[f64]) -> Vec<Vec<Vec<f64>>> {
    let single = |s: &Stratum| inclusion(&of(&s.eligible, weights, None), largest(s));
    strata.par_iter().map(single).collect()
}

/// First guess: the log odds of carrying a narrative that one could have carried.
fn start(coverage: &Coverage) -> Vec<f64> {
    let mut possible = vec![0.0; coverage.carried.len()];
    for stratum in &coverage.strata {
        let narratives: usize = stratum.sizes.iter().map(|&(_, n)| n).sum();
        for &outlet in &stratum.eligible {
            possible[outlet] += narratives as f64;
        }
    }
    let odds = |(&k, &n): (&usize, &f64)| ((k as f64 + 0.5) / (n - k as f64 + 0.5)).ln();
    coverage.carried.iter().zip(&possible).map(odds).collect()
}

/// Returns for each size `0..=most` the probability that each unit is in a sample of that size, if a
/// sample is drawn with probability proportional to the product of its weights.
///
/// The recursion is that of Chen, Dempster and Liu (1994), equation (9): all terms are positive and
/// nothing cancels. `O(n·most)`.
pub(super) fn inclusion(weights: &[f64], most: usize) -> Vec<Vec<f64>> {
    let mut by_size = Vec::with_capacity(most + 1);
    let mut last = vec![0.0; weights.len()];
    by_size.push(last.clone());
    for size in 1..=most {
        let free: Vec<f64> = weights.iter().zip(&last).map(|(w, p)| w * (1.0 - p)).collect();
        let total: f64 = free.iter().sum();
        let scale = if total > 0.0 { size as f64 / total } else { 0.0 };
        last = if size >= weights.len() {
            vec![1.0; weights.len()]
        } else {
            free.iter().map(|f| (f * scale).min(1.0)).collect()
        };
        by_size.push(last.clone());
    }
    by_size
}

/// First and second moments of all rows and pairs.
struct Moments {
    /// Expected narratives of each outlet.
    mean: Vec<f64>,
    /// Variance of the narratives of each outlet.
    variance: Vec<f64>,
    /// For `a < b`, at `b - a - 1`: covariance of the two outlets' numbers of narratives.
    rows: Vec<Vec<f64>>,
}

impl Moments {
    fn new(strata: &[Stratum], weights: &[f64], single: &[Vec<Vec<f64>>]) -> Moments {
        let (mut mean, mut variance) = (vec![0.0; weights.len()], vec![0.0; weights.len()]);
        for (stratum, single) in strata.iter().zip(single) {
            for &(size, n) in &stratum.sizes {
                for (&outlet, p) in stratum.eligible.iter().zip(&single[size]) {
                    mean[outlet] += n as f64 * p;
                    variance[outlet] += n as f64 * p * (1.0 - p);
                }
            }
        }
        let row = |a: usize| {
            let mut row = vec![0.0; weights.len() - a - 1];
            for_each_cell(a, strata, single, weights, |b, cell| {
                row[b - a - 1] += cell.narratives as f64 * (cell.both - cell.a * cell.b);
            });
            row
        };
        let rows = (0..weights.len()).into_par_iter().map(row).collect();
        Moments { mean, variance, rows }
    }

    /// Solves covariance · step = missing. The covariance is singular along the direction that
    /// scales all weights, which changes nothing; a small ridge picks the step without it.
    fn newton_step(&self, missing: &[f64]) -> Option<Vec<f64>> {
        let n = missing.len();
        let trace: f64 = self.variance.iter().sum();
        let ridge = 1e-9 * (trace / n.max(1) as f64) + 1e-12;
        let mut matrix = vec![vec![0.0; n + 1]; n];
        for a in 0..n {
            matrix[a][a] = self.variance[a] + ridge;
            matrix[a][n] = missing[a];
            for (offset, &covariance) in self.rows[a].iter().enumerate() {
                let b = a + 1 + offset;
                matrix[a][b] = covariance;
                matrix[b][a] = covariance;
            }
        }
        solve(matrix)
    }
}

/// The weights of `outlets`, without those of the one at `skip`.
fn of(outlets: &[usize], weights: &[f64], skip: Option<usize>) -> Vec<f64> {
    let kept = outlets.iter().enumerate().filter(|&(place, _)| Some(place) != skip);
    kept.map(|(_, &outlet)| weights[outlet]).collect()
}

fn largest(stratum: &Stratum) -> usize {
    stratum.sizes.last().map_or(0, |&(size, _)| size)
}

/// Visits the cells of the pairs `(a, b)`, `b > a`, in the order of strata, sizes and `b`.
fn for_each_cell(
    a: usize,
    strata: &[Stratum],
    single: &[Vec<Vec<f64>>],
    weights: &[f64],
    mut visit: impl FnMut(usize, Cell),
) {
    for (number, (stratum, single)) in strata.iter().zip(single).enumerate() {
        let Ok(place) = stratum.eligible.binary_search(&a) else { continue };
        // Given that `a` carries it, the others are a sample that is smaller by one.
        let others = of(&stratum.eligible, weights, Some(place));
        let given_a = inclusion(&others, largest(stratum).saturating_sub(1));
        for &(size, narratives) in stratum.sizes.iter().filter(|&&(size, _)| size > 0) {
            let p_a = single[size][place];
            for (after, &b) in stratum.eligible.iter().enumerate().skip(place + 1) {
                let both = p_a * given_a[size - 1][after - 1];
                let p_b = single[size][after];
                visit(b, Cell { stratum: number, size, narratives, both, a: p_a, b: p_b });
            }
        }
    }
}

/// Solves a linear system given as rows with the right-hand side last (Gauss with partial
/// pivoting); `None` if it is singular.
fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = rows.len();
    for column in 0..n {
        let pivot =
            (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < f64::MIN_POSITIVE {
            return None;
        }
        let (above, below) = rows.split_at_mut(column + 1);
        let pivot = above.last()?;
        for row in below {
            let factor = row[column] / pivot[column];
            if factor != 0.0 {
                for (value, p) in row.iter_mut().zip(pivot).skip(column) {
                    *value -= factor * p;
                }
            }
        }
    }
    let mut solution = vec![0.0; n];
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|j| rows[row][j] * solution[j]).sum();
        solution[row] = (rows[row][n] - known) / rows[row][row];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Inclusion probabilities by listing all samples.
    fn by_listing(weights: &[f64], size: u32) -> (Vec<f64>, Vec<Vec<f64>>) {
        let n = weights.len();
        let (mut total, mut single, mut both) = (0.0, vec![0.0; n], vec![vec![0.0; n]; n]);
        for sample in 0u32..1 << n {
            if sample.count_ones() != size {
                continue;
            }
            let members: Vec<usize> = (0..n).filter(|i| sample >> i & 1 == 1).collect();
            let product: f64 = members.iter().map(|&i| weights[i]).product();
            total += product;
            for &i in &members {
                single[i] += product;
                for &j in &members {
                    both[i][j] += product;
                }
            }
        }
        single.iter_mut().chain(both.iter_mut().flatten()).for_each(|p| *p /= total);
        (single, both)
    }

    proptest! {
        #[test]
        fn inclusion_is_that_of_listing(
            weights in proptest::collection::vec(0.01f64..50.0, 2..8), size in 1usize..8
        ) {
            let size = size.min(weights.len());
            let (expected, _) = by_listing(&weights, u32::try_from(size).unwrap());
            for (found, expected) in inclusion(&weights, size)[size].iter().zip(expected) {
                prop_assert!((found - expected).abs() < 1e-9);
            }
        }

        #[test]
        fn pair_cells_are_those_of_listing(
            weights in proptest::collection::vec(0.05f64..20.0, 3..7), size in 2usize..6
        ) {
            let size = size.min(weights.len());
            let stratum = Stratum { eligible: (0..weights.len()).collect(), sizes: vec![(size, 3)] };
            let strata = [stratum];
            let found = singles(&strata, &weights);
            let moments = Moments::new(&strata, &weights, &found);
            let (single, both) = by_listing(&weights, u32::try_from(size).unwrap());
            for a in 0..weights.len() {
                for_each_cell(a, &strata, &found, &weights, |b, cell| {
                    let covariance = 3.0 * (both[a][b] - single[a] * single[b]);
                    assert!((cell.both - both[a][b]).abs() < 1e-9);
                    assert!((cell.b - single[b]).abs() < 1e-9 && cell.narratives == 3);
                    assert!((moments.rows[a][b - a - 1] - covariance).abs() < 1e-9);
                });
            }
        }
    }

    fn coverage(outlets: usize, rows: &[&[usize]]) -> Coverage {
        let all: Vec<usize> = (0..outlets).collect();
        let rows =
            rows.iter().map(|row| (row.iter().copied().collect::<BTreeSet<_>>(), all.clone()));
        Coverage::from_rows(outlets, rows)
    }

    fn expected(null: &Null, a: usize, b: usize) -> f64 {
        null.cells(a)[b - a - 1].iter().map(|cell| cell.narratives as f64 * cell.both).sum()
    }

    #[test]
    fn the_fit_reproduces_the_numbers_of_narratives() {
        let rows: &[&[usize]] =
            &[&[0, 1], &[0, 1], &[0, 2], &[0, 3], &[1, 2, 3], &[0, 1, 2], &[2, 3], &[0, 2]];
        let coverage = coverage(4, rows);
        let null = Null::fit(&coverage).unwrap();
        let moments = Moments::new(&coverage.strata, &null.weights, &null.single);
        for (mean, &k) in moments.mean.iter().zip(&coverage.carried) {
            assert!((mean - k as f64).abs() < 1e-4);
        }
        let pairs: f64 = (0..4)
            .flat_map(|a| (a + 1..4).map(move |b| (a, b)))
            .map(|(a, b)| expected(&null, a, b))
            .sum();
        assert!((pairs - 12.0).abs() < 1e-6, "six narratives of one pair, two of three: {pairs}");
    }

    #[test]
    fn equal_outlets_share_equally() {
        let rows: &[&[usize]] = &[&[0, 1], &[1, 2], &[2, 3], &[3, 0], &[0, 2], &[1, 3]];
        let null = Null::fit(&coverage(4, rows)).unwrap();
        assert!((expected(&null, 0, 3) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn an_outlet_that_carries_everything_is_no_surprise() {
        let rows: Vec<&[usize]> = vec![&[0, 1], &[0, 2], &[0, 3], &[0, 1], &[0, 2]];
        let null = Null::fit(&coverage(4, &rows)).unwrap();
        assert!((expected(&null, 0, 1) - 2.0).abs() < 1e-3);
        let cells = &null.cells(0)[0];
        let given = super::super::conditional_distribution::Given::new(cells, [5, 2]);
        assert!(given.variance < 1e-3);
    }
}
