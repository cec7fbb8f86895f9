//! The whole result.

use serde::Serialize;

use super::{
    Article, ClockSuspicion, CoverageGap, Diffusion, FeedStatus, Influence, Match, Narrative,
    Registry, Relations, Significance, Skipped,
};

/// The whole result: what every report is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Analysis {
    /// What was computed. Without [`Relations::has_convergence`] what follows from the matches is empty
    /// because nobody looked, not because there is nothing.
    pub relations: Relations,
    /// Sorted by (time, id).
    pub articles: Vec<Article>,
    /// Outlets that are known or occur.
    pub registry: Registry,
    /// Sorted by (a, b).
    pub matches: Vec<Match>,
    /// Sorted by (first article, id).
    pub narratives: Vec<Narrative>,
    /// Edges, chains, roles.
    pub diffusion: Diffusion,
    /// Outlet pairs and phrases.
    pub significance: Significance,
    /// Exploratory: who takes things up after whom.
    pub influence: Influence,
    /// Last poll of each source.
    pub feeds: Vec<FeedStatus>,
    /// Days on which an outlet was not heard.
    pub gaps: Vec<CoverageGap>,
    /// Outlets whose stated times may be off by a zone, sorted.
    pub clocks: Vec<ClockSuspicion>,
    /// What was left out and why.
    pub skipped: Vec<Skipped>,
}
