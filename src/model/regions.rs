//! Which parts of the world the news is about, by outlet and month; when one of them is in the news much more than usual.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::places::Region;

/// Articles of an outlet in a month that are about a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionMonth {
    /// The region.
    pub region: Region,
    /// Outlet id.
    pub outlet: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Its articles about the region.
    pub articles: usize,
    /// Those of them in editions made for the region.
    pub edition_articles: usize,
    /// All its articles in that month in a language of the list of places.
    pub all: usize,
    /// ISO codes of the places most often named, at most three.
    pub places: Vec<String>,
}

/// Matches of two outlets in a month between articles that are both about a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionPair {
    /// The region.
    pub region: Region,
    /// First outlet id, the smaller one.
    pub outlet_a: String,
    /// Second outlet id.
    pub outlet_b: String,
    /// First day of the month of the later article.
    pub month: NaiveDate,
    /// Matches.
    pub matches: usize,
    /// Directed edges from a to b between such articles.
    pub edges_ab: usize,
    /// Directed edges from b to a.
    pub edges_ba: usize,
}

/// Days on which a region was in the news much more than usual.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Surge {
    /// The region.
    pub region: Region,
    /// First day (UTC).
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Articles about the region in these days.
    pub articles: usize,
    /// As many as its usual share of the articles of these days would give.
    pub expected: f64,
    /// Outlets of these articles.
    pub outlets: usize,
    /// ISO codes of the places most often named, at most three.
    pub places: Vec<String>,
}

/// Regions in the news.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Regions {
    /// By article: the regions that it is about, in their order.
    pub of_articles: Vec<Vec<Region>>,
    /// Sorted by (region, outlet, month).
    pub months: Vec<RegionMonth>,
    /// Sorted by (region, outlets, month).
    pub pairs: Vec<RegionPair>,
    /// Sorted by (region, first day).
    pub surges: Vec<Surge>,
    /// Days that were full enough to tell what is usual; too few, and no surge is looked for.
    pub usual_days: usize,
}
