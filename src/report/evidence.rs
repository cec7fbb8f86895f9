//! The evidence of an edge in words, for a CSV cell and for people.

use std::fmt::Write;

use super::report_index::ReportIndex;
use crate::model::{Edge, Evidence, Match, OverlapKind, PassageKind};
use crate::text::sanitize;

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
            match (&matched.across, matched.cosine(OverlapKind::Lexical)) {
                (Some(across), _) => {
                    let (relation, score) = (matched.relation.as_str(), across.score);
                    let aligned = across.aligned.len();
                    let anchors = across.anchors.len();
                    write!(all, "overlap:{relation} {score:.2} {aligned} aligned {anchors} anchors")
                }
                (None, Some(cosine)) => write!(all, "overlap:lexical {cosine:.2}"),
                (None, None) => write!(all, "overlap:{}", matched.id),
            }
        }
        Evidence::Explains { matched } => write!(all, "explains:{}", view.matched(*matched).id),
        Evidence::Caveat { caveat } => write!(all, "caveat:{caveat}"),
    };
}

/// Characters of an anchor that are shown.
const ANCHOR_LENGTH: usize = 60;

/// What two texts of different languages both name, separated by `; `, in both spellings where these differ; `None`
/// for two texts of one language.
pub(super) fn anchors(view: &ReportIndex, matched: &Match) -> Option<String> {
    let across = matched.across.as_ref()?;
    let (a, b) = (view.article(matched.earlier), view.article(matched.later));
    // The list's own separator cannot stand in an entry.
    let shown = |written: &str| {
        let line = sanitize::one_line(written).replace(';', ",");
        sanitize::shorten(&line, ANCHOR_LENGTH).into_owned()
    };
    let entries = across.anchors.iter().map(|anchor| {
        let (a, b) = (shown(anchor.earlier.written(a)), shown(anchor.later.written(b)));
        if a == b { a } else { format!("{a} – {b}") }
    });
    Some(entries.collect::<Vec<_>>().join("; "))
}

/// Words of the `own` passages among an edge's evidence.
pub(super) fn own_words(view: &ReportIndex, edge: &Edge) -> usize {
    let passages = edge.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Passage { matched, passage } => Some(&view.matched(*matched).passages[*passage]),
        _ => None,
    });
    passages.filter(|p| p.kind == PassageKind::Own).map(|p| p.words).sum()
}
