//! `narratives.csv` and `narrative_articles.csv`.

use crate::model::{ArticleRole, Grade, Narrative, Precision};
use crate::report::first::first;
use crate::report::report_index::{ReportIndex, published};
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, text};

pub(in crate::report) static NARRATIVES: Table = Table {
    file: "narratives.csv",
    about: "One row a group of articles about one event or claim, in order of its first article.",
    key: &["narrative"],
    columns: COLUMNS,
    rows: |view| (0..view.analysis.narratives.len()).map(|i| (i, 0)).collect(),
};

fn narrative<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a Narrative {
    &view.analysis.narratives[i]
}

const COLUMNS: &[Column] = &[
    column("narrative", Kind::Id, "narrative id", "Stable id, from its articles.", |v, row| {
        id(&narrative(v, row).id)
    }),
    column(
        "label",
        Kind::Text,
        "text",
        "The most central headline, or its key phrases.",
        |v, row| text(&narrative(v, row).label),
    ),
    column("articles", Kind::Integer, "count", "Articles in it.", |v, row| {
        Value::Integer(narrative(v, row).articles.len())
    }),
    column("outlets", Kind::Integer, "count", "Outlets in it.", |v, row| {
        Value::Integer(narrative(v, row).outlets.len())
    }),
    column(
        "first_article",
        Kind::Id,
        "article id",
        "First article; empty where the earliest ones of several outlets cannot be told apart.",
        |v, (i, _)| maybe(first(v, i).article(), |article| id(&v.article(article).id)),
    ),
    column(
        "first_published",
        Kind::Time,
        "UTC",
        "Claimed publication time of the earliest article; empty if none.",
        |v, row| maybe(published(v.article(narrative(v, row).first)), Value::Time),
    ),
    column(
        "peak_day",
        Kind::Date,
        "UTC day",
        "Day with the most articles; the earliest of several.",
        |v, row| Value::Date(narrative(v, row).peak),
    ),
    column(
        "first_outlet",
        Kind::Id,
        "outlet id",
        "Outlet of `first_article`, by claimed time; empty where the order is unresolved.",
        |v, (i, _)| maybe(first(v, i).article(), |article| id(&v.article(article).outlet)),
    ),
    column("first_outlet_name", Kind::Text, "name", "Name of `first_outlet`.", |v, (i, _)| {
        maybe(first(v, i).article(), |article| text(v.outlet_name(article)))
    }),
    column(
        "first_precision",
        Kind::Word(Precision::WORDS),
        "word",
        "How exactly `first_published` is known.",
        |v, row| {
            let first = v.article(narrative(v, row).first);
            maybe(first.published.as_ref(), |p| Value::Id(p.precision.as_str()))
        },
    ),
    column(
        "key_phrases",
        Kind::Text,
        "phrases",
        "Words and phrases that mark it, strongest first, separated by `; `.",
        |v, row| Value::Text(narrative(v, row).key_phrases.join("; ").into()),
    ),
    column("days", Kind::Integer, "days", "UTC days with at least one article.", |v, row| {
        Value::Integer(narrative(v, row).timeline.len())
    }),
    column("peak_articles", Kind::Integer, "count", "Articles on `peak_day`.", |v, row| {
        let narrative = narrative(v, row);
        Value::Integer(narrative.timeline.get(&narrative.peak).copied().unwrap_or(0))
    }),
    column(
        "directed_edges",
        Kind::Integer,
        "count",
        "Edges of grade E1 to E3 in it.",
        |v, (i, _)| Value::Integer(count_edges(v, i, Grade::is_directed)),
    ),
    column(
        "common_source_edges",
        Kind::Integer,
        "count",
        "Edges of grade X in it.",
        |v, (i, _)| Value::Integer(count_edges(v, i, |grade| grade == Grade::X)),
    ),
];

fn count_edges(view: &ReportIndex, narrative: usize, counts: fn(Grade) -> bool) -> usize {
    view.edges_of(narrative).iter().filter(|&&edge| counts(view.edge(edge).grade)).count()
}

pub(in crate::report) static NARRATIVE_ARTICLES: Table = Table {
    file: "narrative_articles.csv",
    about: "One row an article of a narrative, in order of time.",
    key: &["narrative", "article"],
    columns: ARTICLE_COLUMNS,
    rows: |view| {
        let narratives = view.analysis.narratives.iter().enumerate();
        narratives.flat_map(|(i, n)| (0..n.articles.len()).map(move |j| (i, j))).collect()
    },
};

const ARTICLE_COLUMNS: &[Column] = &[
    column("narrative", Kind::Id, "narrative id", "The narrative.", |v, row| {
        id(&narrative(v, row).id)
    }),
    column("article", Kind::Id, "article id", "The article.", |v, row| {
        id(&v.article(article(v, row)).id)
    }),
    column("outlet", Kind::Id, "outlet id", "Outlet that published it.", |v, row| {
        id(&v.article(article(v, row)).outlet)
    }),
    column("published", Kind::Time, "UTC", "Claimed publication time; empty if none.", |v, row| {
        maybe(published(v.article(article(v, row))), Value::Time)
    }),
    column(
        "role",
        Kind::Word(ArticleRole::WORDS),
        "word",
        "Part of the article in the narrative, by claimed time alone: published on its first day, before its peak and among the first 15 %, or later. Empty if not computed.",
        |v, (i, j)| maybe(v.role(i, j), |role| Value::Id(role.as_str())),
    ),
    column("outlet_name", Kind::Text, "name", "Name of the outlet.", |v, row| {
        text(v.outlet_name(article(v, row)))
    }),
    column("title", Kind::Text, "text", "Headline.", |v, row| {
        text(&v.article(article(v, row)).title)
    }),
    column(
        "precision",
        Kind::Word(Precision::WORDS),
        "word",
        "How exactly `published` is known.",
        |v, row| {
            let article = v.article(article(v, row));
            maybe(article.published.as_ref(), |p| Value::Id(p.precision.as_str()))
        },
    ),
];

fn article(view: &ReportIndex, row: Row) -> usize {
    narrative(view, row).articles[row.1]
}
