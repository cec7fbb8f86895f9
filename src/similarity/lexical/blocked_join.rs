//! The exact join of term vectors: every pair of comparable articles with a cosine at or above a
//! threshold.
//!
//! Articles are sorted by time, so that those of a window are a band round the diagonal. The band is
//! cut into square tiles; in a tile the products are added term by term into a table that fits the
//! second-level cache. At thresholds as low as news needs this beats posting lists for each article
//! and prefix bounds (L2AP) by far, since most pairs have to be looked at anyway.

use rayon::prelude::*;

use super::vectors::Vectors;
use crate::similarity::batch::Batch;
use crate::similarity::tokens::to_f32;

/// Articles of a block: a tile has 512 × 512 sums of 4 bytes, 1 MiB.
const BLOCK: usize = 512;
/// Distance from the threshold below which a sum of 32-bit products is computed again in 64 bits.
const DOUBT: f32 = 1e-5;

/// The vectors of one block, term by term.
struct Block {
    /// Index of its first article.
    first: usize,
    /// Ascending terms, each with the end of its entries.
    terms: Vec<(u32, u32)>,
    /// Articles (counted from `first`) and weights, term by term.
    entries: Vec<(u32, f32)>,
    articles: usize,
}

/// Returns (a, b, cosine) for each comparable pair in scope with a cosine of at least `threshold` and [`SHARED_TERMS`],
/// sorted.
///
/// O(pairs of the window that share a term, once for each shared term); 1 MiB for each thread.
pub(super) fn join(
    batch: &Batch<'_>,
    vectors: &Vectors,
    threshold: f64,
) -> Vec<(usize, usize, f64)> {
    let starts: Vec<usize> = (0..vectors.len()).step_by(BLOCK).collect();
    let blocks: Vec<Block> = starts
        .into_par_iter()
        .map_init(Vec::new, |at, start| Block::new(vectors, start, at))
        .collect();
    let mut tiles = Vec::new();
    for (i, x) in blocks.iter().enumerate() {
        let near = |y: &&Block| y.first == x.first || batch.timeline.is_near(x.last(), y.first);
        let after = blocks.iter().skip(i).take_while(near);
        tiles
            .extend(after.filter(|y| batch.timeline.in_scope((x.first, y.last()))).map(|y| (x, y)));
    }
    let mut pairs: Vec<(usize, usize, f64)> = tiles
        .into_par_iter()
        .map_init(Vec::new, |sums, blocks| tile(batch, vectors, threshold, blocks, sums))
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable_by_key(|&(a, b, _)| (a, b));
    pairs
}

impl Block {
    /// `at` is scratch memory: zeros, one for each term.
    fn new(vectors: &Vectors, first: usize, at: &mut Vec<u32>) -> Block {
        let articles = BLOCK.min(vectors.len() - first);
        at.resize(vectors.terms(), 0);
        let mut found: Vec<u32> = Vec::new();
        for &(term, _) in (first..first + articles).flat_map(|article| vectors.of(article)) {
            if at[term as usize] == 0 {
                found.push(term);
            }
            at[term as usize] += 1;
        }
        found.sort_unstable();
        let mut end = 0;
        let mut terms = Vec::with_capacity(found.len());
        for &term in &found {
            let start = end;
            end += std::mem::replace(&mut at[term as usize], start);
            terms.push((term, end));
        }
        let mut entries = vec![(0, 0.0); end as usize];
        for (n, article) in (0..).zip(first..first + articles) {
            for &(term, weight) in vectors.of(article) {
                let place = &mut at[term as usize];
                entries[*place as usize] = (n, weight);
                *place += 1;
            }
        }
        for term in found {
            at[term as usize] = 0;
        }
        Block { first, terms, entries, articles }
    }

    /// Index of its last article.
    fn last(&self) -> usize {
        (self.first + self.articles).saturating_sub(1)
    }

    /// Entries of the term at `index`.
    fn entries(&self, index: usize) -> &[(u32, f32)] {
        let start = index.checked_sub(1).and_then(|i| self.terms.get(i)).map_or(0, |t| t.1);
        let end = self.terms.get(index).map_or(start, |t| t.1);
        self.entries.get(start as usize..end as usize).unwrap_or_default()
    }
}

fn tile(
    batch: &Batch<'_>,
    vectors: &Vectors,
    threshold: f64,
    (rows, columns): (&Block, &Block),
    sums: &mut Vec<f32>,
) -> Vec<(usize, usize, f64)> {
    multiply(rows, columns, sums);
    let cut = to_f32(threshold) - DOUBT;
    let mut pairs = Vec::new();
    for (row, sums) in sums.chunks(columns.articles.max(1)).enumerate() {
        for (column, &sum) in sums.iter().enumerate().filter(|&(_, &sum)| sum >= cut) {
            let (a, b) = (rows.first + row, columns.first + column);
            if a < b && batch.timeline.in_scope((a, b)) && batch.timeline.is_pair(a, b) {
                let doubtful = sum < cut + 2.0 * DOUBT;
                let cosine =
                    if doubtful { product(vectors.of(a), vectors.of(b)) } else { f64::from(sum) };
                if cosine >= threshold && share_enough(vectors, a, b) {
                    pairs.push((a, b, cosine.min(1.0)));
                }
            }
        }
    }
    pairs
}

/// Terms, numbers left out, that two texts on one subject share at least: one name, or a name and a number, may be in
/// any two.
const SHARED_TERMS: usize = 2;

/// Whether two articles share so many terms. O(terms), mostly fewer.
fn share_enough(vectors: &Vectors, a: usize, b: usize) -> bool {
    let (a, b) = (vectors.of(a), vectors.of(b));
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(&(s, _)), Some(&(t, _))) = (a.get(i), b.get(j)) {
        shared += usize::from(s == t && !vectors.is_number(s));
        if shared == SHARED_TERMS {
            return true;
        }
        i += usize::from(s <= t);
        j += usize::from(t <= s);
    }
    false
}

/// Puts the products of all vectors of two blocks into `sums`, row by row.
fn multiply(x: &Block, y: &Block, sums: &mut Vec<f32>) {
    sums.clear();
    sums.resize(x.articles * y.articles, 0.0);
    let (mut i, mut j) = (0, 0);
    while let (Some(&(s, _)), Some(&(t, _))) = (x.terms.get(i), y.terms.get(j)) {
        if s == t {
            let right = y.entries(j);
            for &(row, u) in x.entries(i) {
                let start = row as usize * y.articles;
                let Some(row) = sums.get_mut(start..start + y.articles) else { continue };
                for &(column, v) in right {
                    row[column as usize] += u * v;
                }
            }
        }
        i += usize::from(s <= t);
        j += usize::from(t <= s);
    }
}

/// The product of two vectors in 64 bits.
fn product(a: &[(u32, f32)], b: &[(u32, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(s, u)), Some(&(t, v))) = (a.get(i), b.get(j)) {
        if s == t {
            sum += f64::from(u) * f64::from(v);
        }
        i += usize::from(s <= t);
        j += usize::from(t <= s);
    }
    sum
}
