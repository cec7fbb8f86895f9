//! What is wrong with a registry as a whole, although each value is well-formed: shown by
//! `fimi outlets`, and empty for the embedded registry.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use url::Url;

use super::check;
use crate::model::{Edition, Outlet, PageRules, Registry, SourceKind};

/// Something that makes an outlet less readable than its maker thinks; the run goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Outlet or edition id.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Returns all that is suspicious in `registry`, sorted by place.
///
/// Costs O(n log n) in the number of names, hosts and addresses.
pub fn problems(registry: &Registry) -> Vec<Problem> {
    let mut found = Vec::new();
    for outlet in &registry.outlets {
        one_outlet(outlet, &mut found);
    }
    shared(registry, "alias", |outlet| &outlet.aliases, &mut found);
    shared(registry, "domain", |outlet| &outlet.domains, &mut found);
    found.sort();
    found.dedup();
    found
}

fn one_outlet(outlet: &Outlet, found: &mut Vec<Problem>) {
    let mut say = |place: &str, message: String| {
        found.push(Problem { place: place.to_owned(), message });
    };
    if let Err(message) = check::id(&outlet.id) {
        say(&outlet.id, message);
    }
    if outlet.aliases.is_empty() {
        say(&outlet.id, "no `aliases`: articles that cite it by name are not seen".into());
    }
    for rules in &outlet.rules {
        rules_without_body(&outlet.id, rules, &mut say);
    }
    for edition in &outlet.editions {
        one_edition(outlet, edition, &mut say);
    }
}

fn one_edition(outlet: &Outlet, edition: &Edition, say: &mut impl FnMut(&str, String)) {
    for host in &edition.hosts {
        let host = host.split('/').next().unwrap_or(host);
        if !is_covered(outlet, host) {
            say(&edition.id, format!("host `{host}` is in none of the outlet's `domains`: add it"));
        }
    }
    let mut urls: Vec<&str> = Vec::new();
    for source in &edition.sources {
        if urls.contains(&source.url.as_str()) {
            say(&edition.id, format!("{} is listed twice: remove one", source.url));
        }
        urls.push(&source.url);
        for address in std::iter::once(&source.url).chain(&source.past) {
            let url = Url::parse(address).ok();
            let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
            if !is_covered(outlet, host) {
                let message = format!(
                    "{address} is on a host in none of the outlet's `domains`: add `{host}` if it is theirs"
                );
                say(&edition.id, message);
            }
        }
        if source.kind == SourceKind::List && source.links.is_none() {
            let message =
                format!("{} is a list page without `links`: give its selector", source.url);
            say(&edition.id, message);
        }
    }
    for rules in &edition.rules {
        rules_without_body(&edition.id, rules, say);
    }
}

fn rules_without_body(place: &str, rules: &PageRules, say: &mut impl FnMut(&str, String)) {
    if rules.body.is_empty() {
        say(place, format!("rules `{}` have no `body`: they never read an article", rules.name));
    }
}

/// Whether `host` is one of the outlet's domains or below one.
fn is_covered(outlet: &Outlet, host: &str) -> bool {
    let below = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    outlet.domains.iter().any(|domain| domain == host || below(domain))
}

/// Notes the values that two outlets claim.
fn shared(
    registry: &Registry,
    what: &str,
    values: fn(&Outlet) -> &[String],
    found: &mut Vec<Problem>,
) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for outlet in &registry.outlets {
        for value in values(outlet) {
            match owners.insert(value, &outlet.id) {
                Some(other) if other == outlet.id => found.push(Problem {
                    place: outlet.id.clone(),
                    message: format!("{what} `{value}` is given twice: remove one"),
                }),
                Some(other) => found.push(Problem {
                    place: outlet.id.clone(),
                    message: format!("{what} `{value}` is also that of `{other}`: keep it in one"),
                }),
                None => {}
            }
        }
    }
}
