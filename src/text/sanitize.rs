//! Text from outside, made safe for one line of output: no control characters, no direction
//! overrides that run on into what follows. HTML escaping is apart from this, in `html`.

use std::borrow::Cow;

use crate::text::find_byte;

/// Whether `c` is a control character of C0, DEL or C1.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
}

/// Whether `c` changes the direction of what follows, or is invisible and can hide in a word:
/// `BiDi` embeddings, overrides, isolates and marks, zero-width characters, the byte order mark,
/// tag characters.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A quick look at the bytes: C0 and DEL are single bytes, C1 starts with `0xC2` in UTF-8 (as do some
/// harmless characters).
fn may_hold_control(text: &str) -> bool {
    find_byte(text.as_bytes(), may_be_control).is_some()
}

/// Whether a control character may begin with this byte.
fn may_be_control(byte: u8) -> bool {
    // Without branches, for `find_byte`.
    let is = |other: u8| byte == other;
    (..0x20).contains(&byte) | is(0x7f) | is(0xc2)
}

/// The bytes before the first control character: all of them if there is none.
fn next_control(text: &str) -> usize {
    let mut from = 0;
    let rest = |from: usize| text.get(from..).unwrap_or_default();
    while let Some(next) = find_byte(rest(from).as_bytes(), may_be_control) {
        from += next;
        match rest(from).chars().next() {
            Some(c) if !is_control(c) => from += c.len_utf8(),
            _ => return from,
        }
    }
    text.len()
}

/// Returns `text` on one line: runs of white space and line ends become one space, other control
/// characters vanish. What is not changed is borrowed.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !may_hold_control(text) || !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    let mut rest = text;
    let mut space = false;
    loop {
        let clean = next_control(rest);
        let (kept, after) = rest.split_at(clean);
        if !kept.is_empty() {
            if space && !line.is_empty() && !line.ends_with(' ') && !kept.starts_with(' ') {
                line.push(' ');
            }
            space = false;
            line.push_str(kept);
        }
        let mut after = after.chars();
        let Some(control) = after.next() else { break };
        space |= matches!(control, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}');
        rest = after.as_str();
    }
    Cow::Owned(line)
}

/// Returns `text` for a terminal: [`one_line`], and hidden characters vanish too.
pub(crate) fn terminal(text: &str) -> String {
    one_line(text).chars().filter(|&c| !is_hidden(c)).collect()
}

/// Returns the first `limit` characters of `text`, with an ellipsis if any were left out.
pub(crate) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let cut = text[..at].trim_end();
            Cow::Owned(format!("{cut}…"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_lose_their_teeth() {
        assert_eq!(terminal("a\u{1b}]8;;x\u{7}b\u{202e}c\r\nd"), "a]8;;xbc d");
        assert_eq!(one_line("plain"), "plain");
        assert_eq!(shorten("абвг", 2), "аб…");
        assert_eq!(shorten("аб", 2), "аб");
    }

    proptest! {
        #[test]
        fn the_quick_look_misses_no_control_character(text in ".*|[\\x00-\\u{ff}]*") {
            prop_assert!(may_hold_control(&text) || !text.chars().any(is_control));
        }

        #[test]
        fn a_line_is_made_character_by_character(text in "[ab \\n\\x1b\u{85}\u{a0}é]{0,20}") {
            let mut line = String::new();
            let mut space = false;
            for c in text.chars() {
                if matches!(c, '\n' | '\u{85}') {
                    space = true;
                } else if !is_control(c) {
                    if space && !line.is_empty() && !line.ends_with(' ') && c != ' ' {
                        line.push(' ');
                    }
                    space = false;
                    line.push(c);
                }
            }
            prop_assert_eq!(one_line(&text), line);
        }

        #[test]
        fn nothing_that_steers_a_terminal_is_left(text in "\\PC*|[\\x00-\\x9f]*|.*") {
            prop_assert!(!terminal(&text).chars().any(|c| is_control(c) || is_hidden(c)));
        }
    }
}
