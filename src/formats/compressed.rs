//! Compressed files, and the hash of a file as it is stored.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// How a file is compressed, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Gzip,
    Zstd,
}

/// Returns the name without a compression suffix.
pub(super) fn by_ending(name: &str) -> (&str, Compression) {
    if let Some(plain) = name.strip_suffix(".gz") {
        (plain, Compression::Gzip)
    } else if let Some(plain) = name.strip_suffix(".zst") {
        (plain, Compression::Zstd)
    } else {
        (name, Compression::None)
    }
}

/// Undoes the compression of a stream.
pub(super) fn decoder<'a, R: Read>(
    source: &'a mut R,
    compression: Compression,
) -> std::io::Result<Box<dyn Read + 'a>> {
    Ok(match compression {
        Compression::None => Box::new(source),
        Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(source)),
        Compression::Zstd => Box::new(zstd::Decoder::new(source)?),
    })
}

/// Hashes what is read through it.
pub(super) struct Hashed<'c, R> {
    source: R,
    hash: Sha256,
    counter: Option<&'c AtomicU64>,
}

impl<'c, R: Read> Hashed<'c, R> {
    /// `counter` is told of each byte.
    pub(super) fn new(source: R, counter: Option<&'c AtomicU64>) -> Hashed<'c, R> {
        Hashed { source, hash: Sha256::new(), counter }
    }

    /// Reads what is left (a decoder may stop before the end) and returns the hash, hex.
    pub(super) fn finish(mut self) -> std::io::Result<String> {
        std::io::copy(&mut self, &mut std::io::sink())?;
        Ok(crate::ids::hex(&self.hash.finalize()))
    }
}

impl<R: Read> Read for Hashed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.hash.update(&buffer[..read]);
        if let Some(counter) = self.counter {
            counter.fetch_add(read as u64, Ordering::Relaxed);
        }
        Ok(read)
    }
}
