//! What two outlets share by day, week and month.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::shares::{RELATIONS, Side, relation_rows};
use super::types::Pairs;
use crate::corpus::Corpus;
use crate::model::{CalendarUnit, Grade, Origin, PairPeriod, Relation, UngradedEdge};

/// A row: pair, place of the relation, unit of time and its first day.
type Key = (usize, usize, CalendarUnit, NaiveDate);

/// What is counted in one row, of a and of b.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    matched: [usize; 2],
    /// Directed edges from a to b, and from b to a.
    edges: [usize; 2],
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
/// `days` is the day of each article, `sides` are the articles with a match, and `published` says for each pair how many
/// articles of each side can be compared on which day. `O(n log n)` in matched articles, edges and days.
pub(super) fn series(
    corpus: &Corpus,
    days: &[NaiveDate],
    sides: &[Side],
    published: &[[Vec<(NaiveDate, usize)>; 2]],
    evidence: &[UngradedEdge],
) -> Vec<PairPeriod> {
    let mut rows: BTreeMap<Key, Counts> = BTreeMap::new();
    for side in sides {
        let day = days[side.article as usize];
        let relations = (0..RELATIONS.len()).filter(|&place| side.rows & relation_rows(place) != 0);
        for relation in relations {
            for &unit in CalendarUnit::ALL {
                let key = (side.pair as usize, relation, unit, start(unit, day));
                rows.entry(key).or_default().matched[usize::from(side.second)] += 1;
            }
        }
    }
    let places = Pairs::of(corpus);
    for edge in evidence {
        let (Origin::Article(from), true) = (&edge.from, is_directed(edge)) else { continue };
        let (from, to) = (corpus.outlet_of(*from), corpus.outlet_of(edge.to));
        if from == to || !corpus.reported().contains(&edge.to) {
            continue;
        }
        for &unit in CalendarUnit::ALL {
            let key = (places.place(from, to), 0, unit, start(unit, days[edge.to]));
            rows.entry(key).or_default().edges[usize::from(from > to)] += 1;
        }
    }
    finished(corpus, &rows, published)
}

fn is_directed(edge: &UngradedEdge) -> bool {
    edge.basis.grade_by_facts().is_some_and(Grade::is_directed)
}

fn finished(
    corpus: &Corpus,
    rows: &BTreeMap<Key, Counts>,
    published: &[[Vec<(NaiveDate, usize)>; 2]],
) -> Vec<PairPeriod> {
    let ids = corpus.outlet_ids();
    let pairs: Vec<(usize, usize)> = Pairs::of(corpus).all().collect();
    let mut articles: BTreeMap<(usize, CalendarUnit, NaiveDate), [usize; 2]> = BTreeMap::new();
    let with_rows: std::collections::BTreeSet<usize> = rows.keys().map(|key| key.0).collect();
    for pair in with_rows {
        for (side, days) in published[pair].iter().enumerate() {
            for &(day, count) in days {
                for &unit in CalendarUnit::ALL {
                    let key = (pair, unit, start(unit, day));
                    articles.entry(key).or_default()[side] += count;
                }
            }
        }
    }
    let row = |(&(pair, relation, unit, start), counts): (&Key, &Counts)| {
        let (a, b) = pairs[pair];
        let [articles_a, articles_b] =
            articles.get(&(pair, unit, start)).copied().unwrap_or_default();
        let relation: Option<Relation> = RELATIONS[relation];
        PairPeriod {
            outlet_a: ids[a].clone(),
            outlet_b: ids[b].clone(),
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
    rows.iter().map(row).collect()
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
