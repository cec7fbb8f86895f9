//! Matches, citations and times to graded edges, chains and roles.
//!
//! Each later article is judged by itself: which earlier items explain its text, and on what
//! evidence (`rules` has the table, `docs/method.md` the reasons). Nothing here searches text again;
//! who else holds a passage is read off the matches. Cost: near-linear in matches and passages.

mod chains;
mod clock;
mod context;
mod incoming_edges;
mod links;
mod prior_holders;
mod roles;
mod rules;
mod sources;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{
    Amplification, Article, Evidence, Grade, Match, Narrative, Origin, Registry, Significance,
    Verdict,
};
use context::World;

/// Share of a passage that another article must hold to count as a holder of it: more than half, so
/// that two articles that each hold a different half are no common holder.
pub const DEFAULT_HOLDER_SHARE: f64 = 0.5;
/// Share of a narrative's articles among which an amplifier counts as early (Hanley et al.,
/// *Specious Sites*, 2024, section 5).
pub const DEFAULT_EARLY_SHARE: f64 = 0.15;
/// Edges that make a path a chain: one edge is already in the list of edges.
pub const DEFAULT_MIN_CHAIN_DEPTH: usize = 2;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AmplificationConfig {
    /// Share of a passage that makes another article a holder of it, `0..=1`.
    pub holder_share: f64,
    /// Share of a narrative's articles that may be early amplifiers, `0..=1`.
    pub early_share: f64,
    /// Least number of edges in a chain.
    pub min_chain_depth: usize,
}

impl Default for AmplificationConfig {
    fn default() -> Self {
        AmplificationConfig {
            holder_share: DEFAULT_HOLDER_SHARE,
            early_share: DEFAULT_EARLY_SHARE,
            min_chain_depth: DEFAULT_MIN_CHAIN_DEPTH,
        }
    }
}

/// Grades what the matches show of direction, and follows it through each narrative.
///
/// `articles` must be in (time, id) order and `matches` sorted by (a, b), as the stages before give
/// them; a match whose indices do not fit is left out. No E4 comes from here: see [`promote`].
pub fn trace(
    articles: &[Article],
    registry: &Registry,
    matches: &[Match],
    narratives: &[Narrative],
    config: &AmplificationConfig,
) -> Amplification {
    let world = World::new(articles, registry, matches, narratives);
    let mut edges: Vec<_> = (0..articles.len())
        .into_par_iter()
        .flat_map_iter(|to| incoming_edges::edges_into(to, &world, config))
        .collect();
    edges.sort_by(|a, b| (&a.from, a.to).cmp(&(&b.from, b.to)));
    let chains = chains::chains(&edges, &world, config.min_chain_depth);
    let roles = narratives.iter().map(|n| roles::roles(n, articles, config.early_share)).collect();
    Amplification { edges, chains, roles }
}

/// Turns E5 into E4 where an outlet takes up a narrative clearly after another one, and the two share
/// more narratives than chance gives.
///
/// The edge's only evidence is narrative overlap, and its order is resolved. The later article is its
/// outlet's first one in the narrative: a second article of an outlet that carries the story already says
/// nothing of where it is from. And no other outlet's article that it overlaps with is earlier: as with a
/// passage, only the earliest is a candidate. An edge that is E5 because evidence of reuse contradicts
/// itself stays E5: a significant pair of outlets does not settle which of two articles came first.
pub fn promote(
    amplification: &mut Amplification,
    articles: &[Article],
    narratives: &[Narrative],
    significance: &Significance,
) {
    let pairs: BTreeSet<(&str, &str)> = significance
        .pairs
        .iter()
        .filter(|pair| pair.verdict == Verdict::MoreThanChance)
        .map(|pair| (pair.outlet_a.as_str(), pair.outlet_b.as_str()))
        .collect();
    let openers = openers(articles, narratives);
    let mut earliest: BTreeMap<usize, usize> = BTreeMap::new();
    for edge in &amplification.edges {
        if let Origin::Article(from) = edge.from {
            let first = earliest.entry(edge.to).or_insert(from);
            *first = from.min(*first);
        }
    }
    for edge in &mut amplification.edges {
        let (Origin::Article(from), Grade::E5) = (&edge.from, edge.grade) else { continue };
        let first = earliest.get(&edge.to) == Some(from);
        let (Some(from), Some(to)) = (articles.get(*from), articles.get(edge.to)) else { continue };
        let (a, b) = (from.outlet.as_str(), to.outlet.as_str());
        let significant = pairs.contains(&(a.min(b), a.max(b)));
        let resolved = match (edge.lag_minutes, edge.clock_error_minutes) {
            (Some(lag), Some(error)) => lag > error,
            _ => false,
        };
        let overlap_only = edge.evidence.iter().all(|e| matches!(e, Evidence::Overlap { .. }));
        if significant && resolved && overlap_only && first && openers.contains(&edge.to) {
            edge.grade = Grade::E4;
        }
    }
}

/// The first article of each outlet in each narrative. A date without a time counts from the start of its
/// day, so that an article that may have been earlier goes first.
fn openers(articles: &[Article], narratives: &[Narrative]) -> BTreeSet<usize> {
    let mut openers = BTreeSet::new();
    for narrative in narratives {
        let mut seen = BTreeSet::new();
        for &index in &narrative.articles {
            if articles.get(index).is_some_and(|article| seen.insert(article.outlet.as_str())) {
                openers.insert(index);
            }
        }
    }
    openers
}
