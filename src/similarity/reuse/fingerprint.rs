//! Chooses which grams of a text are indexed, so that no long shared run goes unnoticed.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every `WINDOW` grams in a row the one
//! with the smallest hash is taken. Two texts that share a run of [`guarantee`] words share such a
//! window, hence at least one chosen gram.

use super::postings::Packed;
use super::short_texts::ShortTexts;
use crate::similarity::tokens::{Tokens, grams_into};

/// Words of an indexed gram. Eight words in a row are rarely equal by chance.
const GRAM: usize = 8;
/// Characters of an indexed gram in scripts without spaces, where a word has about 1.6 of them.
const GRAM_UNSEGMENTED: usize = 14;
/// Grams of a window.
const WINDOW: usize = 4;

/// Length of an indexed gram.
pub(super) fn gram(unsegmented: bool) -> usize {
    if unsegmented { GRAM_UNSEGMENTED } else { GRAM }
}

/// Every shared run of at least this many words has an indexed gram in common.
pub(super) fn guarantee(unsegmented: bool) -> usize {
    gram(unsegmented) + WINDOW - 1
}

/// Memory of [`fingerprint`] that is used again from text to text.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    hashes: Vec<u64>,
    places: Vec<usize>,
    starts: Vec<u64>,
}

/// A gram that is indexed, or a short text that stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChosenGram {
    /// Its first word.
    pub(super) position: usize,
    /// Its hash.
    pub(super) hash: u64,
    /// It is a short text, found as a whole.
    pub(super) is_text: bool,
}

impl ChosenGram {
    /// What a posting keeps of the hash.
    pub(super) fn kept(&self) -> u64 {
        if self.is_text { Packed::of_text(self.hash) } else { Packed::of_gram(self.hash) }
    }
}

/// Calls `visit` with each gram of a text that is indexed, then with each short text in it. O(words).
pub(super) fn fingerprint(
    tokens: &Tokens,
    short: &ShortTexts,
    scratch: &mut Scratch,
    mut visit: impl FnMut(ChosenGram),
) {
    winnow(&tokens.hashes, tokens.unsegmented, scratch, |position, hash| {
        visit(ChosenGram { position, hash, is_text: false });
    });
    short.find(tokens, &mut scratch.starts, |position, hash| {
        visit(ChosenGram { position, hash, is_text: true });
    });
}

/// Calls `visit` with the position and hash of each chosen gram, in order; of a text shorter than
/// [`guarantee`] none is. O(words).
///
/// A gram is chosen if there is a window in which it is the smallest; of equal ones it is the last.
fn winnow(
    words: &[u32],
    unsegmented: bool,
    Scratch { hashes, places, .. }: &mut Scratch,
    mut visit: impl FnMut(usize, u64),
) {
    grams_into(words, gram(unsegmented), hashes);
    if hashes.len() < WINDOW {
        return;
    }
    // Whether a window chooses another gram than the one before it is a toss-up: no branch depends on
    // it. A place is written for each window, and kept if it is new.
    places.resize(hashes.len() + 1, 0);
    let later = |by: usize| hashes.iter().skip(by);
    let windows = hashes.iter().zip(later(1)).zip(later(2)).zip(later(3));
    let (mut kept, mut last) = (0, usize::MAX);
    for (start, (((first, second), third), newest)) in windows.enumerate() {
        let smallest = first.min(second).min(third.min(newest));
        let mut at = start;
        at = if second == smallest { start + 1 } else { at };
        at = if third == smallest { start + 2 } else { at };
        at = if newest == smallest { start + 3 } else { at };
        kept += usize::from(at != last);
        places[kept] = at;
        last = at;
    }
    for &at in &places[1..=kept] {
        visit(at, hashes[at]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chosen(words: &[u32]) -> Vec<(usize, u64)> {
        let mut chosen = Vec::new();
        winnow(words, false, &mut Scratch::default(), |position, hash| {
            chosen.push((position, hash));
        });
        chosen
    }

    /// The definition, window by window.
    fn oracle(words: &[u32]) -> Vec<(usize, u64)> {
        let mut grams = Vec::new();
        grams_into(words, GRAM, &mut grams);
        let mut chosen: Vec<(usize, u64)> = Vec::new();
        for (start, window) in grams.windows(WINDOW).enumerate() {
            let last = (0..window.len()).rev().min_by_key(|&i| window[i]).unwrap();
            let choice = (start + last, window[last]);
            if chosen.last() != Some(&choice) {
                chosen.push(choice);
            }
        }
        chosen
    }

    proptest! {
        #[test]
        fn choice_is_the_definition(words in prop::collection::vec(0u32..3, 0..60)) {
            prop_assert_eq!(chosen(&words), oracle(&words));
        }

        #[test]
        fn long_shared_runs_share_a_gram(
            a in prop::collection::vec(0u32..50, 0..20),
            run in prop::collection::vec(0u32..50, 11..20),
            b in prop::collection::vec(0u32..50, 0..20),
        ) {
            prop_assert!(run.len() >= guarantee(false));
            let x = [a.clone(), run.clone()].concat();
            let y = [b, run, a].concat();
            let (x, y) = (chosen(&x), chosen(&y));
            prop_assert!(x.iter().any(|(_, h)| y.iter().any(|(_, g)| g == h)));
        }
    }
}
