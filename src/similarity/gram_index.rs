//! The rare-gram index: which pairs of articles share a gram, and where.
//!
//! Every article gives its winnowed grams as 8-byte postings, sorted into buckets by hash so that
//! each bucket is handled in cache. A gram that one outlet alone uses links nothing and goes. A gram
//! that very many articles share (a text that everybody republished, a standing line) is not cut off
//! but linked as a star: each article to the first one, to the first ones of wires and controls and to the few
//! before it, so that cost stays linear and the family stays connected.

use rayon::prelude::*;

use super::comparison_window::Scene;
use super::recurrence::{Use, Uses};
use super::short::ShortTexts;
use super::tokens::{Tokens, to_u32};
use super::winnow::{Scratch, winnow};

/// One chosen gram of one article.
#[derive(Debug, Clone, Copy)]
struct Posting {
    hash: u32,
    article: u32,
    position: u32,
}

/// A posting of a known bucket, which gives further bits of the hash, and of a known part of the corpus:
/// [`HASH_BITS`] of the hash, the last of which tells short texts from grams, then the article's number within
/// the part, then the position.
///
/// Grams whose hashes differ only beyond these bits give false seeds, a few for each thousand true ones;
/// words are compared before anything is made of a seed of two articles.
#[derive(Debug, Clone, Copy)]
struct Packed(u64);

/// Bits of a gram's hash in a posting, besides those that choose its bucket.
const HASH_BITS: u32 = 28;
/// Bits of an article's number within its part.
const ARTICLE_BITS: u32 = 16;
/// Bits of a word position; grams further on are not indexed. A million words are more than the
/// longest books have.
const POSITION_BITS: u32 = u64::BITS - HASH_BITS - ARTICLE_BITS;

impl Packed {
    /// Hash of a gram.
    #[inline]
    fn of_gram(hash: u64) -> u64 {
        hash & ((1 << HASH_BITS) - 2)
    }

    /// Hash of a short text.
    #[inline]
    fn of_text(hash: u64) -> u64 {
        Packed::of_gram(hash) | 1
    }

    /// `None` for a position that is too far on.
    #[inline]
    fn new(hash: u64, article: usize, position: usize) -> Option<Packed> {
        let place = ((article as u64) << POSITION_BITS) | position as u64;
        (position >> POSITION_BITS == 0)
            .then_some(Packed((hash << (ARTICLE_BITS + POSITION_BITS)) | place))
    }

    #[inline]
    fn hash(self) -> u32 {
        (self.0 >> (ARTICLE_BITS + POSITION_BITS)) as u32
    }

    /// In full; the part begins at this article.
    fn unpacked(self, start: usize) -> Posting {
        let article = (self.0 >> POSITION_BITS) & ((1 << ARTICLE_BITS) - 1);
        let position = self.0 & ((1 << POSITION_BITS) - 1);
        Posting {
            hash: self.hash(),
            article: to_u32(start + article as usize),
            position: position as u32,
        }
    }
}

/// A gram that two articles share; or, of an article with itself, a gram of it that recurs in the
/// corpus. Orders by pair, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed {
    /// The earlier and the later article, 32 bits each.
    pair: u64,
    /// Word positions in both, 31 bits each, then a flag: of a gram that two articles share, whether it is
    /// common; of a recurring gram, whether it lasts.
    place: u64,
}

impl Seed {
    fn new(a: Posting, b: Posting, flag: bool) -> Seed {
        let pair = (u64::from(a.article) << 32) | u64::from(b.article);
        let places = (u64::from(a.position) << 32) | (u64::from(b.position) << 1);
        Seed { pair, place: places | u64::from(flag) }
    }

    fn recurring(a: Posting, lasts: bool) -> Seed {
        Seed::new(a, a, lasts)
    }

    /// Indices of the earlier and the later article; equal for a recurring gram.
    pub(super) fn pair(self) -> (usize, usize) {
        ((self.pair >> 32) as usize, (self.pair & 0xFFFF_FFFF) as usize)
    }

    /// Word positions in the earlier and the later article.
    pub(super) fn places(self) -> (usize, usize) {
        ((self.place >> 32) as usize, ((self.place >> 1) & 0x7FFF_FFFF) as usize)
    }

    /// Of a gram that two articles share: [`FURTHER_HOLDERS`] others of the window have it too.
    pub(super) fn is_common(self) -> bool {
        self.place & 1 != 0
    }

    /// Of a recurring gram: one outlet uses it over a long time.
    pub(super) fn lasts(self) -> bool {
        self.place & 1 != 0
    }
}

/// Earlier articles to which an article is linked by one gram before links are made as a star. More
/// than the outlets that carry one text in any but the largest families.
const FULL_LINKS: usize = 32;
/// Nearest earlier articles to which a star links, besides the first.
const STAR_LINKS: usize = 4;
/// First articles of wires and controls to which a star links too, so that it is seen who had a text that
/// everybody carries: two may be those of the pair itself.
const SOURCE_LINKS: usize = 3;
/// Articles that hold a gram, besides the two of a pair, from which on it is common: its words may be anybody's.
const FURTHER_HOLDERS: usize = 2;
/// Places of one gram in one article that are used; more are repetitions inside the article.
const REPEATS: usize = 2;
/// Fewest parts into which the corpus is cut for reading, whatever the threads.
const PARTS: usize = 16;
/// Most articles of a part: their numbers fit a posting.
const PART_ARTICLES: usize = 1 << ARTICLE_BITS;
/// Postings that a bucket should hold: 8 bytes each, to fit a second-level cache.
const BUCKET: usize = 64 * 1024;
/// Fewest buckets: a posting and its bucket tell so many grams apart in any corpus, so that no collision comes or
/// goes with the articles that are indexed together.
const FEWEST_BUCKETS: usize = 256;
/// Most buckets.
const MOST_BUCKETS: usize = 4096;
/// Bytes of text for one posting: six for a word, and two of five grams are chosen.
const BYTES_PER_POSTING: usize = 14;

/// What the index knows of the articles of a scene.
pub(super) struct Index {
    /// Every gram shared by two comparable articles and every recurring gram of an article, sorted by pair and
    /// place.
    pub(super) seeds: Vec<Seed>,
    /// For each article whether it has a gram that more than [`FULL_LINKS`] earlier articles have too, and that is no
    /// standing line: it may share text with any of them that it is not linked to.
    pub(super) crowded: Vec<bool>,
}

/// Indexes the articles.
///
/// Cost: O(words) to read, 8 bytes for each posting (half as much as the text itself), and one seed for
/// each shared gram of each pair.
pub(super) fn index(scene: &Scene<'_>) -> Index {
    let short = ShortTexts::new(scene);
    let bytes: usize = scene.articles.iter().map(|article| article.text.len()).sum();
    let buckets = (bytes / BYTES_PER_POSTING / BUCKET).next_power_of_two();
    let buckets = buckets.clamp(FEWEST_BUCKETS, MOST_BUCKETS);
    let part = scene.articles.len().div_ceil(PARTS).clamp(1, PART_ARTICLES);
    let count = scene.articles.len().div_ceil(part);
    let parts: Vec<Vec<Vec<Packed>>> = (0..count)
        .into_par_iter()
        .map(|n| read(scene, &short, n * part..((n + 1) * part), buckets))
        .collect();
    let linked = by_bucket(parts, buckets).into_par_iter().map(|b| link(scene, &short, &b, part));
    let (linked, in_crowds): (Vec<_>, Vec<_>) =
        linked.map(|links| (links.seeds, links.crowded)).unzip();
    let mut crowded = vec![false; scene.articles.len()];
    for article in in_crowds.into_iter().flatten() {
        crowded[article as usize] = true;
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
    Index { seeds: sorted.concat(), crowded }
}

/// The postings of some articles, by bucket.
fn read(
    scene: &Scene<'_>,
    short: &ShortTexts,
    part: std::ops::Range<usize>,
    buckets: usize,
) -> Vec<Vec<Packed>> {
    let end = part.end.min(scene.articles.len());
    let start = part.start.min(end);
    let articles = scene.articles.get(start..end).unwrap_or_default();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let room = bytes / BYTES_PER_POSTING / buckets + 16;
    let mut postings: Vec<Vec<Packed>> = (0..buckets).map(|_| Vec::with_capacity(room)).collect();
    let (mut tokens, mut scratch, mut starts) = (Tokens::default(), Scratch::default(), Vec::new());
    for (number, article) in articles.iter().enumerate() {
        tokens.read(&article.text);
        let mut post = |position: usize, hash: u64, kept: u64| {
            postings[bucket_of(hash, buckets)].extend(Packed::new(kept, number, position));
        };
        winnow(&tokens.hashes, tokens.unsegmented, &mut scratch, |position, hash| {
            post(position, hash, Packed::of_gram(hash));
        });
        short.find(&tokens, &mut starts, |position, hash| {
            post(position, hash, Packed::of_text(hash));
        });
    }
    postings
}

/// The bucket of a hash, of so many; their number is a power of two. Beyond [`FEWEST_BUCKETS`] it depends on what
/// a posting keeps of the hash.
fn bucket_of(hash: u64, buckets: usize) -> usize {
    let least = (hash >> 32) as usize & (FEWEST_BUCKETS - 1);
    let kept = (Packed::of_gram(hash) >> 1) as usize;
    (least | kept << FEWEST_BUCKETS.ilog2()) & (buckets - 1)
}

/// Turns parts of buckets into buckets of parts.
fn by_bucket<T>(parts: Vec<Vec<Vec<T>>>, buckets: usize) -> Vec<Vec<Vec<T>>> {
    let mut turned: Vec<Vec<Vec<T>>> =
        (0..buckets).map(|_| Vec::with_capacity(parts.len())).collect();
    for part in parts {
        for (bucket, content) in turned.iter_mut().zip(part) {
            bucket.push(content);
        }
    }
    turned
}

/// Which hashes may occur twice. Most grams of news occur once, and need not be sorted.
struct Repeats {
    twice: Vec<u64>,
    /// Bits of a hash that are not looked at.
    shift: u32,
}

impl Repeats {
    /// Bits that tell hashes apart: four times as many places as a bucket should have postings.
    const BITS: u32 = BUCKET.ilog2() + 2;

    fn of(parts: &[Vec<Packed>]) -> Repeats {
        let postings: usize = parts.iter().map(Vec::len).sum();
        let bits = (4 * postings).next_power_of_two().ilog2().clamp(6, Repeats::BITS);
        let mut once = vec![0u64; 1 << (bits - 6)];
        let mut repeats = Repeats { twice: once.clone(), shift: HASH_BITS - bits };
        for posting in parts.iter().flatten() {
            let (word, bit) = repeats.place(posting.hash());
            repeats.twice[word] |= once[word] & bit;
            once[word] |= bit;
        }
        repeats
    }

    fn may_hold(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.twice[word] & bit != 0
    }

    /// Which number, and which bit of it.
    fn place(&self, hash: u32) -> (usize, u64) {
        let place = hash >> self.shift;
        ((place >> 6) as usize, 1 << (place & 63))
    }
}

/// What is found in one bucket.
struct Links {
    /// By part of the earlier article.
    seeds: Vec<Vec<Seed>>,
    /// Articles of a part.
    part: usize,
    /// See [`Index::crowded`].
    crowded: Vec<u32>,
}

impl Links {
    fn push(&mut self, seed: Seed) {
        self.seeds[seed.pair().0 / self.part].push(seed);
    }
}

/// Links the articles of one bucket; a part has so many articles.
fn link(scene: &Scene<'_>, short: &ShortTexts, parts: &[Vec<Packed>], part: usize) -> Links {
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
    let mut links = Links { seeds: vec![Vec::new(); parts.len()], part, crowded: Vec::new() };
    let mut group = Vec::new();
    for equal in order.chunk_by(|x, y| x >> 32 == y >> 32).filter(|equal| equal.len() > 1) {
        group.clear();
        group.extend(
            equal.iter().filter_map(|key| postings.get((key & 0xFFFF_FFFF) as usize).copied()),
        );
        link_group(scene, short, &mut group, &mut links);
    }
    links
}

/// Links the articles of one gram or short text by its postings, in order of article and position.
fn link_group(scene: &Scene<'_>, short: &ShortTexts, group: &mut Vec<Posting>, links: &mut Links) {
    let outlet = |posting: &Posting| scene.outlets[posting.article as usize];
    let Some(first) = group.first() else { return };
    if group.iter().all(|posting| outlet(posting) == outlet(first)) {
        return;
    }
    // A short text is evidence as a whole only: what links two articles that quote it is their own words.
    let is_text = first.hash & 1 == 1;
    let hash = u64::from(first.hash);
    let is_whole = |posting: &Posting| {
        short.of(posting.article).is_some_and(|text| Packed::of_text(text) == hash)
    };
    keep_few_repeats(group);
    let holders = || group.iter().map(|posting| posting.article as usize);
    let mut uses = if is_text { None } else { Uses::of(scene, holders()) };
    let distinct = if is_text { Vec::new() } else { distinct_holders(group) };
    // Only articles of the window before the current one are candidates.
    let others = (group.len() > FULL_LINKS + 1).then(|| Others::of(scene, group));
    let compared = group.partition_point(|posting| (posting.article as usize) < scene.nearest);
    let mut from = 0;
    for (rank, b) in group.iter().enumerate().skip(compared) {
        let article = b.article as usize;
        let Use { recurs, lasts } =
            uses.as_mut().map_or(Use::default(), |uses| uses.up_to(article));
        if recurs {
            links.push(Seed::recurring(*b, lasts));
        }
        while scene.times[group[from].article as usize] < scene.since(article) {
            from += 1;
        }
        let is_common = is_common(scene, group, &distinct, from, article);
        let mut link = |a: usize| {
            let a = &group[a];
            let is_meant = !is_text || is_whole(a) || is_whole(b);
            if is_meant && scene.is_needed((a.article as usize, article)) {
                links.push(Seed::new(*a, *b, is_common));
            }
        };
        let all = if let Some(others) = &others {
            others.linked(from, rank, link)
        } else {
            (from..rank).filter(|&a| outlet(&group[a]) != outlet(b)).for_each(&mut link);
            true
        };
        if !all && !is_text && !lasts {
            links.crowded.push(b.article);
        }
    }
}

/// For each posting how many articles hold the gram up to it; empty if they are too few for it to be common.
fn distinct_holders(group: &[Posting]) -> Vec<usize> {
    if group.len() < 2 + FURTHER_HOLDERS {
        return Vec::new();
    }
    let mut last = None;
    let count = group.iter().scan(0, |count, posting| {
        *count += usize::from(last.replace(posting.article) != Some(posting.article));
        Some(*count)
    });
    count.collect()
}

/// Whether enough articles hold the gram, of the window before this one, which begins at the posting `from`, and of
/// the window after it as far as its day goes.
fn is_common(
    scene: &Scene<'_>,
    group: &[Posting],
    distinct: &[usize],
    from: usize,
    article: usize,
) -> bool {
    if distinct.last().is_none_or(|all| *all < 2 + FURTHER_HOLDERS) {
        return false;
    }
    let end = scene.day(article).articles.end;
    let is_counted = |posting: &Posting| {
        let other = posting.article as usize;
        other < end && (other <= article || scene.is_near(article, other))
    };
    let to = group.partition_point(is_counted);
    let up_to = |rank: usize| rank.checked_sub(1).map_or(0, |last| distinct[last]);
    up_to(to) - up_to(from) >= 2 + FURTHER_HOLDERS
}

/// Whose the postings of a gram are that many have: those of one outlet are passed over at once.
struct Others {
    outlets: Vec<u32>,
    /// For each posting the nearest one before it of another outlet.
    before: Vec<Option<usize>>,
    /// The nearest one after it of another outlet.
    after: Vec<Option<usize>>,
    /// The postings of wires and controls.
    sources: Vec<usize>,
}

impl Others {
    fn of(scene: &Scene<'_>, group: &[Posting]) -> Others {
        let outlets: Vec<u32> = group.iter().map(|p| scene.outlets[p.article as usize]).collect();
        let (mut before, mut after) = (vec![None; group.len()], vec![None; group.len()]);
        let changes = |rank: usize| outlets[rank - 1] != outlets[rank];
        for rank in 1..group.len() {
            before[rank] = if changes(rank) { Some(rank - 1) } else { before[rank - 1] };
        }
        for rank in (1..group.len()).rev() {
            after[rank - 1] = if changes(rank) { Some(rank) } else { after[rank] };
        }
        let is_source = |rank: &usize| scene.is_source(group[*rank].article as usize);
        let sources = (0..group.len()).filter(is_source).collect();
        Others { outlets, before, after, sources }
    }

    /// Calls `link` with the postings of other outlets in `from..rank` to which the one at `rank` is linked; returns
    /// whether that are all.
    fn linked(&self, from: usize, rank: usize, mut link: impl FnMut(usize)) -> bool {
        if self.before(from, rank).nth(FULL_LINKS).is_none() {
            self.before(from, rank).for_each(link);
            return true;
        }
        let own = self.outlets[rank];
        let sources = self.sources.iter().skip(self.sources.partition_point(|&s| s < from));
        sources
            .take(SOURCE_LINKS)
            .copied()
            .take_while(|&source| source < rank)
            .filter(|&source| self.outlets[source] != own)
            .for_each(&mut link);
        let first = if self.outlets[from] == own { self.after[from] } else { Some(from) };
        first.into_iter().for_each(&mut link);
        self.before(from, rank).take(STAR_LINKS).for_each(link);
        false
    }

    /// The postings of other outlets in `from..rank`, nearest first.
    fn before(&self, from: usize, rank: usize) -> impl Iterator<Item = usize> {
        let own = self.outlets[rank];
        let nearest = move |rank: usize| {
            let last = rank.checked_sub(1)?;
            let other = if self.outlets[last] == own { self.before[last]? } else { last };
            (other >= from).then_some(other)
        };
        std::iter::successors(nearest(rank), move |&other| nearest(other))
    }
}

fn keep_few_repeats(group: &mut Vec<Posting>) {
    let mut last = (u32::MAX, 0);
    group.retain(|posting| {
        last = if last.0 == posting.article { (last.0, last.1 + 1) } else { (posting.article, 1) };
        last.1 <= REPEATS
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::testing::ordered;
    use crate::corpus::{Calendar, CalendarConfig};
    use crate::model::{Annotations, Article, Registry};

    proptest! {
        #[test]
        fn own_articles_are_passed_over(outlets in prop::collection::vec(0u32..3, 1..60), from in 0usize..60) {
            let articles: Vec<Article> = outlets
                .iter()
                .map(|outlet| Article { outlet: outlet.to_string(), ..Article::default() })
                .collect();
            let calendar = Calendar::new(&articles, &CalendarConfig::default());
            let window = chrono::TimeDelta::days(7);
            let (corpus, notes) = (ordered(&articles, Registry::default()), Annotations::default());
            let scene = Scene::new(&corpus, &calendar, &notes, 0..1, window);
            let posting = |article| Posting { hash: 0, article, position: 0 };
            let group: Vec<Posting> = (0..to_u32(outlets.len())).map(posting).collect();
            let others = Others::of(&scene, &group);
            for rank in from..outlets.len() {
                let expected: Vec<usize> =
                    (from..rank).rev().filter(|&other| outlets[other] != outlets[rank]).collect();
                prop_assert_eq!(others.before(from, rank).collect::<Vec<_>>(), &expected[..]);
                let mut linked = Vec::new();
                others.linked(from, rank, |other| linked.push(other));
                if expected.len() > FULL_LINKS {
                    let mut star = vec![expected[expected.len() - 1]];
                    star.extend(&expected[..STAR_LINKS]);
                    prop_assert_eq!(linked, star);
                } else {
                    prop_assert_eq!(linked, expected);
                }
            }
        }

        #[test]
        fn as_many_grams_are_told_apart_whatever_the_buckets(hash: u64, other: u64) {
            // What the fewest buckets and a posting keep of a hash.
            let kept = (FEWEST_BUCKETS as u64 - 1) << 32 | Packed::of_gram(u64::MAX);
            let same = hash & kept | other & !kept;
            for buckets in [FEWEST_BUCKETS, 2 * FEWEST_BUCKETS, MOST_BUCKETS] {
                prop_assert!(bucket_of(hash, buckets) < buckets);
                prop_assert_eq!(bucket_of(hash, buckets), bucket_of(same, buckets));
            }
        }

        #[test]
        fn a_posting_is_unpacked_as_it_was(
            hash: u64, start in 0..1usize << 20, article in 0..PART_ARTICLES, position in 0..1usize << 22,
        ) {
            prop_assert_eq!(Packed::of_gram(hash) + 1, Packed::of_text(hash));
            let hash = Packed::of_text(hash);
            let Some(packed) = Packed::new(hash, article, position) else {
                prop_assert!(position >= 1 << POSITION_BITS);
                return Ok(());
            };
            let posting = packed.unpacked(start);
            prop_assert_eq!(u64::from(posting.hash), hash);
            prop_assert_eq!(posting.hash, packed.hash());
            prop_assert_eq!(posting.article as usize, start + article);
            prop_assert_eq!(posting.position as usize, position);
        }
    }
}
