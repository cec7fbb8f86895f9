//! Which of the two families' bodies is the article, and where it ends.
//!
//! Readability scoring (`density`) finds the right part of nearly every news page, but runs on into
//! what follows the article, and on pages of many sections takes one of them. The rule cascade
//! (`cascade`) stops at the right place more often, but loses or adds whole parts. So: density,
//! unless the cascade has several times its prose; then the end where the cascade sees it, if that
//! costs less than the cascade's own length; then the scraps at both ends off.
//!
//! Fitted on 553 labelled pages in six languages (`docs/decisions.md`, "Extraction"): mean word F1
//! of density alone, cascade alone and this: en .928 .934 .949, ru .893 .814 .906, zh .924 .885
//! .937, pl .871 .846 .926, el .954 .927 .962.

use std::collections::BTreeSet;

use super::blocks::{Block, letters};
use super::candidate::{Candidate, Origin, chars};

/// The cascade's prose must be this many times the density family's to be taken instead; values from
/// 2.5 to 4 give the same result.
const CASCADE_TIMES: usize = 3;
/// Characters of prose below which the cascade's body is never taken instead.
const CASCADE_MIN: usize = 1_000;
/// The tail is cut off where the cascade ends if it has at most this share of the cascade's prose,
/// in percent; a longer tail means that the cascade stopped too early.
const TAIL_PERCENT: usize = 150;
/// Characters of prose below which the cascade's end is not believed.
const TAIL_MIN: usize = 200;
/// Scraps are cut off an end if they have at most this share of the body, in percent: an article may
/// well end in a long list.
const SCRAPS_PERCENT: usize = 25;
/// Fewest lines of a list.
const ANNOUNCED_LINES: usize = 4;
/// Shortest line that is prose if it ends like a sentence.
const SENTENCE_CHARS: usize = 40;
/// Shortest line that is prose however it ends.
const LONG_CHARS: usize = 120;

/// Decides between the families' bodies.
pub(super) fn choose(
    density: Option<&Candidate>,
    cascade: Option<&Candidate>,
) -> Option<Candidate> {
    let Some((density, cascade)) = density.zip(cascade) else {
        return density.or(cascade).map(without_scraps);
    };
    let (own, others) = (prose_chars(&density.blocks), prose_chars(&cascade.blocks));
    if others > CASCADE_MIN && others > CASCADE_TIMES * own {
        return Some(without_scraps(cascade));
    }
    Some(without_scraps(&without_tail(density, cascade, others)))
}

/// Cuts what follows the last line that both families have.
fn without_tail(density: &Candidate, cascade: &Candidate, cascade_prose: usize) -> Candidate {
    let known: BTreeSet<String> = cascade.blocks.iter().map(|b| letters(&b.text)).collect();
    let last = density.blocks.iter().rposition(|block| known.contains(&letters(&block.text)));
    let Some((kept, tail)) = last.map(|last| density.blocks.split_at(last + 1)) else {
        return density.clone();
    };
    let is_short = prose_chars(tail) * 100 <= cascade_prose * TAIL_PERCENT;
    if tail.is_empty() || cascade_prose < TAIL_MIN || !is_short || is_announced(kept, tail) {
        return density.clone();
    }
    Candidate { origin: Origin::DensityEndedByCascade, blocks: kept.to_vec() }
}

/// Cuts lines that are no prose off both ends, if they are a small part of the body.
fn without_scraps(body: &Candidate) -> Candidate {
    let limit = chars(&body.blocks) * SCRAPS_PERCENT / 100;
    let blocks = &body.blocks;
    let (Some(first), Some(last)) =
        (blocks.iter().position(is_prose), blocks.iter().rposition(is_prose))
    else {
        return body.clone();
    };
    let start = if chars(&blocks[..first]) <= limit { first } else { 0 };
    let (kept, tail) = blocks.split_at(last + 1);
    let is_cut = chars(tail) <= limit && !is_announced(kept, tail);
    let end = if is_cut { last + 1 } else { blocks.len() };
    Candidate { origin: body.origin.clone(), blocks: blocks[start..end].to_vec() }
}

/// Whether a tail is a list without links that a line with a colon announces: its own first or the one before.
fn is_announced(before: &[Block], tail: &[Block]) -> bool {
    let announces = |block: &Block| block.text.trim_end().ends_with([':', '：']);
    tail.len() >= ANNOUNCED_LINES
        && [before.last(), tail.first()].into_iter().flatten().any(announces)
        && tail.iter().all(|block| block.links.is_empty())
}

/// Whether a line is running text: a sentence, or long; and not mostly links. An ideograph counts
/// for two and a half letters, which is about what it stands for.
pub(super) fn is_prose(block: &Block) -> bool {
    let length = block.text.chars().count();
    let linked: usize = block.links.iter().map(|(_, text)| text.chars().count()).sum();
    let ideographic = block.text.chars().any(|c| matches!(u32::from(c), 0x3040..=0x9fff));
    let weight = if ideographic { length * 5 / 2 } else { length };
    let ends =
        block.text.trim_end().ends_with(|c: char| ".!?。！？…\"”»')）」:;：；۔؟".contains(c));
    (weight >= SENTENCE_CHARS && ends || weight >= LONG_CHARS) && linked * 2 < length
}

/// Characters of the running text.
pub(super) fn prose_chars(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| is_prose(block)).map(|block| block.text.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "The bridge over the river was closed on Monday for repairs.";

    fn candidate(origin: Origin, lines: &[&str]) -> Candidate {
        let blocks = lines.iter().map(|line| Block { text: (*line).into(), links: Vec::new() });
        Candidate { origin, blocks: blocks.collect() }
    }

    #[track_caller]
    fn check(density: &[&str], cascade: &[&str], expected: &[&str], origin: Origin) {
        let (density, cascade) =
            (candidate(Origin::Density, density), candidate(Origin::Cascade, cascade));
        let chosen = choose(Some(&density), Some(&cascade)).unwrap();
        let lines: Vec<&str> = chosen.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!((lines.as_slice(), chosen.origin), (expected, origin));
    }

    #[test]
    fn density_is_taken_without_its_scraps() {
        check(
            &["12:03", SENTENCE, "Comments (3)"],
            &[SENTENCE, "Other"],
            &[SENTENCE],
            Origin::Density,
        );
    }

    #[test]
    fn a_much_longer_cascade_is_taken() {
        let long = SENTENCE.repeat(20);
        check(&[SENTENCE], &[&long, SENTENCE], &[&long, SENTENCE], Origin::Cascade);
    }

    #[test]
    fn the_cascades_end_is_the_articles() {
        let body = SENTENCE.repeat(5);
        let about =
            "About the author: A. Writer has written for this paper since the last century.";
        check(
            &[&body, SENTENCE, about],
            &[&body, SENTENCE],
            &[&body, SENTENCE],
            Origin::DensityEndedByCascade,
        );
    }

    #[test]
    fn a_cascade_that_stopped_early_does_not_end_it() {
        let (lead, rest) = (SENTENCE.repeat(4), SENTENCE.repeat(9));
        check(&[&lead, &rest], &[&lead], &[&lead, &rest], Origin::Density);
    }

    #[test]
    fn a_long_list_at_the_end_stays() {
        let list = ["One item of the list", "Two items of the list", "Three items"];
        check(
            &[SENTENCE, list[0], list[1], list[2]],
            &["Other"],
            &[SENTENCE, list[0], list[1], list[2]],
            Origin::Density,
        );
    }

    #[test]
    fn a_list_that_is_announced_stays() {
        let list = ["These are through:", "Varn (A)", "Lhask (B)", "Ostrel (C)", "Brenn (D)"];
        let body = SENTENCE.repeat(9);
        let whole = [&[body.as_str()][..], &list].concat();
        check(&whole, &[&body], &whole, Origin::Density);
        check(&whole, &[&body, list[0]], &whole[..], Origin::Density);
    }

    #[test]
    fn one_family_alone_is_taken() {
        let only = candidate(Origin::Cascade, &[SENTENCE]);
        assert_eq!(choose(None, Some(&only)), Some(only));
        assert_eq!(choose(None, None), None);
    }
}
