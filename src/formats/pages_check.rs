//! Whether the pages of a Parquet file can be as large as their headers say.
//!
//! The decoder asks for as much memory as a header states. In a damaged file that can be any number, so each header is
//! read here first (Thrift's compact protocol, as parquet-format's `PageHeader` defines it) and compared with the bytes that
//! are there.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use ::parquet::file::metadata::ParquetMetaData;

use super::ReadProblem;

/// Bytes of a page header that are looked at; statistics of long texts make headers of some kilobytes.
const MAX_HEADER_BYTES: u64 = 1 << 20;

/// Bytes of a page, decompressed: writers aim at 1 MiB, and one long text may be a page of its own.
const MAX_PAGE_BYTES: u64 = 512 << 20;

/// Nested structures of a header: two in a good one.
const MAX_DEPTH: usize = 8;

/// Compares what all page headers state with the length of the file.
pub(super) fn check(file: &File, metadata: &ParquetMetaData) -> Result<(), ReadProblem> {
    let length = file.metadata()?.len();
    for column in
        metadata.row_groups().iter().flat_map(parquet::file::metadata::RowGroupMetaData::columns)
    {
        let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
        let start = start.min(column.data_page_offset());
        let bytes = u64::try_from(column.compressed_size()).ok();
        let start = u64::try_from(start).ok();
        let end = start.zip(bytes).and_then(|(start, bytes)| start.checked_add(bytes));
        let (Some(start), Some(end)) = (start, end.filter(|end| *end <= length)) else {
            return Err(damaged());
        };
        let has_values = column.num_values() > 0;
        check_pages(file, start, if has_values { end } else { start })?;
    }
    Ok(())
}

fn damaged() -> ReadProblem {
    ReadProblem::damaged("the file is damaged: a size in it is larger than the file allows")
}

fn check_pages(mut file: &File, start: u64, end: u64) -> Result<(), ReadProblem> {
    let mut at = start;
    while at < end {
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        file.take((end - at).min(MAX_HEADER_BYTES)).read_to_end(&mut bytes)?;
        let mut header = Header { rest: &bytes, sizes: Sizes::default() };
        header.structure(&mut Vec::new()).ok_or_else(damaged)?;
        let header_bytes = (bytes.len() - header.rest.len()) as u64;
        let Sizes { compressed, uncompressed, in_dictionary } = header.sizes;
        let is_possible = compressed <= end - at - header_bytes
            && uncompressed <= MAX_PAGE_BYTES
            && in_dictionary <= uncompressed;
        if !is_possible {
            return Err(damaged());
        }
        at += header_bytes + compressed;
    }
    Ok(())
}

/// What a page header states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sizes {
    /// Bytes of the page as stored.
    compressed: u64,
    /// Bytes of the page, decompressed.
    uncompressed: u64,
    /// Values of a dictionary page, of at least a byte each.
    in_dictionary: u64,
}

/// A page header that is being read.
struct Header<'a> {
    rest: &'a [u8],
    sizes: Sizes,
}

impl Header<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn skip(&mut self, bytes: u64) -> Option<()> {
        self.rest = self.rest.get(usize::try_from(bytes).ok()?..)?;
        Some(())
    }

    /// A number of seven bits a byte, the lowest first.
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number that is not negative, in zigzag notation.
    fn size(&mut self) -> Option<u64> {
        let number = self.varint()?;
        number.is_multiple_of(2).then_some(number / 2)
    }

    /// Reads the fields of a structure; `path` has the numbers of the fields that it stands in.
    fn structure(&mut self, path: &mut Vec<u64>) -> Option<()> {
        if path.len() > MAX_DEPTH {
            return None;
        }
        let mut id = 0u64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            id = match head >> 4 {
                0 => self.varint()? / 2,
                more => id + u64::from(more),
            };
            path.push(id);
            self.value(head & 0x0f, path)?;
            path.pop();
        }
    }

    fn value(&mut self, kind: u8, path: &mut Vec<u64>) -> Option<()> {
        match kind {
            1 | 2 => Some(()),
            3 => self.skip(1),
            5 => {
                // Negative sizes are no sizes; other numbers of a header are of no interest.
                match path.as_slice() {
                    [2] => self.sizes.uncompressed = self.size()?,
                    [3] => self.sizes.compressed = self.size()?,
                    [7, 1] => self.sizes.in_dictionary = self.size()?,
                    _ => drop(self.varint()?),
                }
                Some(())
            }
            4 | 6 => self.varint().map(drop),
            7 => self.skip(8),
            8 => {
                let length = self.varint()?;
                self.skip(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                path.push(0);
                for _ in 0..count {
                    self.value(head & 0x0f, path)?;
                }
                path.pop();
                Some(())
            }
            12 => self.structure(path),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<Sizes>) {
        let mut header = Header { rest: bytes, sizes: Sizes::default() };
        let read = header.structure(&mut Vec::new());
        assert_eq!(read.map(|()| header.sizes), expected);
    }

    #[test]
    fn sizes_are_read_from_a_header() {
        // type = 2, uncompressed = 100, compressed = 60, dictionary header { values = 10, encoding = 0 }.
        let good = [0x15, 4, 0x15, 200, 1, 0x15, 120, 0x4c, 0x15, 20, 0x15, 0, 0, 0];
        let sizes = Sizes { compressed: 60, uncompressed: 100, in_dictionary: 10 };
        check(&good, Some(sizes));
        check(&good[..good.len() - 2], None);
        check(&[0x15, 4, 0x15, 1], None);
        // A text that is longer than what is left.
        check(&[0x18, 0xff, 0xff, 0xff, 0x7f, 0], None);
    }
}
