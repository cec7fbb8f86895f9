//! WARC 1.1 (ISO 28500): pages out of other tools' archives, and ours into theirs.
//!
//! One gzip member a record, as the standard recommends. Bodies are written after decompression, so
//! `Content-Encoding` and `Transfer-Encoding` are not repeated.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{ReadProblem, http_body};
use crate::model::{RawPage, Skipped};
use crate::text::find_byte;

/// Records above this are passed over: no article page is so large.
const MAX_RECORD_BYTES: u64 = 32 << 20;
/// Longest line of a head that is read at once; what follows counts as another.
const MAX_LINE_BYTES: u64 = 64 << 10;
/// Bytes of a head that are kept.
const MAX_HEAD_BYTES: usize = 256 << 10;

/// One captured page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// `WARC-Target-URI`.
    pub url: String,
    /// `WARC-Date`.
    pub at: DateTime<Utc>,
    /// Address, `Content-Type` and body of the HTTP response.
    pub page: RawPage,
}

/// Writes one `response` record. The record id is made from the content, so that the same archive
/// gives the same file.
///
/// # Errors
///
/// Fails if the output cannot be written.
pub fn write(out: &mut dyn Write, capture: &Capture) -> std::io::Result<()> {
    let digest = crate::ids::sha256_hex(&capture.page.body);
    let content_type = capture.page.content_type.as_deref().unwrap_or("text/html");
    let mut http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        capture.page.body.len()
    )
    .into_bytes();
    http.extend_from_slice(&capture.page.body);
    let at = capture.at.format("%Y-%m-%dT%H:%M:%SZ");
    let id =
        uuid_like(&crate::ids::sha256_hex(format!("{}\n{at}\n{digest}", capture.url).as_bytes()));
    let mut member = GzEncoder::new(out, Compression::default());
    write!(
        member,
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n\
         WARC-Date: {at}\r\nWARC-Target-URI: {}\r\nWARC-Payload-Digest: sha256:{digest}\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
        capture.url,
        http.len()
    )?;
    member.write_all(&http)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()?;
    Ok(())
}

/// The first 128 bits of a hash in the form of a (version 8, custom) UUID.
fn uuid_like(hex: &str) -> String {
    format!("{}-{}-8{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// What a WARC file held besides pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PassedOver {
    /// Records that are no pages, by kind: `response with status 404`, `revisit`.
    pub kinds: BTreeMap<String, usize>,
    /// Pages that could not be read, and why. Part of the file may be lost.
    pub unread: Vec<Skipped>,
}

/// Reads every page of a WARC file, plain, gzipped or zstd-compressed: successful HTML responses, and resources. What is
/// no page is counted; a cut or damaged file gives what can be read.
///
/// # Errors
///
/// Fails if the file is not WARC, or cannot be read.
pub fn read(source: impl Read, each: &mut dyn FnMut(Capture)) -> Result<PassedOver, ReadProblem> {
    let mut source = BufReader::new(source);
    let beginning = source.fill_buf()?;
    if beginning.starts_with(&GZIP) {
        return records(BufReader::new(Members::new(source)), each);
    }
    if beginning.starts_with(&ZSTD) || beginning.starts_with(&ZSTD_DICTIONARY) {
        return records(BufReader::new(zstd_stream(source)?), each);
    }
    records(source, each)
}

/// First bytes of a gzip member (deflate).
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
/// First bytes of a zstd frame.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// First bytes of the frame that holds the dictionary of a `.warc.zst` file.
const ZSTD_DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// Undoes zstd, with the dictionary that the file may begin with.
fn zstd_stream<R: BufRead>(mut source: R) -> Result<impl Read, ReadProblem> {
    let mut dictionary = Vec::new();
    if source.fill_buf()?.starts_with(&ZSTD_DICTIONARY) {
        let mut head = [0; 8];
        source.read_exact(&mut head)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        source.by_ref().take(length.into()).read_to_end(&mut dictionary)?;
        if dictionary.starts_with(&ZSTD) {
            let mut plain = Vec::new();
            let decoder = zstd::Decoder::new(dictionary.as_slice())?;
            decoder.take(MAX_RECORD_BYTES).read_to_end(&mut plain)?;
            dictionary = plain;
        }
    }
    Ok(zstd::Decoder::with_dictionary(source, &dictionary)?)
}

/// The members of a gzip file, one after the other. Bytes between them that are none are passed over, and a damaged
/// member ends where it is damaged.
struct Members<R: BufRead> {
    member: Option<flate2::bufread::GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    fn new(source: R) -> Members<R> {
        Members { member: Some(flate2::bufread::GzDecoder::new(source)) }
    }

    /// Goes to the next member; returns whether there is one.
    fn advance(&mut self) -> std::io::Result<bool> {
        let Some(member) = self.member.take() else { return Ok(false) };
        let mut source = member.into_inner();
        loop {
            let bytes = source.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            match find_byte(bytes, |byte| byte == GZIP[0]) {
                Some(0) if bytes.len() < GZIP.len() || bytes.starts_with(&GZIP) => break,
                Some(0) => source.consume(1),
                Some(place) => source.consume(place),
                None => {
                    let length = bytes.len();
                    source.consume(length);
                }
            }
        }
        self.member = Some(flate2::bufread::GzDecoder::new(source));
        Ok(true)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while let Some(member) = &mut self.member {
            // A damaged member is cut: the record in it is found to be shorter than it says.
            let read = member.read(buffer).unwrap_or(0);
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            if !self.advance()? {
                break;
            }
        }
        Ok(0)
    }
}

/// A record that is no page, or why a page could not be read.
enum NoPage {
    /// Of this kind.
    Other(String),
    /// A page, for this reason.
    Unread(&'static str),
}

fn records(
    mut source: impl BufRead,
    each: &mut dyn FnMut(Capture),
) -> Result<PassedOver, ReadProblem> {
    let mut passed = PassedOver::default();
    let unread = |what: &str, reason: &str, passed: &mut PassedOver| {
        passed.unread.push(Skipped { what: what.to_owned(), reason: reason.to_owned() });
    };
    let mut is_first = true;
    while let Some((fields, junk)) = head(&mut source, is_first)? {
        is_first = false;
        if junk {
            unread("", "bytes between two records are none", &mut passed);
        }
        let url = fields.get("WARC-Target-URI").trim_matches(['<', '>']).to_owned();
        let Ok(length) = fields.get("Content-Length").parse::<u64>() else {
            unread(&url, "a record without Content-Length", &mut passed);
            continue;
        };
        let mut block = Vec::new();
        let mut limited = source.by_ref().take(length);
        if length <= MAX_RECORD_BYTES {
            limited.read_to_end(&mut block)?;
        } else {
            std::io::copy(&mut limited, &mut std::io::sink())?;
        }
        if limited.limit() != 0 {
            unread(&url, "the file ends, or is damaged, within this record", &mut passed);
            return Ok(passed);
        }
        let page = if length > MAX_RECORD_BYTES {
            Err(NoPage::Unread("the record is longer than any page (32 MiB)"))
        } else {
            page(&fields, &block)
        };
        match page {
            Ok((content_type, body)) => match date(fields.get("WARC-Date")) {
                Some(at) => {
                    let page = RawPage { url: url.clone(), content_type, body };
                    each(Capture { url, at, page });
                }
                None => unread(&url, "its WARC-Date is no time", &mut passed),
            },
            Err(NoPage::Unread(reason)) => unread(&url, reason, &mut passed),
            Err(NoPage::Other(kind)) => *passed.kinds.entry(kind).or_default() += 1,
        }
    }
    Ok(passed)
}

/// The fields of a head, in any case.
#[derive(Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the lines of a head.
    fn of(head: &str) -> Fields {
        let fields = head.lines().filter_map(|line| line.split_once(':'));
        Fields(fields.map(|(n, v)| (n.trim().to_owned(), v.trim().to_owned())).collect())
    }

    /// The value of a field; empty if there is none.
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, v)| v)
    }
}

/// Reads the head of the next record; says whether something that is no record stood before it. `None` at the end.
fn head(source: &mut impl BufRead, is_first: bool) -> Result<Option<(Fields, bool)>, ReadProblem> {
    let (mut line, mut junk) = (Vec::new(), false);
    loop {
        line.clear();
        if source.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.starts_with(b"WARC/") {
            break;
        }
        let is_blank = line.trim_ascii().is_empty();
        if is_first && !is_blank {
            return Err(ReadProblem::damaged("not a WARC file"));
        }
        junk |= !is_blank;
    }
    let mut text = String::new();
    loop {
        line.clear();
        let read = source.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
        if read == 0 || line.trim_ascii().is_empty() {
            return Ok(Some((Fields::of(&text), junk)));
        }
        if text.len() < MAX_HEAD_BYTES {
            text.push_str(&String::from_utf8_lossy(&line));
        }
    }
}

/// Content type and body of the page in a record.
fn page(fields: &Fields, block: &[u8]) -> Result<(Option<String>, Vec<u8>), NoPage> {
    match fields.get("WARC-Type").to_ascii_lowercase().as_str() {
        "response" => response(block),
        "resource" => {
            let content_type = fields.get("Content-Type");
            if !is_html(content_type) && !http_body::is_markup(block) {
                return Err(NoPage::Other(format!("resource of type {content_type}")));
            }
            Ok((Some(content_type.to_owned()).filter(|t| !t.is_empty()), block.to_vec()))
        }
        kind => Err(NoPage::Other(kind.to_owned())),
    }
}

/// Whether a media type is that of a page; `false` if there is none.
fn is_html(content_type: &str) -> bool {
    content_type.to_ascii_lowercase().contains("html")
}

/// Content type and body of a successful HTTP response with a page in it.
fn response(block: &[u8]) -> Result<(Option<String>, Vec<u8>), NoPage> {
    // A head ends with an empty line; old crawlers wrote it with line feeds alone.
    let ends = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|end| {
        let place = block.windows(end.len()).position(|window| window == end)?;
        Some((place, place + end.len()))
    });
    let Some((end, begin)) = ends.min() else {
        return Err(NoPage::Unread("its HTTP head does not end"));
    };
    let head = String::from_utf8_lossy(&block[..end]);
    let status = head.lines().next().and_then(|line| line.split_whitespace().nth(1));
    if status != Some("200") {
        let status = status.unwrap_or("unknown");
        return Err(NoPage::Other(format!("response with status {status}")));
    }
    let fields = Fields::of(&head);
    let content_type = fields.get("Content-Type");
    if !content_type.is_empty() && !is_html(content_type) {
        let kind = content_type.split(';').next().unwrap_or_default();
        return Err(NoPage::Other(format!("response of type {kind}")));
    }
    let (transfer, content) = (fields.get("Transfer-Encoding"), fields.get("Content-Encoding"));
    let body = http_body::decoded(&block[begin..], transfer, content, MAX_RECORD_BYTES)
        .ok_or(NoPage::Unread("its body cannot be decoded"))?;
    if content_type.is_empty() && !http_body::is_markup(&body) {
        return Err(NoPage::Other("response without a type that is no page".into()));
    }
    Ok((Some(content_type.to_owned()).filter(|t| !t.is_empty()), body))
}

/// Reads a `WARC-Date`: WARC 1.1 allows any precision, and old files have 14 digits. Of a day or hour its end is taken: a
/// page must not seem to have been seen before it was.
fn date(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    let text = text.trim_end_matches('Z');
    if let Ok(at) = NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S") {
        return Some(at.and_utc());
    }
    if let Ok(at) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M") {
        return Some(at.and_utc() + TimeDelta::seconds(59));
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(23, 59, 59)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture() -> Capture {
        let url = "https://rt.example/news/1/";
        Capture {
            url: url.into(),
            at: "2026-03-02T10:00:00Z".parse().unwrap(),
            page: RawPage {
                url: url.into(),
                content_type: Some("text/html; charset=utf-8".into()),
                body: b"<p>Text</p>".to_vec(),
            },
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut file = Vec::new();
        write(&mut file, &capture()).unwrap();
        write(&mut file, &capture()).unwrap();
        let mut seen = Vec::new();
        read(file.as_slice(), &mut |capture| seen.push(capture)).unwrap();
        assert_eq!(seen, [capture(), capture()]);
    }

    fn pages(file: &[u8]) -> (Vec<Capture>, PassedOver) {
        let mut seen = Vec::new();
        let passed = read(file, &mut |capture| seen.push(capture)).unwrap();
        (seen, passed)
    }

    #[test]
    fn a_cut_or_damaged_file_gives_what_can_be_read() {
        let mut one = Vec::new();
        write(&mut one, &capture()).unwrap();
        let cut = [&one[..], &one[..one.len() / 2]].concat();
        let (seen, passed) = pages(&cut);
        assert_eq!((seen.len(), passed.unread.len()), (1, 1));
        let junk = [&one[..], b"junk \x1f that is no record\n", &one].concat();
        assert_eq!(pages(&junk).0.len(), 2);
        assert!(read(&b"hello\r\n"[..], &mut |_| {}).is_err());
    }

    fn record(fields: &str, block: &str) -> String {
        format!("WARC/1.0\r\n{fields}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
    }

    const AT: &str = "WARC-Date: 2026-03-02T10:00:00Z\r\nWARC-Target-URI: <https://rt.example/1>";

    #[test]
    fn pages_of_all_crawlers_are_read_and_the_rest_is_counted() {
        let response = format!("WARC-Type: Response\r\n{AT}");
        let file = [
            record("WARC-Type: warcinfo", "software: x"),
            record(&response, "HTTP/1.1 200 OK\ncontent-type: TEXT/HTML\n\n<p>one</p>"),
            record(&response, "HTTP/1.1 200 OK\r\n\r\n<p>two</p>"),
            record(
                &format!("WARC-Type: resource\r\n{AT}\r\nContent-Type: text/html"),
                "<p>three</p>",
            ),
            record(&response, "HTTP/1.1 404 Not Found\r\n\r\n<p>gone</p>"),
            record(&response, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            record(&format!("WARC-Type: revisit\r\n{AT}"), ""),
        ]
        .concat();
        let zstd = zstd::encode_all(file.as_bytes(), 1).unwrap();
        for bytes in [file.as_bytes(), &zstd] {
            let (seen, passed) = pages(bytes);
            let bodies: Vec<&[u8]> = seen.iter().map(|c| c.page.body.as_slice()).collect();
            assert_eq!(bodies, [b"<p>one</p>".as_slice(), b"<p>two</p>", b"<p>three</p>"]);
            assert_eq!(seen[0].url, "https://rt.example/1");
            let kinds: Vec<&str> = passed.kinds.keys().map(String::as_str).collect();
            let expected =
                ["response of type image/png", "response with status 404", "revisit", "warcinfo"];
            assert_eq!((kinds, passed.unread), (expected.to_vec(), Vec::new()));
        }
    }

    #[test]
    fn dates_of_any_precision_are_upper_bounds() {
        for (text, expected) in [
            ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00+00:00"),
            ("20260302100000", "2026-03-02T10:00:00+00:00"),
            ("2026-03-02T10:00Z", "2026-03-02T10:00:59+00:00"),
            ("2026-03-02", "2026-03-02T23:59:59+00:00"),
        ] {
            assert_eq!(date(text).unwrap().to_rfc3339(), expected);
        }
        assert_eq!(date("soon"), None);
    }
}
