//! `edges.csv` and `chains.csv`.

use crate::model::{Edge, Evidence, Grade, Origin};
use crate::report::alternatives;
use crate::report::evidence;
use crate::report::report_index::{ReportIndex, origin_article, published};
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, minutes, text};

pub(in crate::report) static EDGES: Table = Table {
    file: "edges.csv",
    about: "One row a graded claim about two articles. E1 to E3 claim that text went from `from` to `to`; E4 and E5 do not; X says that a common source explains what they share and runs from that source.",
    key: &["edge"],
    columns: EDGE_COLUMNS,
    rows: |view| (0..view.analysis.diffusion.edges.len()).map(|i| (i, 0)).collect(),
};

const EDGE_COLUMNS: &[Column] = &[
    column("edge", Kind::Id, "edge id", "Stable id.", |v, (i, _)| id(&v.edge(i).id)),
    column(
        "from",
        Kind::Id,
        "article id",
        "Article where it starts; empty if that is not in the archive (grade X only: see `outlet_from`).",
        |v, (i, _)| origin_article(v.edge(i)).map_or(Value::Empty, |a| id(&v.article(a).id)),
    ),
    column("to", Kind::Id, "article id", "Article where it ends.", |v, (i, _)| {
        id(&v.article(v.edge(i).to).id)
    }),
    column(
        "outlet_from",
        Kind::Id,
        "outlet id",
        "Outlet where it starts; empty for a statement whose first publisher is not in the archive.",
        |v, (i, _)| id(v.origin_outlet(v.edge(i))),
    ),
    column("outlet_to", Kind::Id, "outlet id", "Outlet of `to`.", |v, (i, _)| {
        id(&v.article(v.edge(i).to).outlet)
    }),
    column(
        "grade",
        Kind::Word(Grade::WORDS),
        "grade",
        "How well it is supported, best first; grades are never added up.",
        |v, (i, _)| Value::Id(v.edge(i).grade.as_str()),
    ),
    column(
        "lag_minutes",
        Kind::Number,
        "minutes",
        "Time of `to` minus time of `from`; empty where the start has no time of its own. Below the clock error it means nothing.",
        |v, (i, _)| maybe(v.edge(i).lag_minutes, minutes),
    ),
    column(
        "clock_error_minutes",
        Kind::Number,
        "minutes",
        "Sum of both clock errors; empty if one of the times gives no direction.",
        |v, (i, _)| maybe(v.edge(i).clock_error_minutes, minutes),
    ),
    column(
        "narrative",
        Kind::Id,
        "narrative id",
        "Narrative that holds both articles; empty if none does.",
        |v, (i, _)| id(v.narrative_id(v.edge(i).narrative)),
    ),
    column(
        "evidence",
        Kind::Text,
        "text",
        "The facts behind it, separated by `; `: `link:URL`, `canonical:URL`, `cites:KIND \"words\"`, `passage:KIND WORDSw START-END` (bytes in `to`), `overlap:lexical COSINE`, `explains:MATCH`, and what speaks against more, `caveat:WORD`.",
        |v, (i, _)| Value::Text(evidence::compact(v, v.edge(i)).into()),
    ),
    column("outlet_name_from", Kind::Text, "name", "Name of `outlet_from`.", |v, (i, _)| {
        text(v.name(v.origin_outlet(v.edge(i))))
    }),
    column("outlet_name_to", Kind::Text, "name", "Name of `outlet_to`.", |v, (i, _)| {
        text(v.outlet_name(v.edge(i).to))
    }),
    column(
        "origin",
        Kind::Word(Origin::WORDS),
        "word",
        "What `from` is: an article of the archive, an outlet that is credited, or a statement that both sides quote.",
        |v, (i, _)| Value::Id(v.edge(i).from.as_str()),
    ),
    column(
        "published_from",
        Kind::Time,
        "UTC",
        "Claimed publication time of `from`; empty if none.",
        |v, (i, _)| {
            maybe(origin_article(v.edge(i)).and_then(|a| published(v.article(a))), Value::Time)
        },
    ),
    column(
        "published_to",
        Kind::Time,
        "UTC",
        "Claimed publication time of `to`; empty if none.",
        |v, (i, _)| maybe(published(v.article(v.edge(i).to)), Value::Time),
    ),
    column(
        "match",
        Kind::Id,
        "match id",
        "First match among the evidence; empty if the evidence is a link or citation alone.",
        |v, (i, _)| first_match(v.edge(i)).map_or(Value::Empty, |m| id(&v.matched(m).id)),
    ),
    column(
        "own_words",
        Kind::Integer,
        "words",
        "Words of the `own` passages among the evidence.",
        |v, (i, _)| Value::Integer(evidence::own_words(v, v.edge(i))),
    ),
    column(
        "alternatives",
        Kind::Text,
        "text",
        "What else may explain it: common source, common event, same operator, known content agreement; separated by ` | `.",
        |v, (i, _)| Value::Text(alternatives::of_edge(v, v.edge(i)).join(" | ").into()),
    ),
    column(
        "reported",
        Kind::Boolean,
        "true or false",
        "Whether `to` is of the period that was asked for. `false`: it is older than `--since` and is listed as a step of a chain that ends in the period.",
        |v, (i, _)| Value::Boolean(v.is_reported(v.edge(i).to)),
    ),
];

fn first_match(edge: &Edge) -> Option<usize> {
    edge.evidence.iter().find_map(|evidence| match evidence {
        Evidence::Passage { matched, .. }
        | Evidence::Overlap { matched }
        | Evidence::Explains { matched } => Some(*matched),
        Evidence::Link { .. } | Evidence::Cites(_) | Evidence::Caveat { .. } => None,
    })
}

pub(in crate::report) static CHAINS: Table = Table {
    file: "chains.csv",
    about: "One row a step of a chain: a path of E1 to E3 edges. A chain is an observed order of claimed publication times, as strong as its weakest step.",
    key: &["chain", "step"],
    columns: CHAIN_COLUMNS,
    rows: |view| {
        let chains = view.analysis.diffusion.chains.iter().enumerate();
        chains.flat_map(|(i, chain)| (0..chain.edges.len()).map(move |j| (i, j))).collect()
    },
};

const CHAIN_COLUMNS: &[Column] = &[
    column("chain", Kind::Id, "chain id", "Stable id.", |v, row| id(&chain(v, row).id)),
    column("step", Kind::Integer, "number", "Number of the step, from 1.", |_, (_, j)| {
        Value::Integer(j + 1)
    }),
    column(
        "narrative",
        Kind::Id,
        "narrative id",
        "Narrative that holds all its articles; empty if none does.",
        |v, row| id(v.narrative_id(chain(v, row).narrative)),
    ),
    column("edge", Kind::Id, "edge id", "Edge of this step.", |v, row| id(&step(v, row).id)),
    column("from", Kind::Id, "article id", "Article where the step starts.", |v, row| {
        origin_article(step(v, row)).map_or(Value::Empty, |a| id(&v.article(a).id))
    }),
    column("to", Kind::Id, "article id", "Article where the step ends.", |v, row| {
        id(&v.article(step(v, row).to).id)
    }),
    column("outlet_from", Kind::Id, "outlet id", "Outlet where the step starts.", |v, row| {
        id(v.origin_outlet(step(v, row)))
    }),
    column("outlet_to", Kind::Id, "outlet id", "Outlet where the step ends.", |v, row| {
        id(&v.article(step(v, row).to).outlet)
    }),
    column(
        "state_from",
        Kind::Id,
        "ISO 3166-1 alpha-2",
        "State of `outlet_from`; empty if private or unknown.",
        |v, row| id(v.state(v.origin_outlet(step(v, row)))),
    ),
    column(
        "state_to",
        Kind::Id,
        "ISO 3166-1 alpha-2",
        "State of `outlet_to`; empty if private or unknown.",
        |v, row| id(v.outlet_state(step(v, row).to)),
    ),
    column("grade", Kind::Word(Grade::WORDS), "grade", "Grade of this step.", |v, row| {
        Value::Id(step(v, row).grade.as_str())
    }),
    column("lag_minutes", Kind::Number, "minutes", "Lag of this step.", |v, row| {
        maybe(step(v, row).lag_minutes, minutes)
    }),
    column(
        "clock_error_minutes",
        Kind::Number,
        "minutes",
        "Sum of both clock errors of this step; empty if one of the times gives no direction.",
        |v, row| maybe(step(v, row).clock_error_minutes, minutes),
    ),
    column("depth", Kind::Integer, "steps", "Steps of the whole chain.", |v, row| {
        Value::Integer(chain(v, row).depth)
    }),
    column("states", Kind::Integer, "states", "Different states along the chain.", |v, row| {
        Value::Integer(chain(v, row).states.len())
    }),
    column(
        "weakest",
        Kind::Word(Grade::WORDS),
        "grade",
        "Weakest grade on the chain.",
        |v, row| Value::Id(chain(v, row).weakest.as_str()),
    ),
    column(
        "total_lag_minutes",
        Kind::Number,
        "minutes",
        "Time from the chain's first article to its last.",
        |v, row| minutes(chain(v, row).lag_minutes),
    ),
    column("outlet_name_from", Kind::Text, "name", "Name of `outlet_from`.", |v, row| {
        text(v.name(v.origin_outlet(step(v, row))))
    }),
    column("outlet_name_to", Kind::Text, "name", "Name of `outlet_to`.", |v, row| {
        text(v.outlet_name(step(v, row).to))
    }),
    column(
        "alternatives",
        Kind::Text,
        "text",
        "What else may explain the chain, over all its steps: common source, common event, same operator, known content agreement; separated by ` | `.",
        |v, row| Value::Text(alternatives::of_chain(v, chain(v, row)).join(" | ").into()),
    ),
];

fn chain<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a crate::model::Chain {
    &view.analysis.diffusion.chains[i]
}

fn step<'a>(view: &'a ReportIndex, row: Row) -> &'a Edge {
    view.edge(chain(view, row).edges[row.1])
}
