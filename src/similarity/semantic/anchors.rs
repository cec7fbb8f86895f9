//! What a text names: the names, places and numbers that its translation or another report of the same event names too.
//!
//! Four sorts, each with a key that is the same in every language: a name of the lexicon, a name by its sound
//! (`skeleton`, `pinyin`), a number by its value, a name in Latin letters inside another script as it is written.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::cursor::{is_latin, next_word, word_at};
use super::lexicon::{Kind, Lexicon};
use super::numbers;
use super::pinyin;
use super::skeleton::skeletons;
use crate::model::Article;
use crate::text::languages::base_language;
use crate::text::places::places;
use crate::text::{has_unsegmented, is_unsegmented, simplify};

/// What an anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sort {
    /// A name of the lexicon that is no place.
    Known,
    /// A name by its sound or its spelling.
    Name,
    /// A name by the readings of its characters.
    Sound,
    /// A number.
    Number,
    /// A place.
    Place,
}

/// Something that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    /// The same for the same thing in every language.
    pub(super) key: u64,
    /// What it is.
    pub(super) sort: Sort,
    /// Whether it stands in the headline, not in the text.
    pub(super) in_headline: bool,
    /// First byte of its first mention.
    pub(super) start: u32,
    /// Byte after it.
    pub(super) end: u32,
}

/// Letters of the shortest word that is taken for a name by its sound.
const SHORTEST_NAME: usize = 4;
/// Bytes of the longest quotation that is taken for a name («Академик Королёв»).
const LONGEST_TITLE: usize = 80;

/// The anchors of an article, sorted by key, each once, at its first mention. O(text).
pub(super) fn anchors(article: &Article, lexicon: &Lexicon) -> Vec<Anchor> {
    let mut found = Vec::new();
    let language = base_language(&article.language);
    let title = article.title.trim();
    if !article.text.trim_start().starts_with(title) {
        let names_are_told = !is_title_case(title);
        Scan::new(&article.title, language, lexicon, true, names_are_told, &mut found).run();
    }
    Scan::new(&article.text, language, lexicon, false, true, &mut found).run();
    found.sort_by_key(|anchor| (anchor.key, !anchor.in_headline, anchor.start));
    found.dedup_by_key(|anchor| anchor.key);
    found
}

/// The readings of a Chinese article that `wanted` asks for, sorted by key, each once. O(text).
pub(super) fn readings(article: &Article, wanted: impl Fn(u64) -> bool) -> Vec<Anchor> {
    let mut found = Vec::new();
    for (text, in_headline) in [(&article.title, true), (&article.text, false)] {
        pinyin::for_each_reading(text, |place, reading| {
            let key = key(Sort::Sound, reading);
            if wanted(key) {
                found.push(anchor(key, Sort::Sound, in_headline, &place));
            }
        });
    }
    found.sort_by_key(|anchor| (anchor.key, !anchor.in_headline, anchor.start));
    found.dedup_by_key(|anchor| anchor.key);
    found
}

fn key(sort: Sort, written: &str) -> u64 {
    xxh3_64(written.as_bytes()) ^ (sort as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn anchor(key: u64, sort: Sort, in_headline: bool, place: &Range<usize>) -> Anchor {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Anchor { key, sort, in_headline, start: byte(place.start), end: byte(place.end) }
}

/// Whether a headline gives nearly every word a capital, so that a capital tells nothing.
fn is_title_case(title: &str) -> bool {
    let words = title.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 3);
    let (mut capital, mut small) = (0, 0);
    for word in words {
        if word.starts_with(char::is_uppercase) { capital += 1 } else { small += 1 }
    }
    small < capital
}

/// One pass over a text.
struct Scan<'t, 'f> {
    text: &'t str,
    language: &'t str,
    lexicon: &'t Lexicon,
    in_headline: bool,
    /// Whether a capital tells a name.
    names_are_told: bool,
    /// Whether Latin letters are the script of another language.
    is_latin_foreign: bool,
    /// Where places are named, in order: their words are no names besides.
    places: Vec<Range<usize>>,
    found: &'f mut Vec<Anchor>,
}

impl<'t, 'f> Scan<'t, 'f> {
    fn new(
        text: &'t str,
        language: &'t str,
        lexicon: &'t Lexicon,
        in_headline: bool,
        names_are_told: bool,
        found: &'f mut Vec<Anchor>,
    ) -> Self {
        let letters = || text.chars().filter(|c| c.is_alphabetic()).take(200);
        let is_latin_foreign = letters().filter(|c| is_latin(*c)).count() * 2 < letters().count();
        let places = Vec::new();
        Scan {
            text,
            language,
            lexicon,
            in_headline,
            names_are_told,
            is_latin_foreign,
            places,
            found,
        }
    }

    fn run(mut self) {
        for mention in places(self.text, self.language) {
            self.push(key(Sort::Place, &mention.place.code), Sort::Place, &mention.span);
            self.places.push(mention.span);
        }
        if has_unsegmented(self.text) {
            let folded = simplify(self.text);
            for (place, entry) in self.lexicon.in_unspaced(&folded) {
                self.push_entry(entry, &place);
            }
        }
        let text = self.text;
        // The next word begins a sentence, so that its capital tells nothing.
        let mut begins = true;
        // End of a short quotation that is taken for a name.
        let mut title_end = 0;
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let after = at + c.len_utf8();
            if numbers::digit(c).is_some() {
                at = self.number(at);
                begins = false;
            } else if is_unsegmented(c) {
                (at, begins) = (after, false);
            } else if c.is_alphabetic() {
                let word = word_at(text, at).unwrap_or(at..after);
                at = word.end;
                self.word(&word, begins && word.start >= title_end);
                begins = false;
            } else {
                begins = match c {
                    '.' | '!' | '?' | '…' | '\n' | ':' | '؟' => true,
                    '"' | '“' | '«' | '„' => {
                        if let Some(end) = self.title(after) {
                            title_end = end;
                        }
                        true
                    }
                    _ => begins,
                };
                at = after;
            }
        }
    }

    /// Reads the number at a digit; returns where to go on.
    fn number(&mut self, at: usize) -> usize {
        let number = numbers::read(self.text, at, self.language);
        if let Some(number) = number {
            let key = key(Sort::Number, &numbers::key(number.value));
            self.push(key, Sort::Number, &(at..number.end));
        }
        let digits = word_at(self.text, at).map_or(at + 1, |word| word.end);
        number.map_or(digits, |number| number.end.max(digits))
    }

    /// The end of the quotation that begins here, if it is short enough for a name.
    fn title(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let end = rest.find(['"', '”', '»', '“', '\n', '.', ',', '?', '!'])?;
        let ended = rest.get(end..).is_some_and(|rest| rest.starts_with(['"', '”', '»', '“']));
        (ended && end <= LONGEST_TITLE).then_some(start + end)
    }

    /// Looks at a word; `begins` if its capital is that of a sentence.
    fn word(&mut self, word: &Range<usize>, begins: bool) {
        let written = self.text.get(word.clone()).unwrap_or_default();
        let Some(first) = written.chars().next() else { return };
        let latin = is_latin(first);
        let arabic = ('\u{600}'..='\u{6ff}').contains(&first);
        if !(first.is_uppercase() || arabic || latin && self.is_latin_foreign) {
            return;
        }
        if let Some((end, entries)) = self.lexicon.at(self.text, word, self.language) {
            for entry in entries {
                self.push_entry(entry, &(word.start..end));
            }
        }
        let nth = self.places.partition_point(|place| place.end <= word.start);
        let is_place = self.places.get(nth).is_some_and(|place| place.start <= word.start);
        if arabic || is_place {
            return;
        }
        if latin {
            self.latin(word, written);
        }
        let told = self.names_are_told && !begins || latin && self.is_latin_foreign;
        if told && written.chars().count() >= SHORTEST_NAME {
            let mut names = Vec::new();
            skeletons(written, &mut names);
            for name in names {
                self.push(key(Sort::Name, &name), Sort::Name, word);
            }
        }
    }

    /// Looks at a word in Latin letters: an abbreviation is the same in every script, a Chinese name has syllables.
    fn latin(&mut self, word: &Range<usize>, written: &str) {
        let capitals = written.len() > 1 && written.bytes().all(|byte| byte.is_ascii_uppercase());
        if capitals || self.is_latin_foreign && written.len() > 2 {
            let spelled = format!("={}", written.to_lowercase());
            self.push(key(Sort::Name, &spelled), Sort::Name, word);
        }
        if !self.names_are_told || self.is_latin_foreign {
            return;
        }
        let Some(count) = pinyin::syllables(&written.to_ascii_lowercase()) else { return };
        if count > 1 {
            self.push(key(Sort::Sound, &written.to_ascii_lowercase()), Sort::Sound, word);
        }
        if let Some(next) = next_word(self.text, word.end)
            && let Some(given) = self.text.get(next.clone())
            && given.starts_with(|c: char| c.is_ascii_uppercase())
            && let Some(more) = pinyin::syllables(&given.to_ascii_lowercase())
            && count + more <= 4
        {
            let both = format!("{written}{given}").to_ascii_lowercase();
            self.push(key(Sort::Sound, &both), Sort::Sound, &(word.start..next.end));
        }
    }

    fn push_entry(&mut self, number: u32, place: &Range<usize>) {
        let Some(entry) = self.lexicon.entry(number) else { return };
        let sort = if entry.kind == Kind::Place { Sort::Place } else { Sort::Known };
        self.push(key(sort, &entry.id), sort, place);
    }

    fn push(&mut self, key: u64, sort: Sort, place: &Range<usize>) {
        self.found.push(anchor(key, sort, self.in_headline, place));
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;

    impl Anchor {
        /// The mention as it is written.
        fn written<'a>(&self, article: &'a Article) -> &'a str {
            let text = if self.in_headline { &article.title } else { &article.text };
            &text[self.start as usize..self.end as usize]
        }
    }

    fn of(language: &str, text: &str) -> Vec<Anchor> {
        let article =
            Article { language: language.into(), text: text.into(), ..Article::default() };
        anchors(&article, lexicon::embedded())
    }

    /// What two texts both name, as the first one writes it.
    fn shared(a: (&str, &str), b: (&str, &str)) -> Vec<String> {
        let (of_a, of_b) = (of(a.0, a.1), of(b.0, b.1));
        let article = Article { text: a.1.into(), ..Article::default() };
        let mut both: Vec<&Anchor> =
            of_a.iter().filter(|x| of_b.iter().any(|y| y.key == x.key)).collect();
        both.sort_by_key(|anchor| anchor.start);
        both.iter().map(|anchor| anchor.written(&article).to_owned()).collect()
    }

    #[test]
    fn two_languages_name_the_same() {
        let ru = ("ru", "На борту «Академика Дельвига» 134 человека, сообщил Олег Карвелин.");
        let en = ("en", "There are 134 people on the Akademik Delvig, said Oleg Karvelin.");
        assert_eq!(shared(ru, en), ["Академика", "Дельвига", "134", "Олег", "Карвелин"]);
        let zh = ("zh", "外交部发言人赵立坚表示，华为和IBM将投资3450万美元。");
        let en =
            ("en", "Spokesman Zhao Lijian said Huawei and IBM would invest 34.5 million dollars.");
        let found = shared(zh, en);
        assert_eq!(found, ["赵立坚", "华为", "IBM", "3450万"]);
    }

    #[test]
    fn a_capital_that_every_sentence_has_is_no_name() {
        assert_eq!(shared(("ru", "Карвелин молчит."), ("en", "Karvelin")), Vec::<String>::new());
        assert_eq!(
            shared(("ru", "Министр Карвелин молчит."), ("en", "said Karvelin")),
            ["Карвелин"]
        );
    }

    #[test]
    fn a_headline_in_capitals_tells_no_names() {
        assert!(is_title_case("Ferry Blaze Spreads Across Strait"));
        assert!(!is_title_case("Ferry blaze spreads across Merrow"));
        assert!(!is_title_case("Паром горит в проливе Мерроу"));
    }

    #[test]
    fn readings_are_those_that_are_asked_for() {
        let article = Article { text: "发言人赵立坚说".into(), ..Article::default() };
        let wanted = key(Sort::Sound, "zhaolijian");
        let found = readings(&article, |key| key == wanted);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].written(&article), "赵立坚");
    }
}
