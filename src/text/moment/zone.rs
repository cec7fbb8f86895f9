//! The zone in a written time: an offset, an abbreviation, or words such as "Moscow time".

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

use super::super::languages::Offset;
use super::tokens::{Token, phrase_end};
use super::vocabulary::VOCABULARY;

/// Tokens behind a clock time among which its zone may stand.
const NEAR_TOKENS: usize = 8;
/// Largest offset from UTC that any place has, in minutes.
pub(super) const MAX_MINUTES: i32 = 14 * 60;

/// Abbreviations that stand in lower case too; others in lower case are words, such as "et" or "west".
const LOWER_CASE_ZONES: &[&str] = &["z", "gmt", "utc", "msk", "мск", "mez", "mesz", "cest", "bjt"];

/// What a text says of the zone of its clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Nothing,
    /// Minutes east of Greenwich.
    East(i32),
    /// A zone is named, but it cannot be told which.
    Unknown,
}

/// The zone of a clock time that ends at `clock_end`, in a text whose date stands at `date`.
pub(super) fn find(
    tokens: &[Token],
    clock_end: usize,
    date: std::ops::Range<usize>,
    local: NaiveDateTime,
) -> Written {
    let before_date = if date.start >= clock_end { date.start } else { tokens.len() };
    let behind_clock = at(tokens.get(clock_end..before_date).unwrap_or_default());
    // Behind a date a dash is one: only a named zone counts.
    let is_named = |token: &&Token| token.word().is_some();
    let behind_date = || match tokens.get(date.end..) {
        Some(rest) if date.start >= clock_end => {
            let first =
                rest.iter().find(|token| !matches!(token, Token::Space | Token::Sign('(' | ',')));
            first.filter(is_named).and_then(|_| at(rest))
        }
        _ => None,
    };
    let offset = behind_clock.or_else(behind_date).or_else(|| in_words_before(tokens));
    match offset {
        None => Written::Nothing,
        Some(offset) => minutes_east(offset, local).map_or(Written::Unknown, Written::East),
    }
}

/// The zone at the beginning of what follows a clock time or a date.
fn at(rest: &[Token]) -> Option<Offset> {
    let mut named = None;
    for (i, token) in rest.iter().enumerate().take(NEAR_TOKENS) {
        match token {
            Token::Space | Token::Sign('(' | ')' | '.' | ',' | '[' | ']') => {}
            Token::Sign(sign @ ('+' | '-' | '−')) => {
                let signed = offset_of(rest.get(i + 1..)?, *sign == '+').map(Offset::Fixed);
                return signed.or(named);
            }
            Token::Word { text, capitals } if named.is_none() => {
                named = abbreviation(text, *capitals);
                if named.is_none() && !VOCABULARY.hours.contains(text.as_str()) {
                    return in_words(&rest[i..]);
                }
                // "GMT" may go on: "GMT+8".
            }
            _ => return named,
        }
    }
    named
}

/// The offset of an abbreviation. Capitals that no zone is known by are one that is unknown.
fn abbreviation(text: &str, capitals: bool) -> Option<Offset> {
    let may_be_one = capitals || LOWER_CASE_ZONES.contains(&text);
    let known = VOCABULARY.zones.get(text).copied();
    let is_short = (2..=5).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic);
    let cased = text.chars().all(char::is_lowercase);
    known.filter(|_| may_be_one).or((capitals && is_short && cased).then_some(Offset::Unknown))
}

/// The zone that the next words name: "Moscow time", "по московскому времени". The time of a place
/// that is not known is an unknown zone.
fn in_words(rest: &[Token]) -> Option<Offset> {
    let near = &rest[..rest.len().min(NEAR_TOKENS)];
    let known = near.iter().enumerate().find_map(|(place, _)| phrase_at(near, place));
    let is_time =
        |word: &str| VOCABULARY.time.iter().any(|time| word == *time || is_compound(word, time));
    let is_of_a_place = || near.iter().filter_map(Token::word).take(4).any(is_time);
    known.or_else(|| is_of_a_place().then_some(Offset::Unknown))
}

/// The zone of the longest phrase that starts at a place.
fn phrase_at(tokens: &[Token], place: usize) -> Option<Offset> {
    let fits = |(phrase, _): &&(&str, Offset)| phrase_end(tokens, place, phrase).is_some();
    VOCABULARY
        .zone_names
        .iter()
        .filter(fits)
        .max_by_key(|(phrase, _)| phrase.len())
        .map(|found| found.1)
}

/// Whether a word of a script without blanks ends with the word for time.
fn is_compound(word: &str, time: &str) -> bool {
    time.chars().all(|c| u32::from(c) >= 0x2e80) && word.ends_with(time)
}

/// The zone that words name before a clock time: "莫斯科时间10:15".
fn in_words_before(tokens: &[Token]) -> Option<Offset> {
    (0..tokens.len()).find_map(|place| phrase_at(tokens, place))
}

fn offset_of(tokens: &[Token], east: bool) -> Option<i32> {
    let (hours, minutes) = match tokens {
        [Token::Number(h, 1 | 2), Token::Sign(':'), Token::Number(m, 2), ..] => (*h, *m),
        [Token::Number(hm, 3 | 4), ..] => (hm / 100, hm % 100),
        [Token::Number(h, 1 | 2), ..] => (*h, 0),
        _ => return None,
    };
    let total = i32::try_from(hours * 60 + minutes).ok().filter(|m| *m <= MAX_MINUTES)?;
    Some(if east { total } else { -total })
}

/// Minutes east at a local time; `None` if the zone is not known. In the hour that the change to
/// winter time repeats, summer time is taken.
fn minutes_east(offset: Offset, local: NaiveDateTime) -> Option<i32> {
    match offset {
        Offset::Fixed(minutes) => Some(minutes),
        Offset::UnitedStates(winter) => {
            Some(winter + summer_minutes(local, us_summer(local.year())))
        }
        Offset::Europe(winter) => {
            let change = |day: NaiveDate| {
                day.and_hms_opt(1, 0, 0).map(|at| at + TimeDelta::minutes(winter.into()))
            };
            let (first, last) = eu_summer(local.year());
            let end = last.and_then(change).map(|at| at + TimeDelta::hours(1));
            Some(winter + summer_minutes(local, (first.and_then(change), end)))
        }
        Offset::Unknown => None,
    }
}

type Summer = (Option<NaiveDateTime>, Option<NaiveDateTime>);

fn summer_minutes(local: NaiveDateTime, (start, end): Summer) -> i32 {
    let is_summer = start.zip(end).is_some_and(|(start, end)| (start..end).contains(&local));
    if is_summer { 60 } else { 0 }
}

/// Summer time in the United States: from the second Sunday of March to the first of November at two
/// o'clock; until 2006 from the first Sunday of April to the last of October.
fn us_summer(year: i32) -> Summer {
    let at_two = |day: Option<NaiveDate>| day.and_then(|day| day.and_hms_opt(2, 0, 0));
    let (start, end) = if year >= 2007 {
        (sunday(year, 3, 2), sunday(year, 11, 1))
    } else {
        (sunday(year, 4, 1), last_sunday(year, 10))
    };
    (at_two(start), at_two(end))
}

/// Days on which summer time begins and ends in the European Union.
fn eu_summer(year: i32) -> (Option<NaiveDate>, Option<NaiveDate>) {
    (last_sunday(year, 3), last_sunday(year, 10))
}

fn sunday(year: i32, month: u32, n: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, n)
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    sunday(year, month, 5).or_else(|| sunday(year, month, 4))
}
