//! Regions over time: a table as picture, and the days on which one was in the news much more than usual.

use super::heatmap::class;
use super::periods::Periods;
use crate::report::report_index::ReportIndex;
use crate::report::wording;
use crate::text::places::Region;

/// The section; nothing if no article names a place.
pub(super) struct RegionsSection {
    /// What a column is.
    pub(super) unit: &'static str,
    /// Names of the columns.
    pub(super) columns: Vec<String>,
    /// Names of the regions, and their cells.
    pub(super) rows: Vec<(&'static str, Vec<RegionCell>)>,
    /// Surges in words.
    pub(super) surges: Vec<String>,
    /// What of surges cannot be known; empty if they could be looked for.
    pub(super) no_surges: String,
}

/// One region in one period.
pub(super) struct RegionCell {
    /// Colour class, as in the heat map.
    pub(super) class: usize,
    /// Articles; empty for none.
    pub(super) figure: String,
    /// All of it in words.
    pub(super) sentence: String,
}

/// The name of a region for people.
fn title(region: Region) -> &'static str {
    match region {
        Region::Africa => "Africa",
        Region::AsiaPacific => "Asia and the Pacific",
        Region::Europe => "Europe",
        Region::LatinAmerica => "Latin America",
        Region::MiddleEast => "Middle East",
        Region::NorthAmerica => "North America",
        Region::PostSoviet => "post-Soviet states",
    }
}

/// The section for an analysis.
pub(super) fn regions(view: &ReportIndex, periods: &Periods) -> Option<RegionsSection> {
    let all = &view.analysis.regions;
    if all.months.is_empty() {
        return None;
    }
    let mut totals = vec![0usize; periods.len()];
    let mut counts = vec![[0usize; Region::ALL.len()]; periods.len()];
    for place in view.corpus.reported() {
        let column = periods.index(view.article(place).at().date_naive());
        totals[column] += 1;
        for (i, region) in Region::ALL.iter().enumerate() {
            let is_about = all.of_articles.get(place).is_some_and(|of| of.contains(region));
            counts[column][i] += usize::from(is_about);
        }
    }
    let row = |(i, region): (usize, &Region)| {
        let cell = |column: usize| {
            let (n, total) = (counts[column][i], totals[column]);
            let share = n as f64 / total.max(1) as f64;
            let figure = if n == 0 { String::new() } else { wording::thousands(n) };
            let sentence = format!(
                "{}: {} of {} ({})",
                title(*region),
                wording::thousands(n),
                wording::count(total, "article"),
                wording::percent(share)
            );
            RegionCell { class: class(share), figure, sentence }
        };
        (title(*region), (0..periods.len()).map(cell).collect())
    };
    let surges = all.surges.iter().map(|surge| {
        format!(
            "{}, {} to {}: {} of {}, {:.0} expected at its usual share; most named: {}",
            title(surge.region),
            surge.from,
            surge.until,
            wording::count(surge.articles, "article"),
            wording::count(surge.outlets, "outlet"),
            surge.expected,
            surge.places.join(", ")
        )
    });
    let no_surges = if surges.len() > 0 {
        String::new()
    } else {
        format!(
            "No region stood out on any day. {} of at least 20 articles tell what is usual; 14 are needed.",
            wording::count(all.usual_days, "day")
        )
    };
    Some(RegionsSection {
        unit: periods.name(),
        columns: (0..periods.len()).map(|i| periods.label(i)).collect(),
        rows: Region::ALL.iter().enumerate().map(row).collect(),
        surges: surges.collect(),
        no_surges,
    })
}
