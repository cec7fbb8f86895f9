//! Comparisons of earlier runs: two outlets of one run side by side, or two runs.

pub(crate) mod outlets;
pub(crate) mod runs;

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One row a narrative or a change.
    Csv,
}
