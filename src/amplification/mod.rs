//! Matches, citations and times to graded edges and chains.

use serde::Serialize;

use crate::model::{Amplification, Article, Match, Narrative, Registry};

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct AmplificationConfig {}

/// Grades what the matches show of direction, and follows it through each narrative.
pub fn trace(
    articles: &[Article],
    registry: &Registry,
    matches: &[Match],
    narratives: &[Narrative],
    config: &AmplificationConfig,
) -> Amplification {
    let _ = (articles, registry, matches, narratives, config);
    Amplification::default()
}
