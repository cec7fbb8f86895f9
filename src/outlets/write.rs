//! Writes a registry as a file that says only what differs from another one: read over that other, it gives the
//! registry again.

use std::fmt::Write as _;

use crate::model::{Agreement, Edition, Outlet, PageRules, Registry, Source, Zone};

/// Returns the registry file that makes `registry` of `base`. Outlets that are the same in both are left out, and of
/// the others the keys that are; an edition whose sources differ has all of them.
///
/// What a file cannot say (that a key of `base` is gone) is not said.
pub fn difference(registry: &Registry, base: &Registry) -> String {
    let mut text = String::new();
    for outlet in &registry.outlets {
        let known = base.get(&outlet.id);
        if known != Some(outlet) {
            let nothing = Outlet::unlisted(&outlet.id);
            one_outlet(&mut text, outlet, known.unwrap_or(&nothing));
        }
    }
    text
}

fn one_outlet(text: &mut String, outlet: &Outlet, base: &Outlet) {
    line(text, "\n[[outlet]]");
    key(text, "id", &quoted(&outlet.id));
    if outlet.name != base.name {
        key(text, "name", &quoted(&outlet.name));
    }
    some(text, "state", outlet.state.as_ref(), base.state.as_ref());
    some(text, "operator", outlet.operator.as_ref(), base.operator.as_ref());
    if outlet.role != base.role {
        key(text, "role", &quoted(outlet.role.as_str()));
    }
    if outlet.set != base.set {
        key(text, "set", &quoted(outlet.set.as_str()));
    }
    some(text, "typology", outlet.typology.as_ref(), base.typology.as_ref());
    all(text, "aliases", &outlet.aliases, &base.aliases);
    all(text, "domains", &outlet.domains, &base.domains);
    some(text, "article_id", outlet.article_id.as_ref(), base.article_id.as_ref());
    all(text, "decoys", &outlet.decoys, &base.decoys);
    if let Some(limit) = outlet.max_new_pages.filter(|_| outlet.max_new_pages != base.max_new_pages)
    {
        key(text, "max_new_pages", &limit.to_string());
    }
    let known = |id: &str| base.editions.iter().find(|edition| edition.id == id);
    let is_gone = |edition: &Edition| !outlet.editions.iter().any(|kept| kept.id == edition.id);
    let replaces = base.editions.iter().any(is_gone);
    if replaces {
        key(text, "replace_editions", "true");
    }
    if outlet.agreements != base.agreements {
        outlet.agreements.iter().for_each(|entry| agreement(text, entry));
    }
    for own in &outlet.editions {
        if replaces || known(&own.id) != Some(own) {
            one_edition(text, own, known(&own.id));
        }
    }
    all_rules(text, "[[outlet.rules]]", &outlet.rules, &base.rules);
}

fn agreement(text: &mut String, entry: &Agreement) {
    line(text, "\n[[outlet.agreement]]");
    key(text, "with", &list(&entry.with));
    some(text, "since", entry.since.as_ref(), None);
    key(text, "source", &quoted(&entry.source));
}

fn one_edition(text: &mut String, edition: &Edition, base: Option<&Edition>) {
    line(text, "\n[[outlet.edition]]");
    key(text, "id", &quoted(&edition.id));
    if base.is_none_or(|base| base.language != edition.language) {
        key(text, "language", &quoted(&edition.language));
    }
    some(text, "region", edition.region.as_ref(), base.and_then(|base| base.region.as_ref()));
    all(text, "hosts", &edition.hosts, base.map_or(&[], |base| &base.hosts));
    if base.map(|base| base.zone) != Some(edition.zone) {
        key(text, "zone", &quoted(&zone(edition.zone)));
    }
    if base.map_or(&[][..], |base| &base.sources) != edition.sources {
        if edition.sources.is_empty() {
            key(text, "feeds", "[]");
        }
        edition.sources.iter().for_each(|entry| source(text, entry));
    }
    all_rules(
        text,
        "[[outlet.edition.rules]]",
        &edition.rules,
        base.map_or(&[], |base| &base.rules),
    );
}

fn source(text: &mut String, source: &Source) {
    line(text, "\n[[outlet.edition.source]]");
    key(text, "kind", &quoted(source.kind.as_str()));
    key(text, "urls", &list(std::slice::from_ref(&source.url)));
    if source.full_text {
        key(text, "full_text", "true");
    }
    if let Some(clock) = source.clock {
        key(text, "clock", &quoted(&zone(clock)));
    }
    some(text, "links", source.links.as_ref(), None);
    some(text, "link_time", source.link_time.as_ref(), None);
    if let Some(paths) = &source.paths {
        some(text, "items", paths.items.as_ref(), None);
        key(text, "address", &quoted(&paths.address));
        some(text, "title", paths.title.as_ref(), None);
        some(text, "time", paths.time.as_ref(), None);
        some(text, "text", paths.text.as_ref(), None);
    }
    all(text, "past", &source.past, &[]);
    some(text, "seen", source.seen.as_ref(), None);
    some(text, "seen_by", source.seen_by.as_ref(), None);
    some(text, "newest", source.newest.as_ref(), None);
}

/// Writes the rules that differ from those of `base` with the same name.
fn all_rules(text: &mut String, head: &str, rules: &[PageRules], base: &[PageRules]) {
    for rules in rules.iter().filter(|rules| !base.contains(rules)) {
        line(text, &format!("\n{head}"));
        key(text, "name", &quoted(&rules.name));
        some(text, "title", rules.title.as_ref(), None);
        all(text, "body", &rules.body, &[]);
        some(text, "body_json", rules.body_json.as_ref(), None);
        some(text, "byline", rules.byline.as_ref(), None);
        all(text, "published", &rules.published, &[]);
        all(text, "remove", &rules.remove, &[]);
    }
}

fn some(text: &mut String, name: &str, value: Option<&String>, base: Option<&String>) {
    if let Some(value) = value.filter(|value| Some(*value) != base) {
        key(text, name, &quoted(value));
    }
}

fn all(text: &mut String, name: &str, values: &[String], base: &[String]) {
    if values != base {
        key(text, name, &list(values));
    }
}

fn key(text: &mut String, name: &str, value: &str) {
    line(text, &format!("{name} = {value}"));
}

fn line(text: &mut String, line: &str) {
    // A string takes all.
    let _ = writeln!(text, "{line}");
}

fn list(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A basic string of TOML, whatever is in the text.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn zone(zone: Zone) -> String {
    let minutes = zone.0.abs();
    let sign = if zone.0 < 0 { '-' } else { '+' };
    if minutes == 0 {
        String::from("UTC")
    } else {
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::{embedded, with_file};

    #[track_caller]
    fn check(registry: &Registry, base: &Registry) -> String {
        let text = difference(registry, base);
        let read = with_file(base.clone(), &text, "my.toml")
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        for (read, meant) in read.outlets.iter().zip(&registry.outlets) {
            assert_eq!(read, meant);
        }
        assert_eq!(read.outlets.len(), registry.outlets.len());
        text
    }

    #[test]
    fn a_registry_is_written_so_that_it_is_read_again() {
        check(&embedded(), &Registry::default());
        assert_eq!(check(&embedded(), &embedded()), "");
    }

    #[test]
    fn only_what_differs_is_written() {
        let mut registry = embedded();
        let rt = registry.outlets.iter_mut().find(|outlet| outlet.id == "rt").unwrap();
        rt.aliases.push("R \"T\"\\\u{7f}".into());
        rt.max_new_pages = Some(700);
        let edition = &mut rt.editions[1];
        edition.zone = Zone(-210);
        edition.sources[0].seen = Some("2026-11-30".into());
        edition.sources[0].newest = Some("2026-11-29".into());
        let (sources, id) = (edition.sources.len(), edition.id.clone());
        let text = check(&registry, &embedded());
        assert_eq!(text.matches("[[outlet]]").count(), 1);
        assert_eq!(text.matches("[[outlet.edition]]").count(), 1);
        assert!(text.contains(&format!("id = \"{id}\"")) && !text.contains("language"), "{text}");
        assert_eq!(
            text.matches("[[outlet.edition.source]]").count(),
            sources,
            "all of the edition"
        );
    }

    #[test]
    fn new_outlets_and_dropped_editions_are_said() {
        let mut registry = embedded();
        let gone = registry.outlets.iter_mut().find(|outlet| outlet.id == "rt").unwrap();
        gone.editions.truncate(2);
        let mut new = registry.get("redstar").unwrap().clone();
        new.id = "zz".into();
        new.editions[0].id = "zz-ru".into();
        registry.outlets.push(new);
        let text = check(&registry, &embedded());
        assert!(
            text.contains("replace_editions = true") && text.contains("address = \"link\""),
            "{text}"
        );
    }
}
