//! Which of two articles came first, and whether their clocks can tell.

use chrono::TimeDelta;

use crate::model::Article;

/// The order of two articles as far as their clocks can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    /// Time of the second less time of the first; negative if the second came first.
    pub(super) lag: TimeDelta,
    /// Sum of both clock errors; `None` if one time gives no direction at all.
    pub(super) error: Option<TimeDelta>,
}

impl Order {
    /// The order of `a` and `b` by their claimed times.
    pub(super) fn of(a: &Article, b: &Article) -> Order {
        let error = match (a.clock_error(), b.clock_error()) {
            (Some(a_error), Some(b_error)) if !is_seen_late(a, b) && !is_seen_late(b, a) => {
                Some(a_error + b_error)
            }
            _ => None,
        };
        Order { lag: b.at() - a.at(), error }
    }

    /// Whether `a` is earlier by more than both clock errors. A lag that equals them is not enough.
    pub(super) fn is_forward(self) -> bool {
        self.error.is_some_and(|error| self.lag > error)
    }

    /// Whether `b` is earlier by more than both clock errors.
    pub(super) fn is_backward(self) -> bool {
        self.error.is_some_and(|error| -self.lag > error)
    }

    /// Whether neither article can be called earlier.
    pub(super) fn is_open(self) -> bool {
        !self.is_forward() && !self.is_backward()
    }

    pub(super) fn lag_minutes(self) -> f64 {
        minutes(self.lag)
    }

    pub(super) fn error_minutes(self) -> Option<f64> {
        self.error.map(minutes)
    }
}

/// How long after its stated time an article is seen in time: an outlet that is asked twice a day shows
/// all of a day.
const SEEN_IN_TIME: TimeDelta = TimeDelta::hours(12);
/// Within this time two articles are seen in one visit.
const ONE_VISIT: TimeDelta = TimeDelta::hours(1);

/// Whether the stated time of `a` cannot be believed beside that of `b`: it was first seen long after it,
/// on a later visit than `b`, which was seen in time. An article that is dated back looks like that. What
/// the first visit to an outlet shows is late for another reason.
///
/// An edited article's first sighting is that of its edit and says nothing here.
pub(super) fn is_seen_late(a: &Article, b: &Article) -> bool {
    let delay = |article: &Article| {
        let delay = article.first_seen? - article.published.as_ref()?.utc;
        Some(delay).filter(|_| article.version <= 1)
    };
    match (delay(a), delay(b)) {
        (Some(late), Some(in_time)) => {
            let later_visit = a.first_seen > b.first_seen.map(|seen| seen + ONE_VISIT);
            late > SEEN_IN_TIME && in_time <= SEEN_IN_TIME && later_visit
        }
        _ => false,
    }
}

/// Whether the text of `a`, as it stands in the archive, was out before `b`.
///
/// For the first version of `a` that is the order of the claimed times. An edited article keeps its
/// first publication time although the passage may be from the edit: its text is only known to have
/// been there when that version was first seen.
pub(super) fn text_precedes(a: &Article, b: &Article) -> bool {
    let order = Order::of(a, b);
    if a.version <= 1 || !order.is_forward() {
        return order.is_forward();
    }
    match (a.first_seen, order.error) {
        (Some(seen), Some(error)) => b.at() - seen.max(a.at()) > error,
        _ => false,
    }
}

fn minutes(delta: TimeDelta) -> f64 {
    delta.num_milliseconds() as f64 / 60_000.0
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, day};
    use super::*;

    #[test]
    fn a_lag_equal_to_the_clock_errors_is_open() {
        let a = article("a", "rt", 0);
        assert!(Order::of(&a, &article("b", "cgtn", 2)).is_open());
        assert!(Order::of(&a, &article("b", "cgtn", 3)).is_forward());
        assert!(Order::of(&article("b", "cgtn", 3), &a).is_backward());
    }

    #[test]
    fn a_day_or_a_first_sighting_gives_no_order() {
        let mut seen = article("a", "rt", 0);
        seen.first_seen = seen.published.take().map(|p| p.utc);
        for a in [day("a", "rt", 0), seen] {
            let order = Order::of(&a, &article("b", "cgtn", 5000));
            assert!(order.is_open() && order.error.is_none());
            assert!((order.lag_minutes() - 5000.0).abs() < 1e-9);
        }
    }

    #[test]
    fn an_article_seen_long_after_its_time_has_no_order_beside_one_seen_in_time() {
        let seen = |id: &str, minutes: i64, after: i64| {
            let mut article = article(id, if id == "a" { "rt" } else { "cgtn" }, minutes);
            article.first_seen = Some(super::super::testing::at(minutes + after));
            article
        };
        let b = seen("b", 60, 30);
        assert!(Order::of(&seen("a", 0, 30), &b).is_forward());
        assert!(Order::of(&seen("a", 0, 3000), &b).is_open());
        assert!(Order::of(&seen("a", 0, 3000), &seen("b", 60, 3000)).is_forward(), "both late");
        assert!(Order::of(&seen("a", 0, 3000), &seen("b", 2900, 110)).is_forward(), "one visit");
    }

    #[test]
    fn the_text_of_an_edited_article_dates_from_its_sighting() {
        let b = article("b", "cgtn", 60);
        let mut a = article("a", "rt", 0);
        assert!(text_precedes(&a, &b));
        a.version = 2;
        assert!(!text_precedes(&a, &b), "the edit has no time");
        a.first_seen = Some(super::super::testing::at(30));
        assert!(text_precedes(&a, &b));
        a.first_seen = Some(super::super::testing::at(59));
        assert!(!text_precedes(&a, &b), "within the clock error");
    }
}
