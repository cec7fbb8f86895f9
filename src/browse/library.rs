//! A run as the pages look it up: what belongs to an article, a pair, a narrative, and what holds the words looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashMap;

use super::overview::Overview;
use super::search::{Query, SearchIndex, Searched};
use crate::load_run::Lookup;
use crate::model::{OutletPair, PassageKind};
use crate::report::{ArticleRecord, ChainRecord, Document, MatchRecord};
use crate::text::words;

/// Two outlet ids, the smaller one first.
type Ids = (&'static str, &'static str);

/// A run that is held as long as the program runs.
pub(crate) struct Library {
    /// Everything that `analysis.json` holds.
    pub(crate) document: &'static Document<'static>,
    /// Records by id.
    pub(crate) lookup: Lookup<'static>,
    /// Position of each article, by id.
    articles: FxHashMap<&'static str, usize>,
    /// By position of an article: positions of its matches, and of its edges.
    matches: Vec<Vec<u32>>,
    edges: Vec<Vec<u32>>,
    /// Positions of pairs of outlets and of chains.
    pair_places: BTreeMap<Ids, usize>,
    chains: FxHashMap<&'static str, usize>,
    /// What the lists choose from and how they are ordered.
    pub(crate) overview: Overview,
    /// Filled when the words have been read, which takes a while for a large run.
    index: OnceLock<SearchIndex>,
}

impl Library {
    /// Takes the run over for good.
    pub(crate) fn new(document: Document<'static>) -> Library {
        let document: &'static Document<'static> = Box::leak(Box::new(document));
        let articles: FxHashMap<&str, usize> =
            document.articles.iter().enumerate().map(|(i, a)| (a.id.as_ref(), i)).collect();
        let mut library = Library {
            document,
            lookup: Lookup::new(document),
            matches: vec![Vec::new(); document.articles.len()],
            edges: vec![Vec::new(); document.articles.len()],
            pair_places: document
                .outlet_pairs
                .iter()
                .enumerate()
                .map(|(i, pair)| (order(&pair.outlet_a, &pair.outlet_b), i))
                .collect(),
            chains: document.chains.iter().enumerate().map(|(i, c)| (c.id.as_ref(), i)).collect(),
            overview: Overview::of(document, &articles),
            articles,
            index: OnceLock::new(),
        };
        library.sort_in();
        library
    }

    fn sort_in(&mut self) {
        for (i, found) in self.document.matches.iter().enumerate() {
            let Ok(at) = u32::try_from(i) else { break };
            let ends = [&found.a, &found.b].map(|id| self.articles.get(id.as_ref()).copied());
            if let [Some(a), Some(b)] = ends {
                self.matches[a].push(at);
                self.matches[b].push(at);
            }
        }
        for (i, edge) in self.document.edges.iter().enumerate() {
            let Ok(at) = u32::try_from(i) else { break };
            let ends: BTreeSet<usize> = [edge.from.as_deref(), Some(edge.to.as_ref())]
                .into_iter()
                .flatten()
                .filter_map(|id| self.articles.get(id).copied())
                .collect();
            for end in ends {
                self.edges[end].push(at);
            }
        }
    }

    /// Reads the words of all articles; searches find nothing before. See [`SearchIndex::open`].
    ///
    /// # Errors
    ///
    /// What `SQLite` reports.
    pub(crate) fn read_words(
        &self,
        path: Option<&std::path::Path>,
        progress: &mut dyn FnMut(usize),
    ) -> anyhow::Result<()> {
        let article = |i: usize| {
            let article = &self.document.articles[i];
            Searched { title: &article.title, body: self.body(i) }
        };
        let index = SearchIndex::open(path, self.document.articles.len(), article, progress)?;
        // A second index would be the same.
        let _ = self.index.set(index);
        Ok(())
    }

    /// Whether searches can be answered.
    pub(crate) fn is_searchable(&self) -> bool {
        self.index.get().is_some()
    }

    /// The text of an article, else the passages of it that are quoted somewhere.
    fn body(&self, article: usize) -> String {
        let record = &self.document.articles[article];
        if let Some(text) = &record.text {
            return text.to_string();
        }
        let mut passages: BTreeMap<usize, &str> = BTreeMap::new();
        for found in self.matches_of(article) {
            let is_a = found.a == record.id;
            for passage in &found.passages {
                let (start, text) = if is_a {
                    (passage.a[0], passage.text.as_ref())
                } else {
                    (passage.b[0], passage.text_b.as_deref().unwrap_or(&passage.text))
                };
                passages.entry(start).or_insert(text);
            }
        }
        passages.into_values().collect::<Vec<_>>().join("\n")
    }

    /// The text round the first of the words looked for; empty if only the headline holds them.
    pub(crate) fn context(&self, article: usize, query: &Query) -> String {
        /// What is shown of each side, in bytes.
        const SIDE: usize = 90;
        if query.is_empty() {
            return String::new();
        }
        let body = self.body(article);
        let found = words(&body).into_iter().find(|word| query.marks(&word.folded));
        let Some(found) = found else { return String::new() };
        let start = body.floor_char_boundary(found.span.start.saturating_sub(SIDE));
        let end = body.ceil_char_boundary((found.span.end + SIDE).min(body.len()));
        let (before, after) =
            (if start > 0 { "…" } else { "" }, if end < body.len() { "…" } else { "" });
        format!("{before}{}{after}", &body[start..end])
    }

    /// Position of an article.
    pub(crate) fn place(&self, article: &str) -> Option<usize> {
        self.articles.get(article).copied()
    }

    /// Positions of the matches of an article.
    pub(crate) fn match_places(&self, article: usize) -> &[u32] {
        &self.matches[article]
    }

    /// Positions of the edges that begin or end in an article.
    pub(crate) fn edge_places(&self, article: usize) -> &[u32] {
        &self.edges[article]
    }

    /// Position of an edge.
    pub(crate) fn edge_place(&self, id: &str) -> Option<usize> {
        let ends_in = self.place(&self.lookup.edge(id)?.to)?;
        let mut there = self.edges[ends_in].iter().map(|&i| i as usize);
        there.find(|&i| self.document.edges[i].id == id)
    }

    /// Matches of an article.
    pub(crate) fn matches_of(
        &self,
        article: usize,
    ) -> impl Iterator<Item = &'static MatchRecord<'static>> {
        let document = self.document;
        self.matches[article].iter().map(move |&i| &document.matches[i as usize])
    }

    /// The pair of two outlets.
    pub(crate) fn pair(&self, a: &str, b: &str) -> Option<&'static OutletPair> {
        let (a, b) = (self.outlet(a)?, self.outlet(b)?);
        self.pair_places.get(&order(a, b)).map(|&at| &self.document.outlet_pairs[at])
    }

    /// An outlet's id as the run holds it.
    pub(crate) fn outlet(&self, id: &str) -> Option<&'static str> {
        let outlets = &self.document.outlets;
        let at = outlets.binary_search_by(|outlet| outlet.id.as_ref().cmp(id)).ok()?;
        Some(&outlets[at].id)
    }

    /// A chain.
    pub(crate) fn chain(&self, id: &str) -> Option<&'static ChainRecord<'static>> {
        self.chains.get(id).map(|&at| &self.document.chains[at])
    }

    /// Positions of the narratives that both outlets carry.
    pub(crate) fn narratives_of(&self, outlets: [&str; 2]) -> Vec<usize> {
        let all = &self.document.narratives;
        let carries = |i: usize, id: &str| all[i].outlets.iter().any(|outlet| outlet == id);
        (0..all.len()).filter(|&i| outlets.iter().all(|id| carries(i, id))).collect()
    }

    /// Positions of the articles that a filter lets through, in order of time.
    ///
    /// # Errors
    ///
    /// What `SQLite` reports.
    pub(crate) fn articles(&self, filter: &ArticleFilter) -> anyhow::Result<Vec<usize>> {
        let found = match self.index.get() {
            Some(index) => index.find(&filter.query)?,
            None if filter.query.is_empty() => None,
            None => Some(Vec::new()),
        };
        let overview = &self.overview;
        let outlet = overview.wanted_outlet(&filter.outlet);
        let language = overview.wanted_language(&filter.language);
        let passes = |&i: &usize| {
            let row = &overview.articles[i];
            outlet.is_in(&[row.outlet])
                && language.is_in(&[row.language])
                && filter.since.is_none_or(|since| row.day.is_some_and(|day| day >= since))
                && filter.until.is_none_or(|until| row.day.is_some_and(|day| day <= until))
                && row.words as usize >= filter.min_words
                && filter.passage.is_none_or(|kind| row.kinds.hold(kind))
        };
        Ok(match found {
            Some(found) => found.into_iter().filter(passes).collect(),
            None => (0..overview.articles.len()).filter(passes).collect(),
        })
    }
}

/// Which articles are wanted. The default lets all through.
#[derive(Debug, Default)]
pub(crate) struct ArticleFilter {
    /// Words.
    pub(crate) query: Query,
    /// Outlet id; empty for all.
    pub(crate) outlet: String,
    /// Language code; empty for all.
    pub(crate) language: String,
    /// First and last UTC day.
    pub(crate) since: Option<NaiveDate>,
    pub(crate) until: Option<NaiveDate>,
    /// Least length.
    pub(crate) min_words: usize,
    /// It shares a passage of this kind.
    pub(crate) passage: Option<PassageKind>,
}

/// The time by which an article is ordered.
pub(crate) fn at(article: &ArticleRecord) -> Option<DateTime<Utc>> {
    let published = article.published.as_deref().map(|p| p.utc);
    match (published, article.first_seen) {
        (Some(published), Some(seen)) => Some(published.min(seen)),
        (published, seen) => published.or(seen),
    }
}

/// Equal words of own text.
pub(crate) fn own_words(found: &MatchRecord) -> usize {
    let own = found.passages.iter().filter(|p| p.kind == PassageKind::Own);
    own.map(|p| p.words).sum()
}

fn order<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    if a <= b { (a, b) } else { (b, a) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    /// The sample run, with or without its texts.
    pub(crate) fn library(texts: bool) -> Library {
        let (sample, run) = (sample::analysis(), sample::run());
        let config = ReportConfig { texts, ..ReportConfig::default() };
        let view = sample.view(&run, &config);
        let bytes = serde_json::to_vec(&Document::of(&view)).unwrap();
        let library = Library::new(Document::read(&bytes).unwrap());
        library.read_words(None, &mut |_| {}).unwrap();
        library
    }

    fn found(library: &Library, filter: &ArticleFilter) -> Vec<&'static str> {
        let places = library.articles(filter).unwrap();
        places.into_iter().map(|i| library.document.articles[i].outlet.as_ref()).collect()
    }

    #[test]
    fn filters_narrow_and_do_not_reorder() {
        let library = library(true);
        let all = ArticleFilter::default();
        assert_eq!(found(&library, &all).len(), library.document.articles.len());
        let locks = || Query::parse("eastern locks");
        let by_words = ArticleFilter { query: locks(), ..Default::default() };
        let with_words = found(&library, &by_words);
        assert!(with_words.len() >= 3 && with_words.len() < library.document.articles.len());
        let of_one =
            ArticleFilter { query: locks(), outlet: "lantern".into(), ..Default::default() };
        assert!(found(&library, &of_one).iter().all(|outlet| *outlet == "lantern"));
        let own = ArticleFilter { passage: Some(PassageKind::Own), ..Default::default() };
        assert!(!found(&library, &own).is_empty());
        let chinese = ArticleFilter { query: Query::parse("船闸"), ..Default::default() };
        assert_eq!(found(&library, &chinese), ["lantern"]);
        let day = library.document.articles[0].published.as_ref().unwrap().utc.date_naive();
        let first_day = ArticleFilter { until: Some(day), ..Default::default() };
        assert!(found(&library, &first_day).len() < library.document.articles.len());
    }

    #[test]
    fn without_texts_the_passages_are_searched() {
        let (with, without) = (library(true), library(false));
        let query = |text: &str| ArticleFilter { query: Query::parse(text), ..Default::default() };
        assert!(with.overview.has_texts && !without.overview.has_texts);
        assert!(!found(&without, &query("quietly signed over")).is_empty());
        assert!(found(&without, &query("Our correspondent reports")).is_empty());
        assert!(!found(&with, &query("Our correspondent reports")).is_empty());
    }

    #[test]
    fn pairs_are_found_either_way() {
        let library = library(false);
        let between = |a, b| library.overview.edges_between(a, b);
        assert!(!between("north-star", "meridian").is_empty());
        assert_eq!(between("north-star", "meridian"), between("meridian", "north-star"));
        assert!(between("north-star", "nobody").is_empty());
        assert!(library.pair("north-star", "meridian").is_some());
        assert!(library.pair("north-star", "nobody").is_none());
    }
}
