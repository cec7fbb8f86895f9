//! The test of outlet pairs: do two outlets carry more narratives in common than narratives of the same language and
//! the same days give?
//!
//! What a result does not show: why. A shared interest that the others lack, a common source, or working hours alike
//! give the same picture as contact.

use std::collections::{BTreeMap, BTreeSet};

use super::SignificanceConfig;
use super::fdr::weighted_benjamini_hochberg;
use super::pair_effect::{Estimate, Family, normal_cdf, normal_quantile};
use super::strata::{PairNull, Stratum, Window, pair_nulls, strata};
use super::types::{IncidenceMatrix, Pairs};
use super::window_width::{WIDTHS, widths};
use chrono::{Days, NaiveDate};

use crate::model::{PairStratum, Verdict};

/// Least number of outlets with narratives. With three, any pair's overlap follows from the numbers of narratives
/// alone when narratives have two outlets: there is nothing to test.
pub const MIN_OUTLETS: usize = 4;
/// Least odds ratio that the interval of a called pair must exclude. It changes nothing in small corpora, where a pair
/// with a q-value of .05 has it anyway; it keeps a true but tiny difference of a large corpus from being called.
/// Stated as odds, not as a ratio of counts: with margins held in small strata a count cannot grow far above its
/// expected value, so that taking over half of another's narratives is a ratio of 1.06 to 1.5.
pub const LEAST_ODDS: f64 = 1.2;
/// Least variance of the number of shared narratives: below it the margins fix the number.
const MIN_VARIANCE: f64 = 1.0;
/// Least share of that variance in strata in which a control could have carried the narratives.
const MIN_BASELINE: f64 = 0.2;
/// What each baseline outlet of a pair multiplies its weight by, where false discoveries are counted over all pairs. The
/// baseline is the yardstick, not the question: two outlets under study weigh 1, one and a control a quarter.
const BASELINE_WEIGHT: f64 = 0.25;
/// Chance of being found that the detectable odds have.
const POWER: f64 = 0.8;
/// Odds ratios that taking over a quarter and half of another outlet's narratives give, for an outlet that carries a
/// fifth of them anyway.
const PLANTED_ODDS: [(&str, f64); 2] = [("half", 6.0), ("a quarter", 2.7)];

/// The test of the narratives that one pair shares; the fields are those of
/// [`OutletPair`](crate::model::OutletPair).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CoCoverage {
    pub(super) shared: usize,
    pub(super) shared_common: usize,
    pub(super) expected: Option<f64>,
    pub(super) effect: Option<f64>,
    pub(super) effect_interval: Option<(f64, f64)>,
    pub(super) odds: Option<f64>,
    pub(super) odds_low: Option<f64>,
    pub(super) odds_high: Option<f64>,
    pub(super) p: Option<f64>,
    pub(super) q: Option<f64>,
    pub(super) p_six_hours: Option<f64>,
    pub(super) detectable_odds: Option<f64>,
    pub(super) window_days: Option<u32>,
    pub(super) controls: Option<usize>,
    pub(super) control_articles: Option<usize>,
    pub(super) verdict: Verdict,
}

/// The outlets that the others are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Baseline {
    /// Per outlet: whether it is a control, or a wire that no state owns.
    pub(super) is_control: Vec<bool>,
    /// Per outlet: articles by language.
    pub(super) articles: Vec<BTreeMap<usize, usize>>,
}

impl Baseline {
    /// Weight of a pair in a correction for the number of pairs.
    pub(super) fn weight(&self, (a, b): (usize, usize)) -> f64 {
        let of = |outlet: usize| if self.is_control[outlet] { BASELINE_WEIGHT } else { 1.0 };
        of(a) * of(b)
    }

    fn has_control(&self) -> bool {
        self.is_control.contains(&true)
    }
}

/// A stratum, and the pair in whose test it is.
pub(super) type StratumOf = ((usize, usize), PairStratum);

/// The distribution without contact of one pair, and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PairTest {
    /// The pair, `a < b`.
    pub(super) pair: (usize, usize),
    /// Narratives that both carry, without those of a common source.
    pub(super) observed: usize,
    /// The family of their number.
    pub(super) family: Family,
    /// Weight in the correction for the number of pairs.
    weight: f64,
    /// Days of its window.
    width: i64,
    /// Controls that could have carried narratives of the strata that decide, and their articles in those languages.
    controls: usize,
    control_articles: usize,
    /// Share of the variance that lies in strata with such a control.
    baseline: f64,
    /// What the distribution is the sum of; the outlets are not named yet.
    strata: Vec<PairStratum>,
}

impl PairTest {
    /// Why there is no test; `None` if there is one.
    pub(super) fn refusal(&self) -> Option<Verdict> {
        if self.family.variance() < MIN_VARIANCE {
            Some(Verdict::TooFew)
        } else if self.baseline < MIN_BASELINE {
            Some(Verdict::NoBaseline)
        } else {
            None
        }
    }
}

/// Tests all pairs, in the order of [`Pairs::all`], and corrects for their number;
/// returns what the tests are made of, and notes for the reader, too.
///
/// Cost: that of [`pair_nulls`] for three widths and for six hours.
pub(super) fn co_coverage(
    matrix: &IncidenceMatrix,
    baseline: &Baseline,
    config: &SignificanceConfig,
) -> (Vec<CoCoverage>, Vec<StratumOf>, Vec<String>) {
    let outlets = matrix.outlets();
    let places = Pairs::new(outlets);
    let pairs: Vec<(usize, usize)> = places.all().collect();
    let counted = |verdict| {
        let of_pair = |&(a, b): &(usize, usize)| CoCoverage {
            shared: matrix.shared[a][b],
            shared_common: matrix.common_of((a, b)).len(),
            verdict,
            ..CoCoverage::default()
        };
        pairs.iter().map(of_pair).collect::<Vec<CoCoverage>>()
    };
    if !baseline.has_control() {
        let note = "no baseline: significance not computed (no control outlet has articles)";
        return (counted(Verdict::NoBaseline), Vec::new(), vec![note.to_owned()]);
    }
    let active = matrix.active();
    if active < MIN_OUTLETS {
        let note = format!(
            "not tested: {active} outlets share narratives, a test needs at least {MIN_OUTLETS}"
        );
        return (counted(Verdict::TooFew), Vec::new(), vec![note]);
    }
    let mut results = counted(Verdict::TooFew);
    let tests = pair_tests(matrix, baseline, config);
    let place = |(a, b)| places.place(a, b);
    for test in &tests {
        let result = &mut results[place(test.pair)];
        result.verdict = test.refusal().unwrap_or_default();
        result.controls = Some(test.controls);
        result.control_articles = Some(test.control_articles);
    }
    let tests: Vec<PairTest> = tests.into_iter().filter(|test| test.refusal().is_none()).collect();
    let estimates: Vec<Estimate> =
        tests.iter().map(|test| test.family.estimate(test.observed)).collect();
    let q = false_discovery_rates(&tests, &estimates.iter().map(|e| e.p).collect::<Vec<_>>());
    let thresholds = thresholds(&tests, config);
    let results_of = tests.iter().zip(&estimates).zip(q).zip(six_hours(matrix, &tests, config));
    for ((((test, estimate), q), six), &threshold) in results_of.zip(&thresholds) {
        fill(&mut results[place(test.pair)], test, estimate, q, config);
        let result = &mut results[place(test.pair)];
        result.p_six_hours = six;
        result.detectable_odds = Some(detectable_odds(&test.family, threshold));
    }
    let notes = notes(&tests, &thresholds, config);
    let strata = |test: PairTest| test.strata.into_iter().map(move |stratum| (test.pair, stratum));
    (results, tests.into_iter().flat_map(strata).collect(), notes)
}

/// The pairs whose outlets both carry enough narratives, each with its distribution in its own window.
pub(super) fn pair_tests(
    matrix: &IncidenceMatrix,
    baseline: &Baseline,
    config: &SignificanceConfig,
) -> Vec<PairTest> {
    let enough = |&(a, b): &(usize, usize)| {
        matrix.carried[a].min(matrix.carried[b]) >= config.min_narratives
    };
    let pairs: Vec<(usize, usize)> = Pairs::new(matrix.outlets()).all().filter(enough).collect();
    let chosen = widths(matrix, &pairs);
    let mut tests = Vec::new();
    for width in WIDTHS {
        let of_width: Vec<(usize, usize)> = pairs
            .iter()
            .zip(&chosen)
            .filter(|(_, w)| **w == width)
            .map(|(pair, _)| *pair)
            .collect();
        if of_width.is_empty() {
            continue;
        }
        let window = Window::Days(width);
        let strata = strata(matrix, window);
        let nulls = pair_nulls(matrix, &strata, window, &of_width, config.seed);
        for (pair, null) in of_width.into_iter().zip(nulls) {
            tests.push(pair_test(pair, null, width, matrix, &strata, baseline));
        }
    }
    tests.sort_by_key(|test| test.pair);
    tests
}

fn pair_test(
    pair: (usize, usize),
    null: PairNull,
    width: i64,
    matrix: &IncidenceMatrix,
    strata: &[Stratum<'_>],
    baseline: &Baseline,
) -> PairTest {
    let (mut with_control, mut total) = (0.0, 0.0);
    let mut controls: BTreeSet<(usize, usize)> = BTreeSet::new();
    for part in null.parts.iter().filter(|part| !part.is_fixed()) {
        let stratum = &strata[part.stratum];
        let variance = part.null.variance();
        let others = stratum.eligible.iter().filter(|&&o| o != pair.0 && o != pair.1);
        let mut has_control = false;
        for &control in others.filter(|&&outlet| baseline.is_control[outlet]) {
            has_control = true;
            controls.insert((control, stratum.language));
        }
        total += variance;
        with_control += if has_control { variance } else { 0.0 };
    }
    let parts = null.parts.iter().enumerate().map(|(i, part)| {
        let stratum = &strata[part.stratum];
        PairStratum {
            outlet_a: String::new(),
            outlet_b: String::new(),
            number: i + 1,
            language: matrix.languages.get(stratum.language).cloned().unwrap_or_default(),
            start: first_day(stratum.time, width),
            days: u32::try_from(width).unwrap_or_default(),
            eligible: stratum.eligible.len(),
            observed: part.observed,
            bounds: part.bounds,
            tables: part.tables(),
        }
    });
    let parts: Vec<PairStratum> = parts.collect();
    let articles = |(control, language): &(usize, usize)| {
        baseline.articles[*control].get(language).copied().unwrap_or_default()
    };
    PairTest {
        pair,
        observed: null.observed,
        family: null.family,
        weight: baseline.weight(pair),
        width,
        control_articles: controls.iter().map(articles).sum(),
        controls: controls.iter().map(|(control, _)| control).collect::<BTreeSet<_>>().len(),
        baseline: if total > 0.0 { with_control / total } else { 0.0 },
        strata: parts,
    }
}

/// The first day of a window of so many days.
fn first_day(window: i64, days: i64) -> NaiveDate {
    let day = u64::try_from(window * days).unwrap_or_default();
    NaiveDate::default().checked_add_days(Days::new(day)).unwrap_or_default()
}

/// Writes one pair's test into its result.
fn fill(
    result: &mut CoCoverage,
    test: &PairTest,
    estimate: &Estimate,
    q: f64,
    config: &SignificanceConfig,
) {
    result.expected = Some(test.family.mean());
    result.effect = estimate.effect;
    result.effect_interval = estimate.effect_interval;
    result.odds = Some(estimate.odds);
    (result.odds_low, result.odds_high) =
        (Some(estimate.odds_interval.0), estimate.odds_interval.1);
    (result.p, result.q) = (Some(estimate.p), Some(q));
    result.window_days = u32::try_from(test.width).ok();
    result.verdict = if is_called(q, estimate.odds_interval.0, config) {
        Verdict::MoreThanChance
    } else {
        Verdict::NotDistinguishable
    };
}

/// The least false discovery rates at which these tests with these p-values are called.
pub(super) fn false_discovery_rates(tests: &[PairTest], p: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> = tests.iter().map(|test| test.weight).collect();
    weighted_benjamini_hochberg(p, &weights)
}

/// Whether a pair is called: its false discovery rate is small, and so is the chance of the least odds.
pub(super) fn is_called(q: f64, odds_low: f64, config: &SignificanceConfig) -> bool {
    q <= config.false_discovery_rate && odds_low > LEAST_ODDS
}

/// The p-values of the same pairs in strata of six hours; `None` where these say nothing.
fn six_hours(
    matrix: &IncidenceMatrix,
    tests: &[PairTest],
    config: &SignificanceConfig,
) -> Vec<Option<f64>> {
    let pairs: Vec<(usize, usize)> = tests.iter().map(|test| test.pair).collect();
    let strata = strata(matrix, Window::SixHours);
    let nulls = pair_nulls(matrix, &strata, Window::SixHours, &pairs, config.seed);
    let p = |null: &PairNull| null.family.mid_p(null.observed, 1.0);
    nulls.iter().map(|null| (null.family.variance() > 0.0).then(|| p(null))).collect()
}

/// The number of standard deviations that each pair must be off if it is the only one.
fn thresholds(tests: &[PairTest], config: &SignificanceConfig) -> Vec<f64> {
    let total: f64 = tests.iter().map(|test| test.weight).sum();
    let level = |test: &PairTest| config.false_discovery_rate * test.weight / total;
    tests.iter().map(|test| normal_quantile(level(test))).collect()
}

/// The odds ratio that would be found in four of five cases.
fn detectable_odds(family: &Family, threshold: f64) -> f64 {
    ((threshold + normal_quantile(1.0 - POWER)) / family.variance().sqrt()).exp()
}

/// The mean chance, over the tested pairs, that contact of these odds is found.
fn power(tests: &[PairTest], odds: f64, thresholds: &[f64]) -> f64 {
    let of_pair = |(test, threshold): (&PairTest, &f64)| {
        normal_cdf(odds.ln() * test.family.variance().sqrt() - threshold)
    };
    tests.iter().zip(thresholds).map(of_pair).sum::<f64>() / tests.len().max(1) as f64
}

fn notes(tests: &[PairTest], thresholds: &[f64], config: &SignificanceConfig) -> Vec<String> {
    let pairs = if tests.len() == 1 { "pair" } else { "pairs" };
    let mut notes = vec![format!(
        "{} {pairs} tested at a false discovery rate of {} %; pairs of outlets with fewer than {} \
         narratives are not tested",
        tests.len(),
        config.false_discovery_rate * 100.0,
        config.min_narratives
    )];
    if !tests.is_empty() {
        let seen = PLANTED_ODDS.map(|(share, odds)| {
            let seen = (10.0 * power(tests, odds, thresholds)).round();
            format!("{share} of its stories (odds {odds}) would be seen in {seen} of 10")
        });
        notes.push(format!(
            "power of this corpus: contact by which an outlet takes over from another {} such pairs, {}",
            seen[0], seen[1]
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_is_the_yardstick_not_the_question() {
        let baseline =
            Baseline { is_control: vec![false, true, true, false], articles: Vec::new() };
        for (pair, expected) in [((0, 3), 1.0), ((0, 1), 0.25), ((1, 2), 0.0625)] {
            assert!((baseline.weight(pair) - expected).abs() < 1e-12, "{pair:?}");
        }
    }
}
