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

/// Times of 4 January 2026, read in the zone of an outlet in Beijing.
#[track_caller]
fn check_clocks(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        check(text, BEIJING, &format!("2026-01-04T{expected}"), Precision::Minute);
    }
}

#[track_caller]
fn check_day(text: &str) {
    check(text, BEIJING, "2026-01-04T00:00:00+08:00", Precision::Day);
}

#[test]
fn halves_of_the_day_in_many_languages() {
    check_clocks(&[
        ("2026年1月4日 下午3:15", "15:15:00+08:00"),
        ("2026年1月4日晚上8点15分", "20:15:00+08:00"),
        ("2026-01-04 上午10:15", "10:15:00+08:00"),
        ("2026-01-04 凌晨12:15", "00:15:00+08:00"),
        ("2026-01-04 中午12:15", "12:15:00+08:00"),
        ("2026年1月4日 午後3時15分", "15:15:00+08:00"),
        ("2026년 1월 4일 오후 3:15", "15:15:00+08:00"),
        ("2026.01.04. 오전 10시 15분", "10:15:00+08:00"),
        ("4 يناير 2026 03:15 مساءً", "15:15:00+08:00"),
        ("٤ يناير ٢٠٢٦ ٠٣:١٥ م", "15:15:00+08:00"),
        ("4 يناير 2026 03:15 صباحًا", "03:15:00+08:00"),
        ("4 de enero de 2026 3:15 p. m.", "15:15:00+08:00"),
        ("4 de enero de 2026, 3:15 de la tarde", "15:15:00+08:00"),
        ("4 Ιανουαρίου 2026 3:15 μ.μ.", "15:15:00+08:00"),
        ("4 Ιανουαρίου 2026 3:15 π.μ.", "03:15:00+08:00"),
        ("4 января 2026, 3:15 дня", "15:15:00+08:00"),
        ("4 января 2026, 8:15 вечера", "20:15:00+08:00"),
        ("4 Ocak 2026 ÖS 3:15", "15:15:00+08:00"),
        ("4 जनवरी 2026, 3:15 अपराह्न", "15:15:00+08:00"),
        ("Jan 4, 2026 12:15 AM", "00:15:00+08:00"),
        ("12:15 PM Jan 4, 2026", "12:15:00+08:00"),
        ("4 janvier 2026 à 15h15", "15:15:00+08:00"),
    ]);
}

#[test]
fn zones_in_abbreviations_and_words() {
    check_clocks(&[
        ("10:15 AM, January 4, 2026 EST", "10:15:00-05:00"),
        ("10:15 EST, 4 January 2026", "10:15:00-05:00"),
        ("2026-01-04 10:15 北京时间", "10:15:00+08:00"),
        ("4 Jan 2026 10:15 (Beijing Time)", "10:15:00+08:00"),
        ("莫斯科时间2026年1月4日10:15", "10:15:00+03:00"),
        ("4 января 2026 10:15 по московскому времени", "10:15:00+03:00"),
        ("4 января 2026, 10:15 (по Москве)", "10:15:00+03:00"),
        ("4 Jan 2026 10:15 Moscow time", "10:15:00+03:00"),
        ("4 يناير 2026 10:15 بتوقيت موسكو", "10:15:00+03:00"),
        ("4 de enero de 2026, 10:15 hora de Moscú", "10:15:00+03:00"),
        ("04.01.2026, 10:15 Uhr MEZ", "10:15:00+01:00"),
        ("4 Jan 2026 10:15 London time", "10:15:00+00:00"),
        ("Jan 4, 2026 10:15 AM ET", "10:15:00-05:00"),
        ("Jan 4, 2026 10:15 AM CT", "10:15:00-06:00"),
        ("2026/01/04 10:15 GMT+8", "10:15:00+08:00"),
        ("2026-01-04 10:15 (GMT +3)", "10:15:00+03:00"),
        ("4 Jan 2026 10:15 PKT", "10:15:00+05:00"),
    ]);
}

#[test]
fn zones_with_summer_time() {
    let check = |text, expected| check(text, BEIJING, expected, Precision::Minute);
    check("July 4, 2025 10:15 AM ET", "2025-07-04T10:15:00-04:00");
    check("Jul 4, 2025 10:15 AM PT", "2025-07-04T10:15:00-07:00");
    check("9 March 2025 03:15 ET", "2025-03-09T03:15:00-04:00");
    check("9 March 2025 01:15 ET", "2025-03-09T01:15:00-05:00");
    check("2 November 2025 03:15 ET", "2025-11-02T03:15:00-05:00");
    check("04.07.2025, 10:15 Uhr MESZ", "2025-07-04T10:15:00+02:00");
    check("4 July 2025 10:15 Paris time", "2025-07-04T10:15:00+02:00");
    check("30 March 2025 00:15 London time", "2025-03-30T00:15:00+00:00");
    check("30 March 2025 02:15 London time", "2025-03-30T02:15:00+01:00");
}

#[test]
fn a_zone_or_half_of_the_day_that_is_not_known_leaves_the_day() {
    for text in [
        "Jan 4, 2026 10:15 AM CST",
        "Jan 4, 2026 10:15 IST",
        "4 Jan 2026 10:15 XQT",
        "4 Jan 2026 10:15 local time",
        "2026-01-04 10:15 当地时间",
        "4 января 2026 10:15 по местному времени",
        "4 Jan 2026 10:15 Nowhere time",
        "4 Jan 2026 3:15 x.y.",
        "2026-01-04 晚上12:15",
    ] {
        check_day(text);
    }
}

#[test]
fn words_behind_a_clock_that_are_no_zone() {
    check_clocks(&[
        ("2026-01-04 10:15 | A. Writer", "10:15:00+08:00"),
        ("4 Jan 2026 10:15 by A. Writer", "10:15:00+08:00"),
        ("10:15 4-01-2026 - 5 comments", "10:15:00+08:00"),
        ("4 janvier 2026 10:15 et plus", "10:15:00+08:00"),
    ]);
}

#[test]
fn a_change_is_no_publication_in_any_language() {
    for text in [
        "mis à jour le 05/01/2026 à 11h00",
        "Mise à jour : 5 janvier 2026",
        "zuletzt geändert 05.01.2026",
        "Aggiornato il 5 gennaio 2026 11:00",
        "последняя редакция 5 января 2026 11:00",
        "обновлена 5 января 2026 11:00",
        "Son Güncelleme: 05.01.2026 11:00",
        "최종수정 2026-01-05 11:00",
        "更新时间：2026-01-05 11:00",
        "آخر تحديث 5 يناير 2026",
        "به‌روزرسانی: 2026-01-05",
        "ažurirano 05.01.2026. 11:00",
        "Τελευταία ενημέρωση: 05/01/2026",
        "última actualización 05/01/2026",
        "Cập nhật 05/01/2026",
        "Last modified: 2026-01-05",
    ] {
        refused(text);
        assert!(is_of_a_change(text), "{text}");
    }
    check_clocks(&[
        (
            "Mis à jour le 5 janvier 2026 à 11h00, publié le 4 janvier 2026 à 10h15",
            "10:15:00+08:00",
        ),
        ("입력 2026-01-04 10:15 수정 2026-01-05 11:00", "10:15:00+08:00"),
        ("发布时间：2026-01-04 10:15", "10:15:00+08:00"),
    ]);
}

#[test]
fn iso_in_its_basic_form() {
    check("20260104T101500Z", BEIJING, "2026-01-04T10:15:00+00:00", Precision::Second);
    check("20260104T1015+0300", BEIJING, "2026-01-04T10:15:00+03:00", Precision::Minute);
    check("20260104T101520", BEIJING, "2026-01-04T10:15:20+08:00", Precision::Second);
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

proptest::proptest! {
    /// The short way to a time of records gives what the tokens give.
    #[test]
    fn times_of_records_are_read_as_all_others(
        (y, m, d) in (1990..2105i32, 0..14u32, 0..33u32),
        (h, min, s) in (0..26u32, 0..62u32, 0..62u32),
        zone in "Z|[+-](0[0-9]|1[0-5]):(00|30|45|60)|\\+0800| Z|",
    ) {
        let text = format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}{zone}");
        if let Some(short) = rfc_3339(&text) {
            proptest::prop_assert_eq!(from_tokens(&text, BEIJING), Some(short), "{}", text);
        }
    }
}
