//! The servers' clocks against our own. Every answer states when it was sent; if most servers agree
//! that it is another time than our clock says, ours is wrong, and with it every first sighting.

use chrono::{DateTime, TimeDelta, Utc};

/// Difference from which a clock is worth a warning. Answers take seconds, and caches round.
const MAX_DIFFERENCE: TimeDelta = TimeDelta::minutes(5);

/// How far a server's clock is ahead of ours, by the `Date` and `Age` of its answer (an answer kept
/// by a cache is as old as `Age` says) and our time when it came. `None` without a readable date.
pub(super) fn ahead(date: &str, age: Option<&str>, ours: DateTime<Utc>) -> Option<TimeDelta> {
    let sent: DateTime<Utc> = httpdate::parse_http_date(date.trim()).ok()?.into();
    let age = age.and_then(|age| age.trim().parse().ok()).and_then(TimeDelta::try_seconds);
    sent.checked_add_signed(age.unwrap_or_default()).map(|theirs| theirs - ours)
}

/// Whether clocks differ by more than answers and caches explain.
pub(super) fn is_off(ahead: TimeDelta) -> bool {
    ahead.abs() > MAX_DIFFERENCE
}

/// How far the servers are ahead of us, if that is worth a warning: the median of all, so that one
/// server with a wrong clock says nothing about ours.
pub(super) fn off(mut ahead: Vec<TimeDelta>) -> Option<TimeDelta> {
    ahead.sort();
    ahead.get(ahead.len() / 2).copied().filter(|median| is_off(*median))
}

/// "12 minutes ahead of", "3 days behind".
pub(super) fn in_words(ahead: TimeDelta) -> String {
    let minutes = ahead.num_minutes().abs();
    let amount = match minutes {
        0..120 => format!("{minutes} minutes"),
        120..2880 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    };
    let way = if ahead > TimeDelta::zero() { "ahead of" } else { "behind" };
    format!("{amount} {way}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, age: Option<&str>, minutes: Option<i64>) {
        let ours = "2026-03-05T12:00:00Z".parse().unwrap();
        assert_eq!(ahead(date, age, ours), minutes.map(TimeDelta::minutes));
    }

    #[test]
    fn a_server_is_ahead_by_its_date_and_the_age_of_the_answer() {
        check("Thu, 05 Mar 2026 12:10:00 GMT", None, Some(10));
        check("Thu, 05 Mar 2026 11:00:00 GMT", Some("3600"), Some(0));
        check("Thu, 05 Mar 2026 11:00:00 GMT", Some("x"), Some(-60));
        check("Thu, 05 Mar 2026 11:00:00 GMT", Some("99999999999999999"), Some(-60));
        check("yesterday", None, None);
    }

    #[test]
    fn most_servers_have_to_agree() {
        let minutes = |all: &[i64]| off(all.iter().map(|m| TimeDelta::minutes(*m)).collect());
        assert_eq!(minutes(&[]), None);
        assert_eq!(minutes(&[0, 0, 600]), None);
        assert_eq!(minutes(&[12, 11, 0]), Some(TimeDelta::minutes(11)));
        assert_eq!(minutes(&[-90]), Some(TimeDelta::minutes(-90)));
        assert_eq!(minutes(&[5, 4, 5]), None);
    }

    #[test]
    fn differences_are_said_in_words() {
        assert_eq!(in_words(TimeDelta::minutes(12)), "12 minutes ahead of");
        assert_eq!(in_words(TimeDelta::minutes(-150)), "2 hours behind");
        assert_eq!(in_words(TimeDelta::days(-400)), "400 days behind");
    }
}
