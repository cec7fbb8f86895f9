//! Bytes of a feed, list page or sitemap to text.
//!
//! The ladder: byte order mark, then valid UTF-8 whatever the labels say, then the HTTP header, the
//! document's own declaration, and last a guess from the bytes. Labels are wrong often enough, and
//! differently on each page of one site, that none is remembered from document to document.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Bytes at the start of a document in which it may declare its encoding (the HTML standard's
/// figure for `<meta>`).
const DECLARATION_BYTES: usize = 1024;

/// A decoded document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// Its text.
    pub(super) text: String,
    /// Some bytes had no meaning in the encoding and became U+FFFD.
    pub(super) damaged: bool,
}

/// Decodes `bytes` by the ladder above.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, damaged) =
            encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        return Decoded { text: text.into_owned(), damaged };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), damaged: false };
    }
    let encoding = content_type
        .and_then(|header| label(header.as_bytes(), b"charset="))
        .or_else(|| declared(bytes))
        .unwrap_or_else(|| guess(bytes));
    // A label of UTF-8 on bytes that are not: either a few bad bytes, or a wrong label. What the
    // guess calls UTF-8 or nothing better stays UTF-8 with the bad bytes replaced.
    let encoding = if encoding == UTF_8 && !nearly_utf8(bytes) { guess(bytes) } else { encoding };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), damaged }
}

/// Reads the encoding after `name` in a header or declaration.
fn label(text: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let start = lower.windows(name.len()).position(|w| w == name)? + name.len();
    let rest = lower.get(start..)?;
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| b"\"'; \t\r\n>?/".contains(b)).unwrap_or(rest.len());
    Encoding::for_label(rest.get(..end)?)
}

/// Reads an XML declaration or a `<meta charset>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION_BYTES.min(bytes.len()))?;
    label(head, b"encoding=").or_else(|| label(head, b"charset="))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Whether at most one in a hundred of the non-ASCII characters is broken UTF-8.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad <= 3 || bad * 100 <= good
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Москва: новости дня, переговоры продолжаются третий день подряд";
    const CHINESE: &str = "外交部发言人在例行记者会上回答提问，双方同意继续对话";

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, content_type).text, expected);
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn valid_utf8_beats_every_label() {
        check(RUSSIAN.as_bytes(), Some("text/xml; charset=windows-1251"), RUSSIAN);
    }

    #[test]
    fn the_header_names_the_encoding() {
        check(&encoded(RUSSIAN, "koi8-r"), Some("text/xml; charset=KOI8-R"), RUSSIAN);
        check(&encoded(CHINESE, "gbk"), Some("text/xml;charset=\"gb2312\""), CHINESE);
    }

    #[test]
    fn the_prolog_names_the_encoding() {
        let text = format!("<?xml version='1.0' encoding='windows-1251'?><t>{RUSSIAN}</t>");
        check(&encoded(&text, "windows-1251"), Some("text/xml"), &text);
    }

    #[test]
    fn without_a_label_it_is_guessed() {
        check(&encoded(RUSSIAN, "windows-1251"), None, RUSSIAN);
        check(&encoded(CHINESE, "gbk"), None, CHINESE);
    }

    #[test]
    fn a_wrong_utf8_label_is_not_believed() {
        check(&encoded(RUSSIAN, "windows-1251"), Some("text/xml; charset=utf-8"), RUSSIAN);
    }

    #[test]
    fn one_bad_byte_costs_one_character() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.insert(12, 0xff);
        let decoded = decode(&bytes, Some("text/xml; charset=utf-8"));
        assert!(decoded.damaged);
        assert_eq!(decoded.text.replace('\u{fffd}', ""), RUSSIAN);
    }

    #[test]
    fn byte_order_marks_decide() {
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(RUSSIAN.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, Some("text/xml; charset=utf-8"), RUSSIAN);
        check(&[b"\xef\xbb\xbf", RUSSIAN.as_bytes()].concat(), None, RUSSIAN);
    }
}
