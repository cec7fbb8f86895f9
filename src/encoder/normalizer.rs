//! Text as the pieces of a model know it: characters replaced as its table says, spaces as signs.
//!
//! The table is a double array over the bytes of what is replaced, then the replacements, each ended by a zero byte.

/// Stands for a space in a piece.
const SPACE: char = '▁';

/// The table of replacements of a model.
#[derive(Debug, Default)]
pub(super) struct Normalizer {
    units: Vec<u32>,
    /// Zero-ended replacements.
    replacements: Vec<u8>,
}

/// Where a unit leads: its children are at this number, exclusive-or the byte.
fn offset(unit: u32) -> u32 {
    (unit >> 10) << ((unit & (1 << 9)) >> 6)
}

/// The byte that leads to a unit; a unit that is a value has none.
fn label(unit: u32) -> u32 {
    unit & ((1 << 31) | 0xff)
}

impl Normalizer {
    /// Reads the table; `None` if its parts do not fit. An empty one replaces nothing.
    pub(super) fn read(table: &[u8]) -> Option<Normalizer> {
        if table.is_empty() {
            return Some(Normalizer::default());
        }
        let (length, rest) = table.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let units = rest.get(..length)?.as_chunks::<4>().0;
        let units = units.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        Some(Normalizer { units, replacements: rest.get(length..)?.to_vec() })
    }

    /// The normalized text: spaces as signs, one in front, none doubled or at the end. Empty if nothing is left.
    pub(super) fn normalize(&self, text: &str) -> String {
        let mut normal = String::with_capacity(text.len() + SPACE.len_utf8());
        let mut rest = text;
        // A space is written before the next character that is none.
        let mut spaced = true;
        while let Some(first) = rest.chars().next() {
            let (length, replacement) =
                self.longest(rest.as_bytes()).unwrap_or((first.len_utf8(), None));
            // A replacement begins and ends at borders of characters; a damaged table must not cut one.
            let length = if rest.is_char_boundary(length) { length } else { first.len_utf8() };
            let written = replacement.unwrap_or(rest.get(..length).unwrap_or_default());
            for c in written.chars() {
                if c == ' ' {
                    spaced = true;
                } else {
                    if std::mem::take(&mut spaced) {
                        normal.push(SPACE);
                    }
                    normal.push(c);
                }
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        normal
    }

    /// Length of the longest beginning that is replaced, and by what.
    fn longest(&self, bytes: &[u8]) -> Option<(usize, Option<&str>)> {
        let unit = |at: u32| self.units.get(usize::try_from(at).ok()?).copied();
        let mut at = offset(unit(0)?);
        let mut best = None;
        for (n, &byte) in (1..).zip(bytes) {
            at ^= u32::from(byte);
            let Some(here) = unit(at).filter(|here| label(*here) == u32::from(byte)) else { break };
            at ^= offset(here);
            if here & (1 << 8) != 0 {
                best = unit(at).map(|value| (n, self.replacement(value & 0x7fff_ffff)));
            }
        }
        best
    }

    fn replacement(&self, start: u32) -> Option<&str> {
        let from = self.replacements.get(usize::try_from(start).ok()?..)?;
        let end = from.iter().position(|byte| *byte == 0)?;
        std::str::from_utf8(&from[..end]).ok()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A table with one entry: `from`, two different ASCII bytes, becomes `to`.
    pub(in crate::encoder) fn table(from: [u8; 2], to: &str) -> Vec<u8> {
        let mut units = vec![0u32; 1024];
        let unit = |offset: u32, label: u8, leaf: bool| {
            offset << 10 | u32::from(leaf) << 8 | u32::from(label)
        };
        units[0] = unit(256, 0, false);
        let first = 0x100 ^ usize::from(from[0]);
        units[first] = unit(u32::try_from(first).unwrap() ^ 0x200, from[0], false);
        let second = 0x200 ^ usize::from(from[1]);
        units[second] = unit(u32::try_from(second).unwrap() ^ 0x300, from[1], true);
        units[768] = 1 << 31;
        let units: Vec<u8> = units.into_iter().flat_map(u32::to_le_bytes).collect();
        let length = u32::try_from(units.len()).unwrap().to_le_bytes();
        [&length[..], &units, to.as_bytes(), &[0]].concat()
    }

    #[test]
    fn spaces_are_signs() {
        let normalizer = Normalizer::default();
        assert_eq!(normalizer.normalize("a  b "), "▁a▁b");
        assert_eq!(normalizer.normalize("  ä"), "▁ä");
        assert_eq!(normalizer.normalize("   "), "");
        assert_eq!(normalizer.normalize(""), "");
    }

    #[test]
    fn the_longest_entry_is_replaced() {
        let normalizer = Normalizer::read(&table(*b"ae", "ä")).unwrap();
        assert_eq!(normalizer.normalize("aer eae a"), "▁är▁eä▁a");
        let normalizer = Normalizer::read(&table(*b"..", " ")).unwrap();
        assert_eq!(normalizer.normalize("a..b.."), "▁a▁b");
    }

    #[test]
    fn a_damaged_table_is_refused_or_replaces_nothing() {
        assert!(Normalizer::read(&[200, 0, 0, 0, 1]).is_none());
        let mut bytes = table(*b"ae", "ä");
        bytes.truncate(bytes.len() - 1);
        assert_eq!(Normalizer::read(&bytes).unwrap().normalize("aer"), "▁aer");
    }
}
