//! JSON Feed, leniently: for documents that `feed-rs` refuses because a version or a field is not as
//! the standard wants it.

use serde_json::Value;

use super::listed::{Listed, Listing, Unlisted};

/// Reads the items of a JSON Feed; `reason` says why the strict reader refused it.
pub(super) fn parse(text: &str, reason: &str) -> Result<Listing, Unlisted> {
    let feed: Value = serde_json::from_str(text)
        .map_err(|error| Unlisted::Unreadable(format!("not JSON: {error}")))?;
    let Some(items) = feed.get("items").and_then(Value::as_array) else {
        return Err(Unlisted::Other(String::from("JSON, but no JSON Feed")));
    };
    Ok(Listing {
        items: items.iter().map(listed).collect(),
        language: string(&feed, "language"),
        problems: vec![reason.to_owned()],
        ..Listing::default()
    })
}

fn listed(item: &Value) -> Listed {
    let author = item.get("author").or_else(|| item.get("authors").and_then(|all| all.get(0)));
    Listed {
        url: string(item, "url").or_else(|| string(item, "external_url")).unwrap_or_default(),
        guid: string(item, "id"),
        title: string(item, "title"),
        summary: string(item, "summary"),
        content: string(item, "content_html").or_else(|| string(item, "content_text")),
        author: author.and_then(|author| string(author, "name")),
        published: string(item, "date_published").or_else(|| string(item, "date_modified")),
        language: string(item, "language"),
        updated: None,
    }
}

fn string(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
