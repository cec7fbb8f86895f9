//! The distribution of a count, and the exponential family through it.
//!
//! `P_θ(S = s) ∝ f(s)·exp(θ·s)`: `f` is the distribution without contact, `exp(θ)` the odds ratio of a pair given
//! language, days, sizes of narratives and activity. It is Birch's conditional family (1964); with two outlets that are
//! alike in one stratum it is the non-central hypergeometric distribution. The p-value, the estimate and the interval
//! are of this one family, so that they cannot contradict each other.

use statrs::distribution::{ContinuousCDF, Normal};

/// Mass that is cut off at either end of a sum.
const NEGLIGIBLE: f64 = 1e-15;
/// Least p-value that is given: no model of the news holds farther out than that.
pub(super) const LEAST_P: f64 = 1e-12;
/// Greatest odds ratio that is told apart from an infinite one, and its inverse from zero.
pub(super) const MAX_ODDS: f64 = 1000.0;
/// Probability outside a 95 % interval, on either side.
pub(super) const TAIL: f64 = 0.025;
/// Steps of a bisection: they bring the logarithm of the odds to 1e-11.
const STEPS: usize = 40;

/// Probabilities of a whole number, from its least possible value on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Distribution {
    least: usize,
    mass: Vec<f64>,
}

impl Distribution {
    /// The distribution of a number that is always `value`.
    pub(super) fn certain(value: usize) -> Distribution {
        Distribution { least: value, mass: vec![1.0] }
    }

    /// The distribution with these frequencies from `least` on; at least one is not zero.
    pub(super) fn sampled(least: usize, frequencies: &[u32]) -> Distribution {
        let total: f64 = frequencies.iter().map(|&n| f64::from(n)).sum();
        let mass = frequencies.iter().map(|&n| f64::from(n) / total).collect();
        Distribution { least, mass }.trimmed()
    }

    /// The distribution with these probabilities from `least` on, which sum to one.
    pub(super) fn of_masses(least: usize, mass: Vec<f64>) -> Distribution {
        Distribution { least, mass }.trimmed()
    }

    /// The values and their probabilities.
    pub(super) fn masses(&self) -> impl Iterator<Item = (usize, f64)> {
        self.mass.iter().enumerate().map(|(i, &mass)| (self.least + i, mass))
    }

    /// The distribution of the sum with an independent number. `O(n·m)` in both widths.
    pub(super) fn plus(&self, other: &Distribution) -> Distribution {
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (i, p) in self.mass.iter().enumerate() {
            for (sum, q) in mass[i..].iter_mut().zip(&other.mass) {
                *sum += p * q;
            }
        }
        Distribution { least: self.least + other.least, mass }.trimmed()
    }

    fn trimmed(mut self) -> Distribution {
        let end = |masses: &mut dyn Iterator<Item = &f64>| {
            let mut cut = 0.0;
            let small = |mass: &&f64| {
                cut += **mass;
                cut < NEGLIGIBLE
            };
            masses.take_while(small).count()
        };
        let high = end(&mut self.mass.iter().rev());
        self.mass.truncate(self.mass.len().saturating_sub(high).max(1));
        let low = end(&mut self.mass.iter()).min(self.mass.len() - 1);
        self.mass.drain(..low);
        self.least += low;
        self
    }

    /// Expected value.
    pub(super) fn mean(&self) -> f64 {
        self.least as f64 + self.mass.iter().enumerate().map(|(i, p)| i as f64 * p).sum::<f64>()
    }

    /// Variance.
    pub(super) fn variance(&self) -> f64 {
        let mean = self.mean() - self.least as f64;
        self.mass.iter().enumerate().map(|(i, p)| (i as f64 - mean).powi(2) * p).sum()
    }
}

/// The exponential family through the distribution of a sum.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Family {
    /// Least possible value, and the logarithm of the mass from it on.
    least: usize,
    log_mass: Vec<f64>,
    mean: f64,
    variance: f64,
}

/// What the family says of an observed count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate {
    /// One-sided mid-p value at odds of 1.
    pub(super) p: f64,
    /// Maximum-likelihood estimate of the odds ratio, `0..=MAX_ODDS`.
    pub(super) odds: f64,
    /// 95 % interval of it: the odds at which the mid-p value is .025 and .975. No upper end if the count is the
    /// greatest that the margins allow.
    pub(super) odds_interval: (f64, Option<f64>),
    /// The count over its expected value; `None` if none is expected.
    pub(super) effect: Option<f64>,
    /// Expected values at both ends of the odds' interval, over that at odds of 1.
    pub(super) effect_interval: Option<(f64, f64)>,
}

impl Family {
    /// The family through `null`, of a count that the margins keep within `bounds`.
    ///
    /// Values within the bounds that no sample has reached get the mass of a normal variable with the same mean and
    /// variance, though never more than the nearest value that was reached.
    pub(super) fn new(null: &Distribution, bounds: (usize, usize)) -> Family {
        let (mean, variance) = (null.mean(), null.variance());
        let reached = null.least..null.least + null.mass.len();
        let (least, most) = (bounds.0.min(reached.start), bounds.1.max(reached.end - 1));
        let normal = |value: usize| {
            let off = value as f64 - mean;
            -off * off / (2.0 * variance) - 0.5 * (std::f64::consts::TAU * variance).ln()
        };
        let log = |value: usize| null.mass[value - reached.start].ln();
        let log_mass = (least..=most).map(|value| {
            if reached.contains(&value) {
                log(value)
            } else if variance > 0.0 {
                let edge = if value < reached.start { reached.start } else { reached.end - 1 };
                normal(value).min(log(edge))
            } else {
                f64::NEG_INFINITY
            }
        });
        Family { least, log_mass: log_mass.collect(), mean, variance }
    }

    /// Expected value at odds of 1.
    pub(super) fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance at odds of 1.
    pub(super) fn variance(&self) -> f64 {
        self.variance
    }

    /// Masses at a logarithm of the odds, up to a factor, with their values.
    fn weights(&self, theta: f64) -> impl Iterator<Item = (usize, f64)> {
        let exponent = move |(i, log): (usize, &f64)| log + theta * i as f64;
        let top = self.log_mass.iter().enumerate().map(exponent).fold(f64::NEG_INFINITY, f64::max);
        let weights = self.log_mass.iter().enumerate();
        weights.map(move |(i, log)| (self.least + i, (exponent((i, log)) - top).exp()))
    }

    /// Expected value at a logarithm of the odds.
    fn mean_at(&self, theta: f64) -> f64 {
        let sums = self.weights(theta).fold((0.0, 0.0), |(sum, total), (value, weight)| {
            (sum + value as f64 * weight, total + weight)
        });
        sums.0 / sums.1
    }

    /// One-sided mid-p value of a count at given odds: P(more) + ½ P(as many) (Lancaster, *Significance tests in
    /// discrete distributions*, 1961).
    pub(super) fn mid_p(&self, observed: usize, odds: f64) -> f64 {
        self.mid_p_at(observed, odds.ln()).max(LEAST_P)
    }

    fn mid_p_at(&self, observed: usize, theta: f64) -> f64 {
        let (mut upper, mut total) = (0.0, 0.0);
        for (value, weight) in self.weights(theta) {
            total += weight;
            upper += match value.cmp(&observed) {
                std::cmp::Ordering::Greater => weight,
                std::cmp::Ordering::Equal => 0.5 * weight,
                std::cmp::Ordering::Less => 0.0,
            };
        }
        upper / total
    }

    /// Probability of a count at odds of 1.
    pub(super) fn mass(&self, count: usize) -> f64 {
        let log = count.checked_sub(self.least).and_then(|place| self.log_mass.get(place));
        let total: f64 = self.log_mass.iter().map(|log| log.exp()).sum();
        log.map_or(0.0, |log| log.exp() / total)
    }

    /// The estimate from an observed count.
    pub(super) fn estimate(&self, observed: usize) -> Estimate {
        let theta = root(|theta| self.mean_at(theta) - observed as f64);
        let end = |level: f64| root(|theta| self.mid_p_at(observed, theta) - level);
        let is_least = observed <= self.least;
        let is_most = observed >= self.least + self.log_mass.len() - 1;
        let low = if is_least { f64::NEG_INFINITY } else { end(TAIL) };
        let high = (!is_most).then(|| end(1.0 - TAIL));
        let most = self.least + self.log_mass.len() - 1;
        let lowest = if is_least { self.least as f64 } else { self.mean_at(low) };
        let highest = high.map_or(most as f64, |theta| self.mean_at(theta));
        let expects = self.mean > 0.0;
        Estimate {
            p: self.mid_p(observed, 1.0),
            odds: if is_least {
                0.0
            } else if is_most {
                MAX_ODDS
            } else {
                theta.exp()
            },
            odds_interval: (low.exp(), high.map(f64::exp)),
            effect: expects.then(|| observed as f64 / self.mean),
            effect_interval: expects.then_some((lowest / self.mean, highest / self.mean)),
        }
    }
}

/// Where a rising function of the logarithm of the odds is zero, between the logarithms of the least and greatest odds.
fn root(function: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-MAX_ODDS.ln(), MAX_ODDS.ln());
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        *(if function(middle) < 0.0 { &mut low } else { &mut high }) = middle;
    }
    f64::midpoint(low, high)
}

/// The value that a standard normal variable exceeds with this probability.
pub(super) fn normal_quantile(tail: f64) -> f64 {
    Normal::standard().inverse_cdf(1.0 - tail.clamp(LEAST_P, 1.0 - LEAST_P))
}

/// The probability that a standard normal variable is below `x`.
pub(super) fn normal_cdf(x: f64) -> f64 {
    Normal::standard().cdf(x)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The hypergeometric distribution of 4 and 5 of 10, as counted: C(4,s)·C(6,5−s).
    const FOUR_AND_FIVE: [u32; 5] = [6, 60, 120, 60, 6];

    #[test]
    fn the_family_is_the_noncentral_hypergeometric_one() {
        let family = Family::new(&Distribution::sampled(0, &FOUR_AND_FIVE), (0, 4));
        assert!((family.mean() - 2.0).abs() < 1e-12);
        assert!((family.mid_p(3, 1.0) - (6.0 + 30.0) / 252.0).abs() < 1e-12);
        // Conditional estimate for the table (3, 1 / 2, 4): Σ s·w·ψ^s / Σ w·ψ^s = 3, by hand near ψ = 4.92.
        let estimate = family.estimate(3);
        let weight =
            |s: i32| f64::from(FOUR_AND_FIVE[usize::try_from(s).unwrap()]) * estimate.odds.powi(s);
        let mean =
            (0..5).map(|s| f64::from(s) * weight(s)).sum::<f64>() / (0..5).map(weight).sum::<f64>();
        assert!((mean - 3.0).abs() < 1e-6, "{estimate:?}");
    }

    #[test]
    fn the_ends_of_the_support_have_open_intervals() {
        let family = Family::new(&Distribution::sampled(0, &FOUR_AND_FIVE), (0, 4));
        let (least, most) = (family.estimate(0), family.estimate(4));
        assert!(
            least.odds <= 0.0 && least.odds_interval.0 <= 0.0 && least.odds_interval.1.is_some()
        );
        assert!(most.odds >= MAX_ODDS && most.odds_interval.1.is_none());
        assert_eq!(most.effect_interval.map(|(_, high)| high), Some(2.0));
    }

    #[test]
    fn values_that_no_sample_reached_are_possible_and_rare() {
        let null = Distribution::sampled(1, &[100, 300, 100]);
        let family = Family::new(&null, (0, 9));
        let p = family.mid_p(7, 1.0);
        assert!((LEAST_P..1e-6).contains(&p), "{p}");
        assert!(family.estimate(7).odds > 5.0 && family.estimate(7).odds_interval.1.is_some());
    }

    proptest! {
        #[test]
        fn p_and_both_intervals_say_the_same(
            strata in proptest::collection::vec(
                (0usize..3, proptest::collection::vec(1u32..50, 2..5)), 1..6,
            ),
            place in 0.0f64..1.0,
        ) {
            let (mut null, mut bounds) = (Distribution::certain(0), (0, 0));
            for (least, frequencies) in &strata {
                null = null.plus(&Distribution::sampled(*least, frequencies));
                bounds = (bounds.0 + least, bounds.1 + least + frequencies.len() - 1);
            }
            let width = (bounds.1 - bounds.0) as f64;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small place")]
            let observed = bounds.0 + (place * (width + 0.999)) as usize;
            let family = Family::new(&null, bounds);
            let found = family.estimate(observed);
            let (low, high) = found.odds_interval;
            let (effect_low, effect_high) = found.effect_interval.unwrap();
            prop_assert_eq!(low > 1.0, found.p < TAIL);
            prop_assert_eq!(effect_low > 1.0 + 1e-9, low > 1.0 + 1e-7);
            prop_assert_eq!(high.is_some_and(|high| high < 1.0), family.mid_p(observed, 1.0) > 1.0 - TAIL);
            prop_assert!(low <= found.odds + 1e-9 && high.is_none_or(|high| found.odds <= high + 1e-9));
            prop_assert!(effect_low <= found.effect.unwrap() + 1e-9 && found.effect.unwrap() <= effect_high + 1e-9);
        }
    }
}
