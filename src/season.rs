//! A corpus in seasons: stretches of days, each long and full enough to say what is usual in it.
//!
//! How rare a word is, which lines stand in an outlet's articles: that is counted within a season. What
//! was found in a season that has ended does not change with the articles that come after it.

use std::ops::Range;

use serde::Serialize;

use crate::model::Article;

/// Fewest days of a season: more than a story lasts, and than the two weeks and three weeks from which a
/// line counts as standing text.
pub const DAYS: u32 = 30;
/// Fewest articles of a season: shares of rare words and standing lines of small outlets need as many,
/// and fewer are analyzed in seconds.
pub const ARTICLES: usize = 25_000;

/// Least size of a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SeasonConfig {
    /// In UTC days.
    pub days: u32,
    /// In articles.
    pub articles: usize,
}

impl Default for SeasonConfig {
    fn default() -> Self {
        SeasonConfig { days: DAYS, articles: ARTICLES }
    }
}

/// Cuts articles, sorted by time, at midnights (UTC) into as many seasons as there can be from the first
/// article on; all but the last have ended. The last is at least as large as a season must be, unless all
/// are too few for one. O(log articles) for each.
///
/// Later articles only add to the last season or cut it: the others stay as they are.
pub fn seasons(articles: &[Article], config: &SeasonConfig) -> Vec<Range<usize>> {
    let mut seasons = Vec::new();
    let mut start = 0;
    while let Some(end) = end(articles, start, config) {
        seasons.push(start..end);
        start = end;
    }
    if start < articles.len() {
        seasons.push(start..articles.len());
    }
    seasons
}

/// The end of the season that begins at `start`; `None` if what is left after it would be none.
fn end(articles: &[Article], start: usize, config: &SeasonConfig) -> Option<usize> {
    let fewest = config.articles.max(1);
    let (first, last) = (articles.get(start)?, articles.last()?);
    let full = articles.get(start + fewest - 1)?;
    let end = (day(first) + i64::from(config.days)).max(day(full) + 1);
    let left = articles.partition_point(|article| day(article) < end);
    let is_long = day(last) - end + 1 >= i64::from(config.days);
    (is_long && articles.len() - left >= fewest).then_some(left)
}

/// Days since 1970, UTC.
fn day(article: &Article) -> i64 {
    article.at().timestamp().div_euclid(24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    /// One article for each of these hours.
    fn articles(hours: impl IntoIterator<Item = i64>) -> Vec<Article> {
        let at = |hour| DateTime::UNIX_EPOCH + TimeDelta::hours(hour);
        let article = |hour| Article { first_seen: Some(at(hour)), ..Article::default() };
        hours.into_iter().map(article).collect()
    }

    /// Articles of each season, where it has two days and three articles or more.
    #[track_caller]
    fn check(hours: impl IntoIterator<Item = i64>, expected: &[usize]) {
        let config = SeasonConfig { days: 2, articles: 3 };
        let seasons = seasons(&articles(hours), &config);
        assert_eq!(seasons.iter().map(Range::len).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_season_is_long_and_full_and_so_is_what_is_left() {
        check([], &[]);
        check([5], &[1]);
        check([5, 6, 7, 50, 51, 52], &[6]);
        check([5, 6, 7, 50, 51, 80], &[3, 3]);
        // Not full before the third day, which is taken whole.
        check([5, 6, 50, 71, 72, 73, 99], &[4, 3]);
        check([5, 6, 50, 71, 72, 99], &[6]);
        // A long silence.
        check([5, 6, 7, 500, 501, 530], &[3, 3]);
    }

    proptest! {
        #[test]
        fn what_has_ended_stays(mut hours in prop::collection::vec(0i64..900, 0..60), known in 0usize..60) {
            hours.sort_unstable();
            let config = SeasonConfig { days: 3, articles: 4 };
            let all = seasons(&articles(hours.iter().copied()), &config);
            // Whole, in order, without gap.
            let places: Vec<usize> = all.iter().cloned().flatten().collect();
            prop_assert_eq!(places, (0..hours.len()).collect::<Vec<_>>());
            // Days that are over.
            let known = hours.partition_point(|hour| *hour < hours.get(known).map_or(900, |h| h / 24 * 24));
            let before = seasons(&articles(hours.into_iter().take(known)), &config);
            let ended = before.len().saturating_sub(1);
            prop_assert!(all.len() >= before.len());
            prop_assert_eq!(&all[..ended], &before[..ended]);
        }
    }
}
