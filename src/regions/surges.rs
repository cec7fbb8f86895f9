//! Days on which a region is in the news much more than usual.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use super::{Named, most_named};
use crate::corpus::Corpus;
use crate::model::Surge;
use crate::text::places::Region;

/// Fewest articles of a day that can be told from a usual one.
const MIN_DAY: usize = 20;
/// Fewest such days: the usual share is their median.
const MIN_DAYS: usize = 14;
/// Fewest articles about the region on a day of a surge.
const MIN_ARTICLES: usize = 5;
/// How many times the usual they must be: counts of news vary more than chance alone has it.
const MIN_RATIO: f64 = 2.0;
/// Greatest probability of so many articles at the usual share (Poisson): seven regions and a month give 200 tests.
const MAX_PROBABILITY: f64 = 1e-4;
/// Days of a surge may have so many other days between them.
const MAX_PAUSE: TimeDelta = TimeDelta::days(2);

/// Returns the surges, and the days that were full enough to tell what is usual.
pub(super) fn surges(
    corpus: &Corpus,
    counted: &[usize],
    of_articles: &[Vec<Region>],
    named: &[Named],
) -> (Vec<Surge>, usize) {
    let mut days: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for &place in counted {
        days.entry(corpus.articles()[place].at().date_naive()).or_default().push(place);
    }
    days.retain(|_, articles| articles.len() >= MIN_DAY);
    if days.len() < MIN_DAYS {
        return (Vec::new(), days.len());
    }
    let mut found = Vec::new();
    for region in Region::ALL {
        let about = |articles: &[usize]| {
            articles.iter().filter(|&&place| of_articles[place].contains(&region)).count()
        };
        let usual = median(days.values().map(|day| about(day) as f64 / day.len() as f64).collect());
        let is_surge = |day: &Vec<usize>| {
            let (n, expected) = (about(day), usual * day.len() as f64);
            n >= MIN_ARTICLES
                && n as f64 >= MIN_RATIO * expected
                && at_least(n, expected) <= MAX_PROBABILITY
        };
        let high: Vec<NaiveDate> =
            days.iter().filter(|(_, day)| is_surge(day)).map(|(day, _)| *day).collect();
        for (from, until) in spans(&high) {
            let within = || days.range(from..=until).flat_map(|(_, day)| day.iter().copied());
            let articles: Vec<usize> =
                within().filter(|&place| of_articles[place].contains(&region)).collect();
            let outlets: BTreeSet<usize> =
                articles.iter().map(|&place| corpus.outlet_of(place)).collect();
            found.push(Surge {
                region,
                from,
                until,
                articles: articles.len(),
                expected: usual * within().count() as f64,
                outlets: outlets.len(),
                places: most_named(region, articles.iter().map(|&place| &named[place])),
            });
        }
    }
    (found, days.len())
}

/// First and last days of runs without a long pause.
fn spans(days: &[NaiveDate]) -> Vec<(NaiveDate, NaiveDate)> {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &day in days {
        match spans.last_mut() {
            Some(last) if day - last.1 <= MAX_PAUSE => last.1 = day,
            _ => spans.push((day, day)),
        }
    }
    spans
}

/// The lower median.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// Probability that a Poisson variable of this mean is at least `n`. O(n).
fn at_least(n: usize, mean: f64) -> f64 {
    let (mut term, mut below) = ((-mean).exp(), 0.0);
    for k in 0..n {
        below += term;
        term *= mean / (k as f64 + 1.0);
    }
    (1.0 - below).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_tails() {
        let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-6, "{x} {y}");
        close(at_least(0, 3.0), 1.0);
        close(at_least(1, 3.0), 1.0 - (-3.0f64).exp());
        // R: ppois(9, 3, lower.tail = FALSE) = 0.001102488
        close(at_least(10, 3.0), 0.001_102_488);
        close(at_least(5, 0.0), 0.0);
    }

    #[test]
    fn neighbouring_days_are_one_span() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        assert_eq!(spans(&[day(1), day(2), day(4), day(9)]), [(day(1), day(4)), (day(9), day(9))]);
        assert_eq!(spans(&[]), []);
    }

    #[test]
    fn the_median_is_no_mean() {
        assert!((median(vec![0.1, 9.0, 0.2]) - 0.2).abs() < 1e-12);
        assert!(median(Vec::new()).abs() < 1e-12);
    }
}
