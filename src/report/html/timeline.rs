//! The timeline of one narrative: a lane for each outlet, time from left to right, a mark for each
//! article, directed edges as connectors.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Grade, Precision};
use crate::report::report_index::{ReportIndex, origin_article};
use crate::report::wording;
use crate::text::sanitize;

/// Marks and connectors that are drawn; more do not tell more.
const MAX_MARKS: usize = 160;
const MAX_CONNECTORS: usize = 160;
/// Lanes that are drawn, by first article.
const MAX_LANES: usize = 14;
/// Sizes in SVG units.
const LEFT: f64 = 150.0;
const PLOT: f64 = 760.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 14.0;
const LANE: f64 = 34.0;
const AXIS: f64 = 30.0;
/// Steps between ticks, in minutes: the first that gives few enough is taken.
const STEPS: [i64; 14] =
    [5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 7_200, 14_400, 43_200, 129_600, 525_600];
const MAX_TICKS: i64 = 8;

/// The picture.
pub(super) struct Lanes {
    /// Size in SVG units.
    pub(super) width: f64,
    /// Size in SVG units.
    pub(super) height: f64,
    /// Left and right end of the plot.
    pub(super) plot: (f64, f64),
    /// Lanes from the top.
    pub(super) rows: Vec<Lane>,
    /// Ticks of the time axis.
    pub(super) ticks: Vec<Tick>,
    /// Connectors, drawn below the marks.
    pub(super) connectors: Vec<Connector>,
    /// Articles.
    pub(super) marks: Vec<Mark>,
    /// Articles and edges that are not drawn.
    pub(super) left_out: usize,
    /// The picture in a sentence.
    pub(super) sentence: String,
}

/// One outlet.
pub(super) struct Lane {
    /// Its name, shortened.
    pub(super) name: String,
    /// Middle of the lane.
    pub(super) y: f64,
}

/// A point of the time axis.
pub(super) struct Tick {
    /// Place.
    pub(super) x: f64,
    /// Words.
    pub(super) label: String,
}

/// An edge.
pub(super) struct Connector {
    /// SVG path data.
    pub(super) path: String,
    /// Style class of the grade.
    pub(super) grade: &'static str,
    /// What it says.
    pub(super) sentence: String,
}

/// An article.
pub(super) struct Mark {
    /// Place.
    pub(super) x: f64,
    /// Place.
    pub(super) y: f64,
    /// Shape: the first mover, one of known time, or one whose time is uncertain.
    pub(super) shape: Shape,
    /// Role of the outlet, as a style class.
    pub(super) role: &'static str,
    /// Width of the band in which the time lies, for an uncertain one.
    pub(super) band: f64,
    /// Outlet, time and title.
    pub(super) sentence: String,
}

/// The shape of a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// First article of the narrative, and its time is known.
    First,
    /// Known to the minute or second.
    Timed,
    /// Known to the day, or from the first sighting only.
    Uncertain,
}

/// Rounds to a tenth of a unit: shorter files, and the same text on every machine.
fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// The time axis: where each instant is.
struct Scale {
    start: DateTime<Utc>,
    minutes: f64,
}

impl Scale {
    fn x(&self, at: DateTime<Utc>) -> f64 {
        let minutes = (at - self.start).num_seconds() as f64 / 60.0;
        tenth(LEFT + 10.0 + (PLOT - 20.0) * (minutes / self.minutes).clamp(0.0, 1.0))
    }

    fn ticks(&self) -> Vec<Tick> {
        #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
        let whole = self.minutes as i64;
        let longest = STEPS[STEPS.len() - 1];
        let step = STEPS.into_iter().find(|step| whole / step <= MAX_TICKS).unwrap_or(longest);
        let mut at = self.start.timestamp().div_euclid(60 * step) * 60 * step;
        let mut ticks = Vec::new();
        let end = self.start.timestamp() + whole * 60;
        while at <= end && ticks.len() < 64 {
            if let Some(time) = DateTime::from_timestamp(at, 0).filter(|t| *t >= self.start) {
                let format = if step >= 1_440 { "%b %-d" } else { "%b %-d %H:%M" };
                ticks.push(Tick { x: self.x(time), label: time.format(format).to_string() });
            }
            at += step * 60;
        }
        ticks
    }
}

fn scale(view: &ReportIndex, articles: &[usize]) -> Option<Scale> {
    let ats = || articles.iter().map(|&a| view.article(a).at());
    let (start, mut end) = (ats().min()?, ats().max()?);
    if articles.iter().any(|&a| is_day(view, a)) {
        end = end.max(start + TimeDelta::days(1));
    }
    let minutes = ((end - start).num_seconds() as f64 / 60.0).max(30.0);
    Some(Scale { start, minutes })
}

fn is_day(view: &ReportIndex, article: usize) -> bool {
    view.article(article).published.as_ref().is_none_or(|p| p.precision == Precision::Day)
}

/// Returns the timeline of a narrative; `None` if no article can be placed.
pub(super) fn lanes(view: &ReportIndex, narrative: usize) -> Option<Lanes> {
    let all = &view.analysis.narratives[narrative];
    let scale = scale(view, &all.articles)?;
    let mut lane_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Lane> = Vec::new();
    let (mut marks, mut places) = (Vec::new(), BTreeMap::new());
    for &article in &all.articles {
        let outlet = view.article(article).outlet.as_str();
        if marks.len() >= MAX_MARKS || (!lane_of.contains_key(outlet) && lane_of.len() >= MAX_LANES)
        {
            continue;
        }
        let next = lane_of.len();
        let row = *lane_of.entry(outlet).or_insert(next);
        let y = TOP + LANE * row as f64 + LANE / 2.0;
        if row == rows.len() {
            let name = sanitize::terminal(&sanitize::shorten(view.outlet_name(article), 20));
            rows.push(Lane { name, y });
        }
        let mark = mark(view, &scale, article, article == all.first, y);
        places.insert(article, (mark.x, mark.y));
        marks.push(mark);
    }
    let edges = view.edges_of(narrative);
    let connectors: Vec<Connector> = edges
        .iter()
        .filter_map(|&edge| connector(view, edge, &places))
        .take(MAX_CONNECTORS)
        .collect();
    let height = TOP + LANE * rows.len() as f64 + AXIS;
    Some(Lanes {
        width: LEFT + PLOT + RIGHT,
        height,
        plot: (LEFT, LEFT + PLOT),
        left_out: all.articles.len() - marks.len(),
        sentence: format!(
            "{} of {} over {}, {}",
            wording::count(all.articles.len(), "article"),
            wording::count(all.outlets.len(), "outlet"),
            wording::duration(scale.minutes),
            wording::count(connectors.len(), "connector"),
        ),
        rows,
        ticks: scale.ticks(),
        connectors,
        marks,
    })
}

fn mark(view: &ReportIndex, scale: &Scale, index: usize, is_first: bool, y: f64) -> Mark {
    let article = view.article(index);
    let x = scale.x(article.at());
    let uncertain = is_day(view, index);
    let shape = match (uncertain, is_first) {
        (true, _) => Shape::Uncertain,
        (false, true) => Shape::First,
        (false, false) => Shape::Timed,
    };
    let precision = article.published.as_ref().map(|p| p.precision);
    let note = if uncertain { " (time of day unknown)" } else { "" };
    Mark {
        x,
        y,
        shape,
        role: view.corpus.registry().role(&article.outlet).as_str(),
        band: if uncertain { tenth(scale.x(article.at() + TimeDelta::days(1)) - x) } else { 0.0 },
        sentence: format!(
            "{}, {}{note}: {}",
            sanitize::terminal(view.outlet_name(index)),
            wording::time(article.at(), precision),
            sanitize::terminal(&sanitize::shorten(&article.title, 120)),
        ),
    }
}

fn connector(
    view: &ReportIndex,
    index: usize,
    places: &BTreeMap<usize, (f64, f64)>,
) -> Option<Connector> {
    let edge = view.edge(index);
    if !(edge.grade.is_directed() || edge.grade == Grade::X) {
        return None;
    }
    let from = origin_article(edge)?;
    let (&(x1, y1), &(x2, y2)) = (places.get(&from)?, places.get(&edge.to)?);
    let middle = tenth(f64::midpoint(y1, y2));
    let lag = edge.lag_minutes.map_or_else(|| "unknown lag".to_owned(), wording::duration);
    Some(Connector {
        path: format!("M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}"),
        grade: edge.grade.as_str(),
        sentence: format!(
            "{} {} → {}, {lag}",
            edge.grade.as_str(),
            sanitize::terminal(view.outlet_name(from)),
            sanitize::terminal(view.outlet_name(edge.to)),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn every_mark_is_inside_and_ticks_are_few() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        for narrative in 0..sample.analysis.narratives.len() {
            let lanes = lanes(&view, narrative).unwrap();
            assert_eq!(lanes.marks.len(), sample.analysis.narratives[narrative].articles.len());
            for mark in &lanes.marks {
                assert!(
                    mark.x >= LEFT && mark.x + mark.band <= LEFT + PLOT && mark.y < lanes.height
                );
            }
            assert!(!lanes.ticks.is_empty() && lanes.ticks.len() <= 10);
        }
        assert_eq!(lanes(&view, 0).unwrap().connectors.len(), 3);
    }
}
