//! Chains: paths of E1–E3 edges, each article with one parent.
//!
//! An edge always runs from an earlier to a later article, so the graph has no cycle; with one parent
//! an article it is a forest, in which no transitive edge can be left (an edge u→w beside u→v→w would
//! give w two parents). A chain is the path from a leaf up to its root: one chain a leaf, so that
//! their number is at most that of the articles.

use crate::ids::stable_id;
use crate::model::{Article, Chain, Edge, Grade, Narrative, Origin, Registry, narrative_of};

/// Returns the chains of at least `min_depth` edges, longest first, then by id.
pub(super) fn chains(
    edges: &[Edge],
    articles: &[Article],
    registry: &Registry,
    narratives: &[Narrative],
    min_depth: usize,
) -> Vec<Chain> {
    let parents = parents(edges, articles.len());
    let narrative_of = narrative_of(articles.len(), narratives);
    let mut has_child = vec![false; articles.len()];
    for edge in parents.iter().flatten().map(|&i| &edges[i]) {
        if let Some(from) = start(edge) {
            has_child[from] = true;
        }
    }
    let mut chains: Vec<Chain> = (0..articles.len())
        .filter(|&article| !has_child[article])
        .map(|leaf| path(leaf, &parents, edges))
        .filter(|path| !path.is_empty() && path.len() >= min_depth)
        .filter_map(|path| chain(path, edges, articles, registry, &narrative_of))
        .collect();
    chains.sort_by(|a, b| (b.depth, &a.id).cmp(&(a.depth, &b.id)));
    chains
}

/// Per article: its parent edge: the highest grade, then the nearest in time, then the lower id.
fn parents(edges: &[Edge], articles: usize) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = vec![None; articles];
    for (index, edge) in edges.iter().enumerate() {
        if !edge.grade.is_directed() || start(edge).is_none_or(|from| from >= edge.to) {
            continue;
        }
        let better = parents[edge.to].is_none_or(|known| {
            let known = &edges[known];
            let lag = |e: &Edge| e.lag_minutes.unwrap_or(f64::INFINITY);
            (edge.grade.cmp(&known.grade))
                .then(lag(edge).total_cmp(&lag(known)))
                .then(edge.id.cmp(&known.id))
                .is_lt()
        });
        if better {
            parents[edge.to] = Some(index);
        }
    }
    parents
}

/// Edges from the root to `leaf`.
fn path(leaf: usize, parents: &[Option<usize>], edges: &[Edge]) -> Vec<usize> {
    let mut path = Vec::new();
    let mut article = leaf;
    while let Some(index) = parents[article] {
        path.push(index);
        match start(&edges[index]) {
            Some(from) => article = from,
            None => break,
        }
    }
    path.reverse();
    path
}

fn chain(
    path: Vec<usize>,
    edges: &[Edge],
    articles: &[Article],
    registry: &Registry,
    narrative_of: &[Option<usize>],
) -> Option<Chain> {
    let root = start(&edges[*path.first()?])?;
    let mut members = vec![root];
    members.extend(path.iter().map(|&i| edges[i].to));
    let outlets: Vec<String> = members.iter().map(|&i| articles[i].outlet.clone()).collect();
    let mut states: Vec<String> = Vec::new();
    for outlet in &outlets {
        let state = registry.get(outlet).and_then(|o| o.state.clone());
        states.extend(state.filter(|state| !states.contains(state)));
    }
    let narrative =
        narrative_of[root].filter(|n| members.iter().all(|&i| narrative_of[i] == Some(*n)));
    let ids: Vec<&str> =
        std::iter::once("chain").chain(path.iter().map(|&i| edges[i].id.as_str())).collect();
    Some(Chain {
        id: stable_id(&ids),
        narrative,
        depth: path.len(),
        outlets,
        states,
        weakest: path.iter().map(|&i| edges[i].grade).max().unwrap_or(Grade::E3),
        lag_minutes: path.iter().filter_map(|&i| edges[i].lag_minutes).sum(),
        edges: path,
    })
}

fn start(edge: &Edge) -> Option<usize> {
    match edge.from {
        Origin::Article(index) => Some(index),
        Origin::Outlet(_) | Origin::Statement => None,
    }
}
