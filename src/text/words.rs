//! Splits a text into words with their places and folded forms.
//!
//! A word is a run of letters, digits and marks; everything else separates words, so that "don't"
//! and "don’t" are the same two words. Only numbers stay whole: "1,000" is the word `1000`, "3.5" and
//! "3,5" are `3.5`. In scripts without spaces every character is one word. Larger units (stems,
//! Chinese words) are left to `terms`.

mod hashing;

use std::borrow::Cow;
use std::ops::Range;

use super::bytes::{WIDE, ascii_prefix, ascii_run, bits, first_wide, is_alphanumeric};
use super::fold::{Class, class, fold_into, two_byte_classes};
use super::homoglyphs;
use hashing::Hashing;

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
    scan(text, Spelling::default(), |span, folded| {
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
    scan(text, Hashing::default(), visit);
}

/// The hash of a text that is one word, also of a script without spaces, where it may have several
/// characters. Of one word it is what [`for_each_hash`] gives.
pub(super) fn hash_of(word: &str) -> u64 {
    let mut whole = None;
    for_each_hash(word, |_, hash| {
        let before = whole.map_or(0, |before: u64| before.rotate_left(23).wrapping_mul(STEP));
        whole = Some(before ^ hash);
    });
    whole.unwrap_or_default()
}

/// Odd multiplier that sets the parts of a word apart by their order.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn scan<B: Build>(text: &str, build: B, visit: impl FnMut(Range<usize>, B::Output<'_>)) {
    Scan { text, build, visit, open: Open::default(), scratch: String::new() }.run();
}

/// What is made of the characters of a word, part by part.
trait Build {
    /// The product.
    type Output<'b>
    where
        Self: 'b;
    /// Begins a word.
    fn clear(&mut self);
    /// Adds the first `length` bytes, ASCII letters and digits in either case.
    fn ascii(&mut self, bytes: &[u8], length: usize);
    /// Adds a folded character.
    fn char(&mut self, c: char);
    /// The product for the word so far.
    fn finish(&mut self) -> Self::Output<'_>;
    /// The product for a word of the first `length` bytes, ASCII letters and digits; what was built so far
    /// is gone.
    fn ascii_word(&mut self, bytes: &[u8], length: usize) -> Self::Output<'_> {
        self.clear();
        self.ascii(bytes, length);
        self.finish()
    }
}

/// Builds the folded form.
#[derive(Default)]
struct Spelling(String);

impl Build for Spelling {
    type Output<'b> = &'b str;

    fn clear(&mut self) {
        self.0.clear();
    }

    fn ascii(&mut self, bytes: &[u8], length: usize) {
        let run = bytes.iter().take(length);
        self.0.extend(run.map(|byte| char::from(byte.to_ascii_lowercase())));
    }

    fn char(&mut self, c: char) {
        self.0.push(c);
    }

    fn finish(&mut self) -> &str {
        &self.0
    }
}

/// The scalar value of the character at `i`, if it has two bytes.
#[inline]
fn two_bytes(bytes: &[u8], i: usize) -> Option<usize> {
    let (&first, &second) = (bytes.get(i)?, bytes.get(i + 1)?);
    (0xC0..0xE0)
        .contains(&first)
        .then(|| (usize::from(first & 0x1F) << 6) | usize::from(second & 0x3F))
}

/// A mark inside a number.
enum Separator {
    /// Before three digits; it may be left out.
    Thousands,
    /// Any other: decimals, dates, versions.
    Decimal,
}

/// Bytes of the longest number with marks inside; longer ones are lists of numbers without spaces.
const NUMBER_BYTES: usize = 32;

/// What the mark at `i` is if the word that began at `start` is a number that goes on after it.
fn separator(bytes: &[u8], start: usize, i: usize) -> Option<Separator> {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(i + 1) || !i.checked_sub(1).is_some_and(is_digit) {
        return None;
    }
    let number = bytes.get(start..i).filter(|number| number.len() <= NUMBER_BYTES)?;
    if !number.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return None;
    }
    let three = (1..=3).all(|n| is_digit(i + n)) && !is_digit(i + 4);
    Some(if three && !number.contains(&b'.') { Separator::Thousands } else { Separator::Decimal })
}

/// Persian: prefixes of verbs, and endings of the plural, that are joined to their word by a half space, which many
/// type as a space or leave out. Both forms of the letter yeh.
const HALF_SPACED_PREFIXES: [&str; 4] = ["می", "مي", "نمی", "نمي"];
const HALF_SPACED_ENDINGS: [&str; 5] = ["ها", "های", "هاي", "هایی", "هايي"];

/// Whether the space at `i` stands for a half space: after a prefix that begins at `start`, or before an ending.
#[inline]
fn is_half_space(text: &str, start: usize, i: usize) -> bool {
    let is_arabic = |at: usize| text.as_bytes().get(at).is_some_and(|b| (0xD8..=0xDB).contains(b));
    i >= 2 && is_arabic(i - 2) && is_arabic(i + 1) && joins_persian(text, start, i)
}

#[cold]
fn joins_persian(text: &str, start: usize, i: usize) -> bool {
    let (word, rest) = (&text[start..i], &text[i + 1..]);
    let end = rest.find(|c: char| class(c) == Class::Break).unwrap_or(rest.len());
    HALF_SPACED_PREFIXES.contains(&word) || HALF_SPACED_ENDINGS.contains(&&rest[..end])
}

/// The word under way; not one if it is empty.
#[derive(Default)]
struct Open {
    start: usize,
    end: usize,
    /// What was built so far is not the folded form: the whole word must be folded at its end.
    complex: bool,
    /// A letter after it starts a new word.
    alone: bool,
    /// Whether it has ASCII letters or digits ([`LATIN`]), Cyrillic or Greek letters ([`OTHER`]): with
    /// both, one may stand for another.
    scripts: u8,
}

const LATIN: u8 = 1;
const OTHER: u8 = 2;

/// A pass over a text.
struct Scan<'t, B, V> {
    text: &'t str,
    build: B,
    visit: V,
    open: Open,
    scratch: String,
}

impl<B: Build, V: FnMut(Range<usize>, B::Output<'_>)> Scan<'_, B, V> {
    fn is_open(&self) -> bool {
        self.open.end > self.open.start
    }

    /// Makes sure that a word is open that goes on to `end`.
    #[inline]
    fn extend(&mut self, start: usize, end: usize) {
        if self.open.alone {
            self.close();
        }
        if !self.is_open() {
            self.open.start = start;
        }
        self.open.end = end;
    }

    fn close(&mut self) {
        if !self.is_open() {
            return;
        }
        let word = std::mem::take(&mut self.open);
        let span = word.start..word.end;
        let mixed = word.scripts == LATIN | OTHER;
        if !(word.complex || mixed) || self.fold_whole(&span) {
            (self.visit)(span, self.build.finish());
        }
        self.build.clear();
    }

    /// Builds a word anew from its folded whole; false if nothing is left of it.
    #[cold]
    fn fold_whole(&mut self, span: &Range<usize>) -> bool {
        self.scratch.clear();
        fold_into(self.text.get(span.clone()).unwrap_or_default(), &mut self.scratch);
        self.scratch.retain(|c| c.is_alphanumeric() || class(c) != Class::Break);
        homoglyphs::unmix(&mut self.scratch);
        self.build.clear();
        for c in self.scratch.chars() {
            self.build.char(c);
        }
        !self.scratch.is_empty()
    }

    fn run(mut self) {
        let bytes = self.text.as_bytes();
        let two_byte = two_byte_classes();
        self.build.clear();
        let mut i = 0;
        while let Some(&byte) = bytes.get(i) {
            if byte < 0x80 {
                if !self.is_open() {
                    i = self.ascii_words(bytes, i);
                    self.build.clear();
                }
                let rest = bytes.get(i..).unwrap_or_default();
                let run = ascii_run(rest);
                if run == 0 {
                    let Some(&byte) = rest.first().filter(|byte| byte.is_ascii()) else { continue };
                    self.separate(bytes, byte, i);
                    i += 1;
                } else {
                    self.extend(i, i + run);
                    self.open.scripts |= LATIN;
                    self.build.ascii(rest, run);
                    i += run;
                }
                continue;
            }
            let (class, length) = if let Some(c) = two_bytes(bytes, i) {
                let mut class = two_byte.get(c).copied().unwrap_or(Class::Break);
                if let Class::Letter(_) = class {
                    i = self.letters(bytes, i, two_byte);
                    let Some(c) = two_bytes(bytes, i) else { continue };
                    class = two_byte.get(c).copied().unwrap_or(Class::Break);
                }
                (class, 2)
            } else {
                let c = self.text.get(i..).and_then(|rest| rest.chars().next());
                c.map_or((Class::Break, 1), |c| (class(c), c.len_utf8()))
            };
            self.character(class, i, i + length);
            i += length;
        }
        self.close();
    }

    /// Visits the words of ASCII letters and digits from `start` on, by far the most of a text in the Latin
    /// alphabet, with no word open before and after. Returns the place of what it leaves: a word that may
    /// go on in another way, a character beyond ASCII, the last bytes.
    #[inline]
    fn ascii_words(&mut self, bytes: &[u8], start: usize) -> usize {
        let mut i = start;
        let mut padded = [0; WIDE];
        while i < bytes.len() {
            let rest = bytes.get(i..).unwrap_or_default();
            let wide = first_wide(rest, &mut padded);
            let (ascii, inside) = ascii_prefix(wide);
            let mut left = bits(wide, is_alphanumeric) & inside;
            // Without a way out of the loop: the compiler makes it a few instructions.
            let has_digits = wide.iter().fold(false, |any, byte| any | byte.is_ascii_digit());
            while left != 0 {
                let at = left.trailing_zeros() as usize;
                let end = at + (left >> at).trailing_ones() as usize;
                if end >= ascii {
                    // It may go on.
                    if ascii < WIDE || at == 0 {
                        return i + at;
                    }
                    break;
                }
                if has_digits && matches!(wide[end], b'.' | b',') && wide[end - 1].is_ascii_digit()
                {
                    return i + at;
                }
                let word = self.build.ascii_word(rest.get(at..).unwrap_or_default(), end - at);
                (self.visit)(i + at..i + end, word);
                left &= u64::MAX << end;
            }
            if ascii < WIDE {
                return i + ascii;
            }
            i += if left == 0 { WIDE } else { left.trailing_zeros() as usize };
        }
        bytes.len()
    }

    /// Adds the letters of two bytes from `start` on, of which there is one at least; returns their
    /// end.
    #[inline]
    fn letters(&mut self, bytes: &[u8], start: usize, two_byte: &[Class]) -> usize {
        self.extend(start, start + 2);
        let mut end = start;
        let mut other = false;
        while let Some(&Class::Letter(folded)) = two_bytes(bytes, end).and_then(|c| two_byte.get(c))
        {
            other |= homoglyphs::may_look_latin(folded);
            self.build.char(folded);
            end += 2;
        }
        self.open.scripts |= if other { OTHER } else { 0 };
        self.open.end = end;
        end
    }

    /// An ASCII character that is neither letter nor digit.
    #[inline]
    fn separate(&mut self, bytes: &[u8], byte: u8, i: usize) {
        if matches!(byte, b'.' | b',') && self.open.end == i && self.is_open() {
            match separator(bytes, self.open.start, i) {
                Some(Separator::Thousands) => return,
                Some(Separator::Decimal) => return self.build.char('.'),
                None => {}
            }
        }
        if byte == b' '
            && self.open.end == i
            && self.is_open()
            && is_half_space(self.text, self.open.start, i)
        {
            return;
        }
        self.close();
    }

    /// A character beyond ASCII.
    #[inline]
    fn character(&mut self, class: Class, start: usize, end: usize) {
        match class {
            Class::Break => self.close(),
            Class::Ignored => {}
            Class::Mark => {
                if self.is_open() {
                    self.open.complex = true;
                    self.open.end = end;
                }
            }
            Class::Letter(folded) => {
                self.extend(start, end);
                self.open.scripts |= if homoglyphs::may_look_latin(folded) { OTHER } else { 0 };
                self.build.char(folded);
            }
            Class::Complex => {
                self.extend(start, end);
                self.open.complex = true;
            }
            Class::Alone(folded) => {
                self.close();
                self.extend(start, end);
                self.open.alone = true;
                self.build.char(folded);
            }
            Class::ComplexAlone => {
                self.close();
                self.extend(start, end);
                (self.open.alone, self.open.complex) = (true, true);
            }
        }
    }
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
    fn a_persian_half_space_may_be_a_space_or_nothing() {
        for text in
            ["نامه\u{200c}ها می\u{200c}روند", "نامهها میروند", "نامه ها می روند", "نامه ها مي روند"]
        {
            check(text, &["نامهها", "ميروند"]);
        }
        // Words of their own: an Arabic "which", a Persian "we", what has no neighbour to belong to.
        check("في أي يوم", &["في", "اي", "يوم"]);
        check("ما رفتیم", &["ما", "رفتيم"]);
        check("می 5", &["مي", "5"]);
        check("ها", &["ها"]);
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
    fn letters_of_another_script_inside_a_word_are_the_ones_they_look_like() {
        // Cyrillic о, е, с in Latin words; Latin o, c in Cyrillic ones; Greek ο.
        check("Mоscоw sanсtiоns NАTО", &["moscow", "sanctions", "nato"]);
        check("Мoсквa cанкции", &["москва", "санкции"]);
        check("gοvernment", &["government"]);
        // What looks like nothing in the other script stays as written.
        check("iPhone'ом СУ35 Т90М", &["iphone", "ом", "су35", "т90м"]);
        check("веб-link вебlink", &["веб", "link", "вебlink"]);
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
        fn hashes_follow_the_folded_forms(text in "[a-cA-Cé e\u{301}中ЖжЁё.\u{AD}1,]{0,30}") {
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
