//! How long a text is, in words.

use super::bytes::{WIDE, ascii_prefix, bits, first_wide, is_alphanumeric, is_blank};
use super::is_unsegmented;

/// Characters that make a word in scripts without spaces: the mean of Chinese news, where a word has one or two.
/// Five words are eight characters, so that lengths stay whole numbers.
const WORDS: usize = 5;
const CHARACTERS: usize = 8;

/// The length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Runs between white space, or next to a character of a script without spaces, that hold a letter or digit.
    pub words: usize,
    /// Letters and digits of scripts without spaces.
    pub characters: usize,
}

impl Length {
    /// Words, each character of a script without spaces counted as one.
    pub fn units(self) -> usize {
        self.words + self.characters
    }

    /// Words, with eight characters of a script without spaces counted as five: comparable across scripts.
    pub fn in_words(self) -> usize {
        self.words + self.characters * WORDS / CHARACTERS
    }
}

/// So many words as units: in a script without spaces the characters that make them.
pub fn units(words: usize, unsegmented: bool) -> usize {
    if unsegmented { words * CHARACTERS / WORDS } else { words }
}

/// So many units in words: the inverse of [`units`].
pub fn words_of(units: usize, unsegmented: bool) -> usize {
    if unsegmented { units * WORDS / CHARACTERS } else { units }
}

/// Measures `text`. O(text); ASCII is counted 64 bytes at a time.
pub fn length(text: &str) -> Length {
    // The word under way has a letter or digit, and is not counted yet.
    let mut counts = false;
    let mut length = Length::default();
    let mut at = 0;
    let mut padded = [0; WIDE];
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        let wide = first_wide(rest, &mut padded);
        let (ascii, inside) = ascii_prefix(wide);
        let (parts, blanks) = (bits(wide, is_alphanumeric) & inside, bits(wide, is_blank) & inside);
        // Each run between blanks is a number of ones only: with anything added it carries over to the blank
        // after it.
        let sum = u128::from(parts) + u128::from(inside & !blanks) + u128::from(counts);
        length.words += (sum & u128::from(blanks)).count_ones() as usize;
        counts = (sum >> ascii) & 1 != 0;
        at += ascii;
        if ascii == WIDE {
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        at += c.len_utf8();
        if is_unsegmented(c) {
            // A border for its neighbours.
            length.words += usize::from(counts);
            length.characters += usize::from(c.is_alphanumeric());
            counts = false;
        } else if c.is_whitespace() {
            length.words += usize::from(counts);
            counts = false;
        } else {
            counts |= c.is_alphanumeric();
        }
    }
    length.words += usize::from(counts);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: usize, characters: usize) {
        assert_eq!(length(text), Length { words, characters });
    }

    #[test]
    fn words_and_characters_count() {
        check("Two words, — \"three\".", 3, 0);
        check("北京 会谈。", 0, 4);
        check("北京3月 «да»—нет ", 2, 3);
        check("", 0, 0);
    }

    #[test]
    fn scripts_are_made_comparable() {
        let length = length("外交部发言人表示 TASS");
        assert_eq!((length.units(), length.in_words()), (9, 6));
    }

    proptest::proptest! {
        #[test]
        fn words_are_runs_that_hold_a_letter(text in "[a b,.é\u{a0}1\n—]{0,30}") {
            let runs = text.split(char::is_whitespace);
            let words = runs.filter(|run| run.contains(char::is_alphanumeric)).count();
            proptest::prop_assert_eq!(length(&text).words, words);
        }
    }
}
