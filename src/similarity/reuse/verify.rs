//! Verify: the seeds of each pair grow to aligned passages, and containment is measured exactly.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::align::{Chain, chains};
use super::containment::{ShingleSet, shared, shingles};
use super::fingerprint::gram;
use super::gram_index::{GramIndex, Seed};
use super::short_texts::least_whole;
use crate::text::count::units;

use super::types::{AlignedPassage, EDGE, SharedCounts, SharedText, is_only_lines};
use crate::similarity::batch::Batch;
use crate::similarity::tokens::Tokens;
use crate::similarity::{PASSAGE_CHARACTERS, PASSAGE_WORDS};

/// Least share of equal words in a passage: below it the two passages say different things.
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

/// Returns the pairs of articles that share text, sorted by (a, b): those in scope, and those that tell who
/// had it first. The index does not link all copies of one text; of the `lexical` pairs (with their cosines, sorted)
/// that may be such copies containment is measured even if it does not.
///
/// Memory: the seeds, and the words of the articles of [`AT_ONCE`] and a window after them.
pub(super) fn verify(
    batch: &Batch<'_>,
    index: GramIndex,
    lexical: &[(usize, usize, f64)],
) -> Vec<SharedText> {
    let GramIndex { seeds, over_linked } = index;
    let mut recurring: Vec<&[Seed]> = vec![&[]; batch.articles.len()];
    let mut pairs: Vec<&[Seed]> = Vec::new();
    for group in seeds.chunk_by(|x, y| x.pair() == y.pair()) {
        match pair_of(group) {
            (a, b) if a == b => recurring[a] = group,
            pair if batch.timeline.is_needed(pair) => pairs.push(group),
            _ => {}
        }
    }
    let part = |seeds: &[Seed]| pair_of(seeds).0 / AT_ONCE;
    let mut texts = Texts::default();
    let mut found = Vec::new();
    for pairs in pairs.chunk_by(|x, y| part(x) == part(y)) {
        texts.read(batch, pairs.iter().map(|seeds| pair_of(seeds)));
        let aligned: Vec<Aligned> =
            pairs.par_iter().filter_map(|seeds| align(&texts, &recurring, seeds)).collect();
        let measured = aligned.iter().filter(|aligned| !is_only_lines(&aligned.passages));
        texts.shingle(measured.map(|aligned| (aligned.a, aligned.b)));
        found.par_extend(
            aligned
                .into_par_iter()
                .map_init(Earlier::default, |earlier, aligned| measure(&texts, earlier, aligned))
                .flatten(),
        );
        texts.forget(pairs.last().map_or(0, |seeds| (part(seeds) + 1) * AT_ONCE));
    }
    let is_linked = |pair| pairs.binary_search_by_key(&pair, |seeds| pair_of(seeds)).is_ok();
    let may_share = |b: usize, cosine: f64| cosine >= CLOSE || over_linked[b];
    let unlinked: Vec<(usize, usize)> = lexical
        .iter()
        .filter(|&&(a, b, cosine)| may_share(b, cosine) && !is_linked((a, b)))
        .map(|&(a, b, _)| (a, b))
        .collect();
    found.extend(contained(batch, &unlinked));
    found.sort_by_key(|pair| (pair.a, pair.b));
    found
}

/// Keeps the pairs in which one text contains at least [`PARTIAL`] of the other. Their passages are not looked
/// for: they are those that the two have with the articles to which the index links them.
fn contained(batch: &Batch<'_>, pairs: &[(usize, usize)]) -> Vec<SharedText> {
    let part = |pair: &(usize, usize)| pair.0 / AT_ONCE;
    let mut texts = Texts::default();
    let mut found = Vec::new();
    for pairs in pairs.chunk_by(|x, y| part(x) == part(y)) {
        texts.read(batch, pairs.iter().copied());
        texts.shingle(pairs.iter().copied());
        let unaligned = |&(a, b)| Aligned { a, b, passages: Vec::new(), equal: 0 };
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

/// The article pair that all these seeds belong to.
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
    fn read(&mut self, batch: &Batch<'_>, pairs: impl Iterator<Item = (usize, usize)>) {
        let missing = missing(&self.tokens, pairs).into_par_iter();
        let read = missing.map(|n| (n, Tokens::new(&batch.articles[n].text)));
        self.tokens.extend(read.collect::<Vec<_>>());
    }

    /// Cuts the texts of these pairs into shingles, but for those that are.
    fn shingle(&mut self, pairs: impl Iterator<Item = (usize, usize)>) {
        let missing = missing(&self.shingles, pairs).into_par_iter();
        let shingled = missing.map_init(ShingleSet::default, |seen, n| {
            Some((n, shingles(&self.tokens.get(&n)?.hashes, seen)))
        });
        self.shingles.extend(shingled.flatten().collect::<Vec<_>>());
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
    passages: Vec<AlignedPassage>,
    /// Equal words in all aligned chains.
    equal: usize,
}

/// The passages of a pair; `None` if it shares too little.
fn align(texts: &Texts, recurring: &[&[Seed]], seeds: &[Seed]) -> Option<Aligned> {
    let (a, b) = pair_of(seeds);
    let (x, y) = (texts.tokens.get(&a)?, texts.tokens.get(&b)?);
    let (passages, equal) = grown(x, y, seeds, [recurring[a], recurring[b]])?;
    Some(Aligned { a, b, passages, equal })
}

/// Grows the seeds of two texts: their passages, and the equal words in all aligned chains; `None` if they share too
/// little.
pub(super) fn grown(
    a: &Tokens,
    b: &Tokens,
    seeds: &[Seed],
    recurring: [&[Seed]; 2],
) -> Option<(Vec<AlignedPassage>, usize)> {
    let (passages, equal) = aligned_passages(a, b, seeds, recurring);
    let enough = !passages.is_empty() || equal as f64 >= PARTIAL * a.len().min(b.len()) as f64;
    enough.then_some((passages, equal))
}

/// Whether two texts with these passages are a match, or tell who had what of one.
pub(super) fn is_match(passages: &[AlignedPassage], counts: &SharedCounts) -> bool {
    let (of_a, of_b) = counts.containment();
    !passages.is_empty() || of_a.max(of_b) >= PARTIAL
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
fn measure(texts: &Texts, earlier: &mut Earlier, aligned: Aligned) -> Option<SharedText> {
    let Aligned { a, b, passages, equal } = aligned;
    let words = |article: usize| texts.tokens.get(&article).map(Tokens::len);
    let mut counts =
        SharedCounts { words: equal, of_words: (words(a)?, words(b)?), ..SharedCounts::default() };
    if !is_only_lines(&passages) {
        let (of_a, of_b) = (texts.shingles.get(&a)?, texts.shingles.get(&b)?);
        counts.shingles = shared(earlier.set(a, of_a), of_b);
        counts.of_shingles = (of_a.len(), of_b.len());
    }
    is_match(&passages, &counts).then_some(SharedText { a, b, shared: counts, passages })
}

/// The passages of one pair, and the equal words in all aligned chains of it.
fn aligned_passages(
    a: &Tokens,
    b: &Tokens,
    seeds: &[Seed],
    recurring: [&[Seed]; 2],
) -> (Vec<AlignedPassage>, usize) {
    let unsegmented = a.unsegmented && b.unsegmented;
    let least = if unsegmented { PASSAGE_CHARACTERS } else { PASSAGE_WORDS };
    let shorter = a.len().min(b.len());
    let is_full_text = |chain: &Chain| {
        chain.equal >= least_whole(unsegmented) && chain.equal as f64 >= WHOLE * shorter as f64
    };
    let holds = |chain: &Chain| {
        let longer = chain.a.len().max(chain.b.len());
        chain.equal as f64 >= DENSITY * longer as f64 || is_full_text(chain)
    };
    let places = seeds.iter().map(|seed| seed.places());
    let chains = chains(&a.hashes, &b.hashes, places, holds);
    let equal = chains.iter().map(|chain| chain.equal).sum();
    let passages = chains.into_iter().filter_map(|chain| {
        let is_full_text = is_full_text(&chain);
        (chain.equal >= least || is_full_text)
            .then(|| aligned_passage(a, b, recurring, &chain, is_full_text))
    });
    (passages.collect(), equal)
}

fn aligned_passage(
    a: &Tokens,
    b: &Tokens,
    recurring: [&[Seed]; 2],
    chain: &Chain,
    is_full_text: bool,
) -> AlignedPassage {
    let gram = gram(b.unsegmented);
    // A few words round a line may be equal by chance. More is known of the later article's day.
    let all_but_few = |counts: fn(Seed) -> bool| {
        let places = recurring[1].iter().filter(|seed| counts(**seed)).map(|seed| seed.places().0);
        let inside = places.filter(|&at| at + gram > chain.b.start && at < chain.b.end);
        covered(inside, gram) + gram > chain.equal
    };
    let edge = |words: &Range<usize>, text: &Tokens| words.start.min(text.len() - words.end);
    let share = |words: &Range<usize>, text: &Tokens| words.len() * 1000 / text.len().max(1);
    AlignedPassage {
        a: a.bytes(chain.a.clone()),
        b: b.bytes(chain.b.clone()),
        words: chain.equal,
        unsegmented: b.unsegmented,
        is_full_text,
        recurrent: all_but_few(|_| true),
        persistent: all_but_few(Seed::is_persistent),
        from_edge: edge(&chain.a, a).max(edge(&chain.b, b)),
        share: share(&chain.a, a).max(share(&chain.b, b)),
        boilerplate: [
            boilerplate(a, recurring[0], &chain.a),
            boilerplate(b, recurring[1], &chain.b),
        ],
    }
}

/// The boilerplate inside these words of a text, as bytes.
fn boilerplate(text: &Tokens, recurring: &[Seed], words: &Range<usize>) -> Vec<Range<usize>> {
    let gram = gram(text.unsegmented);
    let edge = units(EDGE, text.unsegmented);
    let at_edge = |at: usize| at <= edge || at + gram + edge >= text.len();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for seed in recurring {
        let at = seed.places().0;
        let inside = at + gram > words.start && at < words.end;
        if !inside || !(seed.is_persistent() || at_edge(at)) {
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
