//! `fimi export`: the archive's articles in formats that other tools read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use serde_json::json;

use super::warc::{self, Capture};
use super::{Context, output, parquet_io};
use crate::archive::Archive;
use crate::cli::{ExportArgs, ExportFormat};
use crate::config;
use crate::exit::{Exit, Refusal};
use crate::model::{Article, Precision};
use crate::report::wording;

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

/// Runs the command.
pub(super) fn run(context: &Context, args: &ExportArgs) -> anyhow::Result<Exit> {
    let time = |text: &Option<String>, flag: &str| {
        text.as_deref()
            .map(|text| config::instant(text, context.now))
            .transpose()
            .map_err(|problem| Refusal::usage(format!("{flag}: {problem}")))
    };
    let (since, until) = (time(&args.since, "--since")?, time(&args.until, "--until")?);
    let format = match args.format {
        Some(format) => format,
        None => format_of(&args.file)?,
    };
    let archive = Archive::open_read_only(&context.folders.archive)?;
    let articles = archive.articles(since, until)?;
    let all = articles.len();
    let mut written = wording::count(all, "article");
    to_file(&args.file, |out| {
        match format {
            ExportFormat::Jsonl => jsonl(out, &articles)?,
            ExportFormat::Csv => csv_records(out, &articles)?,
            ExportFormat::Parquet => {
                let mut buffer = Vec::new();
                parquet_io::write(&mut buffer, &COLUMNS, articles.iter().map(|a| row(a).to_vec()))?;
                out.write_all(&buffer)?;
            }
            ExportFormat::Warc => {
                let n = wording::count(warc_records(out, &archive, &articles)?, "raw page");
                written = format!("{n} of {written} (an imported record has none)");
            }
            ExportFormat::Coortweet => {
                let n = wording::count(coortweet(out, &args.run, &articles)?, "row");
                written = format!("{n}, an article of a narrative each,");
            }
        }
        Ok(())
    })?;
    context.note(format!("{written} written to {}", args.file.display()));
    Ok(Exit::Done)
}

fn format_of(file: &Path) -> Result<ExportFormat, Refusal> {
    let name = file.to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit('.').next().unwrap_or_default() {
        _ if name == "-" => Ok(ExportFormat::Jsonl),
        "jsonl" | "ndjson" => Ok(ExportFormat::Jsonl),
        "csv" => Ok(ExportFormat::Csv),
        "parquet" => Ok(ExportFormat::Parquet),
        "warc" => Ok(ExportFormat::Warc),
        _ => Err(Refusal::usage(format!(
            "{name}: the ending tells no format; give .jsonl, .csv, .parquet, .warc.gz or --format"
        ))),
    }
}

fn to_file(
    file: &Path,
    render: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if file == Path::new("-") {
        return render(&mut super::stdout());
    }
    output::write(file, |out| render(out).map_err(std::io::Error::other))?;
    Ok(())
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

fn jsonl(out: &mut dyn Write, articles: &[Article]) -> anyhow::Result<()> {
    for article in articles {
        let record: serde_json::Map<String, serde_json::Value> = COLUMNS
            .iter()
            .zip(row(article))
            .filter(|(_, value)| !value.is_empty())
            .map(|(column, value)| (column.to_string(), json!(value)))
            .collect();
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn csv_records(out: &mut dyn Write, articles: &[Article]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for article in articles {
        writer.write_record(row(article).iter().map(|cell| cell.as_bytes()))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes the pages that the archive holds and returns their number.
fn warc_records(
    out: &mut dyn Write,
    archive: &Archive,
    articles: &[Article],
) -> anyhow::Result<usize> {
    let mut records = 0;
    for article in articles {
        let Some(body) = archive.body(&article.raw_sha256)? else { continue };
        let at = article.first_seen.unwrap_or_else(|| article.at());
        warc::write(out, &Capture { url: article.url.clone(), at, content_type: None, body })?;
        records += 1;
    }
    Ok(records)
}

/// `CooRTweet`'s input: object (narrative), account (outlet), content (article), time in seconds. Returns
/// the number of rows.
fn coortweet(out: &mut dyn Write, run: &Path, articles: &[Article]) -> anyhow::Result<usize> {
    let path = run.join("narrative_articles.csv");
    let mut reader = csv::Reader::from_path(&path)
        .with_context(|| format!("{}: analyze first, or give --run", path.display()))?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|header| header == name)
            .with_context(|| format!("{}: no column `{name}`", path.display()))
    };
    let (narrative, article) = (column("narrative")?, column("article")?);
    let by_id: BTreeMap<&str, &Article> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["object_id", "account_id", "content_id", "timestamp_share"])?;
    let mut rows = 0;
    for record in reader.records() {
        let record = record?;
        if let Some(found) = by_id.get(&record[article]) {
            let time = found.at().timestamp().to_string();
            writer.write_record([&record[narrative], &found.outlet, &found.id, &time])?;
            rows += 1;
        }
    }
    writer.flush()?;
    Ok(rows)
}
