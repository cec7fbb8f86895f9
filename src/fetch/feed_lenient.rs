//! Reads a damaged XML feed item by item, so that one bad item costs one item.
//!
//! The text is cut into items by their tags first, CDATA sections skipped; then each is read by a
//! forgiving tokenizer. Namespaces are not resolved: the prefixes that feeds use are as good as fixed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::listed::{Listed, Listing};

/// Elements nested deeper than this inside an item are read as text of the item's field.
const MAX_DEPTH: usize = 256;

/// Whether the text has the root element of a feed, or items at least.
pub(super) fn looks_like_a_feed(text: &str) -> bool {
    ["<rss", "<feed", "<rdf:RDF", "<RDF", "<channel", "<entry"]
        .iter()
        .any(|root| tag_at(text, root).is_some())
        || text.contains(":feed") && text.contains(":entry")
}

/// Number of whole items in the text.
pub(super) fn count(text: &str) -> usize {
    chunks(text).iter().filter(|chunk| chunk.closed).count()
}

/// Reads all items that can be read; `reason` says why the strict reader refused the feed.
pub(super) fn parse(text: &str, reason: Option<&str>) -> Listing {
    let chunks = chunks(text);
    let head = chunks.first().map_or(text, |first| text.get(..first.start).unwrap_or_default());
    let mut listing = Listing { language: language(head), ..Listing::default() };
    let mut cut = 0;
    for chunk in &chunks {
        if chunk.closed {
            listing.items.push(item(chunk.text));
        } else {
            cut += 1;
        }
    }
    if let Some(reason) = reason {
        listing.problems.push(reason.to_owned());
    }
    if cut > 0 {
        listing.problems.push(format!("{cut} items are cut off"));
    }
    listing
}

/// The text of one item, tags included.
struct Chunk<'a> {
    text: &'a str,
    start: usize,
    /// Its end tag was found.
    closed: bool,
}

/// Cuts the text at `<item>` and `<entry>`.
fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    // Where the next CDATA section ends; kept, so that the text is searched for it only once.
    let mut section_end = text.find("]]>");
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let here = at + found;
        let rest = text.get(here..).unwrap_or_default();
        at = here + 1;
        if rest.starts_with("<![CDATA[") {
            // An unclosed section would swallow all items after it: then it is no section.
            if section_end.is_some_and(|end| end < here) {
                section_end = rest.find("]]>").map(|end| here + end);
            }
            if let Some(end) = section_end
                && !hides_an_item(text.get(here..end).unwrap_or_default())
            {
                at = end + 3;
            }
        } else if is_item(rest.get(1..).unwrap_or_default()) {
            if let Some(start) = open.replace(here) {
                let text = text.get(start..here).unwrap_or_default();
                chunks.push(Chunk { text, start, closed: false });
            }
        } else if rest.starts_with("</")
            && is_item(rest.get(2..).unwrap_or_default())
            && let Some(start) = open.take()
        {
            let end = here + rest.find('>').map_or(rest.len(), |end| end + 1);
            let text = text.get(start..end).unwrap_or_default();
            chunks.push(Chunk { text, start, closed: true });
        }
    }
    if let Some(start) = open {
        let text = text.get(start..).unwrap_or_default();
        chunks.push(Chunk { text, start, closed: false });
    }
    chunks
}

/// Whether a CDATA section runs over the end of its item into the next one.
fn hides_an_item(section: &str) -> bool {
    ["</item>", "</entry>"].iter().any(|close| {
        section.find(close).is_some_and(|at| {
            let after = section.get(at + close.len()..).unwrap_or_default().trim_start();
            after.starts_with("<item") || after.starts_with("<entry")
        })
    })
}

/// Whether a tag's text starts with the name of an item.
fn is_item(tag: &str) -> bool {
    let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    name.is_some_and(|name| matches!(name.rsplit(':').next(), Some("item" | "entry")))
}

fn tag_at(text: &str, open: &str) -> Option<usize> {
    text.match_indices(open).map(|(at, _)| at).find(|at| {
        let next = text.get(at + open.len()..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| c.is_whitespace() || c == '>' || c == '/')
    })
}

/// The language in the head of a feed: `<language>` or `xml:lang`.
fn language(head: &str) -> Option<String> {
    let between = |open: &str, close: char| {
        let from = head.find(open)? + open.len();
        let rest = head.get(from..)?;
        Some(rest.get(..rest.find(close)?)?.trim().to_owned())
    };
    between("<language>", '<').or_else(|| between("xml:lang=\"", '"'))
}

/// The child of an item that is being read.
struct Field {
    name: String,
    text: String,
    href: Option<String>,
    rel: Option<String>,
    /// Open elements inside it.
    depth: usize,
}

/// Reads one item.
fn item(chunk: &str) -> Listed {
    let mut reader = Reader::from_str(chunk);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut item = Listed::default();
    let mut authors: Vec<String> = Vec::new();
    let mut inside = false;
    let mut field: Option<Field> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) if !inside => inside = true,
            Ok(Event::Start(tag)) => match &mut field {
                None => field = Some(open(&tag)),
                Some(field) => nest(field, &tag),
            },
            Ok(Event::Empty(tag)) if inside => match &mut field {
                None => close(open(&tag), &mut item, &mut authors),
                Some(field) => {
                    field.text.push('<');
                    field.text.push_str(&tag);
                    field.text.push_str("/>");
                }
            },
            Ok(Event::End(tag)) => match field.take() {
                Some(mut nested) if nested.depth > 0 => {
                    nested.depth -= 1;
                    nested.text.push_str("</");
                    nested.text.push_str(&tag);
                    nested.text.push('>');
                    field = Some(nested);
                }
                Some(done) => close(done, &mut item, &mut authors),
                None => {}
            },
            Ok(Event::Text(text)) => push(&mut field, &text.into_inner()),
            Ok(Event::CData(text)) => push(&mut field, &text.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.clone().into_inner();
                match resolve(&name, reference.resolve_char_ref().ok().flatten()) {
                    Some(c) => push(&mut field, c.encode_utf8(&mut [0; 4])),
                    None => push(&mut field, &format!("&{name};")),
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if let Some(unclosed) = field {
        close(unclosed, &mut item, &mut authors);
    }
    item.author = Some(authors.join(", "));
    item.published = item.published.take().or_else(|| item.updated.take());
    item
}

fn open(tag: &BytesStart<'_>) -> Field {
    let attribute = |wanted: &str| {
        tag.html_attributes().flatten().find(|a| a.key.as_ref() == wanted).map(|a| {
            let raw = a.value.into_owned();
            quick_xml::escape::unescape(&raw).map_or(raw.clone(), std::borrow::Cow::into_owned)
        })
    };
    Field {
        name: tag.name().as_ref().to_ascii_lowercase(),
        text: String::new(),
        href: attribute("href").or_else(|| attribute("rdf:resource")),
        rel: attribute("rel"),
        depth: 0,
    }
}

fn nest(field: &mut Field, tag: &BytesStart<'_>) {
    if field.depth < MAX_DEPTH {
        field.depth += 1;
    }
    field.text.push('<');
    field.text.push_str(tag);
    field.text.push('>');
}

fn push(field: &mut Option<Field>, text: &str) {
    if let Some(field) = field {
        field.text.push_str(text);
    }
}

fn resolve(name: &str, number: Option<char>) -> Option<char> {
    number.or(match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    })
}

/// Puts a finished child where it belongs; the first of a kind wins.
fn close(field: Field, item: &mut Listed, authors: &mut Vec<String>) {
    let text = field.text.trim().to_owned();
    let set = |slot: &mut Option<String>| {
        if slot.is_none() && !text.is_empty() {
            *slot = Some(text.clone());
        }
    };
    match field.name.as_str() {
        "title" | "atom:title" | "dc:title" | "rss:title" => set(&mut item.title),
        "link" | "atom:link" | "rss:link" => {
            let alternate = field.rel.as_deref().is_none_or(|rel| rel == "alternate");
            let address = if text.is_empty() { field.href.unwrap_or_default() } else { text };
            if item.url.is_empty() && alternate {
                item.url = address;
            }
        }
        "guid" | "id" | "atom:id" => set(&mut item.guid),
        "description" | "summary" | "atom:summary" | "rss:description" => set(&mut item.summary),
        "content:encoded" | "content" | "atom:content" | "xhtml:body" | "body" => {
            set(&mut item.content);
        }
        "pubdate" | "published" | "dc:date" | "issued" | "created" | "atom:published" | "date" => {
            set(&mut item.published);
        }
        "updated" | "modified" | "atom:updated" => set(&mut item.updated),
        "language" | "dc:language" => set(&mut item.language),
        "author" | "dc:creator" | "creator" => authors.push(name_of(&text)),
        _ => {}
    }
}

/// The name inside an Atom author's markup, or the text itself.
fn name_of(text: &str) -> String {
    let name = text
        .find("<name>")
        .and_then(|from| text.get(from + 6..))
        .and_then(|rest| rest.get(..rest.find("</")?));
    name.unwrap_or(text).trim().to_owned()
}
