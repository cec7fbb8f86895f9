//! The registry's rules for an outlet's pages, applied: selectors to text, nothing guessed.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::blocks::{self, Block};
use crate::model::PageRules;

/// What one era's rules found on a page; empty where a rule is missing or matched nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    /// Name of the rules.
    pub name: String,
    pub title: String,
    pub body: Vec<Block>,
    pub byline: String,
    /// Times as written, with the selector of each, in the order of the rules.
    pub published: Vec<(String, String)>,
}

/// Keys of a body given as JSON that hold text; captions and credits are not among them.
const JSON_TEXT_KEYS: &[&str] =
    &["content", "text", "html", "value", "paragraph", "body", "children"];
/// Deepest nesting of such a body.
const JSON_DEPTH: usize = 8;

/// Applies rules to a page. A selector that does not parse finds nothing; the registry's checker
/// names it.
pub(super) fn apply(rules: &PageRules, page: &Html) -> Reading {
    let removed = matches_of(page, &rules.remove);
    let published =
        rules.published.iter().filter_map(|rule| Some((first_value(page, rule)?, rule.clone())));
    Reading {
        name: rules.name.clone(),
        title: rules.title.as_deref().and_then(|rule| first_value(page, rule)).unwrap_or_default(),
        body: body(rules, page, &removed),
        byline: rules
            .byline
            .as_deref()
            .and_then(|rule| first_value(page, rule))
            .unwrap_or_default(),
        published: published.collect(),
    }
}

/// Returns the nodes that any of the selectors matches.
pub(super) fn matches_of(page: &Html, selectors: &[String]) -> BTreeSet<NodeId> {
    let parsed = selectors.iter().filter_map(|selector| Selector::parse(selector).ok());
    parsed.flat_map(|s| page.select(&s).map(|e| e.id()).collect::<Vec<_>>()).collect()
}

/// Returns the first non-empty text or attribute that `css` or `css@attribute` finds.
pub(super) fn first_value(page: &Html, rule: &str) -> Option<String> {
    first_value_where(page, rule, |_| true)
}

/// The same among the elements that `wanted` accepts.
pub(super) fn first_value_where(
    page: &Html,
    rule: &str,
    wanted: impl Fn(ElementRef<'_>) -> bool,
) -> Option<String> {
    let (css, attribute) = split_attribute(rule);
    let selector = Selector::parse(css).ok()?;
    let value = |element: ElementRef<'_>| match attribute {
        Some(name) => element.attr(name).map(blocks::one_line),
        None => Some(line_of(element)).filter(|line| !line.is_empty()).or_else(|| {
            // `<meta itemprop>` and `<time>` hold their value in an attribute.
            element.attr("content").or(element.attr("datetime")).map(blocks::one_line)
        }),
    };
    let elements = page.select(&selector).filter(|element| wanted(*element));
    elements.filter_map(value).find(|text| !text.is_empty())
}

/// The text of an element in one line, that of a text field too.
fn line_of(element: ElementRef<'_>) -> String {
    held_markup(element).map_or_else(|| blocks::line(element), |text| blocks::one_line(&text))
}

/// Splits `css@attribute`; an `@` inside brackets or quotes belongs to the selector.
pub(super) fn split_attribute(rule: &str) -> (&str, Option<&str>) {
    match rule.rsplit_once('@') {
        Some((css, name))
            if !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || "-_:".contains(c)) =>
        {
            (css.trim(), Some(name))
        }
        _ => (rule, None),
    }
}

fn body(rules: &PageRules, page: &Html, removed: &BTreeSet<NodeId>) -> Vec<Block> {
    for css in &rules.body {
        let Ok(selector) = Selector::parse(css) else { continue };
        let elements: Vec<ElementRef<'_>> = page.select(&selector).collect();
        let ids: BTreeSet<NodeId> = elements.iter().map(|element| element.id()).collect();
        // An element inside another match is read with that one.
        let outer = elements.iter().filter(|element| {
            element
                .ancestors()
                .all(|node| !ids.contains(&node.id()) && !removed.contains(&node.id()))
        });
        let found: Vec<Block> = match &rules.body_json {
            Some(attribute) => outer
                .filter_map(|element| serde_json::from_str(element.attr(attribute)?).ok())
                .flat_map(|json: Value| json_blocks(&json))
                .collect(),
            None => outer
                .flat_map(|element| match held_markup(*element) {
                    Some(markup) => {
                        blocks::of_fragment(&markup, |held| matches_of(held, &rules.remove))
                    }
                    None => blocks::blocks(*element, removed),
                })
                .collect(),
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The content of a text field: pages that scripts draw keep their article in one.
fn held_markup(element: ElementRef<'_>) -> Option<String> {
    (element.value().name() == "textarea").then(|| element.text().collect())
}

fn json_blocks(json: &Value) -> Vec<Block> {
    let mut texts = Vec::new();
    collect_texts(json, 0, &mut texts);
    texts.iter().flat_map(|html| blocks::of_fragment(html, |_| BTreeSet::new())).collect()
}

fn collect_texts(json: &Value, depth: usize, texts: &mut Vec<String>) {
    match json {
        _ if depth > JSON_DEPTH => {}
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, depth + 1, texts)),
        Value::Object(object) => {
            for key in JSON_TEXT_KEYS {
                if let Some(value) = object.get(*key) {
                    collect_texts(value, depth + 1, texts);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> PageRules {
        PageRules {
            name: "era".into(),
            title: Some("h1.head".into()),
            body: vec![".none".into(), ".text".into()],
            body_json: None,
            byline: Some("meta[name=author]@content".into()),
            published: vec!["time.at@datetime".into(), ".date".into()],
            remove: vec![".box".into()],
        }
    }

    #[track_caller]
    fn body_is(rules: &PageRules, html: &str, expected: &[&str]) {
        let reading = apply(rules, &Html::parse_document(html));
        let texts: Vec<&str> = reading.body.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn each_field_by_its_selector() {
        let page = Html::parse_document(
            "<meta name=author content='A. Writer'><h1 class=head> A <i>bridge</i></h1>\
             <time class=at datetime='2020-01-02T03:04:05Z'>x</time><span class=date>2 Jan 2020</span>\
             <div class=text><p>One.</p><div class=box>Read more</div><p>Two.</p></div>",
        );
        let reading = apply(&rules(), &page);
        assert_eq!((reading.title.as_str(), reading.byline.as_str()), ("A bridge", "A. Writer"));
        assert_eq!(reading.published[0].0, "2020-01-02T03:04:05Z");
        assert_eq!(reading.published[1], ("2 Jan 2020".into(), ".date".into()));
        assert_eq!(reading.body.len(), 2);
    }

    #[test]
    fn broken_lines_are_paragraphs_and_nested_matches_are_read_once() {
        body_is(
            &rules(),
            "<div class=text>One.<br><br>Two.<p class=text>Three.</p></div><p class=text>Four.</p>",
            &["One.", "Two.", "Three.", "Four."],
        );
    }

    #[test]
    fn a_body_in_json_is_read_without_its_captions() {
        let rules = PageRules { body_json: Some("data-json".into()), ..rules() };
        body_is(
            &rules,
            r#"<div class=text data-json='[{"contentType":1,"content":"One &amp;nbsp;a."},{"contentType":4,"img":{"caption":"no"}},{"contentType":1,"content":"<p>Two</p>"}]'></div>"#,
            &["One a.", "Two"],
        );
    }

    #[test]
    fn a_text_field_is_read_as_the_markup_that_it_holds() {
        let rules = PageRules {
            title: Some("textarea.title".into()),
            body: vec!["textarea.text".into()],
            remove: vec!["i".into()],
            ..rules()
        };
        let page = "<textarea class=title>A &amp;  b</textarea><textarea class=text>&lt;p&gt;One.\
            &lt;i&gt;no&lt;/i&gt;&lt;/p&gt;<p>Two.</textarea>";
        body_is(&rules, page, &["One.", "Two."]);
        assert_eq!(apply(&rules, &Html::parse_document(page)).title, "A & b");
    }

    #[test]
    fn a_bad_selector_finds_nothing() {
        let rules = PageRules { title: Some("::::".into()), body: vec!["[[".into()], ..rules() };
        assert_eq!(apply(&rules, &Html::parse_document("<p>x</p>")).body, []);
    }
}
