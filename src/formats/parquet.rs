//! Article records from and to Parquet: the same columns as JSONL and CSV. Written are UTF-8 strings; read is what pandas,
//! pyarrow, Polars, DuckDB, R and Spark write.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use ::parquet::basic::{Compression, LogicalType, TimeUnit, ZstdLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::record::Field;
use ::parquet::schema::parser::parse_message_type;
use ::parquet::schema::types::{Type, TypePtr};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::ReadProblem;
use super::collect::Collector;
use super::fields::{Cell, Column, FieldValues, NEEDED};
use super::pages_check;

/// Rows of a row group: bounds the memory of reader and writer.
const ROWS_PER_GROUP: usize = 10_000;

/// Rows that the reading thread hands over at a time.
const ROWS_AT_ONCE: usize = 256;

/// Name of the thread that reads: what it says when it panics is not shown, for the file is named instead.
pub(crate) const READER_THREAD: &str = "parquet-reader";

/// The rows of a file, in batches, or why there are no more.
type Rows = Result<Vec<FieldValues>, ReadProblem>;

/// Reads all rows; they are counted from 1. A damaged file is an error: what it states of its sizes is compared with
/// its length before it is believed, and a decoder that gives up does so on a thread of its own.
pub(super) fn read(file: File, collector: &mut Collector<'_>) -> Result<(), ReadProblem> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Rows>(4);
        let work = move || {
            let outcome = rows(&file, &sender);
            if let Err(problem) = outcome {
                // Nobody listens any more if a record has ended the reading.
                let _ = sender.send(Err(problem));
            }
        };
        let thread = std::thread::Builder::new().name(READER_THREAD.into());
        let thread = thread.spawn_scoped(scope, work)?;
        let taken = take(&receiver, collector);
        drop(receiver);
        match thread.join() {
            Err(_) => Err(ReadProblem::damaged("the file is damaged: its decoder gave up")),
            Ok(()) => taken,
        }
    })
}

fn take(rows: &Receiver<Rows>, collector: &mut Collector<'_>) -> Result<(), ReadProblem> {
    let mut number = 0;
    for batch in rows {
        for values in batch? {
            number += 1;
            collector.values(number, Ok(values))?;
        }
    }
    Ok(())
}

/// Reads the columns that are known and sends their rows.
fn rows(file: &File, sender: &SyncSender<Rows>) -> Result<(), ReadProblem> {
    let reader = SerializedFileReader::new(file.try_clone()?).map_err(ReadProblem::damaged)?;
    let metadata = reader.metadata();
    pages_check::check(file, metadata)?;
    let root = metadata.file_metadata().schema();
    let columns: Vec<(Column, TypePtr)> = root
        .get_fields()
        .iter()
        .filter_map(|field| Some((Column::named(field.name())?, field.clone())))
        .collect();
    if columns.is_empty() {
        let names: Vec<&str> = root.get_fields().iter().map(|field| field.name()).collect();
        return Err(ReadProblem::damaged(format_args!(
            "no column is known: its columns are {}; needed are {NEEDED}",
            names.join(", ")
        )));
    }
    let projection = Type::group_type_builder(root.name())
        .with_fields(columns.iter().map(|(_, field)| field.clone()).collect())
        .build()
        .map_err(ReadProblem::damaged)?;
    let mut batch = Vec::with_capacity(ROWS_AT_ONCE);
    for row in reader.get_row_iter(Some(projection)).map_err(ReadProblem::damaged)? {
        let row = row.map_err(ReadProblem::damaged)?;
        let mut values = FieldValues::default();
        for ((column, kind), (_, field)) in columns.iter().zip(row.get_column_iter()) {
            values.put(*column, cell(field, kind));
        }
        batch.push(values);
        if batch.len() == ROWS_AT_ONCE && sender.send(Ok(std::mem::take(&mut batch))).is_err() {
            return Ok(());
        }
    }
    // As above.
    let _ = sender.send(Ok(batch));
    Ok(())
}

/// The value of a column. Times become RFC 3339, without a zone if the file says that they are local.
fn cell(field: &Field, kind: &Type) -> Cell {
    let (is_local, in_nanoseconds) = match kind.get_basic_info().logical_type_ref() {
        Some(LogicalType::Timestamp(time)) => {
            (!time.is_adjusted_to_u_t_c, time.unit == TimeUnit::NANOS)
        }
        _ => (false, false),
    };
    let time = |time: Option<DateTime<Utc>>| match time {
        Some(time) if is_local => {
            Cell::Text(time.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f").to_string())
        }
        Some(time) => Cell::Text(time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
        None => Cell::Missing,
    };
    match field {
        Field::Null => Cell::Missing,
        Field::Str(text) => Cell::text(text.clone()),
        Field::Bytes(bytes) => Cell::text(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::TimestampMillis(ms) => time(DateTime::from_timestamp_millis(*ms)),
        Field::TimestampMicros(us) => time(DateTime::from_timestamp_micros(*us)),
        Field::Long(ns) if in_nanoseconds => time(Some(DateTime::from_timestamp_nanos(*ns))),
        Field::Date(days) => DateTime::from_timestamp(i64::from(*days) * 86_400, 0)
            .map_or(Cell::Missing, |t| Cell::Text(t.date_naive().to_string())),
        Field::Double(number) => Cell::number(*number),
        Field::Float(number) => Cell::number(f64::from(*number)),
        Field::ListInternal(list) => Cell::List(list.elements().iter().map(json).collect()),
        Field::Group(_) | Field::MapInternal(_) => Cell::Object(json(field)),
        other => Cell::text(other.to_string()),
    }
}

/// An element of a list as JSON.
fn json(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(text) => Value::String(text.clone()),
        Field::Bool(yes) => Value::Bool(*yes),
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(json).collect()),
        Field::Group(row) => {
            let fields = row.get_column_iter();
            Value::Object(fields.map(|(name, field)| (name.clone(), json(field))).collect())
        }
        other => Value::String(other.to_string()),
    }
}

/// Writes rows of strings, column by column, in row groups.
///
/// # Errors
///
/// Fails if the output cannot be written.
pub(super) fn write<'a>(
    out: &mut (dyn Write + Send),
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cow<'a, str>>>,
) -> Result<(), ::parquet::errors::ParquetError> {
    let fields: Vec<String> =
        columns.iter().map(|column| format!("REQUIRED BYTE_ARRAY {column} (UTF8);")).collect();
    let message = format!("message article {{ {} }}", fields.join(" "));
    let schema = Arc::new(parse_message_type(&message)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let group: Vec<Vec<Cow<'a, str>>> = rows.by_ref().take(ROWS_PER_GROUP).collect();
        let mut row_group = writer.next_row_group()?;
        for column in 0..columns.len() {
            let values: Vec<ByteArray> =
                group.iter().map(|row| ByteArray::from(row[column].as_bytes().to_vec())).collect();
            if let Some(mut out) = row_group.next_column()? {
                out.typed::<ByteArrayType>().write_batch(&values, None, None)?;
                out.close()?;
            }
        }
        row_group.close()?;
    }
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Records;
    use crate::formats::outlet_names::OutletNames;
    use crate::model::Registry;

    fn read_bytes(bytes: &[u8]) -> Result<Records, ReadProblem> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let (registry, mut records) = (Registry::default(), Records::default());
        let names = OutletNames::new(&registry);
        let mut collector = Collector::new("a".into(), false, &names, &mut records);
        read(file, &mut collector)?;
        collector.finish()?;
        Ok(records)
    }

    const TEXT: &str = "Текст, with \"quotes\"\nand lines";

    fn written() -> Vec<u8> {
        let columns = ["outlet", "url", "title", "text", "published"];
        let row = ["rt", "https://rt.example/1", "Title", TEXT, "2026-03-02"];
        let mut bytes = Vec::new();
        let rows = (0..50).map(|n| {
            let mut cells = row.map(Cow::Borrowed).to_vec();
            cells[1] = Cow::Owned(format!("https://rt.example/{n}"));
            cells
        });
        write(&mut bytes, &columns, rows).unwrap();
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let records = read_bytes(&written()).unwrap();
        assert_eq!((records.articles.len(), records.articles[49].text.as_str()), (50, TEXT));
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(read_bytes(b"not parquet").is_err());
    }

    #[test]
    fn a_damaged_file_is_an_error_or_read_never_a_crash() {
        let bytes = written();
        for at in 4..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            // Either is right: not every byte matters.
            let _ = read_bytes(&damaged);
        }
        assert!(read_bytes(&bytes[..bytes.len() / 2]).is_err());
    }

    /// A file of one time, with this type in the schema.
    fn time(annotation: &str, value: i64) -> String {
        let schema = format!("message a {{ REQUIRED INT64 published ({annotation}); }}");
        let kind = parse_message_type(&schema).unwrap();
        let kind = &kind.get_fields()[0];
        let field = match annotation {
            a if a.contains("MILLIS") => Field::TimestampMillis(value),
            a if a.contains("MICROS") => Field::TimestampMicros(value),
            _ => Field::Long(value),
        };
        match cell(&field, kind) {
            Cell::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn times_are_read_in_all_units_and_local_ones_have_no_zone() {
        assert_eq!(time("TIMESTAMP(MILLIS,true)", 1_772_446_520_000), "2026-03-02T10:15:20Z");
        assert_eq!(time("TIMESTAMP(MICROS,false)", 1_772_446_520_000_000), "2026-03-02T10:15:20");
        assert_eq!(
            time("TIMESTAMP(NANOS,true)", 1_772_446_520_000_000_000),
            "2026-03-02T10:15:20Z"
        );
        assert_eq!(
            time("TIMESTAMP(NANOS,false)", 1_772_446_520_000_000_000),
            "2026-03-02T10:15:20"
        );
    }
}
