//! What every step needs to know of the articles: order, time, outlet, and which pairs may be compared.

use std::collections::BTreeMap;

use crate::model::Article;

/// The articles with what decides whether two of them are compared.
pub(super) struct Scene<'c> {
    /// Sorted by (time, id): the index is the rank in time.
    pub(super) articles: &'c [Article],
    /// Outlet of each article, as a number: its rank among the outlet ids.
    pub(super) outlets: Vec<u32>,
    /// Time of each article in seconds, ascending.
    pub(super) times: Vec<i64>,
    /// Greatest distance in time of a pair, in seconds.
    pub(super) window: i64,
}

impl<'c> Scene<'c> {
    pub(super) fn new(articles: &'c [Article], window: chrono::TimeDelta) -> Scene<'c> {
        let mut ranks: BTreeMap<&str, u32> =
            articles.iter().map(|article| (article.outlet.as_str(), 0)).collect();
        for (rank, number) in (0..).zip(ranks.values_mut()) {
            *number = rank;
        }
        let outlet = |article: &Article| ranks.get(article.outlet.as_str()).copied().unwrap_or(0);
        Scene {
            articles,
            outlets: articles.iter().map(outlet).collect(),
            times: articles.iter().map(|article| article.at().timestamp()).collect(),
            window: window.num_seconds(),
        }
    }

    /// Whether the two articles are near enough in time.
    pub(super) fn is_near(&self, a: usize, b: usize) -> bool {
        self.times[a].abs_diff(self.times[b]) <= self.window.unsigned_abs()
    }

    /// Whether the two articles may be compared: other outlets, and within the window.
    pub(super) fn is_pair(&self, a: usize, b: usize) -> bool {
        self.outlets[a] != self.outlets[b] && self.is_near(a, b)
    }
}
