//! The steps of text reuse one by one, for runners that hold a part of the corpus at a time: each is a function of
//! its arguments, and the same code as in memory.
//!
//! An article is named by a number (`doc`) that ascends with time and id; outlets by any number. What depends on the
//! whole corpus comes in as small values: the short texts that are looked for ([`Fingerprinter`]), and the
//! [days](DayFrame) in which grams are counted ([`pair`]).

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::classify::covers;
use super::containment::{ShingleSet, shared, shingles};
use super::fingerprint::{Scratch, fingerprint};
use super::gram_index::Seed;
use super::link_gram::{Link, link_gram};
use super::postings::{FEWEST_BUCKETS, HASH_BITS, POSITION_BITS, Packed, Posting, bucket_of};
use super::short_texts::ShortTexts;
use super::types::{SharedCounts, is_only_lines};
use super::verify::{grown, is_match};
use crate::corpus::DayFrame;
use crate::model::Role;
use crate::similarity::timeline::Timeline;
use crate::similarity::tokens::{Tokens, to_u32};

pub use super::short_texts::ShortText;
pub use super::types::AlignedPassage;
pub use super::verdict::{PairSides, Side, Verdict};

/// A gram of a text that is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexedGram {
    /// As much of its hash as is told apart, never negative; odd for a [`ShortText`] that stands in the text.
    pub gram: i64,
    /// A short text, and the whole of this text.
    pub is_whole: bool,
    /// Its first word.
    pub at: u32,
}

/// Step 1, fingerprint: a text to the grams by which it is found.
#[derive(Debug, Default)]
pub struct Fingerprinter {
    short: ShortTexts,
    tokens: Tokens,
    scratch: Scratch,
}

impl Fingerprinter {
    /// `short` are the [short texts](short_text) of all articles.
    pub fn new(short: impl IntoIterator<Item = ShortText>) -> Fingerprinter {
        let mut texts = ShortTexts::default();
        short.into_iter().for_each(|text| texts.add(text));
        Fingerprinter { short: texts, ..Fingerprinter::default() }
    }

    /// The grams of a text. O(words).
    pub fn grams(&mut self, text: &str) -> Vec<IndexedGram> {
        let own = ShortText::of(text, &mut self.tokens).map(|text| text.found_as());
        self.tokens.read(text);
        let mut grams = Vec::new();
        fingerprint(&self.tokens, &self.short, &mut self.scratch, |chosen| {
            if chosen.position >> POSITION_BITS != 0 {
                return;
            }
            let bucket = i64::from(to_u32(bucket_of(chosen.hash, FEWEST_BUCKETS)));
            let is_whole =
                chosen.is_text && own.map(Packed::of_text) == Some(Packed::of_text(chosen.hash));
            grams.push(IndexedGram {
                gram: (bucket << HASH_BITS) | chosen.kept().cast_signed(),
                is_whole,
                at: to_u32(chosen.position),
            });
        });
        grams
    }
}

/// The text as one that counts as a whole or not at all, if it is so short.
pub fn short_text(text: &str) -> Option<ShortText> {
    ShortText::of(text, &mut Tokens::default())
}

/// An article that holds a gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GramHolder {
    /// Its number, which ascends with time and id.
    pub doc: i64,
    /// Number of its outlet.
    pub outlet: i64,
    /// Role of its outlet.
    pub role: Role,
    /// Its time, in seconds.
    pub time: i64,
    /// First word of the gram.
    pub at: u32,
    /// See [`IndexedGram::is_whole`].
    pub is_whole: bool,
}

/// What one gram says of the articles that hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GramLink {
    /// Two articles share it.
    Seed {
        /// The earlier one.
        a: i64,
        /// The later one.
        b: i64,
        /// First word in the earlier one.
        at_a: u32,
        /// First word in the later one.
        at_b: u32,
    },
    /// It recurs, on the day of this article.
    Recurring {
        /// The article.
        doc: i64,
        /// First word.
        at: u32,
        /// One outlet uses it over a long time.
        is_persistent: bool,
    },
}

/// Step 2, pair: which of the articles that hold a gram are compared because of it. The holders are those of one gram,
/// in order of article and place; pairs are at most `window` seconds apart. O(holders), but for sorting their outlets.
pub fn pair(
    gram: i64,
    holders: &[GramHolder],
    frame: &DayFrame,
    window: i64,
    mut visit: impl FnMut(GramLink),
) {
    let Some(first) = holders.first() else { return };
    if holders.iter().all(|holder| holder.outlet == first.outlet) {
        return;
    }
    let mut outlet_numbers: FxHashMap<i64, u32> = FxHashMap::default();
    let articles: Vec<&[GramHolder]> = holders.chunk_by(|x, y| x.doc == y.doc).collect();
    let outlets: Vec<u32> = articles
        .iter()
        .map(|article| {
            let next = to_u32(outlet_numbers.len());
            *outlet_numbers.entry(article[0].outlet).or_insert(next)
        })
        .collect();
    let times: Vec<i64> = articles.iter().map(|article| article[0].time).collect();
    let timeline = Timeline {
        outlets: &outlets,
        roles: articles.iter().map(|article| article[0].role).collect(),
        times: &times,
        days: frame.days(&times),
        window,
        ..Timeline::default()
    };
    let hash = u32::try_from(gram & ((1 << HASH_BITS) - 1)).unwrap_or(u32::MAX);
    let mut group: Vec<Posting> = (0u32..)
        .zip(&articles)
        .flat_map(|(article, places)| {
            places.iter().map(move |place| Posting { hash, article, position: place.at })
        })
        .collect();
    let is_whole =
        |posting: &Posting| articles[posting.article as usize].iter().any(|holder| holder.is_whole);
    let doc = |posting: Posting| articles[posting.article as usize][0].doc;
    link_gram(&timeline, &mut group, is_whole, |link| match link {
        Link::Shared(a, b) => {
            visit(GramLink::Seed { a: doc(a), b: doc(b), at_a: a.position, at_b: b.position });
        }
        Link::Recurring { posting, persistent } => visit(GramLink::Recurring {
            doc: doc(posting),
            at: posting.position,
            is_persistent: persistent,
        }),
        // Only those who compare words too ask for it.
        Link::Cut(_) => {}
    });
}

/// A text made ready for [`verify`].
#[derive(Debug)]
pub struct PreparedText {
    tokens: Tokens,
    shingles: OnceLock<Vec<u64>>,
}

impl PreparedText {
    /// Reads the words. O(words).
    pub fn new(text: &str) -> PreparedText {
        PreparedText { tokens: Tokens::new(text), shingles: OnceLock::new() }
    }

    fn shingles(&self) -> &[u64] {
        self.shingles.get_or_init(|| shingles(&self.tokens.hashes, &mut ShingleSet::default()))
    }

    /// Bytes of memory, about.
    pub fn size(&self) -> usize {
        // A hash and two places a word, and a shingle for nearly each.
        self.tokens.len() * 20
    }
}

/// What a pair shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedPair {
    /// How much.
    pub shared: SharedCounts,
    /// Where, in the order of the earlier text.
    pub passages: Vec<AlignedPassage>,
}

impl VerifiedPair {
    /// Whether it shares nothing but boilerplate at the head or tail: it is no match.
    pub fn is_only_lines(&self) -> bool {
        is_only_lines(&self.passages)
    }
}

/// Step 3, verify: what two texts share, the earlier first, from the places of the grams that they share (sorted,
/// without repeats) and from those of the grams of each that recur, with whether one outlet uses it over a long time;
/// `None` if it is too little.
pub fn verify(
    a: &PreparedText,
    b: &PreparedText,
    seeds: &[(u32, u32)],
    recurring: [&[(u32, bool)]; 2],
) -> Option<VerifiedPair> {
    let seeds: Vec<Seed> = seeds.iter().map(|&(at_a, at_b)| Seed::shared(at_a, at_b)).collect();
    let [of_a, of_b] = recurring.map(|places| {
        places.iter().map(|&(at, lasts)| Seed::recurring(at, lasts)).collect::<Vec<_>>()
    });
    let (passages, words) = grown(&a.tokens, &b.tokens, &seeds, [&of_a, &of_b])?;
    let of_words = (a.tokens.len(), b.tokens.len());
    let mut counts = SharedCounts { words, of_words, ..SharedCounts::default() };
    if !is_only_lines(&passages) {
        let (of_a, of_b) = (a.shingles(), b.shingles());
        let mut set = ShingleSet::default();
        set.fill(of_a);
        counts.shingles = shared(&set, of_b);
        counts.of_shingles = (of_a.len(), of_b.len());
    }
    is_match(&passages, &counts).then_some(VerifiedPair { shared: counts, passages })
}

impl AlignedPassage {
    /// Bytes in the earlier text.
    pub fn earlier(&self) -> &Range<usize> {
        &self.a
    }

    /// Bytes in the later text.
    pub fn later(&self) -> &Range<usize> {
        &self.b
    }

    /// Equal words.
    pub fn words(&self) -> usize {
        self.words
    }
}

/// Step 4, classify, is [`PairSides::verdict`]; where that is [`Verdict::UnlessHeld`] an earlier article of a wire or
/// control decides, if what it shares with one of the two (`held`) covers the passage.
pub fn is_held(held: &Range<usize>, passage: &Range<usize>) -> bool {
    covers(held, passage)
}
