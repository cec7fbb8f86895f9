//! Analysis to bytes, one file a format.
//!
//! [`files`] renders everything in memory; [`View`] with [`write()`] streams one file at a time, for
//! large corpora. What a terminal shows is [`summary()`]. All text from outside passes through the
//! escaper of its format on the way.

pub(crate) mod alternatives;
mod csv;
mod document;
mod evidence;
mod example;
mod html;
mod package;
mod rank;
mod report_index;
#[cfg(test)]
pub(crate) mod sample;
mod summary;
mod table;
mod tables;
#[cfg(test)]
mod tests;
pub(crate) mod wording;

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::corpus::Corpus;
use crate::model::{Analysis, Relations};

pub(crate) use csv::guarded;
pub use document::{
    ArticleRecord, ChainRecord, Document, DocumentError, EdgeRecord, EvidenceRecord, MatchRecord,
    NarrativeRecord, OutletRecord, PassageRecord, PhraseRecord, SCHEMA_VERSION,
};
pub use report_index::View;
pub use summary::summary;

/// Version of the tool, as written into every output.
pub const TOOL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// How an analysis is reported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportConfig {
    /// `analysis.json` carries the whole text of each article, so that `fimi show` can print it.
    /// Without it only reused passages are quoted.
    pub texts: bool,
    /// CSV for Excel: byte order mark and CRLF.
    pub excel: bool,
    /// CSV text cells that start like a formula are left as they are.
    pub raw_text: bool,
}

/// What is known of the run besides its result.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Id of the run: a hash of settings, input and version.
    pub run_id: String,
    /// Start of the window, if one was set.
    pub since: Option<DateTime<Utc>>,
    /// End of the window (exclusive), if one was set.
    pub until: Option<DateTime<Utc>>,
    /// Settings of the analysis as they are to be shown: an object of one object a stage.
    pub settings: serde_json::Value,
}

/// One finished file of an output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name in the output directory.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What is known of a file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name in the output directory.
    pub name: &'static str,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content, hex.
    pub sha256: String,
}

/// Files of an output directory but `run.json` and `datapackage.json`, in the order of their names;
/// the latter is made from these by [`data_package`].
pub const FILES: [&str; 17] = [
    "analysis.json",
    "articles.csv",
    "chains.csv",
    "contrasts.csv",
    "coverage_gaps.csv",
    "edges.csv",
    "feeds_status.csv",
    "influence.csv",
    "matches.csv",
    "narrative_articles.csv",
    "narratives.csv",
    "outlet_pairs.csv",
    "passages.csv",
    "phrases.csv",
    "report.html",
    "shares.csv",
    "skipped.csv",
];

/// Those of [`FILES`] that a run over these relations writes: a file without rows would say that there is
/// nothing, where nobody looked.
pub fn files_of(relations: Relations) -> impl Iterator<Item = &'static str> {
    FILES.into_iter().filter(move |&name| match name {
        "articles.csv" | "coverage_gaps.csv" | "feeds_status.csv" | "matches.csv"
        | "skipped.csv" => true,
        "passages.csv" => relations.contains(Relations::REUSE),
        _ => relations.has_convergence(),
    })
}

/// Name of the file that [`data_package`] makes.
pub const DATA_PACKAGE: &str = "datapackage.json";

/// Returns every file of an output directory but `run.json`, in the order of their names
/// ([`files_of`] the relations of the analysis).
///
/// All of them are in memory at once: for hundreds of thousands of matches, stream with [`write()`].
pub fn files(corpus: &Corpus, analysis: &Analysis, run: &Run, config: &ReportConfig) -> Vec<File> {
    let view = View::new(corpus, analysis, run, config);
    let (mut files, mut written) = (Vec::new(), Vec::new());
    for name in files_of(analysis.relations) {
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        if let Ok(done) = write(&view, name, &mut bytes) {
            written.push(done);
        }
        files.push(File { name, bytes });
    }
    files.push(File { name: DATA_PACKAGE, bytes: data_package(&view, &written) });
    files.sort_by_key(|file| file.name);
    files
}

/// Writes one of [`FILES`] and returns its length and hash. Rows are rendered on the current rayon
/// pool and written in order; memory stays bounded.
///
/// # Errors
///
/// What `out` reports; [`io::ErrorKind::NotFound`] for a name that is not among [`FILES`].
pub fn write(view: &View, name: &'static str, out: &mut dyn Write) -> io::Result<Written> {
    let mut out = Hashing { out, hash: Sha256::new(), bytes: 0 };
    let dialect = csv::Dialect { excel: view.config.excel, raw: view.config.raw_text };
    match name {
        "analysis.json" => document::write(view, &mut out)?,
        "report.html" => out.write_all(&html::page(view))?,
        _ => match tables::TABLES.iter().find(|table| table.file == name) {
            Some(table) => table.write(view, dialect, &mut out)?,
            None => return Err(io::Error::new(io::ErrorKind::NotFound, name)),
        },
    }
    out.flush()?;
    Ok(Written { name, bytes: out.bytes, sha256: crate::ids::hex(&out.hash.finalize()) })
}

/// Returns `datapackage.json`, the codebook of the CSV files with the length and hash of each.
pub fn data_package(view: &View, written: &[Written]) -> Vec<u8> {
    package::package(view, written)
}

/// Passes bytes on, counts and hashes them.
struct Hashing<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
