//! What stands behind a pair of outlets: its edges, its strongest shared passages, its narratives, each with a way to the
//! texts.

use super::escape::Html;
use super::selection::{Selection, ids};
use super::truncated_list::name;
use crate::model::PassageKind;
use crate::report::report_index::{ReportIndex, passage_text};
use crate::report::{alternatives, wording};
use crate::text::sanitize;

/// Edges, matches and narratives of one pair: of the leading pairs, and of the others.
const LEADING: Limits = Limits { edges: 6, matches: 4, narratives: 5 };
const OTHERS: Limits = Limits { edges: 2, matches: 2, narratives: 1 };
/// Pairs that are leading.
const LEADING_PAIRS: usize = 40;

struct Limits {
    edges: usize,
    matches: usize,
    narratives: usize,
}

/// Most characters of a passage in the list.
const EXCERPT: usize = 180;

/// One pair.
pub(super) struct PairCard {
    /// Where it is.
    pub(super) anchor: String,
    /// Both names.
    pub(super) a: Html,
    pub(super) b: Html,
    /// Counts in words.
    pub(super) figures: String,
    /// Directed edges and E4, the best grade first.
    pub(super) edges: Vec<EdgeLine>,
    /// Edges that are not listed.
    pub(super) more_edges: usize,
    /// Matches with the most own text.
    pub(super) matches: Vec<MatchLine>,
    /// Matches that are not listed.
    pub(super) more_matches: usize,
    /// Narratives that both carry: where the card is (empty if there is none) and the label.
    pub(super) narratives: Vec<(String, Html)>,
    /// Narratives that are not listed.
    pub(super) more_narratives: usize,
    /// What else could explain it.
    pub(super) alternatives: Html,
    /// Which rows of the CSV files these are.
    pub(super) filter: Html,
}

/// One edge.
pub(super) struct EdgeLine {
    /// Where its card is; empty if it has none.
    pub(super) anchor: String,
    pub(super) grade: &'static str,
    /// Outlets, lag and headline.
    pub(super) says: Html,
    pub(super) id: String,
}

/// One match.
pub(super) struct MatchLine {
    /// Where both texts are; empty if they are not on the page.
    pub(super) anchor: String,
    /// Headlines.
    pub(super) a: Html,
    pub(super) b: Html,
    /// Relation and words.
    pub(super) figures: String,
    /// Beginning of its longest passage, if it has one.
    pub(super) excerpt: Option<Html>,
    pub(super) id: String,
}

/// The card of a pair, given by its index; `rank` is its place on the page.
pub(super) fn pair_card(
    view: &ReportIndex,
    selection: &Selection,
    rank: usize,
    index: usize,
) -> PairCard {
    let limits = if rank < LEADING_PAIRS { LEADING } else { OTHERS };
    let pair = &view.analysis.significance.pairs[index];
    let (a, b) = ids(pair);
    let common = selection.between(a, b);
    let narratives = common.narratives.iter().take(limits.narratives).map(|&i| {
        let label = sanitize::shorten(&view.analysis.narratives[i].label, 110);
        (selection.narrative(i).unwrap_or_default().to_owned(), Html::title(&label, ""))
    });
    PairCard {
        anchor: selection.pair(a, b).unwrap_or_default().to_owned(),
        a: name(view, a),
        b: name(view, b),
        figures: format!(
            "{}, {}, {}",
            wording::count(common.edges.len(), "edge E1 to E4").replace("E4s", "E4"),
            wording::count_of(common.matches.len(), "match", "matches"),
            wording::count(common.narratives.len(), "common narrative"),
        ),
        edges: common
            .edges
            .iter()
            .take(limits.edges)
            .map(|&i| edge_line(view, selection, i))
            .collect(),
        more_edges: common.edges.len().saturating_sub(limits.edges),
        matches: common
            .matches
            .iter()
            .take(limits.matches)
            .map(|&i| match_line(view, selection, i))
            .collect(),
        more_matches: common.matches.len().saturating_sub(limits.matches),
        narratives: narratives.collect(),
        more_narratives: common.narratives.len().saturating_sub(limits.narratives),
        alternatives: Html::text(&alternatives::of_pair(view, pair).join(" ")),
        filter: Html::text(&format!("outlet_a {a}, outlet_b {b}")),
    }
}

fn edge_line(view: &ReportIndex, selection: &Selection, index: usize) -> EdgeLine {
    let edge = view.edge(index);
    let article = view.article(edge.to);
    let from = view.origin_outlet(edge);
    let head = format!(
        "{} → {}, {}:",
        sanitize::terminal(view.name(from)),
        sanitize::terminal(view.outlet_name(edge.to)),
        super::edge_cards::lag(edge),
    );
    let headline = sanitize::shorten(&article.title, 110);
    EdgeLine {
        anchor: selection.edge(index).unwrap_or_default().to_owned(),
        grade: edge.grade.as_str(),
        says: Html::joined(&head, &Html::title(&headline, &article.language)),
        id: edge.id.clone(),
    }
}

fn match_line(view: &ReportIndex, selection: &Selection, index: usize) -> MatchLine {
    let found = view.matched(index);
    let (a, b) = (view.article(found.earlier), view.article(found.later));
    let title = |article: &crate::model::Article| {
        Html::title(&sanitize::shorten(&article.title, 90), &article.language)
    };
    let rank = |kind: PassageKind| usize::from(kind == PassageKind::Own);
    let longest = found.passages.iter().max_by_key(|p| (rank(p.kind), p.words));
    let source = if view.has_common_source(index) { "; a common source explains it" } else { "" };
    let words = longest.map_or_else(
        || "topic only, no equal passage".to_owned(),
        |p| {
            format!(
                "longest passage {}, {}",
                wording::count(p.words, "equal word"),
                p.kind.as_str()
            )
        },
    );
    MatchLine {
        anchor: selection.matched(index).unwrap_or_default().to_owned(),
        a: title(a),
        b: title(b),
        figures: format!("{}; {words}{source}", found.relation.as_str().replace('_', " ")),
        excerpt: longest.map(|passage| {
            let text = passage_text(a, passage);
            Html::title(&sanitize::shorten(text, EXCERPT), &a.language)
        }),
        id: found.id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn a_pair_shows_its_texts() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let selection = Selection::new(&view);
        for (rank, &index) in selection.pairs.iter().enumerate() {
            let card = pair_card(&view, &selection, rank, index);
            assert!(
                !card.edges.is_empty() || !card.matches.is_empty() || !card.narratives.is_empty()
            );
            for edge in &card.edges {
                assert!(!edge.anchor.is_empty(), "the sample's edges all have cards");
            }
        }
    }
}
