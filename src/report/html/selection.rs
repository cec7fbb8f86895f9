//! What is on the page, chosen once: which edges, matches, narratives, pairs and chains have a card, and
//! where each of them is. All links inside the page come from here, so none leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::edge_cards::{best_match, common_edges};
use super::heatmap::mapped;
use crate::model::{Edge, Grade, OutletPair};
use crate::report::rank;
use crate::report::report_index::{ReportIndex, origin_article, own_words};

// How much of each list is on the page: what a reader can use, and what keeps it below 1.5 MB.
/// Cards of directed edges.
const MAX_EDGES: usize = 30;
/// Directed edges of each of the first pairs that have a card in any case, and how many pairs these are.
const EDGES_OF_A_PAIR: usize = 2;
const FIRST_PAIRS: usize = 10;
/// Cards of E4 edges.
const MAX_TAKEN_UP: usize = 6;
/// Cards of common sources.
const MAX_COMMON: usize = 12;
/// Cards of chains.
const MAX_CHAINS: usize = 15;
/// Narratives with a picture and a list.
const MAX_NARRATIVES: usize = 36;
/// Outlet pairs with a card, beside those of the heat map, which all have one.
const MAX_PAIR_CARDS: usize = 60;
/// Own-text matches without a direction: of one outlet under study, and of all.
const MATCHES_OF_AN_OUTLET: usize = 2;
const MAX_MATCHES: usize = 30;

/// A pair of outlet ids, the smaller one first.
pub(super) type Ids<'a> = (&'a str, &'a str);

/// Two outlet ids in the order of pairs.
pub(super) fn pair_of<'a>(one: &'a str, other: &'a str) -> Ids<'a> {
    if one <= other { (one, other) } else { (other, one) }
}

/// What two outlets have in common, by index.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// Matches, those with the most own words first.
    pub(super) matches: Vec<usize>,
    /// Edges E1 to E4 that join an article of each, the best grade first.
    pub(super) edges: Vec<usize>,
    /// Narratives that both carry, in the order of the page.
    pub(super) narratives: Vec<usize>,
}

/// What is on the page.
pub(super) struct Selection<'a> {
    /// Directed edges with a card, in order.
    pub(super) edges: Vec<usize>,
    /// All directed edges.
    pub(super) all_edges: usize,
    /// E4 edges with a card.
    pub(super) taken_up: Vec<usize>,
    /// All E4 edges.
    pub(super) all_taken_up: usize,
    /// Common sources with a card.
    pub(super) common: Vec<usize>,
    /// All common sources.
    pub(super) all_common: usize,
    /// Matches with a card of their own.
    pub(super) matches: Vec<usize>,
    /// Narratives with a card, in order.
    pub(super) narratives: Vec<usize>,
    /// Pairs with a card: indices into the pairs of the analysis.
    pub(super) pairs: Vec<usize>,
    /// Chains with a card.
    pub(super) chains: Vec<usize>,
    /// What two outlets have in common.
    between: BTreeMap<Ids<'a>, Common>,
    edge_anchors: BTreeMap<usize, String>,
    match_anchors: BTreeMap<usize, String>,
    narrative_anchors: BTreeMap<usize, String>,
    pair_anchors: BTreeMap<Ids<'a>, String>,
}

static NOTHING: Common = Common { matches: Vec::new(), edges: Vec::new(), narratives: Vec::new() };

impl<'a> Selection<'a> {
    /// Chooses what is shown. Cost: O(matches + edges + narratives · outlets²).
    pub(super) fn new(view: &ReportIndex<'a>) -> Selection<'a> {
        let between = between(view);
        let pair_order = rank::pairs(view);
        let all_pairs = &view.analysis.significance.pairs;
        let mapped = mapped(view);
        let with_common = pair_order.iter().filter(|&&i| between.contains_key(&ids(&all_pairs[i])));
        let is_shown = |rank: usize, (a, b): Ids| {
            rank < MAX_PAIR_CARDS || (mapped.contains(&a) && mapped.contains(&b))
        };
        let pairs: Vec<usize> = with_common
            .enumerate()
            .filter(|&(rank, &i)| is_shown(rank, ids(&all_pairs[i])))
            .map(|(_, &i)| i)
            .collect();
        let (edges, all_edges) = directed(view, &pairs, &between);
        let taken_up = of_grade(view, Grade::E4);
        let common = common_edges(view);
        let (all_taken_up, all_common) = (taken_up.len(), common.len());
        let mut selection = Selection {
            edges,
            all_edges,
            taken_up: first(taken_up, MAX_TAKEN_UP),
            all_taken_up,
            common: first(common, MAX_COMMON),
            all_common,
            matches: Vec::new(),
            narratives: first(rank::narratives(view), MAX_NARRATIVES),
            chains: first(rank::chains(view), MAX_CHAINS),
            pairs,
            between,
            edge_anchors: BTreeMap::new(),
            match_anchors: BTreeMap::new(),
            narrative_anchors: BTreeMap::new(),
            pair_anchors: BTreeMap::new(),
        };
        selection.name_cards(view);
        selection
    }

    fn name_cards(&mut self, view: &ReportIndex<'a>) {
        let cards = [(&self.edges, "e"), (&self.taken_up, "u"), (&self.common, "x")];
        for (edges, letter) in cards {
            for (rank, &index) in edges.iter().enumerate() {
                let anchor = format!("{letter}{}", rank + 1);
                if let Some(matched) = best_match(view, view.edge(index)) {
                    self.match_anchors.entry(matched).or_insert_with(|| anchor.clone());
                }
                self.edge_anchors.insert(index, anchor);
            }
        }
        self.matches = undirected(view, &self.match_anchors);
        for (rank, &index) in self.matches.iter().enumerate() {
            self.match_anchors.insert(index, format!("m{}", rank + 1));
        }
        for (rank, &index) in self.narratives.iter().enumerate() {
            self.narrative_anchors.insert(index, format!("n{}", rank + 1));
        }
        for (rank, &index) in self.pairs.iter().enumerate() {
            let pair = ids(&view.analysis.significance.pairs[index]);
            self.pair_anchors.insert(pair, format!("p{}", rank + 1));
        }
    }

    /// Whether a pair has a card, or nothing that could stand on one.
    pub(super) fn is_complete(&self, (a, b): Ids) -> bool {
        self.pair(a, b).is_some() || !self.between.contains_key(&pair_of(a, b))
    }

    /// What two outlets have in common.
    pub(super) fn between<'s>(&'s self, one: &'s str, other: &'s str) -> &'s Common {
        self.between.get(&pair_of(one, other)).unwrap_or(&NOTHING)
    }

    /// Where an edge has its card.
    pub(super) fn edge(&self, index: usize) -> Option<&str> {
        self.edge_anchors.get(&index).map(String::as_str)
    }

    /// Where both texts of a match stand side by side.
    pub(super) fn matched(&self, index: usize) -> Option<&str> {
        self.match_anchors.get(&index).map(String::as_str)
    }

    /// Where a narrative is.
    pub(super) fn narrative(&self, index: usize) -> Option<&str> {
        self.narrative_anchors.get(&index).map(String::as_str)
    }

    /// Where a pair of outlets has its card.
    pub(super) fn pair<'s>(&'s self, one: &'s str, other: &'s str) -> Option<&'s str> {
        self.pair_anchors.get(&pair_of(one, other)).map(String::as_str)
    }
}

/// The ids of a pair.
pub(super) fn ids(pair: &OutletPair) -> Ids<'_> {
    (&pair.outlet_a, &pair.outlet_b)
}

fn first(mut all: Vec<usize>, limit: usize) -> Vec<usize> {
    all.truncate(limit);
    all
}

fn of_grade(view: &ReportIndex, grade: Grade) -> Vec<usize> {
    let edges = &view.analysis.diffusion.edges;
    (0..edges.len()).filter(|&i| edges[i].grade == grade).collect()
}

/// The outlets of the two articles that an edge joins; none for an edge from no article.
pub(super) fn outlets_of<'a>(view: &ReportIndex<'a>, edge: &Edge) -> Option<Ids<'a>> {
    let from = origin_article(edge)?;
    Some((view.article(from).outlet.as_str(), view.article(edge.to).outlet.as_str()))
}

fn between<'a>(view: &ReportIndex<'a>) -> BTreeMap<Ids<'a>, Common> {
    let mut all: BTreeMap<Ids, Common> = BTreeMap::new();
    for (i, matched) in view.analysis.matches.iter().enumerate() {
        let (a, b) = (view.article(matched.earlier), view.article(matched.later));
        all.entry(pair_of(&a.outlet, &b.outlet)).or_default().matches.push(i);
    }
    for (i, edge) in view.analysis.diffusion.edges.iter().enumerate() {
        if let Some((from, to)) = outlets_of(view, edge).filter(|_| edge.grade <= Grade::E4) {
            all.entry(pair_of(from, to)).or_default().edges.push(i);
        }
    }
    for i in rank::narratives(view) {
        let outlets = &view.analysis.narratives[i].outlets;
        for (at, one) in outlets.iter().enumerate() {
            for other in &outlets[at + 1..] {
                all.entry(pair_of(one, other)).or_default().narratives.push(i);
            }
        }
    }
    for common in all.values_mut() {
        common.matches.sort_by_cached_key(|&i| strength(view, i));
        common.edges.sort_by_key(|&i| (view.edge(i).grade, i));
    }
    all
}

/// Sorts a match with more own words, then with more reused words, before others.
fn strength(view: &ReportIndex, matched: usize) -> (std::cmp::Reverse<(usize, usize)>, usize) {
    let found = view.matched(matched);
    let words = found.passages.iter().map(|passage| passage.words).sum();
    (std::cmp::Reverse((own_words(found), words)), matched)
}

/// The directed edges that have a card: the first of all, and some of each leading pair.
fn directed(
    view: &ReportIndex,
    pairs: &[usize],
    between: &BTreeMap<Ids, Common>,
) -> (Vec<usize>, usize) {
    let order = rank::edges(view);
    let mut chosen: BTreeSet<usize> = order.iter().take(MAX_EDGES).copied().collect();
    for &pair in pairs.iter().take(FIRST_PAIRS) {
        let common = between.get(&ids(&view.analysis.significance.pairs[pair]));
        let edges = common.map_or(&[][..], |common| &common.edges);
        let directed = edges.iter().filter(|&&edge| view.edge(edge).grade.is_directed());
        chosen.extend(directed.take(EDGES_OF_A_PAIR));
    }
    let shown = order.iter().copied().filter(|edge| chosen.contains(edge)).collect();
    (shown, order.len())
}

/// For each outlet under study, its matches with the most own text that no card shows yet.
fn undirected(view: &ReportIndex, shown: &BTreeMap<usize, String>) -> Vec<usize> {
    let matches = &view.analysis.matches;
    let mut order: Vec<usize> =
        (0..matches.len()).filter(|&i| own_words(&matches[i]) > 0).collect();
    order.sort_by_cached_key(|&i| strength(view, i));
    let mut of_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for i in order {
        let found = &matches[i];
        let outlets = [found.earlier, found.later].map(|a| view.article(a).outlet.as_str());
        let studied = || outlets.iter().filter(|outlet| rank::is_studied(view, outlet));
        let is_wanted = studied()
            .any(|outlet| of_outlet.get(outlet).copied().unwrap_or(0) < MATCHES_OF_AN_OUTLET);
        if !is_wanted || chosen.len() == MAX_MATCHES {
            continue;
        }
        studied().for_each(|outlet| *of_outlet.entry(outlet).or_default() += 1);
        if !shown.contains_key(&i) {
            chosen.push(i);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn every_outlet_with_own_text_has_a_text_on_the_page() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let selection = Selection::new(&view);
        for (i, matched) in view.analysis.matches.iter().enumerate() {
            if own_words(matched) > 0 {
                for article in [matched.earlier, matched.later] {
                    let outlet = &view.article(article).outlet;
                    let any = (0..view.analysis.matches.len()).any(|j| {
                        let found = view.matched(j);
                        selection.matched(j).is_some()
                            && [found.earlier, found.later]
                                .iter()
                                .any(|&a| &view.article(a).outlet == outlet)
                    });
                    assert!(any, "{outlet} has own text in match {i} and none on the page");
                }
            }
        }
    }

    #[test]
    fn pairs_are_found_in_either_order() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let selection = Selection::new(&view);
        assert!(selection.pair("north-star", "lantern").is_some());
        assert_eq!(
            selection.pair("north-star", "lantern"),
            selection.pair("lantern", "north-star")
        );
        assert_eq!(selection.between("nobody", "lantern").matches.len(), 0);
        let common = selection.between("meridian", "north-star");
        let grades: Vec<Grade> = common.edges.iter().map(|&i| view.edge(i).grade).collect();
        assert!(grades.is_sorted() && !grades.is_empty());
    }
}
