//! Republication and reused passages: from seeds to the pairs of articles that share text.

use std::ops::Range;

use rayon::prelude::*;

use super::align::{Chain, chains};
use super::containment::{containment, shingles};
use super::index::{Seed, seeds};
use super::kinds::EDGE;
use super::scene::Scene;
use super::short::least_whole;
use super::tokens::Tokens;
use super::winnow::gram;

/// Fewest equal words of a passage. Above the run that the index is sure to find (11), so that every
/// exact passage is found; below 15, real news of one event shares stock phrases by chance ("after
/// Russian President Vladimir Putin declared the start of a special military operation": 13).
pub(super) const PASSAGE_WORDS: usize = 15;
/// The same in characters of a script without spaces: a word has about 1.6.
pub(super) const PASSAGE_CHARACTERS: usize = 24;
/// Least share of equal words in a passage: below it the two stretches say different things.
const DENSITY: f64 = 0.4;
/// Share of the shorter text that must be equal for a text to be reused as a whole.
const WHOLE: f64 = 0.9;
/// Share of the shorter text above which a pair is a match even without a passage of full length.
pub(super) const PARTIAL: f64 = 0.2;

/// Two articles that share text.
#[derive(Debug, Clone)]
pub(super) struct Reuse {
    /// Index of the earlier article.
    pub(super) a: usize,
    /// Index of the later article.
    pub(super) b: usize,
    /// Share of each text's shingles that are in the other.
    pub(super) containment: (f64, f64),
    /// Share of each text's words that are equal and aligned in a passage.
    pub(super) aligned: (f64, f64),
    /// In order of place in `a`.
    pub(super) stretches: Vec<Stretch>,
}

/// A reused passage before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Bytes in the earlier text.
    pub(super) a: Range<usize>,
    /// Bytes in the later text.
    pub(super) b: Range<usize>,
    /// Equal words.
    pub(super) words: usize,
    /// It is (nearly) the whole of one of the texts.
    pub(super) whole: bool,
    /// Its grams recur, but for a few words: see `index`.
    pub(super) recurs: bool,
    /// Its grams are used by one outlet over a long time, but for a few words.
    pub(super) lasts: bool,
    /// Words from the nearer end of the text, in the text where it stands farther inside.
    pub(super) from_edge: usize,
    /// The greater share of either text that it covers, in per mille.
    pub(super) share: usize,
    /// Bytes inside it, in the earlier and in the later text, that are standing lines: runs of grams
    /// that one outlet uses over a long time, or that recur and stand near the head or tail.
    pub(super) standing: [Vec<Range<usize>>; 2],
}

/// Returns the pairs of articles that share text, sorted by (a, b).
pub(super) fn reuse(scene: &Scene<'_>) -> Vec<Reuse> {
    let seeds = seeds(scene);
    let groups = seeds.chunk_by(|x, y| x.pair() == y.pair());
    let mut recurring: Vec<&[Seed]> = vec![&[]; scene.articles.len()];
    let mut pairs: Vec<&[Seed]> = Vec::new();
    for group in groups {
        match group.first().map(|seed| seed.pair()) {
            Some((a, b)) if a == b => recurring[a] = group,
            _ => pairs.push(group),
        }
    }
    let tokens = of_articles(scene, &pairs, Tokens::new);
    let aligned: Vec<(usize, usize, Vec<Stretch>, usize)> = pairs
        .par_iter()
        .filter_map(|seeds| {
            let (a, b) = seeds.first()?.pair();
            let (x, y) = (tokens[a].as_ref()?, tokens[b].as_ref()?);
            let (stretches, equal) = stretches(x, y, seeds, [recurring[a], recurring[b]]);
            let enough =
                !stretches.is_empty() || equal as f64 >= PARTIAL * x.len().min(y.len()) as f64;
            enough.then_some((a, b, stretches, equal))
        })
        .collect();
    drop((pairs, recurring));
    drop(seeds);
    let mut wanted = vec![false; scene.articles.len()];
    for &(a, b, ..) in &aligned {
        (wanted[a], wanted[b]) = (true, true);
    }
    let shingles: Vec<Option<Vec<u64>>> = tokens
        .par_iter()
        .zip(&wanted)
        .map(|(tokens, wanted)| tokens.as_ref().filter(|_| *wanted).map(|t| shingles(&t.hashes)))
        .collect();
    aligned
        .into_par_iter()
        .filter_map(|(a, b, stretches, equal)| {
            let containment = containment(shingles[a].as_ref()?, shingles[b].as_ref()?);
            let share =
                |of: usize| Some((equal as f64 / tokens[of].as_ref()?.len() as f64).min(1.0));
            let aligned = (share(a)?, share(b)?);
            let is_match = !stretches.is_empty() || containment.0.max(containment.1) >= PARTIAL;
            is_match.then_some(Reuse { a, b, containment, aligned, stretches })
        })
        .collect()
}

/// The tokens of the articles that occur in a pair.
fn of_articles<T: Send>(
    scene: &Scene<'_>,
    pairs: &[&[Seed]],
    make: impl Fn(&str) -> T + Sync,
) -> Vec<Option<T>> {
    let mut wanted = vec![false; scene.articles.len()];
    for (a, b) in pairs.iter().filter_map(|seeds| seeds.first()).map(|seed| seed.pair()) {
        (wanted[a], wanted[b]) = (true, true);
    }
    let articles = scene.articles.par_iter().zip(wanted);
    articles.map(|(article, wanted)| wanted.then(|| make(&article.text))).collect()
}

/// The passages of one pair, and the equal words in all aligned chains of it.
fn stretches(
    a: &Tokens,
    b: &Tokens,
    seeds: &[Seed],
    recurring: [&[Seed]; 2],
) -> (Vec<Stretch>, usize) {
    let chains = chains(&a.hashes, &b.hashes, seeds.iter().map(|seed| seed.places()));
    let unsegmented = a.unsegmented && b.unsegmented;
    let least = if unsegmented { PASSAGE_CHARACTERS } else { PASSAGE_WORDS };
    let shorter = a.len().min(b.len());
    let equal = chains.iter().map(|chain| chain.equal).sum();
    let stretches = chains.into_iter().filter_map(|chain| {
        let whole =
            chain.equal >= least_whole(unsegmented) && chain.equal as f64 >= WHOLE * shorter as f64;
        let longer = chain.a.len().max(chain.b.len());
        let dense = chain.equal as f64 >= DENSITY * longer as f64;
        ((chain.equal >= least && dense) || whole).then(|| stretch(a, b, recurring, &chain, whole))
    });
    (stretches.collect(), equal)
}

fn stretch(a: &Tokens, b: &Tokens, recurring: [&[Seed]; 2], chain: &Chain, whole: bool) -> Stretch {
    let gram = gram(a.unsegmented);
    // A few words round a line may be equal by chance.
    let all_but_few = |counts: fn(Seed) -> bool| {
        let places = recurring[0].iter().filter(|seed| counts(**seed)).map(|seed| seed.places().0);
        let inside = places.filter(|&at| at + gram > chain.a.start && at < chain.a.end);
        covered(inside, gram) + gram > chain.equal
    };
    let edge = |words: &Range<usize>, text: &Tokens| words.start.min(text.len() - words.end);
    let share = |words: &Range<usize>, text: &Tokens| words.len() * 1000 / text.len().max(1);
    Stretch {
        a: a.bytes(chain.a.clone()),
        b: b.bytes(chain.b.clone()),
        words: chain.equal,
        whole,
        recurs: all_but_few(|_| true),
        lasts: all_but_few(Seed::lasts),
        from_edge: edge(&chain.a, a).max(edge(&chain.b, b)),
        share: share(&chain.a, a).max(share(&chain.b, b)),
        standing: [standing(a, recurring[0], &chain.a), standing(b, recurring[1], &chain.b)],
    }
}

/// The standing lines inside these words of a text, as bytes.
fn standing(text: &Tokens, recurring: &[Seed], words: &Range<usize>) -> Vec<Range<usize>> {
    let gram = gram(text.unsegmented);
    let at_edge = |at: usize| at <= EDGE || at + gram + EDGE >= text.len();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for seed in recurring {
        let at = seed.places().0;
        let inside = at + gram > words.start && at < words.end;
        if !inside || !(seed.lasts() || at_edge(at)) {
            continue;
        }
        let (start, end) = (at.max(words.start), (at + gram).min(words.end));
        match runs.last_mut().filter(|run| start <= run.end) {
            Some(run) => run.end = run.end.max(end),
            None => runs.push(start..end),
        }
    }
    runs.into_iter().map(|run| text.bytes(run)).collect()
}

/// Words in the union of the runs of `length` words at these ascending places.
fn covered(starts: impl Iterator<Item = usize>, length: usize) -> usize {
    let (mut words, mut end) = (0, 0);
    for start in starts {
        words += (start + length).saturating_sub(end.max(start));
        end = end.max(start + length);
    }
    words
}
