//! Ids of STIX objects: UUIDs of version 5 over what an object is, by OpenCTI's recipe, so that importing the same thing
//! twice gives one object.

use serde_json::Value;

/// OASIS's namespace for deterministic ids (STIX 2.1, section 2.9), which OpenCTI uses for all objects.
const NAMESPACE: [u8; 16] = [
    0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7,
];

/// Returns `kind--UUID` for what an object is: an object of strings, whose keys are sorted in its canonical form.
pub(super) fn id(kind: &str, what: &Value) -> String {
    // Keys are sorted by `serde_json`, and strings are escaped as RFC 8785 has it.
    let canonical = what.to_string();
    let mut bytes = NAMESPACE.to_vec();
    bytes.extend_from_slice(canonical.as_bytes());
    let hash = sha1(&bytes);
    let mut uuid = [0; 16];
    uuid.copy_from_slice(&hash[..16]);
    uuid[6] = uuid[6] & 0x0f | 0x50;
    uuid[8] = uuid[8] & 0x3f | 0x80;
    let hex = crate::ids::hex(&uuid);
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("{kind}--{}", parts.join("-"))
}

/// SHA-1 (RFC 3174), which UUIDs of version 5 are made of; it secures nothing here.
#[expect(clippy::many_single_char_names, reason = "the letters of the standard")]
fn sha1(bytes: &[u8]) -> [u8; 20] {
    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let mut message = bytes.to_vec();
    message.push(0x80);
    message.resize(message.len().next_multiple_of(64), 0);
    if message.len() - bytes.len() < 9 {
        message.resize(message.len() + 64, 0);
    }
    let end = message.len() - 8;
    message[end..].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    for block in message.chunks_exact(64) {
        let mut w = [0u32; 80];
        for (word, four) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = four.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
        }
        for t in 16..80 {
            w[t] = (w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (t, word) in w.iter().enumerate() {
            let (f, k) = match t {
                0..20 => (b & c | !b & d, 0x5a82_7999),
                20..40 => (b ^ c ^ d, 0x6ed9_eba1),
                40..60 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6u32),
            };
            let next = a.rotate_left(5).wrapping_add(f).wrapping_add(e).wrapping_add(k);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next.wrapping_add(*word));
        }
        for (sum, part) in state.iter_mut().zip([a, b, c, d, e]) {
            *sum = sum.wrapping_add(part);
        }
    }
    let mut hash = [0; 20];
    for (out, word) in hash.chunks_exact_mut(4).zip(state) {
        out.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        let check = |text: &str, expected: &str| {
            assert_eq!(crate::ids::hex(&sha1(text.as_bytes())), expected);
        };
        check("abc", "a9993e364706816aba3e25717850c26c9cd0d89d");
        check("", "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        check(
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        );
        check(&"a".repeat(1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    }

    /// As pycti 7.261026 gives them.
    #[test]
    fn ids_are_those_of_opencti() {
        let organization = json!({"name": "rt", "identity_class": "organization"});
        assert_eq!(id("identity", &organization), "identity--8d1f455b-c7ab-5335-82d0-ff36b6186b2b");
        assert_eq!(
            id("channel", &json!({"name": "rt en"})),
            "channel--0cb8bf5b-e9eb-5366-878e-83923e7478bb"
        );
        let report = json!({"name": "ä fimi", "published": "2026-03-05T12:00:00Z"});
        assert_eq!(id("report", &report), "report--16470318-97bc-5c42-bff1-bbb8cbe63ca3");
        let note = json!({"content": "x\ny", "created": "2026-03-05T12:00:00Z"});
        assert_eq!(id("note", &note), "note--f6bb3995-65c7-5af8-90a8-744592aef795");
        let relation = json!({
            "relationship_type": "related-to", "source_ref": "identity--a",
            "target_ref": "identity--b", "start_time": "2026-03-02T06:00:10Z",
        });
        assert_eq!(
            id("relationship", &relation),
            "relationship--b852a411-2e52-5167-ac75-22cf2b0faf98"
        );
    }
}
