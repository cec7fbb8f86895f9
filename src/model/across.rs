//! What shows that two texts in different languages tell the same.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Article;
use super::words::word_enum;

word_enum! {
    /// What an anchor is.
    pub enum AnchorKind {
        /// A person, a body, a ship, a programme, an event.
        Name = "name",
        /// A number with its scale.
        Number = "number",
        /// A place; never enough alone.
        Place = "place",
    }
}

/// A place in an article's headline or text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// In the headline, not in the text.
    pub in_headline: bool,
    /// Where, in bytes.
    pub span: Range<usize>,
}

impl Mention {
    /// The mention as it is written.
    pub fn written<'a>(&self, article: &'a Article) -> &'a str {
        let text = if self.in_headline { &article.title } else { &article.text };
        text.get(self.span.clone()).unwrap_or_default()
    }
}

/// A name, a place or a number that both texts hold, each in its own spelling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedAnchor {
    /// What it is.
    pub kind: AnchorKind,
    /// Its first mention in the earlier article.
    pub earlier: Mention,
    /// Its first mention in the later article.
    pub later: Mention,
    /// How much it says, in nats: how rare it is in the language in which it is less rare.
    pub weight: f64,
}

/// Two sentences of which one is taken for a translation of the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignedPair {
    /// Where it stands in the earlier article's text; `None` for the headline.
    pub earlier: Option<Range<usize>>,
    /// Where it stands in the later article's text; `None` for the headline.
    pub later: Option<Range<usize>>,
    /// Cosine of both, each less the mean of its language, `-1..=1`.
    pub score: f64,
}

/// What shows that two texts in different languages tell the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Across {
    /// What the relation was decided by, `0..=1`.
    pub score: f64,
    /// What both name, the rarest first.
    pub anchors: Vec<SharedAnchor>,
    /// Sentences that are aligned one to one, in the order of the earlier text; none without a model.
    pub aligned: Vec<AlignedPair>,
}
