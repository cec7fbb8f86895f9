//! `analysis.json`: the whole analysis by ids, for programs and for `fimi show` and `fimi diff`,
//! which read it back. One record a line, so that text tools and `git diff` can work on it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::example::example;
use super::table::in_chunks;
use super::view::{View, origin_article, passage_text, passage_text_b};
use crate::model::{
    ArticleRole, Citation, Contrast, CoverageGap, Evidence, FeedStatus, Grade, InfluenceEdge,
    LagQuantiles, LagSign, Link, OutletPair, PassageKind, Published, Relation, Rhythm, Role,
    Skipped,
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
    /// Last poll of each source.
    pub feeds: Vec<Cow<'a, FeedStatus>>,
    /// Days on which an outlet was not heard.
    pub coverage_gaps: Vec<Cow<'a, CoverageGap>>,
    /// What was left out and why.
    pub skipped: Vec<Cow<'a, Skipped>>,
}

/// An outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutletRecord<'a> {
    /// Outlet id.
    pub id: Cow<'a, str>,
    /// Name for people.
    pub name: Cow<'a, str>,
    /// Subject, wire or control.
    pub role: Role,
    /// ISO 3166-1 code of the owning or funding state.
    pub state: Option<Cow<'a, str>>,
    /// The organisation that runs it.
    pub operator: Option<Cow<'a, str>>,
    /// Kind of relation to the state.
    pub typology: Option<Cow<'a, str>>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord<'a> {
    /// Article id.
    pub id: Cow<'a, str>,
    /// Outlet id.
    pub outlet: Cow<'a, str>,
    /// Edition id; empty if unknown.
    pub edition: Cow<'a, str>,
    /// ISO 639-1 code; empty if unknown.
    pub language: Cow<'a, str>,
    /// Canonical address; may be empty.
    pub url: Cow<'a, str>,
    /// Headline.
    pub title: Cow<'a, str>,
    /// Author or agency line; empty if none.
    pub byline: Cow<'a, str>,
    /// Claimed publication time.
    pub published: Option<Cow<'a, Published>>,
    /// When it was first seen.
    pub first_seen: Option<DateTime<Utc>>,
    /// Half-width in minutes of the interval in which it appeared; absent if its time gives no
    /// direction.
    pub clock_error_minutes: Option<f64>,
    /// Words of the text.
    pub words: usize,
    /// Narrative that holds it.
    pub narrative: Option<Cow<'a, str>>,
    /// Links in the body.
    pub links: Cow<'a, [Link]>,
    /// Other outlets named.
    pub citations: Cow<'a, [Citation]>,
    /// SHA-256 of the bytes it was read from; empty for imported records.
    pub raw_sha256: Cow<'a, str>,
    /// SHA-256 of the text.
    pub text_sha256: Cow<'a, str>,
    /// Version, from 1.
    pub version: u32,
    /// What the normalizer wants known.
    pub flags: Cow<'a, [String]>,
    /// The whole text; only with [`super::ReportConfig::texts`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
}

/// A match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchRecord<'a> {
    /// Match id.
    pub id: Cow<'a, str>,
    /// Article id of the first in the order.
    pub a: Cow<'a, str>,
    /// Article id of the other.
    pub b: Cow<'a, str>,
    /// Relation of the texts.
    pub relation: Relation,
    /// Share of a's shingles in b, six decimals.
    pub containment_a: f64,
    /// Share of b's shingles in a, six decimals.
    pub containment_b: f64,
    /// TF-IDF cosine, six decimals.
    pub lexical: Option<f64>,
    /// Embedding cosine, six decimals.
    pub semantic: Option<f64>,
    /// Similarity of the headlines, six decimals.
    pub title: f64,
    /// A common source explains it.
    pub common_source: bool,
    /// Reused passages in the order of their place in a.
    pub passages: Vec<PassageRecord<'a>>,
}

/// A reused passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassageRecord<'a> {
    /// Byte offsets in a's text, half-open.
    pub a: [usize; 2],
    /// Byte offsets in b's text.
    pub b: [usize; 2],
    /// Equal words.
    pub words: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Why it was given that kind.
    pub why: Cow<'a, str>,
    /// For kind `wire`: article id of the earliest holder in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Cow<'a, str>>,
    /// The passage as in a; without [`super::ReportConfig::texts`] at most its first 600 bytes.
    pub text: Cow<'a, str>,
    /// The passage as in b, where that differs; cut like `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_b: Option<Cow<'a, str>>,
}

/// A narrative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NarrativeRecord<'a> {
    /// Narrative id.
    pub id: Cow<'a, str>,
    /// Most central headline or key phrases.
    pub label: Cow<'a, str>,
    /// What marks it, strongest first.
    pub key_phrases: Cow<'a, [String]>,
    /// Article ids in order of time.
    pub articles: Vec<Cow<'a, str>>,
    /// Parallel to `articles`; empty if not computed.
    pub roles: Cow<'a, [ArticleRole]>,
    /// Outlet ids, sorted.
    pub outlets: Cow<'a, [String]>,
    /// Article id of the first.
    pub first: Cow<'a, str>,
    /// UTC day with the most articles.
    pub peak: NaiveDate,
    /// Articles per UTC day.
    pub timeline: Cow<'a, BTreeMap<NaiveDate, usize>>,
}

/// An edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EdgeRecord<'a> {
    /// Edge id.
    pub id: Cow<'a, str>,
    /// Article id where it starts; absent if that is not in the archive.
    pub from: Option<Cow<'a, str>>,
    /// Outlet id where it starts; absent for a statement.
    pub outlet_from: Option<Cow<'a, str>>,
    /// Article id where it ends.
    pub to: Cow<'a, str>,
    /// Outlet id where it ends.
    pub outlet_to: Cow<'a, str>,
    /// Grade.
    pub grade: Grade,
    /// Time of `to` minus time of `from`.
    pub lag_minutes: Option<f64>,
    /// Sum of both clock errors.
    pub clock_error_minutes: Option<f64>,
    /// Narrative that holds both.
    pub narrative: Option<Cow<'a, str>>,
    /// The facts.
    pub evidence: Vec<EvidenceRecord<'a>>,
}

/// One fact behind an edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EvidenceRecord<'a> {
    /// `to` links to `from`, or names it as its canonical address.
    Link {
        /// The address.
        url: Cow<'a, str>,
        /// It is the canonical address.
        canonical: bool,
    },
    /// `to` cites the outlet of `from`.
    Cites(Cow<'a, Citation>),
    /// A reused passage.
    Passage {
        /// Match id.
        #[serde(rename = "match")]
        matched: Cow<'a, str>,
        /// Position in the match's passages, from 0.
        passage: usize,
    },
    /// Narrative overlap.
    Overlap {
        /// Match id.
        #[serde(rename = "match")]
        matched: Cow<'a, str>,
    },
    /// The match that a common source explains.
    Explains {
        /// Match id.
        #[serde(rename = "match")]
        matched: Cow<'a, str>,
    },
}

/// A chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChainRecord<'a> {
    /// Chain id.
    pub id: Cow<'a, str>,
    /// Narrative that holds all its articles.
    pub narrative: Option<Cow<'a, str>>,
    /// Edge ids from the first article to the last.
    pub edges: Vec<Cow<'a, str>>,
    /// Outlet ids along the path.
    pub outlets: Cow<'a, [String]>,
    /// States along the path, without repeats.
    pub states: Cow<'a, [String]>,
    /// Weakest grade.
    pub weakest: Grade,
    /// Time from the first article to the last.
    pub lag_minutes: f64,
}

/// A phrase that two outlets over-use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhraseRecord<'a> {
    /// The n-gram.
    pub phrase: Cow<'a, str>,
    /// Outlet id.
    pub outlet_a: Cow<'a, str>,
    /// Outlet id.
    pub outlet_b: Cow<'a, str>,
    /// Articles of a that use it.
    pub count_a: usize,
    /// Articles of b that use it.
    pub count_b: usize,
    /// Articles of all controls that use it.
    pub count_control: usize,
    /// Log-odds z-score of a against the controls.
    pub z_a: f64,
    /// Log-odds z-score of b against the controls.
    pub z_b: f64,
    /// False discovery rate.
    pub q: f64,
    /// Article ids, one of each outlet.
    pub examples: [Cow<'a, str>; 2],
    /// The sentence of each that holds the phrase, cut as in `phrases.csv`.
    #[serde(default)]
    pub sentences: [Cow<'a, str>; 2],
}

/// Six decimals: finer than anything that is decided, and read back exactly.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// Six significant digits, for probabilities.
fn significant(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// A pair with its figures rounded as those of the other records.
fn pair(pair: &OutletPair) -> OutletPair {
    let ends = |(low, high): (f64, f64)| (rounded(low), rounded(high));
    let lag = |lag: Option<LagQuantiles>| {
        lag.map(|q| LagQuantiles {
            n: q.n,
            p10: rounded(q.p10),
            median: rounded(q.median),
            median_interval: q.median_interval.map(ends),
            p90: rounded(q.p90),
        })
    };
    OutletPair {
        share_a: rounded(pair.share_a),
        share_b: rounded(pair.share_b),
        overlap: rounded(pair.overlap),
        share_a_interval: pair.share_a_interval.map(ends),
        share_b_interval: pair.share_b_interval.map(ends),
        overlap_interval: pair.overlap_interval.map(ends),
        reciprocity: pair.reciprocity.map(rounded),
        lag_ab: lag(pair.lag_ab),
        lag_ba: lag(pair.lag_ba),
        expected: pair.expected.map(rounded),
        effect: pair.effect.map(rounded),
        effect_interval: pair.effect_interval.map(ends),
        reciprocity_interval: pair.reciprocity_interval.map(ends),
        rhythm: pair.rhythm.map(|r| Rhythm {
            synchrony: rounded(r.synchrony),
            synchrony_q: significant(r.synchrony_q),
            lead: rounded(r.lead),
            lead_q: significant(r.lead_q),
            shifts: r.shifts,
        }),
        order: LagSign {
            expected: pair.order.expected.map(rounded),
            q: pair.order.q.map(significant),
            ..pair.order
        },
        p: pair.p.map(significant),
        q: pair.q.map(significant),
        ..pair.clone()
    }
}

fn borrowed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn some_unless_empty(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

fn article_id<'a>(view: &View<'a>, index: usize) -> Cow<'a, str> {
    borrowed(&view.article(index).id)
}

fn article<'a>(view: &View<'a>, index: usize) -> ArticleRecord<'a> {
    let article = view.article(index);
    ArticleRecord {
        id: borrowed(&article.id),
        outlet: borrowed(&article.outlet),
        edition: borrowed(&article.edition),
        language: borrowed(&article.language),
        url: borrowed(&article.url),
        title: borrowed(&article.title),
        byline: borrowed(&article.byline),
        published: article.published.as_ref().map(Cow::Borrowed),
        first_seen: article.first_seen,
        clock_error_minutes: article.clock_error().map(|e| e.num_seconds() as f64 / 60.0),
        words: view.words(index),
        narrative: some_unless_empty(view.narrative_id(view.narrative_of(index))),
        links: Cow::Borrowed(&article.links),
        citations: Cow::Borrowed(&article.citations),
        raw_sha256: borrowed(&article.raw_sha256),
        text_sha256: borrowed(&article.text_sha256),
        version: article.version,
        flags: Cow::Borrowed(&article.flags),
        text: view.config.texts.then(|| borrowed(&article.text)),
    }
}

/// Bytes of a passage that are quoted, about 100 words: enough to see what it is. Whole texts of
/// copies would be most of the file; `passages.csv` has them.
const QUOTED_BYTES: usize = 600;

/// The beginning of a passage, cut between words if there are spaces.
fn beginning(text: &str) -> &str {
    if text.len() <= QUOTED_BYTES {
        return text;
    }
    let cut = &text[..text.floor_char_boundary(QUOTED_BYTES)];
    cut.rsplit_once(char::is_whitespace).map_or(cut, |(whole, _)| whole)
}

impl PassageRecord<'_> {
    /// Whether `text` is less than the whole passage.
    pub fn is_cut(&self) -> bool {
        self.text.len() < self.a[1].saturating_sub(self.a[0])
    }
}

fn matched<'a>(view: &View<'a>, index: usize) -> MatchRecord<'a> {
    let matched = view.matched(index);
    let (a, b) = (view.article(matched.a), view.article(matched.b));
    let passages = matched.passages.iter().map(|passage| {
        let (text, text_b) = (passage_text(a, passage), passage_text_b(b, passage));
        let differs = text != text_b;
        let quote = |text| if view.config.texts { text } else { beginning(text) };
        PassageRecord {
            a: [passage.a.start, passage.a.end],
            b: [passage.b.start, passage.b.end],
            words: passage.words,
            kind: passage.kind,
            why: borrowed(&passage.why),
            holder: passage.holder.map(|holder| article_id(view, holder)),
            text: borrowed(quote(text)),
            text_b: differs.then(|| borrowed(quote(text_b))),
        }
    });
    MatchRecord {
        id: borrowed(&matched.id),
        a: borrowed(&a.id),
        b: borrowed(&b.id),
        relation: matched.relation,
        containment_a: rounded(matched.containment_a),
        containment_b: rounded(matched.containment_b),
        lexical: matched.lexical.map(rounded),
        semantic: matched.semantic.map(rounded),
        title: rounded(matched.title),
        common_source: view.has_common_source(index),
        passages: passages.collect(),
    }
}

fn narrative<'a>(view: &View<'a>, index: usize) -> NarrativeRecord<'a> {
    let narrative = &view.analysis.narratives[index];
    let roles = view.analysis.amplification.roles.get(index).map_or(&[][..], Vec::as_slice);
    NarrativeRecord {
        id: borrowed(&narrative.id),
        label: borrowed(&narrative.label),
        key_phrases: Cow::Borrowed(&narrative.key_phrases),
        articles: narrative.articles.iter().map(|&a| article_id(view, a)).collect(),
        roles: Cow::Borrowed(roles),
        outlets: Cow::Borrowed(&narrative.outlets),
        first: article_id(view, narrative.first),
        peak: narrative.peak,
        timeline: Cow::Borrowed(&narrative.timeline),
    }
}

fn evidence<'a>(view: &View<'a>, evidence: &'a Evidence) -> EvidenceRecord<'a> {
    let match_id = |index: usize| borrowed(&view.matched(index).id);
    match evidence {
        Evidence::Link { url, canonical } => {
            EvidenceRecord::Link { url: borrowed(url), canonical: *canonical }
        }
        Evidence::Cites(citation) => EvidenceRecord::Cites(Cow::Borrowed(citation)),
        Evidence::Passage { matched, passage } => {
            EvidenceRecord::Passage { matched: match_id(*matched), passage: *passage }
        }
        Evidence::Overlap { matched } => EvidenceRecord::Overlap { matched: match_id(*matched) },
        Evidence::Explains { matched } => EvidenceRecord::Explains { matched: match_id(*matched) },
    }
}

fn edge<'a>(view: &View<'a>, index: usize) -> EdgeRecord<'a> {
    let edge = view.edge(index);
    EdgeRecord {
        id: borrowed(&edge.id),
        from: origin_article(edge).map(|a| article_id(view, a)),
        outlet_from: some_unless_empty(view.origin_outlet(edge)),
        to: article_id(view, edge.to),
        outlet_to: borrowed(&view.article(edge.to).outlet),
        grade: edge.grade,
        lag_minutes: edge.lag_minutes.map(rounded),
        clock_error_minutes: edge.clock_error_minutes.map(rounded),
        narrative: some_unless_empty(view.narrative_id(edge.narrative)),
        evidence: edge.evidence.iter().map(|e| evidence(view, e)).collect(),
    }
}

fn chain<'a>(view: &View<'a>, index: usize) -> ChainRecord<'a> {
    let chain = &view.analysis.amplification.chains[index];
    ChainRecord {
        id: borrowed(&chain.id),
        narrative: some_unless_empty(view.narrative_id(chain.narrative)),
        edges: chain.edges.iter().map(|&e| borrowed(&view.edge(e).id)).collect(),
        outlets: Cow::Borrowed(&chain.outlets),
        states: Cow::Borrowed(&chain.states),
        weakest: chain.weakest,
        lag_minutes: rounded(chain.lag_minutes),
    }
}

fn phrase<'a>(view: &View<'a>, index: usize) -> PhraseRecord<'a> {
    let phrase = &view.analysis.significance.phrases[index];
    PhraseRecord {
        phrase: borrowed(&phrase.phrase),
        outlet_a: borrowed(&phrase.outlet_a),
        outlet_b: borrowed(&phrase.outlet_b),
        count_a: phrase.count_a,
        count_b: phrase.count_b,
        count_control: phrase.count_control,
        z_a: rounded(phrase.z_a),
        z_b: rounded(phrase.z_b),
        q: significant(phrase.q),
        examples: [0, 1].map(|side| article_id(view, phrase.examples[side].article)),
        sentences: [0, 1].map(|side| example(view, &phrase.examples[side]).sentence().into()),
    }
}

fn contrast(contrast: &Contrast) -> Cow<'_, Contrast> {
    Cow::Owned(Contrast {
        expected: rounded(contrast.expected),
        expected_control: rounded(contrast.expected_control),
        ratio: rounded(contrast.ratio),
        interval: (rounded(contrast.interval.0), rounded(contrast.interval.1)),
        ..contrast.clone()
    })
}

fn influence(edge: &InfluenceEdge) -> Cow<'_, InfluenceEdge> {
    Cow::Owned(InfluenceEdge {
        gain: rounded(edge.gain),
        strength: rounded(edge.strength),
        median_lag_minutes: edge.median_lag_minutes.map(rounded),
        ..edge.clone()
    })
}

fn outlet<'a>(view: &View<'a>, index: usize) -> OutletRecord<'a> {
    let outlet = &view.analysis.registry.outlets[index];
    OutletRecord {
        id: borrowed(&outlet.id),
        name: borrowed(&outlet.name),
        role: outlet.role,
        state: outlet.state.as_deref().map(borrowed),
        operator: outlet.operator.as_deref().map(borrowed),
        typology: outlet.typology.as_deref().map(borrowed),
    }
}

/// The records of one section, made one at a time.
fn records<T>(count: usize, record: impl Fn(usize) -> T) -> Vec<T> {
    (0..count).map(record).collect()
}

impl<'a> Document<'a> {
    /// Returns the document with its lists empty.
    fn head(view: &View<'a>) -> Document<'a> {
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
            feeds: Vec::new(),
            coverage_gaps: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Returns what `analysis.json` holds for an analysis, in memory.
    pub fn of(view: &View<'a>) -> Document<'a> {
        let all = view.analysis;
        Document {
            outlets: records(all.registry.outlets.len(), |i| outlet(view, i)),
            articles: records(all.articles.len(), |i| article(view, i)),
            matches: records(all.matches.len(), |i| matched(view, i)),
            narratives: records(all.narratives.len(), |i| narrative(view, i)),
            edges: records(all.amplification.edges.len(), |i| edge(view, i)),
            chains: records(all.amplification.chains.len(), |i| chain(view, i)),
            outlet_pairs: all.significance.pairs.iter().map(pair).collect(),
            contrasts: all.significance.contrasts.iter().map(contrast).collect(),
            phrases: records(all.significance.phrases.len(), |i| phrase(view, i)),
            influence: all.influence.edges.iter().map(influence).collect(),
            feeds: all.feeds.iter().map(Cow::Borrowed).collect(),
            coverage_gaps: all.gaps.iter().map(Cow::Borrowed).collect(),
            skipped: all.skipped.iter().map(Cow::Borrowed).collect(),
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
pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let all = view.analysis;
    write_head(view, out)?;
    section(out, "outlets", all.registry.outlets.len(), |i| outlet(view, i))?;
    section(out, "articles", all.articles.len(), |i| article(view, i))?;
    section(out, "matches", all.matches.len(), |i| matched(view, i))?;
    section(out, "narratives", all.narratives.len(), |i| narrative(view, i))?;
    section(out, "edges", all.amplification.edges.len(), |i| edge(view, i))?;
    section(out, "chains", all.amplification.chains.len(), |i| chain(view, i))?;
    let pairs = &all.significance.pairs;
    section(out, "outlet_pairs", pairs.len(), |i| pair(&pairs[i]))?;
    let contrasts = &all.significance.contrasts;
    section(out, "contrasts", contrasts.len(), |i| contrast(&contrasts[i]))?;
    section(out, "phrases", all.significance.phrases.len(), |i| phrase(view, i))?;
    let edges = &all.influence.edges;
    section(out, "influence", edges.len(), |i| influence(&edges[i]))?;
    section(out, "feeds", all.feeds.len(), |i| &all.feeds[i])?;
    section(out, "coverage_gaps", all.gaps.len(), |i| &all.gaps[i])?;
    section(out, "skipped", all.skipped.len(), |i| &all.skipped[i])?;
    out.write_all(b"\n}\n")
}

fn write_head(view: &View, out: &mut dyn Write) -> io::Result<()> {
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
