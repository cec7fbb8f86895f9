//! What each section of the page shows: values for the template, cut to what fits.

use std::collections::BTreeMap;

use askama::Template;

use super::daily::{Daily, daily};
use super::edge_cards::{EdgeCard, common_edges, edge_cards};
use super::escape::Html;
use super::findings::{Finding, findings};
use super::heatmap::{Heat, heat};
use super::pair_rows::{PairRow, contrasts, pair_row};
use super::story_cards::{ChainCard, NarrativeCard, chain_card, narrative_card};
use super::tail_sections::{FeedRow, InfluenceRow, PhraseRow, feeds, gaps, influence, phrases};
use super::timeline::Shape;
use super::truncated_list::{List, narrative_anchor};
use super::{SCRIPT, STYLE, policy};
use crate::model::Role;
use crate::report::outputs::{OUTPUTS, Output};
use crate::report::report_index::ReportIndex;
use crate::report::{TOOL_VERSION, rank, wording};
use crate::text::sanitize;

// How much of each list is on the page: what a reader can use, and what keeps it below 1.5 MB.
/// Outlet pairs in the table.
const MAX_PAIRS: usize = 60;
/// Cards of directed edges.
const MAX_EDGES: usize = 30;
/// Cards of common sources.
const MAX_COMMON: usize = 12;
/// Cards of chains.
const MAX_CHAINS: usize = 15;
/// Cards of narratives.
const MAX_NARRATIVES: usize = 12;
/// Lines of what was left out.
const MAX_SKIPPED: usize = 30;

/// The whole page.
#[derive(Template)]
#[template(path = "report.html", config = "src/report/templates/askama.toml")]
pub(super) struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    run_id: String,
    span: String,
    covered: Vec<(&'static str, String)>,
    caveats: Vec<Html>,
    settings: Vec<(String, Html)>,
    tiles: Vec<(String, &'static str)>,
    findings: Vec<Finding>,
    heat: Option<Heat>,
    pairs: List<PairRow>,
    contrasts: Vec<String>,
    edges: List<EdgeCard>,
    common: List<EdgeCard>,
    grade_counts: Vec<(&'static str, String, &'static str)>,
    chains: List<ChainCard>,
    narratives: List<NarrativeCard>,
    feeds: List<FeedRow>,
    gaps: Vec<(Html, usize, String)>,
    daily: Option<Daily>,
    phrases: List<PhraseRow>,
    influence: List<InfluenceRow>,
    skipped: List<(Html, Html)>,
    files: Vec<(&'static str, &'static str)>,
}

impl Page {
    pub(super) fn new(view: &ReportIndex) -> Page {
        let all = view.analysis;
        let narrative_order = rank::narratives(view);
        let anchors: BTreeMap<usize, String> = narrative_order
            .iter()
            .take(MAX_NARRATIVES)
            .enumerate()
            .map(|(rank, &i)| (i, narrative_anchor(rank)))
            .collect();
        let common: Vec<usize> = common_edges(view);
        Page {
            policy: policy(),
            style: STYLE,
            script: SCRIPT,
            version: TOOL_VERSION,
            run_id: view.run.run_id.clone(),
            span: span(view),
            covered: covered(view),
            caveats: wording::caveats(view).iter().map(|text| Html::text(text)).collect(),
            settings: settings(&view.run.settings),
            tiles: tiles(view),
            findings: findings(view),
            heat: heat(view),
            contrasts: contrasts(view),
            pairs: List::of(&rank::pairs(view), MAX_PAIRS, |&i| {
                pair_row(view, &all.significance.pairs[i])
            }),
            edges: edge_cards(view, &rank::edges(view), MAX_EDGES, &anchors),
            common: edge_cards(view, &common, MAX_COMMON, &anchors),
            grade_counts: grade_counts(view),
            chains: List::of(&rank::chains(view), MAX_CHAINS, |&i| {
                chain_card(view, &all.diffusion.chains[i])
            }),
            narratives: List {
                total: narrative_order.len(),
                shown: narrative_order
                    .iter()
                    .take(MAX_NARRATIVES)
                    .enumerate()
                    .map(|(rank, &i)| narrative_card(view, rank, i))
                    .collect(),
            },
            feeds: feeds(view),
            gaps: gaps(view),
            daily: daily(view),
            phrases: phrases(view),
            influence: influence(view),
            skipped: List::of(view.corpus.skipped(), MAX_SKIPPED, |skipped| {
                let what = sanitize::shorten(&skipped.what, 160);
                (Html::text(&what), Html::text(&skipped.reason))
            }),
            files: OUTPUTS
                .iter()
                .filter_map(Output::table)
                .map(|table| (table.file, table.about))
                .collect(),
        }
    }
}

/// First and last article.
pub(super) fn span(view: &ReportIndex) -> String {
    let articles = view.corpus.articles();
    match (articles.first(), articles.last()) {
        (Some(first), Some(last)) => {
            format!("{} to {} UTC", wording::time(first.at(), None), wording::time(last.at(), None))
        }
        _ => "no articles".into(),
    }
}

fn covered(view: &ReportIndex) -> Vec<(&'static str, String)> {
    let outlets = view.corpus.outlet_ids();
    let named = |role: Role| {
        let names: Vec<String> = outlets
            .iter()
            .filter(|id| view.corpus.registry().role(id) == role)
            .map(|id| sanitize::terminal(view.corpus.registry().name(id)))
            .collect();
        if names.is_empty() { "none".into() } else { names.join(", ") }
    };
    let heard = view.corpus.feeds().iter().filter(|feed| feed.status.is_heard()).count();
    let timed = view.corpus.articles().iter().filter(|a| a.clock_error().is_some()).count();
    let feeds = if view.corpus.feeds().is_empty() {
        "none polled (imported corpus)".to_owned()
    } else {
        format!(
            "{heard} of {} sources heard, {} not",
            view.corpus.feeds().len(),
            view.corpus.feeds().len() - heard
        )
    };
    let share = if view.corpus.is_empty() {
        String::new()
    } else {
        format!(" ({})", wording::percent(timed as f64 / view.corpus.len() as f64))
    };
    vec![
        ("Window", wording::window(view.run.since, view.run.until)),
        ("Articles", span(view)),
        ("Subjects (under study)", named(Role::Subject)),
        ("Wires", named(Role::Wire)),
        ("Controls (the baseline)", named(Role::Control)),
        ("Sources", feeds),
        (
            "Times that can give a direction",
            format!(
                "{} of {} articles{share}",
                wording::thousands(timed),
                wording::thousands(view.corpus.len())
            ),
        ),
        (
            "Left out",
            match view.corpus.skipped().len() {
                0 => "nothing".into(),
                n => format!("{}, with a reason each", wording::thousands(n)),
            },
        ),
    ]
}

/// Settings as `stage.name` and value, flattened.
fn settings(value: &serde_json::Value) -> Vec<(String, Html)> {
    let mut rows = Vec::new();
    flatten("", value, &mut rows);
    rows
}

fn flatten(path: &str, value: &serde_json::Value, rows: &mut Vec<(String, Html)>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, rows);
            }
        }
        serde_json::Value::Null => {}
        serde_json::Value::String(text) => rows.push((path.to_owned(), Html::text(text))),
        other => rows.push((path.to_owned(), Html::text(&other.to_string()))),
    }
}

fn tiles(view: &ReportIndex) -> Vec<(String, &'static str)> {
    let all = view.analysis;
    let outlets = view.corpus.outlet_ids();
    let reused = all.matches.iter().filter(|m| !m.passages.is_empty()).count();
    let directed = all.diffusion.edges.iter().filter(|e| e.grade.is_directed()).count();
    [
        (view.corpus.len(), "articles"),
        (outlets.len(), "outlets"),
        (all.matches.len(), "matches"),
        (reused, "matches with reused text"),
        (all.narratives.len(), "narratives"),
        (directed, "directed edges"),
        (all.diffusion.chains.len(), "chains"),
    ]
    .map(|(n, noun)| (wording::thousands(n), noun))
    .to_vec()
}

fn grade_counts(view: &ReportIndex) -> Vec<(&'static str, String, &'static str)> {
    rank::by_grade(view)
        .into_iter()
        .map(|(grade, n)| (grade.as_str(), wording::thousands(n), grade.meaning()))
        .collect()
}
