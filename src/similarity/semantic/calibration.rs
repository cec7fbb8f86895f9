//! Where a relation across languages begins: the thresholds, on what they were fitted, and what they gave there.
//!
//! They were chosen on one half of the labelled pairs (by a hash of their ids) so that the other half keeps its precision;
//! figures are in `docs/method.md`, "Across languages".

/// Strength from which shared anchors alone show that two texts tell one event, for languages without a model.
pub(super) const STRONG_ENOUGH: f64 = 1.6;

/// Cosine from which two sentences are aligned; pairs of languages with Chinese lie lower than others.
const ALIGNED: f64 = 0.58;
const ALIGNED_CHINESE: f64 = 0.52;
/// Fewest aligned sentences of a translation.
pub(super) const FEWEST_ALIGNED: usize = 3;
/// Least share of the sentences of the shorter opening that are aligned in a translation: two reports of one event have a
/// few sentences in common.
pub(super) const LEAST_ALIGNED: f64 = 1.0 / 3.0;

/// What the parts of an event's score count beside the cosine of the mean vectors: the best pair of sentences, the mean of
/// the best three, and the strength of the anchors.
pub(super) const BEST_SENTENCE: f64 = 0.5;
pub(super) const BEST_THREE: f64 = 0.5;
pub(super) const ANCHORS: f64 = 0.2;
/// Strength above which anchors count no more: one story's names are not more of a story.
pub(super) const MOST_STRENGTH: f64 = 1.0;
/// Sum of these from which two texts tell one event.
const EVENT: f64 = 1.31;
/// How fast the score rises round that sum.
const STEEPNESS: f64 = 12.0;

/// Cosine from which two sentences of these languages are aligned.
pub(super) fn aligned(a: &str, b: &str) -> f64 {
    if a == "zh" || b == "zh" { ALIGNED_CHINESE } else { ALIGNED }
}

/// A sum as a score, `0..=1`; one half is just enough.
pub(super) fn event_score(sum: f64) -> f64 {
    1.0 / (1.0 + (-STEEPNESS * (sum - EVENT)).exp())
}

/// A strength as a score, `0..=1`; one half is just enough.
pub(super) fn anchor_score(strength: f64) -> f64 {
    strength / (strength + STRONG_ENOUGH)
}
