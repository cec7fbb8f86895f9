//! Graded edges between articles, and the chains that they form.

use serde::{Deserialize, Serialize};

use super::words::word_enum;
use super::{ArticleRole, Citation};

word_enum! {
    /// How well an edge is supported, best first. Grades are never added up.
    pub enum Grade {
        /// Link, canonical address or credit to the earlier item.
        E1 = "E1",
        /// Text citation of the earlier outlet, and a matching passage.
        E2 = "E2",
        /// `own` passage reused, earlier by more than the clock error, no third earlier holder.
        E3 = "E3",
        /// Significant narrative match with a lag: consistent with a direction, no more.
        E4 = "E4",
        /// Same narrative, order unresolved: convergence without direction.
        E5 = "E5",
        /// A common source explains it; the edge runs from that source.
        X = "X",
    }
}

impl Grade {
    /// Whether the grade claims that text went from one article to the other.
    pub fn is_directed(self) -> bool {
        matches!(self, Grade::E1 | Grade::E2 | Grade::E3)
    }
}

/// Where an edge starts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An article of the archive.
    Article(usize),
    /// An outlet that is credited, but whose item is not in the archive (grade X only).
    Outlet(String),
    /// A statement that both sides quote; its first publisher is not in the archive (X only).
    Statement,
}

impl Origin {
    /// The word of each variant, in the order of definition.
    pub const WORDS: &'static [&'static str] = &["article", "outlet", "statement"];

    /// The word that files use.
    pub fn as_str(&self) -> &'static str {
        match self {
            Origin::Article(_) => "article",
            Origin::Outlet(_) => "outlet",
            Origin::Statement => "statement",
        }
    }
}

/// One fact behind an edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Evidence {
    /// The later article links to, or names as its canonical address, the earlier item.
    Link {
        /// The address.
        url: String,
        /// It is the canonical address, not a link in the text.
        canonical: bool,
    },
    /// The later article cites the earlier one's outlet.
    Cites(Citation),
    /// A reused passage.
    Passage {
        /// Index of the match.
        matched: usize,
        /// Index of the passage in it.
        passage: usize,
    },
    /// Narrative overlap of the two articles.
    Overlap {
        /// Index of the match.
        matched: usize,
    },
    /// For X: the match that the common source explains.
    Explains {
        /// Index of the match.
        matched: usize,
    },
}

/// A graded claim about two articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Stable id.
    pub id: String,
    /// Where it starts.
    pub from: Origin,
    /// Index of the article it ends in.
    pub to: usize,
    /// How well it is supported.
    pub grade: Grade,
    /// `to`'s time minus `from`'s, in minutes; `None` where the start has no time of its own. May
    /// be below the clock error for E5, where it means nothing.
    pub lag_minutes: Option<f64>,
    /// Sum of both clock errors in minutes; `None` if one of the times gives no direction.
    pub clock_error_minutes: Option<f64>,
    /// Index of the narrative that holds both articles, if one does.
    pub narrative: Option<usize>,
    /// The facts, never empty.
    pub evidence: Vec<Evidence>,
}

/// A path of E1–E3 edges in one narrative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Stable id.
    pub id: String,
    /// Index of the narrative, if all its articles are in one.
    pub narrative: Option<usize>,
    /// Edge indices from the first article to the last.
    pub edges: Vec<usize>,
    /// Number of edges.
    pub depth: usize,
    /// Outlet ids along the path, the first article's first.
    pub outlets: Vec<String>,
    /// States along the path without repeats, in order of appearance.
    pub states: Vec<String>,
    /// The weakest grade on it: a chain is as strong as that.
    pub weakest: Grade,
    /// Time from the first article to the last, in minutes.
    pub lag_minutes: f64,
}

/// What `amplification` returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Amplification {
    /// Sorted by (from, to).
    pub edges: Vec<Edge>,
    /// Longest first, then by id.
    pub chains: Vec<Chain>,
    /// Per narrative, parallel to [`Narrative::articles`](super::Narrative::articles).
    pub roles: Vec<Vec<ArticleRole>>,
}
