//! Star links: how an article is linked to the many others that hold one of its grams.

use crate::similarity::timeline::Timeline;

use super::postings::Posting;

/// Earlier articles to which an article is linked by one gram before links are made as a star. More
/// than the outlets that carry one text in any but the largest families.
pub(super) const FULL_LINKS: usize = 32;
/// Nearest earlier articles to which a star links, besides the first.
pub(super) const STAR_LINKS: usize = 4;
/// First articles of wires and controls to which a star links too, so that it is seen who had a text that
/// everybody carries: two may be those of the pair itself.
pub(super) const SOURCE_LINKS: usize = 3;

/// Whose the postings of a gram are that many have: those of one outlet are passed over at once.
pub(super) struct OtherOutletPostings {
    outlets: Vec<u32>,
    /// For each posting the nearest one before it of another outlet.
    before: Vec<Option<usize>>,
    /// The nearest one after it of another outlet.
    after: Vec<Option<usize>>,
    /// The postings of wires and controls.
    sources: Vec<usize>,
}

impl OtherOutletPostings {
    pub(super) fn of(timeline: &Timeline<'_>, group: &[Posting]) -> OtherOutletPostings {
        let outlets: Vec<u32> =
            group.iter().map(|p| timeline.outlets[p.article as usize]).collect();
        let (mut before, mut after) = (vec![None; group.len()], vec![None; group.len()]);
        let changes = |rank: usize| outlets[rank - 1] != outlets[rank];
        for rank in 1..group.len() {
            before[rank] = if changes(rank) { Some(rank - 1) } else { before[rank - 1] };
        }
        for rank in (1..group.len()).rev() {
            after[rank - 1] = if changes(rank) { Some(rank) } else { after[rank] };
        }
        let is_source = |rank: &usize| timeline.is_source(group[*rank].article as usize);
        let sources = (0..group.len()).filter(is_source).collect();
        OtherOutletPostings { outlets, before, after, sources }
    }

    /// Calls `link` with the postings of other outlets in `from..rank` to which the one at `rank` is linked; returns
    /// whether that are all.
    pub(super) fn linked(&self, from: usize, rank: usize, mut link: impl FnMut(usize)) -> bool {
        if self.before(from, rank).nth(FULL_LINKS).is_none() {
            self.before(from, rank).for_each(link);
            return true;
        }
        let own = self.outlets[rank];
        let sources = self.sources.iter().skip(self.sources.partition_point(|&s| s < from));
        sources
            .take(SOURCE_LINKS)
            .copied()
            .take_while(|&source| source < rank)
            .filter(|&source| self.outlets[source] != own)
            .for_each(&mut link);
        let first = if self.outlets[from] == own { self.after[from] } else { Some(from) };
        first.into_iter().for_each(&mut link);
        self.before(from, rank).take(STAR_LINKS).for_each(link);
        false
    }

    /// The postings of other outlets in `from..rank`, nearest first.
    fn before(&self, from: usize, rank: usize) -> impl Iterator<Item = usize> {
        let own = self.outlets[rank];
        let nearest = move |rank: usize| {
            let last = rank.checked_sub(1)?;
            let other = if self.outlets[last] == own { self.before[last]? } else { last };
            (other >= from).then_some(other)
        };
        std::iter::successors(nearest(rank), move |&other| nearest(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::testing::ordered;
    use crate::corpus::{Calendar, CalendarConfig};
    use crate::model::{Annotations, Article, Registry};
    use crate::similarity::batch::Batch;
    use crate::similarity::tokens::to_u32;

    proptest! {
        #[test]
        fn own_articles_are_passed_over(outlets in prop::collection::vec(0u32..3, 1..60), from in 0usize..60) {
            let articles: Vec<Article> = outlets
                .iter()
                .map(|outlet| Article { outlet: outlet.to_string(), ..Article::default() })
                .collect();
            let calendar = Calendar::new(&articles, &CalendarConfig::default());
            let window = chrono::TimeDelta::days(7);
            let (corpus, notes) = (ordered(&articles, Registry::default()), Annotations::default());
            let batch = Batch::new(&corpus, &calendar, &notes, 0..1, window);
            let posting = |article| Posting { hash: 0, article, position: 0 };
            let group: Vec<Posting> = (0..to_u32(outlets.len())).map(posting).collect();
            let others = OtherOutletPostings::of(&batch.timeline, &group);
            for rank in from..outlets.len() {
                let expected: Vec<usize> =
                    (from..rank).rev().filter(|&other| outlets[other] != outlets[rank]).collect();
                prop_assert_eq!(others.before(from, rank).collect::<Vec<_>>(), &expected[..]);
                let mut linked = Vec::new();
                others.linked(from, rank, |other| linked.push(other));
                if expected.len() > FULL_LINKS {
                    let mut star = vec![expected[expected.len() - 1]];
                    star.extend(&expected[..STAR_LINKS]);
                    prop_assert_eq!(linked, star);
                } else {
                    prop_assert_eq!(linked, expected);
                }
            }
        }
    }
}
