//! Made-up worlds of newsrooms: who takes up which event, and when.
//!
//! Every newsroom takes up each event by itself, with a probability that depends on the newsroom, the day and the event
//! and on nothing that another one does. A [`Plant`] adds contact between `lead` and `follow`.

use std::collections::BTreeMap;
use std::rc::Rc;

use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::corpus::Corpus;
use crate::corpus::testing::ordered;
use crate::model::{Article, Narrative, Precision, Registry, Role};
use crate::significance::tests::narrative;
use crate::testing;

/// Minutes of an hour and of a day.
const HOUR: i64 = 60;
pub(super) const DAY: i64 = 24 * HOUR;
/// Mean hours from an event to an article.
const DELAY: f64 = 8.0;
/// The first day, a Monday, in days since 1970.
const MONDAY: i64 = 20_458;

/// A factor on the odds of taking up an event, by language and day; 0: absent.
pub(super) type Activity = Rc<dyn Fn(&str, i64) -> f64>;

/// An outlet of a world.
#[derive(Clone)]
pub(super) struct Newsroom {
    pub(super) id: &'static str,
    pub(super) role: Role,
    /// Probability of taking up an ordinary event of each language.
    pub(super) rates: Vec<(&'static str, f64)>,
    /// Hours between which it publishes; what comes up outside waits.
    pub(super) hours: (i64, i64),
    pub(super) active: Activity,
    /// Items a day that nobody else has.
    pub(super) alone: usize,
}

impl Newsroom {
    pub(super) fn new(id: &'static str, role: Role, rates: &[(&'static str, f64)]) -> Newsroom {
        let active: Activity = Rc::new(|_, _| 1.0);
        Newsroom { id, role, rates: rates.to_vec(), hours: (0, 24), active, alone: 0 }
    }

    pub(super) fn open(mut self, from: i64, until: i64) -> Newsroom {
        self.hours = (from, until);
        self
    }

    pub(super) fn active(mut self, factor: impl Fn(i64) -> f64 + 'static) -> Newsroom {
        self.active = Rc::new(move |_, day| factor(day));
        self
    }

    pub(super) fn active_in(mut self, factor: impl Fn(&str, i64) -> f64 + 'static) -> Newsroom {
        self.active = Rc::new(factor);
        self
    }

    pub(super) fn alone(mut self, items: usize) -> Newsroom {
        self.alone = items;
        self
    }

    fn rate(&self, language: &str) -> f64 {
        self.rates.iter().find(|(own, _)| *own == language).map_or(0.0, |(_, rate)| *rate)
    }

    /// The minute at which an article that is ready at `at` appears.
    fn appears(&self, at: i64, rng: &mut impl Rng) -> i64 {
        let (from, until) = self.hours;
        let hour = at.rem_euclid(DAY) / HOUR;
        if (from..until).contains(&hour) {
            return at;
        }
        let day = at.div_euclid(DAY) + i64::from(hour >= until);
        day * DAY + from * HOUR + rng.random_range(0..(until - from) * HOUR)
    }
}

/// One article, of an event or of nobody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item {
    /// Minute after the first day began.
    pub(super) minute: i64,
    pub(super) outlet: usize,
    pub(super) language: &'static str,
    /// Number of the event; `None` if nobody else has it.
    pub(super) event: Option<usize>,
}

/// What a corpus sees of all that was published, in order of time.
pub(super) type Shape = fn(&World, Vec<Item>) -> Vec<Item>;

/// A world.
#[derive(Clone)]
pub(super) struct World {
    pub(super) newsrooms: Vec<Newsroom>,
    pub(super) days: i64,
    /// Events a day, by language.
    pub(super) events: Vec<(&'static str, f64)>,
    /// First and last day on which one theme draws everybody.
    pub(super) crisis: Option<(i64, i64)>,
    pub(super) shape: Shape,
    /// Hours ahead of UTC of outlets that give the local day alone.
    pub(super) local_days: Option<(&'static [&'static str], i64)>,
}

impl World {
    pub(super) fn new(newsrooms: Vec<Newsroom>, events: &[(&'static str, f64)]) -> World {
        World {
            newsrooms,
            days: 56,
            events: events.to_vec(),
            crisis: None,
            shape: |_, items| items,
            local_days: None,
        }
    }

    fn place(&self, id: &str) -> usize {
        self.newsrooms.iter().position(|room| room.id == id).unwrap()
    }
}

/// Contact: `follow` takes up events of `lead` that it does not carry anyway, 1 to 30 hours later.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plant {
    None,
    /// This share of them.
    Share(f64),
    /// As many as make this odds ratio.
    Odds(f64),
}

impl Plant {
    /// The chance to take over an event that `follow` carries with probability `anyway`.
    fn chance(self, anyway: f64) -> f64 {
        match self {
            Plant::None => 0.0,
            Plant::Share(share) => share,
            Plant::Odds(ratio) => (odds(anyway, ratio) - anyway) / (1.0 - anyway),
        }
    }
}

/// The probability whose odds are `factor` times those of `p`.
fn odds(p: f64, factor: f64) -> f64 {
    p * factor / (1.0 - p + p * factor)
}

/// All that is published in a world.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some events, and hours of a few days"
)]
fn items(world: &World, seed: u64, plant: Plant) -> Vec<Item> {
    let mut rng = Pcg64::seed_from_u64(seed);
    let attraction = Normal::new(0.0, 0.7).unwrap();
    let (mut items, mut number) = (Vec::new(), 0);
    let (lead, follow) = (world.place("lead"), world.place("follow"));
    for &(language, daily) in &world.events {
        for day in 0..world.days {
            let hot = world.crisis.is_some_and(|(from, until)| (from..=until).contains(&day));
            let expected = if hot { 2.0 * daily } else { daily };
            let events = expected as usize + usize::from(rng.random_bool(expected.fract()));
            for event in 0..events {
                number += 1;
                let drawn = attraction.inverse_cdf(rng.random());
                let theme = match (hot, event % 3) {
                    (false, _) => 1.0,
                    (true, 0) => 0.4,
                    (true, _) => 3.0,
                };
                let pull = drawn.exp() * theme;
                let at = day * DAY + rng.random_range(0..DAY);
                let mut took = vec![None; world.newsrooms.len()];
                let mut add = |outlet: usize, at: i64, rng: &mut Pcg64| {
                    let minute = world.newsrooms[outlet].appears(at, rng);
                    items.push(Item { minute, outlet, language, event: Some(number) });
                    minute
                };
                let chance = |room: &Newsroom| {
                    odds(room.rate(language), pull * (room.active)(language, day))
                };
                for (outlet, room) in world.newsrooms.iter().enumerate() {
                    if rng.random_bool(chance(room)) {
                        let hours = -DELAY * (1.0 - rng.random::<f64>()).ln();
                        took[outlet] =
                            Some(add(outlet, at + (hours * HOUR as f64) as i64, &mut rng));
                    }
                }
                let anyway = chance(&world.newsrooms[follow]);
                if let (Some(first), None) = (took[lead], took[follow])
                    && anyway > 0.0
                    && rng.random_bool(plant.chance(anyway))
                {
                    let lag = rng.random_range(HOUR..30 * HOUR);
                    add(follow, first + lag, &mut rng);
                }
            }
            for (outlet, room) in world.newsrooms.iter().enumerate() {
                if room.rate(language) > 0.0 {
                    for _ in 0..room.alone {
                        let minute = day * DAY + rng.random_range(0..DAY);
                        items.push(Item { minute, outlet, language, event: None });
                    }
                }
            }
        }
    }
    items.retain(|item| item.minute < world.days * DAY);
    items.sort();
    items
}

/// The corpus of a world, and its narratives: the articles of each event.
pub(super) fn corpus(world: &World, seed: u64, plant: Plant) -> (Corpus, Vec<Narrative>) {
    let visible = (world.shape)(world, items(world, seed, plant));
    let articles: Vec<Article> =
        visible.iter().enumerate().map(|(i, item)| article(world, i, item)).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, item) in visible.iter().enumerate() {
        if let Some(event) = item.event {
            members.entry(event).or_default().push(place);
        }
    }
    let narratives = members.values().map(|members| narrative(&articles, members)).collect();
    let registry =
        Registry::new(world.newsrooms.iter().map(|room| testing::outlet(room.id, room.role)));
    (ordered(&articles, registry), narratives)
}

fn article(world: &World, place: usize, item: &Item) -> Article {
    let id = world.newsrooms[item.outlet].id;
    let minute = MONDAY * DAY + item.minute;
    let mut article = testing::article(&place.to_string(), id, testing::minutes(minute));
    article.language = item.language.to_owned();
    if let Some((outlets, ahead)) = world.local_days
        && outlets.contains(&id)
    {
        let day = testing::minutes(minute + ahead * HOUR).date_naive();
        let utc = day.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::TimeDelta::hours(ahead);
        let stated = testing::published(utc, Precision::Day);
        article.published = Some(crate::model::Published { local_date: day, ..stated });
    }
    article
}
