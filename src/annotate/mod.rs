//! Notes about the articles of a corpus: citations, recurring text, suspicious clocks. Pure.

mod boilerplate;
mod citations;
mod clock_suspicion;

use crate::corpus::{Calendar, Corpus};
use crate::model::{Annotations, Citation, Relations};

/// Returns the notes that an analysis of these relations needs.
///
/// `known` are the citations of the first articles, where an earlier run has found them. Text that recurs is marked in
/// the articles from `compared` on: no other is compared. Cost: linear in the length of the texts that are read, in
/// parallel over articles.
pub fn annotate(
    corpus: &Corpus,
    calendar: &Calendar,
    relations: Relations,
    known: Vec<Vec<Citation>>,
    compared: usize,
) -> Annotations {
    let mut annotations = Annotations::default();
    if relations.contains(Relations::REUSE) {
        (annotations.citations, annotations.credits) = citations::citations(corpus, known);
        annotations.boilerplate = boilerplate::boilerplate(corpus, calendar, compared);
    }
    if relations.has_convergence() {
        annotations.clocks = clock_suspicion::suspect(corpus.articles());
    }
    annotations
}
