//! `fimi stage NAME` and `fimi plan`: a worker of an engine.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;

use crate::cli::StageArgs;
use crate::exchange::sort::{OrderCheck, Sorter};
use crate::exit::Exit;
use crate::stage::{
    self, OutletDays, PLAN, PlanStage, SideTables, StageError, StageExit, StageOutput, StageParams,
    StageRows, arrow_schema, check_metadata, describe_plan, describe_stage, projected, short_texts,
    stage_named,
};
use crate::terminal;

/// Prints the plan.
pub(super) fn plan(json: bool) -> anyhow::Result<Exit> {
    let mut out = terminal::stdout();
    if json {
        serde_json::to_writer_pretty(&mut out, &describe_plan())?;
        writeln!(out)?;
        return Ok(Exit::Done);
    }
    for stage in PLAN {
        writeln!(out, "{:<12} {}", stage.name, stage.about)?;
        let key = if stage.key.is_empty() { "any partition" } else { &stage.key.join(", ") };
        writeln!(out, "{:<12} reads {}; by {key}", "", stage.reads.join(", "))?;
    }
    Ok(Exit::Done)
}

/// Runs a stage; the code is that of the contract.
pub(super) fn run(args: &StageArgs) -> ExitCode {
    let ended = catch_unwind(AssertUnwindSafe(|| worked(args)));
    let exit = match ended {
        Ok(Ok(())) => StageExit::Done,
        Ok(Err(error)) => {
            say(
                &serde_json::json!({ "level": "error", "stage": args.name, "message": error.message }),
            );
            error.exit
        }
        Err(_) => StageExit::Panic,
    };
    exit.into()
}

/// One line of JSON on stderr.
fn say(line: &serde_json::Value) {
    // A log that nobody can read any more stops no work.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn worked(args: &StageArgs) -> Result<(), StageError> {
    let Some(stage) = stage_named(&args.name) else { return Err(unknown(&args.name)) };
    let params = args.params.as_deref().map(read_params).transpose()?;
    let algo = params.as_ref().map(StageParams::algo);
    if args.describe {
        let mut out = terminal::stdout();
        let described = describe_stage(stage, algo.as_deref());
        serde_json::to_writer_pretty(&mut out, &described).map_err(StageError::io)?;
        return Ok(writeln!(out)?);
    }
    let (Some(params), Some(algo)) = (params, algo) else {
        return Err(StageError::usage("--params FILE is needed"));
    };
    let sides = side_tables(args, &algo)?;
    let mut work = stage::start(stage.name, &params, &sides)?;
    let output = arrow_schema(stage.output, &algo);
    let mut writer = StreamWriter::try_new(BufWriter::new(std::io::stdout().lock()), &output)?;
    let mut counted = Counted::default();
    let mut push = |batch: RecordBatch| {
        counted.rows_out += batch.num_rows();
        Ok(writer.write(&batch)?)
    };
    let mut out = StageOutput::new(output.clone(), &mut push);
    let mut audit = Audit::new(stage);
    let mut rows_in = 0;
    let spills = ordered(args, stage, &algo, &mut |batch| {
        rows_in += batch.num_rows();
        let rows = StageRows::new(&batch);
        if args.audit {
            audit.count(&rows);
        }
        work.rows(&rows, &mut out)
    })?;
    work.end(&mut out)?;
    out.flush()?;
    writer.finish()?;
    writer.into_inner()?.flush()?;
    let mut line = serde_json::json!({
        "level": "info", "stage": stage.name, "rows_in": rows_in, "rows_out": counted.rows_out, "spilled_runs": spills,
    });
    if args.audit {
        line["distinct_keys"] = audit.distinct.into();
    }
    say(&line);
    Ok(())
}

fn unknown(name: &str) -> StageError {
    let names: Vec<&str> = PLAN.iter().map(|stage| stage.name).collect();
    StageError::usage(format!("there is no stage {name}; stages are {}", names.join(", ")))
}

#[derive(Default)]
struct Counted {
    rows_out: usize,
}

/// Counts the keys of rows that are grouped.
struct Audit {
    key: Vec<usize>,
    last: Option<Vec<i64>>,
    distinct: usize,
}

impl Audit {
    fn new(stage: &PlanStage) -> Audit {
        Audit { key: columns_of(stage, stage.key), last: None, distinct: 0 }
    }

    fn count(&mut self, rows: &StageRows<'_>) {
        if self.key.is_empty() {
            return;
        }
        for row in 0..rows.len() {
            let key: Vec<i64> = self.key.iter().map(|&column| rows.long(column, row)).collect();
            if self.last.as_ref() != Some(&key) {
                self.distinct += 1;
                self.last = Some(key);
            }
        }
    }
}

fn columns_of(stage: &PlanStage, names: &[&str]) -> Vec<usize> {
    let place = |name: &&str| stage.input.iter().position(|column| column.0 == *name);
    names.iter().filter_map(place).collect()
}

/// Reads stdin and gives its rows on in the order that the stage needs; returns how many sorted files that took.
fn ordered(
    args: &StageArgs,
    stage: &PlanStage,
    algo: &str,
    take: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
) -> Result<usize, StageError> {
    let order = columns_of(stage, stage.order);
    let schema = arrow_schema(stage.input, algo);
    let tmp = args.tmp.clone().unwrap_or_else(std::env::temp_dir);
    let mut sorter = Sorter::new(schema.clone(), order.clone(), args.mem, &tmp);
    let mut check = OrderCheck::new(order.clone());
    let mut rows = 0;
    let is_promised = args.input_order.is_some();
    read_stream(std::io::stdin().lock(), algo, &mut |batch| {
        let batch = projected(&batch, stage.input, &schema)?;
        if order.is_empty() {
            return take(batch);
        }
        if is_promised {
            rows += batch.num_rows();
            if !check.goes_on(&batch) {
                return Err(StageError::data(format!(
                    "the rows are not in order of {} (within the first {rows}): sort them, or leave --input-order away",
                    stage.order.join(", ")
                )));
            }
            return take(batch);
        }
        sorter.push(batch)
    })?;
    let spills = sorter.spills();
    sorter.finish(take)?;
    Ok(spills)
}

/// Reads a whole stream: one that ends without its marker is an error.
fn read_stream(
    source: impl Read,
    algo: &str,
    take: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
) -> Result<(), StageError> {
    let mut ended = EndSeen { source: BufReader::with_capacity(1 << 18, source), last: [0xff; 8] };
    let reader = StreamReader::try_new(&mut ended, None)?;
    check_metadata(&reader.schema(), algo)?;
    for batch in reader {
        take(batch?)?;
    }
    if ended.last == END { Ok(()) } else { Err(StageError::data(CUT)) }
}

/// The marker at the end of a stream: a continuation without a message.
const END: [u8; 8] = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];
/// What is said of a stream without it.
const CUT: &str = "the input ends without the end-of-stream marker: what wrote it was stopped";

/// Keeps the last bytes that were read.
struct EndSeen<R> {
    source: R,
    last: [u8; 8],
}

impl<R: Read> Read for EndSeen<R> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(bytes)?;
        let new = &bytes[..read];
        let kept = new.len().min(8);
        self.last.rotate_left(kept);
        self.last[8 - kept..].copy_from_slice(&new[new.len() - kept..]);
        Ok(read)
    }
}

fn read_params(path: &Path) -> Result<StageParams, StageError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| StageError::usage(format!("{}: {error}", path.display())))?;
    StageParams::from_json(&text)
}

fn side_tables(args: &StageArgs, algo: &str) -> Result<SideTables, StageError> {
    let read = |path: &Path, take: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>| {
        let file = File::open(path)
            .map_err(|error| StageError::usage(format!("{}: {error}", path.display())))?;
        read_stream(file, algo, take)
    };
    let mut sides = SideTables::default();
    if let Some(path) = &args.days {
        let mut days = OutletDays::default();
        read(path, &mut |batch| days.add(&batch))?;
        sides.days = Some(days);
    }
    if let Some(path) = &args.short {
        let mut short = Vec::new();
        read(path, &mut |batch| {
            short.extend(short_texts(&batch)?);
            Ok(())
        })?;
        sides.short = Some(short);
    }
    Ok(sides)
}
