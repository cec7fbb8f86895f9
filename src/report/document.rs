//! `analysis.json`: the whole analysis by ids, for programs and for `fimi show` and `fimi diff`,
//! which read it back. One record a line, so that text tools and `git diff` can work on it.

mod make;
mod records;

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use self::make::{
    article, borrowed, chain, contrast, edge, influence, matched, narrative, outlet, pair, phrase,
    surge, tag, watched,
};
pub use self::records::{
    AlignedRecord, AnchorRecord, ArticleRecord, ChainRecord, EdgeRecord, EvidenceRecord,
    MatchRecord, NarrativeRecord, OutletRecord, PassageRecord, PhraseRecord, TagRecord,
};
use super::report_index::ReportIndex;
use super::table::in_chunks;
use crate::model::{
    Contrast, CoverageGap, FeedStatus, InfluenceEdge, OutletPair, RegionMonth, RegionPair, Skipped,
    Surge, WatchedNarrative,
};

/// Version of the JSON format. It grows when a field is renamed, removed or changes its meaning;
/// new fields do not change it.
pub const SCHEMA_VERSION: u32 = 1;

/// What `analysis.json` holds. Everything is named by its stable id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document<'a> {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// Version of the tool that wrote it.
    pub tool_version: Cow<'a, str>,
    /// Id of the run.
    pub run_id: Cow<'a, str>,
    /// Start of the window, if one was set.
    pub since: Option<DateTime<Utc>>,
    /// End of the window (exclusive), if one was set.
    pub until: Option<DateTime<Utc>>,
    /// Settings of the analysis.
    pub settings: Cow<'a, serde_json::Value>,
    /// What the reader must know.
    pub notes: Vec<Cow<'a, str>>,
    /// Outlets that are known or occur, by id.
    pub outlets: Vec<OutletRecord<'a>>,
    /// In order of time.
    pub articles: Vec<ArticleRecord<'a>>,
    /// In order of (a, b).
    pub matches: Vec<MatchRecord<'a>>,
    /// In order of the first article.
    pub narratives: Vec<NarrativeRecord<'a>>,
    /// In order of (from, to).
    pub edges: Vec<EdgeRecord<'a>>,
    /// Longest first.
    pub chains: Vec<ChainRecord<'a>>,
    /// By outlet ids.
    pub outlet_pairs: Vec<OutletPair>,
    /// States under study, two by two, against the controls.
    #[serde(default)]
    pub contrasts: Vec<Cow<'a, Contrast>>,
    /// By pair, then by strength.
    pub phrases: Vec<PhraseRecord<'a>>,
    /// Exploratory: who takes things up after whom, by outlet ids.
    #[serde(default)]
    pub influence: Vec<Cow<'a, InfluenceEdge>>,
    /// What was watched for, in the order of the file; without terms and words.
    #[serde(default)]
    pub watched: Vec<WatchedNarrative>,
    /// Sentences that resemble a claim of the watchlist.
    #[serde(default)]
    pub tags: Vec<TagRecord<'a>>,
    /// Articles about a region, by outlet and month.
    #[serde(default)]
    pub regions: Vec<Cow<'a, RegionMonth>>,
    /// Matches between articles about a region, by pair and month.
    #[serde(default)]
    pub region_pairs: Vec<Cow<'a, RegionPair>>,
    /// Days on which a region was in the news far more than usual.
    #[serde(default)]
    pub surges: Vec<Surge>,
    /// Last poll of each source.
    pub feeds: Vec<Cow<'a, FeedStatus>>,
    /// Days on which an outlet was not heard.
    pub coverage_gaps: Vec<Cow<'a, CoverageGap>>,
    /// What was left out and why.
    pub skipped: Vec<Cow<'a, Skipped>>,
}

/// The records of one section, made one at a time.
fn records<T>(count: usize, record: impl Fn(usize) -> T) -> Vec<T> {
    (0..count).map(record).collect()
}

impl<'a> Document<'a> {
    /// Returns the document with its lists empty.
    fn head(view: &ReportIndex<'a>) -> Document<'a> {
        Document {
            schema_version: SCHEMA_VERSION,
            tool_version: borrowed(super::TOOL_VERSION),
            run_id: borrowed(&view.run.run_id),
            since: view.run.since,
            until: view.run.until,
            settings: Cow::Borrowed(&view.run.settings),
            notes: view.analysis.significance.notes.iter().map(|note| borrowed(note)).collect(),
            outlets: Vec::new(),
            articles: Vec::new(),
            matches: Vec::new(),
            narratives: Vec::new(),
            edges: Vec::new(),
            chains: Vec::new(),
            outlet_pairs: Vec::new(),
            contrasts: Vec::new(),
            phrases: Vec::new(),
            influence: Vec::new(),
            watched: Vec::new(),
            tags: Vec::new(),
            regions: Vec::new(),
            region_pairs: Vec::new(),
            surges: Vec::new(),
            feeds: Vec::new(),
            coverage_gaps: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Returns what `analysis.json` holds for an analysis, in memory.
    pub fn of(view: &ReportIndex<'a>) -> Document<'a> {
        let all = view.analysis;
        Document {
            outlets: records(view.corpus.registry().outlets.len(), |i| outlet(view, i)),
            articles: view.listed().iter().map(|&i| article(view, i)).collect(),
            matches: records(all.matches.len(), |i| matched(view, i)),
            narratives: records(all.narratives.len(), |i| narrative(view, i)),
            edges: records(all.diffusion.edges.len(), |i| edge(view, i)),
            chains: records(all.diffusion.chains.len(), |i| chain(view, i)),
            outlet_pairs: all.significance.pairs.iter().map(pair).collect(),
            contrasts: all.significance.contrasts.iter().map(contrast).collect(),
            phrases: records(all.significance.phrases.len(), |i| phrase(view, i)),
            influence: all.influence.edges.iter().map(influence).collect(),
            watched: all.watchlist.narratives.iter().map(watched).collect(),
            tags: records(all.watchlist.tags.len(), |i| tag(view, i)),
            regions: all.regions.months.iter().map(Cow::Borrowed).collect(),
            region_pairs: all.regions.pairs.iter().map(Cow::Borrowed).collect(),
            surges: all.regions.surges.iter().map(surge).collect(),
            feeds: view.corpus.feeds().iter().map(Cow::Borrowed).collect(),
            coverage_gaps: view.corpus.gaps().iter().map(Cow::Borrowed).collect(),
            skipped: view.corpus.skipped().iter().map(Cow::Borrowed).collect(),
            ..Document::head(view)
        }
    }

    /// Reads `analysis.json`.
    ///
    /// # Errors
    ///
    /// If the bytes are not JSON of this format, or were written with a later
    /// [`SCHEMA_VERSION`].
    pub fn read(bytes: &[u8]) -> Result<Document<'static>, DocumentError> {
        /// Only the version, to say so if the rest cannot be read for that reason.
        #[derive(Deserialize)]
        struct Version {
            schema_version: u32,
        }
        let version: Version = serde_json::from_slice(bytes).map_err(DocumentError::Syntax)?;
        if version.schema_version > SCHEMA_VERSION {
            return Err(DocumentError::Later(version.schema_version));
        }
        serde_json::from_slice(bytes).map_err(DocumentError::Syntax)
    }
}

/// Why an `analysis.json` cannot be read.
#[derive(Debug)]
pub enum DocumentError {
    /// Not JSON, or not of this format.
    Syntax(serde_json::Error),
    /// Written by a later version of the tool, with this schema version.
    Later(u32),
}

impl std::fmt::Display for DocumentError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            DocumentError::Syntax(error) => write!(f, "not an analysis written by fimi: {error}"),
            DocumentError::Later(version) => write!(
                f,
                "schema version {version} is later than {SCHEMA_VERSION}, the latest this version of fimi reads; update fimi"
            ),
        }
    }
}

impl std::error::Error for DocumentError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DocumentError::Syntax(error) => Some(error),
            DocumentError::Later(_) => None,
        }
    }
}

/// Writes `analysis.json` record by record, without building the whole document.
pub(super) fn write(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    let all = view.analysis;
    write_head(view, out)?;
    section(out, "outlets", view.corpus.registry().outlets.len(), |i| outlet(view, i))?;
    section(out, "articles", view.listed().len(), |i| article(view, view.listed()[i]))?;
    section(out, "matches", all.matches.len(), |i| matched(view, i))?;
    section(out, "narratives", all.narratives.len(), |i| narrative(view, i))?;
    section(out, "edges", all.diffusion.edges.len(), |i| edge(view, i))?;
    section(out, "chains", all.diffusion.chains.len(), |i| chain(view, i))?;
    let pairs = &all.significance.pairs;
    section(out, "outlet_pairs", pairs.len(), |i| pair(&pairs[i]))?;
    let contrasts = &all.significance.contrasts;
    section(out, "contrasts", contrasts.len(), |i| contrast(&contrasts[i]))?;
    section(out, "phrases", all.significance.phrases.len(), |i| phrase(view, i))?;
    let edges = &all.influence.edges;
    section(out, "influence", edges.len(), |i| influence(&edges[i]))?;
    let narratives = &all.watchlist.narratives;
    section(out, "watched", narratives.len(), |i| watched(&narratives[i]))?;
    section(out, "tags", all.watchlist.tags.len(), |i| tag(view, i))?;
    let regions = &all.regions;
    section(out, "regions", regions.months.len(), |i| &regions.months[i])?;
    section(out, "region_pairs", regions.pairs.len(), |i| &regions.pairs[i])?;
    section(out, "surges", regions.surges.len(), |i| surge(&regions.surges[i]))?;
    section(out, "feeds", view.corpus.feeds().len(), |i| &view.corpus.feeds()[i])?;
    section(out, "coverage_gaps", view.corpus.gaps().len(), |i| &view.corpus.gaps()[i])?;
    section(out, "skipped", view.corpus.skipped().len(), |i| &view.corpus.skipped()[i])?;
    out.write_all(b"\n}\n")
}

fn write_head(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    let head = Document::head(view);
    out.write_all(b"{")?;
    let mut first = true;
    let mut field = |out: &mut dyn Write, name: &str, value: serde_json::Result<String>| {
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        write!(out, "\"{name}\":{}", value.map_err(io::Error::from)?)
    };
    field(out, "schema_version", serde_json::to_string(&head.schema_version))?;
    field(out, "tool_version", serde_json::to_string(&head.tool_version))?;
    field(out, "run_id", serde_json::to_string(&head.run_id))?;
    field(out, "since", serde_json::to_string(&head.since))?;
    field(out, "until", serde_json::to_string(&head.until))?;
    field(out, "settings", serde_json::to_string(&head.settings))?;
    field(out, "notes", serde_json::to_string(&head.notes))
}

/// Writes `,"name":[` and the records, one a line.
fn section<T: Serialize>(
    out: &mut dyn Write,
    name: &str,
    count: usize,
    record: impl Fn(usize) -> T + Sync,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    let positions: Vec<usize> = (0..count).collect();
    in_chunks(&positions, out, |&i, bytes| {
        bytes.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
        // Writing to memory cannot fail, and every key is a string.
        let _ = serde_json::to_writer(&mut *bytes, &record(i));
    })?;
    out.write_all(if count == 0 { b"]" } else { b"\n]" })
}
