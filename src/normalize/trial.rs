//! Tries an outlet's rules on a page selector by selector, for the one who mends them: a rule that
//! finds nothing and a rule that finds too much look alike from the outside.

use scraper::{Html, Selector};
use serde::Serialize;

use super::{charset, guard, rules};
use crate::model::{PageRules, Registry};

/// How one selector of the registry did on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// Name of the rules it belongs to.
    pub rules: String,
    /// The registry's key: `title`, `body`, `byline`, `published` or `remove`.
    pub key: &'static str,
    /// The selector as it stands in the registry.
    pub selector: String,
    /// Elements that it matches.
    pub matches: usize,
}

/// Tries all rules that would be asked for the page at `url`, in the order in which they are asked;
/// none if the address belongs to no outlet. Costs one parse of the page.
pub fn trials(
    bytes: &[u8],
    url: &str,
    content_type: Option<&str>,
    registry: &Registry,
) -> Vec<Trial> {
    let host = super::url::host(url).unwrap_or_default();
    let Some((outlet, edition)) = registry.by_host(&host) else { return Vec::new() };
    let text = charset::decode(bytes, content_type, url).text;
    let page = Html::parse_document(&guard::lean(&text).html);
    let own = edition.map_or(&[][..], |edition| &edition.rules);
    own.iter().chain(&outlet.rules).flat_map(|rules| of_rules(rules, &page)).collect()
}

fn of_rules(rules: &PageRules, page: &Html) -> Vec<Trial> {
    let one = |key: &'static str, selectors: &[String]| -> Vec<Trial> {
        let trial = |selector: &String| Trial {
            rules: rules.name.clone(),
            key,
            selector: selector.clone(),
            matches: matches(page, selector),
        };
        selectors.iter().map(trial).collect()
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
