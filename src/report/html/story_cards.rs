//! The cards of chains and of narratives.

use super::edge_cards::lag;
use super::escape::Html;
use super::selection::Selection;
use super::timeline::{Lanes, Size, of_narrative};
use super::truncated_list::List;
use crate::model::Grade;
use crate::report::report_index::{ReportIndex, origin_article};
use crate::report::{alternatives, wording};
use crate::text::sanitize;

/// Articles in the list of one narrative.
const MAX_NARRATIVE_ROWS: usize = 15;

/// One chain.
pub(super) struct ChainCard {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) path: Html,
    pub(super) total: String,
    pub(super) weakest: &'static str,
    pub(super) states: String,
    pub(super) alternatives: Html,
    pub(super) steps: Vec<Step>,
}

/// One article of a chain.
pub(super) struct Step {
    pub(super) outlet: Html,
    pub(super) state: String,
    pub(super) title: Html,
    pub(super) time: String,
    /// Grade and lag of the step that leads here, and where its edge has a card; none for the first.
    pub(super) by: Option<(&'static str, String, String)>,
}

/// One narrative.
pub(super) struct NarrativeCard {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) label: Html,
    pub(super) has_phrases: bool,
    pub(super) phrases: Html,
    pub(super) figures: String,
    pub(super) first: Html,
    pub(super) first_time: String,
    pub(super) peak: String,
    pub(super) lanes: Option<Lanes>,
    pub(super) rows: List<NarrativeRow>,
}

/// One article of a narrative.
pub(super) struct NarrativeRow {
    pub(super) time: String,
    pub(super) outlet: Html,
    pub(super) title: Html,
    pub(super) role: &'static str,
    pub(super) address: Html,
    pub(super) archive: String,
}

/// The anchor of a chain that is on the page.
pub(super) fn chain_anchor(rank: usize) -> String {
    format!("c{}", rank + 1)
}

/// The card of a chain: its articles in order, each with the edge that leads to it.
pub(super) fn chain_card(
    view: &ReportIndex,
    selection: &Selection,
    rank: usize,
    index: usize,
) -> ChainCard {
    let chain = &view.analysis.diffusion.chains[index];
    let path: Vec<&str> = chain.outlets.iter().map(|id| view.corpus.registry().name(id)).collect();
    let mut steps = Vec::new();
    for (i, &index) in chain.edges.iter().enumerate() {
        let edge = view.edge(index);
        if let (0, Some(first)) = (i, origin_article(edge)) {
            steps.push(step(view, first, None));
        }
        let anchor = selection.edge(index).unwrap_or_default().to_owned();
        steps.push(step(view, edge.to, Some((edge.grade.as_str(), lag(edge), anchor))));
    }
    ChainCard {
        anchor: chain_anchor(rank),
        id: chain.id.clone(),
        path: Html::text(&path.join(" → ")),
        total: wording::duration(chain.lag_minutes),
        weakest: chain.weakest.as_str(),
        states: chain.states.join(" → "),
        alternatives: Html::text(&alternatives::of_chain(view, chain).join(" ")),
        steps,
    }
}

fn step(view: &ReportIndex, index: usize, by: Option<(&'static str, String, String)>) -> Step {
    let article = view.article(index);
    Step {
        outlet: Html::title(view.outlet_name(index), ""),
        state: view.state(&article.outlet).to_owned(),
        title: Html::title(&sanitize::shorten(&article.title, 140), &article.language),
        time: wording::time(article.at(), article.published.as_ref().map(|p| p.precision)),
        by,
    }
}

/// The card of a narrative.
pub(super) fn narrative_card(
    view: &ReportIndex,
    selection: &Selection,
    index: usize,
) -> NarrativeCard {
    let narrative = &view.analysis.narratives[index];
    let first = view.article(narrative.first);
    let precision = first.published.as_ref().map(|p| p.precision);
    let edges = view.edges_of(index);
    let count =
        |test: fn(Grade) -> bool| edges.iter().filter(|&&edge| test(view.edge(edge).grade)).count();
    let rows = narrative.articles.iter().enumerate().collect::<Vec<_>>();
    NarrativeCard {
        anchor: selection.narrative(index).unwrap_or_default().to_owned(),
        id: narrative.id.clone(),
        label: Html::title(&sanitize::shorten(&narrative.label, 160), ""),
        has_phrases: !narrative.key_phrases.is_empty(),
        phrases: Html::text(&sanitize::shorten(&narrative.key_phrases.join(" · "), 240)),
        figures: format!(
            "{} from {} · {} · {} from a common source",
            wording::count(narrative.articles.len(), "article"),
            wording::count(narrative.outlets.len(), "outlet"),
            wording::count(count(Grade::is_directed), "directed edge"),
            count(|grade| grade == Grade::X),
        ),
        first: Html::title(&wording::first(view, index), ""),
        first_time: wording::time(first.at(), precision),
        peak: narrative.peak.to_string(),
        lanes: of_narrative(view, selection, index, Size::SMALL),
        rows: List::of(&rows, MAX_NARRATIVE_ROWS, |&(position, &article)| {
            narrative_row(view, index, position, article)
        }),
    }
}

fn narrative_row(
    view: &ReportIndex,
    narrative: usize,
    position: usize,
    index: usize,
) -> NarrativeRow {
    let article = view.article(index);
    NarrativeRow {
        time: wording::time(article.at(), article.published.as_ref().map(|p| p.precision)),
        outlet: Html::title(view.outlet_name(index), ""),
        title: Html::title(&sanitize::shorten(&article.title, 160), &article.language),
        role: view.role(narrative, position).map_or("", |role| match role {
            crate::model::ArticleRole::Origin => "origin",
            crate::model::ArticleRole::EarlyAmplifier => "early",
            crate::model::ArticleRole::LateAmplifier => "late",
        }),
        address: Html::defanged(&article.url),
        archive: super::escape::archive_link(&article.url, article.at()),
    }
}
