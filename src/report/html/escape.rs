//! Text from outside on its way into HTML. [`Html`] can only be made here, so that nothing else
//! reaches the page without being escaped.

use std::fmt::{self, Display, Write};

use askama::filters::HtmlSafe;
use chrono::{DateTime, Utc};

use crate::report::example::Example;
use crate::report::markup::push_escaped;
use crate::text::sanitize;

/// Most characters of a headline on the page: more than any real one has, and a page of megabytes is no
/// use to anybody. The whole is in the CSV files.
const MAX_TITLE: usize = 300;

/// Longest name of a host (RFC 1035, section 2.3.4).
const MAX_HOST: usize = 255;

/// Longest address that is linked; browsers and servers refuse longer ones.
const MAX_LINK: usize = 2_083;

/// A piece of finished HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Html(String);

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

/// Appends text: markup characters escaped, line ends as breaks, control characters dropped, and
/// characters that are hidden or change the direction shown as chips.
fn push_text(html: &mut String, text: &str) {
    for c in text.chars() {
        if c == '\n' {
            html.push_str("<br>");
        } else if sanitize::is_hidden(c) {
            let _ = write!(html, "<span class=\"chip\">U+{:04X}</span>", u32::from(c));
        } else if c == '\t' || !sanitize::is_control(c) {
            push_escaped(html, c);
        }
    }
}

/// A language tag that is safe in an attribute; empty if it is none.
pub(super) fn tag(language: &str) -> &str {
    /// Bytes of the longest tag that news needs: language, script and region.
    const LONGEST: usize = 16;
    let is_tag = language.len() <= LONGEST
        && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_tag { language } else { "" }
}

impl Html {
    /// Text of several lines.
    pub(crate) fn text(text: &str) -> Html {
        let mut html = String::with_capacity(text.len() + text.len() / 8);
        push_text(&mut html, text);
        Html(html)
    }

    /// A headline or name in a direction and language of its own, cut to [`MAX_TITLE`] characters.
    pub(crate) fn title(text: &str, language: &str) -> Html {
        let text = sanitize::one_line(&sanitize::shorten(text, MAX_TITLE)).to_string();
        let mut html = String::with_capacity(text.len() + 32);
        match tag(language) {
            "" => html.push_str("<bdi dir=\"auto\">"),
            language => {
                let _ = write!(html, "<bdi dir=\"auto\" lang=\"{language}\">");
            }
        }
        push_text(&mut html, if text.trim().is_empty() { "(no title)" } else { &text });
        html.push_str("</bdi>");
        Html(html)
    }

    /// A sentence with a marked phrase, in a direction and language of its own.
    pub(super) fn example(sentence: &Example, language: &str) -> Html {
        let mut html = String::new();
        let _ = match tag(language) {
            "" => write!(html, "<q dir=\"auto\">"),
            language => write!(html, "<q dir=\"auto\" lang=\"{language}\">"),
        };
        push_text(&mut html, &sanitize::one_line(&sentence.before));
        html.push_str("<mark>");
        push_text(&mut html, &sanitize::one_line(&sentence.phrase));
        html.push_str("</mark>");
        push_text(&mut html, &sanitize::one_line(&sentence.after));
        html.push_str("</q>");
        Html(html)
    }

    /// `before`, a space, and finished HTML.
    pub(crate) fn joined(before: &str, after: &Html) -> Html {
        let mut html = Html::text(before);
        html.0.push(' ');
        html.0.push_str(&after.0);
        html
    }

    /// The address as text that no program turns into a link: `hxxps://site[.]example/path`.
    pub(crate) fn defanged(url: &str) -> Html {
        let url = sanitize::one_line(url);
        let (scheme, rest) = url.split_once("://").unwrap_or(("", &url));
        let (host, path) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let host = sanitize::shorten(host, MAX_HOST).replace('.', "[.]");
        let scheme = sanitize::shorten(scheme, MAX_HOST).replace("http", "hxxp");
        let mark = if scheme.is_empty() { "" } else { "://" };
        let path = sanitize::shorten(path, 120);
        Html::text(&format!("{scheme}{mark}{host}{path}"))
    }
}

/// Whether an address may be a link target: `http(s)` and nothing that ends an attribute or a line.
fn is_linkable(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= MAX_LINK
        && !url.chars().any(|c| {
            c.is_whitespace() || c.is_control() || sanitize::is_hidden(c) || "<>\"'`\\".contains(c)
        })
}

/// The look-up of an address in the Internet Archive at a time; empty if it is no web address.
pub(crate) fn archive_link(url: &str, at: DateTime<Utc>) -> String {
    if is_linkable(url) {
        format!("https://web.archive.org/web/{}/{url}", at.format("%Y%m%d%H%M%S"))
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_is_shown_and_hidden_characters_are_named() {
        assert_eq!(
            Html::text("<b>\u{202e}x\u{0}\n&\"'").to_string(),
            "&lt;b&gt;<span class=\"chip\">U+202E</span>x<br>&amp;&quot;&#39;"
        );
        assert_eq!(
            Html::title("", "en\" onload=\"x").to_string(),
            "<bdi dir=\"auto\">(no title)</bdi>"
        );
    }

    #[test]
    fn addresses_lose_their_teeth() {
        assert_eq!(
            Html::defanged("https://a.b.example/c.html?x=1").to_string(),
            "hxxps://a[.]b[.]example/c.html?x=1"
        );
        let at = DateTime::from_timestamp(0, 0).unwrap();
        assert_eq!(
            archive_link("https://a.example/x", at),
            "https://web.archive.org/web/19700101000000/https://a.example/x"
        );
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://a\" onclick=\"", "//a", ""]
        {
            assert_eq!(archive_link(bad, at), "", "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_opens_a_tag_of_its_own(text in ".*") {
            let html = Html::text(&text).to_string();
            let plain = html.replace("<br>", "").replace("<span class=\"chip\">", "").replace("</span>", "");
            prop_assert!(!plain.contains(['<', '>', '"', '\'']));
        }
    }
}
