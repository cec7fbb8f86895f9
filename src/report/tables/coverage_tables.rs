//! `feeds_status.csv`, `coverage_gaps.csv` and `skipped.csv`: what came in and what did not.

use std::borrow::Cow;

use crate::model::{FeedStatus, FetchStatus, SourceKind};
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, text};

pub(in crate::report) static FEEDS_STATUS: Table = Table {
    file: "feeds_status.csv",
    about: "One row a source that was polled: how its last poll ended. Header only for an imported corpus.",
    key: &["outlet", "edition", "url"],
    columns: FEED_COLUMNS,
    rows: |view| (0..view.corpus.feeds().len()).map(|i| (i, 0)).collect(),
};

fn feed<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a FeedStatus {
    &view.corpus.feeds()[i]
}

const FEED_COLUMNS: &[Column] = &[
    column("outlet", Kind::Id, "outlet id", "The outlet.", |v, row| id(&feed(v, row).outlet)),
    column("edition", Kind::Id, "edition id", "The edition.", |v, row| id(&feed(v, row).edition)),
    column("kind", Kind::Word(SourceKind::WORDS), "word", "What the address holds.", |v, row| {
        Value::Id(feed(v, row).kind.as_str())
    }),
    column("url", Kind::Text, "address", "The configured address.", |v, row| {
        text(&feed(v, row).url)
    }),
    column("status", Kind::Word(FetchStatus::WORDS), "word", "How the poll ended.", |v, row| {
        Value::Id(feed(v, row).status.as_str())
    }),
    column(
        "http",
        Kind::Integer,
        "HTTP status",
        "Status of the last response; empty without one.",
        |v, row| maybe(feed(v, row).http, |code| Value::Integer(usize::from(code))),
    ),
    column("fetched_at", Kind::Time, "UTC", "When it was asked.", |v, row| {
        Value::Time(feed(v, row).fetched_at)
    }),
    column("items", Kind::Integer, "count", "Items listed.", |v, row| {
        Value::Integer(feed(v, row).items)
    }),
    column("new_items", Kind::Integer, "count", "Items not seen before.", |v, row| {
        Value::Integer(feed(v, row).new_items)
    }),
    column(
        "pages",
        Kind::Integer,
        "count",
        "Article pages asked for because of this source.",
        |v, row| Value::Integer(feed(v, row).pages),
    ),
    column("pages_failed", Kind::Integer, "count", "Pages that could not be had.", |v, row| {
        Value::Integer(feed(v, row).pages_failed)
    }),
    column(
        "newest",
        Kind::Time,
        "UTC",
        "Publication time of the newest item; empty if no item has one.",
        |v, row| maybe(feed(v, row).newest, Value::Time),
    ),
    column(
        "message",
        Kind::Text,
        "text",
        "What happened and what to do about it; empty if all is well.",
        |v, row| text(&feed(v, row).message),
    ),
    column(
        "heard",
        Kind::Boolean,
        "true or false",
        "Whether the poll says something about what the outlet published; if not, its silence means nothing.",
        |v, row| Value::Boolean(feed(v, row).status.is_heard()),
    ),
    column("outlet_name", Kind::Text, "name", "Name of the outlet.", |v, row| {
        text(v.name(&feed(v, row).outlet))
    }),
];

pub(in crate::report) static COVERAGE_GAPS: Table = Table {
    file: "coverage_gaps.csv",
    about: "One row a day on which an outlet was not heard: its absence on that day means nothing.",
    key: &["outlet", "day"],
    columns: &[
        column("outlet", Kind::Id, "outlet id", "The outlet.", |v, (i, _)| {
            id(&v.corpus.gaps()[i].outlet)
        }),
        column("day", Kind::Date, "UTC day", "The day.", |v, (i, _)| {
            Value::Date(v.corpus.gaps()[i].day)
        }),
        column("reason", Kind::Text, "text", "Why it was not heard.", |v, (i, _)| {
            text(&v.corpus.gaps()[i].reason)
        }),
        column("outlet_name", Kind::Text, "name", "Name of the outlet.", |v, (i, _)| {
            text(v.name(&v.corpus.gaps()[i].outlet))
        }),
    ],
    rows: |view| (0..view.corpus.gaps().len()).map(|i| (i, 0)).collect(),
};

pub(in crate::report) static SKIPPED: Table = Table {
    file: "skipped.csv",
    about: "One row a thing that was left out: nothing is dropped without one.",
    key: &[],
    columns: &[
        column(
            "what",
            Kind::Text,
            "text",
            "What it was: a file and line, an address, an article id.",
            |v, (i, _)| Value::Text(Cow::Borrowed(&v.corpus.skipped()[i].what)),
        ),
        column(
            "reason",
            Kind::Text,
            "text",
            "Why it was left out and what would help.",
            |v, (i, _)| text(&v.corpus.skipped()[i].reason),
        ),
    ],
    rows: |view| (0..view.corpus.skipped().len()).map(|i| (i, 0)).collect(),
};
