//! WARC 1.1 (ISO 28500): pages out of other tools' archives, and ours into theirs.
//!
//! One gzip member a record, as the standard recommends. Bodies are written after decompression, so
//! `Content-Encoding` and `Transfer-Encoding` are not repeated.

use std::io::{BufRead, BufReader, Read, Write};

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::ReadProblem;
use crate::model::RawPage;

/// Records above this are passed over: no article page is so large.
const MAX_RECORD_BYTES: u64 = 32 << 20;

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

/// Reads every successful HTML response of a WARC file, plain or gzipped.
///
/// # Errors
///
/// Fails if the file is not WARC or ends within a record; what came before has been handed on.
pub fn read(source: impl Read, each: &mut dyn FnMut(Capture)) -> Result<(), ReadProblem> {
    let mut source = BufReader::new(source);
    let gzipped = source.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    if gzipped {
        records(BufReader::new(flate2::bufread::MultiGzDecoder::new(source)), each)
    } else {
        records(source, each)
    }
}

fn records(mut source: impl BufRead, each: &mut dyn FnMut(Capture)) -> Result<(), ReadProblem> {
    while let Some(headers) = headers(&mut source)? {
        let get = |name: &str| {
            headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
        };
        let length: u64 = get("Content-Length").and_then(|v| v.parse().ok()).ok_or_else(|| {
            ReadProblem::damaged("not a WARC file: a record without Content-Length")
        })?;
        let wanted = get("WARC-Type") == Some("response") && length <= MAX_RECORD_BYTES;
        let mut block = Vec::new();
        let mut limited = source.by_ref().take(length);
        if wanted {
            limited.read_to_end(&mut block)?;
        } else {
            std::io::copy(&mut limited, &mut std::io::sink())?;
        }
        if limited.limit() != 0 {
            return Err(ReadProblem::damaged("the file ends within a record"));
        }
        if let (true, Some(url), Some(at)) = (wanted, get("WARC-Target-URI"), get("WARC-Date"))
            && let Ok(at) = DateTime::parse_from_rfc3339(at)
            && let Some((content_type, body)) = html_response(&block)
        {
            let url = url.trim_matches(['<', '>']).to_string();
            let page = RawPage { url: url.clone(), content_type, body };
            each(Capture { url, at: at.with_timezone(&Utc), page });
        }
    }
    Ok(())
}

/// Reads the version line and named fields of the next record; `None` at the end of the file.
fn headers(source: &mut impl BufRead) -> Result<Option<Vec<(String, String)>>, ReadProblem> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if source.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(ReadProblem::damaged("not a WARC file"));
    }
    let mut fields = Vec::new();
    loop {
        line.clear();
        if source.read_until(b'\n', &mut line)? == 0 || line.trim_ascii().is_empty() {
            return Ok(Some(fields));
        }
        let text = String::from_utf8_lossy(&line);
        if let Some((name, value)) = text.split_once(':') {
            fields.push((name.trim().to_string(), value.trim().to_string()));
        }
    }
}

/// Content type and body of a 200 response with HTML in it.
fn html_response(block: &[u8]) -> Option<(Option<String>, Vec<u8>)> {
    let end = block.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&block[..end]);
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?;
    let header = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_string())
    };
    let content_type = header("Content-Type");
    if status != "200" || content_type.as_deref().is_some_and(|t| !t.contains("html")) {
        return None;
    }
    let body = &block[end + 4..];
    if header("Content-Encoding").is_some_and(|encoding| encoding.contains("gzip")) {
        let mut plain = Vec::new();
        let decoder = flate2::read::MultiGzDecoder::new(body);
        decoder.take(MAX_RECORD_BYTES).read_to_end(&mut plain).ok()?;
        return Some((content_type, plain));
    }
    Some((content_type, body.to_vec()))
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

    #[test]
    fn a_cut_file_is_an_error_and_other_bytes_too() {
        let mut file = Vec::new();
        write(&mut file, &capture()).unwrap();
        assert!(read(&file[..file.len() / 2], &mut |_| {}).is_err());
        assert!(read(&b"hello\r\n"[..], &mut |_| {}).is_err());
    }
}
