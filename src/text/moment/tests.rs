//! Times as outlets write them, and what is none.

use super::*;

const BEIJING: Zone = Zone(480);

#[track_caller]
fn check(text: &str, zone: Zone, expected: &str, precision: Precision) {
    let moment = parse(text, zone).unwrap_or_else(|| panic!("{text:?} was not read"));
    assert_eq!(moment.at.format("%Y-%m-%dT%H:%M:%S%:z").to_string(), expected, "{text:?}");
    assert_eq!(moment.precision, precision, "{text:?}");
}

#[track_caller]
fn refused(text: &str) {
    assert_eq!(parse(text, Zone(0)), None, "{text:?}");
}

#[test]
fn rfc_2822_and_3339() {
    check(
        "Thu, 21 Nov 2019 05:47:12 +0000",
        BEIJING,
        "2019-11-21T05:47:12+00:00",
        Precision::Second,
    );
    check("Thu, 21 Nov 2019 05:47 GMT", BEIJING, "2019-11-21T05:47:00+00:00", Precision::Minute);
    check("2019-11-21T05:47:12Z", BEIJING, "2019-11-21T05:47:12+00:00", Precision::Second);
    check(
        "2019-11-21T05:47:12.123456+03:00",
        BEIJING,
        "2019-11-21T05:47:12+03:00",
        Precision::Second,
    );
    check("2019-11-21T05:47:12-0500", BEIJING, "2019-11-21T05:47:12-05:00", Precision::Second);
    check("2020-04-28T11:00+0000", BEIJING, "2020-04-28T11:00:00+00:00", Precision::Minute);
}

#[test]
fn no_zone_is_the_given_one() {
    check("2026-03-02 10:00:00", BEIJING, "2026-03-02T10:00:00+08:00", Precision::Second);
    check("19:49, 21-Jan-2019", BEIJING, "2019-01-21T19:49:00+08:00", Precision::Minute);
    check("2026-03-02", BEIJING, "2026-03-02T00:00:00+08:00", Precision::Day);
}

#[test]
fn outlets_write_them_so() {
    check("20 Nov, 2019 05:47", Zone(0), "2019-11-20T05:47:00+00:00", Precision::Minute);
    check(
        "Published: Mar 24, 2022 09:53 PM Updated: Mar 24, 2022 09:51 PM",
        BEIJING,
        "2022-03-24T21:53:00+08:00",
        Precision::Minute,
    );
    check("| Mar 20, 2026 12:04 AM", BEIJING, "2026-03-20T00:04:00+08:00", Precision::Minute);
    check("2026年03月20日 12:04", BEIJING, "2026-03-20T12:04:00+08:00", Precision::Minute);
    check("2026年3月20日12时04分", BEIJING, "2026-03-20T12:04:00+08:00", Precision::Minute);
    check("2020年02月20日12:38:27", BEIJING, "2020-02-20T12:38:27+08:00", Precision::Second);
    check(
        "19:49 21.01.2019 (обновлено: 20:00 21.01.2019)",
        Zone(180),
        "2019-01-21T19:49:00+03:00",
        Precision::Minute,
    );
    check("21 янв. 2019, 15:02 МСК", Zone(0), "2019-01-21T15:02:00+03:00", Precision::Minute);
}

#[test]
fn months_of_many_languages() {
    check("20 ноября 2019", Zone(0), "2019-11-20T00:00:00+00:00", Precision::Day);
    check("5 de marzo de 2020, 10:15", Zone(0), "2020-03-05T10:15:00+00:00", Precision::Minute);
    check("le 3 août 2021 à 18h30", Zone(0), "2021-08-03T18:30:00+00:00", Precision::Minute);
    check("Freitag, 20. März 2020", Zone(0), "2020-03-20T00:00:00+00:00", Precision::Day);
    check("17 مارس 2020 ١٢:٣٠", Zone(0), "2020-03-17T12:30:00+00:00", Precision::Minute);
    check("12 mars 2020", Zone(0), "2020-03-12T00:00:00+00:00", Precision::Day);
    check(
        "March 3rd, 2020 at 4:05 p.m. GMT+3",
        Zone(0),
        "2020-03-03T16:05:00+03:00",
        Precision::Minute,
    );
}

#[test]
fn numbers_only() {
    check("1548036225000", BEIJING, "2019-01-21T10:03:45+08:00", Precision::Second);
    check("1548036225", Zone(0), "2019-01-21T02:03:45+00:00", Precision::Second);
    check("20190121", Zone(0), "2019-01-21T00:00:00+00:00", Precision::Day);
    check("201901211949", BEIJING, "2019-01-21T19:49:00+08:00", Precision::Minute);
    check("21/01/2019", Zone(0), "2019-01-21T00:00:00+00:00", Precision::Day);
    check("01/21/2019", Zone(0), "2019-01-21T00:00:00+00:00", Precision::Day);
    check("21.01.19 10:00", Zone(0), "2019-01-21T10:00:00+00:00", Precision::Minute);
}

#[test]
fn a_wrong_weekday_does_not_matter() {
    check(
        "Sun, 21 Nov 2019 05:47:12 +0000",
        Zone(0),
        "2019-11-21T05:47:12+00:00",
        Precision::Second,
    );
}

#[test]
fn what_is_no_date_is_refused() {
    for text in ["", "yesterday", "05:47", "31 Feb 2020", "1 Jan 0001", "1970-01-01T00:00:00Z", "0"]
    {
        refused(text);
    }
    refused("Updated: Mar 24, 2022 09:51 PM");
    refused("9999999999999999999999");
}

#[test]
fn updated_before_published() {
    check(
        "Updated 2 May 2020 11:00 Published 1 May 2020 10:00",
        Zone(0),
        "2020-05-01T10:00:00+00:00",
        Precision::Minute,
    );
}

proptest::proptest! {
    #[test]
    fn never_panics(text in ".{0,80}") {
        let _ = parse(&text, Zone(0));
    }

    #[test]
    fn reads_what_chrono_writes(seconds in 800_000_000i64..4_000_000_000, offset in -12i32..=14) {
        let zone = Zone(offset * 60).to_chrono();
        let at = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone);
        for text in [at.to_rfc3339(), at.to_rfc2822()] {
            proptest::prop_assert_eq!(parse(&text, Zone(0)).map(|m| m.at), Some(at));
        }
    }
}
