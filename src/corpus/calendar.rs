//! The days of a corpus: frequencies of a day are counted in what had appeared by its end.
//!
//! How rare a word is, which lines stand in an outlet's articles, which runs of words recur: none of it
//! changes for a day that is over, so that what was found on it is final. The first weeks of a corpus are too
//! few to count in; they are its *warm-up*, and count together as one day.

use std::ops::Range;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::model::Article;

/// Fewest days of the warm-up: more than a story lasts, and than the two and three weeks from which a line
/// counts as standing text.
pub const WARM_UP_DAYS: u32 = 30;
/// Fewest articles of the warm-up: in fewer, shares of words say little (`docs/method.md`, "Counting periods").
pub const WARM_UP_ARTICLES: usize = 5_000;
/// Days, up to and with an article's own, in which recurring runs of words and standing lines are counted:
/// enough for those of small outlets, few enough to be read again for each new day.
pub const LOOKBACK_DAYS: u32 = 60;

/// Days of a week: what is kept of a corpus is kept week by week.
const WEEK: i64 = 7;

/// How the days of a corpus are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarConfig {
    /// Fewest UTC days of the warm-up.
    pub warm_up_days: u32,
    /// Fewest articles of the warm-up.
    pub warm_up_articles: usize,
    /// UTC days in which recurring runs of words and standing lines are counted.
    pub lookback_days: u32,
}

impl Default for CalendarConfig {
    fn default() -> Self {
        CalendarConfig {
            warm_up_days: WARM_UP_DAYS,
            warm_up_articles: WARM_UP_ARTICLES,
            lookback_days: LOOKBACK_DAYS,
        }
    }
}

/// A UTC day with articles, or the warm-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Indices of its articles.
    pub articles: Range<usize>,
    /// The first article of its look-back window, which ends with the day.
    pub since: usize,
}

/// The days and weeks of articles that are sorted by time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    days: Vec<Day>,
    weeks: Vec<Range<usize>>,
}

impl Calendar {
    /// Later articles only add to the last day and the last week, and days and weeks after them. O(days × log
    /// articles).
    pub fn new(articles: &[Article], config: &CalendarConfig) -> Calendar {
        let mut calendar = Calendar::default();
        let Some(warm_over) = warm_up_end(articles, config) else { return calendar };
        let before = |day: i64| articles.partition_point(|article| day_of(article) < day);
        let mut start = 0;
        while let Some(first) = articles.get(start) {
            let day = if start == 0 { warm_over - 1 } else { day_of(first) };
            let end = before(day + 1);
            let since = before(day + 1 - i64::from(config.lookback_days)).min(start);
            // The warm-up is the first week.
            let begins = |last: &Range<usize>| {
                let week = |at: usize| (day_of(&articles[at]) - warm_over).div_euclid(WEEK);
                last.start == 0 || week(start) != week(last.start)
            };
            match calendar.weeks.last_mut() {
                Some(last) if !begins(last) => last.end = end,
                _ => calendar.weeks.push(start..end),
            }
            calendar.days.push(Day { articles: start..end, since });
            start = end;
        }
        calendar
    }

    /// The warm-up, then each day with articles, in order.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The articles of the warm-up, then of each week with articles. All but the last week have ended.
    pub fn weeks(&self) -> &[Range<usize>] {
        &self.weeks
    }

    /// Which of the days an article is in. O(log days).
    pub fn day_of(&self, article: usize) -> usize {
        self.days.partition_point(|day| day.articles.end <= article)
    }

    /// Which of the weeks an article is in. O(log weeks).
    pub fn week_of(&self, article: usize) -> usize {
        self.weeks.partition_point(|week| week.end <= article)
    }

    /// The first article of the look-back window of an article's day.
    pub fn since(&self, article: usize) -> usize {
        self.days.get(self.day_of(article)).map_or(article, |day| day.since)
    }
}

/// The first article that appeared no more than so long before the one at `at`.
pub fn first_within(articles: &[Article], at: usize, window: TimeDelta) -> usize {
    let time = |article: &Article| article.at().timestamp();
    articles.get(at).map_or(at, |article| {
        let since = time(article).saturating_sub(window.num_seconds());
        articles.partition_point(|earlier| time(earlier) < since)
    })
}

/// The days of a corpus whose articles are not at hand, by date: a [`Calendar`] for those who see a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayFrame {
    /// The first day after the warm-up.
    warm_over: i64,
    lookback_days: i64,
}

impl DayFrame {
    /// From the number of articles of each day, ascending; `None` without articles.
    pub fn new(articles: &[(i64, usize)], config: &CalendarConfig) -> Option<DayFrame> {
        let all: usize = articles.iter().map(|(_, count)| count).sum();
        let fewest = config.warm_up_articles.clamp(1, all.max(1));
        let mut so_far = 0;
        let full = articles.iter().find(|(_, count)| {
            so_far += count;
            so_far >= fewest
        })?;
        let warm_over = warm_over(articles.first()?.0, full.0, config);
        Some(DayFrame { warm_over, lookback_days: i64::from(config.lookback_days) })
    }

    /// The day as which an article of this time counts: all of the warm-up are its last day.
    pub fn counted_day(&self, seconds: i64) -> i64 {
        day_of_time(seconds).max(self.warm_over - 1)
    }

    /// The first day of the look-back window of a counted day.
    pub fn since(&self, day: i64) -> i64 {
        if day < self.warm_over { i64::MIN } else { (day + 1 - self.lookback_days).min(day) }
    }

    /// The days of some articles by their times, which ascend, and numbers in that order.
    pub fn days(&self, times: &[i64]) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        let counted = |time: &i64| self.counted_day(*time);
        for of_day in times.chunk_by(|x, y| counted(x) == counted(y)) {
            let start = days.last().map_or(0, |day| day.articles.end);
            let since = of_day.first().map_or(0, |time| self.since(counted(time)));
            let since = times.partition_point(|time| day_of_time(*time) < since);
            days.push(Day { articles: start..start + of_day.len(), since });
        }
        days
    }
}

/// The first day after the warm-up; `None` without articles.
fn warm_up_end(articles: &[Article], config: &CalendarConfig) -> Option<i64> {
    let fewest = config.warm_up_articles.clamp(1, articles.len().max(1));
    let (first, full) = (articles.first()?, articles.get(fewest - 1)?);
    Some(warm_over(day_of(first), day_of(full), config))
}

/// The first day after the warm-up, from that of the first article and that on which there were enough.
fn warm_over(first: i64, full: i64, config: &CalendarConfig) -> i64 {
    (first + i64::from(config.warm_up_days.max(1))).max(full + 1)
}

/// Days since 1970, UTC.
fn day_of(article: &Article) -> i64 {
    day_of_time(article.at().timestamp())
}

/// Days since 1970, UTC, of seconds since then.
pub fn day_of_time(seconds: i64) -> i64 {
    seconds.div_euclid(24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    const CONFIG: CalendarConfig =
        CalendarConfig { warm_up_days: 2, warm_up_articles: 3, lookback_days: 4 };

    /// One article for each of these hours.
    fn articles(hours: impl IntoIterator<Item = i64>) -> Vec<Article> {
        let at = |hour| DateTime::UNIX_EPOCH + TimeDelta::hours(hour);
        let article = |hour| Article { first_seen: Some(at(hour)), ..Article::default() };
        hours.into_iter().map(article).collect()
    }

    /// Articles of each day, and of its look-back window.
    #[track_caller]
    fn check(hours: impl IntoIterator<Item = i64>, expected: &[(usize, usize)]) {
        let calendar = Calendar::new(&articles(hours), &CONFIG);
        let sizes = |day: &Day| (day.articles.len(), day.articles.end - day.since);
        assert_eq!(calendar.days().iter().map(sizes).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_opening_is_long_and_full() {
        check([], &[]);
        check([5], &[(1, 1)]);
        check([5, 6, 7, 47], &[(4, 4)]);
        check([5, 6, 7, 48], &[(3, 3), (1, 4)]);
        // Not full before the third day, which is taken whole.
        check([5, 6, 50, 71, 72], &[(4, 4), (1, 5)]);
    }

    #[test]
    fn a_look_back_ends_with_its_day() {
        check([5, 30, 40, 50, 95, 96, 120, 500], &[(3, 3), (1, 4), (1, 5), (1, 5), (1, 4), (1, 1)]);
    }

    #[test]
    fn weeks_begin_with_the_warm_up() {
        let day = |day: i64| day * 24;
        let calendar = Calendar::new(&articles([0, 1, 2, 3, 8, 9, 15, 16, 40].map(day)), &CONFIG);
        // Three articles are there on the third day; then weeks of the days 3 to 9, 10 to 16, 38 to 44.
        assert_eq!(calendar.weeks(), [0..3, 3..6, 6..8, 8..9]);
        assert_eq!([0, 2, 3, 7, 8].map(|article| calendar.week_of(article)), [0, 0, 1, 2, 3]);
    }

    proptest! {
        #[test]
        fn a_frame_gives_the_days_of_any_of_the_articles(
            mut hours in prop::collection::vec(0i64..400, 1..60), keep in prop::collection::vec(any::<bool>(), 60),
        ) {
            hours.sort_unstable();
            let all = Calendar::new(&articles(hours.iter().copied()), &CONFIG);
            let counts: Vec<(i64, usize)> = hours
                .chunk_by(|x, y| x / 24 == y / 24)
                .map(|day| (day[0] / 24, day.len()))
                .collect();
            let frame = DayFrame::new(&counts, &CONFIG).unwrap();
            let kept: Vec<usize> = (0..hours.len()).filter(|&n| keep[n]).collect();
            let times: Vec<i64> = kept.iter().map(|&n| hours[n] * 3600).collect();
            let days = frame.days(&times);
            for (place, &article) in kept.iter().enumerate() {
                let of_all = &all.days()[all.day_of(article)];
                let rank = |n: usize| kept.partition_point(|other| *other < n);
                let day = days.iter().find(|day| day.articles.contains(&place)).unwrap();
                prop_assert_eq!(&day.articles, &(rank(of_all.articles.start)..rank(of_all.articles.end)));
                prop_assert_eq!(day.since, rank(of_all.since));
            }
        }

        #[test]
        fn days_that_are_over_stay(mut hours in prop::collection::vec(0i64..900, 0..60), known in 0usize..60) {
            hours.sort_unstable();
            let all = Calendar::new(&articles(hours.iter().copied()), &CONFIG);
            // Whole, in order, without gap.
            let places: Vec<usize> = all.days().iter().flat_map(|day| day.articles.clone()).collect();
            prop_assert_eq!(&places, &(0..hours.len()).collect::<Vec<_>>());
            prop_assert_eq!(&all.weeks().iter().cloned().flatten().collect::<Vec<_>>(), &places);
            for (n, day) in all.days().iter().enumerate() {
                prop_assert!(day.articles.clone().all(|article| all.day_of(article) == n));
            }
            // Days that are over.
            let until = hours.get(known).map_or(900, |hour| hour / 24 * 24);
            let known = hours.partition_point(|hour| *hour < until);
            let before = Calendar::new(&articles(hours.into_iter().take(known)), &CONFIG);
            // The warm-up may not be full yet.
            if before.days().len() > 1 {
                prop_assert_eq!(&all.days()[..before.days().len()], before.days());
                let ended = before.weeks().len() - 1;
                prop_assert_eq!(&all.weeks()[..ended], &before.weeks()[..ended]);
            }
        }
    }
}
