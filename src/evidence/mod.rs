//! Matches, citations and times to evidence, and evidence to graded edges, chains and roles.
//!
//! Three pure steps, called by the pipeline in this order:
//!
//! 1. [`gather`]: each later article is judged by itself. Which earlier items explain its text, and what
//!    shows it? `rules` has the table, `docs/method.md` the reasons. The edges have no grade yet.
//! 2. [`grade()`]: every edge gets its grade, once, from what it rests on and from the verdict on its two
//!    outlets, which `significance` has found in the meantime.
//! 3. [`follow`]: the directed edges are joined to chains, and each article gets its role.
//!
//! Nothing here searches text again; who else holds a passage is read off the matches. Cost: near-linear
//! in matches and passages.

mod best_item;
mod chains;
mod citing;
mod clock;
mod context;
mod drafts;
mod grade;
mod incoming_edges;
mod links;
mod official;
mod own_words;
mod prior_holders;
mod reading;
mod roles;
mod rules;
mod shared_text;
mod sources;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::Corpus;
use crate::model::{Annotations, Diffusion, Edge, Match, Narrative, UngradedEdge};
use context::Context;
pub use grade::grade;

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
pub struct EvidenceConfig {
    /// Share of a passage that makes another article a holder of it, `0..=1`.
    pub holder_share: f64,
    /// Share of a narrative's articles that may be early amplifiers, `0..=1`.
    pub early_share: f64,
    /// Least number of edges in a chain.
    pub min_chain_depth: usize,
}

impl Default for EvidenceConfig {
    fn default() -> Self {
        EvidenceConfig {
            holder_share: DEFAULT_HOLDER_SHARE,
            early_share: DEFAULT_EARLY_SHARE,
            min_chain_depth: DEFAULT_MIN_CHAIN_DEPTH,
        }
    }
}

/// Gathers what the matches show of direction; sorted by (from, to), one edge for each such pair.
///
/// `matches` are sorted by (earlier, later), as the stages before give them; a match whose indices do not fit is left
/// out.
pub fn gather(
    corpus: &Corpus,
    annotations: &Annotations,
    matches: &[Match],
    narratives: &[Narrative],
    config: &EvidenceConfig,
) -> Vec<UngradedEdge> {
    let articles = corpus.articles();
    let context = Context::new(corpus, annotations, matches, narratives);
    let mut edges: Vec<_> = (0..articles.len())
        .into_par_iter()
        .flat_map_iter(|to| incoming_edges::edges_into(to, &context, config))
        .collect();
    edges.sort_by(|a, b| (&a.from, a.to).cmp(&(&b.from, b.to)));
    edges
}

/// Follows graded edges through each narrative: chains and roles.
pub fn follow(
    edges: Vec<Edge>,
    corpus: &Corpus,
    narratives: &[Narrative],
    config: &EvidenceConfig,
) -> Diffusion {
    let articles = corpus.articles();
    let chains =
        chains::chains(&edges, articles, corpus.registry(), narratives, config.min_chain_depth);
    let roles = narratives.iter().map(|n| roles::roles(n, articles, config.early_share)).collect();
    Diffusion { edges, chains, roles }
}
