//! What meets a condition.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Condition, Meaning, Who};
use crate::model::{Grade, Origin};
use crate::report::{NewEdge, ReportIndex, news, wording};

/// Most cases that are given of one condition.
const MAX_CASES: usize = 20;

/// A condition that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Alert {
    /// As it was written.
    pub(crate) condition: String,
    /// How many things meet it.
    pub(crate) count: usize,
    /// What they are, at most 20.
    pub(crate) cases: Vec<Case>,
}

/// One thing that meets a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Case {
    /// Id of an edge, narrative or outlet, or the two ids of a pair; `fimi show` knows the first two.
    pub(crate) id: String,
    /// In words.
    pub(crate) what: String,
}

/// The conditions that hold, in their order.
pub(crate) fn check(
    conditions: &[Condition],
    view: &ReportIndex,
    now: DateTime<Utc>,
) -> Vec<Alert> {
    let alert = |condition: &Condition| {
        let mut cases = cases(&condition.meaning, view, now);
        let count = cases.len();
        cases.truncate(MAX_CASES);
        (count > 0).then(|| Alert { condition: condition.text.clone(), count, cases })
    };
    conditions.iter().filter_map(alert).collect()
}

fn cases(meaning: &Meaning, view: &ReportIndex, now: DateTime<Utc>) -> Vec<Case> {
    match meaning {
        Meaning::Edge { is_new, grades, from, to } => {
            edges(view, *is_new, &|grade| grades.contains(&grade), from, to)
        }
        Meaning::Pair { outlets, verdict } => {
            let is_meant = |a: &str, b: &str| {
                outlets.as_ref().is_none_or(|[one, other]| {
                    (a, b) == (one.as_str(), other.as_str()) || (b, a) == (one, other)
                })
            };
            let pairs = view.analysis.significance.pairs.iter();
            pairs
                .filter(|p| p.verdict == *verdict && is_meant(&p.outlet_a, &p.outlet_b))
                .map(|p| Case {
                    id: format!("{},{}", p.outlet_a, p.outlet_b),
                    what: format!(
                        "{} / {}: {}",
                        view.name(&p.outlet_a),
                        view.name(&p.outlet_b),
                        wording::verdict(p.verdict)
                    ),
                })
                .collect()
        }
        Meaning::Narrative { is_new, words, outlets, articles } => {
            narratives(view, *is_new, words, *outlets, *articles)
        }
        Meaning::Watchlist { id, outlets, articles } => {
            watched(view, id.as_deref(), *outlets, *articles)
        }
        Meaning::Silent { for_at_least, outlets } => silent(view, now - *for_at_least, outlets),
    }
}

fn edges(
    view: &ReportIndex,
    is_new: bool,
    has_grade: &dyn Fn(Grade) -> bool,
    from: &[Who],
    to: &[Who],
) -> Vec<Case> {
    let registry = view.corpus.registry();
    let candidates: Vec<NewEdge> = match &view.run.news {
        Some(news) if is_new => news.edges.clone(),
        _ if is_new => Vec::new(),
        _ => {
            let all = 0..view.analysis.diffusion.edges.len();
            let reported = all.filter(|&edge| view.is_reported(view.edge(edge).to));
            reported.map(|edge| NewEdge { edge, grade_before: None }).collect()
        }
    };
    let is_meant = |new: &&NewEdge| {
        let edge = view.edge(new.edge);
        let start = view.origin_outlet(edge);
        let knows_start = edge.from != Origin::Statement || from.is_empty();
        has_grade(edge.grade)
            && knows_start
            && Who::any_means(from, registry, start)
            && Who::any_means(to, registry, &view.article(edge.to).outlet)
    };
    let case = |new: &NewEdge| Case {
        id: view.edge(new.edge).id.clone(),
        what: news::line(view, new).trim().to_owned(),
    };
    candidates.iter().filter(is_meant).map(case).collect()
}

fn narratives(
    view: &ReportIndex,
    is_new: bool,
    words: &str,
    outlets: usize,
    articles: usize,
) -> Vec<Case> {
    let new: BTreeSet<usize> =
        view.run.news.iter().flat_map(|news| &news.narratives).map(|new| new.narrative).collect();
    let narratives = view.analysis.narratives.iter().enumerate();
    narratives
        .filter(|(index, narrative)| {
            let mut texts = std::iter::once(&narrative.label).chain(&narrative.key_phrases);
            (!is_new || new.contains(index))
                && narrative.outlets.len() >= outlets
                && narrative.articles.len() >= articles
                && (words.is_empty() || texts.any(|text| text.to_lowercase().contains(words)))
        })
        .map(|(_, narrative)| Case {
            id: narrative.id.clone(),
            what: format!(
                "\"{}\": {} in {}",
                crate::text::sanitize::terminal(&narrative.label),
                wording::count(narrative.articles.len(), "article"),
                wording::count(narrative.outlets.len(), "outlet")
            ),
        })
        .collect()
}

/// Narratives of the watchlist whose claims so many articles of so many outlets resemble; one at least.
fn watched(view: &ReportIndex, id: Option<&str>, outlets: usize, articles: usize) -> Vec<Case> {
    let all = &view.analysis.watchlist;
    let mut cases = Vec::new();
    for (narrative, spread) in all.narratives.iter().zip(&all.spread) {
        let carrying = || spread.carriers.iter().filter(|carrier| carrier.articles > 0);
        let (from, of) = (carrying().count(), carrying().map(|carrier| carrier.articles).sum());
        let is_meant = id.is_none_or(|id| id == narrative.id);
        if is_meant && from >= outlets.max(1) && of >= articles {
            let what = format!(
                "\"{}\": claims are resembled by {} of {}, see tags.csv",
                crate::text::sanitize::terminal(&narrative.title),
                wording::count(of, "article"),
                wording::count(from, "outlet")
            );
            cases.push(Case { id: narrative.id.clone(), what });
        }
    }
    cases
}

/// Outlets that were polled or have articles, and of which nothing as new as `since` is known.
fn silent(view: &ReportIndex, since: DateTime<Utc>, outlets: &[Who]) -> Vec<Case> {
    let mut newest: BTreeMap<&str, Option<DateTime<Utc>>> = BTreeMap::new();
    let mut statuses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for feed in view.corpus.feeds() {
        let known = newest.entry(&feed.outlet).or_default();
        *known = (*known).max(feed.newest);
        statuses.entry(&feed.outlet).or_default().insert(feed.status.as_str());
    }
    for article in view.corpus.articles() {
        let known = newest.entry(&article.outlet).or_default();
        *known = (*known).max(Some(article.at()));
    }
    let registry = view.corpus.registry();
    newest
        .into_iter()
        .filter(|(outlet, newest)| {
            Who::any_means(outlets, registry, outlet) && newest.is_none_or(|at| at < since)
        })
        .map(|(outlet, newest)| {
            let newest = newest.map_or("nothing is known of it".to_owned(), |at| {
                format!("nothing newer than {}", at.format("%Y-%m-%dT%H:%MZ"))
            });
            let polls = statuses.get(outlet).map_or(String::new(), |statuses| {
                let statuses: Vec<&str> = statuses.iter().copied().collect();
                format!(" (last polls: {})", statuses.join(", "))
            });
            Case {
                id: outlet.to_owned(),
                what: format!("{}: {newest}{polls}", registry.name(outlet)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    /// Ids of what meets a condition in the sample.
    fn met(text: &str) -> Vec<String> {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let now = sample::start() + chrono::TimeDelta::days(4);
        let alerts = check(&[text.parse().unwrap()], &view, now);
        alerts.into_iter().flat_map(|alert| alert.cases).map(|case| case.id).collect()
    }

    #[test]
    fn edges_are_chosen_by_grade_outlet_and_state() {
        let all = met("edges").len();
        assert!(all > 3);
        assert_eq!(met("E1").len() + met("E2-E3").len(), all);
        let (from, other) = (met("edges from meridian").len(), met("edges from north-star").len());
        assert!(from > 0 && other > 0 && from + other <= all);
        let new = met("new edges");
        assert!(!new.is_empty() && new.len() < all, "only those that are new: {new:?}");
        assert_eq!(met("edges from meridian to meridian"), Vec::<String>::new());
    }

    #[test]
    fn pairs_are_chosen_by_verdict_in_either_order() {
        let both = [
            "pair meridian,north-star more_than_chance",
            "pair north-star,meridian more_than_chance",
        ];
        for text in both {
            assert_eq!(met(text), ["meridian,north-star"]);
        }
        assert!(met("significant").contains(&"meridian,north-star".to_owned()));
        assert_eq!(met("pair meridian,north-star not_distinguishable"), Vec::<String>::new());
    }

    #[test]
    fn narratives_are_chosen_by_words_and_size() {
        let all = met("narrative articles>=1").len();
        assert!(all > 1 && met("narrative outlets>=99").is_empty());
        let canal = met("narrative \"CANAL\"").len();
        assert!(canal > 0 && canal < all);
        assert_eq!(met("new narrative").len(), 2);
        assert!(met("narrative \"no such words\"").is_empty());
    }

    #[test]
    fn watched_narratives_are_chosen_by_id_and_size() {
        assert_eq!(met("watchlist"), ["locks"]);
        assert_eq!(met("watchlist locks outlets>=1"), ["locks"]);
        assert!(met("watchlist other").is_empty() && met("watchlist outlets>=2").is_empty());
    }

    #[test]
    fn silence_is_told_from_the_last_sign_of_an_outlet() {
        assert!(met("silent 0s").len() > 2);
        assert!(met("silent 9d").len() < met("silent 0s").len());
        assert_eq!(met("silent 0s meridian"), ["meridian"]);
    }
}
