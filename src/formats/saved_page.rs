//! A page that a browser, or a tool beside one, has saved: HTML, or MHTML with a page in it.

use std::io::{self, Read};
use std::sync::LazyLock;

use base64::Engine as _;
use chrono::{DateTime, NaiveDateTime, Utc};
use regex::bytes::Regex;

use crate::model::RawPage;

/// Bytes of a saved page that are read: pages with their pictures inside have some megabytes.
const MAX_BYTES: u64 = 64 << 20;

/// Bytes at the beginning in which browsers note the address.
const NOTE_BYTES: usize = 4_096;

/// One saved page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SavedPage {
    /// Its address: as given, else the one that it gives itself, else empty.
    pub(crate) url: String,
    /// When an archive of the web captured it.
    pub(crate) captured: Option<DateTime<Utc>>,
    /// Its content.
    pub(crate) page: RawPage,
}

/// Reads a page.
pub(crate) fn read(source: impl Read, url: Option<&str>) -> io::Result<SavedPage> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(of_bytes(bytes, url))
}

/// Reads the bytes of a saved page; `url` is its address if that is known.
pub(crate) fn of_bytes(bytes: Vec<u8>, url: Option<&str>) -> SavedPage {
    let (body, content_type, noted) = match mhtml_page(&bytes) {
        Some(part) => (part.body, part.content_type, part.location),
        None => (bytes, None, None),
    };
    let (body, captured) = without_wayback(body);
    let url = url.map(str::to_owned).or(noted).or_else(|| noted_address(&body));
    let url = url.or_else(|| canonical(&body)).unwrap_or_default();
    let (url, at) = original(&url);
    let captured = captured.or(at);
    SavedPage { page: RawPage { url: url.clone(), content_type, body }, url, captured }
}

/// Says what a file is that is no page, by its first bytes; `None` if it may be one.
pub(crate) fn other_kind(body: &[u8]) -> Option<&'static str> {
    match body {
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF file"),
        [b'P', b'K', 3, 4, ..] => Some("a ZIP file"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some("a picture")
        }
        [b'I', b'D', b'3', ..] | [b'O', b'g', b'g', b'S', ..] => Some("sound"),
        _ => None,
    }
}

/// A pattern that is a constant of this file.
fn pattern(pattern: &'static str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// The address that Firefox, Internet Explorer or `SingleFile` notes at the beginning.
fn noted_address(body: &[u8]) -> Option<String> {
    static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)saved from url=\(\d+\)\s*(https?://[^\s>]+)|saved with SingleFile[\s\S]{0,40}?url:\s*(https?://\S+)",
        )
    });
    let head = body.get(..NOTE_BYTES).unwrap_or(body);
    let found = NOTE.as_ref()?.captures(head)?;
    let address = found.iter().skip(1).flatten().next()?;
    Some(String::from_utf8_lossy(address.as_bytes()).trim_end_matches("--").to_owned())
}

/// The address that a page gives itself.
fn canonical(body: &[u8]) -> Option<String> {
    let html = scraper::Html::parse_document(&String::from_utf8_lossy(body));
    let selector =
        scraper::Selector::parse(r#"link[rel="canonical"], meta[property="og:url"]"#).ok()?;
    html.select(&selector)
        .filter_map(|e| e.attr("href").or_else(|| e.attr("content")))
        .find(|url| url.starts_with("http"))
        .map(str::to_string)
}

/// The address inside one of a web archive, and when it was captured: `https://web.archive.org/web/20260304101520/...`.
fn original(url: &str) -> (String, Option<DateTime<Utc>>) {
    static ARCHIVED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"^https?://[^/]+/(?:web|wayback)/(\d{4,14})(?:[a-z]{2}_)?/(https?://.+)$")
    });
    let Some(found) = ARCHIVED.as_ref().and_then(|archived| archived.captures(url.as_bytes()))
    else {
        return (url.to_owned(), None);
    };
    let part = |n: usize| String::from_utf8_lossy(found.get(n).map_or(&[][..], |m| m.as_bytes()));
    (part(2).into_owned(), timestamp(&part(1)))
}

fn timestamp(digits: &str) -> Option<DateTime<Utc>> {
    Some(NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S").ok()?.and_utc())
}

/// Takes the Wayback Machine's toolbar out of a page and its prefix from all addresses, so that links lead where they led.
fn without_wayback(body: Vec<u8>) -> (Vec<u8>, Option<DateTime<Utc>>) {
    static PREFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"(?:(?:https?:)?//web\.archive\.org)?/web/(\d{14})(?:[a-z]{2}_)?/(https?:)")
    });
    static TOOLBAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"(?s)<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->")
    });
    let (Some(prefix), Some(toolbar)) = (PREFIX.as_ref(), TOOLBAR.as_ref()) else {
        return (body, None);
    };
    if !body.windows(15).any(|window| window == b"web.archive.org") {
        return (body, None);
    }
    let captured = prefix.captures(&body).and_then(|found| {
        let digits = found.get(1)?.as_bytes();
        timestamp(&String::from_utf8_lossy(digits))
    });
    let body = toolbar.replace_all(&body, &b""[..]);
    (prefix.replace_all(&body, &b"$2"[..]).into_owned(), captured)
}

/// The page in an MHTML file.
struct MimePart {
    location: Option<String>,
    content_type: Option<String>,
    body: Vec<u8>,
}

/// Finds the page in an MHTML file (RFC 2557), as Chrome and Edge save one; `None` if it is none.
fn mhtml_page(bytes: &[u8]) -> Option<MimePart> {
    let (head, rest) = head_of(bytes)?;
    let kind = head.get("content-type")?;
    if !kind.to_ascii_lowercase().starts_with("multipart/related") {
        return None;
    }
    let boundary = parameter(&kind, "boundary")?;
    let mark = format!("--{boundary}");
    let mut parts = split(rest, mark.as_bytes()).into_iter().skip(1);
    parts.find_map(|part| {
        let (fields, body) = head_of(part.trim_ascii_start())?;
        let content_type = fields.get("content-type")?;
        if !content_type.to_ascii_lowercase().contains("html") {
            return None;
        }
        let coding = fields.get("content-transfer-encoding").unwrap_or_default();
        let location = head.get("snapshot-content-location").or(fields.get("content-location"));
        Some(MimePart {
            location: location.filter(|url| url.starts_with("http")),
            body: transferred(body, &coding.to_ascii_lowercase()),
            content_type: Some(content_type),
        })
    })
}

/// Fields of a mail head, by lower-case name.
struct MailHead(Vec<(String, String)>);

impl MailHead {
    fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// Splits a mail head from what follows it; lines that begin with a blank go on with the field before.
fn head_of(bytes: &[u8]) -> Option<(MailHead, &[u8])> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    loop {
        let end = rest.iter().take(NOTE_BYTES).position(|byte| *byte == b'\n')?;
        let line = String::from_utf8_lossy(&rest[..end]).trim_end().to_owned();
        rest = &rest[end + 1..];
        if line.is_empty() {
            return (!fields.is_empty()).then_some((MailHead(fields), rest));
        }
        if line.starts_with([' ', '\t']) {
            let (_, value) = fields.last_mut()?;
            value.push_str(line.trim_start());
        } else {
            let (name, value) = line.split_once(':')?;
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let place = lower.find(&format!("{name}="))? + name.len() + 1;
    let rest = value.get(place..)?;
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    Some(quoted.unwrap_or_else(|| rest.split(';').next().unwrap_or_default()).trim().to_owned())
}

fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut begin, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(mark) {
            parts.push(&bytes[begin..at]);
            at += mark.len();
            begin = at;
        }
        let line = bytes[at..].iter().position(|byte| *byte == b'\n');
        at = line.map_or(bytes.len(), |line| at + line + 1);
    }
    parts.push(&bytes[begin..]);
    parts
}

/// Undoes a content-transfer-encoding (RFC 2045).
fn transferred(body: &[u8], coding: &str) -> Vec<u8> {
    match coding {
        "quoted-printable" => quoted_printable(body),
        "base64" => {
            let letters: Vec<u8> =
                body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
            base64::engine::general_purpose::STANDARD.decode(letters).unwrap_or_default()
        }
        _ => body.to_vec(),
    }
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let (mut plain, mut rest) = (Vec::with_capacity(body.len()), body);
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            plain.push(byte);
        } else if let Some(after) = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")) {
            rest = after;
        } else if let (Some(high), Some(low)) = (digit(rest.first()), digit(rest.get(1))) {
            plain.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = &rest[2..];
        } else {
            plain.push(byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, url: &str) -> SavedPage {
        let page = of_bytes(body.as_bytes().to_vec(), None);
        assert_eq!(page.url, url);
        page
    }

    #[test]
    fn a_page_tells_its_address() {
        check(
            "<!-- saved from url=(0028)https://t.example/news/102 -->\n<html>",
            "https://t.example/news/102",
        );
        check(
            "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://t.example/news/101 \n saved date: x -->",
            "https://t.example/news/101",
        );
        check(r#"<link rel="canonical" href="https://t.example/1">"#, "https://t.example/1");
        check("<p>nothing</p>", "");
    }

    #[test]
    fn a_copy_of_the_wayback_machine_is_the_page_inside() {
        let page = check(
            "<link rel=canonical href=\"https://web.archive.org/web/20260304101520/https://t.example/1\">\
             <!-- BEGIN WAYBACK TOOLBAR INSERT --><p>7 captures</p><!-- END WAYBACK TOOLBAR INSERT -->\
             <a href=\"/web/20260304101520/https://t.example/2\">x</a>",
            "https://t.example/1",
        );
        let text = String::from_utf8(page.page.body).unwrap();
        assert!(
            !text.contains("captures") && text.contains("href=\"https://t.example/2\""),
            "{text}"
        );
        assert_eq!(page.captured.unwrap().to_rfc3339(), "2026-03-04T10:15:20+00:00");
    }

    #[test]
    fn mhtml_is_decoded() {
        let file = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://t.example/news/104\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b--\"\r\n\r\n\
            ----b--\r\nContent-Type: text/css\r\n\r\np {}\r\n----b--\r\nContent-Type: text/html; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>The ferry li=\r\nne =D0=BF=3D1</p>\r\n----b----\r\n";
        let page = check(file, "https://t.example/news/104");
        assert_eq!(String::from_utf8(page.page.body).unwrap().trim(), "<p>The ferry line п=1</p>");
        assert_eq!(page.page.content_type.as_deref(), Some("text/html; charset=utf-8"));
    }
}
