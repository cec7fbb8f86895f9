//! The data of this stage: what several of its tests work on.

use std::collections::BTreeMap;

use crate::corpus::Corpus;

/// The pairs of the outlets of a corpus: `(a, b)`, `a < b`, in the order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pairs {
    outlets: usize,
}

impl Pairs {
    /// The pairs of so many outlets.
    pub(super) fn new(outlets: usize) -> Pairs {
        Pairs { outlets }
    }

    /// The pairs of the outlets of a corpus.
    pub(super) fn of(corpus: &Corpus) -> Pairs {
        Pairs::new(corpus.outlet_ids().len())
    }

    /// Position of the pair of two different outlets, in whichever order they are given.
    pub(super) fn place(self, one: usize, other: usize) -> usize {
        let (a, b) = (one.min(other), one.max(other));
        a * (2 * self.outlets - a - 1) / 2 + (b - a - 1)
    }

    /// All pairs, in order.
    pub(super) fn all(self) -> impl Iterator<Item = (usize, usize)> + Clone {
        (0..self.outlets).flat_map(move |a| (a + 1..self.outlets).map(move |b| (a, b)))
    }
}

/// One narrative that at least two outlets carry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NarrativeRow {
    /// Number of the language of its first article.
    pub(super) language: usize,
    /// Day of its first article, in days since 1970.
    pub(super) day: i64,
    /// Six hours of its first article, counted from 1970; `None` if its time is no finer than a day.
    pub(super) six_hours: Option<i64>,
    /// Outlets that could have carried it, ascending.
    pub(super) eligible: Vec<usize>,
    /// Outlets that carry it, ascending.
    pub(super) carriers: Vec<usize>,
}

/// The incidence matrix of narratives and outlets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct IncidenceMatrix {
    /// Languages, sorted.
    pub(super) languages: Vec<String>,
    /// The narratives, sorted: their order depends on no id of a record or narrative.
    pub(super) rows: Vec<NarrativeRow>,
    /// Narratives that each outlet carries.
    pub(super) carried: Vec<usize>,
    /// For each outlet, narratives shared with each other outlet; symmetric.
    pub(super) shared: Vec<Vec<usize>>,
    /// Per pair `a < b`: positions in `rows`, ascending, of narratives that the two share through a common source
    /// only. They are no evidence for this pair, and its test is made without them.
    pub(super) common: BTreeMap<(usize, usize), Vec<usize>>,
}

impl IncidenceMatrix {
    /// The matrix of these narratives; those of fewer than two outlets hold no pair and are left out.
    pub(super) fn new(
        outlets: usize,
        languages: Vec<String>,
        rows: Vec<NarrativeRow>,
    ) -> IncidenceMatrix {
        let mut rows: Vec<NarrativeRow> =
            rows.into_iter().filter(|row| row.carriers.len() > 1).collect();
        rows.sort();
        let (mut carried, mut shared) = (vec![0; outlets], vec![vec![0; outlets]; outlets]);
        for carriers in rows.iter().map(|row| &row.carriers) {
            for &a in carriers {
                carried[a] += 1;
                for &b in carriers.iter().filter(|&&b| b != a) {
                    shared[a][b] += 1;
                }
            }
        }
        IncidenceMatrix { languages, rows, carried, shared, common: BTreeMap::new() }
    }

    /// Number of outlets.
    pub(super) fn outlets(&self) -> usize {
        self.carried.len()
    }

    /// Number of outlets that share a narrative with another.
    pub(super) fn active(&self) -> usize {
        self.carried.iter().filter(|&&n| n > 0).count()
    }

    /// The narratives that the pair `a < b` shares through a common source only.
    pub(super) fn common_of(&self, pair: (usize, usize)) -> &[usize] {
        self.common.get(&pair).map_or(&[], Vec::as_slice)
    }
}
