//! `docs/outlets.md` tells the truth: its table is that of the registry, its examples load.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{Outlet, PollSet, Role, SourceKind};
use crate::outlets::{embedded, problems, with_file};

/// The guide.
const GUIDE: &str = include_str!("../../../docs/outlets.md");

/// Returns what stands between `begin` and `end`.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(begin).expect("the guide has the begin mark");
    rest.split_once(end).expect("the guide has the end mark").0
}

/// Returns the outlet's row of the guide's table.
fn row(outlet: &Outlet) -> String {
    let of = |kind| {
        let sources = outlet.editions.iter().flat_map(|edition| &edition.sources);
        sources.filter(|source| source.kind == kind).count()
    };
    let kinds = [SourceKind::Feed, SourceKind::List, SourceKind::Sitemap, SourceKind::Json];
    let counts = kinds.map(|kind| of(kind).to_string()).join(" + ");
    let mut languages: Vec<&str> =
        outlet.editions.iter().map(|edition| edition.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    format!(
        "| `{}` | {} | {} | {} | {}: {} | {counts} | {} |\n",
        outlet.id,
        outlet.name,
        outlet.role.as_str(),
        outlet.state.as_deref().unwrap_or("–"),
        outlet.editions.len(),
        languages.join(" "),
        outlet.domains.join(" "),
    )
}

#[test]
fn the_table_is_that_of_the_registry() {
    let mut table = String::from(
        "\n| id | name | role | state | editions | feeds + lists + sitemaps + JSON | domains |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for outlet in &embedded().outlets {
        write!(table, "{}", row(outlet)).expect("a string takes it");
    }
    let documented = between(GUIDE, "<!-- outlets: begin -->", "<!-- outlets: end -->");
    assert!(documented == table, "put this table between the marks of docs/outlets.md:\n{table}");
}

/// Outlets of a role that are polled in a language: those of the default set, then the others.
fn polled(language: &str, role: Role) -> (Vec<String>, Vec<String>) {
    let registry = embedded();
    let is_polled = |outlet: &&Outlet| {
        let mut editions = outlet.editions.iter();
        outlet.role == role && editions.any(|e| e.language == language && !e.sources.is_empty())
    };
    let (default, full): (Vec<&Outlet>, Vec<&Outlet>) = registry
        .outlets
        .iter()
        .filter(is_polled)
        .partition(|outlet| outlet.set == PollSet::Default);
    let ids = |outlets: Vec<&Outlet>| outlets.into_iter().map(|o| o.id.clone()).collect();
    (ids(default), ids(full))
}

#[test]
fn the_languages_are_those_of_the_registry() {
    let registry = embedded();
    let editions = registry.outlets.iter().flat_map(|outlet| &outlet.editions);
    let polled_in = editions.filter(|edition| !edition.sources.is_empty());
    let languages: BTreeSet<&str> = polled_in.map(|edition| edition.language.as_str()).collect();
    let mut table = String::from(
        "\n| language | subjects | wires | controls | controls polled |\n|---|---|---|---|---|\n",
    );
    for language in languages {
        let cell = |role| {
            let (default, full) = polled(language, role);
            let more = if full.is_empty() { String::new() } else { format!(" + {}", full.len()) };
            (format!("{}{more}", default.len()), [default, full].concat().join(" "))
        };
        let (subjects, _) = cell(Role::Subject);
        let (wires, _) = cell(Role::Wire);
        let (controls, names) = cell(Role::Control);
        let names = if names.is_empty() { "**none**".to_owned() } else { names };
        writeln!(table, "| {language} | {subjects} | {wires} | {controls} | {names} |")
            .expect("a string takes it");
    }
    let documented = between(GUIDE, "<!-- languages: begin -->", "<!-- languages: end -->");
    assert!(documented == table, "put this table between the marks of docs/outlets.md:\n{table}");
}

#[test]
fn every_source_says_who_saw_it() {
    for outlet in &embedded().outlets {
        for edition in &outlet.editions {
            for source in &edition.sources {
                assert!(source.seen_by.is_some(), "{}: {} needs `seen_by`", edition.id, source.url);
            }
        }
    }
}

#[test]
fn each_outlet_has_its_traps_described() {
    let traps = between(GUIDE, "## Known traps", "## The outlets");
    for outlet in &embedded().outlets {
        assert!(traps.contains(&format!("`{}`", outlet.id)), "{} is missing", outlet.id);
    }
}

#[test]
fn the_examples_load_without_a_problem() {
    let examples: Vec<&str> = GUIDE.split("```toml\n").skip(1).collect();
    assert_eq!(examples.len(), 5);
    for example in examples {
        let text = example.split("```").next().expect("a split has a first part");
        let registry = with_file(embedded(), text, "docs/outlets.md")
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(problems(&registry), []);
    }
}

#[test]
fn every_key_is_described() {
    let outlet = "[[outlet]]\nid = \"a\"\n";
    let edition = format!("{outlet}[[outlet.edition]]\nid = \"a-b\"\n");
    let source = format!("{edition}[[outlet.edition.source]]\nurls = []\n");
    let agreement = format!("{outlet}[[outlet.agreement]]\nwith = []\nsource = \"s\"\n");
    let rules = format!("{outlet}[[outlet.rules]]\nname = \"n\"\n");
    let described = between(GUIDE, "## How an outlet is described", "## Adding an outlet");
    for block in [outlet, &agreement, &edition, &source, &rules] {
        let error = with_file(embedded(), &format!("{block}unheard-of = 1\n"), "my.toml")
            .expect_err("there is no such key")
            .to_string();
        let keys: Vec<&str> = error.split('`').skip(5).step_by(2).collect();
        assert!(keys.len() > 2, "{error}");
        for key in keys {
            let is_described = described.contains(&format!("`{key}`"))
                || described.contains(&format!(".{key}]]`"));
            assert!(is_described, "{key} is missing");
        }
    }
}
