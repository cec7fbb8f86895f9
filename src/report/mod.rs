//! Analysis to bytes, one file a format.
//!
//! [`OUTPUTS`] lists the files. [`files`] renders everything in memory; [`ReportIndex`] with [`Output::write`]
//! streams one file at a time, for large corpora. What a terminal shows is [`summary()`]. All text from outside passes through the
//! escaper of its format on the way.

pub(crate) mod alternatives;
mod csv;
mod document;
mod evidence;
mod example;
mod first;
mod graph;
mod growing;
mod html;
mod markup;
pub(crate) mod news;
mod outputs;
mod package;
mod parquet;
mod rank;
mod report_index;
mod stix;
mod summary;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod wide;
pub(crate) mod wording;

use chrono::{DateTime, Utc};

use crate::corpus::Corpus;
use crate::model::Analysis;

pub(crate) use csv::{guarded, share_cell};
pub use document::{
    AlignedRecord, AnchorRecord, ArticleRecord, ChainRecord, Document, DocumentError, EdgeRecord,
    EvidenceRecord, MatchRecord, NarrativeRecord, OutletRecord, PassageRecord, PhraseRecord,
    SCHEMA_VERSION, TagRecord,
};
pub(crate) use growing::{growing_header, growing_tables, growing_tables_of, write_growing};
pub(crate) use html::escape::{Html, archive_link};
pub(crate) use html::passages::{Piece, Span, Which, pieces_of_whole};
pub use news::{NewEdge, NewNarrative, News, RunBefore, news_lines};
pub use outputs::{OUTPUTS, Output, Written, all_outputs, outputs_of};
pub use report_index::ReportIndex;
pub use stix::StixProfile;
pub use summary::summary;
#[cfg(test)]
pub(crate) use tests::sample;

/// Version of the tool, as written into every output.
pub const TOOL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// How an analysis is reported.
#[expect(clippy::struct_excessive_bools, reason = "switches that do not depend on each other")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportConfig {
    /// `analysis.json` carries the whole text of each article, so that `fimi show` can print it.
    /// Without it only reused passages are quoted.
    pub texts: bool,
    /// CSV for Excel: byte order mark and CRLF.
    pub excel: bool,
    /// CSV text cells that start like a formula are left as they are.
    pub raw_text: bool,
    /// `new_edges.csv` and `new_narratives.csv` are written, from [`Run::news`].
    pub news: bool,
    /// Matrices of outlets are written, for spreadsheets.
    pub wide: bool,
    /// Every table is written as Parquet too.
    pub parquet: bool,
    /// `stix.json` is written, with these objects.
    pub stix: Option<StixProfile>,
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
    /// What is new since the last run; `None` if the run does not remember what was reported.
    pub news: Option<News>,
}

/// One finished file of an output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name in the output directory.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Name of the file that [`data_package`] makes.
pub const DATA_PACKAGE: &str = "datapackage.json";

/// Returns every file of an output directory but `run.json`, in the order of their names
/// ([`outputs_of`] the relations of the analysis).
///
/// All of them are in memory at once: for hundreds of thousands of matches, stream with [`Output::write`].
pub fn files(corpus: &Corpus, analysis: &Analysis, run: &Run, config: &ReportConfig) -> Vec<File> {
    let view = ReportIndex::new(corpus, analysis, run, config);
    let (mut files, mut written) = (Vec::new(), Vec::new());
    for output in outputs_of(analysis.relations, config) {
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        if let Ok(done) = output.write(&view, &mut bytes) {
            written.push(done);
        }
        files.push(File { name: output.name, bytes });
    }
    files.push(File { name: DATA_PACKAGE, bytes: data_package(&view, &written) });
    files.sort_by_key(|file| file.name);
    files
}

/// Returns `datapackage.json`, the codebook of the CSV files with the length and hash of each.
pub fn data_package(view: &ReportIndex, written: &[Written]) -> Vec<u8> {
    package::package(view, written)
}
