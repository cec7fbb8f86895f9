//! Repairs a feed's text before any parser sees it: what XML forbids and feeds contain anyway.

/// Names of HTML entities that turn up in feeds and that XML does not know.
const ENTITIES: &[(&str, &str)] = &[
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("euro", "€"),
    ("pound", "£"),
    ("sect", "§"),
    ("shy", "\u{ad}"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("agrave", "à"),
    ("aacute", "á"),
    ("acirc", "â"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("szlig", "ß"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("ocirc", "ô"),
];

/// RSS versions that `feed-rs` accepts; all others are read like 2.0, which they are subsets of or
/// equal to in everything that is read here.
const VERSIONS: &[&str] = &["2.0", "0.91", "0.92"];

/// Returns `text` without leading junk, XML declaration and forbidden characters, with HTML entities
/// outside CDATA replaced, and with an RSS version that the parser accepts.
pub(super) fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|c| is_xml(*c)).collect();
    let start = text.find('<').unwrap_or(0);
    let mut text = text.get(start..).unwrap_or_default();
    if text.starts_with("<?xml")
        && let Some(end) = text.find("?>")
    {
        text = text.get(end + 2..).unwrap_or_default();
    }
    known_version(&entities(text))
}

/// Whether XML 1.0 allows the character.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Replaces the entities outside CDATA that no XML parser resolves.
fn entities(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, after) = rest.split_at(at);
        clean.push_str(before);
        if after.starts_with("<![CDATA[") {
            let end = after.find("]]>").map_or(after.len(), |end| end + 3);
            let (cdata, tail) = after.split_at(end);
            clean.push_str(cdata);
            rest = tail;
        } else if let Some((length, replaced)) = reference(after) {
            clean.push_str(&replaced);
            rest = after.get(length..).unwrap_or_default();
        } else {
            clean.push_str(after.get(..1).unwrap_or_default());
            rest = after.get(1..).unwrap_or_default();
        }
    }
    clean.push_str(rest);
    clean
}

/// Returns length and replacement of the reference at the start of `text`, if it is one to replace:
/// an HTML name, or the number of a character that XML forbids.
fn reference(text: &str) -> Option<(usize, String)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(12).position(|b| b == b';')?;
    let name = body.get(..end)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let allowed = char::from_u32(code).is_some_and(is_xml);
        return (!allowed).then(|| (end + 2, String::new()));
    }
    let (_, replaced) = ENTITIES.iter().find(|(entity, _)| *entity == name)?;
    Some((end + 2, (*replaced).to_owned()))
}

/// Rewrites the `version` of an `<rss>` that names none or an unknown one.
fn known_version(text: &str) -> String {
    let Some(start) = text.find("<rss") else { return text.to_owned() };
    let Some(length) = text.get(start..).and_then(|tag| tag.find('>')) else {
        return text.to_owned();
    };
    let tag = text.get(start..start + length).unwrap_or_default();
    let version = ["version=\"", "version='"].iter().find_map(|name| {
        let from = tag.find(name)? + name.len();
        let value = tag.get(from..)?;
        Some((from, value.find(['"', '\''])?))
    });
    let (before, value, after) = match version {
        Some((from, length)) => {
            let from = start + from;
            let value = text.get(from..from + length).unwrap_or_default();
            if VERSIONS.contains(&value) {
                return text.to_owned();
            }
            (text.get(..from), "2.0", text.get(from + length..))
        }
        None => (text.get(..start + 4), " version=\"2.0\"", text.get(start + 4..)),
    };
    [before.unwrap_or_default(), value, after.unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn forbidden_characters_and_their_references_go() {
        check("<a>x\u{0}\u{1b}y&#0;&#x1F;z\u{fffe}</a>", "<a>xyz</a>");
        check("<a>&#8211;&amp;</a>", "<a>&#8211;&amp;</a>");
    }

    #[test]
    fn html_entities_are_replaced_outside_cdata_only() {
        check("<a>a&nbsp;b&hellip;</a>", "<a>a\u{a0}b…</a>");
        check("<a><![CDATA[a&nbsp;b]]>&ndash;</a>", "<a><![CDATA[a&nbsp;b]]>–</a>");
        check("<a>AT&T &unknown; &</a>", "<a>AT&T &unknown; &</a>");
    }

    #[test]
    fn junk_and_declaration_before_the_root_go() {
        check("\n\nWarning: x <?xml version='1.0' encoding='koi8-r'?>\n<a/>", "\n<a/>");
    }

    #[test]
    fn unknown_rss_versions_are_read_as_two() {
        check("<rss version='2.0.1'><x/>", "<rss version='2.0'><x/>");
        check("<rss><x/>", "<rss version=\"2.0\"><x/>");
        check("<rss version=\"0.91\"><x/>", "<rss version=\"0.91\"><x/>");
    }
}
