//! All bodies of a page and the one that is taken: the feed's full text or the outlet's rule, unless
//! it is a scrap; else the choice between the general extractors; else what remains.

use std::collections::BTreeSet;

use super::blocks::{self, Block};
use super::body;
use super::candidate::{Candidate, Origin};
use super::feed_metadata;
use super::flag::Flag;
use super::source::PageContext;

/// Word overlap (F1) below which two bodies of one page are in disagreement.
const AGREEMENT: f64 = 0.6;
/// How many times longer a general body must be to replace a rule's short one.
const MUCH_LONGER: usize = 4;

/// The bodies of a page, in the order of the ladder.
#[derive(Default)]
pub(super) struct Bodies {
    pub candidates: Vec<Candidate>,
    /// Index of the one that is taken.
    pub chosen: Option<usize>,
    /// How many of the first ones were given by the outlet: its feed's full text, its rules.
    given: usize,
    /// Index of the choice between the general extractors.
    general: Option<usize>,
}

impl Bodies {
    pub(super) fn chosen(&self) -> Option<&Candidate> {
        self.candidates.get(self.chosen?)
    }
}

/// Reads the body in every way that is needed.
pub(super) fn read(context: &PageContext<'_>, flags: &mut Vec<Flag>) -> Bodies {
    let title = &context.title.value;
    let mut bodies = Bodies::default();
    bodies.candidates.extend(full_text(context));
    bodies.candidates.extend(ruled(context, flags));
    bodies.given = bodies.candidates.len();
    let in_data = in_data(context);
    let page = blocks::blocks(context.document.parsed.root_element(), &BTreeSet::new());
    // A rule's body of full length stands; another reading only checks it.
    if bodies.candidates.first().is_none_or(|ruled| ruled.chars() < body::MIN_CHARS) {
        bodies.candidates.extend(body::general(context.document, &page, title));
    } else if in_data.is_none() {
        bodies.candidates.extend(body::by_density(&context.document.html, title));
    }
    bodies.general = bodies.candidates.len().checked_sub(1).filter(|last| *last >= bodies.given);
    bodies.candidates.extend(in_data);
    if bodies.candidates.is_empty() {
        bodies.candidates.extend(announced(context));
        if !bodies.candidates.is_empty() {
            flags.push(Flag::ExcerptOnly);
        }
    }
    if bodies.candidates.is_empty() {
        let densest = Candidate::new(Origin::Paragraphs, body::densest(&page), title);
        bodies.candidates.extend(Some(densest).filter(Candidate::is_usable));
    }
    bodies.chosen = choose(&bodies, flags);
    bodies
}

/// The whole article in a feed that carries such.
fn full_text(context: &PageContext<'_>) -> Option<Candidate> {
    let source = context.source;
    let item = source.item.filter(|item| feed_metadata::has_full_text(item, source.edition))?;
    let bodies = feed_metadata::body(item, &context.title.value);
    bodies.into_iter().find(|body| body.origin == Origin::FeedContent)
}

/// The first usable body of the outlet's rules.
fn ruled(context: &PageContext<'_>, flags: &mut Vec<Flag>) -> Option<Candidate> {
    let candidates = context.readings.iter().map(|reading| {
        let origin = Origin::Rule(reading.name.clone());
        Candidate::new(origin, reading.body.clone(), &context.title.value)
    });
    let (usable, refused): (Vec<Candidate>, Vec<Candidate>) =
        candidates.partition(Candidate::is_usable);
    if refused.iter().any(|candidate| !candidate.blocks.is_empty()) {
        flags.push(Flag::Consent);
    }
    usable.into_iter().next()
}

/// The body in the page's JSON-LD.
fn in_data(context: &PageContext<'_>) -> Option<Candidate> {
    let markup = paragraphs_of(&context.document.json_ld.body);
    let blocks = blocks::of_fragment(&markup, |_| BTreeSet::new());
    let candidate = Candidate::new(Origin::JsonLd, blocks, &context.title.value);
    Some(candidate).filter(Candidate::is_usable)
}

/// What the feed says of an article whose page is none; flagged.
pub(super) fn excerpt(context: &PageContext<'_>, flags: &mut Vec<Flag>) -> Option<Candidate> {
    let excerpt = announced(context)?;
    if !flags.contains(&Flag::ExcerptOnly) {
        flags.push(Flag::ExcerptOnly);
    }
    Some(excerpt)
}

/// What the feed says of an article whose page gave nothing.
fn announced(context: &PageContext<'_>) -> Option<Candidate> {
    feed_metadata::body(context.source.item?, &context.title.value).into_iter().next()
}

/// The outlet's own body unless it is a scrap of a much longer one; then the general choice; then
/// what remains. Disagreement between the rule and what the page says elsewhere is flagged.
fn choose(bodies: &Bodies, flags: &mut Vec<Flag>) -> Option<usize> {
    let candidates = &bodies.candidates;
    let in_data = candidates.iter().position(|candidate| candidate.origin == Origin::JsonLd);
    if bodies.given == 0 {
        let general_chars = bodies.general.map_or(0, |place| candidates[place].chars());
        let longer = in_data.filter(|place| {
            general_chars < body::MIN_CHARS && candidates[*place].chars() > general_chars
        });
        let any = (!candidates.is_empty()).then_some(0);
        return longer.or(bodies.general).or(in_data).or(any);
    }
    let given = &candidates[0];
    let Some(other) = in_data.or(bodies.general) else { return Some(0) };
    if given.chars() < body::MIN_CHARS && candidates[other].chars() > MUCH_LONGER * given.chars() {
        flags.push(Flag::RuleTooShort);
        return Some(other);
    }
    if overlap(given, &candidates[other]) < AGREEMENT {
        flags.push(Flag::BodiesDiffer);
    }
    Some(0)
}

/// F1 of the word bags of two bodies; characters count as words in scripts without blanks.
fn overlap(a: &Candidate, b: &Candidate) -> f64 {
    let (a, b) = (word_bag(&a.blocks), word_bag(&b.blocks));
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    2.0 * both as f64 / (a.len() + b.len()).max(1) as f64
}

/// The words of a body in lower case, sorted, each as often as it stands there.
fn word_bag(blocks: &[Block]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for block in blocks {
        for word in block.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            if word.chars().any(|c| u32::from(c) >= 0x2e80) {
                words.extend(word.chars().map(String::from));
            } else {
                words.push(word.to_lowercase());
            }
        }
    }
    words.sort_unstable();
    words
}

/// JSON-LD bodies are plain text with line ends, or markup.
fn paragraphs_of(text: &str) -> String {
    if text.contains("<p") || text.contains("<br") {
        text.to_owned()
    } else {
        text.replace('\n', "<br>")
    }
}
