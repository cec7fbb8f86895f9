//! Bytes to text, decided document by document: sites mix encodings and mislabel them.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Bytes in which a `<meta charset>` or XML declaration is looked for. Browsers look at 1,024; news
/// pages with long comments put it later.
const DECLARATION_BYTES: usize = 4_096;
/// Bytes that the detector is fed: enough for any statistic, linear in time.
const DETECTION_BYTES: usize = 256 * 1024;

/// A document as text.
pub(super) struct Decoded {
    /// Without byte order mark and without control characters other than tab and line ends.
    pub text: String,
    /// Name of the encoding and what told it: `gb18030 (meta)`.
    pub origin: String,
    /// Some bytes could not be read and became U+FFFD.
    pub lossy: bool,
}

/// Decodes a document. The ladder: byte order mark; valid UTF-8; charset of the HTTP header;
/// `<meta>` or XML declaration; statistics, with the top-level domain of `url` as a hint. A label
/// under which bytes are unreadable is not believed if statistics find an encoding that reads all.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>, url: &str) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return with(bytes, encoding, "byte order mark");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: clean(text), origin: "UTF-8 (valid)".into(), lossy: false };
    }
    let http = content_type.and_then(|value| label_in(value.as_bytes()));
    let declared = http.map(|encoding| (encoding, "HTTP")).or_else(|| {
        let head = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
        label_in(head).map(|encoding| (encoding, "meta"))
    });
    if let Some((encoding, source)) = declared {
        let decoded = with(bytes, encoding, source);
        if !decoded.lossy || encoding == UTF_8 && is_mostly_utf8(&decoded.text) {
            return decoded;
        }
    }
    let detected = with(bytes, detect(bytes, url), "statistics");
    match declared {
        Some((encoding, source)) if detected.lossy => with(bytes, encoding, source),
        _ => detected,
    }
}

fn with(bytes: &[u8], encoding: &'static Encoding, source: &str) -> Decoded {
    let (text, used, lossy) = encoding.decode(bytes);
    Decoded { text: clean(&text), origin: format!("{} ({source})", used.name()), lossy }
}

/// Whether a few broken bytes in good UTF-8 are more likely than another encoding: any other
/// encoding with many letters outside ASCII gives about one U+FFFD for each of them.
fn is_mostly_utf8(text: &str) -> bool {
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    let good = text.chars().filter(|c| !c.is_ascii()).count() - broken;
    good > 4 * broken
}

fn detect(bytes: &[u8], url: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..DETECTION_BYTES).unwrap_or(bytes), true);
    let host = super::url::host(url);
    let tld = host.as_deref().and_then(|host| host.rsplit('.').next());
    let tld = tld.filter(|tld| tld.bytes().all(|b| b.is_ascii_lowercase()));
    detector.guess(tld.map(str::as_bytes), Utf8Detection::Allow)
}

/// The encoding named after `charset=` or `encoding=`.
fn label_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        text.match_indices(key).find_map(|(place, _)| {
            let value = text.get(place + key.len()..)?.trim_start().strip_prefix('=')?;
            let value =
                value.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
            let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
            Encoding::for_label(value.get(..end.unwrap_or(value.len()))?.as_bytes())
        })
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

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, text: &str, origin: &str) {
        let decoded = decode(bytes, content_type, "https://news.example/1");
        assert_eq!((decoded.text.as_str(), decoded.origin.as_str()), (text, origin));
    }

    fn bytes_of(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn valid_utf_8_beats_every_label() {
        check("Мост".as_bytes(), Some("text/html; charset=windows-1251"), "Мост", "UTF-8 (valid)");
    }

    #[test]
    fn labels_are_read_in_their_order() {
        let page = "<meta charset='gbk'>大桥关闭到月底";
        check(&bytes_of(page, "gbk"), None, page, "GBK (meta)");
        let text = "Мост закрыт до конца месяца";
        check(
            &bytes_of(text, "koi8-r"),
            Some("text/html; charset=\"KOI8-R\""),
            text,
            "KOI8-R (HTTP)",
        );
    }

    #[test]
    fn a_label_under_which_bytes_are_unreadable_is_not_believed() {
        let page = "<meta charset=utf-8>Мост закрыт до конца месяца, сообщили в министерстве";
        let bytes = bytes_of(page, "windows-1251");
        check(&bytes, None, page, "windows-1251 (statistics)");
    }

    #[test]
    fn one_bad_byte_does_not_spoil_utf_8() {
        let mut bytes = "<meta charset=utf-8>Мост закрыт до конца".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes, None, "");
        assert!(decoded.lossy && decoded.text.contains("Мост закрыт"));
    }

    #[test]
    fn byte_order_marks_and_controls_go() {
        check(b"\xef\xbb\xbfa\0\x08b\tc", None, "ab\tc", "UTF-8 (byte order mark)");
        check(&bytes_of_utf16("Bridge"), None, "Bridge", "UTF-16LE (byte order mark)");
    }

    fn bytes_of_utf16(text: &str) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }
}
