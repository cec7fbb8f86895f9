//! The inferred network of uptake. Exploratory.

use serde::{Deserialize, Serialize};

/// An outlet that tends to take up narratives after another one, inferred from times alone. Exploratory:
/// a common source outside the corpus looks the same, and no text is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InfluenceEdge {
    /// Outlet id of the earlier one.
    pub from: String,
    /// Outlet id of the later one.
    pub to: String,
    /// Gain of the log-likelihood when the edge was chosen.
    pub gain: f64,
    /// Narratives in which `from` is the one that explains `to`'s first article.
    pub explained: usize,
    /// Narratives in which `from` is earlier than `to`.
    pub preceded: usize,
    /// Narratives of `from` that another outlet carries too.
    pub narratives_from: usize,
    /// Narratives of `to` that another outlet carries too.
    pub narratives_to: usize,
    /// `explained` normalised by volume: over the geometric mean of both numbers of narratives, `0..=1`.
    pub strength: f64,
    /// Median time between both first articles where the edge explains, in minutes.
    pub median_lag_minutes: Option<f64>,
}

/// What `influence` returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Influence {
    /// In the order in which they were chosen.
    pub edges: Vec<InfluenceEdge>,
    /// Narratives that at least two outlets carry with usable times.
    pub narratives: usize,
    /// Estimated rate of transmission per hour; 0 without edges.
    pub rate_per_hour: f64,
    /// Share of the possible gain that the edges give, `0..=1`.
    pub gain_share: f64,
}
