//! The words of an article as numbers, for everything that compares texts word by word.

use std::ops::Range;

use crate::text::{for_each_hash, has_unsegmented, is_unsegmented};

/// The words of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    /// 32 bits of the hash of each word.
    pub(super) hashes: Vec<u32>,
    /// First byte and end of each word.
    spans: Vec<(u32, u32)>,
    /// More than half of the words are characters of a script without spaces.
    pub(super) unsegmented: bool,
}

impl Tokens {
    pub(super) fn new(text: &str) -> Tokens {
        let mut tokens = Tokens::default();
        let (hashes, spans) = (&mut tokens.hashes, &mut tokens.spans);
        // A word has about six bytes.
        hashes.reserve(text.len() / 6);
        spans.reserve(text.len() / 6);
        tokens.unsegmented = for_each_token(text, |span, hash| {
            hashes.push(hash);
            spans.push((to_u32(span.start), to_u32(span.end)));
        });
        tokens
    }

    /// Replaces the content by the words of `text`, without their places; keeps the memory.
    pub(super) fn read(&mut self, text: &str) {
        self.spans.clear();
        self.hashes.clear();
        let hashes = &mut self.hashes;
        self.unsegmented = for_each_token(text, |_, hash| hashes.push(hash));
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The bytes from the first to the last of these words; nothing for an empty range.
    pub(super) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let start = self.spans.get(words.start).map_or(0, |span| span.0) as usize;
        let last = words.end.checked_sub(1).and_then(|last| self.spans.get(last));
        let end = last.map_or(0, |span| span.1) as usize;
        start..end.max(start)
    }
}

/// Calls `visit` with the place and 32 bits of the hash of each word; returns whether more than half of the
/// words are characters of a script without spaces.
fn for_each_token(text: &str, mut visit: impl FnMut(Range<usize>, u32)) -> bool {
    if !has_unsegmented(text) {
        for_each_hash(text, |span, hash| visit(span, (hash >> 32) as u32));
        return false;
    }
    let (mut words, mut characters) = (0, 0);
    for_each_hash(text, |span, hash| {
        let first = text.get(span.start..).and_then(|rest| rest.chars().next());
        characters += usize::from(first.is_some_and(is_unsegmented));
        words += 1;
        visit(span, (hash >> 32) as u32);
    });
    characters * 2 > words
}

/// A position or index as 32 bits. Texts and corpora beyond 4 G are out of reach anyway.
pub(super) fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The nearest 32-bit number.
#[expect(clippy::cast_possible_truncation, reason = "rounding is what is wanted")]
pub(super) fn to_f32(x: f64) -> f32 {
    x as f32
}

/// Spreads the bits of a number (splitmix64: Steele, Lea and Flood, OOPSLA 2014).
#[inline]
pub(super) fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    h ^ (h >> 31)
}

/// Odd multiplier of the polynomial hash of a gram.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Puts the hash of each run of `n` words into `grams`, in order. O(words).
pub(super) fn grams_into(words: &[u32], n: usize, grams: &mut Vec<u64>) {
    grams.clear();
    if n == 0 || words.len() < n {
        return;
    }
    let oldest = (1..n).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let (head, tail) = words.split_at(n);
    let mut sum = sum_of(head);
    grams.push(mix(sum));
    grams.extend(tail.iter().zip(words).map(|(&new, &old)| {
        sum = sum.wrapping_sub(value(old).wrapping_mul(oldest));
        sum = sum.wrapping_mul(BASE).wrapping_add(value(new));
        mix(sum)
    }));
}

/// The hash of all words as one run.
pub(super) fn gram_of(words: &[u32]) -> u64 {
    mix(sum_of(words))
}

/// The polynomial hash before its bits are spread.
fn sum_of(words: &[u32]) -> u64 {
    words.iter().fold(0, |sum, &word| sum.wrapping_mul(BASE).wrapping_add(value(word)))
}

/// A word as a coefficient: not 0, so that leading words count.
#[inline]
fn value(word: u32) -> u64 {
    u64::from(word).wrapping_add(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_run_from_first_to_last_word() {
        let tokens = Tokens::new("One «два» three.");
        assert_eq!(tokens.len(), 3);
        assert_eq!(tokens.bytes(1..3), 6..20);
        assert_eq!(tokens.bytes(2..2).len(), 0);
    }

    #[test]
    fn majority_decides_the_script() {
        assert!(Tokens::new("中国和 Xinhua").unsegmented);
        assert!(!Tokens::new("The word 中国 in English").unsegmented);
    }

    proptest! {
        #[test]
        fn rolling_hash_is_that_of_the_run(words in prop::collection::vec(any::<u32>(), 0..20)) {
            let mut rolled = vec![7];
            grams_into(&words, 3, &mut rolled);
            let direct: Vec<u64> = words.windows(3).map(gram_of).collect();
            prop_assert_eq!(rolled, direct);
        }
    }
}
