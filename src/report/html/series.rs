//! Pairs of outlets over time: for each period, how many articles of the two have a match in the other.

use std::collections::{BTreeMap, BTreeSet};

use super::escape::Html;
use super::heatmap::class;
use super::periods::Periods;
use super::selection::{Selection, ids};
use super::truncated_list::name;
use crate::report::report_index::ReportIndex;
use crate::report::wording;
use crate::text::sanitize;

/// Pairs in the picture.
const MAX_PAIRS: usize = 14;

/// The picture, a table: one row a pair, one column a period.
pub(super) struct PairSeries {
    /// What a column is.
    pub(super) unit: &'static str,
    /// Names of the columns.
    pub(super) columns: Vec<String>,
    /// The pairs.
    pub(super) rows: Vec<SeriesRow>,
}

/// One pair.
pub(super) struct SeriesRow {
    /// Where its card is.
    pub(super) anchor: String,
    /// Both names.
    pub(super) a: Html,
    /// Both names.
    pub(super) b: Html,
    /// One a period.
    pub(super) cells: Vec<SeriesCell>,
}

/// One pair in one period.
pub(super) struct SeriesCell {
    /// Colour class, as in the heat map.
    pub(super) class: usize,
    /// Articles with a match; empty for none.
    pub(super) figure: String,
    /// Both outlets in words.
    pub(super) sentence: String,
}

/// Articles in each period, by outlet.
type Volumes<'a> = BTreeMap<&'a str, Vec<usize>>;

fn volumes<'a>(view: &ReportIndex<'a>, periods: &Periods) -> Volumes<'a> {
    let mut volumes = Volumes::new();
    for article in view.reported_articles() {
        let of = volumes.entry(&article.outlet).or_insert_with(|| vec![0; periods.len()]);
        of[periods.index(article.at().date_naive())] += 1;
    }
    volumes
}

/// Returns the leading pairs over time; `None` without pairs, or if all is in one period.
pub(super) fn pair_series(
    view: &ReportIndex,
    selection: &Selection,
    periods: &Periods,
) -> Option<PairSeries> {
    let pairs = || selection.pairs.iter().map(|&i| ids(&view.analysis.significance.pairs[i]));
    let with_matches = pairs().filter(|(a, b)| !selection.between(a, b).matches.is_empty());
    let shown: Vec<(&str, &str)> = with_matches.take(MAX_PAIRS).collect();
    if shown.is_empty() || periods.len() < 2 {
        return None;
    }
    let volumes = volumes(view, periods);
    let row = |&(a, b): &(&str, &str)| SeriesRow {
        anchor: selection.pair(a, b).unwrap_or("pairs").to_owned(),
        a: name(view, a),
        b: name(view, b),
        cells: cells(view, selection, periods, &volumes, (a, b)),
    };
    Some(PairSeries {
        unit: periods.name(),
        columns: (0..periods.len()).map(|i| periods.label(i)).collect(),
        rows: shown.iter().map(row).collect(),
    })
}

fn cells(
    view: &ReportIndex,
    selection: &Selection,
    periods: &Periods,
    volumes: &Volumes,
    (a, b): (&str, &str),
) -> Vec<SeriesCell> {
    let mut matched: BTreeSet<usize> = BTreeSet::new();
    for &i in &selection.between(a, b).matches {
        matched.extend([view.matched(i).earlier, view.matched(i).later]);
    }
    let mut counts = vec![[0_usize; 2]; periods.len()];
    for &article in &matched {
        let article = view.article(article);
        let side = usize::from(article.outlet != a);
        counts[periods.index(article.at().date_naive())][side] += 1;
    }
    let of = |outlet: &str, period: usize| volumes.get(outlet).map_or(0, |all| all[period]);
    let names = [a, b].map(|id| sanitize::terminal(&sanitize::shorten(view.name(id), 40)));
    counts
        .iter()
        .enumerate()
        .map(|(period, &[in_a, in_b])| {
            let (all_a, all_b) = (of(a, period), of(b, period));
            cell((in_a, all_a), (in_b, all_b), &names, &periods.label(period))
        })
        .collect()
}

fn cell(
    (in_a, all_a): (usize, usize),
    (in_b, all_b): (usize, usize),
    names: &[String; 2],
    period: &str,
) -> SeriesCell {
    /// The class of what was not compared.
    const ABSENT: usize = 7;
    let is_absent = all_a == 0 || all_b == 0;
    let share = (in_a + in_b) as f64 / (all_a + all_b).max(1) as f64;
    let one = |n: usize, all: usize, name: &str| {
        format!("{} of {} of {name}", wording::thousands(n), wording::count(all, "article"))
    };
    SeriesCell {
        class: if is_absent && in_a + in_b == 0 { ABSENT } else { class(share) },
        figure: match (in_a + in_b, is_absent) {
            (0, true) => "–".to_owned(),
            (0, false) => String::new(),
            (n, _) => wording::thousands(n),
        },
        sentence: format!(
            "{period}: {} and {} have a match in the other",
            one(in_a, all_a, &names[0]),
            one(in_b, all_b, &names[1])
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn each_matched_article_is_counted_once() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let (selection, periods) = (Selection::new(&view), Periods::of(&view));
        let series = pair_series(&view, &selection, &periods).unwrap();
        let anchor = selection.pair("meridian", "north-star").unwrap();
        let row = series.rows.iter().find(|row| row.anchor == anchor).unwrap();
        let sum: usize =
            row.cells.iter().filter_map(|cell| cell.figure.parse::<usize>().ok()).sum();
        // Two articles of each: the canal, and the port by way of the agency.
        assert_eq!(sum, 4);
        assert!(row.cells.iter().all(|cell| cell.sentence.contains("Meridian Radio")));
    }

    #[test]
    fn an_outlet_without_articles_is_not_a_zero() {
        let names = ["A".to_owned(), "B".to_owned()];
        assert_eq!(cell((0, 0), (0, 5), &names, "May").class, 7);
        assert_eq!(cell((0, 4), (0, 5), &names, "May").class, 0);
        assert_eq!(cell((1, 4), (1, 6), &names, "May").figure, "2");
    }
}
