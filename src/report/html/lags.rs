//! How long after: the lag of each directed edge as a mark on a logarithmic axis, with its clock error, one strip
//! for each pair of outlets.

use std::collections::BTreeMap;

use super::selection::{Ids, Selection, outlets_of};
use crate::report::report_index::ReportIndex;
use crate::report::{rank, wording};
use crate::text::sanitize;

/// Strips in the picture.
const MAX_STRIPS: usize = 14;
/// Marks in a strip.
const MAX_MARKS: usize = 60;
/// Ends of the axis in minutes: ten seconds and thirty days. What is beyond stands at the end.
const ENDS: (f64, f64) = (1.0 / 6.0, 43_200.0);
/// Ticks in minutes.
const TICKS: [f64; 7] = [1.0, 10.0, 60.0, 360.0, 1_440.0, 10_080.0, 43_200.0];
/// Sizes in SVG units.
const LEFT: f64 = 230.0;
const PLOT: f64 = 620.0;
const RIGHT: f64 = 210.0;
const ROW: f64 = 24.0;
const TOP: f64 = 4.0;
const AXIS: f64 = 22.0;

/// The picture.
pub(super) struct Strips {
    /// Size in SVG units.
    pub(super) width: f64,
    /// Size in SVG units.
    pub(super) height: f64,
    /// Left and right end of the plot.
    pub(super) plot: (f64, f64),
    /// The strips.
    pub(super) rows: Vec<Strip>,
    /// Place and words.
    pub(super) ticks: Vec<(f64, String)>,
    /// Strips that are not drawn.
    pub(super) left_out: usize,
}

/// One direction of a pair.
pub(super) struct Strip {
    /// `RT → CGTN`.
    pub(super) name: String,
    /// Where the pair has its card; empty if it has none.
    pub(super) anchor: String,
    /// Middle of the strip.
    pub(super) y: f64,
    /// Number of edges, and the median of enough of them.
    pub(super) figures: String,
    /// The edges.
    pub(super) marks: Vec<LagMark>,
}

/// One edge.
pub(super) struct LagMark {
    /// Place of the lag, and of both ends of its error.
    pub(super) x: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Style class of the grade.
    pub(super) grade: &'static str,
    /// Where the edge has its card; empty if it has none.
    pub(super) anchor: String,
    /// What it says.
    pub(super) sentence: String,
}

fn x(minutes: f64) -> f64 {
    let (low, high) = (ENDS.0.ln(), ENDS.1.ln());
    let at = (minutes.clamp(ENDS.0, ENDS.1).ln() - low) / (high - low);
    ((LEFT + PLOT * at) * 10.0).round() / 10.0
}

/// Returns the picture; `None` if no directed edge has a known lag.
pub(super) fn strips(view: &ReportIndex, selection: &Selection) -> Option<Strips> {
    let mut strips: Vec<(Ids, Vec<usize>)> = Vec::new();
    let mut place: BTreeMap<Ids, usize> = BTreeMap::new();
    for edge in rank::edges(view) {
        let found = view.edge(edge);
        if found.lag_minutes.is_none() || found.clock_error_minutes.is_none() {
            continue;
        }
        let Some(outlets) = outlets_of(view, found) else { continue };
        let at = *place.entry(outlets).or_insert_with(|| {
            strips.push((outlets, Vec::new()));
            strips.len() - 1
        });
        strips[at].1.push(edge);
    }
    if strips.is_empty() {
        return None;
    }
    let shown = strips.iter().take(MAX_STRIPS).enumerate();
    let rows: Vec<Strip> = shown
        .map(|(row, (outlets, edges))| {
            let y = TOP + ROW * row as f64 + ROW / 2.0;
            strip(view, selection, *outlets, edges, y)
        })
        .collect();
    Some(Strips {
        width: LEFT + PLOT + RIGHT,
        height: TOP + ROW * rows.len() as f64 + AXIS,
        plot: (LEFT, LEFT + PLOT),
        left_out: strips.len() - rows.len(),
        ticks: TICKS.iter().map(|&tick| (x(tick), wording::duration(tick))).collect(),
        rows,
    })
}

fn strip(
    view: &ReportIndex,
    selection: &Selection,
    (from, to): Ids,
    edges: &[usize],
    y: f64,
) -> Strip {
    let short = |id| sanitize::terminal(&sanitize::shorten(view.name(id), 15));
    Strip {
        name: format!("{} → {}", short(from), short(to)),
        anchor: selection.pair(from, to).unwrap_or_default().to_owned(),
        y,
        figures: figures(view, edges),
        marks: edges
            .iter()
            .take(MAX_MARKS)
            .filter_map(|&edge| mark(view, selection, edge))
            .collect(),
    }
}

/// `n 7, median 2 h`: the median of five or more.
fn figures(view: &ReportIndex, edges: &[usize]) -> String {
    /// Below this a median says nothing.
    const LEAST: usize = 5;
    let mut lags: Vec<f64> = edges.iter().filter_map(|&edge| view.edge(edge).lag_minutes).collect();
    if lags.len() < LEAST {
        return format!("n {}", lags.len());
    }
    lags.sort_by(f64::total_cmp);
    let middle = f64::midpoint(lags[(lags.len() - 1) / 2], lags[lags.len() / 2]);
    format!("n {}, median {}", lags.len(), wording::duration(middle))
}

fn mark(view: &ReportIndex, selection: &Selection, index: usize) -> Option<LagMark> {
    let edge = view.edge(index);
    let (lag, error) = (edge.lag_minutes?, edge.clock_error_minutes?);
    Some(LagMark {
        x: x(lag),
        low: x(lag - error),
        high: x(lag + error),
        grade: edge.grade.as_str(),
        anchor: selection.edge(index).unwrap_or_default().to_owned(),
        sentence: format!(
            "{}: {} ± {}, {}",
            edge.grade.as_str(),
            wording::duration(lag),
            wording::duration(error),
            sanitize::terminal(&sanitize::shorten(&view.article(edge.to).title, 100)),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn each_edge_with_a_lag_is_a_mark_within_its_error() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let strips = strips(&view, &Selection::new(&view)).unwrap();
        let marks: Vec<&LagMark> = strips.rows.iter().flat_map(|row| &row.marks).collect();
        let with_lag = view
            .analysis
            .diffusion
            .edges
            .iter()
            .filter(|edge| edge.grade.is_directed() && edge.lag_minutes.is_some());
        assert_eq!(marks.len(), with_lag.count());
        assert!(marks.iter().all(|m| m.low <= m.x && m.x <= m.high && m.low >= LEFT));
        assert!(strips.rows.iter().all(|row| row.figures == "n 1"));
        assert!(strips.rows.iter().any(|row| !row.anchor.is_empty()));
    }

    #[test]
    fn the_axis_is_logarithmic_and_closed() {
        assert!((x(0.0) - LEFT).abs() < 0.1 && (x(1e9) - LEFT - PLOT).abs() < 0.1);
        assert!((x(100.0) - x(10.0) - (x(10.0) - x(1.0))).abs() < 0.2);
    }
}
