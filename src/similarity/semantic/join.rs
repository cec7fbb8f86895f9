//! Pairs of articles in different languages that tell the same: an exact join over the days of a batch.
//!
//! Each day is joined with what had appeared by its end: later articles change nothing. Cost: linear in the mentions of the
//! anchors that two languages share within [`WINDOW`], and with a model one product of mean vectors a pair; nothing where
//! all articles are in one language.

use std::ops::Range;

use chrono::TimeDelta;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Retelling;
use super::calibration::{ANCHORS, MOST_STRENGTH, STRONG_ENOUGH};
use super::decide;
use super::meaning::Meaning;
use super::named::{Named, may_hold, weight};
use super::rarity::Rarity;
use crate::encoder::gemm::multiply;
use crate::similarity::batch::Batch;
use crate::similarity::tokens::to_u32;

/// Greatest distance in time of a pair: of the translations and retellings that were read, hardly one was later.
pub const WINDOW: TimeDelta = TimeDelta::days(3);
/// Least weight in nats that a text is taken to name in all, so that a few shared names are not the whole of two short
/// texts.
const LEAST_TOTAL: f64 = 10.0;
/// How far the weight of all that the two texts name counts against what they share: between a sum (0), which long texts reach
/// by chance, and a cosine (.5), which two short texts reach with one name.
const LENGTH: f64 = 0.3;
/// Cosine of mean vectors from which two articles are compared sentence by sentence.
const NEAR: f64 = 0.2;
/// Articles of another language that one is compared with sentence by sentence at most: the nearest.
const BEST: usize = 32;
/// Articles whose pairs are looked for at a time.
const AT_ONCE: usize = 1_024;
/// Rows of a product that one task makes.
const ROWS: usize = 64;

/// The pairs in scope, sorted by (a, b).
pub(super) fn pairs(
    batch: &Batch<'_>,
    named: &Named<'_>,
    meaning: Option<&Meaning<'_>>,
) -> Vec<Retelling> {
    let mut rarity = Rarity::new(named.keys, named.names.len());
    let mut counted = 0..0;
    let mut found = Vec::new();
    for day in batch.timeline.days(&(0..batch.articles.len())) {
        for article in counted.end..day.articles.end {
            if let Some(language) = named.languages[article] {
                rarity.add(language as usize, named.numbers(article));
            }
        }
        for article in counted.start..day.since {
            if let Some(language) = named.languages[article] {
                rarity.remove(language as usize, named.numbers(article));
            }
        }
        counted = day.since.max(counted.start)..day.articles.end;
        let mut next = day.articles.start.max(batch.timeline.first_in_scope);
        while next < day.articles.end {
            let later = next..day.articles.end.min(next + AT_ONCE);
            next = later.end;
            found.extend(Window::new(batch, named, meaning, &rarity, later, Scope::Near).pairs());
        }
    }
    found.sort_by_key(|pair| (pair.a, pair.b));
    found
}

/// Which earlier articles one is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Those of the last [`WINDOW`].
    Near,
    /// Those before so many seconds: too old to be on one event.
    Far(i64),
}

/// How many pairs of a batch are too far apart to be on one event, and which of them would pass all the same.
pub(super) fn far_pairs(
    batch: &Batch<'_>,
    named: &Named<'_>,
    meaning: Option<&Meaning<'_>>,
    apart: TimeDelta,
) -> (usize, Vec<Retelling>) {
    let mut rarity = Rarity::new(named.keys, named.names.len());
    for article in 0..batch.articles.len() {
        if let Some(language) = named.languages[article] {
            rarity.add(language as usize, named.numbers(article));
        }
    }
    let scope = Scope::Far(apart.num_seconds());
    let (mut compared, mut found) = (0, Vec::new());
    let mut next = 0;
    while next < batch.articles.len() {
        let later = next..batch.articles.len().min(next + AT_ONCE);
        next = later.end;
        let window = Window::new(batch, named, meaning, &rarity, later, scope);
        let pairs = window.later.clone().into_par_iter();
        compared += pairs
            .map(|b| window.earlier(b).filter(|a| window.is_pair(*a, b)).count())
            .sum::<usize>();
        found.extend(window.pairs());
    }
    (compared, found)
}

/// Some articles of a day and those that they are compared with.
struct Window<'w, 'b> {
    batch: &'w Batch<'b>,
    named: &'w Named<'b>,
    meaning: Option<&'w Meaning<'b>>,
    rarity: &'w Rarity,
    scope: Scope,
    /// The articles whose pairs with earlier ones are looked for.
    later: Range<usize>,
    /// First article that one of these may be compared with.
    first: usize,
    /// Per article from `first` on: what it names in all, to the power [`LENGTH`].
    lengths: Vec<f64>,
    /// Per anchor that two languages share here: its groups.
    groups_of: FxHashMap<u32, Range<usize>>,
    /// Language of a group, and its place in `articles`.
    groups: Vec<(u32, Range<usize>)>,
    /// The articles of all groups, each ascending.
    articles: Vec<u32>,
}

impl<'w, 'b> Window<'w, 'b> {
    fn new(
        batch: &'w Batch<'b>,
        named: &'w Named<'b>,
        meaning: Option<&'w Meaning<'b>>,
        rarity: &'w Rarity,
        later: Range<usize>,
        scope: Scope,
    ) -> Window<'w, 'b> {
        let first = match scope {
            Scope::Near => {
                let since = batch.timeline.times[later.start].saturating_sub(WINDOW.num_seconds());
                batch.timeline.times.partition_point(|time| *time < since)
            }
            Scope::Far(_) => 0,
        };
        let length = |article: usize| {
            let language = named.languages[article]?;
            Some(named.total(article, language, rarity).max(LEAST_TOTAL).powf(LENGTH))
        };
        let all = first..later.end;
        let lengths = all.clone().into_par_iter().map(|a| length(a).unwrap_or(f64::INFINITY));
        let mut window = Window {
            batch,
            named,
            meaning,
            rarity,
            scope,
            later,
            first,
            lengths: lengths.collect(),
            groups_of: FxHashMap::default(),
            groups: Vec::new(),
            articles: Vec::new(),
        };
        let mut mentions: Vec<(u32, u32, u32)> = all
            .into_par_iter()
            .flat_map_iter(|article| {
                let language = named.languages[article];
                let numbers = language.into_iter().flat_map(move |language| {
                    named.numbers(article).map(move |number| (number, language))
                });
                numbers.map(move |(number, language)| (number, language, to_u32(article)))
            })
            .collect();
        mentions.par_sort_unstable();
        for of_anchor in mentions.chunk_by(|x, y| x.0 == y.0) {
            let is_shared = of_anchor.first().map(|m| m.1) != of_anchor.last().map(|m| m.1);
            if let Some(&(number, ..)) = of_anchor.first().filter(|_| is_shared) {
                let from = window.groups.len();
                for group in of_anchor.chunk_by(|x, y| x.1 == y.1) {
                    let start = window.articles.len();
                    window.articles.extend(group.iter().map(|(.., article)| *article));
                    window.groups.push((group[0].1, start..window.articles.len()));
                }
                window.groups_of.insert(number, from..window.groups.len());
            }
        }
        window
    }

    /// The pairs of all later articles.
    fn pairs(&self) -> Vec<Retelling> {
        let means = self.meaning.map(|meaning| self.transposed_means(meaning));
        let rows: Vec<usize> = self.later.clone().collect();
        let of_rows = |rows: &[usize]| {
            let products = self.products(rows, means.as_deref());
            let width = self.later.end - self.first;
            let mut sums = Vec::new();
            let of = |(n, &b): (usize, &usize)| {
                let products = products.get(n * width..(n + 1) * width);
                self.pairs_of(b, products, &mut sums)
            };
            rows.iter().enumerate().flat_map(of).collect::<Vec<_>>()
        };
        rows.par_chunks(ROWS).flat_map_iter(of_rows).collect()
    }

    /// The mean vectors of all articles as the columns of a matrix.
    fn transposed_means(&self, meaning: &Meaning<'_>) -> Vec<f32> {
        let width = self.later.end - self.first;
        let mut row = Vec::new();
        let mut columns = vec![0.0; meaning.size * width];
        for article in self.first..self.later.end {
            row.clear();
            meaning.push_mean(article, &mut row);
            for (n, x) in row.iter().enumerate() {
                columns[n * width + (article - self.first)] = *x;
            }
        }
        columns
    }

    /// The products of the mean vectors of some articles with all, row by row; nothing without a model.
    fn products(&self, rows: &[usize], columns: Option<&[f32]>) -> Vec<f32> {
        let mut products = Vec::new();
        if let (Some(meaning), Some(columns)) = (self.meaning, columns) {
            let mut own = Vec::with_capacity(rows.len() * meaning.size);
            for article in rows {
                meaning.push_mean(*article, &mut own);
            }
            let width = self.later.end - self.first;
            multiply(&own, columns, meaning.size, width, &mut products);
        }
        products
    }

    /// The articles that a later one is compared with, as far as time tells.
    fn earlier(&self, b: usize) -> Range<usize> {
        let before = |time: i64| self.batch.timeline.times.partition_point(|other| *other < time);
        match self.scope {
            Scope::Near => {
                let since = self.batch.timeline.times[b].saturating_sub(WINDOW.num_seconds());
                before(since.max(self.batch.timeline.since(b))).max(self.first)..b
            }
            Scope::Far(apart) => {
                self.first..before(self.batch.timeline.times[b].saturating_sub(apart))
            }
        }
    }

    /// Whether two articles are of different outlets and languages.
    fn is_pair(&self, a: usize, b: usize) -> bool {
        self.batch.timeline.outlets[a] != self.batch.timeline.outlets[b]
            && self.named.are_apart(a, b)
    }

    /// What each earlier article shares with a later one in nats, overlapping mentions counted twice.
    fn sums(&self, b: usize, language: u32, earlier: &Range<usize>, sums: &mut Vec<f64>) {
        let from = earlier.start;
        sums.clear();
        sums.resize(earlier.len(), 0.0);
        for (number, anchor) in &self.named.anchors[b] {
            let Some(groups) = self.groups_of.get(number) else { continue };
            let here = self.rarity.of(language as usize, *number);
            for (other, articles) in &self.groups[groups.clone()] {
                if *other == language {
                    continue;
                }
                let there = self.rarity.of(*other as usize, *number);
                let weight = weight(anchor.sort, here.min(there));
                let articles = &self.articles[articles.clone()];
                let start = articles.partition_point(|a| (*a as usize) < from);
                for &a in articles[start..].iter().take_while(|a| (**a as usize) < earlier.end) {
                    sums[a as usize - from] += weight;
                }
            }
        }
    }

    /// The pairs of one later article, given the products of its mean vector; `sums` is scratch.
    fn pairs_of(&self, b: usize, products: Option<&[f32]>, sums: &mut Vec<f64>) -> Vec<Retelling> {
        let Some(language) = self.named.languages[b] else { return Vec::new() };
        let earlier = self.earlier(b);
        let from = earlier.start;
        self.sums(b, language, &earlier, sums);
        let mut candidates: Vec<(u32, f64, usize)> = Vec::new();
        let mut found = Vec::new();
        for a in earlier.filter(|a| self.is_pair(*a, b)) {
            let strength = sums[a - from] / self.lengths(a, b);
            match self.meaning.filter(|meaning| meaning.has(a) && meaning.has(b)) {
                Some(meaning) => {
                    let product = products.and_then(|products| products.get(a - self.first));
                    let near = meaning.cosine(a, b, product.copied().unwrap_or(0.0));
                    if near >= NEAR {
                        let rank = near + ANCHORS * strength.min(MOST_STRENGTH);
                        candidates.push((self.named.languages[a].unwrap_or(0), rank, a));
                    }
                }
                None if strength >= STRONG_ENOUGH => found.extend(self.by_anchors(a, b)),
                None => {}
            }
        }
        // Of each language the nearest ones; of equally near ones the later.
        candidates.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(y.2.cmp(&x.2)));
        for of_language in candidates.chunk_by(|x, y| x.0 == y.0) {
            let near = of_language.iter().take(BEST);
            found.extend(near.filter_map(|&(.., a)| {
                let product = products.and_then(|products| products.get(a - self.first));
                self.by_meaning(a, b, product.copied().unwrap_or(0.0))
            }));
        }
        found
    }

    /// The length of both articles, against which what they share counts.
    fn lengths(&self, a: usize, b: usize) -> f64 {
        self.lengths[a - self.first] * self.lengths[b - self.first]
    }

    /// What anchors alone show of a pair.
    fn by_anchors(&self, a: usize, b: usize) -> Option<Retelling> {
        let shared = self.named.shared(self.rarity, a, b);
        let sum: f64 = shared.iter().map(|shared| shared.weight).sum();
        let strength = sum / self.lengths(a, b);
        (may_hold(&shared) && strength >= STRONG_ENOUGH)
            .then(|| decide::by_anchors(a, b, strength, &shared))
    }

    /// What anchors and meaning together show of a pair.
    fn by_meaning(&self, a: usize, b: usize, product: f32) -> Option<Retelling> {
        let meaning = self.meaning?;
        let shared = self.named.shared(self.rarity, a, b);
        let sum: f64 = shared.iter().map(|shared| shared.weight).sum();
        let languages = [a, b].map(|article| self.named.language(article));
        let near = meaning.cosine(a, b, product);
        let compare = |aligned_from| meaning.compare(a, b, aligned_from);
        decide::by_meaning((a, b), languages, near, sum / self.lengths(a, b), &shared, compare)
    }
}
