//! Tables that grow from run to run: the CSV tables with the run and its day before their columns.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::csv::{self, Dialect};
use super::outputs::{OUTPUTS, Output, outputs_of};
use super::report_index::ReportIndex;
use super::table::{Table, Value};

/// Names of all tables that may grow.
pub(crate) fn growing_tables() -> impl Iterator<Item = &'static str> {
    OUTPUTS.iter().filter_map(Output::table).map(|table| table.file)
}

/// Names of those to which this run adds.
pub(crate) fn growing_tables_of(view: &ReportIndex) -> impl Iterator<Item = &'static str> {
    tables(view).map(|table| table.file)
}

fn tables(view: &ReportIndex) -> impl Iterator<Item = &'static Table> {
    outputs_of(view.analysis.relations, view.config).filter_map(Output::table)
}

/// What a growing table begins with.
pub(crate) fn growing_header(view: &ReportIndex, name: &str) -> String {
    let dialect = Dialect::of(view.config);
    let columns = tables(view).find(|table| table.file == name).map_or(&[][..], |t| t.columns);
    let names: String = columns.iter().flat_map(|column| [",", column.name]).collect();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("{}run,day{names}{}", text(dialect.start()), text(dialect.line_end()))
}

/// Writes the rows that a run adds to a growing table.
///
/// # Errors
///
/// What `out` reports.
pub(crate) fn write_growing(
    view: &ReportIndex,
    name: &str,
    day: NaiveDate,
    out: &mut dyn Write,
) -> io::Result<()> {
    let dialect = Dialect::of(view.config);
    let mut before = Vec::new();
    for value in [Value::Id(&view.run.run_id), Value::Date(day)] {
        csv::push(&mut before, &value, dialect);
        before.push(b',');
    }
    match tables(view).find(|table| table.file == name) {
        Some(table) => table.write_rows(view, dialect, &before, out),
        None => Ok(()),
    }
}
