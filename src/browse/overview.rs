//! What the lists choose from and how they are ordered, found once. Rows lie side by side in memory and hold what filters ask
//! for: to filter a million of them is to read a few megabytes, not a million records.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashMap;

use super::library::{at, own_words};
use super::search::folded;
use crate::model::{Grade, PassageKind, Relation};
use crate::report::{ArticleRecord, Document, PassageRecord};

/// The place of what a record names but the run does not hold.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What the lists choose from.
#[derive(Default)]
pub(crate) struct Overview {
    /// Ids of all outlets, sorted: rows hold an outlet as its place here.
    all_outlets: Vec<&'static str>,
    /// Ids of the outlets that have articles, sorted.
    pub(crate) outlets: Vec<&'static str>,
    /// Codes of the languages of articles, sorted: rows hold a language as its place here.
    pub(crate) languages: Vec<&'static str>,
    /// First and last time of an article.
    pub(crate) period: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether the run holds whole texts.
    pub(crate) has_texts: bool,
    /// Articles, in order of time.
    pub(crate) articles: Vec<ArticleRow>,
    /// Matches, the most own text first.
    pub(crate) matches: Vec<MatchRow>,
    /// Passages, the longest first.
    pub(crate) passages: Vec<PassageRow>,
    /// Edges, the best grade first.
    pub(crate) edges: Vec<EdgeRow>,
    /// Positions of the narratives, the largest first.
    pub(crate) narratives: Vec<u32>,
    /// Folded words of the label of each narrative, by its position.
    pub(crate) labels: Vec<Vec<String>>,
}

/// What filters ask of an article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleRow {
    pub(crate) outlet: u32,
    pub(crate) language: u32,
    pub(crate) words: u32,
    pub(crate) day: Option<NaiveDate>,
    /// Kinds of the passages that it shares.
    pub(crate) kinds: Kinds,
}

/// What filters ask of a match.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MatchRow {
    pub(crate) place: u32,
    pub(crate) outlets: [u32; 2],
    own_words: u32,
    pub(crate) relation: Relation,
    pub(crate) kinds: Kinds,
}

/// What filters ask of a passage.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PassageRow {
    /// Position of the match, and place in it.
    pub(crate) matched: u32,
    pub(crate) place: u16,
    pub(crate) kind: PassageKind,
    pub(crate) words: u32,
    pub(crate) outlets: [u32; 2],
}

/// What filters ask of an edge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EdgeRow {
    pub(crate) place: u32,
    pub(crate) grade: Grade,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// A set of kinds of passages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    fn of(passages: &[PassageRecord]) -> Kinds {
        Kinds(passages.iter().fold(0, |set, passage| set | 1 << passage.kind as u8))
    }

    fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Whether a kind is among them.
    pub(crate) fn hold(self, kind: PassageKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}

/// The outlet or language that a filter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Any of them.
    Any,
    /// The one at this place.
    One(u32),
    /// One that the run does not know.
    Unknown,
}

impl Wanted {
    fn among(known: &[&str], name: &str) -> Wanted {
        match known.binary_search(&name) {
            _ if name.is_empty() => Wanted::Any,
            Ok(place) => Wanted::One(small(place)),
            Err(_) => Wanted::Unknown,
        }
    }

    /// Whether one of these is wanted.
    pub(crate) fn is_in(self, places: &[u32]) -> bool {
        match self {
            Wanted::Any => true,
            Wanted::One(place) => places.contains(&place),
            Wanted::Unknown => false,
        }
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NOWHERE)
}

impl Overview {
    /// Reads a run through, with the position of each article by its id.
    pub(super) fn of(
        document: &'static Document<'static>,
        articles: &FxHashMap<&'static str, usize>,
    ) -> Overview {
        let distinct = |of: fn(&'static ArticleRecord<'static>) -> &'static str| {
            let all = document.articles.iter().map(of).filter(|id| !id.is_empty());
            all.collect::<BTreeSet<&str>>().into_iter().collect::<Vec<&str>>()
        };
        let outlets = distinct(|article| &article.outlet);
        let known = document.outlets.iter().map(|outlet| outlet.id.as_ref());
        let all_outlets: BTreeSet<&str> = known.chain(outlets.iter().copied()).collect();
        let times = document.articles.iter().filter_map(at);
        let mut narratives: Vec<u32> = (0..small(document.narratives.len())).collect();
        narratives.sort_by_key(|&i| Reverse(document.narratives[i as usize].articles.len()));
        let mut overview = Overview {
            all_outlets: all_outlets.into_iter().collect(),
            outlets,
            languages: distinct(|article| &article.language),
            period: times.clone().min().zip(times.max()),
            has_texts: document.articles.iter().any(|article| article.text.is_some()),
            narratives,
            labels: document.narratives.iter().map(|n| folded(&n.label)).collect(),
            ..Overview::default()
        };
        overview.articles = document.articles.iter().map(|a| overview.article_row(a)).collect();
        overview.add_matches(document, articles);
        let edges = document.edges.iter().enumerate();
        overview.edges = edges
            .map(|(i, edge)| EdgeRow {
                place: small(i),
                grade: edge.grade,
                from: overview.outlet_place(edge.outlet_from.as_deref().unwrap_or_default()),
                to: overview.outlet_place(&edge.outlet_to),
            })
            .collect();
        overview.edges.sort_by_key(|row| row.grade);
        overview
    }

    fn article_row(&self, article: &ArticleRecord) -> ArticleRow {
        let language = self.languages.binary_search(&article.language.as_ref());
        ArticleRow {
            outlet: self.outlet_place(&article.outlet),
            language: language.map_or(NOWHERE, small),
            words: small(article.words),
            day: at(article).map(|time| time.date_naive()),
            kinds: Kinds::default(),
        }
    }

    fn add_matches(
        &mut self,
        document: &'static Document<'static>,
        articles: &FxHashMap<&'static str, usize>,
    ) {
        for (i, found) in document.matches.iter().enumerate() {
            let matched = small(i);
            let ends = [&found.a, &found.b].map(|id| articles.get(id.as_ref()).copied());
            let outlets = ends.map(|end| end.map_or(NOWHERE, |end| self.articles[end].outlet));
            let kinds = Kinds::of(&found.passages);
            for end in ends.into_iter().flatten() {
                self.articles[end].kinds = self.articles[end].kinds.and(kinds);
            }
            self.matches.push(MatchRow {
                place: matched,
                outlets,
                own_words: small(own_words(found)),
                relation: found.relation,
                kinds,
            });
            self.passages.extend((0..=u16::MAX).zip(&found.passages).map(|(place, passage)| {
                let (kind, words) = (passage.kind, small(passage.words));
                PassageRow { matched, place, kind, words, outlets }
            }));
        }
        self.matches.sort_by_key(|row| Reverse(row.own_words));
        self.passages.sort_by_key(|row| Reverse(row.words));
    }

    fn outlet_place(&self, id: &str) -> u32 {
        self.all_outlets.binary_search(&id).map_or(NOWHERE, small)
    }

    /// The outlet that a filter asks for; any if it says nothing.
    pub(crate) fn wanted_outlet(&self, id: &str) -> Wanted {
        Wanted::among(&self.all_outlets, id)
    }

    /// The language that a filter asks for.
    pub(crate) fn wanted_language(&self, code: &str) -> Wanted {
        Wanted::among(&self.languages, code)
    }

    /// Positions of the edges between two outlets, the best grade first.
    pub(crate) fn edges_between(&self, a: &str, b: &str) -> Vec<usize> {
        let [a, b] = [a, b].map(|id| self.outlet_place(id));
        let ends = |row: &&EdgeRow| [row.from, row.to] == [a, b] || [row.from, row.to] == [b, a];
        self.edges.iter().filter(ends).map(|row| row.place as usize).collect()
    }
}
