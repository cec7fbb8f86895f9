//! Stop words: the function words of a language, which say nothing about a text's subject.
//!
//! The lists are those of NLTK where it has the language, else of stopwords-iso. The longer ISO lists
//! are not preferred because they hold words that are the subject here (Russian "война", "россия").

use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::{hash_of, words};

/// One folded list for each language that the lists know, made when first asked for.
static LISTS: LazyLock<FxHashMap<&str, OnceLock<List>>> = LazyLock::new(|| {
    stop_words::available_languages().iter().map(|&language| (language, OnceLock::new())).collect()
});

/// The words of one list, and their hashes.
#[derive(Debug)]
struct List {
    words: FxHashSet<String>,
    hashes: FxHashSet<u64>,
}

/// The stop words of one language.
#[derive(Debug, Clone, Copy)]
pub struct StopWords(Option<&'static List>);

impl StopWords {
    /// Those of `language` (ISO 639-1); an unknown language has none. For many words of one
    /// language, since finding the list costs more than a look into it.
    pub fn of(language: &str) -> StopWords {
        StopWords(list(language))
    }

    /// Whether `word`, in folded form, is one of them.
    pub fn contains(self, word: &str) -> bool {
        self.0.is_some_and(|list| list.words.contains(word))
    }

    /// Whether the word with this hash ([`super::for_each_hash`]) is one of them.
    pub fn holds(self, hash: u64) -> bool {
        self.0.is_some_and(|list| list.hashes.contains(&hash))
    }
}

/// Whether `word`, in folded form, is a stop word of `language`.
pub fn is_stop_word(word: &str, language: &str) -> bool {
    StopWords::of(language).contains(word)
}

fn list(language: &str) -> Option<&'static List> {
    Some(LISTS.get(language)?.get_or_init(|| {
        // Entries such as "don't" are the two words "don" and "t" here.
        let entries = stop_words::lookup(language).unwrap_or_default();
        let parts = entries.iter().flat_map(|entry| match words(entry).as_slice() {
            // A list entry in a script without spaces is a word of several characters.
            parts if parts.iter().all(|w| w.folded.chars().count() == 1) && parts.len() > 1 => {
                vec![parts.iter().map(|w| w.folded.as_ref()).collect::<String>()]
            }
            parts => parts.iter().map(|w| w.folded.clone().into_owned()).collect(),
        });
        let words: FxHashSet<String> = parts.collect();
        let hashes = words.iter().map(|word| hash_of(word)).collect();
        List { words, hashes }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_stop_words() {
        for (word, language) in [
            ("the", "en"),
            ("don", "en"),
            ("что", "ru"),
            ("ее", "ru"),
            ("las", "es"),
            ("不但", "zh"),
            ("في", "ar"),
        ] {
            assert!(is_stop_word(word, language), "{word}");
        }
    }

    #[test]
    fn subjects_are_not() {
        for (word, language) in
            [("war", "en"), ("ukraine", "en"), ("россия", "ru"), ("война", "ru"), ("the", "xx")]
        {
            assert!(!is_stop_word(word, language), "{word}");
        }
    }
}
