//! Graded edges between articles, and the chains that they form.

use serde::{Deserialize, Serialize};

use super::words::word_enum;
use super::{ArticleRole, Citation};

word_enum! {
    /// How well an edge is supported. Grades are never added up.
    ///
    /// The order of the variants is that of strength, the strongest first: of two grades the *lesser* one
    /// is better supported, and the weakest of several is their `max`. `X` comes last: it claims nothing
    /// of the two articles that a common source explains.
    pub enum Grade {
        /// Link, canonical address or credit to the earlier item.
        E1 = "E1",
        /// Text citation of the earlier outlet, and a matching passage.
        E2 = "E2",
        /// The earlier article's own narration reused, earlier by more than the clock error; no third
        /// source named, no third earlier holder.
        E3 = "E3",
        /// Narrative match with a lag, of two outlets that share more than chance gives: consistent with a direction, no more.
        E4 = "E4",
        /// Same narrative, order unresolved: convergence without direction.
        E5 = "E5",
        /// A common source explains it; the edge runs from that source.
        X = "X",
    }
}

impl Grade {
    /// The grades that claim that text went from one article to the other.
    pub const DIRECTED: [Grade; 3] = [Grade::E1, Grade::E2, Grade::E3];
    /// [`Grade::DIRECTED`] in words, for sentences.
    pub const DIRECTED_NAME: &str = "E1–E3";
    /// [`Grade::DIRECTED`] in ASCII, for column heads.
    pub const DIRECTED_ASCII: &str = "E1-E3";

    /// What the later article does for an edge of this grade to be stated, as the end of a sentence that
    /// begins with "the later article".
    pub fn meaning(self) -> &'static str {
        match self {
            Grade::E1 => "links to, credits or names as its canonical address the earlier item",
            Grade::E2 => "cites the earlier outlet in its text, and shares a passage",
            Grade::E3 => {
                "reuses the earlier article's own narration; no third source is named, and no third holder in the archive is earlier"
            }
            Grade::E4 => {
                "is its outlet's first in a narrative that the other outlet had earlier, in a pair above chance: consistent with a direction, no more"
            }
            Grade::E5 => {
                "shares text or narrative, and nothing shows a direction or the order is open: overlap only"
            }
            Grade::X => "shares what a common source explains; the edge runs from that source",
        }
    }

    /// Whether the grade is one of [`Grade::DIRECTED`].
    pub fn is_directed(self) -> bool {
        Grade::DIRECTED.contains(&self)
    }
}

/// What an edge rests on before it is graded, the strongest first: of two the *lesser* one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The later article names the earlier item: by a link, its canonical address, or a credit.
    NamesItem,
    /// The later article cites the earlier outlet at text that both hold.
    CitesOutlet,
    /// The later article holds the earlier one's own text, and nobody else held it first.
    OwnText,
    /// The later article is its outlet's first in the narrative, clearly after the earlier one, and
    /// overlaps with no other outlet's article before that one.
    TakesUp,
    /// They share text or narrative, without a direction.
    Undirected,
    /// A common source explains what they share; the edge runs from that source.
    CommonSource,
}

impl Basis {
    /// The grade that follows from the facts alone; `None` where it depends on the verdict on the two
    /// outlets.
    pub fn grade_by_facts(self) -> Option<Grade> {
        match self {
            Basis::NamesItem => Some(Grade::E1),
            Basis::CitesOutlet => Some(Grade::E2),
            Basis::OwnText => Some(Grade::E3),
            Basis::TakesUp => None,
            Basis::Undirected => Some(Grade::E5),
            Basis::CommonSource => Some(Grade::X),
        }
    }

    /// Whether it shows by itself that text went from one article to the other.
    pub fn is_directed(self) -> bool {
        self.grade_by_facts().is_some_and(Grade::is_directed)
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
    /// Not in favour of the edge: what a reader must know beside it.
    Caveat {
        /// What it is.
        caveat: Caveat,
    },
}

word_enum! {
    /// Why an edge is no stronger, or what its grade does not show.
    pub enum Caveat {
        /// The text is too short, too much reported speech or too common to be one outlet's narration.
        SharedWording = "shared_wording",
        /// One of the two names a third source for it.
        ThirdSource = "third_source",
        /// It reads like an official document, speech or readout.
        OfficialDocument = "official_document",
        /// One organisation runs both outlets.
        OneOperator = "one_operator",
        /// Both outlets belong to one state.
        OneState = "one_state",
        /// An earlier holder or source is known to the day only, or from its first sighting.
        SourceTimeUnknown = "source_time_unknown",
        /// The earlier article was first seen long after its stated time, the later one in time.
        SeenLate = "seen_late",
        /// A control outlet reported it earlier; that does not make it the source.
        EarlierInControl = "earlier_in_control",
    }
}

impl Caveat {
    /// The caveat as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Caveat::SharedWording => "The same words in both; a common source is as likely.",
            Caveat::ThirdSource => "One of the two names a third source.",
            Caveat::OfficialDocument => {
                "The text reads like an official document, speech or readout, which anybody may carry."
            }
            Caveat::OneOperator => "One organisation runs both outlets.",
            Caveat::OneState => "Both outlets belong to one state.",
            Caveat::SourceTimeUnknown => {
                "An earlier holder or source has no exact time: it may have been first."
            }
            Caveat::SeenLate => {
                "The earlier article was first seen long after its stated time, the later one in time."
            }
            Caveat::EarlierInControl => {
                "A control outlet had it earlier: a common source is likely, which need not be that outlet."
            }
        }
    }
}

/// All that is known of one edge but its grade.
#[derive(Debug, Clone, PartialEq)]
pub struct UngradedEdge {
    /// Stable id.
    pub id: String,
    /// Where it starts.
    pub from: Origin,
    /// Index of the article it ends in.
    pub to: usize,
    /// What it rests on.
    pub basis: Basis,
    /// As [`Edge::lag_minutes`].
    pub lag_minutes: Option<f64>,
    /// As [`Edge::clock_error_minutes`].
    pub clock_error_minutes: Option<f64>,
    /// As [`Edge::narrative`].
    pub narrative: Option<usize>,
    /// The facts, never empty.
    pub evidence: Vec<Evidence>,
}

impl UngradedEdge {
    /// The edge with its grade.
    #[must_use]
    pub fn graded(self, grade: Grade) -> Edge {
        Edge {
            id: self.id,
            from: self.from,
            to: self.to,
            grade,
            lag_minutes: self.lag_minutes,
            clock_error_minutes: self.clock_error_minutes,
            narrative: self.narrative,
            evidence: self.evidence,
        }
    }
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

/// Where the articles have their text from: graded edges, the chains that these form, and what each
/// article does in its narrative.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Diffusion {
    /// Sorted by (from, to).
    pub edges: Vec<Edge>,
    /// Longest first, then by id.
    pub chains: Vec<Chain>,
    /// Per narrative, parallel to [`Narrative::articles`](super::Narrative::articles).
    pub roles: Vec<Vec<ArticleRole>>,
}
