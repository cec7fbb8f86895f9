//! The sentence that shows a phrase in use, cut to what fits in a cell or a line.

use std::ops::Range;

use super::report_index::ReportIndex;
use crate::model::PhraseExample;

/// Most characters of an example: two long sentences of news, and few enough for a cell.
pub(super) const EXAMPLE_CHARS: usize = 280;

/// Bytes of the longest word that is left out rather than cut.
const LONGEST_WORD: usize = 40;

/// A sentence in three pieces, with an ellipsis where something was left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Example {
    /// Before the phrase.
    pub(super) before: String,
    /// The phrase as it is written there.
    pub(super) phrase: String,
    /// After the phrase.
    pub(super) after: String,
}

impl Example {
    /// The sentence in one piece.
    pub(super) fn sentence(self) -> String {
        self.before + &self.phrase + &self.after
    }
}

/// Returns the sentence of an example, at most [`EXAMPLE_CHARS`] characters of it round the phrase,
/// ellipses not counted.
pub(super) fn example(view: &ReportIndex, at: &PhraseExample) -> Example {
    let article = view.article(at.article);
    let part = if at.in_title { &article.title } else { &article.text };
    cut(part, &at.sentence, &at.phrase)
}

/// Cuts a sentence to size: what the phrase leaves is divided evenly between both sides, and what one
/// side does not need goes to the other.
fn cut(text: &str, sentence: &Range<usize>, phrase: &Range<usize>) -> Example {
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let before = piece(sentence.start, phrase.start);
    let after = piece(phrase.end, sentence.end);
    let (phrase, used) = head(piece(phrase.start, phrase.end), EXAMPLE_CHARS);
    let room = EXAMPLE_CHARS - used;
    // No more is counted than can be shown, however long the sentence is.
    let needed = |side: &str| side.chars().take(room).count();
    let left = needed(before).min(room - needed(after).min(room / 2));
    Example { before: tail(before, left), phrase, after: head(after, room - left).0 }
}

/// The first `limit` characters, and how many there are of them.
fn head(text: &str, limit: usize) -> (String, usize) {
    match text.char_indices().nth(limit) {
        None => (text.to_owned(), text.chars().count()),
        Some((at, _)) => (format!("{}…", whole_words(&text[..at], &text[at..])), limit),
    }
}

/// What is left of `kept` without its last word, if the cut is inside that word; words that are too long to
/// be words of a script with spaces stay.
fn whole_words<'t>(kept: &'t str, rest: &str) -> &'t str {
    let is_cut = !rest.starts_with(char::is_whitespace);
    let end = kept.rfind(char::is_whitespace).filter(|end| kept.len() - end <= LONGEST_WORD);
    end.filter(|_| is_cut).map_or(kept, |end| kept[..end].trim_end())
}

/// The same for the first word of `kept`.
fn from_whole_word<'t>(before: &str, kept: &'t str) -> &'t str {
    let is_cut = !before.ends_with(char::is_whitespace);
    let start = kept.find(char::is_whitespace).filter(|start| *start <= LONGEST_WORD);
    start.filter(|_| is_cut).map_or(kept, |start| kept[start..].trim_start())
}

/// The last `limit` characters.
fn tail(text: &str, limit: usize) -> String {
    let Some(last) = limit.checked_sub(1) else {
        return if text.is_empty() { String::new() } else { "…".to_owned() };
    };
    match text.char_indices().rev().nth(last) {
        Some((at, _)) if at > 0 => format!("…{}", from_whole_word(&text[..at], &text[at..])),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_sentences_are_whole() {
        let text = "It rains. The golden bridge opens. It rains.";
        let found = cut(text, &(10..34), &(14..27));
        assert_eq!(
            [found.before.as_str(), &found.phrase, &found.after],
            ["The ", "golden bridge", " opens."]
        );
    }

    #[test]
    fn long_sentences_are_cut_on_the_longer_side() {
        let text = format!("Short, golden bridge {}", "д".repeat(400));
        let found = cut(&text, &(0..text.len()), &(7..20));
        assert_eq!(found.before, "Short, ");
        assert_eq!(found.after, format!(" {}…", "д".repeat(EXAMPLE_CHARS - 7 - 13 - 1)));
        let text = format!("{} golden bridge {}", "д".repeat(400), "д".repeat(400));
        let found = cut(&text, &(0..text.len()), &(801..814));
        assert_eq!((found.before.chars().count(), found.after.chars().count()), (135, 134));
    }

    #[test]
    fn words_are_left_out_rather_than_cut() {
        let words = "harbour ".repeat(40);
        let text = format!("{words}golden bridge {words}");
        let found = cut(&text, &(0..text.len()), &(320..333));
        assert!(found.before.starts_with("…harbour "), "{found:?}");
        assert!(found.after.ends_with(" harbour…"), "{found:?}");
    }

    proptest! {
        #[test]
        fn never_longer_than_said(a in ".{0,600}", p in ".{0,400}", b in ".{0,600}") {
            let text = format!("{a}{p}{b}");
            let found = cut(&text, &(0..text.len()), &(a.len()..a.len() + p.len()));
            let whole = found.sentence();
            prop_assert!(whole.chars().count() <= EXAMPLE_CHARS + 3);
            if text.chars().count() <= EXAMPLE_CHARS {
                prop_assert_eq!(whole, text);
            }
        }
    }
}
