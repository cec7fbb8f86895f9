//! Reads one written time: "2019-01-21T19:49:00+08:00", "19:49, 21-Jan-2019", "20 ноября 2019, 05:47
//! МСК", "2026年03月20日 12:04", 1548036225000. Which of an article's times is believed is the
//! business of `extract`.
//!
//! The text is cut into numbers, words and signs once and scanned for a day, a clock time and a
//! zone; no format strings, so that decoration ("Published:", weekdays) does not matter.

mod clock;
#[cfg(test)]
mod tests;
mod tokens;
mod vocabulary;
mod zone;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

use crate::model::{Precision, Zone};
use tokens::{Token, phrase_end, tokens};
use vocabulary::VOCABULARY;
use zone::Written;

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

/// Reads a written time; a clock time without a zone is read in `zone`, and so is a bare day.
/// `None` if there is no whole date in it, one that cannot be, or only that of a change.
///
/// A zone or a half of the day that is named but not known leaves the day alone.
pub(crate) fn parse(text: &str, zone: Zone) -> Option<Moment> {
    let text = text.trim();
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    if let Some(moment) = rfc_3339(text).or_else(|| from_digits(text, zone)) {
        return Some(moment);
    }
    from_tokens(text, zone)
}

/// Reads a written time of any form.
fn from_tokens(text: &str, zone: Zone) -> Option<Moment> {
    let extended = extended_iso(text);
    let tokens = published_part(tokens(extended.as_deref().unwrap_or(text)))?;
    let (date, date_place) = find_date(&tokens)?;
    let day = || {
        let at = zone.to_chrono().from_local_datetime(&date.and_time(NaiveTime::MIN)).single()?;
        Some(Moment { at, precision: Precision::Day, zoned: false })
    };
    let Some(clock) = clock::find(&tokens, date_place.clone()) else { return day() };
    let local_day = if clock.day_over { date.succ_opt()? } else { date };
    let local = local_day.and_time(clock.time);
    let written = zone::find(&tokens, clock.end, date_place, local);
    if clock.is_ambiguous || written == Written::Unknown {
        return day();
    }
    let east = if let Written::East(minutes) = written { minutes } else { zone.0 };
    let at = Zone(east).to_chrono().from_local_datetime(&local).single()?;
    Some(Moment { at, precision: clock.precision, zoned: written != Written::Nothing })
}

/// Whether a text is about a change only: "Updated: 5 May 2020", "последняя редакция".
pub(crate) fn is_of_a_change(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    published_part(tokens(text)).is_none()
}

/// `2026-03-02T10:15:00Z` or with an offset: the form of most records, read without cutting it into tokens.
fn rfc_3339(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let is_plain =
        bytes.get(10) == Some(&b'T') && matches!(bytes.get(19), Some(b'Z' | b'+' | b'-'));
    if !is_plain {
        return None;
    }
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    // Chrono keeps a leap second, which has no place in the day.
    let fits = YEARS.contains(&at.year())
        && at.timestamp_subsec_nanos() == 0
        && at.offset().local_minus_utc().abs() <= 60 * zone::MAX_MINUTES;
    fits.then_some(Moment { at, precision: Precision::Second, zoned: true })
}

/// The basic form of ISO 8601, `20260302T101500Z`, in its extended form.
fn extended_iso(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(8)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !day.bytes().all(|b| b.is_ascii_digit()) || !matches!(length, 4 | 6) {
        return None;
    }
    let (clock, zone) = rest.split_at(length);
    let seconds = clock.get(4..6).map(|seconds| format!(":{seconds}")).unwrap_or_default();
    let (year, month, day) = (&day[..4], &day[4..6], &day[6..]);
    Some(format!("{year}-{month}-{day}T{}:{}{seconds}{zone}", &clock[..2], &clock[2..4]))
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

/// The tokens before any "updated"; `None` if the text is about a change only.
fn published_part(mut tokens: Vec<Token>) -> Option<Vec<Token>> {
    let is_any = |phrases: &[&str], place: usize| {
        phrases.iter().any(|phrase| phrase_end(&tokens, place, phrase).is_some())
    };
    let has_year =
        |tokens: &[Token]| tokens.iter().any(|t| matches!(t, Token::Number(n, 4) if *n > 1900));
    let Some(place) = (0..tokens.len()).find(|place| is_any(&VOCABULARY.updated, *place)) else {
        return Some(tokens);
    };
    if has_year(&tokens[..place]) {
        tokens.truncate(place);
        return Some(tokens);
    }
    // "Updated: ... Published: ...": what follows the second label is wanted.
    let published =
        (place + 1..tokens.len()).rfind(|place| is_any(&VOCABULARY.publication, *place));
    published.map(|place| tokens.split_off(place))
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
        (
            DatePart::Number(y, 4),
            DatePart::Number(m, _) | DatePart::Month(m),
            DatePart::Number(d, _),
        )
        | (DatePart::Number(d, 1 | 2), DatePart::Month(m), DatePart::Number(y, 4))
        | (DatePart::Month(m), DatePart::Number(d, 1 | 2), DatePart::Number(y, 4)) => {
            day_of(y, m, d)
        }
        (DatePart::Number(d, 1 | 2), DatePart::Month(m), DatePart::Number(y, 2)) => {
            day_of(2000 + y, m, d)
        }
        (DatePart::Number(a, 1 | 2), DatePart::Number(b, 1 | 2), DatePart::Number(y, 4)) => {
            // Day first, as in most of the world, unless only the other way makes a date.
            day_of(y, b, a).or_else(|| day_of(y, a, b))
        }
        (DatePart::Number(d, 2), DatePart::Number(m, 2), DatePart::Number(y, 2))
            if dotted(tokens, start) =>
        {
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

enum DatePart {
    Number(i64, usize),
    Month(i64),
}

/// The next number or month; signs, spaces and small words ("de", "of", "th") in between are passed
/// over, a colon (a clock time) or any other word ends the date.
fn next_part(tokens: &[Token], place: &mut usize) -> Option<DatePart> {
    let start = *place;
    loop {
        let token = tokens.get(*place)?;
        *place += 1;
        match token {
            Token::Number(value, length) => {
                // "19:49": a clock time is no part of a date.
                let clock = tokens.get(*place) == Some(&Token::Sign(':'));
                return (!clock).then_some(DatePart::Number(*value, *length));
            }
            Token::Word { text, .. } => {
                if let Some(month) = month_of(text) {
                    return Some(DatePart::Month(month));
                }
                if !VOCABULARY.inside.contains(text.as_str()) {
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
    if VOCABULARY.not_months.contains(word) {
        return None;
    }
    let hit = VOCABULARY.months.iter().filter(|(beginning, _)| word.starts_with(beginning));
    hit.max_by_key(|(beginning, _)| beginning.len()).map(|(_, month)| i64::from(*month))
}

/// Whether a time lies before anything that can be news on the web.
pub(crate) fn is_ancient(at: DateTime<Utc>) -> bool {
    at.year() < *YEARS.start()
}
