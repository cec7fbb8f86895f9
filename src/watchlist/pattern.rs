//! Words of a codebook as they are looked for in a text: inflected forms count, so do open endings (`expan*`).

use crate::text::{case_forms, fold, stem, words};

/// One word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Any form of this word: its stem.
    Stem(String),
    /// Any word that begins so: a word of the codebook with a star.
    Beginning(String),
    /// This short form, in capitals: "US" is not the pronoun.
    Capitals(String),
}

/// Words that stand one after another, one at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) first: Part,
    pub(super) rest: Vec<Part>,
}

impl Pattern {
    /// Reads a pattern as a codebook has it; nothing if it has no word.
    pub(super) fn read(written: &str, language: &str) -> Option<Pattern> {
        let mut parts = Vec::new();
        for piece in written.split_whitespace() {
            let bare = piece.trim_end_matches('*');
            let found = words(bare);
            for (i, word) in found.iter().enumerate() {
                let open = bare.len() < piece.len() && i + 1 == found.len();
                let written = bare.get(word.span.clone()).unwrap_or_default();
                parts.push(if open {
                    Part::Beginning(word.folded.clone().into_owned())
                } else if is_short_form(written) {
                    Part::Capitals(word.folded.clone().into_owned())
                } else {
                    Part::Stem(stem(&word.folded, language).into_owned())
                });
            }
        }
        Pattern::of(parts)
    }

    /// The pattern of one term of a text, given by its stem; nothing if it has no word.
    pub(super) fn of_stem(stem: &str) -> Option<Pattern> {
        // The term of a script without spaces is several words.
        let part = |word: &crate::text::Word<'_>| Part::Stem(word.folded.clone().into_owned());
        Pattern::of(words(stem).iter().map(part).collect())
    }

    fn of(mut parts: Vec<Part>) -> Option<Pattern> {
        let rest = parts.split_off(parts.len().min(1));
        parts.pop().map(|first| Pattern { first, rest })
    }
}

/// What a folded word may be a form of: itself; in Arabic also what is left of it without what is written onto its front.
pub(super) fn forms<'w>(folded: &'w str, language: &str) -> impl Iterator<Item = &'w str> {
    let bare = (language == "ar").then(|| case_forms::without_arabic_prefixes(folded));
    std::iter::once(folded).chain(bare.into_iter().flatten())
}

/// Whether a word is a short form by its spelling: two capitals or more, nothing else.
fn is_short_form(written: &str) -> bool {
    written.chars().count() > 1 && written.chars().all(char::is_uppercase)
}

/// Whether a pattern can be read in a language at all, for the reader of codebooks: it has a word.
pub(super) fn is_readable(written: &str) -> bool {
    written.split('|').all(|one| !words(&fold(one)).is_empty())
}
