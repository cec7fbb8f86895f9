//! Which outlet carries which narrative, and which outlet could have.
//!
//! An outlet that was not heard on any day of a narrative is a structural zero there: its absence
//! says nothing, and the null model must not let it take part either.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::pairs::Outlets;
use crate::model::{Article, CoverageGap, Narrative};

/// Narratives that the same outlets could have carried, counted by how many did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stratum {
    /// Outlets that could have, ascending.
    pub(super) eligible: Vec<usize>,
    /// (outlets that did, number of such narratives), ascending; at least 2 did.
    pub(super) sizes: Vec<(usize, usize)>,
}

/// The bipartite matrix of outlets and narratives, reduced to what the null model needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Coverage {
    /// Narratives by who could have carried them.
    pub(super) strata: Vec<Stratum>,
    /// Narratives that each outlet carries.
    pub(super) carried: Vec<usize>,
    /// For each outlet, narratives shared with each other outlet; symmetric.
    pub(super) shared: Vec<Vec<usize>>,
}

impl Coverage {
    /// Counts the cells from rows of carriers and of eligible outlets, one pair for each narrative.
    /// A narrative of fewer than two outlets holds no pair and is left out.
    pub(super) fn from_rows(
        outlets: usize,
        rows: impl IntoIterator<Item = (BTreeSet<usize>, Vec<usize>)>,
    ) -> Coverage {
        let mut strata: BTreeMap<Vec<usize>, BTreeMap<usize, usize>> = BTreeMap::new();
        let mut carried = vec![0; outlets];
        let mut shared = vec![vec![0; outlets]; outlets];
        for (carriers, eligible) in rows {
            if carriers.len() < 2 {
                continue;
            }
            for &a in &carriers {
                carried[a] += 1;
                for &b in carriers.iter().filter(|&&b| b != a) {
                    shared[a][b] += 1;
                }
            }
            *strata.entry(eligible).or_default().entry(carriers.len()).or_default() += 1;
        }
        let strata = strata
            .into_iter()
            .map(|(eligible, sizes)| Stratum { eligible, sizes: sizes.into_iter().collect() })
            .collect();
        Coverage { strata, carried, shared }
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
        let outlets = Outlets::new(&articles);
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
    fn a_gap_is_a_structural_zero() {
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let gap = CoverageGap { outlet: "z".to_owned(), day, reason: "timeout".to_owned() };
        assert_eq!(strata(&[gap]), [Stratum { eligible: vec![0, 1], sizes: vec![(2, 3)] }]);
    }
}
