//! The stages in order, on one screen. No logic of its own.

use crate::model::{Analysis, Corpus};
use crate::{amplification, narrative, normalize, significance, similarity};

/// Settings of the pure stages.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct AnalyzeConfig {
    /// Matches: thresholds, window, relations.
    pub similarity: similarity::SimilarityConfig,
    /// Grouping.
    pub narrative: narrative::NarrativeConfig,
    /// Edges and chains.
    pub amplification: amplification::AmplificationConfig,
    /// Null models.
    pub significance: significance::SignificanceConfig,
}

/// Analyzes a corpus. Runs on the current rayon pool; the result does not depend on its size.
pub fn analyze(corpus: Corpus, config: &AnalyzeConfig) -> Analysis {
    let Corpus { articles, registry, feeds, gaps, mut skipped } = corpus;
    let (articles, undated) = normalize::in_order(articles);
    skipped.extend(undated);
    let articles = normalize::with_citations(articles, &registry);
    let matches = similarity::matches(&articles, &registry, &config.similarity);
    let narratives = narrative::narratives(&articles, &matches, &config.narrative);
    let amplification =
        amplification::trace(&articles, &registry, &matches, &narratives, &config.amplification);
    let significance = significance::assess(
        &articles,
        &registry,
        &matches,
        &narratives,
        &amplification,
        &gaps,
        &config.significance,
    );
    Analysis {
        articles,
        registry,
        matches,
        narratives,
        amplification,
        significance,
        feeds,
        gaps,
        skipped,
    }
}
