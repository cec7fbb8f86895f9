//! The clock time in a written time: hours, minutes, seconds, and the half of the day they belong to.

use chrono::NaiveTime;

use super::super::languages::HalfDay;
use super::tokens::{Token, phrase_end};
use super::vocabulary::VOCABULARY;
use crate::model::Precision;

/// Tokens before a clock time among which its half of the day may stand.
const BEFORE_TOKENS: usize = 6;

pub(super) struct Clock {
    pub time: NaiveTime,
    /// It was written as 24:00, the end of its day.
    pub day_over: bool,
    pub precision: Precision,
    /// Index after its last token.
    pub end: usize,
    /// Which half of the day is meant could not be told.
    pub is_ambiguous: bool,
}

/// The clock time nearest to the date: the first one after it, else the last one before it.
pub(super) fn find(tokens: &[Token], date: std::ops::Range<usize>) -> Option<Clock> {
    let after = (date.end..tokens.len()).find_map(|start| clock_at(tokens, start));
    after.or_else(|| (0..date.start).rev().find_map(|start| clock_at(tokens, start)))
}

fn clock_at(tokens: &[Token], start: usize) -> Option<Clock> {
    if start > 0 && matches!(tokens.get(start - 1), Some(Token::Sign(':' | '+' | '-'))) {
        return None;
    }
    let hour = number(tokens, start, 1..=2)?;
    let separated = match tokens.get(start + 1)? {
        Token::Sign(':' | '时' | '時' | '点' | '點' | '시') => true,
        token => matches!(token.word(), Some("h" | "uhr")),
    };
    if !separated {
        return None;
    }
    let minute_at = start + 2 + usize::from(tokens.get(start + 2) == Some(&Token::Space));
    let (minute, mut end) = (number(tokens, minute_at, 2..=2)?, minute_at + 1);
    let second = second(tokens, &mut end);
    let half = half_day(tokens, start, &mut end);
    let in_day = half.map_or(Some(hour), |half| hour_of(half, hour));
    let hour = in_day.unwrap_or(hour);
    let day_over = hour == 24 && minute == 0 && second.unwrap_or(0) == 0;
    let hour = if day_over { 0 } else { hour };
    let time = NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0).min(59))?;
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    let is_ambiguous = in_day.is_none() || half.is_none() && hour <= 12 && is_dotted(tokens, end);
    Some(Clock { time, day_over, precision, end, is_ambiguous })
}

fn number(tokens: &[Token], at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    match tokens.get(at) {
        Some(Token::Number(value, length)) if digits.contains(length) => u32::try_from(*value).ok(),
        _ => None,
    }
}

/// Seconds behind the minutes, and their fractions, which are passed over.
fn second(tokens: &[Token], end: &mut usize) -> Option<u32> {
    if !matches!(tokens.get(*end), Some(Token::Sign(':' | '分' | '분'))) {
        return None;
    }
    let second = number(tokens, *end + 1, 2..=2);
    *end += if second.is_some() { 2 } else { 1 };
    if second.is_some()
        && matches!(tokens.get(*end), Some(Token::Sign('.' | ',')))
        && number(tokens, *end + 1, 1..=9).is_some()
    {
        *end += 2;
    }
    second
}

/// The half of the day that is named behind the clock time, else before it.
fn half_day(tokens: &[Token], start: usize, end: &mut usize) -> Option<HalfDay> {
    let mut after = *end;
    while matches!(tokens.get(after), Some(Token::Space | Token::Sign('(' | '秒'))) {
        after += 1;
    }
    let found = |place: usize| {
        let phrases = VOCABULARY.half_days.iter();
        phrases
            .filter_map(|(phrase, half)| Some((phrase_end(tokens, place, phrase)?, *half)))
            .max_by_key(|found| found.0)
    };
    if let Some((after, half)) = found(after) {
        *end = after;
        return Some(half);
    }
    let is_between = |tokens: &[Token]| tokens.iter().all(|token| *token == Token::Space);
    (start.saturating_sub(BEFORE_TOKENS)..start)
        .rev()
        .filter_map(found)
        .find(|(after, _)| *after <= start && is_between(&tokens[*after..start]))
        .map(|(_, half)| half)
}

/// The hour of the whole day; `None` if the words do not tell it.
fn hour_of(half: HalfDay, hour: u32) -> Option<u32> {
    match (half, hour) {
        (HalfDay::Morning, 12) => Some(0),
        (HalfDay::Afternoon, 1..=11) | (HalfDay::Noon, 1..=4) | (HalfDay::Night, 5..=11) => {
            Some(hour + 12)
        }
        // "12 at night" is the beginning of the day or its end.
        (HalfDay::Night, 12) => None,
        _ => Some(hour),
    }
}

/// Whether an abbreviation of single letters follows, such as "p. m." in a language that is not known.
fn is_dotted(tokens: &[Token], end: usize) -> bool {
    let mut rest = tokens.get(end..).unwrap_or_default().iter().filter(|t| **t != Token::Space);
    let is_letter = |token: Option<&Token>| {
        token.and_then(Token::word).is_some_and(|word| word.chars().count() == 1 && word != "z")
    };
    is_letter(rest.next()) && rest.next() == Some(&Token::Sign('.')) && is_letter(rest.next())
}
