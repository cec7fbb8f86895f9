//! `docs/outlets.md` tells the truth: its table is that of the registry, its examples load.

use std::fmt::Write as _;

use crate::model::{Outlet, SourceKind};
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
    let (feeds, lists, sitemaps) =
        (of(SourceKind::Feed), of(SourceKind::List), of(SourceKind::Sitemap));
    let mut languages: Vec<&str> =
        outlet.editions.iter().map(|edition| edition.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    format!(
        "| `{}` | {} | {} | {} | {}: {} | {feeds} + {lists} + {sitemaps} | {} |\n",
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
        "\n| id | name | role | state | editions | feeds + lists + sitemaps | domains |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for outlet in &embedded().outlets {
        write!(table, "{}", row(outlet)).expect("a string takes it");
    }
    let documented = between(GUIDE, "<!-- outlets: begin -->", "<!-- outlets: end -->");
    assert!(documented == table, "put this table between the marks of docs/outlets.md:\n{table}");
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
    assert_eq!(examples.len(), 4);
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
