//! The rows of the table of outlet pairs, and the contrasts above it.

use std::collections::BTreeMap;

use super::escape::Html;
use super::selection::Selection;
use super::truncated_list::name;
use crate::model::{Contrast, Grade, OutletPair, Verdict};
use crate::report::report_index::ReportIndex;
use crate::report::{rank, wording};

/// One pair of outlets.
pub(super) struct PairRow {
    /// Where the pair has its card; empty if it has none.
    pub(super) anchor: String,
    pub(super) a: Html,
    pub(super) b: Html,
    pub(super) share_a: ShareCell,
    pub(super) share_b: ShareCell,
    pub(super) ab: Direction,
    pub(super) ba: Direction,
    pub(super) reciprocity: String,
    pub(super) common_source: usize,
    pub(super) shared: usize,
    pub(super) expected: String,
    pub(super) effect: String,
    pub(super) q: String,
    pub(super) q_sort: String,
    pub(super) verdict: &'static str,
    pub(super) is_more: bool,
    pub(super) baseline: bool,
}

/// One outlet's share of a pair.
pub(super) struct ShareCell {
    /// To sort by.
    pub(super) value: f64,
    pub(super) share: String,
    pub(super) interval: String,
}

/// One direction of a pair.
pub(super) struct Direction {
    pub(super) n: usize,
    pub(super) grades: String,
    pub(super) lag: String,
    pub(super) spread: String,
}

fn share_cell(share: Option<f64>, interval: Option<(f64, f64)>) -> ShareCell {
    let interval = match interval {
        Some(ends) => wording::percent_range(ends),
        None if share > Some(0.0) => "n < 5".to_owned(),
        None => String::new(),
    };
    ShareCell { value: share.unwrap_or(-1.0), share: wording::share(share), interval }
}

/// The edges of one direction, by grade, and their lag.
pub(super) fn direction(
    edges: &BTreeMap<Grade, usize>,
    lag: Option<crate::model::LagQuantiles>,
) -> Direction {
    let n = edges.values().sum();
    let grades: Vec<String> = edges
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(grade, n)| format!("{} {n}", grade.as_str()))
        .collect();
    let (lag, spread) = match lag {
        Some(q) => (
            format!("lag {}{}, n {}", wording::duration(q.median), interval(q), q.n),
            format!("{} to {}", wording::duration(q.p10), wording::duration(q.p90)),
        ),
        None if n > 0 => ("lag not shown: n < 5".to_owned(), String::new()),
        None => Default::default(),
    };
    Direction { n, grades: grades.join(" · "), lag, spread }
}

/// ` (22 min–3 h)`: the interval of the median, if there is one.
fn interval(q: crate::model::LagQuantiles) -> String {
    q.median_interval.map_or_else(String::new, |(low, high)| {
        format!(" ({}–{})", wording::duration(low), wording::duration(high))
    })
}

/// Each contrast in a sentence.
pub(super) fn contrasts(view: &ReportIndex) -> Vec<String> {
    let sentence = |c: &Contrast| {
        let (low, high) = c.interval;
        let reading = if low > 1.0 {
            "more narratives with each other than with the controls"
        } else if high < 1.0 {
            "fewer narratives with each other than with the controls"
        } else {
            "no more narratives with each other than with the controls, as far as can be told"
        };
        format!(
            "{} and {}: given activity and event size, their outlets share {reading}: ratio {:.2} (95 % interval {low:.2} to {high:.2}; {:.0} shared for {:.1} expected between them, {:.0} for {:.1} with controls, {} narratives).",
            c.state_a,
            c.state_b,
            c.ratio,
            c.observed,
            c.expected,
            c.observed_control,
            c.expected_control,
            wording::thousands(c.narratives)
        )
    };
    view.analysis.significance.contrasts.iter().map(sentence).collect()
}

/// The row of a pair; what could not be computed is empty.
pub(super) fn pair_row(view: &ReportIndex, selection: &Selection, pair: &OutletPair) -> PairRow {
    let effect = wording::odds(pair).map_or_else(String::new, |odds| format!("odds {odds}"));
    PairRow {
        anchor: selection.pair(&pair.outlet_a, &pair.outlet_b).unwrap_or_default().to_owned(),
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
        q: pair.q.map_or_else(String::new, wording::probability),
        q_sort: pair.q.map_or_else(|| "9".into(), |q| format!("{q:e}")),
        verdict: wording::verdict(pair.verdict),
        is_more: pair.verdict == Verdict::MoreThanChance,
        baseline: rank::is_baseline(view, pair),
    }
}
