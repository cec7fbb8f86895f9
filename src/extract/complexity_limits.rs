//! A linear pass over a page before any parser sees it: what is no text is left out, and what no
//! parser survives is cut off.
//!
//! The parsers behind both extractors are quadratic in nesting depth and in attributes per tag:
//! 50,000 nested `div` take a minute, and a thread cannot be stopped. So the page is cut where it
//! passes what browsers and real pages need. Scripts and styles are most of a modern page and are
//! parsed by each extractor again; without them a page is read in half the time.

/// Most bytes of markup and text that are kept; a long article with all its menus has a tenth.
const MAX_SAFE_BYTES: usize = 2 * 1024 * 1024;
/// Most opening tags; the largest news pages have half as many.
const MAX_TAGS: usize = 40_000;
/// Most entities and stray `<`: the tokenizer hands each on by itself.
const MAX_PIECES: usize = 200_000;
/// Most steps from all elements to the root: extractors ask each element for its ancestors. A page of
/// 20,000 elements at depth 25 has a quarter.
const MAX_STEPS: usize = 2_000_000;
/// Longest embedded image or the like that is kept in an attribute.
const MAX_DATA_URL_BYTES: usize = 1_024;
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
/// Elements whose content stands deeper by elements that are not counted (`tbody`, `tr` and `td`;
/// `li`), and by how many levels.
const IMPLIED: &[(&str, usize)] = &[("table", 3), ("ul", 1), ("ol", 1), ("dl", 1), ("select", 1)];
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

/// A page that can be parsed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SafeMarkup {
    /// The page without comments, scripts (other than JSON-LD), styles and embedded images.
    pub html: String,
    /// The page was cut: what followed nests too deep, or has a tag that is too large.
    pub too_complex: bool,
    /// The page was cut for its length.
    pub truncated: bool,
    /// Opening tags in `html`.
    pub tags: usize,
}

/// Makes a page safe to parse and drops what is no text; `O(n)` in its bytes, times the depth limit in the worst case.
pub(super) fn limit(page: &str) -> SafeMarkup {
    let bytes = page.as_bytes();
    let mut safe =
        SafeMarkup { html: String::with_capacity(page.len() / 2), ..SafeMarkup::default() };
    let mut open: Vec<&str> = Vec::new();
    let (mut place, mut pieces, mut steps) = (0, 0, 0);
    while let Some(start) = find(bytes, place, b'<') {
        pieces += 1 + entities(&page[place..start]);
        push_up_to(&mut safe, &page[place..start]);
        if safe.truncated {
            return safe;
        }
        if page[start..].starts_with("<!--") {
            place = page[start + 4..].find("-->").map_or(bytes.len(), |end| start + 4 + end + 3);
            continue;
        }
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
            safe.html.push('<');
            place = start + 1;
            if pieces > MAX_PIECES {
                safe.too_complex = true;
                return safe;
            }
            continue;
        }
        let Some(tag) = tag_at(bytes, name_start) else {
            safe.too_complex = true;
            return safe;
        };
        place = tag.end;
        let name = &page[name_start..tag.name_end];
        if closing {
            close(&mut open, name);
        } else {
            safe.tags += 1;
            if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
                place = end_of_raw(page, place, raw);
                if !is_kept(raw, &page[start..tag.end]) {
                    place =
                        tag_at(bytes, (place + 2).min(bytes.len())).map_or(place, |end| end.end);
                    continue;
                }
                push_tag(&mut safe.html, page, start, &tag);
                push_up_to(&mut safe, &page[tag.end..place]);
                continue;
            }
            if !(is_one_of(UNCOUNTED, name) || tag.self_closed && in_foreign(&open)) {
                open.push(name);
            }
            steps += open.len();
            if is_too_complex(&open, name)
                || safe.tags > MAX_TAGS
                || steps > MAX_STEPS
                || pieces > MAX_PIECES
            {
                safe.too_complex = true;
                return safe;
            }
        }
        push_tag(&mut safe.html, page, start, &tag);
    }
    let rest = page.get(place..).unwrap_or_default();
    safe.too_complex = pieces + entities(rest) > MAX_PIECES;
    if !safe.too_complex {
        push_up_to(&mut safe, rest);
    }
    safe
}

fn entities(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'&').count()
}

/// Appends text, as much as there is room for.
fn push_up_to(safe: &mut SafeMarkup, text: &str) {
    let room = MAX_SAFE_BYTES.saturating_sub(safe.html.len());
    safe.truncated |= text.len() > room;
    safe.html.push_str(&text[..text.floor_char_boundary(room)]);
}

/// Appends a tag without its embedded data.
fn push_tag(html: &mut String, page: &str, start: usize, tag: &Tag) {
    match &tag.data {
        Some(data) => {
            html.push_str(&page[start..data.start]);
            html.push_str(&page[data.end..tag.end]);
        }
        None => html.push_str(&page[start..tag.end]),
    }
}

/// Whether a raw element says something about the article: its title, JSON-LD, a text field.
fn is_kept(raw: &str, tag: &str) -> bool {
    match raw {
        "script" => tag.to_ascii_lowercase().contains("ld+json"),
        raw => raw == "title" || raw == "textarea" || raw == "xmp",
    }
}

fn is_too_complex(open: &[&str], name: &str) -> bool {
    let formatting = || open.iter().filter(|n| is_one_of(FORMATTING, n)).count();
    let implied = || -> usize {
        let levels = |element: &&str| IMPLIED.iter().find(|(name, _)| is_one_of(&[name], element));
        open.iter().filter_map(levels).map(|(_, levels)| levels).sum()
    };
    let nests = IMPLIED.iter().any(|(known, _)| is_one_of(&[known], name));
    open.len() > MAX_DEPTH
        || nests && open.len() + implied() > MAX_DEPTH
        || is_one_of(FORMATTING, name)
            && open.len() > MAX_FORMATTING
            && formatting() > MAX_FORMATTING
}

struct Tag {
    name_end: usize,
    end: usize,
    self_closed: bool,
    /// The value of an attribute that holds a document of its own, the first one that is long.
    data: Option<std::ops::Range<usize>>,
}

/// Reads the tag whose name starts at `start`; `None` if it has too many attributes or is too long.
fn tag_at(bytes: &[u8], start: usize) -> Option<Tag> {
    let ends_name = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let length = bytes[start..].iter().position(ends_name).unwrap_or(bytes.len() - start);
    let name_end = start + length;
    let (mut place, mut attributes, mut unquoted) = (name_end, 0usize, 0usize);
    let mut data = None;
    let mut after_blank = true;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'>' => {
                let self_closed = place > start && bytes[place - 1] == b'/';
                return Some(Tag { name_end, end: place + 1, self_closed, data });
            }
            b'"' | b'\'' if after_equals => {
                let value = place + 1;
                place = find(bytes, value, byte).unwrap_or(bytes.len());
                let embedded = bytes[value..].starts_with(b"data:") && place < bytes.len();
                if data.is_none() && embedded && place - value > MAX_DATA_URL_BYTES {
                    data = Some(value..place);
                }
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
    Some(Tag { name_end, end: bytes.len(), self_closed: false, data: None })
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
pub(super) fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
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
        let safe = limit(html);
        assert!(!safe.too_complex && !safe.truncated, "{} tags", safe.tags);
    }

    #[track_caller]
    fn cut_before(html: &str, most: usize) {
        let safe = limit(html);
        assert!(safe.too_complex && safe.html.len() <= most, "{} bytes", safe.html.len());
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(limit(html).html, expected);
    }

    #[test]
    fn what_is_no_text_goes() {
        check("a<!-- <b> -->b<script>if (a<b) '</p>'</script >c", "abc");
        check("<STYLE>p{}</style><p>a</p><iframe>x</iframe>", "<p>a</p>");
        check(
            "<script type='application/ld+json'>{}</script>",
            "<script type='application/ld+json'>{}</script>",
        );
        check("<title>a < b</title>", "<title>a < b</title>");
        check("<p>a<script>never closed <p>b", "<p>a");
        let image = format!("<img src=\"data:image/png;base64,{}\" alt=x>", "A".repeat(5_000));
        check(&image, "<img src=\"\" alt=x>");
    }

    #[test]
    fn long_pages_are_cut_on_a_character() {
        let safe = limit(&"ж".repeat(2_000_000));
        assert!(safe.truncated && safe.html.len() <= MAX_SAFE_BYTES);
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
        passes(&format!("<img alt=\"{}\">", "x > y ".repeat(100_000)));
        passes("a < b <!-- <div> never closed");
        passes("<p title='unclosed");
        passes(&"&#1084;".repeat(100_000));
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
    fn many_small_things_are_cut() {
        cut_before(&"<".repeat(1_000_000), MAX_PIECES + 1);
        cut_before(&"&amp;".repeat(300_000), 0);
        cut_before(&"<b>&amp;</b>".repeat(300_000), MAX_SAFE_BYTES);
        let deep = "<div>".repeat(480) + &"<p>x</p>".repeat(10_000);
        cut_before(&deep, 480 * 5 + MAX_STEPS / 480 * 8);
    }

    #[test]
    fn large_tags_are_cut() {
        let many = numbered(200_000, " a", "=1");
        cut_before(&format!("<p>ä</p><div{many}>"), 9);
        cut_before(&format!("<div {}>", "a".repeat(70_000)), 0);
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_never_grows(html in "[<>/a-dé'\"= !-]{0,60}") {
            proptest::prop_assert!(limit(&html).html.len() <= html.len());
        }
    }
}
