//! Uniformly random tables of narratives and outlets with all margins held.
//!
//! Curveball trades (Strona and others, *A fast and unbiased procedure to randomize ecological binary matrices*,
//! 2014): two narratives pool the outlets that carry exactly one of them and deal them out anew, each getting as many
//! as it gave. Repeated often enough, every table with these margins is equally likely.

use rand::{Rng, RngExt};

/// Which outlets carry which narratives, as bits by narrative and by outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    narratives: usize,
    /// Words of 64 bits for the outlets of one narrative, and for the narratives of one outlet.
    widths: [usize; 2],
    by_narrative: Vec<u64>,
    by_outlet: Vec<u64>,
    /// Outlets that the trade in hand deals out.
    pool: Vec<usize>,
}

impl Table {
    /// The table of narratives given as the outlets that carry each, which are below `outlets`.
    pub(super) fn new<'a>(
        outlets: usize,
        carriers: impl ExactSizeIterator<Item = &'a [usize]>,
    ) -> Table {
        let narratives = carriers.len();
        let widths = [outlets.div_ceil(64), narratives.div_ceil(64)];
        let mut table = Table {
            narratives,
            widths,
            by_narrative: vec![0; narratives * widths[0]],
            by_outlet: vec![0; outlets * widths[1]],
            pool: Vec::new(),
        };
        for (narrative, carriers) in carriers.enumerate() {
            for &outlet in carriers {
                table.flip(narrative, outlet);
            }
        }
        table
    }

    /// Number of narratives.
    pub(super) fn narratives(&self) -> usize {
        self.narratives
    }

    /// Number of narratives that an outlet carries.
    pub(super) fn carried(&self, outlet: usize) -> usize {
        self.of_outlet(outlet).iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Number of narratives that two outlets both carry. One AND and one count of bits for 64 narratives.
    pub(super) fn shared(&self, a: usize, b: usize) -> usize {
        if self.widths[1] == 1 {
            return (self.by_outlet[a] & self.by_outlet[b]).count_ones() as usize;
        }
        let words = self.of_outlet(a).iter().zip(self.of_outlet(b));
        words.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Outlets that carry a narrative, ascending.
    pub(super) fn carriers(&self, narrative: usize) -> impl Iterator<Item = usize> {
        let words = self.of_narrative(narrative).iter().enumerate();
        words.flat_map(|(place, &word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| 64 * place + bit)
        })
    }

    /// Makes so many trades between narratives drawn at random.
    pub(super) fn trade(&mut self, trades: usize, rng: &mut impl Rng) {
        if self.narratives < 2 {
            return;
        }
        for _ in 0..trades {
            let first = rng.random_range(0..self.narratives);
            let second = rng.random_range(0..self.narratives - 1);
            self.trade_between(first, second + usize::from(second >= first), rng);
        }
    }

    fn trade_between(&mut self, first: usize, second: usize, rng: &mut impl Rng) {
        let mut pool = std::mem::take(&mut self.pool);
        pool.clear();
        let of_first = self.only_in(first, second, &mut pool);
        self.only_in(second, first, &mut pool);
        if of_first > 0 && of_first < pool.len() {
            for place in 0..of_first {
                let drawn = rng.random_range(place..pool.len());
                pool.swap(place, drawn);
            }
            for (place, &outlet) in pool.iter().enumerate() {
                if self.is_carried(first, outlet) != (place < of_first) {
                    self.flip(first, outlet);
                    self.flip(second, outlet);
                }
            }
        }
        self.pool = pool;
    }

    /// Adds the outlets that carry `one` and not `other`; returns their number.
    fn only_in(&self, one: usize, other: usize, pool: &mut Vec<usize>) -> usize {
        let before = pool.len();
        let words = self.of_narrative(one).iter().zip(self.of_narrative(other));
        for (place, (one, other)) in words.enumerate() {
            let mut word = one & !other;
            while word != 0 {
                pool.push(64 * place + word.trailing_zeros() as usize);
                word &= word - 1;
            }
        }
        pool.len() - before
    }

    fn is_carried(&self, narrative: usize, outlet: usize) -> bool {
        self.of_narrative(narrative)[outlet / 64] >> (outlet % 64) & 1 == 1
    }

    fn flip(&mut self, narrative: usize, outlet: usize) {
        self.by_narrative[narrative * self.widths[0] + outlet / 64] ^= 1 << (outlet % 64);
        self.by_outlet[outlet * self.widths[1] + narrative / 64] ^= 1 << (narrative % 64);
    }

    fn of_narrative(&self, narrative: usize) -> &[u64] {
        &self.by_narrative[narrative * self.widths[0]..(narrative + 1) * self.widths[0]]
    }

    fn of_outlet(&self, outlet: usize) -> &[u64] {
        &self.by_outlet[outlet * self.widths[1]..(outlet + 1) * self.widths[1]]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::SeedableRng;
    use rand_pcg::Pcg64;

    use super::*;

    /// All tables with the margins of these narratives, each as the carriers of its narratives.
    fn all_tables(outlets: usize, rows: &[&[usize]]) -> Vec<Vec<Vec<usize>>> {
        let margins = |rows: &[Vec<usize>]| {
            let mut carried = vec![0; outlets];
            rows.iter().flatten().for_each(|&outlet| carried[outlet] += 1);
            carried
        };
        let subsets = |size: usize| -> Vec<Vec<usize>> {
            (0..1usize << outlets)
                .filter(|set| set.count_ones() as usize == size)
                .map(|set| (0..outlets).filter(|outlet| set >> outlet & 1 == 1).collect())
                .collect()
        };
        let own: Vec<Vec<usize>> = rows.iter().map(|row| row.to_vec()).collect();
        let mut tables: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
        for row in rows {
            let choices = subsets(row.len());
            tables = tables
                .iter()
                .flat_map(|table| {
                    choices.iter().map(move |row| [&table[..], std::slice::from_ref(row)].concat())
                })
                .collect();
        }
        tables.retain(|table| margins(table) == margins(&own));
        tables
    }

    #[test]
    fn trades_reach_every_table_equally_often() {
        let rows: [&[usize]; 4] = [&[0, 1], &[0, 1, 2], &[2, 3], &[0, 3]];
        let tables = all_tables(4, &rows);
        let mut table = Table::new(4, rows.into_iter());
        let mut rng = Pcg64::seed_from_u64(1);
        let mut seen: BTreeMap<Vec<Vec<usize>>, u32> = BTreeMap::new();
        let draws = 20_000;
        for _ in 0..draws {
            table.trade(6, &mut rng);
            let world = (0..4).map(|narrative| table.carriers(narrative).collect()).collect();
            *seen.entry(world).or_default() += 1;
        }
        assert_eq!(seen.len(), tables.len());
        let expected = f64::from(draws) / tables.len() as f64;
        for table in tables {
            let off = (f64::from(seen[&table]) - expected) / expected.sqrt();
            assert!(off.abs() < 6.0, "{table:?}: {off}");
        }
    }

    #[test]
    fn counts_by_bits_are_those_by_hand_over_word_borders() {
        let rows: Vec<Vec<usize>> =
            (0..150).map(|i| (0..70).filter(|o| (i * 7 + o * 3) % 5 < 2).collect()).collect();
        let mut table = Table::new(70, rows.iter().map(Vec::as_slice));
        let carried: Vec<usize> = (0..70).map(|outlet| table.carried(outlet)).collect();
        table.trade(2_000, &mut Pcg64::seed_from_u64(2));
        let after: Vec<Vec<usize>> = (0..150).map(|row| table.carriers(row).collect()).collect();
        assert!(rows.iter().zip(&after).all(|(old, new)| old.len() == new.len()));
        for (a, &expected) in carried.iter().enumerate() {
            let of = |outlet: usize| after.iter().filter(move |row| row.contains(&outlet));
            assert_eq!((of(a).count(), table.carried(a)), (expected, expected));
            let b = (a + 31) % 70;
            assert_eq!(table.shared(a, b), of(a).filter(|row| row.contains(&b)).count());
        }
    }
}
