//! The cards of single edges: both articles side by side, with what the grade rests on.

use super::escape::Html;
use super::passages::{Side, Which, side};
use super::selection::Selection;
use super::truncated_list::{List, name};
use crate::model::{Edge, Evidence, Grade, Match, Origin, Relation};
use crate::report::report_index::{ReportIndex, origin_article};
use crate::report::{alternatives, evidence, wording};
use crate::text::sanitize;

/// Edges whose passages are open from the start.
const OPEN_EDGES: usize = 3;

/// One edge.
pub(super) struct EdgeCard {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) grade: &'static str,
    pub(super) from: Html,
    pub(super) to: Html,
    pub(super) lag: String,
    pub(super) headline: Html,
    pub(super) own_words: usize,
    pub(super) facts: Vec<Html>,
    pub(super) alternatives: Html,
    pub(super) narrative: Option<(Option<String>, Html)>,
    pub(super) left: Option<Side>,
    pub(super) right: Side,
    pub(super) open: bool,
}

/// Edges of grade X that explain a match, those of an article first.
pub(super) fn common_edges(view: &ReportIndex) -> Vec<usize> {
    let edges = &view.analysis.diffusion.edges;
    let mut order: Vec<usize> = (0..edges.len()).filter(|&i| edges[i].grade == Grade::X).collect();
    order.sort_by_key(|&i| match edges[i].from {
        Origin::Article(_) => 0,
        Origin::Outlet(_) => 1,
        Origin::Statement => 2,
    });
    order
}

/// The cards of edges, of which there are `total`.
pub(super) fn edge_cards(
    view: &ReportIndex,
    selection: &Selection,
    shown: &[usize],
    total: usize,
) -> List<EdgeCard> {
    let cards = shown.iter().enumerate();
    List { total, shown: cards.map(|(rank, &i)| edge_card(view, selection, i, rank)).collect() }
}

/// The match to show beside an edge: the one with the most equal words among its evidence, else that of its two ends.
pub(super) fn best_match(view: &ReportIndex, edge: &Edge) -> Option<usize> {
    let matches = edge.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Passage { matched, .. }
        | Evidence::Overlap { matched }
        | Evidence::Explains { matched } => Some(*matched),
        Evidence::Link { .. } | Evidence::Cites(_) | Evidence::Caveat { .. } => None,
    });
    let weight = |m: usize| view.matched(m).passages.iter().map(|p| p.words).sum::<usize>();
    let best = matches.reduce(|best, m| if weight(m) > weight(best) { m } else { best });
    best.or_else(|| view.match_between(origin_article(edge)?, edge.to))
}

fn edge_card(view: &ReportIndex, selection: &Selection, index: usize, rank: usize) -> EdgeCard {
    let edge = view.edge(index);
    let anchor = selection.edge(index).unwrap_or_default().to_owned();
    let from = origin_article(edge);
    let matched = best_match(view, edge).map(|matched| view.matched(matched));
    let one = |article: usize, which: Which| {
        side(view.article(article), view.outlet_name(article), matched, which, &anchor)
    };
    let (left, right) = match (matched, from) {
        // The match joins the two ends of the edge, or (X) the two articles that are explained.
        (Some(m), _) if m.earlier == edge.to && from == Some(m.later) => {
            (Some(one(m.later, Which::B)), one(m.earlier, Which::A))
        }
        (Some(m), _) => (Some(one(m.earlier, Which::A)), one(m.later, Which::B)),
        (None, from) => (from.map(|a| one(a, Which::A)), one(edge.to, Which::B)),
    };
    EdgeCard {
        id: edge.id.clone(),
        grade: edge.grade.as_str(),
        from: match &edge.from {
            Origin::Article(article) => Html::title(view.outlet_name(*article), ""),
            Origin::Outlet(outlet) => name(view, outlet),
            Origin::Statement => Html::text("a statement both quote"),
        },
        to: Html::title(view.outlet_name(edge.to), ""),
        lag: lag(edge),
        headline: Html::title(
            &sanitize::shorten(&view.article(edge.to).title, 110),
            &view.article(edge.to).language,
        ),
        own_words: evidence::own_words(view, edge),
        facts: facts(view, edge),
        alternatives: Html::text(&alternatives::of_edge(view, edge).join(" ")),
        narrative: edge.narrative.map(|n| {
            let label = sanitize::shorten(&view.analysis.narratives[n].label, 110);
            (selection.narrative(n).map(str::to_owned), Html::title(&label, ""))
        }),
        left,
        right,
        open: rank < OPEN_EDGES && edge.grade.is_directed(),
        anchor,
    }
}

/// The lag with the clock error of both ends, or why there is none.
pub(super) fn lag(edge: &Edge) -> String {
    match (edge.lag_minutes, edge.clock_error_minutes) {
        (Some(lag), Some(error)) => {
            format!("{} ± {}", wording::duration(lag), wording::duration(error))
        }
        (Some(_), None) => "lag unknown: a time gives no direction".into(),
        (None, _) => "no lag: the start has no time of its own".into(),
    }
}

/// What an overlap in topic rests on.
fn overlap(view: &ReportIndex, matched: &Match) -> String {
    let Some(across) = &matched.across else {
        let cosine = matched.overlaps.first().map_or(0.0, |overlap| overlap.cosine);
        return format!("narrative overlap, cosine {cosine:.2}");
    };
    let mut said = match matched.relation {
        Relation::Translation => "a translation by its sentences".to_owned(),
        _ => "the same event in another language".to_owned(),
    };
    if !across.aligned.is_empty() {
        let aligned = wording::count(across.aligned.len(), "aligned sentence");
        said = format!("{said}: {aligned}");
    }
    match evidence::anchors(view, matched) {
        Some(anchors) if !anchors.is_empty() => format!("{said}; both name {anchors}"),
        _ => said,
    }
}

/// The facts behind an edge in words.
fn facts(view: &ReportIndex, edge: &Edge) -> Vec<Html> {
    let fact = |evidence: &Evidence| match evidence {
        Evidence::Link { url, canonical } => {
            let verb = if *canonical { "names as its canonical address" } else { "links to" };
            Html::joined(verb, &Html::defanged(url))
        }
        Evidence::Cites(citation) => Html::text(&format!(
            "{}: “{}”",
            citation.kind.as_str(),
            sanitize::shorten(sanitize::one_line(&citation.text).trim(), 200)
        )),
        Evidence::Passage { matched, passage } => {
            let passage_of = &view.matched(*matched).passages[*passage];
            Html::text(&format!(
                "passage {} of the match: {}, {}",
                passage + 1,
                wording::count(passage_of.words, "equal word"),
                passage_of.kind.as_str()
            ))
        }
        Evidence::Overlap { matched } => {
            let matched = view.matched(*matched);
            Html::text(&overlap(view, matched))
        }
        Evidence::Explains { matched } => {
            let matched = view.matched(*matched);
            Html::text(&format!(
                "explains what {} and {} share",
                view.outlet_name(matched.earlier),
                view.outlet_name(matched.later)
            ))
        }
        Evidence::Caveat { caveat } => Html::text(caveat.sentence()),
    };
    edge.evidence.iter().take(12).map(fact).collect()
}
