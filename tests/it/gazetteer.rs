//! The gazetteer as data: enough names, each once, in the languages that matter most.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

const GAZETTEER: &str = include_str!("../../src/similarity/semantic/gazetteer.toml");
/// Entries without a certain form in one of English, Russian and Chinese.
const INCOMPLETE: [&str; 4] = ["african-initiative", "mv-ruby", "tinzaouaten", "yandex"];

#[derive(Deserialize)]
struct File {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    kind: String,
    #[serde(flatten)]
    forms: BTreeMap<String, Vec<String>>,
}

fn entries() -> Vec<Entry> {
    toml::from_str::<File>(GAZETTEER).unwrap().entry
}

#[test]
fn there_are_a_thousand_names_of_every_kind() {
    let entries = entries();
    assert!(entries.len() >= 1_000, "{}", entries.len());
    for kind in ["person", "body", "place", "ship", "programme", "event"] {
        let of_kind = entries.iter().filter(|entry| entry.kind == kind).count();
        assert!(of_kind >= 40, "{kind}: {of_kind}");
    }
    let kinds: BTreeSet<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds.len(), 6, "{kinds:?}");
}

#[test]
fn an_id_names_one_entry_and_a_form_one_thing_of_a_kind() {
    let mut ids = BTreeSet::new();
    let mut forms = BTreeMap::new();
    for entry in entries() {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(entry.id.chars().all(plain), "{}", entry.id);
        assert!(ids.insert(entry.id.clone()), "{} is there twice", entry.id);
        for (language, written) in &entry.forms {
            for form in written {
                let key =
                    (entry.kind.clone(), language.clone(), form.to_lowercase().replace('ё', "е"));
                let other = forms.insert(key, entry.id.clone());
                assert_eq!(other, None, "{language} {form} of {}", entry.id);
            }
        }
    }
}

#[test]
fn an_entry_has_english_russian_and_chinese_or_is_listed() {
    let complete = |entry: &Entry| {
        ["en", "ru", "zh"]
            .iter()
            .all(|language| entry.forms.get(*language).is_some_and(|f| !f.is_empty()))
    };
    let mut incomplete: Vec<String> =
        entries().into_iter().filter(|entry| !complete(entry)).map(|entry| entry.id).collect();
    incomplete.sort_unstable();
    assert_eq!(incomplete, INCOMPLETE);
}

#[test]
fn languages_are_known_and_no_form_is_empty() {
    for entry in entries() {
        for (language, forms) in &entry.forms {
            assert!(["en", "ru", "zh", "ar", "es", "fr", "de", "pt"].contains(&language.as_str()));
            assert!(
                forms.iter().all(|form| form.trim() == form && !form.is_empty()),
                "{}",
                entry.id
            );
            let is_cyrillic =
                |form: &String| form.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я'));
            assert!(language == "ru" || !forms.iter().any(is_cyrillic), "{}: {forms:?}", entry.id);
        }
    }
}
