//! An outlet's past: the period asked for, the lists that were walked for it, and what is known of each of its days.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{FetchStatus, RawItem};

/// Days from one, included, to another, not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last one.
    pub until: NaiveDate,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// The days in order; none if the period ends before it begins.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day < self.until)
    }

    /// Whether the two periods have a day in common.
    pub fn overlaps(self, other: Period) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// An item that a list of the past holds, and its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastItem {
    /// Day in the outlet's zone, by the time that the list states, the item's address, or the page of a day on which it
    /// stands; `None` if none of them tells.
    pub day: Option<NaiveDate>,
    /// What was announced.
    pub item: RawItem,
}

/// One document of a source's past that was asked for: a sitemap, the page of a day, a numbered list page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walked {
    /// Outlet id.
    pub outlet: String,
    /// The registry's address of the source that it belongs to.
    pub source: String,
    /// Its own address.
    pub url: String,
    /// When it was asked for.
    pub at: DateTime<Utc>,
    /// How that ended.
    pub status: FetchStatus,
    /// What went wrong, in one line.
    pub message: String,
    /// Further documents that it names.
    pub further: Vec<String>,
    /// What it lists; of a sitemap only what lies in the period.
    pub items: Vec<PastItem>,
    /// Items listed, in the period or not.
    pub listed: usize,
    /// Items of which nothing tells the day.
    pub undated: usize,
    /// Oldest day that it shows.
    pub oldest: Option<NaiveDate>,
    /// Newest day that it shows.
    pub newest: Option<NaiveDate>,
}

impl Walked {
    /// Whether asking again would bring nothing else: it was heard, or is not there, and it was read after the period
    /// had ended or less than a day ago.
    pub fn holds(&self, period: Period, now: DateTime<Utc>) -> bool {
        let is_final = self.status.is_heard()
            || matches!(
                self.status,
                FetchStatus::Http4xx | FetchStatus::NotAFeed | FetchStatus::Parse
            );
        let age = now - self.at;
        // A day more, since the outlet's day may end later than that of UTC.
        let is_past = self.at.date_naive() > period.until;
        is_final && (is_past || age < chrono::TimeDelta::days(1))
    }
}

/// What is known of one day of an outlet after a walk through its past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastDay {
    /// Outlet id.
    pub outlet: String,
    /// The day, in the outlet's zone.
    pub day: NaiveDate,
    /// Articles that the lists have for it.
    pub listed: usize,
    /// Those of them that the archive has now.
    pub held: usize,
    /// Those whose page could not be had.
    pub failed: usize,
    /// Why the day is a gap; empty if it was walked from end to end, so that few articles mean few articles.
    pub gap: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_ends_before_its_last_day() {
        let period = Period { from: day("2026-02-27"), until: day("2026-03-02") };
        let days: Vec<String> = period.days().map(|day| day.to_string()).collect();
        assert_eq!(days, ["2026-02-27", "2026-02-28", "2026-03-01"]);
        assert!(period.contains(day("2026-03-01")) && !period.contains(period.until));
        let next = Period { from: period.until, until: day("2026-04-01") };
        assert!(
            !period.overlaps(next) && period.overlaps(Period { from: day("2026-03-01"), ..next })
        );
    }

    #[test]
    fn what_was_walked_holds_once_its_period_is_over() {
        let period = Period { from: day("2026-02-01"), until: day("2026-03-01") };
        let walked = |at: &str, status| Walked {
            outlet: "rt".into(),
            source: String::new(),
            url: String::new(),
            at: at.parse().unwrap(),
            status,
            message: String::new(),
            further: Vec::new(),
            items: Vec::new(),
            listed: 0,
            undated: 0,
            oldest: None,
            newest: None,
        };
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let holds = |at: &str, status| walked(at, status).holds(period, now);
        assert!(holds("2026-03-02T00:00:00Z", FetchStatus::Ok));
        assert!(holds("2026-03-02T00:00:00Z", FetchStatus::Http4xx));
        assert!(!holds("2026-03-02T00:00:00Z", FetchStatus::Timeout), "it may come later");
        assert!(!holds("2026-02-20T00:00:00Z", FetchStatus::Ok), "the month was not over");
        assert!(holds("2026-05-31T12:00:00Z", FetchStatus::Ok));
    }
}
