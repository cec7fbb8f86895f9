//! `outlet_pairs.csv`.

use std::collections::BTreeMap;

use crate::model::{Grade, LagQuantiles, OutletPair, Verdict};
use crate::report::alternatives;
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, minutes, share, text};

pub(in crate::report) static OUTLET_PAIRS: Table = Table {
    file: "outlet_pairs.csv",
    about: "One row a pair of outlets. Shares and edge counts say what was found; odds, p, q and verdict say whether the shared narratives are more than narratives of the same language and days give.",
    key: &["outlet_a", "outlet_b"],
    columns: PAIR_COLUMNS,
    rows: |view| (0..view.analysis.significance.pairs.len()).map(|i| (i, 0)).collect(),
};

fn pair<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a OutletPair {
    &view.analysis.significance.pairs[i]
}

fn total(by_grade: &BTreeMap<Grade, usize>) -> Value<'static> {
    Value::Integer(by_grade.values().sum())
}

fn graded(by_grade: &BTreeMap<Grade, usize>, grade: Grade) -> Value<'static> {
    Value::Integer(by_grade.get(&grade).copied().unwrap_or(0))
}

fn lag(quantiles: Option<LagQuantiles>, value: fn(LagQuantiles) -> f64) -> Value<'static> {
    maybe(quantiles, |q| minutes(value(q)))
}

fn median_interval(quantiles: Option<LagQuantiles>) -> Option<(f64, f64)> {
    quantiles.and_then(|q| q.median_interval)
}

/// Whether the median lag of a pair is that from `b` to `a`: the side with more lags, `a` to `b` if equal.
fn is_median_of_ba(pair: &OutletPair) -> bool {
    let lags = |q: Option<LagQuantiles>| q.map_or(0, |q| q.n);
    lags(pair.lag_ba) > lags(pair.lag_ab)
}

/// Median lag of a pair, of the side with more lags.
fn median(pair: &OutletPair) -> Value<'static> {
    lag(if is_median_of_ba(pair) { pair.lag_ba } else { pair.lag_ab }, |q| q.median)
}

/// Whose lag the median is; empty without one.
fn median_direction(pair: &OutletPair) -> Value<'static> {
    match (pair.lag_ab, pair.lag_ba) {
        (None, None) => Value::Empty,
        _ => Value::Id(if is_median_of_ba(pair) { "ba" } else { "ab" }),
    }
}

const PAIR_COLUMNS: &[Column] = &[
    column("outlet_a", Kind::Id, "outlet id", "First outlet by id.", |v, row| {
        id(&pair(v, row).outlet_a)
    }),
    column(
        "outlet_b",
        Kind::Id,
        "outlet id",
        "Second outlet.",
        |v, row| id(&pair(v, row).outlet_b),
    ),
    column("articles_a", Kind::Integer, "count", "Articles of a.", |v, row| {
        Value::Integer(pair(v, row).articles_a)
    }),
    column("articles_b", Kind::Integer, "count", "Articles of b.", |v, row| {
        Value::Integer(pair(v, row).articles_b)
    }),
    column(
        "share_a",
        Kind::Number,
        "share 0..1",
        "Share of a's articles of the common days that have a match in b within the window; empty if there is none to compare.",
        |v, row| maybe(pair(v, row).share_a, share),
    ),
    column(
        "share_b",
        Kind::Number,
        "share 0..1",
        "Share of b's articles of the common days that have a match in a within the window; empty if there is none to compare.",
        |v, row| maybe(pair(v, row).share_b, share),
    ),
    column("overlap", Kind::Number, "share 0..1", "Geometric mean of both shares.", |v, row| {
        maybe(pair(v, row).overlap, share)
    }),
    column("edges_ab", Kind::Integer, "count", "Edges E1 to E3 from a to b.", |v, row| {
        total(&pair(v, row).edges_ab)
    }),
    column("edges_ba", Kind::Integer, "count", "Edges E1 to E3 from b to a.", |v, row| {
        total(&pair(v, row).edges_ba)
    }),
    column(
        "reciprocity",
        Kind::Number,
        "share 0..1",
        "2·min/(ab+ba) over edges E1 to E3; empty without any.",
        |v, row| maybe(pair(v, row).reciprocity, share),
    ),
    column(
        "lag_median_minutes",
        Kind::Number,
        "minutes",
        "Median lag over edges E1 to E3 of the side that `lag_median_direction` names; empty below the minimum count.",
        |v, row| median(pair(v, row)),
    ),
    column(
        "effect",
        Kind::Number,
        "ratio",
        "Shared narratives without `shared_common`, observed over expected; empty if not tested.",
        |v, row| maybe(pair(v, row).effect, share),
    ),
    column(
        "p",
        Kind::Number,
        "probability",
        "One-sided mid-p value of the shared narratives; empty if not tested.",
        |v, row| maybe(pair(v, row).p, Value::Probability),
    ),
    column(
        "q",
        Kind::Number,
        "probability",
        "False discovery rate (Benjamini–Hochberg) at which this pair is called, over all tested pairs, whose weight each baseline outlet divides by four; empty if not tested.",
        |v, row| maybe(pair(v, row).q, Value::Probability),
    ),
    column(
        "verdict",
        Kind::Word(Verdict::WORDS),
        "word",
        "Outcome in a word; `not_distinguishable` is no proof of independence.",
        |v, row| Value::Id(pair(v, row).verdict.as_str()),
    ),
    column("outlet_name_a", Kind::Text, "name", "Name of `outlet_a`.", |v, row| {
        text(v.name(&pair(v, row).outlet_a))
    }),
    column("outlet_name_b", Kind::Text, "name", "Name of `outlet_b`.", |v, row| {
        text(v.name(&pair(v, row).outlet_b))
    }),
    column("e1_ab", Kind::Integer, "count", "Edges E1 from a to b.", |v, row| {
        graded(&pair(v, row).edges_ab, Grade::E1)
    }),
    column("e2_ab", Kind::Integer, "count", "Edges E2 from a to b.", |v, row| {
        graded(&pair(v, row).edges_ab, Grade::E2)
    }),
    column("e3_ab", Kind::Integer, "count", "Edges E3 from a to b.", |v, row| {
        graded(&pair(v, row).edges_ab, Grade::E3)
    }),
    column("e1_ba", Kind::Integer, "count", "Edges E1 from b to a.", |v, row| {
        graded(&pair(v, row).edges_ba, Grade::E1)
    }),
    column("e2_ba", Kind::Integer, "count", "Edges E2 from b to a.", |v, row| {
        graded(&pair(v, row).edges_ba, Grade::E2)
    }),
    column("e3_ba", Kind::Integer, "count", "Edges E3 from b to a.", |v, row| {
        graded(&pair(v, row).edges_ba, Grade::E3)
    }),
    column(
        "common_source",
        Kind::Integer,
        "matches",
        "Matches of the pair that a common source explains (grade X); not among the edges above.",
        |v, row| Value::Integer(pair(v, row).common_source),
    ),
    column(
        "lag_ab_n",
        Kind::Integer,
        "edges",
        "Edges from a to b with a lag: both articles are timed. Below five no quantile is shown.",
        |v, row| total(&pair(v, row).edges_ab),
    ),
    column(
        "lag_ab_p10",
        Kind::Number,
        "minutes",
        "10 % quantile of the lag from a to b.",
        |v, row| lag(pair(v, row).lag_ab, |q| q.p10),
    ),
    column("lag_ab_median", Kind::Number, "minutes", "Median lag from a to b.", |v, row| {
        lag(pair(v, row).lag_ab, |q| q.median)
    }),
    column(
        "lag_ab_p90",
        Kind::Number,
        "minutes",
        "90 % quantile of the lag from a to b.",
        |v, row| lag(pair(v, row).lag_ab, |q| q.p90),
    ),
    column(
        "lag_ba_n",
        Kind::Integer,
        "edges",
        "Edges from b to a with a lag: both articles are timed. Below five no quantile is shown.",
        |v, row| total(&pair(v, row).edges_ba),
    ),
    column(
        "lag_ba_p10",
        Kind::Number,
        "minutes",
        "10 % quantile of the lag from b to a.",
        |v, row| lag(pair(v, row).lag_ba, |q| q.p10),
    ),
    column("lag_ba_median", Kind::Number, "minutes", "Median lag from b to a.", |v, row| {
        lag(pair(v, row).lag_ba, |q| q.median)
    }),
    column(
        "lag_ba_p90",
        Kind::Number,
        "minutes",
        "90 % quantile of the lag from b to a.",
        |v, row| lag(pair(v, row).lag_ba, |q| q.p90),
    ),
    column("shared_narratives", Kind::Integer, "count", "Narratives that both carry.", |v, row| {
        Value::Integer(pair(v, row).shared)
    }),
    column(
        "expected_narratives",
        Kind::Number,
        "count",
        "Expected number of those, without `shared_common`, given language, days, activity and size; empty if not tested.",
        |v, row| maybe(pair(v, row).expected, share),
    ),
    column(
        "effect_low",
        Kind::Number,
        "ratio",
        "Lower end of the effect's 95 % interval.",
        |v, row| maybe(pair(v, row).effect_interval, |(low, _)| share(low)),
    ),
    column(
        "effect_high",
        Kind::Number,
        "ratio",
        "Upper end of the effect's 95 % interval.",
        |v, row| maybe(pair(v, row).effect_interval, |(_, high)| share(high)),
    ),
    column(
        "shared_common",
        Kind::Integer,
        "count",
        "Narratives among `shared_narratives` in which a common source explains every match of the two; the test is made without them.",
        |v, row| Value::Integer(pair(v, row).shared_common),
    ),
    column(
        "reciprocity_low",
        Kind::Number,
        "share 0..1",
        "Lower end of the reciprocity's 95 % interval (Wilson).",
        |v, row| maybe(pair(v, row).reciprocity_interval, |(low, _)| share(low)),
    ),
    column(
        "reciprocity_high",
        Kind::Number,
        "share 0..1",
        "Upper end of the reciprocity's 95 % interval.",
        |v, row| maybe(pair(v, row).reciprocity_interval, |(_, high)| share(high)),
    ),
    column(
        "lag_ab_median_low",
        Kind::Number,
        "minutes",
        "Lower end of the 95 % interval of the median lag from a to b (order statistics); empty below six edges.",
        |v, row| maybe(median_interval(pair(v, row).lag_ab), |ends| minutes(ends.0)),
    ),
    column(
        "lag_ab_median_high",
        Kind::Number,
        "minutes",
        "Upper end of the 95 % interval of the median lag from a to b (order statistics); empty below six edges.",
        |v, row| maybe(median_interval(pair(v, row).lag_ab), |ends| minutes(ends.1)),
    ),
    column(
        "lag_ba_median_low",
        Kind::Number,
        "minutes",
        "Lower end of the 95 % interval of the median lag from b to a (order statistics); empty below six edges.",
        |v, row| maybe(median_interval(pair(v, row).lag_ba), |ends| minutes(ends.0)),
    ),
    column(
        "lag_ba_median_high",
        Kind::Number,
        "minutes",
        "Upper end of the 95 % interval of the median lag from b to a (order statistics); empty below six edges.",
        |v, row| maybe(median_interval(pair(v, row).lag_ba), |ends| minutes(ends.1)),
    ),
    column(
        "synchrony",
        Kind::Number,
        "correlation -1..1",
        "Correlation of both outlets' daily numbers of articles, less the mean of the weekday; empty with fewer than 28 days or articles.",
        |v, row| maybe(pair(v, row).rhythm, |r| share(r.synchrony)),
    ),
    column(
        "synchrony_q",
        Kind::Number,
        "probability",
        "False discovery rate at which the two are in step, against circular shifts.",
        |v, row| maybe(pair(v, row).rhythm, |r| Value::Probability(r.synchrony_q)),
    ),
    column(
        "lead",
        Kind::Number,
        "correlation",
        "Correlation with b one to three days later, less that with b earlier, summed: above 0 if the numbers of a run ahead.",
        |v, row| maybe(pair(v, row).rhythm, |r| share(r.lead)),
    ),
    column(
        "lead_q",
        Kind::Number,
        "probability",
        "False discovery rate, two-sided, at which `lead` differs from 0, against circular shifts.",
        |v, row| maybe(pair(v, row).rhythm, |r| Value::Probability(r.lead_q)),
    ),
    column(
        "order_n",
        Kind::Integer,
        "pairs",
        "Matched pairs of timed articles whose order is resolved: the lag is more than both clock errors, and no closed desk lies between. Below five no share is shown.",
        |v, row| Value::Integer(pair(v, row).order.n),
    ),
    column(
        "order_a_first",
        Kind::Number,
        "share 0..1",
        "Share of these pairs in which the article of a is earlier; empty below five.",
        |v, row| {
            let order = pair(v, row).order;
            maybe(order.expected, |_| share(order.a_first as f64 / order.n as f64))
        },
    ),
    column(
        "order_expected",
        Kind::Number,
        "share 0..1",
        "The share that the publishing rhythms of both give; empty below five pairs.",
        |v, row| maybe(pair(v, row).order.expected, share),
    ),
    column(
        "order_q",
        Kind::Number,
        "probability",
        "False discovery rate, two-sided, at which `order_a_first` differs from that, over all circular shifts of b; empty below five pairs.",
        |v, row| maybe(pair(v, row).order.q, Value::Probability),
    ),
    column(
        "alternatives",
        Kind::Text,
        "text",
        "What else may explain the overlap: common source, common events, agreements, gaps; separated by ` | `.",
        |v, row| Value::Text(alternatives::of_pair(v, pair(v, row)).join(" | ").into()),
    ),
    column(
        "share_a_low",
        Kind::Number,
        "share 0..1",
        "Lower end of the 95 % interval of `share_a` over resampled days; empty below five days with matched articles (`shares.csv` has the counts).",
        |v, row| maybe(pair(v, row).share_a_interval, |(low, _)| share(low)),
    ),
    column(
        "share_a_high",
        Kind::Number,
        "share 0..1",
        "Upper end of the 95 % interval of `share_a` over resampled days.",
        |v, row| maybe(pair(v, row).share_a_interval, |(_, high)| share(high)),
    ),
    column(
        "share_b_low",
        Kind::Number,
        "share 0..1",
        "Lower end of the 95 % interval of `share_b` over resampled days; empty below five days with matched articles (`shares.csv` has the counts).",
        |v, row| maybe(pair(v, row).share_b_interval, |(low, _)| share(low)),
    ),
    column(
        "share_b_high",
        Kind::Number,
        "share 0..1",
        "Upper end of the 95 % interval of `share_b` over resampled days.",
        |v, row| maybe(pair(v, row).share_b_interval, |(_, high)| share(high)),
    ),
    column(
        "overlap_low",
        Kind::Number,
        "share 0..1",
        "Lower end of the 95 % interval of `overlap` over resampled days; empty below five days with matched articles (`shares.csv` has the counts).",
        |v, row| maybe(pair(v, row).overlap_interval, |(low, _)| share(low)),
    ),
    column(
        "overlap_high",
        Kind::Number,
        "share 0..1",
        "Upper end of the 95 % interval of `overlap` over resampled days.",
        |v, row| maybe(pair(v, row).overlap_interval, |(_, high)| share(high)),
    ),
    column(
        "common_days",
        Kind::Integer,
        "days",
        "Days on which both were present in one language; the denominators of the shares are the articles of these days.",
        |v, row| Value::Integer(pair(v, row).common_days),
    ),
    column(
        "lag_median_direction",
        Kind::Word(&["ab", "ba"]),
        "word",
        "Whose lag `lag_median_minutes` is: from a to b, or from b to a; empty without one.",
        |v, row| median_direction(pair(v, row)),
    ),
    column(
        "odds",
        Kind::Number,
        "odds ratio",
        "Estimated odds ratio of the pair given language, days, activity and size of the narratives; 1000 stands for all above; empty if not tested.",
        |v, row| maybe(pair(v, row).odds, share),
    ),
    column(
        "odds_low",
        Kind::Number,
        "odds ratio",
        "Lower end of its 95 % interval; `more_than_chance` needs more than 1.2.",
        |v, row| maybe(pair(v, row).odds_low, share),
    ),
    column(
        "odds_high",
        Kind::Number,
        "odds ratio",
        "Upper end of its 95 % interval; empty too if the two share as much as the margins allow.",
        |v, row| maybe(pair(v, row).odds_high, share),
    ),
    column(
        "window_days",
        Kind::Integer,
        "days",
        "Days of the windows within which the narratives are compared; empty if not tested.",
        |v, row| maybe(pair(v, row).window_days, |days| Value::Integer(days as usize)),
    ),
    column(
        "controls",
        Kind::Integer,
        "outlets",
        "Controls, other than the pair, that could have carried the narratives that decide.",
        |v, row| maybe(pair(v, row).controls, Value::Integer),
    ),
    column(
        "control_articles",
        Kind::Integer,
        "articles",
        "Articles of these controls in the languages of these narratives.",
        |v, row| maybe(pair(v, row).control_articles, Value::Integer),
    ),
    column(
        "p_six_hours",
        Kind::Number,
        "probability",
        "The p-value within strata of six hours; above .05 the two may be alike in their hours alone. Empty if not tested or without clock times.",
        |v, row| maybe(pair(v, row).p_six_hours, Value::Probability),
    ),
    column(
        "detectable_odds",
        Kind::Number,
        "odds ratio",
        "Odds ratio that would have been found in four of five cases; empty if not tested.",
        |v, row| maybe(pair(v, row).detectable_odds, share),
    ),
];
