//! Tables as Parquet: the same columns and values as the CSV files, with their types.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{
    Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel,
};
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use ::parquet::errors::Result;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};
use chrono::NaiveDate;

use super::csv::{self, Dialect};
use super::report_index::ReportIndex;
use super::table::{Column, Kind, Row, Table, Value};
use crate::text::sanitize;

/// Rows of a row group: bounds the memory of the writer.
const ROWS_PER_GROUP: usize = 50_000;

/// Writes a table. An empty cell is null; text is on one line, and not guarded against spreadsheet formulas.
///
/// # Errors
///
/// What `out` reports.
pub(super) fn write(table: &Table, view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    rows(table, view, &mut bytes).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn rows(table: &Table, view: &ReportIndex, bytes: &mut Vec<u8>) -> Result<()> {
    let name = table.file.trim_end_matches(".csv");
    let fields: Vec<TypePtr> =
        table.columns.iter().map(|column| Ok(Arc::new(field(column)?))).collect::<Result<_>>()?;
    let schema = Type::group_type_builder(name).with_fields(fields).build()?;
    let about = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("fimi {}", super::TOOL_VERSION))
        .set_key_value_metadata(Some(vec![
            about("run_id", &view.run.run_id),
            about("about", table.about),
        ]))
        .build();
    let mut writer = SerializedFileWriter::new(bytes, Arc::new(schema), Arc::new(properties))?;
    let rows = (table.rows)(view);
    for group in rows.chunks(ROWS_PER_GROUP) {
        let mut row_group = writer.next_row_group()?;
        for column in table.columns {
            write_column(column, view, group, &mut row_group)?;
        }
        row_group.close()?;
    }
    writer.close()?;
    Ok(())
}

/// The type of a column; any cell may be empty.
fn field(column: &Column) -> Result<Type> {
    let (physical, logical) = match column.kind {
        Kind::Id | Kind::Word(_) | Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Time => {
            let unit = LogicalType::timestamp(true, TimeUnit::MILLIS);
            (Physical::INT64, Some(unit))
        }
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Boolean => (Physical::BOOLEAN, None),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn write_column<W: Write + Send>(
    column: &Column,
    view: &ReportIndex,
    rows: &[Row],
    group: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<()> {
    match column.kind {
        Kind::Id | Kind::Word(_) | Kind::Text => {
            write_values::<ByteArrayType, W>(column, view, rows, group, |value| match value {
                Value::Id(id) => Some(ByteArray::from(id)),
                Value::Text(text) => Some(text)
                    .filter(|text| !text.is_empty())
                    .map(|text| ByteArray::from(sanitize::one_line(&text).as_ref())),
                _ => None,
            })
        }
        Kind::Integer => {
            write_values::<Int64Type, W>(column, view, rows, group, |value| match value {
                Value::Integer(n) => i64::try_from(n).ok(),
                _ => None,
            })
        }
        Kind::Number => write_values::<DoubleType, W>(column, view, rows, group, |value| {
            // The figures of the CSV file, digit for digit.
            let mut cell = Vec::new();
            csv::push(&mut cell, &value, Dialect::default());
            std::str::from_utf8(&cell).ok()?.parse().ok()
        }),
        Kind::Time => {
            write_values::<Int64Type, W>(column, view, rows, group, |value| match value {
                Value::Time(time) => Some(time.timestamp() * 1_000),
                _ => None,
            })
        }
        Kind::Date => {
            write_values::<Int32Type, W>(column, view, rows, group, |value| match value {
                Value::Date(day) => i32::try_from((day - NaiveDate::default()).num_days()).ok(),
                _ => None,
            })
        }
        Kind::Boolean => {
            write_values::<BoolType, W>(column, view, rows, group, |value| match value {
                Value::Boolean(yes) => Some(yes),
                _ => None,
            })
        }
    }
}

fn write_values<T: DataType, W: Write + Send>(
    column: &Column,
    view: &ReportIndex,
    rows: &[Row],
    group: &mut SerializedRowGroupWriter<'_, W>,
    read: impl Fn(Value) -> Option<T::T>,
) -> Result<()> {
    let cells: Vec<Option<T::T>> =
        rows.iter().map(|&row| read((column.value)(view, row))).collect();
    let present: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    if let Some(mut out) = group.next_column()? {
        out.typed::<T>().write_batch(&values, Some(&present), None)?;
        out.close()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;

    use super::*;
    use crate::report::outputs::{OUTPUTS, Output};
    use crate::report::{ReportConfig, sample};

    /// A cell as the CSV file without guard has it.
    fn cell(field: &Field, kind: Kind) -> String {
        match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::TimestampMillis(ms) => {
                let time = chrono::DateTime::from_timestamp_millis(*ms).unwrap();
                time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
            }
            Field::Date(days) => {
                (NaiveDate::default() + chrono::TimeDelta::days(i64::from(*days))).to_string()
            }
            Field::Double(number) if kind == Kind::Number => format!("{number:e}"),
            other => other.to_string(),
        }
    }

    #[test]
    fn every_table_reads_back_as_its_csv() {
        let (sample, run) = (sample::analysis(), sample::run());
        let config = ReportConfig { raw_text: true, ..ReportConfig::default() };
        let view = sample.view(&run, &config);
        let mut tables = 0;
        for table in OUTPUTS.iter().filter_map(Output::table) {
            let (mut text, mut bytes) = (Vec::new(), Vec::new());
            table.write(&view, Dialect::of(&config), &mut text).unwrap();
            write(table, &view, &mut bytes).unwrap();
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            let reader = SerializedFileReader::new(file).unwrap();
            let mut lines = ::csv::Reader::from_reader(text.as_slice());
            let mut rows = reader.get_row_iter(None).unwrap();
            for line in lines.records() {
                let (line, row) = (line.unwrap(), rows.next().unwrap().unwrap());
                for (column, (text, (name, field))) in
                    table.columns.iter().zip(line.iter().zip(row.get_column_iter()))
                {
                    assert_eq!(name, column.name);
                    let expected = match column.kind {
                        Kind::Number if !text.is_empty() => {
                            format!("{:e}", text.parse::<f64>().unwrap())
                        }
                        _ => text.to_owned(),
                    };
                    assert_eq!(cell(field, column.kind), expected, "{} {name}", table.file);
                }
            }
            assert!(rows.next().is_none(), "{}", table.file);
            tables += 1;
        }
        assert!(tables > 15);
    }
}
