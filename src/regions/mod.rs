//! Regions: which parts of the world an article is about, by the places that it names.
//!
//! An article is about a region if its headline names a place there, or its text does so at least twice. Places of the
//! outlet's own state do not count: a state's media write of it every day. What an article is about says nothing of whom it is
//! written for; editions made for a region are counted apart.

mod surges;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::model::{Article, Edge, Match, Origin, RegionMonth, RegionPair, Regions};
use crate::text::places::{LANGUAGES, Region, places};

/// Fewest places of a region that a text names if its headline names none.
const MIN_MENTIONS: usize = 2;
/// Places that a row names.
const MAX_PLACES: usize = 3;

/// The places that an article names, without those of its outlet's own state.
type Named = BTreeMap<&'static str, (Region, usize, bool)>;

/// Returns which regions the [reported](Corpus::reported) articles are about. O(text + matches + edges); the result does not
/// depend on the number of threads.
pub fn regions(corpus: &Corpus, matches: &[Match], edges: &[Edge]) -> Regions {
    let reported = corpus.reported();
    let named: Vec<Named> =
        corpus.articles().par_iter().map(|article| named(corpus, article)).collect();
    let of_articles: Vec<Vec<Region>> = named.iter().map(about).collect();
    let readable = |place: &usize| LANGUAGES.contains(&corpus.articles()[*place].language.as_str());
    let counted: Vec<usize> = reported.filter(readable).collect();
    let (surges, usual_days) = surges::surges(corpus, &counted, &of_articles, &named);
    Regions {
        months: months(corpus, &counted, &of_articles, &named),
        pairs: pairs(corpus, &of_articles, matches, edges),
        of_articles,
        surges,
        usual_days,
    }
}

fn named(corpus: &Corpus, article: &Article) -> Named {
    let outlet = corpus.registry().get(&article.outlet);
    let own = outlet.and_then(|outlet| outlet.state.as_deref()).unwrap_or_default();
    let mut named = Named::new();
    let mut add = |text: &str, in_title: bool| {
        for mention in places(text, &article.language) {
            let place = mention.place;
            if place.code != own {
                let entry = named.entry(place.code.as_str()).or_insert((place.region, 0, false));
                entry.1 += 1;
                entry.2 |= in_title;
            }
        }
    };
    add(&article.title, true);
    add(&article.text, false);
    named
}

/// The regions that an article is about.
fn about(named: &Named) -> Vec<Region> {
    let mut regions: BTreeMap<Region, (usize, bool)> = BTreeMap::new();
    for (region, mentions, in_title) in named.values() {
        let entry = regions.entry(*region).or_default();
        entry.0 += mentions;
        entry.1 |= in_title;
    }
    let is_about = |(_, (mentions, in_title)): &(Region, (usize, bool))| {
        *in_title || *mentions >= MIN_MENTIONS
    };
    regions.into_iter().filter(is_about).map(|(region, _)| region).collect()
}

/// The first day of the month of an article.
fn month(article: &Article) -> NaiveDate {
    let day = article.at().date_naive();
    day.with_day(1).unwrap_or(day)
}

/// The places of a region that articles name most, by the number of articles, then by code.
fn most_named<'n>(region: Region, named: impl Iterator<Item = &'n Named>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for of_article in named {
        for (code, (of, ..)) in of_article {
            if *of == region {
                *counts.entry(code).or_default() += 1;
            }
        }
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by_key(|&(code, n)| (std::cmp::Reverse(n), code));
    order.into_iter().take(MAX_PLACES).map(|(code, _)| code.to_owned()).collect()
}

fn months(
    corpus: &Corpus,
    counted: &[usize],
    of_articles: &[Vec<Region>],
    named: &[Named],
) -> Vec<RegionMonth> {
    let mut all: BTreeMap<(usize, NaiveDate), usize> = BTreeMap::new();
    let mut about: BTreeMap<(Region, usize, NaiveDate), Vec<usize>> = BTreeMap::new();
    for &place in counted {
        let key = (corpus.outlet_of(place), month(&corpus.articles()[place]));
        *all.entry(key).or_default() += 1;
        for &region in &of_articles[place] {
            about.entry((region, key.0, key.1)).or_default().push(place);
        }
    }
    let row = |((region, outlet, month), articles): ((Region, usize, NaiveDate), Vec<usize>)| {
        let made_for = |place: &&usize| target(corpus, &corpus.articles()[**place]) == Some(region);
        RegionMonth {
            region,
            outlet: corpus.outlet_ids()[outlet].clone(),
            month,
            articles: articles.len(),
            edition_articles: articles.iter().filter(made_for).count(),
            all: all.get(&(outlet, month)).copied().unwrap_or_default(),
            places: most_named(region, articles.iter().map(|&place| &named[place])),
        }
    };
    about.into_iter().map(row).collect()
}

/// The region that an article's edition is made for, as the registry says it.
fn target(corpus: &Corpus, article: &Article) -> Option<Region> {
    let outlet = corpus.registry().get(&article.outlet)?;
    let edition = outlet.editions.iter().find(|edition| edition.id == article.edition)?;
    let written = edition.region.as_deref()?;
    let bare: String = written.to_lowercase().replace(' ', "-");
    let by_name = Region::ALL.into_iter().find(|region| bare == region.as_str());
    let balkans = (bare == "balkans").then_some(Region::Europe);
    by_name
        .or(balkans)
        .or_else(|| places(written, "en").first().map(|mention| mention.place.region))
}

fn pairs(
    corpus: &Corpus,
    of_articles: &[Vec<Region>],
    matches: &[Match],
    edges: &[Edge],
) -> Vec<RegionPair> {
    /// Region, both outlets, month.
    type Key = (Region, usize, usize, NaiveDate);
    let mut found: BTreeMap<Key, [usize; 3]> = BTreeMap::new();
    let mut count = |earlier: usize, later: usize, what: fn(bool) -> usize| {
        let (from, to) = (corpus.outlet_of(earlier), corpus.outlet_of(later));
        if from == to {
            return;
        }
        let (a, b) = (from.min(to), from.max(to));
        let common: BTreeSet<Region> = of_articles[earlier]
            .iter()
            .filter(|r| of_articles[later].contains(r))
            .copied()
            .collect();
        for region in common {
            let entry = found.entry((region, a, b, month(&corpus.articles()[later]))).or_default();
            entry[what(from == a)] += 1;
        }
    };
    for one in matches {
        count(one.earlier, one.later, |_| 0);
    }
    for edge in edges.iter().filter(|edge| edge.grade.is_directed()) {
        if let Origin::Article(from) = edge.from {
            count(from, edge.to, |from_a| if from_a { 1 } else { 2 });
        }
    }
    let row =
        |((region, a, b, month), [matches, edges_ab, edges_ba]): (Key, [usize; 3])| RegionPair {
            region,
            outlet_a: corpus.outlet_ids()[a].clone(),
            outlet_b: corpus.outlet_ids()[b].clone(),
            month,
            matches,
            edges_ab,
            edges_ba,
        };
    found.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests;
