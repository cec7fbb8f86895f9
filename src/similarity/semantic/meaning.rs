//! Texts by the vectors of their sentences: how near two are, and which sentences are each other's translation.
//!
//! All products are sums of whole numbers below 2²⁴, exact in every order: the result is the same on every CPU.

use std::ops::Range;

use super::calibration::{BEST_SENTENCE, BEST_THREE};
use crate::corpus::Sentence;
use crate::encoder::to_bytes;
use crate::model::AlignedPair;
use crate::similarity::batch::Batch;
use crate::text::span;

/// The sentences of the articles of a batch.
pub(super) struct Meaning<'b> {
    sentences: &'b [Vec<Sentence>],
    /// Per article: the sentences that are its own, and the length of the vector of each.
    own: Vec<Vec<(usize, f64)>>,
    /// Per article: direction and length of the mean of these; the direction is empty if there is none.
    means: Vec<(Vec<i8>, f64)>,
    /// Numbers of a vector.
    pub(super) size: usize,
}

/// How two texts compare.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    /// Mean of the best cosine of each sentence with one of the other text, `-1..=1`.
    pub(super) late: f64,
    /// What the best sentences add to the score of an event.
    pub(super) sentences: f64,
    /// The pairs at or above the threshold, one to one, in the order of the earlier text.
    pub(super) aligned: Vec<AlignedPair>,
    /// Sentences of the shorter opening.
    pub(super) shorter: usize,
}

/// Cosine that stands for a sentence which has no counterpart.
const NO_COUNTERPART: f64 = 0.25;

impl<'b> Meaning<'b> {
    /// Leaves out standing lines; `None` without a model.
    pub(super) fn new(batch: &Batch<'b>) -> Option<Meaning<'b>> {
        let sentences = batch.sentences?;
        let size = sentences.iter().flatten().map(|s| s.vector.len()).max()?;
        let own_of = |(article, sentences): (usize, &Vec<Sentence>)| {
            let standing = batch.boilerplate(article);
            let is_own = |sentence: &Sentence| {
                let of_span = |own: &Range<usize>| {
                    let covered: usize = standing.iter().map(|line| span::overlap(line, own)).sum();
                    2 * covered < own.len()
                };
                sentence.vector.len() == size && sentence.span.as_ref().is_none_or(of_span)
            };
            let own = sentences.iter().enumerate().filter(|(_, sentence)| is_own(sentence));
            own.map(|(n, sentence)| (n, length(&sentence.vector))).collect()
        };
        let own: Vec<Vec<(usize, f64)>> = sentences.iter().enumerate().map(own_of).collect();
        let means = sentences.iter().zip(&own).map(|(sentences, own)| {
            let mean = mean(sentences, own, size);
            let length = length(&mean);
            (mean, length)
        });
        Some(Meaning { means: means.collect(), sentences, own, size })
    }

    /// Whether there are vectors of an article.
    pub(super) fn has(&self, article: usize) -> bool {
        self.means[article].1 > 0.0
    }

    /// Appends the direction of an article's mean to a matrix; zeros if it has none.
    pub(super) fn push_mean(&self, article: usize, row: &mut Vec<f32>) {
        let mean = &self.means[article].0;
        row.extend(mean.iter().map(|x| f32::from(*x)));
        row.resize(row.len() + self.size - mean.len(), 0.0);
    }

    /// The cosine of two means whose product is known.
    pub(super) fn cosine(&self, a: usize, b: usize, product: f32) -> f64 {
        let lengths = self.means[a].1 * self.means[b].1;
        if lengths > 0.0 { f64::from(product) / lengths } else { 0.0 }
    }

    /// Compares two articles sentence by sentence; sentences are aligned from this cosine on. O(sentences²).
    pub(super) fn compare(&self, a: usize, b: usize, aligned_from: f64) -> Comparison {
        let (own_a, own_b) = (&self.own[a], &self.own[b]);
        let cosine = |&(i, x): &(usize, f64), &(j, y): &(usize, f64)| {
            let (u, v) = (&self.sentences[a][i].vector, &self.sentences[b][j].vector);
            let product = f64::from(dot(u, v));
            if x * y > 0.0 { product / (x * y) } else { 0.0 }
        };
        let table: Vec<Vec<f64>> =
            own_a.iter().map(|x| own_b.iter().map(|y| cosine(x, y)).collect()).collect();
        let best = |cosines: &mut dyn Iterator<Item = f64>| cosines.fold(-1.0, f64::max);
        let rows: f64 = table.iter().map(|row| best(&mut row.iter().copied())).sum();
        let columns = (0..own_b.len()).map(|j| best(&mut table.iter().map(|row| row[j])));
        let columns: f64 = columns.sum();
        let count = |own: &Vec<(usize, f64)>| own.len().max(1) as f64;
        let one_to_one = one_to_one(&table);
        let nth = |n: usize| one_to_one.get(n).map_or(NO_COUNTERPART, |pair| pair.2);
        let three = (nth(0) + nth(1) + nth(2)) / 3.0;
        let mut aligned: Vec<(usize, usize, f64)> =
            one_to_one.iter().copied().take_while(|pair| pair.2 >= aligned_from).collect();
        aligned.sort_by_key(|pair| (pair.0, pair.1));
        let place = |article: usize, n: usize| self.sentences[article][n].span.clone();
        let pair = |(i, j, score): (usize, usize, f64)| AlignedPair {
            earlier: place(a, own_a[i].0),
            later: place(b, own_b[j].0),
            score,
        };
        Comparison {
            late: f64::midpoint(rows / count(own_a), columns / count(own_b)),
            sentences: BEST_SENTENCE * nth(0) + BEST_THREE * three,
            aligned: aligned.into_iter().map(pair).collect(),
            shorter: own_a.len().min(own_b.len()),
        }
    }
}

/// Direction of the mean of an article's sentences, each counted as one.
fn mean(sentences: &[Sentence], own: &[(usize, f64)], size: usize) -> Vec<i8> {
    let mut sum = vec![0.0; size];
    for (n, length) in own.iter().filter(|(_, length)| *length > 0.0) {
        for (sum, x) in sum.iter_mut().zip(&sentences[*n].vector) {
            *sum += f64::from(*x) / length;
        }
    }
    to_bytes(&sum)
}

/// Rows and columns paired so that the best pair comes first, then the best of what is left.
fn one_to_one(table: &[Vec<f64>]) -> Vec<(usize, usize, f64)> {
    let cells = table.iter().enumerate();
    let mut cells: Vec<(usize, usize, f64)> =
        cells.flat_map(|(i, row)| row.iter().enumerate().map(move |(j, x)| (i, j, *x))).collect();
    cells.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    for cell in cells {
        if !pairs.iter().any(|pair| pair.0 == cell.0 || pair.1 == cell.1) {
            pairs.push(cell);
        }
    }
    pairs
}

fn length(vector: &[i8]) -> f64 {
    f64::from(dot(vector, vector)).sqrt()
}

/// The product of two vectors.
fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_has_one_counterpart_at_most() {
        let table = vec![vec![0.9, 0.8], vec![0.85, 0.1], vec![0.2, 0.3]];
        assert_eq!(one_to_one(&table), [(0, 0, 0.9), (2, 1, 0.3)]);
        assert!(one_to_one(&[]).is_empty());
    }

    #[test]
    fn equal_cosines_go_to_the_first() {
        let table = vec![vec![0.5, 0.5], vec![0.5, 0.5]];
        assert_eq!(one_to_one(&table), [(0, 0, 0.5), (1, 1, 0.5)]);
    }

    #[test]
    fn a_product_is_exact() {
        let most = [i8::MIN; 512];
        assert_eq!(dot(&most, &most), 512 * 128 * 128);
        assert!((length(&[3, 4]) - 5.0).abs() < 1e-12);
    }
}
