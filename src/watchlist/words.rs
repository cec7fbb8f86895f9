//! Likeness without a model: does a sentence speak of the things that a claim speaks of?

use std::collections::BTreeMap;
use std::ops::Range;

use super::pattern::{Index, Pattern, Reading};
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
#[derive(Default)]
struct OfLanguage {
    /// Words, each with the number of the thing it stands for.
    index: Index,
    /// By narrative.
    claims: Vec<Vec<Wanted>>,
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
    /// Makes ready the claims of a codebook.
    pub fn new(narratives: &[WatchedNarrative]) -> Words {
        let mut all: BTreeMap<String, OfLanguage> = BTreeMap::new();
        for (place, narrative) in narratives.iter().enumerate() {
            for stance in Stance::ALL.iter().copied() {
                for (number, claim) in narrative.of_stance(stance).iter().enumerate() {
                    for (language, things, share, fewest) in things(claim) {
                        let of_language = all.entry(language.to_owned()).or_default();
                        of_language.claims.resize_with(narratives.len(), Vec::new);
                        of_language.add(place, (stance, number), things, (share, fewest));
                    }
                }
            }
        }
        Words(all)
    }
}

impl OfLanguage {
    fn add(
        &mut self,
        narrative: usize,
        (stance, claim): (Stance, usize),
        things: Vec<Vec<Pattern>>,
        (share, fewest): (f64, usize),
    ) {
        let least = at_least(share, things.len()).max(fewest);
        if things.is_empty() || least > things.len() {
            return;
        }
        let first = self.things;
        self.things += things.len();
        for (i, patterns) in things.into_iter().enumerate() {
            for pattern in patterns {
                self.index.add(first + i, pattern);
            }
        }
        let wanted = Wanted { stance, claim, things: first..self.things, least };
        if let Some(claims) = self.claims.get_mut(narrative) {
            claims.push(wanted);
        }
    }
}

/// The whole number of `things` that is at least this share.
fn at_least(share: f64, things: usize) -> usize {
    (0..=things).find(|&n| n as f64 >= share * things as f64).unwrap_or(things)
}

/// The things of a claim by language, each with the least share and the fewest of them.
fn things(claim: &Claim) -> Vec<(&str, Vec<Vec<Pattern>>, f64, usize)> {
    let listed = |(language, listed): (&'_ String, &'_ Vec<String>)| {
        let thing = |written: &String| {
            written.split('|').filter_map(|one| Pattern::read(one, language)).collect::<Vec<_>>()
        };
        listed.iter().map(thing).filter(|patterns| !patterns.is_empty()).collect::<Vec<_>>()
    };
    let mut all: Vec<_> =
        claim.words.iter().map(|entry| (entry.0.as_str(), listed(entry), MIN_LISTED, 1)).collect();
    if !claim.words.contains_key(&claim.language) {
        let mut stems: Vec<String> =
            terms(&claim.text, &claim.language).into_iter().map(|term| term.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        let things = stems.iter().map(|stem| vec![Pattern::of_stem(stem)]).collect();
        all.push((claim.language.as_str(), things, MIN_DERIVED, MIN_DERIVED_WORDS));
    }
    all
}

impl Resemblance for Words {
    fn measure(&self) -> &'static str {
        "words of the claim"
    }

    fn claims(&self, sentence: Sentence<'_>, narratives: &[usize]) -> Vec<(usize, Likeness)> {
        let Some(of_language) = self.0.get(sentence.language) else { return Vec::new() };
        let mut named = vec![false; of_language.things];
        for (thing, _) in of_language.index.find(&Reading::new(sentence.text, sentence.language)) {
            named[thing] = true;
        }
        let of = |&narrative: &usize| {
            let claims = of_language.claims.get(narrative).map_or(&[][..], Vec::as_slice);
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
