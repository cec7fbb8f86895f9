//! What is said of a pair of outlets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Grade;
use super::words::word_enum;

word_enum! {
    /// What can be said of a pair of outlets against chance.
    #[derive(Default)]
    pub enum Verdict {
        /// More narratives in common than narratives of the same language and days give: q is at most the set rate,
        /// and the interval of the odds ratio is above 1.2.
        MoreThanChance = "more_than_chance",
        /// Not more than that.
        NotDistinguishable = "not_distinguishable",
        /// Too few narratives, or outlets, for a test, or the margins fix the number; no number is printed.
        #[default]
        TooFew = "not_tested_too_few" | "too_few",
        /// No control outlet could have carried the narratives that decide: not tested.
        NoBaseline = "not_tested_no_baseline" | "no_baseline",
    }
}

/// Quantiles of the lag between two outlets, over E1–E3 edges.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LagQuantiles {
    /// Edges counted.
    pub n: usize,
    /// 10 % quantile in minutes.
    pub p10: f64,
    /// Median in minutes.
    pub median: f64,
    /// 95 % interval of the median by order statistics; `None` below six lags, where none has 95 %.
    #[serde(default)]
    pub median_interval: Option<(f64, f64)>,
    /// 90 % quantile in minutes.
    pub p90: f64,
}

/// Two outlets compared; `outlet_a < outlet_b`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OutletPair {
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Articles of `a` in the analysis.
    pub articles_a: usize,
    /// Articles of `b`.
    pub articles_b: usize,
    /// Days on which both were present in one language: from the first to the last article of either in it, without
    /// the days listed as gaps.
    #[serde(default)]
    pub common_days: usize,
    /// Share of `a`'s articles of those days that have a match in `b` within the window, `0..=1`; `None` if there
    /// is none to compare.
    pub share_a: Option<f64>,
    /// Share of `b`'s articles of those days that have a match in `a`.
    pub share_b: Option<f64>,
    /// Geometric mean of the two shares.
    pub overlap: Option<f64>,
    /// 95 % interval of `share_a` from resampled days; `None` with fewer than five days on which `a` has a
    /// match in `b`.
    #[serde(default)]
    pub share_a_interval: Option<(f64, f64)>,
    /// 95 % interval of `share_b`.
    #[serde(default)]
    pub share_b_interval: Option<(f64, f64)>,
    /// 95 % interval of `overlap`, of the same resamples; `None` if either share has none.
    #[serde(default)]
    pub overlap_interval: Option<(f64, f64)>,
    /// E1–E3 edges from `a` to `b`, by grade.
    pub edges_ab: BTreeMap<Grade, usize>,
    /// E1–E3 edges from `b` to `a`, by grade.
    pub edges_ba: BTreeMap<Grade, usize>,
    /// Matches of this pair that a common source explains (grade X).
    pub common_source: usize,
    /// `2·min/(ab+ba)` over directed edges, `0..=1`; `None` without any.
    pub reciprocity: Option<f64>,
    /// 95 % interval of it, from Wilson's interval of the share of edges that go one way.
    #[serde(default)]
    pub reciprocity_interval: Option<(f64, f64)>,
    /// Lags of the directed edges from `a` to `b`; `None` below the minimum count.
    pub lag_ab: Option<LagQuantiles>,
    /// Lags of the directed edges from `b` to `a`.
    pub lag_ba: Option<LagQuantiles>,
    /// Narratives that both carry.
    pub shared: usize,
    /// Narratives among [`OutletPair::shared`] in which a common source explains every match of the two;
    /// the test is made without them.
    #[serde(default)]
    pub shared_common: usize,
    /// Expected number of those under the null model; `None` if not tested.
    pub expected: Option<f64>,
    /// Observed over expected shared narratives, without [`OutletPair::shared_common`]; `None` if not
    /// tested.
    pub effect: Option<f64>,
    /// Lower and upper end of the effect's 95 % interval.
    pub effect_interval: Option<(f64, f64)>,
    /// Estimated odds ratio of the pair given language, days, sizes and activity, `0..=1000`, where 1000 stands for
    /// all above; `None` if not tested.
    #[serde(default)]
    pub odds: Option<f64>,
    /// Lower end of its 95 % interval.
    #[serde(default)]
    pub odds_low: Option<f64>,
    /// Upper end; `None` too if the two share as much as the margins allow.
    #[serde(default)]
    pub odds_high: Option<f64>,
    /// Odds ratio that would be found in four of five cases; `None` if not tested.
    #[serde(default)]
    pub detectable_odds: Option<f64>,
    /// Days of the windows within which narratives are compared; `None` if not tested.
    #[serde(default)]
    pub window_days: Option<u32>,
    /// Controls that could have carried the narratives that decide; `None` if there were none to decide.
    #[serde(default)]
    pub controls: Option<usize>,
    /// Articles of these controls in the languages of these narratives.
    #[serde(default)]
    pub control_articles: Option<usize>,
    /// One-sided mid-p value; `None` if not tested.
    pub p: Option<f64>,
    /// The p-value within strata of six hours; `None` if not tested, or if no time is finer than a day.
    #[serde(default)]
    pub p_six_hours: Option<f64>,
    /// False discovery rate at which this pair is called (Benjamini–Hochberg over tested pairs).
    pub q: Option<f64>,
    /// Outcome in words.
    pub verdict: Verdict,
    /// Daily volumes compared; `None` if there are too few days or articles.
    #[serde(default)]
    pub rhythm: Option<Synchrony>,
    /// Which of the two is first among their articles that match.
    #[serde(default)]
    pub order: LagSign,
}

/// Which of two outlets is first among their matched articles, against the publishing rhythm of both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct LagSign {
    /// Matched pairs of articles whose order is resolved: the lag is more than both clock errors, and neither outlet's
    /// desk was closed in between.
    pub n: usize,
    /// Of these, pairs in which the article of `a` is earlier.
    pub a_first: usize,
    /// Share of `a` first that the rhythms give, `0..=1`; `None` below five pairs.
    pub expected: Option<f64>,
    /// False discovery rate (two-sided) at which one is called first; `None` below five pairs.
    pub q: Option<f64>,
}

/// Daily article counts of two outlets, less the mean of the weekday, against circular shifts of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Synchrony {
    /// Correlation of the daily counts, `-1..=1`.
    pub synchrony: f64,
    /// False discovery rate at which the pair is called in step.
    pub synchrony_q: f64,
    /// Correlation with `b` one to three days later, less that with `b` earlier, summed: above 0 if `a`
    /// is ahead.
    pub lead: f64,
    /// False discovery rate (two-sided) at which one is called ahead.
    pub lead_q: f64,
    /// Shifts compared with.
    pub shifts: usize,
}
