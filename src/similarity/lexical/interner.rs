//! Numbers for hashes, in the order in which they first appear, with a count: the vocabulary of a part
//! of the corpus.
//!
//! The keys are spread hashes already, so a slot is found without hashing again, and number and count
//! lie beside the key: one cache line for each word of a text, where a map and a list take two.

use crate::similarity::tokens::to_u32;

/// A table from hashes to numbers, with linear probing.
pub(super) struct Interner {
    /// A power of two of them, at most half of them taken.
    slots: Vec<Slot>,
    /// Hashes numbered so far.
    len: usize,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    number: u32,
    /// Appearances since the last [`Interner::take`], and `MARK`; `FREE` in a slot without a hash.
    count: u32,
}

const FREE: u32 = u32::MAX;
/// Bit of a count: some appearance was marked.
const MARK: u32 = 1 << 30;
const EMPTY: Slot = Slot { hash: 0, number: 0, count: FREE };

/// What [`Interner::see`] tells of a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// For the first time at all; it has this slot.
    New(u32),
    /// For the first time since its count was taken; it has this slot.
    Known(u32),
    /// Counted before.
    Again,
}

impl Interner {
    pub(super) fn new() -> Interner {
        Interner { slots: Vec::new(), len: 0 }
    }

    /// Makes room for so many further hashes. Slots stay valid until the next call.
    pub(super) fn reserve(&mut self, more: usize) {
        let wanted = (2 * (self.len + more)).next_power_of_two();
        if wanted <= self.slots.len() {
            return;
        }
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; wanted]);
        for slot in old.into_iter().filter(|slot| slot.count != FREE) {
            let at = self.find(slot.hash);
            self.slots[at] = slot;
        }
    }

    /// Counts an appearance of `hash`, `times` (at least once) over. Room must have been reserved, and
    /// all counts between two calls of [`Interner::take`] must stay below 2³⁰.
    #[inline]
    pub(super) fn see(&mut self, hash: u64, times: u32, mark: bool) -> Seen {
        let at = self.find(hash);
        let slot = &mut self.slots[at];
        let mark = if mark { MARK } else { 0 };
        if slot.count == FREE {
            *slot = Slot { hash, number: to_u32(self.len), count: times | mark };
            self.len += 1;
            return Seen::New(to_u32(at));
        }
        let is_known = slot.count == 0;
        slot.count = (slot.count + times) | mark;
        if is_known { Seen::Known(to_u32(at)) } else { Seen::Again }
    }

    /// The number and the count of the hash in a slot, and whether any appearance was marked; the
    /// count starts again.
    #[inline]
    pub(super) fn take(&mut self, slot: u32) -> (u32, u32, bool) {
        let slot = &mut self.slots[slot as usize];
        let count = std::mem::take(&mut slot.count);
        (slot.number, count & !MARK, count & MARK != 0)
    }

    /// The slot of the hash, or the one where it belongs.
    #[inline]
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
        let mut at = hash as usize & mask;
        while self.slots[at].count != FREE && self.slots[at].hash != hash {
            at = (at + 1) & mask;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_counts_like_a_map(texts in prop::collection::vec(prop::collection::vec(0u64..40, 0..30), 0..9)) {
            // Multiples of seven are marked, those of three count twice.
            let mut table = Interner::new();
            let mut numbers: BTreeMap<u64, u32> = BTreeMap::new();
            for text in texts {
                table.reserve(text.len());
                let mut seen = Vec::new();
                let mut counts: BTreeMap<u32, (u32, bool)> = BTreeMap::new();
                for hash in text {
                    let next = u32::try_from(numbers.len()).unwrap();
                    let is_new = !numbers.contains_key(&hash);
                    let (times, mark) = (if hash % 3 == 0 { 2 } else { 1 }, hash % 7 == 0);
                    let number = *numbers.entry(hash).or_insert(next);
                    let count = counts.entry(number).or_insert((0, false));
                    *count = (count.0 + times, count.1 | mark);
                    match table.see(hash, times, mark) {
                        Seen::New(slot) => {
                            prop_assert!(is_new);
                            seen.push(slot);
                        }
                        Seen::Known(slot) => {
                            prop_assert!(!is_new);
                            seen.push(slot);
                        }
                        Seen::Again => prop_assert!(!is_new),
                    }
                }
                let got: BTreeMap<u32, (u32, bool)> = seen
                    .into_iter()
                    .map(|slot| table.take(slot))
                    .map(|(number, count, mark)| (number, (count, mark)))
                    .collect();
                prop_assert_eq!(got, counts);
            }
        }
    }
}
