//! The escaper that HTML and XML share.

/// Appends `c` escaped for text and attributes of HTML and XML.
pub(super) fn push_escaped(markup: &mut String, c: char) {
    match c {
        '<' => markup.push_str("&lt;"),
        '>' => markup.push_str("&gt;"),
        '&' => markup.push_str("&amp;"),
        '"' => markup.push_str("&quot;"),
        '\'' => markup.push_str("&#39;"),
        _ => markup.push(c),
    }
}
