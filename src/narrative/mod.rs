//! Matches to narratives.

use serde::Serialize;

use crate::model::{Article, Match, Narrative};

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct NarrativeConfig {}

/// Groups the articles of the match graph into narratives, sorted by (first article, id).
pub fn narratives(
    articles: &[Article],
    matches: &[Match],
    config: &NarrativeConfig,
) -> Vec<Narrative> {
    let _ = (articles, matches, config);
    Vec::new()
}
