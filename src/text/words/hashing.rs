//! The hash of a word, built from its characters as they are scanned.

use super::Build;
use crate::text::bytes::LOWER;

/// Builds the hash of the folded form: its UTF-8 bytes in groups of eight, each mixed in with a
/// multiplication, and a finish that spreads the bits (the constants are those of splitmix64:
/// Steele, Lea and Flood, OOPSLA 2014).
#[derive(Default)]
pub(super) struct Hashing {
    hash: u64,
    /// The bytes since the last full group, the first one lowest.
    group: u64,
    bytes: usize,
}

impl Hashing {
    #[inline]
    fn byte(&mut self, byte: u8) {
        self.group |= u64::from(byte) << (8 * (self.bytes % 8));
        self.bytes += 1;
        if self.bytes.is_multiple_of(8) {
            self.mix();
        }
    }

    #[inline]
    fn mix(&mut self) {
        self.hash = mixed(self.hash, self.group);
        self.group = 0;
    }
}

/// Adds a group of eight bytes.
#[inline]
fn mixed(hash: u64, group: u64) -> u64 {
    (hash ^ group).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(29)
}

/// The finished hash of a form of so many bytes.
#[inline]
fn spread(hash: u64, bytes: usize) -> u64 {
    let mut h = hash ^ (bytes as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h = (h ^ (h >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    h ^ (h >> 31)
}

impl Build for Hashing {
    type Output<'b> = u64;

    #[inline]
    fn clear(&mut self) {
        *self = Hashing::default();
    }

    #[inline]
    fn ascii(&mut self, bytes: &[u8], length: usize) {
        let (mut rest, mut left) = (bytes, length);
        if self.bytes.is_multiple_of(8) {
            // Eight bytes are read even where the run is shorter; what is beyond it is cut off.
            while let Some((eight, after)) = rest.split_first_chunk::<8>() {
                let x = u64::from_le_bytes(*eight) | LOWER;
                if left < 8 {
                    self.group = x & !(u64::MAX << (8 * left));
                    self.bytes += left;
                    return;
                }
                self.group = x;
                self.bytes += 8;
                self.mix();
                (rest, left) = (after, left - 8);
            }
        }
        for &byte in rest.iter().take(left) {
            self.byte(byte | 0x20);
        }
    }

    #[inline]
    fn char(&mut self, c: char) {
        let (scalar, at) = (u64::from(c), self.bytes % 8);
        if (0x80..0x800).contains(&scalar) && at < 7 {
            // Letters of most alphabets: both bytes at once.
            let two = (0xC0 | (scalar >> 6)) | ((0x80 | (scalar & 0x3F)) << 8);
            self.group |= two << (8 * at);
            self.bytes += 2;
            if at == 6 {
                self.mix();
            }
            return;
        }
        let mut utf8 = [0; 4];
        for &byte in c.encode_utf8(&mut utf8).as_bytes() {
            self.byte(byte);
        }
    }

    #[inline]
    fn finish(&mut self) -> u64 {
        spread(mixed(self.hash, self.group), self.bytes)
    }

    #[inline]
    fn ascii_word(&mut self, bytes: &[u8], length: usize) -> u64 {
        let (mut hash, mut rest, mut left) = (0, bytes, length);
        while let Some((eight, after)) = rest.split_first_chunk::<8>() {
            let x = u64::from_le_bytes(*eight) | LOWER;
            if left < 8 {
                return spread(mixed(hash, x & !(u64::MAX << (8 * left))), length);
            }
            hash = mixed(hash, x);
            (rest, left) = (after, left - 8);
        }
        // The last bytes of a text.
        self.clear();
        self.ascii(bytes, length);
        self.finish()
    }
}
