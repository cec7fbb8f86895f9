//! The heat map outlet by outlet: what share of the row's articles has a match in the column, and whether
//! directed edges go from row to column. It is a table, so that each cell can be read, reached and printed.

use std::collections::BTreeMap;

use super::escape::Html;
use super::selection::Selection;
use crate::model::Role;
use crate::report::report_index::ReportIndex;
use crate::report::{rank, wording};
use crate::text::sanitize;

/// Outlets on the first screen, and in the whole map; the others are in `outlet_pairs.csv`.
const FIRST_OUTLETS: usize = 9;
const MAX_OUTLETS: usize = 20;
/// Most characters of a name beside a row.
const NAME: usize = 18;
/// Upper ends of the colour classes 1 to 5, as shares; above is class 6, zero is class 0.
const CLASSES: [f64; 5] = [0.02, 0.05, 0.10, 0.20, 0.40];

/// The table.
pub(super) struct Heat {
    /// Names above the columns.
    pub(super) columns: Vec<Label>,
    /// The rows.
    pub(super) rows: Vec<(Label, Vec<Cell>)>,
    /// Outlets that are not in it.
    pub(super) left_out: usize,
    /// Legend: class and words.
    pub(super) legend: Vec<(usize, String)>,
}

/// The name of an outlet.
#[derive(Clone)]
pub(super) struct Label {
    /// Shortened name.
    pub(super) name: Html,
    /// Role, as a style class.
    pub(super) role: &'static str,
}

/// One cell.
pub(super) struct Cell {
    /// Colour class, 0 to 6; 7: the diagonal, and outlets without a common day.
    pub(super) class: usize,
    /// Share in words; empty on the diagonal.
    pub(super) share: String,
    /// Directed edges run from row to column.
    pub(super) directed: bool,
    /// What the cell says in a sentence.
    pub(super) sentence: String,
    /// Where the pair has its card; empty if the two have nothing in common.
    pub(super) anchor: String,
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

/// The colour class of a share.
pub(super) fn class(share: f64) -> usize {
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

/// The outlets of the whole map.
pub(super) fn mapped<'a>(view: &ReportIndex<'a>) -> Vec<&'a str> {
    let mut all = outlets(view);
    all.truncate(MAX_OUTLETS);
    all
}

/// Returns the map for the first screen, and one of more outlets if there are more; none below two outlets.
pub(super) fn heat(view: &ReportIndex, selection: &Selection) -> (Option<Heat>, Option<Heat>) {
    let all = outlets(view);
    let first = (all.len() >= 2).then(|| table(view, selection, &all, FIRST_OUTLETS));
    let whole = (all.len() > FIRST_OUTLETS).then(|| table(view, selection, &all, MAX_OUTLETS));
    (first, whole)
}

fn table(view: &ReportIndex, selection: &Selection, all: &[&str], limit: usize) -> Heat {
    let shown = &all[..all.len().min(limit)];
    let mut flows: BTreeMap<(&str, &str), Flow> = BTreeMap::new();
    for pair in &view.analysis.significance.pairs {
        let (ab, ba) = rank::directed(pair);
        let (a, b) = (pair.outlet_a.as_str(), pair.outlet_b.as_str());
        flows.insert((a, b), Flow { share: pair.share_a, articles: pair.articles_a, edges: ab });
        flows.insert((b, a), Flow { share: pair.share_b, articles: pair.articles_b, edges: ba });
    }
    let columns: Vec<Label> = shown
        .iter()
        .map(|id| Label {
            name: Html::title(&sanitize::shorten(view.name(id), NAME), ""),
            role: view.corpus.registry().role(id).as_str(),
        })
        .collect();
    let cell = |from: &str, to: &str| {
        let flow = (from != to).then(|| flows.get(&(from, to)).copied().unwrap_or_default());
        cell(flow, [from, to].map(|id| view.name(id)), selection.pair(from, to).unwrap_or_default())
    };
    let rows = shown
        .iter()
        .zip(&columns)
        .map(|(from, label)| (label.clone(), shown.iter().map(|to| cell(from, to)).collect()));
    Heat {
        rows: rows.collect(),
        columns: columns.clone(),
        left_out: all.len() - shown.len(),
        legend: legend(),
    }
}

fn cell(flow: Option<Flow>, [from, to]: [&str; 2], anchor: &str) -> Cell {
    let Some(flow) = flow else {
        let (share, sentence, anchor) = Default::default();
        return Cell { class: NOT_COMPARED, share, directed: false, sentence, anchor };
    };
    Cell {
        class: flow.share.map_or(NOT_COMPARED, class),
        share: flow.share.map_or_else(|| "–".into(), figure),
        directed: flow.edges > 0,
        sentence: sanitize::terminal(&format!(
            "{} of {from}'s {} have a match in {to}; {} from {from} to {to}",
            wording::share(flow.share),
            wording::count(flow.articles, "article"),
            wording::count(flow.edges, "directed edge"),
        )),
        anchor: anchor.to_owned(),
    }
}

/// A share in per cent, without the sign, which the caption has.
fn figure(share: f64) -> String {
    match wording::percent(share).trim_end_matches(" %") {
        "0.0" => "<0.1".to_owned(),
        figure => figure.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn classes_are_half_open() {
        for (share, expected) in [(0.0, 0), (0.001, 1), (0.02, 1), (0.021, 2), (0.4, 5), (1.0, 6)] {
            assert_eq!(class(share), expected);
        }
        assert_eq!(legend().len(), 7);
    }

    #[test]
    fn each_cell_with_something_behind_it_leads_there() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let selection = Selection::new(&view);
        let (first, whole) = heat(&view, &selection);
        assert!(whole.is_none(), "all outlets are in the first");
        let rows = first.unwrap().rows;
        assert_eq!(rows.len(), view.corpus.outlet_ids().len());
        let cells: Vec<&Cell> = rows.iter().flat_map(|(_, cells)| cells).collect();
        assert!(cells.iter().filter(|cell| cell.directed).all(|cell| !cell.anchor.is_empty()));
        assert!(cells.iter().any(|cell| cell.directed));
    }
}
