//! `graph_nodes.csv` and `graph_edges.csv`: outlets and the flow between them, under the column names that Gephi expects.

use crate::model::{Grade, LagQuantiles, OutletPair, Role, Verdict};
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, minutes, share, text};

pub(in crate::report) static GRAPH_NODES: Table = Table {
    file: "graph_nodes.csv",
    about: "One row an outlet with articles: the nodes of `graph.gexf` and `graph.graphml`.",
    key: &["Id"],
    columns: NODES,
    rows: |view| (0..view.corpus.outlet_ids().len()).map(|i| (i, 0)).collect(),
};

pub(in crate::report) static GRAPH_EDGES: Table = Table {
    file: "graph_edges.csv",
    about: "One row an ordered pair of outlets with an edge of grade E1 to E3 from the first to the second: the edges of `graph.gexf` and `graph.graphml`.",
    key: &["Source", "Target"],
    columns: EDGES,
    rows: |view| {
        let pairs = view.analysis.significance.pairs.iter().enumerate();
        let rows = pairs.flat_map(|(i, _)| [(i, A_TO_B), (i, B_TO_A)]);
        rows.filter(|&row| directed(view, row) > 0).collect()
    },
};

/// Second part of a row: from the pair's outlet A to B.
const A_TO_B: usize = 0;
/// From B to A.
const B_TO_A: usize = 1;

fn outlet<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a str {
    &view.corpus.outlet_ids()[i]
}

fn pair<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a OutletPair {
    &view.analysis.significance.pairs[i]
}

/// Number of edges of one grade in the row's direction.
fn of_grade(view: &ReportIndex, row: Row, grade: Grade) -> usize {
    let pair = pair(view, row);
    let edges = if row.1 == A_TO_B { &pair.edges_ab } else { &pair.edges_ba };
    edges.get(&grade).copied().unwrap_or(0)
}

/// Number of edges in the row's direction that claim one.
fn directed(view: &ReportIndex, row: Row) -> usize {
    Grade::DIRECTED.iter().map(|&grade| of_grade(view, row, grade)).sum()
}

fn lag<'a>(view: &'a ReportIndex, row: Row) -> Option<&'a LagQuantiles> {
    let pair = pair(view, row);
    if row.1 == A_TO_B { pair.lag_ab.as_ref() } else { pair.lag_ba.as_ref() }
}

const NODES: &[Column] = &[
    column("Id", Kind::Id, "outlet id", "The outlet.", |v, row| id(outlet(v, row))),
    column("Label", Kind::Text, "name", "Its name for people.", |v, row| {
        text(v.name(outlet(v, row)))
    }),
    column("role", Kind::Word(Role::WORDS), "role", "Role in the comparison.", |v, row| {
        id(v.corpus.registry().role(outlet(v, row)).as_str())
    }),
    column(
        "state",
        Kind::Text,
        "ISO 3166-1",
        "State that owns or funds it; empty if private or unknown.",
        |v, row| text(v.state(outlet(v, row))),
    ),
    column("articles", Kind::Integer, "articles", "Its articles in the run.", |v, row| {
        Value::Integer(v.corpus.articles_by_outlet()[row.0])
    }),
];

const EDGES: &[Column] = &[
    column("Source", Kind::Id, "outlet id", "The earlier outlet.", |v, row| {
        let pair = pair(v, row);
        id(if row.1 == A_TO_B { &pair.outlet_a } else { &pair.outlet_b })
    }),
    column("Target", Kind::Id, "outlet id", "The later outlet.", |v, row| {
        let pair = pair(v, row);
        id(if row.1 == A_TO_B { &pair.outlet_b } else { &pair.outlet_a })
    }),
    column("Type", Kind::Text, "word", "Always `Directed`, as Gephi has it.", |_, _| {
        text("Directed")
    }),
    column("Weight", Kind::Integer, "edges", "Edges of grade E1 to E3.", |v, row| {
        Value::Integer(directed(v, row))
    }),
    column("e1", Kind::Integer, "edges", "Of these E1: link or credit.", |v, row| {
        Value::Integer(of_grade(v, row, Grade::E1))
    }),
    column("e2", Kind::Integer, "edges", "Of these E2: citation.", |v, row| {
        Value::Integer(of_grade(v, row, Grade::E2))
    }),
    column("e3", Kind::Integer, "edges", "Of these E3: own text reused.", |v, row| {
        Value::Integer(of_grade(v, row, Grade::E3))
    }),
    column("e4", Kind::Integer, "edges", "Beside them E4: taken up later.", |v, row| {
        Value::Integer(of_grade(v, row, Grade::E4))
    }),
    column(
        "lag_median_minutes",
        Kind::Number,
        "minutes",
        "Median lag of the edges E1 to E3; empty below five.",
        |v, row| maybe(lag(v, row), |lag| minutes(lag.median)),
    ),
    column(
        "overlap",
        Kind::Number,
        "share 0..1",
        "Overlap of the two outlets, without direction; empty if nothing can be compared.",
        |v, row| maybe(pair(v, row).overlap, share),
    ),
    column("verdict", Kind::Word(Verdict::WORDS), "verdict", "Of the pair test.", |v, row| {
        id(pair(v, row).verdict.as_str())
    }),
];
