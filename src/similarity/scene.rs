//! What every step needs to know of the articles: order, time, outlet, and which pairs may be compared.

use crate::ids::ranked;
use crate::model::{Article, Registry, Role};

/// The articles with what decides whether two of them are compared.
pub(super) struct Scene<'c> {
    /// Sorted by (time, id): the index is the rank in time.
    pub(super) articles: &'c [Article],
    /// Outlet of each article, as a number: its rank among the outlet ids.
    pub(super) outlets: Vec<u32>,
    /// Role of each article's outlet.
    pub(super) roles: Vec<Role>,
    /// Time of each article in seconds, ascending.
    pub(super) times: Vec<i64>,
    /// The first article whose pairs with earlier ones are asked for.
    pub(super) first: usize,
    /// The first article that may be one of these earlier ones.
    pub(super) nearest: usize,
    /// Greatest distance in time of a pair, in seconds.
    pub(super) window: i64,
}

/// The first article that appeared no more than so many seconds before the one at `first`.
pub(super) fn first_within(articles: &[Article], first: usize, seconds: i64) -> usize {
    let time = |article: &Article| article.at().timestamp();
    articles.get(first).map_or(first, |article| {
        let since = time(article).saturating_sub(seconds);
        articles.partition_point(|earlier| time(earlier) < since)
    })
}

impl<'c> Scene<'c> {
    pub(super) fn new(
        articles: &'c [Article],
        first: usize,
        registry: &Registry,
        window: chrono::TimeDelta,
    ) -> Scene<'c> {
        let (ids, outlets) = ranked(articles.iter().map(|article| article.outlet.as_str()));
        let roles: Vec<Role> = ids.iter().map(|id| registry.role(id)).collect();
        let times: Vec<i64> = articles.iter().map(|article| article.at().timestamp()).collect();
        let window = window.num_seconds();
        Scene {
            nearest: first_within(articles, first, window),
            articles,
            roles: outlets.iter().map(|&outlet| roles[outlet as usize]).collect(),
            outlets,
            times,
            first,
            window,
        }
    }

    /// Whether the text of this article is read: as part of a pair that is asked for, or because the
    /// earlier article of one may have its text from it.
    pub(super) fn is_read(&self, article: usize) -> bool {
        article >= self.nearest || self.is_source(article)
    }

    /// Whether others take texts from this article's outlet: a wire or control.
    pub(super) fn is_source(&self, article: usize) -> bool {
        self.roles[article] != Role::Subject
    }

    /// Whether the matches of this pair, the earlier article first, are asked for.
    pub(super) fn is_asked_for(&self, (_, later): (usize, usize)) -> bool {
        later >= self.first
    }

    /// Whether the passages of this pair are needed: they may tell that an outlet which others take from
    /// had a text first.
    pub(super) fn is_needed(&self, pair: (usize, usize)) -> bool {
        self.is_asked_for(pair) || self.is_source(pair.0) || self.is_source(pair.1)
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
