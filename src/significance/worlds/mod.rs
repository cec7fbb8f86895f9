//! The test of outlet pairs in made-up worlds: calls without contact, power, coverage of the intervals.
//!
//! `cargo test --release --lib significance::worlds -- --ignored --nocapture` prints the tables of `docs/method.md`.
//! `WORLDS_RUNS` is the number of runs of a world (60), `WORLDS_FIRST` the first seed (1), `WORLDS` a part of its name.

mod generator;
mod shapes;

use std::fmt::Write as _;

use rayon::prelude::*;

use self::generator::{Plant, World, corpus};
use self::shapes::{Make, OF_THE_CHECKS, OTHERS};
use super::co_coverage::{CoCoverage, LEAST_ODDS, co_coverage};
use super::presence::Presence;
use super::types::Pairs;
use super::{SignificanceConfig, baseline, incidence_matrix};
use crate::model::Verdict;

/// All pairs of one run; that of `lead` and `follow` first.
fn tested(world: &World, seed: u64, plant: Plant) -> Vec<CoCoverage> {
    let (corpus, narratives) = corpus(world, seed, plant);
    let presence = Presence::new(&corpus);
    let (matches, explained) = (Vec::new(), std::collections::BTreeSet::new());
    let matrix =
        incidence_matrix::incidence_matrix(&corpus, &narratives, &presence, &matches, &explained);
    let baseline = baseline(&corpus, &presence);
    let (mut found, _, _) = co_coverage(&matrix, &baseline, &SignificanceConfig::default());
    let place = |id: &str| corpus.outlet_ids().iter().position(|own| own == id).unwrap();
    let planted = Pairs::of(&corpus).place(place("follow"), place("lead"));
    found.swap(0, planted);
    found
}

fn is_called(test: &CoCoverage) -> bool {
    test.verdict == Verdict::MoreThanChance
}

fn runs(make: Make, seeds: std::ops::Range<u64>, plant: Plant) -> Vec<Vec<CoCoverage>> {
    seeds.into_par_iter().map(|seed| tested(&make(), seed, plant)).collect()
}

/// Runs of a world without contact.
#[derive(Debug, Default)]
struct Null {
    /// Runs in which some pair is called.
    called: usize,
    /// p-values of all tested pairs, sorted.
    p: Vec<f64>,
    /// Tested pairs whose interval holds the odds of 1.
    covered: usize,
}

impl Null {
    fn of(runs: &[Vec<CoCoverage>]) -> Null {
        let mut null = Null::default();
        for run in runs {
            null.called += usize::from(run.iter().any(is_called));
            null.p.extend(run.iter().filter_map(|test| test.p));
            null.covered += run.iter().filter(|test| holds(test, 1.0)).count();
        }
        null.p.sort_by(f64::total_cmp);
        null
    }

    fn share(&self, level: f64) -> f64 {
        self.p.partition_point(|p| *p <= level) as f64 / self.p.len().max(1) as f64
    }

    /// Greatest excess of the share of p-values over their level: 0 if they are uniform or conservative.
    fn excess(&self) -> f64 {
        let n = self.p.len() as f64;
        let gaps = self.p.iter().enumerate().map(|(i, p)| (i + 1) as f64 / n - p);
        gaps.fold(0.0, f64::max)
    }
}

/// Whether the interval of a tested pair holds these odds.
fn holds(test: &CoCoverage, odds: f64) -> bool {
    test.p.is_some()
        && test.odds_low.is_some_and(|low| low <= odds)
        && test.odds_high.is_none_or(|high| odds <= high)
}

/// Runs in which the planted pair is called, is tested, and has an interval that holds the planted odds.
fn planted(runs: &[Vec<CoCoverage>], odds: f64) -> [usize; 3] {
    let count =
        |holds: &dyn Fn(&CoCoverage) -> bool| runs.iter().filter(|run| holds(&run[0])).count();
    [count(&is_called), count(&|test| test.p.is_some()), count(&|test| holds(test, odds))]
}

/// What a table is asked for.
#[expect(clippy::disallowed_methods, reason = "a test that prints a table has no other settings")]
fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

/// The rows of the table for one world.
fn row(name: &str, make: Make, first: u64, count: u64) -> String {
    let seeds = first..first + count;
    let null = Null::of(&runs(make, seeds.clone(), Plant::None));
    let mut row = format!(
        "{name:16} {:3}/{count:<3} {:5} {:6.3} {:6.3} {:6.3} {:6.3}",
        null.called,
        null.p.len(),
        null.share(0.05),
        null.share(0.01),
        null.excess(),
        null.covered as f64 / null.p.len().max(1) as f64,
    );
    for share in [0.25, 0.5] {
        let [called, ..] = planted(&runs(make, seeds.clone(), Plant::Share(share)), 0.0);
        let _ = write!(row, " {called:5}");
    }
    for odds in [2.7, 6.0] {
        let [called, tested, held] = planted(&runs(make, seeds.clone(), Plant::Odds(odds)), odds);
        let _ = write!(row, " {called:5} {:6.3}", held as f64 / tested.max(1) as f64);
    }
    row
}

#[test]
fn verdict_p_and_intervals_say_the_same() {
    let config = SignificanceConfig::default();
    for (seed, (_, make)) in (0u64..).zip(OF_THE_CHECKS.into_iter().chain(OTHERS).step_by(4)) {
        let short = World { days: 21, ..make() };
        for test in tested(&short, seed, Plant::Share(0.5)) {
            let Some(p) = test.p else {
                assert_eq!(
                    (test.odds, test.effect, test.q, is_called(&test)),
                    (None, None, None, false)
                );
                continue;
            };
            let (low, (effect_low, effect_high)) =
                (test.odds_low.unwrap(), test.effect_interval.unwrap());
            assert_eq!(low > 1.0, p < 0.025);
            assert_eq!(effect_low > 1.0 + 1e-9, low > 1.0 + 1e-7);
            assert!(
                effect_low <= test.effect.unwrap() + 1e-9
                    && test.effect.unwrap() <= effect_high + 1e-9
            );
            assert!(test.q.unwrap() >= p);
            let excludes_least = low > LEAST_ODDS && test.q.unwrap() <= config.false_discovery_rate;
            assert_eq!(is_called(&test), excludes_least, "{test:?}");
        }
    }
}

#[test]
fn contact_is_called_and_a_common_language_or_season_is_not() {
    for name in ["two_languages", "bursts", "shared_outages"] {
        let mut worlds = OF_THE_CHECKS.into_iter().chain(OTHERS);
        let (_, make) = worlds.find(|world| world.0 == name).unwrap();
        let null = Null::of(&runs(make, 1..4, Plant::None));
        assert!(null.called <= 1, "{name}: {null:?}");
        let [called, ..] = planted(&runs(make, 1..4, Plant::Odds(20.0)), 20.0);
        assert!(called >= 2, "{name}: {called} of 3");
    }
}

#[test]
#[ignore = "a table to be read: some minutes"]
#[expect(clippy::print_stdout, reason = "a table to be read")]
fn table() {
    let number = |name, default| setting(name, default).parse::<u64>().unwrap();
    let (first, count) = (number("WORLDS_FIRST", "1"), number("WORLDS_RUNS", "60"));
    let wanted = setting("WORLDS", "");
    println!(
        "world            calls    tests  p<.05  p<.01 excess  cover   25%   50%  o2.7  cover  o6.0  cover"
    );
    for (name, make) in OF_THE_CHECKS.into_iter().chain(OTHERS) {
        if name.contains(&wanted) {
            println!("{}", row(name, make, first, count));
        }
    }
}
