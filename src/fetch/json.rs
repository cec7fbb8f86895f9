//! List endpoints that answer in JSON, or in JSON wrapped in a function call (JSONP): the registry says where
//! the list is and where the parts of an item are.

use scraper::Html;
use serde_json::Value;

use super::feed_entry::{Listed, Listing, Unlisted};
use crate::model::ItemPaths;
use crate::text::charset;

/// Values of one document, counted by their separators: real lists of a thousand items have thirty thousand, and a
/// value costs up to a kilobyte of memory.
const MAX_VALUES: usize = 200_000;
/// Bytes of a callback's name.
const MAX_CALLBACK: usize = 100;

/// Reads the items of a JSON document.
pub(super) fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    paths: &ItemPaths,
) -> Result<Listing, Unlisted> {
    let text = charset::decode(bytes, content_type, "").text;
    let text = unwrapped(text.trim_start_matches('\u{feff}').trim());
    if !text.starts_with(['{', '[']) {
        return Err(Unlisted::Other(String::from("no JSON")));
    }
    if has_too_many_values(text) {
        let reason = format!("more than {MAX_VALUES} values in one document");
        return Err(Unlisted::Unreadable(reason));
    }
    // The reader itself refuses what is nested more than 128 deep.
    let document: Value = serde_json::from_str(text)
        .map_err(|error| Unlisted::Unreadable(format!("no sound JSON: {error}")))?;
    let (place, list) = match &paths.items {
        Some(path) => (format!("at `{path}`"), at(&document, path)),
        None => (String::from("at its top"), Some(&document)),
    };
    let mut listing = Listing::default();
    match list {
        Some(Value::Array(items)) => {
            // Some endpoints end their lists with an empty object.
            let real = items.iter().filter(|item| !is_blank(item));
            listing.items = real.map(|item| listed(item, paths)).collect();
        }
        _ => listing.problems.push(format!("no list {place}: the document's form has changed")),
    }
    Ok(listing)
}

fn is_blank(item: &Value) -> bool {
    item.is_null() || item.as_object().is_some_and(serde_json::Map::is_empty)
}

fn listed(item: &Value, paths: &ItemPaths) -> Listed {
    let read = |path: &Option<String>| path.as_deref().and_then(|path| string(at(item, path)?));
    Listed {
        url: address(item, &paths.address).unwrap_or_default(),
        title: read(&paths.title).map(|title| plain(&title)),
        published: read(&paths.time),
        content: read(&paths.text),
        ..Listed::default()
    }
}

/// The address of an item: the value at a path, or a pattern whose `{path}` places are filled in. Nothing if a part
/// is missing.
fn address(item: &Value, pattern: &str) -> Option<String> {
    if !pattern.contains('{') {
        return string(at(item, pattern)?);
    }
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (path, behind) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&string(at(item, path)?)?);
        rest = behind;
    }
    filled.push_str(rest);
    Some(filled)
}

/// The value at a path: keys joined by dots; a number is the place in a list, from 0.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => value.get(key),
    })
}

/// A value as text, if it is one that can be: epoch times are numbers, sometimes with a fraction.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => {
            let text = number.to_string();
            text.split_once('.').map_or(text.clone(), |(whole, _)| whole.to_owned())
        }
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// A title without markup: some endpoints escape it as HTML.
fn plain(title: &str) -> String {
    if title.contains('&') || title.contains('<') {
        let text: String = Html::parse_fragment(title).root_element().text().collect();
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    title.to_owned()
}

/// Takes the function call off that JSONP wraps a document in: `news({...});`, also behind a comment.
fn unwrapped(text: &str) -> &str {
    let inside = || {
        let rest = match text.strip_prefix("/*") {
            Some(comment) => comment.split_once("*/")?.1.trim_start(),
            None => text,
        };
        let (name, rest) = rest.split_once('(')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_$.[]\"'; &=".contains(c);
        if name.len() > MAX_CALLBACK || name.starts_with(['{', '[']) || !name.chars().all(is_name) {
            return None;
        }
        let rest = rest.trim_end().trim_end_matches(';').trim_end();
        Some(rest.strip_suffix(')')?.trim())
    };
    inside().unwrap_or(text)
}

/// Counts the separators outside strings: a linear look at what would fill the memory.
fn has_too_many_values(text: &str) -> bool {
    let (mut values, mut in_string, mut escaped) = (0usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b',' | b':' if !in_string => values += 1,
            _ => {}
        }
    }
    values > MAX_VALUES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(items: Option<&str>, address: &str) -> ItemPaths {
        ItemPaths {
            items: items.map(str::to_owned),
            address: address.into(),
            title: Some("title".into()),
            time: Some("time".into()),
            text: None,
        }
    }

    #[track_caller]
    fn check(text: &str, paths: &ItemPaths, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let listing = parse(text.as_bytes(), None, paths).expect("a list");
        let found: Vec<_> = listing
            .items
            .iter()
            .map(|item| (item.url.as_str(), item.title.as_deref(), item.published.as_deref()))
            .collect();
        assert_eq!(found, expected);
        assert!(listing.problems.is_empty(), "{:?}", listing.problems);
    }

    const ONE: (&str, Option<&str>, Option<&str>) =
        ("https://a.example/1", Some("One"), Some("1772704800000"));

    #[test]
    fn a_list_is_found_at_its_path() {
        let item = r#"{"url": "https://a.example/1", "title": "One", "time": 1772704800000}"#;
        check(&format!("[{item}]"), &paths(None, "url"), &[ONE]);
        let nested = format!(r#"{{"data": {{"list": [{item}, {{}}, null]}}}}"#);
        check(&nested, &paths(Some("data.list"), "url"), &[ONE]);
        let in_list = format!(r#"{{"boxes": [{{}}, {{"news": [{item}]}}]}}"#);
        check(&in_list, &paths(Some("boxes.1.news"), "url"), &[ONE]);
        check(r#"{"data": {"list": []}}"#, &paths(Some("data.list"), "url"), &[]);
    }

    #[test]
    fn a_function_call_round_it_is_taken_off() {
        let list = r#"[{"url": "https://a.example/1", "title": "One", "time": "1772704800000"}]"#;
        for wrapped in [
            format!("news({list})"),
            format!("news({list});\n"),
            format!("\u{feff} /**/ jQuery_1.cb['x'] ( {list} ) ;"),
            format!("/* made at noon */window.cb({list});"),
            format!("typeof cb === 'function' && cb({list});"),
        ] {
            let found = parse(wrapped.as_bytes(), None, &paths(None, "url"));
            assert_eq!(found.map(|listing| listing.items.len()), Ok(1), "{wrapped}");
        }
        let in_title = r#"[{"url": "/1", "title": "He said (twice)", "time": ""}]"#;
        check(in_title, &paths(None, "url"), &[("/1", Some("He said (twice)"), None)]);
    }

    #[test]
    fn an_address_is_a_path_or_a_pattern() {
        let item = r#"[{"aid": "4Tx", "host": "world.a.example", "title": "One", "time": ""}]"#;
        let pattern = "https://{host}/article/{aid}";
        check(
            item,
            &paths(None, pattern),
            &[("https://world.a.example/article/4Tx", Some("One"), None)],
        );
        check(item, &paths(None, "https://{host}/{gone}"), &[("", Some("One"), None)]);
        let nested =
            r#"[{"link": {"href": "https://a.example/1"}, "title": "One", "time": 1772704800.5}]"#;
        check(
            nested,
            &paths(None, "link.href"),
            &[("https://a.example/1", Some("One"), Some("1772704800"))],
        );
    }

    #[test]
    fn titles_lose_their_markup_and_texts_keep_it() {
        let text = r#"[{"link": "/1", "t": {"rendered": "Fish &#038; <em>chips</em> &lt; tea"},
            "c": {"rendered": "<p>Body.</p>"}}]"#;
        let paths = ItemPaths {
            title: Some("t.rendered".into()),
            text: Some("c.rendered".into()),
            ..paths(None, "link")
        };
        let item = parse(text.as_bytes(), None, &paths).unwrap().items.remove(0);
        assert_eq!(item.title.as_deref(), Some("Fish & chips < tea"));
        assert_eq!(item.content.as_deref(), Some("<p>Body.</p>"));
    }

    #[test]
    fn what_is_no_list_says_so() {
        let listing = parse(br#"{"data": {"rows": []}}"#, None, &paths(Some("data.list"), "url"));
        assert!(listing.unwrap().problems[0].contains("`data.list`"));
        let listing = parse(br#"{"code": "rest_error"}"#, None, &paths(None, "url"));
        assert!(listing.unwrap().problems[0].contains("at its top"));
        for page in ["<html><p>(sorry)", "", "maintenance", "f(x)"] {
            let found = parse(page.as_bytes(), None, &paths(None, "url"));
            assert!(matches!(found, Err(Unlisted::Other(_))), "{page}");
        }
        for broken in ["[{\"url\": ", "[1, 2,, 3]", "{\"a\": NaN}", "news([{})"] {
            let found = parse(broken.as_bytes(), None, &paths(None, "url"));
            assert!(matches!(found, Err(Unlisted::Unreadable(_))), "{broken}");
        }
    }

    #[test]
    fn hostile_documents_are_refused() {
        let refused = |text: String| {
            matches!(
                parse(text.as_bytes(), None, &paths(None, "url")),
                Err(Unlisted::Unreadable(_))
            )
        };
        assert!(refused("[".repeat(1 << 20)));
        assert!(refused(format!("{}{}", "[".repeat(500), "]".repeat(500))));
        assert!(refused(format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000))));
        assert!(refused(format!("[{}1]", "1,".repeat(MAX_VALUES + 1))));
        let commas_in_text =
            format!(r#"[{{"url": "/1", "title": "{}", "time": ""}}]"#, ",".repeat(300_000));
        assert!(!refused(commas_in_text), "a long text is no hostile document");
    }
}
