//! The whole result.

use serde::Serialize;

use super::{
    Annotations, Diffusion, Influence, Match, Narrative, Regions, Relations, Significance,
    Watchlist,
};

/// What an analysis finds in a corpus; every report is made from the two.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Analysis {
    /// What was computed. Without [`Relations::has_convergence`] what follows from the matches is empty
    /// because nobody looked, not because there is nothing.
    pub relations: Relations,
    /// Notes about the articles.
    pub annotations: Annotations,
    /// Sorted by (earlier, later).
    pub matches: Vec<Match>,
    /// Sorted by (first article, id).
    pub narratives: Vec<Narrative>,
    /// Edges, chains, roles.
    pub diffusion: Diffusion,
    /// Outlet pairs and phrases.
    pub significance: Significance,
    /// Exploratory: who takes things up after whom.
    pub influence: Influence,
    /// What was watched for, and what resembles it.
    pub watchlist: Watchlist,
    /// Regions in the news.
    pub regions: Regions,
}
