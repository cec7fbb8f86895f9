//! `series.csv` and `pair_strata.csv`.

use crate::model::{CalendarUnit, PairPeriod, PairStratum, Relation};
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::shares::{ANY, RELATIONS};
use crate::report::tables::{id, maybe, share, text};

pub(in crate::report) static SERIES: Table = Table {
    file: "series.csv",
    about: "One row a pair of outlets, relation and day, week or month in which at least one of their articles matches or an edge ends. A period without a row had none.",
    key: &["outlet_a", "outlet_b", "relation", "period", "start"],
    columns: SERIES_COLUMNS,
    rows: |view| (0..view.analysis.significance.series.len()).map(|i| (i, 0)).collect(),
};

pub(in crate::report) static PAIR_STRATA: Table = Table {
    file: "pair_strata.csv",
    about: "What the test of a pair is made of: one row a tested pair, stratum and number of narratives that both may carry in it, with the number of random tables that gave it. The distribution of the sum over the strata gives `expected_narratives`, `p` and `effect`.",
    key: &["outlet_a", "outlet_b", "stratum", "shared"],
    columns: STRATA_COLUMNS,
    rows: |view| {
        let strata = view.analysis.significance.strata.iter().enumerate();
        strata.flat_map(|(i, s)| (0..s.tables.len()).map(move |j| (i, j))).collect()
    },
};

fn period<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a PairPeriod {
    &view.analysis.significance.series[i]
}

fn stratum<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a PairStratum {
    &view.analysis.significance.strata[i]
}

/// A share; nothing of nothing.
fn of(matched: usize, articles: usize) -> Value<'static> {
    maybe((articles > 0).then(|| matched as f64 / articles as f64), share)
}

const SERIES_COLUMNS: &[Column] = &[
    column("outlet_a", Kind::Id, "outlet id", "First outlet by id.", |v, row| {
        id(&period(v, row).outlet_a)
    }),
    column("outlet_b", Kind::Id, "outlet id", "Second outlet.", |v, row| {
        id(&period(v, row).outlet_b)
    }),
    column(
        "relation",
        Kind::Word(RELATIONS),
        "word",
        "Relation of the matches that count, as in `shares.csv`.",
        |v, row| Value::Id(period(v, row).relation.map_or(ANY, Relation::as_str)),
    ),
    column(
        "period",
        Kind::Word(CalendarUnit::WORDS),
        "word",
        "How long the row's period is.",
        |v, row| id(period(v, row).unit.as_str()),
    ),
    column(
        "start",
        Kind::Date,
        "UTC day",
        "First day of the period: a week begins on Monday.",
        |v, row| Value::Date(period(v, row).start),
    ),
    column(
        "articles_a",
        Kind::Integer,
        "count",
        "Articles of a in the period on whose day b was present in their language.",
        |v, row| Value::Integer(period(v, row).articles_a),
    ),
    column(
        "matched_a",
        Kind::Integer,
        "count",
        "Those of a with a match in b, whenever that appeared.",
        |v, row| Value::Integer(period(v, row).matched_a),
    ),
    column(
        "articles_b",
        Kind::Integer,
        "count",
        "Articles of b in the period on whose day a was present in their language.",
        |v, row| Value::Integer(period(v, row).articles_b),
    ),
    column("matched_b", Kind::Integer, "count", "Those of b with a match in a.", |v, row| {
        Value::Integer(period(v, row).matched_b)
    }),
    column(
        "share_a",
        Kind::Number,
        "share 0..1",
        "`matched_a` of `articles_a`; empty if there is none.",
        |v, row| of(period(v, row).matched_a, period(v, row).articles_a),
    ),
    column(
        "share_b",
        Kind::Number,
        "share 0..1",
        "`matched_b` of `articles_b`; empty if there is none.",
        |v, row| of(period(v, row).matched_b, period(v, row).articles_b),
    ),
    column(
        "edges_ab",
        Kind::Integer,
        "edges",
        "Edges E1 to E3 from a to b that end in the period; only with relation `any`.",
        |v, row| maybe(period(v, row).edges, |[ab, _]| Value::Integer(ab)),
    ),
    column(
        "edges_ba",
        Kind::Integer,
        "edges",
        "Edges E1 to E3 from b to a that end in the period; only with relation `any`.",
        |v, row| maybe(period(v, row).edges, |[_, ba]| Value::Integer(ba)),
    ),
    column("outlet_name_a", Kind::Text, "name", "Name of `outlet_a`.", |v, row| {
        text(v.name(&period(v, row).outlet_a))
    }),
    column("outlet_name_b", Kind::Text, "name", "Name of `outlet_b`.", |v, row| {
        text(v.name(&period(v, row).outlet_b))
    }),
];

const STRATA_COLUMNS: &[Column] = &[
    column("outlet_a", Kind::Id, "outlet id", "First outlet by id.", |v, row| {
        id(&stratum(v, row).outlet_a)
    }),
    column("outlet_b", Kind::Id, "outlet id", "Second outlet.", |v, row| {
        id(&stratum(v, row).outlet_b)
    }),
    column(
        "stratum",
        Kind::Integer,
        "number",
        "Number of the stratum among those of the pair, from 1: the order of the sum.",
        |v, row| Value::Integer(stratum(v, row).number),
    ),
    column("language", Kind::Id, "ISO 639-1", "Language; empty if unknown.", |v, row| {
        id(&stratum(v, row).language)
    }),
    column("start", Kind::Date, "UTC day", "First day of the window.", |v, row| {
        Value::Date(stratum(v, row).start)
    }),
    column("days", Kind::Integer, "days", "Days of the window.", |v, row| {
        Value::Integer(stratum(v, row).days as usize)
    }),
    column(
        "eligible",
        Kind::Integer,
        "outlets",
        "Outlets that could have carried these narratives.",
        |v, row| Value::Integer(stratum(v, row).eligible),
    ),
    column(
        "observed",
        Kind::Integer,
        "narratives",
        "Narratives of the stratum that both carry, without those of a common source.",
        |v, row| Value::Integer(stratum(v, row).observed),
    ),
    column("least", Kind::Integer, "narratives", "Fewest that the margins allow.", |v, row| {
        Value::Integer(stratum(v, row).bounds.0)
    }),
    column("most", Kind::Integer, "narratives", "Most that the margins allow.", |v, row| {
        Value::Integer(stratum(v, row).bounds.1)
    }),
    column("shared", Kind::Integer, "narratives", "A number that both may carry.", |v, row| {
        Value::Integer(stratum(v, row).tables[row.1].0)
    }),
    column(
        "tables",
        Kind::Integer,
        "tables",
        "Random tables in which both carry so many, of 1,500; a number that is in none has no row.",
        |v, row| Value::Integer(stratum(v, row).tables[row.1].1),
    ),
];
