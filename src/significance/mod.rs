//! Outlet pairs against chance: overlap and direction counted, tested against the controls.
//!
//! A pair's overlap is compared with what the activity of both outlets and the size of each story give
//! anyway. Without a control outlet there is no such baseline, and no number is given. What a result
//! does not show: why two outlets share more; a common wire or a content agreement does that too.

mod bootstrap;
mod calibration;
mod conditional_distribution;
mod contrast;
mod edge_counts;
mod fdr;
mod incidence_matrix;
mod log_odds;
mod null;
mod order;
mod order_statistics;
mod p_value;
mod phrase_counts;
mod phrases;
mod shares;
mod synchrony;
mod types;

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::Corpus;
use crate::model::{
    Contrast, LagSign, Match, Narrative, OutletPair, Registry, Significance, Synchrony,
    UngradedEdge, Verdict,
};
pub use calibration::{
    Calibration, CalibrationConfig, DEFAULT_PLANTED, DEFAULT_SHUFFLES, LEVELS, PLANTED_SHARES,
    Power, TypeOne, calibrate,
};
use conditional_distribution::Given;
use edge_counts::EdgeCounts;
use incidence_matrix::Coverage;
use null::{Cell, Null};
use p_value::Tails;
use shares::PairShares;
use types::Outlets;

/// Rate of false discoveries at which a pair is called `more_than_chance`: the field's usual 5 %.
pub const DEFAULT_FALSE_DISCOVERY_RATE: f64 = 0.05;
/// Least number of narratives that each outlet of a tested pair carries. With fewer, one shared
/// story decides.
pub const DEFAULT_MIN_NARRATIVES: usize = 5;
/// Least number of outlets with narratives. With three, any pair's overlap follows from the
/// numbers of narratives alone when stories have two outlets: there is nothing to test.
pub const MIN_OUTLETS: usize = 4;

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
/// Cost: that of sorting matches and edges, and of the null model, which depends on the number of outlets only.
pub fn assess(
    corpus: &Corpus,
    matches: &[Match],
    narratives: &[Narrative],
    evidence: &[UngradedEdge],
    config: &SignificanceConfig,
) -> Significance {
    let (articles, registry, gaps) = (corpus.articles(), corpus.registry(), corpus.gaps());
    let outlets = Outlets::new(corpus);
    let explained = edge_counts::explained(evidence);
    let coverage = Coverage::new(articles, &outlets, narratives, gaps)
        .without_common_sources(&outlets, narratives, matches, &explained);
    let (tests, contrasts, mut notes) = co_coverage(&coverage, &outlets, registry, config);
    let (shares, overlaps) = shares::shares(articles, &outlets, matches, config.seed);
    let pairs = assembled(
        &outlets,
        shares,
        edge_counts::edge_counts(&outlets, matches, evidence),
        tests,
        synchrony::synchrony(articles, &outlets, gaps, config),
        order::order(articles, &outlets, matches, narratives, config),
    );
    let (phrases, more) = phrases::phrases(articles, &outlets, registry, config);
    notes.extend(more);
    Significance { pairs, overlaps, contrasts, phrases, notes }
}

/// Puts together what each test says of each pair; all are in the order of [`Outlets::pairs`].
fn assembled(
    outlets: &Outlets<'_>,
    shares: Vec<PairShares>,
    edges: Vec<EdgeCounts>,
    tests: Vec<CoCoverage>,
    synchrony: Vec<Option<Synchrony>>,
    order: Vec<LagSign>,
) -> Vec<OutletPair> {
    let articles = outlets.articles();
    let parts = outlets.pairs().zip(shares).zip(edges).zip(tests).zip(synchrony).zip(order);
    parts
        .map(|(((((pair, shares), edges), test), synchrony), order)| OutletPair {
            outlet_a: outlets.ids[pair.0].to_owned(),
            outlet_b: outlets.ids[pair.1].to_owned(),
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
            p: test.p,
            q: test.q,
            verdict: test.verdict,
            rhythm: synchrony,
            order,
        })
        .collect()
}

/// What a run that ends with the matches says instead.
pub fn not_assessed() -> Significance {
    let note = "only matches were computed: no narratives, edges, chains, significance or report; run \
        with --relations all for them";
    Significance { notes: vec![note.to_owned()], ..Significance::default() }
}

/// Fits the null model, or says why there is none.
fn can_test(
    outlets: &Outlets<'_>,
    registry: &Registry,
    coverage: &Coverage,
) -> Result<Null, (Verdict, String)> {
    if !outlets.ids.iter().any(|id| registry.is_baseline(id)) {
        let note = "no baseline: significance not computed (no control outlet has articles)";
        return Err((Verdict::NoBaseline, note.to_owned()));
    }
    let active = coverage.carried.iter().filter(|&&n| n > 0).count();
    if active < MIN_OUTLETS {
        let note = format!(
            "not tested: {active} outlets share narratives, a test needs at least {MIN_OUTLETS}"
        );
        return Err((Verdict::TooFew, note));
    }
    Null::fit(coverage).ok_or_else(|| {
        let note = "not tested: the null model does not fit these numbers of narratives";
        (Verdict::TooFew, note.to_owned())
    })
}

/// The test of the narratives that one pair shares; the fields are those of [`OutletPair`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct CoCoverage {
    shared: usize,
    shared_common: usize,
    expected: Option<f64>,
    effect: Option<f64>,
    effect_interval: Option<(f64, f64)>,
    p: Option<f64>,
    q: Option<f64>,
    verdict: Verdict,
}

/// Tests the shared narratives of all pairs, in the order of [`Outlets::pairs`], and compares the states.
fn co_coverage(
    coverage: &Coverage,
    outlets: &Outlets<'_>,
    registry: &Registry,
    config: &SignificanceConfig,
) -> (Vec<CoCoverage>, Vec<Contrast>, Vec<String>) {
    let counted = |verdict| {
        let of_pair = |(a, b): (usize, usize)| CoCoverage {
            shared: coverage.shared[a][b],
            shared_common: coverage.common.get(&(a, b)).map_or(0, Vec::len),
            verdict,
            ..CoCoverage::default()
        };
        outlets.pairs().map(of_pair).collect()
    };
    match can_test(outlets, registry, coverage) {
        Ok(null) => {
            let contrasts = contrast::contrasts(coverage, &null, outlets, registry, config.seed);
            let mut tests: Vec<CoCoverage> = counted(Verdict::TooFew);
            let note = test(&mut tests, coverage, &null, config);
            (tests, contrasts, vec![note])
        }
        Err((verdict, note)) => (counted(verdict), Vec::new(), vec![note]),
    }
}

/// The outcome of one pair's test before correction.
struct Tested {
    shared: usize,
    expected: f64,
    p: f64,
}

/// Tests one pair from the cells of its first outlet's row.
fn test_pair(coverage: &Coverage, pair: (usize, usize), cells: &[Vec<Cell>]) -> (Tested, Tails) {
    let (a, b) = pair;
    let (cells, carried, shared) = coverage.of_pair(pair, cells[b - a - 1].clone());
    let given = Given::new(&cells, carried);
    let tails = conditional_distribution::tails(&cells, carried, given, shared);
    (Tested { shared, expected: given.mean, p: tails.mid }, tails)
}

/// Tests the pairs of outlets with enough narratives and corrects for their number; returns a note.
fn test(
    all: &mut [CoCoverage],
    coverage: &Coverage,
    null: &Null,
    config: &SignificanceConfig,
) -> String {
    let outlets = coverage.carried.len();
    let rows: Vec<Vec<Vec<Cell>>> = (0..outlets).into_par_iter().map(|a| null.cells(a)).collect();
    let enough = |(a, b): (usize, usize)| {
        coverage.carried[a].min(coverage.carried[b]) >= config.min_narratives
    };
    let pairs = (0..outlets).flat_map(|a| (a + 1..outlets).map(move |b| (a, b)));
    let tested: Vec<(&mut CoCoverage, (usize, usize))> =
        all.iter_mut().zip(pairs).filter(|(_, pair)| enough(*pair)).collect();
    let found: Vec<Tested> =
        tested.par_iter().map(|(_, pair)| test_pair(coverage, *pair, &rows[pair.0]).0).collect();
    let n = found.len();
    let q = fdr::benjamini_hochberg(&found.iter().map(|found| found.p).collect::<Vec<_>>());
    for (((test, _), found), q) in tested.into_iter().zip(found).zip(q) {
        test.expected = Some(found.expected);
        if found.expected > 0.0 {
            test.effect = Some(found.shared as f64 / found.expected);
            test.effect_interval = Some(p_value::effect_interval(found.shared, found.expected));
        }
        (test.p, test.q) = (Some(found.p), Some(q));
        test.verdict = if q <= config.false_discovery_rate {
            Verdict::MoreThanChance
        } else {
            Verdict::NotDistinguishable
        };
    }
    format!(
        "{n} pairs tested at a false discovery rate of {} %; pairs of outlets with fewer than {} \
         narratives are not tested",
        config.false_discovery_rate * 100.0,
        config.min_narratives
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::{Article, Overlap, OverlapKind, Relation, Role};
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
            passages: Vec::new(),
            reuse: None,
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

    /// Stories of two outlets each, as (first, second, how often); all within one day.
    fn assess_stories(stories: &[(&str, &str, usize)], controls: &[&str]) -> Significance {
        let mut articles = Vec::new();
        let mut members = Vec::new();
        for &(a, b, times) in stories {
            for _ in 0..times {
                let i = articles.len();
                articles.push(article(&i.to_string(), a, 0));
                articles.push(article(&(i + 1).to_string(), b, 0));
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
        assert_eq!(pair.shared, 30);
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
    fn nothing_in_nothing_out() {
        assert_eq!(assess_stories(&[], &[]).pairs, []);
    }
}
