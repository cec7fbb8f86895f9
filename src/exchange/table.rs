//! Tables on a disk: partitions by the hash of a key, each a file, whole once they have a mark.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::SchemaRef;
use arrow_select::concat::concat_batches;
use arrow_select::interleave::interleave_record_batch;

use super::sort::{batch_bytes, on_disk};
use crate::stage::{StageError, StageRows, check_metadata};

/// Bytes that a partition collects before they are written.
const BUFFER: usize = 256 << 10;
/// The file that says that a table is whole, and of which algorithm and input.
const MARK: &str = "_SUCCESS";

/// A table, or the place where it will be.
#[derive(Debug, Clone)]
pub(super) struct DiskTable {
    folder: PathBuf,
    name: &'static str,
}

impl DiskTable {
    pub(super) fn new(work: &Path, name: &'static str) -> DiskTable {
        DiskTable { folder: work.join(name), name }
    }

    /// Whether it is there, whole, and of this run.
    pub(super) fn is_whole(&self, run: &str) -> bool {
        fs::read_to_string(self.folder.join(MARK)).is_ok_and(|of| of == run)
    }

    fn part(&self, number: usize) -> PathBuf {
        self.folder.join(format!("part-{number:05}.arrow"))
    }

    /// Gives the rows of one partition, batch by batch; none if it has none.
    pub(super) fn read(
        &self,
        part: usize,
        algo: &str,
        take: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        let path = self.part(part);
        if !path.exists() {
            return Ok(());
        }
        let named =
            |error: &dyn std::fmt::Display| StageError::io(format!("{}: {error}", path.display()));
        let file = File::open(&path).map_err(|error| named(&error))?;
        let reader = StreamReader::try_new(BufReader::with_capacity(1 << 18, file), None);
        let reader = reader.map_err(|error| named(&error))?;
        check_metadata(&reader.schema(), algo)?;
        for batch in reader {
            take(batch.map_err(|error| named(&error))?)?;
        }
        Ok(())
    }

    /// Begins it anew: rows go to as many partitions by the hash of some columns.
    pub(super) fn write(
        &self,
        schema: SchemaRef,
        key: Vec<usize>,
        parts: usize,
    ) -> Result<TableWriter, StageError> {
        let named = |error: std::io::Error| {
            StageError::io(format!("cannot write {}: {error}", self.folder.display()))
        };
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder).map_err(named)?;
        }
        fs::create_dir_all(&self.folder).map_err(named)?;
        Ok(TableWriter {
            table: self.clone(),
            schema,
            key,
            parts: (0..parts.max(1)).map(|_| Mutex::default()).collect(),
        })
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }
}

#[derive(Default)]
struct PartWriter {
    held: Vec<RecordBatch>,
    bytes: usize,
    rows: u64,
    writer: Option<StreamWriter<BufWriter<File>>>,
}

/// Writes a table; several threads may.
pub(super) struct TableWriter {
    table: DiskTable,
    schema: SchemaRef,
    key: Vec<usize>,
    parts: Vec<Mutex<PartWriter>>,
}

impl TableWriter {
    pub(super) fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Takes rows, each to its partition; without a key all to this one.
    pub(super) fn push(&self, batch: RecordBatch, part: usize) -> Result<(), StageError> {
        if self.key.is_empty() {
            return self.push_to(part % self.parts.len(), batch);
        }
        let rows = StageRows::new(&batch);
        let mut places: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.parts.len()];
        for row in 0..rows.len() {
            let values = self.key.iter().map(|&column| rows.long(column, row));
            places[part_of(values, self.parts.len())].push((0, row));
        }
        let places = places.into_iter().enumerate().filter(|(_, places)| !places.is_empty());
        for (part, places) in places {
            self.push_to(part, interleave_record_batch(&[&batch], &places)?)?;
        }
        Ok(())
    }

    fn push_to(&self, part: usize, batch: RecordBatch) -> Result<(), StageError> {
        let mut writer = self.parts[part].lock().unwrap_or_else(PoisonError::into_inner);
        writer.bytes += batch_bytes(&batch);
        writer.rows += batch.num_rows() as u64;
        writer.held.push(batch);
        if writer.bytes > BUFFER { self.flush(part, &mut writer) } else { Ok(()) }
    }

    fn flush(&self, part: usize, writer: &mut PartWriter) -> Result<(), StageError> {
        let held = std::mem::take(&mut writer.held);
        writer.bytes = 0;
        if held.is_empty() {
            return Ok(());
        }
        let out = match &mut writer.writer {
            Some(out) => out,
            none => {
                let file = File::create(self.table.part(part))?;
                let file = BufWriter::new(file);
                none.insert(StreamWriter::try_new_with_options(file, &self.schema, on_disk()?)?)
            }
        };
        Ok(out.write(&concat_batches(&self.schema, &held)?)?)
    }

    /// Ends the table; returns its rows.
    pub(super) fn finish(self, run: &str) -> Result<u64, StageError> {
        let mut rows = 0;
        for (part, writer) in self.parts.iter().enumerate() {
            let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
            self.flush(part, &mut writer)?;
            rows += writer.rows;
            if let Some(out) = writer.writer.take() {
                let file = {
                    let mut out = out;
                    out.finish()?;
                    out.into_inner()?.into_inner().map_err(StageError::io)?
                };
                file.sync_data()?;
            }
        }
        fs::write(self.table.folder.join(MARK), run)?;
        Ok(rows)
    }
}

/// The partition of a key, of so many: the same on every machine.
fn part_of(values: impl Iterator<Item = i64>, parts: usize) -> usize {
    let mix = |hash: u64, value: i64| {
        (hash.rotate_left(23) ^ value.cast_unsigned()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let hash = values.fold(0, mix);
    ((hash >> 20) % parts as u64) as usize
}
