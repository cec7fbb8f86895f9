//! External sort: rows in the order of some whole-number columns, in bounded memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};
use arrow_schema::SchemaRef;
use arrow_select::interleave::interleave_record_batch;

use crate::stage::{StageError, StageRows};

/// Most columns of an order.
const KEYS: usize = 5;
/// Bytes of a batch that is given out, about.
const BATCH_BYTES: usize = 1 << 20;

/// Values of a row by which it is sorted; those that an order does not have are 0.
type SortKey = [i64; KEYS];

/// How batches lie on a disk.
///
/// # Errors
///
/// The compression is not built in.
pub(crate) fn on_disk() -> Result<IpcWriteOptions, StageError> {
    Ok(IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME))?)
}

/// Bytes of a batch: its own rows, whatever memory it shares with others.
pub(crate) fn batch_bytes(batch: &RecordBatch) -> usize {
    let slice = |array: &arrow_array::ArrayRef| {
        array.to_data().get_slice_memory_size().unwrap_or_else(|_| array.get_array_memory_size())
    };
    batch.columns().iter().map(slice).sum()
}

/// The values of a row in these columns.
fn key_of(rows: &StageRows<'_>, order: &[usize], row: usize) -> SortKey {
    let mut key = [0; KEYS];
    for (value, &column) in key.iter_mut().zip(order) {
        *value = rows.long(column, row);
    }
    key
}

/// Whether the rows of batches that follow each other are in order.
#[derive(Debug)]
pub(crate) struct OrderCheck {
    order: Vec<usize>,
    last: Option<SortKey>,
}

impl OrderCheck {
    pub(crate) fn new(order: Vec<usize>) -> OrderCheck {
        OrderCheck { order, last: None }
    }

    /// Whether these rows go on in order.
    pub(crate) fn goes_on(&mut self, batch: &RecordBatch) -> bool {
        if self.order.is_empty() {
            return true;
        }
        let rows = StageRows::new(batch);
        (0..rows.len()).all(|row| {
            let key = key_of(&rows, &self.order, row);
            let is_next = self.last.is_none_or(|last| last <= key);
            self.last = Some(key);
            is_next
        })
    }
}

/// Sorts rows; what does not fit in memory goes to files that vanish with it.
pub(crate) struct Sorter {
    schema: SchemaRef,
    order: Vec<usize>,
    memory: usize,
    folder: PathBuf,
    batches: Vec<RecordBatch>,
    bytes: usize,
    spilled: Vec<File>,
}

impl Sorter {
    /// Rows of a schema, in the order of these columns; at most so many bytes are held, and as many again while they
    /// are put in order.
    pub(crate) fn new(
        schema: SchemaRef,
        order: Vec<usize>,
        memory: usize,
        folder: &Path,
    ) -> Sorter {
        Sorter {
            schema,
            order,
            memory,
            folder: folder.to_owned(),
            batches: Vec::new(),
            bytes: 0,
            spilled: Vec::new(),
        }
    }

    /// Takes rows.
    pub(crate) fn push(&mut self, batch: RecordBatch) -> Result<(), StageError> {
        self.bytes += batch_bytes(&batch) + batch.num_rows() * size_of::<(SortKey, u32, u32)>();
        self.batches.push(batch);
        if self.bytes > self.memory { self.spill() } else { Ok(()) }
    }

    /// Gives out the rows in order.
    pub(crate) fn finish(
        mut self,
        out: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        if self.spilled.is_empty() {
            return self.in_order(out);
        }
        self.spill()?;
        let files = std::mem::take(&mut self.spilled);
        let runs = files.into_iter().map(|file| SortedRun::open(file, &self.order));
        merge(runs.collect::<Result<Vec<_>, _>>()?, &self.order, out)
    }

    /// Number of files that were needed.
    pub(crate) fn spills(&self) -> usize {
        self.spilled.len()
    }

    fn spill(&mut self) -> Result<(), StageError> {
        if self.batches.is_empty() {
            return Ok(());
        }
        let file = tempfile::tempfile_in(&self.folder).map_err(|error| {
            StageError::io(format!("cannot write to {}: {error}", self.folder.display()))
        })?;
        let mut writer =
            StreamWriter::try_new_with_options(BufWriter::new(file), &self.schema, on_disk()?)?;
        self.in_order(&mut |batch| Ok(writer.write(&batch)?))?;
        writer.finish()?;
        let mut file = writer.into_inner()?.into_inner().map_err(StageError::io)?;
        file.rewind()?;
        self.spilled.push(file);
        Ok(())
    }

    /// Gives out what is in memory.
    fn in_order(
        &mut self,
        out: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        let batches = std::mem::take(&mut self.batches);
        let bytes = std::mem::take(&mut self.bytes);
        let mut keys: Vec<(SortKey, u32, u32)> = Vec::new();
        for (number, batch) in (0u32..).zip(&batches) {
            let rows = StageRows::new(batch);
            keys.extend(
                (0u32..)
                    .zip(0..rows.len())
                    .map(|(at, row)| (key_of(&rows, &self.order, row), number, at)),
            );
        }
        keys.sort_unstable();
        let batches: Vec<&RecordBatch> = batches.iter().collect();
        for chunk in keys.chunks(rows_at_once(bytes, keys.len())) {
            let places: Vec<(usize, usize)> =
                chunk.iter().map(|&(_, batch, row)| (batch as usize, row as usize)).collect();
            out(interleave_record_batch(&batches, &places)?)?;
        }
        Ok(())
    }
}

/// Rows of a batch, if so many have so many bytes.
fn rows_at_once(bytes: usize, rows: usize) -> usize {
    (BATCH_BYTES * rows.max(1) / bytes.max(1)).clamp(16, 8_192)
}

/// A file of sorted rows that is read batch by batch.
struct SortedRun {
    reader: StreamReader<BufReader<File>>,
    batch: RecordBatch,
    keys: Vec<SortKey>,
    row: usize,
}

impl SortedRun {
    fn open(file: File, order: &[usize]) -> Result<SortedRun, StageError> {
        let reader = StreamReader::try_new(BufReader::new(file), None)?;
        let batch = RecordBatch::new_empty(reader.schema());
        let mut run = SortedRun { reader, batch, keys: Vec::new(), row: 0 };
        run.next_batch(order)?;
        Ok(run)
    }

    fn next_batch(&mut self, order: &[usize]) -> Result<(), StageError> {
        (self.row, self.keys) = (0, Vec::new());
        while self.keys.is_empty() {
            let Some(batch) = self.reader.next() else { return Ok(()) };
            self.batch = batch?;
            let rows = StageRows::new(&self.batch);
            self.keys = (0..rows.len()).map(|row| key_of(&rows, order, row)).collect();
        }
        Ok(())
    }
}

fn merge(
    mut runs: Vec<SortedRun>,
    order: &[usize],
    out: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
) -> Result<(), StageError> {
    let mut heads: BinaryHeap<Reverse<(SortKey, usize)>> = BinaryHeap::new();
    for (number, run) in runs.iter().enumerate() {
        heads.extend(run.keys.first().map(|key| Reverse((*key, number))));
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    while let Some(Reverse((_, number))) = heads.pop() {
        places.push((number, runs[number].row));
        runs[number].row += 1;
        let is_empty = runs[number].row == runs[number].keys.len();
        if is_empty {
            give(&runs, &mut places, out)?;
            runs[number].next_batch(order)?;
        }
        let run = &runs[number];
        heads.extend(run.keys.get(run.row).map(|key| Reverse((*key, number))));
    }
    give(&runs, &mut places, out)
}

/// Gives out rows of the batches that are in memory.
fn give(
    runs: &[SortedRun],
    places: &mut Vec<(usize, usize)>,
    out: &mut dyn FnMut(RecordBatch) -> Result<(), StageError>,
) -> Result<(), StageError> {
    let batches: Vec<&RecordBatch> = runs.iter().map(|run| &run.batch).collect();
    for chunk in places.chunks(8_192) {
        out(interleave_record_batch(&batches, chunk)?)?;
    }
    places.clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, StringArray};
    use proptest::prelude::*;

    use super::*;
    use crate::stage::{ColumnType, arrow_schema};

    proptest! {
        #[test]
        fn rows_are_sorted_whatever_fits(
            rows in prop::collection::vec((-5i64..5, -5i64..5), 0..200),
            at_once in 1usize..20,
            memory in 1usize..6_000,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let columns = &[("x", ColumnType::Int64), ("y", ColumnType::Int64), ("t", ColumnType::Utf8)];
            let schema = arrow_schema(columns, "");
            let mut sorter = Sorter::new(schema.clone(), vec![1, 0], memory, folder.path());
            for chunk in rows.chunks(at_once) {
                let batch = RecordBatch::try_new(schema.clone(), vec![
                    Arc::new(Int64Array::from_iter_values(chunk.iter().map(|row| row.0))),
                    Arc::new(Int64Array::from_iter_values(chunk.iter().map(|row| row.1))),
                    Arc::new(StringArray::from_iter_values(chunk.iter().map(|row| format!("{row:?}")))),
                ]);
                sorter.push(batch.unwrap()).unwrap();
            }
            let mut got = Vec::new();
            sorter.finish(&mut |batch| {
                let rows = StageRows::new(&batch);
                for row in 0..rows.len() {
                    let (x, y) = (rows.long(0, row), rows.long(1, row));
                    assert_eq!(rows.text(2, row), format!("{:?}", (x, y)));
                    got.push((y, x));
                }
                Ok(())
            }).unwrap();
            let mut expected: Vec<(i64, i64)> = rows.iter().map(|&(x, y)| (y, x)).collect();
            expected.sort_unstable();
            prop_assert_eq!(got, expected);
        }
    }
}
