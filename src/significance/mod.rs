//! Outlet pairs against chance: overlap and direction counted, tested against the controls.
//!
//! A pair's overlap is compared with what the activity of both outlets and the size of each story give
//! anyway. Without a control outlet there is no such baseline, and no number is given. What a result
//! does not show: why two outlets share more; a common wire or a content agreement does that too.

mod calibration;
mod co_coverage;
mod contrast;
mod edge_counts;
mod fdr;
mod incidence_matrix;
mod log_odds;
mod order;
mod order_statistics;
mod pair_effect;
mod phrase_counts;
mod phrases;
mod presence;
mod proportion;
mod random_tables;
mod series;
mod share_intervals;
mod shares;
mod strata;
mod synchrony;
mod types;
mod window_width;
#[cfg(test)]
mod worlds;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::Corpus;
use crate::model::{
    LagSign, Match, Narrative, OutletPair, PairStratum, Significance, Synchrony, UngradedEdge,
};
pub use calibration::{
    Calibration, CalibrationConfig, DEFAULT_PLANTED, DEFAULT_SHUFFLES, LEVELS, PLANTED_SHARES,
    Power, TypeOne, calibrate,
};
use co_coverage::{Baseline, CoCoverage};
pub use co_coverage::{LEAST_ODDS, MIN_OUTLETS};
use edge_counts::EdgeCounts;
use presence::Presence;
pub(crate) use proportion::wilson_interval;
use shares::PairShares;
use types::Pairs;

/// Rate of false discoveries at which a pair is called `more_than_chance`: the field's usual 5 %.
pub const DEFAULT_FALSE_DISCOVERY_RATE: f64 = 0.05;
/// Least number of narratives that each outlet of a tested pair carries. With fewer, one shared
/// story decides.
pub const DEFAULT_MIN_NARRATIVES: usize = 5;
/// Least number of articles of each outlet that use a shared phrase: twice may be one article and its
/// correction.
pub const DEFAULT_MIN_PHRASE_ARTICLES: usize = 3;
/// Most phrases that are given for a pair, the strongest: more than a reader looks at.
pub const DEFAULT_MAX_PHRASES: usize = 100;

/// Seed of what is drawn by chance; any number does, the same one gives the same bytes.
pub const DEFAULT_SEED: u64 = 7;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignificanceConfig {
    /// Rate of false discoveries at which a pair is called, `0..=1`.
    pub false_discovery_rate: f64,
    /// Least number of narratives that each outlet of a tested pair carries.
    pub min_narratives: usize,
    /// Least number of articles of each outlet that use a shared phrase.
    pub min_phrase_articles: usize,
    /// Most phrases that are given for a pair.
    pub max_phrases: usize,
    /// Seed of everything that is drawn by chance: bootstrap and shifts.
    pub seed: u64,
}

impl Default for SignificanceConfig {
    fn default() -> Self {
        SignificanceConfig {
            false_discovery_rate: DEFAULT_FALSE_DISCOVERY_RATE,
            min_narratives: DEFAULT_MIN_NARRATIVES,
            min_phrase_articles: DEFAULT_MIN_PHRASE_ARTICLES,
            max_phrases: DEFAULT_MAX_PHRASES,
            seed: DEFAULT_SEED,
        }
    }
}

/// Compares all pairs of outlets, against the controls where there are any.
///
/// Cost: that of sorting matches and edges, and of sampling the strata: `O(1500·S·R²)` for `S` strata of language and
/// day and `R` outlets.
pub fn assess(
    corpus: &Corpus,
    matches: &[Match],
    narratives: &[Narrative],
    evidence: &[UngradedEdge],
    config: &SignificanceConfig,
) -> Significance {
    let presence = Presence::new(corpus);
    let explained = edge_counts::explained(evidence);
    let stories = reported_part(corpus, narratives);
    let matrix =
        incidence_matrix::incidence_matrix(corpus, &stories, &presence, matches, &explained);
    let baseline = baseline(corpus, &presence);
    let (tests, mut strata, mut notes) = co_coverage::co_coverage(&matrix, &baseline, config);
    name_outlets(&mut strata, corpus);
    let weights: Vec<f64> = Pairs::of(corpus).all().map(|pair| baseline.weight(pair)).collect();
    let contrasts = contrast::contrasts(&matrix, corpus, config.seed);
    let shares::Shares { pairs: shares, overlaps, series } =
        shares::shares(corpus, matches, evidence, &presence, config.seed);
    let pairs = assembled(
        corpus,
        shares,
        edge_counts::edge_counts(corpus, matches, evidence),
        tests,
        synchrony::synchrony(corpus, &weights, config),
        order::order(corpus, matches, narratives, &weights),
    );
    let (phrases, more) = phrases::phrases(corpus, config);
    notes.extend(more);
    let strata = strata.into_iter().map(|(_, stratum)| stratum).collect();
    Significance { pairs, overlaps, series, strata, contrasts, phrases, notes }
}

/// The narratives with their reported articles alone: outlets are compared over the days that are reported.
fn reported_part<'n>(corpus: &Corpus, narratives: &'n [Narrative]) -> Cow<'n, [Narrative]> {
    let reported = corpus.reported();
    if reported.start == 0 {
        return Cow::Borrowed(narratives);
    }
    let part = |narrative: &Narrative| {
        let mut articles = narrative.articles.clone();
        articles.retain(|article| reported.contains(article));
        Narrative { articles, ..narrative.clone() }
    };
    Cow::Owned(narratives.iter().map(part).collect())
}

/// Puts together what each test says of each pair; all are in the order of [`Pairs::all`]. A pair with an outlet that has
/// articles before the reported ones alone is nothing to compare: it is left out, unless an edge runs between the two.
fn assembled(
    corpus: &Corpus,
    shares: Vec<PairShares>,
    edges: Vec<EdgeCounts>,
    tests: Vec<CoCoverage>,
    synchrony: Vec<Option<Synchrony>>,
    order: Vec<LagSign>,
) -> Vec<OutletPair> {
    let (ids, articles) = (corpus.outlet_ids(), corpus.articles_by_outlet());
    let parts = Pairs::of(corpus).all().zip(shares).zip(edges).zip(tests).zip(synchrony).zip(order);
    parts
        .map(|(((((pair, shares), edges), test), synchrony), order)| OutletPair {
            outlet_a: ids[pair.0].clone(),
            outlet_b: ids[pair.1].clone(),
            articles_a: articles[pair.0],
            articles_b: articles[pair.1],
            share_a: shares.share_a,
            share_b: shares.share_b,
            overlap: shares.overlap,
            share_a_interval: shares.share_a_interval,
            share_b_interval: shares.share_b_interval,
            overlap_interval: shares.overlap_interval,
            edges_ab: edges.edges_ab,
            edges_ba: edges.edges_ba,
            common_source: edges.common_source,
            reciprocity: edges.reciprocity,
            reciprocity_interval: edges.reciprocity_interval,
            lag_ab: edges.lag_ab,
            lag_ba: edges.lag_ba,
            shared: test.shared,
            shared_common: test.shared_common,
            expected: test.expected,
            effect: test.effect,
            effect_interval: test.effect_interval,
            odds: test.odds,
            odds_low: test.odds_low,
            odds_high: test.odds_high,
            p: test.p,
            q: test.q,
            p_six_hours: test.p_six_hours,
            detectable_odds: test.detectable_odds,
            window_days: test.window_days,
            controls: test.controls,
            control_articles: test.control_articles,
            common_days: shares.common_days,
            verdict: test.verdict,
            rhythm: synchrony,
            order,
        })
        .filter(|pair| pair.articles_a.min(pair.articles_b) > 0 || has_edges(pair))
        .collect()
}

fn has_edges(pair: &OutletPair) -> bool {
    pair.common_source > 0 || !(pair.edges_ab.is_empty() && pair.edges_ba.is_empty())
}

/// Says of each stratum of which outlets it is.
fn name_outlets(strata: &mut [((usize, usize), PairStratum)], corpus: &Corpus) {
    let ids = corpus.outlet_ids();
    for ((a, b), stratum) in strata {
        stratum.outlet_a.clone_from(&ids[*a]);
        stratum.outlet_b.clone_from(&ids[*b]);
    }
}

/// What a run that ends with the matches says instead.
pub fn not_assessed() -> Significance {
    let note = "only matches were computed: no narratives, edges, chains, significance or report; run \
        with --relations all for them";
    Significance { notes: vec![note.to_owned()], ..Significance::default() }
}

/// The outlets that the others are compared with.
fn baseline(corpus: &Corpus, presence: &Presence) -> Baseline {
    let mut articles = vec![BTreeMap::new(); corpus.outlet_ids().len()];
    for i in corpus.reported() {
        *articles[corpus.outlet_of(i)].entry(presence.of[i]).or_default() += 1;
    }
    let is_baseline = |id: &String| corpus.registry().is_baseline(id);
    let is_control = corpus.outlet_ids().iter().map(is_baseline).collect();
    Baseline { is_control, articles }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;
    use crate::corpus::RawCorpus;
    use crate::corpus::testing::ordered;
    use crate::model::{
        Article, Basis, Origin, Overlap, OverlapKind, Registry, Relation, Role, Verdict,
    };
    use crate::testing;

    /// An article of `outlet`, `hours` after the epoch.
    pub(super) fn article(id: &str, outlet: &str, hours: usize) -> Article {
        testing::article(id, outlet, testing::hours(i64::try_from(hours).unwrap()))
    }

    pub(super) fn matched(a: usize, b: usize) -> Match {
        Match {
            id: format!("{a}-{b}"),
            earlier: a,
            later: b,
            containment_earlier: 0.0,
            containment_later: 0.0,
            overlaps: vec![Overlap { by: OverlapKind::Lexical, cosine: 0.5 }],
            title_similarity: 0.0,
            across: None,
            passages: Vec::new(),
            relation: Relation::Narrative,
        }
    }

    pub(super) fn narrative(articles: &[Article], members: &[usize]) -> Narrative {
        let mut timeline: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for &i in members {
            *timeline.entry(articles[i].at().date_naive()).or_default() += 1;
        }
        Narrative {
            id: format!("{members:?}"),
            label: String::new(),
            key_phrases: Vec::new(),
            articles: members.to_vec(),
            outlets: Vec::new(),
            first: members[0],
            peak: NaiveDate::default(),
            timeline,
        }
    }

    pub(super) use testing::outlet;

    /// Stories of two outlets each, as (first, second, how often); a day holds every seventh of them.
    fn assess_stories(stories: &[(&str, &str, usize)], controls: &[&str]) -> Significance {
        let mut articles = Vec::new();
        let mut members = Vec::new();
        for &(a, b, times) in stories {
            for _ in 0..times {
                let i = articles.len();
                articles.push(article(&i.to_string(), a, i / 2 % 7 * 24));
                articles.push(article(&(i + 1).to_string(), b, i / 2 % 7 * 24));
                members.push([i, i + 1]);
            }
        }
        let narratives: Vec<Narrative> = members.iter().map(|m| narrative(&articles, m)).collect();
        let registry = Registry::new(controls.iter().map(|id| outlet(id, Role::Control)));
        let corpus = ordered(&articles, registry);
        assess(&corpus, &[], &narratives, &[], &SignificanceConfig::default())
    }

    const STORIES: [(&str, &str, usize); 6] = [
        ("red", "blue", 30),
        ("red", "c1", 10),
        ("blue", "c2", 10),
        ("c1", "c2", 12),
        ("c1", "c3", 12),
        ("c2", "c3", 12),
    ];

    #[test]
    fn two_outlets_that_keep_to_each_other_are_found() {
        let found = assess_stories(&STORIES, &["c1", "c2", "c3"]);
        let called: Vec<(&str, &str)> = found
            .pairs
            .iter()
            .filter(|p| p.verdict == Verdict::MoreThanChance)
            .map(|p| (p.outlet_a.as_str(), p.outlet_b.as_str()))
            .collect();
        assert!(called.contains(&("blue", "red")), "{called:?}");
        let pair =
            found.pairs.iter().find(|p| p.outlet_b == "red" && p.outlet_a == "blue").unwrap();
        assert_eq!((pair.shared, pair.controls), (30, Some(3)));
        assert!(pair.odds_low.unwrap() > LEAST_ODDS && pair.window_days.is_some());
        let (low, high) = pair.effect_interval.unwrap();
        assert!(low > 1.0 && low < pair.effect.unwrap() && pair.effect.unwrap() < high);
        assert!(pair.q.unwrap() >= pair.p.unwrap());
    }

    #[test]
    fn without_controls_no_number_is_given() {
        let found = assess_stories(&STORIES, &[]);
        assert!(found.pairs.iter().all(|p| p.verdict == Verdict::NoBaseline
            && (p.p, p.q, p.effect, p.expected) == (None, None, None, None)));
        assert!(found.notes[0].starts_with("no baseline: significance not computed"));
        assert!(found.pairs.iter().any(|p| p.shared == 30));
    }

    #[test]
    fn three_outlets_are_too_few() {
        let found = assess_stories(&[("a", "b", 9), ("b", "c", 9), ("a", "c", 9)], &["c"]);
        assert!(found.pairs.iter().all(|p| p.verdict == Verdict::TooFew && p.p.is_none()));
    }

    #[test]
    fn a_quiet_outlet_is_not_tested() {
        let mut stories = STORIES.to_vec();
        stories.push(("quiet", "c1", 4));
        let found = assess_stories(&stories, &["c1", "c2", "c3"]);
        for pair in &found.pairs {
            let quiet = pair.outlet_a == "quiet" || pair.outlet_b == "quiet";
            assert_eq!(pair.verdict == Verdict::TooFew, quiet);
            assert_eq!(pair.p.is_none(), quiet);
        }
    }

    #[test]
    fn two_languages_are_no_contact() {
        // Four outlets of each language; each narrative is of one language, with two of its four at random.
        let (mut articles, mut members) = (Vec::new(), Vec::new());
        for story in 0..240 {
            let (language, base) = if story % 2 == 0 { ("en", 0) } else { ("ru", 4) };
            let (one, other) = [(0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)][story / 2 % 6];
            for outlet in [one, other] {
                let id = format!("o{}", base + outlet);
                let mut article = article(&articles.len().to_string(), &id, story / 6 * 24);
                article.language = language.to_owned();
                articles.push(article);
            }
            members.push([articles.len() - 2, articles.len() - 1]);
        }
        let narratives: Vec<Narrative> = members.iter().map(|m| narrative(&articles, m)).collect();
        let controls = ["o3", "o7"].map(|id| outlet(id, Role::Control));
        let corpus = ordered(&articles, Registry::new(controls));
        let found = assess(&corpus, &[], &narratives, &[], &SignificanceConfig::default());
        let called = |p: &&OutletPair| p.verdict == Verdict::MoreThanChance;
        assert_eq!(found.pairs.iter().filter(called).count(), 0);
        let between =
            found.pairs.iter().find(|p| p.outlet_a == "o0" && p.outlet_b == "o4").unwrap();
        assert_eq!((between.share_a, between.common_days), (None, 0), "nothing to compare");
        assert_eq!(between.verdict, Verdict::TooFew);
    }

    #[test]
    fn an_outlet_of_the_time_before_is_in_no_pair() {
        let articles = [
            article("1", "gone", 0),
            article("2", "red", 20),
            article("3", "blue", 30),
            article("4", "old", 5),
        ];
        let raw = RawCorpus {
            articles: articles.to_vec(),
            reported_since: Some(testing::hours(10)),
            ..RawCorpus::default()
        };
        let corpus = Corpus::build(raw);
        let at = |outlet: &str| corpus.articles().iter().position(|a| a.outlet == outlet).unwrap();
        let copied = UngradedEdge {
            id: "e".into(),
            from: Origin::Article(at("old")),
            to: at("red"),
            basis: Basis::NamesItem,
            lag_minutes: None,
            clock_error_minutes: None,
            narrative: None,
            evidence: Vec::new(),
        };
        let found = assess(&corpus, &[], &[], &[copied], &SignificanceConfig::default());
        let pairs: Vec<(&str, &str)> =
            found.pairs.iter().map(|p| (p.outlet_a.as_str(), p.outlet_b.as_str())).collect();
        assert_eq!(pairs, [("blue", "red"), ("old", "red")]);
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert_eq!(assess_stories(&[], &[]).pairs, []);
    }
}
