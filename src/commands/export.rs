//! `fimi export`: the archive's articles in formats that other tools read.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::{Context, output};
use crate::archive::Archive;
use crate::cli::{ExportArgs, ExportFormat};
use crate::config::{self, Period};
use crate::exit::{Exit, UserError};
use crate::formats::warc::{self, Capture};
use crate::formats::{RecordFormat, write_records};
use crate::model::{Article, RawPage};
use crate::report::wording;

/// Runs the command.
pub(super) fn run(context: &Context, args: &ExportArgs) -> anyhow::Result<Exit> {
    let time = |text: &Option<String>, flag: &str| {
        text.as_deref()
            .map(|text| config::instant(text, context.now))
            .transpose()
            .map_err(|problem| UserError::usage(format!("{flag}: {problem}")))
    };
    let (since, until) = (time(&args.since, "--since")?, time(&args.until, "--until")?);
    let format = match args.format {
        Some(format) => format,
        None => format_of(&args.file)?,
    };
    refuse_archive(&args.file, &context.folders.archive)?;
    if format == ExportFormat::Coortweet {
        let mut written = 0;
        to_file(&args.file, |out| {
            written = coortweet(out, &args.run, Period { since, until })?;
            Ok(())
        })?;
        let rows = wording::count(written, "row");
        let file = args.file.display();
        context.note(format!("{rows}, an article of a narrative each, written to {file}"));
        return Ok(Exit::Done);
    }
    let archive = Archive::open_read_only(&context.folders.archive)?;
    let articles = archive.articles(since, until)?;
    let all = articles.len();
    let mut written = wording::count(all, "article");
    to_file(&args.file, |out| {
        match format {
            ExportFormat::Jsonl => write_records(out, RecordFormat::Jsonl, &articles)?,
            ExportFormat::Csv => write_records(out, RecordFormat::Csv, &articles)?,
            ExportFormat::Parquet => write_records(out, RecordFormat::Parquet, &articles)?,
            ExportFormat::Warc => {
                let n = wording::count(warc_records(out, &archive, &articles)?, "raw page");
                written = format!("{n} of {written} (an imported record has none)");
            }
            // Written above, from the run alone.
            ExportFormat::Coortweet => {}
        }
        Ok(())
    })?;
    context.note(format!("{written} written to {}", args.file.display()));
    Ok(Exit::Done)
}

/// Refuses to write onto the archive that is read, or one of the files beside it.
fn refuse_archive(file: &Path, archive: &Path) -> Result<(), UserError> {
    let same = |suffix: &str| {
        let mut name = archive.as_os_str().to_owned();
        name.push(suffix);
        let found = (std::fs::canonicalize(file), std::fs::canonicalize(name));
        matches!(found, (Ok(file), Ok(archive)) if file == archive)
    };
    if ["", "-wal", "-shm", ".lock"].into_iter().any(same) {
        let text = format!("{} is the archive itself: write to another file", file.display());
        return Err(UserError::usage(text));
    }
    Ok(())
}

fn format_of(file: &Path) -> Result<ExportFormat, UserError> {
    let name = file.to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit('.').next().unwrap_or_default() {
        _ if name == "-" => Ok(ExportFormat::Jsonl),
        "jsonl" | "ndjson" => Ok(ExportFormat::Jsonl),
        "csv" => Ok(ExportFormat::Csv),
        "parquet" => Ok(ExportFormat::Parquet),
        "warc" => Ok(ExportFormat::Warc),
        _ => Err(UserError::usage(format!(
            "{name}: the ending tells no format; give .jsonl, .csv, .parquet, .warc.gz or --format"
        ))),
    }
}

fn to_file(
    file: &Path,
    render: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if file == Path::new("-") {
        return render(&mut crate::terminal::stdout());
    }
    output::write(file, |out| render(out).map_err(std::io::Error::other))?;
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
        let url = article.url.clone();
        let page = RawPage { url: url.clone(), content_type: None, body };
        warc::write(out, &Capture { url, at, page })?;
        records += 1;
    }
    Ok(records)
}

/// `CooRTweet`'s input: object (narrative), account (outlet), content (article), time in seconds; of the articles of this
/// period. Returns the number of rows. A run over files has them as one over the archive has.
fn coortweet(out: &mut dyn Write, run: &Path, period: Period) -> anyhow::Result<usize> {
    let mut articles: BTreeMap<String, (String, DateTime<Utc>)> = BTreeMap::new();
    rows(run, "articles.csv", ["article", "outlet", "published", "first_seen"], |row| {
        let [article, outlet, published, first_seen] = row;
        let time = |cell: &str| cell.parse::<DateTime<Utc>>().ok();
        if let Some(at) = [time(published), time(first_seen)].into_iter().flatten().min() {
            articles.insert(article.to_owned(), (outlet.to_owned(), at));
        }
        Ok(())
    })?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["object_id", "account_id", "content_id", "timestamp_share"])?;
    let mut written = 0;
    rows(run, "narrative_articles.csv", ["narrative", "article"], |[narrative, article]| {
        if let Some((outlet, at)) = articles.get(article).filter(|(_, at)| period.contains(*at)) {
            writer.write_record([narrative, outlet, article, &at.timestamp().to_string()])?;
            written += 1;
        }
        Ok(())
    })?;
    writer.flush()?;
    Ok(written)
}

/// Reads some columns of a table of a run, row by row.
fn rows<const N: usize>(
    run: &Path,
    table: &str,
    columns: [&str; N],
    mut read: impl FnMut([&str; N]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let path = run.join(table);
    let mut reader = csv::Reader::from_path(&path)
        .with_context(|| format!("{}: analyze first, or give --run", path.display()))?;
    let headers = reader.headers()?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(columns) {
        // With --excel the first column follows a byte order mark.
        let is_it = |header: &str| header.trim_start_matches('\u{feff}') == name;
        *place = headers
            .iter()
            .position(is_it)
            .with_context(|| format!("{}: no column `{name}`", path.display()))?;
    }
    for record in reader.records() {
        let record = record?;
        read(places.map(|place| record.get(place).unwrap_or_default()))?;
    }
    Ok(())
}
