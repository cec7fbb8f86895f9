//! Texts too short for the index's guarantee: headline-only records, one-line flashes.
//!
//! Such a text counts only as a whole: it is found wherever all its words stand in a row in another
//! text. The places are fed to the index as further grams, of a kind of their own: they link the text to
//! its places, not these to each other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fingerprint::guarantee;
use crate::similarity::batch::Batch;
use crate::similarity::tokens::{Tokens, gram_of, grams_into, mix, to_u32};

/// Words below which a text says too little to be evidence even as a whole.
pub(super) const WHOLE_WORDS: usize = 4;
/// The same in characters of a script without spaces.
pub(super) const WHOLE_CHARACTERS: usize = 8;
/// Bytes above which a text is not looked at here: a word of forty bytes is long in any script.
const LONGEST_WORD: usize = 40;

/// All short texts, by hashes of their words.
#[derive(Debug, Default)]
pub(super) struct ShortTexts {
    /// Numbers of words of the texts that begin alike, by the hash of their first [`WHOLE_WORDS`] words.
    lengths: FxHashMap<u64, Vec<usize>>,
    /// Hashes of whole texts.
    texts: FxHashSet<u64>,
    /// For each short article, the hash of its whole text.
    of: FxHashMap<u32, u64>,
}

/// Fewest words of a text that counts as a whole.
pub(super) fn least_whole(unsegmented: bool) -> usize {
    if unsegmented { WHOLE_CHARACTERS } else { WHOLE_WORDS }
}

/// A text that counts as a whole or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShortText {
    /// Hash of its first four words.
    pub start: u64,
    /// Number of its words.
    pub words: usize,
    /// Hash of all of them.
    pub hash: u64,
}

impl ShortText {
    /// The text as a short one, if it is. `tokens` is scratch memory.
    pub(super) fn of(text: &str, tokens: &mut Tokens) -> Option<ShortText> {
        if text.len() > guarantee(true) * LONGEST_WORD {
            return None;
        }
        tokens.read(text);
        ShortText::of_words(tokens)
    }

    /// The text of these words as a short one, if it is.
    pub(super) fn of_words(tokens: &Tokens) -> Option<ShortText> {
        let lengths = least_whole(tokens.unsegmented)..guarantee(tokens.unsegmented);
        lengths.contains(&tokens.len()).then(|| ShortText {
            start: start(&tokens.hashes),
            words: tokens.len(),
            hash: gram_of(&tokens.hashes),
        })
    }

    /// Its hash as [`ShortTexts::find`] gives it.
    pub(super) fn found_as(&self) -> u64 {
        mix(!self.hash)
    }
}

impl ShortTexts {
    pub(super) fn new(batch: &Batch<'_>) -> ShortTexts {
        let mut short = ShortTexts::default();
        let mut tokens = Tokens::default();
        for (index, article) in batch.articles.iter().enumerate() {
            if let Some(text) = ShortText::of(&article.text, &mut tokens) {
                short.add(text);
                short.of.insert(to_u32(index), text.found_as());
            }
        }
        short
    }

    /// Adds a text that is looked for.
    pub(super) fn add(&mut self, text: ShortText) {
        let lengths = self.lengths.entry(text.start).or_default();
        if !lengths.contains(&text.words) {
            lengths.push(text.words);
            lengths.sort_unstable();
        }
        self.texts.insert(text.hash);
    }

    /// The hash of the text of this article, if it is one.
    pub(super) fn of(&self, article: u32) -> Option<u64> {
        self.of.get(&article).copied()
    }

    /// Calls `visit` with the place and the hash of each short text that stands in `tokens`.
    /// `starts` is scratch memory.
    pub(super) fn find(
        &self,
        tokens: &Tokens,
        starts: &mut Vec<u64>,
        mut visit: impl FnMut(usize, u64),
    ) {
        if self.texts.is_empty() {
            return;
        }
        grams_into(&tokens.hashes, WHOLE_WORDS, starts);
        for (at, start) in starts.iter().enumerate() {
            let rest = tokens.hashes.get(at..).unwrap_or_default();
            for &length in self.lengths.get(start).into_iter().flatten() {
                let text = rest.get(..length).map(gram_of);
                if let Some(text) = text.filter(|text| self.texts.contains(text)) {
                    visit(at, mix(!text));
                }
            }
        }
    }
}

fn start(words: &[u32]) -> u64 {
    gram_of(words.get(..WHOLE_WORDS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_found_in_a_longer_one() {
        let short = Tokens::new("Minister visits northern port");
        let mut texts = ShortTexts::default();
        texts.add(ShortText::of_words(&short).unwrap());
        let mut places = Vec::new();
        let longer = Tokens::new("Today: minister visits northern port, says agency");
        texts.find(&longer, &mut Vec::new(), |place, _| places.push(place));
        assert_eq!(places, [1]);
    }
}
