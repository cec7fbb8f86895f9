//! The evidence of an edge in words, for a CSV cell and for people.

use std::fmt::Write;

use super::report_index::ReportIndex;
use crate::model::{Edge, Evidence, OverlapKind, PassageKind};

/// All facts of an edge, separated by `; `, in the form that `docs/output.md` describes.
pub(super) fn compact(view: &ReportIndex, edge: &Edge) -> String {
    let mut all = String::new();
    for evidence in &edge.evidence {
        if !all.is_empty() {
            all.push_str("; ");
        }
        push(&mut all, view, edge, evidence);
    }
    all
}

fn push(all: &mut String, view: &ReportIndex, edge: &Edge, evidence: &Evidence) {
    // Writing to a string cannot fail.
    let _ = match evidence {
        Evidence::Link { url, canonical: true } => write!(all, "canonical:{url}"),
        Evidence::Link { url, canonical: false } => write!(all, "link:{url}"),
        Evidence::Cites(citation) => {
            write!(all, "cites:{} \"{}\"", citation.kind.as_str(), citation.text.trim())
        }
        Evidence::Passage { matched, passage } => {
            let matched = view.matched(*matched);
            let passage = &matched.passages[*passage];
            let span = if matched.later == edge.to { &passage.later } else { &passage.earlier };
            let (kind, words) = (passage.kind.as_str(), passage.words);
            write!(all, "passage:{kind} {words}w {}-{}", span.start, span.end)
        }
        Evidence::Overlap { matched } => {
            let matched = view.matched(*matched);
            match (matched.cosine(OverlapKind::Semantic), matched.cosine(OverlapKind::Lexical)) {
                (_, Some(cosine)) => write!(all, "overlap:lexical {cosine:.2}"),
                (Some(cosine), None) => write!(all, "overlap:semantic {cosine:.2}"),
                (None, None) => write!(all, "overlap:{}", matched.id),
            }
        }
        Evidence::Explains { matched } => write!(all, "explains:{}", view.matched(*matched).id),
        Evidence::Caveat { caveat } => write!(all, "caveat:{caveat}"),
    };
}

/// Words of the `own` passages among an edge's evidence.
pub(super) fn own_words(view: &ReportIndex, edge: &Edge) -> usize {
    let passages = edge.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Passage { matched, passage } => Some(&view.matched(*matched).passages[*passage]),
        _ => None,
    });
    passages.filter(|p| p.kind == PassageKind::Own).map(|p| p.words).sum()
}
