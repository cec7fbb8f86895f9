//! Which outlet carries which narrative, and which outlet could have.
//!
//! An outlet that was not heard on any day of a narrative is a structural zero there: its absence
//! says nothing, and the null model must not let it take part either.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::null::Cell;
use super::types::Outlets;
use crate::model::{Article, CoverageGap, Match, Narrative};

/// Narratives that the same outlets could have carried, counted by how many did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stratum {
    /// Outlets that could have, ascending.
    pub(super) eligible: Vec<usize>,
    /// (outlets that did, number of such narratives), ascending; at least 2 did.
    pub(super) sizes: Vec<(usize, usize)>,
}

/// One narrative that at least two outlets carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Number of its stratum.
    pub(super) stratum: usize,
    /// Outlets that carry it, ascending.
    pub(super) carriers: Vec<usize>,
}

/// The bipartite matrix of outlets and narratives, with what the null model needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Coverage {
    /// Narratives by who could have carried them.
    pub(super) strata: Vec<Stratum>,
    /// The narratives.
    pub(super) rows: Vec<Row>,
    /// Narratives that each outlet carries.
    pub(super) carried: Vec<usize>,
    /// For each outlet, narratives shared with each other outlet; symmetric.
    pub(super) shared: Vec<Vec<usize>>,
    /// Per pair `a < b`: positions in `rows` of narratives that the two share through a common source
    /// only. They are no evidence for this pair, and its test is made without them.
    pub(super) common: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Coverage {
    /// Counts the cells from rows of carriers and of eligible outlets, one pair for each narrative.
    /// A narrative of fewer than two outlets holds no pair and is left out.
    pub(super) fn from_rows(
        outlets: usize,
        rows: impl IntoIterator<Item = (BTreeSet<usize>, Vec<usize>)>,
    ) -> Coverage {
        let rows: Vec<(BTreeSet<usize>, Vec<usize>)> =
            rows.into_iter().filter(|(carriers, _)| carriers.len() > 1).collect();
        let mut sizes: BTreeMap<&[usize], BTreeMap<usize, usize>> = BTreeMap::new();
        for (carriers, eligible) in &rows {
            *sizes.entry(eligible).or_default().entry(carriers.len()).or_default() += 1;
        }
        let number: BTreeMap<&[usize], usize> =
            sizes.keys().enumerate().map(|(i, eligible)| (*eligible, i)).collect();
        let strata = sizes
            .iter()
            .map(|(eligible, sizes)| Stratum {
                eligible: eligible.to_vec(),
                sizes: sizes.iter().map(|(&size, &n)| (size, n)).collect(),
            })
            .collect();
        let rows = rows
            .iter()
            .map(|(carriers, eligible)| Row {
                stratum: number[&eligible[..]],
                carriers: carriers.iter().copied().collect(),
            })
            .collect();
        Coverage::counted(outlets, strata, rows)
    }

    /// The matrix of these rows over these strata.
    pub(super) fn counted(outlets: usize, strata: Vec<Stratum>, rows: Vec<Row>) -> Coverage {
        let mut carried = vec![0; outlets];
        let mut shared = vec![vec![0; outlets]; outlets];
        for carriers in rows.iter().map(|row| &row.carriers) {
            for &a in carriers {
                carried[a] += 1;
                for &b in carriers.iter().filter(|&&b| b != a) {
                    shared[a][b] += 1;
                }
            }
        }
        Coverage { strata, rows, carried, shared, common: BTreeMap::new() }
    }

    /// Reads the matrix off the narratives.
    ///
    /// An outlet was heard on the days from its first to its last article that are no gaps; it
    /// could have carried a narrative if it was heard on one of the narrative's days.
    pub(super) fn new(
        articles: &[Article],
        outlets: &Outlets<'_>,
        narratives: &[Narrative],
        gaps: &[CoverageGap],
    ) -> Coverage {
        let heard = Heard::new(articles, outlets, gaps);
        let rows = narratives.iter().map(|narrative| {
            let carriers: BTreeSet<usize> =
                narrative.articles.iter().map(|&article| outlets.of[article]).collect();
            let eligible = (0..outlets.ids.len())
                .filter(|outlet| carriers.contains(outlet) || heard.during(*outlet, narrative))
                .collect();
            (carriers, eligible)
        });
        Coverage::from_rows(outlets.ids.len(), rows)
    }

    /// Notes the narratives that two outlets share through a common source only: the two have matches in
    /// it, and each of these is among `explained` (grade X) or rests on standing lines.
    pub(super) fn without_common_sources(
        mut self,
        outlets: &Outlets<'_>,
        narratives: &[Narrative],
        matches: &[Match],
        explained: &BTreeSet<usize>,
    ) -> Coverage {
        let mut narrative_of: BTreeMap<usize, usize> = BTreeMap::new();
        let carried = |n: &&Narrative| {
            let first = n.articles.first().map(|&i| outlets.of[i]);
            n.articles.iter().any(|&i| Some(outlets.of[i]) != first)
        };
        for (row, narrative) in narratives.iter().filter(carried).enumerate() {
            narrative_of.extend(narrative.articles.iter().map(|&article| (article, row)));
        }
        // Per narrative and pair: whether every match so far is explained.
        let mut only: BTreeMap<(usize, usize, usize), bool> = BTreeMap::new();
        for (index, m) in matches.iter().enumerate() {
            let (Some(&row), Some(&other)) =
                (narrative_of.get(&m.earlier), narrative_of.get(&m.later))
            else {
                continue;
            };
            let (a, b) = (outlets.of[m.earlier], outlets.of[m.later]);
            if row == other && a != b {
                let entry = only.entry((row, a.min(b), a.max(b))).or_insert(true);
                *entry &= explained.contains(&index);
            }
        }
        for ((row, a, b), only) in only {
            if only {
                self.common.entry((a, b)).or_default().push(row);
            }
        }
        self
    }

    /// What the test of the pair `a < b` rests on: the cells without the narratives that a common source
    /// explains, both outlets' numbers of narratives and the number shared, without them too.
    pub(super) fn of_pair(
        &self,
        (a, b): (usize, usize),
        mut cells: Vec<Cell>,
    ) -> (Vec<Cell>, [usize; 2], usize) {
        let common = self.common.get(&(a, b)).map_or(&[][..], Vec::as_slice);
        for row in common.iter().filter_map(|&row| self.rows.get(row)) {
            let fits =
                |cell: &&mut Cell| (cell.stratum, cell.size) == (row.stratum, row.carriers.len());
            if let Some(cell) = cells.iter_mut().find(fits) {
                cell.narratives = cell.narratives.saturating_sub(1);
            }
        }
        let without = |n: usize| n.saturating_sub(common.len());
        let carried = [without(self.carried[a]), without(self.carried[b])];
        (cells, carried, without(self.shared[a][b]))
    }
}

/// When each outlet was heard.
struct Heard {
    spans: Vec<Option<(NaiveDate, NaiveDate)>>,
    gaps: Vec<BTreeSet<NaiveDate>>,
}

impl Heard {
    fn new(articles: &[Article], outlets: &Outlets<'_>, gaps: &[CoverageGap]) -> Heard {
        let mut spans: Vec<Option<(NaiveDate, NaiveDate)>> = vec![None; outlets.ids.len()];
        for (article, &outlet) in articles.iter().zip(&outlets.of) {
            let day = article.at().date_naive();
            let (first, last) = spans[outlet].unwrap_or((day, day));
            spans[outlet] = Some((first.min(day), last.max(day)));
        }
        let mut days = vec![BTreeSet::new(); outlets.ids.len()];
        for gap in gaps {
            if let Ok(outlet) = outlets.ids.binary_search(&gap.outlet.as_str()) {
                days[outlet].insert(gap.day);
            }
        }
        Heard { spans, gaps: days }
    }

    fn during(&self, outlet: usize, narrative: &Narrative) -> bool {
        let Some((first, last)) = self.spans[outlet] else { return false };
        narrative
            .timeline
            .keys()
            .any(|day| (first..=last).contains(day) && !self.gaps[outlet].contains(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::Registry;
    use crate::significance::tests::{article, narrative};

    fn corpus() -> Vec<Article> {
        // Hours since the epoch: two days of x and y, one day of z.
        [("x", 1), ("y", 2), ("z", 3), ("x", 25), ("y", 26), ("x", 30), ("y", 31)]
            .iter()
            .enumerate()
            .map(|(i, &(outlet, hour))| article(&i.to_string(), outlet, hour))
            .collect()
    }

    fn strata(gaps: &[CoverageGap]) -> Vec<Stratum> {
        let articles = corpus();
        let corpus = ordered(&articles, Registry::default());
        let outlets = Outlets::new(&corpus);
        let narratives = [
            narrative(&articles, &[0, 1]),
            narrative(&articles, &[3, 4]),
            narrative(&articles, &[5, 6]),
        ];
        let coverage = Coverage::new(&articles, &outlets, &narratives, gaps);
        assert_eq!(coverage.carried, [3, 3, 0]);
        assert_eq!((coverage.shared[0][1], coverage.shared[1][2]), (3, 0));
        coverage.strata
    }

    #[test]
    fn an_outlet_is_heard_from_its_first_to_its_last_day() {
        assert_eq!(
            strata(&[]),
            [
                Stratum { eligible: vec![0, 1], sizes: vec![(2, 2)] },
                Stratum { eligible: vec![0, 1, 2], sizes: vec![(2, 1)] },
            ]
        );
    }

    #[test]
    fn a_narrative_shared_through_one_wire_is_no_evidence_for_the_pair() {
        use crate::significance::tests::matched;
        let articles = corpus();
        let corpus = ordered(&articles, Registry::default());
        let outlets = Outlets::new(&corpus);
        let narratives = [narrative(&articles, &[0, 1]), narrative(&articles, &[3, 4, 5, 6])];
        let matches = [matched(0, 1), matched(3, 4), matched(5, 6)];
        let common = |explained: &[usize]| {
            let explained = explained.iter().copied().collect();
            let coverage = Coverage::new(&articles, &outlets, &narratives, &[]);
            coverage.without_common_sources(&outlets, &narratives, &matches, &explained)
        };
        assert!(common(&[]).common.is_empty());
        assert_eq!(common(&[0]).common, BTreeMap::from([((0, 1), vec![0])]));
        // One match of the second narrative is not explained: it counts.
        assert_eq!(common(&[0, 1]).common, BTreeMap::from([((0, 1), vec![0])]));
        assert_eq!(common(&[0, 1, 2]).common, BTreeMap::from([((0, 1), vec![0, 1])]));
        let cell = |stratum| Cell { stratum, size: 2, narratives: 1, both: 0.5, a: 0.5, b: 0.5 };
        let one = common(&[0]);
        let cells = vec![cell(one.rows[0].stratum), cell(one.rows[1].stratum)];
        let (cells, carried, shared) = one.of_pair((0, 1), cells);
        assert_eq!((cells[0].narratives, cells[1].narratives), (0, 1));
        assert_eq!((carried, shared), ([1, 1], 1));
    }

    #[test]
    fn a_gap_is_a_structural_zero() {
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let gap = CoverageGap { outlet: "z".to_owned(), day, reason: "timeout".to_owned() };
        assert_eq!(strata(&[gap]), [Stratum { eligible: vec![0, 1], sizes: vec![(2, 3)] }]);
    }
}
