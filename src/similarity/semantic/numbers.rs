//! Numbers as values: "34,5 млн", "3450万" and "34.5 million" are one.

use super::cursor::{next_word, words_equal};

/// A number of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value, with the word of its scale.
    pub(super) value: f64,
    /// Byte after its last one.
    pub(super) end: usize,
}

/// Below this a number without a scale says nothing: every text counts to ten.
const LEAST: f64 = 10.0;
/// Significant digits: translations round no further.
const DIGITS: usize = 6;

/// Signs of scale that follow a number in a script without spaces, the longest first.
const SIGNS: &[(&str, f64)] = &[
    ("万亿", 1e12),
    ("萬億", 1e12),
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("亿", 1e8),
    ("億", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("万", 1e4),
    ("萬", 1e4),
    ("千", 1e3),
];

/// Beginnings of words of scale, in all languages. A word that stands for different scales is under [`LONG`].
#[rustfmt::skip]
const WORDS: &[(&str, f64)] = &[
    ("тыс", 1e3), ("млн", 1e6), ("миллион", 1e6), ("млрд", 1e9), ("миллиард", 1e9), ("трлн", 1e12), ("триллион", 1e12),
    ("тисяч", 1e3), ("мільйон", 1e6), ("мільярд", 1e9),
    ("thousand", 1e3), ("million", 1e6), ("mln", 1e6), ("billion", 1e9), ("bln", 1e9), ("bn", 1e9), ("trillion", 1e12),
    ("millon", 1e6), ("millón", 1e6), ("milliard", 1e9), ("mrd", 1e9), ("mio", 1e6), ("tausend", 1e3), ("mille", 1e3),
    ("milhão", 1e6), ("milhões", 1e6), ("bilhão", 1e9), ("bilhões", 1e9), ("trilhão", 1e12), ("trilhões", 1e12),
    ("الف", 1e3), ("ألف", 1e3), ("آلاف", 1e3), ("مليون", 1e6), ("ملايين", 1e6), ("مليار", 1e9), ("تريليون", 1e12),
];

/// Languages in which a billion is a million millions, and their words for it.
const LONG: &[(&str, &str)] = &[("es", "bill"), ("de", "billion"), ("fr", "billion")];

/// Reads the number that begins at `at`, a digit that no letter or digit stands before; `None` if it says nothing. O(length).
pub(super) fn read(text: &str, at: usize, language: &str) -> Option<Number> {
    let (value, end) = digits(text, at, language)?;
    let (scale, end) = scale(text, end, language).unwrap_or((1.0, end));
    let value = value * scale;
    (scale > 1.0 || value >= LEAST || value.fract() != 0.0).then_some(Number { value, end })
}

/// What equal values share.
pub(super) fn key(value: f64) -> String {
    format!("{value:.*e}", DIGITS - 1)
}

/// The digits from `at` on as a value, and where they end. A point or comma before three digits groups them where
/// the language writes so.
fn digits(text: &str, at: usize, language: &str) -> Option<(f64, usize)> {
    let groups = match language {
        "en" | "zh" | "ar" | "ja" | "ko" => ',',
        "de" | "es" | "pt" | "it" | "nl" | "tr" | "id" => '.',
        _ => ' ',
    };
    let (mut whole, mut end) = run(text, at)?;
    let mut fraction = String::new();
    loop {
        let mut after = text.get(end..)?.chars();
        let Some(sign) = after.next() else { break };
        let Some((next, next_end)) = run(text, end + sign.len_utf8()) else { break };
        let space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let is_group = sign == groups || (groups == ' ' && space(sign));
        if is_group && next.len() == 3 && fraction.is_empty() && whole.len() <= 12 {
            whole.push_str(&next);
            end = next_end;
        } else if fraction.is_empty()
            && matches!(sign, '.' | ',' | '،' | '٫')
            && (sign != groups || next.len() != 3)
        {
            fraction = next;
            end = next_end;
        } else {
            break;
        }
    }
    let written = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
    Some((written.parse().ok()?, end))
}

/// The digits at `at`, as those of ASCII.
fn run(text: &str, at: usize) -> Option<(String, usize)> {
    let mut end = at;
    let mut digits = String::new();
    for c in text.get(at..)?.chars() {
        let Some(digit) = digit(c) else { break };
        digits.push(digit);
        end += c.len_utf8();
        if digits.len() > 18 {
            return None;
        }
    }
    (!digits.is_empty()).then_some((digits, end))
}

/// A digit of ASCII, of full width, or of an Arabic script.
pub(super) fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// The scale that is written after a number, and where it ends.
fn scale(text: &str, end: usize, language: &str) -> Option<(f64, usize)> {
    let after = text.get(end..)?;
    if let Some((sign, scale)) = SIGNS.iter().find(|(sign, _)| after.starts_with(sign)) {
        return Some((*scale, end + sign.len()));
    }
    let word = next_word(text, end)?;
    let written = text.get(word.clone())?.to_lowercase();
    let long = LONG.iter().any(|(code, begins)| *code == language && written.starts_with(begins));
    if long {
        return Some((1e12, word.end));
    }
    // Spanish and Portuguese count by thousands of millions.
    if matches!(language, "es" | "pt") && written == "mil" {
        let next = next_word(text, word.end).filter(|next| {
            ["millones", "milhões"].iter().any(|million| words_equal(text, next, million))
        });
        return Some(next.map_or((1e3, word.end), |next| (1e9, next.end)));
    }
    let (_, scale) = WORDS.iter().find(|(begins, _)| written.starts_with(begins))?;
    Some((*scale, word.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that the number at the first digit has this value.
    #[track_caller]
    fn check(language: &str, text: &str, value: f64) {
        let at = text.find(|c| digit(c).is_some()).unwrap();
        let found = read(text, at, language).unwrap();
        assert_eq!(key(found.value), key(value), "{found:?}");
        assert!(text.is_char_boundary(found.end));
    }

    #[test]
    fn one_amount_is_one_value_in_every_language() {
        check("en", "about $34.5 million in aid", 34.5e6);
        check("ru", "около 34,5 млн долларов", 34.5e6);
        check("ru", "около 34,5 миллиона долларов", 34.5e6);
        check("zh", "约3450万美元", 34.5e6);
        check("de", "rund 34,5 Millionen Dollar", 34.5e6);
        check("es", "unos 34,5 millones de dólares", 34.5e6);
        check("fr", "environ 34,5 millions de dollars", 34.5e6);
        check("pt", "cerca de 34,5 milhões", 34.5e6);
        check("ar", "نحو 34.5 مليون دولار", 34.5e6);
        check("ar", "نحو ٣٤٫٥ مليون دولار", 34.5e6);
    }

    #[test]
    fn thousands_are_grouped_as_the_language_does() {
        check("en", "1,250 people", 1250.0);
        check("ru", "1 250 человек", 1250.0);
        check("ru", "1\u{a0}250 человек", 1250.0);
        check("de", "1.250 Menschen", 1250.0);
        check("en", "1.250 percent", 1.25);
        check("ru", "12,5 процента", 12.5);
        check("en", "In 2020, 34 ships", 2020.0);
        check("ru", "15,725 миллиона", 15.725e6);
    }

    #[test]
    fn a_billion_is_not_the_same_everywhere() {
        check("en", "2 billion", 2e9);
        check("es", "2 billones", 2e12);
        check("es", "2 mil millones", 2e9);
        check("es", "2 mil euros", 2e3);
        check("de", "2 Milliarden", 2e9);
        check("ru", "2 млрд", 2e9);
        check("zh", "20亿", 2e9);
        check("zh", "2万亿", 2e12);
    }

    #[test]
    fn what_every_text_counts_says_nothing() {
        assert_eq!(read("7 ships", 0, "en"), None);
        assert!(read("7.5 tons", 0, "en").is_some() && read("7 million", 0, "en").is_some());
        assert_eq!(read("1234567890123456789012", 0, "en"), None);
    }
}
