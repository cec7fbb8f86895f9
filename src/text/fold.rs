//! Folding: the form of a character or word in which equal words are equal strings.
//!
//! Folded text is lower case and NFKC (Unicode Standard Annex 15), without default-ignorable
//! characters and vowel points, with ё as е, final ς as σ, the Arabic letter forms that writers use
//! interchangeably as one (أ إ آ ٱ → ا, ى ی → ي, ة → ه, ک → ك, no tatweel, no harakat), traditional
//! ideographs as simplified ones, and with every set of decimal digits that news uses as 0–9. Which words there are is told in `words`.

use std::sync::LazyLock;

use super::han_variants::simplified;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// What a character does in a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Belongs to no word.
    Break,
    /// Is not there at all: zero-width and soft characters, tatweel, vowel points.
    Ignored,
    /// Part of a word; folds to this one character.
    Letter(char),
    /// A word by itself: a character of a script that writes no spaces. Folds to this one character.
    Alone(char),
    /// Continues a word if there is one; the word must be folded as a whole.
    Mark,
    /// Part of a word that must be folded as a whole.
    Complex,
    /// A word by itself that must be folded as a whole.
    ComplexAlone,
}

/// Characters below this have two bytes in UTF-8; their classes are looked up.
const TWO_BYTE_END: u32 = 0x800;

/// Classes of all characters of at most two bytes.
static TWO_BYTE: LazyLock<Vec<Class>> = LazyLock::new(|| {
    (0..TWO_BYTE_END).map(|c| char::from_u32(c).map_or(Class::Break, classify)).collect()
});

/// The table of classes for characters below U+0800, indexed by scalar value.
pub(super) fn two_byte_classes() -> &'static [Class] {
    &TWO_BYTE
}

/// Returns the class of any character.
pub(super) fn class(c: char) -> Class {
    match c as u32 {
        n if n < TWO_BYTE_END => TWO_BYTE.get(n as usize).copied().unwrap_or(Class::Break),
        // Quotation marks and dashes, of which news is full.
        0x2010..=0x2027 => Class::Break,
        0x4E00..=0x9FFF => Class::Alone(simplified(c)),
        _ => classify(c),
    }
}

/// Whether `c` belongs to a script that is written without spaces between words: Han, kana, Thai,
/// Lao, Khmer, Burmese. Each such character counts as one word.
pub fn is_unsegmented(c: char) -> bool {
    matches!(c as u32,
        0x4E00..=0x9FFF
        | 0x0E01..=0x0E4E | 0x0E81..=0x0ECD
        | 0x1000..=0x103F | 0x1050..=0x108F | 0x1780..=0x17D3
        | 0x3005..=0x3007 | 0x3041..=0x3096 | 0x3099..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x3FFFF)
}

/// Whether any character of `text` belongs to such a script: whether a dictionary is needed to find its
/// words. O(text), many bytes at once where there is none.
pub fn has_unsegmented(text: &str) -> bool {
    // Such characters begin with these bytes; of the others that news is full of, quotation marks and
    // dashes begin with E2. Without a way out of the inner loop it takes many bytes at once.
    let may = |byte: u8| byte >= 0xE0 && byte != 0xE2;
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, &byte| any | may(byte));
    text.as_bytes().chunks(256).any(any) && text.chars().any(is_unsegmented)
}

/// Returns the folded form of `text`, characters that belong to no word included (they are only
/// put into lower case and NFKC).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded form of `text` to `folded`.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    let lower = text.nfkc().flat_map(char::to_lowercase).filter(|&c| !is_ignored(c));
    folded.extend(lower.nfkc().filter(|&c| !is_loose_mark(c)).map(letter_form));
}

fn classify(c: char) -> Class {
    if is_ignored(c) {
        return Class::Ignored;
    }
    // Half-width voicing marks compose with their kana under NFKC.
    if is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}') {
        return Class::Mark;
    }
    let alone = is_unsegmented(c);
    if !alone && !c.is_alphanumeric() {
        return Class::Break;
    }
    let mut text = [0; 4];
    let folded = fold(c.encode_utf8(&mut text));
    let mut chars = folded.chars();
    let stable = is_nfkc_quick(folded.chars()) == IsNormalized::Yes;
    match (chars.next(), chars.next(), alone) {
        (Some(f), None, false) if stable => Class::Letter(f),
        (Some(f), None, true) if stable => Class::Alone(f),
        (_, _, false) => Class::Complex,
        (_, _, true) => Class::ComplexAlone,
    }
}

/// Default-ignorable characters (Unicode `Default_Ignorable_Code_Point`), and what Arabic and Hebrew
/// writers add or leave out at will: tatweel, harakat, points.
fn is_ignored(c: char) -> bool {
    matches!(c as u32,
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0xE0000..=0xE0FFF
        | 0x0640 | 0x064B..=0x0652 | 0x0656..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7)
}

/// Accents that did not compose with their letter: stress marks of Cyrillic and the like.
fn is_loose_mark(c: char) -> bool {
    matches!(c as u32, 0x0300..=0x036F)
}

/// One of several ways to write a letter or digit, from lower-case NFKC.
fn letter_form(c: char) -> char {
    match c {
        'ё' => 'е',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ە' => 'ه',
        'ک' => 'ك',
        '\u{4E00}'..='\u{9FFF}' => simplified(c),
        '\u{660}'..='\u{669}' => decimal(c, 0x660),
        '\u{6F0}'..='\u{6F9}' => decimal(c, 0x6F0),
        '\u{966}'..='\u{96F}' => decimal(c, 0x966),
        '\u{9E6}'..='\u{9EF}' => decimal(c, 0x9E6),
        '\u{E50}'..='\u{E59}' => decimal(c, 0xE50),
        _ => c,
    }
}

fn decimal(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[test]
    fn case_and_width_fold() {
        check("ＮＡＴＯ Ｇ２０ ﬁne", "nato g20 fine");
        check("ÉLYSÉE", "élysée");
        check("E\u{301}lyse\u{301}e", "élysée");
    }

    #[test]
    fn cyrillic_forms_fold() {
        check("Ещё Королёв", "еще королев");
        check("е\u{308}лка", "елка");
        check("за\u{301}мок", "замок");
        check("Йод и\u{306}од", "йод йод");
    }

    #[test]
    fn arabic_forms_fold() {
        check("الرَّئِيس", "الرييس".replace("رييس", "رئيس").as_str());
        check("أوكرانيا إلى القاهـــرة", "اوكرانيا الي القاهره");
        check("٢٠٢٢ ۲۰۲۲", "2022 2022");
    }

    #[test]
    fn traditional_ideographs_fold_to_simplified_ones() {
        check("國際社會應當尊重", "国际社会应当尊重");
        assert_eq!(class('國'), Class::Alone('国'));
    }

    #[test]
    fn invisible_characters_vanish() {
        check("sanc\u{AD}tions\u{200B} \u{FEFF}now", "sanctions now");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
