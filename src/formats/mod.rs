//! Files of articles, both ways: JSONL, CSV, Parquet, WARC and saved pages.
//!
//! [`read()`] and [`read_files`] give the articles of files, whatever their format: the name's ending
//! tells it. [`write_records`] writes articles so that they can be read again, [`warc::write`] their
//! pages. In JSONL, CSV and Parquet a record is an article ([`RecordFields`](crate::extract::RecordFields)
//! names the fields); WARC files and saved pages hold pages, which are read as articles by
//! [`extract`].
//!
//! A file of lines is read in blocks of whole records; the records of a block are parsed in parallel. A
//! bad record is skipped and reported with its line (or row) number; strict reading stops on it. Names of fields,
//! separators, encodings and types of other programs are understood; what cannot be told (which of two numbers is the
//! month) is refused, never guessed.

mod collect;
mod compressed;
mod csv;
mod date_order;
mod encoding;
mod error;
mod fields;
mod http_body;
mod json;
mod outlet_names;
mod own_ids;
mod pages_check;
pub(crate) mod parquet;
pub(crate) mod saved_page;
pub mod warc;
mod write;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};

use crate::extract::{self, ExtractConfig};
use crate::model::{Article, Outlet, RawItem, RawPage, Registry, Role, Skipped};

use collect::{Collector, HandOn};
use compressed::{Compression, Hashed};
use outlet_names::OutletNames;
use saved_page::SavedPage;

pub use error::{ReadError, ReadProblem, RecordError};
pub use write::{RecordFormat, write_records};

/// How files are read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// Says which outlet a name or an address means, and how pages are read.
    pub registry: &'a Registry,
    /// Stop at the first unusable record.
    pub strict: bool,
    /// Id of the outlet of pages whose address does not tell it.
    pub outlet: Option<&'a str>,
    /// Address of a saved page, in place of the one that it names itself.
    pub url: Option<&'a str>,
    /// The present: when saved pages are seen, and what later publication times are not believed.
    pub now: Option<DateTime<Utc>>,
    /// Counts the bytes of the files as they are read, for whoever shows how it goes on.
    pub bytes_read: Option<&'a AtomicU64>,
}

impl<'a> ReadOptions<'a> {
    /// Reads leniently, at no particular time.
    pub fn new(registry: &'a Registry) -> ReadOptions<'a> {
        ReadOptions {
            registry,
            strict: false,
            outlet: None,
            url: None,
            now: None,
            bytes_read: None,
        }
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
    /// Unreadable records; of each file the first thousand.
    pub skipped: Vec<Skipped>,
    /// What was remarked about the files that cost no record.
    pub notes: Vec<String>,
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
    let names = OutletNames::new(options.registry);
    for path in paths {
        let path = path.as_ref();
        read_file(path, options, &names, &mut records, None)
            .map_err(|problem| ReadError { file: path.to_owned(), problem })?;
    }
    records.notes.extend(own_ids::separate(&mut records.articles));
    Ok(records)
}

/// As [`read_files`], but hands the articles on as they are read: in [`Records`] there are none at the end. Ids stay as
/// they are, also one that stands for several articles.
///
/// # Errors
///
/// As for [`read_files`].
pub fn read_each(
    paths: &[impl AsRef<Path>],
    options: &ReadOptions<'_>,
    take: &mut dyn FnMut(Vec<Article>),
) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let names = OutletNames::new(options.registry);
    for path in paths {
        let path = path.as_ref();
        read_file(path, options, &names, &mut records, Some(&mut *take))
            .map_err(|problem| ReadError { file: path.to_owned(), problem })?;
    }
    Ok(records)
}

/// What a file holds, by its ending without a compression suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
    Parquet,
    Warc,
    Page,
}

fn format_of(name: &str) -> Option<(Format, Compression)> {
    let (plain, compression) = compressed::by_ending(name);
    let ending = plain.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let format = match ending.as_str() {
        "jsonl" | "ndjson" | "json" | "-" => Format::Json,
        "csv" | "tsv" | "tab" => Format::Csv,
        "parquet" => Format::Parquet,
        "warc" => Format::Warc,
        "html" | "htm" | "xhtml" | "shtml" | "mhtml" | "mht" => Format::Page,
        _ => return None,
    };
    Some((format, compression))
}

fn read_file(
    path: &Path,
    options: &ReadOptions<'_>,
    names: &OutletNames<'_>,
    into: &mut Records,
    hand_on: Option<HandOn<'_>>,
) -> Result<(), ReadProblem> {
    let name = path.file_name().map_or_else(|| "-".into(), |n| n.to_string_lossy().into_owned());
    if name.to_ascii_lowercase().ends_with(".wacz") {
        return Err(ReadProblem::Wacz);
    }
    let (format, compression) = format_of(&name).ok_or(ReadProblem::UnknownEnding)?;
    let open = || File::open(path).map_err(ReadProblem::Open);
    let collector = Collector::new(name.clone(), options.strict, names, into);
    let mut collector = match hand_on {
        Some(take) => collector.handing_on(take),
        None => collector,
    };
    let sha256 = if format == Format::Parquet {
        parquet::read(open()?, &mut collector)?;
        Hashed::new(open()?, options.bytes_read).finish()?
    } else {
        let source: Box<dyn Read> =
            if name == "-" { Box::new(std::io::stdin()) } else { Box::new(open()?) };
        let mut hashed = Hashed::new(source, options.bytes_read);
        match format {
            // A WARC file is a row of compressed records, which it takes apart itself.
            Format::Warc => warc_pages(&mut hashed, options, &mut collector)?,
            Format::Page => {
                let decoded = compressed::decoder(&mut hashed, compression)?;
                let page = saved_page::read(decoded, options.url)?;
                saved(page, options, &mut collector)?;
            }
            _ => {
                let decoded = compressed::decoder(&mut hashed, compression)?;
                text_records(decoded, format, &mut collector)?;
            }
        }
        hashed.finish()?
    };
    let (records, skipped) = collector.finish()?;
    into.files.push(InputFile { name, sha256, records, skipped });
    Ok(())
}

/// Reads the records of a text file, whatever its encoding.
fn text_records(
    source: impl Read,
    format: Format,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    let (text, encoding) = encoding::as_utf8(source)?;
    if let Some(encoding) = encoding {
        collector.note(format_args!("read as {}, since it is not UTF-8", encoding.name()));
    }
    match format {
        Format::Csv => csv::read(text, collector),
        _ => json::read(BufReader::with_capacity(1 << 16, text), collector),
    }
}

/// Reads the pages of a WARC file as articles.
fn warc_pages(
    source: impl Read,
    options: &ReadOptions<'_>,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    let mut captures = Vec::new();
    let passed = warc::read(source, &mut |capture| captures.push(capture))?;
    if !passed.kinds.is_empty() {
        let kinds: Vec<String> =
            passed.kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        collector.note(format_args!("records passed over: {}", kinds.join(", ")));
    }
    let mut items = Vec::new();
    for capture in captures {
        match outlet_of(&capture.url, options) {
            Some(outlet) => {
                items.push(item(outlet, capture.url, Some(capture.at), capture.page));
            }
            None => collector.skip(Some(capture.url), NO_OUTLET.into())?,
        }
    }
    extracted(&items, options, collector)?;
    passed.unread.into_iter().try_for_each(|skipped| {
        collector.skip(Some(skipped.what).filter(|what| !what.is_empty()), skipped.reason)
    })
}

/// Why a page is left out that belongs to nobody.
const NO_OUTLET: &str = "no outlet of the registry has this address; import it with --outlet ID";

/// Reads a saved page as an article. Of one without an address the content is its identity.
fn saved(
    saved: SavedPage,
    options: &ReadOptions<'_>,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    let SavedPage { url, captured, page } = saved;
    if let Some(kind) = saved_page::other_kind(&page.body) {
        return collector.skip(None, format!("not HTML, but {kind}"));
    }
    let Some(outlet) = outlet_of(&url, options) else {
        return collector.skip(Some(url).filter(|url| !url.is_empty()), NO_OUTLET.into());
    };
    let has_address = !url.is_empty();
    let items = [item(outlet, url, captured.or(options.now), page)];
    let config = ExtractConfig { now: options.now };
    let (mut articles, unusable) = extract::articles(&items, options.registry, &config);
    for article in articles.iter_mut().filter(|_| !has_address) {
        article.id = crate::ids::stable_id(&[&article.outlet, "page", &article.raw_sha256]);
    }
    collector.articles(articles);
    unusable.into_iter().try_for_each(|skipped| collector.skip(None, skipped.reason))
}

/// Reads pages as articles.
fn extracted(
    items: &[RawItem],
    options: &ReadOptions<'_>,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    let config = ExtractConfig { now: options.now };
    let (articles, unusable) = extract::articles(items, options.registry, &config);
    collector.articles(articles);
    unusable.into_iter().try_for_each(|skipped| collector.skip(Some(skipped.what), skipped.reason))
}

fn item(
    (outlet, edition): (String, String),
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
