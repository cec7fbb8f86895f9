//! Files of articles, both ways: JSONL, CSV, Parquet, WARC and saved pages.
//!
//! [`read()`] and [`read_files`] give the articles of files, whatever their format: the name's ending
//! tells it. [`write_records`] writes articles so that they can be read again, [`warc::write`] their
//! pages. In JSONL, CSV and Parquet a record is an article ([`RecordFields`](crate::extract::RecordFields)
//! names the fields); WARC files and saved pages hold pages, which are read as articles by
//! [`extract`].
//!
//! A file of lines is read in blocks of whole records; the records of a block are parsed in parallel. A
//! bad record is skipped and reported with its line (or row) number; strict reading stops on it.

mod collect;
mod compressed;
mod csv;
mod error;
mod jsonl;
mod parquet;
mod saved_page;
pub mod warc;
mod write;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::extract::{self, ExtractConfig};
use crate::model::{Article, Outlet, RawItem, RawPage, Registry, Role, Skipped};

use collect::Collector;
use compressed::{Compression, Hashed};

pub use error::{ReadError, ReadProblem, RecordError};
pub use write::{RecordFormat, write_records};

/// How files are read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// Says to which outlet the address of a page belongs, and how its pages are read.
    pub registry: &'a Registry,
    /// Stop at the first unusable record.
    pub strict: bool,
    /// Id of the outlet of pages whose address does not tell it.
    pub outlet: Option<&'a str>,
    /// Address of a saved page, in place of the one that it names itself.
    pub url: Option<&'a str>,
    /// The present: when saved pages are seen, and what later publication times are not believed.
    pub now: Option<DateTime<Utc>>,
}

impl<'a> ReadOptions<'a> {
    /// Reads leniently, at no particular time.
    pub fn new(registry: &'a Registry) -> ReadOptions<'a> {
        ReadOptions { registry, strict: false, outlet: None, url: None, now: None }
    }
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct InputFile {
    /// Its name without folders.
    pub name: String,
    /// SHA-256 of its bytes as stored, hex.
    pub sha256: String,
    /// Records read.
    pub records: usize,
    /// Records skipped.
    pub skipped: usize,
}

/// The articles of some files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Records {
    /// In the order of the files.
    pub articles: Vec<Article>,
    /// Roles that records gave to outlets, by outlet id.
    pub roles: BTreeMap<String, Role>,
    /// Unreadable records.
    pub skipped: Vec<Skipped>,
    /// The files.
    pub files: Vec<InputFile>,
}

impl Records {
    /// Returns the registry with the outlets of these records: a role given by a record goes before
    /// the registry's; an outlet that is in neither is a subject.
    pub fn registry(&self, base: &Registry) -> Registry {
        let mut known: BTreeMap<&str, Outlet> =
            base.outlets.iter().map(|o| (o.id.as_str(), o.clone())).collect();
        for article in &self.articles {
            if !known.contains_key(article.outlet.as_str()) {
                known.insert(&article.outlet, Outlet::unlisted(&article.outlet));
            }
        }
        for (id, role) in &self.roles {
            if let Some(outlet) = known.get_mut(id.as_str()) {
                outlet.role = *role;
            }
        }
        Registry::new(known.into_values())
    }
}

/// Reads the articles of one file, with the built-in registry: `.jsonl`, `.csv`, `.parquet` (`.gz` and
/// `.zst` too), `.warc`, `.html`. What cannot be read is in [`Records::skipped`].
///
/// # Errors
///
/// Fails if the file cannot be read at all, or its ending is unknown.
pub fn read(path: impl AsRef<Path>) -> Result<Records, ReadError> {
    read_files(&[path], &ReadOptions::new(&crate::outlets::embedded()))
}

/// Reads the articles of files; `-` is JSONL on standard input.
///
/// # Errors
///
/// Fails if a file cannot be read at all or its ending is unknown; if reading is strict, on the first
/// bad record.
pub fn read_files(
    paths: &[impl AsRef<Path>],
    options: &ReadOptions<'_>,
) -> Result<Records, ReadError> {
    let mut records = Records::default();
    for path in paths {
        let path = path.as_ref();
        read_file(path, options, &mut records)
            .map_err(|problem| ReadError { file: path.to_owned(), problem })?;
    }
    Ok(records)
}

/// What a file holds, by its ending without a compression suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jsonl,
    Csv,
    Parquet,
    Warc,
    Html,
}

fn format_of(name: &str) -> Option<(Format, Compression)> {
    let (plain, compression) = compressed::by_ending(name);
    let ending = plain.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let format = match ending.as_str() {
        "jsonl" | "ndjson" | "json" | "-" => Format::Jsonl,
        "csv" => Format::Csv,
        "parquet" => Format::Parquet,
        "warc" => Format::Warc,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        _ => return None,
    };
    Some((format, compression))
}

fn read_file(
    path: &Path,
    options: &ReadOptions<'_>,
    into: &mut Records,
) -> Result<(), ReadProblem> {
    let name = path.file_name().map_or_else(|| "-".into(), |n| n.to_string_lossy().into_owned());
    let (format, compression) = format_of(&name).ok_or(ReadProblem::UnknownEnding)?;
    let open = || File::open(path).map_err(ReadProblem::Open);
    let mut collector = Collector::new(name.clone(), options.strict, into);
    let sha256 = if format == Format::Parquet {
        parquet::read(open()?, &mut collector)?;
        Hashed::new(open()?).finish()?
    } else {
        let source: Box<dyn Read> =
            if name == "-" { Box::new(std::io::stdin()) } else { Box::new(open()?) };
        let mut hashed = Hashed::new(source);
        let decoded = compressed::decoder(&mut hashed, compression)?;
        match format {
            Format::Csv => csv::read(decoded, &mut collector)?,
            Format::Warc | Format::Html => pages(decoded, format, options, &mut collector)?,
            _ => jsonl::read(BufReader::with_capacity(1 << 16, decoded), &mut collector)?,
        }
        hashed.finish()?
    };
    let (records, skipped) = collector.counts();
    into.files.push(InputFile { name, sha256, records, skipped });
    Ok(())
}

/// Reads the pages of a WARC file, or one saved page, as articles.
fn pages(
    source: impl Read,
    format: Format,
    options: &ReadOptions<'_>,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    let mut captures = Vec::new();
    if format == Format::Warc {
        warc::read(source, &mut |capture| {
            captures.push((capture.url, Some(capture.at), capture.page))
        })?;
    } else {
        let (url, page) = saved_page::read(source, options.url)?;
        captures.push((url, options.now, page));
    }
    let mut items = Vec::new();
    for (url, seen, page) in captures {
        match outlet_of(&url, options) {
            Some((outlet, edition)) => items.push(item(outlet, edition, url, seen, page)),
            None => collector.skip(
                (!url.is_empty()).then_some(url),
                "no outlet of the registry has this address; give --outlet ID".into(),
            )?,
        }
    }
    let config = ExtractConfig { now: options.now };
    let (articles, unusable) = extract::articles(&items, options.registry, &config);
    collector.articles(articles);
    unusable.into_iter().try_for_each(|skipped| collector.skip(Some(skipped.what), skipped.reason))
}

fn item(
    outlet: String,
    edition: String,
    url: String,
    seen: Option<DateTime<Utc>>,
    page: RawPage,
) -> RawItem {
    RawItem {
        outlet,
        edition,
        url,
        first_seen: seen,
        page: Some(page),
        version: 1,
        ..RawItem::default()
    }
}

/// Outlet and edition: as given, else by the address.
fn outlet_of(url: &str, options: &ReadOptions<'_>) -> Option<(String, String)> {
    let address = url::Url::parse(url).ok();
    let known = address
        .as_ref()
        .and_then(|address| options.registry.by_address(address.host_str()?, address.path()));
    let edition = known.and_then(|(_, edition)| edition).map(|e| e.id.clone()).unwrap_or_default();
    match (options.outlet, known) {
        (Some(id), _) => Some((id.to_owned(), edition)),
        (None, Some((outlet, _))) => Some((outlet.id.clone(), edition)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests;
