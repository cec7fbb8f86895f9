//! Terms: what a text is about, word by word. Stems of the words that are not stop words; Chinese by
//! jieba, the other scripts without spaces by dictionary.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use jieba_rs::Jieba;
use snowball_stemmers_rs::Stemmer;

use super::fold::{fold, is_unsegmented};
use super::languages;
use super::stop::is_stop_word;
use super::words::{Word, words};

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Where it is, in bytes.
    pub span: Range<usize>,
    /// The stem, folded; equal for the inflected forms of one word as far as the stemmer knows them.
    pub stem: String,
}

/// Returns the terms of `text` in order: stems of its words without stop words and single letters;
/// numbers and names are kept.
///
/// `language` is an ISO 639-1 code; words of an unknown language are folded but not stemmed. Cost:
/// about 1 µs a word for the stemmer; Chinese loads a dictionary once (half a second, 50 MB), only
/// if there is any.
pub fn terms(text: &str, language: &str) -> Vec<Term> {
    let words = words(text);
    let mut terms = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let run = run_length(text, rest);
        if run > 0 {
            let (run, after) = rest.split_at(run);
            segment(text, run, language, &mut terms);
            rest = after;
        } else {
            push(first.span.clone(), &first.folded, language, &mut terms);
            rest = after;
        }
    }
    terms
}

/// Returns the stem of `word`, which must be in folded form; the word itself if the language
/// (ISO 639-1) has no stemmer here.
pub fn stem<'w>(word: &'w str, language: &str) -> Cow<'w, str> {
    match stemmer(language) {
        // Snowball's Russian and its kin want no ё; folded words have none. Numbers and words of
        // another script pass unchanged.
        Some(stemmer) if !word.starts_with(|c: char| c.is_ascii_digit()) => stemmer.stem(word),
        _ => Cow::Borrowed(word),
    }
}

/// Returns the term that `word` (folded) stands for: its stem, or `None` for stop words and single
/// letters. Digits and ideographs say something even alone.
pub fn term_of<'w>(word: &'w str, language: &str) -> Option<Cow<'w, str>> {
    let mut chars = word.chars();
    let first = chars.next()?;
    let says_nothing = chars.next().is_none() && first.is_alphabetic() && !is_unsegmented(first);
    (!says_nothing && !is_stop_word(word, language)).then(|| stem(word, language))
}

fn push(span: Range<usize>, folded: &str, language: &str, terms: &mut Vec<Term>) {
    if let Some(stem) = term_of(folded, language) {
        terms.push(Term { span, stem: stem.into_owned() });
    }
}

/// How many of the first words are adjoining characters of scripts without spaces.
fn run_length(text: &str, words: &[Word<'_>]) -> usize {
    let mut end = None;
    words
        .iter()
        .take_while(|word| {
            let adjoins = end.is_none_or(|end| end == word.span.start);
            end = Some(word.span.end);
            let written = text.get(word.span.clone()).unwrap_or_default();
            adjoins && written.starts_with(is_unsegmented)
        })
        .count()
}

/// Splits a run of characters without spaces into words of its language.
fn segment(text: &str, run: &[Word<'_>], language: &str, terms: &mut Vec<Term>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let start = first.span.start;
    let written = text.get(start..last.span.end).unwrap_or_default();
    let mut take = |from: usize, to: usize| {
        let word = written.get(from..to).unwrap_or_default();
        push(start + from..start + to, &fold(word), language, terms);
    };
    if written.chars().all(|c| matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..)) {
        for token in jieba().cut(written, true) {
            take(token.byte_start, token.byte_end);
        }
    } else {
        let mut from = 0;
        for to in DICTIONARY.segment_str(written).filter(|&to| to > 0) {
            take(from, to);
            from = to;
        }
    }
}

fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

/// Dictionary mode: the neural one is two hundred times slower for Thai.
static DICTIONARY: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

fn stemmer(language: &str) -> Option<Stemmer> {
    languages::by_code(language)?.stemmer.map(Stemmer::create)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, language: &str, expected: &[&str]) {
        let got: Vec<String> = terms(text, language).into_iter().map(|term| term.stem).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn stop_words_go_and_inflection_goes() {
        check("The ministers don't agree on sanctions.", "en", &["minist", "agre", "sanction"]);
        check("О санкциях и банках", "ru", &["санкц", "банк"]);
        check("санкции банку", "ru", &["санкц", "банк"]);
        check("les sanctions économiques", "fr", &["sanction", "économ"]);
    }

    #[test]
    fn numbers_stay_whole() {
        check("1,000 tanks, 3.5% and 10.05.2022", "en", &["1000", "tank", "3.5", "10.05.2022"]);
    }

    #[test]
    fn chinese_is_cut_into_words() {
        check("外交部发言人", "zh", &["外交部", "发言人"]);
    }

    #[test]
    fn japanese_and_thai_are_cut_by_dictionary() {
        assert!(terms("ロシアのウクライナ侵攻", "ja").len() >= 3);
        assert!(terms("รัฐมนตรีว่าการกระทรวงการต่างประเทศ", "th").len() >= 2);
    }

    #[test]
    fn unknown_language_is_only_folded() {
        check("Đồng THỜI", "xx", &["đồng", "thời"]);
    }

    proptest! {
        #[test]
        fn spans_are_valid_and_ascend(text in "[a-zA-Z0-9 .,中国社ロシア\u{e17}\u{e22}]{0,30}") {
            let mut last = 0;
            for term in terms(&text, "en") {
                prop_assert!(term.span.start >= last && text.get(term.span.clone()).is_some());
                last = term.span.end;
            }
        }
    }
}
