//! `new_edges.csv` and `new_narratives.csv`: what the runs before had not reported.

use crate::model::{Edge, Grade, Narrative};
use crate::report::evidence;
use crate::report::news::{NewEdge, NewNarrative, News};
use crate::report::report_index::{ReportIndex, origin_article, published};
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, minutes, text};

pub(in crate::report) static NEW_EDGES: Table = Table {
    file: "new_edges.csv",
    about: "One row an edge that no run before reported, or not with so good a grade; the best grade first. Only of runs that remember what was reported.",
    key: &["edge"],
    columns: EDGES,
    rows: |view| rows(view, |news| news.edges.len()),
};

pub(in crate::report) static NEW_NARRATIVES: Table = Table {
    file: "new_narratives.csv",
    about: "One row a narrative of which no run before reported an article, or that an outlet has newly reached. Only of runs that remember what was reported.",
    key: &["narrative"],
    columns: NARRATIVES,
    rows: |view| rows(view, |news| news.narratives.len()),
};

/// What happened to a narrative.
const CHANGES: &[&str] = &["new", "new_outlet"];

fn rows(view: &ReportIndex, count: fn(&News) -> usize) -> Vec<Row> {
    (0..view.run.news.as_ref().map_or(0, count)).map(|i| (i, 0)).collect()
}

/// Rows exist only where there is news.
fn news<'a>(view: &'a ReportIndex) -> &'a News {
    static NONE: News = News { before: None, edges: Vec::new(), narratives: Vec::new() };
    view.run.news.as_ref().unwrap_or(&NONE)
}

fn new_edge(view: &ReportIndex, (i, _): Row) -> NewEdge {
    news(view).edges[i]
}

fn edge<'a>(view: &'a ReportIndex, row: Row) -> &'a Edge {
    view.edge(new_edge(view, row).edge)
}

fn new_narrative<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a NewNarrative {
    &news(view).narratives[i]
}

fn narrative<'a>(view: &'a ReportIndex, row: Row) -> &'a Narrative {
    &view.analysis.narratives[new_narrative(view, row).narrative]
}

const EDGES: &[Column] = &[
    column("edge", Kind::Id, "edge id", "Stable id; `edges.csv` has the rest.", |v, row| {
        id(&edge(v, row).id)
    }),
    column("grade", Kind::Word(Grade::WORDS), "grade", "How well it is supported.", |v, row| {
        id(edge(v, row).grade.as_str())
    }),
    column(
        "grade_before",
        Kind::Word(Grade::WORDS),
        "grade",
        "The weaker grade that was reported before; empty if the edge was not.",
        |v, row| maybe(new_edge(v, row).grade_before, |grade| id(grade.as_str())),
    ),
    column(
        "outlet_from",
        Kind::Id,
        "outlet id",
        "Outlet where it starts; empty for a statement.",
        |v, row| id(v.origin_outlet(edge(v, row))),
    ),
    column("outlet_to", Kind::Id, "outlet id", "Outlet where it ends.", |v, row| {
        id(&v.article(edge(v, row).to).outlet)
    }),
    column("outlet_name_from", Kind::Text, "name", "Name of `outlet_from`.", |v, row| {
        text(v.name(v.origin_outlet(edge(v, row))))
    }),
    column("outlet_name_to", Kind::Text, "name", "Name of `outlet_to`.", |v, row| {
        text(v.outlet_name(edge(v, row).to))
    }),
    column(
        "state_from",
        Kind::Id,
        "ISO 3166-1 alpha-2",
        "State of `outlet_from`; empty if private or unknown.",
        |v, row| id(v.state(v.origin_outlet(edge(v, row)))),
    ),
    column(
        "state_to",
        Kind::Id,
        "ISO 3166-1 alpha-2",
        "State of `outlet_to`; empty if private or unknown.",
        |v, row| id(v.outlet_state(edge(v, row).to)),
    ),
    column(
        "published_from",
        Kind::Time,
        "UTC",
        "Claimed publication time where it starts; empty if none.",
        |v, row| {
            maybe(origin_article(edge(v, row)).and_then(|a| published(v.article(a))), Value::Time)
        },
    ),
    column(
        "published_to",
        Kind::Time,
        "UTC",
        "Claimed publication time where it ends; empty if none.",
        |v, row| maybe(published(v.article(edge(v, row).to)), Value::Time),
    ),
    column(
        "lag_minutes",
        Kind::Number,
        "minutes",
        "Time of the end minus time of the start; empty where the start has none.",
        |v, row| maybe(edge(v, row).lag_minutes, minutes),
    ),
    column(
        "clock_error_minutes",
        Kind::Number,
        "minutes",
        "Sum of both clock errors; empty if one of the times gives no direction.",
        |v, row| maybe(edge(v, row).clock_error_minutes, minutes),
    ),
    column("from", Kind::Id, "article id", "Article where it starts; may be empty.", |v, row| {
        maybe(origin_article(edge(v, row)), |a| id(&v.article(a).id))
    }),
    column("to", Kind::Id, "article id", "Article where it ends.", |v, row| {
        id(&v.article(edge(v, row).to).id)
    }),
    column("title_from", Kind::Text, "text", "Headline of `from`; may be empty.", |v, row| {
        maybe(origin_article(edge(v, row)), |a| text(&v.article(a).title))
    }),
    column("title_to", Kind::Text, "text", "Headline of `to`.", |v, row| {
        text(&v.article(edge(v, row).to).title)
    }),
    column("url_from", Kind::Text, "URL", "Address of `from`; may be empty.", |v, row| {
        maybe(origin_article(edge(v, row)), |a| text(&v.article(a).url))
    }),
    column("url_to", Kind::Text, "URL", "Address of `to`; may be empty.", |v, row| {
        text(&v.article(edge(v, row).to).url)
    }),
    column(
        "narrative",
        Kind::Id,
        "narrative id",
        "Narrative that holds both articles; empty if none does.",
        |v, row| id(v.narrative_id(edge(v, row).narrative)),
    ),
    column("evidence", Kind::Text, "text", "The facts behind it, as in `edges.csv`.", |v, row| {
        Value::Text(evidence::compact(v, edge(v, row)).into())
    }),
];

const NARRATIVES: &[Column] = &[
    column(
        "narrative",
        Kind::Id,
        "narrative id",
        "Its id in this run: one that has grown has another id than before.",
        |v, row| id(&narrative(v, row).id),
    ),
    column(
        "change",
        Kind::Word(CHANGES),
        "word",
        "`new`: none of its articles was reported before; `new_outlet`: it has reached an outlet that it had not.",
        |v, row| id(CHANGES[usize::from(!new_narrative(v, row).is_new)]),
    ),
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
    column(
        "new_articles",
        Kind::Integer,
        "count",
        "Articles in it that no run before reported in a narrative.",
        |v, row| Value::Integer(new_narrative(v, row).articles),
    ),
    column("outlets", Kind::Integer, "count", "Outlets in it.", |v, row| {
        Value::Integer(narrative(v, row).outlets.len())
    }),
    column(
        "new_outlets",
        Kind::Text,
        "outlet ids",
        "Outlets of which no article was reported in it before, separated by spaces.",
        |v, row| Value::Text(new_narrative(v, row).outlets.join(" ").into()),
    ),
    column(
        "first_published",
        Kind::Time,
        "UTC",
        "Claimed publication time of its earliest article; empty if none.",
        |v, row| maybe(published(v.article(narrative(v, row).first)), Value::Time),
    ),
    column("key_phrases", Kind::Text, "phrases", "As in `narratives.csv`.", |v, row| {
        Value::Text(narrative(v, row).key_phrases.join("; ").into())
    }),
];
