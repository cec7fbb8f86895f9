//! Sentences, by a few rules that hold for news in every script; no dictionary of abbreviations
//! beyond the ones that stand before names.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{find_byte, languages};

/// Bytes of the longest abbreviation after which a sentence goes on.
const LONGEST_ABBREVIATION: usize = 8;

/// Returns the sentences of `text` in order, without the white space between them.
///
/// A sentence ends at a line break; at `. ! ? …` (with closing quotes and brackets after it) before
/// white space and something that can begin a sentence; at `。 ！ ？` wherever they stand. Initials
/// and a few abbreviations do not end one. Cost: O(text), as far as it is asked for.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut start, mut from, mut ended) = (0, 0, false);
    std::iter::from_fn(move || {
        while !ended {
            let end = if let Some((at, c)) = next_mark(text, from) {
                let mut end = at + c.len_utf8();
                if c != '\n' {
                    let rest = text.get(end..).unwrap_or_default();
                    let after = rest.trim_start_matches(|c| is_end(c) || is_closer(c));
                    end = text.len() - after.len();
                }
                from = end;
                let before = text.get(start..at).unwrap_or_default();
                let after = text.get(end..).unwrap_or_default();
                if !(c == '\n' || is_wide_end(c) || ends_here(c, before, after)) {
                    continue;
                }
                end
            } else {
                ended = true;
                text.len()
            };
            let sentence = trimmed(text, std::mem::replace(&mut start, end)..end);
            if sentence.is_some() {
                return sentence;
            }
        }
        None
    })
}

/// The first line break or end mark at or after `from`, a character border.
fn next_mark(text: &str, mut from: usize) -> Option<(usize, char)> {
    loop {
        from += find_byte(text.as_bytes().get(from..)?, may_be_mark)?;
        let c = text.get(from..)?.chars().next()?;
        if is_end(c) || c == '\n' {
            return Some((from, c));
        }
        from += c.len_utf8();
    }
}

/// Whether a character that begins with this byte may be a line break or an end mark.
fn may_be_mark(byte: u8) -> bool {
    // Without branches, for `find_byte`. Beyond ASCII: Arabic marks, ASCII's wide forms, the rest.
    let (is, begins) = (|mark| byte == mark, |four: u8| byte & 0xFC == four);
    is(b'\n') | is(b'.') | is(b'!') | is(b'?') | begins(0xD8) | begins(0xE0) | is(0xEF)
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।') || is_wide_end(c)
}

fn is_wide_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '」' | '』' | '）')
}

/// Whether the mark `c`, between `before` (its sentence so far) and `after`, ends the sentence.
fn ends_here(c: char, before: &str, after: &str) -> bool {
    let mut rest = after.chars();
    match rest.next() {
        None => return true,
        Some(next) if !next.is_whitespace() => return false,
        Some(_) => {}
    }
    let next = rest.find(|c| !c.is_whitespace());
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    if c != '.' {
        return true;
    }
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let mut letters = last.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let is_abbreviation = || ABBREVIATIONS.contains(last.to_lowercase().as_str());
    !initial && (last.len() > LONGEST_ABBREVIATION || !is_abbreviation())
}

/// Words before which a full stop ends no sentence, in all languages.
static ABBREVIATIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| languages::words(|l| l.abbreviations).collect());

/// The range without white space at its ends, if anything is left.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(range.clone())?;
    let trimmed = written.trim_start();
    let start = range.start + (written.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    (!trimmed.is_empty()).then_some(start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let got: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn marks_and_line_breaks_end_sentences() {
        check("One. Two! Three?\nFour", &["One.", "Two!", "Three?", "Four"]);
        check("He said: \"Stop.\" They did.", &["He said: \"Stop.\"", "They did."]);
    }

    #[test]
    fn numbers_initials_and_titles_do_not() {
        check(
            "It grew 3.5 percent. J. Smith met Dr. Brown.",
            &["It grew 3.5 percent.", "J. Smith met Dr. Brown."],
        );
        check(
            "В 2022 г. Москва ответила. Киев молчал.",
            &["В 2022 г. Москва ответила.", "Киев молчал."],
        );
    }

    #[test]
    fn chinese_needs_no_space() {
        check(
            "会议开始。他说：“很好。”会议结束。",
            &["会议开始。", "他说：“很好。”", "会议结束。"],
        );
    }

    #[test]
    fn every_mark_is_looked_for() {
        let marks = (0..=0x2_FFFF).filter_map(char::from_u32).filter(|c| is_end(*c) || *c == '\n');
        assert!(marks.map(|c| c.to_string()).all(|mark| may_be_mark(mark.as_bytes()[0])));
    }

    proptest! {
        #[test]
        fn sentences_hold_all_but_white_space(text in "[a-zA-Z .!?\"\n。Дж]{0,40}") {
            let mut last = 0;
            let mut kept = String::new();
            for range in sentences(&text) {
                prop_assert!(range.start >= last);
                last = range.end;
                kept.push_str(&text[range]);
            }
            let squeeze = |s: &str| s.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&kept), squeeze(&text));
        }
    }
}
