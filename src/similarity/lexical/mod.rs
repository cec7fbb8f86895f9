//! Overlap in topic by words: the cosine of weighted terms (TF-IDF).
//!
//! Three pure steps: [`vectors`] reads the terms of each article and weighs them by their
//! [`document_frequency`], and [`blocked_join`] finds every pair at or above a threshold, exactly.

mod blocked_join;
mod document_frequency;
mod interner;
mod vectors;

use super::batch::Batch;

pub use document_frequency::TermCounts;

/// Returns the pairs in scope with a cosine of at least `threshold`, sorted by (a, b), and (with `keep`) the term
/// counts of each week of the batch. `before` are those of the weeks before it.
///
/// Cost: O(words), one stemming for each form of a word, and the join: linear in the pairs of a window.
pub(super) fn pairs(
    batch: &Batch<'_>,
    before: &[TermCounts],
    keep: bool,
    threshold: f64,
) -> (Vec<(usize, usize, f64)>, Vec<TermCounts>) {
    let (vectors, terms) = vectors::vectors(batch, before, keep);
    (blocked_join::join(batch, &vectors, threshold), terms)
}
