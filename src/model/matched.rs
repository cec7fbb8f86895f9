//! Two articles that share text or topic, and the passages that they share.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::words::word_enum;

/// Which relations an analysis computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relations {
    /// Republication and reused passages; the analysis ends with these matches.
    Reuse,
    /// Lexical overlap; the analysis ends with these matches.
    Lexical,
    /// Both, and what follows from them: narratives, edges, chains, significance.
    #[default]
    All,
}

impl Relations {
    /// Whether shared text is looked for.
    pub fn has_reuse(self) -> bool {
        self != Relations::Lexical
    }

    /// Whether lexical overlap is looked for.
    pub fn has_lexical(self) -> bool {
        self != Relations::Reuse
    }

    /// Whether narratives, edges, chains and significance follow.
    pub fn has_convergence(self) -> bool {
        self == Relations::All
    }
}

word_enum! {
    /// How two texts are related, by containment (`docs/method.md`, "Relations").
    pub enum Relation {
        /// The shorter text is (nearly) all in the longer one.
        Verbatim = "verbatim",
        /// Most of the shorter text is in the longer one.
        NearDuplicate = "near_duplicate",
        /// A part is, with at least one reused passage.
        Partial = "partial",
        /// The same event or claim in other words: lexical or semantic overlap only.
        Narrative = "narrative",
    }
}

word_enum! {
    /// What a reused passage is; only `Own` counts as evidence between two outlets.
    pub enum PassageKind {
        /// None of the others: one outlet's text in another.
        Own = "own",
        /// Inside quotation marks or attributed speech in both articles: both may quote one person.
        Quoted = "quoted",
        /// A third outlet's text: an earlier wire or control article holds it, or one is credited.
        Wire = "wire",
        /// Recurs in three or more articles of one outlet: a footer, a slogan, a standing line.
        Boilerplate = "boilerplate",
    }
}

/// A maximal aligned stretch that both articles of a match hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where in the earlier article's text.
    pub a: Range<usize>,
    /// Where in the later article's text.
    pub b: Range<usize>,
    /// Words (ideographs in unsegmented scripts) that are equal in both.
    pub words: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Why it was given that kind, in a few words.
    pub why: String,
    /// For kind `Wire`: index of the earliest article that holds it, if it is in the archive.
    pub holder: Option<usize>,
}

/// Two articles of different outlets that share text or topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// Stable id, from the two article ids.
    pub id: String,
    /// Index of the article that comes first in the order (time, then id). First in the order does
    /// not mean proven earlier: see [`Edge`](super::Edge).
    pub a: usize,
    /// Index of the other one.
    pub b: usize,
    /// Share of `a`'s shingles that are in `b`, `0..=1`.
    pub containment_a: f64,
    /// Share of `b`'s shingles that are in `a`, `0..=1`.
    pub containment_b: f64,
    /// TF-IDF cosine, `0..=1`; `None` if not computed or below the threshold.
    pub lexical: Option<f64>,
    /// Embedding cosine; `None` without a model.
    pub semantic: Option<f64>,
    /// Similarity of the headlines, `0..=1`; a feature, never evidence by itself.
    pub title: f64,
    /// Reused passages, in the order of their place in `a`.
    pub passages: Vec<Passage>,
    /// Summary of the above.
    pub relation: Relation,
}

impl Match {
    /// The same match, where its articles stand so many places further on.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Match {
        self.a += by;
        self.b += by;
        for passage in &mut self.passages {
            passage.holder = passage.holder.map(|holder| holder + by);
        }
        self
    }
}
