//! Quotations: the stretches of a text that its author gives as somebody else's words.
//!
//! Knows the marks of all styles (“ ” „ “ ” ” " « » » « ‹ › ‘ ’ ' 「 」 『 』), nested, left open over
//! several paragraphs, or unbalanced; apostrophes are told from single quotes; a line that begins
//! with `>` is a block quotation. Quotations without marks are
//! [`super::unmarked_quotations`]. Who is quoted, it leaves to others.

use std::ops::Range;

use super::unmarked_quotations::{self, Paragraph};
use super::{find_byte, is_unsegmented, span};

/// Returns the outermost quotations of `text` in order, marks included, without overlap; two that adjoin are one.
///
/// A quotation ends at its closing mark or, if the next paragraph opens with the same mark, with its
/// paragraph; an opening mark with neither is taken for a slip and quotes nothing. Cost: O(text).
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut paragraphs: Vec<Paragraph<'_>> = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            paragraphs.push((at + line.len() - line.trim_start().len(), trimmed));
        }
        at += line.len();
    }
    for (i, &(start, line)) in paragraphs.iter().enumerate() {
        if line.starts_with('>') {
            found.push(start..start + line.len());
            continue;
        }
        let next = paragraphs.get(i + 1).and_then(|(_, line)| line.chars().next());
        paragraph(start, line, next, &mut found);
        unmarked_quotations::add(&paragraphs[..=i], &mut found);
    }
    span::union(found)
}

/// Marks that may wait for their closing ones at a time; with more, the outermost is taken for a slip.
const DEPTH: usize = 16;

/// An opening mark that waits for its closing one.
struct Open {
    mark: char,
    at: usize,
}

fn paragraph(start: usize, line: &str, continued: Option<char>, found: &mut Vec<Range<usize>>) {
    let mut open: Vec<Open> = Vec::new();
    let mut from = 0;
    while let Some(at) = next_mark(line, from) {
        let Some((c, bytes)) = line.get(at..).and_then(mark_of) else { break };
        from = at + bytes;
        if is_mark(c) {
            let before = line.get(..at).and_then(|rest| rest.chars().next_back());
            let after = line.get(from..).and_then(|rest| rest.chars().next());
            let (at, end) = (start + at, start + from);
            let closes = open.iter().rposition(|o| closes(o.mark, c));
            let fits = opens_here(c, before, after);
            match closes {
                // A straight mark that can only open: the one before was a slip.
                Some(i)
                    if fits
                        && open.get(i).is_some_and(|o| o.mark == c && is_straight(c))
                        && !ends_here(c, after) =>
                {
                    open.truncate(i);
                    open.push(Open { mark: c, at });
                }
                Some(i) if ends_here(c, after) => {
                    found.extend(open.get(i).map(|o| o.at..end));
                    open.truncate(i);
                }
                _ if fits => {
                    if open.len() == DEPTH {
                        open.remove(0);
                    }
                    open.push(Open { mark: c, at });
                }
                _ => {}
            }
        }
    }
    if let Some(first) = open.iter().find(|o| continued == Some(o.mark)) {
        found.push(first.at..start + line.len());
    }
}

/// The character that a text begins with, and its bytes. Two apostrophes, and double primes, are a typewriter's double quote.
fn mark_of(text: &str) -> Option<(char, usize)> {
    if text.starts_with("''") {
        return Some(('"', 2));
    }
    let c = text.chars().next()?;
    Some((if matches!(c, '″' | '‶') { '"' } else { c }, c.len_utf8()))
}

/// Where the next character stands that may be a quotation mark, by its first byte.
fn next_mark(line: &str, from: usize) -> Option<usize> {
    let bytes = line.as_bytes().get(from..)?;
    // Without branches, for `find_byte`.
    let may_be = |byte: u8| FIRST_BYTES.iter().fold(false, |any, first| any | first.eq(&byte));
    find_byte(bytes, may_be).map(|at| from + at)
}

/// First bytes of quotation marks.
const FIRST_BYTES: [u8; 6] = [b'"', b'\'', 0xC2, 0xE2, 0xE3, 0xEF];

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '‚'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'' | '＂')
}

/// Whether `mark` closes a quotation that `open` opened.
fn closes(open: char, mark: char) -> bool {
    match open {
        '“' | '‟' | '”' => mark == '”',
        // A typewriter has one closing mark.
        '„' => matches!(mark, '“' | '”' | '"'),
        '‘' => mark == '’',
        '‚' => matches!(mark, '‘' | '’' | '\''),
        '«' => mark == '»',
        '»' => mark == '«',
        '‹' => mark == '›',
        '›' => mark == '‹',
        '「' => mark == '」',
        '『' => mark == '』',
        straight => mark == straight,
    }
}

/// Whether `mark` can close between its neighbours; only single quotes are also something else.
fn ends_here(mark: char, after: Option<char>) -> bool {
    match mark {
        '\'' | '’' | '"' => !after.is_some_and(is_spaced),
        _ => true,
    }
}

/// Whether `mark` can open between its neighbours.
fn opens_here(mark: char, before: Option<char>, after: Option<char>) -> bool {
    let free = before.is_none_or(|c| !is_spaced(c) && !is_sentence_mark(c));
    let holds = after.is_some_and(|c| !c.is_whitespace());
    match mark {
        '“' | '‟' | '„' | '«' | '‹' | '「' | '『' | '‚' => after.is_some(),
        '‘' | '"' | '”' | '»' | '›' | '＂' => free && holds,
        '\'' => free && after.is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// Letters and digits of words that spaces set apart: a mark between others opens and closes by turns.
fn is_spaced(c: char) -> bool {
    c.is_alphanumeric() && !is_unsegmented(c)
}

fn is_sentence_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…' | ';')
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Checks which parts of a text are quotations.
    #[track_caller]
    pub(in crate::text) fn check(text: &str, expected: &[&str]) {
        let got: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn every_style_is_known() {
        check("He said: “No.” She: \"Yes.\"", &["“No.”", "\"Yes.\""]);
        check("Он сказал: «Нет». „Ja“, sagte er. »Nein«.", &["«Нет»", "„Ja“", "»Nein«"]);
        check("他说：“很好。”又说「不」。", &["“很好。”", "「不」"]);
        check("”Nej”, sade hon.", &["”Nej”"]);
        check(
            "„Tak\", dodał. „Gazeta \"Gwiazda\" ma rację”.",
            &["„Tak\"", "„Gazeta \"Gwiazda\" ma rację”"],
        );
        check("市长写道\"很好\"，又说\"不\"。", &["\"很好\"", "\"不\""]);
    }

    #[test]
    fn two_apostrophes_are_a_double_quote() {
        check(
            "\"We will stay,'' she said. \"All of us.\"",
            &["\"We will stay,''", "\"All of us.\""],
        );
        check("''It isn't over'', he wrote", &["''It isn't over''"]);
        check("He said ″no″ and \"yes,″ in turn", &["″no″", "\"yes,″"]);
        check("a 5' 11'' wall of the Smiths'", &[]);
    }

    #[test]
    fn nested_quotations_are_one() {
        check("“He told me ‘never’ twice,” she said", &["“He told me ‘never’ twice,”"]);
        check("«Газета „Звезда“ права»", &["«Газета „Звезда“ права»"]);
    }

    #[test]
    fn marks_that_nothing_closes_are_let_go() {
        check(&format!("{}«Нет», сказал он", "« ".repeat(3 * DEPTH)), &["«Нет»"]);
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        check("The ministers' plan isn't Russia’s", &[]);
        check("He called it ‘Moscow’s choice’ again", &["‘Moscow’s choice’"]);
        check("a 'special' plan", &["'special'"]);
    }

    #[test]
    fn slips_quote_nothing() {
        check("A stray “ mark and “a quote” after", &["“a quote”"]);
        check("A \"stray one, then \"a quote\" after", &["\"a quote\""]);
        check("no “end\nplain paragraph", &[]);
    }

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        check("“One.\n“Two.” End", &["“One.", "“Two.”"]);
        check("> quoted line\nplain", &["> quoted line"]);
    }

    proptest! {
        #[test]
        fn ranges_are_valid_and_apart(text in "[ab .\n\"'“”„«»‘’「」>]{0,40}") {
            let mut last = 0;
            for range in quotations(&text) {
                prop_assert!(range.start >= last && text.get(range.clone()).is_some());
                prop_assert!(!range.is_empty());
                last = range.end;
            }
        }
    }
}
