//! What a CSV file is made of: columns that carry their name, type, unit, description and the
//! function that reads their value, so that writer, codebook and data package cannot disagree.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;

use super::csv::{self, Dialect};
use super::report_index::ReportIndex;

/// A row of a table: one or two positions whose meaning the table knows.
pub(super) type Row = (usize, usize);

/// Rows that one task writes at a time; large enough that a task outweighs its start.
const CHUNK: usize = 2_048;
/// Chunks held in memory before they go to the output, so that a file of any length streams.
const WAVE: usize = 32;

/// One value on its way into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Missing.
    Empty,
    /// An id or a fixed word; written as it is, but for one that a spreadsheet would read as a formula.
    Id(&'a str),
    /// Text from outside; always quoted, guarded against spreadsheet formulas.
    Text(Cow<'a, str>),
    /// A count or an offset.
    Integer(usize),
    /// A number with this many decimals.
    Number(f64, usize),
    /// A probability: four decimals, scientific below 0.0001.
    Probability(f64),
    /// An instant.
    Time(DateTime<Utc>),
    /// A calendar day.
    Date(NaiveDate),
    /// `true` or `false`.
    Boolean(bool),
}

/// The type of a column, in the terms of Frictionless Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stable id or outlet id.
    Id,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Free text.
    Text,
    /// Whole number, not negative.
    Integer,
    /// Decimal number.
    Number,
    /// UTC time to the second.
    Time,
    /// Calendar day.
    Date,
    /// Truth value.
    Boolean,
}

impl Kind {
    /// The Table Schema name of the type.
    pub(super) fn schema_type(self) -> &'static str {
        match self {
            Kind::Id | Kind::Word(_) | Kind::Text => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Time => "datetime",
            Kind::Date => "date",
            Kind::Boolean => "boolean",
        }
    }

    /// Whether a column of this kind may hold `value`.
    #[cfg(test)]
    pub(super) fn holds(self, value: &Value) -> bool {
        match (self, value) {
            (Kind::Word(words), Value::Id(word)) => words.contains(word),
            (_, Value::Empty)
            | (Kind::Id, Value::Id(_))
            | (Kind::Text, Value::Text(_))
            | (Kind::Integer, Value::Integer(_))
            | (Kind::Number, Value::Number(..) | Value::Probability(_))
            | (Kind::Time, Value::Time(_))
            | (Kind::Date, Value::Date(_))
            | (Kind::Boolean, Value::Boolean(_)) => true,
            _ => false,
        }
    }
}

/// One column of a table.
pub(super) struct Column {
    /// Header.
    pub(super) name: &'static str,
    /// Type.
    pub(super) kind: Kind,
    /// Unit of a number, or what a text or id denotes.
    pub(super) unit: &'static str,
    /// Meaning, and what an empty cell means if cells may be empty.
    pub(super) description: &'static str,
    /// Reads the column's value of a row.
    pub(super) value: for<'a> fn(&'a ReportIndex<'a>, Row) -> Value<'a>,
}

/// One CSV file.
pub(super) struct Table {
    /// File name.
    pub(super) file: &'static str,
    /// What a row is.
    pub(super) about: &'static str,
    /// Columns that together name a row; empty if nothing does.
    pub(super) key: &'static [&'static str],
    /// In the order of the file.
    pub(super) columns: &'static [Column],
    /// The rows, in order.
    pub(super) rows: fn(&ReportIndex) -> Vec<Row>,
}

/// A [`Column`] in the notation of the table definitions.
pub(super) const fn column(
    name: &'static str,
    kind: Kind,
    unit: &'static str,
    description: &'static str,
    value: for<'a> fn(&'a ReportIndex<'a>, Row) -> Value<'a>,
) -> Column {
    Column { name, kind, unit, description, value }
}

impl Table {
    /// Writes header and rows. Rows are rendered in parallel, chunk by chunk, and written in order.
    pub(super) fn write(
        &self,
        view: &ReportIndex,
        dialect: Dialect,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(dialect.start())?;
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        out.write_all(names.join(",").as_bytes())?;
        out.write_all(dialect.line_end())?;
        self.write_rows(view, dialect, b"", out)
    }

    /// Writes the rows alone, each with these cells before its own.
    pub(super) fn write_rows(
        &self,
        view: &ReportIndex,
        dialect: Dialect,
        before: &[u8],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let rows = (self.rows)(view);
        in_chunks(&rows, out, |&row, bytes| {
            bytes.extend_from_slice(before);
            for (i, column) in self.columns.iter().enumerate() {
                if i > 0 {
                    bytes.push(b',');
                }
                csv::push(bytes, &(column.value)(view, row), dialect);
            }
            bytes.extend_from_slice(dialect.line_end());
        })
    }
}

/// Renders `items` with `render` on all threads of the current pool and writes the bytes in order.
pub(super) fn in_chunks<T: Sync>(
    items: &[T],
    out: &mut dyn Write,
    render: impl Fn(&T, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    for wave in items.chunks(CHUNK * WAVE) {
        let parts: Vec<Vec<u8>> = wave
            .par_chunks(CHUNK)
            .map(|chunk| {
                let mut bytes = Vec::with_capacity(chunk.len() * 256);
                for item in chunk {
                    render(item, &mut bytes);
                }
                bytes
            })
            .collect();
        for part in parts {
            out.write_all(&part)?;
        }
    }
    Ok(())
}
