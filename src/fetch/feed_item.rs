//! Reads one item of a feed with a forgiving tokenizer: what is broken in a field costs that field.
//!
//! Namespaces are not resolved: the prefixes that feeds use are as good as fixed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::feed_entry::{self, Listed};
use super::feed_text::{self, Form, attribute};

/// Elements nested deeper than this inside an item are read as text of the item's field.
const MAX_DEPTH: usize = 256;

/// The child of an item that is being read.
struct Field {
    name: String,
    text: String,
    form: Form,
    base: Option<Url>,
    link: Link,
    /// Open elements inside it.
    depth: usize,
}

/// The attributes of a link.
#[derive(Default)]
struct Link {
    href: Option<String>,
    rel: Option<String>,
    kind: Option<String>,
}

/// An item as far as it is read.
#[derive(Default)]
struct Draft {
    item: Listed,
    /// Addresses of the article: the last in RSS, the first good one in Atom.
    links: Vec<(Rank, String)>,
    authors: Vec<String>,
    /// Headline of the picture or film that an item is about.
    media_title: Option<String>,
    is_atom: bool,
}

/// How likely a link leads to the article's page; the higher the better.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Rank {
    /// Another representation of it, such as JSON.
    Alternative,
    /// A link of Atom, also inside an RSS item.
    Page,
    /// The `<link>` of RSS, without attributes that tell what it leads to.
    Own,
}

/// Reads the item whose markup this is; `base` is the `xml:base` around it.
pub(super) fn read(chunk: &str, base: Option<&Url>) -> Listed {
    let mut reader = Reader::from_str(chunk);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut draft = Draft::default();
    let mut base = base.cloned();
    let mut inside = false;
    let mut field: Option<Field> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if !inside => {
                inside = true;
                draft.is_atom = tag.local_name().as_ref() == "entry";
                base = feed_text::base(&tag, base.as_ref());
            }
            Ok(Event::Start(tag)) => match &mut field {
                None => field = Some(open(&tag, base.as_ref())),
                Some(field) => nest(field, &tag),
            },
            Ok(Event::Empty(tag)) if inside => match &mut field {
                None => close(&open(&tag, base.as_ref()), &mut draft),
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
                Some(done) => close(&done, &mut draft),
                None => {}
            },
            Ok(Event::Text(text)) => push(&mut field, &text.into_inner()),
            Ok(Event::CData(text)) => push_section(&mut field, &text.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.clone().into_inner();
                let number = reference.resolve_char_ref().ok().flatten();
                push_reference(&mut field, &name, number);
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if let Some(unclosed) = field {
        close(&unclosed, &mut draft);
    }
    finish(draft)
}

fn finish(draft: Draft) -> Listed {
    let mut item = draft.item;
    item.title = item.title.or(draft.media_title);
    item.url = article_link(&draft.links, item.guid.as_deref());
    item.author = Some(draft.authors.join(", "));
    if item.published.is_some() {
        item.updated = None;
    }
    let update = item.updated.as_deref().map(feed_entry::as_update);
    item.published = item.published.take().or(update);
    item
}

/// Of several links of RSS, the one that the GUID repeats, else the last, as other feed readers have
/// it; in Atom the first.
fn article_link(links: &[(Rank, String)], guid: Option<&str>) -> String {
    let Some(best) = links.iter().map(|(rank, _)| *rank).max() else { return String::new() };
    let mut same = links.iter().filter(|(rank, _)| *rank == best).map(|(_, url)| url);
    let repeated = same.clone().find(|url| Some(url.as_str()) == guid);
    let usual = if best == Rank::Own { same.next_back() } else { same.next() };
    repeated.or(usual).cloned().unwrap_or_default()
}

fn open(tag: &BytesStart<'_>, base: Option<&Url>) -> Field {
    let kind = attribute(tag, "type");
    Field {
        name: tag.name().as_ref().to_ascii_lowercase(),
        text: String::new(),
        form: Form::of(attribute(tag, "mode").as_deref(), kind.as_deref()),
        base: feed_text::base(tag, base),
        link: Link {
            href: attribute(tag, "href").or_else(|| attribute(tag, "rdf:resource")),
            rel: attribute(tag, "rel"),
            kind,
        },
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

/// A CDATA section is text; where text is markup, it has to be escaped.
fn push_section(field: &mut Option<Field>, text: &str) {
    match field {
        Some(field) if field.form == Form::Markup => {
            field.text.push_str(&quick_xml::escape::partial_escape(text));
        }
        _ => push(field, text),
    }
}

/// A reference is resolved, except where text is markup, which has its own.
fn push_reference(field: &mut Option<Field>, name: &str, number: Option<char>) {
    let markup = field.as_ref().is_some_and(|field| field.form == Form::Markup);
    match resolve(name, number) {
        Some(c) if !markup => push(field, c.encode_utf8(&mut [0; 4])),
        _ => push(field, &format!("&{name};")),
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
fn close(field: &Field, draft: &mut Draft) {
    let text = feed_text::meaning(&field.text, field.form, field.base.as_ref());
    let item = &mut draft.item;
    let is_time = matches!(
        field.name.as_str(),
        "pubdate"
            | "published"
            | "dc:date"
            | "issued"
            | "created"
            | "atom:published"
            | "date"
            | "dcterms:issued"
            | "dcterms:created"
    );
    if is_time && !text.is_empty() {
        item.published = feed_entry::more_exact(item.published.take(), Some(text));
        return;
    }
    let set = |slot: &mut Option<String>| {
        if slot.is_none() && !text.is_empty() {
            *slot = Some(text.clone());
        }
    };
    match field.name.as_str() {
        "title" | "atom:title" | "dc:title" | "rss:title" => set(&mut item.title),
        "link" | "atom:link" | "rss:link" => draft.links.extend(link(field, &text, draft.is_atom)),
        "media:title" => set(&mut draft.media_title),
        "guid" | "id" | "atom:id" => set(&mut item.guid),
        "description" | "summary" | "atom:summary" | "rss:description" => set(&mut item.summary),
        "content:encoded" | "content" | "atom:content" | "xhtml:body" | "body" => {
            set(&mut item.content);
        }
        "updated" | "modified" | "atom:updated" | "dcterms:modified" => set(&mut item.updated),
        "language" | "dc:language" => set(&mut item.language),
        "author" | "dc:creator" | "creator" => draft.authors.push(name_of(&text)),
        _ => {}
    }
}

/// The address of a link to the article itself, and how good a link it is.
fn link(field: &Field, text: &str, is_atom: bool) -> Option<(Rank, String)> {
    let Link { href, rel, kind } = &field.link;
    if rel.as_deref().is_some_and(|rel| rel != "alternate") {
        return None;
    }
    let listed = if text.is_empty() { href.as_deref()?.trim() } else { text };
    let url = match &field.base {
        Some(base) => base.join(listed).map_or_else(|_| listed.to_owned(), String::from),
        None => listed.to_owned(),
    };
    let is_page = kind.as_deref().is_none_or(|kind| kind.contains("html"));
    let rank = match field.name.as_str() {
        "link" | "rss:link" if !is_atom && rel.is_none() && kind.is_none() => Rank::Own,
        _ if is_page => Rank::Page,
        _ => Rank::Alternative,
    };
    (!url.is_empty()).then_some((rank, url))
}

/// The name inside an Atom author's markup, or the text itself.
fn name_of(text: &str) -> String {
    let name = text
        .find("<name>")
        .and_then(|from| text.get(from + 6..))
        .and_then(|rest| rest.get(..rest.find("</")?));
    name.unwrap_or(text).trim().to_owned()
}
