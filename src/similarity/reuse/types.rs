//! The data of the reuse engine: what its steps hand on.

use std::ops::Range;

use crate::text::count::{units, words_of};

/// Words above which a passage is no boilerplate but an article's substance.
pub(in crate::similarity) const LINE_WORDS: usize = 60;
/// Words from the head or tail of both texts within which footers and mastheads stand.
pub(in crate::similarity) const EDGE: usize = 40;
/// Per mille of a text from which a passage is its substance, whatever recurs.
pub(in crate::similarity) const SUBSTANCE: usize = 500;
/// Two articles that share text.
#[derive(Debug, Clone)]
pub(in crate::similarity) struct SharedText {
    /// Index of the earlier article.
    pub(in crate::similarity) a: usize,
    /// Index of the later article.
    pub(in crate::similarity) b: usize,
    /// How much of each is in the other.
    pub(in crate::similarity) shared: SharedCounts,
    /// In order of place in `a`.
    pub(in crate::similarity) passages: Vec<AlignedPassage>,
}

/// How much of two texts is in each other, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SharedCounts {
    /// Shingles that both have; not counted, hence 0, for a pair that shares nothing but boilerplate, which is no match.
    pub shingles: usize,
    /// Different shingles of each text; 0 where they were not counted.
    pub of_shingles: (usize, usize),
    /// Words that are equal and aligned.
    pub words: usize,
    /// Words of each text.
    pub of_words: (usize, usize),
}

impl SharedCounts {
    /// Share of each text's shingles that are in the other.
    pub fn containment(&self) -> (f64, f64) {
        let share = |of: usize| if of == 0 { 0.0 } else { self.shingles as f64 / of as f64 };
        (share(self.of_shingles.0), share(self.of_shingles.1))
    }

    /// Share of each text's words that are equal and aligned in a passage.
    pub fn aligned(&self) -> (f64, f64) {
        let share = |of: usize| (self.words as f64 / of as f64).min(1.0);
        (share(self.of_words.0), share(self.of_words.1))
    }

    /// The greatest of these shares: how much of the shorter text is reused.
    pub fn reused(&self) -> f64 {
        let ((a, b), (c, d)) = (self.containment(), self.aligned());
        [a, b, c, d].into_iter().fold(0.0, f64::max)
    }
}

/// A reused passage before it is classified.
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not depend on each other")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignedPassage {
    /// Bytes in the earlier text.
    pub(in crate::similarity) a: Range<usize>,
    /// Bytes in the later text.
    pub(in crate::similarity) b: Range<usize>,
    /// Equal words.
    pub(in crate::similarity) words: usize,
    /// The later text is in a script without spaces: its words are characters.
    pub(in crate::similarity) unsegmented: bool,
    /// It is (nearly) the whole of one of the texts.
    pub(in crate::similarity) is_full_text: bool,
    /// Its grams recur, but for a few words: see `gram_history`.
    pub(in crate::similarity) recurrent: bool,
    /// Its grams are used by one outlet over a long time, but for a few words.
    pub(in crate::similarity) persistent: bool,
    /// Words from the nearer end of the text, in the text where it stands farther inside.
    pub(in crate::similarity) from_edge: usize,
    /// The greater share of either text that it covers, in per mille.
    pub(in crate::similarity) share: usize,
    /// Bytes inside it, in the earlier and in the later text, that are boilerplate: runs of grams
    /// that one outlet uses over a long time, or that recur and stand near the head or tail.
    pub(in crate::similarity) boilerplate: [Vec<Range<usize>>; 2],
}

impl AlignedPassage {
    /// Equal words, in words whatever the script.
    pub(in crate::similarity) fn in_words(&self) -> usize {
        words_of(self.words, self.unsegmented)
    }
}

/// Whether a pair with these passages shares nothing but boilerplate at the head or tail: it is no
/// match.
pub(in crate::similarity) fn is_only_lines(passages: &[AlignedPassage]) -> bool {
    !passages.is_empty() && passages.iter().all(is_edge_line)
}

/// A short recurring line at the head or tail of both texts: footer, masthead, agency notice.
pub(in crate::similarity) fn is_edge_line(passage: &AlignedPassage) -> bool {
    passage.recurrent
        && !passage.is_full_text
        && passage.share < SUBSTANCE
        && passage.words < units(LINE_WORDS, passage.unsegmented)
        && passage.from_edge <= units(EDGE, passage.unsegmented)
}
