//! Outlets whose clocks look wrong.

use serde::{Deserialize, Serialize};

use super::words::word_enum;

word_enum! {
    /// What makes an outlet's clock suspicious.
    pub enum ClockEvidence {
        /// Items were seen before the time they state.
        SeenEarly = "seen_early",
        /// Items under a headline that other outlets have too lie whole hours from theirs.
        SharedTitles = "shared_titles",
    }
}

/// A suspicion that the stated times of an outlet are in another zone than they say. Reported, never
/// corrected: the data cannot tell a slip from a habit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClockSuspicion {
    /// Outlet id.
    pub outlet: String,
    /// The only other outlet that it was compared with, of which it may as well be the fault; empty
    /// if there are several or none.
    pub other: String,
    /// What was seen.
    pub evidence: ClockEvidence,
    /// How much later than likely true the stated times are, in minutes; negative: earlier. For
    /// [`ClockEvidence::SeenEarly`] the greatest lead, which is the least that a slip must be.
    pub minutes: i64,
    /// Items (or pairs of items) that show it.
    pub items: usize,
    /// Items (or pairs of items) that could have shown it.
    pub of: usize,
}
