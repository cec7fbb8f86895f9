//! Which grams recur: what an outlet puts into article after article says nothing of two articles that share it.

use crate::corpus::Day;

use crate::similarity::timeline::Timeline;

/// Articles of one outlet that make a gram recurring (the usual definition of boilerplate).
const RECUR_OUTLET: usize = 3;
/// Articles of any outlets that make a gram recurring if they spread over a long time.
const RECUR_ANY: usize = 5;
/// A long time, in seconds: three weeks, longer than a story is republished.
const LONG: u64 = 21 * 86_400;

/// How a gram is used within the look-back, by more than one outlet: what one alone uses is in no other's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct GramUse {
    /// In [`RECUR_OUTLET`] articles of one outlet, or in [`RECUR_ANY`] articles over [`LONG`].
    pub(super) recurrent: bool,
    /// In [`RECUR_OUTLET`] articles of one outlet over [`LONG`].
    pub(super) persistent: bool,
}

/// The uses of one gram, day by day.
pub(super) struct GramHistory<'s> {
    timeline: &'s Timeline<'s>,
    /// Articles that hold it, ascending, each with the place of its outlet among `own`.
    holders: Vec<(usize, usize)>,
    /// Those of the lookback.
    lookback: std::ops::Range<usize>,
    own: Vec<OutletUse>,
    /// Outlets of the lookback that use it, and those whose own use makes it recur, and last.
    outlets: usize,
    recurrent: usize,
    persistent: usize,
}

/// The holders of one outlet.
#[derive(Default)]
struct OutletUse {
    articles: Vec<usize>,
    /// Those of the lookback.
    lookback: std::ops::Range<usize>,
    gram_use: GramUse,
}

impl<'s> GramHistory<'s> {
    /// `articles` that hold the gram ascend, with repeats; `None` if it recurs in no lookback. O(articles log
    /// articles).
    pub(super) fn of(
        timeline: &'s Timeline<'s>,
        articles: impl Iterator<Item = usize>,
    ) -> Option<GramHistory<'s>> {
        let mut holders: Vec<(usize, usize)> = articles.map(|article| (article, 0)).collect();
        holders.dedup();
        if holders.len() < RECUR_OUTLET {
            return None;
        }
        let mut outlets: Vec<u32> =
            holders.iter().map(|&(article, _)| timeline.outlets[article]).collect();
        outlets.sort_unstable();
        let most = outlets.chunk_by(|x, y| x == y).map(<[u32]>::len).max().unwrap_or(0);
        let spread = spread(timeline, holders.first()?.0, holders.last()?.0);
        if most < RECUR_OUTLET && !(holders.len() >= RECUR_ANY && spread > LONG) {
            return None;
        }
        outlets.dedup();
        let mut own: Vec<OutletUse> = Vec::new();
        own.resize_with(outlets.len(), OutletUse::default);
        for (article, outlet) in &mut holders {
            *outlet = outlets.partition_point(|other| *other < timeline.outlets[*article]);
            own[*outlet].articles.push(*article);
        }
        Some(GramHistory {
            timeline,
            holders,
            lookback: 0..0,
            own,
            outlets: 0,
            recurrent: 0,
            persistent: 0,
        })
    }

    /// How the gram is used in the lookback of the day of this article; not before that of the last call. O(1) for
    /// each holder in all calls together.
    pub(super) fn up_to(&mut self, article: usize) -> GramUse {
        let Day { articles, since } = self.timeline.day(article);
        while let Some(&(_, outlet)) =
            self.holders.get(self.lookback.end).filter(|h| h.0 < articles.end)
        {
            self.lookback.end += 1;
            self.change(outlet, |lookback| lookback.end += 1);
        }
        while let Some(&(_, outlet)) =
            self.holders.get(self.lookback.start).filter(|h| h.0 < *since)
        {
            self.lookback.start += 1;
            self.change(outlet, |lookback| lookback.start += 1);
        }
        if self.outlets < 2 {
            return GramUse::default();
        }
        let of_any = self.holders.get(self.lookback.clone()).unwrap_or_default();
        let spread =
            of_any.first().zip(of_any.last()).map_or(0, |(x, y)| spread(self.timeline, x.0, y.0));
        GramUse {
            recurrent: self.recurrent > 0 || of_any.len() >= RECUR_ANY && spread > LONG,
            persistent: self.persistent > 0,
        }
    }

    fn change(&mut self, outlet: usize, change: impl Fn(&mut std::ops::Range<usize>)) {
        let own = &mut self.own[outlet];
        self.outlets -= usize::from(!own.lookback.is_empty());
        change(&mut own.lookback);
        self.outlets += usize::from(!own.lookback.is_empty());
        let articles = own.articles.get(own.lookback.clone()).unwrap_or_default();
        let recurrent = articles.len() >= RECUR_OUTLET;
        let ends = articles.first().zip(articles.last());
        let persistent =
            recurrent && ends.is_some_and(|(x, y)| spread(self.timeline, *x, *y) > LONG);
        let before = std::mem::replace(&mut own.gram_use, GramUse { recurrent, persistent });
        self.recurrent = self.recurrent + usize::from(recurrent) - usize::from(before.recurrent);
        self.persistent =
            self.persistent + usize::from(persistent) - usize::from(before.persistent);
    }
}

/// Seconds from one article to another.
fn spread(timeline: &Timeline<'_>, first: usize, last: usize) -> u64 {
    timeline.times[first].abs_diff(timeline.times[last])
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::testing::ordered;
    use crate::corpus::{Calendar, CalendarConfig};
    use crate::model::{Annotations, Article, Registry};
    use crate::similarity::batch::Batch;

    /// How these articles of a lookback, by outlet and time, use what they hold.
    fn slow_use(held: &[(u32, i64)]) -> GramUse {
        let spread = |times: &[i64]| {
            times.iter().max().unwrap_or(&0).abs_diff(*times.iter().min().unwrap_or(&0))
        };
        let of = |outlet: u32| -> Vec<i64> {
            held.iter().filter(|held| held.0 == outlet).map(|held| held.1).collect()
        };
        let all: Vec<i64> = held.iter().map(|held| held.1).collect();
        let outlets = (0..3).filter(|&outlet| !of(outlet).is_empty()).count();
        if outlets < 2 {
            return GramUse::default();
        }
        let often: Vec<_> = (0..3).map(of).filter(|own| own.len() >= RECUR_OUTLET).collect();
        GramUse {
            recurrent: !often.is_empty() || all.len() >= RECUR_ANY && spread(&all) > LONG,
            persistent: often.iter().any(|own| spread(own) > LONG),
        }
    }

    proptest! {
        #[test]
        fn uses_are_those_of_each_look_back(
            mut held in prop::collection::vec((0i64..24 * 50, 0u32..3, any::<bool>()), 1..40),
            lookback_days in 1u32..50,
        ) {
            held.sort_unstable();
            let articles: Vec<Article> = held
                .iter()
                .map(|&(hour, outlet, _)| Article {
                    outlet: outlet.to_string(),
                    first_seen: Some(DateTime::UNIX_EPOCH + TimeDelta::hours(hour)),
                    ..Article::default()
                })
                .collect();
            let config = CalendarConfig { warm_up_days: 2, warm_up_articles: 1, lookback_days };
            let calendar = Calendar::new(&articles, &config);
            let weeks = 0..calendar.weeks().len();
            let (corpus, notes) = (ordered(&articles, Registry::default()), Annotations::default());
            let batch = Batch::new(&corpus, &calendar, &notes, weeks, TimeDelta::days(7));
            let holders: Vec<usize> = (0..held.len()).filter(|&n| held[n].2).collect();
            // An article may hold it twice.
            let mut history = GramHistory::of(&batch.timeline, holders.iter().flat_map(|&n| [n, n]));
            for &article in &holders {
                let Day { articles, since } = &calendar.days()[calendar.day_of(article)];
                let inside = |holder: &&usize| (*since..articles.end).contains(*holder);
                let inside: Vec<(u32, i64)> = holders
                    .iter()
                    .filter(inside)
                    .map(|&n| (held[n].1, held[n].0 * 3600))
                    .collect();
                let found = history.as_mut().map_or(GramUse::default(), |history| history.up_to(article));
                prop_assert_eq!(found, slow_use(&inside));
            }
        }
    }
}
