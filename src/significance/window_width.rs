//! How wide the window of a pair may be.
//!
//! A narrow window is safe and loses about one narrative of information a stratum. What a wide one adds to the expected
//! number of shared narratives is the covariance of both outlets' changes of activity within it. That covariance is
//! estimated from *different* narratives: whether `a` carries one and `b` another one of the same day, less the same over
//! all other narratives of the window. What the two share does not enter, and given all margins the estimate is
//! uncorrelated with it, so that the choice does not look at the outcome.

use std::collections::BTreeMap;

use super::strata::{Stratum, Window, strata};
use super::types::IncidenceMatrix;

/// Widths in days, widest first. Wider ones hide slow changes of activity; narrower ones are taken for outlets whose
/// first articles come at one hour, and lose most of the test's power.
pub(super) const WIDTHS: [i64; 3] = [4, 2, 1];
/// Greatest deviation, in standard deviations of the shared number, that common changes from day to day may make by
/// estimate. The estimate is off by about one over the root of the narratives a day and language less one.
const MAX_BY_DAY: f64 = 0.25;
/// The same for a common weekly rhythm, which is seven numbers and so is known better.
const MAX_BY_WEEKDAY: f64 = 0.25;
/// The least such deviations: activities that exclude each other make no false call, but an interval that lies too low.
const MIN_BY_DAY: f64 = -1.25;
const MIN_BY_WEEKDAY: f64 = -0.75;
/// Greatest probability that an outlet carries one narrative, where it is estimated from its number of narratives.
const MAX_PROBABILITY: f64 = 0.98;

/// The widest allowed window of each of these pairs (`a < b`). `O(p·n)` for `p` pairs and `n` narratives.
pub(super) fn widths(matrix: &IncidenceMatrix, pairs: &[(usize, usize)]) -> Vec<i64> {
    let mut chosen = vec![1; pairs.len()];
    for width in WIDTHS.into_iter().rev().filter(|&width| width > 1) {
        for (chosen, changes) in chosen.iter_mut().zip(common_changes(matrix, pairs, width)) {
            if changes.allow() {
                *chosen = width;
            }
        }
    }
    chosen
}

/// How two outlets' activity changes together within the strata of one width.
#[derive(Debug, Clone, Default, PartialEq)]
struct CommonChanges {
    /// Variance of the shared number, about: sum over narratives of both outlets' variances.
    variance: f64,
    /// Products of both outlets' deviations on different narratives of a day, and what they would be if the shared number
    /// deviated by one.
    by_day: f64,
    by_day_of_one: f64,
    /// By language and weekday.
    weekdays: BTreeMap<(usize, i64), Weekday>,
}

/// Sums over all days of one weekday and language.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Weekday {
    narratives: usize,
    variance: f64,
    /// Deviations of both outlets, and their products day by day.
    a: f64,
    b: f64,
    products: f64,
}

impl CommonChanges {
    /// Adds the narratives of one day of a stratum, of `n` in the stratum.
    fn add(&mut self, key: (usize, i64), n: usize, a: &[Residual], b: &[Residual]) {
        let total = |of: &[Residual]| of.iter().map(|r| r.off).sum::<f64>();
        let both = || a.iter().zip(b);
        let (off_a, off_b) = (total(a), total(b));
        let variance: f64 = both().map(|(a, b)| a.variance * b.variance).sum();
        let same: f64 = both().map(|(a, b)| a.off * b.off).sum();
        let (others, rest) = (a.len() as f64 - 1.0, n as f64 - 1.0);
        self.variance += variance;
        self.by_day += off_a * off_b - same * (1.0 - others / rest);
        self.by_day_of_one += variance * others * (1.0 + 1.0 / rest);
        let weekday = self.weekdays.entry(key).or_default();
        weekday.narratives += a.len();
        weekday.variance += variance;
        weekday.a += off_a;
        weekday.b += off_b;
        weekday.products += off_a * off_b;
    }

    /// The deviation, in standard deviations, that `products` stand for, if they are `of_one` for one.
    fn deviation(&self, products: f64, of_one: f64) -> f64 {
        if of_one > 0.0 { products * self.variance.sqrt() / of_one } else { 0.0 }
    }

    fn allow(&self) -> bool {
        let (mut products, mut of_one) = (self.by_day, 0.0);
        for day in self.weekdays.values() {
            products += day.a * day.b - day.products;
            of_one += day.variance * (day.narratives as f64 - 1.0);
        }
        let by_day = self.deviation(self.by_day, self.by_day_of_one);
        let by_weekday = self.deviation(products, of_one);
        (MIN_BY_DAY..=MAX_BY_DAY).contains(&by_day)
            && (MIN_BY_WEEKDAY..=MAX_BY_WEEKDAY).contains(&by_weekday)
    }
}

/// Whether an outlet carries one narrative, less the probability, and the variance of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Residual {
    off: f64,
    variance: f64,
}

fn common_changes(
    matrix: &IncidenceMatrix,
    pairs: &[(usize, usize)],
    width: i64,
) -> Vec<CommonChanges> {
    let mut changes = vec![CommonChanges::default(); pairs.len()];
    for stratum in strata(matrix, Window::Days(width)) {
        let residuals: BTreeMap<usize, Vec<Residual>> = stratum
            .eligible
            .iter()
            .filter_map(|&outlet| Some((outlet, residuals(matrix, &stratum, outlet)?)))
            .collect();
        let day_of = |&row: &usize| matrix.rows[row].day;
        for (&(a, b), changes) in pairs.iter().zip(&mut changes) {
            let (Some(a), Some(b)) = (residuals.get(&a), residuals.get(&b)) else { continue };
            let mut at = 0;
            for rows in stratum.rows.chunk_by(|one, next| day_of(one) == day_of(next)) {
                let until = at + rows.len();
                let key = (stratum.language, day_of(&rows[0]).rem_euclid(7));
                changes.add(key, stratum.rows.len(), &a[at..until], &b[at..until]);
                at = until;
            }
        }
    }
    changes
}

/// The residuals of an outlet in each narrative of a stratum, if it took up narratives of one size equally readily on
/// all days. `None` if it carries none or all.
fn residuals(
    matrix: &IncidenceMatrix,
    stratum: &Stratum<'_>,
    outlet: usize,
) -> Option<Vec<Residual>> {
    let rows = || stratum.rows.iter().map(|&row| &matrix.rows[row].carriers);
    let holds = |carriers: &Vec<usize>| carriers.binary_search(&outlet).is_ok();
    let carried = rows().filter(|carriers| holds(carriers)).count();
    if carried == 0 || carried == stratum.rows.len() {
        return None;
    }
    let sizes: usize = rows().map(Vec::len).sum();
    let residual = |carriers: &Vec<usize>| {
        let share = (carried * carriers.len()) as f64 / sizes as f64;
        let p = share.min(MAX_PROBABILITY);
        let off = f64::from(u8::from(holds(carriers))) - p;
        Residual { off, variance: p * (1.0 - p) }
    };
    Some(rows().map(residual).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::significance::types::NarrativeRow;

    /// Six outlets; each carries a narrative of a day with its own probability in turn, by a fixed pattern.
    fn chosen(readiness: impl Fn(usize, i64) -> u64) -> Vec<i64> {
        let mut state = 1u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % 100
        };
        let mut rows = Vec::new();
        for day in 0..112 {
            for _ in 0..6 {
                let carriers = (0..6).filter(|&outlet| random() < readiness(outlet, day)).collect();
                let eligible = (0..6).collect();
                rows.push(NarrativeRow { language: 0, day, six_hours: None, eligible, carriers });
            }
        }
        let matrix = IncidenceMatrix::new(6, vec!["en".into()], rows);
        widths(&matrix, &[(0, 1), (0, 2), (2, 3)])
    }

    #[test]
    fn steady_outlets_are_compared_over_wide_windows() {
        assert!(chosen(|_, _| 40).contains(&4));
    }

    #[test]
    fn outlets_that_change_together_are_compared_within_a_day() {
        let weekly = |outlet, day: i64| if outlet < 2 && day % 7 > 4 { 4 } else { 50 };
        assert_eq!(chosen(weekly)[0], 1);
    }

    #[test]
    fn outlets_that_take_turns_are_compared_within_a_day() {
        let turns = |outlet, day: i64| match (outlet, day % 7 > 4) {
            (0, true) | (1, false) => 4,
            _ => 50,
        };
        assert_eq!(chosen(turns)[0], 1);
    }

    #[test]
    fn common_days_off_are_seen_without_a_rhythm() {
        let off = [3, 4, 11, 19, 20, 29, 38, 45, 46, 57, 66, 67, 75, 84, 92, 93, 101, 109];
        let moods = |outlet, day: i64| if outlet < 2 && off.contains(&day) { 2 } else { 50 };
        assert_eq!(chosen(moods)[0], 1);
    }
}
