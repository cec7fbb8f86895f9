//! Bytes of a page, feed, list page or sitemap to text.
//!
//! Sites mix encodings and mislabel them, so that each document is decided for itself and no answer is
//! remembered for the next.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::mojibake;

/// Bytes in which a `<meta charset>` or XML declaration is looked for. Browsers look at 1,024; news
/// pages with long comments put it later.
const DECLARATION_BYTES: usize = 4_096;
/// Bytes that the detector is fed: enough for any statistic, linear in time.
const DETECTION_BYTES: usize = 256 * 1024;

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// Without byte order mark and without control characters other than tab and line ends.
    pub text: String,
    /// Name of the encoding and what told it: `gb18030 (meta)`.
    pub origin: String,
    /// Some bytes could not be read and became U+FFFD.
    pub lossy: bool,
}

/// Decodes a document. The ladder: byte order mark; valid UTF-8; charset of the HTTP header;
/// `<meta>` or XML declaration; statistics, with the top-level domain of `host` (may be empty) as a
/// hint. A label under which bytes are unreadable is not believed if statistics find an encoding that
/// reads all. What is UTF-8 encoded twice is decoded twice.
pub(crate) fn decode(bytes: &[u8], content_type: Option<&str>, host: &str) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return with(bytes, encoding, "byte order mark");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return match mojibake::repaired(text) {
            Some(meant) => Decoded {
                text: clean(&meant),
                origin: "UTF-8 (encoded twice)".into(),
                lossy: false,
            },
            None => Decoded { text: clean(text), origin: "UTF-8 (valid)".into(), lossy: false },
        };
    }
    let http = content_type.and_then(|value| label_in(&lower(value.as_bytes()), "charset"));
    let declared =
        http.map(|encoding| (encoding, "HTTP")).or_else(|| Some((declared(bytes)?, "meta")));
    if let Some((encoding, source)) = declared {
        if let Some(text) = Some(bytes).filter(|_| encoding == UTF_8).and_then(with_pasted_signs) {
            let origin = format!("UTF-8 with windows-1252 signs ({source})");
            return Decoded { text: clean(&text), origin, lossy: false };
        }
        let decoded = with(bytes, encoding, source);
        if !decoded.lossy || encoding == UTF_8 && is_mostly_utf8(&decoded.text) {
            return decoded;
        }
    }
    let detected = with(bytes, detect(bytes, host), "statistics");
    match declared {
        Some((encoding, source)) if detected.lossy => with(bytes, encoding, source),
        _ => detected,
    }
}

fn with(bytes: &[u8], encoding: &'static Encoding, source: &str) -> Decoded {
    let (text, used, lossy) = encoding.decode(bytes);
    Decoded { text: clean(&text), origin: format!("{} ({source})", used.name()), lossy }
}

/// UTF-8 into which signs of windows-1252 were pasted, as editors do with quotation marks and dashes;
/// `None` if any other byte is none of UTF-8, or nothing beyond ASCII is.
fn with_pasted_signs(bytes: &[u8]) -> Option<String> {
    // Euro, quotation marks, ellipsis, dashes, bullet, trade mark, blank, copyright, degree, middle dot.
    let is_sign = |byte: &u8| {
        matches!(byte, 0x80 | 0x82 | 0x84 | 0x85 | 0x8b | 0x91..=0x97 | 0x99 | 0x9b)
            || matches!(byte, 0xa0 | 0xa9 | 0xab | 0xae | 0xb0 | 0xb7 | 0xbb)
    };
    let mut text = String::with_capacity(bytes.len());
    let mut is_utf8 = false;
    for chunk in bytes.utf8_chunks() {
        is_utf8 |= !chunk.valid().is_ascii();
        text.push_str(chunk.valid());
        if !chunk.invalid().iter().all(is_sign) {
            return None;
        }
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    is_utf8.then_some(text)
}

/// Whether a few broken bytes in good UTF-8 are more likely than another encoding: any other
/// encoding with many letters outside ASCII gives about one U+FFFD for each of them.
fn is_mostly_utf8(text: &str) -> bool {
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    let good = text.chars().filter(|c| !c.is_ascii()).count() - broken;
    good > 4 * broken
}

fn detect(bytes: &[u8], host: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..DETECTION_BYTES).unwrap_or(bytes), true);
    let tld = host.rsplit('.').next().filter(|tld| !tld.is_empty());
    let tld = tld.filter(|tld| tld.bytes().all(|b| b.is_ascii_lowercase()));
    detector.guess(tld.map(str::as_bytes), Utf8Detection::Allow)
}

/// The encoding that a document declares. In a page the `<meta>` tag counts before the XML declaration, as
/// in browsers; in a feed, `charset` may stand in the markup of an item.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = lower(bytes.get(..DECLARATION_BYTES).unwrap_or(bytes));
    let is_feed = ["<rss", "<feed", "<rdf"].iter().any(|root| head.contains(root));
    let (first, second) = if is_feed { ("encoding", "charset") } else { ("charset", "encoding") };
    label_in(&head, first).or_else(|| label_in(&head, second))
}

fn lower(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

/// The first known encoding that is named after `key` and an equals sign in a lower-case text.
fn label_in(text: &str, key: &str) -> Option<&'static Encoding> {
    text.match_indices(key).find_map(|(place, _)| {
        let value = text.get(place + key.len()..)?.trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
        Encoding::for_label(value.get(..end.unwrap_or(value.len()))?.as_bytes())
    })
}

/// Removes what no text holds and XML forbids: NUL and the other control characters, U+FFFE, U+FFFF.
fn clean(text: &str) -> String {
    let kept = |c: &char| {
        (!c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{85}'))
            && !matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().filter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Мост закрыт до конца месяца, сообщили в министерстве";
    const CHINESE: &str = "外交部发言人在例行记者会上回答提问，双方同意继续对话";

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, text: &str, origin: &str) {
        let decoded = decode(bytes, content_type, "news.example");
        assert_eq!((decoded.text.as_str(), decoded.origin.as_str()), (text, origin));
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn valid_utf8_beats_every_label() {
        let label = Some("text/xml; charset=windows-1251");
        check(RUSSIAN.as_bytes(), label, RUSSIAN, "UTF-8 (valid)");
    }

    #[test]
    fn what_is_encoded_twice_is_decoded_twice() {
        let latin: String = RUSSIAN.bytes().map(char::from).collect();
        check(latin.as_bytes(), None, RUSSIAN, "UTF-8 (encoded twice)");
    }

    #[test]
    fn signs_of_windows_1252_in_utf8_are_read() {
        let bytes = [&b"He said \x93stop\x94 in M"[..], "ø".as_bytes(), b"ln"].concat();
        let label = Some("text/html; charset=utf-8");
        check(&bytes, label, "He said “stop” in Møln", "UTF-8 with windows-1252 signs (HTTP)");
    }

    #[test]
    fn labels_are_read_in_their_order() {
        let page = "<meta charset='gbk'>大桥关闭到月底";
        check(&encoded(page, "gbk"), None, page, "GBK (meta)");
        let label = Some("text/html; charset=\"KOI8-R\"");
        check(&encoded(RUSSIAN, "koi8-r"), label, RUSSIAN, "KOI8-R (HTTP)");
        check(&encoded(CHINESE, "gbk"), Some("text/xml;charset=gb2312"), CHINESE, "GBK (HTTP)");
    }

    #[test]
    fn a_page_is_declared_by_its_meta_tag_and_a_feed_by_its_prolog() {
        let page = format!(
            "<?xml version='1.0' encoding='iso-8859-1'?><html><meta charset=windows-1251>{RUSSIAN}"
        );
        check(&encoded(&page, "windows-1251"), Some("text/html"), &page, "windows-1251 (meta)");
        let feed = format!(
            "<?xml version='1.0' encoding='windows-1251'?><rss><![CDATA[<meta charset=iso-8859-1>]]>{RUSSIAN}"
        );
        check(&encoded(&feed, "windows-1251"), Some("text/xml"), &feed, "windows-1251 (meta)");
    }

    #[test]
    fn without_a_label_statistics_decide() {
        check(&encoded(RUSSIAN, "windows-1251"), None, RUSSIAN, "windows-1251 (statistics)");
        check(&encoded(CHINESE, "gbk"), None, CHINESE, "GBK (statistics)");
    }

    #[test]
    fn a_label_under_which_bytes_are_unreadable_is_not_believed() {
        let wrong = Some("text/xml; charset=utf-8");
        check(&encoded(RUSSIAN, "windows-1251"), wrong, RUSSIAN, "windows-1251 (statistics)");
        let wrong = Some("text/xml; charset=shift_jis");
        check(&encoded(CHINESE, "gb18030"), wrong, CHINESE, "GBK (statistics)");
    }

    #[test]
    fn one_bad_byte_costs_one_character() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.insert(8, 0xff);
        let decoded = decode(&bytes, Some("text/xml; charset=utf-8"), "");
        assert!(decoded.lossy);
        assert_eq!(decoded.text.replace('\u{fffd}', ""), RUSSIAN);
    }

    #[test]
    fn byte_order_marks_and_controls_go() {
        check(b"\xef\xbb\xbfa\0\x08b\tc", None, "ab\tc", "UTF-8 (byte order mark)");
        let utf16 = std::iter::once(0xfeff).chain(RUSSIAN.encode_utf16());
        let bytes: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
        let wrong = Some("text/xml; charset=utf-8");
        check(&bytes, wrong, RUSSIAN, "UTF-16LE (byte order mark)");
    }
}
