//! The match graph as weighted links: how much a match says that two articles tell one story.

use super::linkage::Link;
use crate::model::{Match, OverlapKind, PassageKind, Relation};

/// Least share of the longer article that a republished shorter one must fill so that both are one
/// story whatever else is said of them. Below it the longer article may be a digest of several
/// stories, which must not be tied together by it; cuts of news items keep 30 % and more.
const WHOLE_STORY_SHARE: f64 = 0.2;

/// What a match across languages weighs, at the least and at the most. What decides it has no common scale with a
/// lexical cosine: one that just passes counts as much as a typical lexical match of one event, whose median on
/// labelled news is .3, and a sure one as much as a near copy.
const ACROSS_WEIGHT: (f64, f64) = (0.3, 0.6);

/// The match graph of an analysis.
pub(super) struct Graph {
    /// Pairs that are one story by republication.
    pub(super) together: Vec<(usize, usize)>,
    /// All matches that weigh anything.
    pub(super) links: Vec<Link>,
}

/// Reads the graph off the matches.
pub(super) fn graph(matches: &[Match]) -> Graph {
    Graph {
        together: matches
            .iter()
            .filter(|m| is_whole_story(m))
            .map(|m| (m.earlier, m.later))
            .collect(),
        links: matches
            .iter()
            .map(|m| Link { a: m.earlier, b: m.later, weight: weight(m) })
            .filter(|link| link.weight > 0.0)
            .collect(),
    }
}

/// How much a match says that both articles tell one story, `0..=1`: the lexical cosine, or the
/// geometric mean of both containments where reused text says more.
///
/// Text that is only boilerplate says nothing.
pub(super) fn weight(m: &Match) -> f64 {
    let reuse =
        if says_something(m) { (m.containment_earlier * m.containment_later).sqrt() } else { 0.0 };
    let (least, most) = ACROSS_WEIGHT;
    // A match has a score of one half at least.
    let across = m.across.as_ref();
    let across = across.map_or(0.0, |across| least + (most - least) * (2.0 * across.score - 1.0));
    m.cosine(OverlapKind::Lexical).unwrap_or(0.0).max(reuse).max(across).clamp(0.0, 1.0)
}

/// Whether two articles are one story because one republishes the other.
fn is_whole_story(m: &Match) -> bool {
    matches!(m.relation, Relation::Verbatim | Relation::NearDuplicate)
        && m.containment_earlier.min(m.containment_later) >= WHOLE_STORY_SHARE
        && says_something(m)
}

/// Whether the shared text is more than standing lines.
fn says_something(m: &Match) -> bool {
    m.passages.is_empty() || m.passages.iter().any(|p| p.kind != PassageKind::Boilerplate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Passage, Why};
    use crate::narrative::tests::matched;

    fn with(relation: Relation, containments: (f64, f64), lexical: Option<f64>) -> Match {
        let mut m = matched(0, 1, relation, lexical);
        (m.containment_earlier, m.containment_later) = containments;
        m
    }

    #[test]
    fn the_stronger_of_words_and_reuse_counts() {
        let m = with(Relation::Partial, (0.4, 0.1), Some(0.5));
        assert!((weight(&m) - 0.5).abs() < 1e-12);
        let m = with(Relation::Verbatim, (1.0, 0.81), Some(0.5));
        assert!((weight(&m) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn a_digest_does_not_tie_its_items_together() {
        assert_eq!(graph(&[with(Relation::Verbatim, (1.0, 0.1), None)]).together, []);
        assert_eq!(graph(&[with(Relation::Verbatim, (1.0, 0.4), None)]).together, [(0, 1)]);
    }

    #[test]
    fn standing_lines_weigh_nothing() {
        let mut m = with(Relation::NearDuplicate, (0.9, 0.9), None);
        m.passages.push(Passage {
            earlier: 0..10,
            later: 0..10,
            words: 2,
            kind: PassageKind::Boilerplate,
            why: Why::Persistent,
            holder: None,
        });
        let graph = graph(&[m]);
        assert_eq!((graph.together.len(), graph.links.len()), (0, 0));
    }
}
