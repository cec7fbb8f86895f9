//! Looks for bytes of a kind, many at once.

/// Bytes that are looked at together: one register of any machine of today.
const BLOCK: usize = 16;

/// The place of the first byte that `is` holds for. Fast where such bytes are rare.
#[inline]
pub fn find_byte(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    // No way out of the inner loop: the compiler makes it a few instructions.
    let any = |block: &[u8; BLOCK]| block.iter().fold(false, |any, &byte| any | is(byte));
    let (start, tail) = match blocks.iter().position(any) {
        Some(block) => (block * BLOCK, blocks.get(block).map_or(rest, |block| block.as_slice())),
        None => (blocks.len() * BLOCK, rest),
    };
    Some(start + tail.iter().position(|&byte| is(byte))?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_is_found(bytes in prop::collection::vec(0u8..20, 0..80)) {
            let is = |byte: u8| byte == 7;
            prop_assert_eq!(find_byte(&bytes, is), bytes.iter().position(|&byte| is(byte)));
        }
    }
}
