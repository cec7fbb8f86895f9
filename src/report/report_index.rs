//! The analysis with what every format looks up: names by article, narrative by article, matches
//! that a common source explains.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::{ReportConfig, Run};
use crate::corpus::Corpus;
use crate::model::{
    Analysis, Article, ArticleRole, Edge, Evidence, Grade, Match, Origin, Outlet, Passage, Role,
    narrative_of,
};
use crate::text::count;

/// An analysis and what is looked up in it.
pub struct ReportIndex<'a> {
    /// What was analyzed.
    pub(crate) corpus: &'a Corpus,
    /// What is reported.
    pub(crate) analysis: &'a Analysis,
    /// How it came about.
    pub(crate) run: &'a Run,
    /// How it is reported.
    pub(crate) config: &'a ReportConfig,
    /// Outlet, by article; none if the registry does not have it.
    outlets: Vec<Option<&'a Outlet>>,
    /// Words of the text, by article.
    words: Vec<usize>,
    /// Narrative index, by article.
    narratives: Vec<Option<usize>>,
    /// By match: an edge from a common source explains it.
    common_source: Vec<bool>,
    /// Edge indices, by narrative.
    edges: Vec<Vec<usize>>,
    /// Edges by text alone (E3) from one outlet to another, by both.
    by_text: BTreeMap<(&'a str, &'a str), usize>,
    /// Articles that are listed.
    listed: Vec<usize>,
}

impl<'a> ReportIndex<'a> {
    /// Looks up what the formats need. `O(text + edges)`.
    pub fn new(
        corpus: &'a Corpus,
        analysis: &'a Analysis,
        run: &'a Run,
        config: &'a ReportConfig,
    ) -> ReportIndex<'a> {
        let articles = corpus.articles();
        let outlets = articles.iter().map(|a| corpus.registry().get(&a.outlet)).collect();
        let words = articles.par_iter().map(|a| count::length(&a.text).units()).collect();
        let narratives = narrative_of(articles.len(), &analysis.narratives);
        let mut common_source = vec![false; analysis.matches.len()];
        for edge in &analysis.diffusion.edges {
            for evidence in &edge.evidence {
                if let Evidence::Explains { matched } = evidence
                    && let Some(slot) = common_source.get_mut(*matched)
                {
                    *slot = true;
                }
            }
        }
        let mut edges = vec![Vec::new(); analysis.narratives.len()];
        for (i, edge) in analysis.diffusion.edges.iter().enumerate() {
            if let Some(list) = edge.narrative.and_then(|narrative| edges.get_mut(narrative)) {
                list.push(i);
            }
        }
        let mut index = ReportIndex {
            corpus,
            analysis,
            run,
            config,
            outlets,
            words,
            narratives,
            common_source,
            edges,
            by_text: BTreeMap::new(),
            listed: listed(corpus, analysis),
        };
        for edge in analysis.diffusion.edges.iter().filter(|edge| edge.grade == Grade::E3) {
            let ends = (index.origin_outlet(edge), index.article(edge.to).outlet.as_str());
            *index.by_text.entry(ends).or_default() += 1;
        }
        index
    }

    /// Edges by text alone (E3) from the first outlet to the second, and back.
    pub(crate) fn edges_by_text(&self, a: &str, b: &str) -> (usize, usize) {
        let count = |from, to| self.by_text.get(&(from, to)).copied().unwrap_or_default();
        (count(a, b), count(b, a))
    }

    /// The article at this position; an index from the analysis itself is always in range.
    pub(crate) fn article(&self, index: usize) -> &'a Article {
        &self.corpus.articles()[index]
    }

    /// The articles of the outputs: those that are reported, and earlier ones that something reported refers to.
    pub(crate) fn listed(&self) -> &[usize] {
        &self.listed
    }

    /// The articles of the period that was asked for.
    pub(crate) fn reported_articles(&self) -> &'a [Article] {
        &self.corpus.articles()[self.corpus.reported()]
    }

    /// Whether an article is of the period that was asked for; the others were compared with.
    pub(crate) fn is_reported(&self, article: usize) -> bool {
        self.corpus.reported().contains(&article)
    }

    /// The match at this position.
    pub(crate) fn matched(&self, index: usize) -> &'a Match {
        &self.analysis.matches[index]
    }

    /// Index of the match of two articles, in either order.
    pub(crate) fn match_between(&self, one: usize, other: usize) -> Option<usize> {
        let pair = (one.min(other), one.max(other));
        self.analysis.matches.binary_search_by_key(&pair, |m| (m.earlier, m.later)).ok()
    }

    /// The edge at this position.
    pub(crate) fn edge(&self, index: usize) -> &'a Edge {
        &self.analysis.diffusion.edges[index]
    }

    /// The name of an article's outlet.
    pub(crate) fn outlet_name(&self, article: usize) -> &'a str {
        self.outlets[article].map_or(&self.article(article).outlet, |outlet| &outlet.name)
    }

    /// What the outlet of an article is in the comparison.
    pub(crate) fn outlet_role(&self, article: usize) -> Role {
        self.outlets[article].map_or(Role::Subject, |outlet| outlet.role)
    }

    /// The state that owns or funds the outlet of an article; empty if none or not known.
    pub(crate) fn outlet_state(&self, article: usize) -> &'a str {
        self.outlets[article].and_then(|outlet| outlet.state.as_deref()).unwrap_or("")
    }

    /// The name of an outlet.
    pub(crate) fn name(&self, outlet: &'a str) -> &'a str {
        self.corpus.registry().name(outlet)
    }

    /// The state that owns or funds an outlet; empty if none or not known.
    pub(crate) fn state(&self, outlet: &str) -> &'a str {
        self.corpus.registry().get(outlet).and_then(|o| o.state.as_deref()).unwrap_or("")
    }

    /// Index of the narrative that holds an article.
    pub(crate) fn narrative_of(&self, article: usize) -> Option<usize> {
        self.narratives[article]
    }

    /// Id of a narrative; empty for none.
    pub(crate) fn narrative_id(&self, narrative: Option<usize>) -> &'a str {
        narrative.map_or("", |i| self.analysis.narratives[i].id.as_str())
    }

    /// Edges of a narrative, ascending.
    pub(crate) fn edges_of(&self, narrative: usize) -> &[usize] {
        &self.edges[narrative]
    }

    /// Whether a common source explains this match.
    pub(crate) fn has_common_source(&self, matched: usize) -> bool {
        self.common_source[matched]
    }

    /// Role of the article at `position` of a narrative's list.
    pub(crate) fn role(&self, narrative: usize, position: usize) -> Option<ArticleRole> {
        self.analysis.diffusion.roles.get(narrative)?.get(position).copied()
    }

    /// Outlet id where an edge starts; empty for a statement.
    pub(crate) fn origin_outlet(&self, edge: &'a Edge) -> &'a str {
        match &edge.from {
            Origin::Article(article) => &self.article(*article).outlet,
            Origin::Outlet(outlet) => outlet,
            Origin::Statement => "",
        }
    }

    /// Words of an article's text; in scripts without spaces each character counts.
    pub(crate) fn words(&self, article: usize) -> usize {
        self.words[article]
    }
}

/// The reported articles, and the earlier ones that something reported refers to, ascending.
fn listed(corpus: &Corpus, analysis: &Analysis) -> Vec<usize> {
    let mut wanted = vec![false; corpus.len()];
    wanted[corpus.reported()].fill(true);
    let mut want = |article: usize| {
        if let Some(slot) = wanted.get_mut(article) {
            *slot = true;
        }
    };
    for matched in &analysis.matches {
        want(matched.earlier);
        want(matched.later);
        matched.passages.iter().filter_map(|passage| passage.holder).for_each(&mut want);
    }
    analysis.narratives.iter().flat_map(|n| &n.articles).copied().for_each(&mut want);
    for edge in &analysis.diffusion.edges {
        origin_article(edge).into_iter().chain([edge.to]).for_each(&mut want);
    }
    (0..corpus.len()).filter(|&article| wanted[article]).collect()
}

/// The claimed publication time of an article.
pub(crate) fn published(article: &Article) -> Option<DateTime<Utc>> {
    article.published.as_ref().map(|p| p.utc)
}

/// The article index where an edge starts, if it starts in one.
pub(crate) fn origin_article(edge: &Edge) -> Option<usize> {
    match edge.from {
        Origin::Article(article) => Some(article),
        Origin::Outlet(_) | Origin::Statement => None,
    }
}

/// The text of a passage as article a has it; empty if the span does not fit the text.
pub(crate) fn passage_text<'t>(article: &'t Article, passage: &Passage) -> &'t str {
    article.text.get(passage.earlier.clone()).unwrap_or("")
}

/// The text of a passage as article b has it.
pub(crate) fn passage_text_b<'t>(article: &'t Article, passage: &Passage) -> &'t str {
    article.text.get(passage.later.clone()).unwrap_or("")
}

/// Equal words in the passages of a match that count as evidence between outlets.
pub(crate) fn own_words(matched: &Match) -> usize {
    matched
        .passages
        .iter()
        .filter(|p| p.kind == crate::model::PassageKind::Own)
        .map(|p| p.words)
        .sum()
}
