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
/// A gram is chosen if there is a window in which it is the smallest (of equal ones: the last), that
/// is, if it has enough greater grams round it to fill a window.
pub(super) fn winnow(
    words: &[u32],
    unsegmented: bool,
    hashes: &mut Vec<u64>,
    mut visit: impl FnMut(usize, u64),
) {
    // Zeros at both ends are smaller than any hash: no window reaches beyond the text.
    const REACH: usize = WINDOW - 1;
    const SPAN: usize = 2 * REACH + 1;
    hashes.clear();
    hashes.extend([0; REACH]);
    for_each_gram(words, gram(unsegmented), |hash| hashes.push(hash.max(1)));
    let grams = hashes.len() - REACH;
    if grams < WINDOW {
        let own = hashes.iter().enumerate().skip(REACH);
        if let Some((at, &hash)) = own.rev().min_by_key(|&(_, &hash)| hash) {
            visit(at - REACH, hash);
        }
        return;
    }
    hashes.extend([0; REACH]);
    for (at, near) in hashes.windows(SPAN).enumerate() {
        let hash = near[REACH];
        let (mut left, mut right) = (true, true);
        let mut room = 0;
        for d in 1..=REACH {
            left &= near[REACH - d] >= hash;
            right &= near[REACH + d] > hash;
            room += usize::from(left) + usize::from(right);
        }
        if room >= REACH {
            visit(at, hash);
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
