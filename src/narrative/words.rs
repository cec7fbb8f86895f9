//! The words of an article's headline and opening, with what a phrase finder must know of each.

use std::borrow::Cow;

use crate::model::Article;
use crate::text;

/// Bytes of an article's text that are read: about its first 80 words. News says first what it is
/// about.
const OPENING_BYTES: usize = 500;

/// One word in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Folded form.
    pub(super) text: Cow<'t, str>,
    /// Can stand at the end of a phrase: neither a function word nor a number.
    pub(super) solid: bool,
    /// Something other than a space lies between the word before and this one.
    pub(super) after_break: bool,
    /// Nothing lies between the word before and this one (scripts without spaces).
    pub(super) glued: bool,
}

/// Returns the words of the headline and the opening of `article`.
pub(super) fn lead(article: &Article) -> Vec<Word<'_>> {
    let opening = &article.text[..article.text.floor_char_boundary(OPENING_BYTES)];
    let mut found = Vec::new();
    for part in [article.title.as_str(), opening] {
        let start = found.len();
        add(part, &article.language, &mut found);
        if let Some(first) = found.get_mut(start) {
            (first.after_break, first.glued) = (true, false);
        }
    }
    found
}

fn add<'t>(part: &'t str, language: &str, found: &mut Vec<Word<'t>>) {
    let mut end = 0;
    let mut push = |span: std::ops::Range<usize>, folded: Cow<'t, str>| {
        let between = part.get(end..span.start).unwrap_or_default();
        let number = folded.chars().all(char::is_numeric);
        found.push(Word {
            solid: !number && !text::is_stop_word(&folded, language),
            text: folded,
            after_break: !between.chars().all(char::is_whitespace),
            glued: between.is_empty(),
        });
        end = span.end;
    };
    if part.contains(text::is_unsegmented) {
        for term in text::terms(part, language) {
            let word = part.get(term.span.clone()).unwrap_or_default();
            push(term.span, Cow::Owned(text::fold(word)));
        }
    } else {
        for word in text::words(part) {
            push(word.span, word.folded);
        }
    }
}

/// Writes a run of words as one phrase.
pub(super) fn join(run: &[Word<'_>]) -> String {
    let mut phrase = String::new();
    for (i, word) in run.iter().enumerate() {
        if i > 0 && !word.glued {
            phrase.push(' ');
        }
        phrase.push_str(&word.text);
    }
    phrase
}
