//! The anchors of all articles of a batch, and what two of them share.

use rayon::prelude::*;

use super::anchors::{self, Anchor, Sort};
use super::lexicon::Lexicon;
use super::rarity::Rarity;
use crate::ids::ranked;
use crate::similarity::batch::Batch;
use crate::similarity::tokens::to_u32;
use crate::text::languages::base_language;

/// What a place counts: every text names some.
const PLACE_WEIGHT: f64 = 0.5;
/// Rarity in nats from which an anchor may hold a pair: one in seven articles has a more frequent one.
const RARE: f64 = 2.0;
/// Fewest anchors that two articles share.
const FEWEST: usize = 2;

/// An anchor that both articles of a pair have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shared {
    /// Its mention in the earlier article.
    pub(super) earlier: Anchor,
    /// Its mention in the later article.
    pub(super) later: Anchor,
    /// What it says, in nats.
    pub(super) weight: f64,
}

/// The anchors of the articles of a batch.
pub(super) struct Named<'b> {
    /// Languages without their regions, sorted.
    pub(super) names: Vec<&'b str>,
    /// Per article: the place of its language among these; `None` if it is not known.
    pub(super) languages: Vec<Option<u32>>,
    /// Per article: its anchors, sorted by key, and the numbers of the keys.
    pub(super) anchors: Vec<Vec<(u32, Anchor)>>,
    /// Number of different keys.
    pub(super) keys: usize,
}

impl<'b> Named<'b> {
    /// Reads the anchors of all articles; `None` if there are not two languages. O(texts).
    pub(super) fn new(batch: &Batch<'b>, lexicon: &Lexicon) -> Option<Named<'b>> {
        let articles = batch.articles;
        let tags = articles.iter().map(|a| base_language(&a.language));
        let (names, ranks) = ranked(tags);
        if names.iter().filter(|name| !name.is_empty()).count() < 2 {
            return None;
        }
        let known = |rank: &u32| (!names[*rank as usize].is_empty()).then_some(*rank);
        let languages = ranks.iter().map(known).collect();
        let mut found: Vec<Vec<Anchor>> =
            articles.par_iter().map(|a| anchors::anchors(a, lexicon)).collect();
        add_readings(batch, &mut found);
        let mut keys: Vec<u64> = found.iter().flatten().map(|anchor| anchor.key).collect();
        keys.par_sort_unstable();
        keys.dedup();
        let number =
            |anchor: Anchor| (to_u32(keys.partition_point(|key| *key < anchor.key)), anchor);
        let number_all = |anchors: Vec<Anchor>| anchors.into_iter().map(number).collect();
        Some(Named {
            names,
            languages,
            anchors: found.into_par_iter().map(number_all).collect(),
            keys: keys.len(),
        })
    }

    /// The language of an article; empty if it is not known.
    pub(super) fn language(&self, article: usize) -> &'b str {
        self.languages[article].map_or("", |language| self.names[language as usize])
    }

    /// Whether two articles are in different languages.
    pub(super) fn are_apart(&self, a: usize, b: usize) -> bool {
        matches!((self.languages[a], self.languages[b]), (Some(x), Some(y)) if x != y)
    }

    /// The numbers of an article's anchors.
    pub(super) fn numbers(&self, article: usize) -> impl Iterator<Item = u32> + '_ {
        self.anchors[article].iter().map(|(number, _)| *number)
    }

    /// What an article has that counts for its length: not the readings, of which the other texts decide which are
    /// kept.
    pub(super) fn total(&self, article: usize, language: u32, rarity: &Rarity) -> f64 {
        let of = |(number, anchor): &(u32, Anchor)| match anchor.sort {
            Sort::Sound => 0.0,
            sort => weight(sort, rarity.of(language as usize, *number)),
        };
        self.anchors[article].iter().map(of).sum()
    }

    /// What two articles share, the heaviest first; of two mentions that overlap in one of the texts the heavier.
    pub(super) fn shared(&self, rarity: &Rarity, a: usize, b: usize) -> Vec<Shared> {
        let (Some(of_a), Some(of_b)) = (self.languages[a], self.languages[b]) else {
            return Vec::new();
        };
        let (mut x, mut y) = (self.anchors[a].as_slice(), self.anchors[b].as_slice());
        let mut both = Vec::new();
        while let (Some((i, earlier)), Some((j, later))) = (x.first(), y.first()) {
            if i == j {
                let rarity = rarity.of(of_a as usize, *i).min(rarity.of(of_b as usize, *i));
                let weight = weight(earlier.sort, rarity);
                both.push(Shared { earlier: *earlier, later: *later, weight });
            }
            x = if i <= j { &x[1..] } else { x };
            y = if j <= i { &y[1..] } else { y };
        }
        both.sort_by(|x, y| {
            let place = |s: &Shared| (!s.earlier.in_headline, s.earlier.start, s.later.start);
            y.weight.total_cmp(&x.weight).then_with(|| place(x).cmp(&place(y)))
        });
        let mut kept: Vec<Shared> = Vec::new();
        for shared in both {
            let again = |known: &Shared| {
                overlap(&known.earlier, &shared.earlier) || overlap(&known.later, &shared.later)
            };
            if shared.weight > 0.0 && !kept.iter().any(again) {
                kept.push(shared);
            }
        }
        kept
    }
}

/// Gives each Chinese article the readings that some article in Latin letters writes.
fn add_readings(batch: &Batch<'_>, found: &mut [Vec<Anchor>]) {
    let sounds = found.iter().flatten().filter(|anchor| anchor.sort == Sort::Sound);
    let mut wanted: Vec<u64> = sounds.map(|anchor| anchor.key).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return;
    }
    batch.articles.par_iter().zip(found).for_each(|(article, found)| {
        if base_language(&article.language) == "zh" {
            found.extend(anchors::readings(article, |key| wanted.binary_search(&key).is_ok()));
            found.sort_by_key(|anchor| anchor.key);
        }
    });
}

/// What an anchor of such a rarity says.
pub(super) fn weight(sort: Sort, rarity: f64) -> f64 {
    if sort == Sort::Place { PLACE_WEIGHT * rarity } else { rarity }
}

fn overlap(x: &Anchor, y: &Anchor) -> bool {
    x.in_headline == y.in_headline && x.start < y.end && y.start < x.end
}

/// Whether shared anchors alone may hold a pair: several, one of them rare, and a name among them. Places and numbers
/// alone are in any two texts on one subject.
pub(super) fn may_hold(shared: &[Shared]) -> bool {
    let is_name = |s: &Shared| matches!(s.earlier.sort, Sort::Known | Sort::Name | Sort::Sound);
    shared.len() >= FEWEST
        && shared.iter().any(|shared| shared.weight >= RARE)
        && shared.iter().any(is_name)
}

/// Whether shared anchors may stand beside a likeness of meaning: one of them is no place.
pub(super) fn may_support(shared: &[Shared]) -> bool {
    shared.iter().any(|shared| shared.earlier.sort != Sort::Place)
}
