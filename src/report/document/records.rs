//! The records of `analysis.json`, named by stable ids.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    Agreement, AnchorKind, ArticleRole, Caveat, Citation, Grade, Link, PassageKind, Published,
    Relation, Role, Stance,
};

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
    /// Announced exchanges of content.
    #[serde(default)]
    pub agreements: Cow<'a, [Agreement]>,
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
    /// The whole text; only with [`ReportConfig::texts`](crate::report::ReportConfig::texts).
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
    /// For two languages: mean of the best cosine of each sentence, six decimals.
    pub semantic: Option<f64>,
    /// Similarity of the headlines, six decimals.
    pub title: f64,
    /// A common source explains it.
    pub common_source: bool,
    /// Reused passages in the order of their place in a.
    pub passages: Vec<PassageRecord<'a>>,
    /// For two languages: what the relation was decided by, six decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// For two languages: what both name, the rarest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<AnchorRecord<'a>>,
    /// For two languages: sentences aligned one to one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aligned: Vec<AlignedRecord<'a>>,
}

/// A name, place or number that two texts in different languages hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnchorRecord<'a> {
    /// What it is.
    pub kind: AnchorKind,
    /// As a writes it.
    pub a: Cow<'a, str>,
    /// As b writes it.
    pub b: Cow<'a, str>,
}

/// Two sentences of which one is taken for a translation of the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignedRecord<'a> {
    /// Byte offsets in a's text, half-open; none for the headline.
    pub a: Option<[usize; 2]>,
    /// Byte offsets in b's text.
    pub b: Option<[usize; 2]>,
    /// Cosine of both, six decimals.
    pub score: f64,
    /// The sentence as in a.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
    /// The sentence as in b.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_b: Option<Cow<'a, str>>,
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
    /// The passage as in a; without [`ReportConfig::texts`](crate::report::ReportConfig::texts) at most its first 600 bytes.
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
    /// Article id of the first; absent where the times cannot tell which it is.
    pub first: Option<Cow<'a, str>>,
    /// Number of outlets whose earliest articles cannot be told apart; absent if there is a first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_unresolved: Option<usize>,
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
    /// What `from` and `to` begin with, for grade E4, which no passage shows: at most 300 bytes each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads: Option<[Cow<'a, str>; 2]>,
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
    /// Why the edge is no stronger, or what its grade does not show.
    Caveat {
        /// What it is.
        caveat: Caveat,
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

/// A sentence that resembles a claim of the watchlist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TagRecord<'a> {
    /// Article id.
    pub article: Cow<'a, str>,
    /// Id of the narrative in the watchlist.
    pub narrative: Cow<'a, str>,
    /// Side.
    pub stance: Stance,
    /// Number of the claim among those of its stance, from 1.
    pub claim: usize,
    /// How like the claim it is, `0..=1`.
    pub score: f64,
    /// First byte of the sentence in the article's text; absent for the headline.
    pub start: Option<usize>,
    /// First byte after it.
    pub end: Option<usize>,
    /// The sentence.
    pub sentence: Cow<'a, str>,
    /// It says who said so.
    pub attributed: bool,
}
