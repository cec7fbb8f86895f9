//! Likeness without a model: does a sentence speak of the things that a claim speaks of?

use std::collections::BTreeMap;
use std::ops::Range;

use super::index::{Index, Vocabulary};
use super::pattern::Pattern;
use super::{Likeness, Resemblance, Sentence};
use crate::model::{Claim, Stance, WatchedNarrative};
use crate::text::terms;

/// Least share of the things of a claim that a sentence must speak of, where the codebook lists them in its language: of up to
/// four all, of five four. Three of four were read in headlines of 2022 and were wrong in five of six.
const MIN_LISTED: f64 = 0.8;
/// The same where they are the words of the claim itself: a sentence that means the same rarely has all of them.
const MIN_DERIVED: f64 = 0.6;
/// Fewest words of a claim itself that a sentence must share with it.
const MIN_DERIVED_WORDS: usize = 3;

/// The share of the things of a claim that a sentence speaks of.
///
/// What they are the codebook says for each language (`words`). In the language of the claim's own sentence they are, without
/// that, the words of the sentence. In any other language nothing is known of the claim, and nothing resembles it.
pub struct Words(BTreeMap<String, OfLanguage>);

/// The claims of all narratives in one language.
struct OfLanguage {
    /// Words, each with the number of the thing it stands for.
    index: Index,
    /// By narrative.
    claims: BTreeMap<usize, Vec<Wanted>>,
    /// Number of things.
    things: usize,
}

/// A claim in one language.
struct Wanted {
    stance: Stance,
    claim: usize,
    /// Numbers of the things it speaks of.
    things: Range<usize>,
    /// Fewest of them.
    least: usize,
}

impl Words {
    /// Makes ready the claims of a codebook for the texts of a corpus, given by its words.
    pub fn new(narratives: &[WatchedNarrative], vocabulary: &Vocabulary) -> Words {
        let of = |language: &str| {
            (language.to_owned(), OfLanguage::new(narratives, language, vocabulary))
        };
        Words(vocabulary.languages().map(of).collect())
    }
}

impl OfLanguage {
    fn new(narratives: &[WatchedNarrative], language: &str, vocabulary: &Vocabulary) -> OfLanguage {
        let mut patterns = Vec::new();
        let mut claims: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
        let mut number = 0;
        for (narrative, stance, claim, written) in all_claims(narratives) {
            let Some((things, share, fewest)) = things(written, language) else { continue };
            let least = at_least(share, things.len()).max(fewest);
            if things.is_empty() || least > things.len() {
                continue;
            }
            let first = number;
            for thing in things {
                patterns.extend(thing.into_iter().map(|pattern| (number, pattern)));
                number += 1;
            }
            let wanted = Wanted { stance, claim, things: first..number, least };
            claims.entry(narrative).or_default().push(wanted);
        }
        OfLanguage { index: Index::new(patterns, language, vocabulary), claims, things: number }
    }
}

/// The claims of a codebook, each with its narrative, its stance and its place among those of that stance.
fn all_claims(narratives: &[WatchedNarrative]) -> Vec<(usize, Stance, usize, &Claim)> {
    let mut all = Vec::new();
    for (place, narrative) in narratives.iter().enumerate() {
        for &stance in Stance::ALL {
            let claims = narrative.of_stance(stance).iter().enumerate();
            all.extend(claims.map(|(number, claim)| (place, stance, number, claim)));
        }
    }
    all
}

/// The whole number of `things` that is at least this share.
fn at_least(share: f64, things: usize) -> usize {
    (0..=things).find(|&n| n as f64 >= share * things as f64).unwrap_or(things)
}

/// The things of a claim in a language, with the least share and the fewest of them; `None` if nothing is known of it there.
fn things(claim: &Claim, language: &str) -> Option<(Vec<Vec<Pattern>>, f64, usize)> {
    if let Some(listed) = claim.words.get(language) {
        let thing = |written: &String| {
            written.split('|').filter_map(|one| Pattern::read(one, language)).collect::<Vec<_>>()
        };
        let things = listed.iter().map(thing).filter(|patterns| !patterns.is_empty()).collect();
        return Some((things, MIN_LISTED, 1));
    }
    if claim.language != language {
        return None;
    }
    let mut stems: Vec<String> =
        terms(&claim.text, language).into_iter().map(|term| term.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    let things = stems.iter().map(|stem| Pattern::of_stem(stem).into_iter().collect()).collect();
    Some((things, MIN_DERIVED, MIN_DERIVED_WORDS))
}

impl Resemblance for Words {
    fn measure(&self) -> &'static str {
        "words of the claim"
    }

    fn claims(&self, sentence: Sentence<'_>, narratives: &[usize]) -> Vec<(usize, Likeness)> {
        let Some(of_language) = self.0.get(sentence.language) else { return Vec::new() };
        let mut named = vec![false; of_language.things];
        for (thing, _) in of_language.index.find(sentence.words) {
            named[thing] = true;
        }
        let of = |&narrative: &usize| {
            let claims = of_language.claims.get(&narrative).map_or(&[][..], Vec::as_slice);
            best(claims, &named).into_iter().map(move |likeness| (narrative, likeness))
        };
        narratives.iter().flat_map(of).collect()
    }
}

/// The best claim of each stance that a sentence resembles, which speaks of the things that are `named`.
fn best(claims: &[Wanted], named: &[bool]) -> Vec<Likeness> {
    let mut best: Vec<Likeness> = Vec::new();
    for Wanted { stance, claim, things, least } in claims {
        let found = named[things.clone()].iter().filter(|named| **named).count();
        if found < *least {
            continue;
        }
        let score = found as f64 / things.len() as f64;
        let likeness = Likeness { stance: *stance, claim: *claim, score };
        match best.iter_mut().find(|other| other.stance == *stance) {
            Some(other) if other.score >= score => {}
            Some(other) => *other = likeness,
            None => best.push(likeness),
        }
    }
    // A denial repeats what it denies: a sentence that says both speaks against.
    let against = best.iter().find(|one| one.stance == Stance::CounterClaim).map(|one| one.score);
    best.retain(|one| {
        one.stance == Stance::CounterClaim || against.is_none_or(|other| other < one.score)
    });
    best
}
