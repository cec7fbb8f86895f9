//! Whether shared text is enough, and enough of an outlet's own, to believe that it was taken from there.
//!
//! The limits and what they are worth are in `docs/method.md`, "Whose words". All lengths are in words,
//! with eight characters of a script without spaces counted as five words.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::context::Context;
use crate::model::{Match, Passage, PassageKind, Role};
use crate::text::count::length;
use crate::text::{for_each_hash, span};

/// Branch "whole": least own words, and least share of one of the texts that the passages cover.
const WHOLE_WORDS: usize = 60;
const WHOLE_SHARE: f64 = 0.8;
/// Own words for each quoted one, at least: a text that is quotations for more than a third is its speakers'.
const OWN_TO_QUOTED: usize = 2;
/// Branch "long": least own words, and least share of one of the texts that the passages cover.
const LONG_WORDS: usize = 250;
const LONG_SHARE: f64 = 0.4;
/// Branch "narration": least words of narration, and least share of one of the texts: less is background in a long
/// report.
const NARRATION_WORDS: usize = 100;
const NARRATION_SHARE: f64 = 0.25;
/// Both: share of one of the texts from which a part needs no common beginning. A smaller part from the middle is
/// background that any report on the matter repeats.
const PART_SHARE: f64 = 0.5;
/// Both: words before the first passage with which a text still begins with it (a dateline, a lead of its own).
const LEAD_WORDS: usize = 30;
/// Both: the share of the words below which further articles may hold them too.
const COMMON_SHARE: f64 = 1.0 / 3.0;
/// Further articles that make a word common.
const COMMON_ARTICLES: usize = 2;
/// A wire's own item, which went out to be copied: least own words.
const WIRE_WORDS: usize = 40;
/// Numerals in 100 own words from which a text is counts in a fixed mould, nobody's words.
const NUMERALS: usize = 10;
/// Own words with which a credit covers the shared text, or the share of the later text (one in so many)
/// with fewer. Below the least only half of the text will do: a formula is easily a fifth of a short item.
const CREDITED_WORDS: usize = 60;
const CREDITED_PART: usize = 5;
const CREDITED_LEAST: usize = 40;
/// Least words of a passage that a citation beside it lifts.
pub(super) const CITED_WORDS: usize = 15;
/// Equal words in a row that count as equal narration: two are equal by chance ("of the").
const RUN: usize = 3;
/// Bytes between two places at which it is asked who else holds a passage: about five words.
const STEP: usize = 30;

/// Whether the `own` passages of a match, which nobody held earlier, are enough for a direction by text
/// alone.
pub(super) fn are_enough(m: &Match, own: &[&Passage], context: &Context) -> bool {
    let words: usize = own.iter().map(|p| words(p, m, context)).sum();
    let is_wire = context.registry.role(&context.articles[m.earlier].outlet) == Role::Wire;
    if is_wire && words >= WIRE_WORDS {
        return true;
    }
    if words < WHOLE_WORDS || has_many_numerals(m, own, words, context) {
        return false;
    }
    let covered = covered(m, context);
    let is_whole = covered >= WHOLE_SHARE && is_mostly_own(m, context);
    let is_long = words >= LONG_WORDS && covered >= LONG_SHARE;
    let is_told = || covered >= NARRATION_SHARE && narration(m, own, context) >= NARRATION_WORDS;
    let is_same_item = || covered >= PART_SHARE || begins_both(m, context);
    is_whole || ((is_long || is_told()) && is_same_item() && common(m, own, context) < COMMON_SHARE)
}

/// Whether both texts begin with a passage that they share.
fn begins_both(m: &Match, context: &Context) -> bool {
    let begins = |article: usize, passage: &Range<usize>| {
        let text = &context.articles[article].text;
        length(text.get(..passage.start).unwrap_or_default()).in_words() <= LEAD_WORDS
    };
    m.passages.iter().any(|p| begins(m.earlier, &p.earlier) && begins(m.later, &p.later))
}

/// Whether so many words of the later article are a good part of it: a credit at its head or tail, or a
/// citation anywhere in it, then speaks of them.
pub(super) fn are_a_good_part(words: usize, of: usize) -> bool {
    words > 0 && words * CREDITED_PART >= of
}

/// Whether a credit covers so many words of a text of so many.
pub(super) fn are_covered_by_credit(words: usize, of: usize) -> bool {
    words >= CREDITED_WORDS
        || (words >= CREDITED_LEAST && are_a_good_part(words, of))
        || (words > 0 && 2 * words >= of)
}

/// Words of a passage that are equal in both texts.
pub(super) fn words(passage: &Passage, m: &Match, context: &Context) -> usize {
    let text = context.articles[m.later].text.get(passage.later.clone()).unwrap_or_default();
    in_words(passage.words, text)
}

/// So many equal words (characters in scripts without spaces) of a text, in words.
fn in_words(equal: usize, text: &str) -> usize {
    let length = length(text);
    equal * length.in_words() / length.units().max(1)
}

/// Whether the own passages, whoever held them, have enough words beside the quoted ones.
fn is_mostly_own(m: &Match, context: &Context) -> bool {
    let count = |passages: &mut dyn Iterator<Item = &Passage>| -> usize {
        passages.map(|p| words(p, m, context)).sum()
    };
    let own = count(&mut m.passages.iter().filter(|p| context.is_own(m, p)));
    let quoted = count(&mut m.passages.iter().filter(|p| p.kind == PassageKind::Quoted));
    own >= OWN_TO_QUOTED * quoted
}

/// The share of one of the two texts, the greater, that the passages cover.
fn covered(m: &Match, context: &Context) -> f64 {
    covered_of(m, m.earlier, |p| &p.earlier, context).max(covered_of(
        m,
        m.later,
        |p| &p.later,
        context,
    ))
}

/// Least share of the shared text that a third article must have held earlier to explain it: `usual`, but nearly all of
/// it where the earlier article is taken whole. What that one added to an older text is then in the copy too.
pub(super) fn share_of_holder(m: &Match, usual: f64, context: &Context) -> f64 {
    let is_whole = covered_of(m, m.earlier, |p| &p.earlier, context) >= WHOLE_SHARE;
    if is_whole { usual.max(WHOLE_SHARE) } else { usual }
}

/// The share of a text that the passages cover from their first to their last equal word. Quotations belong to a text
/// that is taken whole; wires' copy and boilerplate do not.
fn covered_of(
    m: &Match,
    article: usize,
    side: fn(&Passage) -> &Range<usize>,
    context: &Context,
) -> f64 {
    let text = context.articles[article].text.trim();
    let held = m.passages.iter().filter(|p| p.kind == PassageKind::Quoted || context.is_own(m, p));
    let spans = span::union(held.map(|p| side(p).clone()).collect());
    let covered: usize = spans.iter().map(ExactSizeIterator::len).sum();
    covered as f64 / text.len().max(1) as f64
}

/// Equal words that are narration in both texts, in runs of [`RUN`] or more.
fn narration(m: &Match, own: &[&Passage], context: &Context) -> usize {
    let side = |article: usize| Side {
        text: &context.articles[article].text,
        narration: &context.reading(article).narration,
    };
    let (earlier, later) = (side(m.earlier), side(m.later));
    let narrated = |passage: &&Passage| {
        let equal = equal_narration(&earlier, &passage.earlier, &later, &passage.later);
        let text = later.text.get(passage.later.clone()).unwrap_or_default();
        in_words(equal.min(passage.words), text)
    };
    own.iter().map(narrated).sum()
}

/// One text, and what it tells in its own voice, in order.
struct Side<'t> {
    text: &'t str,
    narration: &'t [Range<usize>],
}

/// Words of the narration in the later passage that stand in a run of [`RUN`] which the narration of the earlier one
/// has too: what one narrates and the other quotes is nobody's narration. O(passage).
fn equal_narration(
    earlier: &Side,
    in_earlier: &Range<usize>,
    later: &Side,
    in_later: &Range<usize>,
) -> usize {
    let words = narrated(earlier, in_earlier);
    let known: FxHashSet<&[Option<u64>]> =
        words.windows(RUN).filter(|run| run.iter().all(Option::is_some)).collect();
    let words = narrated(later, in_later);
    let (mut equal, mut end) = (0, 0);
    for (start, run) in words.windows(RUN).enumerate().filter(|(_, run)| known.contains(run)) {
        equal += start + run.len() - end.max(start);
        end = start + run.len();
    }
    equal
}

/// The words of a passage in order: the hash of each that is narration, `None` for others.
fn narrated(side: &Side, passage: &Range<usize>) -> Vec<Option<u64>> {
    let mut parts = span::touching(side.narration, passage).iter().peekable();
    let mut words = Vec::new();
    for_each_hash(side.text.get(passage.clone()).unwrap_or_default(), |word, hash| {
        let at = passage.start + word.start;
        while parts.next_if(|part| part.end <= at).is_some() {}
        words.push(parts.peek().is_some_and(|part| part.contains(&at)).then_some(hash));
    });
    words
}

/// The share of the own passages that at least two further articles hold too.
fn common(m: &Match, own: &[&Passage], context: &Context) -> f64 {
    let others = [m.earlier, m.later].map(|article| context.other_holders(article, m));
    let (mut places, mut held) = (0, 0_usize);
    for passage in own {
        let steps = passage.later.len() / STEP + 1;
        for step in 0..steps {
            let in_later = passage.later.start + step * passage.later.len() / steps;
            let in_earlier = passage.earlier.start + step * passage.earlier.len() / steps;
            let mut holders: Vec<usize> = others
                .iter()
                .zip([in_earlier, in_later])
                .flat_map(|(spans, at)| spans.iter().filter(move |(_, span)| span.contains(&at)))
                .map(|(article, _)| *article)
                .collect();
            holders.sort_unstable();
            holders.dedup();
            places += 1;
            held += usize::from(holders.len() >= COMMON_ARTICLES);
        }
    }
    held as f64 / f64::from(places.max(1))
}

fn has_many_numerals(m: &Match, own: &[&Passage], words: usize, context: &Context) -> bool {
    let text = &context.articles[m.later].text;
    let spans = own.iter().map(|p| text.get(p.later.clone()).unwrap_or_default());
    100 * spans.map(numerals).sum::<usize>() >= NUMERALS * words
}

/// Numbers in a text; `1,200.5` is one.
fn numerals(text: &str) -> usize {
    let (mut count, mut inside) = (0, false);
    for c in text.chars() {
        if c.is_numeric() {
            count += usize::from(!inside);
            inside = true;
        } else if !matches!(c, '.' | ',' | ':' | '\u{a0}') {
            inside = false;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;
    use super::*;
    use crate::model::Article;

    #[test]
    fn numbers_are_counted_with_their_separators() {
        assert_eq!(numerals("1,200.5 tons on 3 May, at 10:30"), 3);
        assert_eq!(numerals("损失1200吨，3艘船"), 2);
    }

    #[track_caller]
    fn check_equal(earlier: &str, later: &str, expected: usize) {
        let parts = [earlier, later].map(|text| {
            Reading::new(&Article { text: text.into(), ..Article::default() }).narration
        });
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
        check_equal(plain, "“The old dam” opened on Monday after a long wait.", 7);
        check_equal(plain, "“The old dam opened on Monday” after a long wait.", 0);
        check_equal(plain, "The mayor said the old dam opened on Monday after a long wait.", 0);
        check_equal(plain, "", 0);
    }

    #[test]
    fn lengths_are_in_words() {
        assert_eq!(in_words(7, "seven words"), 7);
        assert_eq!(in_words(16, "外交部发言人表示外交部发言人表示"), 10);
    }

    #[test]
    fn a_credit_needs_a_fifth_or_sixty_words() {
        assert!(are_covered_by_credit(60, 4000) && are_covered_by_credit(40, 200));
        assert!(are_covered_by_credit(20, 40) && !are_covered_by_credit(20, 100));
        assert!(!are_covered_by_credit(59, 400) && !are_covered_by_credit(0, 0));
    }
}
