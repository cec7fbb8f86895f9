//! Days in addresses: those of day archives, written with `{YYYY}`, `{MM}` and `{DD}` for the day,
//! and those that articles' own addresses tell.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use regex::Regex;

use crate::model::Zone;

/// Most days back that one poll asks an archive for, today included: what was missed for longer is
/// a gap.
const MAX_DAYS: u64 = 7;
/// Days asked for at least: yesterday's page still grows after midnight.
const MIN_DAYS: u64 = 2;

/// A day in the path of an address: `/2026-03-05/`, `/20260305/`, `/2026/03/05/`, `/2026/0305/`, `/202603/05/`.
static IN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"/(20\d{2})(?:(\d{2})/?(\d{2})|-(\d{2})-(\d{2})|/(\d{2})/?(\d{2}))(?:[/_-]|$)").ok()
});

/// Whether the address names one page for each day.
pub(super) fn is_dated(url: &str) -> bool {
    url.contains("{DD}")
}

/// The days to ask an archive for, newest first: from today, in the outlet's zone, back to the
/// newest item that is known of it.
pub(super) fn wanted(
    now: DateTime<Utc>,
    zone: Zone,
    newest: Option<DateTime<Utc>>,
) -> Vec<NaiveDate> {
    let day = |time: DateTime<Utc>| time.with_timezone(&zone.to_chrono()).date_naive();
    let today = day(now);
    let missed = newest.map_or(0, |newest| (today - day(newest)).num_days() + 1);
    let count = u64::try_from(missed).unwrap_or(0).clamp(MIN_DAYS, MAX_DAYS);
    (0..count).filter_map(|back| today.checked_sub_days(Days::new(back))).collect()
}

/// The archive's address for one day.
pub(super) fn address(template: &str, day: NaiveDate) -> String {
    template
        .replace("{YYYY}", &format!("{:04}", day.year()))
        .replace("{MM}", &format!("{:02}", day.month()))
        .replace("{DD}", &format!("{:02}", day.day()))
}

/// The day that an article's address tells.
pub(super) fn in_address(url: &str) -> Option<NaiveDate> {
    let found = IN_ADDRESS.as_ref()?.captures(url)?;
    let number = |at: usize| found.get(at)?.as_str().parse::<u32>().ok();
    let part = |all: [usize; 3]| all.into_iter().find_map(number);
    let year = i32::try_from(number(1)?).ok()?;
    NaiveDate::from_ymd_opt(year, part([2, 4, 6])?, part([3, 5, 7])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check_wanted(newest: Option<&str>, zone: i32, first: &str, count: usize) {
        let days = wanted(time("2026-03-05T20:00:00Z"), Zone(zone), newest.map(time));
        assert_eq!((days[0].to_string().as_str(), days.len()), (first, count));
        assert!(days.windows(2).all(|pair| pair[1].succ_opt() == Some(pair[0])));
    }

    #[test]
    fn an_archive_is_asked_back_to_what_is_known() {
        check_wanted(None, 0, "2026-03-05", 2);
        check_wanted(Some("2026-03-05T19:00:00Z"), 0, "2026-03-05", 2);
        check_wanted(Some("2026-03-02T19:00:00Z"), 0, "2026-03-05", 4);
        check_wanted(Some("2025-03-02T19:00:00Z"), 0, "2026-03-05", 7);
        check_wanted(Some("2027-03-02T19:00:00Z"), 0, "2026-03-05", 2);
        check_wanted(None, 480, "2026-03-06", 2);
    }

    #[test]
    fn the_day_is_written_as_the_template_wants() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        assert!(is_dated("https://a.example/{YYYY}{MM}{DD}/"));
        assert!(!is_dated("https://a.example/20260305/"));
        assert_eq!(
            address("https://a.example/{YYYY}{MM}{DD}/", day),
            "https://a.example/20260305/"
        );
        assert_eq!(
            address("https://a.example/{YYYY}-{MM}/{DD}/1.htm", day),
            "https://a.example/2026-03/05/1.htm"
        );
    }

    #[test]
    fn addresses_tell_days() {
        for url in [
            "https://a.example/news/2026-03-05/title-1/p.html",
            "https://a.example/20260305/title-123456.html",
            "https://a.example/2026/03/05/title",
            "https://a.example/n3/2026/0305/c90000-1.html",
            "https://a.example/english/20260305/abc/c.html",
            "https://a.example/a/202603/05/WS1.html",
        ] {
            assert_eq!(in_address(url), NaiveDate::from_ymd_opt(2026, 3, 5), "{url}");
        }
        for url in [
            "https://a.example/page/202603/1337073.shtml",
            "https://a.example/news/20263105-title/",
            "https://a.example/1476663.html",
            "https://a.example/120260305/x",
        ] {
            assert_eq!(in_address(url), None, "{url}");
        }
    }
}
