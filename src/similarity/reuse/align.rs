//! From seeds (places where two texts share a gram) to aligned chains: the reused passages.
//!
//! Seed and extend, as in passim (Smith, Cordell and Mullen, 2015) and in sequence search, but on
//! words and order-free: every passage is found wherever it stands in the other text. A seed grows to
//! the longest run of equal words; at an edit the search goes on a few words further on both sides;
//! runs that follow each other with small gaps are one chain.

use std::ops::Range;

/// Words that may be skipped on either side when a run is continued after an edit. Edits in news come
/// in bursts of a few words; twelve cover nine tenths of the bursts planted by the corpus generator.
const REACH: usize = 12;
/// Equal words in a row that confirm a continuation right after an edit: two happen by chance ("of
/// the"), three rarely.
const SYNC: usize = 3;
/// Skipped words for which one more equal word is asked: the farther, the more chances.
const SYNC_STEP: usize = 6;
/// Words between two runs of one chain, on either side.
const GAP: usize = 30;
/// By how much the two sides of a gap may differ, in words.
const DRIFT: usize = 16;
/// Share of a chain that may lie in a longer chain of the same pair.
const OVERLAP: f64 = 0.2;

/// Equal words at the same distance: `a..a + len` equals `b..b + len`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) len: usize,
}

/// An aligned chain: runs in ascending order in both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    /// Words in the first text, from the first equal to the last equal one.
    pub(super) a: Range<usize>,
    /// The same in the second text.
    pub(super) b: Range<usize>,
    /// Words equal in both.
    pub(super) equal: usize,
}

/// Returns the chains through `seeds` (pairs of word positions, sorted), without overlap but for a
/// small share, in order of place. A chain for which `holds` is false is taken apart into such for which it is
/// true; it must be true of a single run.
///
/// O(seeds + words + edits · `REACH`²) for texts whose equal parts stand in the same order; each run that
/// stands elsewhere costs as much as there are runs or chains.
pub(super) fn chains(
    a: &[u32],
    b: &[u32],
    seeds: impl Iterator<Item = (usize, usize)>,
    holds: impl Fn(&Chain) -> bool,
) -> Vec<Chain> {
    let runs = runs(a, b, seeds);
    let mut chains = Vec::new();
    for chain in chained(a, b, &runs, |_| true) {
        if holds(&chain) {
            chains.push(chain);
        } else {
            let inside: Vec<Run> = runs.iter().copied().filter(|run| chain.spans(*run)).collect();
            chains.extend(chained(a, b, &inside, &holds));
        }
    }
    without_overlap(chains)
}

/// Joins runs, sorted, to chains: each to the nearest that it continues, if the longer chain `may` be.
fn chained(a: &[u32], b: &[u32], runs: &[Run], may: impl Fn(&Chain) -> bool) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for &run in runs {
        let fits = |chain: &&mut Chain| fits(chain, run).is_some();
        let nearest = chains.iter_mut().filter(fits).min_by_key(|chain| fits_distance(chain, run));
        let longer = nearest.map(|chain| (joined(a, b, chain, run), chain));
        match longer.filter(|(longer, _)| may(longer)) {
            Some((longer, chain)) => *chain = longer,
            None => chains.push(Chain {
                a: run.a..run.a + run.len,
                b: run.b..run.b + run.len,
                equal: run.len,
            }),
        }
    }
    chains
}

impl Chain {
    /// Whether the run lies in it.
    fn spans(&self, run: Run) -> bool {
        let lies = |start: usize, words: &Range<usize>| {
            start >= words.start && start + run.len <= words.end
        };
        lies(run.a, &self.a) && lies(run.b, &self.b)
    }
}

/// How far the run is from the end of the chain, if it continues it.
fn fits(chain: &Chain, run: Run) -> Option<usize> {
    let gap = |end: usize, start: usize| {
        start.checked_sub(end).or_else(|| (end - start < run.len).then_some(0))
    };
    let (x, y) = (gap(chain.a.end, run.a)?, gap(chain.b.end, run.b)?);
    (x <= GAP && y <= GAP && x.abs_diff(y) <= DRIFT).then_some(x + y)
}

fn fits_distance(chain: &Chain, run: Run) -> usize {
    fits(chain, run).unwrap_or(usize::MAX)
}

/// The chain with the run, less what it overlaps with the chain's end, and with what is equal in the gap.
fn joined(a: &[u32], b: &[u32], chain: &Chain, run: Run) -> Chain {
    let left = a.get(chain.a.end..run.a).unwrap_or_default();
    let right = b.get(chain.b.end..run.b).unwrap_or_default();
    let overlap =
        chain.a.end.saturating_sub(run.a).max(chain.b.end.saturating_sub(run.b)).min(run.len);
    Chain {
        a: chain.a.start..chain.a.end.max(run.a + run.len),
        b: chain.b.start..chain.b.end.max(run.b + run.len),
        equal: chain.equal + in_order(left, right) + run.len - overlap,
    }
}

/// Length of the longest common subsequence of two gaps. O(a · b), at most `GAP`².
fn in_order(a: &[u32], b: &[u32]) -> usize {
    let mut row = [0usize; GAP + 1];
    for word in a {
        let mut diagonal = 0;
        for (j, other) in b.iter().enumerate().take(GAP) {
            let above = row[j + 1];
            row[j + 1] = if word == other { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len().min(GAP)]
}

/// Keeps the longer of two chains that hold the same words of one text.
fn without_overlap(mut chains: Vec<Chain>) -> Vec<Chain> {
    chains.sort_by_key(|chain| (std::cmp::Reverse(chain.equal), chain.a.start, chain.b.start));
    let mut kept: Vec<Chain> = Vec::with_capacity(chains.len());
    for chain in chains {
        let shared = |x: &Range<usize>, y: &Range<usize>| {
            let words = x.end.min(y.end).saturating_sub(x.start.max(y.start));
            words as f64 > OVERLAP * x.len() as f64
        };
        if !kept.iter().any(|k| shared(&chain.a, &k.a) || shared(&chain.b, &k.b)) {
            kept.push(chain);
        }
    }
    kept.sort_by_key(|chain| (chain.a.start, chain.b.start));
    kept
}

/// The maximal runs through the seeds and what can be reached from them, sorted and without repeats.
fn runs(a: &[u32], b: &[u32], seeds: impl Iterator<Item = (usize, usize)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    // Seeds ascend, and so do the runs that follow one: the next seed is in the same run or one of the
    // next ones.
    let mut last = 0;
    for (i, j) in seeds {
        let covers = |run: &Run| {
            run.a <= i && i < run.a + run.len && i.wrapping_sub(run.a) == j.wrapping_sub(run.b)
        };
        if let Some(run) = (last..runs.len()).chain(0..last).find(|&run| covers(&runs[run])) {
            last = run;
            continue;
        }
        if a.get(i).is_none() || a.get(i) != b.get(j) {
            continue;
        }
        last = runs.len();
        let forward = common(a, b, i, j);
        let backward = common_before(a, b, i, j);
        let run = Run { a: i - backward, b: j - backward, len: forward + backward };
        runs.push(run);
        follow(a, b, run, &mut runs);
        precede(a, b, run, &mut runs);
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Goes on after `run`, edit by edit, as long as equal words are within reach.
fn follow(a: &[u32], b: &[u32], run: Run, runs: &mut Vec<Run>) {
    let (mut i, mut j) = (run.a + run.len, run.b + run.len);
    let word = |text: &[u32], at: usize| text.get(at).copied();
    while let Some((x, y, len)) =
        within_reach(|x| word(a, i + x), |y| word(b, j + y), |x, y| common(a, b, i + x, j + y))
    {
        runs.push(Run { a: i + x, b: j + y, len });
        (i, j) = (i + x + len, j + y + len);
    }
}

/// The same towards the beginning.
fn precede(a: &[u32], b: &[u32], run: Run, runs: &mut Vec<Run>) {
    let (mut i, mut j) = (run.a, run.b);
    let word = |text: &[u32], end: usize, back: usize| {
        end.checked_sub(back + 1).and_then(|at| text.get(at)).copied()
    };
    while let Some((x, y, len)) =
        within_reach(|x| word(a, i, x), |y| word(b, j, y), |x, y| common_before(a, b, i - x, j - y))
    {
        (i, j) = (i - x - len, j - y - len);
        runs.push(Run { a: i, b: j, len });
    }
}

/// The nearest place, not both offsets zero, where enough equal words follow, and how many; of
/// equally near ones the one with fewer words skipped in the first text.
fn within_reach(
    a: impl Fn(usize) -> Option<u32>,
    b: impl Fn(usize) -> Option<u32>,
    run: impl Fn(usize, usize) -> usize,
) -> Option<(usize, usize, usize)> {
    // Words beyond the end of a text are equal to nothing.
    let a: [u64; REACH + 1] = std::array::from_fn(|x| a(x).map_or(u64::MAX, u64::from));
    let b: [u64; REACH + 1] = std::array::from_fn(|y| b(y).map_or(u64::MAX - 1, u64::from));
    if a[0] == u64::MAX || b[0] == u64::MAX - 1 {
        return None;
    }
    for sum in 1..=2 * REACH {
        let words = a.iter().enumerate().take(sum + 1).skip(sum.saturating_sub(REACH));
        for (x, word) in words {
            let y = sum - x;
            if *word == b[y] {
                let len = run(x, y);
                if len >= sync(x, y) {
                    return Some((x, y, len));
                }
            }
        }
    }
    None
}

/// Equal words that confirm a continuation after skipping `x` and `y` words.
fn sync(x: usize, y: usize) -> usize {
    SYNC + x.max(y) / SYNC_STEP
}

/// Equal words from (i, j) on.
fn common(a: &[u32], b: &[u32], i: usize, j: usize) -> usize {
    let a = a.get(i..).unwrap_or_default();
    let b = b.get(j..).unwrap_or_default();
    // Copies share hundreds of words: several at once.
    let ((eights, _), (others, _)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let start = 8 * eights.iter().zip(others).take_while(|(s, t)| s == t).count();
    start + a[start..].iter().zip(&b[start..]).take_while(|(s, t)| s == t).count()
}

/// Equal words before (i, j).
fn common_before(a: &[u32], b: &[u32], i: usize, j: usize) -> usize {
    let a = a.get(..i).unwrap_or_default();
    let b = b.get(..j).unwrap_or_default();
    let ((_, eights), (_, others)) = (a.as_rchunks::<8>(), b.as_rchunks::<8>());
    let end = 8 * eights.iter().rev().zip(others.iter().rev()).take_while(|(s, t)| s == t).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    end + a.iter().rev().zip(b.iter().rev()).take_while(|(s, t)| s == t).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words as numbers; a seed wherever two words are equal.
    fn check(a: &str, b: &str, expected: &[(Range<usize>, Range<usize>, usize)]) {
        check_apart(a, b, |_| true, expected);
    }

    #[track_caller]
    fn check_apart(
        a: &str,
        b: &str,
        holds: impl Fn(&Chain) -> bool,
        expected: &[(Range<usize>, Range<usize>, usize)],
    ) {
        let number = |text: &str| -> Vec<u32> { text.bytes().map(u32::from).collect() };
        let (a, b) = (number(a), number(b));
        let mut seeds = Vec::new();
        for i in 0..a.len() {
            for j in 0..b.len() {
                if common(&a, &b, i, j) >= 4 {
                    seeds.push((i, j));
                }
            }
        }
        let chains = chains(&a, &b, seeds.into_iter(), holds);
        let got: Vec<_> = chains.into_iter().map(|c| (c.a, c.b, c.equal)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn an_equal_stretch_is_one_chain() {
        check("__abcdefgh", "xyzabcdefgh", &[(2..10, 3..11, 8)]);
    }

    #[test]
    fn edits_do_not_break_it() {
        check("abcdefghijklm", "abcde12hijklm", &[(0..13, 0..13, 11)]);
        check("abcdefghijklm", "abcdef123ghijklm", &[(0..13, 0..16, 13)]);
        check("abcdefgh1x2yijklmn", "abcdefgh3x4yijklmn", &[(0..18, 0..18, 16)]);
    }

    #[test]
    fn it_goes_on_to_its_true_ends() {
        check("abc1defghijk2lmn", "abc3defghijk4lmn", &[(0..16, 0..16, 14)]);
    }

    #[test]
    fn moved_blocks_are_found() {
        check("abcdefghPQRSTUVW", "PQRSTUVWabcdefgh", &[(0..8, 8..16, 8), (8..16, 0..8, 8)]);
    }

    #[test]
    fn a_thin_chain_is_taken_apart_and_no_run_is_lost() {
        let (a, b) = ("abcdefgh----ijklm----------nopqr", "abcdefgh++++ijklm++++++++++nopqr");
        check(a, b, &[(0..32, 0..32, 18)]);
        let dense = |chain: &Chain| chain.equal * 3 >= chain.a.len() * 2;
        check_apart(a, b, dense, &[(0..17, 0..17, 13), (27..32, 27..32, 5)]);
    }

    #[test]
    fn a_stretch_that_occurs_twice_counts_once() {
        check("abcdefgh", "abcdefgh---------------------------------abcdefgh", &[(0..8, 0..8, 8)]);
    }

    proptest! {
        #[test]
        fn chains_are_valid(a in "[abc]{0,60}", b in "[abc]{0,60}") {
            let (a, b): (Vec<u32>, Vec<u32>) =
                (a.bytes().map(u32::from).collect(), b.bytes().map(u32::from).collect());
            let mut seeds = Vec::new();
            for i in 0..a.len() {
                for j in 0..b.len() {
                    if common(&a, &b, i, j) >= 4 {
                        seeds.push((i, j));
                    }
                }
            }
            for chain in chains(&a, &b, seeds.into_iter(), |_| true) {
                prop_assert!(chain.a.end <= a.len() && chain.b.end <= b.len());
                prop_assert!(chain.equal <= chain.a.len() && chain.equal <= chain.b.len());
                prop_assert!(chain.equal >= 1 && !chain.a.is_empty() && !chain.b.is_empty());
            }
        }
    }
}
