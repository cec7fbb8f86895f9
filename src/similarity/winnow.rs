//! Chooses which grams of a text are indexed, so that no long shared run goes unnoticed.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every `WINDOW` grams in a row the one
//! with the smallest hash is taken. Two texts that share a run of [`guarantee`] words share such a
//! window, hence at least one chosen gram.

use super::tokens::for_each_gram;

/// Words of an indexed gram. Eight words in a row are rarely equal by chance.
const GRAM: usize = 8;
/// Characters of an indexed gram in scripts without spaces, where a word has about 1.7 of them.
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

/// Calls `visit` with the position and hash of each chosen gram, in order. A text with fewer grams
/// than a window gives its smallest one. O(words).
pub(super) fn winnow(words: &[u32], unsegmented: bool, mut visit: impl FnMut(usize, u64)) {
    // The last WINDOW hashes, by position modulo WINDOW.
    let mut ring = [u64::MAX; WINDOW];
    let mut chosen = None;
    let mut at = 0;
    for_each_gram(words, gram(unsegmented), |hash| {
        ring[at % WINDOW] = hash;
        match chosen {
            // The smallest so far has not left the window: only the new one can beat it.
            Some((position, smallest)) if position + WINDOW > at => {
                if hash <= smallest && at + 1 >= WINDOW {
                    visit(at, hash);
                }
                if hash <= smallest {
                    chosen = Some((at, hash));
                } else if at + 1 == WINDOW {
                    visit(position, smallest);
                }
            }
            _ => {
                let oldest = (at + 1).saturating_sub(WINDOW);
                // The last of equal ones, so that runs of one gram give few postings.
                let smallest =
                    (oldest..=at).rev().map(|p| (p, ring[p % WINDOW])).min_by_key(|&(_, h)| h);
                if let (Some((position, hash)), true) = (smallest, at + 1 >= WINDOW) {
                    visit(position, hash);
                }
                chosen = smallest;
            }
        }
        at += 1;
    });
    if let (Some((position, hash)), true) = (chosen, at < WINDOW) {
        visit(position, hash);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chosen(words: &[u32]) -> Vec<(usize, u64)> {
        let mut chosen = Vec::new();
        winnow(words, false, |position, hash| chosen.push((position, hash)));
        chosen
    }

    /// The definition, window by window.
    fn oracle(words: &[u32]) -> Vec<(usize, u64)> {
        let mut grams = Vec::new();
        for_each_gram(words, GRAM, |hash| grams.push(hash));
        let mut chosen: Vec<(usize, u64)> = Vec::new();
        for (start, window) in grams.windows(WINDOW.min(grams.len().max(1))).enumerate() {
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
