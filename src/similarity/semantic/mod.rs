//! Overlap across languages: which articles tell the same in another language, and what shows it.
//!
//! What two texts of different languages share are names, places and numbers, their *anchors*: [`anchors`] reads them,
//! each with a key that is the same in every language ([`skeleton`], [`pinyin`], [`numbers`], [`lexicon`]); [`rarity`] tells how
//! rare each is, [`named`] what two articles share. Where the user has given a sentence model, [`meaning`] compares their
//! sentences. [`join`] goes through the pairs, exactly, and [`decide`] says what they are, by the thresholds of
//! [`calibration`]. Two articles in one language are never compared here, and where all are in one language nothing is
//! read.

mod anchors;
mod calibration;
mod cursor;
mod decide;
mod join;
mod lexicon;
mod meaning;
mod named;
mod numbers;
mod pinyin;
mod rarity;
mod skeleton;

use chrono::TimeDelta;

use super::batch::Batch;
use crate::model::{Across, Relation};
use meaning::Meaning;
use named::Named;

pub use join::WINDOW;

/// Distance from which two articles are too far apart to be on one event.
pub(super) const FAR: TimeDelta = TimeDelta::days(14);

/// Pairs of articles in different languages that are too far apart to be on one event: what passes among them does so by
/// chance, or tells of what goes on for weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FarPairs {
    /// All of them, in a sample of the articles.
    pub compared: usize,
    /// Those that would pass as a translation.
    pub translations: usize,
    /// Those that would pass as one event.
    pub events: usize,
}

/// Share of far pairs above which a reader is warned: labelled pairs of news pass at a tenth of it.
const FAR_SHARE: f64 = 1e-5;
/// Fewest pairs of which a share is given.
const FAR_FEWEST: usize = 10_000;

impl FarPairs {
    /// What a reader of matches across languages must know; nothing where too little can be compared.
    pub fn note(&self) -> Option<String> {
        let FarPairs { compared, translations, events } = *self;
        if compared < FAR_FEWEST {
            return None;
        }
        let share = (translations + events) as f64 / compared as f64;
        let warning = if share > FAR_SHARE {
            "; that is more than on labelled news: read matches across languages with care"
        } else {
            ""
        };
        let days = FAR.num_days();
        Some(format!(
            "across languages: of {compared} pairs of articles more than {days} days apart (a sample) {translations} would pass as \
             translations and {events} as one event, {:.1} in a million{warning}",
            share * 1e6
        ))
    }
}

/// Two articles in different languages that tell the same.
pub(super) struct Retelling {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) relation: Relation,
    /// Mean of the best cosine of each sentence, `0..=1`; `None` without a model.
    pub(super) semantic: Option<f64>,
    pub(super) across: Across,
}

/// What is known of the languages of a batch.
pub(super) struct Languages<'b>(Option<Named<'b>>);

impl<'b> Languages<'b> {
    /// Reads what the articles name, if they are in two languages. O(texts).
    pub(super) fn read(batch: &Batch<'b>) -> Languages<'b> {
        Languages(Named::new(batch, lexicon::embedded()))
    }

    /// Whether two articles are in different languages, as far as is known.
    pub(super) fn are_apart(&self, a: usize, b: usize) -> bool {
        self.0.as_ref().is_some_and(|named| named.are_apart(a, b))
    }

    /// How many pairs are further apart than an event lasts, and how many of them would pass all the same.
    pub(super) fn far_pairs(&self, batch: &Batch<'b>) -> FarPairs {
        let Some(named) = &self.0 else { return FarPairs::default() };
        let meaning = Meaning::new(batch);
        let (compared, found) = join::far_pairs(batch, named, meaning.as_ref(), FAR);
        let is_translation = |found: &&Retelling| found.relation == Relation::Translation;
        let translations = found.iter().filter(is_translation).count();
        FarPairs { compared, translations, events: found.len() - translations }
    }

    /// The pairs in scope that tell the same in different languages, sorted by (a, b).
    pub(super) fn pairs(&self, batch: &Batch<'b>) -> Vec<Retelling> {
        let Some(named) = &self.0 else { return Vec::new() };
        join::pairs(batch, named, Meaning::new(batch).as_ref())
    }
}
