//! The articles that are compared together, and what is noted about them.

use std::ops::Range;

use crate::corpus::{Calendar, Corpus, Day, Sentence, first_within};
use crate::model::{Annotations, Article, Citation, Credit, Role};

use super::timeline::Timeline;

/// The articles of a range of weeks, plus the earlier ones needed to compare them. Articles are numbered from the
/// first of these.
pub(super) struct Batch<'c> {
    /// Sorted by (time, id): the index is the rank in time.
    pub(super) articles: &'c [Article],
    /// Index of `articles[0]` among all articles of the corpus.
    pub(super) start: usize,
    /// Notes about all articles of the corpus.
    annotations: &'c Annotations,
    /// Their order, times and outlets (numbers are ranks among the outlet ids).
    pub(super) timeline: Timeline<'c>,
    /// The weeks in which terms are counted: from that of the first comparable article on.
    pub(super) weeks: Vec<Range<usize>>,
    /// Index of `weeks[0]` among all weeks of the corpus.
    pub(super) first_week: usize,
    /// Vectors of the sentences of each article, if there is a model.
    pub(super) sentences: Option<&'c [Vec<Sentence>]>,
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
            timeline: Timeline {
                roles: outlets.iter().map(|&outlet| roles[outlet as usize]).collect(),
                outlets,
                times: corpus.times().get(start..end).unwrap_or_default(),
                first_in_scope: first - start,
                first_comparable: first_comparable - start,
                days: days.collect(),
                window: window.num_seconds(),
            },
            weeks: counted.iter().map(here).collect(),
            first_week,
            sentences: corpus.vectors().and_then(|vectors| vectors.of.get(start..end)),
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
}
