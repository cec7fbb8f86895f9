//! Shared text: which articles republish another one or reuse passages of it.
//!
//! Four pure steps, each in the file of its name:
//!
//! 1. [`fingerprint`]: a text to the hashes of those runs of words that are indexed (winnowing);
//! 2. pair ([`gram_index`], gram by gram [`link_gram`]): articles that share an indexed run are linked, with the places;
//! 3. [`verify`]: the places grow to aligned passages, and containment is measured exactly;
//! 4. [`classify`]: what each passage is: own text, a quotation, a wire's copy, boilerplate; by the two texts alone
//!    ([`verdict`]), then by who else held it.
//!
//! Every shared run of eleven words (seventeen characters) is found; nothing is estimated. Data that the steps hand on
//! are in [`types`].

mod align;
mod classify;
mod containment;
mod fingerprint;
mod gram_history;
mod gram_index;
mod link_gram;
mod postings;
mod short_texts;
mod star_links;
pub mod steps;
mod types;
mod verdict;
mod verify;

use super::batch::Batch;
use crate::model::{Passage, Registry};

pub use types::SharedCounts;
pub(super) use types::SharedText;

/// Returns the pairs in scope that share text, sorted, with their passages classified. `lexical` are the pairs with
/// their cosines, sorted: the index does not link all copies of one text, and these may be such copies.
///
/// Cost: near to linear in the text. Memory: 8 bytes for each posting of the index, and its seeds.
pub(super) fn shared_texts(
    batch: &Batch<'_>,
    registry: &Registry,
    lexical: &[(usize, usize, f64)],
) -> Vec<(SharedText, Vec<Passage>)> {
    let index = gram_index::pair(batch);
    let pairs = verify::verify(batch, index, lexical);
    let classified = classify::classify(batch, registry, &pairs);
    pairs.into_iter().zip(classified).filter_map(|(pair, found)| Some((pair, found?))).collect()
}
