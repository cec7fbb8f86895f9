//! Who an article says that it has its text from.

use std::ops::Range;

use super::CitationKind;

/// A source other than the article's own outlet that is named in a credit position: dateline, source line, byline,
/// copyright line, brackets at the end, prefix of the headline; or as the one who was told or was there.
///
/// A position is enough: the name need not be known.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Credit {
    /// The name as written, or the agency's usual name.
    pub name: String,
    /// Id of the outlet, if the registry has it.
    pub outlet: Option<String>,
    /// The position. [`CitationKind::Text`]: told, or there, in running text.
    pub kind: CitationKind,
    /// Where in the text, in bytes; empty at 0 for the byline and the headline.
    pub span: Range<usize>,
}
