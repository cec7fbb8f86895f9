//! Articles a day by outlet, with the days on which it was not heard hatched: a drop must not be
//! taken for silence where it is a gap.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use crate::report::view::View;
use crate::report::{clean, words};

/// Days and outlets in the picture; of a longer span the last days are shown.
const MAX_DAYS: i64 = 62;
const MAX_OUTLETS: usize = 40;
/// Sizes in SVG units.
const LEFT: f64 = 150.0;
const PLOT: f64 = 760.0;
/// Widest step of a day: a short span does not fill the plot with slabs.
const WIDEST: f64 = 64.0;
const ROW: f64 = 24.0;
const BAR: f64 = 17.0;
const TOP: f64 = 4.0;
const AXIS: f64 = 22.0;

/// The picture.
pub(super) struct Daily {
    /// Size in SVG units.
    pub(super) width: f64,
    /// Size in SVG units.
    pub(super) height: f64,
    /// Names and base lines.
    pub(super) rows: Vec<(String, f64)>,
    /// Articles of a day.
    pub(super) bars: Vec<Bar>,
    /// Days without hearing.
    pub(super) gaps: Vec<Bar>,
    /// First and last day.
    pub(super) ends: (String, String),
    /// Left and right end of the plot.
    pub(super) plot: (f64, f64),
    /// The longest bar stands for this many articles.
    pub(super) most: usize,
    /// Outlets or days that are not drawn.
    pub(super) cut: bool,
}

/// A bar or a hatched field.
pub(super) struct Bar {
    /// Left end.
    pub(super) x: f64,
    /// Upper end.
    pub(super) y: f64,
    /// Width.
    pub(super) width: f64,
    /// Height.
    pub(super) height: f64,
    /// What it says.
    pub(super) sentence: String,
}

fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// Returns the picture; `None` without articles.
pub(super) fn daily(view: &View) -> Option<Daily> {
    let mut counts: BTreeMap<(&str, NaiveDate), usize> = BTreeMap::new();
    for article in &view.analysis.articles {
        *counts.entry((article.outlet.as_str(), article.at().date_naive())).or_default() += 1;
    }
    let heard = counts.keys().map(|(_, day)| *day);
    let days = heard.chain(view.analysis.gaps.iter().map(|gap| gap.day));
    let (first, last) = days.fold(None, |ends: Option<(NaiveDate, NaiveDate)>, day| {
        Some(ends.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
    })?;
    let start = first.max(last - TimeDelta::days(MAX_DAYS - 1));
    let n_days = (last - start).num_days() + 1;
    let gaps: BTreeMap<(&str, NaiveDate), &str> = view
        .analysis
        .gaps
        .iter()
        .map(|gap| ((gap.outlet.as_str(), gap.day), gap.reason.as_str()))
        .collect();
    let outlets: BTreeSet<&str> =
        counts.keys().map(|(o, _)| *o).chain(gaps.keys().map(|(o, _)| *o)).collect();
    let most = counts.values().copied().max().unwrap_or(1);
    let step = (PLOT / n_days as f64).min(WIDEST);
    let mut picture = Daily {
        width: LEFT + PLOT + 30.0,
        height: TOP + ROW * outlets.len().min(MAX_OUTLETS) as f64 + AXIS,
        rows: Vec::new(),
        bars: Vec::new(),
        gaps: Vec::new(),
        ends: (start.to_string(), last.to_string()),
        plot: (LEFT, tenth(LEFT + step * n_days as f64)),
        most,
        cut: start > first || outlets.len() > MAX_OUTLETS,
    };
    for (row, outlet) in outlets.into_iter().take(MAX_OUTLETS).enumerate() {
        let base = tenth(TOP + ROW * (row + 1) as f64);
        let name = clean::terminal(view.name(outlet));
        for (i, day) in start.iter_days().take(usize::try_from(n_days).unwrap_or(0)).enumerate() {
            let x = tenth(LEFT + step * i as f64);
            let width = tenth(step * 0.86).max(0.5);
            if let Some(&n) = counts.get(&(outlet, day)) {
                let height = tenth((BAR * n as f64 / most as f64).max(1.5));
                let sentence = format!("{name}, {day}: {}", words::count(n, "article"));
                picture.bars.push(Bar { x, y: tenth(base - height), width, height, sentence });
            }
            if let Some(reason) = gaps.get(&(outlet, day)) {
                let sentence = format!("{name}, {day}: not heard ({})", clean::terminal(reason));
                let y = tenth(base - BAR);
                picture.gaps.push(Bar { x, y, width, height: BAR, sentence });
            }
        }
        picture.rows.push((clean::shorten(&name, 20).into_owned(), base));
    }
    Some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn a_gap_is_drawn_and_no_bar_is_lost() {
        let (analysis, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let picture = daily(&View::new(&analysis, &run, &config)).unwrap();
        assert_eq!(picture.gaps.len(), 3);
        let days: BTreeSet<_> =
            analysis.articles.iter().map(|a| (&a.outlet, a.at().date_naive())).collect();
        assert_eq!(picture.bars.len(), days.len());
        assert!(!picture.cut);
    }
}
