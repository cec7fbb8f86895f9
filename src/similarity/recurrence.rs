//! Which grams recur: what an outlet puts into article after article says nothing of two articles that share it.

use crate::corpus::Day;

use super::comparison_window::Scene;

/// Articles of one outlet that make a gram recurring (the usual definition of boilerplate).
const RECUR_OUTLET: usize = 3;
/// Articles of any outlets that make a gram recurring if they spread over a long time.
const RECUR_ANY: usize = 5;
/// A long time, in seconds: three weeks, longer than a story is republished.
const LONG: u64 = 21 * 86_400;

/// How a gram is used in the days of a horizon, by more than one outlet: what one alone uses is in no other's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Use {
    /// In [`RECUR_OUTLET`] articles of one outlet, or in [`RECUR_ANY`] articles over [`LONG`].
    pub(super) recurs: bool,
    /// In [`RECUR_OUTLET`] articles of one outlet over [`LONG`].
    pub(super) lasts: bool,
}

/// The uses of one gram, day by day.
pub(super) struct Uses<'s> {
    scene: &'s Scene<'s>,
    /// Articles that hold it, ascending, each with the place of its outlet among `own`.
    holders: Vec<(usize, usize)>,
    /// Those of the horizon.
    horizon: std::ops::Range<usize>,
    own: Vec<Own>,
    /// Outlets of the horizon that use it, and those whose own use makes it recur, and last.
    outlets: usize,
    recurs: usize,
    lasts: usize,
}

/// The holders of one outlet.
#[derive(Default)]
struct Own {
    articles: Vec<usize>,
    /// Those of the horizon.
    horizon: std::ops::Range<usize>,
    use_: Use,
}

impl<'s> Uses<'s> {
    /// `articles` that hold the gram ascend, with repeats; `None` if it recurs in no horizon. O(articles log
    /// articles).
    pub(super) fn of(
        scene: &'s Scene<'s>,
        articles: impl Iterator<Item = usize>,
    ) -> Option<Uses<'s>> {
        let mut holders: Vec<(usize, usize)> = articles.map(|article| (article, 0)).collect();
        holders.dedup();
        if holders.len() < RECUR_OUTLET {
            return None;
        }
        let mut outlets: Vec<u32> =
            holders.iter().map(|&(article, _)| scene.outlets[article]).collect();
        outlets.sort_unstable();
        let most = outlets.chunk_by(|x, y| x == y).map(<[u32]>::len).max().unwrap_or(0);
        let spread = spread(scene, holders.first()?.0, holders.last()?.0);
        if most < RECUR_OUTLET && !(holders.len() >= RECUR_ANY && spread > LONG) {
            return None;
        }
        outlets.dedup();
        let mut own: Vec<Own> = Vec::new();
        own.resize_with(outlets.len(), Own::default);
        for (article, outlet) in &mut holders {
            *outlet = outlets.partition_point(|other| *other < scene.outlets[*article]);
            own[*outlet].articles.push(*article);
        }
        Some(Uses { scene, holders, horizon: 0..0, own, outlets: 0, recurs: 0, lasts: 0 })
    }

    /// How the gram is used in the horizon of the day of this article; not before that of the last call. O(1) for
    /// each holder in all calls together.
    pub(super) fn up_to(&mut self, article: usize) -> Use {
        let Day { articles, since } = self.scene.day(article);
        while let Some(&(_, outlet)) =
            self.holders.get(self.horizon.end).filter(|h| h.0 < articles.end)
        {
            self.horizon.end += 1;
            self.change(outlet, |horizon| horizon.end += 1);
        }
        while let Some(&(_, outlet)) = self.holders.get(self.horizon.start).filter(|h| h.0 < *since)
        {
            self.horizon.start += 1;
            self.change(outlet, |horizon| horizon.start += 1);
        }
        if self.outlets < 2 {
            return Use::default();
        }
        let of_any = self.holders.get(self.horizon.clone()).unwrap_or_default();
        let spread =
            of_any.first().zip(of_any.last()).map_or(0, |(x, y)| spread(self.scene, x.0, y.0));
        Use {
            recurs: self.recurs > 0 || of_any.len() >= RECUR_ANY && spread > LONG,
            lasts: self.lasts > 0,
        }
    }

    fn change(&mut self, outlet: usize, change: impl Fn(&mut std::ops::Range<usize>)) {
        let own = &mut self.own[outlet];
        self.outlets -= usize::from(!own.horizon.is_empty());
        change(&mut own.horizon);
        self.outlets += usize::from(!own.horizon.is_empty());
        let articles = own.articles.get(own.horizon.clone()).unwrap_or_default();
        let recurs = articles.len() >= RECUR_OUTLET;
        let ends = articles.first().zip(articles.last());
        let lasts = recurs && ends.is_some_and(|(x, y)| spread(self.scene, *x, *y) > LONG);
        let before = std::mem::replace(&mut own.use_, Use { recurs, lasts });
        self.recurs = self.recurs + usize::from(recurs) - usize::from(before.recurs);
        self.lasts = self.lasts + usize::from(lasts) - usize::from(before.lasts);
    }
}

/// Seconds from one article to another.
fn spread(scene: &Scene<'_>, first: usize, last: usize) -> u64 {
    scene.times[first].abs_diff(scene.times[last])
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::testing::ordered;
    use crate::corpus::{Calendar, CalendarConfig};
    use crate::model::{Annotations, Article, Registry};

    /// How these articles of a horizon, by outlet and time, use what they hold.
    fn slow_use(held: &[(u32, i64)]) -> Use {
        let spread = |times: &[i64]| {
            times.iter().max().unwrap_or(&0).abs_diff(*times.iter().min().unwrap_or(&0))
        };
        let of = |outlet: u32| -> Vec<i64> {
            held.iter().filter(|held| held.0 == outlet).map(|held| held.1).collect()
        };
        let all: Vec<i64> = held.iter().map(|held| held.1).collect();
        let outlets = (0..3).filter(|&outlet| !of(outlet).is_empty()).count();
        if outlets < 2 {
            return Use::default();
        }
        let often: Vec<_> = (0..3).map(of).filter(|own| own.len() >= RECUR_OUTLET).collect();
        Use {
            recurs: !often.is_empty() || all.len() >= RECUR_ANY && spread(&all) > LONG,
            lasts: often.iter().any(|own| spread(own) > LONG),
        }
    }

    proptest! {
        #[test]
        fn uses_are_those_of_each_horizon(
            mut held in prop::collection::vec((0i64..24 * 50, 0u32..3, any::<bool>()), 1..40),
            horizon_days in 1u32..50,
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
            let config = CalendarConfig { opening_days: 2, opening_articles: 1, horizon_days };
            let calendar = Calendar::new(&articles, &config);
            let weeks = 0..calendar.weeks().len();
            let (corpus, notes) = (ordered(&articles, Registry::default()), Annotations::default());
            let scene = Scene::new(&corpus, &calendar, &notes, weeks, TimeDelta::days(7));
            let holders: Vec<usize> = (0..held.len()).filter(|&n| held[n].2).collect();
            // An article may hold it twice.
            let mut uses = Uses::of(&scene, holders.iter().flat_map(|&n| [n, n]));
            for &article in &holders {
                let Day { articles, since } = &calendar.days()[calendar.day_of(article)];
                let inside = |holder: &&usize| (*since..articles.end).contains(*holder);
                let inside: Vec<(u32, i64)> = holders
                    .iter()
                    .filter(inside)
                    .map(|&n| (held[n].1, held[n].0 * 3600))
                    .collect();
                let found = uses.as_mut().map_or(Use::default(), |uses| uses.up_to(article));
                prop_assert_eq!(found, slow_use(&inside));
            }
        }
    }
}
