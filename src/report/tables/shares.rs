//! `shares.csv`: what two outlets share, by relation and window, with intervals.

use crate::model::{PairOverlap, Relation, Share};
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, share, text};

/// Stands for matches of any relation.
pub(super) const ANY: &str = "any";

/// [`ANY`], then the word of each [`Relation`].
pub(super) const RELATIONS: &[&str] = &{
    let mut words = [ANY; Relation::WORDS.len() + 1];
    let mut i = 0;
    while i < Relation::WORDS.len() {
        words[i + 1] = Relation::WORDS[i];
        i += 1;
    }
    words
};

pub(in crate::report) static SHARES: Table = Table {
    file: "shares.csv",
    about: "One row a pair of outlets, relation and window in which at least one article of theirs counts: directional shares, their geometric mean, and 95 % intervals from resampled days.",
    // A row is known by outlets, relation and window, but a key may not be empty and `window_days` may.
    key: &[],
    columns: COLUMNS,
    rows: |view| (0..view.analysis.significance.overlaps.len()).map(|i| (i, 0)).collect(),
};

fn of<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a PairOverlap {
    &view.analysis.significance.overlaps[i]
}

fn low(interval: Option<(f64, f64)>) -> Value<'static> {
    maybe(interval, |(low, _)| share(low))
}

fn high(interval: Option<(f64, f64)>) -> Value<'static> {
    maybe(interval, |(_, high)| share(high))
}

fn count(side: Share, value: fn(Share) -> usize) -> Value<'static> {
    Value::Integer(value(side))
}

const COLUMNS: &[Column] = &[
    column("outlet_a", Kind::Id, "outlet id", "First outlet by id.", |v, row| {
        id(&of(v, row).outlet_a)
    }),
    column("outlet_b", Kind::Id, "outlet id", "Second outlet.", |v, row| id(&of(v, row).outlet_b)),
    column(
        "relation",
        Kind::Word(RELATIONS),
        "word",
        "Relation of the matches that count; an article counts in each relation of which it has a match.",
        |v, row| Value::Id(of(v, row).relation.map_or(ANY, Relation::as_str)),
    ),
    column(
        "window_days",
        Kind::Integer,
        "days",
        "Greatest time between both articles of a match that counts; empty: the window of the run.",
        |v, row| maybe(of(v, row).window_days, |days| Value::Integer(days as usize)),
    ),
    column(
        "articles_a",
        Kind::Integer,
        "count",
        "Articles of a on whose day b was present in their language.",
        |v, row| count(of(v, row).a, |side| side.articles),
    ),
    column(
        "articles_b",
        Kind::Integer,
        "count",
        "Articles of b on whose day a was present in their language.",
        |v, row| count(of(v, row).b, |side| side.articles),
    ),
    column("matched_a", Kind::Integer, "count", "Those of a with a match in b.", |v, row| {
        count(of(v, row).a, |side| side.matched)
    }),
    column("matched_b", Kind::Integer, "count", "Those of b with a match in a.", |v, row| {
        count(of(v, row).b, |side| side.matched)
    }),
    column(
        "days_a",
        Kind::Integer,
        "days",
        "UTC days of the articles in `matched_a`.",
        |v, row| count(of(v, row).a, |side| side.days),
    ),
    column(
        "days_b",
        Kind::Integer,
        "days",
        "UTC days of the articles in `matched_b`.",
        |v, row| count(of(v, row).b, |side| side.days),
    ),
    column("share_a", Kind::Number, "share 0..1", "`matched_a` of `articles_a`.", |v, row| {
        share(of(v, row).a.share)
    }),
    column(
        "share_a_low",
        Kind::Number,
        "share 0..1",
        "Lower end of its 95 % interval; empty if `days_a` is below five.",
        |v, row| low(of(v, row).a.interval),
    ),
    column("share_a_high", Kind::Number, "share 0..1", "Upper end of it.", |v, row| {
        high(of(v, row).a.interval)
    }),
    column("share_b", Kind::Number, "share 0..1", "`matched_b` of `articles_b`.", |v, row| {
        share(of(v, row).b.share)
    }),
    column(
        "share_b_low",
        Kind::Number,
        "share 0..1",
        "Lower end of its 95 % interval; empty if `days_b` is below five.",
        |v, row| low(of(v, row).b.interval),
    ),
    column("share_b_high", Kind::Number, "share 0..1", "Upper end of it.", |v, row| {
        high(of(v, row).b.interval)
    }),
    column("overlap", Kind::Number, "share 0..1", "Geometric mean of both shares.", |v, row| {
        share(of(v, row).overlap)
    }),
    column(
        "overlap_low",
        Kind::Number,
        "share 0..1",
        "Lower end of its 95 % interval, of the same resamples; empty if either share has none.",
        |v, row| low(of(v, row).overlap_interval),
    ),
    column("overlap_high", Kind::Number, "share 0..1", "Upper end of it.", |v, row| {
        high(of(v, row).overlap_interval)
    }),
    column("outlet_name_a", Kind::Text, "name", "Name of `outlet_a`.", |v, row| {
        text(v.name(&of(v, row).outlet_a))
    }),
    column("outlet_name_b", Kind::Text, "name", "Name of `outlet_b`.", |v, row| {
        text(v.name(&of(v, row).outlet_b))
    }),
];
