//! Reads one written time: "2019-01-21T19:49:00+08:00", "19:49, 21-Jan-2019", "20 ноября 2019, 05:47
//! МСК", "2026年03月20日 12:04", 1548036225000. Which of an article's times is believed is the
//! business of `extract`.
//!
//! The text is cut into numbers, words and signs once and scanned for a day, a clock time and a
//! zone; no format strings, so that decoration ("Published:", weekdays) does not matter.

#[cfg(test)]
mod tests;
mod tokens;

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use rustc_hash::{FxHashMap, FxHashSet};

use super::languages::{self, words};
use crate::model::{Precision, Zone};
use tokens::{Token, tokens};

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

/// The words of written times in all languages.
struct Names {
    months: Vec<(&'static str, u32)>,
    not_months: FxHashSet<&'static str>,
    inside: FxHashSet<&'static str>,
    zones: FxHashMap<&'static str, i32>,
    updated: FxHashSet<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    months: languages::ALL.iter().flat_map(|l| l.dates.months).copied().collect(),
    not_months: words(|l| l.dates.not_months).collect(),
    inside: words(|l| l.dates.inside).collect(),
    zones: languages::ALL.iter().flat_map(|l| l.dates.zones).copied().collect(),
    updated: words(|l| l.dates.updated).collect(),
});

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

/// The tokens before any "updated"; `None` if the text is about a change only.
fn published_part(mut tokens: Vec<Token>) -> Option<Vec<Token>> {
    let is_update =
        |token: &Token| matches!(token, Token::Word(word) if NAMES.updated.contains(word.as_str()));
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
                if !NAMES.inside.contains(word.as_str()) {
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
    if NAMES.not_months.contains(word) {
        return None;
    }
    let hit = NAMES.months.iter().filter(|(beginning, _)| word.starts_with(beginning));
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
                minutes = Some(*NAMES.zones.get(word.as_str())?);
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
