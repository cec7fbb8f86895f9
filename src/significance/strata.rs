//! Narratives of one language, one window of time and the same eligible outlets, and how many of them two outlets
//! share without contact.
//!
//! Let an outlet take up a narrative with odds that are the product of two factors, one of the outlet in this stratum and one of the
//! narrative, independently of the other outlets. Then, given all margins of the stratum, every table is equally
//! likely, whatever these factors are. Nothing is fitted; only a constant readiness of each outlet within a stratum is
//! assumed.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_pcg::Pcg64;
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::pair_effect::{Distribution, Family};
use super::random_tables::Table;
use super::types::IncidenceMatrix;

/// Random tables of each stratum. Enough, though p-values go down to 1e-6: the far tail of a sum over many strata
/// is made of values that are common in each.
pub(super) const SAMPLES: usize = 1500;
/// Trades for each narrative before the first sample (five are usual; Strona and others, 2014).
const FIRST_TRADES: usize = 10;
/// Fewest trades between two samples; more narratives need half as many as there are narratives.
const MIN_TRADES: usize = 2;
/// How long a stratum lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Window {
    /// Quarters of a UTC day.
    SixHours,
    /// So many UTC days, counted from 1970.
    Days(i64),
}

/// One stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stratum<'a> {
    /// Number of the language.
    pub(super) language: usize,
    /// Number of the window of time, counted from 1970.
    pub(super) time: i64,
    /// Outlets that could have carried these narratives, ascending.
    pub(super) eligible: &'a [usize],
    /// Positions of the narratives, ascending.
    pub(super) rows: Vec<usize>,
}

/// Cuts the narratives into strata. With [`Window::SixHours`], narratives whose time is no finer than a day are left
/// out. `O(n log n)`.
pub(super) fn strata(matrix: &IncidenceMatrix, window: Window) -> Vec<Stratum<'_>> {
    let mut strata: BTreeMap<(usize, i64, &[usize]), Vec<usize>> = BTreeMap::new();
    for (position, row) in matrix.rows.iter().enumerate() {
        let time = match window {
            Window::SixHours => row.six_hours,
            Window::Days(days) => Some(row.day.div_euclid(days)),
        };
        if let Some(time) = time {
            strata.entry((row.language, time, &row.eligible)).or_default().push(position);
        }
    }
    let stratum = |((language, time, eligible), rows)| Stratum { language, time, eligible, rows };
    strata.into_iter().map(stratum).collect()
}

/// What one stratum adds to the shared narratives of a pair.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StratumShare {
    /// Number of the stratum.
    pub(super) stratum: usize,
    /// Narratives that both carry.
    pub(super) observed: usize,
    /// The least and the greatest number that the margins allow.
    pub(super) bounds: (usize, usize),
    /// The distribution without contact.
    pub(super) null: Distribution,
}

impl StratumShare {
    /// Whether the margins fix the number.
    pub(super) fn is_fixed(&self) -> bool {
        self.bounds.0 == self.bounds.1
    }

    /// How many of [`SAMPLES`] tables gave each number.
    pub(super) fn tables(&self) -> Vec<(usize, usize)> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of samples"
        )]
        let tables = |mass: f64| (mass * SAMPLES as f64).round() as usize;
        let all = self.null.masses().map(|(number, mass)| (number, tables(mass)));
        all.filter(|&(_, tables)| tables > 0).collect()
    }
}

/// What all strata say of a pair.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PairNull {
    /// Narratives that both carry, without those of a common source.
    pub(super) observed: usize,
    /// The family of their sum.
    pub(super) family: Family,
    /// The strata in which both carry something, in order.
    pub(super) parts: Vec<StratumShare>,
}

/// The null distributions of these pairs (`a < b`), in their order.
///
/// Cost: for `N` narratives and strata with `R` active outlets, `N/2` trades and `R²/2` pair counts of one word
/// for each of the 1,500 samples of a stratum; then one convolution for each pair and stratum.
pub(super) fn pair_nulls(
    matrix: &IncidenceMatrix,
    strata: &[Stratum<'_>],
    window: Window,
    pairs: &[(usize, usize)],
    seed: u64,
) -> Vec<PairNull> {
    let place: BTreeMap<(usize, usize), usize> =
        pairs.iter().enumerate().map(|(place, &pair)| (pair, place)).collect();
    let sampled: Vec<Vec<(usize, StratumShare)>> = strata
        .par_iter()
        .enumerate()
        .map(|(number, stratum)| parts(matrix, (number, stratum), window, &place, seed))
        .collect();
    let mut by_pair: Vec<Vec<StratumShare>> = vec![Vec::new(); pairs.len()];
    for (place, part) in sampled.into_iter().flatten() {
        by_pair[place].push(part);
    }
    by_pair.into_par_iter().map(summed).collect()
}

fn summed(parts: Vec<StratumShare>) -> PairNull {
    let mut null = Distribution::certain(0);
    let (mut observed, mut bounds) = (0, (0, 0));
    for part in &parts {
        null = null.plus(&part.null);
        observed += part.observed;
        bounds = (bounds.0 + part.bounds.0, bounds.1 + part.bounds.1);
    }
    PairNull { observed, family: Family::new(&null, bounds), parts }
}

/// What a stratum adds to each of the pairs, given with their places.
fn parts(
    matrix: &IncidenceMatrix,
    (number, stratum): (usize, &Stratum<'_>),
    window: Window,
    pairs: &BTreeMap<(usize, usize), usize>,
    seed: u64,
) -> Vec<(usize, StratumShare)> {
    let mut outlets: Vec<usize> =
        stratum.rows.iter().flat_map(|&row| &matrix.rows[row].carriers).copied().collect();
    outlets.sort_unstable();
    outlets.dedup();
    // A pair is tested without the narratives that a common source explains: on a table of its own.
    let mut by_left_out: BTreeMap<Vec<usize>, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, &a) in outlets.iter().enumerate() {
        for &b in outlets[i + 1..].iter().filter(|&&b| pairs.contains_key(&(a, b))) {
            let mut left_out = matrix.common_of((a, b)).to_vec();
            left_out.retain(|row| stratum.rows.binary_search(row).is_ok());
            by_left_out.entry(left_out).or_default().push((a, b));
        }
    }
    let mut found = Vec::new();
    for (left_out, wanted) in by_left_out {
        let rows: Vec<usize> =
            stratum.rows.iter().filter(|row| !left_out.contains(row)).copied().collect();
        let seed = seed_of(matrix, stratum, window, &left_out, seed);
        for (pair, mut part) in sample(matrix, &outlets, &rows, &wanted, seed) {
            part.stratum = number;
            found.push((pairs[&pair], part));
        }
    }
    found
}

/// The seed of a table: it depends on the run's seed and on the stratum, never on the order of work.
fn seed_of(
    matrix: &IncidenceMatrix,
    stratum: &Stratum<'_>,
    window: Window,
    left_out: &[usize],
    seed: u64,
) -> u64 {
    let mut hash = Xxh3::with_seed(seed);
    hash.update(matrix.languages.get(stratum.language).map_or("", String::as_str).as_bytes());
    let width = match window {
        Window::SixHours => 0,
        Window::Days(days) => days,
    };
    hash.update(&width.to_be_bytes());
    hash.update(&stratum.time.to_be_bytes());
    for &outlet in stratum.eligible {
        hash.update(&(outlet as u64).to_be_bytes());
    }
    let place = |row: &usize| stratum.rows.binary_search(row).unwrap_or_default() as u64;
    for place in left_out.iter().map(place) {
        hash.update(&(!place).to_be_bytes());
    }
    hash.digest()
}

/// Draws tables with the margins of these rows and counts what each of the pairs shares. Pairs of which one outlet
/// carries none of the rows are left out.
fn sample(
    matrix: &IncidenceMatrix,
    outlets: &[usize],
    rows: &[usize],
    pairs: &[(usize, usize)],
    seed: u64,
) -> Vec<((usize, usize), StratumShare)> {
    let local = |outlet: usize| outlets.binary_search(&outlet).unwrap_or_default();
    let carriers: Vec<Vec<usize>> = rows
        .iter()
        .map(|&row| matrix.rows[row].carriers.iter().map(|&outlet| local(outlet)).collect())
        .collect();
    let mut table = Table::new(outlets.len(), carriers.iter().map(Vec::as_slice));
    let n = table.narratives();
    let carried: Vec<usize> = (0..outlets.len()).map(|outlet| table.carried(outlet)).collect();
    let (mut counted, mut width) = (Vec::new(), 0);
    let mut found: Vec<((usize, usize), StratumShare)> = Vec::new();
    for &pair in pairs {
        let (a, b) = (local(pair.0), local(pair.1));
        let (of_a, of_b) = (carried[a], carried[b]);
        if of_a.min(of_b) == 0 {
            continue;
        }
        let bounds = ((of_a + of_b).saturating_sub(n), of_a.min(of_b));
        let null = Distribution::certain(bounds.0);
        let part = StratumShare { stratum: 0, observed: table.shared(a, b), bounds, null };
        if !part.is_fixed() {
            counted.push(Counted { place: found.len(), a, b, from: width });
            width += bounds.1 - bounds.0 + 1;
        }
        found.push((pair, part));
    }
    if counted.is_empty() {
        return found;
    }
    let mut frequencies = vec![0u32; width];
    let least: Vec<usize> = counted.iter().map(|c| found[c.place].1.bounds.0).collect();
    let mut rng = Pcg64::seed_from_u64(seed);
    table.trade(FIRST_TRADES * n, &mut rng);
    for _ in 0..SAMPLES {
        table.trade(MIN_TRADES.max(n / 2), &mut rng);
        for (counted, least) in counted.iter().zip(&least) {
            frequencies[counted.from + table.shared(counted.a, counted.b) - least] += 1;
        }
    }
    for counted in counted {
        let part = &mut found[counted.place].1;
        let (least, most) = part.bounds;
        let frequencies = &frequencies[counted.from..=counted.from + most - least];
        part.null = Distribution::sampled(least, frequencies);
    }
    found
}

/// A pair whose shared narratives are counted in every table.
#[derive(Debug, Clone, Copy)]
struct Counted {
    /// Its place in the result.
    place: usize,
    /// Numbers of both outlets in the table.
    a: usize,
    b: usize,
    /// Where its frequencies begin.
    from: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::significance::types::NarrativeRow;

    fn matrix(rows: &[(i64, &[usize])]) -> IncidenceMatrix {
        let row = |&(day, carriers): &(i64, &[usize])| NarrativeRow {
            language: 0,
            day,
            six_hours: Some(4 * day),
            eligible: (0..4).collect(),
            carriers: carriers.to_vec(),
        };
        IncidenceMatrix::new(4, vec!["en".into()], rows.iter().map(row).collect())
    }

    const ROWS: [(i64, &[usize]); 8] = [
        (0, &[0, 1]),
        (0, &[0, 2]),
        (0, &[1, 2, 3]),
        (0, &[2, 3]),
        (1, &[0, 1]),
        (1, &[0, 3]),
        (2, &[1, 2]),
        (3, &[0, 1, 2]),
    ];

    fn nulls(matrix: &IncidenceMatrix, window: Window, pairs: &[(usize, usize)]) -> Vec<PairNull> {
        pair_nulls(matrix, &strata(matrix, window), window, pairs, 7)
    }

    #[test]
    fn strata_are_windows_of_days() {
        let matrix = matrix(&ROWS);
        let sizes = |days| -> Vec<usize> {
            strata(&matrix, Window::Days(days)).iter().map(|s| s.rows.len()).collect()
        };
        assert_eq!((sizes(1), sizes(2), sizes(4)), (vec![4, 2, 1, 1], vec![6, 2], vec![8]));
    }

    #[test]
    fn two_narratives_share_as_often_as_counted_by_hand() {
        // Day 1: four places for 0, 0, 1, 3; 0 carries both, so 1 and 3 fall on one narrative each: nothing is left to
        // chance. Day 0 with two narratives {0, 1} and {2, 3}: 0 and 1 meet in two of six deals.
        let matrix = matrix(&[(0, &[0, 1]), (0, &[2, 3])]);
        let found = &nulls(&matrix, Window::Days(1), &[(0, 1)])[0];
        assert_eq!((found.observed, found.parts.len()), (1, 1));
        assert!((found.family.mean() - 1.0 / 3.0).abs() < 0.04, "{}", found.family.mean());
    }

    #[test]
    fn a_pair_s_result_depends_on_no_other_pair_and_on_no_thread() {
        let matrix = matrix(&ROWS);
        let pairs = [(0, 1), (0, 3), (1, 2), (2, 3)];
        let all = nulls(&matrix, Window::Days(2), &pairs);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(all, pool.install(|| nulls(&matrix, Window::Days(2), &pairs)));
        assert_eq!(all[2], nulls(&matrix, Window::Days(2), &[(1, 2)])[0]);
    }

    #[test]
    fn narratives_of_a_common_source_leave_the_test_of_their_pair() {
        let mut matrix = matrix(&ROWS);
        matrix.common.insert((0, 1), vec![0]);
        let found = nulls(&matrix, Window::Days(1), &[(0, 1), (0, 2)]);
        assert_eq!((matrix.shared[0][1], found[0].observed), (3, 2));
        assert_eq!(found[1].observed, matrix.shared[0][2]);
    }
}
