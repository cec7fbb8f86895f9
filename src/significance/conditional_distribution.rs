//! How many narratives two outlets share by chance, given how many each of them carries.
//!
//! Under the null model the narratives are independent, and in each of them one of four things happens:
//! both outlets carry it, the first alone, the second alone, neither. The weights are fitted to the
//! numbers of narratives, so what these explain is not chance: the distribution is taken given both
//! numbers. For small tables it is computed exactly; for larger ones its first three moments are.

use super::null::Cell;
use super::p_value::{self, Tails};

/// Greatest number of steps of the exact computation: about 1 ms. 40 narratives of which each outlet
/// carries 16 are below it.
const EXACT_STEPS: usize = 200_000;

/// Moments of the number of shared narratives given both outlets' numbers of narratives.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Given {
    /// Expected number.
    pub(super) mean: f64,
    /// Variance: that of the residual of the regression on both outlets' numbers.
    pub(super) variance: f64,
    /// Third central moment of that residual.
    pub(super) third: f64,
}

impl Given {
    /// Returns the moments for the narratives of `cells`, of which the two outlets carry `carried`.
    pub(super) fn new(cells: &[Cell], carried: [usize; 2]) -> Given {
        let sum = |of: fn(&Cell) -> f64| -> f64 {
            cells.iter().map(|cell| cell.narratives as f64 * of(cell)).sum()
        };
        let mean = sum(|c| c.both);
        let variance = sum(|c| c.both * (1.0 - c.both));
        let (va, vb) = (sum(|c| c.a * (1.0 - c.a)), sum(|c| c.b * (1.0 - c.b)));
        let rows = sum(|c| c.both - c.a * c.b);
        let (ca, cb) = (sum(|c| c.both * (1.0 - c.a)), sum(|c| c.both * (1.0 - c.b)));
        let determinant = va * vb - rows * rows;
        let slopes = if determinant > 1e-12 * va * vb {
            [(ca * vb - cb * rows) / determinant, (cb * va - ca * rows) / determinant]
        } else if va > 0.0 {
            [ca / va, 0.0]
        } else {
            [0.0, 0.0]
        };
        let missing = [carried[0] as f64 - sum(|c| c.a), carried[1] as f64 - sum(|c| c.b)];
        let third = cells.iter().map(|cell| cell.narratives as f64 * third(cell, slopes)).sum();
        Given {
            mean: (mean + slopes[0] * missing[0] + slopes[1] * missing[1]).max(0.0),
            variance: (variance - slopes[0] * ca - slopes[1] * cb).max(0.0),
            third,
        }
    }
}

/// Third moment of one narrative's residual: a sum over the four things that can happen.
fn third(cell: &Cell, slopes: [f64; 2]) -> f64 {
    let residual = |both: f64, a: f64, b: f64| {
        (both - cell.both) - slopes[0] * (a - cell.a) - slopes[1] * (b - cell.b)
    };
    cell.both * residual(1.0, 1.0, 1.0).powi(3)
        + (cell.a - cell.both) * residual(0.0, 1.0, 0.0).powi(3)
        + (cell.b - cell.both) * residual(0.0, 0.0, 1.0).powi(3)
        + (1.0 - cell.a - cell.b + cell.both) * residual(0.0, 0.0, 0.0).powi(3)
}

/// Returns p and mid-p of `observed` shared narratives: exactly where that is affordable, else from the
/// moments.
pub(super) fn tails(cells: &[Cell], carried: [usize; 2], given: Given, observed: usize) -> Tails {
    let narratives: usize = cells.iter().map(|cell| cell.narratives).sum();
    let most = carried[0].min(carried[1]);
    let steps = [narratives, carried[0] + 1, carried[1] + 1, most + 1];
    let steps = steps.iter().fold(1usize, |product, &n| product.saturating_mul(n));
    match (steps <= EXACT_STEPS).then(|| exact(cells, carried)).flatten() {
        Some(mass) => {
            let upper: f64 = mass.iter().skip(observed).sum();
            let at = mass.get(observed).copied().unwrap_or(0.0);
            Tails::new(upper, upper - at)
        }
        None => p_value::of(observed, given),
    }
}

/// The exact distribution of the number shared given both numbers, by adding one narrative after the
/// other; `None` if these numbers are impossible under the model.
///
/// `O(N·k_a·k_b·min(k_a, k_b))` for `N` narratives.
fn exact(cells: &[Cell], carried: [usize; 2]) -> Option<Vec<f64>> {
    let (width, depth) = (carried[1] + 1, carried[0].min(carried[1]) + 1);
    let at = |a: usize, b: usize, both: usize| (a * width + b) * depth + both;
    // Mass by narratives of the first alone, of the second alone, and of both.
    let mut mass = vec![0.0; (carried[0] + 1) * width * depth];
    mass[0] = 1.0;
    for cell in cells.iter().flat_map(|cell| std::iter::repeat_n(cell, cell.narratives)) {
        let (only_a, only_b) = ((cell.a - cell.both).max(0.0), (cell.b - cell.both).max(0.0));
        let neither = (1.0 - cell.a - only_b).max(0.0);
        for a in (0..=carried[0]).rev() {
            for b in (0..width).rev() {
                for both in (0..depth.min(carried[0] - a + 1).min(width - b)).rev() {
                    let mut next = mass[at(a, b, both)] * neither;
                    if a > 0 {
                        next += mass[at(a - 1, b, both)] * only_a;
                    }
                    if b > 0 {
                        next += mass[at(a, b - 1, both)] * only_b;
                    }
                    if both > 0 {
                        next += mass[at(a, b, both - 1)] * cell.both;
                    }
                    mass[at(a, b, both)] = next;
                }
            }
        }
    }
    let shared = (0..depth).map(|both| mass[at(carried[0] - both, carried[1] - both, both)]);
    let shared: Vec<f64> = shared.collect();
    let total: f64 = shared.iter().sum();
    (total > f64::MIN_POSITIVE).then(|| shared.iter().map(|p| p / total).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(narratives: usize, both: f64, a: f64, b: f64) -> Cell {
        Cell { stratum: 0, size: 2, narratives, both, a, b }
    }

    #[test]
    fn equal_narratives_are_hypergeometric() {
        // Independent outlets, 10 alike narratives, 4 and 5 carried: P(o) = C(4,o)·C(6,5−o)/C(10,5).
        let found = exact(&[cell(10, 0.12, 0.3, 0.4)], [4, 5]).unwrap();
        let expected = [6.0, 60.0, 120.0, 60.0, 6.0].map(|ways| ways / 252.0);
        assert!(found.iter().zip(expected).all(|(p, e)| (p - e).abs() < 1e-12), "{found:?}");
        let given = Given::new(&[cell(10, 0.12, 0.3, 0.4)], [4, 5]);
        assert!((given.mean - 2.0).abs() < 0.15, "{given:?}");
    }

    #[test]
    fn impossible_numbers_have_no_distribution() {
        assert_eq!(exact(&[cell(3, 0.0, 0.5, 0.0)], [1, 2]), None);
    }

    /// Tables of 120 narratives in four sizes, beyond what is done exactly by default.
    #[test]
    fn moments_and_refined_normal_are_near_the_exact_tail() {
        let cells = [
            cell(60, 0.05, 0.25, 0.3),
            cell(30, 0.15, 0.45, 0.4),
            cell(20, 0.3, 0.6, 0.5),
            cell(10, 0.6, 0.8, 0.75),
        ];
        let carried = [49, 48];
        let given = Given::new(&cells, carried);
        let mass = exact(&cells, carried).unwrap();
        let mean: f64 = mass.iter().enumerate().map(|(o, p)| o as f64 * p).sum();
        let variance: f64 =
            mass.iter().enumerate().map(|(o, p)| (o as f64 - mean).powi(2) * p).sum();
        assert!((given.mean - mean).abs() < 0.1, "{given:?} {mean}");
        assert!((given.variance / variance - 1.0).abs() < 0.03, "{given:?} {variance}");
        for observed in 18..34 {
            let upper: f64 = mass[observed..].iter().sum();
            let found = p_value::of(observed, given);
            if upper > 1e-5 {
                assert!((found.p / upper - 1.0).abs() < 0.15, "{observed}: {found:?} {upper}");
            }
        }
    }
}
