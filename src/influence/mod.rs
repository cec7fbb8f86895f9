//! Influence between outlets inferred from the order in which they take up narratives. Exploratory.
//!
//! This sees times only: not texts, not citations, not the wire behind both. It therefore stands beside
//! the graded edges and never enters them. `docs/method.md` ("Influence") has the model.

mod cascade;
mod greedy;
mod rate;

use serde::Serialize;

pub use cascade::Cascade;

use crate::corpus::Corpus;
use crate::model::{Influence, InfluenceEdge, Narrative};
use cascade::Index;
use greedy::Choice;

/// Share of the possible gain of likelihood at which edges are no longer added (Hanley et al., *Tracking
/// the Takes*, 2025).
pub const DEFAULT_GAIN_SHARE: f64 = 0.9;
/// Narratives in which one outlet must precede the other for an edge to be possible: of fewer, one
/// event decides.
pub const DEFAULT_MIN_CASCADES: usize = 3;

/// When to stop adding edges.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// After this many edges.
    Edges(usize),
    /// As soon as this share of the gain that all possible edges together give is reached, `0..=1`.
    GainShare(f64),
    /// With the first edge whose p-value (Vuong's test) is this or more; it is the last one.
    PValue(f64),
}

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InfluenceConfig {
    /// When to stop.
    pub stop: Stop,
    /// Rate of exponential transmission in 1/hour (1/unit of time for cascades); `None`: estimated.
    pub rate: Option<f64>,
    /// Least number of cascades in which one node precedes the other for an edge to be possible.
    pub min_cascades: usize,
}

impl Default for InfluenceConfig {
    fn default() -> Self {
        InfluenceConfig {
            stop: Stop::GainShare(DEFAULT_GAIN_SHARE),
            rate: None,
            min_cascades: DEFAULT_MIN_CASCADES,
        }
    }
}

/// An inferred edge between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The node that passes on.
    pub from: usize,
    /// The node that takes up.
    pub to: usize,
    /// Gain of the log-likelihood when it was chosen.
    pub gain: f64,
    /// p-value of Vuong's test of the network with it against that without it.
    pub p: f64,
    /// Cascades in which it explains the event of `to`.
    pub explained: usize,
    /// Cascades in which `from` is strictly earlier than `to`.
    pub preceded: usize,
    /// Times between the two events where it explains, ascending.
    pub gaps: Vec<f64>,
}

impl Link {
    /// Median of [`Link::gaps`]; `None` if another edge explains everything in the end.
    pub fn median_gap(&self) -> Option<f64> {
        let upper = *self.gaps.get(self.gaps.len() / 2)?;
        let lower = *self.gaps.get((self.gaps.len() - 1) / 2)?;
        Some(f64::midpoint(lower, upper))
    }
}

/// An inferred network.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Network {
    /// Rate of transmission, given or estimated, per unit of time; 0 if nothing follows anything.
    pub rate: f64,
    /// Share of the possible gain that the edges give, `0..=1`.
    pub gain_share: f64,
    /// In the order of their choice.
    pub links: Vec<Link>,
}

/// Infers who passes things on to whom: NETINF with exponential transmission.
///
/// An edge is a statement about order in time within the given nodes: a common source outside of them
/// makes edges among those that follow it. Cost: `O(E log E)` for `E` pairs of nodes, times the rounds
/// (25 at most) if the rate is estimated.
pub fn network(cascades: &[Cascade], config: &InfluenceConfig) -> Network {
    let index = Index::new(cascades, config.min_cascades);
    let at = |rate| greedy::choose(&index, cascades.len(), rate, config.stop);
    let given = config.rate.filter(|rate| rate.is_finite() && *rate > 0.0);
    let Some((rate, choice)) = given
        .map(|rate| (rate, at(rate)))
        .or_else(|| rate::fitted(rate::start(cascades, &index)?, at))
    else {
        return Network::default();
    };
    let gained: f64 = choice.steps.iter().map(|step| step.gain).sum();
    let gain_share = if choice.possible_gain > 0.0 { gained / choice.possible_gain } else { 0.0 };
    Network { rate, gain_share, links: links(&choice, &index) }
}

fn links(choice: &Choice, index: &Index) -> Vec<Link> {
    let mut gaps: Vec<Vec<f64>> = vec![Vec::new(); choice.steps.len()];
    for &(step, gap) in &choice.parents {
        if let Some(step) = step {
            gaps[step].push(gap);
        }
    }
    let link = |(step, mut gaps): (&greedy::Step, Vec<f64>)| {
        gaps.sort_by(f64::total_cmp);
        Link {
            from: step.from,
            to: step.to,
            gain: step.gain,
            p: step.p,
            explained: gaps.len(),
            preceded: index.edges.get(&(step.from, step.to)).map_or(0, Vec::len),
            gaps,
        }
    };
    choice.steps.iter().zip(gaps).map(link).collect()
}

/// Infers influence between outlets from their first articles in each narrative.
///
/// Only articles whose time gives a direction count; a narrative with fewer than two such outlets says
/// nothing. Times are in hours.
pub fn influence(corpus: &Corpus, narratives: &[Narrative], config: &InfluenceConfig) -> Influence {
    let ids = corpus.outlet_ids();
    let event = |&i: &usize| {
        let article = corpus.articles().get(i).filter(|a| a.clock_error().is_some())?;
        Some((corpus.outlets()[i] as usize, article.at().timestamp() as f64 / 3600.0))
    };
    let cascades: Vec<Cascade> = narratives
        .iter()
        .map(|narrative| Cascade::new(narrative.articles.iter().filter_map(event)))
        .filter(|cascade| cascade.events.len() > 1)
        .collect();
    let mut carried = vec![0usize; ids.len()];
    for (outlet, _) in cascades.iter().flat_map(|cascade| &cascade.events) {
        carried[*outlet] += 1;
    }
    let found = network(&cascades, config);
    let edges = found.links.iter().map(|link| {
        let (from, to) = (carried[link.from], carried[link.to]);
        InfluenceEdge {
            from: ids[link.from].clone(),
            to: ids[link.to].clone(),
            gain: link.gain,
            explained: link.explained,
            preceded: link.preceded,
            narratives_from: from,
            narratives_to: to,
            strength: link.explained as f64 / ((from * to).max(1) as f64).sqrt(),
            median_lag_minutes: link.median_gap().map(|hours| hours * 60.0),
        }
    });
    Influence {
        edges: edges.collect(),
        narratives: cascades.len(),
        rate_per_hour: found.rate,
        gain_share: found.gain_share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(times: &[(usize, f64)]) -> Cascade {
        Cascade::new(times.iter().copied())
    }

    #[test]
    fn the_rate_is_that_of_the_explaining_gaps() {
        // Parents are the predecessors: gaps 1, 1, 4 and 2.
        let cascades = [
            chain(&[(0, 0.0), (1, 1.0), (2, 2.0)]),
            chain(&[(0, 0.0), (1, 4.0)]),
            chain(&[(1, 0.0), (2, 2.0)]),
        ];
        let config = InfluenceConfig {
            stop: Stop::Edges(usize::MAX),
            min_cascades: 1,
            ..InfluenceConfig::default()
        };
        let found = network(&cascades, &config);
        assert!((found.rate - 0.5).abs() < 1e-12, "{}", found.rate);
        assert!((found.gain_share - 1.0).abs() < 1e-12);
        let edges = found.links.iter().map(|l| (l.from, l.to, l.explained, l.preceded));
        assert!(
            edges.clone().any(|e| e == (0, 1, 2, 2)) && edges.clone().any(|e| e == (1, 2, 2, 2))
        );
    }

    #[test]
    fn nothing_follows_nothing() {
        let config = InfluenceConfig::default();
        assert_eq!(network(&[], &config), Network::default());
        assert_eq!(network(&[chain(&[(0, 1.0), (1, 1.0)])], &config), Network::default());
    }
}
