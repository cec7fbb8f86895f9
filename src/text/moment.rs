//! Reads one written time: "2019-01-21T19:49:00+08:00", "19:49, 21-Jan-2019", "20 ноября 2019, 05:47
//! МСК", "2026年03月20日 12:04", 1548036225000. Which of an article's times is believed is the
//! business of `normalize`.
//!
//! The text is cut into numbers, words and signs once and scanned for a day, a clock time and a
//! zone; no format strings, so that decoration ("Published:", weekdays) does not matter.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

use crate::model::{Precision, Zone};

/// A time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The instant with the offset it was written in (or read in, see `zoned`).
    pub at: DateTime<FixedOffset>,
    /// How exact it is.
    pub precision: Precision,
    /// The text names its zone.
    pub zoned: bool,
}

/// First and last year that is believed: news on the web began in 1995.
const YEARS: std::ops::RangeInclusive<i32> = 1995..=2100;
/// Longest text that is looked at; a date line is short.
const MAX_BYTES: usize = 200;

/// Words after which a time is that of a change, not of the publication.
const UPDATED: &[&str] = &[
    "updated",
    "update",
    "modified",
    "обновлено",
    "изменено",
    "actualizado",
    "actualizada",
    "modifié",
    "aktualisiert",
    "stand",
    "更新",
    "تحديث",
    "zaktualizowano",
    "aktualizacja",
];

/// Month names and their shortest unambiguous beginnings, lower case: a word names the month whose
/// beginning it starts with, the longest beginning wins.
const MONTHS: &[(&str, u32)] = &[
    // English, German, French, Spanish, Portuguese, Italian, Polish, Dutch, Turkish in Latin script.
    ("jan", 1),
    ("jän", 1),
    ("ene", 1),
    ("gen", 1),
    ("sty", 1),
    ("oca", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("lut", 2),
    ("şub", 2),
    ("mar", 3),
    ("mär", 3),
    ("maa", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("kwi", 4),
    ("nis", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("maj", 5),
    ("mei", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("cze", 6),
    ("haz", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("lip", 7),
    ("tem", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sie", 8),
    ("ağu", 8),
    ("sep", 9),
    ("set", 9),
    ("wrz", 9),
    ("eyl", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("paź", 10),
    ("eki", 10),
    ("nov", 11),
    ("lis", 11),
    ("kas", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
    ("gru", 12),
    ("ara", 12),
    // Russian, Ukrainian.
    ("янв", 1),
    ("фев", 2),
    ("мар", 3),
    ("апр", 4),
    ("мая", 5),
    ("май", 5),
    ("июн", 6),
    ("июл", 7),
    ("авг", 8),
    ("сен", 9),
    ("окт", 10),
    ("ноя", 11),
    ("дек", 12),
    ("січ", 1),
    ("лют", 2),
    ("бер", 3),
    ("кві", 4),
    ("тра", 5),
    ("чер", 6),
    ("лип", 7),
    ("сер", 8),
    ("вер", 9),
    ("жов", 10),
    ("лис", 11),
    ("гру", 12),
    // Greek.
    ("ιαν", 1),
    ("φεβ", 2),
    ("μαρ", 3),
    ("μάρ", 3),
    ("απρ", 4),
    ("μαϊ", 5),
    ("μάι", 5),
    ("ιουν", 6),
    ("ιούν", 6),
    ("ιουλ", 7),
    ("ιούλ", 7),
    ("αυγ", 8),
    ("αύγ", 8),
    ("σεπ", 9),
    ("οκτ", 10),
    ("νοε", 11),
    ("νοέ", 11),
    ("δεκ", 12),
    // Arabic: Egyptian and Levantine names, whole.
    ("يناير", 1),
    ("فبراير", 2),
    ("مارس", 3),
    ("أبريل", 4),
    ("ابريل", 4),
    ("إبريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يونيه", 6),
    ("يوليو", 7),
    ("يوليه", 7),
    ("أغسطس", 8),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("أكتوبر", 10),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("شباط", 2),
    ("آذار", 3),
    ("نيسان", 4),
    ("أيار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("آب", 8),
    ("أيلول", 9),
];

/// Words that begin like a month and are none.
const NOT_MONTHS: &[&str] = &[
    "mark",
    "market",
    "markets",
    "martin",
    "maria",
    "main",
    "mail",
    "made",
    "decide",
    "set",
    "settings",
    "march's",
    "out",
    "general",
    "gender",
    "generation",
    "temp",
    "list",
    "lista",
    "listen",
    "arab",
    "magazine",
    "august's",
    "second",
    "mardi",
    "martes",
    "martedì",
];

/// Zone names with their offset in minutes; those that mean several zones are left out.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("gmt", 0),
    ("utc", 0),
    ("ut", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("est", -300),
    ("edt", -240),
    ("et", -300),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("bjt", 480),
    ("hkt", 480),
    ("sgt", 480),
    ("jst", 540),
    ("kst", 540),
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A number and how many digits it was written with.
    Number(i64, usize),
    Word(String),
    Sign(char),
    Space,
}

/// Reads a written time; a clock time without a zone is read in `zone`, and so is a bare day.
/// `None` if there is no whole date in it, or one that cannot be.
pub(crate) fn parse(text: &str, zone: Zone) -> Option<Moment> {
    let text = text.trim();
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    if let Some(moment) = from_digits(text, zone) {
        return Some(moment);
    }
    let tokens = published_part(tokens(text))?;
    let (date, date_place) = find_date(&tokens)?;
    let clock = find_clock(&tokens, date_place.clone());
    let over = clock.as_ref().is_some_and(|clock| clock.day_over);
    let date = if over { date.succ_opt()? } else { date };
    let (time, precision) =
        clock.as_ref().map_or((NaiveTime::MIN, Precision::Day), |c| (c.time, c.precision));
    let written = clock.as_ref().and_then(|clock| find_zone(&tokens, clock.end, date_place.start));
    let offset = Zone(written.unwrap_or(zone.0)).to_chrono();
    let at = offset.from_local_datetime(&date.and_time(time)).single()?;
    Some(Moment { at, precision, zoned: written.is_some() })
}

/// Epoch seconds or milliseconds, `YYYYMMDD`, `YYYYMMDDhhmm`, `YYYYMMDDhhmmss`.
fn from_digits(text: &str, zone: Zone) -> Option<Moment> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    if let Some(date) =
        text.get(..8).and_then(compact_day).filter(|_| matches!(text.len(), 8 | 12 | 14))
    {
        let part =
            |range: std::ops::Range<usize>| text.get(range).map_or(Some(0), |s| s.parse().ok());
        let time = NaiveTime::from_hms_opt(part(8..10)?, part(10..12)?, part(12..14)?)?;
        let precision = match text.len() {
            8 => Precision::Day,
            12 => Precision::Minute,
            _ => Precision::Second,
        };
        let at = zone.to_chrono().from_local_datetime(&date.and_time(time)).single()?;
        return Some(Moment { at, precision, zoned: false });
    }
    let utc = match text.len() {
        9 | 10 => DateTime::from_timestamp(number, 0)?,
        12 | 13 => DateTime::from_timestamp_millis(number)?,
        _ => return None,
    };
    let at = utc.with_timezone(&zone.to_chrono());
    YEARS.contains(&at.year()).then_some(Moment { at, precision: Precision::Second, zoned: true })
}

fn compact_day(digits: &str) -> Option<NaiveDate> {
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn day_of(year: i64, month: i64, day: i64) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut value, mut length) = (i64::from(digit), 1);
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                value = value.saturating_mul(10).saturating_add(i64::from(next));
                length += 1;
                chars.next();
            }
            tokens.push(Token::Number(value, length));
        } else if is_counter(c) {
            tokens.push(Token::Sign(c));
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            while let Some(next) = chars.next_if(|n| n.is_alphabetic() && !is_counter(*n)) {
                word.extend(next.to_lowercase());
            }
            tokens.push(Token::Word(word));
        } else if c.is_whitespace() {
            if tokens.last() != Some(&Token::Space) {
                tokens.push(Token::Space);
            }
        } else {
            tokens.push(Token::Sign(if c == '：' { ':' } else { c }));
        }
    }
    tokens
}

/// Value of a decimal digit: ASCII, full-width, Arabic-Indic, Persian.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

/// Chinese, Japanese and Korean marks after a number.
fn is_counter(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '時' | '时' | '点' | '分' | '秒' | '년' | '월' | '일')
}

/// The tokens before any "updated"; `None` if the text is about a change only.
fn published_part(mut tokens: Vec<Token>) -> Option<Vec<Token>> {
    let is_update =
        |token: &Token| matches!(token, Token::Word(word) if UPDATED.contains(&word.as_str()));
    let has_year =
        |tokens: &[Token]| tokens.iter().any(|t| matches!(t, Token::Number(n, 4) if *n > 1900));
    let Some(place) = tokens.iter().position(is_update) else { return Some(tokens) };
    if has_year(&tokens[..place]) {
        tokens.truncate(place);
        return Some(tokens);
    }
    // "Updated: ... Published: ...": what follows the second label is wanted.
    let published =
        tokens.iter().rposition(|t| matches!(t, Token::Word(w) if w.starts_with("publi")));
    published.filter(|p| *p > place).map(|p| tokens.split_off(p))
}

/// The first whole date and the tokens it takes.
fn find_date(tokens: &[Token]) -> Option<(NaiveDate, std::ops::Range<usize>)> {
    (0..tokens.len()).find_map(|start| {
        let (date, end) = date_at(tokens, start)?;
        Some((date, start..end))
    })
}

fn date_at(tokens: &[Token], start: usize) -> Option<(NaiveDate, usize)> {
    let mut place = start;
    let first = next_part(tokens, &mut place)?;
    let second = next_part(tokens, &mut place)?;
    let third = next_part(tokens, &mut place)?;
    let date = match (first, second, third) {
        (Part::Number(y, 4), Part::Number(m, _) | Part::Month(m), Part::Number(d, _))
        | (Part::Number(d, 1 | 2), Part::Month(m), Part::Number(y, 4))
        | (Part::Month(m), Part::Number(d, 1 | 2), Part::Number(y, 4)) => day_of(y, m, d),
        (Part::Number(d, 1 | 2), Part::Month(m), Part::Number(y, 2)) => day_of(2000 + y, m, d),
        (Part::Number(a, 1 | 2), Part::Number(b, 1 | 2), Part::Number(y, 4)) => {
            // Day first, as in most of the world, unless only the other way makes a date.
            day_of(y, b, a).or_else(|| day_of(y, a, b))
        }
        (Part::Number(d, 2), Part::Number(m, 2), Part::Number(y, 2)) if dotted(tokens, start) => {
            day_of(2000 + y, m, d)
        }
        _ => None,
    }?;
    Some((date, place))
}

/// Whether the number at `start` is followed by a dot: `21.01.19`.
fn dotted(tokens: &[Token], start: usize) -> bool {
    tokens.get(start + 1) == Some(&Token::Sign('.'))
}

enum Part {
    Number(i64, usize),
    Month(i64),
}

/// The next number or month; signs, spaces and small words ("de", "of", "th") in between are passed
/// over, a colon (a clock time) or any other word ends the date.
fn next_part(tokens: &[Token], place: &mut usize) -> Option<Part> {
    const PASSED: &[&str] = &["de", "del", "of", "th", "st", "nd", "rd", "er", "г", "ที่"];
    let start = *place;
    loop {
        let token = tokens.get(*place)?;
        *place += 1;
        match token {
            Token::Number(value, length) => {
                // "19:49": a clock time is no part of a date.
                let clock = tokens.get(*place) == Some(&Token::Sign(':'));
                return (!clock).then_some(Part::Number(*value, *length));
            }
            Token::Word(word) => {
                if let Some(month) = month_of(word) {
                    return Some(Part::Month(month));
                }
                if !PASSED.contains(&word.as_str()) {
                    return None;
                }
            }
            Token::Sign(':') => return None,
            Token::Sign(_) | Token::Space => {}
        }
        if *place - start > 5 {
            return None;
        }
    }
}

fn month_of(word: &str) -> Option<i64> {
    if NOT_MONTHS.contains(&word) {
        return None;
    }
    let hit = MONTHS.iter().filter(|(beginning, _)| word.starts_with(beginning));
    hit.max_by_key(|(beginning, _)| beginning.len()).map(|(_, month)| i64::from(*month))
}

struct Clock {
    time: NaiveTime,
    /// It was written as 24:00, the end of its day.
    day_over: bool,
    precision: Precision,
    /// Index after its last token.
    end: usize,
}

/// The clock time nearest to the date: the first one after it, else the last one before it.
fn find_clock(tokens: &[Token], date: std::ops::Range<usize>) -> Option<Clock> {
    let after = (date.end..tokens.len()).find_map(|start| clock_at(tokens, start));
    after.or_else(|| (0..date.start).rev().find_map(|start| clock_at(tokens, start)))
}

fn clock_at(tokens: &[Token], start: usize) -> Option<Clock> {
    let number = |at: usize, digits: std::ops::RangeInclusive<usize>| match tokens.get(at) {
        Some(Token::Number(value, length)) if digits.contains(length) => u32::try_from(*value).ok(),
        _ => None,
    };
    if start > 0 && matches!(tokens.get(start - 1), Some(Token::Sign(':' | '+' | '-'))) {
        return None;
    }
    let hour = number(start, 1..=2)?;
    let separated = match tokens.get(start + 1)? {
        Token::Sign(':' | '时' | '時' | '点') => true,
        Token::Word(h) => h == "h" || h == "uhr",
        _ => false,
    };
    let (minute, mut end) = (number(start + 2, 2..=2)?, start + 3);
    if !separated {
        return None;
    }
    let mut second = None;
    if matches!(tokens.get(end), Some(Token::Sign(':' | '分'))) {
        second = number(end + 1, 2..=2);
        end += if second.is_some() { 2 } else { 1 };
        if second.is_some() && matches!(tokens.get(end), Some(Token::Sign('.' | ','))) {
            end += if number(end + 1, 1..=9).is_some() { 2 } else { 0 };
        }
    }
    let hour = half_day(hour, tokens, &mut end);
    let day_over = hour == 24 && minute == 0 && second.unwrap_or(0) == 0;
    let hour = if day_over { 0 } else { hour };
    let time = NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0).min(59))?;
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    Some(Clock { time, day_over, precision, end })
}

/// Applies "AM", "p.m.", "PM" after the clock time.
fn half_day(hour: u32, tokens: &[Token], end: &mut usize) -> u32 {
    let mut place = *end;
    while tokens.get(place) == Some(&Token::Space) {
        place += 1;
    }
    let Some(Token::Word(word)) = tokens.get(place) else { return hour };
    let dotted_m = tokens.get(place + 2) == Some(&Token::Word("m".into()));
    let pm = match word.as_str() {
        "am" => false,
        "pm" => true,
        "a" if dotted_m => false,
        "p" if dotted_m => true,
        _ => return hour,
    };
    *end = place + if dotted_m { 3 } else { 1 };
    match (pm, hour) {
        (true, 1..=11) => hour + 12,
        (false, 12) => 0,
        _ => hour,
    }
}

/// The zone written right after the clock time, in minutes east.
fn find_zone(tokens: &[Token], clock_end: usize, date_start: usize) -> Option<i32> {
    let limit = if date_start > clock_end { date_start } else { tokens.len() };
    let rest = tokens.get(clock_end..limit)?;
    let mut minutes = None;
    for (i, token) in rest.iter().enumerate().take(6) {
        match token {
            Token::Space | Token::Sign('(' | ')' | '.' | ',' | '[') => {}
            Token::Word(word) => {
                let known = ZONES.iter().find(|(name, _)| *name == word.as_str());
                minutes = Some(known?.1);
            }
            Token::Sign(sign @ ('+' | '-' | '−')) => {
                return offset_of(rest.get(i + 1..)?, *sign == '+').or(minutes);
            }
            _ => return minutes,
        }
    }
    minutes
}

fn offset_of(tokens: &[Token], east: bool) -> Option<i32> {
    let (hours, minutes) = match tokens {
        [Token::Number(h, 1 | 2), Token::Sign(':'), Token::Number(m, 2), ..] => (*h, *m),
        [Token::Number(hm, 3 | 4), ..] => (hm / 100, hm % 100),
        [Token::Number(h, 1 | 2), ..] => (*h, 0),
        _ => return None,
    };
    let total = i32::try_from(hours * 60 + minutes).ok().filter(|m| *m <= 14 * 60)?;
    Some(if east { total } else { -total })
}

/// Whether a time lies before anything that can be news on the web.
pub(crate) fn is_ancient(at: DateTime<Utc>) -> bool {
    at.year() < *YEARS.start()
}

#[cfg(test)]
mod tests {
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
        check(
            "Thu, 21 Nov 2019 05:47 GMT",
            BEIJING,
            "2019-11-21T05:47:00+00:00",
            Precision::Minute,
        );
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
        for text in
            ["", "yesterday", "05:47", "31 Feb 2020", "1 Jan 0001", "1970-01-01T00:00:00Z", "0"]
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
}
