//! What each section of the page shows: values for the template, cut to what fits.

use askama::Template;

use super::daily::{Daily, daily};
use super::edge_cards::{EdgeCard, edge_cards};
use super::escape::Html;
use super::findings::{Finding, findings};
use super::heatmap::{Heat, heat};
use super::lags::{Strips, strips};
use super::match_cards::{MatchCard, match_card};
use super::network::{Network, network};
use super::pair_cards::{PairCard, pair_card};
use super::pair_rows::{PairRow, contrasts, pair_row};
use super::periods::Periods;
use super::ranks::{Ranks, ranks};
use super::regions::{RegionsSection, regions};
use super::selection::{Selection, ids};
use super::series::{PairSeries, pair_series};
use super::story_cards::{ChainCard, NarrativeCard, chain_card, narrative_card};
use super::tail_sections::{FeedRow, InfluenceRow, PhraseRow, feeds, gaps, influence, phrases};
use super::timeline::{self, Lanes, Shape};
use super::truncated_list::List;
use super::watchlist::{WatchlistSection, watchlist};
use super::{SCRIPT, STYLE, policy};
use crate::model::{Grade, Role};
use crate::report::outputs::{Output, outputs_of};
use crate::report::report_index::ReportIndex;
use crate::report::{TOOL_VERSION, rank, wording};
use crate::text::sanitize;

/// Outlet pairs in the table.
const MAX_PAIRS: usize = 120;
/// Lines of what was left out.
const MAX_SKIPPED: usize = 30;
/// Findings on the first screen.
const FIRST_FINDINGS: usize = 5;

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
    counts: Vec<(String, &'static str)>,
    findings: Vec<Finding>,
    heat: Option<Heat>,
    whole_heat: Option<Heat>,
    lead: Option<Lanes>,
    lead_edges: String,
    series: Option<PairSeries>,
    strips: Option<Strips>,
    ranks: Option<Ranks>,
    network: Option<Network>,
    pairs: List<PairRow>,
    pair_cards: List<PairCard>,
    contrasts: Vec<String>,
    edges: List<EdgeCard>,
    taken_up: List<EdgeCard>,
    common: List<EdgeCard>,
    matches: List<MatchCard>,
    grade_counts: Vec<GradeCount>,
    chains: List<ChainCard>,
    narratives: List<NarrativeCard>,
    feeds: List<FeedRow>,
    gaps: Vec<(Html, usize, String)>,
    daily: Option<Daily>,
    phrases: List<PhraseRow>,
    influence: List<InfluenceRow>,
    skipped: List<(Html, Html)>,
    watchlist: Option<WatchlistSection>,
    regions: Option<RegionsSection>,
    files: Vec<(&'static str, &'static str)>,
}

/// How many edges there are of a grade.
pub(super) struct GradeCount {
    grade: &'static str,
    n: String,
    /// Where the first of them is; empty if none is on the page.
    anchor: String,
    meaning: &'static str,
}

impl Page {
    pub(super) fn new(view: &ReportIndex) -> Page {
        let all = view.analysis;
        let selection = Selection::new(view);
        let periods = Periods::of(view);
        let (heat, whole_heat) = heat(view, &selection);
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
            counts: counts(view),
            findings: findings(view, &selection),
            heat,
            whole_heat,
            lead: timeline::of_edges(view, &selection),
            lead_edges: lead_edges(&selection),
            series: pair_series(view, &selection, &periods),
            strips: strips(view, &selection),
            ranks: ranks(view, &selection, &periods),
            network: network(view, &selection),
            contrasts: contrasts(view),
            pairs: List {
                total: all.significance.pairs.len(),
                shown: rank::pairs(view)
                    .into_iter()
                    .map(|i| &all.significance.pairs[i])
                    .filter(|pair| selection.is_complete(ids(pair)))
                    .take(MAX_PAIRS)
                    .map(|pair| pair_row(view, &selection, pair))
                    .collect(),
            },
            pair_cards: cards(all.significance.pairs.len(), &selection.pairs, |rank, i| {
                pair_card(view, &selection, rank, i)
            }),
            edges: edge_cards(view, &selection, &selection.edges, selection.all_edges),
            taken_up: edge_cards(view, &selection, &selection.taken_up, selection.all_taken_up),
            common: edge_cards(view, &selection, &selection.common, selection.all_common),
            matches: cards(selection.matches.len(), &selection.matches, |_, i| {
                match_card(view, &selection, i)
            }),
            grade_counts: grade_counts(view, &selection),
            chains: cards(all.diffusion.chains.len(), &selection.chains, |rank, i| {
                chain_card(view, &selection, rank, i)
            }),
            narratives: cards(all.narratives.len(), &selection.narratives, |_, i| {
                narrative_card(view, &selection, i)
            }),
            feeds: feeds(view),
            gaps: gaps(view),
            daily: daily(view),
            phrases: phrases(view),
            influence: influence(view),
            watchlist: watchlist(view),
            regions: regions(view, &periods),
            skipped: List::of(view.corpus.skipped(), MAX_SKIPPED, |skipped| {
                let what = sanitize::shorten(&skipped.what, 160);
                (Html::text(&what), Html::text(&skipped.reason))
            }),
            files: outputs_of(view.analysis.relations, view.config)
                .filter_map(Output::table)
                .map(|table| (table.file, table.about))
                .collect(),
        }
    }

    /// The findings of the first screen.
    fn first_findings(&self) -> &[Finding] {
        &self.findings[..self.findings.len().min(FIRST_FINDINGS)]
    }
}

/// What of all the timeline of the first screen shows.
fn lead_edges(selection: &Selection) -> String {
    match (selection.edges.len(), selection.all_edges) {
        (0, _) => {
            "The articles of the leading narrative (UTC); there is no directed edge.".to_owned()
        }
        (shown, all) if shown == all => {
            "Articles that a directed edge joins (UTC). A line is an edge and leads to both texts."
                .to_owned()
        }
        (shown, all) => format!(
            "Articles that a directed edge joins (UTC): {} of {} edges, the best grades and longest texts. A line leads to both texts.",
            wording::thousands(shown),
            wording::thousands(all)
        ),
    }
}

/// A card for each of the chosen, of which there are `total`.
fn cards<T>(total: usize, chosen: &[usize], card: impl Fn(usize, usize) -> T) -> List<T> {
    List { total, shown: chosen.iter().enumerate().map(|(rank, &i)| card(rank, i)).collect() }
}

/// First and last article.
pub(super) fn span(view: &ReportIndex) -> String {
    let articles = view.reported_articles();
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
    let timed = view.reported_articles().iter().filter(|a| a.clock_error().is_some()).count();
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
        format!(" ({})", wording::percent(timed as f64 / view.corpus.reported().len() as f64))
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
                wording::thousands(view.corpus.reported().len())
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

/// What there is, with the section that lists it.
fn counts(view: &ReportIndex) -> Vec<(String, &'static str)> {
    let all = view.analysis;
    let directed = all.diffusion.edges.iter().filter(|e| e.grade.is_directed()).count();
    vec![
        (wording::count(view.corpus.reported().len(), "article"), "coverage"),
        (wording::count(view.corpus.outlet_ids().len(), "outlet"), "coverage"),
        (wording::count_of(all.matches.len(), "match", "matches"), "pairs"),
        (wording::count(all.narratives.len(), "narrative"), "narratives"),
        (wording::count(directed, "directed edge"), "edges"),
        (wording::count(all.diffusion.chains.len(), "chain"), "chains"),
    ]
}

fn grade_counts(view: &ReportIndex, selection: &Selection) -> Vec<GradeCount> {
    let on_page = [&selection.edges, &selection.taken_up, &selection.common];
    let first_of = |grade: Grade| {
        let mut shown = on_page.iter().copied().flatten();
        let first = shown.find(|&&edge| view.edge(edge).grade == grade);
        first.and_then(|&edge| selection.edge(edge))
    };
    rank::by_grade(view)
        .into_iter()
        .map(|(grade, n)| GradeCount {
            grade: grade.as_str(),
            n: wording::thousands(n),
            anchor: match grade {
                _ if n == 0 => String::new(),
                Grade::E5 if !selection.matches.is_empty() => "shared".to_owned(),
                Grade::E5 => "pairs".to_owned(),
                _ => first_of(grade).unwrap_or_default().to_owned(),
            },
            meaning: grade.meaning(),
        })
        .collect()
}
