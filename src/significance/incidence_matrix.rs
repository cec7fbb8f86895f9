//! Which outlet carries which narrative, and which outlet could have.
//!
//! An outlet that was not present in the language of a narrative on its day is a structural zero there: its absence
//! says nothing, and the null model must not let it take part either.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::presence::{Presence, day_of};
use super::types::{IncidenceMatrix, NarrativeRow};
use crate::corpus::Corpus;
use crate::model::{Match, Narrative, Precision};

/// Reads the matrix off the narratives, each language of a narrative by itself: it belongs to the day of its first article
/// in that language, and an outlet could have carried it if it does, or if it was present in that language on that day. What
/// two outlets carry in different languages counts for no pair: there is nothing to compare it with.
///
/// `explained` are the matches that a common source explains (grade X); a pair that has no other match in a narrative
/// is tested without it.
pub(super) fn incidence_matrix(
    corpus: &Corpus,
    narratives: &[Narrative],
    presence: &Presence,
    matches: &[Match],
    explained: &BTreeSet<usize>,
) -> IncidenceMatrix {
    let of_languages = |(narrative, of): (usize, &Narrative)| {
        let mut by_language: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &article in &of.articles {
            by_language.entry(presence.of[article]).or_default().push(article);
        }
        let rows = by_language.into_iter().filter_map(|(language, articles)| {
            Some((row(corpus, &articles, presence)?, (narrative, language)))
        });
        rows.collect::<Vec<_>>()
    };
    let mut rows: Vec<(NarrativeRow, (usize, usize))> = narratives
        .iter()
        .enumerate()
        .flat_map(of_languages)
        .filter(|(row, _)| row.carriers.len() > 1)
        .collect();
    rows.sort();
    let position: BTreeMap<(usize, usize), usize> =
        rows.iter().enumerate().map(|(place, &(_, of))| (of, place)).collect();
    let rows = rows.into_iter().map(|(row, _)| row).collect();
    let mut matrix =
        IncidenceMatrix::new(corpus.outlet_ids().len(), presence.languages.clone(), rows);
    let mut row_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (&(narrative, language), &row) in &position {
        let articles = narratives[narrative].articles.iter();
        let here = articles.filter(|&&article| presence.of[article] == language);
        row_of.extend(here.map(|&article| (article, row)));
    }
    matrix.common = common_sources(corpus, &row_of, matches, explained);
    matrix
}

/// The row of the articles of a narrative in one language; `None` without articles.
fn row(corpus: &Corpus, members: &[usize], presence: &Presence) -> Option<NarrativeRow> {
    let articles = corpus.articles();
    let earliest = members.iter().map(|&i| articles[i].at()).min()?;
    // Of several that are equally early, the choice must not depend on their ids.
    let first = members.iter().filter(|&&i| articles[i].at() == earliest);
    let &first = first.min_by_key(|&&i| (day_of(&articles[i]), presence.of[i]))?;
    let (language, day) = (presence.of[first], day_of(&articles[first]));
    let carriers: BTreeSet<usize> = members.iter().map(|&i| corpus.outlet_of(i)).collect();
    let could =
        |outlet: &usize| carriers.contains(outlet) || presence.is_present(*outlet, language, day);
    let eligible = (0..corpus.outlet_ids().len()).filter(could).collect();
    let has_hours = articles[first]
        .published
        .as_ref()
        .is_some_and(|published| published.precision != Precision::Day);
    Some(NarrativeRow {
        language,
        day: (day - NaiveDate::default()).num_days(),
        six_hours: has_hours.then(|| earliest.timestamp().div_euclid(6 * 3600)),
        eligible,
        carriers: carriers.into_iter().collect(),
    })
}

/// Per pair: positions of the narratives in which the two have matches, each of which a common source explains.
fn common_sources(
    corpus: &Corpus,
    row_of: &BTreeMap<usize, usize>,
    matches: &[Match],
    explained: &BTreeSet<usize>,
) -> BTreeMap<(usize, usize), Vec<usize>> {
    // Per pair and narrative: whether every match so far is explained.
    let mut only: BTreeMap<(usize, usize, usize), bool> = BTreeMap::new();
    for (index, m) in matches.iter().enumerate() {
        let (Some(&row), Some(&other)) = (row_of.get(&m.earlier), row_of.get(&m.later)) else {
            continue;
        };
        let (a, b) = (corpus.outlet_of(m.earlier), corpus.outlet_of(m.later));
        if row == other && a != b {
            let entry = only.entry((a.min(b), a.max(b), row)).or_insert(true);
            *entry &= explained.contains(&index);
        }
    }
    let mut common: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for ((a, b, row), _) in only.into_iter().filter(|(_, only)| *only) {
        common.entry((a, b)).or_default().push(row);
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::with_gaps;
    use crate::model::{Article, CoverageGap};
    use crate::significance::tests::{article, matched, narrative};

    fn corpus() -> Vec<Article> {
        // Hours since the epoch: two days of x and y, one day of z.
        [("x", 1), ("y", 2), ("z", 3), ("x", 25), ("y", 26), ("x", 30), ("y", 31)]
            .iter()
            .enumerate()
            .map(|(i, &(outlet, hour))| article(&i.to_string(), outlet, hour))
            .collect()
    }

    fn matrix(
        articles: &[Article],
        members: &[&[usize]],
        gaps: &[CoverageGap],
        explained: &[usize],
    ) -> IncidenceMatrix {
        let corpus = with_gaps(articles, gaps);
        let narratives: Vec<Narrative> = members.iter().map(|m| narrative(articles, m)).collect();
        let presence = Presence::new(&corpus);
        let matches = [matched(0, 1), matched(3, 4), matched(5, 6)];
        let explained = explained.iter().copied().collect();
        incidence_matrix(&corpus, &narratives, &presence, &matches, &explained)
    }

    fn eligible(matrix: &IncidenceMatrix) -> Vec<&[usize]> {
        matrix.rows.iter().map(|row| row.eligible.as_slice()).collect()
    }

    #[test]
    fn an_outlet_could_have_carried_what_came_while_it_was_present() {
        let found = matrix(&corpus(), &[&[0, 1], &[3, 4], &[5, 6]], &[], &[]);
        assert_eq!(found.carried, [3, 3, 0]);
        assert_eq!((found.shared[0][1], found.shared[1][2]), (3, 0));
        assert_eq!(eligible(&found), [&[0, 1, 2][..], &[0, 1], &[0, 1]]);
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let gap = CoverageGap { outlet: "z".to_owned(), day, reason: "timeout".to_owned() };
        let found = matrix(&corpus(), &[&[0, 1], &[3, 4], &[5, 6]], &[gap], &[]);
        assert_eq!(eligible(&found), [[0, 1], [0, 1], [0, 1]]);
    }

    #[test]
    fn an_outlet_of_another_language_could_not_have_carried_it() {
        let mut articles = corpus();
        articles[2].language = "ru".to_owned();
        let found = matrix(&articles, &[&[0, 1], &[3, 4], &[5, 6]], &[], &[]);
        assert_eq!(eligible(&found), [[0, 1], [0, 1], [0, 1]]);
    }

    #[test]
    fn what_is_carried_in_two_languages_is_counted_in_each_by_itself() {
        let mut articles = corpus();
        (articles[5].language, articles[6].language) = ("ru".to_owned(), "ru".to_owned());
        let found = matrix(&articles, &[&[0, 1], &[3, 4, 5, 6]], &[], &[]);
        assert_eq!(found.rows.len(), 3);
        articles[6].language = "en".to_owned();
        let found = matrix(&articles, &[&[0, 1], &[3, 5]], &[], &[]);
        assert_eq!(found.rows.len(), 1, "one carrier a language is nothing that is shared");
    }

    #[test]
    fn a_narrative_shared_through_one_wire_is_no_evidence_for_the_pair() {
        let common = |explained: &[usize]| {
            matrix(&corpus(), &[&[0, 1], &[3, 4, 5, 6]], &[], explained).common
        };
        assert!(common(&[]).is_empty());
        assert_eq!(common(&[0]), BTreeMap::from([((0, 1), vec![0])]));
        // One match of the second narrative is not explained: it counts.
        assert_eq!(common(&[0, 1]), BTreeMap::from([((0, 1), vec![0])]));
        assert_eq!(common(&[0, 1, 2]), BTreeMap::from([((0, 1), vec![0, 1])]));
    }

    #[test]
    fn ids_of_records_decide_nothing() {
        let mut renamed = corpus();
        for (i, article) in renamed.iter_mut().enumerate() {
            article.id = (9 - i).to_string();
        }
        let members: &[&[usize]] = &[&[0, 1], &[3, 4], &[5, 6]];
        assert_eq!(matrix(&corpus(), members, &[], &[0]), matrix(&renamed, members, &[], &[0]));
    }
}
