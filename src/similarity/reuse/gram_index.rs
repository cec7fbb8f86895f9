//! The rare-gram index: which pairs of articles share a gram, and where.
//!
//! Every article gives its winnowed grams as 8-byte postings, sorted into buckets by hash so that
//! each bucket is handled in cache. A gram that one outlet alone uses links nothing and goes. A gram
//! that very many articles share (a text that everybody republished, boilerplate) is not cut off
//! but linked as a star: each article to the first one, to the first ones of wires and controls and to the few
//! before it, so that cost stays linear and the family stays connected.

use rayon::prelude::*;

use super::link_gram::{Link, link_gram};
use super::postings::{
    BUCKET, BYTES_PER_POSTING, FEWEST_BUCKETS, PART_ARTICLES, Packed, Posting, Repeats, by_bucket,
    read,
};
use super::short_texts::ShortTexts;
use crate::similarity::batch::Batch;

/// A gram that two articles share; or, of an article with itself, a gram of it that recurs in the
/// corpus. Orders by pair, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed {
    /// The earlier and the later article, 32 bits each.
    pair: u64,
    /// Word positions in both, 31 bits each, then a flag: of a recurring gram, whether it is persistent.
    place: u64,
}

impl Seed {
    fn new(a: Posting, b: Posting, flag: bool) -> Seed {
        let pair = (u64::from(a.article) << 32) | u64::from(b.article);
        let places = (u64::from(a.position) << 32) | (u64::from(b.position) << 1);
        Seed { pair, place: places | u64::from(flag) }
    }

    /// A shared gram of a pair that is known, at these word positions.
    pub(super) fn shared(a: u32, b: u32) -> Seed {
        Seed { pair: 0, place: (u64::from(a) << 32) | (u64::from(b) << 1) }
    }

    /// A recurring gram of an article that is known, at this word position.
    pub(super) fn recurring(at: u32, persistent: bool) -> Seed {
        let Seed { pair, place } = Seed::shared(at, at);
        Seed { pair, place: place | u64::from(persistent) }
    }

    /// Indices of the earlier and the later article; equal for a recurring gram.
    pub(super) fn pair(self) -> (usize, usize) {
        ((self.pair >> 32) as usize, (self.pair & 0xFFFF_FFFF) as usize)
    }

    /// Word positions in the earlier and the later article.
    pub(super) fn places(self) -> (usize, usize) {
        ((self.place >> 32) as usize, ((self.place >> 1) & 0x7FFF_FFFF) as usize)
    }

    /// Of a recurring gram: one outlet uses it over a long time.
    pub(super) fn is_persistent(self) -> bool {
        self.place & 1 != 0
    }
}

/// Fewest parts into which the corpus is cut for reading, whatever the threads.
const PARTS: usize = 16;
/// Most buckets.
const MOST_BUCKETS: usize = 4096;

/// What the index knows of the articles of a batch.
pub(super) struct GramIndex {
    /// Every gram shared by two comparable articles and every recurring gram of an article, sorted by pair and
    /// place.
    pub(super) seeds: Vec<Seed>,
    /// For each article whether it has a gram that more than 32 earlier articles have too, and that is no
    /// boilerplate line: it may share text with any of them that it is not linked to.
    pub(super) over_linked: Vec<bool>,
}

/// Indexes the articles.
///
/// Cost: O(words) to read, 8 bytes for each posting (half as much as the text itself), and one seed for
/// each shared gram of each pair.
pub(super) fn pair(batch: &Batch<'_>) -> GramIndex {
    let short = ShortTexts::new(batch);
    let bytes: usize = batch.articles.iter().map(|article| article.text.len()).sum();
    let buckets = (bytes / BYTES_PER_POSTING / BUCKET).next_power_of_two();
    let buckets = buckets.clamp(FEWEST_BUCKETS, MOST_BUCKETS);
    let part = batch.articles.len().div_ceil(PARTS).clamp(1, PART_ARTICLES);
    let count = batch.articles.len().div_ceil(part);
    let parts: Vec<Vec<Vec<Packed>>> = (0..count)
        .into_par_iter()
        .map(|n| read(batch, &short, n * part..((n + 1) * part), buckets))
        .collect();
    let linked = by_bucket(parts, buckets).into_par_iter().map(|b| link(batch, &short, &b, part));
    let (linked, in_families): (Vec<_>, Vec<_>) =
        linked.map(|links| (links.seeds, links.over_linked)).unzip();
    let mut over_linked = vec![false; batch.articles.len()];
    for article in in_families.into_iter().flatten() {
        over_linked[article as usize] = true;
    }
    // Seeds are sorted part by part of the earlier article, few enough for a cache.
    let parts = by_bucket(linked, count).into_par_iter();
    let sorted: Vec<Vec<Seed>> = parts
        .map(|part| {
            let mut seeds = part.concat();
            seeds.sort_unstable();
            seeds.dedup();
            seeds
        })
        .collect();
    GramIndex { seeds: sorted.concat(), over_linked }
}

/// What is found in one bucket.
struct BucketLinks {
    /// By part of the earlier article.
    seeds: Vec<Vec<Seed>>,
    /// Articles of a part.
    part: usize,
    /// See [`GramIndex::over_linked`].
    over_linked: Vec<u32>,
}

impl BucketLinks {
    fn take(&mut self, link: Link) {
        let seed = match link {
            Link::Shared(a, b) => Seed::new(a, b, false),
            Link::Recurring { posting, persistent } => Seed::new(posting, posting, persistent),
            Link::Cut(article) => return self.over_linked.push(article),
        };
        self.seeds[seed.pair().0 / self.part].push(seed);
    }
}

/// Links the articles of one bucket; a part has so many articles.
fn link(batch: &Batch<'_>, short: &ShortTexts, parts: &[Vec<Packed>], part: usize) -> BucketLinks {
    let repeats = Repeats::of(parts);
    let mut postings: Vec<Posting> = Vec::new();
    for (start, packed) in (0..).step_by(part).zip(parts) {
        let repeated = packed.iter().filter(|posting| repeats.may_hold(posting.hash()));
        postings.extend(repeated.map(|posting| posting.unpacked(start)));
    }
    // Within a part and from part to part, articles and positions ascend already: sorting by hash
    // and rank keeps that order.
    let mut order: Vec<u64> = (0u64..)
        .zip(&postings)
        .map(|(rank, posting)| (u64::from(posting.hash) << 32) | rank)
        .collect();
    order.sort_unstable();
    let mut links =
        BucketLinks { seeds: vec![Vec::new(); parts.len()], part, over_linked: Vec::new() };
    let mut group = Vec::new();
    for equal in order.chunk_by(|x, y| x >> 32 == y >> 32).filter(|equal| equal.len() > 1) {
        group.clear();
        group.extend(
            equal.iter().filter_map(|key| postings.get((key & 0xFFFF_FFFF) as usize).copied()),
        );
        let is_whole = |posting: &Posting| {
            let own = short.of(posting.article).map(Packed::of_text);
            own == Some(u64::from(posting.hash))
        };
        link_gram(&batch.timeline, &mut group, is_whole, |link| links.take(link));
    }
    links
}
