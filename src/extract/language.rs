//! Language of an article: trigrams of title and body against what the page, feed or edition says,
//! and how sure the answer is.
//!
//! Text that trigrams are sure of is believed over a declaration. Where they are not (a headline, two
//! close languages) the declaration stands, if the language can be written in the script of the text.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use whatlang::{Lang, Script};

use crate::text::languages;

/// Blanks at which no line ends.
const NO_BREAKS: [char; 3] = ['\u{a0}', '\u{2007}', '\u{202f}'];

/// Letters from which detection is more reliable than a declaration (about two paragraphs).
const ENOUGH_LETTERS: usize = 200;
/// Bytes of text that are looked at; more does not change the answer.
const SAMPLE_BYTES: usize = 1_500;
/// Share of English words of grammar among the words of a text, in percent, from which it is English beyond doubt:
/// news has 20 to 30, another language with an English name or quotation in it below 5.
const ENGLISH_PERCENT: usize = 10;
/// Words that are looked at for that.
const ENGLISH_SAMPLE: usize = 120;
/// Words that a text must have for that short cut.
const ENGLISH_WORDS: usize = 60;
/// Words of grammar after which the rest of that sample cannot change the answer.
const ENGLISH_SURELY: usize = (ENGLISH_SAMPLE * ENGLISH_PERCENT).div_ceil(100);

/// Confidence of the detection, in percent, from which it is believed over a declaration; the value is
/// that of `whatlang`'s `is_reliable`.
const SURE: u8 = 90;

/// A language and what it was told by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Language {
    /// ISO 639-1 code; empty if nothing tells it.
    pub code: String,
    /// `text`, `declared` or empty.
    pub origin: &'static str,
    /// How far the text supports the code, in percent. 100: text and declaration agree, or the words
    /// of grammar are English; a detection alone: that of its trigrams (the margin between the best
    /// and the second language for a text of that length); a declaration against an unsure detection:
    /// what that detection left over; 0: nothing but the declaration, or nothing at all.
    pub confidence: u8,
    /// Nobody declares a language and the detection is below [`SURE`].
    pub is_unsure: bool,
}

/// Decides on the language of `title` and `text`. `declared` are the languages named by others, the
/// most trusted first; region suffixes are ignored.
pub(super) fn language(title: &str, text: &str, declared: &[&str]) -> Language {
    let declared = declared.iter().find_map(|code| short_code(code));
    let begin = |text: &str| text.floor_char_boundary(SAMPLE_BYTES);
    let mut sample = format!("{title}\n{}", &text[..begin(text)]);
    sample.truncate(begin(&sample));
    // To a detector a blank that does not break is no blank.
    if sample.contains(NO_BREAKS) {
        sample = sample.replace(NO_BREAKS, " ");
    }
    let Some((found, script, confidence)) = detected(&sample) else {
        let origin = if declared.is_some() { "declared" } else { "" };
        return Language { code: declared.unwrap_or_default(), origin, ..Language::default() };
    };
    let letters = || sample.chars().filter(|c| c.is_alphabetic()).count();
    let unsure = || confidence < SURE || letters() < ENOUGH_LETTERS;
    let (code, origin, confidence) = match declared {
        Some(code) if code == found => (code, "declared", 100),
        Some(code) if unsure() && script.is_none_or(|script| same_script(&code, script)) => {
            (code, "declared", 100 - confidence)
        }
        Some(_) => (found.to_owned(), "text", confidence),
        None => {
            let is_unsure = confidence < SURE;
            return Language { code: found.to_owned(), origin: "text", confidence, is_unsure };
        }
    };
    Language { code, origin, confidence, is_unsure: false }
}

/// The language that a sample is in by itself, its script if it matters, and the percentage of
/// confidence.
fn detected(sample: &str) -> Option<(&'static str, Option<Script>, u8)> {
    if is_plainly_english(sample) {
        return Some(("en", None, 100));
    }
    let info = whatlang::detect(sample)?;
    let percent = (info.confidence().clamp(0.0, 1.0) * 100.0).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = percent as u8;
    Some((code_of(info.lang()), Some(info.script()), percent))
}

/// Whether the sample is English by its words of grammar alone: a hundredth of the cost of trigrams,
/// which matters for a corpus of records that do not state their language.
fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace().take(ENGLISH_SAMPLE) {
        words += 1;
        english += usize::from(is_english_grammar(word));
        if words >= ENGLISH_WORDS && english >= ENGLISH_SURELY {
            return true;
        }
    }
    words >= ENGLISH_WORDS && english * 100 >= words * ENGLISH_PERCENT
}

/// English words of grammar. No other language of the registry has several of them among its own.
fn is_english_grammar(word: &str) -> bool {
    static GRAMMAR: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        languages::by_code("en")
            .map(|english| english.grammar.split_whitespace().collect())
            .unwrap_or_default()
    });
    GRAMMAR.contains(word)
}

/// Returns the two-letter code of a language tag such as `en-US`, `ru_RU`, `zh-cmn-Hans`, `English`.
pub(super) fn short_code(tag: &str) -> Option<String> {
    let tag = tag.trim().to_lowercase();
    let primary = tag.split(['-', '_', ',', ' ', '.']).next()?;
    if let Some(language) = languages::by_name(primary) {
        return Some(language.code.to_owned());
    }
    match primary {
        "eng" => Some("en".into()),
        "rus" => Some("ru".into()),
        "chi" | "zho" | "cmn" | "cn" => Some("zh".into()),
        "ara" => Some("ar".into()),
        "spa" => Some("es".into()),
        "fra" | "fre" => Some("fr".into()),
        "deu" | "ger" => Some("de".into()),
        "iw" => Some("he".into()),
        "in" => Some("id".into()),
        code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) => {
            Some(code.to_owned())
        }
        _ => None,
    }
}

/// Whether a language is commonly written in a script.
fn same_script(code: &str, script: Script) -> bool {
    match code {
        "ru" | "uk" | "be" | "bg" | "mk" | "kk" | "ky" | "tg" | "mn" | "ab" | "os" => {
            script == Script::Cyrillic
        }
        "sr" | "uz" | "az" | "md" | "mo" => matches!(script, Script::Cyrillic | Script::Latin),
        "ar" | "fa" | "ur" | "ps" | "ku" | "ug" | "sd" => script == Script::Arabic,
        "zh" => script == Script::Mandarin,
        "ja" => matches!(script, Script::Mandarin | Script::Hiragana | Script::Katakana),
        "ko" => script == Script::Hangul,
        "el" => script == Script::Greek,
        "he" | "yi" => script == Script::Hebrew,
        "hi" | "mr" | "ne" => script == Script::Devanagari,
        "th" => script == Script::Thai,
        "ka" => script == Script::Georgian,
        "hy" => script == Script::Armenian,
        "bn" => script == Script::Bengali,
        "am" => script == Script::Ethiopic,
        _ => script == Script::Latin,
    }
}

/// ISO 639-1 code of a language that `whatlang` knows; its own three-letter code where there is no
/// two-letter one.
fn code_of(lang: Lang) -> &'static str {
    const CODES: &[(&str, &str)] = &[
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "no"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
    ];
    let code = lang.code();
    CODES.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_grammar_tell_english_only() {
        let english = "The minister said that the price of bread in the island's markets has \
            doubled since the first week of January and that the ships which had waited for a \
            month were to be unloaded by crews from the mainland, who have been working with \
            their own cranes for the first time since the old harbour was last closed to all trade.";
        assert!(is_plainly_english(english));
        let german = "Der Minister sagte, the best of the rest sei das Motto der Insel, deren \
            Hafen seit Januar geschlossen ist. Die Preise für Brot haben sich seither verdoppelt, \
            und die Schiffe, die einen Monat gewartet hatten, sollen nun von Mannschaften vom \
            Festland entladen werden, die zum ersten Mal seit der Schließung des alten Hafens \
            mit eigenen Kränen arbeiten, wie ein Sprecher der Verwaltung am Montag mitteilte.";
        assert!(!is_plainly_english(german));
    }

    const ENGLISH: &str = "The ministry said on Monday that the bridge would be closed for repairs \
        until the end of the month, and that heavy lorries should take the northern road instead. \
        Residents of the nearby villages were told to expect longer journeys to school and work.";

    #[track_caller]
    fn check(title: &str, text: &str, declared: &[&str], expected: &str) {
        assert_eq!(language(title, text, declared).code, expected);
    }

    #[test]
    fn long_text_is_believed_over_a_false_declaration() {
        check("Bridge closed", ENGLISH, &["ru"], "en");
    }

    #[test]
    fn a_headline_follows_the_declaration_if_the_script_allows_it() {
        check("Puente cerrado", "", &["es"], "es");
        check("Мост закрыт", "", &["en", "ru"], "ru");
    }

    #[test]
    fn chinese_and_arabic_are_told_by_script() {
        check("大桥关闭", "外交部发言人周一表示，大桥将关闭到月底。", &[], "zh");
        check("إغلاق الجسر", "قالت الوزارة يوم الاثنين إن الجسر سيغلق حتى نهاية الشهر", &[], "ar");
    }

    #[track_caller]
    fn sure(text: &str, declared: &[&str], code: &str, confidence: std::ops::RangeInclusive<u8>) {
        let found = language("", text, declared);
        assert_eq!(found.code, code);
        assert!(confidence.contains(&found.confidence), "{found:?}");
    }

    #[test]
    fn confidence_is_how_far_the_text_supports_the_code() {
        sure(ENGLISH, &["en"], "en", 100..=100);
        sure(ENGLISH, &[], "en", 90..=100);
        sure(ENGLISH, &["ru"], "en", 90..=100);
        sure("Мост закрыт", &["ru"], "ru", 0..=100);
        sure("123", &["en"], "en", 0..=0);
        sure("", &[], "", 0..=0);
    }

    #[test]
    fn an_unsure_detection_yields_to_what_the_page_says() {
        // Two close languages and few words.
        let close = "Most je zatvoren do kraja mjeseca";
        assert!(detected(close).unwrap().2 < SURE);
        sure(close, &["bs"], "bs", 0..=99);
        assert!(language("", close, &[]).is_unsure);
        assert!(!language("", close, &["bs"]).is_unsure);
        // A script that the declared language is not written in.
        sure("Мост закрыт до конца месяца", &["en"], "ru", 0..=100);
    }

    #[test]
    fn all_languages_of_the_large_outlets_are_told_from_a_paragraph() {
        for (code, text) in [
            ("en", ENGLISH),
            (
                "ru",
                "Министерство сообщило в понедельник, что мост будет закрыт на ремонт до конца месяца, а грузовикам следует ехать по северной дороге. Жителей соседних деревень предупредили о задержках.",
            ),
            (
                "zh",
                "交通部门周一表示，大桥将关闭维修至本月底，重型卡车应改走北部公路。附近村庄的居民被告知上学和上班的路程会更长。",
            ),
            (
                "es",
                "El ministerio dijo el lunes que el puente estará cerrado por obras hasta finales de mes y que los camiones pesados deben tomar la carretera del norte. Los vecinos de los pueblos cercanos fueron avisados de los retrasos.",
            ),
            (
                "fr",
                "Le ministère a déclaré lundi que le pont serait fermé pour travaux jusqu'à la fin du mois et que les camions devaient emprunter la route du nord. Les habitants des villages voisins ont été prévenus des retards.",
            ),
            (
                "ar",
                "قالت الوزارة يوم الاثنين إن الجسر سيغلق لإجراء الإصلاحات حتى نهاية الشهر، وإن على الشاحنات الثقيلة أن تسلك الطريق الشمالي. وأبلغ سكان القرى المجاورة بأن الرحلات ستكون أطول.",
            ),
            (
                "de",
                "Das Ministerium teilte am Montag mit, dass die Brücke bis Ende des Monats wegen Reparaturen gesperrt bleibt und schwere Lastwagen die nördliche Straße nehmen sollen. Die Bewohner der Dörfer wurden gewarnt.",
            ),
            (
                "pt",
                "O ministério disse na segunda-feira que a ponte ficará fechada para obras até o fim do mês e que os caminhões pesados devem usar a estrada do norte. Os moradores das aldeias vizinhas foram avisados dos atrasos.",
            ),
        ] {
            sure(text, &[], code, SURE..=100);
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        check("", "", &[], "");
        check("123", "", &["en-GB"], "en");
    }

    #[test]
    fn tags_are_read_leniently() {
        for (tag, code) in
            [("en-US", "en"), ("zh-cmn-Hans", "zh"), ("RU_ru", "ru"), ("English", "en")]
        {
            assert_eq!(short_code(tag).as_deref(), Some(code));
        }
        assert_eq!(short_code("x-none"), None);
    }
}
