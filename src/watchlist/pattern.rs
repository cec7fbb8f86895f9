//! Words of a codebook as they are looked for in a text: inflected forms count, so do open endings (`expan*`).

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::model::WatchedNarrative;
use crate::text::{Word, fold, stem, words};

/// One word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Any form of this word: its stem.
    Stem(String),
    /// Any word that begins so: a word of the codebook with a star.
    Beginning(String),
    /// This short form, in capitals: "US" is not the pronoun.
    Capitals(String),
}

/// Words that stand one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Part>);

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
        (!parts.is_empty()).then_some(Pattern(parts))
    }

    /// The pattern of one term of a text, given by its stem.
    pub(super) fn of_stem(stem: &str) -> Pattern {
        // The term of a script without spaces is several words.
        Pattern(
            words(stem).iter().map(|word| Part::Stem(word.folded.clone().into_owned())).collect(),
        )
    }

    /// Whether it stands in a text, its first word at place `at`.
    fn stands_at(&self, text: &Reading<'_>, at: usize) -> bool {
        self.0.iter().enumerate().all(|(i, part)| text.is(at + i, part))
    }

    /// What each of its matches begins with: the first letters of its first word, without inflection.
    fn key(&self) -> Option<Key> {
        let (Part::Stem(word) | Part::Beginning(word) | Part::Capitals(word)) = self.0.first()?;
        Some(key(word))
    }
}

/// Patterns, each with a number of the caller's, found by the first letters of their first word.
#[derive(Default)]
pub(super) struct Index(FxHashMap<Key, Group>);

/// The patterns whose first words begin with the same letters.
#[derive(Default)]
struct Group {
    /// Those that begin with any form of a word, by its stem: most of them.
    by_stem: FxHashMap<String, Vec<(usize, Pattern)>>,
    /// The others, with the third letter of the first word, if it has one.
    others: Vec<(Option<char>, (usize, Pattern))>,
}

impl Index {
    /// Adds a pattern.
    pub(super) fn add(&mut self, number: usize, pattern: Pattern) {
        let Some(key) = pattern.key() else { return };
        let group = self.0.entry(key).or_default();
        match pattern.0.first() {
            Some(Part::Stem(stem)) => {
                group.by_stem.entry(stem.clone()).or_default().push((number, pattern));
            }
            Some(Part::Beginning(word) | Part::Capitals(word)) => {
                group.others.push((word.chars().nth(KEY_LENGTH), (number, pattern)));
            }
            None => {}
        }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The numbers of the patterns that stand in a text, each with the byte at which its match begins; by that byte. O(words)
    /// and the patterns that begin with one of them.
    pub(super) fn find(&self, text: &Reading<'_>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (at, word) in text.words.iter().enumerate() {
            let mut add = |group: &Group, written: &str, stem: &str| {
                let as_written = group.by_stem.get(written).filter(|_| stem != written);
                let by_stem = [as_written, group.by_stem.get(stem)].into_iter().flatten().flatten();
                let third = written.chars().nth(KEY_LENGTH);
                let fits = |letter: &Option<char>| letter.is_none() || *letter == third;
                let others = group.others.iter().filter(|(letter, _)| fits(letter));
                let patterns = by_stem.chain(others.map(|(_, other)| other));
                let here = patterns.filter(|(_, pattern)| pattern.stands_at(text, at));
                found.extend(here.map(|(number, _)| (*number, word.span.start)));
            };
            if let Some(group) = self.0.get(&key(&word.folded)) {
                add(group, &word.folded, text.stem(at));
            }
            for rest in bare(&word.folded).filter(|_| text.language == "ar") {
                if let Some(group) = self.0.get(&key(rest)) {
                    add(group, rest, &stem(rest, text.language));
                }
            }
        }
        found
    }
}

/// Whether a word is a short form by its spelling: two capitals or more, nothing else.
fn is_short_form(written: &str) -> bool {
    written.chars().count() > 1 && written.chars().all(char::is_uppercase)
}

/// What Arabic writes onto the front of a word.
const ARABIC_PREFIXES: [&str; 11] =
    ["وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ك", "ل"];

/// What is left of an Arabic word without them.
fn bare(word: &str) -> impl Iterator<Item = &str> {
    let rests = ARABIC_PREFIXES.iter().filter_map(move |prefix| word.strip_prefix(prefix));
    rests.filter(|rest| rest.chars().count() > 2)
}

/// Words whose stems a thread remembers; with more it begins anew.
const REMEMBERED: usize = 1 << 16;

thread_local! {
    /// Stems by language and word. News has few words and repeats them: most are asked for many times.
    static STEMS: RefCell<FxHashMap<String, FxHashMap<String, Rc<str>>>> = RefCell::default();
}

/// The stem of a word: that of [`stem`], from memory where it was asked for before.
fn remembered_stem(word: &str, language: &str) -> Rc<str> {
    STEMS.with_borrow_mut(|all| {
        if !all.contains_key(language) {
            all.insert(language.to_owned(), FxHashMap::default());
        }
        let Some(known) = all.get_mut(language) else { return stem(word, language).into() };
        if let Some(stem) = known.get(word) {
            return Rc::clone(stem);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let stem: Rc<str> = stem(word, language).into();
        known.insert(word.to_owned(), Rc::clone(&stem));
        stem
    })
}

/// A text cut into words, ready to be searched.
pub(super) struct Reading<'t> {
    text: &'t str,
    language: &'t str,
    words: Vec<Word<'t>>,
    /// By word: its stem, once asked for.
    stems: Vec<OnceCell<Rc<str>>>,
}

impl<'t> Reading<'t> {
    /// Finds the words of a text. O(text).
    pub(super) fn new(text: &'t str, language: &'t str) -> Reading<'t> {
        let words = words(text);
        Reading { text, language, stems: vec![OnceCell::new(); words.len()], words }
    }

    /// The stem of the word at a place; empty where there is none.
    fn stem(&self, at: usize) -> &str {
        let (Some(word), Some(cell)) = (self.words.get(at), self.stems.get(at)) else { return "" };
        cell.get_or_init(|| remembered_stem(&word.folded, self.language))
    }

    fn is(&self, at: usize, part: &Part) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let folded = word.folded.as_ref();
        let rests = || bare(folded).filter(|_| self.language == "ar");
        match part {
            Part::Stem(wanted) => {
                // Most words differ in the first letter: no stemmer is asked for them.
                (folded.chars().next() == wanted.chars().next()
                    && (folded == wanted || self.stem(at) == wanted))
                    || rests()
                        .any(|rest| rest == wanted || stem(rest, self.language) == wanted.as_str())
            }
            Part::Beginning(wanted) => {
                folded.starts_with(wanted.as_str())
                    || rests().any(|rest| rest.starts_with(wanted.as_str()))
            }
            Part::Capitals(wanted) => {
                let written = self.text.get(word.span.clone()).unwrap_or_default();
                folded == wanted && !written.contains(char::is_lowercase)
            }
        }
    }
}

/// First letters of a word.
type Key = [char; KEY_LENGTH];

/// Letters that inflection leaves alone: by them most words are known to begin no pattern, without a stemmer.
const KEY_LENGTH: usize = 2;

fn key(word: &str) -> Key {
    let mut key = ['\0'; KEY_LENGTH];
    for (place, c) in key.iter_mut().zip(word.chars()) {
        *place = c;
    }
    key
}

/// The terms of all narratives, in the languages of a corpus.
pub(super) struct Terms(BTreeMap<String, Index>);

impl Terms {
    /// The terms of a codebook in these languages.
    pub(super) fn of<'l>(
        narratives: &[WatchedNarrative],
        languages: impl Iterator<Item = &'l str>,
    ) -> Terms {
        let languages: BTreeSet<&str> = languages.collect();
        let of = |language: &str| {
            let mut terms = Index::default();
            for (place, narrative) in narratives.iter().enumerate() {
                for term in narrative.terms.get(language).into_iter().flatten() {
                    if let Some(pattern) = Pattern::read(term, language) {
                        terms.add(place, pattern);
                    }
                }
            }
            (language.to_owned(), terms)
        };
        Terms(languages.into_iter().map(of).collect())
    }

    /// The narratives that have a term in a text, each with the byte at which the term begins; by that byte.
    pub(super) fn of_text(&self, text: &str, language: &str) -> Vec<(usize, usize)> {
        match self.0.get(language).filter(|terms| !terms.is_empty()) {
            Some(terms) => terms.find(&Reading::new(text, language)),
            None => Vec::new(),
        }
    }
}

/// Whether a pattern can be read in a language at all, for the reader of codebooks: it has a word.
pub(super) fn is_readable(written: &str) -> bool {
    written.split('|').all(|one| !words(&fold(one)).is_empty())
}
