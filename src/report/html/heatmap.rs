//! The heat map outlet by outlet: what share of the row's articles has a match in the column, and
//! how many directed edges go from row to column.

use std::collections::BTreeMap;

use crate::model::Role;
use crate::report::report_index::ReportIndex;
use crate::report::{rank, wording};
use crate::text::sanitize;

/// Outlets in the picture; more do not fit a page. The others are in `outlet_pairs.csv`.
const MAX_OUTLETS: usize = 20;
/// Size of a cell, and room for the names, in SVG units.
const CELL: (usize, usize) = (58, 38);
const LEFT: usize = 150;
const TOP: usize = 96;
/// Upper ends of the colour classes 1 to 5, as shares; above is class 6, zero is class 0.
const CLASSES: [f64; 5] = [0.02, 0.05, 0.10, 0.20, 0.40];

/// The picture and its table.
pub(super) struct Heat {
    /// Size in SVG units.
    pub(super) width: usize,
    /// Size in SVG units.
    pub(super) height: usize,
    /// Row and column labels.
    pub(super) labels: Vec<Label>,
    /// The cells.
    pub(super) cells: Vec<Cell>,
    /// Rows of the table: a name and one figure a column.
    pub(super) rows: Vec<(String, Vec<String>)>,
    /// Names of the columns.
    pub(super) names: Vec<String>,
    /// Outlets that are not in the picture.
    pub(super) left_out: usize,
    /// Legend: class and words.
    pub(super) legend: Vec<(usize, String)>,
}

/// A name beside a row and above a column.
pub(super) struct Label {
    /// Shortened name.
    pub(super) name: String,
    /// Role, as a style class.
    pub(super) role: &'static str,
    /// Right end of the row label.
    pub(super) row_x: usize,
    /// Base line of the row label.
    pub(super) row_y: usize,
    /// Start of the turned column label.
    pub(super) column_x: usize,
    /// Start of the turned column label.
    pub(super) column_y: usize,
}

/// One cell.
pub(super) struct Cell {
    /// Left end.
    pub(super) x: usize,
    /// Upper end.
    pub(super) y: usize,
    /// Colour class, 0 to 6; 7 is grey: the diagonal, and outlets without a common day.
    pub(super) class: usize,
    /// Share in words; empty on the diagonal.
    pub(super) share: String,
    /// Directed edges in words; empty for none.
    pub(super) edges: String,
    /// What the cell says in a sentence.
    pub(super) sentence: String,
    /// Centre.
    pub(super) middle: usize,
    /// Base lines of the two texts.
    pub(super) lines: (usize, usize),
}

/// What goes from one outlet to another.
#[derive(Clone, Copy, Default)]
struct Flow {
    /// `None` if the two have no day in common.
    share: Option<f64>,
    articles: usize,
    edges: usize,
}

/// The colour class of the diagonal and of outlets without a common day.
const NOT_COMPARED: usize = 7;

fn class(share: f64) -> usize {
    if share <= 0.0 {
        return 0;
    }
    CLASSES.iter().position(|&end| share <= end).map_or(6, |i| i + 1)
}

fn legend() -> Vec<(usize, String)> {
    let mut legend = vec![(0, "none".to_owned())];
    let mut below = 0.0;
    for (i, &end) in CLASSES.iter().enumerate() {
        legend.push((i + 1, format!("{:.0}–{:.0} %", below * 100.0, end * 100.0)));
        below = end;
    }
    legend.push((6, format!("over {:.0} %", below * 100.0)));
    legend
}

/// Outlets with articles, subjects first, then wires, then controls; the most articles first.
fn outlets<'a>(view: &ReportIndex<'a>) -> Vec<&'a str> {
    let ids = view.corpus.outlet_ids().iter();
    let mut order: Vec<(&str, usize)> = ids.map(|id| (id.as_str(), 0)).collect();
    for &number in view.corpus.outlets() {
        order[number as usize].1 += 1;
    }
    order.sort_by_key(|&(id, n)| {
        let role = match view.corpus.registry().role(id) {
            Role::Subject => 0,
            Role::Wire => 1,
            Role::Control => 2,
        };
        (role, std::cmp::Reverse(n), id)
    });
    order.into_iter().map(|(id, _)| id).collect()
}

/// Returns the heat map; `None` if there are fewer than two outlets.
pub(super) fn heat(view: &ReportIndex) -> Option<Heat> {
    let all = outlets(view);
    let shown = &all[..all.len().min(MAX_OUTLETS)];
    if shown.len() < 2 {
        return None;
    }
    let mut flows: BTreeMap<(&str, &str), Flow> = BTreeMap::new();
    for pair in &view.analysis.significance.pairs {
        let (ab, ba) = rank::directed(pair);
        let (a, b) = (pair.outlet_a.as_str(), pair.outlet_b.as_str());
        flows.insert((a, b), Flow { share: pair.share_a, articles: pair.articles_a, edges: ab });
        flows.insert((b, a), Flow { share: pair.share_b, articles: pair.articles_b, edges: ba });
    }
    let names: Vec<String> =
        shown.iter().map(|id| sanitize::terminal(&sanitize::shorten(view.name(id), 40))).collect();
    let (mut labels, mut cells, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (i, &from) in shown.iter().enumerate() {
        labels.push(Label {
            name: sanitize::shorten(&names[i], 20).into_owned(),
            role: view.corpus.registry().role(from).as_str(),
            row_x: LEFT - 8,
            row_y: TOP + i * CELL.1 + CELL.1 / 2 + 4,
            column_x: LEFT + i * CELL.0 + CELL.0 / 2,
            column_y: TOP - 8,
        });
        let mut figures = Vec::new();
        for (j, &to) in shown.iter().enumerate() {
            let flow = (i != j).then(|| flows.get(&(from, to)).copied().unwrap_or_default());
            cells.push(cell((i, j), flow, &names[i], &names[j]));
            figures.push(flow.map_or_else(
                || "–".to_owned(),
                |flow| format!("{} · {} edges", wording::share(flow.share), flow.edges),
            ));
        }
        rows.push((names[i].clone(), figures));
    }
    Some(Heat {
        width: LEFT + shown.len() * CELL.0 + 70,
        height: TOP + shown.len() * CELL.1 + 4,
        labels,
        cells,
        rows,
        names,
        left_out: all.len() - shown.len(),
        legend: legend(),
    })
}

fn cell(place: (usize, usize), flow: Option<Flow>, from: &str, to: &str) -> Cell {
    let (x, y) = (LEFT + place.1 * CELL.0, TOP + place.0 * CELL.1);
    let lines = (y + CELL.1 / 2 - 1, y + CELL.1 / 2 + 12);
    let middle = x + CELL.0 / 2;
    let Some(flow) = flow else {
        let (share, edges, sentence) = Default::default();
        return Cell { x, y, class: NOT_COMPARED, share, edges, sentence, middle, lines };
    };
    Cell {
        x,
        y,
        class: flow.share.map_or(NOT_COMPARED, class),
        share: wording::share(flow.share),
        edges: if flow.edges == 0 { String::new() } else { format!("→ {}", flow.edges) },
        sentence: format!(
            "{} of {from}'s {} have a match in {to}; {} from {from} to {to}",
            wording::share(flow.share),
            wording::count(flow.articles, "article"),
            wording::count(flow.edges, "directed edge"),
        ),
        middle,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_half_open() {
        for (share, expected) in [(0.0, 0), (0.001, 1), (0.02, 1), (0.021, 2), (0.4, 5), (1.0, 6)] {
            assert_eq!(class(share), expected);
        }
        assert_eq!(legend().len(), 7);
    }
}
