//! The list of places as it is written, and the table of forms that is made of it for a language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Index, LIST, Place, Region};
use crate::text::case_forms::{of_demonym, of_name};
use crate::text::words::{for_each_hash, hash_of};

/// `places.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: BTreeMap<String, Vec<String>>,
    place: Vec<Entry>,
}

/// `[[place]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    region: Region,
    #[serde(default)]
    names: ByLanguage,
    #[serde(default)]
    cities: ByLanguage,
    #[serde(default)]
    demonyms: ByLanguage,
}

type ByLanguage = BTreeMap<String, Vec<String>>;

/// The list, read.
pub(super) struct List {
    /// The places, by code.
    pub(super) places: Vec<Place>,
    entries: Vec<Entry>,
    never: ByLanguage,
}

/// Returns the list, read once.
pub(super) fn list() -> &'static List {
    static READ: LazyLock<List> = LazyLock::new(|| {
        let File { never, place: entries } = toml::from_str(LIST)
            .unwrap_or_else(|error| unreachable!("the list of places is tested: {error}"));
        let place = |entry: &Entry| Place { code: entry.code.clone(), region: entry.region };
        List { places: entries.iter().map(place).collect(), entries, never }
    });
    &READ
}

/// Which capitals a name must be written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    /// Any or none.
    Any,
    /// The first letter.
    First,
    /// All letters: short forms that are a word in small letters ("US").
    All,
}

impl Capitals {
    /// Whether a name may be written so.
    pub(super) fn allow(self, written: &str) -> bool {
        match self {
            Capitals::Any => true,
            Capitals::First => written.starts_with(|c: char| !c.is_lowercase()),
            Capitals::All => !written.contains(char::is_lowercase),
        }
    }
}

/// A name from its second word on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// For each further word the hashes of its forms.
    pub(super) rest: Vec<Vec<u64>>,
    /// How it must be written.
    pub(super) capitals: Capitals,
    /// What it names; nothing for a name that only looks like a place's.
    pub(super) place: Option<&'static Place>,
}

/// Returns the table of a language.
pub(super) fn index(language: &'static str) -> Index {
    let mut index = Index::default();
    let list = list();
    let cased = !matches!(language, "zh" | "ar");
    let name = if cased { Capitals::First } else { Capitals::Any };
    // Germanic English alone writes adjectives of origin with a capital.
    let demonym = if language == "en" { Capitals::First } else { Capitals::Any };
    let of = |forms: &'static ByLanguage| forms.get(language).into_iter().flatten();
    for never in of(&list.never) {
        add(&mut index, never, Capitals::Any, None, |word, first| of_name(word, language, first));
    }
    for (entry, place) in list.entries.iter().zip(&list.places) {
        for form in of(&entry.names).chain(of(&entry.cities)) {
            let letters = form.chars().filter(|c| c.is_alphabetic());
            let short =
                cased && letters.clone().count() > 1 && letters.clone().all(char::is_uppercase);
            let capitals = if short { Capitals::All } else { name };
            let forms = |word: &str, first| {
                if short { vec![crate::text::fold(word)] } else { of_name(word, language, first) }
            };
            add(&mut index, form, capitals, Some(place), forms);
        }
        for form in of(&entry.demonyms) {
            add(&mut index, form, demonym, Some(place), |word, _| of_demonym(word, language));
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for forms in index.values_mut() {
        // Stable: of names of one length the earlier one of the list, and what is never a place before all.
        forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
    }
    index
}

/// Adds a name, each of whose words may stand in one of its forms.
fn add(
    index: &mut Index,
    written: &str,
    capitals: Capitals,
    place: Option<&'static Place>,
    forms: impl Fn(&str, bool) -> Vec<String>,
) {
    let mut words = Vec::new();
    for_each_hash(written, |span, _| words.extend(written.get(span).map(str::to_owned)));
    let hashes = |(i, word): (usize, &String)| {
        let mut hashes: Vec<u64> = forms(word, i == 0).iter().map(|form| hash_of(form)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    };
    let mut words = words.iter().enumerate().map(hashes);
    let first = words.next().unwrap_or_default();
    let rest: Vec<Vec<u64>> = words.collect();
    for hash in first {
        let form = Form { rest: rest.clone(), capitals, place };
        index.entry(hash).or_default().push(form);
    }
}
