//! Moving through a text word by word, for what reads a few words from a place on.

use std::ops::Range;

use crate::text::is_unsegmented;

/// The word that follows `end`, with nothing but one space, hyphen or apostrophe between. O(word).
pub(super) fn next_word(text: &str, end: usize) -> Option<Range<usize>> {
    let after = text.get(end..)?;
    let first = after.chars().next()?;
    let gap = if first.is_alphanumeric() { 0 } else { first.len_utf8() };
    let joins = first.is_whitespace() || matches!(first, '-' | '‑' | '‐' | '\'' | '’' | '·');
    if gap > 0 && (!joins || first == '\n') {
        return None;
    }
    word_at(text, end + gap)
}

/// The word that begins at `at`; `None` if none does.
pub(super) fn word_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let ends = |c: char| is_unsegmented(c) || !(c.is_alphanumeric() || is_mark(c));
    let length = rest.find(ends).unwrap_or(rest.len());
    (length > 0).then_some(at..at + length)
}

/// Whether a character belongs to the letter before it: an accent, a vowel point.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Whether a letter is Latin.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}') && c.is_alphabetic()
}

/// Whether the word at a place is this one, in small letters.
pub(super) fn words_equal(text: &str, at: &Range<usize>, lower: &str) -> bool {
    text.get(at.clone()).is_some_and(|word| word.to_lowercase() == lower)
}
