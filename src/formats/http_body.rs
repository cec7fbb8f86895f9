//! The body of an HTTP response as it was stored: transfer and content codings undone.
//!
//! Crawlers label what they have decoded already, so a label that does not fit is not believed.

use std::io::Read;

/// Decodes a body; `None` if it is not in the coding that its head names, and is no markup as it is either. The result is
/// cut at `limit` bytes.
pub(super) fn decoded(body: &[u8], transfer: &str, content: &str, limit: u64) -> Option<Vec<u8>> {
    let mut body = body.to_vec();
    if names(transfer).any(|coding| coding == "chunked")
        && let Some(whole) = without_chunks(&body)
    {
        body = whole;
    }
    // The last coding was applied last.
    let codings: Vec<String> = names(transfer).chain(names(content)).collect();
    for coding in codings.iter().rev() {
        body = match uncoded(&body, coding, limit) {
            Some(plain) => plain,
            None if is_markup(&body) => body,
            None => return None,
        };
    }
    Some(body)
}

fn names(header: &str) -> impl DoubleEndedIterator<Item = String> + '_ {
    header.split(',').map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty())
}

/// Joins the chunks of a body (RFC 9112, section 7.1); `None` if it has none. A body that was cut keeps what is there.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let (mut whole, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        let chunk = rest.get(..size).unwrap_or(rest);
        whole.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        let gap = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).take(2).count();
        rest = &rest[gap..];
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

fn uncoded(body: &[u8], coding: &str, limit: u64) -> Option<Vec<u8>> {
    let all = |decoder: &mut dyn Read| {
        let mut plain = Vec::new();
        decoder.take(limit).read_to_end(&mut plain).ok()?;
        Some(plain)
    };
    match coding {
        "chunked" | "identity" | "none" => Some(body.to_vec()),
        "gzip" | "x-gzip" => all(&mut flate2::read::MultiGzDecoder::new(body)),
        // By the standard with a zlib head; some servers leave it out.
        "deflate" => all(&mut flate2::read::ZlibDecoder::new(body))
            .or_else(|| all(&mut flate2::read::DeflateDecoder::new(body))),
        "br" => all(&mut brotli::Decompressor::new(body, 1 << 12)),
        "zstd" => all(&mut zstd::Decoder::new(body).ok()?),
        _ => None,
    }
}

/// Whether bytes begin as a page does.
pub(super) fn is_markup(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const PAGE: &[u8] = b"<p>The ferry line will stop for nine days.</p>";

    #[track_caller]
    fn check(body: &[u8], transfer: &str, content: &str, expected: Option<&[u8]>) {
        assert_eq!(decoded(body, transfer, content, 1 << 20).as_deref(), expected);
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn chunked(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for chunk in bytes.chunks(12) {
            write!(out, "{:x};name=value\r\n", chunk.len()).unwrap();
            out.extend_from_slice(chunk);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"0\r\n\r\n");
        out
    }

    #[test]
    fn codings_are_undone_in_their_order() {
        check(PAGE, "", "", Some(PAGE));
        check(&chunked(PAGE), "chunked", "", Some(PAGE));
        check(&chunked(&gzip(PAGE)), "Chunked", "gzip", Some(PAGE));
        check(&gzip(&gzip(PAGE)), "", "gzip, x-gzip", Some(PAGE));
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(PAGE).unwrap();
        check(&raw.finish().unwrap(), "", "deflate", Some(PAGE));
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(PAGE).unwrap();
        check(&zlib.finish().unwrap(), "", "deflate", Some(PAGE));
        let mut small = Vec::new();
        brotli::CompressorWriter::new(&mut small, 4096, 5, 20).write_all(PAGE).unwrap();
        check(&small, "", "br", Some(PAGE));
        check(&zstd::encode_all(PAGE, 1).unwrap(), "", "zstd", Some(PAGE));
    }

    #[test]
    fn a_label_that_does_not_fit_is_not_believed() {
        check(PAGE, "chunked", "gzip", Some(PAGE));
        check(b"\x8b\x00\x01 no page", "", "br", None);
        check(b"\x01\x02", "", "unheard-of", None);
    }

    #[test]
    fn a_bomb_is_cut() {
        let bomb = gzip(&vec![b' '; 1 << 20]);
        assert_eq!(decoded(&bomb, "", "gzip", 1000).map(|body| body.len()), Some(1000));
    }
}
