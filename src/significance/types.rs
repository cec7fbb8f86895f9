//! The data of this stage: what several of its tests work on.

use crate::corpus::Corpus;

/// The outlets that have articles, sorted by id, and the outlet of each article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outlets<'a> {
    /// Sorted ids.
    pub(super) ids: Vec<&'a str>,
    /// Number of each article's outlet.
    pub(super) of: Vec<usize>,
}

impl<'a> Outlets<'a> {
    /// The outlets of a corpus.
    pub(super) fn new(corpus: &'a Corpus) -> Outlets<'a> {
        Outlets {
            ids: corpus.outlet_ids().iter().map(String::as_str).collect(),
            of: corpus.outlets().iter().map(|&number| number as usize).collect(),
        }
    }

    /// Position of the pair `(a, b)`, `a < b`, among all pairs sorted by their ids.
    pub(super) fn pair(&self, a: usize, b: usize) -> usize {
        a * (2 * self.ids.len() - a - 1) / 2 + (b - a - 1)
    }

    /// All pairs `(a, b)`, `a < b`, in the order of [`Outlets::pair`].
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + Clone + use<> {
        let n = self.ids.len();
        (0..n).flat_map(move |a| (a + 1..n).map(move |b| (a, b)))
    }

    /// Number of articles of each outlet.
    pub(super) fn articles(&self) -> Vec<usize> {
        let mut articles = vec![0; self.ids.len()];
        for &outlet in &self.of {
            articles[outlet] += 1;
        }
        articles
    }
}
