//! The words of written times in all languages. Phrases are of the form that
//! [`super::tokens::phrase_end`] reads.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::languages::{self, HalfDay, Offset, phrases, words};

pub(super) struct Vocabulary {
    pub months: Vec<(&'static str, u32)>,
    pub not_months: FxHashSet<&'static str>,
    /// Small words inside a date.
    pub inside: FxHashSet<&'static str>,
    pub half_days: Vec<(&'static str, HalfDay)>,
    /// Words for the hour behind a clock time.
    pub hours: FxHashSet<&'static str>,
    /// Abbreviations of zones.
    pub zones: FxHashMap<&'static str, Offset>,
    /// Zones in words.
    pub zone_names: Vec<(&'static str, Offset)>,
    /// Words for "time" in the name of a zone.
    pub time: FxHashSet<&'static str>,
    /// What stands before the time of a change.
    pub updated: Vec<&'static str>,
    /// What stands before the time of the publication.
    pub publication: Vec<&'static str>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let dates = || languages::ALL.iter().map(|language| &language.dates);
    Vocabulary {
        months: dates().flat_map(|dates| dates.months).copied().collect(),
        not_months: words(|l| l.dates.not_months).collect(),
        inside: words(|l| l.dates.inside).collect(),
        half_days: dates().flat_map(|dates| dates.half_days).copied().collect(),
        hours: words(|l| l.dates.hours).collect(),
        zones: dates().flat_map(|dates| dates.zones).copied().collect(),
        zone_names: dates().flat_map(|dates| dates.zone_names).copied().collect(),
        time: words(|l| l.dates.time).collect(),
        updated: phrases(|l| l.dates.updated).collect(),
        publication: phrases(|l| l.dates.publication).collect(),
    }
});
