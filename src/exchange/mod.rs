//! The plan of text reuse on one machine with a disk: the same stages as under an engine, in bounded memory.
//!
//! What one stage hands to the next lies on the disk as a table, cut into partitions by the hash of a key; a partition
//! is sorted before it is read, on the disk if need be. Each table is a checkpoint: a run that was stopped goes on after
//! the last whole one.

mod csv_tables;
mod join;
mod prepare;
pub(crate) mod sort;
mod store;
mod table;

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use rayon::prelude::*;

use crate::formats::{ReadError, ReadOptions, Records};
use crate::ids::stable_id;
use crate::similarity::SimilarityConfig;
use crate::stage::{
    self, OutletDays, PLAN, PlanStage, SideTables, StageError, StageOutput, StageParams, StageRows,
    arrow_schema, short_texts, stage_named, tables,
};

pub(crate) use csv_tables::{MATCHES_FILE, PASSAGES_FILE};

use join::{Holders, candidates};
use prepare::PrepareError;
use sort::Sorter;
use store::ArticleStore;
use table::DiskTable;

/// Most partitions of a table.
const MOST_PARTS: usize = 256;
/// Share of the memory that sorting takes, over all threads: the rest is for what is read, written and compared.
const SORT_SHARE: usize = 4;
/// Parameters of the run, for `fimi stage`.
const PARAMS_FILE: &str = "params.json";

/// How the plan is run.
#[derive(Debug)]
pub(crate) struct PlanRun<'r> {
    /// Files of records.
    pub(crate) inputs: &'r [PathBuf],
    /// How they are read.
    pub(crate) options: ReadOptions<'r>,
    /// How days are counted.
    pub(crate) calendar: crate::corpus::CalendarConfig,
    /// Thresholds and window.
    pub(crate) similarity: &'r SimilarityConfig,
    /// Bytes of memory.
    pub(crate) memory: usize,
    /// Where tables lie.
    pub(crate) work: &'r Path,
    /// Ends after this stage, or after `articles`.
    pub(crate) until: Option<&'r str>,
}

/// Why the plan cannot be run.
#[derive(Debug)]
pub(crate) enum RunError {
    /// A file of records.
    Read(ReadError),
    /// A stage or a table.
    Stage(StageError),
}

impl From<StageError> for RunError {
    fn from(error: StageError) -> RunError {
        RunError::Stage(error)
    }
}

impl From<PrepareError> for RunError {
    fn from(error: PrepareError) -> RunError {
        match error {
            PrepareError::Read(error) => RunError::Read(error),
            PrepareError::Stage(error) => RunError::Stage(error),
        }
    }
}

/// A table that was made, or that was there.
#[derive(Debug)]
pub(crate) struct TableMade {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its rows; `None` if it was there.
    pub(crate) rows: Option<u64>,
}

/// Runs the plan; `made` is told each table. Returns what was read of the files; `None` if the articles were there.
pub(crate) fn run(
    run: &PlanRun<'_>,
    made: &mut dyn FnMut(&TableMade),
) -> Result<Option<Records>, RunError> {
    std::fs::create_dir_all(run.work).map_err(|error| {
        StageError::io(format!("cannot write to {}: {error}", run.work.display()))
    })?;
    let (plan, records) = prepared(run, made)?;
    if run.until != Some(ARTICLES) {
        plan.stages(run.until, made)?;
    }
    Ok(records)
}

/// Writes the tables of a finished run as CSV.
pub(crate) fn write_csv(
    work: &Path,
    memory: usize,
    matches: &mut dyn std::io::Write,
    passages: &mut dyn std::io::Write,
) -> Result<(u64, u64), StageError> {
    let opened = OpenedRun::open(work)?;
    csv_tables::write(
        &opened.table("judge"),
        &opened.params,
        (opened.parts, memory / SORT_SHARE, work),
        matches,
        passages,
    )
}

/// The table that is made of the records.
const ARTICLES: &str = "articles";

/// Makes the table of articles, unless it is there, whole, of the same files.
fn prepared(
    run: &PlanRun<'_>,
    made: &mut dyn FnMut(&TableMade),
) -> Result<(OpenedRun, Option<Records>), RunError> {
    let table = DiskTable::new(run.work, ARTICLES);
    let source = source_of(run)?;
    if let Ok(opened) = OpenedRun::open(run.work)
        && opened.source == source
        && table.is_whole(&opened.id)
    {
        made(&TableMade { name: ARTICLES, rows: None });
        let opened = OpenedRun { memory: run.memory, ..opened };
        return Ok((opened, None));
    }
    let sorted =
        prepare::read_records(run.inputs, &run.options, run.memory / SORT_SHARE, run.work)?;
    let params = StageParams::new(run.calendar, run.similarity, &sorted.registry);
    let article_parts = sorted.parts();
    let threads = rayon::current_num_threads();
    let parts = article_parts.clamp(2 * threads, MOST_PARTS);
    let id = stable_id(&["run", &source, &params.algo()]);
    let opened = OpenedRun {
        work: run.work.to_owned(),
        memory: run.memory,
        id,
        source,
        params,
        article_parts,
        parts,
    };
    let schema = arrow_schema(tables::ARTICLES, &opened.params.algo());
    let writer = table.write(schema, Vec::new(), article_parts)?;
    let mut records = sorted.records.clone();
    let undated = sorted.undated;
    let rows = sorted.write(&writer)?;
    if rows == 0 {
        return Err(StageError::data("no usable article in the files").into());
    }
    if undated > 0 {
        records.notes.push(format!("{undated} articles have no time and are left out"));
    }
    opened.save()?;
    writer.finish(&opened.id)?;
    made(&TableMade { name: ARTICLES, rows: Some(rows as u64) });
    Ok((opened, Some(records)))
}

/// What tells one set of files and settings from another.
fn source_of(run: &PlanRun<'_>) -> Result<String, StageError> {
    let mut parts: Vec<String> = Vec::new();
    for path in run.inputs {
        let about = std::fs::metadata(path)
            .map_err(|error| StageError::io(format!("cannot read {}: {error}", path.display())))?;
        let changed =
            about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        parts.push(format!("{} {} {changed:?}", path.display(), about.len()));
    }
    parts.push(StageParams::new(run.calendar, run.similarity, run.options.registry).algo());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(stable_id(&parts))
}

/// A run whose articles are there.
struct OpenedRun {
    work: PathBuf,
    memory: usize,
    /// Of files, settings and engine: what the marks of its tables say.
    id: String,
    source: String,
    params: StageParams,
    article_parts: usize,
    parts: usize,
}

impl OpenedRun {
    fn open(work: &Path) -> Result<OpenedRun, StageError> {
        let read = |name: &str| {
            let path = work.join(name);
            std::fs::read_to_string(&path)
                .map_err(|error| StageError::io(format!("{}: {error}", path.display())))
        };
        let params = StageParams::from_json(&read(PARAMS_FILE)?)?;
        let text = read("run.txt")?;
        let mut lines = text.lines();
        let mut line = || lines.next().unwrap_or_default().to_owned();
        let (id, source, article_parts, parts) = (line(), line(), line(), line());
        let number =
            |text: String| text.parse().map_err(|_| StageError::data("run.txt is damaged"));
        Ok(OpenedRun {
            work: work.to_owned(),
            memory: usize::MAX,
            id,
            source,
            params,
            article_parts: number(article_parts)?,
            parts: number(parts)?,
        })
    }

    fn save(&self) -> Result<(), StageError> {
        std::fs::write(self.work.join(PARAMS_FILE), self.params.to_json())?;
        let text =
            format!("{}\n{}\n{}\n{}\n", self.id, self.source, self.article_parts, self.parts);
        Ok(std::fs::write(self.work.join("run.txt"), text)?)
    }

    fn table(&self, name: &'static str) -> DiskTable {
        DiskTable::new(&self.work, name)
    }

    /// Bytes that one thread may sort.
    fn sort_memory(&self) -> usize {
        self.memory / SORT_SHARE / rayon::current_num_threads()
    }

    fn stages(
        &self,
        until: Option<&str>,
        made: &mut dyn FnMut(&TableMade),
    ) -> Result<(), StageError> {
        for stage in PLAN {
            let table = self.table(stage.name);
            let rows =
                if table.is_whole(&self.id) { None } else { Some(self.stage(stage, &table)?) };
            made(&TableMade { name: table.name(), rows });
            if until == Some(stage.name) {
                break;
            }
        }
        Ok(())
    }

    /// Runs one stage over all partitions.
    fn stage(&self, stage: &PlanStage, table: &DiskTable) -> Result<u64, StageError> {
        let algo = self.params.algo();
        let key = columns_of(stage.output, partition_key(stage.name));
        let reads_articles = stage.reads == [ARTICLES];
        let tasks = if reads_articles { self.article_parts } else { self.parts };
        let out_parts = if key.is_empty() { tasks } else { self.parts };
        let writer = table.write(arrow_schema(stage.output, &algo), key, out_parts)?;
        let sides = self.sides(stage)?;
        let store = if stage.name == "verify" { Some(self.store(&algo)?) } else { None };
        let one = |parts: std::ops::Range<usize>| -> Result<(), StageError> {
            let mut work = stage::start(stage.name, &self.params, &sides)?;
            let part = parts.start;
            let mut push = |batch: RecordBatch| writer.push(batch, part);
            let mut out = StageOutput::new(writer.schema(), &mut push);
            for part in parts {
                self.input(stage, part, store.as_ref(), &mut |batch| {
                    work.rows(&StageRows::new(&batch), &mut out)
                })?;
            }
            work.end(&mut out)?;
            out.flush()
        };
        if stage.is_single {
            one(0..tasks)?;
        } else {
            (0..tasks).into_par_iter().try_for_each(|part| one(part..part + 1))?;
        }
        writer.finish(&self.id)
    }

    /// The rows of a partition as the stage wants them.
    fn input(
        &self,
        stage: &PlanStage,
        part: usize,
        store: Option<&ArticleStore>,
        take: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        let algo = self.params.algo();
        if stage.name == "judge" {
            let mut holders = Holders::default();
            self.table("holders").read(part, &algo, &mut |batch| {
                holders.add(&batch);
                Ok(())
            })?;
            let schema = arrow_schema(tables::HELD, &algo);
            return self
                .table("verify")
                .read(part, &algo, &mut |batch| take(holders.joined(&batch, &schema)?));
        }
        let schema = arrow_schema(stage.input, &algo);
        let mut joined = |batch: RecordBatch| match store {
            Some(store) => {
                let mut out = StageOutput::new(schema.clone(), take);
                candidates(&StageRows::new(&batch), store, &mut out)?;
                out.flush()
            }
            None => take(batch),
        };
        let tables = stage.reads.iter().map(|name| self.table(name));
        if stage.order.is_empty() {
            for table in tables {
                table.read(part, &algo, &mut joined)?;
            }
            return Ok(());
        }
        let read = stage.reads.first().and_then(|name| stage_named(name));
        let read = read.map_or(stage.input, |stage| stage.output);
        let order = columns_of(read, stage.order);
        let read = arrow_schema(read, &algo);
        let mut sorter = Sorter::new(read, order, self.sort_memory(), &self.work);
        for table in tables {
            table.read(part, &algo, &mut |batch| sorter.push(batch))?;
        }
        sorter.finish(&mut joined)
    }

    fn sides(&self, stage: &PlanStage) -> Result<SideTables, StageError> {
        let algo = self.params.algo();
        let mut sides = SideTables::default();
        for part in 0..self.article_parts {
            for &name in stage.sides {
                let Some(side) = stage_named(name) else { continue };
                self.table(side.name).read(part, &algo, &mut |batch| {
                    if name == "days" {
                        sides.days.get_or_insert_with(OutletDays::default).add(&batch)
                    } else {
                        sides.short.get_or_insert_default().extend(short_texts(&batch)?);
                        Ok(())
                    }
                })?;
            }
        }
        // There may be no short text at all.
        sides.short.get_or_insert_default();
        Ok(sides)
    }

    fn store(&self, algo: &str) -> Result<ArticleStore, StageError> {
        ArticleStore::build(
            (&self.table(ARTICLES), self.article_parts),
            (&self.table("links"), self.parts),
            algo,
            self.memory / SORT_SHARE,
            &self.work,
        )
    }
}

/// The columns by whose hash a table is cut: those that its first reader groups or joins by.
fn partition_key(table: &str) -> &'static [&'static str] {
    let joined = PLAN.iter().flat_map(|stage| stage.joins.iter().map(move |join| (stage, join)));
    let by_join = joined.filter(|(stage, join)| {
        join.least.is_some() && (join.table == table || stage.reads.contains(&table))
    });
    let by_group = PLAN.iter().filter(|stage| stage.reads.contains(&table));
    by_join
        .map(|(_, join)| join.to)
        .chain(by_group.map(|stage| stage.key))
        .find(|key| !key.is_empty())
        .unwrap_or_default()
}

/// Where columns of these names stand.
fn columns_of(columns: stage::TableColumns, names: &[&str]) -> Vec<usize> {
    let place = |name: &&str| columns.iter().position(|column| column.0 == *name);
    names.iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests;
