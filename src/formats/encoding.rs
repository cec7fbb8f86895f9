//! The encoding of a file of records, decided by its beginning.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes of the beginning that are looked at: enough for any statistic.
const SAMPLE_BYTES: usize = 1 << 20;

/// Bytes that are decoded at a time.
const CHUNK: usize = 1 << 16;

/// Returns the stream as UTF-8 without byte order mark, and the encoding it was in if that is another.
///
/// Bytes of a UTF-8 file that are not UTF-8 stay as they are, so that their record is reported; a file is in
/// another encoding only if most of its lines with such letters are.
pub(super) fn as_utf8<'a>(
    mut source: impl Read + 'a,
) -> io::Result<(Box<dyn Read + 'a>, Option<&'static Encoding>)> {
    let mut sample = Vec::new();
    source.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample)?;
    let (encoding, mark) = of_sample(&sample);
    let rest = io::Cursor::new(sample.split_off(mark)).chain(source);
    if encoding == UTF_8 {
        return Ok((Box::new(rest), None));
    }
    let decoded = Decoded {
        source: rest,
        decoder: encoding.new_decoder_without_bom_handling(),
        text: Vec::new(),
        given: 0,
        ended: false,
    };
    Ok((Box::new(decoded), Some(encoding)))
}

/// The encoding, and the length of the byte order mark.
fn of_sample(sample: &[u8]) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(sample) {
        return found;
    }
    if let Some(encoding) = utf_16_without_mark(sample) {
        return (encoding, 0);
    }
    let (mut foreign, mut utf_8) = (0usize, 0usize);
    for line in sample.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => utf_8 += 1,
            // The sample may end within a letter.
            Err(error) if error.error_len().is_none() => {}
            Err(_) => foreign += 1,
        }
    }
    if foreign <= utf_8 {
        return (UTF_8, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    (detector.guess(None, Utf8Detection::Deny), 0)
}

/// UTF-16 has a zero in every other byte of what is ASCII.
fn utf_16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let head = sample.get(..64).unwrap_or(sample);
    let zeros = |start: usize| head.iter().skip(start).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match head.len() / 4 {
        0 => None,
        most if odd > most && even == 0 => Some(UTF_16LE),
        most if even > most && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes a stream as it is read.
struct Decoded<R> {
    source: R,
    decoder: Decoder,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Decodes the next chunk.
    fn fill(&mut self) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(CHUNK);
        self.source.by_ref().take(CHUNK as u64).read_to_end(&mut bytes)?;
        self.ended = bytes.len() < CHUNK;
        let longest = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * CHUNK);
        self.text.resize(longest, 0);
        let (result, _, written, _) =
            self.decoder.decode_to_utf8(&bytes, &mut self.text, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer is as long as it can be");
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.fill()?;
        }
        let left = &self.text[self.given..];
        let length = left.len().min(buffer.len());
        buffer[..length].copy_from_slice(&left[..length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Option<&str>) {
        let (mut read, found) = as_utf8(bytes).unwrap();
        let mut all = String::new();
        read.read_to_string(&mut all).unwrap();
        assert_eq!((all.as_str(), found.map(Encoding::name)), (text, encoding));
    }

    #[test]
    fn a_file_is_read_in_its_encoding() {
        let russian = "заголовок,текст\nПаром,Портовое управление сообщило в понедельник\n";
        let chinese = "标题,正文\n渡轮,港务局星期一表示渡轮航线将停航九天\n";
        check(russian.as_bytes(), russian, None);
        check(&[b"\xef\xbb\xbf", russian.as_bytes()].concat(), russian, None);
        let wide: Vec<u8> = "title\nПаром".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&[&[0xff, 0xfe], &wide[..]].concat(), "title\nПаром", Some("UTF-16LE"));
        let plain: Vec<u8> = "outlet\ttitle\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&plain, "outlet\ttitle\n", Some("UTF-16BE"));
        for (label, text) in [("windows-1251", russian), ("gb18030", chinese)] {
            let encoded = Encoding::for_label(label.as_bytes()).unwrap().encode(text).0;
            let (mut read, _) = as_utf8(&encoded[..]).unwrap();
            let mut all = String::new();
            read.read_to_string(&mut all).unwrap();
            assert_eq!(all, text, "{label}");
        }
    }

    #[test]
    fn one_bad_line_does_not_change_the_encoding_of_a_file() {
        let bytes = [b"\xd0\x9f\n\xd0\xb0\n".as_slice(), b"\xff\xfe!\n"].concat();
        let (mut read, found) = as_utf8(&bytes[..]).unwrap();
        let mut all = Vec::new();
        read.read_to_end(&mut all).unwrap();
        assert_eq!(found, None);
        assert_eq!(all, bytes);
    }
}
