//! Stable identifiers: the same content has the same id on every machine and in every run.

use sha2::{Digest, Sha256};

/// Characters of an id. 24 base32 characters are 120 bits: no two of a billion ids collide by chance.
const ID_LENGTH: usize = 24;

/// Lower-case base32 digits (RFC 4648).
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Returns the id of `parts`: lower-case base32 of the SHA-256 over the parts, each followed by the
/// unit separator U+001F so that `["ab", "c"]` and `["a", "bc"]` differ.
pub fn stable_id(parts: &[&str]) -> String {
    let bytes = digest(parts);
    let mut id = String::with_capacity(ID_LENGTH);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for &byte in &bytes {
        buffer = (buffer << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 && id.len() < ID_LENGTH {
            bits -= 5;
            id.push(char::from(DIGITS[((buffer >> bits) & 31) as usize]));
        }
    }
    id
}

/// Returns the whole SHA-256 that the [`stable_id`] of `parts` is made of.
pub fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    hash.finalize().into()
}

/// Returns the SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Returns the SHA-256 of `bytes` in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// Returns `bytes` in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(stable_id(&["ab", "c"]), stable_id(&["a", "bc"]));
        assert_eq!(stable_id(&["ab", "c"]).len(), ID_LENGTH);
    }

    #[test]
    fn sha256_of_nothing_is_the_known_value() {
        assert!(sha256_hex(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
    }
}
