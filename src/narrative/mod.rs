//! Matches to narratives: which articles tell one story, and what to call it.
//!
//! A narrative is an episode of coverage of one event or claim. Republished texts are one story by
//! definition; everything else is grouped by average linkage on the match graph. Who led and who
//! followed is left to `evidence`, what it means for outlets to `significance`.

mod expression;
mod graph;
mod label;
mod linkage;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::Corpus;
use crate::ids::stable_id;
use crate::model::{Annotations, Article, Match, Narrative};
use linkage::Linkage;

/// Least mean weight at which two groups of articles are one narrative.
///
/// On 772 news articles about 66 events (ECB+ topics 1–35, links of cosine ≥ 0.2) B-cubed F1 stays
/// within .01 of its best from 0.10 to 0.22, for 2 to 20 outlets, even or skewed; 0.18 is in the
/// middle of that range (`docs/method.md`, "Narratives").
pub const DEFAULT_MIN_SIMILARITY: f64 = 0.18;

/// Part of a pair that two articles of one outlet count in the mean weight. They never have a link,
/// so they must hardly count as dissimilar; but not counting them at all would let one roundup
/// article tie an outlet's whole day together. On the same labelled set 0 to 0.1 give the same
/// quality; at 1 it falls by a tenth with three outlets and by half with two.
pub const DEFAULT_SAME_OUTLET: f64 = 0.05;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NarrativeConfig {
    /// Least mean weight of the links between two groups that become one, `0..=1`.
    pub min_similarity: f64,
    /// Part of a pair that two articles of one outlet count in that mean, `0..=1`.
    pub same_outlet: f64,
}

impl Default for NarrativeConfig {
    fn default() -> Self {
        NarrativeConfig { min_similarity: DEFAULT_MIN_SIMILARITY, same_outlet: DEFAULT_SAME_OUTLET }
    }
}

/// Groups the articles of the match graph into narratives, sorted by (first article, id).
///
/// Every narrative has at least two articles; an article is in at most one. `matches` join articles of different outlets. Near-linear in the matches.
pub fn narratives(
    corpus: &Corpus,
    annotations: &Annotations,
    matches: &[Match],
    config: &NarrativeConfig,
) -> Vec<Narrative> {
    let articles = corpus.articles();
    let graph = graph::graph(matches);
    let linkage = Linkage { threshold: config.min_similarity, same_outlet: config.same_outlet };
    let groups = linkage::clusters(corpus.outlets(), &graph.together, &graph.links, linkage);
    let centrality = centrality(articles.len(), matches, &groups);
    let key_phrases = label::key_phrases(articles, annotations, &groups);
    let mut narratives: Vec<Narrative> = groups
        .par_iter()
        .zip(key_phrases)
        .map(|(group, key_phrases)| narrative(articles, group, &centrality, key_phrases))
        .collect();
    narratives.sort_by(|a, b| a.first.cmp(&b.first).then_with(|| a.id.cmp(&b.id)));
    narratives
}

/// Puts one narrative together.
fn narrative(
    articles: &[Article],
    group: &[usize],
    centrality: &[f64],
    key_phrases: Vec<String>,
) -> Narrative {
    let members = || group.iter().map(|&i| &articles[i]);
    let mut ids: Vec<&str> = members().map(|article| article.id.as_str()).collect();
    ids.sort_unstable();
    ids.insert(0, "narrative");
    let mut timeline = BTreeMap::new();
    for article in members() {
        *timeline.entry(article.at().date_naive()).or_default() += 1;
    }
    let outlets: BTreeSet<&str> = members().map(|article| article.outlet.as_str()).collect();
    Narrative {
        id: stable_id(&ids),
        label: headline(articles, group, centrality).unwrap_or_else(|| key_phrases.join(", ")),
        key_phrases,
        articles: group.to_vec(),
        outlets: outlets.into_iter().map(str::to_owned).collect(),
        first: group.first().copied().unwrap_or_default(),
        peak: peak(&timeline),
        timeline,
    }
}

/// The day with the most articles, the earliest of several.
fn peak(timeline: &BTreeMap<NaiveDate, usize>) -> NaiveDate {
    let mut best = (NaiveDate::default(), 0);
    for (&day, &n) in timeline {
        if n > best.1 {
            best = (day, n);
        }
    }
    best.0
}

/// The headline of the article with the greatest centrality, the earliest of several.
fn headline(articles: &[Article], group: &[usize], centrality: &[f64]) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    for &i in group {
        let title = articles[i].title.trim();
        if !title.is_empty() && best.is_none_or(|(so_far, _)| centrality[i] > so_far) {
            best = Some((centrality[i], title));
        }
    }
    best.map(|(_, title)| title.to_owned())
}

/// For each article the sum of the weights of its links inside its narrative, plus half the
/// similarity of the headlines, so that of many copies the usual headline is taken.
fn centrality(n: usize, matches: &[Match], groups: &[Vec<usize>]) -> Vec<f64> {
    let mut group_of = vec![usize::MAX; n];
    for (number, group) in groups.iter().enumerate() {
        for &i in group {
            group_of[i] = number;
        }
    }
    let mut centrality = vec![0.0; n];
    for m in matches {
        if group_of[m.earlier] == group_of[m.later] && group_of[m.earlier] != usize::MAX {
            let weight = graph::weight(m) + m.title_similarity / 2.0;
            centrality[m.earlier] += weight;
            centrality[m.later] += weight;
        }
    }
    centrality
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::{Overlap, OverlapKind, Registry, Relation};
    use crate::testing;

    /// An article of `outlet`, `hours` after the epoch.
    pub(super) fn article(id: &str, outlet: &str, hours: i64, title: &str) -> Article {
        Article {
            title: title.to_owned(),
            text: title.to_owned(),
            ..testing::article(id, outlet, testing::hours(hours))
        }
    }

    pub(super) fn matched(a: usize, b: usize, relation: Relation, lexical: Option<f64>) -> Match {
        Match {
            id: format!("{a}-{b}"),
            earlier: a,
            later: b,
            containment_earlier: 0.0,
            containment_later: 0.0,
            overlaps: lexical
                .map(|cosine| Overlap { by: OverlapKind::Lexical, cosine })
                .into_iter()
                .collect(),
            title_similarity: 0.0,
            across: None,
            passages: Vec::new(),
            relation,
        }
    }

    #[test]
    fn no_match_no_narrative() {
        let articles = [article("a", "one", 0, "Dam opens"), article("b", "two", 1, "Dam opens")];
        assert_eq!(
            narratives(
                &ordered(&articles, Registry::default()),
                &Annotations::default(),
                &[],
                &NarrativeConfig::default()
            ),
            []
        );
    }

    #[test]
    fn a_narrative_says_who_and_when() {
        let articles = [
            article("a", "one", 20, "Harbor bridge closed after storm"),
            article("b", "two", 25, "Storm closes harbor bridge"),
            article("c", "three", 30, "Minister visits closed harbor bridge"),
            article("d", "four", 31, "Chess final ends in a draw"),
        ];
        let matches = [
            matched(0, 1, Relation::Narrative, Some(0.6)),
            matched(0, 2, Relation::Narrative, Some(0.4)),
            matched(1, 2, Relation::Narrative, Some(0.3)),
        ];
        let found = narratives(
            &ordered(&articles, Registry::default()),
            &Annotations::default(),
            &matches,
            &NarrativeConfig::default(),
        );
        assert_eq!(found.len(), 1);
        let n = &found[0];
        assert_eq!(n.articles, [0, 1, 2]);
        assert_eq!(n.outlets, ["one", "three", "two"]);
        assert_eq!(n.first, 0);
        assert_eq!(n.label, "Harbor bridge closed after storm");
        assert!(n.key_phrases.iter().any(|p| p == "harbor bridge"), "{:?}", n.key_phrases);
        assert_eq!(n.peak.to_string(), "1970-01-02");
        assert_eq!(n.timeline.values().copied().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn republication_belongs_together_even_without_words_in_common() {
        let articles = [article("a", "one", 0, ""), article("b", "two", 400, "")];
        let mut m = matched(0, 1, Relation::Verbatim, None);
        (m.containment_earlier, m.containment_later) = (0.95, 0.4);
        let found = narratives(
            &ordered(&articles, Registry::default()),
            &Annotations::default(),
            &[m],
            &NarrativeConfig::default(),
        );
        assert_eq!(found[0].articles, [0, 1]);
    }

    #[test]
    fn the_order_of_matches_changes_nothing() {
        let articles: Vec<Article> =
            (0..6).map(|i| article(&i.to_string(), &format!("o{i}"), i, "Rain again")).collect();
        let mut matches: Vec<Match> = [(0, 1), (1, 2), (3, 4), (2, 5), (4, 5)]
            .map(|(a, b)| matched(a, b, Relation::Narrative, Some(0.2 + 0.1 * a as f64)))
            .to_vec();
        let config = NarrativeConfig::default();
        let forward = narratives(
            &ordered(&articles, Registry::default()),
            &Annotations::default(),
            &matches,
            &config,
        );
        matches.reverse();
        assert_eq!(
            narratives(
                &ordered(&articles, Registry::default()),
                &Annotations::default(),
                &matches,
                &config
            ),
            forward
        );
    }
}
