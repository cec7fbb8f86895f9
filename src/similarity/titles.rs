//! Similarity of headlines: a feature of a match, never evidence by itself.

use rayon::prelude::*;
use strsim::generic_levenshtein;

use crate::model::Article;

use super::batch::Batch;
use super::tokens::Tokens;

/// Words of a headline that are looked at: more than headlines have, so that a text in the place of one costs
/// no more than that.
const WORDS: usize = 64;

/// The words of every headline that may be needed.
pub(super) struct Titles(Vec<Vec<u32>>);

impl Titles {
    pub(super) fn new(batch: &Batch<'_>) -> Titles {
        let title = |(n, article): (usize, &Article)| {
            words(if n < batch.timeline.first_comparable { "" } else { &article.title })
        };
        Titles(batch.articles.par_iter().enumerate().map(title).collect())
    }

    /// One less the edit distance in words over the words of the longer headline, `0..=1`; 0 if
    /// either has none. O(words²), of the first [`WORDS`].
    pub(super) fn similarity(&self, a: usize, b: usize) -> f64 {
        similarity(&self.0[a], &self.0[b])
    }
}

/// The words of a headline that count.
fn words(title: &str) -> Vec<u32> {
    let mut words = Tokens::new(title).hashes;
    words.truncate(WORDS);
    words
}

fn similarity(a: &Vec<u32>, b: &Vec<u32>) -> f64 {
    share(distance(a, b))
}

/// The edit distance of two headlines in words, and the words of the longer one: the similarity of a match is one less
/// the first over the second. (0, 0) if either has none.
pub fn title_distance(a: &str, b: &str) -> (usize, usize) {
    distance(&words(a), &words(b))
}

fn distance(a: &Vec<u32>, b: &Vec<u32>) -> (usize, usize) {
    if a.is_empty() || b.is_empty() {
        return (0, 0);
    }
    (generic_levenshtein(a, b), a.len().max(b.len()))
}

fn share((edits, words): (usize, usize)) -> f64 {
    if words == 0 { 0.0 } else { 1.0 - edits as f64 / words as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: f64) {
        let got = similarity(&Tokens::new(a).hashes, &Tokens::new(b).hashes);
        assert!((got - expected).abs() < 1e-9, "{got}");
    }

    #[test]
    fn words_count_not_letters() {
        check("Port reopens, minister says", "Port reopens – minister says", 1.0);
        check("Port reopens today", "Port closes today", 2.0 / 3.0);
        check("Port", "Harbour", 0.0);
        check("", "", 0.0);
    }
}
