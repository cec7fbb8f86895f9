//! Language of an article: trigrams of title and body against what the page, feed or edition says.
//!
//! Long text is believed over a declaration; a headline alone is not, because trigram detection is
//! right on only about three of four headlines.

use whatlang::{Lang, Script};

/// Letters from which detection is more reliable than a declaration (about two paragraphs).
const ENOUGH_LETTERS: usize = 200;
/// Bytes of text that are looked at; more does not change the answer.
const SAMPLE_BYTES: usize = 1_500;
/// Share of English words of grammar among the words of a text, in percent, from which it is English beyond doubt:
/// news has 20 to 30, another language with an English name or quotation in it below 5.
const ENGLISH_PERCENT: usize = 15;
/// Words that are looked at for that.
const ENGLISH_SAMPLE: usize = 120;
/// Words that a text must have for that short cut.
const ENGLISH_WORDS: usize = 60;

/// Languages that trigrams take for each other; the declaration decides between them.
const CONFUSED: &[&[&str]] = &[
    &["hr", "sr", "bs", "sl", "me"],
    &["no", "nb", "nn", "da", "sv"],
    &["cs", "sk"],
    &["id", "ms", "jv"],
    &["ru", "be", "bg", "mk", "uk", "sr"],
    &["pt", "gl", "es", "ca"],
    &["af", "nl"],
    &["tr", "az", "tk", "uz"],
    &["fa", "ps", "ku", "ur", "ar"],
    &["hi", "mr", "ne"],
    &["zh", "ja"],
];

/// Returns the ISO 639-1 code of the language of `title` and `text` and what told it: `text`,
/// `declared` or nothing (both empty). `declared` are the languages named by others, the most
/// trusted first; region suffixes are ignored.
pub(super) fn language(title: &str, text: &str, declared: &[&str]) -> (String, &'static str) {
    let declared = declared.iter().find_map(|code| short_code(code));
    let mut sample = format!("{title}\n{text}");
    sample.truncate(sample.floor_char_boundary(SAMPLE_BYTES));
    if is_plainly_english(&sample) {
        let agreed = declared.as_deref() == Some("en");
        return ("en".into(), if agreed { "declared" } else { "text" });
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let detected = whatlang::detect(&sample);
    let Some(info) = detected else { return from_declared(declared) };
    let found = code_of(info.lang());
    match declared {
        Some(code) if code == found => (code, "declared"),
        Some(code) if confused(&code, found) && !info.is_reliable() => (code, "declared"),
        Some(code) if letters < ENOUGH_LETTERS && same_script(&code, info.script()) => {
            (code, "declared")
        }
        _ => (found.to_owned(), "text"),
    }
}

/// Whether the sample is English by its words of grammar alone: a hundredth of the cost of trigrams,
/// which matters for a corpus of records that do not state their language.
fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace().take(ENGLISH_SAMPLE) {
        words += 1;
        english += usize::from(is_english_grammar(word));
    }
    words >= ENGLISH_WORDS && english * 100 >= words * ENGLISH_PERCENT
}

/// English words of grammar. No other language of the registry has several of them among its own.
fn is_english_grammar(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "to"
            | "that"
            | "is"
            | "was"
            | "for"
            | "with"
            | "has"
            | "by"
            | "from"
            | "its"
            | "said"
            | "which"
            | "have"
    )
}

fn from_declared(declared: Option<String>) -> (String, &'static str) {
    match declared {
        Some(code) => (code, "declared"),
        None => (String::new(), ""),
    }
}

/// Returns the two-letter code of a language tag such as `en-US`, `ru_RU`, `zh-cmn-Hans`, `English`.
pub(super) fn short_code(tag: &str) -> Option<String> {
    let tag = tag.trim().to_lowercase();
    let primary = tag.split(['-', '_', ',', ' ', '.']).next()?;
    match primary {
        "english" | "eng" => Some("en".into()),
        "russian" | "rus" => Some("ru".into()),
        "chinese" | "chi" | "zho" | "cmn" | "cn" => Some("zh".into()),
        "arabic" | "ara" => Some("ar".into()),
        "spanish" | "spa" => Some("es".into()),
        "french" | "fra" | "fre" => Some("fr".into()),
        "german" | "deu" | "ger" => Some("de".into()),
        "iw" => Some("he".into()),
        "in" => Some("id".into()),
        code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) => {
            Some(code.to_owned())
        }
        _ => None,
    }
}

fn confused(a: &str, b: &str) -> bool {
    CONFUSED.iter().any(|group| group.contains(&a) && group.contains(&b))
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
        assert_eq!(language(title, text, declared).0, expected);
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
