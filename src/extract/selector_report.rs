//! Tries an outlet's rules on a page selector by selector, for the one who mends them: a rule that
//! finds nothing and a rule that finds too much look alike from the outside.

use scraper::{Html, Selector};
use serde::Serialize;

use super::types::Page;
use super::{document, rules};
use crate::model::{PageRules, Registry};

/// How one selector of the registry did on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelectorReport {
    /// Name of the rules it belongs to.
    pub rules: String,
    /// The registry's key: `title`, `body`, `byline`, `published` or `remove`.
    pub key: &'static str,
    /// The selector as it stands in the registry.
    pub selector: String,
    /// Elements that it matches.
    pub matches: usize,
}

/// Tries all rules that were asked for `page`, in the order in which they are asked; none if it is no
/// outlet's. `bytes` are what the page was read from. Costs one more parse.
pub fn selector_reports(
    bytes: &[u8],
    page: &Page,
    content_type: Option<&str>,
    registry: &Registry,
) -> Vec<SelectorReport> {
    let Some(outlet) = registry.get(&page.outlet) else { return Vec::new() };
    let edition = outlet.editions.iter().find(|edition| edition.id == page.edition);
    let parsed = document::parse(bytes, content_type, &page.url.value).parsed;
    let own = edition.map_or(&[][..], |edition| &edition.rules);
    own.iter().chain(&outlet.rules).flat_map(|rules| of_rules(rules, &parsed)).collect()
}

fn of_rules(rules: &PageRules, page: &Html) -> Vec<SelectorReport> {
    let one = |key: &'static str, selectors: &[String]| -> Vec<SelectorReport> {
        let report = |selector: &String| SelectorReport {
            rules: rules.name.clone(),
            key,
            selector: selector.clone(),
            matches: matches(page, selector),
        };
        selectors.iter().map(report).collect()
    };
    [
        one("title", rules.title.as_slice()),
        one("body", &rules.body),
        one("byline", rules.byline.as_slice()),
        one("published", &rules.published),
        one("remove", &rules.remove),
    ]
    .concat()
}

fn matches(page: &Html, rule: &str) -> usize {
    let (css, attribute) = rules::split_attribute(rule);
    let Ok(selector) = Selector::parse(css) else { return 0 };
    page.select(&selector).filter(|e| attribute.is_none_or(|name| e.attr(name).is_some())).count()
}
