//! Two articles that share text or topic, and the passages that they share.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use super::Across;
use super::words::{UnknownWord, word_enum};

/// The relations that an analysis computes: a set of kinds, never empty.
///
/// A user names such a set by one word of [`Relations::NAMED`], on the command line, in the
/// configuration and in `run.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relations(u8);

/// A set of relations that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedRelations {
    /// The word for it.
    pub name: &'static str,
    /// The set.
    pub relations: Relations,
    /// What an analysis of it computes, for a help text.
    pub about: &'static str,
}

impl Relations {
    /// Republication and reused passages.
    pub const REUSE: Relations = Relations(1);
    /// Overlap of weighted terms.
    pub const LEXICAL: Relations = Relations(1 << 1);
    /// All kinds.
    pub const ALL: Relations = Relations(Relations::REUSE.0 | Relations::LEXICAL.0);

    /// The sets that can be asked for: the only place where their names are written.
    pub const NAMED: [NamedRelations; 3] = [
        NamedRelations {
            name: "reuse",
            relations: Relations::REUSE,
            about: "Matches by republication and reused passages, nothing further",
        },
        NamedRelations {
            name: "lexical",
            relations: Relations::LEXICAL,
            about: "Matches by lexical overlap, nothing further",
        },
        NamedRelations {
            name: "all",
            relations: Relations::ALL,
            about: "Both, narratives, edges, significance and the report",
        },
    ];

    /// Their names.
    pub const WORDS: [&'static str; Relations::NAMED.len()] =
        [Relations::NAMED[0].name, Relations::NAMED[1].name, Relations::NAMED[2].name];

    /// Whether all of `kinds` are in the set.
    pub const fn contains(self, kinds: Relations) -> bool {
        self.0 & kinds.0 == kinds.0
    }

    /// Whether narratives, edges, chains and significance follow from the matches: they need both
    /// kinds. From one kind they would look like those of a whole run and mean less.
    pub const fn has_convergence(self) -> bool {
        self.contains(Relations::ALL)
    }

    /// The name of the set.
    pub fn as_str(self) -> &'static str {
        Relations::NAMED.iter().find(|named| named.relations == self).map_or("", |named| named.name)
    }
}

impl Default for Relations {
    fn default() -> Self {
        Relations::ALL
    }
}

impl FromStr for Relations {
    type Err = UnknownWord;

    fn from_str(name: &str) -> Result<Relations, UnknownWord> {
        let named = Relations::NAMED.iter().find(|named| named.name == name);
        named
            .map(|named| named.relations)
            .ok_or_else(|| UnknownWord { word: name.to_owned(), known: &Relations::WORDS })
    }
}

impl Serialize for Relations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

word_enum! {
    /// How two texts are related (`docs/method.md`, "Relations").
    pub enum Relation {
        /// The shorter text is (nearly) all in the longer one.
        Verbatim = "verbatim",
        /// Most of the shorter text is in the longer one.
        NearDuplicate = "near_duplicate",
        /// A part is, with at least one reused passage.
        Partial = "partial",
        /// The same event or claim in other words of the same language.
        Narrative = "narrative",
        /// In another language, sentence for sentence.
        Translation = "translation",
        /// The same event in another language, told anew.
        Event = "event",
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

/// Why a passage is of its kind.
///
/// The order of the variants is the order in which they are looked for: the first that fits counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Boilerplate: a short recurrent line at the head or tail of both texts.
    EdgeLine,
    /// Boilerplate: text that recurs in the articles of the outlet of this name.
    BoilerplateOf(String),
    /// Quoted: most words are inside quotation marks in both texts.
    QuotationMarks,
    /// Boilerplate: one outlet repeats it for weeks.
    Persistent,
    /// Quoted or boilerplate: both together make up nearly all of it.
    QuotedAndBoilerplate,
    /// Quoted: both texts attribute it to a speaker, without quotation marks.
    Attributed,
    /// Own: the earlier outlet is a wire.
    FromWire,
    /// Wire: the outlet of this name, a wire or control, published it earlier.
    HeldEarlier(String),
    /// Wire: one of the two texts credits the wire of this name.
    Credited(String),
    /// Own: none of the others.
    NothingElse,
}

/// The words used in files and on pages.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::EdgeLine => f.write_str("standing line at the head or tail"),
            Why::BoilerplateOf(outlet) => write!(f, "standing text of {outlet}"),
            Why::QuotationMarks => f.write_str("mostly inside quotation marks in both"),
            Why::Persistent => f.write_str("recurs for weeks in one outlet"),
            Why::QuotedAndBoilerplate => {
                f.write_str("quotations and standing lines, but for a few words")
            }
            Why::Attributed => {
                f.write_str("attributed to a speaker in both, without quotation marks")
            }
            Why::FromWire => f.write_str("the earlier outlet is the agency"),
            Why::HeldEarlier(outlet) => write!(f, "{outlet} had it earlier"),
            Why::Credited(wire) => write!(f, "credited to {wire}"),
            Why::NothingElse => f.write_str("no quotation, standing text or agency copy"),
        }
    }
}

/// A run of text that both articles of a match hold: equal words in the same order, with small gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands in the earlier article's text, from its first to its last equal word.
    pub earlier: Range<usize>,
    /// Where it stands in the later article's text.
    pub later: Range<usize>,
    /// Words (characters in scripts without spaces) that are equal in both.
    pub words: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Why it is of that kind.
    pub why: Why,
    /// For kind `Wire`: index of the earliest article that holds it, if that is in the archive.
    pub holder: Option<usize>,
}

word_enum! {
    /// What two articles are compared by when their overlap in topic is measured.
    pub enum OverlapKind {
        /// Their weighted terms (TF-IDF).
        Lexical = "lexical",
        /// Their embeddings by a sentence model.
        Semantic = "semantic",
    }
}

/// Overlap in topic by one kind of comparison, at or above the threshold of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Overlap {
    /// What was compared.
    pub by: OverlapKind,
    /// Cosine of the two vectors, `0..=1`.
    pub cosine: f64,
}

/// Two articles of different outlets that share text or topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// Stable id, from the two article ids.
    pub id: String,
    /// Index of the article that comes first in the order (time, then id). First in the order does
    /// not mean proven earlier: see [`Edge`](super::Edge).
    pub earlier: usize,
    /// Index of the other one.
    pub later: usize,
    /// Share of the earlier text's shingles that are in the later one, `0..=1`.
    pub containment_earlier: f64,
    /// Share of the later text's shingles that are in the earlier one, `0..=1`.
    pub containment_later: f64,
    /// Overlap in topic, at most one of a kind, in the order of the kinds; a kind is absent if it was not
    /// computed or is below its threshold.
    pub overlaps: Vec<Overlap>,
    /// Similarity of the headlines, `0..=1`; a feature, never evidence by itself.
    pub title_similarity: f64,
    /// Reused passages, in the order of their place in the earlier text.
    pub passages: Vec<Passage>,
    /// For two languages: what shows that both tell the same.
    pub across: Option<Across>,
    /// Summary of the above.
    pub relation: Relation,
}

impl Match {
    /// The pair of articles: matches are sorted by it.
    pub fn pair(&self) -> (usize, usize) {
        (self.earlier, self.later)
    }

    /// Whether the two were found to be on one subject, however much text they share.
    pub fn is_on_one_subject(&self) -> bool {
        !self.overlaps.is_empty() || self.across.is_some()
    }

    /// The cosine of one kind of overlap; `None` if not computed or below the threshold.
    pub fn cosine(&self, by: OverlapKind) -> Option<f64> {
        self.overlaps.iter().find(|overlap| overlap.by == by).map(|overlap| overlap.cosine)
    }

    /// The same match, where its articles stand so many places further on.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Match {
        self.earlier += by;
        self.later += by;
        for passage in &mut self.passages {
            passage.holder = passage.holder.map(|holder| holder + by);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_read_as_they_are_written() {
        for named in Relations::NAMED {
            assert_eq!(named.name.parse(), Ok(named.relations));
            assert_eq!(named.relations.as_str(), named.name);
        }
        assert!("both".parse::<Relations>().is_err());
    }

    #[test]
    fn what_follows_needs_all_kinds() {
        assert!(Relations::ALL.has_convergence());
        assert!(!Relations::REUSE.has_convergence() && !Relations::LEXICAL.has_convergence());
    }
}
