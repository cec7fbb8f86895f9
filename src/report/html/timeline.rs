//! Articles on a time axis: a lane for each outlet, a mark for each article (or for several that would lie on
//! one another, with their number), directed edges as connectors. One narrative, or the edges of the whole run.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::selection::Selection;
use crate::model::{Grade, Precision};
use crate::report::report_index::{ReportIndex, origin_article};
use crate::report::wording;
use crate::text::sanitize;

/// Marks and connectors that are drawn; more do not tell more.
const MAX_MARKS: usize = 160;
const MAX_CONNECTORS: usize = 160;
/// Marks nearer than this are one, with a number.
const MERGED: f64 = 9.0;
/// Below the lanes, for the axis.
const AXIS: f64 = 24.0;
/// Steps between ticks, in minutes: the first that gives few enough is taken.
const STEPS: [i64; 15] = [
    5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 7_200, 14_400, 43_200, 129_600, 525_600, 5_256_000,
];
/// From this step on a tick names the year.
const STEP_OF_YEARS: i64 = 43_200;

/// How large a picture is, in SVG units.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// Room for the names.
    left: f64,
    /// Width of the plot.
    plot: f64,
    /// Height of a lane.
    lane: f64,
    /// Most lanes, by first article.
    lanes: usize,
    /// Most ticks.
    ticks: i64,
    /// Most characters of a name.
    name: usize,
}

impl Size {
    /// Across the page.
    pub(super) const WIDE: Size =
        Size { left: 130.0, plot: 940.0, lane: 24.0, lanes: 6, ticks: 10, name: 18 };
    /// One of several.
    pub(super) const SMALL: Size =
        Size { left: 100.0, plot: 235.0, lane: 20.0, lanes: 7, ticks: 3, name: 14 };
}

/// Right of the plot, and above the lanes.
const RIGHT: f64 = 20.0;
const TOP: f64 = 6.0;

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
    /// Where the edge has its card; empty if it has none.
    pub(super) anchor: String,
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
    /// Articles that it stands for.
    pub(super) count: usize,
    /// Outlet, time and title of the first.
    first: String,
    /// The same, with the number of articles if they are several.
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
    size: Size,
}

impl Scale {
    fn x(&self, at: DateTime<Utc>) -> f64 {
        let minutes = (at - self.start).num_seconds() as f64 / 60.0;
        tenth(
            self.size.left
                + 10.0
                + (self.size.plot - 20.0) * (minutes / self.minutes).clamp(0.0, 1.0),
        )
    }

    fn ticks(&self) -> Vec<Tick> {
        #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
        let whole = self.minutes as i64;
        let longest = STEPS[STEPS.len() - 1];
        let step =
            STEPS.into_iter().find(|step| whole / step <= self.size.ticks).unwrap_or(longest);
        let mut at = self.start.timestamp().div_euclid(60 * step) * 60 * step;
        let mut ticks = Vec::new();
        let end = self.start.timestamp() + whole * 60;
        while at <= end && ticks.len() < 64 {
            if let Some(time) = DateTime::from_timestamp(at, 0).filter(|t| *t >= self.start) {
                let format = match step {
                    STEP_OF_YEARS.. => "%b %Y",
                    1_440.. => "%b %-d",
                    _ if whole < 1_440 && self.size.ticks < 5 => "%H:%M",
                    _ => "%b %-d %H:%M",
                };
                ticks.push(Tick { x: self.x(time), label: time.format(format).to_string() });
            }
            at += step * 60;
        }
        ticks
    }
}

fn scale(view: &ReportIndex, articles: &[usize], size: Size) -> Option<Scale> {
    let ats = || articles.iter().map(|&a| view.article(a).at());
    let (start, mut end) = (ats().min()?, ats().max()?);
    if articles.iter().any(|&a| is_day(view, a)) {
        end = end.max(start + TimeDelta::days(1));
    }
    let minutes = ((end - start).num_seconds() as f64 / 60.0).max(30.0);
    Some(Scale { start, minutes, size })
}

fn is_day(view: &ReportIndex, article: usize) -> bool {
    view.article(article).published.as_ref().is_none_or(|p| p.precision == Precision::Day)
}

/// Returns the timeline of a narrative; `None` if no article can be placed.
pub(super) fn of_narrative(
    view: &ReportIndex,
    selection: &Selection,
    narrative: usize,
    size: Size,
) -> Option<Lanes> {
    let all = &view.analysis.narratives[narrative];
    lanes(view, selection, &all.articles, view.edges_of(narrative), size)
}

/// Returns the timeline of the directed edges that have a card; without any, of the leading narrative.
pub(super) fn of_edges(view: &ReportIndex, selection: &Selection) -> Option<Lanes> {
    let mut articles: Vec<usize> = selection
        .edges
        .iter()
        .map(|&edge| view.edge(edge))
        .flat_map(|edge| [origin_article(edge), Some(edge.to)])
        .flatten()
        .collect();
    articles.sort_unstable();
    articles.dedup();
    match selection.narratives.first() {
        Some(&narrative) if articles.is_empty() => {
            of_narrative(view, selection, narrative, Size::WIDE)
        }
        _ => lanes(view, selection, &articles, &selection.edges, Size::WIDE),
    }
}

/// Returns the timeline of articles, given in order of time, and of edges between them.
fn lanes(
    view: &ReportIndex,
    selection: &Selection,
    articles: &[usize],
    edges: &[usize],
    size: Size,
) -> Option<Lanes> {
    let scale = scale(view, articles, size)?;
    let mut lane_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Lane> = Vec::new();
    let (mut marks, mut places) = (Vec::<Mark>::new(), BTreeMap::new());
    let mut last_of_lane: Vec<usize> = Vec::new();
    let mut drawn = 0;
    for &article in articles {
        let outlet = view.article(article).outlet.as_str();
        if drawn >= MAX_MARKS || (!lane_of.contains_key(outlet) && lane_of.len() >= size.lanes) {
            continue;
        }
        drawn += 1;
        let next = lane_of.len();
        let row = *lane_of.entry(outlet).or_insert(next);
        let y = tenth(TOP + size.lane * row as f64 + size.lane / 2.0);
        let mut mark = mark(view, &scale, article, article == articles[0], y);
        if row == rows.len() {
            let name = sanitize::shorten(view.outlet_name(article), size.name);
            rows.push(Lane { name: sanitize::terminal(&name), y });
            last_of_lane.push(marks.len());
        } else {
            let last = &mut marks[last_of_lane[row]];
            let is_near = (mark.x - last.x).abs() < MERGED;
            if is_near && (last.shape == mark.shape || last.shape == Shape::First) {
                last.count += 1;
                last.sentence = format!("{} articles, the first: {}", last.count, last.first);
                places.insert(article, (last.x, last.y));
                continue;
            }
            last_of_lane[row] = marks.len();
        }
        mark.sentence.clone_from(&mark.first);
        places.insert(article, (mark.x, mark.y));
        marks.push(mark);
    }
    let connectors: Vec<Connector> = edges
        .iter()
        .filter_map(|&edge| connector(view, selection, edge, &places))
        .take(MAX_CONNECTORS)
        .collect();
    Some(Lanes {
        width: size.left + size.plot + RIGHT,
        height: TOP + size.lane * rows.len() as f64 + AXIS,
        plot: (size.left, size.left + size.plot),
        left_out: articles.len() - drawn,
        sentence: format!(
            "{} of {} over {}, {}",
            wording::count(drawn, "article"),
            wording::count(rows.len(), "outlet"),
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
        count: 1,
        sentence: String::new(),
        band: if uncertain { tenth(scale.x(article.at() + TimeDelta::days(1)) - x) } else { 0.0 },
        first: format!(
            "{}, {}{note}: {}",
            sanitize::terminal(view.outlet_name(index)),
            wording::time(article.at(), precision),
            sanitize::terminal(&sanitize::shorten(&article.title, 120)),
        ),
    }
}

fn connector(
    view: &ReportIndex,
    selection: &Selection,
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
        anchor: selection.edge(index).unwrap_or_default().to_owned(),
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
        let selection = Selection::new(&view);
        for size in [Size::WIDE, Size::SMALL] {
            for narrative in 0..sample.analysis.narratives.len() {
                let lanes = of_narrative(&view, &selection, narrative, size).unwrap();
                let articles: usize = lanes.marks.iter().map(|mark| mark.count).sum();
                assert_eq!(articles, sample.analysis.narratives[narrative].articles.len());
                for mark in &lanes.marks {
                    let end = size.left + size.plot;
                    assert!(
                        mark.x >= size.left && mark.x + mark.band <= end && mark.y < lanes.height
                    );
                }
                assert!(!lanes.ticks.is_empty() && lanes.ticks.len() <= 12);
            }
            assert_eq!(of_narrative(&view, &selection, 0, size).unwrap().connectors.len(), 3);
        }
    }

    #[test]
    fn articles_on_one_spot_are_one_mark_with_their_number() {
        let (mut sample, run, config) =
            (sample::repeated(3), sample::run(), ReportConfig::default());
        let mut all: Vec<usize> = (0..sample.corpus.len()).collect();
        all.sort_by_key(|&i| sample.corpus.articles()[i].at());
        sample.analysis.narratives[0].articles = all.clone();
        let view = sample.view(&run, &config);
        let selection = Selection::new(&view);
        let lanes = of_narrative(&view, &selection, 0, Size::SMALL).unwrap();
        assert!(lanes.marks.len() < all.len());
        let merged = lanes.marks.iter().find(|mark| mark.count > 1).unwrap();
        assert!(merged.sentence.starts_with(&format!("{} articles", merged.count)));
        assert_eq!(lanes.marks.iter().map(|mark| mark.count).sum::<usize>(), all.len());
    }

    #[test]
    fn the_edges_of_the_run_lead_to_their_cards() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let lanes = of_edges(&view, &Selection::new(&view)).unwrap();
        assert!(!lanes.connectors.is_empty());
        assert!(lanes.connectors.iter().all(|connector| connector.anchor.starts_with('e')));
        let empty = sample::empty();
        let view = empty.view(&run, &config);
        assert!(of_edges(&view, &Selection::new(&view)).is_none());
    }
}
