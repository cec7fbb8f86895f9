//! What a page says of its article in JSON-LD (schema.org), read leniently.

use scraper::{Html, Selector};
use serde_json::Value;

use super::blocks::{letters, one_line};
use super::{rules, url};

/// Deepest nesting that is searched for the article object.
const MAX_DEPTH: usize = 6;

/// Endings of the types of articles, and of the pages and videos that hold one.
const ARTICLES: &[&str] = &["Article", "BlogPosting", "Report"];
const PAGES: &[&str] = &["WebPage", "VideoObject"];

/// The article object's fields, as written; empty where missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct JsonLd {
    /// It is an article, not the page or video round it.
    pub is_article: bool,
    pub headline: String,
    pub body: String,
    pub published: String,
    /// Time of the last change.
    pub modified: String,
    /// Address of the page that the object is about.
    pub url: String,
    pub authors: String,
    pub language: String,
    /// It says that readers have to pay (`isAccessibleForFree: false`).
    pub is_paid: bool,
}

/// Reads the article object of the page's `application/ld+json` blocks: the one with this page's
/// address or headline, else the first that has a date, a headline or a body. Of several objects that
/// are all about other pages, no time is taken.
pub(super) fn read(page: &Html, address: &str) -> JsonLd {
    let Ok(selector) = Selector::parse(r#"script[type*="ld+json" i]"#) else {
        return JsonLd::default();
    };
    let blocks =
        page.select(&selector).filter_map(|script| parse(&script.text().collect::<String>()));
    let mut found: Vec<JsonLd> = Vec::new();
    for block in blocks {
        collect(&block, 0, &mut found);
    }
    let worth = |ld: &JsonLd| {
        u8::from(!ld.published.is_empty()) * 2
            + u8::from(!ld.headline.is_empty())
            + u8::from(!ld.body.is_empty())
    };
    let (articles, others): (Vec<JsonLd>, Vec<JsonLd>) =
        found.into_iter().partition(|ld| ld.is_article);
    let this = ThisPage::new(page, address);
    let rank = |ld: &&JsonLd| (this.is_of(ld), worth(ld));
    let mut best = articles.iter().rev().max_by_key(rank).cloned().unwrap_or_default();
    let is_list = articles.iter().any(|ld| letters(&ld.headline) != letters(&best.headline));
    if is_list && !this.is_of(&best) {
        best.published.clear();
        return best;
    }
    if best.published.is_empty() {
        // The page object of many publishing systems carries the article's date.
        best.published =
            others.into_iter().map(|ld| ld.published).find(|p| !p.is_empty()).unwrap_or_default();
    }
    best
}

/// What the page calls itself.
struct ThisPage {
    /// As given; relative addresses are resolved against it.
    address: String,
    addresses: Vec<String>,
    /// Its headlines, letters only.
    headlines: Vec<String>,
}

impl ThisPage {
    fn new(page: &Html, address: &str) -> ThisPage {
        let named = ["link[rel~=canonical i]@href", "meta[property='og:url']@content"]
            .iter()
            .filter_map(|rule| rules::first_value(page, rule));
        let addresses = named.chain([address.to_owned()]);
        let headlines = ["h1", "meta[property='og:title']@content", "title"]
            .iter()
            .filter_map(|rule| rules::first_value(page, rule));
        ThisPage {
            address: address.to_owned(),
            addresses: addresses.filter_map(|a| identity(&a, address)).collect(),
            headlines: headlines.map(|line| letters(&line)).collect(),
        }
    }

    /// Whether an object has this page's address, or its headline. The document's title goes on with the
    /// site's name.
    fn is_of(&self, ld: &JsonLd) -> bool {
        let headline = letters(&one_line(&ld.headline));
        let has_headline =
            !headline.is_empty() && self.headlines.iter().any(|own| own.starts_with(&headline));
        has_headline
            || identity(&ld.url, &self.address).is_some_and(|url| self.addresses.contains(&url))
    }
}

fn identity(address: &str, base: &str) -> Option<String> {
    Some(url::identity(&url::canonical(address, Some(base))?, None)).filter(|_| !address.is_empty())
}

/// Parses a block; retries without what sites wrongly put into it (comments, CDATA, raw line ends in
/// strings, a comma before a closing bracket).
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let text = text.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim();
    serde_json::from_str(text).ok().or_else(|| {
        let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let flat = flat.trim().trim_end_matches(';');
        serde_json::from_str(flat)
            .ok()
            .or_else(|| serde_json::from_str(&without_dangling_commas(flat)).ok())
    })
}

fn without_dangling_commas(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '}' | ']') {
            let end = kept.trim_end().len();
            if kept[..end].ends_with(',') {
                kept.truncate(end - 1);
            }
        }
        kept.push(c);
    }
    kept
}

fn collect(value: &Value, depth: usize, found: &mut Vec<JsonLd>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, found)),
        Value::Object(object) => {
            let is_article = is_kind(object.get("@type"), ARTICLES);
            if is_article || is_kind(object.get("@type"), PAGES) {
                found.push(JsonLd {
                    is_article,
                    headline: text_of(object.get("headline").or_else(|| object.get("name"))),
                    body: text_of(object.get("articleBody")),
                    published: text_of(
                        object.get("datePublished").or_else(|| object.get("uploadDate")),
                    ),
                    modified: text_of(object.get("dateModified")),
                    url: address_of(object),
                    authors: names(object.get("author")),
                    language: text_of(object.get("inLanguage")),
                    is_paid: is_false(object.get("isAccessibleForFree")),
                });
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// The address of the page that an object is about.
fn address_of(object: &serde_json::Map<String, Value>) -> String {
    let of_page = object.get("mainEntityOfPage").map(|page| match page {
        Value::Object(page) => text_of(page.get("@id").or_else(|| page.get("url"))),
        page => text_of(Some(page)),
    });
    let own = || text_of(object.get("url").or_else(|| object.get("@id")));
    of_page.filter(|address| !address.is_empty()).unwrap_or_else(own)
}

/// Whether a value says no, as a truth value or (as many systems write it) in words.
fn is_false(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(truth)) => !truth,
        Some(Value::String(word)) => word.trim().to_ascii_lowercase().ends_with("false"),
        _ => false,
    }
}

/// Whether an object's type ends with one of `endings`.
fn is_kind(kind: Option<&Value>, endings: &[&str]) -> bool {
    let named = |value: &Value| {
        value.as_str().is_some_and(|name| endings.iter().any(|ending| name.ends_with(ending)))
    };
    match kind {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Array(items)) => text_of(items.first()),
        Some(Value::Object(object)) => text_of(object.get("@value").or_else(|| object.get("name"))),
        _ => String::new(),
    }
}

fn names(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(items)) => {
            let names: Vec<String> = items.iter().map(|item| text_of(Some(item))).collect();
            let given: Vec<&str> =
                names.iter().map(String::as_str).filter(|n| !n.is_empty()).collect();
            given.join(", ")
        }
        other => text_of(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(block: &str, headline: &str, published: &str) {
        let page = format!("<script type=\"application/ld+json\">{block}</script>");
        let ld = read(&Html::parse_document(&page), "");
        assert_eq!((ld.headline.as_str(), ld.published.as_str()), (headline, published));
    }

    #[test]
    fn the_article_is_found_among_others() {
        check(
            r#"[{"@type":"Organization","name":"O"},{"@graph":[{"@type":["NewsArticle"],"headline":"H","datePublished":"2020-01-02"}]}]"#,
            "H",
            "2020-01-02",
        );
    }

    #[test]
    fn a_pages_date_stands_in_for_the_articles() {
        check(
            r#"{"@graph":[{"@type":"WebPage","name":"P","datePublished":"2020-01-02"},{"@type":"Article","headline":"H"}]}"#,
            "H",
            "2020-01-02",
        );
    }

    #[track_caller]
    fn published_is(head: &str, objects: &str, expected: &str) {
        let page = format!("{head}<script type='application/ld+json'>{objects}</script>");
        let page = Html::parse_document(&page);
        assert_eq!(read(&page, "https://a.example/news/2").published, expected);
    }

    #[test]
    fn of_several_articles_the_one_of_this_page_is_taken() {
        let teaser = r#"{"@type":"NewsArticle","headline":"Other","url":"https://a.example/news/1","datePublished":"2020-01-01"}"#;
        let by_headline =
            r#"{"@type":"NewsArticle","headline":"Ferry","datePublished":"2020-01-02"}"#;
        let by_address = r#"{"@type":"NewsArticle","headline":"X","url":"/news/2?utm_source=x","datePublished":"2020-01-03"}"#;
        published_is("<h1>Ferry</h1>", &format!("[{teaser},{by_headline}]"), "2020-01-02");
        published_is(
            "<title>Ferry | The Post</title>",
            &format!("[{teaser},{by_headline}]"),
            "2020-01-02",
        );
        published_is("", &format!("[{teaser},{by_address}]"), "2020-01-03");
        published_is("<h1>Bridge</h1>", &format!("[{teaser},{by_headline}]"), "");
        published_is("<h1>Bridge</h1>", by_headline, "2020-01-02");
    }

    #[test]
    fn damaged_blocks_are_read() {
        check("<!-- {\"@type\":\"Article\",\"headline\":\"a\nb\",} -->", "a b", "");
        check("{broken", "", "");
    }

    #[test]
    fn authors_in_any_form() {
        let page = r#"<script type="application/ld+json">{"@type":"Article","headline":"x","author":[{"name":"A B"},"C"]}</script>"#;
        assert_eq!(read(&Html::parse_document(page), "").authors, "A B, C");
    }
}
