//! Running text for phrase finders: words in order with what may stand at the end of a phrase, and
//! the runs of words that can name something.

use std::borrow::Cow;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::{StopWords, fold, is_unsegmented, terms, words};

/// One word in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running<'t> {
    /// Folded form; in scripts without spaces a dictionary word.
    pub text: Cow<'t, str>,
    /// Can stand at the end of a phrase: neither a function word nor a number.
    pub solid: bool,
    /// Something other than a space lies between the word before and this one.
    pub after_break: bool,
    /// Nothing lies between the word before and this one (scripts without spaces).
    pub glued: bool,
}

/// Returns the words of `text` in order; `language` is an ISO 639-1 code.
pub fn running<'t>(text: &'t str, language: &str) -> Vec<Running<'t>> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let stop_words = StopWords::of(language);
    let mut end = 0;
    let mut push = |span: Range<usize>, folded: Cow<'t, str>| {
        let between = text.get(end..span.start).unwrap_or_default();
        let number = folded.chars().all(char::is_numeric);
        let first = found.is_empty();
        found.push(Running {
            solid: !number && !stop_words.contains(&folded),
            text: folded,
            after_break: first || !between.chars().all(char::is_whitespace),
            glued: !first && between.is_empty(),
        });
        end = span.end;
    };
    if text.contains(is_unsegmented) {
        for term in terms(text, language) {
            let word = text.get(term.span.clone()).unwrap_or_default();
            push(term.span, Cow::Owned(fold(word)));
        }
    } else {
        for word in words(text) {
            push(word.span, word.folded);
        }
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
    let hashes: Vec<u64> = words.iter().map(|word| xxh3_64(word.text.as_bytes())).collect();
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
            hash = hash.rotate_left(21).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ hashes[end - 1];
            letters += word.text.chars().take(2).count();
            if word.solid && letters >= 2 && end - start >= *lengths.start() {
                visit(hash, start..end);
            }
        }
    }
}

/// Writes a run of words as one phrase.
pub fn join(run: &[Running<'_>]) -> String {
    let mut phrase = String::new();
    for (i, word) in run.iter().enumerate() {
        if i > 0 && !word.glued {
            phrase.push(' ');
        }
        phrase.push_str(&word.text);
    }
    phrase
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
    fn chinese_is_joined_without_spaces() {
        check("北京大桥开通", "zh", &["北京大桥", "北京大桥开通", "大桥开通"]);
    }
}
