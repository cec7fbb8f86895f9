//! Letters of another script that look the same: a copy in which some Latin letters are replaced by
//! Cyrillic or Greek twins reads as before and shares no word with its source.
//!
//! Only words in which two scripts are mixed are touched, so that no honest word changes. The twins
//! are those of Unicode Technical Standard 39 ("confusables") that survive folding to lower case, and
//! the ones that are twins as capitals (В and B).

/// Cyrillic and Greek letters and their Latin twins, lower case; of several twins of one Latin letter
/// the first in each script is the one it is turned back into.
const TWINS: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('н', 'h'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'n'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'y'),
    ('χ', 'x'),
    ('ζ', 'z'),
];

/// Whether a letter is of a script that has twins of Latin letters: Greek or Cyrillic.
#[inline]
pub(super) fn may_look_latin(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52F}')
}

/// Turns the twins in a folded word that mixes scripts into letters of the one it is written in: the
/// script that has letters without a twin, else the one with more letters, else Latin. A word in
/// which both have letters of their own stays.
pub(super) fn unmix(word: &mut String) {
    let latin = || word.chars().filter(char::is_ascii_alphabetic);
    let other = || word.chars().filter(|c| may_look_latin(*c));
    let is_greek = 2 * other().filter(|c| is_greek(*c)).count() > other().count();
    let twins = || TWINS.iter().filter(|(twin, _)| self::is_greek(*twin) == is_greek);
    let to_latin = |c: char| TWINS.iter().find(|(twin, _)| *twin == c).map(|(_, latin)| *latin);
    let to_other = |c: char| twins().find(|(_, latin)| *latin == c).map(|(twin, _)| *twin);
    let is_latin = latin().any(|c| to_other(c).is_none());
    let is_other = other().any(|c| to_latin(c).is_none());
    if latin().next().is_none() || other().next().is_none() || is_latin && is_other {
        return;
    }
    let turns_latin = is_latin || !is_other && latin().count() >= other().count();
    let turned = |c: char| if turns_latin { to_latin(c) } else { to_other(c) }.unwrap_or(c);
    *word = word.chars().map(turned).collect();
}

fn is_greek(c: char) -> bool {
    c < '\u{400}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let mut unmixed = word.to_owned();
        unmix(&mut unmixed);
        assert_eq!(unmixed, expected);
    }

    #[test]
    fn the_script_with_letters_of_its_own_wins() {
        check("rеgimе", "regime");
        check("пpaвитeльcтвo", "правительство");
        check("κυβερνηση", "κυβερνηση");
        check("κυβeρνηση", "κυβερνηση");
    }

    #[test]
    fn without_such_letters_the_majority_does() {
        check("cоat", "coat");
        check("моcт", "мост");
    }

    #[test]
    fn words_of_one_script_and_true_mixtures_stay() {
        for word in ["moscow", "москва", "вебlink", "g20", "су35", "é"] {
            check(word, word);
        }
    }
}
