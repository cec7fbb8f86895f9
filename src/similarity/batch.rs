//! What every step needs to know of the articles: order, time, outlet, and which pairs may be compared.

use std::ops::Range;

use crate::corpus::{Calendar, Corpus, Day, Sentence, first_within};
use crate::model::{Annotations, Article, Citation, Credit, Role};

/// The articles of a range of weeks, plus the earlier ones needed to compare them. Articles are numbered from the
/// first of these.
pub(super) struct Batch<'c> {
    /// Sorted by (time, id): the index is the rank in time.
    pub(super) articles: &'c [Article],
    /// Index of `articles[0]` among all articles of the corpus.
    pub(super) start: usize,
    /// Notes about all articles of the corpus.
    annotations: &'c Annotations,
    /// Outlet of each article, as a number: its rank among the outlet ids.
    pub(super) outlets: &'c [u32],
    /// Role of each article's outlet.
    pub(super) roles: Vec<Role>,
    /// Time of each article in seconds, ascending.
    pub(super) times: &'c [i64],
    /// The first article whose pairs with earlier ones are in scope.
    pub(super) first_in_scope: usize,
    /// The first article that may be one of these earlier ones.
    pub(super) first_comparable: usize,
    /// The weeks in which terms are counted: from that of the first comparable article on.
    pub(super) weeks: Vec<Range<usize>>,
    /// Index of `weeks[0]` among all weeks of the corpus.
    pub(super) first_week: usize,
    /// All days; the look-back of those before `first_comparable` may be cut off.
    days: Vec<Day>,
    /// Vectors of the sentences of each article, if there is a model.
    pub(super) sentences: Option<&'c [Vec<Sentence>]>,
    /// Greatest distance in time of a pair, in seconds.
    window: i64,
}

impl<'c> Batch<'c> {
    /// The batch of these weeks of all `articles`.
    pub(super) fn new(
        corpus: &'c Corpus,
        calendar: &Calendar,
        annotations: &'c Annotations,
        weeks: Range<usize>,
        window: chrono::TimeDelta,
    ) -> Batch<'c> {
        let articles = corpus.articles();
        let asked_for = calendar.weeks().get(weeks.clone()).unwrap_or_default();
        let first = asked_for.first().map_or(0, |week| week.start);
        let end = asked_for.last().map_or(0, |week| week.end);
        let first_comparable = first_within(articles, first, window);
        let first_week = calendar.week_of(first_comparable);
        let counted = calendar.weeks().get(first_week..weeks.end).unwrap_or_default();
        // An article is compared with those of one window, which may have their text from those of the next.
        let start = [
            first_within(articles, first, window.checked_mul(2).unwrap_or(chrono::TimeDelta::MAX)),
            calendar.since(first_comparable),
            counted.first().map_or(0, |week| week.start),
        ];
        let start = start.into_iter().min().unwrap_or(0);
        let articles = articles.get(start..end).unwrap_or_default();
        let here = |range: &Range<usize>| range.start.saturating_sub(start)..range.end - start;
        let days = calendar.days().get(calendar.day_of(start)..).unwrap_or_default();
        let days = days.iter().take_while(|day| day.articles.start < end).map(|day| Day {
            articles: here(&day.articles),
            since: day.since.saturating_sub(start),
        });
        let outlets = corpus.outlets().get(start..end).unwrap_or_default();
        let ids = corpus.outlet_ids().iter();
        let roles: Vec<Role> = ids.map(|id| corpus.registry().role(id)).collect();
        Batch {
            articles,
            start,
            annotations,
            roles: outlets.iter().map(|&outlet| roles[outlet as usize]).collect(),
            outlets,
            times: corpus.times().get(start..end).unwrap_or_default(),
            first_in_scope: first - start,
            first_comparable: first_comparable - start,
            weeks: counted.iter().map(here).collect(),
            first_week,
            days: days.collect(),
            sentences: corpus.vectors().and_then(|vectors| vectors.of.get(start..end)),
            window: window.num_seconds(),
        }
    }

    /// The citations of an article.
    pub(super) fn citations(&self, article: usize) -> &'c [Citation] {
        self.annotations.citations(self.start + article)
    }

    /// The credits of an article.
    pub(super) fn credits(&self, article: usize) -> &'c [Credit] {
        self.annotations.credits(self.start + article)
    }

    /// The places in an article's text that recur in articles of one outlet.
    pub(super) fn boilerplate(&self, article: usize) -> &'c [Range<usize>] {
        self.annotations.boilerplate(self.start + article)
    }

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
