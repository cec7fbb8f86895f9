//! The CSV dialect: how one value becomes one cell. `docs/output.md` ("CSV dialect") describes it.

use std::borrow::Cow;
use std::io::Write;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::ReportConfig;
use super::table::Value;
use crate::text::find_byte;
use crate::text::sanitize;

/// Choices of the dialect that a user has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dialect {
    /// Byte order mark and CRLF, for Excel.
    pub(super) excel: bool,
    /// Leave text that starts like a formula as it is.
    pub(super) raw: bool,
}

impl Dialect {
    /// What the user chose.
    pub(super) fn of(config: &ReportConfig) -> Dialect {
        Dialect { excel: config.excel, raw: config.raw_text }
    }

    /// What a file starts with.
    pub(super) fn start(self) -> &'static [u8] {
        if self.excel { "\u{feff}".as_bytes() } else { b"" }
    }

    /// What a line ends with.
    pub(super) fn line_end(self) -> &'static [u8] {
        if self.excel { b"\r\n" } else { b"\n" }
    }
}

/// First characters that make a spreadsheet read a cell as a formula (OWASP, "CSV Injection"), with
/// their full-width forms.
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Appends the cell for `value`.
pub(super) fn push(bytes: &mut Vec<u8>, value: &Value, dialect: Dialect) {
    match value {
        Value::Empty => {}
        Value::Id(id) if !dialect.raw && id.starts_with(FORMULA_STARTS) => {
            push_text(bytes, id, dialect);
        }
        Value::Id(id) => push_id(bytes, id),
        Value::Text(text) => push_text(bytes, text, dialect),
        Value::Integer(n) => push_integer(bytes, *n as u64),
        Value::Number(x, decimals) => push_number(bytes, *x, *decimals),
        Value::Probability(p) => push_probability(bytes, *p),
        Value::Time(time) => push_time(bytes, *time),
        Value::Date(day) => push_date(bytes, *day),
        Value::Boolean(yes) => bytes.extend_from_slice(if *yes { b"true" } else { b"false" }),
    }
}

/// An id stays as it is, byte for byte; it is quoted only if a reader needs that.
fn push_id(bytes: &mut Vec<u8>, id: &str) {
    if find_byte(id.as_bytes(), needs_quotes).is_some() {
        push_quoted(bytes, id);
    } else {
        bytes.extend_from_slice(id.as_bytes());
    }
}

/// Whether a cell that holds this byte must be quoted.
fn needs_quotes(byte: u8) -> bool {
    // Without branches, for `find_byte`.
    let is = |other: u8| byte == other;
    is(b',') | is(b'"') | is(b'\n') | is(b'\r')
}

/// Returns a share as a cell holds it, for writers that quote by themselves.
pub(crate) fn share_cell(share: f64) -> String {
    let mut bytes = Vec::new();
    push_number(&mut bytes, share, super::tables::SHARE_DECIMALS);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns text as a cell of the dialect holds it, for writers that quote by themselves: one line,
/// no control characters, guarded against spreadsheet formulas.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let text = sanitize::one_line(text);
    if text.starts_with(FORMULA_STARTS) { Cow::Owned(format!("'{text}")) } else { text }
}

/// Text is always quoted, without control characters (line breaks and tabs become spaces).
fn push_text(bytes: &mut Vec<u8>, text: &str, dialect: Dialect) {
    if text.is_empty() {
        return;
    }
    push_quoted(bytes, &if dialect.raw { sanitize::one_line(text) } else { guarded(text) });
}

fn push_quoted(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(b'"');
    push_inner(bytes, text);
    bytes.push(b'"');
}

fn push_inner(bytes: &mut Vec<u8>, text: &str) {
    for part in text.split_inclusive('"') {
        bytes.extend_from_slice(part.as_bytes());
        if part.ends_with('"') {
            bytes.push(b'"');
        }
    }
}

/// The last decimal digit of `n`.
fn digit(n: u64) -> u8 {
    b"0123456789"[(n % 10) as usize]
}

fn push_digit(bytes: &mut Vec<u8>, n: u64) {
    bytes.push(digit(n));
}

fn push_integer(bytes: &mut Vec<u8>, mut n: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = digit(n);
        n /= 10;
        if n == 0 {
            break;
        }
    }
    bytes.extend_from_slice(&digits[at..]);
}

/// Writes `x` with a fixed number of decimals; a value that is not finite is missing.
fn push_number(bytes: &mut Vec<u8>, x: f64, decimals: usize) {
    if !x.is_finite() {
        return;
    }
    let unit = 10u64.pow(u32::try_from(decimals.min(9)).unwrap_or(9));
    let scaled = (x.abs() * unit as f64).round();
    if scaled >= 1e15 {
        write!(bytes, "{x:.decimals$}").unwrap_or_default();
        return;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded, not negative and below 10^15"
    )]
    let scaled = scaled as u64;
    if x < 0.0 && scaled > 0 {
        bytes.push(b'-');
    }
    push_integer(bytes, scaled / unit);
    if decimals > 0 {
        bytes.push(b'.');
        let mut rest = scaled % unit;
        let mut place = unit / 10;
        while place > 0 {
            push_digit(bytes, rest / place);
            rest %= place;
            place /= 10;
        }
    }
}

/// Smallest probability that is written with four decimals.
const SMALL_PROBABILITY: f64 = 1e-4;

fn push_probability(bytes: &mut Vec<u8>, p: f64) {
    if p > 0.0 && p < SMALL_PROBABILITY {
        write!(bytes, "{p:.2e}").unwrap_or_default();
    } else {
        push_number(bytes, p, 4);
    }
}

fn push_digits(bytes: &mut Vec<u8>, n: u32, width: u32) {
    for place in (0..width).rev() {
        push_digit(bytes, u64::from(n / 10u32.pow(place)));
    }
}

/// Appends `2026-03-02`; a year outside 0–9999 is written as chrono does.
pub(super) fn push_date(bytes: &mut Vec<u8>, day: NaiveDate) {
    match u32::try_from(day.year()) {
        Ok(year) if year < 10_000 => {
            push_digits(bytes, year, 4);
            bytes.push(b'-');
            push_digits(bytes, day.month(), 2);
            bytes.push(b'-');
            push_digits(bytes, day.day(), 2);
        }
        _ => write!(bytes, "{day}").unwrap_or_default(),
    }
}

/// Appends `2026-03-02T07:00:00Z`.
pub(super) fn push_time(bytes: &mut Vec<u8>, time: DateTime<Utc>) {
    push_date(bytes, time.date_naive());
    for (mark, n) in [(b'T', time.hour()), (b':', time.minute()), (b':', time.second())] {
        bytes.push(mark);
        push_digits(bytes, n, 2);
    }
    bytes.push(b'Z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &Value, expected: &str) {
        let mut bytes = Vec::new();
        push(&mut bytes, value, Dialect::default());
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    fn text(text: &str) -> Value<'_> {
        Value::Text(text.into())
    }

    #[test]
    fn text_is_quoted_and_quotes_are_doubled() {
        check(&text("a, b"), "\"a, b\"");
        check(&text("\"so\""), "\"\"\"so\"\"\"");
        check(&text(""), "");
        check(&text("two\nlines\tand\u{0} a \u{1b}[31mnul"), "\"two lines and a [31mnul\"");
    }

    #[test]
    fn formulas_are_guarded_in_text_and_ids() {
        check(&text("=1+1"), "\"'=1+1\"");
        check(&text("＠cmd"), "\"'＠cmd\"");
        check(&text("\t=1"), "\"'=1\"");
        check(&text("−1"), "\"−1\"");
        check(&Value::Number(-1.5, 1), "-1.5");
        check(&Value::Id("-x"), "\"'-x\"");
    }

    #[test]
    fn an_id_is_kept_byte_for_byte() {
        check(&Value::Id("a b"), "a b");
        check(&Value::Id("a,\"b"), "\"a,\"\"b\"");
    }

    #[test]
    fn numbers_have_fixed_decimals() {
        check(&Value::Number(0.0, 4), "0.0000");
        check(&Value::Number(0.999_96, 4), "1.0000");
        check(&Value::Number(12.05, 1), "12.1");
        check(&Value::Number(-0.000_01, 4), "0.0000");
        check(&Value::Number(7.0, 0), "7");
        check(&Value::Number(f64::NAN, 4), "");
        check(&Value::Number(1e18, 1), "1000000000000000000.0");
        check(&Value::Integer(0), "0");
        check(&Value::Integer(1_234_567), "1234567");
    }

    #[test]
    fn small_probabilities_keep_their_size() {
        check(&Value::Probability(0.03), "0.0300");
        check(&Value::Probability(0.000_001_23), "1.23e-6");
        check(&Value::Probability(0.0), "0.0000");
    }

    #[test]
    fn times_are_utc_to_the_second() {
        let time = DateTime::from_timestamp(1_772_434_800, 999_000_000).unwrap();
        check(&Value::Time(time), "2026-03-02T07:00:00Z");
        check(&Value::Date(NaiveDate::from_ymd_opt(7, 1, 2).unwrap()), "0007-01-02");
        check(&Value::Date(NaiveDate::from_ymd_opt(12_007, 1, 2).unwrap()), "+12007-01-02");
    }
}
