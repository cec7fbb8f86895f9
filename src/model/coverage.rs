//! What could not be used, and the days that are missing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What could not be used, and why. Nothing is dropped without one of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// What it was: `corpus.jsonl:17`, an address, an article id.
    pub what: String,
    /// Why it was left out and what would help.
    pub reason: String,
}

/// A day on which an outlet was not heard: its absence then means nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CoverageGap {
    /// Outlet id.
    pub outlet: String,
    /// The UTC day.
    pub day: NaiveDate,
    /// Why: the fetch status of its sources, or "no record of this day".
    pub reason: String,
}
