//! Lines that work a page or state its particulars, and are no part of the text: buttons ("Print Email
//! Text size"), counters, the line of its date, its copyright notice. Known by consisting of nothing
//! else: a sentence that has one of these words in it stays.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::languages;

/// Longest such line, in characters.
const CONTROL_CHARS: usize = 100;
/// Most words of a line that is a date: label, day, clock, zone, name.
const DATE_WORDS: usize = 12;

/// Words of buttons and counters in all languages.
static BUTTONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| languages::words(|l| l.page.buttons).collect());

/// Whether a line is a control of the page.
pub(super) fn is_control(line: &str) -> bool {
    if line.chars().nth(CONTROL_CHARS).is_some() {
        return false;
    }
    let lower = line.to_lowercase();
    is_wordless(&lower) || is_buttons(&lower) || is_date_line(&lower) || is_ownership(&lower)
}

/// Signs only: a ruler, a row of stars, a lone arrow.
fn is_wordless(line: &str) -> bool {
    !line.contains(char::is_alphanumeric)
}

/// Words of buttons and counters, and nothing else but numbers and signs.
fn is_buttons(line: &str) -> bool {
    let words = line.split(|c: char| !(c.is_alphabetic() || c == '-'));
    let mut words = words.map(|word| word.trim_matches('-')).filter(|word| !word.is_empty());
    line.contains(char::is_alphabetic) && words.all(|word| BUTTONS.contains(word))
}

/// A label and a day behind it, without a sentence.
fn is_date_line(line: &str) -> bool {
    let is_labelled = languages::phrases(|l| l.dates.labels).any(|label| line.starts_with(label));
    let words = line.split_whitespace().count();
    is_labelled
        && line.contains(char::is_numeric)
        && words <= DATE_WORDS
        && !line.ends_with(['.', '。'])
}

/// A notice of ownership: such a phrase at an end of the line, with a year, or as most of it.
fn is_ownership(line: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric() && c != '©';
    let bare = line.trim_matches(is_sign);
    languages::phrases(|l| l.page.ownership).any(|phrase| {
        let is_most = phrase.chars().count() * 2 >= bare.chars().count();
        bare.contains(phrase)
            && (bare.starts_with(phrase) || bare.ends_with(phrase) || has_year(bare) || is_most)
    })
}

fn has_year(line: &str) -> bool {
    let mut numbers = line.split(|c: char| !c.is_ascii_digit());
    numbers.any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: bool) {
        for line in lines {
            assert_eq!(is_control(line), expected, "{line}");
        }
    }

    #[test]
    fn buttons_and_counters_go() {
        check(
            &[
                "Share | Tweet | Print",
                "Comments (3)",
                "Прочтений: 431",
                "By",
                "分享 打印 字号：大 中 小",
                "Αποστολή Εκτύπωση Μέγεθος κειμένου Μοιραστείτε το:",
                "مشاركة",
                "***",
                "___",
                "A- A+",
            ],
            true,
        );
        check(
            &[
                "Share prices fell.",
                "Print is dead",
                "By A. Writer",
                "3:2",
                "1,200",
                "Печать закрыта",
            ],
            false,
        );
    }

    #[test]
    fn lines_of_dates_go() {
        check(
            &[
                "Last updated at 10:01 AM on 12th January 2012",
                "Data publikacji: 03.01.2012",
                "Ημερομηνία δημοσίευσης: 30 Δεκεμβρίου 2011",
                "发布时间：2020-01-02 10:00",
            ],
            true,
        );
        check(
            &[
                "Published in 2012, the book was a success.",
                "Posted on the door was a note",
                "Updated rules for 12 ports were announced by the ministry on Monday.",
            ],
            false,
        );
    }

    #[test]
    fn notices_of_ownership_go() {
        check(
            &[
                "Copyright © 2012 The Post",
                "© The Post, 2012. All rights reserved",
                "版權所有。",
                "All Rights Reserved.",
                "（内容由某社提供，未经授权，不得转载。）",
            ],
            true,
        );
        check(
            &[
                "The author said that all rights reserved by the state should be returned to the people.",
            ],
            false,
        );
    }
}
