//! The forms in which a name or an adjective made from one is printed: case endings, plural, prefixes that
//! Arabic writes onto the word.
//!
//! Where a stemmer takes two names for one (Нигер and Нигерия), the forms keep them apart. They are meant for
//! lists of names that are known: a form too many does no harm, as nobody writes it.

use super::fold;

/// Endings of a Russian adjective.
const ADJECTIVE_RU: &[&str] = &[
    "ый", "ий", "ой", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ая", "яя", "ую", "юю",
    "ое", "ее", "ые", "ие", "ых", "их", "ыми", "ими",
];

/// By the end of a Russian noun: what is cut off and what may stand there instead.
const NOUN_RU: &[(&str, &[&str])] = &[
    ("я", &["я", "и", "е", "ю", "ей"]),
    ("а", &["а", "ы", "и", "е", "у", "ой", "ей"]),
    ("ы", &["ы", "", "ов", "ам", "ами", "ах"]),
    ("ь", &["ь", "я", "ю", "ем", "е", "и", "ью"]),
    ("й", &["й", "я", "ю", "ем", "е", "и"]),
    ("ово", &["ово", "ова", "ову", "овом", "ове"]),
    ("ево", &["ево", "ева", "еву", "евом", "еве"]),
];
/// Endings of a Russian noun that ends in a consonant; -ым for surnames in -ов and -ин.
const CONSONANT_RU: &[&str] = &["", "а", "у", "ом", "ем", "ым", "е"];

/// What Arabic writes in front of a word without the article, and of one with it (the article included).
const BEFORE_AR: &[&str] = &["", "ب", "ك", "ل"];
const ARTICLE_AR: &[&str] = &["ال", "بال", "كال", "لل"];
/// "and", "so", in front of all.
const AND_AR: &[&str] = &["", "و", "ف"];
/// Endings of an Arabic adjective of origin: feminine, plural, accusative.
const ADJECTIVE_AR: &[&str] = &["", "ة", "ون", "ين", "ات", "ا"];

/// The printed forms of one word of a name, folded; `word` itself is the first. `first` tells whether it begins the
/// name, where alone Arabic writes its prefixes. `language` is an ISO 639-1 code; of a language without rules here only
/// the word itself.
pub(crate) fn of_name(word: &str, language: &str, first: bool) -> Vec<String> {
    let word = fold(word);
    match language {
        "ru" => russian(&word),
        "de" => {
            let mut forms = vec![word.clone(), format!("{word}s")];
            if word.ends_with('e') {
                forms.extend([format!("{word}n"), format!("{word}r")]);
            }
            forms
        }
        "ar" if first => arabic(&word, &[""]),
        _ => vec![word],
    }
}

/// The printed forms of one word of a demonym, given as the dictionary has it (masculine singular).
pub(crate) fn of_demonym(word: &str, language: &str) -> Vec<String> {
    let word = fold(word);
    let with = |stem: &str, endings: &[&str]| {
        endings.iter().map(|ending| format!("{stem}{ending}")).collect::<Vec<_>>()
    };
    match language {
        "ru" => russian(&word),
        "en" => with(&word, &["", "s"]),
        "de" => with(&word, &["", "e", "er", "es", "en", "em"]),
        "fr" if word.ends_with('e') => with(&word, &["", "s"]),
        "fr" if word.ends_with("en") => with(&word, &["", "s", "ne", "nes"]),
        "fr" => with(&word, &["", "s", "e", "es"]),
        "es" | "pt" => iberian(&word),
        "ar" => arabic(&word, ADJECTIVE_AR),
        _ => vec![word],
    }
}

fn russian(word: &str) -> Vec<String> {
    let ending_of = |endings: &[&str], word: &str| {
        endings.iter().filter(|ending| word.ends_with(**ending)).map(|ending| ending.len()).max()
    };
    // -ий, -ый, -ой and their like: an adjective, if the stem is one (-ск-, -н-, -ов-); "Китай" and "Шанхай" are nouns.
    let is_adjective = |stem: &str| {
        ["ск", "цк", "н", "ов", "в", "л", "т", "ж", "х"].iter().any(|end| stem.ends_with(end))
    };
    let endings = ["ый", "ий", "ой", "ая", "ые", "ие", "ое"];
    let cut = ending_of(&endings, word).and_then(|length| word.get(..word.len() - length));
    let mut forms = vec![word.to_owned()];
    if let Some(stem) = cut.filter(|stem| is_adjective(stem)) {
        forms.extend(ADJECTIVE_RU.iter().map(|ending| format!("{stem}{ending}")));
        return forms;
    }
    let noun = NOUN_RU.iter().find_map(|(end, forms)| Some((word.strip_suffix(end)?, *forms)));
    let consonant = word.ends_with(|c: char| c.is_alphabetic() && !"аеиоуыэюяьй".contains(c));
    if let Some((stem, endings)) = noun {
        forms.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
    } else if consonant {
        forms.extend(CONSONANT_RU.iter().map(|ending| format!("{word}{ending}")));
    }
    forms
}

/// Spanish and Portuguese: gender and number.
fn iberian(word: &str) -> Vec<String> {
    const SWAPS: &[(&str, &[&str])] = &[
        ("ão", &["ão", "ã", "ãos", "ães", "ões", "ãs", "oa", "ona"]),
        ("ês", &["ês", "esa", "eses", "esas"]),
        ("és", &["és", "esa", "eses", "esas"]),
        ("án", &["án", "ana", "anes", "anas"]),
        ("ón", &["ón", "ona", "ones", "onas"]),
        ("ol", &["ol", "ola", "oles", "olas", "óis"]),
        ("eu", &["eu", "eia", "eus", "eias"]),
        ("o", &["o", "a", "os", "as"]),
        ("í", &["í", "íes", "ís"]),
        ("a", &["a", "as"]),
        ("e", &["e", "es"]),
    ];
    let swap = SWAPS.iter().find_map(|(end, forms)| Some((word.strip_suffix(end)?, *forms)));
    let (stem, endings) = swap.unwrap_or((word, &["", "a", "s", "es", "as"]));
    endings.iter().map(|ending| format!("{stem}{ending}")).collect()
}

/// With all that may be written in front of the word and after it.
fn arabic(word: &str, endings: &[&str]) -> Vec<String> {
    let stem = without_arabic_article(word);
    let bare = (stem.len() < word.len()).then_some(stem);
    // A name without the article never takes it; an adjective may.
    let plain: &[&str] = if bare.is_none() { BEFORE_AR } else { &[] };
    let article: &[&str] = if bare.is_some() || endings.len() > 1 { ARTICLE_AR } else { &[] };
    let mut forms = vec![word.to_owned()];
    for and in AND_AR {
        for before in plain.iter().chain(article) {
            forms
                .extend(endings.iter().map(|ending| fold(&format!("{and}{before}{stem}{ending}"))));
        }
    }
    forms
}

/// A folded Arabic word without its article, if three letters at least are left.
pub(crate) fn without_arabic_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

/// What is left of a folded Arabic word without what may be written onto its front: "and", "so", "in", "as", "to", the
/// article. Three letters at least; a word may be cut in several ways.
pub(crate) fn without_arabic_prefixes(word: &str) -> impl Iterator<Item = &str> {
    let before = BEFORE_AR.iter().chain(ARTICLE_AR);
    let prefixes =
        AND_AR.iter().flat_map(move |and| before.clone().map(move |before| (and, before)));
    let rests = prefixes.filter_map(|(and, before)| word.strip_prefix(and)?.strip_prefix(before));
    rests.filter(|rest| rest.len() < word.len() && rest.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_arabic_writes_onto_a_word_comes_off() {
        let check = |word: &str, rest: &str, is_one: bool| {
            let word = fold(word);
            let rests: Vec<&str> = without_arabic_prefixes(&word).collect();
            assert_eq!(rests.contains(&fold(rest).as_str()), is_one, "{word}: {rests:?}");
        };
        for word in ["الصين", "والصين", "بالصين", "وبالصين", "للصين", "وللصين", "فالصين"]
        {
            check(word, "صين", true);
        }
        check("وروسيا", "روسيا", true);
        check("لروسيا", "روسيا", true);
        check("صين", "صين", false);
        check("وفد", "فد", false);
    }

    #[track_caller]
    fn name(word: &str, language: &str, printed: &[&str], other: &[&str]) {
        let forms = of_name(word, language, true);
        for form in printed {
            assert!(forms.contains(&fold(form)), "{form} of {word}: {forms:?}");
        }
        for form in other {
            assert!(!forms.contains(&fold(form)), "{form} is no form of {word}");
        }
    }

    #[track_caller]
    fn demonym(word: &str, language: &str, printed: &[&str]) {
        let forms = of_demonym(word, language);
        for form in printed {
            assert!(forms.contains(&fold(form)), "{form} of {word}: {forms:?}");
        }
    }

    #[test]
    fn russian_names_decline() {
        name("Россия", "ru", &["России", "Россию", "Россией"], &["россий"]);
        name("Нигер", "ru", &["Нигера", "Нигеру", "Нигером", "Нигере"], &["Нигерии", "Нигерия"]);
        name("Нигерия", "ru", &["Нигерии", "Нигерию"], &["Нигер", "Нигера"]);
        name("Китай", "ru", &["Китая", "Китаем"], &["Кита", "китам"]);
        name("Тайвань", "ru", &["Тайваня", "Тайванем"], &[]);
        name("Южная", "ru", &["Южной", "Южную"], &[]);
        name("Штаты", "ru", &["Штатов", "Штатах"], &[]);
        name("Косово", "ru", &["Косова", "Косове"], &[]);
        name("Мали", "ru", &["Мали"], &["Мал", "Мала"]);
        name("Путин", "ru", &["Путина", "Путиным"], &["Путино"]);
    }

    #[test]
    fn german_names_take_an_s_and_a_weak_ending() {
        name("China", "de", &["Chinas"], &[]);
        name("Vereinigte", "de", &["Vereinigten"], &[]);
    }

    #[test]
    fn arabic_prefixes_are_part_of_the_word() {
        name("روسيا", "ar", &["وروسيا", "بروسيا", "لروسيا"], &["الروسيا"]);
        name("الصين", "ar", &["والصين", "بالصين", "للصين", "وللصين"], &["صين"]);
        demonym("روسي", "ar", &["الروسية", "روسية", "والروسي", "الروسيين"]);
    }

    #[test]
    fn demonyms_agree() {
        demonym("российский", "ru", &["российского", "российские", "российскую", "российской"]);
        demonym("chino", "es", &["china", "chinos", "chinas"]);
        demonym("francés", "es", &["francesa", "franceses"]);
        demonym("israelí", "es", &["israelíes"]);
        demonym("chinês", "pt", &["chinesa", "chineses"]);
        demonym("alemão", "pt", &["alemã", "alemães"]);
        demonym("européen", "fr", &["européenne", "européens"]);
        demonym("chinois", "fr", &["chinoise", "chinoises"]);
        demonym("russe", "fr", &["russes"]);
        demonym("russisch", "de", &["russischen", "russisches"]);
        demonym("American", "en", &["Americans"]);
    }
}
