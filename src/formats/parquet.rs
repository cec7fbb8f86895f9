//! Article records from and to Parquet: the same columns as JSONL and CSV, as UTF-8 strings.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::record::Field;
use ::parquet::schema::parser::parse_message_type;

use super::ReadProblem;
use super::collect::Collector;
use crate::extract::RecordFields;

/// Rows of a row group: bounds the memory of reader and writer.
const ROWS_PER_GROUP: usize = 10_000;

/// Reads all rows; they are counted from 1.
pub(super) fn read(file: File, collector: &mut Collector<'_>) -> Result<(), ReadProblem> {
    let reader = SerializedFileReader::new(file).map_err(ReadProblem::damaged)?;
    let rows = reader.get_row_iter(None).map_err(ReadProblem::damaged)?;
    for (number, row) in rows.enumerate() {
        let row = row.map_err(ReadProblem::damaged)?;
        let cell = |name: &str| {
            row.get_column_iter().find(|(column, _)| *column == name).and_then(|(_, f)| text_of(f))
        };
        collector.record(number + 1, Ok(RecordFields::of_columns(cell)))?;
    }
    Ok(())
}

/// The value as the record format writes it; `None` for null. Timestamps become RFC 3339.
fn text_of(field: &Field) -> Option<String> {
    let time = |time: Option<chrono::DateTime<chrono::Utc>>| {
        time.map(|t| t.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    };
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::TimestampMillis(ms) => time(chrono::DateTime::from_timestamp_millis(*ms)),
        Field::TimestampMicros(us) => time(chrono::DateTime::from_timestamp_micros(*us)),
        Field::Date(days) => chrono::DateTime::from_timestamp(i64::from(*days) * 86_400, 0)
            .map(|t| t.date_naive().to_string()),
        other => Some(other.to_string()),
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

    fn file_with(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        let columns = ["outlet", "url", "title", "text", "published"];
        let row = [
            "rt",
            "https://rt.example/1",
            "Title",
            "Текст, with \"quotes\"\nand lines",
            "2026-03-02",
        ];
        let rows = [row.map(Cow::Borrowed).to_vec()];
        write(&mut bytes, &columns, rows.into_iter()).unwrap();
        let mut records = Records::default();
        read(file_with(&bytes), &mut Collector::new("a".into(), false, &mut records)).unwrap();
        assert_eq!(records.articles[0].text, row[3]);
    }

    #[test]
    fn anything_else_is_refused() {
        let mut records = Records::default();
        let mut collector = Collector::new("a".into(), false, &mut records);
        assert!(read(file_with(b"not parquet"), &mut collector).is_err());
    }
}
