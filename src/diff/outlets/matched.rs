//! The matches of two outlets, one by one and by month.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{Between, at};
use crate::load_run::Lookup;
use crate::model::{Grade, PassageKind, Relation};
use crate::report::{ArticleRecord, Document, MatchRecord};

/// A match, told the way that was asked: `a` is of the first outlet.
#[derive(Serialize)]
pub(super) struct Matched<'d> {
    #[serde(rename = "match")]
    pub(super) id: &'d str,
    pub(super) article_a: &'d str,
    pub(super) article_b: &'d str,
    pub(super) published_a: DateTime<Utc>,
    pub(super) published_b: DateTime<Utc>,
    pub(super) headline_a: &'d str,
    pub(super) headline_b: &'d str,
    pub(super) relation: Relation,
    /// Equal words of own text, and of all passages.
    pub(super) own_words: usize,
    pub(super) words: usize,
    /// Best grade of a directed edge between the two articles.
    pub(super) grade: Option<Grade>,
}

/// What a calendar month (UTC) of the later article or, for articles, of their own holds.
#[derive(Default, Serialize)]
pub(super) struct Month {
    /// `2026-03`.
    #[serde(rename = "month")]
    pub(super) name: String,
    pub(super) articles_a: usize,
    pub(super) articles_b: usize,
    pub(super) matches: usize,
    /// Those with a passage of own text.
    pub(super) own_matches: usize,
    pub(super) edges_ab: usize,
    pub(super) edges_ba: usize,
}

/// All matches between the two, the most own text first, then the most shared text, then in order of time.
pub(super) fn matches<'d>(between: &Between<'d>, lookup: &Lookup<'d>) -> Vec<Matched<'d>> {
    let mut grades: FxHashMap<(&str, &str), Grade> = FxHashMap::default();
    for (edge, _) in &between.edges {
        if let Some(from) = edge.from.as_deref() {
            let best = grades.entry((from, &edge.to)).or_insert(edge.grade);
            *best = edge.grade.min(*best);
        }
    }
    let words = |found: &MatchRecord, own: bool| -> usize {
        let passages = found.passages.iter().filter(|p| !own || p.kind == PassageKind::Own);
        passages.map(|p| p.words).sum()
    };
    let one = |&(found, straight): &(&'d MatchRecord<'d>, bool)| {
        let [x, y] = [lookup.article(&found.a)?, lookup.article(&found.b)?];
        let (a, b) = if straight { (x, y) } else { (y, x) };
        let edge = |from: &ArticleRecord, to: &ArticleRecord| {
            grades.get(&(from.id.as_ref(), to.id.as_ref())).copied()
        };
        Some(Matched {
            id: &found.id,
            article_a: &a.id,
            article_b: &b.id,
            published_a: at(a),
            published_b: at(b),
            headline_a: &a.title,
            headline_b: &b.title,
            relation: found.relation,
            own_words: words(found, true),
            words: words(found, false),
            grade: edge(a, b).into_iter().chain(edge(b, a)).min(),
        })
    };
    let mut matches: Vec<Matched> = between.matches.iter().filter_map(one).collect();
    matches.sort_by_key(|m| {
        let later = m.published_a.max(m.published_b);
        (std::cmp::Reverse((m.own_words, m.words)), later, m.id)
    });
    matches
}

/// The months in which one of the two has an article, in order.
pub(super) fn months(
    document: &Document,
    between: &Between,
    matches: &[Matched],
    (a, b): (&str, &str),
) -> Vec<Month> {
    let name = |time: DateTime<Utc>| time.format("%Y-%m").to_string();
    let mut months: BTreeMap<String, Month> = BTreeMap::new();
    let mut time_of: FxHashMap<&str, DateTime<Utc>> = FxHashMap::default();
    for article in &document.articles {
        let (is_a, is_b) = (article.outlet == a, article.outlet == b);
        if is_a || is_b {
            time_of.insert(&article.id, at(article));
            let month = months.entry(name(at(article))).or_default();
            month.articles_a += usize::from(is_a);
            month.articles_b += usize::from(is_b);
        }
    }
    for found in matches {
        let later = found.published_a.max(found.published_b);
        let month = months.entry(name(later)).or_default();
        month.matches += 1;
        month.own_matches += usize::from(found.own_words > 0);
    }
    for (edge, straight) in &between.edges {
        if let Some(time) = time_of.get(edge.to.as_ref()) {
            let month = months.entry(name(*time)).or_default();
            *(if *straight { &mut month.edges_ab } else { &mut month.edges_ba }) += 1;
        }
    }
    months.into_iter().map(|(name, counts)| Month { name, ..counts }).collect()
}
