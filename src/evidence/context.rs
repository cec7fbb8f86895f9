//! The inputs of this stage with the indexes that the rules look things up in.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::links::Links;
use super::reading::Reading;
use crate::corpus::Corpus;
use crate::model::{
    Annotations, Article, Citation, CitationKind, Credit, Match, Narrative, Passage, PassageKind,
    Registry, narrative_of,
};
use crate::text::count::length;

/// Bytes of the longest headline: some 200 letters in scripts of two bytes a letter.
const HEADLINE_BYTES: usize = 400;
/// Least words of a line without a title of its own to be a headline: shorter ones are captions.
const HEADLINE_WORDS: usize = 8;
/// Words of stock lines that address the reader.
const READER: &[&str] = &[
    "you",
    "your",
    "our",
    "us",
    "here",
    "below",
    "click",
    "subscribe",
    "follow",
    "photo",
    "наш",
    "нас",
    "нами",
    "вас",
    "ваш",
    "здесь",
    "фото",
    "подпишитесь",
    "aquí",
    "nuestro",
    "nuestra",
    "siga",
    "ici",
    "notre",
    "vos",
    "hier",
    "unser",
    "unsere",
    "uns",
    "tutaj",
    "nasz",
    "nas",
];
/// The same in scripts without spaces.
const READER_UNSPACED: &[&str] = &["我们", "点击", "关注", "订阅", "本报", "本网"];

/// What is known, indexed by article.
pub(super) struct Context<'a> {
    pub(super) articles: &'a [Article],
    annotations: &'a Annotations,
    pub(super) registry: &'a Registry,
    pub(super) matches: &'a [Match],
    /// Per article: matches in which it is the later one, by the earlier one's index.
    pub(super) by_later: Vec<Vec<usize>>,
    /// Per article: matches in which it is the earlier one.
    by_earlier: Vec<Vec<usize>>,
    /// Per article: its text, read when it is first asked for.
    readings: Vec<OnceLock<Reading>>,
    /// Per article: its narrative.
    pub(super) narrative_of: Vec<Option<usize>>,
    /// Per article: whether it is its outlet's first in a narrative. A date without a time counts from the
    /// start of its day, so that an article that may have been earlier goes first.
    pub(super) takes_up: Vec<bool>,
    pub(super) links: Links,
    /// Per article: outlets, and names that the registry does not have, in its credit, byline or dateline while no earlier
    /// item of theirs in the archive shares text with it; outlets first, in order of their place.
    pub(super) unmatched_credits: Vec<Vec<&'a str>>,
}

impl<'a> Context<'a> {
    /// Builds the indexes; linear in articles, matches, links and citations.
    pub(super) fn new(
        corpus: &'a Corpus,
        annotations: &'a Annotations,
        matches: &'a [Match],
        narratives: &[Narrative],
    ) -> Context<'a> {
        let articles = corpus.articles();
        let mut by_later = vec![Vec::new(); articles.len()];
        let mut by_earlier = vec![Vec::new(); articles.len()];
        for (index, m) in matches.iter().enumerate() {
            let fits = m.earlier < m.later && m.later < articles.len();
            if fits && articles[m.earlier].outlet != articles[m.later].outlet {
                by_later[m.later].push(index);
                by_earlier[m.earlier].push(index);
            }
        }
        for list in &mut by_later {
            list.sort_by_key(|&i| (matches[i].earlier, i));
        }
        let unmatched_credits = unmatched_credits(corpus, annotations, matches, &by_later);
        let links = Links::new(articles, corpus.registry());
        Context {
            articles,
            annotations,
            registry: corpus.registry(),
            matches,
            by_later,
            by_earlier,
            readings: articles.iter().map(|_| OnceLock::new()).collect(),
            narrative_of: narrative_of(articles.len(), narratives),
            takes_up: first_of_outlet(articles, narratives),
            links,
            unmatched_credits,
        }
    }

    /// The narrative that holds both articles, if one does.
    pub(super) fn narrative_of_both(&self, a: usize, b: usize) -> Option<usize> {
        self.narrative_of[a].filter(|n| self.narrative_of[b] == Some(*n))
    }

    /// What an article's text is made of.
    pub(super) fn reading(&self, article: usize) -> &Reading {
        self.readings[article].get_or_init(|| Reading::new(&self.articles[article]))
    }

    /// All citations in an article, in order of their place.
    pub(super) fn citations(&self, article: usize) -> &'a [Citation] {
        self.annotations.citations(article)
    }

    /// All credits of an article, beyond its citations.
    pub(super) fn credits(&self, article: usize) -> &'a [Credit] {
        self.annotations.credits(article)
    }

    /// What articles other than the two of `m` hold of one of these: (article, where in this one).
    pub(super) fn other_holders(&self, article: usize, m: &Match) -> Vec<(usize, Range<usize>)> {
        let mut held = Vec::new();
        let mut add = |other: usize, spans: &mut dyn Iterator<Item = Range<usize>>| {
            if other != m.earlier && other != m.later {
                held.extend(spans.map(|span| (other, span)));
            }
        };
        for matched in self.matches_into(article) {
            add(matched.earlier, &mut matched.passages.iter().map(|p| p.later.clone()));
        }
        for &index in &self.by_earlier[article] {
            let matched = &self.matches[index];
            add(matched.later, &mut matched.passages.iter().map(|p| p.earlier.clone()));
        }
        held
    }

    /// Whether an outlet publishes in the language of an article, as far as its editions are known: one
    /// that does not is quoted for a fact, not copied.
    pub(super) fn writes_language_of(&self, outlet: &str, article: usize) -> bool {
        let language = &self.articles[article].language;
        self.registry.get(outlet).is_none_or(|outlet| {
            outlet.editions.is_empty()
                || outlet.editions.iter().any(|edition| edition.language == *language)
        })
    }

    /// Whether an earlier item of `outlet` in the archive shares text with `article`.
    pub(super) fn has_item_of(&self, outlet: &str, article: usize) -> bool {
        self.matches_into(article)
            .any(|m| self.articles[m.earlier].outlet == outlet && shares_text(m, self.articles))
    }

    /// Citations in `article` that name `outlet` as a source.
    pub(super) fn sources(
        &self,
        article: usize,
        outlet: &str,
    ) -> impl Iterator<Item = &'a Citation> {
        let outlet = outlet.to_owned();
        self.annotations
            .citations(article)
            .iter()
            .filter(move |c| c.outlet == outlet && c.kind != CitationKind::Mention)
    }

    /// The matches in which `article` is the later one, in the order of the earlier one.
    pub(super) fn matches_into(&self, article: usize) -> impl Iterator<Item = &'a Match> {
        let matches = self.matches;
        self.by_later[article].iter().map(move |&i| &matches[i])
    }

    /// Whether a name, or the id of an outlet, is one of the two outlets of `m`.
    pub(super) fn is_of_pair(&self, name: &str, m: &Match) -> bool {
        [m.earlier, m.later]
            .iter()
            .any(|&one| self.registry.is_called(&self.articles[one].outlet, name))
    }

    /// Whether either article credits a source other than the two outlets as the origin of its text, without a matching
    /// item in the archive.
    pub(super) fn has_foreign_credit(&self, m: &Match) -> bool {
        let mut both =
            self.unmatched_credits[m.later].iter().chain(&self.unmatched_credits[m.earlier]);
        both.any(|name| !self.is_of_pair(name, m))
    }

    /// Whether the passage is the earlier article's own text for the purposes of this pair: `own`, or a
    /// wire's text where the earlier article *is* that wire's. Text called a wire's only because one is
    /// credited is the earlier article's own if that wire's item is in the archive and shares
    /// other text: it would be named as the holder of this passage too.
    pub(super) fn is_own(&self, m: &Match, passage: &Passage) -> bool {
        let outlet = &self.articles[m.earlier].outlet;
        match (passage.kind, passage.holder) {
            (PassageKind::Own, _) => true,
            (PassageKind::Wire, Some(holder)) => {
                self.articles.get(holder).is_some_and(|h| h.outlet == *outlet)
            }
            (PassageKind::Wire, None) => {
                self.sources(m.later, outlet).next().is_some() || !self.has_foreign_credit(m)
            }
            (PassageKind::Quoted | PassageKind::Boilerplate, _) => false,
        }
    }
}

fn first_of_outlet(articles: &[Article], narratives: &[Narrative]) -> Vec<bool> {
    let mut first = vec![false; articles.len()];
    for narrative in narratives {
        let mut seen = BTreeSet::new();
        for &index in &narrative.articles {
            if articles.get(index).is_some_and(|article| seen.insert(article.outlet.as_str())) {
                first[index] = true;
            }
        }
    }
    first
}

fn unmatched_credits<'a>(
    corpus: &Corpus,
    annotations: &'a Annotations,
    matches: &[Match],
    by_later: &[Vec<usize>],
) -> Vec<Vec<&'a str>> {
    let (articles, registry) = (corpus.articles(), corpus.registry());
    let of = |index: usize| {
        let credits = annotations.citations(index).iter().filter(|c| c.kind.is_credit());
        let mut credited: Vec<&str> = credits.map(|c| c.outlet.as_str()).collect();
        let others = annotations.credits(index).iter().filter(|c| c.kind.is_credit());
        let is_own = |name: &str| registry.is_called(&articles[index].outlet, name);
        credited.extend(others.map(|c| c.name.as_str()).filter(|name| !is_own(name)));
        if credited.is_empty() {
            return credited;
        }
        let partners: BTreeSet<&str> = by_later[index]
            .iter()
            .map(|&i| &matches[i])
            .filter(|m| shares_text(m, articles))
            .map(|m| articles[m.earlier].outlet.as_str())
            .collect();
        let mut seen = BTreeSet::new();
        credited.retain(|outlet| !partners.contains(outlet) && seen.insert(*outlet));
        credited
    };
    (0..articles.len()).map(of).collect()
}

/// Whether the two articles share text other than boilerplate.
pub(super) fn shares_text(m: &Match, articles: &[Article]) -> bool {
    m.passages.iter().any(|p| p.kind != PassageKind::Boilerplate) || is_bare_copy(m, articles)
}

/// Whether both records consist of a headline and nothing else, and it is the same: their whole text
/// is reused, however short. In full articles an equal headline alone is no evidence.
pub(super) fn is_bare_copy(m: &Match, articles: &[Article]) -> bool {
    let (a, b) = (&articles[m.earlier], &articles[m.later]);
    let written = |article: &Article| article.text.len().max(article.title.len());
    // Equal headlines have about one length: spares the comparison for full articles.
    if written(a).abs_diff(written(b)) > HEADLINE_BYTES / 2 {
        return false;
    }
    let (a, b) = (headline_alone(a), headline_alone(b));
    a.is_some() && a == b
}

/// The letters of a record's headline, if it has no other text.
fn headline_alone(article: &Article) -> Option<String> {
    let letters = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (title, text) = (article.title.trim(), article.text.trim());
    if text.len() > HEADLINE_BYTES.max(title.len() + 16) {
        return None;
    }
    let line = if text.is_empty() { title } else { text };
    let alone = letters(line);
    (alone == letters(title) || reads_like_a_headline(line))
        .then_some(alone)
        .filter(|l| !l.is_empty())
}

/// Whether a line that is a record's whole text reads like a headline: long enough to be no caption, no
/// sentence with an end mark, and not addressed to the reader, as stock lines are.
fn reads_like_a_headline(line: &str) -> bool {
    let lower = line.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_sentence =
        |c: char| matches!(c, '\n' | '.' | '!' | '…' | ':' | '。' | '！' | '：' | '©');
    length(line).in_words() >= HEADLINE_WORDS
        && !line.contains(is_sentence)
        && !words.any(|word| READER.contains(&word))
        && !READER_UNSPACED.iter().any(|word| lower.contains(word))
}
