//! How much two outlets share, by relation and window.

use serde::{Deserialize, Serialize};

use super::Relation;

/// How much two outlets share within one window, by one relation or by any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairOverlap {
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Relation of the matches that count; `None` for any.
    pub relation: Option<Relation>,
    /// Greatest lag of the matches that count, in days; `None` for the window of the run.
    pub window_days: Option<u32>,
    /// Articles of `a` with a match in `b`.
    pub a: Share,
    /// Articles of `b` with a match in `a`.
    pub b: Share,
    /// Geometric mean of the two shares.
    pub overlap: f64,
    /// 95 % interval of it; `None` if either share has none.
    pub overlap_interval: Option<(f64, f64)>,
}

/// The share of an outlet's articles that have a match in another outlet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Articles of the outlet on whose day the other one was present in their language.
    pub articles: usize,
    /// Articles with such a match.
    pub matched: usize,
    /// UTC days on which they were published.
    pub days: usize,
    /// `matched` of `articles`, `0..=1`.
    pub share: f64,
    /// 95 % percentile interval over resampled days; `None` if `days` is below five.
    pub interval: Option<(f64, f64)>,
}
