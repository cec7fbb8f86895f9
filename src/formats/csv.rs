//! Records as CSV with a header. What separates the cells is told by the header, or by a line `sep=;` before it.

use std::io::{BufRead, BufReader, Read};

use super::collect::Collector;
use super::fields::{Cell, Column, FieldValues};
use super::{ReadProblem, RecordError};

/// What people's programs put between cells; the first wins a tie.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads all rows.
pub(super) fn read(source: impl Read, collector: &mut Collector<'_>) -> Result<(), ReadProblem> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let beginning = source.fill_buf()?;
    let first = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let (separator, lines_before) = match stated(first) {
        Some(separator) => {
            let length = first.len() + 1;
            let length = length.min(beginning.len());
            source.consume(length);
            (separator, 1)
        }
        None => (guessed(first), 0),
    };
    let mut reader =
        ::csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(source);
    let header = reader
        .headers()
        .map_err(|e| ReadProblem::damaged(format_args!("the header line is not CSV: {e}")))?
        .clone();
    collector.set_columns(header.iter().map(|name| name.trim().to_owned()));
    let columns: Vec<Option<Column>> = header.iter().map(Column::named).collect();
    let mut row = ::csv::StringRecord::new();
    loop {
        let line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        let line = line.saturating_add(lines_before);
        match reader.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => collector.values(line, values(&row, &columns))?,
            Err(error) if error.is_io_error() => return Err(ReadProblem::Io(error.into())),
            Err(error) => {
                let reason = error.to_string();
                collector.values(line, Err(RecordError::Syntax { expected: "CSV", reason }))?;
            }
        }
    }
}

/// The separator of a line `sep=;`, as Excel writes it.
fn stated(line: &[u8]) -> Option<u8> {
    match line.trim_ascii_end().strip_prefix(b"sep=")? {
        [separator] => Some(*separator),
        [] => Some(b'\t'),
        _ => None,
    }
}

/// The separator that makes most known names out of a header.
fn guessed(header: &[u8]) -> u8 {
    let header = String::from_utf8_lossy(header);
    let known =
        |separator: &&u8| header.split(char::from(**separator)).filter_map(Column::named).count();
    // Of equals the last is the maximum, so they are asked from the end.
    SEPARATORS.iter().rev().max_by_key(known).copied().unwrap_or(b',')
}

fn values(
    row: &::csv::StringRecord,
    columns: &[Option<Column>],
) -> Result<FieldValues, RecordError> {
    if row.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
        return Err(RecordError::MisalignedRow { cells: row.len(), columns: columns.len() });
    }
    let mut values = FieldValues::default();
    for (column, cell) in columns.iter().zip(row) {
        if let Some(column) = column {
            values.put(*column, Cell::text(cell.to_owned()));
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_the_separator() {
        for (header, expected) in [
            ("outlet,url,title", b','),
            ("outlet;url;title", b';'),
            ("Outlet\tURL\r", b'\t'),
            ("a|b", b','),
            ("title", b','),
        ] {
            assert_eq!(guessed(header.as_bytes()), expected, "{header}");
        }
        assert_eq!(stated(b"sep=;\r"), Some(b';'));
        assert_eq!(stated(b"outlet,url"), None);
    }
}
