//! A linear look at a page before any parser sees it.
//!
//! The parsers behind both extractors are quadratic in nesting depth and in attributes per tag:
//! 50,000 nested `div` take a minute, and a thread cannot be stopped. So the page is cut where it
//! passes what browsers and real pages need.

/// Deepest nesting of elements. Browsers stop at 512.
const MAX_DEPTH: usize = 500;
/// Most formatting elements (`b`, `font`, ...) open at once: the parser opens each of them again in
/// every following block.
const MAX_FORMATTING: usize = 64;
/// Most attributes of one tag; the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 512;
/// Longest tag, without its quoted values (one of which may be a whole article or image).
const MAX_TAG_BYTES: usize = 64 * 1024;

/// Elements without content, and those that the parser closes by itself when the next one comes.
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody",
    "thead", "tfoot", "colgroup", "rp", "rt", "html", "head", "body", "keygen", "frame",
    "basefont", "bgsound", "image",
];
/// Elements that an end tag of another name does not reach across.
const SCOPES: &[&str] = &["table", "caption", "template", "object", "marquee", "applet", "button"];
/// Formatting elements: their end tags close them wherever they are.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Inline elements: their end tags do not reach across a block.
const INLINE: &[&str] = &[
    "span", "abbr", "cite", "label", "sub", "sup", "time", "q", "var", "mark", "ins", "del", "kbd",
    "bdi", "bdo", "dfn", "data", "samp", "picture", "video", "audio", "canvas", "map",
];
/// Elements whose content is not markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// What the look found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inspection {
    /// Bytes of the page that may be parsed; on a tag's border.
    pub safe: usize,
    /// The page was cut: what follows nests too deep, or has a tag that is too large.
    pub too_complex: bool,
    /// Opening tags in the safe part.
    pub tags: usize,
}

/// Looks at a page; `O(n)` in its bytes, times the depth limit in the worst case.
pub(super) fn inspect(html: &str) -> Inspection {
    let bytes = html.as_bytes();
    let mut open: Vec<&str> = Vec::new();
    let (mut place, mut tags) = (0, 0);
    let cut = |safe, tags| Inspection { safe, too_complex: true, tags };
    while let Some(start) = find(bytes, place, b'<') {
        if html[start..].starts_with("<!--") {
            place = html[start + 4..].find("-->").map_or(bytes.len(), |end| start + 4 + end + 3);
            continue;
        }
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
            place = start + 1;
            continue;
        }
        let Some(tag) = tag_at(bytes, name_start) else { return cut(start, tags) };
        place = tag.end;
        let name = &html[name_start..tag.name_end];
        if closing {
            close(&mut open, name);
            continue;
        }
        tags += 1;
        if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
            place = end_of_raw(html, place, raw);
        } else if !(is_one_of(UNCOUNTED, name) || tag.self_closed && in_foreign(&open)) {
            open.push(name);
            let formatting = || open.iter().filter(|n| is_one_of(FORMATTING, n)).count();
            if open.len() > MAX_DEPTH
                || is_one_of(FORMATTING, name)
                    && open.len() > MAX_FORMATTING
                    && formatting() > MAX_FORMATTING
            {
                return cut(start, tags);
            }
        }
    }
    Inspection { safe: bytes.len(), too_complex: false, tags }
}

struct Tag {
    name_end: usize,
    end: usize,
    self_closed: bool,
}

/// Reads the tag whose name starts at `start`; `None` if it has too many attributes or is too long.
fn tag_at(bytes: &[u8], start: usize) -> Option<Tag> {
    let ends_name = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let length = bytes[start..].iter().position(ends_name).unwrap_or(bytes.len() - start);
    let name_end = start + length;
    let (mut place, mut attributes, mut unquoted) = (name_end, 0usize, 0usize);
    let mut after_blank = true;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'>' => {
                let self_closed = place > start && bytes[place - 1] == b'/';
                return Some(Tag { name_end, end: place + 1, self_closed });
            }
            b'"' | b'\'' if after_equals => {
                place = find(bytes, place + 1, byte).unwrap_or(bytes.len());
                (after_equals, after_blank) = (false, true);
            }
            b'=' => after_equals = true,
            b'/' => after_blank = true,
            _ if byte.is_ascii_whitespace() => after_blank = true,
            _ => {
                if after_blank && !after_equals {
                    attributes += 1;
                }
                (after_blank, after_equals) = (false, false);
            }
        }
        unquoted += 1;
        if attributes > MAX_ATTRIBUTES || unquoted > MAX_TAG_BYTES {
            return None;
        }
        place += 1;
    }
    Some(Tag { name_end, end: bytes.len(), self_closed: false })
}

/// Takes off the open elements what an end tag closes, as far as an HTML parser would.
fn close(open: &mut Vec<&str>, name: &str) {
    let formatting = is_one_of(FORMATTING, name);
    let inline = is_one_of(INLINE, name);
    let scope = is_one_of(SCOPES, name);
    for place in (0..open.len()).rev() {
        let element = open[place];
        if element.eq_ignore_ascii_case(name) {
            if formatting {
                open.remove(place);
            } else {
                open.truncate(place);
            }
            return;
        }
        let is_block = !is_one_of(FORMATTING, element) && !is_one_of(INLINE, element);
        if inline && is_block || !scope && is_one_of(SCOPES, element) {
            return;
        }
    }
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn in_foreign(open: &[&str]) -> bool {
    open.iter().any(|name| is_one_of(&["svg", "math"], name))
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == wanted).map(|place| from + place)
}

/// Where the content of a raw element ends: at its own end tag, else at the end of the page.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut place = from;
    while let Some(start) = find(bytes, place, b'<') {
        let after = bytes.get(start + 1..start + 2 + name.len()).unwrap_or_default();
        if after.first() == Some(&b'/') && after[1..].eq_ignore_ascii_case(name.as_bytes()) {
            return start;
        }
        place = start + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn passes(html: &str) {
        let inspection = inspect(html);
        assert!(!inspection.too_complex && inspection.safe == html.len(), "{inspection:?}");
    }

    #[track_caller]
    fn cut_before(html: &str, limit: usize) {
        let inspection = inspect(html);
        assert!(inspection.too_complex && inspection.safe <= limit, "{inspection:?}");
        assert!(html.is_char_boundary(inspection.safe));
    }

    fn numbered(count: usize, before: &str, after: &str) -> String {
        let parts: Vec<String> = (0..count).map(|i| format!("{before}{i}{after}")).collect();
        parts.concat()
    }

    #[test]
    fn ordinary_pages_pass() {
        passes(
            "<!DOCTYPE html><html><body><div><p>a<p>b<br></div><ul><li>c<li>d</ul></body></html>",
        );
        passes(&"<div><span>x</div>".repeat(2_000));
        passes(&"<p><b>x</p>".repeat(60));
        passes(&"<div><b>x</b></div>".repeat(5_000));
        passes(&"<svg><path d=''/><g/></svg>".repeat(2_000));
        passes(&format!("<script>{}</script><div>", "if (a<b) '<div>';".repeat(2_000)));
        passes(&format!("<img src=\"{}\">", "x > y ".repeat(100_000)));
        passes("a < b <!-- <div> never closed");
        passes("<p title='unclosed");
    }

    #[test]
    fn deep_nesting_is_cut_at_the_limit() {
        cut_before(&"<div>".repeat(10_000), 501 * 5);
        cut_before(&"<table>".repeat(5_000), 501 * 7);
        cut_before(&"<x/>".repeat(5_000), 501 * 4);
        cut_before(&"<div></span>".repeat(5_000), 501 * 12);
        cut_before(&"<span><div></span>".repeat(5_000), 501 * 18);
        cut_before(&"<div><table></div>".repeat(5_000), 501 * 18);
        cut_before(&numbered(200, "<font a", ">"), 2_000);
    }

    #[test]
    fn large_tags_are_cut() {
        let many = numbered(200_000, " a", "=1");
        cut_before(&format!("<p>ä</p><div{many}>"), 9);
        cut_before(&format!("<div {}>", "a".repeat(70_000)), 0);
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_cuts_on_a_border(html in "[<>/a-dé'\"= !-]{0,60}") {
            proptest::prop_assert!(html.is_char_boundary(inspect(&html).safe));
        }
    }
}
