//! `influence.csv`: the exploratory network of who takes narratives up after whom.

use crate::model::InfluenceEdge;
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, minutes, share, text};

pub(in crate::report) static INFLUENCE: Table = Table {
    file: "influence.csv",
    about: "Exploratory. One row an inferred edge between outlets, from times alone, in the order of choice (NETINF). A common source looks the same; no text is compared.",
    key: &["from", "to"],
    columns: COLUMNS,
    rows: |view| (0..view.analysis.influence.edges.len()).map(|i| (i, 0)).collect(),
};

fn edge<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a InfluenceEdge {
    &view.analysis.influence.edges[i]
}

const COLUMNS: &[Column] = &[
    column("rank", Kind::Integer, "position", "Order of choice, from 1.", |_, (i, _)| {
        Value::Integer(i + 1)
    }),
    column(
        "from",
        Kind::Id,
        "outlet id",
        "The outlet that the inferred edge starts from.",
        |v, row| id(&edge(v, row).from),
    ),
    column("to", Kind::Id, "outlet id", "The later outlet.", |v, row| id(&edge(v, row).to)),
    column(
        "strength",
        Kind::Number,
        "share 0..1",
        "Narratives explained over the geometric mean of both outlets' narratives: normalised by volume.",
        |v, row| share(edge(v, row).strength),
    ),
    column(
        "gain",
        Kind::Number,
        "log-likelihood",
        "Gain of the log-likelihood when the edge was chosen; grows with volume.",
        |v, row| Value::Number(edge(v, row).gain, 6),
    ),
    column(
        "explained",
        Kind::Integer,
        "narratives",
        "Narratives in which `from` explains the first article of `to`; one parent each.",
        |v, row| Value::Integer(edge(v, row).explained),
    ),
    column(
        "preceded",
        Kind::Integer,
        "narratives",
        "Narratives in which `from` is earlier than `to`.",
        |v, row| Value::Integer(edge(v, row).preceded),
    ),
    column(
        "narratives_from",
        Kind::Integer,
        "narratives",
        "Narratives of `from` that another outlet carries too.",
        |v, row| Value::Integer(edge(v, row).narratives_from),
    ),
    column(
        "narratives_to",
        Kind::Integer,
        "narratives",
        "Narratives of `to` that another outlet carries too.",
        |v, row| Value::Integer(edge(v, row).narratives_to),
    ),
    column(
        "median_lag_minutes",
        Kind::Number,
        "minutes",
        "Median time between both first articles where the edge explains; empty if it explains none in the end.",
        |v, row| maybe(edge(v, row).median_lag_minutes, minutes),
    ),
    column("outlet_name_from", Kind::Text, "name", "Name of `from`.", |v, row| {
        text(v.name(&edge(v, row).from))
    }),
    column("outlet_name_to", Kind::Text, "name", "Name of `to`.", |v, row| {
        text(v.name(&edge(v, row).to))
    }),
];
