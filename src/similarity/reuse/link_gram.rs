//! Pair: which of the articles that hold one gram are linked by it, and in which of them it recurs.

use super::gram_history::{GramHistory, GramUse};
use super::postings::Posting;
use super::star_links::{FULL_LINKS, OtherOutletPostings};
use crate::similarity::timeline::Timeline;

/// Places of one gram in one article that are used; more are repetitions inside the article.
const REPEATS: usize = 2;

/// What one gram says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    /// Two articles share it, the earlier one first.
    Shared(Posting, Posting),
    /// It recurs, on the day of this article.
    Recurring {
        /// Where it stands.
        posting: Posting,
        /// One outlet uses it over a long time.
        persistent: bool,
    },
    /// This article is not linked to all earlier ones that hold it, though it is no standing line.
    Cut(u32),
}

/// Links the articles of one gram or short text by its postings, in order of article and position. `is_whole` says of
/// a short text whether it is the whole text of the article.
///
/// Cost: linear in the postings, but for sorting their outlets.
pub(super) fn link_gram(
    timeline: &Timeline<'_>,
    group: &mut Vec<Posting>,
    is_whole: impl Fn(&Posting) -> bool,
    mut visit: impl FnMut(Link),
) {
    let outlet = |posting: &Posting| timeline.outlets[posting.article as usize];
    let Some(first) = group.first() else { return };
    if group.iter().all(|posting| outlet(posting) == outlet(first)) {
        return;
    }
    // A short text is evidence as a whole only: what links two articles that quote it is their own words.
    let is_text = first.hash & 1 == 1;
    keep_few_repeats(group);
    let holders = || group.iter().map(|posting| posting.article as usize);
    let mut history = if is_text { None } else { GramHistory::of(timeline, holders()) };
    // Only articles of the window before the current one are candidates.
    let others = (group.len() > FULL_LINKS + 1).then(|| OtherOutletPostings::of(timeline, group));
    let compared =
        group.partition_point(|posting| (posting.article as usize) < timeline.first_comparable);
    let mut from = 0;
    for (rank, b) in group.iter().enumerate().skip(compared) {
        let article = b.article as usize;
        let GramUse { recurrent, persistent } =
            history.as_mut().map_or(GramUse::default(), |history| history.up_to(article));
        if recurrent {
            visit(Link::Recurring { posting: *b, persistent });
        }
        while timeline.times[group[from].article as usize] < timeline.since(article) {
            from += 1;
        }
        let mut link = |a: usize| {
            let a = &group[a];
            let is_meant = !is_text || is_whole(a) || is_whole(b);
            if is_meant && timeline.is_needed((a.article as usize, article)) {
                visit(Link::Shared(*a, *b));
            }
        };
        let all = if let Some(others) = &others {
            others.linked(from, rank, link)
        } else {
            (from..rank).filter(|&a| outlet(&group[a]) != outlet(b)).for_each(&mut link);
            true
        };
        if !all && !is_text && !persistent {
            visit(Link::Cut(b.article));
        }
    }
}

fn keep_few_repeats(group: &mut Vec<Posting>) {
    let mut last = (u32::MAX, 0);
    group.retain(|posting| {
        last = if last.0 == posting.article { (last.0, last.1 + 1) } else { (posting.article, 1) };
        last.1 <= REPEATS
    });
}
