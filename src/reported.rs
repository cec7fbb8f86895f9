//! What of the findings is reported: all that ends in the period that was asked for.
//!
//! Articles of one window before the period are compared too: a copy of yesterday's article is seen as a copy, and a
//! third outlet that held it first is known. What happened among these earlier articles alone is left out here.

use crate::corpus::Corpus;
use crate::model::{Evidence, Match, Narrative, Origin, UngradedEdge};

/// What the stages up to the evidence have found; each refers to the others by position.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Findings {
    /// Sorted by (earlier, later).
    pub(crate) matches: Vec<Match>,
    /// Sorted by (first article, id).
    pub(crate) narratives: Vec<Narrative>,
    /// Sorted by (from, to).
    pub(crate) edges: Vec<UngradedEdge>,
}

/// Leaves the findings that end in a [reported](Corpus::reported) article, and directed edges that lead to one of them
/// step by step, so that no chain loses its beginning. All of them if every article is reported.
pub(crate) fn of_period(corpus: &Corpus, found: Findings) -> Findings {
    let reported = corpus.reported();
    if reported.start == 0 {
        return found;
    }
    let Findings { mut matches, mut narratives, mut edges } = found;
    keep_edges(&mut edges, corpus);

    let mut named = vec![false; matches.len()];
    for fact in edges.iter().flat_map(|edge| &edge.evidence) {
        if let Some(slot) = match_of(fact).and_then(|matched| named.get_mut(matched)) {
            *slot = true;
        }
    }
    let keep: Vec<bool> =
        matches.iter().zip(named).map(|(m, named)| named || reported.contains(&m.later)).collect();
    let places = places(&keep);
    retain(&mut matches, &keep);

    let keep: Vec<bool> =
        narratives.iter().map(|n| n.articles.iter().any(|a| reported.contains(a))).collect();
    let narrative_places = self::places(&keep);
    retain(&mut narratives, &keep);

    for edge in &mut edges {
        edge.narrative = edge.narrative.and_then(|old| narrative_places.get(old).copied()?);
        for fact in &mut edge.evidence {
            move_match(fact, &places);
        }
    }
    Findings { matches, narratives, edges }
}

/// Edges into reported articles, and those that lead to their starts.
fn keep_edges(edges: &mut Vec<UngradedEdge>, corpus: &Corpus) {
    let mut wanted = vec![false; corpus.len()];
    wanted[corpus.reported()].fill(true);
    let first = corpus.reported().start;
    // An edge runs forward in the order of the articles: from the last article back, one look at each is enough.
    let mut by_end: Vec<usize> = (0..edges.len()).collect();
    by_end.sort_by_key(|&i| std::cmp::Reverse(edges[i].to));
    for i in by_end {
        let edge = &edges[i];
        if let Origin::Article(from) = edge.from
            && wanted[edge.to]
            && edge.basis.is_directed()
            && from < edge.to
        {
            wanted[from] = true;
        }
    }
    let is_step = |edge: &UngradedEdge| {
        edge.basis.is_directed() && matches!(edge.from, Origin::Article(from) if from < edge.to)
    };
    edges.retain(|edge| edge.to >= first || (wanted[edge.to] && is_step(edge)));
}

/// The new position of each thing that is kept.
fn places(keep: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |&keep: &bool| {
        let place = keep.then_some(next);
        next += usize::from(keep);
        place
    };
    keep.iter().map(place).collect()
}

fn retain<T>(all: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    all.retain(|_| keep.next().copied().unwrap_or(true));
}

/// The match that a fact is about.
fn match_of(fact: &Evidence) -> Option<usize> {
    match fact {
        Evidence::Passage { matched, .. }
        | Evidence::Overlap { matched }
        | Evidence::Explains { matched } => Some(*matched),
        Evidence::Link { .. } | Evidence::Cites(_) | Evidence::Caveat { .. } => None,
    }
}

/// Every match that a kept edge names is kept.
fn move_match(fact: &mut Evidence, places: &[Option<usize>]) {
    if let Evidence::Passage { matched, .. }
    | Evidence::Overlap { matched }
    | Evidence::Explains { matched } = fact
        && let Some(Some(place)) = places.get(*matched)
    {
        *matched = *place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::RawCorpus;
    use crate::model::{Article, Basis, Registry};
    use crate::pipeline::{AnalyzeConfig, analyze};
    use crate::testing;

    /// Sentences that no two stories share.
    fn story(number: usize) -> String {
        let words = (0..80).map(|n| format!("word{number}x{n}")).collect::<Vec<_>>();
        format!("The harbour office said. {}.", words.join(" "))
    }

    /// Articles as (outlet, hour, story).
    fn corpus(articles: &[(&str, i64, usize)], reported_since: Option<i64>) -> Corpus {
        let article = |(i, &(outlet, hour, number)): (usize, &(&str, i64, usize))| {
            let at = testing::hours(hour);
            let text = story(number);
            Article { text, ..testing::article(&format!("{i}{outlet}"), outlet, at) }
        };
        Corpus::build(RawCorpus {
            articles: articles.iter().enumerate().map(article).collect(),
            registry: Registry::default(),
            reported_since: reported_since.map(testing::hours),
            ..RawCorpus::default()
        })
    }

    const ARTICLES: [(&str, i64, usize); 7] = [
        ("a", 0, 1),
        ("b", 5, 1),
        ("a", 10, 2),
        ("b", 30, 2),
        ("c", 31, 1),
        ("a", 40, 3),
        ("c", 41, 3),
    ];

    #[test]
    fn a_copy_of_an_earlier_article_is_seen_and_what_is_older_is_not_reported() {
        let all = analyze(&corpus(&ARTICLES, None), &AnalyzeConfig::default());
        let found = analyze(&corpus(&ARTICLES, Some(24)), &AnalyzeConfig::default());
        let pairs: Vec<(usize, usize)> =
            found.matches.iter().map(|m| (m.earlier, m.later)).collect();
        assert_eq!(all.matches.len(), 5);
        assert_eq!(pairs, [(0, 4), (1, 4), (2, 3), (5, 6)], "all but that of the first day");
        assert_eq!((all.narratives.len(), found.narratives.len()), (3, 3));
        for edge in &found.diffusion.edges {
            for fact in &edge.evidence {
                if let Some(matched) = match_of(fact) {
                    assert_eq!(found.matches[matched].later, edge.to, "{edge:?}");
                }
            }
            let twin = all.diffusion.edges.iter().find(|other| other.id == edge.id);
            assert_eq!(twin.map(|twin| twin.grade), Some(edge.grade), "context changes no grade");
        }
        assert!(found.diffusion.edges.iter().all(|edge| edge.to >= 3 || edge.grade.is_directed()));
    }

    #[test]
    fn shares_are_of_the_reported_articles() {
        let found = analyze(&corpus(&ARTICLES, Some(24)), &AnalyzeConfig::default());
        let pair = |a: &str, b: &str| {
            let mut pairs = found.significance.pairs.iter();
            pairs.find(|pair| pair.outlet_a == a && pair.outlet_b == b).unwrap()
        };
        let numbers = |a, b| (pair(a, b).articles_a, pair(a, b).articles_b);
        assert_eq!((numbers("a", "b"), numbers("a", "c")), ((1, 1), (1, 2)));
    }

    #[test]
    fn nothing_changes_where_all_is_reported() {
        let (open, at_first) = (corpus(&ARTICLES, None), corpus(&ARTICLES, Some(0)));
        let config = AnalyzeConfig::default();
        assert_eq!(analyze(&open, &config), analyze(&at_first, &config));
        assert_eq!(at_first.reported(), 0..7);
        let later = corpus(&ARTICLES, Some(1000));
        assert_eq!(later.reported(), 7..7);
        assert_eq!(analyze(&later, &config).matches, []);
    }

    #[test]
    fn a_chain_keeps_its_beginning() {
        let step = |from, to, basis| UngradedEdge {
            id: format!("{from}-{to}"),
            from: Origin::Article(from),
            to,
            basis,
            lag_minutes: None,
            clock_error_minutes: None,
            narrative: None,
            evidence: Vec::new(),
        };
        let corpus = corpus(&ARTICLES, Some(31));
        let edges = vec![
            step(0, 1, Basis::OwnText),
            step(0, 2, Basis::OwnText),
            step(0, 3, Basis::Undirected),
            step(1, 4, Basis::CitesOutlet),
            step(3, 5, Basis::Undirected),
        ];
        let found = of_period(&corpus, Findings { edges, ..Findings::default() });
        let ids: Vec<&str> = found.edges.iter().map(|edge| edge.id.as_str()).collect();
        assert_eq!(ids, ["0-1", "1-4", "3-5"]);
    }
}
