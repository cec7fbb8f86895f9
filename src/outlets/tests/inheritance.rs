//! What a file changes, what it leaves, and what is suspicious about the result.

use super::base;
use crate::model::{Outlet, Role, SourceKind, Zone};
use crate::outlets::{problems, with_file};

#[track_caller]
fn gazette(text: &str) -> Outlet {
    let registry = with_file(base(), text, "my.toml").unwrap_or_else(|error| panic!("{error}"));
    registry.get("gazette").expect("it is there").clone()
}

#[test]
fn absent_fields_are_inherited() {
    let changed = gazette("[[outlet]]\nid = \"gazette\"\nrole = \"wire\"\n");
    let expected =
        Outlet { role: Role::Wire, ..base().get("gazette").expect("it is there").clone() };
    assert_eq!(changed, expected);
}

#[test]
fn lists_are_replaced_and_add_keys_extend() {
    let changed = gazette(
        "[[outlet]]\nid = \"gazette\"\naliases = [\"Gazette NZ\"]\nadd_domains = [\"gz.example\"]\n",
    );
    assert_eq!(changed.aliases, ["Gazette NZ"]);
    assert_eq!(changed.domains, ["gazette.example", "gz.example"]);
}

#[test]
fn a_file_laid_over_its_own_result_changes_nothing() {
    let text = "[[outlet]]\nid = \"gazette\"\nadd_domains = [\"gz.example\"]\nzone = \"+13:00\"\n\
                [[outlet.rules]]\nname = \"next\"\nbody = [\"article\"]\n";
    let once = with_file(base(), text, "my.toml").expect("right");
    assert_eq!(with_file(once.clone(), text, "my.toml"), Ok(once));
}

#[test]
fn an_edition_is_overridden_field_by_field_and_a_new_one_added() {
    let changed = gazette(
        r#"
[[outlet]]
id = "gazette"
[[outlet.edition]]
id = "gazette-en"
[[outlet.edition.source]]
kind = "list"
urls = ["https://www.gazette.example/a", "https://www.gazette.example/b"]
links = "h2 a"
[[outlet.edition]]
id = "gazette-fr"
language = "fr"
"#,
    );
    let [en, mi, fr] = changed.editions.as_slice() else { panic!("{:?}", changed.editions) };
    assert_eq!((en.language.as_str(), en.zone), ("en", Zone(720)));
    assert_eq!(en.hosts, ["www.gazette.example"]);
    let kinds: Vec<_> = en.sources.iter().map(|s| (s.kind, s.links.as_deref())).collect();
    assert_eq!(kinds, [(SourceKind::List, Some("h2 a")); 2]);
    assert_eq!(mi.sources.len(), 1);
    assert_eq!((fr.id.as_str(), fr.zone), ("gazette-fr", Zone(720)));
}

#[test]
fn editions_can_be_replaced() {
    let changed = gazette(
        "[[outlet]]\nid = \"gazette\"\nreplace_editions = true\n[[outlet.edition]]\nid = \"gazette-en\"\n",
    );
    assert_eq!(changed.editions, base().get("gazette").expect("it is there").editions[..1]);
}

#[test]
fn the_outlets_zone_sets_that_of_its_editions() {
    let changed = gazette("[[outlet]]\nid = \"gazette\"\nzone = \"+13:00\"\n");
    assert!(changed.editions.iter().all(|edition| edition.zone == Zone(780)));
}

#[test]
fn rules_of_a_known_name_are_overridden_and_new_ones_tried_first() {
    let changed = gazette(
        r#"
[[outlet]]
id = "gazette"
[[outlet.rules]]
name = "now"
remove = [".promo"]
[[outlet.rules]]
name = "next"
body = ["article"]
"#,
    );
    let [next, now] = changed.rules.as_slice() else { panic!("{:?}", changed.rules) };
    assert_eq!((next.name.as_str(), now.name.as_str()), ("next", "now"));
    assert_eq!(
        (now.body.as_slice(), now.remove.as_slice()),
        (&["main".into()][..], &[".promo".into()][..])
    );
}

#[test]
fn a_new_outlet_has_defaults() {
    let registry = with_file(base(), "[[outlet]]\nid = \"herald\"\n", "my.toml").expect("right");
    let herald = registry.get("herald").expect("added");
    assert_eq!((herald.name.as_str(), herald.role), ("herald", Role::Subject));
    assert!(registry.get("gazette").is_some());
}

#[test]
fn problems_name_hosts_outside_the_domains_and_lists_without_links() {
    let text = r#"
[[outlet]]
id = "gazette"
[[outlet.edition]]
id = "gazette-en"
hosts = ["gazette.invalid"]
[[outlet.edition.source]]
kind = "list"
urls = ["https://cdn.invalid/list"]
[[outlet]]
id = "herald"
aliases = ["The Gazette"]
domains = ["gazette.example"]
[[outlet.rules]]
name = "now"
title = "h1"
"#;
    let registry = with_file(base(), text, "my.toml").expect("right");
    let found: Vec<String> = problems(&registry).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "gazette-en: host `gazette.invalid` is in none of the outlet's `domains`: add it",
            "gazette-en: https://cdn.invalid/list is a list page without `links`: give its selector",
            "gazette-en: https://cdn.invalid/list is on a host in none of the outlet's `domains`: \
             add `cdn.invalid` if it is theirs",
            "herald: alias `The Gazette` is also that of `gazette`: keep it in one",
            "herald: domain `gazette.example` is also that of `gazette`: keep it in one",
            "herald: rules `now` have no `body`: they never read an article",
        ]
    );
}
