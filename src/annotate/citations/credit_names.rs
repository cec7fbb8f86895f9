//! What a name in a credit position looks like: whether it may be a news organisation's, or is somebody else's.

use std::ops::Range;

use super::names::Mention;
use super::turns::TURNS;
use crate::text::{is_unsegmented, languages};

/// Longest name, in characters and in words.
const NAME_CHARS: usize = 48;
const NAME_WORDS: usize = 5;
/// Letters of a name in capitals.
const ACRONYM: std::ops::RangeInclusive<usize> = 2..=6;
/// People whom others than the press have too: an ISS crew, a CIA source.
const ANYBODYS: &[&str] = &[
    "crew",
    "team",
    "source",
    "sources",
    "staff",
    "producer",
    "источник",
    "источники",
    "собеседник",
    "fuente",
    "fuentes",
    "źródło",
    "equipo",
    "équipe",
];
/// Broadcasters: what one was told is quoted from it, and no text of its own is carried by others.
const BROADCASTERS: &[&str] = &[
    "ABC", "ARD", "BBC", "CBC", "CBS", "CNBC", "CNN", "ITV", "KBS", "LBC", "MBC", "MSNBC", "NBC",
    "NDR", "NHK", "NPR", "NRK", "NTV", "ORF", "PBS", "RAI", "RTE", "RTL", "SBS", "SVT", "TVN",
    "TVP", "WDR", "YLE", "ZDF", "НТВ", "ОРТ",
];
/// An agency's name before a family name is a first name: "Ansa Korhonen".
pub(super) fn is_person(text: &str, mention: &Mention) -> bool {
    let name = text.get(mention.span.clone()).unwrap_or_default();
    let rest = text.get(mention.span.end..).unwrap_or_default();
    let next =
        rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let is_capital = |c: char| c.is_uppercase() || !c.is_alphabetic();
    !name.chars().all(is_capital)
        && next.is_some_and(|word| {
            word.starts_with(char::is_uppercase)
                && !TURNS.media.contains(&word.to_lowercase().as_str())
        })
}

/// A name as such: a few words that begin with a capital, or characters without case.
pub(super) fn is_name(name: &str) -> bool {
    let name = name.trim();
    let first = name.chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && name.chars().count() <= NAME_CHARS
        && name.split_whitespace().count() <= NAME_WORDS
        && !TURNS.no_media.contains(&name)
}

/// One word with a capital, no name of a person in full.
pub(super) fn is_word_alone(name: &str) -> bool {
    is_name(name) && !name.contains(char::is_whitespace) && name.is_ascii() && name.len() > 1
}

/// A name that an organisation of news has: capitals, or a word such as "agency" in it.
pub(super) fn is_media_name(name: &str) -> bool {
    if !is_name(name) {
        return false;
    }
    if is_unspaced(name) {
        return TURNS.media.iter().any(|ending| has_unspaced_ending(name, ending));
    }
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    is_acronym(name) || name.contains(' ') && words.any(|word| TURNS.media.contains(&word))
}

fn has_unspaced_ending(name: &str, ending: &str) -> bool {
    is_unspaced(ending) && name.len() > ending.len() && name.ends_with(ending)
}

pub(super) fn is_unspaced(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_unsegmented)
}

pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().count();
    ACRONYM.contains(&letters)
        && word.chars().all(char::is_uppercase)
        && !TURNS.no_media.contains(&word)
}

/// Whether the name is a broadcaster's, or that of a body whose people are no reporters: "an ISS crew".
pub(super) fn is_of_anybody(text: &str, span: &Range<usize>) -> bool {
    let name = text.get(span.clone()).unwrap_or_default();
    let rest = text.get(span.end..).unwrap_or_default();
    let next = rest.trim_start_matches(' ').split(|c: char| !c.is_alphanumeric()).next();
    next.is_some_and(|next| ANYBODYS.contains(&next)) || BROADCASTERS.contains(&name)
}

/// Whether the words beside a name are in capitals too: a headline, a place.
pub(super) fn is_loud(text: &str, span: &Range<usize>) -> bool {
    let loud = |word: Option<&str>| {
        word.is_some_and(|w| {
            w.chars().filter(|c| c.is_alphabetic()).count() > 1
                && w.chars().all(|c| !c.is_lowercase())
        })
    };
    let before = text.get(..span.start).and_then(|t| t.split_whitespace().next_back());
    let after = text.get(span.end..).and_then(|t| t.split_whitespace().next());
    loud(before) && loud(after)
}

/// The name before the initials of its desk: "PAX/ab/cd//ef".
pub(super) fn without_initials(name: &str) -> &str {
    let mut parts = name.split('/').map(str::trim);
    let first = parts.next().unwrap_or(name);
    let is_initials = |part: &str| {
        part.chars().count() <= 5 && !part.chars().any(|c| c.is_uppercase() || c.is_whitespace())
    };
    if parts.all(is_initials) { first } else { name }
}

pub(super) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The name before a commentator's or reporter's title, a page or an edition: "某报评论员", "某报 03版".
pub(super) fn without_title(head: &str) -> &str {
    let name = head.split([' ', '\u{3000}', ' ']).next().unwrap_or(head);
    if !name.chars().any(is_unsegmented) {
        return head;
    }
    let cut =
        languages::phrases(|l| l.unspaced.reporter).filter_map(|title| name.find(title)).min();
    name.get(..cut.unwrap_or(name.len())).unwrap_or(name)
}

/// "Text:" names a writer, "Source:" a source.
pub(super) fn is_author_label(label: &str) -> bool {
    languages::phrases(|l| l.page.author_labels).any(|author| author == label)
}

pub(super) fn is_of_picture(lower: &str) -> bool {
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| TURNS.picture.contains(&word))
}
