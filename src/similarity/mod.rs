//! Articles to matches.

use chrono::TimeDelta;
use serde::Serialize;

use crate::model::{Article, Match, Registry};

/// Which relations are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relations {
    /// Republication and reused passages only.
    Reuse,
    /// Lexical overlap only.
    Lexical,
    /// Both.
    #[default]
    All,
}

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimilarityConfig {
    /// What is computed.
    pub relations: Relations,
    /// Greatest distance in time of a pair.
    #[serde(serialize_with = "seconds")]
    pub window: TimeDelta,
}

fn seconds<S: serde::Serializer>(delta: &TimeDelta, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(delta.num_seconds())
}

impl Default for SimilarityConfig {
    fn default() -> Self {
        SimilarityConfig { relations: Relations::All, window: TimeDelta::days(7) }
    }
}

/// Returns every match between articles of different outlets, sorted by (a, b).
///
/// `articles` are sorted by (time, id).
pub fn matches(articles: &[Article], registry: &Registry, config: &SimilarityConfig) -> Vec<Match> {
    let _ = (articles, registry, config);
    Vec::new()
}
