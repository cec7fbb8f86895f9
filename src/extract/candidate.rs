//! A body of an article as one way of reading found it.

use std::fmt;

use super::blocks::Block;
use super::page_furniture;

/// A way of reading a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// The registry's rules of this name.
    Rule(String),
    /// Density of text (the readability family, `dom_smoothie`).
    Density,
    /// A cascade of rules (`trafilatura`).
    Cascade,
    /// The density family's body, cut where the cascade's ends.
    DensityEndedByCascade,
    /// `articleBody` of the page's JSON-LD.
    JsonLd,
    /// The longest run of paragraphs with few links.
    Paragraphs,
    /// The whole article in its feed item.
    FeedContent,
    /// The description in its feed item.
    FeedSummary,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::Rule(name) => return write!(f, "rule {name}"),
            Origin::Density => "density",
            Origin::Cascade => "cascade",
            Origin::DensityEndedByCascade => "density, ended by cascade",
            Origin::JsonLd => "json_ld",
            Origin::Paragraphs => "paragraphs",
            Origin::FeedContent => "feed content",
            Origin::FeedSummary => "feed summary",
        })
    }
}

/// A body as one way of reading found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub origin: Origin,
    pub blocks: Vec<Block>,
}

impl Candidate {
    /// A body without the page's furniture; `title` is the headline, which is no part of it.
    pub(super) fn new(origin: Origin, blocks: Vec<Block>, title: &str) -> Candidate {
        Candidate { origin, blocks: page_furniture::without_boxes(blocks, title) }
    }

    pub(super) fn chars(&self) -> usize {
        chars(&self.blocks)
    }

    /// Its paragraphs joined with `\n`.
    pub(super) fn text(&self) -> String {
        let lines: Vec<&str> = self.blocks.iter().map(|block| block.text.as_str()).collect();
        lines.join("\n")
    }

    /// Whether it can be an article's body at all.
    pub(super) fn is_usable(&self) -> bool {
        let has_words = |block: &Block| block.text.contains(char::is_alphanumeric);
        self.blocks.iter().any(has_words) && !page_furniture::is_notice(&self.blocks)
    }
}

/// Characters of all lines.
pub(super) fn chars(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.chars().count()).sum()
}
