//! Containment of word 5-grams: which share of one text's shingles is in another text.
//!
//! Broder, *On the resemblance and containment of documents*, 1997. Exact on the hashed shingles, no
//! sketch. In scripts without spaces a word is a character, so that the shingles are character
//! 5-grams.

use crate::similarity::tokens::grams_into;

/// Words of a shingle (Waight et al. use 5 for this kind of text).
const SHINGLE: usize = 5;

/// Returns the shingles of a text without repeats, in the order of their first place. A text shorter
/// than a shingle is one shingle. `seen` is scratch memory.
pub(super) fn shingles(words: &[u32], seen: &mut ShingleSet) -> Vec<u64> {
    let mut shingles = Vec::new();
    grams_into(words, SHINGLE.min(words.len()), &mut shingles);
    seen.reset(shingles.len());
    shingles.retain(|&shingle| seen.insert(shingle));
    shingles
}

/// Returns `|A∩B|` from the set of A and the shingles of B without repeats. O(|B|).
pub(super) fn shared(a: &ShingleSet, b: &[u64]) -> usize {
    b.iter().filter(|&&shingle| a.holds(shingle)).count()
}

/// A set of shingles, in memory that is used again: an open table of buckets of [`WAYS`] places.
///
/// Shingles are spread hashes already, so that a bucket is found without hashing again, and nearly
/// always it is the only one to be looked at.
#[derive(Debug, Default)]
pub(super) struct ShingleSet {
    /// A power of two of them; empty places are 0.
    buckets: Vec<[u64; WAYS]>,
    /// The shingle 0 is a member.
    has_zero: bool,
}

/// Places of a bucket: half a cache line.
const WAYS: usize = 4;

impl ShingleSet {
    /// Makes the set empty, with room for so many shingles.
    fn reset(&mut self, room: usize) {
        // A bucket holds two on average at most, so that a search ends soon.
        self.buckets.clear();
        self.buckets.resize((room / 2 + 1).next_power_of_two(), [0; WAYS]);
        self.has_zero = false;
    }

    /// Makes the set that of these shingles.
    pub(super) fn fill(&mut self, shingles: &[u64]) {
        self.reset(shingles.len());
        for &shingle in shingles {
            self.insert(shingle);
        }
    }

    /// Adds a shingle, for which there must be room; returns whether it is new.
    fn insert(&mut self, shingle: u64) -> bool {
        if shingle == 0 {
            return !std::mem::replace(&mut self.has_zero, true);
        }
        let mut at = self.home(shingle);
        loop {
            let bucket = &mut self.buckets[at];
            if bucket.contains(&shingle) {
                return false;
            }
            if let Some(free) = bucket.iter_mut().find(|place| **place == 0) {
                *free = shingle;
                return true;
            }
            at = (at + 1) & (self.buckets.len() - 1);
        }
    }

    fn holds(&self, shingle: u64) -> bool {
        if shingle == 0 {
            return self.has_zero;
        }
        let mut at = self.home(shingle);
        loop {
            let bucket = &self.buckets[at];
            // Without branches: whether a shingle is shared cannot be foreseen.
            let is = |place| place == shingle;
            let found = bucket.iter().fold(false, |found, &place| found | is(place));
            if found || bucket[WAYS - 1] == 0 {
                return found;
            }
            at = (at + 1) & (self.buckets.len() - 1);
        }
    }

    /// The bucket where a shingle belongs.
    #[inline]
    fn home(&self, shingle: u64) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
        let low = shingle as usize;
        low & (self.buckets.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::similarity::reuse::types::SharedCounts;
    use crate::similarity::tokens::Tokens;

    fn containment(a: &[u64], b: &[u64]) -> (f64, f64) {
        let mut set = ShingleSet::default();
        set.fill(a);
        let (shingles, of_shingles) = (shared(&set, b), (a.len(), b.len()));
        SharedCounts { shingles, of_shingles, ..SharedCounts::default() }.containment()
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: (f64, f64)) {
        let set = |text| shingles(&Tokens::new(text).hashes, &mut ShingleSet::default());
        let (a, b) = (set(a), set(b));
        assert_eq!(containment(&a, &b), expected);
        assert_eq!(containment(&b, &a), (expected.1, expected.0));
    }

    #[test]
    fn a_part_is_contained_in_the_whole() {
        check("a b c d e f", "a b c d e f g h", (1.0, 0.5));
        check("a b c d e", "v w x y z", (0.0, 0.0));
    }

    #[test]
    fn a_repeated_shingle_counts_once() {
        check("a b c d e a b c d e", "a b c d e", (0.2, 1.0));
    }

    #[test]
    fn short_texts_are_one_shingle() {
        check("one two", "One, two!", (1.0, 1.0));
        check("", "one two", (0.0, 0.0));
    }

    #[test]
    fn characters_count_in_chinese() {
        check("中国外交部", "中国外交部发言人", (1.0, 0.25));
    }

    proptest! {
        #[test]
        fn it_counts_like_sets(
            a in prop::collection::vec(0u64..40, 0..60),
            b in prop::collection::vec(0u64..40, 0..60),
        ) {
            // Spread like hashes, but for zero and few buckets.
            let spread = |numbers: &[u64]| numbers.iter().map(|n| n << 61 | n).collect::<BTreeSet<_>>();
            let (a, b) = (spread(&a), spread(&b));
            let (x, y): (Vec<u64>, Vec<u64>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let shared = a.intersection(&b).count() as f64;
            let share = |of: usize| if of == 0 { 0.0 } else { shared / of as f64 };
            prop_assert_eq!(containment(&x, &y), (share(x.len()), share(y.len())));
        }
    }
}
