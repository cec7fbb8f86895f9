//! Republication and reused passages: from seeds to the pairs of articles that share text.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::align::{Chain, chains};
use super::classify_passages::{EDGE, is_only_lines};
use super::comparison_window::Scene;
use super::containment::{ShingleSet, containment, shingles};
use super::gram_index::{Index, Seed, index};
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
/// TF-IDF cosine from which containment is measured though the index links the two texts by no gram. Few pairs of
/// different texts reach it, and copies with a third of their words edited do.
const CLOSE: f64 = 0.5;
/// Articles whose pairs, as the earlier one, are compared before the next: enough for all threads, few
/// enough that their words take little memory beside the texts of a large corpus.
const AT_ONCE: usize = 4096;

/// Two articles that share text.
#[derive(Debug, Clone)]
pub(super) struct Reuse {
    /// Index of the earlier article.
    pub(super) a: usize,
    /// Index of the later article.
    pub(super) b: usize,
    /// Share of each text's shingles that are in the other; not measured, hence 0, for a pair that
    /// shares nothing but standing lines, which is no match.
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
    /// Places inside it that the index links, and those of them whose gram is common: see [`Seed::is_common`].
    pub(super) linked: usize,
    pub(super) common: usize,
    /// The greater share of either text that it covers, in per mille.
    pub(super) share: usize,
    /// Bytes inside it, in the earlier and in the later text, that are standing lines: runs of grams
    /// that one outlet uses over a long time, or that recur and stand near the head or tail.
    pub(super) standing: [Vec<Range<usize>>; 2],
}

/// Returns the pairs of articles that share text, sorted by (a, b): those asked for, and those that tell who
/// had it first. The index does not link all copies of one text; of the `lexical` pairs (with their cosines, sorted)
/// that may be such copies containment is measured even if it does not.
///
/// Memory: the seeds, and the words of the articles of [`AT_ONCE`] and a window after them.
pub(super) fn reuse(scene: &Scene<'_>, lexical: &[(usize, usize, f64)]) -> Vec<Reuse> {
    let Index { seeds, crowded } = index(scene);
    let mut recurring: Vec<&[Seed]> = vec![&[]; scene.articles.len()];
    let mut pairs: Vec<&[Seed]> = Vec::new();
    for group in seeds.chunk_by(|x, y| x.pair() == y.pair()) {
        match pair_of(group) {
            (a, b) if a == b => recurring[a] = group,
            pair if scene.is_needed(pair) => pairs.push(group),
            _ => {}
        }
    }
    let part = |seeds: &[Seed]| pair_of(seeds).0 / AT_ONCE;
    let mut texts = Texts::default();
    let mut found = Vec::new();
    for pairs in pairs.chunk_by(|x, y| part(x) == part(y)) {
        texts.read(scene, pairs.iter().map(|seeds| pair_of(seeds)));
        let aligned: Vec<Aligned> =
            pairs.par_iter().filter_map(|seeds| align(&texts, &recurring, seeds)).collect();
        let measured = aligned.iter().filter(|aligned| !is_only_lines(&aligned.stretches));
        texts.cut(measured.map(|aligned| (aligned.a, aligned.b)));
        found.par_extend(
            aligned
                .into_par_iter()
                .map_init(Earlier::default, |earlier, aligned| measure(&texts, earlier, aligned))
                .flatten(),
        );
        texts.forget(pairs.last().map_or(0, |seeds| (part(seeds) + 1) * AT_ONCE));
    }
    let is_linked = |pair| pairs.binary_search_by_key(&pair, |seeds| pair_of(seeds)).is_ok();
    let may_share = |b: usize, cosine: f64| cosine >= CLOSE || crowded[b];
    let unlinked: Vec<(usize, usize)> = lexical
        .iter()
        .filter(|&&(a, b, cosine)| may_share(b, cosine) && !is_linked((a, b)))
        .map(|&(a, b, _)| (a, b))
        .collect();
    found.extend(contained(scene, &unlinked));
    found.sort_by_key(|pair| (pair.a, pair.b));
    found
}

/// Those of these pairs, sorted, of which one text is to a good part in the other. Their passages are not looked
/// for: they are those that the two have with the articles to which the index links them.
fn contained(scene: &Scene<'_>, pairs: &[(usize, usize)]) -> Vec<Reuse> {
    let part = |pair: &(usize, usize)| pair.0 / AT_ONCE;
    let mut texts = Texts::default();
    let mut found = Vec::new();
    for pairs in pairs.chunk_by(|x, y| part(x) == part(y)) {
        texts.read(scene, pairs.iter().copied());
        texts.cut(pairs.iter().copied());
        let unaligned = |&(a, b)| Aligned { a, b, stretches: Vec::new(), equal: 0 };
        found.par_extend(
            pairs
                .par_iter()
                .map(unaligned)
                .map_init(Earlier::default, |earlier, pair| measure(&texts, earlier, pair))
                .flatten(),
        );
        texts.forget(pairs.last().map_or(0, |pair| (part(pair) + 1) * AT_ONCE));
    }
    found
}

/// The pair of these seeds, which are all of one.
fn pair_of(seeds: &[Seed]) -> (usize, usize) {
    seeds.first().map_or((0, 0), |seed| seed.pair())
}

/// The words and shingles of the articles under way, by article.
#[derive(Default)]
struct Texts {
    tokens: BTreeMap<usize, Tokens>,
    shingles: BTreeMap<usize, Vec<u64>>,
}

impl Texts {
    /// Reads the texts of these pairs, but for those that are there.
    fn read(&mut self, scene: &Scene<'_>, pairs: impl Iterator<Item = (usize, usize)>) {
        let missing = missing(&self.tokens, pairs).into_par_iter();
        let read = missing.map(|n| (n, Tokens::new(&scene.articles[n].text)));
        self.tokens.extend(read.collect::<Vec<_>>());
    }

    /// Cuts the texts of these pairs into shingles, but for those that are.
    fn cut(&mut self, pairs: impl Iterator<Item = (usize, usize)>) {
        let missing = missing(&self.shingles, pairs).into_par_iter();
        let cut = missing.map_init(ShingleSet::default, |seen, n| {
            Some((n, shingles(&self.tokens.get(&n)?.hashes, seen)))
        });
        self.shingles.extend(cut.flatten().collect::<Vec<_>>());
    }

    /// Lets go of the articles before this one.
    fn forget(&mut self, before: usize) {
        self.tokens = self.tokens.split_off(&before);
        self.shingles = self.shingles.split_off(&before);
    }
}

/// The articles of these pairs that are not in `known`, ascending.
fn missing<T>(
    known: &BTreeMap<usize, T>,
    pairs: impl Iterator<Item = (usize, usize)>,
) -> Vec<usize> {
    let mut wanted: Vec<usize> = pairs.flat_map(|(a, b)| [a, b]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.retain(|article| !known.contains_key(article));
    wanted
}

/// A pair whose seeds have grown to passages.
struct Aligned {
    a: usize,
    b: usize,
    stretches: Vec<Stretch>,
    /// Equal words in all aligned chains.
    equal: usize,
}

/// The passages of a pair; `None` if it shares too little.
fn align(texts: &Texts, recurring: &[&[Seed]], seeds: &[Seed]) -> Option<Aligned> {
    let (a, b) = pair_of(seeds);
    let (x, y) = (texts.tokens.get(&a)?, texts.tokens.get(&b)?);
    let (stretches, equal) = stretches(x, y, seeds, [recurring[a], recurring[b]]);
    let enough = !stretches.is_empty() || equal as f64 >= PARTIAL * x.len().min(y.len()) as f64;
    enough.then_some(Aligned { a, b, stretches, equal })
}

/// The shingles of a pair's earlier article, kept for its next pair: most articles are in several.
#[derive(Default)]
struct Earlier {
    article: Option<usize>,
    shingles: ShingleSet,
}

impl Earlier {
    fn set(&mut self, article: usize, shingles: &[u64]) -> &ShingleSet {
        if self.article != Some(article) {
            self.shingles.fill(shingles);
            self.article = Some(article);
        }
        &self.shingles
    }
}

/// How much of each text is in the other; `None` for a pair that shares too little.
fn measure(texts: &Texts, earlier: &mut Earlier, aligned: Aligned) -> Option<Reuse> {
    let Aligned { a, b, stretches, equal } = aligned;
    let containment = if is_only_lines(&stretches) {
        (0.0, 0.0)
    } else {
        let (of_a, of_b) = (texts.shingles.get(&a)?, texts.shingles.get(&b)?);
        containment((of_a.len(), earlier.set(a, of_a)), of_b)
    };
    let share = |of: usize| Some((equal as f64 / texts.tokens.get(&of)?.len() as f64).min(1.0));
    let aligned = (share(a)?, share(b)?);
    let is_match = !stretches.is_empty() || containment.0.max(containment.1) >= PARTIAL;
    is_match.then_some(Reuse { a, b, containment, aligned, stretches })
}

/// The passages of one pair, and the equal words in all aligned chains of it.
fn stretches(
    a: &Tokens,
    b: &Tokens,
    seeds: &[Seed],
    recurring: [&[Seed]; 2],
) -> (Vec<Stretch>, usize) {
    let unsegmented = a.unsegmented && b.unsegmented;
    let least = if unsegmented { PASSAGE_CHARACTERS } else { PASSAGE_WORDS };
    let shorter = a.len().min(b.len());
    let is_whole = |chain: &Chain| {
        chain.equal >= least_whole(unsegmented) && chain.equal as f64 >= WHOLE * shorter as f64
    };
    let holds = |chain: &Chain| {
        let longer = chain.a.len().max(chain.b.len());
        chain.equal as f64 >= DENSITY * longer as f64 || is_whole(chain)
    };
    let places = seeds.iter().map(|seed| seed.places());
    let chains = chains(&a.hashes, &b.hashes, places, holds);
    let equal = chains.iter().map(|chain| chain.equal).sum();
    let stretches = chains.into_iter().filter_map(|chain| {
        let whole = is_whole(&chain);
        (chain.equal >= least || whole).then(|| {
            let is_inside = |seed: &&Seed| {
                let (i, j) = seed.places();
                chain.a.contains(&i) && chain.b.contains(&j)
            };
            let inside: Vec<Seed> = seeds.iter().filter(is_inside).copied().collect();
            stretch(a, b, recurring, &chain, whole, &inside)
        })
    });
    (stretches.collect(), equal)
}

fn stretch(
    a: &Tokens,
    b: &Tokens,
    recurring: [&[Seed]; 2],
    chain: &Chain,
    whole: bool,
    inside: &[Seed],
) -> Stretch {
    let gram = gram(b.unsegmented);
    // A few words round a line may be equal by chance. More is known of the later article's day.
    let all_but_few = |counts: fn(Seed) -> bool| {
        let places = recurring[1].iter().filter(|seed| counts(**seed)).map(|seed| seed.places().0);
        let inside = places.filter(|&at| at + gram > chain.b.start && at < chain.b.end);
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
        linked: inside.len(),
        common: inside.iter().filter(|seed| seed.is_common()).count(),
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
