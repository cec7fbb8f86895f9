//! Reads a damaged XML feed item by item, so that one bad item costs one item.
//!
//! The text is cut into items by their tags, CDATA sections skipped; each is then read by itself.

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use super::feed_entry::Listing;
use super::feed_item;
use super::feed_text;

/// Whether the text has the root element of a feed, or items at least.
pub(super) fn looks_like_a_feed(text: &str) -> bool {
    ["<rss", "<feed", "<rdf:RDF", "<RDF", "<channel", "<entry"]
        .iter()
        .any(|root| tag_at(text, root).is_some())
        || text.contains(":feed") && text.contains(":entry")
}

/// Returns a feed whose root stands under a prefix (`<r:rss>`) without it: no reader of RSS looks for
/// namespaces.
pub(super) fn without_prefix(text: String) -> String {
    let Some(end) = text.find(":rss") else { return text };
    let head = text.get(..end).unwrap_or_default();
    let Some(prefix) = head.rsplit('<').next().filter(|p| is_name(p)) else { return text };
    text.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</")
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Reads all items that can be read; `reason` says why the strict reader refused the feed.
pub(super) fn parse(text: &str, reason: Option<&str>) -> Listing {
    let chunks = chunks(text);
    let head = chunks.first().map_or(text, |first| text.get(..first.start).unwrap_or_default());
    let mut listing = Listing { language: language(head), ..Listing::default() };
    let base = base(head);
    let mut cut = 0;
    for chunk in &chunks {
        if chunk.closed {
            listing.items.push(feed_item::read(chunk.text, base.as_ref()));
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
    // Whether there is a further end of a comment; likewise.
    let mut comments_end = true;
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
        } else if rest.starts_with("<!--") {
            // So would an unclosed comment: one inside an item cannot hold the item's end.
            let end = if comments_end { rest.find("-->") } else { None };
            comments_end = end.is_some();
            if let Some(end) = end
                && (open.is_none() || !ends_an_item(rest.get(..end).unwrap_or_default()))
            {
                at = here + end + 3;
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

fn ends_an_item(text: &str) -> bool {
    text.contains("</item>") || text.contains("</entry>")
}

/// Whether a CDATA section runs over the end of its item into the next one: that item's tags are in
/// it, or its beginning and the section whose end was taken for this one's.
fn hides_an_item(section: &str) -> bool {
    let is_start = |at: &usize| {
        let tag = section.get(*at..).unwrap_or_default();
        tag.starts_with("<item") || tag.starts_with("<entry")
    };
    let next = section.match_indices('<').map(|(at, _)| at).find(is_start);
    next.is_some_and(|at| {
        let (before, after) = section.split_at(at);
        let ended = ["</item>", "</entry>"].iter().any(|tag| before.trim_end().ends_with(tag));
        ended || after.contains("<![CDATA[")
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
    between("<language>", '<')
        .or_else(|| between("xml:lang=\"", '"'))
        .or_else(|| between("xml:lang='", '\''))
}

/// The `xml:base` that all items inherit: of the root, or of an RSS channel in it.
fn base(head: &str) -> Option<Url> {
    if !head.contains("xml:base") {
        return None;
    }
    let mut reader = Reader::from_str(head);
    reader.config_mut().check_end_names = false;
    let mut base = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                if !matches!(name.as_str(), "feed" | "rss" | "rdf" | "channel") {
                    return base;
                }
                base = feed_text::base(&tag, base.as_ref());
            }
            Ok(Event::Eof) | Err(_) => return base,
            Ok(_) => {}
        }
    }
}
