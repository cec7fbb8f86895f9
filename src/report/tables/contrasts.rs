//! `contrasts.csv`: two states' outlets against the controls.

use crate::model::Contrast;
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, share};

pub(in crate::report) static CONTRASTS: Table = Table {
    file: "contrasts.csv",
    about: "One row two states under study: what their outlets share with each other against what they share with the controls, each relative to what activity and event size give.",
    key: &["state_a", "state_b"],
    columns: COLUMNS,
    rows: |view| (0..view.analysis.significance.contrasts.len()).map(|i| (i, 0)).collect(),
};

fn contrast<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a Contrast {
    &view.analysis.significance.contrasts[i]
}

/// A count of pairs, which common sources may have lowered, but never below 0.
fn count(x: f64) -> Value<'static> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole count")]
    Value::Integer(x.max(0.0).round() as usize)
}

const COLUMNS: &[Column] = &[
    column("state_a", Kind::Id, "ISO 3166-1", "First state.", |v, row| {
        id(&contrast(v, row).state_a)
    }),
    column("state_b", Kind::Id, "ISO 3166-1", "Second state.", |v, row| {
        id(&contrast(v, row).state_b)
    }),
    column(
        "ratio",
        Kind::Number,
        "ratio",
        "Observed over expected between the states, over observed over expected with the controls; above 1: they share more with each other.",
        |v, row| share(contrast(v, row).ratio),
    ),
    column("ratio_low", Kind::Number, "ratio", "Lower end of its 95 % interval.", |v, row| {
        share(contrast(v, row).interval.0)
    }),
    column("ratio_high", Kind::Number, "ratio", "Upper end of its 95 % interval.", |v, row| {
        share(contrast(v, row).interval.1)
    }),
    column(
        "observed",
        Kind::Integer,
        "pairs",
        "Pairs of outlets, one of each state, in one narrative; summed over narratives, without those that a common source explains.",
        |v, row| count(contrast(v, row).observed),
    ),
    column(
        "expected",
        Kind::Number,
        "pairs",
        "Expected number of those under the null model.",
        |v, row| share(contrast(v, row).expected),
    ),
    column(
        "observed_control",
        Kind::Integer,
        "pairs",
        "The same of an outlet of either state and a control.",
        |v, row| count(contrast(v, row).observed_control),
    ),
    column("expected_control", Kind::Number, "pairs", "Expected number of those.", |v, row| {
        share(contrast(v, row).expected_control)
    }),
    column("narratives", Kind::Integer, "count", "Narratives behind it.", |v, row| {
        Value::Integer(contrast(v, row).narratives)
    }),
];
