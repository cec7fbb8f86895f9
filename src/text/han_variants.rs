//! Traditional ideographs and the simplified ones that are written for them: one text in either script has the
//! same folded form.
//!
//! Character by character, so that places stay those of the text. Several traditional characters may share a
//! simplified one (後 and 后): folding takes them for one, as every reader of the simplified text has to.

use std::sync::LazyLock;

/// Pairs of a traditional and a simplified ideograph, after the table of characters of `OpenCC` (Apache-2.0).
const PAIRS: &str = include_str!("han_variants.txt");
/// The block of common ideographs.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// For each ideograph of the block its simplified form, as a scalar value.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> =
        (FIRST..=LAST).map(|scalar| u16::try_from(scalar).unwrap_or_default()).collect();
    let mut chars = PAIRS.chars().filter(|c| !c.is_whitespace());
    while let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) {
        let place = usize::try_from(u32::from(traditional) - FIRST).unwrap_or_default();
        if let (Some(entry), Ok(scalar)) =
            (table.get_mut(place), u16::try_from(u32::from(simplified)))
        {
            *entry = scalar;
        }
    }
    table
});

/// The simplified form of an ideograph; any other character is its own.
#[inline]
pub(super) fn simplified(c: char) -> char {
    let place = u32::from(c).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
    let form = place.and_then(|place| SIMPLIFIED.get(place));
    form.and_then(|scalar| char::from_u32(u32::from(*scalar))).unwrap_or(c)
}

/// The text with simplified ideographs; every character stays at its place. O(text).
pub(crate) fn simplify(text: &str) -> String {
    text.chars().map(simplified).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_have_one_form() {
        assert_eq!(simplify("國際社會應當尊重臺灣"), "国际社会应当尊重台湾");
        assert_eq!(simplify("国际社会 abc ё"), "国际社会 abc ё");
    }

    #[test]
    fn a_form_is_its_own_form() {
        let chars = PAIRS.chars().filter(|c| !c.is_whitespace());
        assert!(chars.clone().all(|c| (FIRST..=LAST).contains(&u32::from(c))));
        assert_eq!(chars.count() % 2, 0);
        for scalar in FIRST..=LAST {
            let form = simplified(char::from_u32(scalar).unwrap());
            assert_eq!(simplified(form), form, "folding twice changes nothing");
        }
    }
}
