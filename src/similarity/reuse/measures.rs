//! What the own text of a pair is like: how much of either article it is, how much of it is narration, how
//! many numerals it has, and how many others hold it.
//!
//! What stands near a passage tells nothing: nearly every passage of news has a verb of saying within a
//! sentence. What stands inside it does.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::model::{Article, Passage, PassageKind, ReuseMeasures};
use crate::text::count::length;
use crate::text::{for_each_hash, is_attributed, sentences, span};

use super::types::{AlignedPassage, SharedText};

/// Equal words in a row that count as equal narration: two are equal by chance ("of the").
const RUN: usize = 3;

/// Returns the measures of each pair by its passages; `None` for a pair without own ones. `quotes` are the
/// quotations of each article. O(texts of the articles with own passages) and O(passages).
pub(super) fn measures(
    articles: &[Article],
    quotes: &[Vec<Range<usize>>],
    pairs: &[SharedText],
    passages: &[Option<Vec<Passage>>],
) -> Vec<Option<ReuseMeasures>> {
    let has_own = |passages: &Option<Vec<Passage>>| {
        passages.iter().flatten().any(|passage| passage.kind == PassageKind::Own)
    };
    let of_own = pairs.iter().zip(passages).filter(|(_, passages)| has_own(passages));
    let mut wanted: Vec<usize> = of_own.flat_map(|(pair, _)| [pair.a, pair.b]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let narration: BTreeMap<usize, Vec<Range<usize>>> = wanted
        .into_par_iter()
        .map(|article| (article, narration(&articles[article].text, &quotes[article])))
        .collect();
    let measure = |(pair, passages): (&SharedText, &Option<Vec<Passage>>)| {
        let side = |article: usize| {
            Some(Side { text: &articles[article].text, narration: narration.get(&article)? })
        };
        let own = passages.iter().flatten().zip(&pair.passages);
        let own: Vec<_> = own.filter(|(passage, _)| passage.kind == PassageKind::Own).collect();
        if own.is_empty() { None } else { Some(measure(&side(pair.a)?, &side(pair.b)?, &own)) }
    };
    pairs.par_iter().zip(passages).map(measure).collect()
}

/// One article of a pair.
struct Side<'t> {
    text: &'t str,
    /// In order.
    narration: &'t [Range<usize>],
}

fn measure(earlier: &Side, later: &Side, own: &[(&Passage, &AlignedPassage)]) -> ReuseMeasures {
    let covered = |side: &Side, place: fn(&Passage) -> &Range<usize>| {
        let places = own.iter().map(|(passage, _)| place(passage).clone()).collect();
        let bytes: usize = span::union(places).iter().map(Range::len).sum();
        (bytes as f64 / side.text.trim().len().max(1) as f64).min(1.0)
    };
    let (mut own_words, mut narration_words, mut numerals) = (0, 0, 0);
    for (passage, _) in own {
        let text = earlier.text.get(passage.earlier.clone()).unwrap_or_default();
        let equal =
            equal_narration(earlier, &passage.earlier, later, &passage.later).min(passage.words);
        own_words += in_words(passage.words, text);
        narration_words += in_words(equal, text);
        numerals += self::numerals(text);
    }
    let sum =
        |count: fn(&AlignedPassage) -> usize| own.iter().map(|(_, s)| count(s)).sum::<usize>();
    ReuseMeasures {
        covered_earlier: covered(earlier, |passage| &passage.earlier),
        covered_later: covered(later, |passage| &passage.later),
        own_words,
        narration_words,
        numerals_per_hundred: 100.0 * numerals as f64 / own_words.max(1) as f64,
        common_grams: sum(|s| s.common) as f64 / sum(|s| s.linked).max(1) as f64,
    }
}

/// So many equal words (characters in scripts without spaces) of `text`, in words.
fn in_words(equal: usize, text: &str) -> usize {
    let length = length(text);
    equal * length.in_words() / length.units().max(1)
}

/// Words that begin with a digit.
fn numerals(text: &str) -> usize {
    let mut numerals = 0;
    for_each_hash(text, |word, _| {
        let first = text.get(word.start..).and_then(|word| word.chars().next());
        numerals += usize::from(first.is_some_and(char::is_numeric));
    });
    numerals
}

/// What an article tells in its own voice, in order: sentences that attribute nothing to a speaker or source,
/// less their quotations. O(text).
fn narration(text: &str, quotes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut narration = Vec::new();
    for sentence in sentences(text) {
        // Without its end mark: what follows it is the next sentence.
        let words = text.get(sentence.clone()).unwrap_or_default();
        let words = words.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        if is_attributed(text, &(sentence.start..sentence.start + words)) {
            continue;
        }
        let mut start = sentence.start;
        for quote in span::touching(quotes, &sentence) {
            if start < quote.start {
                narration.push(start..quote.start);
            }
            start = start.max(quote.end);
        }
        if start < sentence.end {
            narration.push(start..sentence.end);
        }
    }
    narration
}

/// Words of the narration in the earlier passage that stand in a run of [`RUN`] which the narration of the
/// later passage has too. O(passage).
fn equal_narration(
    earlier: &Side,
    in_earlier: &Range<usize>,
    later: &Side,
    in_later: &Range<usize>,
) -> usize {
    let words = narrated(later, in_later);
    let known: FxHashSet<&[Option<u64>]> =
        words.windows(RUN).filter(|run| run.iter().all(Option::is_some)).collect();
    let words = narrated(earlier, in_earlier);
    let (mut equal, mut end) = (0, 0);
    for (start, run) in words.windows(RUN).enumerate().filter(|(_, run)| known.contains(run)) {
        equal += start + run.len() - end.max(start);
        end = start + run.len();
    }
    equal
}

/// The words of a passage in order: the hash of each that is narration, `None` for others.
fn narrated(side: &Side, passage: &Range<usize>) -> Vec<Option<u64>> {
    let parts = span::touching(side.narration, passage);
    if parts.is_empty() {
        return Vec::new();
    }
    let mut rest = parts.iter().peekable();
    let mut words = Vec::new();
    for_each_hash(side.text.get(passage.clone()).unwrap_or_default(), |word, hash| {
        let at = passage.start + word.start;
        while rest.next_if(|part| part.end <= at).is_some() {}
        words.push(rest.peek().is_some_and(|part| part.contains(&at)).then_some(hash));
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::quotations;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = narration(text, &quotations(text));
        let found: Vec<&str> = found.into_iter().map(|part| text[part].trim()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn narration_is_what_nobody_else_says() {
        check(
            "The dam opened. The mayor said it was late. Boats waited.",
            &["The dam opened.", "Boats waited."],
        );
        check("It is “a day of joy” for all.", &["It is", "for all."]);
        check("大坝已经开放。市长表示很晚。", &["大坝已经开放。"]);
    }

    #[track_caller]
    fn check_equal(earlier: &str, later: &str, expected: usize) {
        let parts = [earlier, later].map(|text| narration(text, &quotations(text)));
        let side = |n: usize, text| Side { text, narration: &parts[n] };
        let equal = equal_narration(
            &side(0, earlier),
            &(0..earlier.len()),
            &side(1, later),
            &(0..later.len()),
        );
        assert_eq!(equal, expected);
    }

    #[test]
    fn narration_counts_where_both_narrate() {
        let plain = "The old dam opened on Monday after a long wait.";
        check_equal(plain, plain, 10);
        check_equal(plain, "“The old dam opened on Monday” after a long wait.", 4);
        check_equal(plain, "The mayor said the old dam opened on Monday after a long wait.", 0);
        check_equal(plain, "", 0);
    }

    #[test]
    fn lengths_are_in_words() {
        assert_eq!(in_words(7, "seven words"), 7);
        assert_eq!(in_words(16, "外交部发言人表示外交部发言人表示"), 10);
        assert_eq!(numerals("On May 5 the 12th dam of 1,200 opened"), 3);
    }
}
