//! Records as CSV with a header.

use std::collections::BTreeMap;
use std::io::Read;

use super::collect::Collector;
use super::{ReadProblem, RecordError};
use crate::extract::RecordFields;

/// Reads all rows.
pub(super) fn read(source: impl Read, collector: &mut Collector<'_>) -> Result<(), ReadProblem> {
    let mut reader =
        ::csv::ReaderBuilder::new().flexible(true).from_reader(WithoutBom::new(source));
    let headers = reader
        .headers()
        .map_err(|e| ReadProblem::damaged(format_args!("the header line is not CSV: {e}")))?
        .clone();
    let columns: BTreeMap<String, usize> =
        headers.iter().enumerate().map(|(i, name)| (name.trim().to_string(), i)).collect();
    let mut row = ::csv::StringRecord::new();
    loop {
        let line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        match reader.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let cell = |name: &str| row.get(*columns.get(name)?).map(str::to_string);
                collector.record(line, Ok(RecordFields::of_columns(cell)))?;
            }
            Err(error) if error.is_io_error() => return Err(ReadProblem::Io(error.into())),
            Err(error) => {
                let reason = error.to_string();
                collector.record(line, Err(RecordError::Syntax { expected: "CSV", reason }))?;
            }
        }
    }
}

/// Drops a byte order mark, which spreadsheets put in front of the first column's name.
struct WithoutBom<R> {
    source: R,
    started: bool,
}

impl<R> WithoutBom<R> {
    fn new(source: R) -> Self {
        WithoutBom { source, started: false }
    }
}

impl<R: Read> Read for WithoutBom<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.started || buffer.len() < 3 {
            self.started = true;
            return self.source.read(buffer);
        }
        self.started = true;
        let mut filled = 0;
        while filled < 3 {
            match self.source.read(&mut buffer[filled..3])? {
                0 => break,
                read => filled += read,
            }
        }
        if buffer[..filled] == *b"\xef\xbb\xbf" {
            return self.source.read(buffer);
        }
        Ok(filled)
    }
}
