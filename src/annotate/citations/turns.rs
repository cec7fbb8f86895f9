//! Turns of phrase that touch an outlet's name, of all languages together, and how they are stripped off a text.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lexicon::LEXICON;
use crate::text::is_unsegmented;
use crate::text::languages::{phrases, words};

/// Words between a phrase and a name.
pub(super) const MAX_FILLERS: usize = 7;
/// Punctuation that may stand between a name and the words round it.
pub(super) const WRAPPING: &[char] = &[
    ' ', '\u{a0}', '"', '\'', '“', '”', '„', '‘', '’', '«', '»', '(', ')', '（', '）', '《', '》',
    '「', '」', '\u{200f}',
];

/// The turns of phrase of all languages; those beside the name are found by the word next to it.
pub(super) struct Turns {
    before: FxHashMap<&'static str, Vec<&'static str>>,
    after: FxHashMap<&'static str, Vec<&'static str>>,
    fillers: FxHashSet<&'static str>,
    pub(super) credits: Vec<&'static str>,
    pub(super) credits_in_brackets: Vec<&'static str>,
    pub(super) credits_on_own_line: Vec<&'static str>,
    pub(super) contributed: Vec<&'static str>,
    pub(super) own_reporting: Vec<&'static str>,
    pub(super) authoring: Vec<&'static str>,
    pub(super) interviews: Vec<&'static str>,
    pub(super) with_agencies: Vec<&'static str>,
    pub(super) media: Vec<&'static str>,
    pub(super) no_media: Vec<&'static str>,
    pub(super) by_name: Vec<&'static str>,
    pub(super) conjunctions: Vec<&'static str>,
    pub(super) citing: Vec<&'static str>,
    pub(super) of_itself: Vec<&'static str>,
    pub(super) object_clause: Vec<&'static str>,
    pub(super) belongings: Vec<&'static str>,
    pub(super) owned_works: Vec<&'static str>,
    pub(super) products: Vec<&'static str>,
    pub(super) banning: Vec<&'static str>,
    pub(super) published: Vec<&'static str>,
    pub(super) first: Vec<&'static str>,
    pub(super) picture: Vec<&'static str>,
}

/// The turns of phrase, built when first asked for.
pub(super) static TURNS: LazyLock<Turns> = LazyLock::new(|| {
    let mut before: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for phrase in phrases(|l| l.turns.before) {
        before.entry(phrase.rsplit(' ').next().unwrap_or(phrase)).or_default().push(phrase);
    }
    let mut after: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for phrase in phrases(|l| l.turns.after) {
        after.entry(phrase.split(' ').next().unwrap_or(phrase)).or_default().push(phrase);
    }
    Turns {
        before,
        after,
        fillers: words(|l| l.turns.fillers).collect(),
        credits: phrases(|l| l.turns.credits).chain(phrases(|l| l.unspaced.credits)).collect(),
        credits_in_brackets: words(|l| l.turns.credits_in_brackets).collect(),
        credits_on_own_line: phrases(|l| l.turns.credits_on_own_line).collect(),
        contributed: phrases(|l| l.turns.contributed).collect(),
        own_reporting: phrases(|l| l.turns.own_reporting).collect(),
        authoring: phrases(|l| l.turns.authoring).collect(),
        interviews: phrases(|l| l.turns.interviews).collect(),
        with_agencies: phrases(|l| l.turns.with_agencies).collect(),
        media: words(|l| l.turns.media).collect(),
        no_media: words(|l| l.turns.no_media).collect(),
        by_name: words(|l| l.turns.by_name).collect(),
        conjunctions: words(|l| l.turns.conjunctions).collect(),
        citing: phrases(|l| l.turns.citing).collect(),
        of_itself: phrases(|l| l.turns.of_itself).collect(),
        object_clause: phrases(|l| l.turns.object_clause).collect(),
        belongings: words(|l| l.turns.belongings).collect(),
        owned_works: words(|l| l.turns.owned_works).collect(),
        products: phrases(|l| l.turns.products).collect(),
        banning: words(|l| l.turns.banning).collect(),
        published: words(|l| l.turns.published).collect(),
        first: words(|l| l.turns.first).collect(),
        picture: words(|l| l.turns.picture).collect(),
    }
});

impl Turns {
    /// Whether a word may stand between a turn of phrase and the name.
    pub(super) fn is_filler(&self, word: &str) -> bool {
        let adjective =
            ["'s", "-based", "-run", "-owned", "-funded", "-backed", "-controlled", "-language"];
        self.fillers.contains(word)
            || LEXICON.is_outlet_word(word)
            || adjective.iter().any(|ending| word.ends_with(ending))
    }

    /// The phrase that ends where the name begins, fillers left out.
    pub(super) fn phrase_before(&self, before: &str) -> Option<&'static str> {
        let mut left = before;
        for _ in 0..=MAX_FILLERS {
            left = left.trim_end_matches(WRAPPING);
            let word = left.rsplit([' ', '\u{a0}', '(', '"', '«', '“']).next()?;
            // "…, so Xinhua": only after a comma.
            let phrases = self.before.get(word).map_or(&[][..], Vec::as_slice);
            let found = phrases.iter().find(|p| match strip_last(left, p) {
                Some(head) => **p != "so" || head.trim_end().ends_with(','),
                None => false,
            });
            if let Some(phrase) = found {
                return Some(phrase);
            }
            // "the state news agency, TASS": a comma may stand right before the name.
            let bare = if left.len() == before.trim_end_matches(WRAPPING).len() {
                word.trim_end_matches(',')
            } else {
                word
            };
            if word.is_empty() || !self.is_filler(bare) {
                return None;
            }
            left = &left[..left.len() - word.len()];
        }
        None
    }

    /// What follows the phrase that begins where the name ends, fillers left out.
    pub(super) fn phrase_after<'t>(&self, after: &'t str) -> Option<&'t str> {
        let mut right = after;
        for _ in 0..=MAX_FILLERS {
            right = right.trim_start_matches(WRAPPING);
            let end = right.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(right.len());
            let word = &right[..end];
            let phrases = self.after.get(word).map_or(&[][..], Vec::as_slice);
            if let Some(rest) = phrases.iter().find_map(|p| strip_first(right, p)) {
                return Some(rest);
            }
            if word.is_empty() || !self.is_filler(word) {
                return None;
            }
            right = &right[end..];
        }
        None
    }

    /// Whether a turn of phrase before the name says that the outlet was told or has seen for itself.
    pub(super) fn is_of_own_reporting(&self, before: &str) -> bool {
        self.phrase_before(before).is_some_and(|phrase| self.own_reporting.contains(&phrase))
    }

    /// Whether what follows a verb shows that the outlet speaks of itself.
    pub(super) fn is_of_itself(&self, after: &str) -> bool {
        let after = after.trim_start_matches([' ', ',']);
        self.of_itself.iter().any(|phrase| strip_first(after, phrase).is_some())
    }
}

/// `text` without `phrase` at its end, if that stands there as words of its own.
pub(super) fn strip_last<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    // Most phrases of a table end in another letter.
    if text.as_bytes().last() != phrase.as_bytes().last() {
        return None;
    }
    let head = text.strip_suffix(phrase)?;
    // The Arabic "and" is written together with the next word.
    let head = head.strip_suffix('و').unwrap_or(head);
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unsegmented(c));
    (!word(head.chars().next_back()) || !word(phrase.chars().next())).then_some(head)
}

/// `text` without `phrase` at its beginning, if that stands there as words of its own.
pub(super) fn strip_first<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(phrase)?;
    (!rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '-')).then_some(rest)
}

/// What follows a name without the case ending behind an apostrophe: "'ın aktardığına göre".
pub(super) fn without_case_ending(after: &str) -> &str {
    let ending = || {
        let rest = after.strip_prefix('\'')?;
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (ending, rest) = rest.split_at(end);
        LEXICON.is_ending(ending).then_some(rest)
    };
    ending().unwrap_or(after)
}

/// `text` without the words at its end that belong to the outlet's noun phrase ("agency", "the Russian").
pub(super) fn without_outlet_words(text: &str) -> &str {
    let mut left = text.trim_end_matches(WRAPPING);
    while let Some(word) = left.rsplit(WRAPPING).next() {
        if word.is_empty() || word.ends_with([':', '：']) || !LEXICON.is_outlet_word(word) {
            break;
        }
        left = left[..left.len() - word.len()].trim_end_matches(WRAPPING);
    }
    left
}
