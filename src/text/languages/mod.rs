//! What is known of the words of a language, in one file a language.
//!
//! Beside it stand the titles of official documents (`evidence::official`), the forms of names (`text::case_forms`) and the
//! words of places (`text::places`).
//!
//! Who needs some of it takes it from all languages at once ([`words`], [`phrases`], [`forms`]) and builds
//! its tables from that, once: the language of an article may be unknown or wrong, a page may be in two, and
//! the lists do not collide. A new language is a file here, a line in [`ALL`], and a test.
#![expect(clippy::needless_update, reason = "a new field must not touch every language")]

mod fields;

mod any;
mod ar;
mod az;
mod be;
mod bg;
mod ca;
mod cs;
mod da;
mod de;
mod el;
mod en;
mod es;
mod et;
mod fa;
mod fi;
mod fr;
mod hi;
mod hu;
mod hy;
mod id;
mod it;
mod ja;
mod ka;
mod kk;
mod ko;
mod ky;
mod lt;
mod lv;
mod nl;
mod no;
mod pl;
mod pt;
mod ro;
mod ru;
mod sr;
mod sv;
mod ta;
mod tg;
mod th;
mod tr;
mod uk;
mod uz;
mod vi;
mod zh;

use rustc_hash::FxHashMap;
use snowball_stemmers_rs::Algorithm;
use std::sync::LazyLock;

pub(crate) use fields::{
    Classes, Dates, HalfDay, Offset, Page, Phrases, Speech, Stems, Turns, Unspaced,
};

/// A language. What is not known of it is empty ([`Language::NONE`]).
pub(crate) struct Language {
    /// ISO 639-1 code; empty for what is in no language.
    pub(crate) code: &'static str,
    /// Its English name.
    pub(crate) name: &'static str,
    /// Its stemmer.
    pub(crate) stemmer: Option<Algorithm>,
    /// Words of grammar that no other language has several of.
    pub(crate) grammar: &'static str,
    /// Words before which a full stop ends no sentence (folded, without the stop).
    pub(crate) abbreviations: &'static str,
    /// Reported speech.
    pub(crate) speech: Speech,
    /// Written times.
    pub(crate) dates: Dates,
    /// What surrounds an article on its page.
    pub(crate) page: Page,
    /// Turns of phrase round an outlet's name.
    pub(crate) turns: Turns,
    /// Classes of words in the clause of an outlet's name.
    pub(crate) classes: Classes,
    /// Turns of phrase of a script without spaces.
    pub(crate) unspaced: Unspaced,
}

impl Language {
    /// Nothing known.
    const NONE: Language = Language {
        code: "",
        name: "",
        stemmer: None,
        grammar: "",
        abbreviations: "",
        speech: Speech::NONE,
        dates: Dates::NONE,
        page: Page::NONE,
        turns: Turns::NONE,
        classes: Classes::NONE,
        unspaced: Unspaced::NONE,
    };
}

/// All languages of which something is known.
#[rustfmt::skip]
pub(crate) static ALL: &[Language] = &[
    any::ANY, en::EN, ru::RU, es::ES, fr::FR, de::DE, pt::PT, ar::AR, zh::ZH, ca::CA, cs::CS, da::DA, el::EL, et::ET, fa::FA, fi::FI, hi::HI, hu::HU, hy::HY, id::ID, it::IT, lt::LT, nl::NL, no::NO, pl::PL, ro::RO, sr::SR, sv::SV, ta::TA, th::TH, tr::TR, uk::UK, az::AZ, be::BE, ja::JA, ka::KA, kk::KK, ko::KO, ky::KY, lv::LV, tg::TG, uz::UZ, vi::VI, bg::BG,
];

/// The language of a tag, without script and region: "zh" of "zh-Hant".
pub(crate) fn base_language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// The language with this ISO 639-1 code.
pub(crate) fn by_code(code: &str) -> Option<&'static Language> {
    static CODES: LazyLock<FxHashMap<&str, &Language>> =
        LazyLock::new(|| ALL.iter().map(|language| (language.code, language)).collect());
    CODES.get(code).copied()
}

/// The language with this English name, in any case.
pub(crate) fn by_name(name: &str) -> Option<&'static Language> {
    let named = |language: &&Language| language.name.eq_ignore_ascii_case(name);
    ALL.iter().find(named).filter(|language| !language.code.is_empty())
}

/// The words of one list in all languages.
pub(crate) fn words(list: fn(&Language) -> &'static str) -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(move |language| list(language).split_whitespace())
}

/// The turns of phrase of one list in all languages.
pub(crate) fn phrases(list: fn(&Language) -> Phrases) -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(move |language| list(language).iter().copied())
}

/// The forms of the verbs of one list in all languages.
pub(crate) fn forms(list: fn(&Language) -> &'static [Stems]) -> impl Iterator<Item = String> {
    ALL.iter().flat_map(move |language| list(language).iter().flat_map(Stems::forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_those_of_one_language() {
        for language in ALL.iter().skip(1) {
            assert!(language.code.len() == 2 && !language.name.is_empty(), "{}", language.code);
            assert!(by_code(language.code).is_some_and(|found| found.name == language.name));
        }
        assert!(by_name("polish").is_some_and(|found| found.code == "pl") && by_name("").is_none());
        assert!(by_code("").is_some_and(|none| none.name.is_empty()) && by_code("xx").is_none());
    }

    #[test]
    fn lists_are_in_lower_case() {
        let lists: [fn(&Language) -> &'static str; 4] = [
            |l| l.dates.hours,
            |l| l.page.buttons,
            |l| l.turns.fillers,
            |l| l.classes.outlet_words,
        ];
        for word in lists.into_iter().flat_map(words) {
            assert_eq!(word, word.to_lowercase());
        }
    }
}
