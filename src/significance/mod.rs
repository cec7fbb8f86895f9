//! Outlet pairs against chance.

use serde::Serialize;

use crate::model::{Amplification, Article, CoverageGap, Match, Narrative, Registry, Significance};

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SignificanceConfig {}

/// Compares all pairs of outlets, against the controls where there are any.
pub fn assess(
    articles: &[Article],
    registry: &Registry,
    matches: &[Match],
    narratives: &[Narrative],
    amplification: &Amplification,
    gaps: &[CoverageGap],
    config: &SignificanceConfig,
) -> Significance {
    let _ = (articles, registry, matches, narratives, amplification, gaps, config);
    Significance::default()
}
