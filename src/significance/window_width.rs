//! How wide the window of a pair may be.
//!
//! A narrow window is safe and loses about one narrative of information a stratum. A wide one is safe where the
//! activity of one of the two outlets is steady: what a wide stratum adds to the expected number of shared narratives
//! is the covariance of both outlets' changes, and that is zero if one of them has none. Only each outlet's own numbers
//! are read, never what two outlets share, so the choice does not look at the outcome.

use std::collections::BTreeMap;

use super::strata::{Stratum, Window, strata};
use super::types::IncidenceMatrix;

/// Widths in days, widest first. Wider ones hide slow changes of activity; narrower ones are taken for outlets whose
/// first articles come at one hour, and lose most of the test's power.
pub(super) const WIDTHS: [i64; 3] = [4, 2, 1];
/// Greatest standardized deviation that changes of activity shared by both outlets could make.
const MAX_DEVIATION: f64 = 0.3;
/// Greatest probability that an outlet carries one narrative, where it is estimated from its number of narratives.
const MAX_PROBABILITY: f64 = 0.98;

/// How much each outlet's activity changes within the strata of one width.
struct Changes {
    /// Excess over chance of the squared deviations of each outlet, 0 if there is none.
    excess: Vec<f64>,
    /// Narratives in whose strata each outlet stands.
    narratives: Vec<usize>,
}

/// Expected and observed narratives of one outlet in a part of a stratum.
#[derive(Debug, Clone, Copy, Default)]
struct Deviation {
    off: f64,
    variance: f64,
}

/// The widest allowed window of each of these pairs.
pub(super) fn widths(matrix: &IncidenceMatrix, pairs: &[(usize, usize)]) -> Vec<i64> {
    let changes: Vec<(i64, Changes)> =
        WIDTHS.iter().map(|&width| (width, Changes::new(matrix, width))).collect();
    let widest = |&(a, b): &(usize, usize)| {
        let allowed = changes.iter().find(|(width, changes)| *width == 1 || changes.allow(a, b));
        allowed.map_or(1, |(width, _)| *width)
    };
    pairs.iter().map(widest).collect()
}

impl Changes {
    fn new(matrix: &IncidenceMatrix, width: i64) -> Changes {
        let outlets = matrix.outlets();
        let mut daily = vec![0.0; outlets];
        let mut narratives = vec![0; outlets];
        let mut weekly: BTreeMap<(usize, usize, i64), Deviation> = BTreeMap::new();
        for stratum in strata(matrix, Window::Days(width)) {
            for &outlet in stratum.eligible {
                let days = deviations(matrix, &stratum, outlet);
                let total: f64 = days.values().map(|day| day.variance).sum();
                if total <= 0.0 {
                    continue;
                }
                narratives[outlet] += stratum.rows.len();
                for (day, Deviation { off, variance }) in days {
                    if variance <= 0.0 {
                        continue;
                    }
                    daily[outlet] += off * off / variance - (1.0 - variance / total);
                    let key = (outlet, stratum.language, day.rem_euclid(7));
                    let sum = weekly.entry(key).or_default();
                    sum.off += off;
                    sum.variance += variance * (1.0 - variance / total);
                }
            }
        }
        let mut by_week = vec![0.0; outlets];
        for ((outlet, _, _), sum) in weekly {
            if sum.variance > 1e-9 {
                by_week[outlet] += sum.off * sum.off / sum.variance - 1.0;
            }
        }
        let excess = daily.iter().zip(by_week).map(|(day, week)| day.max(week).max(0.0)).collect();
        Changes { excess, narratives }
    }

    fn allow(&self, a: usize, b: usize) -> bool {
        let narratives = self.narratives[a].min(self.narratives[b]).max(1);
        (self.excess[a] * self.excess[b] / narratives as f64).sqrt() <= MAX_DEVIATION
    }
}

/// For each day of a stratum, observed less expected narratives of an outlet, and their variance, if it took up
/// narratives of a size equally readily on all of its days. Nothing if the outlet carries none or all.
fn deviations(
    matrix: &IncidenceMatrix,
    stratum: &Stratum<'_>,
    outlet: usize,
) -> BTreeMap<i64, Deviation> {
    let rows = || stratum.rows.iter().map(|&row| &matrix.rows[row]);
    let carried = rows().filter(|row| row.carriers.binary_search(&outlet).is_ok()).count();
    let mut days: BTreeMap<i64, Deviation> = BTreeMap::new();
    if carried == 0 || carried == stratum.rows.len() {
        return days;
    }
    let sizes: usize = rows().map(|row| row.carriers.len()).sum();
    for row in rows() {
        let share = (carried * row.carriers.len()) as f64 / sizes as f64;
        let p = share.min(MAX_PROBABILITY);
        let does = f64::from(u8::from(row.carriers.binary_search(&outlet).is_ok()));
        let day = days.entry(row.day).or_default();
        day.off += does - p;
        day.variance += p * (1.0 - p);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::significance::types::Row;

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
                rows.push(Row { language: 0, day, six_hours: None, eligible, carriers });
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
}
