//! What rises: the leading narratives ranked by articles in each period, as lines.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::periods::Periods;
use super::selection::Selection;
use crate::report::report_index::ReportIndex;
use crate::report::wording;
use crate::text::sanitize;

/// Lines in the picture: more cannot be told apart.
const MAX_LINES: usize = 8;
/// Most characters of a label beside a line.
const LABEL: usize = 40;
/// Sizes in SVG units.
const LEFT: f64 = 30.0;
const PLOT: f64 = 700.0;
const RIGHT: f64 = 330.0;
const ROW: f64 = 26.0;
const TOP: f64 = 6.0;
const AXIS: f64 = 22.0;

/// The picture.
pub(super) struct Ranks {
    /// Size in SVG units.
    pub(super) width: f64,
    /// Size in SVG units.
    pub(super) height: f64,
    /// What a column is.
    pub(super) unit: &'static str,
    /// Place and words of the columns that are named.
    pub(super) ticks: Vec<(f64, String)>,
    /// Numbers of the rows: place and words.
    pub(super) rows: Vec<(f64, String)>,
    /// The narratives.
    pub(super) lines: Vec<Line>,
}

/// One narrative.
pub(super) struct Line {
    /// Style class, 0 to 7.
    pub(super) class: usize,
    /// SVG path data.
    pub(super) path: String,
    /// Place and number of articles, for each period with any.
    pub(super) points: Vec<(f64, f64, usize, String)>,
    /// Beside its last point.
    pub(super) label: String,
    /// Place of the label.
    pub(super) at: (f64, f64),
    /// Where the narrative has its card.
    pub(super) anchor: String,
}

/// Returns the picture; `None` if there are fewer than two narratives or periods.
pub(super) fn ranks(view: &ReportIndex, selection: &Selection, periods: &Periods) -> Option<Ranks> {
    let mut shown: Vec<usize> = selection.narratives.clone();
    shown.sort_by_key(|&i| std::cmp::Reverse(view.analysis.narratives[i].articles.len()));
    shown.truncate(MAX_LINES);
    if shown.len() < 2 || periods.len() < 2 {
        return None;
    }
    let counts: Vec<Vec<usize>> = shown.iter().map(|&i| counts(view, i, periods)).collect();
    let places = places(&counts);
    let step = PLOT / (periods.len() - 1) as f64;
    let x = |period: usize| ((LEFT + step * period as f64) * 10.0).round() / 10.0;
    let y = |rank: usize| TOP + ROW * rank as f64 + ROW / 2.0;
    let mut free: Vec<bool> = vec![true; shown.len()];
    let lines = shown.iter().enumerate().map(|(line, &narrative)| {
        let label = sanitize::terminal(&view.analysis.narratives[narrative].label);
        let point = |(&period, &rank): (&usize, &usize)| {
            let n = counts[line][period];
            let says =
                format!("{}: {}, {label}", periods.label(period), wording::count(n, "article"));
            (x(period), y(rank), n, says)
        };
        let points: Vec<_> = places[line].iter().map(point).collect();
        let (last_x, last) = places[line].last_key_value().map_or((0, 0), |(&p, &r)| (p, r));
        // Labels stand in a column of their own at the right, in the order of the last ranks.
        let row = (last..shown.len()).chain(0..last).find(|&row| free[row]).unwrap_or(last);
        free[row] = false;
        Line {
            class: line,
            path: path(&points, (LEFT + PLOT + 14.0, y(row)), last_x + 1 == periods.len()),
            label: sanitize::shorten(&label, LABEL).into_owned(),
            at: (LEFT + PLOT + 20.0, y(row) + 4.0),
            anchor: selection.narrative(narrative).unwrap_or_default().to_owned(),
            points,
        }
    });
    let lines: Vec<Line> = lines.collect();
    let every = periods.len().div_ceil(9);
    Some(Ranks {
        width: LEFT + PLOT + RIGHT,
        height: TOP + ROW * shown.len() as f64 + AXIS,
        unit: periods.name(),
        ticks: (0..periods.len()).step_by(every).map(|i| (x(i), periods.label(i))).collect(),
        rows: (0..shown.len()).map(|rank| (y(rank) + 4.0, (rank + 1).to_string())).collect(),
        lines,
    })
}

fn counts(view: &ReportIndex, narrative: usize, periods: &Periods) -> Vec<usize> {
    let mut counts = vec![0; periods.len()];
    for (&day, &n) in &view.analysis.narratives[narrative].timeline {
        counts[periods.index(day)] += n;
    }
    counts
}

/// For each narrative, its rank in each period in which it has articles: the most articles first, then the one
/// that leads overall.
fn places(counts: &[Vec<usize>]) -> Vec<BTreeMap<usize, usize>> {
    let mut places = vec![BTreeMap::new(); counts.len()];
    let periods = counts.first().map_or(0, Vec::len);
    for period in 0..periods {
        let mut order: Vec<usize> = (0..counts.len()).filter(|&i| counts[i][period] > 0).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(counts[i][period]));
        for (rank, line) in order.into_iter().enumerate() {
            places[line].insert(period, rank);
        }
    }
    places
}

fn path(points: &[(f64, f64, usize, String)], label: (f64, f64), reaches_end: bool) -> String {
    let mut path = String::new();
    for (i, (x, y, ..)) in points.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x} {y}", if i == 0 { "M" } else { "L" });
    }
    if reaches_end {
        let _ = write!(path, "L{} {}", label.0, label.1);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn the_most_articles_lead_and_silence_has_no_rank() {
        let found = places(&[vec![1, 0, 2], vec![3, 1, 2]]);
        assert_eq!(found[0], BTreeMap::from([(0, 1), (2, 0)]));
        assert_eq!(found[1], BTreeMap::from([(0, 0), (1, 0), (2, 1)]));
    }

    #[test]
    fn every_line_leads_to_its_narrative() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let selection = Selection::new(&view);
        let ranks = ranks(&view, &selection, &Periods::of(&view)).unwrap();
        assert_eq!(ranks.lines.len(), view.analysis.narratives.len());
        assert!(ranks.lines.iter().all(|line| line.anchor.starts_with('n')));
        let mut rows: Vec<f64> = ranks.lines.iter().map(|line| line.at.1).collect();
        rows.sort_by(f64::total_cmp);
        rows.dedup();
        assert_eq!(rows.len(), ranks.lines.len(), "no label lies on another");
    }
}
