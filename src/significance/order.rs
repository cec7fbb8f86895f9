//! Which of two outlets is first, among the articles of theirs that match?
//!
//! The share of matched pairs of timed articles in which A is first is compared with what the outlets'
//! publishing rhythms give: an outlet that writes in the morning is often first without being followed.
//! The null model leaves A's times as they are and moves the time of B's article around the circle of all
//! that B published within the window of matching; all pairs of one narrative move together, as one story
//! is one event. What it does not show: why one is first. Both may follow the same source.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::SignificanceConfig;
use super::fdr::benjamini_hochberg;
use super::types::Outlets;
use crate::model::{Article, LagSign, Match, Narrative};

/// Least number of pairs for a share and a test: with four, no outcome is below .05.
pub(super) const MIN_PAIRS: usize = 5;
/// Shifts that are drawn at most.
const SHIFTS: usize = 999;
/// Shifts at least as far as the observed order after which no more are drawn: the p-value is then that many
/// of the drawn ones, and a test at any level keeps its level (Besag and Clifford, Biometrika 78, 1991,
/// section 2).
const ENOUGH: usize = 20;

/// A matched pair whose order is resolved.
#[derive(Debug, Clone, Copy)]
struct Timed {
    /// Seconds since 1970 of A's article, and of B's.
    a: i64,
    b: i64,
    /// Sum of both clock errors, in seconds.
    error: f64,
    /// Pairs with the same number move together.
    story: usize,
}

/// Returns who is first among the matched articles of each pair, in the order of [`Outlets::pairs`], corrected
/// for the number of tests.
///
/// Cost: up to 999 times the number of matches; about a tenth of it where the order is by chance.
pub(super) fn order(
    articles: &[Article],
    outlets: &Outlets<'_>,
    matches: &[Match],
    narratives: &[Narrative],
    config: &SignificanceConfig,
) -> Vec<LagSign> {
    let times = times(articles, outlets);
    let resolved = timed(articles, outlets, matches, narratives);
    let window = resolved.values().flatten().map(|t| (t.a - t.b).abs()).max().unwrap_or(0);
    let pairs: Vec<(usize, usize)> = outlets.pairs().collect();
    let mut found: Vec<LagSign> = pairs
        .par_iter()
        .enumerate()
        .map(|(i, pair)| {
            let of_pair = resolved.get(pair).map_or(&[][..], Vec::as_slice);
            lag_sign(of_pair, &times[pair.1], window, config.seed.wrapping_add(i as u64))
        })
        .collect();
    let p: Vec<f64> = found.iter().filter_map(|sign| sign.q).collect();
    let q = benjamini_hochberg(&p);
    for (sign, q) in found.iter_mut().filter(|sign| sign.q.is_some()).zip(q) {
        sign.q = Some(q);
    }
    found
}

/// Per outlet: the times of its timed articles, ascending.
fn times(articles: &[Article], outlets: &Outlets<'_>) -> Vec<Vec<i64>> {
    let mut times = vec![Vec::new(); outlets.ids.len()];
    for (article, &outlet) in articles.iter().zip(&outlets.of) {
        if article.clock_error().is_some() {
            times[outlet].push(article.at().timestamp());
        }
    }
    for list in &mut times {
        list.sort_unstable();
    }
    times
}

/// Per pair of outlets, first by id: its matched pairs whose lag is more than both clock errors.
fn timed(
    articles: &[Article],
    outlets: &Outlets<'_>,
    matches: &[Match],
    narratives: &[Narrative],
) -> BTreeMap<(usize, usize), Vec<Timed>> {
    let mut story_of = vec![None; articles.len()];
    for (story, narrative) in narratives.iter().enumerate() {
        for &article in &narrative.articles {
            if let Some(slot @ None) = story_of.get_mut(article) {
                *slot = Some(story);
            }
        }
    }
    let mut timed: BTreeMap<(usize, usize), Vec<Timed>> = BTreeMap::new();
    for (index, m) in matches.iter().enumerate() {
        let (Some(one), Some(other)) = (articles.get(m.earlier), articles.get(m.later)) else {
            continue;
        };
        let (Some(first), Some(second)) = (one.clock_error(), other.clock_error()) else {
            continue;
        };
        let error = (first + second).as_seconds_f64();
        let (early, late) = (one.at().timestamp(), other.at().timestamp());
        let (from, to) = (outlets.of[m.earlier], outlets.of[m.later]);
        if from == to || (late - early).abs() as f64 <= error {
            continue;
        }
        let story = story_of[m.earlier].filter(|s| story_of[m.later] == Some(*s));
        let story = story.unwrap_or(narratives.len() + index);
        let (a, b) = if from < to { (early, late) } else { (late, early) };
        let pair = Timed { a, b, error, story };
        timed.entry((from.min(to), from.max(to))).or_default().push(pair);
    }
    timed
}

/// The share in which A is first, what B's rhythm gives, and the two-sided p-value (in `q`, for the
/// correction that follows).
fn lag_sign(pairs: &[Timed], of_b: &[i64], window: i64, seed: u64) -> LagSign {
    let a_first = pairs.iter().filter(|t| t.a < t.b).count();
    let mut sign = LagSign { n: pairs.len(), a_first, ..LagSign::default() };
    if sign.n < MIN_PAIRS {
        return sign;
    }
    let rings: Vec<Ring> = pairs.iter().map(|t| Ring::new(t, of_b, window)).collect();
    let mut stories: Vec<usize> = pairs.iter().map(|t| t.story).collect();
    stories.sort_unstable();
    stories.dedup();
    let story_of: Vec<usize> =
        pairs.iter().map(|t| stories.binary_search(&t.story).unwrap_or(0)).collect();
    let expected = rings.iter().map(Ring::expected).sum::<f64>();
    let observed = (a_first as f64 - expected).abs();
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut shifts = vec![0.0; stories.len()];
    let mut is_as_far = || {
        shifts.fill_with(|| rng.random::<f64>());
        let drawn: f64 = rings.iter().zip(&story_of).map(|(r, &s)| r.shifted(shifts[s])).sum();
        // Sums in another order differ by rounding.
        (drawn - expected).abs() >= observed - 1e-9
    };
    sign.expected = Some(expected / sign.n as f64);
    sign.q = Some(sequential_p(&mut is_as_far));
    sign
}

/// Share of the draws that are at least as far, of as many as it takes to tell.
fn sequential_p(is_as_far: &mut dyn FnMut() -> bool) -> f64 {
    let mut as_far = 0;
    for drawn in 1..=SHIFTS {
        as_far += usize::from(is_as_far());
        if as_far == ENOUGH {
            return ENOUGH as f64 / drawn as f64;
        }
    }
    (as_far + 1) as f64 / (SHIFTS + 1) as f64
}

/// All that B published within the window round A's article, and where B's match is among it.
#[derive(Debug, Clone, Copy)]
struct Ring {
    /// Articles of B in the window; of these before A's by more than the clock error, and not after it by
    /// more: the rest is after it.
    len: usize,
    before: usize,
    until: usize,
    rank: usize,
}

impl Ring {
    fn new(pair: &Timed, of_b: &[i64], window: i64) -> Ring {
        let count = |at: f64| of_b.partition_point(|t| (*t as f64) < at);
        let (a, window) = (pair.a as f64, window as f64);
        let from = count(a - window);
        let to = of_b.partition_point(|t| (*t as f64) <= a + window);
        let before = count(a - pair.error).clamp(from, to);
        let until = of_b.partition_point(|t| (*t as f64) <= a + pair.error).clamp(from, to);
        let rank = of_b.partition_point(|t| *t < pair.b).clamp(from, to);
        Ring {
            len: (to - from).max(1),
            before: before - from,
            until: until - from,
            rank: rank - from,
        }
    }

    /// Probability that A is first, over all places in the ring; a tie is half.
    fn expected(&self) -> f64 {
        let after = self.len - self.until.min(self.len);
        let ties = self.until - self.before;
        (after as f64 + 0.5 * ties as f64) / self.len as f64
    }

    /// Whether A is first if B's article moves on by this share of the ring; a tie is half.
    fn shifted(&self, share: f64) -> f64 {
        #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
        #[expect(clippy::cast_sign_loss, reason = "a share is not negative")]
        let by = (share * self.len as f64) as usize;
        // A rank is at most the length, and the share is below one.
        let place = self.rank + by;
        let place = if place < self.len { place } else { place - self.len };
        if place < self.before {
            0.0
        } else if place < self.until {
            0.5
        } else {
            1.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;
    const DAY: i64 = 24 * HOUR;

    fn place(day: i64) -> usize {
        usize::try_from(day).unwrap()
    }

    /// A publishes at one hour of each day and B at another; each matched pair is of one day.
    fn rhythm(days: i64, hour_a: i64, hours_b: &[i64]) -> (Vec<Timed>, Vec<i64>) {
        let of_b =
            (0..days).flat_map(|d| hours_b.iter().map(move |h| d * DAY + h * HOUR)).collect();
        let pair = |d: i64| {
            let (a, b) =
                (d * DAY + hour_a * HOUR, d * DAY + hours_b[place(d) % hours_b.len()] * HOUR);
            Timed { a, b, error: 120.0, story: place(d) }
        };
        ((0..days).map(pair).collect(), of_b)
    }

    #[test]
    fn fewer_than_five_are_counted_and_not_tested() {
        let (pairs, of_b) = rhythm(4, 8, &[9]);
        let sign = lag_sign(&pairs, &of_b, DAY, 7);
        assert_eq!((sign.n, sign.a_first, sign.expected, sign.q), (4, 4, None, None));
    }

    #[test]
    fn always_an_hour_ahead_of_an_outlet_that_writes_all_day_is_found() {
        let hours: Vec<i64> = (0..24).collect();
        let of_b: Vec<i64> =
            (0..40).flat_map(|d| hours.iter().map(move |h| d * DAY + h * HOUR)).collect();
        let pairs: Vec<Timed> = (2..38)
            .map(|d| Timed {
                a: d * DAY + 8 * HOUR,
                b: d * DAY + 9 * HOUR,
                error: 120.0,
                story: place(d),
            })
            .collect();
        let sign = lag_sign(&pairs, &of_b, DAY, 7);
        assert_eq!((sign.n, sign.a_first), (36, 36));
        assert!((sign.expected.unwrap() - 0.5).abs() < 0.05);
        assert!(sign.q.unwrap() <= 0.001 + 1e-9, "{sign:?}");
    }

    #[test]
    fn a_morning_paper_is_first_by_its_rhythm_alone() {
        // Within half a day, all that B has is after A's.
        let (pairs, of_b) = rhythm(40, 8, &[18]);
        let sign = lag_sign(&pairs, &of_b, 12 * HOUR, 7);
        assert_eq!((sign.a_first, sign.expected, sign.q), (40, Some(1.0), Some(1.0)));
    }

    #[test]
    fn pairs_of_one_story_are_one_event() {
        let hours: Vec<i64> = (0..24).collect();
        let (_, of_b) = rhythm(40, 8, &hours);
        let of = |story: fn(usize) -> usize| {
            let pairs: Vec<Timed> = (0..12)
                .map(|i| Timed {
                    a: 20 * DAY,
                    b: 20 * DAY + HOUR * (1 + i64::try_from(i).unwrap() % 3),
                    error: 120.0,
                    story: story(i),
                })
                .collect();
            lag_sign(&pairs, &of_b, DAY, 7).q.unwrap()
        };
        assert!(of(|i| i) < 0.01 && of(|_| 1) > 0.3);
    }

    #[test]
    fn orders_by_chance_are_called_at_their_level() {
        let mut rng = Pcg64::seed_from_u64(3);
        let mut called = 0;
        for round in 0..200 {
            let of_b: Vec<i64> = {
                let mut all: Vec<i64> = (0..2_000).map(|_| rng.random_range(0..60 * DAY)).collect();
                all.sort_unstable();
                all
            };
            let pairs: Vec<Timed> = (0..40)
                .map(|story| {
                    let b = of_b[rng.random_range(200..1_800)];
                    let a = b + rng.random_range(-DAY..DAY);
                    Timed { a, b, error: 1.0, story }
                })
                .collect();
            called += usize::from(lag_sign(&pairs, &of_b, DAY, round).q.unwrap() <= 0.05);
        }
        // 10 of 200 are expected; 19 are exceeded once in 300 times.
        assert!((2..=19).contains(&called), "{called}");
    }
}
