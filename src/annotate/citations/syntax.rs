//! An outlet's name in its clause: as the subject of a verb of reporting, as the one who is told, as
//! the partner of an interview, as the agent of "quoted by", with whatever else stands between.
//!
//! Turns of phrase that touch the name are [`turns`](super::turns); here is what they cannot list. The words are
//! classes ([`lexicon`](super::lexicon)), the rules are about their order, and the same for all languages that write
//! words apart. Linear in the sentence.

use super::clause::{
    Border, ClauseWord, REACH, sentence_after, sentence_before, words_after, words_before,
};
use super::lexicon::LEXICON as LEX;
use super::names::is_arabic;
use super::turns::TURNS;

/// Words of a phrase of place or occasion, with its preposition.
const OCCASION_WORDS: usize = 6;
/// Words between a verb that opens its clause and the name: the speaker ("disse o chefe dos bombeiros à").
const SPEAKER_WORDS: usize = 8;
/// Words between "interview" and "with": the adjective.
const ADJECTIVE_WORDS: usize = 2;
/// Words of what is confirmed to an outlet: "confirmed these figures to".
const OBJECT_WORDS: usize = 3;
/// Words of a reporter's name.
const NAME_WORDS: usize = 3;
/// Words that name whose words an outlet quotes.
const QUOTED_SPEAKER_WORDS: usize = 3;
/// Words of an insertion between two commas.
const INSERTION_WORDS: usize = 14;

/// Whether the name between `before` and `after` (its paragraph, lower case) is a source.
///
/// `told` says that the name itself carries the preposition "to" (Arabic).
pub(super) fn is_source(before: &str, after: &str, told: bool) -> bool {
    let Some(place) = Surroundings::new(before, after, told) else { return false };
    let Surroundings { noun_phrase, outer, right, told } = &place;
    is_told(noun_phrase, outer, *told)
        || is_told_by_verb(outer, right)
        || is_told_by_ending(right, after)
        || is_work_of(outer)
        || is_partner(outer, *told)
        || is_agent(outer)
        || is_late_subject(outer, right, after)
        || is_subject(noun_phrase, outer, right, after)
}

/// Whether the outlet between `before` and `after` was itself told, or one of its people was there.
pub(super) fn is_own_reporting(before: &str, after: &str, told: bool) -> bool {
    let Some(place) = Surroundings::new(before, after, told) else { return false };
    let Surroundings { noun_phrase, outer, right, told } = &place;
    let is_person = |words: &[ClauseWord]| words.first().is_some_and(|w| LEX.is_person(w.text));
    let of = outer.first().is_some_and(|w| LEX.is_of(w.text));
    TURNS.is_of_own_reporting(before)
        || is_told(noun_phrase, outer, *told)
        || is_told_by_verb(outer, right)
        || is_told_by_ending(right, after)
        || is_partner(outer, *told)
        || is_person(right) && right.first().is_some_and(|w| w.border == Border::None)
        || is_person(outer)
        || of && is_person(&outer[1..])
}

/// The words round a name: those of its noun phrase, those before it from the nearest on, those after it.
struct Surroundings<'t> {
    noun_phrase: Vec<ClauseWord<'t>>,
    outer: Vec<ClauseWord<'t>>,
    right: Vec<ClauseWord<'t>>,
    /// The name is in the dative, or carries the preposition "to".
    told: bool,
}

impl<'t> Surroundings<'t> {
    /// `None` if the name is a part of another noun, or belongs to a part of the outlet that does not speak for it.
    fn new(before: &'t str, after: &'t str, told: bool) -> Option<Surroundings<'t>> {
        let mut noun_phrase = words_before(sentence_before(before));
        let right = words_after(sentence_after(after));
        let inner = noun_phrase
            .iter()
            .enumerate()
            .take_while(|(i, w)| {
                LEX.is_outlet_word(w.text)
                    && (w.border < Border::Comma || (*i == 0 && w.border == Border::Comma))
            })
            .count();
        let outer = noun_phrase.split_off(inner);
        let told = told || noun_phrase.last().is_some_and(|w| is_arabic_to(w.text));
        // "RT-Chefin": a compound is the outlet's only if it is one of its people or its kind.
        let compound = after.starts_with('-')
            && !right.first().is_some_and(|w| LEX.is_person(w.text) || LEX.is_outlet_word(w.text));
        let of_part =
            outer.first().is_some_and(|w| LEX.is_part(w.text) && w.border < Border::Comma);
        (!compound && !of_part).then_some(Surroundings { noun_phrase, outer, right, told })
    }
}

/// "declarou na quarta-feira à Sputnik", "disse o chefe dos bombeiros à AP", "sagte am Sonntag der AFP".
fn is_told(noun_phrase: &[ClauseWord], outer: &[ClauseWord], told: bool) -> bool {
    let dative = noun_phrase.last().is_some_and(|w| LEX.is_dative(w.text));
    // "в разговоре с корреспондентом RT", "لمراسل رويترز".
    let people = outer.iter().take_while(|w| LEX.is_person(w.text)).count();
    let told = told || outer[..people].iter().any(|w| is_arabic_to(w.text));
    let outer = &outer[people..];
    let to = outer.first().is_some_and(|w| LEX.is_to(w.text) && w.border == Border::None);
    if !(to || told || dative) {
        return false;
    }
    let outer = if to { &outer[1..] } else { outer };
    let agency = dative && noun_phrase.len() > 1;
    let mut plain = true;
    for (i, word) in outer.iter().take(REACH).enumerate() {
        if word.border >= Border::Comma && !agency {
            return false;
        }
        if LEX.tells(word.text) {
            // "confirmée par le ministère à".
            let agent = i > 0 && LEX.is_by(outer[i - 1].text);
            let early = i <= SPEAKER_WORDS && is_clause_border(outer, i);
            let object = i <= OBJECT_WORDS && !LEX.is_part(outer[0].text);
            return plain || dative || told || agent || early || object;
        }
        // "« ... », a lancé le député à": whatever the verb, it follows a quotation.
        if to && i <= SPEAKER_WORDS && i > 0 && is_after_quote(outer, i) {
            return true;
        }
        if LEX.blocks(word.text) && !dative {
            return false;
        }
        plain &= LEX.is_adverb(word.text);
    }
    false
}

/// "je za Sputnik rekla".
fn is_told_by_verb(outer: &[ClauseWord], right: &[ClauseWord]) -> bool {
    outer.first().is_some_and(|w| LEX.is_told_by(w.text) && w.border == Border::None)
        && right.first().is_some_and(|w| LEX.tells(w.text) && w.border == Border::None)
}

/// "Reuters'a … söyledi": the ending says who is told, and the verb ends its clause.
fn is_told_by_ending(right: &[ClauseWord], after: &str) -> bool {
    let Some((ending, rest)) = right.split_first() else { return false };
    after.starts_with('\'')
        && LEX.is_dative_ending(ending.text)
        && rest.iter().enumerate().any(|(i, word)| {
            LEX.tells(word.text) && rest.get(i + 1).is_none_or(|next| next.border >= Border::Comma)
        })
}

/// "in an exclusive interview with", "в разговоре с корреспондентом".
fn is_partner(outer: &[ClauseWord], told: bool) -> bool {
    let people = outer.iter().take_while(|w| LEX.is_person(w.text)).count();
    let told = told || outer[..people].iter().any(|w| is_arabic_to(w.text));
    let mut rest = &outer[people..];
    // "в беседе с журналистами, включая корреспондента".
    if people > 0 && rest.iter().take(2).any(|w| LEX.includes(w.text)) {
        return rest.iter().take(OCCASION_WORDS).any(|w| LEX.is_statement(w.text));
    }
    if !told {
        let Some((to, more)) = rest.split_first() else { return false };
        if !LEX.is_to(to.text) || to.border >= Border::Comma {
            return false;
        }
        rest = more;
    }
    for word in rest.iter().take(ADJECTIVE_WORDS + 1) {
        if word.border >= Border::Comma || LEX.blocks(word.text) {
            return false;
        }
        if LEX.is_statement(word.text) {
            return true;
        }
    }
    false
}

/// "diffusé mardi par la BBC", "documentos vistos por Reuters".
fn is_agent(outer: &[ClauseWord]) -> bool {
    let by = outer.first().is_some_and(|w| LEX.is_by(w.text) && w.border == Border::None);
    let mut rest = outer.iter().skip(1).take(OCCASION_WORDS);
    by && rest
        .find(|w| !LEX.is_adverb(w.text) && w.text != "and")
        .is_some_and(|w| w.border < Border::Comma && LEX.is_done(w.text))
}

/// "d'après un décompte de l'Associated Press", "de acuerdo con el corresponsal de".
fn is_work_of(outer: &[ClauseWord]) -> bool {
    let of = outer.first().is_some_and(|w| LEX.is_of(w.text) && w.border == Border::None);
    let outer = if of { &outer[1..] } else { outer };
    let mut named = false;
    for word in outer.iter().take(OCCASION_WORDS) {
        if named && LEX.is_according(word.text) {
            return true;
        }
        if word.border >= Border::Comma || LEX.blocks(word.text) {
            return false;
        }
        named |= LEX.is_work(word.text) || LEX.is_person(word.text);
    }
    false
}

/// A verb of reporting before its subject: "сообщило во вторник агентство Синьхуа", "…, reportó el martes
/// la agencia Xinhua".
fn is_late_subject(outer: &[ClauseWord], right: &[ClauseWord], after: &str) -> bool {
    let arabic = |w: &ClauseWord| w.text.chars().next().is_some_and(is_arabic);
    let mut unknown = 0;
    // "informó un fotógrafo de la".
    let of_person =
        matches!(outer, [of, person, ..] if LEX.is_of(of.text) && LEX.is_person(person.text));
    let outer = if of_person { &outer[1..] } else { outer };
    let person = outer.first().is_some_and(|w| LEX.is_person(w.text));
    for (i, word) in outer.iter().take(REACH).enumerate() {
        if word.border >= Border::Comma || LEX.blocks(word.text) {
            return false;
        }
        if LEX.reports(word.text) || (person && LEX.witnesses(word.text)) {
            let next = right.first().map(|w| w.text);
            // "«…», — цитирует слова мэра".
            let words = i > 0 && LEX.opens(outer[i - 1].text);
            let most = if words { QUOTED_SPEAKER_WORDS } else { 1 };
            let quoted = unknown <= most && i > 0 && is_after_quote(outer, i);
            let opens = quoted
                || unknown == 0
                    && (is_clause_border(outer, i)
                        || follows_occasion(outer, i)
                        || (arabic(word) && word.text.ends_with(['ت', 'ا', 'ه'])));
            return opens && !LEX.lacks_clause(word.text, next) && !TURNS.is_of_itself(after);
        }
        if LEX.is_preposition(word.text) {
            unknown = 0;
        } else if !(LEX.is_adverb(word.text)
            || LEX.is_outlet_word(word.text)
            || LEX.is_person(word.text)
            || LEX.is_article(word.text)
            || matches!(word.text, "a" | "o"))
        {
            unknown += 1;
            if unknown > OCCASION_WORDS {
                return false;
            }
        }
    }
    false
}

/// "RIA Novosti, citing unnamed sources, on Monday reported", "An AFP reporter at the scene saw".
fn is_subject(
    noun_phrase: &[ClauseWord],
    outer: &[ClauseWord],
    right: &[ClauseWord],
    after: &str,
) -> bool {
    let Some(subject) = subject(outer) else { return false };
    let mut at = right
        .iter()
        .take_while(|w| w.border < Border::Comma && (w.text == "s" || LEX.is_outlet_word(w.text)))
        .count();
    let own = right[at..]
        .iter()
        .take_while(|w| w.border < Border::Comma && (LEX.is_person(w.text) || LEX.is_work(w.text)))
        .count();
    let person =
        subject == Subject::Person || right[at..at + own].iter().any(|w| LEX.is_person(w.text));
    at += own;
    // "the party's tabloid, Global Times, posted".
    let apposed = noun_phrase.first().is_some_and(|w| w.border == Border::Comma);
    let mut inserted = subject == Subject::Example || apposed;
    // "Al Jazeera's Omar Idris reports".
    if right.first().is_some_and(|w| w.text == "s") {
        let named = right[at..].iter().take(NAME_WORDS + 1);
        let named = named.take_while(|w| w.border == Border::None && !LEX.blocks(w.text));
        at += named.take_while(|w| !LEX.reports(w.text)).count().min(NAME_WORDS);
    }
    while let Some(word) = right.get(at).filter(|_| at < REACH) {
        if word.border == Border::Break {
            return false;
        }
        if word.border == Border::Comma {
            if subject == Subject::Example && LEX.reports(word.text) {
                return true;
            }
            if inserted && subject != Subject::Example && !LEX.reports(word.text) {
                return false;
            }
            if !inserted {
                let cites =
                    right[at..].iter().take(3).enumerate().any(|(i, w)| {
                        (i == 0 || w.border == Border::None) && LEX.is_citing(w.text)
                    });
                if cites {
                    return true;
                }
                let closing = right[at + 1..]
                    .iter()
                    .take(INSERTION_WORDS)
                    .position(|w| w.border >= Border::Comma);
                let Some(closing) = closing else { return false };
                inserted = true;
                at += 1 + closing;
                if !is_verb(right, at, person) {
                    // The verb need not be the first word: ", on Monday reported".
                    let Some(word) = right.get(at) else { return false };
                    if !(LEX.is_adverb(word.text) || LEX.is_preposition(word.text)) {
                        return false;
                    }
                    at += 1;
                }
                continue;
            }
        }
        if LEX.blocks(word.text) {
            return false;
        }
        if is_verb(right, at, person) {
            let next = right.get(at + 1).filter(|w| w.border == Border::None).map(|w| w.text);
            return !LEX.lacks_clause(word.text, next)
                && !TURNS.is_of_itself(after.get(word.end..).unwrap_or_default());
        }
        if right.get(at + 1).is_some_and(|next| LEX.opens_speech(word.text, next.text)) {
            let end = right.get(at + 1).map_or(word.end, |next| next.end);
            return !TURNS.is_of_itself(after.get(end..).unwrap_or_default());
        }
        if LEX.is_preposition(word.text) {
            let Some(next) = after_occasion(right, at, person) else { return false };
            at = next;
        } else if LEX.is_adverb(word.text) {
            at += 1;
        } else {
            return false;
        }
    }
    false
}

/// How the outlet is the subject of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// Itself, or a work of its own.
    Outlet,
    /// Through one of its people: "a reporter of".
    Person,
    /// As an example: "Russian media, including".
    Example,
}

/// What the words before the name make of it; `None` if it is no subject.
fn subject(outer: &[ClauseWord]) -> Option<Subject> {
    let Some(first) = outer.first() else { return Some(Subject::Outlet) };
    if outer.iter().take(3).any(|w| LEX.includes(w.text)) {
        return Some(Subject::Example);
    }
    if LEX.is_person(first.text) {
        return Some(Subject::Person);
    }
    if LEX.is_work(first.text) {
        return Some(Subject::Outlet);
    }
    if first.border >= Border::Comma || LEX.opens(first.text) {
        return Some(Subject::Outlet);
    }
    if LEX.is_of(first.text) {
        let second = outer.get(1).filter(|w| w.border == Border::None)?;
        if LEX.is_person(second.text) {
            return Some(Subject::Person);
        }
        return LEX.is_work(second.text).then_some(Subject::Outlet);
    }
    if matches!(first.text, "a" | "o") || LEX.is_adverb(first.text) {
        return Some(Subject::Outlet);
    }
    None
}

/// Position after the phrase of place or occasion that begins at `at`: at its verb, its comma, or
/// behind it.
fn after_occasion(right: &[ClauseWord], at: usize, person: bool) -> Option<usize> {
    let mut next = at + 1;
    while next < right.len() && next <= at + OCCASION_WORDS {
        let word = right[next];
        if LEX.blocks(word.text) {
            return None;
        }
        if word.border >= Border::Comma || is_verb(right, next, person) {
            return Some(next);
        }
        next += 1;
    }
    None
}

/// Whether the word is a verb by which an outlet, or its person on the scene, reports. A word after an
/// article is none ("the report").
fn is_verb(right: &[ClauseWord], at: usize, person: bool) -> bool {
    let Some(word) = right.get(at) else { return false };
    let before = at.checked_sub(1).map_or("", |i| right[i].text);
    let noun = LEX.is_article(before);
    (LEX.reports(word.text) && !(noun && word.border == Border::None))
        || (person && LEX.witnesses(word.text))
}

/// Whether the word at `i` begins its clause, an opening word ("as", "как") left out.
fn is_clause_border(outer: &[ClauseWord], i: usize) -> bool {
    match outer.get(i + 1) {
        None => true,
        Some(word) => {
            word.border >= Border::Wrap
                || LEX.opens(word.text)
                // "a indiqué", "ha informado", "lo dio a conocer".
                || (LEX.is_auxiliary(word.text)
                    && is_clause_border(outer, i + 1))
        }
    }
}

/// Whether a quotation ends, and its sentence goes on, before the word at `i`: "«...», — ".
fn is_after_quote(outer: &[ClauseWord], i: usize) -> bool {
    outer.get(i + 1).is_some_and(|w| w.quoted)
}

/// Whether the words before that at `i` are a phrase of place or occasion that begins the clause: "In einem
/// Leitartikel drohte".
fn follows_occasion(outer: &[ClauseWord], i: usize) -> bool {
    let rest = outer.get(i + 1..).unwrap_or_default();
    let phrase = rest.iter().take(OCCASION_WORDS).position(|w| {
        w.border >= Border::Comma || LEX.blocks(w.text) || LEX.is_preposition(w.text)
    });
    phrase.is_some_and(|at| {
        LEX.is_preposition(rest[at].text)
            && rest[at].border < Border::Comma
            && rest.get(at + 1).is_none_or(|w| w.border >= Border::Comma)
    })
}

/// Whether an Arabic word carries the preposition "to": "for agency", "for correspondent".
fn is_arabic_to(word: &str) -> bool {
    word.starts_with('ل') && word.chars().count() > 3
}
