//! Which outlet is the first of a narrative, where the times can tell.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::report_index::ReportIndex;
use crate::model::{Article, Precision};

/// The farthest zones are 14 hours ahead of UTC and 12 behind it: a day somewhere begins and ends so much off.
const ZONE_AHEAD: TimeDelta = TimeDelta::hours(14);
const ZONE_BEHIND: TimeDelta = TimeDelta::hours(12);

/// The first of a narrative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    /// This article, which appeared before those of all other outlets.
    Article(usize),
    /// The earliest articles of so many outlets cannot be told apart.
    Unresolved(usize),
}

impl First {
    /// The article, if the times tell which it is.
    pub(crate) fn article(self) -> Option<usize> {
        match self {
            First::Article(article) => Some(article),
            First::Unresolved(_) => None,
        }
    }

    /// The number of outlets whose earliest articles cannot be told apart, if there is no first.
    pub(crate) fn unresolved(self) -> Option<usize> {
        match self {
            First::Article(_) => None,
            First::Unresolved(outlets) => Some(outlets),
        }
    }
}

/// The first of a narrative: the earliest article, if it appeared before the earliest one of any other outlet by more than the
/// times may be wrong.
pub(crate) fn first(view: &ReportIndex, narrative: usize) -> First {
    let narrative = &view.analysis.narratives[narrative];
    let articles = narrative.articles.iter().map(|&article| view.article(article));
    match unresolved(articles) {
        1 => First::Article(narrative.first),
        outlets => First::Unresolved(outlets),
    }
}

/// Number of outlets whose earliest article may have been the first of all.
fn unresolved<'a>(articles: impl Iterator<Item = &'a Article>) -> usize {
    let mut bounds: BTreeMap<&str, (DateTime<Utc>, DateTime<Utc>)> = BTreeMap::new();
    for article in articles {
        let (from, until) = appeared(article);
        let outlet = bounds.entry(&article.outlet).or_insert((from, until));
        *outlet = (outlet.0.min(from), outlet.1.min(until));
    }
    let Some(known) = bounds.values().map(|bounds| bounds.1).min() else { return 0 };
    bounds.values().filter(|bounds| bounds.0 <= known).count()
}

/// The times between which an article appeared.
fn appeared(article: &Article) -> (DateTime<Utc>, DateTime<Utc>) {
    let seen = article.first_seen.unwrap_or(DateTime::<Utc>::MAX_UTC);
    match (&article.published, article.clock_error()) {
        (Some(_), Some(error)) => (article.at() - error, article.at() + error),
        (Some(stated), None) if stated.precision == Precision::Day => {
            let day = stated.local_date.and_time(chrono::NaiveTime::MIN).and_utc();
            (day - ZONE_AHEAD, (day + TimeDelta::days(1) + ZONE_BEHIND).min(seen))
        }
        _ => (DateTime::<Utc>::MIN_UTC, seen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn of(articles: &[(&str, i64)]) -> usize {
        let articles: Vec<Article> = articles
            .iter()
            .enumerate()
            .map(|(i, &(outlet, hour))| {
                testing::article(&i.to_string(), outlet, testing::hours(hour))
            })
            .collect();
        unresolved(articles.iter())
    }

    #[test]
    fn equal_times_have_no_first() {
        assert_eq!(of(&[("x", 5), ("y", 6), ("z", 5)]), 2);
        assert_eq!(of(&[("x", 5), ("y", 6), ("z", 7)]), 1);
        assert_eq!(of(&[("x", 5), ("x", 5)]), 1, "one outlet is its own first");
    }

    #[test]
    fn a_day_alone_is_first_only_before_other_days() {
        let mut dated = testing::article("0", "x", testing::hours(24));
        if let Some(published) = &mut dated.published {
            published.precision = Precision::Day;
        }
        let timed = |hour| testing::article("1", "y", testing::hours(hour));
        assert_eq!(unresolved([&dated, &timed(30)].into_iter()), 2);
        assert_eq!(unresolved([&dated, &timed(90)].into_iter()), 1);
    }
}
