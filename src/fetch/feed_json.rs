//! JSON Feed, leniently: for documents that `feed-rs` refuses because a version or a field is not as
//! the standard wants it.

use serde_json::{Deserializer, Value};

use super::feed_entry::{Listed, Listing, Unlisted};

/// Places in a damaged document at which reading is tried again.
const MAX_TRIES: usize = 1_000;

/// Reads the items of a JSON Feed; `reason` says why the strict reader refused it.
pub(super) fn parse(text: &str, reason: &str) -> Result<Listing, Unlisted> {
    let feed: Value = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(error) => return survivors(text, &format!("not JSON: {error}")),
    };
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

/// Reads the items that can be read by themselves; they are told by their `id`, which each item
/// must have and the objects inside one have not.
fn survivors(text: &str, reason: &str) -> Result<Listing, Unlisted> {
    let mut listing = Listing { problems: vec![reason.to_owned()], ..Listing::default() };
    let start = text.find("\"items\"").map_or(text.len(), |at| at + "\"items\"".len());
    let mut rest = text.get(start..).unwrap_or_default();
    let mut tries = 0;
    while let Some(at) = rest.find('{').filter(|_| tries < MAX_TRIES) {
        rest = rest.get(at..).unwrap_or_default();
        let mut objects = Deserializer::from_str(rest).into_iter::<Value>();
        let read = if let Some(Ok(object)) = objects.next() {
            if object.get("id").is_some() {
                listing.items.push(listed(&object));
            }
            objects.byte_offset()
        } else {
            tries += 1;
            1
        };
        rest = rest.get(read..).unwrap_or_default();
    }
    if listing.items.is_empty() {
        return Err(Unlisted::Unreadable(reason.to_owned()));
    }
    Ok(listing)
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
