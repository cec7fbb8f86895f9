//! Running text for phrase finders: words in order with what may stand at the end of a phrase, and
//! the runs of words that can name something.

use std::borrow::Cow;
use std::ops::Range;

use super::words::hash_of;
use super::{StopWords, fold, for_each_hash, has_unsegmented, is_unsegmented, terms, words};

/// One word in reading order; in scripts without spaces a dictionary word.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four properties that do not depend on each other"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running<'t> {
    /// As it is written.
    pub written: &'t str,
    /// Hash of the folded form: equal for equal words, on every machine.
    pub hash: u64,
    /// Can stand at the end of a phrase: neither a function word nor a number.
    pub solid: bool,
    /// Something other than a space lies between the word before and this one.
    pub after_break: bool,
    /// Nothing lies between the word before and this one (scripts without spaces).
    pub glued: bool,
    /// A hyphen alone lies between the word before and this one: both are one word to a reader.
    pub joined: bool,
}

impl<'t> Running<'t> {
    /// The folded form.
    fn folded(&self) -> Cow<'t, str> {
        if self.written.contains(is_unsegmented) {
            return Cow::Owned(fold(self.written));
        }
        words(self.written).into_iter().next().map_or(Cow::Borrowed(""), |word| word.folded)
    }
}

/// Returns the words of `text` in order; `language` is an ISO 639-1 code.
pub fn running<'t>(text: &'t str, language: &str) -> Vec<Running<'t>> {
    let mut found: Vec<Running<'t>> = Vec::with_capacity(text.len() / 6);
    let stop_words = StopWords::of(language);
    let mut end = 0;
    let mut push = |span: Range<usize>, hash: u64| {
        let between = text.get(end..span.start).unwrap_or_default();
        let written = text.get(span.clone()).unwrap_or_default();
        let number = !written.contains(char::is_alphabetic);
        let first = found.is_empty();
        found.push(Running {
            written,
            hash,
            solid: !number && !stop_words.holds(hash),
            after_break: first || !between.chars().all(char::is_whitespace),
            glued: !first && between.is_empty(),
            joined: !first && matches!(between, "-" | "\u{2010}" | "\u{2011}"),
        });
        end = span.end;
    };
    if has_unsegmented(text) {
        for term in terms(text, language) {
            let hash = hash_of(text.get(term.span.clone()).unwrap_or_default());
            push(term.span, hash);
        }
    } else {
        for_each_hash(text, push);
    }
    found
}

/// Calls `visit` with the hash and the place of every run of `lengths` words that can name
/// something: no function word or number at its ends, no punctuation inside, and more than one
/// letter. Equal phrases have equal hashes on every machine.
pub fn for_each_phrase(
    words: &[Running<'_>],
    lengths: std::ops::RangeInclusive<usize>,
    mut visit: impl FnMut(u64, Range<usize>),
) {
    for start in 0..words.len() {
        if !words[start].solid {
            continue;
        }
        let (mut hash, mut letters) = (0u64, 0);
        for end in start + 1..=words.len().min(start + lengths.end()) {
            let word = &words[end - 1];
            if end > start + 1 && word.after_break {
                break;
            }
            hash = longer(hash, word);
            letters += word.written.chars().take(2).count();
            if word.solid && letters >= 2 && end - start >= *lengths.start() {
                visit(hash, start..end);
            }
        }
    }
}

/// The hash of a run and one word more.
fn longer(hash: u64, word: &Running<'_>) -> u64 {
    hash.rotate_left(21).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word.hash
}

/// The hash that [`for_each_phrase`] gives for a run.
pub fn hash_of_run(run: &[Running<'_>]) -> u64 {
    run.iter().fold(0, longer)
}

/// Writes a run of words as one phrase.
pub fn join(run: &[Running<'_>]) -> String {
    let mut phrase = String::new();
    for (i, word) in run.iter().enumerate() {
        push_gap(&mut phrase, i, word);
        phrase.push_str(&word.folded());
    }
    phrase
}

/// Writes a run of words as one phrase, in the letters in which it is written.
pub fn join_as_written(run: &[Running<'_>]) -> String {
    let mut phrase = String::new();
    for (i, word) in run.iter().enumerate() {
        push_gap(&mut phrase, i, word);
        phrase.push_str(word.written);
    }
    phrase
}

fn push_gap(phrase: &mut String, place: usize, word: &Running<'_>) {
    if place > 0 && !word.glued {
        phrase.push(if word.joined { '-' } else { ' ' });
    }
}

/// Returns where a run of words of `text` stands in it, in bytes: from its first word to its last.
pub fn span_of(text: &str, run: &[Running<'_>]) -> Range<usize> {
    // The words are slices of the text, so the distance of their addresses is their place.
    let place = |word: &Running<'_>| word.written.as_ptr().addr() - text.as_ptr().addr();
    match (run.first(), run.last()) {
        (Some(first), Some(last)) => place(first)..place(last) + last.written.len(),
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: &str, expected: &[&str]) {
        let words = running(text, language);
        let mut found = Vec::new();
        for_each_phrase(&words, 2..=3, |_, run| found.push(join(&words[run])));
        assert_eq!(found, expected);
    }

    #[test]
    fn function_words_stand_inside_only() {
        check("The Bank of Norland", "en", &["bank of norland"]);
    }

    #[test]
    fn punctuation_ends_a_phrase() {
        check("Peace talks, grain deal", "en", &["peace talks", "grain deal"]);
    }

    #[test]
    fn numbers_are_no_end() {
        check("sanctions hit 300 banks", "en", &["sanctions hit", "hit 300 banks"]);
    }

    #[test]
    fn a_run_has_its_place() {
        for (text, language, run, expected) in [
            ("— Peace  talks, grain deal", "en", 0..2, "Peace  talks"),
            ("Мир и труд", "ru", 1..3, "и труд"),
            ("今天，北京大桥开通", "zh", 0..2, "北京大桥"),
        ] {
            assert_eq!(&text[span_of(text, &running(text, language)[run])], expected);
        }
        assert_eq!(span_of("word", &[]), 0..0);
    }

    #[test]
    fn chinese_is_joined_without_spaces() {
        check("北京大桥开通", "zh", &["北京大桥", "北京大桥开通", "大桥开通"]);
    }
}
