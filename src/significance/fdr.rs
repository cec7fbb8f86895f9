//! False discovery rates.

/// Returns for each p-value the least false discovery rate at which it is called: Benjamini and
/// Hochberg, *Controlling the false discovery rate* (1995), as adjusted values. Never below the
/// p-value, never above 1. `O(n log n)`.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    weighted_benjamini_hochberg(p, &vec![1.0; p.len()])
}

/// The same where tests have weights, set without looking at the p-values: those of `p·mean / weight` (Genovese, Roeder
/// and Wasserman, *False discovery control with p-value weighting*, Biometrika 93, 2006). The rate over all tests
/// stays what it is.
pub(super) fn weighted_benjamini_hochberg(p: &[f64], weights: &[f64]) -> Vec<f64> {
    let mean = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
    let weighted: Vec<f64> = p.iter().zip(weights).map(|(p, w)| (p * mean / w).min(1.0)).collect();
    let mut q = adjusted(&weighted);
    for (q, p) in q.iter_mut().zip(p) {
        *q = q.max(*p);
    }
    q
}

fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, &i) in (1..=p.len()).rev().zip(&order) {
        least = least.min(p[i] * p.len() as f64 / rank as f64);
        q[i] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(p: &[f64], expected: &[f64]) {
        let q = benjamini_hochberg(p);
        assert!(q.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{q:?}");
        assert_eq!(q.len(), expected.len());
    }

    #[test]
    fn weights_move_the_rate_from_one_test_to_another() {
        let p = [0.01, 0.01, 0.5, 0.5];
        let q = weighted_benjamini_hochberg(&p, &[1.6, 0.4, 1.6, 0.4]);
        // p / w: .00625, .025, .3125, 1: ranks 1, 2, 3, 4.
        let expected: [f64; 4] = [0.025, 0.05, 0.5, 1.0];
        assert!(q.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{q:?}");
        assert_eq!(weighted_benjamini_hochberg(&p, &[0.3; 4]), benjamini_hochberg(&p));
        assert!(weighted_benjamini_hochberg(&[], &[]).is_empty());
    }

    #[test]
    fn one_test_is_its_own_rate() {
        check(&[0.03], &[0.03]);
        check(&[], &[]);
    }

    #[test]
    fn rates_are_monotone_in_p() {
        check(&[0.01, 0.04, 0.03, 0.5], &[0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5]);
    }

    #[test]
    fn equal_values_have_equal_rates() {
        check(&[0.02, 0.02, 0.02], &[0.02, 0.02, 0.02]);
    }
}
