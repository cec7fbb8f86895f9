//! The columns of each CSV file, and the few value helpers that they share.

pub(super) mod aligned;
pub(super) mod articles;
pub(super) mod contrasts;
pub(super) mod coverage_tables;
pub(super) mod edges;
pub(super) mod graph;
pub(super) mod influence;
pub(super) mod matches;
pub(super) mod narratives;
pub(super) mod news;
pub(super) mod pairs;
pub(super) mod phrases;
pub(super) mod regions;
pub(super) mod series;
pub(super) mod shares;
pub(super) mod watchlist;

use std::borrow::Cow;

use super::table::Value;

/// Decimals of shares, cosines and similarities.
pub(super) const SHARE_DECIMALS: usize = 4;
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
fn maybe<'a, T>(x: Option<T>, value: impl FnOnce(T) -> Value<'a>) -> Value<'a> {
    x.map_or(Value::Empty, value)
}
