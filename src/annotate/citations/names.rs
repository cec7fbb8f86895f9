//! Finds outlets' names in text: one Aho–Corasick automaton over all of them, built once a run.
//!
//! Names are matched in their own case (so that `art` is no `RT`, and the satellite's `sputnik` no
//! Sputnik), in capitals, and with a capital only where a wire's acronym is often written so
//! ("Tass"). Of overlapping names the first and longest wins. A few longer expressions that merely
//! contain a name ("Sputnik V") are in the automaton too and win the same way. Linear in the text.

use std::ops::Range;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use super::agencies::{AGENCIES, Agency};
use crate::model::{Registry, Role};
use crate::text::{self, WIDE, bits, first_wide, is_alphanumeric, is_lead, padded_with_zeros};

/// Shortest name, in characters, that is also matched in capitals, with a capital only, and with an
/// ending: shorter ones ("RT", "AP", "AFP") are too easily something else.
const SHORTEST_FLEXIBLE: usize = 4;

/// Endings of Russian cases that may follow a name which ends in a consonant.
const CYRILLIC_ENDINGS: &[&str] = &["а", "у", "ом", "е", "ы"];
/// Endings of Slavic cases in Latin letters, which may follow a name that ends in a consonant.
const LATIN_ENDINGS: &[&str] = &["a", "u", "em", "om", "ie", "owi", "ovi"];

/// "To the", as it is written together with a name that has an article.
pub(super) const ARABIC_TO: &str = "لل";

/// One place where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Where, without case endings and attached particles.
    pub(super) span: Range<usize>,
    owner: usize,
}

/// All names of all outlets.
pub(super) struct Names {
    automaton: AhoCorasick,
    /// Few places of a text can begin a name, and only there the automaton is asked.
    beginnings: Beginnings,
    /// Per pattern: position in `outlets`, or `None` for a decoy.
    owners: Vec<Option<usize>>,
    /// Per pattern: a longer name, which may carry an ending.
    flexible: Vec<bool>,
    outlets: Vec<String>,
    /// Ids of the wires among them.
    wires: Vec<String>,
}

impl Names {
    /// Builds the automaton; `None` if there are no names or they are too many for one automaton.
    ///
    /// A name that two outlets claim goes to the one whose id comes first; agencies that the registry does not have come
    /// last.
    pub(super) fn new(registry: &Registry) -> Option<Names> {
        let decoys = registry.outlets.iter().flat_map(|outlet| &outlet.decoys);
        let mut patterns: Vec<(String, Option<usize>)> =
            decoys.map(|decoy| (decoy.clone(), None)).collect();
        for (owner, outlet) in registry.outlets.iter().enumerate() {
            let names = outlet.aliases.iter().chain(std::iter::once(&outlet.name));
            let spellings = names.flat_map(|name| spellings(bare(name)));
            let hosts = outlet.domains.iter().flat_map(|domain| host_spellings(domain));
            patterns.extend(spellings.chain(hosts).map(|pattern| (pattern, Some(owner))));
        }
        for (owner, agency) in (registry.outlets.len()..).zip(AGENCIES) {
            let spellings = agency.spellings.iter().map(|&name| (name.to_owned(), Some(owner)));
            patterns.extend(spellings);
        }
        patterns.retain(|(pattern, _)| pattern.chars().count() >= 2);
        // Stable: a decoy, then the first outlet, keeps a spelling that is claimed twice.
        patterns.sort_by(|a, b| a.0.cmp(&b.0));
        patterns.dedup_by(|later, earlier| later.0 == earlier.0);
        if patterns.iter().all(|(_, owner)| owner.is_none()) {
            return None;
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Anchored)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(patterns.iter().map(|(pattern, _)| pattern))
            .ok()?;
        Some(Names {
            automaton,
            beginnings: Beginnings::new(patterns.iter().map(|(pattern, _)| pattern.as_str())),
            flexible: patterns
                .iter()
                .map(|(pattern, _)| pattern.chars().count() >= SHORTEST_FLEXIBLE)
                .collect(),
            owners: patterns.into_iter().map(|(_, owner)| owner).collect(),
            outlets: registry.outlets.iter().map(|outlet| outlet.id.clone()).collect(),
            wires: registry
                .outlets
                .iter()
                .filter(|outlet| outlet.role == Role::Wire)
                .map(|outlet| outlet.id.clone())
                .collect(),
        })
    }

    /// Id of the outlet that a mention names; `None` for an agency that the registry does not have.
    pub(super) fn outlet(&self, mention: &Mention) -> Option<&str> {
        self.outlets.get(mention.owner).map(String::as_str)
    }

    /// The agency that a mention names, if the registry does not have it.
    pub(super) fn agency(&self, mention: &Mention) -> Option<&'static Agency> {
        AGENCIES.get(mention.owner.checked_sub(self.outlets.len())?)
    }

    /// Whether the outlet with this id is a wire.
    pub(super) fn is_wire(&self, outlet: &str) -> bool {
        self.wires.iter().any(|wire| wire == outlet)
    }

    /// The names in `text`, in order, without overlaps.
    pub(super) fn find(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        self.beginnings.find(text.as_bytes(), |at| self.find_at(text, at, &mut found));
        found.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
        let mut end = 0;
        found.retain(|(span, _)| {
            let free = span.start >= end;
            if free {
                end = span.end;
            }
            free
        });
        let owned = |(span, pattern): (Range<usize>, usize)| {
            Some(Mention { span, owner: self.owners[pattern]? })
        };
        found.into_iter().filter_map(owned).collect()
    }

    /// Adds the names that begin at `start`.
    fn find_at(&self, text: &str, start: usize, found: &mut Vec<(Range<usize>, usize)>) {
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        loop {
            self.automaton.find_overlapping(input.clone(), &mut state);
            let Some(m) = state.get_match() else { break };
            let (span, pattern) = (m.range(), m.pattern().as_usize());
            if self.is_word(text, &span, pattern) {
                found.push((span, pattern));
            }
        }
    }

    /// Whether the name at `span` is a word of its own.
    fn is_word(&self, text: &str, span: &Range<usize>, pattern: usize) -> bool {
        let (before, name, after) = (&text[..span.start], &text[span.clone()], &text[span.end..]);
        let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else {
            return false;
        };
        let apart = |c: Option<char>| c.is_none_or(|c| !matches!(c, '@' | '_'));
        let (left, right) = (before.chars().next_back(), after.chars().next());
        let starts = !left.is_some_and(|c| joins(c, first))
            || (is_arabic(first) && particle(before).is_some());
        let ends = !right.is_some_and(|c| joins(last, c))
            || (self.flexible[pattern] && has_ending(after, last));
        apart(left) && apart(right) && starts && ends
    }
}

/// The first bytes of all patterns, as sets of small numbers made of them.
struct Beginnings {
    /// First [`FEW`] bytes of all patterns; of the shorter ones with whatever follows.
    any: Bits,
    /// Those of the patterns that are shorter than [`LONG`].
    short: Bits,
    /// First [`LONG`] bytes of the others.
    long: Bits,
}

/// Bytes that tell most words of a text from those that may begin a name.
const FEW: usize = 3;
/// Bytes that tell nearly all places of a text from those where a long name begins.
const LONG: usize = 6;

impl Beginnings {
    fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Beginnings {
        let (mut any, mut short, mut long) = (Bits::new(), Bits::new(), Bits::new());
        for bytes in patterns.map(str::as_bytes) {
            let few: Vec<usize> = match *bytes {
                [first, second] => {
                    (0..=u8::MAX).map(|third| number(first_few(&[first, second, third]))).collect()
                }
                _ => vec![number(first_few(bytes))],
            };
            any.add_all(&few);
            if bytes.len() < LONG {
                short.add_all(&few);
            } else {
                long.add_all(&[number(first_long(bytes))]);
            }
        }
        Beginnings { any, short, long }
    }

    /// Calls `visit` with the places where a pattern may begin that is a word of its own.
    fn find(&self, text: &[u8], mut visit: impl FnMut(usize)) {
        let (mut start, mut padded) = (0, [0; WIDE]);
        // Whether the byte before is an ASCII letter or digit, as the lowest bit.
        let mut before = 0;
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            let wide = first_wide(rest, &mut padded);
            let parts = bits(wide, is_alphanumeric);
            // No name begins inside a word of ASCII letters and digits.
            let outside = parts & !((parts << 1) | before);
            let has_leads = wide.iter().fold(false, |any, &byte| any | is_lead(byte));
            let mut left = outside | if has_leads { bits(wide, is_lead) } else { 0 };
            while left != 0 {
                let at = start + left.trailing_zeros() as usize;
                left &= left - 1;
                if self.may_begin(text.get(at..).unwrap_or_default()) {
                    visit(at);
                }
            }
            before = parts >> (WIDE - 1);
            start += WIDE;
        }
    }

    #[inline]
    fn may_begin(&self, rest: &[u8]) -> bool {
        let few = number(first_few(rest));
        self.any.holds(few) && (self.short.holds(few) || self.long.holds(number(first_long(rest))))
    }
}

/// A set of numbers below 2¹⁶, which fits into a first-level cache.
struct Bits(Box<[u64; 1 << 10]>);

impl Bits {
    fn new() -> Bits {
        Bits(Box::new([0; 1 << 10]))
    }

    fn add_all(&mut self, numbers: &[usize]) {
        for number in numbers {
            self.0[number >> 6] |= 1 << (number & 63);
        }
    }

    fn holds(&self, number: usize) -> bool {
        self.0[number >> 6 & 0x3FF] & (1 << (number & 63)) != 0
    }
}

/// A number below 2¹⁶ for a few bytes (the multiplier is that of splitmix64).
#[inline]
fn number(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}

/// The first [`FEW`] bytes, with zeros beyond the end.
#[inline]
fn first_few(bytes: &[u8]) -> u64 {
    first_eight(bytes) & (u64::MAX >> (64 - 8 * FEW))
}

/// The first [`LONG`] bytes, with zeros beyond the end.
#[inline]
fn first_long(bytes: &[u8]) -> u64 {
    first_eight(bytes) & (u64::MAX >> (64 - 8 * LONG))
}

#[inline]
fn first_eight(bytes: &[u8]) -> u64 {
    let eight = bytes.first_chunk().copied();
    u64::from_le_bytes(eight.unwrap_or_else(|| padded_with_zeros(bytes)))
}

/// The particles (and, so, with, to, like) written together with an Arabic word that follows
/// `before`, if nothing but particles stands between the last word border and the word.
pub(super) fn particle(before: &str) -> Option<&str> {
    let letters = before.chars().rev().take_while(|c| is_arabic(*c)).count();
    let start = before.char_indices().rev().nth(letters.checked_sub(1)?).map(|(i, _)| i)?;
    let particle = &before[start..];
    (letters <= 2 && particle.chars().all(|c| "وفبلكـ".contains(c))).then_some(particle)
}

/// A name without quotation marks and other signs round it: it begins with a letter or digit.
fn bare(name: &str) -> &str {
    name.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The spellings under which a name is matched.
fn spellings(name: &str) -> Vec<String> {
    let mut spellings = vec![name.to_owned()];
    // Persian has letters of its own for two of the Arabic ones.
    let persian = name.replace('ي', "ی").replace('ك', "ک");
    spellings.extend(Some(persian).filter(|persian| persian != name));
    // "To" swallows the article's first letter: للجزيرة.
    spellings.extend(name.strip_prefix("ال").map(|rest| format!("{ARABIC_TO}{rest}")));
    if name.chars().count() < SHORTEST_FLEXIBLE {
        return spellings;
    }
    spellings.push(name.to_uppercase());
    let capitals_only = |word: &str| {
        word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    };
    let capital_first: Vec<String> = name
        .split(' ')
        .map(|word| if capitals_only(word) { capitalized(word) } else { word.to_owned() })
        .collect();
    spellings.push(capital_first.join(" "));
    spellings
}

/// A host name as such, with its first label in capitals, and with a capital ("RT.com").
fn host_spellings(domain: &str) -> Vec<String> {
    let domain = domain.to_lowercase();
    let Some((label, rest)) = domain.split_once('.') else { return Vec::new() };
    vec![
        format!("{}.{rest}", label.to_uppercase()),
        format!("{}.{rest}", capitalized(label)),
        domain.clone(),
    ]
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &letters.as_str().to_lowercase()
}

/// Whether two neighbouring characters belong to one word: letters or digits of one script, and not
/// of a script that is written without spaces.
fn joins(a: char, b: char) -> bool {
    let word = |c: char| c.is_alphanumeric() && !text::is_unsegmented(c);
    word(a) && word(b) && is_arabic(a) == is_arabic(b)
}

pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}')
}

/// Whether what follows a name is a case ending and then a word border: the genitive `s`, or a
/// Slavic ending after a consonant.
fn has_ending(after: &str, last: char) -> bool {
    let ending = |e: &str| {
        let rest = after.strip_prefix(e);
        rest.is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
    };
    if last.is_ascii_alphabetic() {
        let consonant = !"aeiouy".contains(last.to_ascii_lowercase());
        return (last != 's' && ending("s"))
            || (consonant && LATIN_ENDINGS.iter().any(|e| ending(e)));
    }
    let consonant = ('а'..='я').contains(&last) && !"аеиоуыэюяьъй".contains(last);
    consonant && CYRILLIC_ENDINGS.iter().any(|e| ending(e))
}

#[cfg(test)]
mod tests {
    use super::super::tests::registry;
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let names = Names::new(&registry()).unwrap();
        let mentions = names.find(text);
        let got: Vec<(&str, &str)> =
            mentions.iter().map(|m| (&text[m.span.clone()], names.outlet(m).unwrap())).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn short_names_need_their_case_and_a_border() {
        check("RT, (RT) and RT-affiliated", &[("RT", "rt"), ("RT", "rt"), ("RT", "rt")]);
        check("ART rt Rt START RTs RT_x @RT RT2", &[]);
        check("RT @user said RT-PCR", &[]);
        check("据RT报道", &[("RT", "rt")]);
    }

    #[test]
    fn longer_names_may_be_in_capitals_or_have_an_ending() {
        check("Tass TASS tass", &[("Tass", "tass"), ("TASS", "tass")]);
        check(
            "GLOBAL TIMES, Global Times' global times",
            &[("GLOBAL TIMES", "globaltimes"), ("Global Times", "globaltimes")],
        );
        check("агентству Спутнику, спутник", &[("Спутник", "sputnik")]);
        check("agenciji Sputniku, u Sputniku, Sputnikowi", &[("Sputnik", "sputnik"); 3]);
        check("Ria Novosti", &[("Ria Novosti", "ria")]);
    }

    #[test]
    fn the_longest_name_wins_and_decoys_are_nobody() {
        check("Sputnik Mundo", &[("Sputnik Mundo", "sputnik")]);
        check("Sputnik V and Sputnik", &[("Sputnik", "sputnik")]);
        check("新华社区和新华社", &[("新华社", "xinhua")]);
        check("see RT.com or www.rt.com/x", &[("RT.com", "rt"), ("rt.com", "rt")]);
    }

    #[test]
    fn arabic_particles_are_not_part_of_the_name() {
        check("لسبوتنيك وسبوتنيك", &[("سبوتنيك", "sputnik"), ("سبوتنيك", "sputnik")]);
        check("شبه الجزيرة", &[]);
        check("احتاس", &[]);
    }

    #[test]
    fn agencies_need_no_registry() {
        let names = Names::new(&Registry::default()).unwrap();
        let mentions = names.find("Source: PAP");
        assert_eq!(
            mentions.iter().filter_map(|m| names.agency(m)).map(|a| a.name).collect::<Vec<_>>(),
            ["PAP"]
        );
    }

    proptest::proptest! {
        /// The automaton asked at every place.
        #[test]
        fn no_name_is_passed_over(text in "([a-zA-ZФс «“.]|RT|TASS|The |Global Times|rt\\.com|ТАСС|Спутник|新华社){0,40}") {
            let names = Names::new(&registry()).unwrap();
            let (mut all, mut few) = (Vec::new(), Vec::new());
            (0..text.len()).for_each(|at| names.find_at(&text, at, &mut all));
            names.beginnings.find(text.as_bytes(), |at| names.find_at(&text, at, &mut few));
            proptest::prop_assert_eq!(few, all);
        }
    }
}
