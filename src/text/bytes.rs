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

/// Bytes whose answers fit in one number.
pub(crate) const WIDE: usize = 64;

/// Which of 64 bytes a class holds for: the answer for the first is the lowest bit.
#[inline]
pub(crate) fn bits(bytes: &[u8; WIDE], class: impl Fn(u8) -> bool) -> u64 {
    // No way out of the loop: the compiler makes it a few instructions.
    let mut answers = [0u8; WIDE];
    for (answer, &byte) in answers.iter_mut().zip(bytes) {
        *answer = u8::from(class(byte)).wrapping_neg();
    }
    high_bits(&answers)
}

/// How many of the first of 64 bytes are ASCII, and a bit for each of these.
#[inline]
pub(crate) fn ascii_prefix(bytes: &[u8; WIDE]) -> (usize, u64) {
    let ascii = high_bits(bytes).trailing_zeros() as usize;
    (ascii, if ascii < WIDE { (1 << ascii) - 1 } else { u64::MAX })
}

/// The highest bit of each of 64 bytes.
#[inline]
fn high_bits(bytes: &[u8; WIDE]) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Moves the highest bit of each byte, the lowest byte's first, into the highest byte.
    const GATHER: u64 = 0x0002_0408_1020_4081;
    let (eights, _) = bytes.as_chunks::<8>();
    let mut bits = 0;
    for eight in eights {
        let gathered = (u64::from_le_bytes(*eight) & HIGH).wrapping_mul(GATHER) >> 56;
        bits = (bits >> 8) | (gathered << 56);
    }
    bits
}

/// ASCII letters and digits.
#[inline]
pub(crate) fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// ASCII white space.
#[inline]
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// First bytes of characters beyond ASCII.
#[inline]
pub(crate) fn is_lead(byte: u8) -> bool {
    byte >= 0xC0
}

/// The first 64 bytes; fewer are put into `padded`, before zeros.
#[inline]
pub(crate) fn first_wide<'b>(bytes: &'b [u8], padded: &'b mut [u8; WIDE]) -> &'b [u8; WIDE] {
    if let Some(wide) = bytes.first_chunk() {
        return wide;
    }
    *padded = padded_with_zeros(bytes);
    padded
}

/// The first bytes, with zeros beyond the end.
pub(crate) fn padded_with_zeros<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut padded = [0; N];
    padded.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    padded
}

/// What turns ASCII letters into lower case and leaves digits as they are, in eight bytes at once.
pub(super) const LOWER: u64 = 0x2020_2020_2020_2020;

/// How many of the first bytes are ASCII letters or digits. Eight bytes at a time, with each byte's
/// answer in its highest bit (Warren, *Hacker's Delight*, section 6–1).
#[inline]
pub(super) fn ascii_run(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Highest bit set where the byte, less than 128, is at least `low` and not above `high`.
    let between = |x: u64, low: u8, high: u8| {
        let from = x + ONES * u64::from(0x80 - low);
        let beyond = x + ONES * u64::from(0x7F - high);
        from & !beyond
    };
    let mut run = 0;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        let x = u64::from_le_bytes(*eight);
        let letters = between((x | LOWER) & !HIGH, b'a', b'z');
        let digits = between(x & !HIGH, b'0', b'9');
        let others = !(letters | digits) & HIGH | (x & HIGH);
        if others != 0 {
            return run + (others.trailing_zeros() / 8) as usize;
        }
        run += 8;
        rest = after;
    }
    run + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_beyond_ascii(byte: u8) -> bool {
        byte >= 0x80
    }

    proptest! {
        #[test]
        fn the_first_is_found(bytes in prop::collection::vec(0u8..20, 0..80)) {
            let is = |byte: u8| byte == 7;
            prop_assert_eq!(find_byte(&bytes, is), bytes.iter().position(|&byte| is(byte)));
        }

        #[test]
        fn classes_of_64_bytes_are_those_of_each(seed in prop::array::uniform32(any::<[u8; 2]>())) {
            let bytes: Vec<u8> = seed.into_iter().flatten().collect();
            let wide = bytes.first_chunk().unwrap();
            for is in [is_alphanumeric, is_blank, is_beyond_ascii, is_lead] {
                let each = (0..).zip(wide).fold(0, |bits, (i, &b)| bits | (u64::from(is(b)) << i));
                prop_assert_eq!(bits(wide, is), each);
            }
            prop_assert_eq!(high_bits(wide), bits(wide, is_beyond_ascii));
            let ascii = wide.iter().take_while(|b| b.is_ascii()).count();
            prop_assert_eq!(ascii_prefix(wide).0, ascii);
            prop_assert_eq!(ascii_prefix(wide).1.trailing_ones() as usize, ascii);
            prop_assert_eq!(ascii_prefix(wide).1.count_ones() as usize, ascii);
            let run = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            prop_assert_eq!(ascii_run(&bytes), run);
        }
    }
}
