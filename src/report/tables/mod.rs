//! The CSV files: which there are, and the few value helpers that their columns share.

mod articles;
mod contrasts;
mod coverage_tables;
mod edges;
mod influence;
mod matches;
mod narratives;
mod pairs;
mod phrases;
mod shares;

use std::borrow::Cow;

use super::table::{Table, Value};

/// Every CSV file, in the order of the file names.
pub(super) const TABLES: [&Table; 15] = [
    &articles::ARTICLES,
    &edges::CHAINS,
    &contrasts::CONTRASTS,
    &coverage_tables::COVERAGE_GAPS,
    &edges::EDGES,
    &coverage_tables::FEEDS_STATUS,
    &influence::INFLUENCE,
    &matches::MATCHES,
    &narratives::NARRATIVE_ARTICLES,
    &narratives::NARRATIVES,
    &pairs::OUTLET_PAIRS,
    &matches::PASSAGES,
    &phrases::PHRASES,
    &shares::SHARES,
    &coverage_tables::SKIPPED,
];

/// Decimals of shares, cosines and similarities.
const SHARE_DECIMALS: usize = 4;
/// Decimals of minutes: a tenth is six seconds, below any clock error.
const MINUTE_DECIMALS: usize = 1;

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

/// An id, or missing if there is none.
fn id(id: &str) -> Value<'_> {
    if id.is_empty() { Value::Empty } else { Value::Id(id) }
}

fn share(x: f64) -> Value<'static> {
    Value::Number(x, SHARE_DECIMALS)
}

fn minutes(x: f64) -> Value<'static> {
    Value::Number(x, MINUTE_DECIMALS)
}

/// The value of `x`, or missing.
fn maybe<T>(x: Option<T>, value: impl FnOnce(T) -> Value<'static>) -> Value<'static> {
    x.map_or(Value::Empty, value)
}
