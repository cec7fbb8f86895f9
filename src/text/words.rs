//! Splits a text into words with their places and folded forms.
//!
//! A word is a run of letters, digits and marks; everything else separates words, so that "don't"
//! and "don’t" are the same two words. Only numbers stay whole: "1,000" is the word `1000`, "3.5" and
//! "3,5" are `3.5`. In scripts without spaces every character is one word. Larger units (stems,
//! Chinese words) are left to `terms`.

use std::borrow::Cow;
use std::ops::Range;

use super::fold::{Class, class, fold_into, two_byte_classes};

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// Where it is, in bytes.
    pub span: Range<usize>,
    /// The form in which equal words are equal: lower case, NFKC and so on (see the module `fold`).
    /// Never empty.
    pub folded: Cow<'t, str>,
}

/// Returns the words of `text` in order. Cost: O(text), one allocation for each word that is not
/// already in folded form.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 6);
    scan(text, &mut Spelling::default(), |span, folded| {
        let written = text.get(span.clone()).unwrap_or_default();
        let folded =
            if written == folded { Cow::Borrowed(written) } else { Cow::Owned(folded.to_owned()) };
        words.push(Word { span, folded });
    });
    words
}

/// Calls `visit` with the place and the 64-bit hash of the folded form of each word, in order.
///
/// Equal folded forms have equal hashes on every machine; different ones differ but for chance
/// (2⁻⁶⁴). Cost: O(text), no allocation for each word. For code that compares words without showing
/// them.
pub fn for_each_hash(text: &str, visit: impl FnMut(Range<usize>, u64)) {
    scan(text, &mut Hashing::default(), visit);
}

/// What is made of the characters of a word, one by one.
trait Build {
    /// The product.
    type Output<'b>
    where
        Self: 'b;
    fn clear(&mut self);
    fn ascii(&mut self, byte: u8);
    fn char(&mut self, c: char);
    fn finish(&mut self) -> Self::Output<'_>;
}

/// Builds the folded form.
#[derive(Default)]
struct Spelling(String);

impl Build for Spelling {
    type Output<'b> = &'b str;

    fn clear(&mut self) {
        self.0.clear();
    }

    fn ascii(&mut self, byte: u8) {
        self.0.push(char::from(byte));
    }

    fn char(&mut self, c: char) {
        self.0.push(c);
    }

    fn finish(&mut self) -> &str {
        &self.0
    }
}

/// Builds the hash of the folded form: its UTF-8 bytes in groups of eight, each mixed in with a
/// multiplication, and a finish that spreads the bits (the constants are those of splitmix64:
/// Steele, Lea and Flood, OOPSLA 2014).
#[derive(Default)]
struct Hashing {
    hash: u64,
    group: u64,
    bytes: u64,
}

impl Hashing {
    #[inline]
    fn byte(&mut self, byte: u8) {
        self.group = (self.group << 8) | u64::from(byte);
        self.bytes += 1;
        if self.bytes.is_multiple_of(8) {
            self.mix();
        }
    }

    #[inline]
    fn mix(&mut self) {
        self.hash = (self.hash ^ self.group).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(29);
        self.group = 0;
    }
}

impl Build for Hashing {
    type Output<'b> = u64;

    fn clear(&mut self) {
        *self = Hashing::default();
    }

    #[inline]
    fn ascii(&mut self, byte: u8) {
        self.byte(byte);
    }

    #[inline]
    fn char(&mut self, c: char) {
        let mut utf8 = [0; 4];
        for &byte in c.encode_utf8(&mut utf8).as_bytes() {
            self.byte(byte);
        }
    }

    #[inline]
    fn finish(&mut self) -> u64 {
        self.mix();
        let mut h = self.hash ^ self.bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h = (h ^ (h >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        h = (h ^ (h >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        h ^ (h >> 31)
    }
}

/// Folded form of each ASCII byte; 0 for a byte that belongs to no word.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// A mark inside a number.
enum Separator {
    /// Before three digits; it may be left out.
    Thousands,
    /// Any other: decimals, dates, versions.
    Decimal,
}

/// What the mark at `i` is if the word that began at `start` is a number that goes on after it.
fn separator(bytes: &[u8], start: usize, i: usize) -> Option<Separator> {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !matches!(bytes.get(i)?, b'.' | b',') || !is_digit(i + 1) {
        return None;
    }
    let number = bytes.get(start..i)?;
    let decimal = number.contains(&b'.');
    if !is_digit(i - 1) || !number.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return None;
    }
    let three = (1..=3).all(|n| is_digit(i + n)) && !is_digit(i + 4);
    Some(if three && !decimal { Separator::Thousands } else { Separator::Decimal })
}

/// The word under way.
struct Open {
    start: usize,
    end: usize,
    /// What was built so far is not the folded form: the whole word must be folded at its end.
    complex: bool,
    /// A letter after it starts a new word.
    alone: bool,
}

fn scan<B: Build>(text: &str, build: &mut B, mut visit: impl FnMut(Range<usize>, B::Output<'_>)) {
    let bytes = text.as_bytes();
    let two_byte = two_byte_classes();
    let mut open: Option<Open> = None;
    let mut scratch = String::new();
    let mut close = |open: &mut Option<Open>, build: &mut B| {
        if let Some(word) = open.take() {
            let span = word.start..word.end;
            let mut empty = false;
            if word.complex {
                scratch.clear();
                fold_into(text.get(span.clone()).unwrap_or_default(), &mut scratch);
                scratch.retain(|c| c.is_alphanumeric() || class(c) != Class::Break);
                empty = scratch.is_empty();
                build.clear();
                scratch.chars().for_each(|c| build.char(c));
            }
            if !empty {
                visit(span, build.finish());
            }
            build.clear();
        }
    };
    build.clear();
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        if byte < 0x80 {
            let folded = ASCII[usize::from(byte)];
            if folded == 0 {
                match open.as_mut().and_then(|word| separator(bytes, word.start, i)) {
                    Some(Separator::Thousands) => {}
                    Some(Separator::Decimal) => build.ascii(b'.'),
                    None => close(&mut open, build),
                }
            } else {
                if open.as_ref().is_some_and(|word| word.alone) {
                    close(&mut open, build);
                }
                let word =
                    open.get_or_insert(Open { start: i, end: i, complex: false, alone: false });
                word.end = i + 1;
                build.ascii(folded);
            }
            i += 1;
            continue;
        }
        let Some(c) = text.get(i..).and_then(|rest| rest.chars().next()) else { break };
        let length = c.len_utf8();
        let class = if length == 2 { two_byte[c as usize] } else { class(c) };
        let alone = matches!(class, Class::Alone(_) | Class::ComplexAlone);
        match class {
            Class::Break => close(&mut open, build),
            Class::Ignored => {}
            Class::Mark => {
                if let Some(word) = &mut open {
                    word.complex = true;
                    word.end = i + length;
                }
            }
            Class::Letter(_) | Class::Alone(_) | Class::Complex | Class::ComplexAlone => {
                if alone || open.as_ref().is_some_and(|word| word.alone) {
                    close(&mut open, build);
                }
                let word = open.get_or_insert(Open { start: i, end: i, complex: false, alone });
                word.end = i + length;
                match class {
                    Class::Letter(folded) | Class::Alone(folded) => build.char(folded),
                    _ => word.complex = true,
                }
            }
        }
        i += length;
    }
    close(&mut open, build);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let got: Vec<String> = words(text).into_iter().map(|w| w.folded.into_owned()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn punctuation_separates() {
        check(
            "The G20's \"summit\" – don't, U.S.",
            &["the", "g20", "s", "summit", "don", "t", "u", "s"],
        );
    }

    #[test]
    fn numbers_stay_whole() {
        check(
            "1,000,000 tanks, 3.5% (3,5) in 2022.",
            &["1000000", "tanks", "3.5", "3.5", "in", "2022"],
        );
        check("10.05.2022, G7.5", &["10.05.2022", "g7", "5"]);
    }

    #[test]
    fn every_script_gives_words() {
        check("Ещё один Ёж", &["еще", "один", "еж"]);
        check("ΑΘΉΝΑΣ", &["αθήνασ"]);
        check("نَفَى الكرملين", &["نفي", "الكرملين"]);
        check("कुछ हिन्दी", &["कुछ", "हिन्दी"]);
        check("한국 뉴스", &["한국", "뉴스"]);
    }

    #[test]
    fn unsegmented_scripts_give_characters() {
        check("中国Xinhua社2022年", &["中", "国", "xinhua", "社", "2022", "年"]);
        check("ロシアのガス", &["ロ", "シ", "ア", "の", "ガ", "ス"]);
        check("ｶﾞｽ", &["ガ", "ス"]);
    }

    #[test]
    fn composed_and_decomposed_are_equal() {
        check("Orba\u{301}n Orbán ORBÁN", &["orbán", "orbán", "orbán"]);
        check("sanc\u{AD}tions sanc\u{200B}tions", &["sanctions", "sanctions"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "«Ёлка» и 中";
        let spans: Vec<&str> = words(text).into_iter().map(|w| &text[w.span]).collect();
        assert_eq!(spans, ["Ёлка", "и", "中"]);
    }

    proptest! {
        #[test]
        fn offsets_are_valid_and_ascend(text in "\\PC{0,40}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= last && word.span.start < word.span.end);
                prop_assert!(text.get(word.span.clone()).is_some());
                prop_assert!(!word.folded.is_empty());
                last = word.span.end;
            }
        }

        #[test]
        fn hashes_follow_the_folded_forms(text in "[a-cA-Cé e\u{301}中ЖжЁё.\u{AD}]{0,30}") {
            let spelled = words(&text);
            let mut hashed = Vec::new();
            for_each_hash(&text, |span, hash| hashed.push((span, hash)));
            prop_assert_eq!(spelled.len(), hashed.len());
            for (a, b) in spelled.iter().zip(&hashed) {
                prop_assert_eq!(&a.span, &b.0);
                for (c, d) in spelled.iter().zip(&hashed) {
                    prop_assert_eq!(a.folded == c.folded, b.1 == d.1);
                }
            }
        }
    }
}
