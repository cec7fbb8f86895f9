//! `regions.csv`, `region_pairs.csv` and `surges.csv`.

use crate::model::{RegionMonth, RegionPair, Surge};
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, share, text};
use crate::text::places::Region;

/// The words of [`Region`].
const WORDS: &[&str] = &[
    "africa",
    "asia-pacific",
    "europe",
    "latin-america",
    "middle-east",
    "north-america",
    "post-soviet",
];

fn region(region: Region) -> Value<'static> {
    Value::Id(region.as_str())
}

pub(in crate::report) static REGIONS: Table = Table {
    file: "regions.csv",
    about: "One row a region, outlet and month with articles about the region.",
    key: &["region", "outlet", "month"],
    columns: REGION_COLUMNS,
    rows: |view| (0..view.analysis.regions.months.len()).map(|i| (i, 0)).collect(),
};

fn month<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a RegionMonth {
    &view.analysis.regions.months[i]
}

const REGION_COLUMNS: &[Column] = &[
    column("region", Kind::Word(WORDS), "word", "The region.", |v, row| {
        region(month(v, row).region)
    }),
    column("outlet", Kind::Id, "outlet id", "The outlet.", |v, row| id(&month(v, row).outlet)),
    column("month", Kind::Date, "UTC day", "First day of the month.", |v, row| {
        Value::Date(month(v, row).month)
    }),
    column(
        "articles",
        Kind::Integer,
        "articles",
        "Its articles about the region: the headline names a place there, or the text does so twice; places of the outlet's own state do not count.",
        |v, row| Value::Integer(month(v, row).articles),
    ),
    column("share", Kind::Number, "share 0..1", "They as a share of `articles_all`.", |v, row| {
        let month = month(v, row);
        share(month.articles as f64 / month.all.max(1) as f64)
    }),
    column(
        "articles_all",
        Kind::Integer,
        "articles",
        "All its articles in the month, in the languages in which places are known (ar, de, en, es, fr, pt, ru, zh).",
        |v, row| Value::Integer(month(v, row).all),
    ),
    column(
        "edition_articles",
        Kind::Integer,
        "articles",
        "Those of `articles` in an edition that the registry says is made for the region.",
        |v, row| Value::Integer(month(v, row).edition_articles),
    ),
    column(
        "places",
        Kind::Text,
        "ISO 3166-1",
        "Places of the region that most of these articles name, at most three, separated by spaces.",
        |v, row| text_of(&month(v, row).places),
    ),
    column("outlet_name", Kind::Text, "name", "Name of the outlet.", |v, row| {
        text(v.name(&month(v, row).outlet))
    }),
];

fn text_of(codes: &[String]) -> Value<'static> {
    Value::Text(codes.join(" ").into())
}

pub(in crate::report) static REGION_PAIRS: Table = Table {
    file: "region_pairs.csv",
    about: "One row a region, pair of outlets and month with a match between articles that are both about the region.",
    key: &["region", "outlet_a", "outlet_b", "month"],
    columns: PAIR_COLUMNS,
    rows: |view| (0..view.analysis.regions.pairs.len()).map(|i| (i, 0)).collect(),
};

fn pair<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a RegionPair {
    &view.analysis.regions.pairs[i]
}

const PAIR_COLUMNS: &[Column] =
    &[
        column("region", Kind::Word(WORDS), "word", "The region.", |v, row| {
            region(pair(v, row).region)
        }),
        column("outlet_a", Kind::Id, "outlet id", "First outlet.", |v, row| {
            id(&pair(v, row).outlet_a)
        }),
        column("outlet_b", Kind::Id, "outlet id", "Second outlet.", |v, row| {
            id(&pair(v, row).outlet_b)
        }),
        column(
            "month",
            Kind::Date,
            "UTC day",
            "First day of the month of the later article.",
            |v, row| Value::Date(pair(v, row).month),
        ),
        column(
            "matches",
            Kind::Integer,
            "matches",
            "Matches between articles of the two that are both about the region.",
            |v, row| Value::Integer(pair(v, row).matches),
        ),
        column(
            "edges_ab",
            Kind::Integer,
            "edges",
            "Directed edges (E1 to E3) from a to b between such articles.",
            |v, row| Value::Integer(pair(v, row).edges_ab),
        ),
        column("edges_ba", Kind::Integer, "edges", "Such edges from b to a.", |v, row| {
            Value::Integer(pair(v, row).edges_ba)
        }),
        column("outlet_name_a", Kind::Text, "name", "Name of `outlet_a`.", |v, row| {
            text(v.name(&pair(v, row).outlet_a))
        }),
        column("outlet_name_b", Kind::Text, "name", "Name of `outlet_b`.", |v, row| {
            text(v.name(&pair(v, row).outlet_b))
        }),
    ];

pub(in crate::report) static SURGES: Table = Table {
    file: "surges.csv",
    about: "One row a region and span of days in which it was in the news at least twice as much as usual, of all outlets together.",
    key: &["region", "from"],
    columns: SURGE_COLUMNS,
    rows: |view| (0..view.analysis.regions.surges.len()).map(|i| (i, 0)).collect(),
};

fn surge<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a Surge {
    &view.analysis.regions.surges[i]
}

const SURGE_COLUMNS: &[Column] = &[
    column("region", Kind::Word(WORDS), "word", "The region.", |v, row| {
        region(surge(v, row).region)
    }),
    column("from", Kind::Date, "UTC day", "First day.", |v, row| Value::Date(surge(v, row).from)),
    column("until", Kind::Date, "UTC day", "Last day.", |v, row| Value::Date(surge(v, row).until)),
    column("articles", Kind::Integer, "articles", "Articles about the region.", |v, row| {
        Value::Integer(surge(v, row).articles)
    }),
    column(
        "expected",
        Kind::Number,
        "articles",
        "As many as the region's usual share (the median of all days) of the articles of these days would give.",
        |v, row| Value::Number(surge(v, row).expected, 1),
    ),
    column("outlets", Kind::Integer, "outlets", "Outlets of these articles.", |v, row| {
        Value::Integer(surge(v, row).outlets)
    }),
    column(
        "places",
        Kind::Text,
        "ISO 3166-1",
        "Places of the region that most of these articles name, at most three, separated by spaces.",
        |v, row| text_of(&surge(v, row).places),
    ),
];
