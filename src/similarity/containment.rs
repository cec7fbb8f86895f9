//! Containment of word 5-grams: which share of one text's shingles is in another text.
//!
//! Broder, *On the resemblance and containment of documents*, 1997. Exact on the hashed shingles, no
//! sketch. In scripts without spaces a word is a character, so that the shingles are character
//! 5-grams.

use super::tokens::for_each_gram;

/// Words of a shingle (Waight et al. use 5 for this kind of text).
const SHINGLE: usize = 5;

/// Returns the set of shingles of a text, sorted. A text shorter than a shingle is one shingle.
pub(super) fn shingles(words: &[u32]) -> Vec<u64> {
    let mut shingles = Vec::with_capacity(words.len());
    for_each_gram(words, SHINGLE.min(words.len()), |hash| shingles.push(hash));
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Returns `|A∩B| / |A|` and `|A∩B| / |B|`; 0 for an empty set. O(|A| + |B|).
pub(super) fn containment(a: &[u64], b: &[u64]) -> (f64, f64) {
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let share = |of: usize| if of == 0 { 0.0 } else { shared as f64 / of as f64 };
    (share(a.len()), share(b.len()))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Tokens;
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: (f64, f64)) {
        let set = |text| shingles(&Tokens::new(text).hashes);
        assert_eq!(containment(&set(a), &set(b)), expected);
        assert_eq!(containment(&set(b), &set(a)), (expected.1, expected.0));
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
}
