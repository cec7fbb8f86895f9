//! What a stage has to know beside its rows: one file of parameters, and small tables of the whole corpus.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::StageError;
use super::rows::{StageRows, projected};
use super::schema::{CONTRACT, TableColumns, arrow_schema};
use super::tables;
use crate::corpus::{CalendarConfig, DayFrame};
use crate::ids::stable_id;
use crate::incremental::ENGINE_VERSION;
use crate::model::{Outlet, Registry};
use crate::similarity::SimilarityConfig;
use crate::similarity::steps::ShortText;

/// Parameters of a run of stages; with the version of the engine they decide every row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageParams {
    /// How days are counted.
    pub calendar: CalendarConfig,
    /// Greatest distance in time of a pair, in seconds.
    pub window: i64,
    /// Reused share of the shorter text from which a pair is `verbatim`.
    pub verbatim: f64,
    /// Reused share of the shorter text from which a pair is `near_duplicate`.
    pub near_duplicate: f64,
    /// Names and roles of all outlets.
    pub registry: Registry,
}

impl StageParams {
    /// Of an analysis, with what the stages need of the registry.
    pub fn new(
        calendar: CalendarConfig,
        config: &SimilarityConfig,
        registry: &Registry,
    ) -> StageParams {
        let named = |outlet: &Outlet| Outlet {
            id: outlet.id.clone(),
            name: outlet.name.clone(),
            role: outlet.role,
            aliases: outlet.aliases.clone(),
            ..Outlet::default()
        };
        StageParams {
            calendar,
            window: config.window.num_seconds(),
            verbatim: config.verbatim,
            near_duplicate: config.near_duplicate,
            registry: Registry::new(registry.outlets.iter().map(named)),
        }
    }

    /// Reads the file of parameters.
    ///
    /// # Errors
    ///
    /// It is no such file.
    pub fn from_json(json: &str) -> Result<StageParams, StageError> {
        serde_json::from_str(json).map_err(|error| {
            StageError::usage(format!(
                "the parameters cannot be read: {error}; `fimi match` writes them"
            ))
        })
    }

    /// The file of parameters.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Identity of the algorithm: rows of another one must not be mixed with these.
    pub fn algo(&self) -> String {
        stable_id(&["algo", CONTRACT, ENGINE_VERSION, &self.to_json()])
    }
}

/// Number of an outlet: a hash of its id.
pub fn outlet_number(id: &str) -> i64 {
    xxh3_64(id.as_bytes()).cast_signed()
}

/// The small tables.
#[derive(Debug, Default)]
pub struct SideTables {
    /// Articles of each outlet and day.
    pub days: Option<OutletDays>,
    /// The short texts of all articles.
    pub short: Option<Vec<ShortText>>,
}

/// How many articles each outlet has on each day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutletDays {
    by_outlet: BTreeMap<i64, BTreeMap<i64, usize>>,
}

impl OutletDays {
    /// Adds the rows of a `days` table; of one outlet and day there may be several.
    ///
    /// # Errors
    ///
    /// Other columns.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<(), StageError> {
        let batch = in_columns(batch, tables::DAYS)?;
        let rows = StageRows::new(&batch);
        for row in 0..rows.len() {
            let (day, outlet) = (rows.long(0, row), rows.long(1, row));
            *self.by_outlet.entry(outlet).or_default().entry(day).or_default() +=
                rows.count(2, row);
        }
        Ok(())
    }

    /// Counts one more article.
    pub fn count(&mut self, outlet: i64, day: i64) {
        *self.by_outlet.entry(outlet).or_default().entry(day).or_default() += 1;
    }

    /// Outlet, day and number of articles, in order.
    pub fn rows(&self) -> impl Iterator<Item = (i64, i64, usize)> {
        let of_outlet = |(outlet, days): (&i64, &BTreeMap<i64, usize>)| {
            let outlet = *outlet;
            days.iter().map(move |(day, count)| (outlet, *day, *count)).collect::<Vec<_>>()
        };
        self.by_outlet.iter().flat_map(of_outlet)
    }

    /// The days in which is counted; of no article anything will do.
    pub fn frame(&self, config: &CalendarConfig) -> Option<DayFrame> {
        let mut days: BTreeMap<i64, usize> = BTreeMap::new();
        for (_, day, count) in self.rows() {
            *days.entry(day).or_default() += count;
        }
        DayFrame::new(&days.into_iter().collect::<Vec<_>>(), config)
    }

    /// Articles of an outlet from one day to another.
    pub fn articles(&self, outlet: i64, since: i64, until: i64) -> usize {
        let days = self.by_outlet.get(&outlet);
        days.map_or(0, |days| days.range(since..=until).map(|(_, count)| count).sum())
    }
}

/// The short texts of a `short` table.
///
/// # Errors
///
/// Other columns.
pub fn short_texts(batch: &RecordBatch) -> Result<Vec<ShortText>, StageError> {
    let batch = in_columns(batch, tables::SHORT)?;
    let rows = StageRows::new(&batch);
    let text = |row| ShortText {
        start: rows.long(0, row).cast_unsigned(),
        words: rows.count(1, row),
        hash: rows.long(2, row).cast_unsigned(),
    };
    Ok((0..rows.len()).map(text).collect())
}

fn in_columns(batch: &RecordBatch, columns: TableColumns) -> Result<RecordBatch, StageError> {
    projected(batch, columns, &arrow_schema(columns, ""))
}
