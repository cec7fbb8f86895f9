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

/// Calls `visit` with the position and hash of each chosen gram, in order; `hashes` is scratch memory.
/// A text with fewer grams than a window gives its smallest one. O(words).
///
/// A gram is chosen if there is a window in which it is the smallest; of equal ones it is the last.
pub(super) fn winnow(
    words: &[u32],
    unsegmented: bool,
    hashes: &mut Vec<u64>,
    mut visit: impl FnMut(usize, u64),
) {
    hashes.clear();
    for_each_gram(words, gram(unsegmented), |hash| hashes.push(hash));
    if hashes.len() < WINDOW {
        if let Some((at, &hash)) = hashes.iter().enumerate().rev().min_by_key(|&(_, &hash)| hash) {
            visit(at, hash);
        }
        return;
    }
    let mut last = None;
    for (start, window) in hashes.windows(WINDOW).enumerate() {
        let &[first, second, third, newest] = window else { continue };
        let smallest = first.min(second).min(third.min(newest));
        // Most windows have the smallest gram of the one before.
        if newest != smallest && last.is_some_and(|(at, hash)| hash == smallest && at >= start) {
            continue;
        }
        let at = start + window.iter().rposition(|&hash| hash == smallest).unwrap_or_default();
        if last != Some((at, smallest)) {
            visit(at, smallest);
            last = Some((at, smallest));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chosen(words: &[u32]) -> Vec<(usize, u64)> {
        let mut chosen = Vec::new();
        winnow(words, false, &mut Vec::new(), |position, hash| chosen.push((position, hash)));
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
