//! Who an article says that it has its text from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::CitationKind;

/// A source other than the article's own outlet that is named in a credit position: dateline, source line, byline,
/// copyright line, brackets at the end, prefix of the headline; or as the one who was told or was there.
///
/// A position is enough: the name need not be known. What a [`Citation`](super::Citation) says of an outlet of the
/// registry is not said again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Id of the outlet, if the registry has it; else the agency's usual name, or the name as written.
    pub name: String,
    /// The position. [`CitationKind::Text`]: named in running text, as the one who was told or was there.
    pub kind: CitationKind,
    /// It is a news agency that was itself told, was there, or speaks as the author ("which PAX could not verify"): the
    /// whole text may be its own.
    pub is_author: bool,
    /// Where in the text, in bytes; empty at 0 for the byline and the headline.
    pub span: Range<usize>,
}
