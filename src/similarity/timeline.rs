//! What may be compared: order, time and outlet of some articles, and which of their pairs are wanted.

use std::ops::Range;

use crate::corpus::Day;
use crate::model::Role;

/// Articles in the order of time, as numbers: those of a [batch](super::batch), or the few that hold one gram.
#[derive(Debug, Default)]
pub(super) struct Timeline<'c> {
    /// Outlet of each article, as a number.
    pub(super) outlets: &'c [u32],
    /// Role of each article's outlet.
    pub(super) roles: Vec<Role>,
    /// Time of each article in seconds, ascending.
    pub(super) times: &'c [i64],
    /// The first article whose pairs with earlier ones are in scope.
    pub(super) first_in_scope: usize,
    /// The first article that may be one of these earlier ones.
    pub(super) first_comparable: usize,
    /// All days; the look-back of those before `first_comparable` may be cut off.
    pub(super) days: Vec<Day>,
    /// Greatest distance in time of a pair, in seconds.
    pub(super) window: i64,
}

impl Timeline<'_> {
    /// The days of some articles that begin with a day, as far as they are among these.
    pub(super) fn days(&self, articles: &Range<usize>) -> &[Day] {
        let from = self.days.partition_point(|day| day.articles.start < articles.start);
        let to = self.days.partition_point(|day| day.articles.start < articles.end);
        self.days.get(from..to).unwrap_or_default()
    }

    /// The day of an article.
    pub(super) fn day(&self, article: usize) -> &Day {
        &self.days[self.days.partition_point(|day| day.articles.end <= article)]
    }

    /// Whether others take texts from this article's outlet: a wire or control.
    pub(super) fn is_source(&self, article: usize) -> bool {
        self.roles[article] != Role::Subject
    }

    /// Whether the matches of this pair, the earlier article first, are in scope: wanted as results, not only needed to judge others.
    pub(super) fn in_scope(&self, (_, later): (usize, usize)) -> bool {
        later >= self.first_in_scope
    }

    /// Whether the passages of this pair are needed: they may tell that an outlet which others take from
    /// had a text first.
    pub(super) fn is_needed(&self, pair: (usize, usize)) -> bool {
        let has_source = || self.is_source(pair.0) || self.is_source(pair.1);
        self.in_scope(pair) || pair.1 >= self.first_comparable && has_source()
    }

    /// The earliest time of an article that is compared with this one.
    pub(super) fn since(&self, article: usize) -> i64 {
        self.times[article].saturating_sub(self.window)
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
