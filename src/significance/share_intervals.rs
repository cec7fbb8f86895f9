//! Resampling of days: how far a share would move had other days been observed.
//!
//! Articles of one day are not independent (one event fills many), and stories run on for days. Whole days
//! are drawn, in runs: the stationary bootstrap of Politis and Romano (*The stationary bootstrap*, 1994).
//! What is counted on the days is left to the caller.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Resamples. With 999 the 2.5 % and 97.5 % points are the 25th and 975th values themselves (Davison and
/// Hinkley, *Bootstrap methods and their application*, 1997, section 5.2.1); their Monte Carlo error is
/// about a fiftieth of the interval's length.
pub(super) const RESAMPLES: usize = 999;
/// Probability outside the interval, on either side.
const TAIL: f64 = 0.025;

/// How often each day was drawn in each resample.
pub(super) struct Days {
    /// Day by day, the multiplicity in every resample, so that a day is added to all of them in one run.
    drawn: Vec<f32>,
}

impl Days {
    /// Draws [`RESAMPLES`] times `count` days, in runs around the circle of days whose mean length is the cube
    /// root of their number: the rate at which the best length grows (Hall, Horowitz and Jing, *On blocking
    /// rules for the bootstrap with dependent data*, 1995). The same seed draws the same days.
    ///
    /// Cost: `O(RESAMPLES · count)` time, and four bytes of memory for each.
    pub(super) fn draw(count: usize, seed: u64) -> Days {
        let mut rng = Pcg64::seed_from_u64(seed);
        let ends = (count as f64).cbrt().max(1.0).recip();
        let mut drawn = vec![0.0; count * RESAMPLES];
        for resample in 0..RESAMPLES {
            let mut day = 0;
            for place in 0..count {
                day = if place == 0 || rng.random_bool(ends) {
                    rng.random_range(0..count)
                } else {
                    (day + 1) % count
                };
                drawn[day * RESAMPLES + resample] += 1.0;
            }
        }
        Days { drawn }
    }

    /// Adds what was counted on some days, as (day, number), to the sums over the days of every resample.
    ///
    /// Whole numbers, exact up to 2²⁴; single precision because four of them are added at a time.
    pub(super) fn add(&self, counts: &[(usize, usize)], sums: &mut [f32]) {
        for &(day, number) in counts {
            let number = number as f32;
            let times = &self.drawn[day * RESAMPLES..(day + 1) * RESAMPLES];
            for (sum, &times) in sums.iter_mut().zip(times) {
                *sum += number * times;
            }
        }
    }

    /// The sums over the days of every resample.
    pub(super) fn sums(&self, counts: &[(usize, usize)]) -> Vec<f32> {
        let mut sums = vec![0.0; RESAMPLES];
        self.add(counts, &mut sums);
        sums
    }
}

/// The 95 % percentile interval (Efron and Tibshirani, *An introduction to the bootstrap*, 1993, section
/// 13.3) of a statistic from its resampled values: the `k`-th least and `k`-th greatest, `k` being 2.5 % of
/// one more than their number. Values that
/// are no number (a resample without any day of the outlet) are left out; `None` of fewer than 39, which do
/// not reach that far.
///
/// Cost: one pass, and a selection among about a tenth of the values at either end.
pub(super) fn percentile_interval(values: &[f32]) -> Option<(f64, f64)> {
    let number = values.iter().filter(|value| !value.is_nan()).count();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small share of a length"
    )]
    let place = (((number + 1) as f64 * TAIL) as usize).checked_sub(1)?;
    let far = far_from_the_mean(values);
    let mirrored = || values.iter().map(|value| -value);
    let least = nth(values.iter().copied().filter(|&value| value <= far.0), place)
        .or_else(|| nth(values.iter().copied(), place))?;
    let greatest = nth(mirrored().filter(|&value| value <= -far.1), place)
        .or_else(|| nth(mirrored(), place))?;
    Some((f64::from(least), f64::from(-greatest)))
}

/// Two values beyond which about a tenth of the values lie, from the mean and deviation of the first ones.
/// Only the time depends on how well they are met.
fn far_from_the_mean(values: &[f32]) -> (f32, f32) {
    let first = &values[..values.len().min(100)];
    let (sum, squares) =
        first.iter().fold((0.0, 0.0), |(s, q), value| (s + value, q + value * value));
    let mean = sum / first.len() as f32;
    let deviation = (squares / first.len() as f32 - mean * mean).max(0.0).sqrt();
    (mean - 1.3 * deviation, mean + 1.3 * deviation)
}

/// The value at `place` in rising order, counted from 0; `None` if there are no more than that.
fn nth(values: impl Iterator<Item = f32>, place: usize) -> Option<f32> {
    let mut values: Vec<f32> = values.filter(|value| !value.is_nan()).collect();
    (place < values.len()).then(|| *values.select_nth_unstable_by(place, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resample_has_as_many_days_as_there_are() {
        let days = Days::draw(17, 3);
        let all: Vec<(usize, usize)> = (0..17).map(|day| (day, 1)).collect();
        assert_eq!(days.sums(&all), [17.0; RESAMPLES]);
        // Each day is drawn as often as any other: 999 times, with a deviation of about 50 for runs of 2.6.
        for day in 0..17 {
            let drawn: f32 = days.sums(&[(day, 1)]).iter().sum();
            assert!((749.0..1249.0).contains(&drawn), "{drawn}");
        }
    }

    #[test]
    fn the_ends_are_the_25th_and_the_975th_of_999() {
        // In order, in reverse and mixed: the first hundred may tell nothing of the rest.
        for step in [1, 998, 7] {
            let mut values: Vec<f32> =
                (0..999u16).map(|i| (u32::from(i) * step % 999) as f32 + 1.0).collect();
            assert_eq!(percentile_interval(&values), Some((25.0, 975.0)));
            values.extend([f32::NAN; 40]);
            assert_eq!(percentile_interval(&values), Some((25.0, 975.0)));
        }
        assert_eq!(percentile_interval(&[1.0; 38]), None);
        assert_eq!(percentile_interval(&[1.0; 39]), Some((1.0, 1.0)));
    }

    /// Share of 300 made-up outlets of 80 days whose interval of the mean holds the true mean, when each day
    /// copies the day before with probability `sticky`.
    fn coverage(sticky: f64) -> f64 {
        let days = Days::draw(80, 11);
        let published = days.sums(&(0..80).map(|day| (day, 10)).collect::<Vec<_>>());
        let mut held = 0;
        for outlet in 0..300 {
            let mut rng = Pcg64::seed_from_u64(outlet);
            let mut state = 0;
            let counts: Vec<(usize, usize)> = (0..80)
                .map(|day| {
                    if day == 0 || !rng.random_bool(sticky) {
                        state = rng.random_range(0..=10);
                    }
                    (day, state)
                })
                .collect();
            let ratio = days.sums(&counts).into_iter().zip(&published);
            let ratio: Vec<f32> = ratio.map(|(sum, &n)| sum / n).collect();
            let (low, high) = percentile_interval(&ratio).unwrap();
            held += u32::from(low <= 0.5 && 0.5 <= high);
        }
        f64::from(held) / 300.0
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let independent = coverage(0.0);
        assert!((0.90..=0.98).contains(&independent), "{independent}");
        let in_runs = coverage(0.5);
        assert!((0.85..=0.98).contains(&in_runs), "{in_runs}");
    }
}
