//! What else may explain a finding: a common source, a common event, an agreement to exchange content.
//!
//! One wording for the tables, the report and `fimi show`. Context, never evidence: nothing here changes
//! a number or a grade.

use std::collections::BTreeSet;

use super::report_index::ReportIndex;
use super::wording::{self, count};
use crate::model::{
    Agreement, Chain, Edge, Evidence, Grade, OutletPair, PassageKind, Phrase, Registry,
};

/// Edges by text alone in the weaker direction from which two outlets count as carrying each other's texts.
const BOTH_WAYS: usize = 3;

/// What is known of outlets beside their articles.
pub(crate) trait OutletFacts {
    /// The organisation that runs the outlet with this id, if it is known.
    fn operator(&self, id: &str) -> Option<&str>;

    /// The exchange of content that two outlets have announced, if any.
    fn agreement(&self, a: &str, b: &str) -> Option<&Agreement>;
}

impl OutletFacts for Registry {
    fn operator(&self, id: &str) -> Option<&str> {
        self.get(id)?.operator.as_deref()
    }

    fn agreement(&self, a: &str, b: &str) -> Option<&Agreement> {
        Registry::agreement(self, a, b)
    }
}

/// What stands behind an edge or a chain, as far as other explanations go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Behind<'a> {
    /// Best grade; `None` counts as E5.
    pub(crate) grade: Option<Grade>,
    /// Pairs of outlet ids, in the order of the edges; an empty id for a statement.
    pub(crate) outlets: Vec<(&'a str, &'a str)>,
    /// Words that the articles share as quotations or agency copy.
    pub(crate) foreign_words: usize,
    /// Outlets other than these that carry the narrative; `None` without a common narrative.
    pub(crate) carriers: Option<usize>,
    /// For an edge by text alone: how many such edges join the two outlets this way, and back.
    pub(crate) by_text: (usize, usize),
}

impl Behind<'_> {
    /// The explanations in words: source, event, and what is known of the outlets.
    pub(crate) fn alternatives(&self, facts: &impl OutletFacts) -> Vec<String> {
        let source = match (self.grade, self.foreign_words) {
            (Some(Grade::X), _) => "Common source: it explains what the two articles of the match share; this edge runs from it.".to_owned(),
            (_, 1..) => format!("Common source: {} they share are a quotation or agency copy; both may have the rest from a source outside the archive.", count(self.foreign_words, "word")),
            (Some(grade), _) if grade.is_directed() => "Common source: none in the archive; both may have it from a source outside the archive.".to_owned(),
            _ => "Common source: not excluded, no reused text decides.".to_owned(),
        };
        let event = match self.carriers {
            None => "Common event: not known, no narrative holds them all.".to_owned(),
            Some(0) => {
                "Common event: no other outlet in the archive carries this narrative.".to_owned()
            }
            Some(1) => {
                "Common event: 1 other outlet in the archive carries this narrative too.".to_owned()
            }
            Some(n) => format!(
                "Common event: {} in the archive carry this narrative too.",
                count(n, "other outlet")
            ),
        };
        let mut all = vec![source, event];
        if let (there, back @ BOTH_WAYS..) = self.by_text {
            all.push(format!(
                "Both ways: {} by text alone join the two outlets in this direction and {back} in the other; outlets that carry each other's texts without naming each other often share a source outside the archive.",
                count(there, "edge")
            ));
        }
        for line in self.outlets.iter().flat_map(|(a, b)| of_outlets(a, b, facts)) {
            if !all.contains(&line) {
                all.push(line);
            }
        }
        all
    }
}

/// What is known of two outlets: one operator, or an agreement.
pub(crate) fn of_outlets(a: &str, b: &str, facts: &impl OutletFacts) -> Vec<String> {
    let mut known = Vec::new();
    if let (Some(first), Some(second)) = (facts.operator(a), facts.operator(b))
        && first == second
        && a != b
    {
        known.push(format!("Same operator: {first} runs both."));
    }
    if let Some(Agreement { since, source, .. }) = facts.agreement(a, b) {
        let since = since.as_ref().map_or_else(String::new, |day| format!(" on {day}"));
        known.push(format!(
            "Known content agreement: an exchange of content was announced{since} ({source})."
        ));
    }
    known
}

/// Other explanations of an edge.
pub(crate) fn of_edge(view: &ReportIndex, edge: &Edge) -> Vec<String> {
    let mut behind = behind(view, std::iter::once(edge), edge.narrative);
    if edge.grade == Grade::E3 {
        let outlet = &view.article(edge.to).outlet;
        behind.by_text = view.edges_by_text(view.origin_outlet(edge), outlet);
    }
    behind.alternatives(view.corpus.registry())
}

/// Other explanations of a chain, over all its steps.
pub(crate) fn of_chain(view: &ReportIndex, chain: &Chain) -> Vec<String> {
    let edges = chain.edges.iter().map(|&edge| view.edge(edge));
    behind(view, edges, chain.narrative).alternatives(view.corpus.registry())
}

/// Other explanations of what a pair of outlets shares.
pub(crate) fn of_pair(view: &ReportIndex, pair: &OutletPair) -> Vec<String> {
    let of_pair = |outlet: &str| outlet == pair.outlet_a || outlet == pair.outlet_b;
    let gaps = view.corpus.gaps().iter().filter(|gap| of_pair(&gap.outlet)).count();
    wording::pair_doubts(pair, gaps, view.corpus.registry())
}

/// Other explanations of a phrase that two outlets over-use.
pub(crate) fn of_phrase(view: &ReportIndex, phrase: &Phrase) -> Vec<String> {
    let mut all = vec![
        "Common source: whole articles are counted, with the agency copy and the quotations in them.".to_owned(),
        match phrase.count_control {
            0 => "Common event: no control uses it; a story that only these two cover would look the same.".to_owned(),
            n => format!("Common event: {} of the controls use it too.", count(n, "article")),
        },
    ];
    all.extend(of_outlets(&phrase.outlet_a, &phrase.outlet_b, view.corpus.registry()));
    all
}

fn behind<'a>(
    view: &ReportIndex<'a>,
    edges: impl Iterator<Item = &'a Edge>,
    narrative: Option<usize>,
) -> Behind<'a> {
    let mut behind = Behind::default();
    let mut matches = BTreeSet::new();
    for edge in edges {
        behind.grade = Some(behind.grade.map_or(edge.grade, |grade| grade.max(edge.grade)));
        behind.outlets.push((view.origin_outlet(edge), &view.article(edge.to).outlet));
        matches.extend(edge.evidence.iter().filter_map(|row| match row {
            Evidence::Passage { matched, .. } | Evidence::Overlap { matched } => Some(*matched),
            Evidence::Link { .. }
            | Evidence::Cites(_)
            | Evidence::Explains { .. }
            | Evidence::Caveat { .. } => None,
        }));
    }
    let passages = matches.iter().flat_map(|&index| &view.matched(index).passages);
    let foreign = passages.filter(|p| matches!(p.kind, PassageKind::Quoted | PassageKind::Wire));
    behind.foreign_words = foreign.map(|passage| passage.words).sum();
    behind.carriers = narrative.map(|index| {
        let outlets = &view.analysis.narratives[index].outlets;
        let here = |outlet: &str| behind.outlets.iter().any(|(a, b)| *a == outlet || *b == outlet);
        outlets.iter().filter(|outlet| !here(outlet)).count()
    });
    behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets;

    #[test]
    fn an_agreement_is_found_in_either_order() {
        let registry = outlets::embedded();
        let between = |a, b| OutletFacts::agreement(&registry, a, b).is_some();
        assert!(between("sputnik", "globaltimes") && between("globaltimes", "sputnik"));
        assert!(between("cctv", "ria") && !between("rt", "tass"));
        assert_eq!(
            of_outlets("globaltimes", "sputnik", &registry),
            [
                "Known content agreement: an exchange of content was announced on 2017-04-19 (announced by both outlets, 2017-04-19)."
            ]
        );
    }

    #[test]
    fn one_operator_is_named() {
        assert_eq!(
            of_outlets("ria", "sputnik", &outlets::embedded()),
            ["Same operator: Rossiya Segodnya runs both."]
        );
    }

    fn check(behind: &Behind, expected: &[&str]) {
        let got = behind.alternatives(&outlets::embedded());
        let begins = |(line, start): (&String, &&str)| line.starts_with(*start);
        assert!(got.len() == expected.len() && got.iter().zip(expected).all(begins), "{got:?}");
    }

    #[test]
    fn source_event_and_agreement_are_named() {
        let edge = Behind {
            grade: Some(Grade::E3),
            outlets: vec![("rt", "xinhua")],
            foreign_words: 12,
            carriers: Some(3),
            by_text: (5, 2),
        };
        check(
            &edge,
            &[
                "Common source: 12 words",
                "Common event: 3 other outlets",
                "Known content agreement",
            ],
        );
        let alone =
            Behind { foreign_words: 0, carriers: Some(0), outlets: vec![("a", "b")], ..edge };
        check(&alone, &["Common source: none in the archive", "Common event: no other outlet"]);
        let mutual = Behind { by_text: (1, 3), ..alone.clone() };
        check(
            &mutual,
            &[
                "Common source: none in the archive",
                "Common event: no other outlet",
                "Both ways: 1 edge by text alone",
            ],
        );
        let open = Behind { grade: Some(Grade::E5), carriers: None, ..alone.clone() };
        check(&open, &["Common source: not excluded", "Common event: not known"]);
        let common = Behind { grade: Some(Grade::X), ..alone };
        check(&common, &["Common source: it explains", "Common event: no other outlet"]);
    }
}
