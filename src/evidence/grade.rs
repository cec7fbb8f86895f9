//! The grade of each edge: what it rests on, and the verdict on its two outlets.

use std::collections::BTreeSet;

use crate::corpus::Corpus;
use crate::model::{Edge, Grade, Origin, OutletPair, UngradedEdge, Verdict};

/// Grades all edges; their order stays.
///
/// The facts alone decide, but for one basis: an outlet that takes up a narrative clearly after another one
/// is E4 if the two share more narratives than chance gives, and E5 otherwise. A pair of outlets above
/// chance says nothing about the order of two texts, so that no other edge depends on it.
pub fn grade(edges: Vec<UngradedEdge>, corpus: &Corpus, pairs: &[OutletPair]) -> Vec<Edge> {
    let articles = corpus.articles();
    let above_chance: BTreeSet<(&str, &str)> = pairs
        .iter()
        .filter(|pair| pair.verdict == Verdict::MoreThanChance)
        .map(|pair| (pair.outlet_a.as_str(), pair.outlet_b.as_str()))
        .collect();
    let is_above_chance = |edge: &UngradedEdge| {
        let Origin::Article(from) = edge.from else { return false };
        let (a, b) = (articles[from].outlet.as_str(), articles[edge.to].outlet.as_str());
        above_chance.contains(&(a.min(b), a.max(b)))
    };
    edges
        .into_iter()
        .map(|edge| {
            let grade = edge
                .basis
                .grade_by_facts()
                .unwrap_or_else(|| if is_above_chance(&edge) { Grade::E4 } else { Grade::E5 });
            edge.graded(grade)
        })
        .collect()
}
