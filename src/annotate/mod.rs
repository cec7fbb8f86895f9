//! Notes about the articles of a corpus: citations, recurring text, suspicious clocks. Pure.

mod boilerplate;
mod citations;
mod clock_suspicion;

pub use boilerplate::{Sighting, StandingFacts, merged, standing_on_their_days, substance, units};
pub use citations::Namer;

use crate::corpus::{Calendar, Corpus};
use crate::model::{Annotations, Naming, Relations};

/// Returns the notes that an analysis of these relations needs.
///
/// `known` is whom the first articles name, where an earlier run has found it. Text that recurs is marked in
/// the articles from `compared` on: no other is compared. Cost: linear in the length of the texts that are read, in
/// parallel over articles.
pub fn annotate(
    corpus: &Corpus,
    calendar: &Calendar,
    relations: Relations,
    known: Vec<Naming>,
    compared: usize,
) -> Annotations {
    let mut annotations = Annotations::default();
    if relations.contains(Relations::REUSE) {
        let named = citations::named(corpus, known).into_iter();
        (annotations.citations, annotations.credits) =
            named.map(|naming| (naming.citations, naming.credits)).unzip();
        annotations.boilerplate = boilerplate::boilerplate(corpus, calendar, compared);
    }
    if relations.has_convergence() {
        annotations.clocks = clock_suspicion::suspect(corpus.articles());
    }
    annotations
}
