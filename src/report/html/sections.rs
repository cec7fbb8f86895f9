//! What each section of the page shows: values for the template, cut to what fits.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::daily::{Daily, daily};
use super::escape::Html;
use super::findings::{Finding, findings};
use super::heat::{Heat, heat};
use super::lanes::{Lanes, Shape, lanes};
use super::passages::{Side, Which, side};
use super::{SCRIPT, STYLE, policy};
use crate::model::{
    Contrast, Edge, Evidence, Grade, InfluenceEdge, Match, Origin, OutletPair, Role, Verdict,
};
use crate::report::tables::TABLES;
use crate::report::view::{View, origin_article};
use crate::report::{TOOL_VERSION, alternatives, clean, evidence, rank, words};

/// How much of each list is on the page: what a reader can use, and what keeps it below 1.5 MB.
const MAX_PAIRS: usize = 60;
const MAX_EDGES: usize = 30;
const MAX_COMMON: usize = 12;
const MAX_CHAINS: usize = 15;
const MAX_NARRATIVES: usize = 12;
const MAX_NARRATIVE_ROWS: usize = 40;
const MAX_FEEDS: usize = 120;
const MAX_PHRASES: usize = 40;
const MAX_INFLUENCE: usize = 20;
const MAX_SKIPPED: usize = 30;
/// Edges whose passages are open from the start.
const OPEN_EDGES: usize = 3;

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

/// A list that may have been cut.
pub(super) struct List<T> {
    /// What is shown.
    pub(super) shown: Vec<T>,
    /// How many there are.
    pub(super) total: usize,
}

impl<T> List<T> {
    fn of<I>(all: &[I], limit: usize, make: impl FnMut(&I) -> T) -> List<T> {
        List { shown: all.iter().take(limit).map(make).collect(), total: all.len() }
    }

    /// Whether there is anything.
    fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// What is left out, in words; empty if nothing is.
    fn rest(&self, file: &str) -> String {
        match self.total - self.shown.len() {
            0 => String::new(),
            n => format!(
                "{} of {} shown; the other {} are in {file}.",
                words::thousands(self.shown.len()),
                words::thousands(self.total),
                words::thousands(n)
            ),
        }
    }
}

pub(super) struct PairRow {
    a: Html,
    b: Html,
    share_a: ShareCell,
    share_b: ShareCell,
    ab: Direction,
    ba: Direction,
    reciprocity: String,
    common_source: usize,
    shared: usize,
    expected: String,
    effect: String,
    q: String,
    q_sort: String,
    verdict: &'static str,
    is_more: bool,
    baseline: bool,
}

/// One outlet's share of a pair.
pub(super) struct ShareCell {
    /// To sort by.
    value: f64,
    share: String,
    interval: String,
}

/// One direction of a pair.
pub(super) struct Direction {
    n: usize,
    grades: String,
    lag: String,
    spread: String,
}

pub(super) struct EdgeCard {
    anchor: String,
    id: String,
    grade: &'static str,
    from: Html,
    to: Html,
    lag: String,
    headline: Html,
    own_words: usize,
    facts: Vec<Html>,
    alternatives: Html,
    narrative: Option<(Option<String>, Html)>,
    left: Option<Side>,
    right: Side,
    open: bool,
}

pub(super) struct ChainCard {
    id: String,
    path: Html,
    total: String,
    weakest: &'static str,
    states: String,
    alternatives: Html,
    steps: Vec<Step>,
}

pub(super) struct Step {
    outlet: Html,
    state: String,
    title: Html,
    time: String,
    /// Grade and lag of the step that leads here; none for the first.
    by: Option<(&'static str, String)>,
}

pub(super) struct NarrativeCard {
    anchor: String,
    id: String,
    label: Html,
    phrases: Html,
    figures: String,
    first: Html,
    first_time: String,
    peak: String,
    lanes: Option<Lanes>,
    rows: List<NarrativeRow>,
}

pub(super) struct NarrativeRow {
    time: String,
    outlet: Html,
    title: Html,
    role: &'static str,
    address: Html,
    archive: String,
}

pub(super) struct FeedRow {
    outlet: Html,
    edition: String,
    kind: &'static str,
    address: Html,
    status: &'static str,
    heard: bool,
    http: String,
    items: usize,
    new_items: usize,
    newest: String,
    message: Html,
}

pub(super) struct PhraseRow {
    phrase: Html,
    a: Html,
    b: Html,
    count_a: usize,
    count_b: usize,
    control: usize,
    z: String,
    q: String,
    alternatives: Html,
}

pub(super) struct InfluenceRow {
    from: Html,
    to: Html,
    strength: String,
    explained: usize,
    preceded: usize,
    volumes: String,
    lag: String,
}

fn name(view: &View, outlet: &str) -> Html {
    Html::title(view.analysis.registry.name(outlet), "")
}

/// The anchor of a narrative that is on the page.
fn narrative_anchor(rank: usize) -> String {
    format!("n{}", rank + 1)
}

impl Page {
    pub(super) fn new(view: &View) -> Page {
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
            caveats: words::caveats(view).iter().map(|text| Html::text(text)).collect(),
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
                chain_card(view, &all.amplification.chains[i])
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
            skipped: List::of(&all.skipped, MAX_SKIPPED, |skipped| {
                let what = clean::shorten(&skipped.what, 160);
                (Html::text(&what), Html::text(&skipped.reason))
            }),
            files: TABLES.iter().map(|table| (table.file, table.about)).collect(),
        }
    }
}

fn window(view: &View) -> String {
    let at = |t: Option<chrono::DateTime<chrono::Utc>>| t.map(|t| words::time(t, None));
    match (at(view.run.since), at(view.run.until)) {
        (None, None) => "everything in the input".into(),
        (Some(since), None) => format!("from {since} UTC"),
        (None, Some(until)) => format!("before {until} UTC"),
        (Some(since), Some(until)) => format!("{since} to {until} UTC"),
    }
}

/// First and last article.
fn span(view: &View) -> String {
    let articles = &view.analysis.articles;
    match (articles.first(), articles.last()) {
        (Some(first), Some(last)) => {
            format!("{} to {} UTC", words::time(first.at(), None), words::time(last.at(), None))
        }
        _ => "no articles".into(),
    }
}

fn covered(view: &View) -> Vec<(&'static str, String)> {
    let all = view.analysis;
    let outlets: BTreeSet<&str> = all.articles.iter().map(|a| a.outlet.as_str()).collect();
    let named = |role: Role| {
        let names: Vec<String> = outlets
            .iter()
            .filter(|id| all.registry.role(id) == role)
            .map(|id| clean::terminal(view.analysis.registry.name(id)))
            .collect();
        if names.is_empty() { "none".into() } else { names.join(", ") }
    };
    let heard = all.feeds.iter().filter(|feed| feed.status.is_heard()).count();
    let timed = all.articles.iter().filter(|a| a.clock_error().is_some()).count();
    let feeds = if all.feeds.is_empty() {
        "none polled (imported corpus)".to_owned()
    } else {
        format!("{heard} of {} sources heard, {} not", all.feeds.len(), all.feeds.len() - heard)
    };
    let share = if all.articles.is_empty() {
        String::new()
    } else {
        format!(" ({})", words::percent(timed as f64 / all.articles.len() as f64))
    };
    vec![
        ("Window", window(view)),
        ("Articles", span(view)),
        ("Subjects", named(Role::Subject)),
        ("Wires", named(Role::Wire)),
        ("Controls", named(Role::Control)),
        ("Sources", feeds),
        (
            "Times that can give a direction",
            format!(
                "{} of {} articles{share}",
                words::thousands(timed),
                words::thousands(all.articles.len())
            ),
        ),
        (
            "Left out",
            match all.skipped.len() {
                0 => "nothing".into(),
                n => format!("{}, with a reason each", words::thousands(n)),
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

fn tiles(view: &View) -> Vec<(String, &'static str)> {
    let all = view.analysis;
    let outlets: BTreeSet<&str> = all.articles.iter().map(|a| a.outlet.as_str()).collect();
    let reused = all.matches.iter().filter(|m| !m.passages.is_empty()).count();
    let directed = all.amplification.edges.iter().filter(|e| e.grade.is_directed()).count();
    [
        (all.articles.len(), "articles"),
        (outlets.len(), "outlets"),
        (all.matches.len(), "matches"),
        (reused, "with reused text"),
        (all.narratives.len(), "narratives"),
        (directed, "directed edges"),
        (all.amplification.chains.len(), "chains"),
    ]
    .map(|(n, noun)| (words::thousands(n), noun))
    .to_vec()
}

fn grade_counts(view: &View) -> Vec<(&'static str, String, &'static str)> {
    let meaning = |grade: Grade| match grade {
        Grade::E1 => "links to, credits or names as its canonical address the earlier item",
        Grade::E2 => "cites the earlier outlet in its text, and shares a passage",
        Grade::E3 => "reuses the earlier article's own passage; no third holder was earlier",
        Grade::E4 => "significant narrative match with a lag: consistent with a direction, no more",
        Grade::E5 => "same narrative, order unresolved: convergence without direction",
        Grade::X => "a common source explains it; the edge runs from that source",
    };
    rank::by_grade(view)
        .into_iter()
        .map(|(grade, n)| (grade.as_str(), words::thousands(n), meaning(grade)))
        .collect()
}

fn share_cell(share: f64, interval: Option<(f64, f64)>) -> ShareCell {
    let interval = match interval {
        Some(ends) => words::percent_range(ends),
        None if share > 0.0 => "n < 5".to_owned(),
        None => String::new(),
    };
    ShareCell { value: share, share: words::percent(share), interval }
}

fn direction(edges: &BTreeMap<Grade, usize>, lag: Option<crate::model::LagQuantiles>) -> Direction {
    let n = edges.values().sum();
    let grades: Vec<String> = edges
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(grade, n)| format!("{} {n}", grade.as_str()))
        .collect();
    let (lag, spread) = match lag {
        Some(q) => (
            format!("lag {}{}, n {}", words::duration(q.median), interval(q), q.n),
            format!("{} to {}", words::duration(q.p10), words::duration(q.p90)),
        ),
        None if n > 0 => ("lag not shown: n < 5".to_owned(), String::new()),
        None => Default::default(),
    };
    Direction { n, grades: grades.join(" · "), lag, spread }
}

/// ` (22 min–3 h)`: the interval of the median, if there is one.
fn interval(q: crate::model::LagQuantiles) -> String {
    q.median_interval.map_or_else(String::new, |(low, high)| {
        format!(" ({}–{})", words::duration(low), words::duration(high))
    })
}

/// Each contrast in a sentence.
fn contrasts(view: &View) -> Vec<String> {
    let sentence = |c: &Contrast| {
        let (low, high) = c.interval;
        let reading = if low > 1.0 {
            "more with each other than with the controls"
        } else if high < 1.0 {
            "less with each other than with the controls"
        } else {
            "no more with each other than with the controls, as far as can be told"
        };
        format!(
            "{} and {}: their outlets share {reading}: ratio {:.2} (95 % interval {low:.2} to {high:.2}; {:.0} shared for {:.1} expected between them, {:.0} for {:.1} with controls, {} narratives).",
            c.state_a,
            c.state_b,
            c.ratio,
            c.observed,
            c.expected,
            c.observed_control,
            c.expected_control,
            words::thousands(c.narratives)
        )
    };
    view.analysis.significance.contrasts.iter().map(sentence).collect()
}

fn pair_row(view: &View, pair: &OutletPair) -> PairRow {
    let effect = match (pair.effect, pair.effect_interval) {
        (Some(effect), Some((low, high))) => format!("×{effect:.1} ({low:.1}–{high:.1})"),
        (Some(effect), None) => format!("×{effect:.1}"),
        (None, _) => String::new(),
    };
    PairRow {
        a: name(view, &pair.outlet_a),
        b: name(view, &pair.outlet_b),
        share_a: share_cell(pair.share_a, pair.share_a_interval),
        share_b: share_cell(pair.share_b, pair.share_b_interval),
        ab: direction(&pair.edges_ab, pair.lag_ab),
        ba: direction(&pair.edges_ba, pair.lag_ba),
        reciprocity: match (pair.reciprocity, pair.reciprocity_interval) {
            (Some(r), Some((low, high))) => format!("{r:.2} ({low:.2}–{high:.2})"),
            (Some(r), None) => format!("{r:.2}"),
            (None, _) => String::new(),
        },
        common_source: pair.common_source,
        shared: pair.shared,
        expected: pair.expected.map_or_else(String::new, |e| format!("{e:.1}")),
        effect,
        q: pair.q.map_or_else(String::new, words::probability),
        q_sort: pair.q.map_or_else(|| "9".into(), |q| format!("{q:e}")),
        verdict: words::verdict(pair.verdict),
        is_more: pair.verdict == Verdict::MoreThanChance,
        baseline: rank::is_baseline(view, pair),
    }
}

/// Edges of grade X that explain a match, those of an article first.
fn common_edges(view: &View) -> Vec<usize> {
    let edges = &view.analysis.amplification.edges;
    let mut order: Vec<usize> = (0..edges.len()).filter(|&i| edges[i].grade == Grade::X).collect();
    order.sort_by_key(|&i| match edges[i].from {
        Origin::Article(_) => 0,
        Origin::Outlet(_) => 1,
        Origin::Statement => 2,
    });
    order
}

fn edge_cards(
    view: &View,
    order: &[usize],
    limit: usize,
    anchors: &BTreeMap<usize, String>,
) -> List<EdgeCard> {
    let shown = order.iter().take(limit).enumerate();
    List {
        total: order.len(),
        shown: shown.map(|(rank, &i)| edge_card(view, i, rank, anchors)).collect(),
    }
}

/// The match to show beside an edge: the one with the most equal words among its evidence.
fn best_match<'a>(view: &View<'a>, edge: &Edge) -> Option<&'a Match> {
    let matches = edge.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Passage { matched, .. }
        | Evidence::Overlap { matched }
        | Evidence::Explains { matched } => Some(view.matched(*matched)),
        Evidence::Link { .. } | Evidence::Cites(_) => None,
    });
    let weight = |m: &Match| m.passages.iter().map(|p| p.words).sum::<usize>();
    matches.reduce(|best, m| if weight(m) > weight(best) { m } else { best })
}

fn edge_card(
    view: &View,
    index: usize,
    rank: usize,
    anchors: &BTreeMap<usize, String>,
) -> EdgeCard {
    let edge = view.edge(index);
    let anchor = format!("{}{}", if edge.grade == Grade::X { "x" } else { "e" }, rank + 1);
    let from = origin_article(edge);
    let matched =
        best_match(view, edge).or_else(|| from.and_then(|from| view.match_between(from, edge.to)));
    let one = |article: usize, which: Which| {
        side(view.article(article), view.outlet_name(article), matched, which, &anchor)
    };
    let (left, right) = match (matched, from) {
        // The match joins the two ends of the edge, or (X) the two articles that are explained.
        (Some(m), _) if m.a == edge.to && from == Some(m.b) => {
            (Some(one(m.b, Which::B)), one(m.a, Which::A))
        }
        (Some(m), _) => (Some(one(m.a, Which::A)), one(m.b, Which::B)),
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
            &clean::shorten(&view.article(edge.to).title, 110),
            &view.article(edge.to).language,
        ),
        own_words: evidence::own_words(view, edge),
        facts: facts(view, edge),
        alternatives: Html::text(&alternatives::of_edge(view, edge).join(" ")),
        narrative: edge.narrative.map(|n| {
            let label = clean::shorten(&view.analysis.narratives[n].label, 110);
            (anchors.get(&n).cloned(), Html::title(&label, ""))
        }),
        left,
        right,
        open: rank < OPEN_EDGES && edge.grade != Grade::X,
        anchor,
    }
}

fn lag(edge: &Edge) -> String {
    match (edge.lag_minutes, edge.clock_error_minutes) {
        (Some(lag), Some(error)) => {
            format!("{} ± {}", words::duration(lag), words::duration(error))
        }
        (Some(_), None) => "lag unknown: a time gives no direction".into(),
        (None, _) => "no lag: the start has no time of its own".into(),
    }
}

/// The facts behind an edge in words.
fn facts(view: &View, edge: &Edge) -> Vec<Html> {
    let fact = |evidence: &Evidence| match evidence {
        Evidence::Link { url, canonical } => {
            let verb = if *canonical { "names as its canonical address" } else { "links to" };
            Html::joined(verb, &Html::defanged(url))
        }
        Evidence::Cites(citation) => Html::text(&format!(
            "{}: “{}”",
            citation.kind.as_str(),
            clean::shorten(clean::one_line(&citation.text).trim(), 200)
        )),
        Evidence::Passage { matched, passage } => {
            let passage_of = &view.matched(*matched).passages[*passage];
            Html::text(&format!(
                "passage {} of the match: {}, {}",
                passage + 1,
                words::count(passage_of.words, "equal word"),
                passage_of.kind.as_str()
            ))
        }
        Evidence::Overlap { matched } => {
            let matched = view.matched(*matched);
            let cosine = matched.lexical.or(matched.semantic).unwrap_or(0.0);
            Html::text(&format!("narrative overlap, cosine {cosine:.2}"))
        }
        Evidence::Explains { matched } => {
            let matched = view.matched(*matched);
            Html::text(&format!(
                "explains what {} and {} share",
                view.outlet_name(matched.a),
                view.outlet_name(matched.b)
            ))
        }
    };
    edge.evidence.iter().take(12).map(fact).collect()
}

fn chain_card(view: &View, chain: &crate::model::Chain) -> ChainCard {
    let path: Vec<&str> = chain.outlets.iter().map(|id| view.analysis.registry.name(id)).collect();
    let mut steps = Vec::new();
    for (i, &index) in chain.edges.iter().enumerate() {
        let edge = view.edge(index);
        if let (0, Some(first)) = (i, origin_article(edge)) {
            steps.push(step(view, first, None));
        }
        steps.push(step(view, edge.to, Some((edge.grade.as_str(), lag(edge)))));
    }
    ChainCard {
        id: chain.id.clone(),
        path: Html::text(&path.join(" → ")),
        total: words::duration(chain.lag_minutes),
        weakest: chain.weakest.as_str(),
        states: chain.states.join(" → "),
        alternatives: Html::text(&alternatives::of_chain(view, chain).join(" ")),
        steps,
    }
}

fn step(view: &View, index: usize, by: Option<(&'static str, String)>) -> Step {
    let article = view.article(index);
    Step {
        outlet: Html::title(view.outlet_name(index), ""),
        state: view.state(&article.outlet).to_owned(),
        title: Html::title(&clean::shorten(&article.title, 140), &article.language),
        time: words::time(article.at(), article.published.as_ref().map(|p| p.precision)),
        by,
    }
}

fn narrative_card(view: &View, rank: usize, index: usize) -> NarrativeCard {
    let narrative = &view.analysis.narratives[index];
    let first = view.article(narrative.first);
    let precision = first.published.as_ref().map(|p| p.precision);
    let edges = view.edges_of(index);
    let count =
        |test: fn(Grade) -> bool| edges.iter().filter(|&&edge| test(view.edge(edge).grade)).count();
    let rows = narrative.articles.iter().enumerate().collect::<Vec<_>>();
    NarrativeCard {
        anchor: narrative_anchor(rank),
        id: narrative.id.clone(),
        label: Html::title(&clean::shorten(&narrative.label, 160), ""),
        phrases: Html::text(&clean::shorten(&narrative.key_phrases.join(" · "), 240)),
        figures: format!(
            "{} from {} · {} · {} from a common source",
            words::count(narrative.articles.len(), "article"),
            words::count(narrative.outlets.len(), "outlet"),
            words::count(count(Grade::is_directed), "directed edge"),
            count(|grade| grade == Grade::X),
        ),
        first: Html::title(view.outlet_name(narrative.first), ""),
        first_time: words::time(first.at(), precision),
        peak: narrative.peak.to_string(),
        lanes: lanes(view, index),
        rows: List::of(&rows, MAX_NARRATIVE_ROWS, |&(position, &article)| {
            narrative_row(view, index, position, article)
        }),
    }
}

fn narrative_row(view: &View, narrative: usize, position: usize, index: usize) -> NarrativeRow {
    let article = view.article(index);
    NarrativeRow {
        time: words::time(article.at(), article.published.as_ref().map(|p| p.precision)),
        outlet: Html::title(view.outlet_name(index), ""),
        title: Html::title(&clean::shorten(&article.title, 160), &article.language),
        role: view.role(narrative, position).map_or("", |role| match role {
            crate::model::ArticleRole::Origin => "origin",
            crate::model::ArticleRole::EarlyAmplifier => "early",
            crate::model::ArticleRole::LateAmplifier => "late",
        }),
        address: Html::defanged(&article.url),
        archive: super::escape::archive_link(&article.url, article.at()),
    }
}

/// Sources that were not heard first.
fn feeds(view: &View) -> List<FeedRow> {
    let mut order: Vec<usize> = (0..view.analysis.feeds.len()).collect();
    order.sort_by_key(|&i| view.analysis.feeds[i].status.is_heard());
    List::of(&order, MAX_FEEDS, |&i| {
        let feed = &view.analysis.feeds[i];
        FeedRow {
            outlet: name(view, &feed.outlet),
            edition: clean::terminal(&feed.edition),
            kind: feed.kind.as_str(),
            address: Html::defanged(&feed.url),
            status: feed.status.as_str(),
            heard: feed.status.is_heard(),
            http: feed.http.map_or_else(String::new, |code| code.to_string()),
            items: feed.items,
            new_items: feed.new_items,
            newest: feed.newest.map_or_else(String::new, |at| {
                let age = (feed.fetched_at - at).num_minutes().max(0);
                format!("{} ({} old)", words::time(at, None), words::duration(age as f64))
            }),
            message: Html::text(&clean::shorten(&feed.message, 240)),
        }
    })
}

/// Days without hearing, by outlet: name, number, first and last day.
fn gaps(view: &View) -> Vec<(Html, usize, String)> {
    let mut by_outlet: BTreeMap<&str, Vec<chrono::NaiveDate>> = BTreeMap::new();
    for gap in &view.analysis.gaps {
        by_outlet.entry(gap.outlet.as_str()).or_default().push(gap.day);
    }
    by_outlet
        .into_iter()
        .map(|(outlet, days)| {
            let span = match (days.iter().min(), days.iter().max()) {
                (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
                (Some(day), _) => day.to_string(),
                (None, _) => String::new(),
            };
            (name(view, outlet), days.len(), span)
        })
        .collect()
}

fn phrases(view: &View) -> List<PhraseRow> {
    let phrases = &view.analysis.significance.phrases;
    let mut order: Vec<usize> = (0..phrases.len()).collect();
    let strength = |i: usize| phrases[i].z_a.min(phrases[i].z_b);
    order.sort_by(|&i, &j| strength(j).total_cmp(&strength(i)).then(i.cmp(&j)));
    List::of(&order, MAX_PHRASES, |&i| {
        let phrase = &phrases[i];
        PhraseRow {
            phrase: Html::text(&clean::shorten(&phrase.phrase, 120)),
            a: name(view, &phrase.outlet_a),
            b: name(view, &phrase.outlet_b),
            count_a: phrase.count_a,
            count_b: phrase.count_b,
            control: phrase.count_control,
            z: format!("{:.1} / {:.1}", phrase.z_a, phrase.z_b),
            q: words::probability(phrase.q),
            alternatives: Html::text(&alternatives::of_phrase(view, phrase).join(" ")),
        }
    })
}

/// The strongest inferred edges for the volume of their outlets.
fn influence(view: &View) -> List<InfluenceRow> {
    let mut edges: Vec<&InfluenceEdge> = view.analysis.influence.edges.iter().collect();
    edges.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    List::of(&edges, MAX_INFLUENCE, |edge| InfluenceRow {
        from: name(view, &edge.from),
        to: name(view, &edge.to),
        strength: format!("{:.2}", edge.strength),
        explained: edge.explained,
        preceded: edge.preceded,
        volumes: format!("{} / {}", edge.narratives_from, edge.narratives_to),
        lag: edge.median_lag_minutes.map_or_else(|| "–".into(), words::duration),
    })
}
