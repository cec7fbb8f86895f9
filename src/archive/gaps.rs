//! On which days an outlet was not heard.
//!
//! A day counts as heard if on that day a poll of one of the outlet's sources succeeded, or if a
//! later successful poll reaches back over it: the source had not changed since it was heard before,
//! or its list still held an item that was known already, so nothing can have slipped through
//! between. A day is a gap if it lies between the outlet's first and last poll and was not heard, or
//! if it lies between the newest item of a frozen source and the poll that found it frozen. A day that a
//! walk through the past covers from end to end counts as heard, another day of such a walk as not heard.
//! Of days before the first and after the last of all these nothing is known, and no gap is claimed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{CoverageGap, FeedStatus, FetchStatus, PastDay};

/// What the gap of a day without any poll says.
const NO_POLL: &str = "no record of this day";

/// Returns the gaps of the outlets in `polls` (sorted by outlet, then time) and `past`, on the days that
/// `since..until` touches, sorted by outlet and day.
pub(super) fn gaps(
    polls: &[FeedStatus],
    past: &[PastDay],
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Vec<CoverageGap> {
    let mut outlets: BTreeMap<&str, (&[FeedStatus], Vec<&PastDay>)> = BTreeMap::new();
    for polls in polls.chunk_by(|a, b| a.outlet == b.outlet) {
        if let Some(first) = polls.first() {
            outlets.insert(&first.outlet, (polls, Vec::new()));
        }
    }
    for day in past {
        outlets.entry(&day.outlet).or_default().1.push(day);
    }
    outlets
        .into_iter()
        .flat_map(|(outlet, (polls, past))| outlet_gaps(outlet, polls, &past))
        .filter(|gap| {
            let start = gap.day.and_time(chrono::NaiveTime::MIN).and_utc();
            since.is_none_or(|since| start + chrono::TimeDelta::days(1) > since)
                && until.is_none_or(|until| start < until)
        })
        .collect()
}

fn outlet_gaps(outlet: &str, polls: &[FeedStatus], past: &[&PastDay]) -> Vec<CoverageGap> {
    let mut heard = BTreeSet::new();
    let mut failed: BTreeMap<NaiveDate, BTreeSet<&str>> = BTreeMap::new();
    let mut last_heard: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for poll in polls.iter().filter(|poll| poll.status != FetchStatus::NotDue) {
        let day = poll.fetched_at.date_naive();
        if poll.status.is_heard() {
            heard.insert(day);
            if let Some(&before) = last_heard.get(poll.url.as_str()).filter(|_| reaches_back(poll))
            {
                heard.extend(before.iter_days().take_while(|d| *d < day));
            }
            last_heard.insert(&poll.url, day);
        } else {
            let from = match (poll.status, poll.newest) {
                (FetchStatus::Stale, Some(newest)) => newest.date_naive().succ_opt(),
                _ => None,
            };
            let from = from.unwrap_or(day).min(day);
            for day in from.iter_days().take_while(|d| *d <= day) {
                failed.entry(day).or_default().insert(poll.status.as_str());
            }
        }
    }
    for past in past {
        if past.gap.is_empty() {
            heard.insert(past.day);
        } else {
            failed.entry(past.day).or_default().insert(&past.gap);
        }
    }
    let polled = polls.iter().map(|poll| poll.fetched_at.date_naive());
    let known: BTreeSet<NaiveDate> = polled.chain(past.iter().map(|past| past.day)).collect();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return Vec::new() };
    for day in first.iter_days().take_while(|day| *day <= last) {
        failed.entry(day).or_default();
    }
    failed
        .into_iter()
        .filter(|(day, _)| !heard.contains(day))
        .map(|(day, reasons)| CoverageGap {
            outlet: outlet.to_owned(),
            day,
            reason: if reasons.is_empty() {
                NO_POLL.to_owned()
            } else {
                reasons.into_iter().collect::<Vec<_>>().join(", ")
            },
        })
        .collect()
}

/// Whether a successful poll says that nothing was missed since the source was heard before.
fn reaches_back(poll: &FeedStatus) -> bool {
    poll.status == FetchStatus::NotModified || poll.items > poll.new_items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceKind;

    fn poll(day: u32, status: FetchStatus, items: usize, new_items: usize) -> FeedStatus {
        let at = NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_hms_opt(9, 0, 0).unwrap();
        FeedStatus {
            outlet: "rt".into(),
            edition: "rt-en".into(),
            kind: SourceKind::Feed,
            url: "https://rt.example/rss/".into(),
            status,
            http: None,
            fetched_at: at.and_utc(),
            items,
            new_items,
            pages: 0,
            pages_failed: 0,
            newest: None,
            message: String::new(),
        }
    }

    #[track_caller]
    fn check(polls: &[FeedStatus], expected: &[(u32, &str)]) {
        check_with(polls, &[], expected);
    }

    #[track_caller]
    fn check_with(polls: &[FeedStatus], past: &[PastDay], expected: &[(u32, &str)]) {
        let found: Vec<(u32, String)> = gaps(polls, past, None, None)
            .into_iter()
            .map(|gap| (chrono::Datelike::day(&gap.day), gap.reason))
            .collect();
        let expected: Vec<(u32, String)> =
            expected.iter().map(|(day, reason)| (*day, (*reason).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_heard_outlet_has_no_gap() {
        check(&[poll(1, FetchStatus::Ok, 10, 10), poll(2, FetchStatus::Ok, 10, 10)], &[]);
    }

    #[test]
    fn one_heard_source_is_enough() {
        let mut other = poll(1, FetchStatus::Dns, 0, 0);
        other.url = "https://rt.example/other/".into();
        check(&[poll(1, FetchStatus::Ok, 10, 10), other], &[]);
    }

    #[test]
    fn a_day_of_failed_polls_is_a_gap_with_its_reasons() {
        let polls = [
            poll(1, FetchStatus::Ok, 10, 10),
            poll(2, FetchStatus::Timeout, 0, 0),
            poll(2, FetchStatus::Blocked, 0, 0),
            poll(3, FetchStatus::Ok, 10, 10),
        ];
        check(&polls, &[(2, "blocked, timeout")]);
    }

    #[test]
    fn a_later_list_that_still_holds_known_items_closes_the_gap() {
        let polls = [
            poll(1, FetchStatus::Ok, 10, 10),
            poll(2, FetchStatus::Timeout, 0, 0),
            poll(4, FetchStatus::Ok, 10, 9),
        ];
        check(&polls, &[]);
        let polls = [poll(1, FetchStatus::Ok, 10, 10), poll(4, FetchStatus::NotModified, 0, 0)];
        check(&polls, &[]);
    }

    #[test]
    fn days_without_polls_are_gaps_only_between_polls() {
        let polls = [poll(1, FetchStatus::Ok, 10, 10), poll(3, FetchStatus::Ok, 10, 10)];
        check(&polls, &[(2, NO_POLL)]);
    }

    #[test]
    fn a_frozen_source_is_not_heard_since_its_newest_item() {
        let mut stale = poll(20, FetchStatus::Stale, 10, 10);
        stale.newest = Some(poll(17, FetchStatus::Ok, 0, 0).fetched_at);
        check(&[stale], &[(18, "stale"), (19, "stale"), (20, "stale")]);
    }

    #[test]
    fn a_walk_through_the_past_fills_days_and_leaves_the_others_gaps() {
        let past = |day: u32, gap: &str| PastDay {
            outlet: "rt".into(),
            day: NaiveDate::from_ymd_opt(2026, 3, day).unwrap(),
            listed: 0,
            held: 0,
            failed: 0,
            gap: gap.into(),
        };
        check_with(&[], &[past(2, ""), past(3, "not walked"), past(4, "")], &[(3, "not walked")]);
        // Between the walk and the first poll nobody has looked.
        let polls = [poll(6, FetchStatus::Ok, 10, 10)];
        check_with(&polls, &[past(3, "")], &[(4, NO_POLL), (5, NO_POLL)]);
        // What a poll has heard is heard.
        check_with(&polls, &[past(5, ""), past(6, "not walked")], &[]);
        let failed = [poll(6, FetchStatus::Dns, 0, 0)];
        check_with(&failed, &[past(6, "")], &[]);
    }

    #[test]
    fn not_due_says_nothing() {
        let polls = [poll(1, FetchStatus::RateLimited, 0, 0), poll(1, FetchStatus::NotDue, 0, 0)];
        check(&polls, &[(1, "rate_limited")]);
    }

    #[test]
    fn only_days_of_the_window_are_reported() {
        let polls = [poll(1, FetchStatus::Dns, 0, 0), poll(5, FetchStatus::Dns, 0, 0)];
        let at = |day: u32| Some(poll(day, FetchStatus::Ok, 0, 0).fetched_at);
        let days =
            gaps(&polls, &[], at(2), at(3)).into_iter().map(|gap| chrono::Datelike::day(&gap.day));
        assert_eq!(days.collect::<Vec<u32>>(), [2, 3]);
    }
}
