//! What is said of a pair: a translation, one event, or nothing.

use super::Retelling;
use super::anchors::{Anchor, Sort};
use super::calibration::{
    ANCHORS, FEWEST_ALIGNED, LEAST_ALIGNED, MOST_STRENGTH, aligned, anchor_score, event_score,
};
use super::meaning::Comparison;
use super::named::{Shared, may_support};
use crate::model::{Across, AnchorKind, Mention, Relation, SharedAnchor};

/// Anchors that are kept of a match: more prove nothing further.
const KEPT: usize = 12;

/// The match that shared anchors alone show.
pub(super) fn by_anchors(a: usize, b: usize, strength: f64, shared: &[Shared]) -> Retelling {
    let across =
        Across { score: anchor_score(strength), anchors: anchors(shared), aligned: Vec::new() };
    Retelling { a, b, relation: Relation::Event, semantic: None, across }
}

/// The match that anchors and meaning show together, if they do. A translation has sentences that are aligned one to one;
/// an event needs nearness of the whole, and an anchor that is no place or an aligned pair of sentences: meaning alone is
/// never enough, nor is a place.
pub(super) fn by_meaning(
    (a, b): (usize, usize),
    languages: [&str; 2],
    near: f64,
    strength: f64,
    shared: &[Shared],
    compare: impl Fn(f64) -> Comparison,
) -> Option<Retelling> {
    let found = compare(aligned(languages[0], languages[1]));
    let count = found.aligned.len();
    let (relation, score) = if is_translation(count, found.shorter) {
        let mean = found.aligned.iter().map(|pair| pair.score).sum::<f64>() / count as f64;
        (Relation::Translation, f64::midpoint(1.0, mean))
    } else {
        let sum = near + found.sentences + ANCHORS * strength.min(MOST_STRENGTH);
        let score = event_score(sum);
        let is_event = score >= 0.5 && (may_support(shared) || count > 0);
        (Relation::Event, is_event.then_some(score)?)
    };
    let across =
        Across { score: score.clamp(0.0, 1.0), anchors: anchors(shared), aligned: found.aligned };
    Some(Retelling { a, b, relation, semantic: Some(found.late.clamp(0.0, 1.0)), across })
}

/// Whether so many aligned sentences make a translation, where the shorter opening has so many.
fn is_translation(aligned: usize, shorter: usize) -> bool {
    aligned >= FEWEST_ALIGNED && aligned as f64 >= LEAST_ALIGNED * shorter as f64
}

fn anchors(shared: &[Shared]) -> Vec<SharedAnchor> {
    shared.iter().take(KEPT).map(anchor).collect()
}

fn anchor(shared: &Shared) -> SharedAnchor {
    let kind = match shared.earlier.sort {
        Sort::Known | Sort::Name | Sort::Sound => AnchorKind::Name,
        Sort::Number => AnchorKind::Number,
        Sort::Place => AnchorKind::Place,
    };
    let (earlier, later) = (mention(&shared.earlier), mention(&shared.later));
    SharedAnchor { kind, earlier, later, weight: shared.weight }
}

fn mention(anchor: &Anchor) -> Mention {
    Mention { in_headline: anchor.in_headline, span: anchor.start as usize..anchor.end as usize }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AlignedPair;

    fn shared(sort: Sort) -> Shared {
        let anchor = Anchor { key: 1, sort, in_headline: false, start: 0, end: 4 };
        Shared { earlier: anchor, later: anchor, weight: 4.0 }
    }

    /// What is said of a pair with so many aligned sentences of eight, such a nearness and strength, and this anchor.
    fn said(aligned: usize, near: f64, strength: f64, sort: Option<Sort>) -> Option<Relation> {
        let compare = |_| Comparison {
            late: 0.5,
            sentences: 0.5,
            aligned: vec![AlignedPair { earlier: None, later: Some(0..4), score: 0.7 }; aligned],
            shorter: 8,
        };
        let shared: Vec<Shared> = sort.into_iter().map(shared).collect();
        let found = by_meaning((0, 1), ["ru", "en"], near, strength, &shared, compare);
        found.map(|found| found.relation)
    }

    #[test]
    fn a_translation_is_shown_by_its_sentences() {
        assert_eq!(said(3, 0.3, 0.0, None), Some(Relation::Translation));
        assert_eq!(said(2, 0.3, 0.0, None), None);
        assert!(is_translation(3, 9) && !is_translation(3, 10) && !is_translation(2, 2));
    }

    #[test]
    fn meaning_alone_is_no_event() {
        assert_eq!(said(0, 0.9, 0.0, None), None);
        assert_eq!(said(0, 0.9, 1.0, Some(Sort::Place)), None);
        assert_eq!(said(0, 0.9, 1.0, Some(Sort::Name)), Some(Relation::Event));
        assert_eq!(said(1, 0.9, 0.0, None), Some(Relation::Event));
    }

    #[test]
    fn names_alone_are_no_event_beside_a_model() {
        assert_eq!(said(0, 0.3, 9.0, Some(Sort::Name)), None);
    }
}
