//! Stages that read groups of rows with one key: `pairs`, `standing`, `links`.

use std::fmt::Write;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::first_pass::role_of;
use super::params::{OutletDays, SideTables, StageParams};
use super::rows::{Out, StageOutput, StageRows};
use super::{Stage, StageError, small, time_of};
use crate::annotate::{Sighting, StandingFacts, standing_on_their_days};
use crate::corpus::{Day, DayFrame};
use crate::similarity::steps::{GramHolder, GramLink, pair};

/// Kinds of places.
pub(super) mod kind {
    /// A gram that two articles share.
    pub(crate) const SHARED: i8 = 0;
    /// A gram that recurs.
    pub(crate) const RECURRING: i8 = 1;
    /// A gram that an outlet uses for weeks.
    pub(crate) const PERSISTENT: i8 = 2;
    /// Standing text, in bytes.
    pub(crate) const STANDING: i8 = 3;
}

/// The rows of one key, as they come.
#[derive(Debug)]
struct Group<K, T> {
    key: Option<K>,
    rows: Vec<T>,
}

impl<K: PartialEq + Copy, T> Group<K, T> {
    fn new() -> Group<K, T> {
        Group { key: None, rows: Vec::new() }
    }

    /// Adds a row; before one with another key the rows so far go to `whole`.
    fn add(
        &mut self,
        key: K,
        row: T,
        whole: impl FnOnce(K, &mut Vec<T>) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        if self.key != Some(key) {
            self.end(whole)?;
            self.key = Some(key);
        }
        self.rows.push(row);
        Ok(())
    }

    fn end(
        &mut self,
        whole: impl FnOnce(K, &mut Vec<T>) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        if let Some(key) = self.key.take() {
            whole(key, &mut self.rows)?;
            self.rows.clear();
        }
        Ok(())
    }
}

/// Links the articles that hold a gram.
#[derive(Debug)]
pub(super) struct PairsStage {
    frame: Option<DayFrame>,
    window: i64,
    group: Group<i64, GramHolder>,
}

impl PairsStage {
    pub(super) fn new(params: &StageParams, sides: &SideTables) -> Result<PairsStage, StageError> {
        let frame = small(sides.days.as_ref(), "days")?.frame(&params.calendar);
        Ok(PairsStage { frame, window: params.window, group: Group::new() })
    }
}

fn write_links(
    frame: Option<&DayFrame>,
    window: i64,
    gram: i64,
    holders: &[GramHolder],
    out: &mut StageOutput<'_>,
) -> Result<(), StageError> {
    let frame = frame.ok_or_else(|| StageError::usage("--days: the table has no row"))?;
    let mut written = Ok(());
    pair(gram, holders, frame, window, |link| {
        let (a, b, at_a, at_b, kind) = match link {
            GramLink::Seed { a, b, at_a, at_b } => (a, b, at_a, at_b, kind::SHARED),
            GramLink::Recurring { doc, at, is_persistent } => {
                let kind = if is_persistent { kind::PERSISTENT } else { kind::RECURRING };
                (doc, doc, at, at, kind)
            }
        };
        if written.is_ok() {
            written = out.row(&place(a, b, at_a, at_b, kind));
        }
    });
    written
}

fn place(a: i64, b: i64, at_a: u32, at_b: u32, kind: i8) -> [Out<'static>; 5] {
    let at = |at: u32| Out::Count(at as usize);
    [Out::Long(a), Out::Long(b), at(at_a), at(at_b), Out::Byte(kind)]
}

impl Stage for PairsStage {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let doc = rows.long(2, row);
            let holder = GramHolder {
                doc,
                outlet: rows.long(3, row),
                role: role_of(rows.long(4, row)),
                time: time_of(doc),
                at: rows.count32(5, row),
                is_whole: rows.long(1, row) == 2,
            };
            self.group.add(rows.long(0, row), holder, |gram, holders| {
                write_links(self.frame.as_ref(), self.window, gram, holders, out)
            })?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        self.group
            .end(|gram, holders| write_links(self.frame.as_ref(), self.window, gram, holders, out))
    }
}

/// One occurrence of a line.
#[derive(Debug, Clone, Copy)]
struct LineSighting {
    outlet: i64,
    doc: i64,
    place: (u32, u32),
    substance: i64,
}

/// Finds the lines that are standing text of an outlet on the day of an article.
#[derive(Debug)]
pub(super) struct StandingStage {
    days: OutletDays,
    frame: Option<DayFrame>,
    group: Group<i64, LineSighting>,
}

impl StandingStage {
    pub(super) fn new(params: &StageParams, sides: &SideTables) -> Result<Self, StageError> {
        let days = small(sides.days.as_ref(), "days")?.clone();
        Ok(StandingStage { frame: days.frame(&params.calendar), days, group: Group::new() })
    }
}

impl Stage for StandingStage {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let sighting = LineSighting {
                outlet: rows.long(1, row),
                doc: rows.long(2, row),
                place: (rows.count32(3, row), rows.count32(4, row)),
                substance: rows.long(5, row),
            };
            self.group.add(rows.long(0, row), sighting, |_, seen| {
                write_standing(&self.days, self.frame.as_ref(), seen, out)
            })?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        self.group.end(|_, seen| write_standing(&self.days, self.frame.as_ref(), seen, out))
    }
}

/// The facts about the articles that hold one line, numbered in the order of time.
struct OfHolders<'a> {
    outlet_days: &'a OutletDays,
    frame: &'a DayFrame,
    /// By number.
    times: Vec<i64>,
    substances: Vec<i64>,
    days: Vec<Day>,
    outlets: Vec<i64>,
}

impl StandingFacts for OfHolders<'_> {
    fn day_of(&self, article: usize) -> usize {
        self.days.partition_point(|day| day.articles.end <= article)
    }

    fn lookback(&self, day: usize) -> Range<usize> {
        self.days[day].since..self.days[day].articles.end
    }

    fn articles_in_lookback(&self, outlet: u32, day: usize) -> usize {
        let of_day = self.days[day].articles.start;
        let until = self.frame.counted_day(self.times[of_day]);
        let outlet = self.outlets[outlet as usize];
        self.outlet_days.articles(outlet, self.frame.since(until), until)
    }

    fn time(&self, article: usize) -> i64 {
        self.times[article]
    }

    fn substance(&self, article: usize) -> u64 {
        self.substances[article].cast_unsigned()
    }
}

fn write_standing(
    outlet_days: &OutletDays,
    frame: Option<&DayFrame>,
    seen: &[LineSighting],
    out: &mut StageOutput<'_>,
) -> Result<(), StageError> {
    let frame = frame.ok_or_else(|| StageError::usage("--days: the table has no row"))?;
    let mut docs: Vec<(i64, i64)> = seen.iter().map(|s| (s.doc, s.substance)).collect();
    docs.sort_unstable();
    docs.dedup_by_key(|(doc, _)| *doc);
    let times: Vec<i64> = docs.iter().map(|(doc, _)| time_of(*doc)).collect();
    let mut numbers: FxHashMap<i64, u32> = FxHashMap::default();
    let mut outlets = Vec::new();
    let mut sightings: Vec<Sighting> = Vec::with_capacity(seen.len());
    for sighting in seen {
        let next = u32::try_from(outlets.len()).unwrap_or(u32::MAX);
        let outlet = *numbers.entry(sighting.outlet).or_insert_with(|| {
            outlets.push(sighting.outlet);
            next
        });
        let article = docs.partition_point(|(doc, _)| *doc < sighting.doc);
        let article = u32::try_from(article).unwrap_or(u32::MAX);
        let (start, end) = sighting.place;
        sightings.push(Sighting { unit: 0, outlet, article, start, end });
    }
    sightings.sort_unstable();
    let facts = OfHolders {
        outlet_days,
        frame,
        days: frame.days(&times),
        times,
        substances: docs.iter().map(|(_, substance)| *substance).collect(),
        outlets,
    };
    standing_on_their_days(&facts, 0, &sightings).into_iter().try_for_each(|found| {
        let doc = docs[found.article as usize].0;
        out.row(&place(doc, doc, found.start, found.end, kind::STANDING))
    })
}

/// Puts the places of each pair into one row.
#[derive(Debug)]
pub(super) struct LinksStage {
    group: Group<(i64, i64), (u32, u32, i64)>,
}

impl LinksStage {
    pub(super) fn new() -> LinksStage {
        LinksStage { group: Group::new() }
    }
}

fn write_places(
    (a, b): (i64, i64),
    places: &mut Vec<(u32, u32, i64)>,
    out: &mut StageOutput<'_>,
) -> Result<(), StageError> {
    places.dedup();
    let mut text = String::with_capacity(places.len() * 8);
    for (at_a, at_b, kind) in places {
        let _ = write!(text, "{at_a} {at_b} {kind},");
    }
    out.row(&[Out::Long(a), Out::Long(b), Out::Text(&text)])
}

impl Stage for LinksStage {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let place = (rows.count32(2, row), rows.count32(3, row), rows.long(4, row));
            let key = (rows.long(0, row), rows.long(1, row));
            self.group.add(key, place, |key, places| write_places(key, places, out))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        self.group.end(|key, places| write_places(key, places, out))
    }
}

/// Reads the places of one row: both numbers and the kind of each.
///
/// # Errors
///
/// The text is not one of [`LinksStage`].
pub(super) fn read_places(text: &str) -> Result<Vec<(u32, u32, i8)>, StageError> {
    let broken = || StageError::data("links: not written by the stage `links`");
    let place = |place: &str| {
        let mut numbers = place.split(' ');
        let mut next = || numbers.next().ok_or_else(broken);
        let (at_a, at_b, kind) = (next()?, next()?, next()?);
        let number = |text: &str| text.parse::<u32>().map_err(|_| broken());
        Ok((number(at_a)?, number(at_b)?, kind.parse().map_err(|_| broken())?))
    };
    text.split_terminator(',').map(place).collect()
}
