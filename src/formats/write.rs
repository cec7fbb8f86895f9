//! Articles as records that can be read again.

use std::borrow::Cow;
use std::io::Write;

use serde_json::json;

use super::parquet;
use crate::model::{Article, Precision};

/// Columns of an exported record: those that `import` and `--input` read.
const COLUMNS: [&str; 11] = [
    "id",
    "outlet",
    "edition",
    "language",
    "url",
    "title",
    "text",
    "byline",
    "published",
    "first_seen",
    "links",
];

/// Formats of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// One JSON object a line.
    Jsonl,
    /// CSV with a header. Cells are not guarded against formulas, so that they can be read again.
    Csv,
    /// Parquet, every column a string.
    Parquet,
}

/// Writes articles with the columns that [`read`](super::read()) reads.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write_records(
    out: &mut dyn Write,
    format: RecordFormat,
    articles: &[Article],
) -> std::io::Result<()> {
    match format {
        RecordFormat::Jsonl => jsonl(out, articles),
        RecordFormat::Csv => csv(out, articles),
        RecordFormat::Parquet => {
            let mut buffer = Vec::new();
            let rows = articles.iter().map(|article| row(article).to_vec());
            parquet::write(&mut buffer, &COLUMNS, rows).map_err(std::io::Error::other)?;
            out.write_all(&buffer)
        }
    }
}

/// The publication time as the record format writes it: a bare date keeps its day precision.
fn published(article: &Article) -> String {
    article.published.as_ref().map_or_else(String::new, |published| match published.precision {
        Precision::Day => published.local_date.to_string(),
        Precision::Minute => published.utc.format("%Y-%m-%dT%H:%MZ").to_string(),
        Precision::Second => published.utc.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    })
}

fn row(article: &Article) -> [Cow<'_, str>; 11] {
    let links: Vec<&str> = article.links.iter().map(|link| link.url.as_str()).collect();
    let first_seen =
        article.first_seen.map_or_else(String::new, |t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    [
        article.id.as_str().into(),
        article.outlet.as_str().into(),
        article.edition.as_str().into(),
        article.language.as_str().into(),
        article.url.as_str().into(),
        article.title.as_str().into(),
        article.text.as_str().into(),
        article.byline.as_str().into(),
        published(article).into(),
        first_seen.into(),
        links.join(" ").into(),
    ]
}

fn jsonl(out: &mut dyn Write, articles: &[Article]) -> std::io::Result<()> {
    for article in articles {
        let record: serde_json::Map<String, serde_json::Value> = COLUMNS
            .iter()
            .zip(row(article))
            .filter(|(column, value)| **column == "title" || !value.is_empty())
            .map(|(column, value)| (column.to_string(), json!(value)))
            .collect();
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn csv(out: &mut dyn Write, articles: &[Article]) -> std::io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for article in articles {
        writer.write_record(row(article).iter().map(|cell| cell.as_bytes()))?;
    }
    writer.flush()
}
