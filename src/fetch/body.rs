//! Receives a body: unpacks it as it comes and stops at the caps, whatever one packet expands to.
//! Also unpacks documents that are compressed files themselves.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use flate2::write::MultiGzDecoder;

use super::failure::Failure;
use crate::model::FetchStatus;

/// Unpacked bytes up to which the expansion ratio is not looked at.
const RATIO_FROM: usize = 1 << 20;

/// How many unpacked bytes of a body are taken, and what becomes of a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cap {
    bytes: usize,
    cuts: bool,
}

impl Cap {
    /// A longer body is refused.
    pub(super) fn refusing(bytes: usize) -> Cap {
        Cap { bytes, cuts: false }
    }

    /// Of a longer body the beginning is taken.
    pub(super) fn cutting(bytes: usize) -> Cap {
        Cap { bytes, cuts: true }
    }

    /// The same with at most so many bytes.
    pub(super) fn at_most(self, bytes: usize) -> Cap {
        Cap { bytes: self.bytes.min(bytes), ..self }
    }
}

/// A body being received.
pub(super) struct Body {
    sink: Sink,
    received: usize,
    max_ratio: usize,
}

enum Sink {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

/// A buffer that refuses to grow over its cap.
struct Capped {
    bytes: Vec<u8>,
    cap: Cap,
    full: bool,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.cap.bytes.saturating_sub(self.bytes.len());
        if bytes.len() > room {
            self.full = true;
            if self.cap.cuts {
                self.bytes.extend_from_slice(bytes.get(..room).unwrap_or_default());
            }
            return Err(io::Error::other("over the cap"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Unpacks a document that is a gzip file by its first bytes, whatever headers and name say; of
/// the content, at most `cap` bytes. The error says what is wrong with it.
pub(super) fn unpack(bytes: &[u8], cap: usize) -> Result<Cow<'_, [u8]>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::new();
    let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    flate2::read::MultiGzDecoder::new(bytes)
        .take(limit)
        .read_to_end(&mut unpacked)
        .map_err(|error| format!("damaged gzip: {error}"))?;
    if unpacked.len() > cap {
        return Err(format!("over {cap} bytes when unpacked"));
    }
    Ok(Cow::Owned(unpacked))
}

impl Body {
    /// Starts a body with these `Content-Encoding` headers.
    pub(super) fn new(encodings: &[&str], cap: Cap, max_ratio: usize) -> Result<Body, Failure> {
        let capped = Capped { bytes: Vec::new(), cap, full: false };
        let named: Vec<String> = encodings
            .iter()
            .flat_map(|header| header.split(','))
            .map(|name| name.trim().to_ascii_lowercase())
            .filter(|name| !name.is_empty() && name != "identity")
            .collect();
        let sink = match named.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [] => Sink::Plain(capped),
            ["gzip" | "x-gzip"] => Sink::Gzip(Box::new(MultiGzDecoder::new(capped))),
            _ => {
                let message =
                    format!("sent as `{}` although only gzip was asked for", named.join(", "));
                return Err(Failure::new(FetchStatus::BadEncoding, message));
            }
        };
        Ok(Body { sink, received: 0, max_ratio })
    }

    /// Whether no further byte will be taken.
    pub(super) fn is_cut(&self) -> bool {
        let capped = self.capped();
        capped.full && capped.cap.cuts
    }

    fn capped(&self) -> &Capped {
        match &self.sink {
            Sink::Plain(capped) => capped,
            Sink::Gzip(decoder) => decoder.get_ref(),
        }
    }

    /// Takes in the next bytes from the wire.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.received += bytes.len();
        let written = match &mut self.sink {
            Sink::Plain(capped) => capped.write_all(bytes),
            Sink::Gzip(decoder) => decoder.write_all(bytes),
        };
        self.check(written)
    }

    /// Ends the body; a compressed one must be whole.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Failure> {
        let is_cut = self.is_cut();
        if let Sink::Gzip(decoder) = &mut self.sink
            && self.received > 0
            && !is_cut
        {
            let written = decoder.try_finish();
            self.check(written)?;
        }
        Ok(match self.sink {
            Sink::Plain(capped) => capped.bytes,
            Sink::Gzip(decoder) => decoder.get_ref().bytes.clone(),
        })
    }

    fn check(&self, written: io::Result<()>) -> Result<(), Failure> {
        let capped = self.capped();
        let size = capped.bytes.len();
        if size > RATIO_FROM && size > self.received.saturating_mul(self.max_ratio) {
            let message = format!("{} bytes expand to more than {size}", self.received);
            return Err(Failure::new(FetchStatus::Bomb, message));
        }
        if self.is_cut() {
            return Ok(());
        }
        if capped.full {
            let most = capped.cap.bytes;
            let message = format!("more than {most} bytes; raise the cap if that is meant");
            return Err(Failure::new(FetchStatus::TooLarge, message));
        }
        written.map_err(|_| {
            Failure::new(FetchStatus::BadEncoding, "the compressed body is damaged or cut off")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn receive(encodings: &[&str], chunks: &[&[u8]], cap: usize) -> Result<Vec<u8>, FetchStatus> {
        let cap = Cap::refusing(cap);
        let mut body = Body::new(encodings, cap, 200).map_err(|f| f.status)?;
        for chunk in chunks {
            body.push(chunk).map_err(|f| f.status)?;
        }
        body.finish().map_err(|f| f.status)
    }

    #[test]
    fn bodies_arrive_whole() {
        assert_eq!(receive(&[], &[b"ab", b"c"], 3).unwrap(), b"abc");
        let packed = gzip(b"hello");
        let (a, b) = packed.split_at(7);
        assert_eq!(receive(&["gzip"], &[a, b], 100).unwrap(), b"hello");
        assert_eq!(receive(&["gzip"], &[], 100).unwrap(), b"");
    }

    #[test]
    fn caps_hold_within_one_packet() {
        assert_eq!(receive(&[], &[b"abcd"], 3), Err(FetchStatus::TooLarge));
        let noise: Vec<u8> =
            (0..4_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(receive(&["gzip"], &[&gzip(&noise)], 1 << 20), Err(FetchStatus::TooLarge));
        assert_eq!(
            receive(&["gzip"], &[&gzip(&vec![0; 64 << 20])], 15 << 20),
            Err(FetchStatus::Bomb)
        );
    }

    #[test]
    fn a_body_may_be_cut_at_its_cap() {
        for (encodings, sent) in
            [(&[][..], b"abcdefgh".to_vec()), (&["gzip"][..], gzip(b"abcdefgh"))]
        {
            let mut body = Body::new(encodings, Cap::cutting(3), 200).unwrap();
            assert!(!body.is_cut());
            body.push(&sent).unwrap();
            assert_eq!(body.finish().unwrap(), b"abc");
        }
    }

    #[test]
    fn a_compressed_document_is_told_by_its_first_bytes() {
        let packed = gzip(b"hello");
        assert_eq!(unpack(&packed, 5).as_deref(), Ok(&b"hello"[..]));
        assert_eq!(unpack(b"hello", 1).as_deref(), Ok(&b"hello"[..]));
        assert!(unpack(&packed, 4).is_err_and(|reason| reason.contains("over 4 bytes")));
        assert!(unpack(&packed[..12], 9).is_err_and(|reason| reason.contains("damaged")));
    }

    #[test]
    fn odd_encodings_are_refused() {
        for encodings in [&["br"][..], &["gzip, gzip"], &["gzip", "gzip"], &["deflate"]] {
            assert_eq!(receive(encodings, &[b"x"], 10), Err(FetchStatus::BadEncoding));
        }
    }

    #[test]
    fn damaged_gzip_is_an_error() {
        let mut packed = gzip(b"hello hello hello");
        assert_eq!(
            receive(&["gzip"], &[&packed[..packed.len() - 3]], 99),
            Err(FetchStatus::BadEncoding)
        );
        let last = packed.len() - 6;
        packed[last] ^= 1;
        assert_eq!(receive(&["gzip"], &[&packed], 99), Err(FetchStatus::BadEncoding));
        assert_eq!(receive(&["gzip"], &[b"plain"], 99), Err(FetchStatus::BadEncoding));
    }
}
