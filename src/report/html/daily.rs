//! Articles a day by outlet, each on a scale of its own, with the days on which it was not heard shaded: a drop must not
//! be taken for silence where it is a gap.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use crate::report::report_index::ReportIndex;
use crate::report::wording;
use crate::text::sanitize;

/// Bars of a row; a longer span is drawn in bars of several days.
const MAX_BARS: i64 = 62;
/// Outlets in the picture.
const MAX_OUTLETS: usize = 40;
/// Sizes in SVG units.
const LEFT: f64 = 150.0;
const PLOT: f64 = 760.0;
/// Widest bar: a short span does not fill the plot with slabs.
const WIDEST: f64 = 64.0;
/// For the articles of the tallest bar.
const RIGHT: f64 = 60.0;
const ROW: f64 = 24.0;
const BAR: f64 = 18.0;
const TOP: f64 = 4.0;
const AXIS: f64 = 22.0;

/// The picture.
pub(super) struct Daily {
    /// Size in SVG units.
    pub(super) width: f64,
    /// Size in SVG units.
    pub(super) height: f64,
    /// Names, base lines, and the articles of the tallest bar.
    pub(super) rows: Vec<(String, f64, usize)>,
    /// Articles of a day.
    pub(super) bars: Vec<Bar>,
    /// Days without hearing.
    pub(super) gaps: Vec<Bar>,
    /// First and last day.
    pub(super) ends: (String, String),
    /// Left and right end of the plot.
    pub(super) plot: (f64, f64),
    /// Days that one bar stands for.
    pub(super) days: i64,
    /// Some outlets are not drawn.
    pub(super) cut: bool,
}

/// A bar or a shaded field.
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

/// The days from `start` on, in bars of `days` each.
struct Scale {
    start: NaiveDate,
    n_days: i64,
    days: i64,
}

impl Scale {
    /// Number of the bar that holds a day.
    fn bar(&self, day: NaiveDate) -> i64 {
        (day - self.start).num_days() / self.days
    }

    /// Width of one day.
    fn day_width(&self) -> f64 {
        (PLOT / self.n_days as f64).min(WIDEST)
    }

    /// Left end of a day.
    fn x(&self, day: NaiveDate) -> f64 {
        tenth(LEFT + self.day_width() * (day - self.start).num_days() as f64)
    }
}

/// Returns the picture; `None` without articles.
pub(super) fn daily(view: &ReportIndex) -> Option<Daily> {
    let articles =
        || view.reported_articles().iter().map(|a| (a.outlet.as_str(), a.at().date_naive()));
    let gaps = || view.corpus.gaps().iter().map(|gap| (gap.outlet.as_str(), gap.day));
    let days = articles().chain(gaps()).map(|(_, day)| day);
    let (first, last) = days.fold(None, |ends: Option<(NaiveDate, NaiveDate)>, day| {
        Some(ends.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
    })?;
    let n_days = (last - first).num_days() + 1;
    let scale = Scale { start: first, n_days, days: (n_days + MAX_BARS - 1) / MAX_BARS };
    let mut counts: BTreeMap<(&str, i64), usize> = BTreeMap::new();
    for (outlet, day) in articles() {
        *counts.entry((outlet, scale.bar(day))).or_default() += 1;
    }
    let outlets: BTreeSet<&str> = articles().chain(gaps()).map(|(outlet, _)| outlet).collect();
    let mut picture = Daily {
        width: LEFT + PLOT + RIGHT,
        height: TOP + ROW * outlets.len().min(MAX_OUTLETS) as f64 + AXIS,
        rows: Vec::new(),
        bars: Vec::new(),
        gaps: Vec::new(),
        ends: (first.to_string(), last.to_string()),
        plot: (LEFT, tenth(LEFT + scale.day_width() * n_days as f64)),
        days: scale.days,
        cut: outlets.len() > MAX_OUTLETS,
    };
    for (row, outlet) in outlets.into_iter().take(MAX_OUTLETS).enumerate() {
        let base = tenth(TOP + ROW * (row + 1) as f64);
        let name = sanitize::terminal(view.name(outlet));
        let of_outlet = || counts.range((outlet, 0)..(outlet, i64::MAX));
        let most = of_outlet().map(|(_, &n)| n).max().unwrap_or(0);
        for (&(_, bar), &n) in of_outlet() {
            picture.bars.push(articles_bar(&scale, bar, (n, most), base, &name));
        }
        let days: BTreeSet<NaiveDate> =
            gaps().filter(|(of, _)| *of == outlet).map(|(_, day)| day).collect();
        for (from, to) in runs(&days) {
            let width = tenth(scale.x(to) - scale.x(from) + scale.day_width()).max(1.0);
            let sentence = format!("{name}, {from} to {to}: not heard");
            let y = tenth(base - BAR);
            picture.gaps.push(Bar { x: scale.x(from), y, width, height: BAR, sentence });
        }
        picture.rows.push((sanitize::shorten(&name, 20).into_owned(), base, most));
    }
    Some(picture)
}

fn articles_bar(scale: &Scale, bar: i64, (n, most): (usize, usize), base: f64, name: &str) -> Bar {
    let from = scale.start + TimeDelta::days(bar * scale.days);
    let to = from + TimeDelta::days(scale.days - 1);
    let height = tenth((BAR * n as f64 / most as f64).max(1.5));
    let span = if from == to { from.to_string() } else { format!("{from} to {to}") };
    // The last bar may stand for fewer days than the others.
    let days = scale.days.min(scale.n_days - bar * scale.days);
    Bar {
        x: scale.x(from),
        y: tenth(base - height),
        width: tenth(scale.day_width() * days as f64 * 0.86).max(0.5),
        height,
        sentence: format!("{name}, {span}: {}", wording::count(n, "article")),
    }
}

/// First and last day of each run of days without a day between.
fn runs(days: &BTreeSet<NaiveDate>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some((_, last)) if *last + TimeDelta::days(1) == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn a_gap_is_drawn_and_no_bar_is_lost() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let picture = daily(&sample.view(&run, &config)).unwrap();
        assert_eq!(picture.gaps.len(), 1, "three days in a row are one field");
        let days: BTreeSet<_> =
            sample.corpus.articles().iter().map(|a| (&a.outlet, a.at().date_naive())).collect();
        assert_eq!(picture.bars.len(), days.len());
        assert!(!picture.cut);
    }
}
