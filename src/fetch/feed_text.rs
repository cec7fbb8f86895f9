//! What the text of a feed's field means: markup in place, markup in base64, addresses that are
//! relative to an `xml:base`.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::BytesStart;
use regex::{Captures, Regex};
use url::Url;

/// An attribute that holds an address, in HTML.
static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)(\s(?:href|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')"#).ok());

/// How the characters between a field's tags are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Text, or markup that is escaped once.
    Escaped,
    /// Markup in place, inside a `<div>` that is not part of it (RFC 4287, section 3.1.1.3).
    Markup,
    /// Base64 of the above (Atom 0.3's `mode`, or a media type that is not text).
    Base64,
}

impl Form {
    /// Reads `mode` and `type` of an Atom text construct; other formats have neither.
    pub(super) fn of(mode: Option<&str>, kind: Option<&str>) -> Form {
        let kind = kind.unwrap_or_default().trim().to_ascii_lowercase();
        let binary = kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml");
        if mode.is_some_and(|mode| mode.eq_ignore_ascii_case("base64")) || binary {
            Form::Base64
        } else if matches!(kind.as_str(), "xhtml" | "application/xhtml+xml") {
            Form::Markup
        } else {
            Form::Escaped
        }
    }
}

/// Returns what a field says; `text` is unescaped unless the form is [`Form::Markup`].
pub(super) fn meaning(text: &str, form: Form, base: Option<&Url>) -> String {
    let text = text.trim();
    let text = match form {
        Form::Escaped => text.to_owned(),
        Form::Markup => inside_div(text).to_owned(),
        Form::Base64 => decoded(text).unwrap_or_else(|| text.to_owned()),
    };
    match base {
        Some(base) if text.contains('<') => rebased(&text, base),
        _ => text,
    }
}

/// The value of an attribute, unescaped; names are compared without case.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.html_attributes().flatten().find(|a| a.key.as_ref().eq_ignore_ascii_case(name));
    let raw = found?.value.into_owned();
    Some(match quick_xml::escape::unescape(&raw) {
        Ok(text) => text.into_owned(),
        Err(_) => raw,
    })
}

/// The base address inside an element: its own `xml:base`, resolved against what it inherits.
pub(super) fn base(tag: &BytesStart<'_>, inherited: Option<&Url>) -> Option<Url> {
    let own = attribute(tag, "xml:base");
    match (own, inherited) {
        (Some(own), Some(outer)) => outer.join(own.trim()).ok(),
        (Some(own), None) => Url::parse(own.trim()).ok(),
        (None, outer) => outer.cloned(),
    }
}

/// Takes the one `<div>` off that encloses everything.
fn inside_div(text: &str) -> &str {
    let inner = || {
        let tag = text.strip_prefix('<')?;
        let name = tag.split(|c: char| c.is_whitespace() || c == '>').next()?;
        if name.rsplit(':').next() != Some("div") {
            return None;
        }
        let (open, rest) = tag.split_once('>')?;
        let rest = rest.strip_suffix(&format!("</{name}>"))?;
        (!open.ends_with('/') && encloses(rest, name)).then(|| rest.trim())
    };
    inner().unwrap_or(text)
}

/// Whether every end tag of this name in `inner` has its start tag in there.
fn encloses(inner: &str, name: &str) -> bool {
    let mut depth = 0usize;
    for (at, _) in inner.match_indices(name) {
        let before = inner.get(..at).unwrap_or_default();
        if before.ends_with("</") {
            let Some(outer) = depth.checked_sub(1) else { return false };
            depth = outer;
        } else if before.ends_with('<') {
            depth += 1;
        }
    }
    true
}

fn decoded(text: &str) -> Option<String> {
    let packed: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(packed).ok()?;
    Some(String::from_utf8(bytes).ok()?.trim().to_owned())
}

/// Makes the relative addresses in `href` and `src` absolute.
fn rebased(text: &str, base: &Url) -> String {
    let Some(pattern) = ADDRESS.as_ref() else { return text.to_owned() };
    let absolute = |found: &Captures<'_>| {
        let whole = found.get(0).map_or("", |m| m.as_str());
        let name = found.get(1).map_or("", |m| m.as_str());
        let (value, quote) = match (found.get(2), found.get(3)) {
            (Some(value), _) => (value.as_str(), '"'),
            (None, Some(value)) => (value.as_str(), '\''),
            (None, None) => return whole.to_owned(),
        };
        let escaped = value.contains("&amp;");
        match base.join(&value.replace("&amp;", "&")) {
            Ok(url) if escaped => {
                format!("{name}{quote}{}{quote}", url.as_str().replace('&', "&amp;"))
            }
            Ok(url) => format!("{name}{quote}{url}{quote}"),
            Err(_) => whole.to_owned(),
        }
    };
    pattern.replace_all(text, absolute).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, form: Form, expected: &str) {
        assert_eq!(meaning(text, form, None), expected);
    }

    #[test]
    fn the_form_is_told_by_mode_and_type() {
        assert_eq!(Form::of(None, None), Form::Escaped);
        assert_eq!(Form::of(None, Some("html")), Form::Escaped);
        assert_eq!(Form::of(None, Some("text/plain")), Form::Escaped);
        assert_eq!(Form::of(None, Some("application/atom+xml")), Form::Escaped);
        assert_eq!(Form::of(None, Some("XHTML")), Form::Markup);
        assert_eq!(Form::of(Some("base64"), Some("text/html")), Form::Base64);
        assert_eq!(Form::of(None, Some("application/octet-stream")), Form::Base64);
    }

    #[test]
    fn the_enclosing_div_is_no_content() {
        check("<div xmlns='x'>A <b>day</b></div>", Form::Markup, "A <b>day</b>");
        check("<h:div>A &lt; B</h:div>", Form::Markup, "A &lt; B");
        check("<div>A</div><div>B</div>", Form::Markup, "<div>A</div><div>B</div>");
        check("<div><div>A</div></div>", Form::Markup, "<div>A</div>");
        check("<p>A</p>", Form::Markup, "<p>A</p>");
        check("<div/>", Form::Markup, "<div/>");
        check("<div>A</div>", Form::Escaped, "<div>A</div>");
    }

    #[test]
    fn base64_is_unpacked_if_it_is_text() {
        check("VGFsa3Mg\n Z28gb24=", Form::Base64, "Talks go on");
        check("Talks go on", Form::Base64, "Talks go on");
        check("/w==", Form::Base64, "/w==");
    }

    #[test]
    fn relative_addresses_follow_the_base() {
        let base = Url::parse("https://a.example/dir/").ok();
        let text = "See <a href=\"x.html?a=1&amp;b=2\">x</a>, <img alt='' SRC='/i.png'> <a href='#n'>n</a>";
        assert_eq!(
            meaning(text, Form::Escaped, base.as_ref()),
            "See <a href=\"https://a.example/dir/x.html?a=1&amp;b=2\">x</a>, <img alt='' SRC='https://a.example/i.png'> <a href='https://a.example/dir/#n'>n</a>"
        );
        assert_eq!(meaning("href='x'", Form::Escaped, base.as_ref()), "href='x'");
    }
}
