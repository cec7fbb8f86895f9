//! Stable identifiers: the same content has the same id on every machine and in every run. And numbers in
//! their place, where many are compared.

use rustc_hash::FxHashMap;
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

/// Returns the distinct ids, sorted, and the place of each given one among them. O(ids), but for sorting the
/// distinct ones.
pub fn ranked<'i>(ids: impl Iterator<Item = &'i str>) -> (Vec<&'i str>, Vec<u32>) {
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    let mut distinct: Vec<&str> = Vec::new();
    let order: Vec<u32> = ids
        .map(|id| {
            *seen.entry(id).or_insert_with(|| {
                distinct.push(id);
                u32::try_from(distinct.len() - 1).unwrap_or(u32::MAX)
            })
        })
        .collect();
    let first_seen = distinct.clone();
    distinct.sort_unstable();
    let rank =
        |id: &&str| u32::try_from(distinct.partition_point(|other| other < id)).unwrap_or(u32::MAX);
    let ranks: Vec<u32> = first_seen.iter().map(rank).collect();
    (distinct, order.into_iter().map(|seen| ranks[seen as usize]).collect())
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
    fn ranks_are_places_among_the_distinct() {
        let check = |ids: &[&str], distinct: &[&str], ranks: &[u32]| {
            assert_eq!(ranked(ids.iter().copied()), (distinct.to_vec(), ranks.to_vec()));
        };
        check(&[], &[], &[]);
        check(&["b", "a", "b", "c", "a"], &["a", "b", "c"], &[1, 0, 1, 2, 0]);
    }

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
