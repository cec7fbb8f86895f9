//! Which runs of words a reader may take for one expression: a word, a name, a whole run of words between function words and
//! punctuation, or a part of one that stands among different words elsewhere. "Carrying a team" is no expression, "Kesh
//! Plateau" in "snow-covered Kesh Plateau" is one.

use std::ops::Range;

use crate::text::{Running, for_each_phrase, hash_of_run};

/// Most words of an expression that is no name; a compound with hyphens counts as one.
const MAX_WORDS: usize = 3;
/// Most words of a name, small words included.
const MAX_NAME: usize = 5;
/// Small words inside names.
const INSIDE_NAMES: [&str; 12] =
    ["of", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "van", "von"];
/// Endings of English words that end a clause rather than an expression: "insurers removed", "helicopter carrying".
const VERB_ENDINGS: [&str; 2] = ["ed", "ing"];

/// A run of words that may be an expression.
pub(super) struct Candidate {
    /// Equal for equal runs.
    pub(super) hash: u64,
    /// Its words.
    pub(super) place: Range<usize>,
    /// The words before and after it in a longer run; `None` at the border of a run. What stands between the same two words
    /// wherever it is used is a piece of something longer.
    pub(super) around: [Option<u64>; 2],
}

/// Calls `visit` with every candidate; each place once.
pub(super) fn for_each_candidate(
    words: &[Running<'_>],
    language: &str,
    mut visit: impl FnMut(Candidate),
) {
    // Scripts without spaces: dictionary words, and what is put together of them.
    if words.iter().any(|word| word.glued) {
        for_each_phrase(words, 1..=MAX_WORDS, |hash, place| {
            visit(Candidate { hash, place, around: [None, None] });
        });
        return;
    }
    let mut say = |place: Range<usize>, around| {
        visit(Candidate { hash: hash_of_run(&words[place.clone()]), place, around });
    };
    let mut start = 0;
    while start < words.len() {
        if !words[start].solid {
            start += 1;
            continue;
        }
        let goes_on = |word: &&Running| word.solid && (!word.after_break || word.joined);
        let end = start + 1 + words[start + 1..].iter().take_while(goes_on).count();
        run(words, start..end, language, &mut say);
        start = end;
    }
    names_with_small_words(words, &mut say);
}

/// The candidates of a run of words without function words or punctuation: each word, the names in it, or else its parts.
fn run(
    words: &[Running<'_>],
    run: Range<usize>,
    language: &str,
    say: &mut impl FnMut(Range<usize>, [Option<u64>; 2]),
) {
    const ALONE: [Option<u64>; 2] = [None, None];
    let units = units(words, run.clone());
    for unit in &units {
        let letters = words[unit.clone()].iter().map(|word| word.written.chars().count());
        if letters.sum::<usize>() >= 2 {
            say(unit.clone(), ALONE);
        }
    }
    let mut has_name = false;
    for names in units.chunk_by(|a, b| is_capital(words, a) == is_capital(words, b)) {
        let place = names[0].start..names[names.len() - 1].end;
        let is_part = place != run;
        if is_part && is_capital(words, &names[0]) && (2..=MAX_NAME).contains(&names.len()) {
            has_name = true;
            say(place, ALONE);
        }
    }
    if has_name {
        return;
    }
    for length in 2..=MAX_WORDS {
        for part in units.windows(length) {
            let place = part[0].start..part[length - 1].end;
            if !ends_a_clause(&words[place.end - 1], language) {
                let before = (place.start > run.start).then(|| words[place.start - 1].hash);
                let after = (place.end < run.end).then(|| words[place.end].hash);
                say(place, [before, after]);
            }
        }
    }
}

/// The words of a run; those with a hyphen between them are one.
fn units(words: &[Running<'_>], run: Range<usize>) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for i in run.clone() {
        match units.last_mut() {
            Some(unit) if i > run.start && words[i].joined => unit.end = i + 1,
            _ => units.push(i..i + 1),
        }
    }
    units
}

/// Names with a small word inside: "Bank of Norland".
fn names_with_small_words(
    words: &[Running<'_>],
    say: &mut impl FnMut(Range<usize>, [Option<u64>; 2]),
) {
    let is_part = |i: usize| words[i].solid && is_capital(words, &(i..i + 1));
    for (i, word) in words.iter().enumerate() {
        let is_inside = i > 0
            && i + 1 < words.len()
            && INSIDE_NAMES.contains(&word.written)
            && !word.after_break
            && !words[i + 1].after_break
            && is_part(i - 1)
            && is_part(i + 1);
        if !is_inside {
            continue;
        }
        let (mut start, mut end) = (i - 1, i + 2);
        while start > 0 && is_part(start - 1) && !words[start].after_break {
            start -= 1;
        }
        while end < words.len() && is_part(end) && !words[end].after_break {
            end += 1;
        }
        if end - start <= MAX_NAME {
            say(start..end, [None, None]);
        }
    }
}

fn is_capital(words: &[Running<'_>], unit: &Range<usize>) -> bool {
    words[unit.start].written.starts_with(char::is_uppercase)
}

fn ends_a_clause(word: &Running<'_>, language: &str) -> bool {
    language == "en" && VERB_ENDINGS.iter().any(|ending| word.written.ends_with(ending))
}

/// Whether a run is written as a name. A single word at the beginning of a sentence has its capital from there, unless all of
/// it is in capitals.
pub(super) fn is_name(run: &[Running<'_>]) -> bool {
    let is_capital = |word: &Running| word.written.starts_with(char::is_uppercase);
    let Some(first) = run.first() else { return false };
    let is_initialism = !first.written.chars().any(char::is_lowercase) && first.written.len() > 1;
    let is_alone = run.len() == 1 && first.after_break && !is_initialism;
    is_capital(first)
        && !is_alone
        && run.iter().all(|word| !word.solid || word.joined || is_capital(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{join_as_written, running};

    #[track_caller]
    fn check(text: &str, language: &str, expected: &[&str]) {
        let words = running(text, language);
        let mut found = Vec::new();
        for_each_candidate(&words, language, |found_run| {
            if found_run.place.len() > 1 && found_run.around == [None, None] {
                found.push(join_as_written(&words[found_run.place]));
            }
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn whole_runs_and_names_are_expressions() {
        check("a frozen river in the north", "en", &["frozen river"]);
        check("the snow-covered Kesh Plateau", "en", &["snow-covered", "Kesh Plateau"]);
        check("the Bank of Norland waits", "en", &["Norland waits", "Bank of Norland"]);
        check("deputy minister Marek Dolan resigned today", "en", &["Marek Dolan"]);
    }

    #[test]
    fn pieces_of_clauses_are_none() {
        check("insurers removed the seals", "en", &[]);
        check("a tax that nobody can explain is rarely a good tax", "en", &["good tax"]);
    }

    #[test]
    fn capitals_tell_names() {
        let is = |text: &str| is_name(&running(text, "en"));
        assert!(is("Kesh Plateau") && is("TASS") && is("Bank of Norland"));
        assert!(!is("Plateau") && !is("kesh") && !is("Kesh plateau"));
    }
}
