//! Directed edges between outlets as a network: outlets on a circle, an arrow from the earlier one to the later one, as
//! wide as there are edges. The circle is the same in every run: nothing is drawn nearer because it is "close".

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use super::selection::{Ids, Selection, outlets_of};
use crate::report::report_index::ReportIndex;
use crate::report::wording;
use crate::text::sanitize;

/// Outlets on the circle.
const MAX_NODES: usize = 16;
/// Sizes in SVG units.
const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 420.0;
const RADIUS: (f64, f64) = (190.0, 165.0);
/// Radius of a node, and of the space before an arrow's head.
const NODE: f64 = 7.0;
/// Widest arrow.
const WIDEST: f64 = 7.0;

/// The picture.
pub(super) struct Network {
    /// Size in SVG units.
    pub(super) width: f64,
    /// Size in SVG units.
    pub(super) height: f64,
    /// The outlets.
    pub(super) nodes: Vec<Node>,
    /// The arrows.
    pub(super) arrows: Vec<Arrow>,
    /// Outlets that are not drawn.
    pub(super) left_out: usize,
}

/// One outlet.
pub(super) struct Node {
    /// Place.
    pub(super) x: f64,
    pub(super) y: f64,
    /// Place of the name, and how it is aligned.
    pub(super) text: (f64, f64, &'static str),
    /// Role, as a style class.
    pub(super) role: &'static str,
    /// Its name.
    pub(super) name: String,
}

/// The edges from one outlet to another.
pub(super) struct Arrow {
    /// SVG path data of the line.
    pub(super) line: String,
    /// SVG path data of the head.
    pub(super) head: String,
    /// Width of the line.
    pub(super) width: f64,
    /// Where the pair has its card, or the edges have theirs.
    pub(super) anchor: String,
    /// What it says.
    pub(super) sentence: String,
}

fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// Returns the picture; `None` without a directed edge between two outlets.
pub(super) fn network(view: &ReportIndex, selection: &Selection) -> Option<Network> {
    let mut counts: BTreeMap<Ids, usize> = BTreeMap::new();
    for edge in view.analysis.diffusion.edges.iter().filter(|edge| edge.grade.is_directed()) {
        if let Some(outlets) = outlets_of(view, edge) {
            *counts.entry(outlets).or_default() += 1;
        }
    }
    let mut degree: BTreeMap<&str, usize> = BTreeMap::new();
    for (&(from, to), &n) in &counts {
        *degree.entry(from).or_default() += n;
        *degree.entry(to).or_default() += n;
    }
    let mut outlets: Vec<&str> = degree.keys().copied().collect();
    outlets.sort_by_key(|outlet| std::cmp::Reverse(degree[outlet]));
    let all = outlets.len();
    outlets.truncate(MAX_NODES);
    if outlets.is_empty() {
        return None;
    }
    // Outlets of one state stand together.
    outlets.sort_by_key(|outlet| (view.state(outlet), *outlet));
    let n_nodes = outlets.len() as f64;
    let place: BTreeMap<&str, (f64, f64)> = outlets
        .iter()
        .enumerate()
        .map(|(i, &outlet)| {
            let (sin, cos) = (TAU * i as f64 / n_nodes - TAU / 4.0).sin_cos();
            (outlet, (WIDTH / 2.0 + RADIUS.0 * cos, HEIGHT / 2.0 + RADIUS.1 * sin))
        })
        .collect();
    let most = counts.values().copied().max().unwrap_or(1);
    let arrows = counts.iter().filter_map(|(&(from, to), &n)| {
        let (start, end) = (*place.get(from)?, *place.get(to)?);
        Some(arrow(view, selection, (from, to), n as f64 / most as f64, n, start, end))
    });
    Some(Network {
        width: WIDTH,
        height: HEIGHT,
        arrows: arrows.collect(),
        nodes: outlets.iter().map(|outlet| node(view, outlet, place[outlet])).collect(),
        left_out: all - outlets.len(),
    })
}

fn node(view: &ReportIndex, outlet: &str, (x, y): (f64, f64)) -> Node {
    let side = x - WIDTH / 2.0;
    let (dx, anchor) = match side {
        _ if side.abs() < RADIUS.0 / 4.0 => (0.0, "middle"),
        _ if side > 0.0 => (NODE + 6.0, "start"),
        _ => (-NODE - 6.0, "end"),
    };
    let is_above = y < HEIGHT / 2.0;
    let dy = match anchor {
        "middle" if is_above => -NODE - 6.0,
        "middle" => NODE + 16.0,
        _ => 4.0,
    };
    Node {
        x: tenth(x),
        y: tenth(y),
        text: (tenth(x + dx), tenth(y + dy), anchor),
        role: view.corpus.registry().role(outlet).as_str(),
        name: sanitize::terminal(&sanitize::shorten(view.corpus.registry().name(outlet), 18)),
    }
}

fn arrow(
    view: &ReportIndex,
    selection: &Selection,
    (from, to): Ids,
    share: f64,
    n: usize,
    (x1, y1): (f64, f64),
    (x2, y2): (f64, f64),
) -> Arrow {
    // Bent to one side, so that the two directions of a pair lie apart.
    let (dx, dy) = (x2 - x1, y2 - y1);
    let (bend_x, bend_y) = (f64::midpoint(x1, x2) - dy * 0.16, f64::midpoint(y1, y2) + dx * 0.16);
    let (tx, ty) = (x2 - bend_x, y2 - bend_y);
    let length = tx.hypot(ty).max(1.0);
    let (ux, uy) = (tx / length, ty / length);
    let width = tenth(1.2 + (WIDEST - 1.2) * share);
    let tip = (x2 - ux * (NODE + 2.0), y2 - uy * (NODE + 2.0));
    let long = 8.0 + width;
    let base = (tip.0 - ux * long, tip.1 - uy * long);
    let half = 4.0 + width / 2.0;
    let (left, right) =
        ((base.0 - uy * half, base.1 + ux * half), (base.0 + uy * half, base.1 - ux * half));
    let point = |(x, y): (f64, f64)| format!("{} {}", tenth(x), tenth(y));
    Arrow {
        line: format!("M{}Q{} {}", point((x1, y1)), point((bend_x, bend_y)), point(base)),
        head: format!("M{}L{}L{}Z", point(tip), point(left), point(right)),
        width,
        anchor: selection.pair(from, to).unwrap_or("edges").to_owned(),
        sentence: sanitize::terminal(&format!(
            "{} → {}: {}",
            view.name(from),
            view.name(to),
            wording::count(n, "directed edge")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn every_directed_pair_has_one_arrow() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let network = network(&view, &Selection::new(&view)).unwrap();
        let directed = view.analysis.diffusion.edges.iter().filter(|e| e.grade.is_directed());
        let pairs: std::collections::BTreeSet<_> =
            directed.filter_map(|edge| outlets_of(&view, edge)).collect();
        assert_eq!(network.arrows.len(), pairs.len());
        assert!(network.arrows.iter().all(|arrow| !arrow.anchor.is_empty()));
        for node in &network.nodes {
            assert!((0.0..=WIDTH).contains(&node.x) && (0.0..=HEIGHT).contains(&node.y));
        }
    }
}
