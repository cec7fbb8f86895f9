//! Finds the patterns of a codebook in texts. Which words of a corpus begin a pattern is worked out once for each
//! different word; a text is then one look-up a word.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::pattern::{Part, Pattern, forms};
use crate::corpus::Corpus;
use crate::text::{for_each_hash, stem, words};

/// The different words of the [reported](Corpus::reported) articles of a corpus, by language: folded, each under its hash.
#[derive(Debug, Default)]
pub struct Vocabulary(BTreeMap<String, FxHashMap<u64, String>>);

impl Vocabulary {
    /// The words of a corpus. Articles in parallel; O(text).
    pub fn of(corpus: &Corpus) -> Vocabulary {
        let add = |mut words: Vocabulary, place: usize| {
            let article = &corpus.articles()[place];
            words.add(&article.title, &article.language);
            words.add(&article.text, &article.language);
            words
        };
        let reported = corpus.reported().into_par_iter();
        reported.fold(Vocabulary::default, add).reduce(Vocabulary::default, Vocabulary::joined)
    }

    fn add(&mut self, text: &str, language: &str) {
        if !self.0.contains_key(language) {
            self.0.insert(language.to_owned(), FxHashMap::default());
        }
        let Some(known) = self.0.get_mut(language) else { return };
        for_each_hash(text, |span, hash| {
            known.entry(hash).or_insert_with(|| folded(text, &span));
        });
    }

    fn joined(mut self, other: Vocabulary) -> Vocabulary {
        for (language, words) in other.0 {
            self.0.entry(language).or_default().extend(words);
        }
        self
    }

    /// The languages that it has words of.
    pub(super) fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The folded form of the word at a place of a text.
fn folded(text: &str, span: &Range<usize>) -> String {
    let written = text.get(span.clone()).unwrap_or_default();
    words(written).into_iter().map(|word| word.folded).collect()
}

/// A text cut into words, ready to be searched.
pub(super) struct Reading<'t> {
    text: &'t str,
    /// Where each word is, and its hash.
    words: Vec<(Range<usize>, u64)>,
}

impl<'t> Reading<'t> {
    /// Finds the words of a text. O(text).
    pub(super) fn new(text: &'t str) -> Reading<'t> {
        let mut words = Vec::with_capacity(text.len() / 6);
        for_each_hash(text, |span, hash| words.push((span, hash)));
        Reading { text, words }
    }

    /// The whole text.
    pub(super) fn whole(&self) -> Stretch<'_> {
        Stretch { text: self.text, words: &self.words }
    }

    /// The words that begin in a part of the text, given in bytes.
    pub(super) fn within(&self, span: &Range<usize>) -> Stretch<'_> {
        let place = |byte: usize| self.words.partition_point(|(word, _)| word.start < byte);
        let words = self.words.get(place(span.start)..place(span.end)).unwrap_or_default();
        Stretch { text: self.text, words }
    }
}

/// Some words of a text, one after another.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'r> {
    /// The whole text.
    text: &'r str,
    words: &'r [(Range<usize>, u64)],
}

impl Stretch<'_> {
    /// Whether the word at a place is written without small letters.
    fn is_in_capitals(&self, at: usize) -> bool {
        let span = self.words.get(at).map(|(span, _)| span.clone());
        let written = span.and_then(|span| self.text.get(span));
        written.is_some_and(|written| !written.contains(char::is_lowercase))
    }
}

/// Patterns of one language, each with a number of the caller's.
#[derive(Default)]
pub(super) struct Index {
    /// By part, the different words of all patterns: whether it stands in capitals.
    capitals: Vec<bool>,
    /// By the hash of a word of the vocabulary: the places of the parts that mean it, but for its capitals.
    meant: FxHashMap<u64, Vec<usize>>,
    /// By part: the patterns that it begins, each with the places of its other parts.
    begun: Vec<Vec<(usize, Vec<usize>)>>,
}

/// The places of the parts, by what they are written with.
#[derive(Default)]
struct Places {
    stems: FxHashMap<String, usize>,
    beginnings: FxHashMap<String, usize>,
    capitals: FxHashMap<String, usize>,
    /// Bytes of the longest beginning.
    longest: usize,
}

impl Places {
    /// The places of the parts that mean a word, but for its capitals; in order. O(length of the longest beginning), and a
    /// stem.
    fn of_word(&self, word: &str, language: &str) -> Vec<usize> {
        let mut places: Vec<usize> = self.capitals.get(word).copied().into_iter().collect();
        for form in forms(word, language) {
            places.extend(self.stems.get(form));
            places.extend(self.stems.get(stem(form, language).as_ref()));
            let ends = form.char_indices().map(|(at, c)| at + c.len_utf8());
            let ends = ends.take_while(|&end| end <= self.longest);
            places.extend(ends.filter_map(|end| self.beginnings.get(form.get(..end)?)));
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Index {
    /// Looks through the words of a vocabulary for those that a pattern means. O(words of the language).
    pub(super) fn new(
        patterns: Vec<(usize, Pattern)>,
        language: &str,
        vocabulary: &Vocabulary,
    ) -> Index {
        let (mut index, mut places) = (Index::default(), Places::default());
        for (number, Pattern { first, rest }) in patterns {
            let first = index.place_of(first, &mut places);
            let rest = rest.into_iter().map(|part| index.place_of(part, &mut places)).collect();
            index.begun[first].push((number, rest));
        }
        let words = vocabulary.0.get(language).filter(|_| !index.begun.is_empty());
        let meant = words.into_iter().flatten();
        let meant = meant.map(|(hash, word)| (*hash, places.of_word(word, language)));
        index.meant = meant.filter(|(_, parts)| !parts.is_empty()).collect();
        index
    }

    fn place_of(&mut self, part: Part, places: &mut Places) -> usize {
        let is_capital = matches!(part, Part::Capitals(_));
        if let Part::Beginning(written) = &part {
            places.longest = places.longest.max(written.len());
        }
        let (known, written) = match part {
            Part::Stem(written) => (&mut places.stems, written),
            Part::Beginning(written) => (&mut places.beginnings, written),
            Part::Capitals(written) => (&mut places.capitals, written),
        };
        *known.entry(written).or_insert_with(|| {
            self.capitals.push(is_capital);
            self.begun.push(Vec::new());
            self.begun.len() - 1
        })
    }

    /// The numbers of the patterns that stand in a text, each with the byte at which its match begins; by that byte. O(words)
    /// and the patterns that begin with one of them.
    pub(super) fn find(&self, text: Stretch<'_>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        if self.meant.is_empty() {
            return found;
        }
        for (at, (span, hash)) in text.words.iter().enumerate() {
            for &part in self.meant.get(hash).into_iter().flatten() {
                let patterns = self.begun.get(part).into_iter().flatten();
                let here = patterns.filter(|(_, rest)| {
                    let all = std::iter::once(&part).chain(rest);
                    all.zip(at..).all(|(part, at)| self.means(*part, text, at))
                });
                found.extend(here.map(|(number, _)| (*number, span.start)));
            }
        }
        found
    }

    /// Whether a part means the word at a place of a text.
    fn means(&self, part: usize, text: Stretch<'_>, at: usize) -> bool {
        let Some((_, hash)) = text.words.get(at) else { return false };
        let capitals = self.capitals.get(part).copied().unwrap_or_default();
        self.meant.get(hash).is_some_and(|parts| parts.contains(&part))
            && (!capitals || text.is_in_capitals(at))
    }
}
