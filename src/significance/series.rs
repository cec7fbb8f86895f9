//! What two outlets share by day, week and month.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use rayon::prelude::*;

use super::shares::{RELATIONS, Side, relation_rows};
use super::types::Pairs;
use crate::corpus::Corpus;
use crate::model::{CalendarUnit, Grade, Origin, PairPeriod, UngradedEdge};

/// What a pair shares.
#[derive(Debug, Default)]
struct Shared<'s> {
    /// Its articles with a match.
    sides: &'s [Side],
    /// Day and direction (0: from a to b) of its directed edges.
    edges: Vec<(NaiveDate, usize)>,
}

/// What is counted in one row, of a and of b.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    matched: [usize; 2],
    /// Directed edges from a to b, and from b to a.
    edges: [usize; 2],
}

impl Counts {
    fn add(&mut self, other: Counts) {
        for side in 0..2 {
            self.matched[side] += other.matched[side];
            self.edges[side] += other.edges[side];
        }
    }
}

/// The first day of the unit that holds a day.
pub(super) fn start(unit: CalendarUnit, day: NaiveDate) -> NaiveDate {
    match unit {
        CalendarUnit::Day => day,
        CalendarUnit::Week => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
        CalendarUnit::Month => day.with_day(1).unwrap_or(day),
    }
}

/// The rows of all pairs in which at least one article matches or an edge ends, sorted by pair, relation, unit and day.
///
/// `days` is the day of each article, `sides` are the articles with a match, sorted by pair, and `published` says for each
/// pair how many articles of each side can be compared on which day. Pairs in parallel; `O(n log n)` in matched articles,
/// edges and days.
pub(super) fn series(
    corpus: &Corpus,
    days: &[NaiveDate],
    sides: &[Side],
    published: &[[Vec<(NaiveDate, usize)>; 2]],
    evidence: &[UngradedEdge],
) -> Vec<PairPeriod> {
    let mut by_pair: BTreeMap<usize, Shared<'_>> = BTreeMap::new();
    for group in sides.chunk_by(|x, y| x.pair == y.pair) {
        by_pair.entry(group[0].pair as usize).or_default().sides = group;
    }
    let places = Pairs::of(corpus);
    for edge in evidence {
        let (Origin::Article(from), true) = (&edge.from, is_directed(edge)) else { continue };
        let (from, to) = (corpus.outlet_of(*from), corpus.outlet_of(edge.to));
        if from != to && corpus.reported().contains(&edge.to) {
            let shared = by_pair.entry(places.place(from, to)).or_default();
            shared.edges.push((days[edge.to], usize::from(from > to)));
        }
    }
    let outlets: Vec<(usize, usize)> = places.all().collect();
    let of_pair = |(pair, shared): (usize, Shared<'_>)| {
        let (a, b) = outlets[pair];
        let ids = [a, b].map(|outlet| corpus.outlet_ids()[outlet].as_str());
        rows(ids, &by_unit(days, &shared), &articles_by_unit(&published[pair]))
    };
    let rows: Vec<Vec<PairPeriod>> = by_pair.into_par_iter().map(of_pair).collect();
    rows.into_iter().flatten().collect()
}

fn is_directed(edge: &UngradedEdge) -> bool {
    edge.basis.grade_by_facts().is_some_and(Grade::is_directed)
}

/// What a pair shares: by the place of the relation, unit of time and its first day.
fn by_unit(
    days: &[NaiveDate],
    shared: &Shared<'_>,
) -> BTreeMap<(usize, CalendarUnit, NaiveDate), Counts> {
    let mut by_day: BTreeMap<(usize, NaiveDate), Counts> = BTreeMap::new();
    for side in shared.sides {
        let day = days[side.article as usize];
        let relations = (0..RELATIONS.len()).filter(|&place| side.rows & relation_rows(place) != 0);
        for relation in relations {
            by_day.entry((relation, day)).or_default().matched[usize::from(side.second)] += 1;
        }
    }
    for &(day, direction) in &shared.edges {
        by_day.entry((0, day)).or_default().edges[direction] += 1;
    }
    let mut rows: BTreeMap<_, Counts> = BTreeMap::new();
    for ((relation, day), counts) in by_day {
        for &unit in CalendarUnit::ALL {
            rows.entry((relation, unit, start(unit, day))).or_default().add(counts);
        }
    }
    rows
}

/// How many articles of each side can be compared, by unit of time and its first day.
fn articles_by_unit(
    published: &[Vec<(NaiveDate, usize)>; 2],
) -> BTreeMap<(CalendarUnit, NaiveDate), [usize; 2]> {
    let mut articles: BTreeMap<_, [usize; 2]> = BTreeMap::new();
    for (side, days) in published.iter().enumerate() {
        for &(day, count) in days {
            for &unit in CalendarUnit::ALL {
                articles.entry((unit, start(unit, day))).or_default()[side] += count;
            }
        }
    }
    articles
}

fn rows(
    [a, b]: [&str; 2],
    counted: &BTreeMap<(usize, CalendarUnit, NaiveDate), Counts>,
    articles: &BTreeMap<(CalendarUnit, NaiveDate), [usize; 2]>,
) -> Vec<PairPeriod> {
    let row = |(&(relation, unit, start), counts): (&(usize, CalendarUnit, NaiveDate), &Counts)| {
        let [articles_a, articles_b] = articles.get(&(unit, start)).copied().unwrap_or_default();
        let relation = RELATIONS[relation];
        PairPeriod {
            outlet_a: a.to_owned(),
            outlet_b: b.to_owned(),
            relation,
            unit,
            start,
            articles_a,
            articles_b,
            matched_a: counts.matched[0],
            matched_b: counts.matched[1],
            edges: relation.is_none().then_some(counts.edges),
        }
    };
    counted.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(start(CalendarUnit::Week, day(2026, 3, 1)), day(2026, 2, 23));
        assert_eq!(start(CalendarUnit::Week, day(2026, 3, 2)), day(2026, 3, 2));
        assert_eq!(start(CalendarUnit::Month, day(2026, 2, 28)), day(2026, 2, 1));
        assert_eq!(start(CalendarUnit::Day, day(2026, 2, 28)), day(2026, 2, 28));
    }
}
