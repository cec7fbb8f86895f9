//! Do two outlets publish in step, and which of them is ahead? Daily counts against circular shifts.
//!
//! Each day is compared with the mean of its weekday, so that a weekly rhythm makes nobody keep step or run ahead.
//! Busy days come in runs, so that two series correlate by chance more often than independent days would.
//! Shifting one series around the circle of days keeps its runs and breaks only its alignment with the
//! other. What it does not show: why. Both may follow the same events.

use chrono::NaiveDate;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::SignificanceConfig;
use super::fdr::weighted_benjamini_hochberg;
use super::types::Pairs;
use crate::corpus::Corpus;
use crate::model::{Article, Synchrony};

/// Least number of days: with fewer shifts no p-value below .05 is possible after correction.
const MIN_DAYS: usize = 28;
/// Least number of articles of each outlet.
const MIN_ARTICLES: usize = 28;
/// Most shifts; in longer periods that many are drawn.
const MAX_SHIFTS: usize = 999;
/// Days by which one outlet may be ahead of the other.
const LEADS: usize = 3;

/// Daily counts of one outlet, less the mean of the weekday; 0 on days it was not heard.
#[derive(Debug, Clone, PartialEq)]
struct Series {
    counts: Vec<f64>,
    /// 1 for each day on which the outlet was heard, else 0.
    heard: Vec<f64>,
}

impl Series {
    fn days(&self) -> usize {
        self.counts.len()
    }

    /// Takes the mean of its weekday from each day on which the outlet was heard.
    fn without_weekdays(mut self) -> Series {
        for weekday in 0..7.min(self.days()) {
            let days = || (weekday..self.counts.len()).step_by(7);
            let heard: f64 = days().map(|day| self.heard[day]).sum();
            let mean = days().map(|day| self.counts[day]).sum::<f64>() / heard.max(1.0);
            for day in days().collect::<Vec<_>>() {
                self.counts[day] -= mean * self.heard[day];
            }
        }
        self
    }

    fn is_whole(&self) -> bool {
        self.heard.iter().all(|&heard| heard > 0.5)
    }
}

/// Compares the daily counts of all pairs, in the order of [`Pairs::all`], and corrects for the number of
/// tests; `None` for pairs with too little to compare.
///
/// Cost: for each pair `O(T²)` in the days `T` of the corpus.
pub(super) fn synchrony(
    corpus: &Corpus,
    weights: &[f64],
    config: &SignificanceConfig,
) -> Vec<Option<Synchrony>> {
    let series: Vec<Series> =
        all_series(corpus).into_iter().map(Series::without_weekdays).collect();
    let days = series.first().map_or(0, Series::days);
    let pairs: Vec<(usize, usize)> = Pairs::of(corpus).all().collect();
    if days < MIN_DAYS {
        return vec![None; pairs.len()];
    }
    let shifts = shifts(days, config.seed);
    let published = corpus.articles_by_outlet();
    let mut found: Vec<Option<Synchrony>> = pairs
        .into_par_iter()
        .map(|(a, b)| {
            let enough = published[a].min(published[b]) >= MIN_ARTICLES;
            enough.then(|| compare(&series[a], &series[b], &shifts)).flatten()
        })
        .collect();
    let p: Vec<f64> = found.iter().flatten().map(|r| r.synchrony_q).collect();
    let leads: Vec<f64> = found.iter().flatten().map(|r| r.lead_q).collect();
    let tested = found.iter().zip(weights).filter(|(found, _)| found.is_some());
    let weights: Vec<f64> = tested.map(|(_, &weight)| weight).collect();
    let adjusted = |p: &[f64]| weighted_benjamini_hochberg(p, &weights);
    let q = adjusted(&p).into_iter().zip(adjusted(&leads));
    for (found, (synchrony, lead)) in found.iter_mut().flatten().zip(q) {
        (found.synchrony_q, found.lead_q) = (synchrony, lead);
    }
    found
}

/// Counts per day of the corpus. Articles are counted on the UTC day of their time, whatever its
/// precision.
fn all_series(corpus: &Corpus) -> Vec<Series> {
    let (articles, outlets) = (&corpus.articles()[corpus.reported()], corpus.outlet_ids());
    let day = |article: &Article| article.at().date_naive();
    let (Some(first), Some(last)) =
        (articles.iter().map(day).min(), articles.iter().map(day).max())
    else {
        return Vec::new();
    };
    let place = |day: NaiveDate| usize::try_from((day - first).num_days()).ok();
    let days = place(last).map_or(0, |last| last + 1);
    let silent = Series { counts: vec![0.0; days], heard: vec![1.0; days] };
    let mut series = vec![silent; outlets.len()];
    for (article, &outlet) in articles.iter().zip(&corpus.outlets()[corpus.reported()]) {
        let counts = &mut series[outlet as usize].counts;
        if let Some(count) = place(day(article)).and_then(|day| counts.get_mut(day)) {
            *count += 1.0;
        }
    }
    for gap in corpus.gaps() {
        if let (Ok(outlet), Some(day)) = (outlets.binary_search(&gap.outlet), place(gap.day))
            && let Series { counts, heard } = &mut series[outlet]
            && let (Some(count), Some(heard)) = (counts.get_mut(day), heard.get_mut(day))
        {
            (*count, *heard) = (0.0, 0.0);
        }
    }
    series
}

/// The shifts to compare with, in days: all of them, or a draw.
fn shifts(days: usize, seed: u64) -> Vec<usize> {
    // Also those by a few days, which are nearly the observed alignment: without them the test would call
    // more than its level, since the observed peak would be compared with troughs alone.
    let mut all: Vec<usize> = (1..days).collect();
    if all.len() > MAX_SHIFTS {
        all.shuffle(&mut Pcg64::seed_from_u64(seed));
        all.truncate(MAX_SHIFTS);
        all.sort_unstable();
    }
    all
}

/// Both statistics and their p-values; `None` if one series does not vary.
fn compare(a: &Series, b: &Series, shifts: &[usize]) -> Option<Synchrony> {
    let days = a.days();
    let correlations = correlations(a, b);
    let at = |shift: usize| correlations.get(shift % days).copied().flatten();
    let lead = |shift: usize| -> Option<f64> {
        (1..=LEADS).map(|l| Some(at(shift + l)? - at(shift + days - l)?)).sum()
    };
    let (synchrony, ahead) = (at(0)?, lead(0)?);
    let as_much = |holds: &dyn Fn(usize) -> Option<bool>| {
        let n = shifts.iter().filter(|&&shift| holds(shift).unwrap_or(true)).count();
        (n + 1) as f64 / (shifts.len() + 1) as f64
    };
    Some(Synchrony {
        synchrony,
        synchrony_q: as_much(&|shift| Some(at(shift)? >= synchrony)),
        lead: ahead,
        lead_q: as_much(&|shift| Some(lead(shift)?.abs() >= ahead.abs())),
        shifts: shifts.len(),
    })
}

/// Pearson's correlation of `a` on a day with `b` `shift` days later, around the circle, over the days
/// on which both were heard, for each shift. `None` where one of them does not vary.
fn correlations(a: &Series, b: &Series) -> Vec<Option<f64>> {
    let whole = a.is_whole() && b.is_whole();
    let squared = |series: &Series| -> Vec<f64> { series.counts.iter().map(|n| n * n).collect() };
    let (a_squared, b_squared) = (squared(a), squared(b));
    let sums = |shift: usize| {
        [
            around(&a.heard, &b.heard, shift),
            around(&a.counts, &b.heard, shift),
            around(&a.heard, &b.counts, shift),
            around(&a_squared, &b.heard, shift),
            around(&a.heard, &b_squared, shift),
        ]
    };
    // Without a silent day they are the same for each shift.
    let always = sums(0);
    let of_shift = |shift: usize| {
        let sums = if whole { always } else { sums(shift) };
        correlation(sums, around(&a.counts, &b.counts, shift))
    };
    (0..a.days()).map(of_shift).collect()
}

/// Sum of the products of `a` with what `b` has `shift` places later, around the circle.
fn around(a: &[f64], b: &[f64], shift: usize) -> f64 {
    let (head, tail) = b.split_at(shift.min(b.len()));
    let (before, after) = a.split_at(tail.len().min(a.len()));
    dot(before, tail) + dot(after, head)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// From the number of days, both sums, both sums of squares, and the sum of products.
fn correlation(sums: [f64; 5], product: f64) -> Option<f64> {
    let [days, first, second, first_squared, second_squared] = sums;
    let spread = [days * first_squared - first * first, days * second_squared - second * second];
    let varies = spread.iter().all(|spread| *spread > 1e-6);
    varies.then(|| (days * product - first * second) / (spread[0] * spread[1]).sqrt())
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;
    use crate::corpus::testing::with_gaps;
    use crate::model::CoverageGap;
    use crate::significance::tests::article;

    /// Runs of busy days.
    fn bursts(days: usize, seed: u64) -> Series {
        let mut rng = Pcg64::seed_from_u64(seed);
        let mut level = 100u32;
        let counts = (0..days).map(|_| {
            level = level * 4 / 5 + rng.random_range(0..40);
            f64::from(level / 4)
        });
        Series { counts: counts.collect(), heard: vec![1.0; days] }
    }

    fn later(series: &Series, days: usize) -> Series {
        let mut later = series.clone();
        later.counts.rotate_right(days);
        later
    }

    #[test]
    fn what_is_in_step_or_ahead_is_found() {
        let a = bursts(200, 1);
        let shifts = shifts(200, 7);
        let same = compare(&a, &a, &shifts).unwrap();
        assert!(same.synchrony > 0.999 && same.synchrony_q < 0.01 && same.lead.abs() < 1e-9);
        let behind = compare(&a, &later(&a, 2), &shifts).unwrap();
        assert!(behind.lead > 0.1 && behind.lead_q < 0.05, "{behind:?}");
        assert!(compare(&later(&a, 2), &a, &shifts).unwrap().lead < -0.1);
    }

    #[test]
    fn independent_bursts_are_called_at_their_level() {
        let shifts = shifts(120, 7);
        let (mut called, mut led) = (0, 0);
        for seed in 0..200 {
            let r = compare(&bursts(120, 2 * seed), &bursts(120, 2 * seed + 1), &shifts).unwrap();
            called += usize::from(r.synchrony_q <= 0.05);
            led += usize::from(r.lead_q <= 0.05);
        }
        // 10 of 200 are expected; 19 are exceeded once in 300 times.
        assert!((2..=19).contains(&called) && (2..=19).contains(&led), "{called} {led}");
    }

    #[test]
    fn a_weekly_rhythm_makes_nobody_run_ahead() {
        // Busy on Mondays, and busy on Tuesdays; what is left after the weekdays is chance.
        let (mut led, shifts) = (0, shifts(84, 7));
        for seed in 0..60 {
            let weekly = |busy: usize, seed| {
                let mut series = bursts(84, seed);
                for day in (busy..84).step_by(7) {
                    series.counts[day] += 60.0;
                }
                series.without_weekdays()
            };
            let found = compare(&weekly(0, 2 * seed), &weekly(1, 2 * seed + 1), &shifts).unwrap();
            led += usize::from(found.lead_q <= 0.05);
        }
        assert!(led <= 8, "{led} of 60");
    }

    #[test]
    fn a_gap_is_no_quiet_day() {
        let articles = [article("1", "x", 1), article("2", "y", 49)];
        let day = articles[0].at().date_naive() + chrono::TimeDelta::days(1);
        let gap = CoverageGap { outlet: "x".into(), day, reason: "dns".into() };
        let series = all_series(&with_gaps(&articles, &[gap]));
        assert_eq!(series[0], Series { counts: vec![1.0, 0.0, 0.0], heard: vec![1.0, 0.0, 1.0] });
        assert!(series[1].is_whole());
        assert_eq!(correlations(&series[0], &series[1])[0], Some(-1.0));
    }

    /// The definition, day by day.
    fn oracle(a: &Series, b: &Series, shift: usize) -> Option<f64> {
        let days = a.days();
        let both: Vec<(f64, f64)> = (0..days)
            .filter(|&day| a.heard[day] * b.heard[(day + shift) % days] > 0.5)
            .map(|day| (a.counts[day], b.counts[(day + shift) % days]))
            .collect();
        let mean =
            |of: fn(&(f64, f64)) -> f64| both.iter().map(of).sum::<f64>() / both.len() as f64;
        let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let sum = |of: &dyn Fn(&(f64, f64)) -> f64| both.iter().map(of).sum::<f64>();
        let spread = [sum(&|p| (p.0 - x).powi(2)), sum(&|p| (p.1 - y).powi(2))];
        let varies = spread.iter().all(|spread| *spread > 1e-6);
        varies.then(|| sum(&|p| (p.0 - x) * (p.1 - y)) / (spread[0] * spread[1]).sqrt())
    }

    proptest::proptest! {
        #[test]
        fn correlations_are_the_definition(
            days in proptest::collection::vec((0u32..9, 0u32..9, 0u32..4, 0u32..4), 1..12),
        ) {
            let series = |counts: Vec<u32>, heard: Vec<u32>| Series {
                counts: counts.iter().zip(&heard).map(|(n, heard)| f64::from(n * heard.min(&1))).collect(),
                heard: heard.iter().map(|heard| f64::from(*heard.min(&1))).collect(),
            };
            let ((a, b), (a_heard, b_heard)) =
                days.into_iter().map(|(a, b, x, y)| ((a, b), (x, y))).unzip::<_, _, (Vec<_>, Vec<_>), (Vec<_>, Vec<_>)>();
            let (a, b) = (series(a, a_heard), series(b, b_heard));
            for (shift, found) in correlations(&a, &b).into_iter().enumerate() {
                match (found, oracle(&a, &b, shift)) {
                    (Some(x), Some(y)) => proptest::prop_assert!((x - y).abs() < 1e-9),
                    (x, y) => proptest::prop_assert_eq!(x, y),
                }
            }
        }
    }
}
