//! False discovery rates.

/// Returns for each p-value the least false discovery rate at which it is called: Benjamini and
/// Hochberg, *Controlling the false discovery rate* (1995), as adjusted values. Never below the
/// p-value, never above 1. `O(n log n)`.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
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
