//! `articles.csv`.

use crate::model::{DateSource, Precision, Role};
use crate::report::report_index::published;
use crate::report::table::{Column, Kind, Table, Value, column};
use crate::report::tables::{id, maybe, minutes, text};

pub(in crate::report) static ARTICLES: Table = Table {
    file: "articles.csv",
    about: "One row an article in its newest version, in order of time.",
    key: &["article"],
    columns: COLUMNS,
    rows: |view| view.listed().iter().map(|&i| (i, 0)).collect(),
};

const COLUMNS: &[Column] = &[
    column(
        "article",
        Kind::Id,
        "article id",
        "Stable id: the record's own for imported articles, otherwise a hash of outlet and canonical address.",
        |v, (i, _)| id(&v.article(i).id),
    ),
    column("outlet", Kind::Id, "outlet id", "Outlet that published it.", |v, (i, _)| {
        id(&v.article(i).outlet)
    }),
    column("outlet_name", Kind::Text, "name", "Name of the outlet for people.", |v, (i, _)| {
        text(v.outlet_name(i))
    }),
    column(
        "edition",
        Kind::Id,
        "edition id",
        "Language or regional edition; empty if unknown.",
        |v, (i, _)| id(&v.article(i).edition),
    ),
    column(
        "language",
        Kind::Id,
        "ISO 639-1",
        "Language of the text; empty if it could not be told.",
        |v, (i, _)| id(&v.article(i).language),
    ),
    column(
        "published",
        Kind::Time,
        "UTC",
        "Publication time as the outlet claims it; empty if none could be read. For a date without a time, 00:00 of that day in the outlet's zone: see `precision`.",
        |v, (i, _)| maybe(published(v.article(i)), Value::Time),
    ),
    column(
        "precision",
        Kind::Word(Precision::WORDS),
        "word",
        "How exactly `published` is known; `day` never gives a direction. Empty without `published`.",
        |v, (i, _)| maybe(v.article(i).published.as_ref(), |p| Value::Id(p.precision.as_str())),
    ),
    column(
        "first_seen",
        Kind::Time,
        "UTC",
        "When the article was first seen by this tool or the record's maker; empty if unknown.",
        |v, (i, _)| maybe(v.article(i).first_seen, Value::Time),
    ),
    column("title", Kind::Text, "text", "Headline.", |v, (i, _)| text(&v.article(i).title)),
    column(
        "url",
        Kind::Text,
        "address",
        "Canonical address; may be empty for imported records.",
        |v, (i, _)| text(&v.article(i).url),
    ),
    column(
        "words",
        Kind::Integer,
        "words",
        "Words of the text; in scripts without spaces each ideograph counts.",
        |v, (i, _)| Value::Integer(v.words(i)),
    ),
    column(
        "narrative",
        Kind::Id,
        "narrative id",
        "Narrative that holds the article; empty if it is in none.",
        |v, (i, _)| id(v.narrative_id(v.narrative_of(i))),
    ),
    column(
        "role",
        Kind::Word(Role::WORDS),
        "word",
        "What the outlet is in the comparison.",
        |v, (i, _)| Value::Id(v.outlet_role(i).as_str()),
    ),
    column(
        "state",
        Kind::Id,
        "ISO 3166-1 alpha-2",
        "State that owns or funds the outlet; empty for a private outlet or if unknown.",
        |v, (i, _)| id(v.outlet_state(i)),
    ),
    column(
        "published_raw",
        Kind::Text,
        "text",
        "Publication time exactly as written at the source.",
        |v, (i, _)| v.article(i).published.as_ref().map_or(Value::Empty, |p| text(&p.raw)),
    ),
    column(
        "date_source",
        Kind::Word(DateSource::WORDS),
        "word",
        "Where `published` was read.",
        |v, (i, _)| maybe(v.article(i).published.as_ref(), |p| Value::Id(p.source.as_str())),
    ),
    column(
        "clock_error_minutes",
        Kind::Number,
        "minutes",
        "Half-width of the interval round the claimed time in which the article is taken to have appeared; empty if its time can give no direction.",
        |v, (i, _)| maybe(v.article(i).clock_error(), |e| minutes(e.num_seconds() as f64 / 60.0)),
    ),
    column(
        "byline",
        Kind::Text,
        "text",
        "Author or agency line as given; empty if none.",
        |v, (i, _)| text(&v.article(i).byline),
    ),
    column(
        "version",
        Kind::Integer,
        "count",
        "1 for the first version seen; an edited article counts up.",
        |v, (i, _)| Value::Integer(v.article(i).version as usize),
    ),
    column(
        "flags",
        Kind::Text,
        "words",
        "What the normalizer wants known, separated by spaces; empty if nothing.",
        |v, (i, _)| Value::Text(v.article(i).flags.join(" ").into()),
    ),
    column(
        "raw_sha256",
        Kind::Id,
        "hex",
        "SHA-256 of the bytes the article was read from; empty for imported records.",
        |v, (i, _)| id(&v.article(i).raw_sha256),
    ),
    column(
        "text_sha256",
        Kind::Id,
        "hex",
        "SHA-256 of the article's text: offsets of passages refer to the text with this hash.",
        |v, (i, _)| id(&v.article(i).text_sha256),
    ),
    column(
        "reported",
        Kind::Boolean,
        "true or false",
        "Whether the article is of the period that was asked for. `false`: it is older than `--since` and is listed because something reported refers to it.",
        |v, (i, _)| Value::Boolean(v.is_reported(i)),
    ),
    column(
        "day",
        Kind::Date,
        "day",
        "Day on which it appeared: in UTC, or, where only its day is known, the one it states. Shares, series and tests go by it.",
        |v, (i, _)| Value::Date(v.article(i).day()),
    ),
];
