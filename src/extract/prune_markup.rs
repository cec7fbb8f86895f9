//! A page as the extractors need it: its body and title, with the attributes that they ask for.
//!
//! Both families parse the page again and copy their trees several times. On a modern page most of
//! a tree is icons, previews for other sites and attributes for scripts, none of which an extractor
//! looks at: without them both take a third less time. `complexity_limits` goes before: what comes here is safe.

use super::complexity_limits;

/// Attributes that an extractor reads: names by which it knows menus and comments, roles, marks of
/// what is hidden, links, images (one without an address counts as none).
const KEPT: &[&str] = &[
    "class",
    "id",
    "role",
    "href",
    "src",
    "rel",
    "itemprop",
    "hidden",
    "style",
    "aria-hidden",
    "aria-modal",
    "data-component",
    "data-testid",
    "data-lp-replacement-content",
    "colspan",
    "summary",
    "datatable",
];
/// Elements without content and text, of no use to an extractor.
const DROPPED: &[&str] = &["meta", "link", "base", "source", "track"];
/// Elements that go with all that is in them.
const DROPPED_WHOLE: &[&str] = &["script", "svg"];
/// Elements whose content is not markup.
const RAW: &[&str] = &["title", "textarea", "xmp"];

/// Returns the page without what no extractor reads; `O(n)` in its bytes.
pub(super) fn prune(page: &str) -> String {
    let mut pruned = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        pruned.push_str(text);
        let closing = tag[1..].starts_with('/');
        let name = name_of(&tag[1 + usize::from(closing)..]);
        if name.is_empty() {
            pruned.push('<');
            rest = &tag[1..];
            continue;
        }
        let (attributes, after) = split_tag(&tag[1 + usize::from(closing) + name.len()..]);
        rest = after;
        if closing {
            if !is_one_of(DROPPED_WHOLE, name) {
                pruned.extend(["</", name, ">"]);
            }
        } else if is_one_of(DROPPED_WHOLE, name) {
            let is_empty = tag[..tag.len() - after.len()].ends_with("/>");
            rest = if is_empty { after } else { after_end_of(after, name) };
        } else if !is_one_of(DROPPED, name) {
            pruned.extend(["<", name]);
            push_kept(&mut pruned, attributes);
            pruned.push('>');
            if is_one_of(RAW, name) {
                let (content, after) = rest.split_at(complexity_limits::end_of_raw(rest, 0, name));
                pruned.push_str(content);
                rest = after;
            }
        }
    }
    pruned.push_str(rest);
    pruned
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The name at the start of a tag; empty if no tag starts there.
fn name_of(tag: &str) -> &str {
    if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    &tag[..end.unwrap_or(tag.len())]
}

/// What follows the end tag of an element, or its start tag if it is never closed.
fn after_end_of<'a>(rest: &'a str, name: &str) -> &'a str {
    let end = complexity_limits::end_of_raw(rest, 0, name);
    rest.get(end + 2 + name.len()..).map_or(rest, |tail| split_tag(tail).1)
}

/// Splits a tag after its name into its attributes and what follows its `>`.
fn split_tag(tag: &str) -> (&str, &str) {
    let mut rest = tag;
    while let Some((_, _, after)) = next_attribute(rest) {
        rest = after;
    }
    let (attributes, _) = tag.split_at(tag.len() - rest.len());
    (attributes, rest.find('>').and_then(|end| rest.get(end + 1..)).unwrap_or_default())
}

/// Appends the attributes that are kept, as written.
fn push_kept(pruned: &mut String, mut attributes: &str) {
    while let Some((name, value, after)) = next_attribute(attributes) {
        let hides = || value.contains("none") || value.contains("hidden");
        if is_one_of(KEPT, name) && (!name.eq_ignore_ascii_case("style") || hides()) {
            pruned.extend([" ", name]);
            if !value.is_empty() {
                pruned.extend(["=", value]);
            }
        }
        attributes = after;
    }
}

/// Takes the next attribute off a tag: its name, its value with its quotation marks, what follows;
/// `None` at the tag's end.
fn next_attribute(tag: &str) -> Option<(&str, &str, &str)> {
    let tag = tag.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let first = tag.chars().next().filter(|c| *c != '>')?.len_utf8();
    let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
    let end = tag[first..].find(ends_name).map_or(tag.len(), |end| first + end);
    let (name, after) = tag.split_at(end);
    let Some(value) = after.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
        return Some((name, "", after));
    };
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |end| end + 2),
        _ => value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
    };
    let (value, after) = value.split_at(length);
    Some((name, value, after))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(prune(html), expected);
    }

    #[test]
    fn only_what_extractors_ask_for_stays() {
        check(
            "<div class='a b' data-x=\"<p>\" onclick=go() ID=c hidden><p style='color:red'>a &amp; b",
            "<div class='a b' ID=c hidden><p>a &amp; b",
        );
        check("<p style=display:none>a</p>", "<p style=display:none>a</p>");
        check("<br/><img src='x>y' / class = k >", "<br><img src='x>y' class=k>");
    }

    #[test]
    fn icons_scripts_and_the_pages_head_go() {
        check(
            "<head><meta name=a><link rel=b><title>a <b> c</title></head>",
            "<head><title>a <b> c</title></head>",
        );
        check("a<svg><path d='M1'/><g></g></svg>b<script>x<y</script >c", "abc");
        check("a<svg/>b<svg class=x /><p>c</p><svg></svg>", "ab<p>c</p>");
        check("a<svg>never closed <p>b", "anever closed <p>b");
    }

    #[test]
    fn what_is_no_tag_stays_text() {
        check("1 < 2 <3 </ <", "1 < 2 <3 </ <");
        check("a <b", "a <b>");
    }

    proptest::proptest! {
        #[test]
        fn the_text_stays_the_same(html in "(<(div|p|b|/div|/p|br) ?(class|x)?=?['\"]?é?['\"]?>?|[a-cé &<>]){0,20}") {
            let text = |html: &str| -> String { Html::parse_document(html).root_element().text().collect() };
            proptest::prop_assert_eq!(text(&prune(&html)), text(&html));
        }
    }
}
