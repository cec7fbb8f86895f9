//! What a run found that the runs before it had not reported.

use chrono::NaiveDate;

use super::report_index::{ReportIndex, origin_article};
use super::wording;
use crate::model::Grade;
use crate::text::sanitize;

/// What is new since the last run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// The run before; `None` for the first, to which everything is new.
    pub before: Option<RunBefore>,
    /// New edges, the best grade first, then in the order of the edges.
    pub edges: Vec<NewEdge>,
    /// New narratives, and those that reached an outlet; in the order of the narratives.
    pub narratives: Vec<NewNarrative>,
}

/// The run that reported last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunBefore {
    /// Its id.
    pub run_id: String,
    /// Its UTC day.
    pub day: NaiveDate,
}

/// An edge that was not reported before, or not so well supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewEdge {
    /// Index of the edge.
    pub edge: usize,
    /// The grade that was reported before, which is a weaker one; `None` for an edge that was not.
    pub grade_before: Option<Grade>,
}

/// A narrative with something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNarrative {
    /// Index of the narrative.
    pub narrative: usize,
    /// None of its articles was reported in a narrative before.
    pub is_new: bool,
    /// Its articles that were not reported in a narrative before.
    pub articles: usize,
    /// Outlet ids of which no article was reported in it before, sorted.
    pub outlets: Vec<String>,
}

impl News {
    /// Whether the run found nothing that was not reported before.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty() && self.narratives.is_empty()
    }
}

/// Most new edges that are told one by one.
const MAX_LINES: usize = 20;
/// Characters of a headline in such a line.
const TITLE: usize = 80;

/// Returns what is new, as lines for a terminal: one for each new directed edge. Nothing if the run does not remember
/// what was reported before.
pub fn news_lines(view: &ReportIndex) -> Vec<String> {
    let Some(news) = &view.run.news else { return Vec::new() };
    let directed: Vec<&NewEdge> =
        news.edges.iter().filter(|new| view.edge(new.edge).grade.is_directed()).collect();
    let found = format!(
        "{} ({} in all), {}",
        wording::count(directed.len(), "directed edge"),
        wording::count(news.edges.len(), "edge"),
        wording::count_of(
            news.narratives.len(),
            "narrative new or with a new outlet",
            "narratives new or with a new outlet"
        )
    );
    let Some(before) = &news.before else {
        return vec![format!("First run, so everything is new: {found}")];
    };
    let since = format!("since run {} of {}", sanitize::terminal(&before.run_id), before.day);
    if news.is_empty() {
        return vec![format!("Nothing new {since}")];
    }
    let mut lines = vec![format!("New {since}: {found}")];
    lines.extend(directed.iter().take(MAX_LINES).map(|new| line(view, new)));
    if directed.len() > MAX_LINES {
        lines.push(format!("  ... {} more in new_edges.csv", directed.len() - MAX_LINES));
    }
    lines
}

/// One new edge.
pub(crate) fn line(view: &ReportIndex, new: &NewEdge) -> String {
    let edge = view.edge(new.edge);
    let (from, to) = (view.name(view.origin_outlet(edge)), view.outlet_name(edge.to));
    let lag =
        edge.lag_minutes.map_or(String::new(), |lag| format!(", {} later", wording::duration(lag)));
    let before = new.grade_before.map_or(String::new(), |grade| format!(" (was {grade:?})"));
    let start = origin_article(edge).map_or("", |article| view.article(article).title.as_str());
    let title = [view.article(edge.to).title.as_str(), start]
        .into_iter()
        .find(|title| !title.trim().is_empty())
        .unwrap_or("(no headline)");
    format!(
        "  {}{before} {} -> {}{lag}: {} [{}]",
        edge.grade.as_str(),
        sanitize::terminal(if from.is_empty() { "a statement" } else { from }),
        sanitize::terminal(to),
        sanitize::shorten(&sanitize::terminal(title), TITLE),
        edge.id
    )
}
