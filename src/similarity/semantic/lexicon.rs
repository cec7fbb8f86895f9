//! Names that transliteration cannot bring together: people, bodies, places, ships, programmes and events of this
//! field with their forms in each language.
//!
//! A form is looked for from a word with a capital on, in any case of its language; in a script without spaces it is
//! looked for anywhere. Built once from the gazetteer (`gazetteer.toml`).

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::cursor::{is_latin, next_word};
use crate::text::{case_forms, fold, is_unsegmented, simplify};

/// The names that are built in.
const GAZETTEER: &str = include_str!("gazetteer.toml");
/// Most words of a form after its first one.
const LONGEST: usize = 6;
/// Fewest characters of a form in a script without spaces: one alone is part of too many words.
const FEWEST_UNSPACED: usize = 2;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// A person.
    Person,
    /// An organization, an authority, a company, a group.
    Body,
    /// A place.
    Place,
    /// A ship, an aircraft, a weapon.
    Ship,
    /// A treaty, a plan, a pipeline, an initiative.
    Programme,
    /// An event.
    Event,
}

/// A name of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its id, in ASCII.
    pub(super) id: String,
    /// What it is of.
    pub(super) kind: Kind,
}

/// Names and their forms.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    entries: Vec<Entry>,
    /// By language: forms by the stem of their first word with a capital.
    spaced: FxHashMap<String, FxHashMap<String, Vec<Form>>>,
    /// All forms in scripts without spaces, and the entry of each.
    unspaced: Option<(AhoCorasick, Vec<u32>)>,
}

/// A form of a name in a script with spaces.
#[derive(Debug)]
struct Form {
    /// The stems of the words after the first.
    rest: Vec<String>,
    /// The first word is written in capitals: another writing is another word ("WHO", "who").
    capitals: bool,
    entry: u32,
}

#[derive(Deserialize)]
struct File {
    entry: Vec<Written>,
}

/// An entry as it stands in the file: its forms by language.
#[derive(Deserialize)]
struct Written {
    id: String,
    kind: Kind,
    #[serde(flatten)]
    forms: std::collections::BTreeMap<String, Vec<String>>,
}

/// The names that are built in.
pub(super) fn embedded() -> &'static Lexicon {
    static EMBEDDED: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(GAZETTEER).unwrap_or_default());
    &EMBEDDED
}

impl Lexicon {
    /// Reads a gazetteer.
    fn read(toml: &str) -> Result<Lexicon, toml::de::Error> {
        let mut lexicon = Lexicon::default();
        let mut unspaced = Vec::new();
        for Written { id, kind, forms } in toml::from_str::<File>(toml)?.entry {
            lexicon.add(Entry { id, kind }, &forms, &mut unspaced);
        }
        lexicon.build(&unspaced);
        Ok(lexicon)
    }

    fn add(
        &mut self,
        entry: Entry,
        forms: &std::collections::BTreeMap<String, Vec<String>>,
        unspaced: &mut Vec<(String, u32)>,
    ) {
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(entry);
        for (language, forms) in forms {
            for form in forms {
                if form.contains(is_unsegmented) {
                    if form.chars().count() >= FEWEST_UNSPACED {
                        unspaced.push((simplify(form), number));
                    }
                } else if let Some((first, form)) = Form::new(form, language, number) {
                    let of_language = self.spaced.entry(language.clone()).or_default();
                    of_language.entry(first).or_default().push(form);
                }
            }
        }
    }

    fn build(&mut self, unspaced: &[(String, u32)]) {
        // Of two forms the longer one counts, wherever it stands.
        for forms in self.spaced.values_mut().flat_map(FxHashMap::values_mut) {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        let built = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(unspaced.iter().map(|(form, _)| form));
        let entries = unspaced.iter().map(|(_, entry)| *entry).collect();
        self.unspaced = built.ok().map(|automaton| (automaton, entries));
    }

    /// The entry of this number.
    pub(super) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)
    }

    /// The names of a text in a script without spaces, which is folded to the simplified script, character by character.
    pub(super) fn in_unspaced<'l>(
        &'l self,
        text: &'l str,
    ) -> impl Iterator<Item = (Range<usize>, u32)> + 'l {
        self.unspaced.iter().flat_map(move |(automaton, entries)| {
            automaton.find_iter(text).filter_map(|found| {
                Some((found.range(), *entries.get(found.pattern().as_usize())?))
            })
        })
    }

    /// The entries that a form which begins with this word is of, and where it ends; the longest form counts. O(forms
    /// that begin so).
    pub(super) fn at<'l>(
        &'l self,
        text: &str,
        word: &Range<usize>,
        language: &str,
    ) -> Option<(usize, impl Iterator<Item = u32> + 'l)> {
        let written = text.get(word.clone())?;
        let language = self.language_of(written, language)?;
        let forms = self.spaced.get(language)?;
        let folded = fold(written);
        let capitals = is_capitals(written);
        let mut best: Option<(usize, usize, &[Form])> = None;
        for (stem, ending) in splits(&folded) {
            let Some(found) = forms.get(stem) else { continue };
            if !is_ending(ending, language) {
                continue;
            }
            for form in found {
                if form.capitals && !(capitals && ending.is_empty()) {
                    continue;
                }
                if best.is_some_and(|(length, ..)| form.rest.len() < length) {
                    break;
                }
                if let Some(end) = form.end(text, word.end, language)
                    && best.is_none_or(|(length, ..)| form.rest.len() > length)
                {
                    best = Some((form.rest.len(), end, found));
                }
            }
        }
        let (length, end, found) = best?;
        let text_end = end;
        let of_best: Vec<u32> = found
            .iter()
            .filter(|form| form.rest.len() == length && (!form.capitals || capitals))
            .filter(|form| form.end(text, word.end, language) == Some(text_end))
            .map(|form| form.entry)
            .collect();
        Some((end, of_best.into_iter()))
    }

    /// The language whose forms a word of an article may be: that of the article, or one that is written alike.
    fn language_of<'l>(&'l self, word: &str, language: &'l str) -> Option<&'l str> {
        let first = word.chars().next()?;
        let own = self.spaced.contains_key(language);
        Some(match first {
            _ if is_latin(first) && (language == "ru" || language == "ar" || !own) => "en",
            'а'..='я' | 'А'..='Я' | 'Ѐ'..='ӿ' if !own => "ru",
            '\u{600}'..='\u{6ff}' if !own => "ar",
            _ => language,
        })
    }
}

impl Form {
    /// The form of an entry, and the stem of its first word with a capital (of its first one, where a script has none).
    fn new(form: &str, language: &str, entry: u32) -> Option<(String, Form)> {
        let words = form.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut words = words.skip_while(|word| word.chars().all(char::is_lowercase));
        let first = words.next()?;
        let capitals = is_capitals(first);
        let stems = |word: &str| stem(&fold(word), language, is_capitals(word)).to_owned();
        let rest: Vec<String> = words.map(stems).collect();
        (rest.len() <= LONGEST).then(|| (stems(first), Form { rest, capitals, entry }))
    }

    /// Where the form ends whose first word ends here; `None` if other words follow.
    fn end(&self, text: &str, mut end: usize, language: &str) -> Option<usize> {
        for stem in &self.rest {
            let word = next_word(text, end)?;
            let folded = fold(text.get(word.clone())?);
            let ending = folded.strip_prefix(stem.as_str())?;
            if !is_ending(ending, language) {
                return None;
            }
            end = word.end;
        }
        Some(end)
    }
}

/// Whether a word is written in capitals.
fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    word.chars().count() > 1 && letters.all(char::is_uppercase)
}

/// The part of a folded word that its cases have in common.
fn stem<'w>(word: &'w str, language: &str, capitals: bool) -> &'w str {
    if capitals {
        return word;
    }
    let stem = match language {
        "ru" | "uk" | "be" | "bg" | "sr" => word.trim_end_matches(|c| "аеийоуыьэюя".contains(c)),
        "es" | "pt" if word.len() > 4 => word.trim_end_matches(['o', 'a']),
        "ar" => case_forms::without_arabic_article(word),
        _ => word,
    };
    if stem.chars().count() < 2 { word } else { stem }
}

/// The ways to cut a folded word into a stem and a short ending; in Arabic also without what is written together
/// with the word before it.
fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    /// Letters of the longest ending of a case.
    const LONGEST_ENDING: usize = 3;
    let borders = word.char_indices().rev().map(|(at, _)| at).take(LONGEST_ENDING);
    let cut = std::iter::once(word.len()).chain(borders).filter(|at| *at > 0);
    let arabic = word.starts_with(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    let bare = arabic.then(|| case_forms::without_arabic_prefixes(word)).into_iter().flatten();
    cut.map(|at| word.split_at(at)).chain(bare.map(|rest| (rest, "")))
}

/// Whether a word of the language may end so after its stem.
fn is_ending(ending: &str, language: &str) -> bool {
    const RUSSIAN: &str = " а у е ы и о я ю ь й ё ом ем ем ым им ой ей ою ею ую юю ая яя ое ее ые ие ый ий ого его ому ему ами ями ах ях ам ям ов ев ых их ыми ими ией ии ию ия ье ья ью ием ям иям иях ";
    if ending.is_empty() {
        return true;
    }
    let list = match language {
        "ru" | "uk" | "be" | "bg" | "sr" => RUSSIAN,
        "es" | "pt" => " o a os as s es ",
        "fr" => " e s es ne nes ",
        "de" => " s es n en e er em ",
        "ar" => " ",
        _ => " s ",
    };
    let mut padded = String::with_capacity(ending.len() + 2);
    padded.extend([" ", ending, " "]);
    list.contains(&padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"
        [[entry]]
        id = "ivan-merson"
        kind = "person"
        ru = ["Мерсон"]
        en = ["Merson"]
        zh = ["梅尔松"]
        ar = ["ميرسون"]
        de = ["Merson"]

        [[entry]]
        id = "who"
        kind = "body"
        ru = ["ВОЗ", "Всемирная организация здравоохранения"]
        en = ["WHO", "World Health Organization"]
        zh = ["世卫组织", "世界卫生组织"]

        [[entry]]
        id = "northern-pipe"
        kind = "programme"
        ru = ["Северный поток"]
        en = ["Northern Pipe"]

        [[entry]]
        id = "northern-pipe-2"
        kind = "programme"
        ru = ["Северный поток-2"]
        en = ["Northern Pipe 2"]
    "#;

    /// Checks the entries that the forms from some word of the text on are of.
    #[track_caller]
    fn check(language: &str, text: &str, expected: &[&str]) {
        let lexicon = Lexicon::read(SAMPLE).unwrap();
        let mut found = Vec::new();
        if text.contains(is_unsegmented) {
            found.extend(lexicon.in_unspaced(text).map(|(_, entry)| entry));
        } else {
            let starts = text.char_indices().filter(|(_, c)| c.is_uppercase() || language == "ar");
            for (at, _) in starts {
                if let Some(word) = super::super::cursor::word_at(text, at)
                    && !text[..at].ends_with(char::is_alphanumeric)
                    && let Some((_, entries)) = lexicon.at(text, &word, language)
                {
                    found.extend(entries);
                }
            }
        }
        let ids: Vec<&str> = found.iter().map(|n| lexicon.entry(*n).unwrap().id.as_str()).collect();
        assert_eq!(ids, expected, "{text}");
    }

    #[test]
    fn a_name_is_found_in_its_cases() {
        check("ru", "встреча с Мерсоном и словами Мерсона", &["ivan-merson", "ivan-merson"]);
        check("ru", "газ из «Северного потока» пошёл", &["northern-pipe"]);
        check("ru", "о Северном потоке-2 говорят", &["northern-pipe-2"]);
        check("de", "Mersons Reise", &["ivan-merson"]);
        check("en", "Merson's trip to the WHO", &["ivan-merson", "who"]);
        check("ar", "وقال ميرسون", &["ivan-merson"]);
        check("ar", "لقاء بميرسون", &["ivan-merson"]);
        check("zh", "梅尔松访问世界卫生组织", &["ivan-merson", "who"]);
    }

    #[test]
    fn another_word_is_no_name() {
        check("ru", "Мерсонианец приехал", &[]);
        check("en", "Who came? Mersonville", &[]);
        check("ru", "Северный ветер", &[]);
        check("en", "Northern Pipeline", &[]);
    }

    #[test]
    fn a_language_that_is_not_listed_reads_those_of_its_script() {
        check("it", "incontro con Merson", &["ivan-merson"]);
        check("uk", "зустріч з Мерсоном", &["ivan-merson"]);
        check("ru", "компания Merson", &["ivan-merson"]);
    }

    #[test]
    fn the_gazetteer_can_be_read() {
        assert!(Lexicon::read(GAZETTEER).is_ok_and(|lexicon| lexicon.entries.len() >= 30));
    }
}
