//! Tail probabilities and interval of a count whose first three moments are known.

use statrs::distribution::{Continuous, ContinuousCDF, Gamma, Normal};
use statrs::function::beta::checked_beta_reg;

use super::conditional_distribution::Given;

/// Least p-value that is given: no model of the news holds farther out than that.
pub(super) const LEAST_P: f64 = 1e-12;
/// Above this ratio of lost variance the binomial is too skewed to the left and the refined normal
/// distribution is nearer (compared with shuffled matrices, `docs/method.md`, "Calibration").
const DENSE: f64 = 0.5;
/// p-values of one count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tails {
    /// The probability of as many or more: conservative, because a count is whole.
    pub(super) p: f64,
    /// Half of the probability of the count itself taken off (Lancaster, *Significance tests in discrete
    /// distributions*, 1961): its mean is ½ and it is near uniform if the null model holds.
    pub(super) mid: f64,
}

impl Tails {
    /// Returns the p-values from the probabilities of as many or more, and of more.
    pub(super) fn new(or_more: f64, more: f64) -> Tails {
        let bound = |p: f64| p.clamp(LEAST_P, 1.0);
        Tails { p: bound(or_more), mid: bound(f64::midpoint(or_more, more)) }
    }
}

/// Returns the p-values of `observed` from the moments of its null distribution.
pub(super) fn of(observed: usize, null: Given) -> Tails {
    Tails::new(upper_tail(observed, null), upper_tail(observed + 1, null))
}

/// The probability of `k` or more.
///
/// The count is a sum of independent indicators, which is close to a binomial variable with the same
/// mean and variance; its number of trials `μ²/(μ−σ²)` need not be whole, as its tail is the regularized
/// incomplete beta function. Where the variance is below half of the mean, the refined normal
/// distribution takes over. (Elsewhere it is worse: 12 % off at 4e-5 where the binomial is 2 % off.)
fn upper_tail(k: usize, null: Given) -> f64 {
    let Given { mean, variance, third } = null;
    if k == 0 {
        return 1.0;
    }
    let k = k as f64;
    if variance <= 1e-9 {
        return if k <= mean + 1e-6 { 1.0 } else { 0.0 };
    }
    let p = 1.0 - variance / mean;
    if p > DENSE {
        return refined_normal((k - 0.5 - mean) / variance.sqrt(), third / variance.powf(1.5));
    }
    // A variance of the mean or more cannot come out of indicators; rounding can bring it there.
    let p = p.max(1e-9);
    let trials = mean / p;
    if k >= trials + 1.0 {
        return 0.0;
    }
    checked_beta_reg(k, trials - k + 1.0, p).unwrap_or(1.0)
}

/// The upper tail at `x` standard deviations of a variable with this skewness: the first two terms of
/// the Edgeworth series (refined normal approximation, Volkova 1996). Never below 0.
fn refined_normal(x: f64, skewness: f64) -> f64 {
    Normal::new(0.0, 1.0).map_or(1.0, |normal| {
        (normal.sf(x) - skewness / 6.0 * (1.0 - x * x) * normal.pdf(x)).clamp(0.0, 1.0)
    })
}

/// Returns the 95 % interval of observed over expected: the exact interval of a Poisson count
/// (Garwood, *Fiducial limits for the Poisson distribution*, 1936). Wider than need be, since the count
/// varies less than a Poisson variable.
pub(super) fn effect_interval(observed: usize, expected: f64) -> (f64, f64) {
    let quantile = |shape: f64, p: f64| Gamma::new(shape, 1.0).map_or(0.0, |g| g.inverse_cdf(p));
    let low = if observed == 0 { 0.0 } else { quantile(observed as f64, 0.025) };
    let high = quantile(observed as f64 + 1.0, 0.975);
    (low / expected, high / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The exact tail of a sum of independent indicators, by adding one after the other.
    fn poisson_binomial_tail(p: &[f64], k: usize) -> f64 {
        let mut mass = vec![0.0; p.len() + 1];
        mass[0] = 1.0;
        for (i, p) in p.iter().enumerate() {
            for n in (0..=i).rev() {
                mass[n + 1] += mass[n] * p;
                mass[n] *= 1.0 - p;
            }
        }
        mass[k..].iter().sum()
    }

    fn moments(p: &[f64]) -> Given {
        Given {
            mean: p.iter().sum(),
            variance: p.iter().map(|p| p * (1.0 - p)).sum(),
            third: p.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)).sum(),
        }
    }

    #[test]
    fn equal_chances_are_exactly_binomial() {
        let p = [0.3; 12];
        for k in 1..=12 {
            assert!((upper_tail(k, moments(&p)) - poisson_binomial_tail(&p, k)).abs() < 1e-12);
        }
    }

    #[test]
    fn unequal_chances_are_close() {
        let p: Vec<f64> = (0..400).map(|i| 0.001 + 0.3 * f64::from(i % 20) / 20.0).collect();
        for k in 30..=120 {
            let (found, exact) = (upper_tail(k, moments(&p)), poisson_binomial_tail(&p, k));
            if exact > 1e-9 {
                assert!((found / exact - 1.0).abs() < 0.1, "{k}: {found} {exact}");
            }
        }
    }

    #[test]
    fn poisson_interval_is_the_tabulated_one() {
        let (low, high) = effect_interval(10, 1.0);
        assert!((low - 4.795).abs() < 1e-3 && (high - 18.390).abs() < 1e-3);
        assert!(effect_interval(0, 1.0).0.abs() < 1e-12);
    }

    #[test]
    fn the_refined_normal_is_near_the_exact_tail() {
        let p: Vec<f64> = (0..400).map(|i| 0.55 + 0.4 * f64::from(i % 20) / 20.0).collect();
        let moments = moments(&p);
        assert!(moments.variance < (1.0 - DENSE) * moments.mean);
        for k in 290..325 {
            let (found, exact) = (upper_tail(k, moments), poisson_binomial_tail(&p, k));
            if exact > 1e-5 {
                assert!((found / exact - 1.0).abs() < 0.05, "{k}: {found} {exact}");
            }
        }
    }

    #[test]
    fn nothing_expected_nothing_found_is_no_surprise() {
        let fixed = |mean: f64| Given { mean, ..Given::default() };
        assert!(of(0, fixed(0.0)).p > 1.0 - 1e-12);
        assert!(of(5, fixed(5.0)).p > 1.0 - 1e-12);
        assert!(of(6, fixed(5.0)).p <= LEAST_P);
    }
}
