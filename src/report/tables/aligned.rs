//! `aligned.csv`: the sentences that a match across languages rests on.

use crate::model::AlignedPair;
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, share};

pub(in crate::report) static ALIGNED: Table = Table {
    file: "aligned.csv",
    about: "One row a pair of sentences of a match across languages of which one is taken for a translation of the other; none without a sentence model.",
    // A headline has no offsets, and a key may not be empty.
    key: &[],
    columns: COLUMNS,
    rows: |view| {
        let matches = view.analysis.matches.iter().enumerate();
        let across = matches.filter_map(|(i, m)| Some((i, m.across.as_ref()?.aligned.len())));
        across.flat_map(|(i, aligned)| (0..aligned).map(move |j| (i, j))).collect()
    },
};

fn of<'a>(view: &'a ReportIndex, (i, j): Row) -> Option<&'a AlignedPair> {
    view.matched(i).across.as_ref()?.aligned.get(j)
}

const COLUMNS: &[Column] = &[
    column("match", Kind::Id, "match id", "Match it belongs to.", |v, (i, _)| id(&v.matched(i).id)),
    column("article_a", Kind::Id, "article id", "The article first in the order.", |v, (i, _)| {
        id(&v.article(v.matched(i).earlier).id)
    }),
    column("article_b", Kind::Id, "article id", "The other article.", |v, (i, _)| {
        id(&v.article(v.matched(i).later).id)
    }),
    column(
        "start_a",
        Kind::Integer,
        "bytes",
        "First byte of the sentence in a's text (UTF-8), counted from 0; empty for the headline.",
        |v, row| maybe(of(v, row).and_then(|p| p.earlier.as_ref()), |s| Value::Integer(s.start)),
    ),
    column(
        "end_a",
        Kind::Integer,
        "bytes",
        "Byte after the last one of the sentence in a's text; empty for the headline.",
        |v, row| maybe(of(v, row).and_then(|p| p.earlier.as_ref()), |s| Value::Integer(s.end)),
    ),
    column(
        "start_b",
        Kind::Integer,
        "bytes",
        "First byte of the sentence in b's text; empty for the headline.",
        |v, row| maybe(of(v, row).and_then(|p| p.later.as_ref()), |s| Value::Integer(s.start)),
    ),
    column(
        "end_b",
        Kind::Integer,
        "bytes",
        "Byte after the last one of the sentence in b's text; empty for the headline.",
        |v, row| maybe(of(v, row).and_then(|p| p.later.as_ref()), |s| Value::Integer(s.end)),
    ),
    column(
        "score",
        Kind::Number,
        "cosine -1..1",
        "Cosine of both sentences by the model, each less the mean of its language.",
        |v, row| maybe(of(v, row), |pair| share(pair.score)),
    ),
];
