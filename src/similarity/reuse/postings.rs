//! Postings: the indexed grams of each article, eight bytes each, in buckets by hash.

use crate::similarity::batch::Batch;
use crate::similarity::tokens::{Tokens, to_u32};

use super::fingerprint::{Scratch, fingerprint};
use super::short_texts::ShortTexts;

/// Bits of a gram's hash in a posting, besides those that choose its bucket.
pub(super) const HASH_BITS: u32 = 28;
/// Bits of an article's number within its part.
pub(super) const ARTICLE_BITS: u32 = 16;
/// Bits of a word position; grams further on are not indexed. A million words are more than the
/// longest books have.
pub(super) const POSITION_BITS: u32 = u64::BITS - HASH_BITS - ARTICLE_BITS;
/// Most articles of a part: their numbers fit a posting.
pub(super) const PART_ARTICLES: usize = 1 << ARTICLE_BITS;
/// Postings that a bucket should hold: 8 bytes each, to fit a second-level cache.
pub(super) const BUCKET: usize = 64 * 1024;
/// Fewest buckets: a posting and its bucket tell so many grams apart in any corpus, so that no collision comes or
/// goes with the articles that are indexed together.
pub(super) const FEWEST_BUCKETS: usize = 256;
/// Bytes of text for one posting: six for a word, and two of five grams are chosen.
pub(super) const BYTES_PER_POSTING: usize = 14;

/// One chosen gram of one article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) hash: u32,
    pub(super) article: u32,
    pub(super) position: u32,
}

/// A posting of a known bucket, which gives further bits of the hash, and of a known part of the corpus:
/// [`HASH_BITS`] of the hash, the last of which tells short texts from grams, then the article's number within
/// the part, then the position.
///
/// Grams whose hashes differ only beyond these bits give false seeds, a few for each thousand true ones;
/// words are compared before anything is made of a seed of two articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed(u64);

impl Packed {
    /// Hash of a gram.
    #[inline]
    pub(super) fn of_gram(hash: u64) -> u64 {
        hash & ((1 << HASH_BITS) - 2)
    }

    /// Hash of a short text.
    #[inline]
    pub(super) fn of_text(hash: u64) -> u64 {
        Packed::of_gram(hash) | 1
    }

    /// `None` for a position that is too far on.
    #[inline]
    pub(super) fn new(hash: u64, article: usize, position: usize) -> Option<Packed> {
        let place = ((article as u64) << POSITION_BITS) | position as u64;
        (position >> POSITION_BITS == 0)
            .then_some(Packed((hash << (ARTICLE_BITS + POSITION_BITS)) | place))
    }

    #[inline]
    pub(super) fn hash(self) -> u32 {
        (self.0 >> (ARTICLE_BITS + POSITION_BITS)) as u32
    }

    /// In full; the part begins at this article.
    pub(super) fn unpacked(self, start: usize) -> Posting {
        let article = (self.0 >> POSITION_BITS) & ((1 << ARTICLE_BITS) - 1);
        let position = self.0 & ((1 << POSITION_BITS) - 1);
        Posting {
            hash: self.hash(),
            article: to_u32(start + article as usize),
            position: position as u32,
        }
    }
}

/// The postings of some articles, by bucket.
pub(super) fn read(
    batch: &Batch<'_>,
    short: &ShortTexts,
    part: std::ops::Range<usize>,
    buckets: usize,
) -> Vec<Vec<Packed>> {
    let end = part.end.min(batch.articles.len());
    let start = part.start.min(end);
    let articles = batch.articles.get(start..end).unwrap_or_default();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let room = bytes / BYTES_PER_POSTING / buckets + 16;
    let mut postings: Vec<Vec<Packed>> = (0..buckets).map(|_| Vec::with_capacity(room)).collect();
    let (mut tokens, mut scratch) = (Tokens::default(), Scratch::default());
    for (number, article) in articles.iter().enumerate() {
        tokens.read(&article.text);
        fingerprint(&tokens, short, &mut scratch, |gram| {
            let posting = Packed::new(gram.kept(), number, gram.position);
            postings[bucket_of(gram.hash, buckets)].extend(posting);
        });
    }
    postings
}

/// The bucket of a hash, of so many; their number is a power of two. Beyond [`FEWEST_BUCKETS`] it depends on what
/// a posting keeps of the hash.
pub(super) fn bucket_of(hash: u64, buckets: usize) -> usize {
    let least = (hash >> 32) as usize & (FEWEST_BUCKETS - 1);
    let kept = (Packed::of_gram(hash) >> 1) as usize;
    (least | kept << FEWEST_BUCKETS.ilog2()) & (buckets - 1)
}

/// Turns parts of buckets into buckets of parts.
pub(super) fn by_bucket<T>(parts: Vec<Vec<Vec<T>>>, buckets: usize) -> Vec<Vec<Vec<T>>> {
    let mut turned: Vec<Vec<Vec<T>>> =
        (0..buckets).map(|_| Vec::with_capacity(parts.len())).collect();
    for part in parts {
        for (bucket, content) in turned.iter_mut().zip(part) {
            bucket.push(content);
        }
    }
    turned
}

/// Which hashes may occur twice. Most grams of news occur once, and need not be sorted.
pub(super) struct Repeats {
    twice: Vec<u64>,
    /// Bits of a hash that are not looked at.
    shift: u32,
}

impl Repeats {
    /// Bits that tell hashes apart: four times as many places as a bucket should have postings.
    pub(super) const BITS: u32 = BUCKET.ilog2() + 2;

    pub(super) fn of(parts: &[Vec<Packed>]) -> Repeats {
        let postings: usize = parts.iter().map(Vec::len).sum();
        let bits = (4 * postings).next_power_of_two().ilog2().clamp(6, Repeats::BITS);
        let mut once = vec![0u64; 1 << (bits - 6)];
        let mut repeats = Repeats { twice: once.clone(), shift: HASH_BITS - bits };
        for posting in parts.iter().flatten() {
            let (word, bit) = repeats.place(posting.hash());
            repeats.twice[word] |= once[word] & bit;
            once[word] |= bit;
        }
        repeats
    }

    pub(super) fn may_hold(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.twice[word] & bit != 0
    }

    /// Which number, and which bit of it.
    pub(super) fn place(&self, hash: u32) -> (usize, u64) {
        let place = hash >> self.shift;
        ((place >> 6) as usize, 1 << (place & 63))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_many_grams_are_told_apart_whatever_the_buckets(hash: u64, other: u64) {
            // What the fewest buckets and a posting keep of a hash.
            let kept = (FEWEST_BUCKETS as u64 - 1) << 32 | Packed::of_gram(u64::MAX);
            let same = hash & kept | other & !kept;
            for buckets in [FEWEST_BUCKETS, 2 * FEWEST_BUCKETS, 4096] {
                prop_assert!(bucket_of(hash, buckets) < buckets);
                prop_assert_eq!(bucket_of(hash, buckets), bucket_of(same, buckets));
            }
        }

        #[test]
        fn a_posting_is_unpacked_as_it_was(
            hash: u64, start in 0..1usize << 20, article in 0..PART_ARTICLES, position in 0..1usize << 22,
        ) {
            prop_assert_eq!(Packed::of_gram(hash) + 1, Packed::of_text(hash));
            let hash = Packed::of_text(hash);
            let Some(packed) = Packed::new(hash, article, position) else {
                prop_assert!(position >= 1 << POSITION_BITS);
                return Ok(());
            };
            let posting = packed.unpacked(start);
            prop_assert_eq!(u64::from(posting.hash), hash);
            prop_assert_eq!(posting.hash, packed.hash());
            prop_assert_eq!(posting.article as usize, start + article);
            prop_assert_eq!(posting.position as usize, position);
        }
    }
}
