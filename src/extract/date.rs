//! Which of an article's times is its publication.
//!
//! Every time that a page, feed or address states is a claim; the ladder of [`DateSource`] ranks
//! them, exactness decides between claims of one day, and disagreement is flagged, not hidden.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::claim::{Claim, OutletZone};
use super::flag::Flag;
use super::moment;
use crate::model::{DateSource, Precision};

/// How far after the first sighting (or the present) a publication time is believed: the zones of
/// the world lie 26 hours apart, but a date line is rarely more than a day ahead.
const FUTURE_TOLERANCE: TimeDelta = TimeDelta::hours(24);
/// How far local clocks lie behind and before UTC. Nobody publishes further west than Hawaii.
const ZONES: (TimeDelta, TimeDelta) = (TimeDelta::hours(10), TimeDelta::hours(14));
/// Clock times of one day that differ by more are in conflict.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::hours(1);

/// Decides between claims, given in the order of the ladder. A claim later than `latest` (the first
/// sighting, or the present) by more than a day is not believed. Returns the flags besides.
pub(super) fn choose(
    claims: &[Claim],
    latest: Option<DateTime<Utc>>,
    zone: OutletZone,
) -> (Option<Claim>, Vec<Flag>) {
    let mut flags = Vec::new();
    let is_future =
        |claim: &Claim| latest.is_some_and(|latest| claim.utc > latest + FUTURE_TOLERANCE);
    if claims.iter().any(is_future) {
        flags.push(Flag::FutureDate);
    }
    let believed: Vec<&Claim> =
        claims.iter().filter(|c| !is_future(c) && !moment::is_ancient(c.utc)).collect();
    let Some(first) = first_of(&believed) else { return (None, flags) };
    let (first, is_one_of_two) = as_one_instant(first, &believed);
    let exact = believed.iter().filter(|claim| is_same_time(first, claim));
    let mut best = exact.min_by_key(|claim| claim.precision).map_or(first, |claim| *claim).clone();
    if believed.iter().any(|claim| is_conflict(&best, claim)) {
        flags.push(Flag::DateConflict);
    }
    if !zone.known {
        best.local_date = local_day(&best, &believed);
    }
    if is_one_of_two {
        best.precision = Precision::Day;
    }
    (Some(best), flags)
}

/// The highest rung; but the day in the address goes before a `<time>` of another day, which may
/// belong to anything on the page.
fn first_of<'a>(believed: &[&'a Claim]) -> Option<&'a Claim> {
    let first = *believed.first()?;
    let in_address = believed.iter().find(|claim| claim.source == DateSource::Url);
    match in_address {
        Some(day) if first.source == DateSource::Time && days_apart(first, day) > 1 => Some(day),
        _ => Some(first),
    }
}

/// The calendar day of an unknown outlet: a time that is written in UTC is one of a publishing
/// system, and the site's own day is the one in its address, or in the same time written with an
/// offset.
fn local_day(best: &Claim, believed: &[&Claim]) -> NaiveDate {
    let is_utc = |claim: &Claim| claim.local_date == claim.utc.date_naive();
    if best.precision == Precision::Day || !is_utc(best) {
        return best.local_date;
    }
    let says_more = |claim: &&&Claim| match claim.source {
        DateSource::Url => is_day_somewhere(best.utc, claim.local_date),
        _ => !is_utc(claim) && (best.utc - claim.utc).abs() <= TimeDelta::seconds(60),
    };
    believed.iter().find(says_more).map_or(best.local_date, |claim| claim.local_date)
}

/// Whether it is this day in some zone at an instant.
fn is_day_somewhere(at: DateTime<Utc>, day: NaiveDate) -> bool {
    let (west, east) = ZONES;
    ((at - west).date_naive()..=(at + east).date_naive()).contains(&day)
}

/// The claim that goes first; of two that write one instant in two notations (the same minutes and
/// seconds, whole hours apart), the one with an offset, since a local clock is often labelled `Z`. If
/// neither has one, the day alone is known, which the second value says.
fn as_one_instant<'a>(first: &'a Claim, believed: &[&'a Claim]) -> (&'a Claim, bool) {
    let Some(other) = believed.iter().find(|other| is_other_notation(first, other)) else {
        return (first, false);
    };
    match (has_offset(&first.raw), has_offset(&other.raw)) {
        (true, _) => (first, false),
        (false, true) => (other, false),
        (false, false) => (first, true),
    }
}

fn is_other_notation(a: &Claim, b: &Claim) -> bool {
    let apart = (a.utc - b.utc).abs();
    let both_exact = a.precision == Precision::Second && b.precision == Precision::Second;
    both_exact && apart.num_seconds() % 3600 == 0 && apart > TimeDelta::zero() && apart <= ZONES.1
}

/// Whether a written time ends with an offset in digits: `+03:00`, `-0500`.
fn has_offset(raw: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let clock = raw.find(':').and_then(|colon| raw.get(colon..)).unwrap_or_default();
    let sign = clock.rfind(['+', '-']).and_then(|sign| clock.get(sign + 1..));
    sign.is_some_and(|rest| matches!(digits(rest), 2 | 4) && !rest.contains(char::is_alphabetic))
}

fn days_apart(a: &Claim, b: &Claim) -> i64 {
    (a.local_date - b.local_date).num_days().abs()
}

/// Whether `other` may state the same publication more exactly: same day if one of them knows the
/// day only, same minute if both know the clock.
fn is_same_time(first: &Claim, other: &Claim) -> bool {
    if first.precision == Precision::Day || other.precision == Precision::Day {
        first.local_date == other.local_date
    } else {
        (first.utc - other.utc).abs() <= TimeDelta::seconds(60)
    }
}

/// Whether two claims cannot both be right: more than a day apart, or more than an hour by the clock.
/// A later `<time>` is no conflict: it is that of an update, or of another item on the page.
fn is_conflict(best: &Claim, other: &Claim) -> bool {
    let is_later_time = other.source == DateSource::Time && other.utc > best.utc;
    if other.source == DateSource::Heuristic || is_later_time {
        return false;
    }
    if best.precision == Precision::Day || other.precision == Precision::Day {
        (best.local_date - other.local_date).abs() > TimeDelta::days(1)
    } else {
        (best.utc - other.utc).abs() > CLOCK_TOLERANCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    const BEIJING: OutletZone = OutletZone { zone: Zone(480), known: true };
    const UNKNOWN: OutletZone = OutletZone { zone: Zone(0), known: false };

    fn chosen(claims: &[(DateSource, &str)], zone: OutletZone) -> (String, Precision, Vec<Flag>) {
        let claims: Vec<Claim> =
            claims.iter().filter_map(|(source, raw)| zone.claim(*source, "", raw)).collect();
        let now = DateTime::from_timestamp(1_600_000_000, 0);
        let (claim, flags) = choose(&claims, now, zone);
        let claim = claim.unwrap();
        (format!("{} {}", claim.utc.format("%FT%TZ"), claim.local_date), claim.precision, flags)
    }

    #[test]
    fn a_feed_time_beats_a_page_day_of_the_same_day() {
        let (at, precision, flags) = chosen(
            &[
                (DateSource::Rule, "21 Jan 2019"),
                (DateSource::Feed, "Mon, 21 Jan 2019 02:03:45 GMT"),
            ],
            BEIJING,
        );
        assert_eq!(
            (at.as_str(), precision),
            ("2019-01-21T02:03:45Z 2019-01-21", Precision::Second)
        );
        assert!(flags.is_empty());
    }

    #[test]
    fn a_feed_time_of_another_day_does_not() {
        let (at, precision, flags) = chosen(
            &[
                (DateSource::JsonLd, "2019-01-21"),
                (DateSource::Feed, "Fri, 25 Jan 2019 02:03:45 GMT"),
            ],
            UNKNOWN,
        );
        assert_eq!((at.as_str(), precision), ("2019-01-21T00:00:00Z 2019-01-21", Precision::Day));
        assert_eq!(flags, [Flag::DateConflict]);
    }

    #[test]
    fn a_known_outlets_day_is_that_of_its_zone() {
        let claims = [(DateSource::Feed, "Mon, 21 Jan 2019 18:00:00 GMT")];
        assert!(chosen(&claims, BEIJING).0.ends_with("2019-01-22"));
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-21"));
    }

    #[test]
    fn the_future_is_flagged_and_the_next_rung_taken() {
        let (at, _, flags) = chosen(
            &[(DateSource::Rule, "2099-01-01 10:00"), (DateSource::Url, "2019-01-21")],
            UNKNOWN,
        );
        assert!(at.starts_with("2019-01-21"));
        assert_eq!(flags, [Flag::FutureDate]);
    }

    #[test]
    fn a_day_that_no_zone_has_at_that_time_is_not_the_addresss() {
        let claims =
            [(DateSource::JsonLd, "2019-01-22T10:04:04Z"), (DateSource::Url, "2019-01-21")];
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-22"));
    }

    #[test]
    fn of_one_instant_in_two_notations_the_one_with_an_offset_counts() {
        let local_as_utc = (DateSource::JsonLd, "2019-01-21T17:25:06Z");
        let claims = [local_as_utc, (DateSource::Meta, "2019-01-21T17:25:06+08:00")];
        assert!(chosen(&claims, UNKNOWN).0.starts_with("2019-01-21T09:25:06Z"));
        let claims = [local_as_utc, (DateSource::Feed, "Mon, 21 Jan 2019 09:25:06 GMT")];
        assert_eq!(chosen(&claims, UNKNOWN).1, Precision::Day);
        let other_second = (DateSource::Feed, "Mon, 21 Jan 2019 09:25:07 GMT");
        assert_eq!(chosen(&[local_as_utc, other_second], UNKNOWN).1, Precision::Second);
    }

    #[test]
    fn an_unknown_sites_day_is_that_of_its_address() {
        let claims =
            [(DateSource::JsonLd, "2019-01-22T01:30:00Z"), (DateSource::Url, "2019-01-21")];
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-21"));
        let claims = [
            (DateSource::JsonLd, "2019-01-21T22:04:05Z"),
            (DateSource::Meta, "2019-01-22T00:04:05+02:00"),
        ];
        assert!(chosen(&claims, UNKNOWN).0.ends_with("2019-01-22"));
    }

    #[test]
    fn the_address_goes_before_a_time_of_another_day() {
        let claims = [(DateSource::Time, "2009-04-11 18:06:36"), (DateSource::Url, "2019-10-22")];
        let (at, _, flags) = chosen(&claims, UNKNOWN);
        assert!(at.ends_with("2019-10-22"));
        assert_eq!(flags, [Flag::DateConflict]);
    }

    #[test]
    fn midnight_is_a_day() {
        assert_eq!(
            chosen(&[(DateSource::Meta, "2019-01-21T00:00:00+08:00")], BEIJING).1,
            Precision::Day
        );
    }
}
