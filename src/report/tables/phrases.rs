//! `phrases.csv`.

use crate::model::Phrase;
use crate::report::alternatives;
use crate::report::example::example;
use crate::report::report_index::ReportIndex;
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, text};

pub(in crate::report) static PHRASES: Table = Table {
    file: "phrases.csv",
    about: "One row a phrase that two outlets both use significantly more often than the controls do.",
    key: &["phrase", "outlet_a", "outlet_b"],
    columns: PHRASE_COLUMNS,
    rows: |view| (0..view.analysis.significance.phrases.len()).map(|i| (i, 0)).collect(),
};

fn phrase<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a Phrase {
    &view.analysis.significance.phrases[i]
}

/// The example of one of the two outlets.
fn sentence(view: &ReportIndex, row: Row, side: usize) -> Value<'static> {
    Value::Text(example(view, &phrase(view, row).examples[side]).sentence().into())
}

const PHRASE_COLUMNS: &[Column] = &[
    column("phrase", Kind::Text, "text", "The n-gram, lower case.", |v, row| {
        text(&phrase(v, row).phrase)
    }),
    column("outlet_a", Kind::Id, "outlet id", "First outlet.", |v, row| {
        id(&phrase(v, row).outlet_a)
    }),
    column("outlet_b", Kind::Id, "outlet id", "Second outlet.", |v, row| {
        id(&phrase(v, row).outlet_b)
    }),
    column("count_a", Kind::Integer, "articles", "Articles of a that use it.", |v, row| {
        Value::Integer(phrase(v, row).count_a)
    }),
    column("count_b", Kind::Integer, "articles", "Articles of b that use it.", |v, row| {
        Value::Integer(phrase(v, row).count_b)
    }),
    column(
        "count_control",
        Kind::Integer,
        "articles",
        "Articles of all controls that use it.",
        |v, row| Value::Integer(phrase(v, row).count_control),
    ),
    column(
        "z_a",
        Kind::Number,
        "z-score",
        "z-score of the log-odds ratio of a against the controls (informative Dirichlet prior).",
        |v, row| Value::Number(phrase(v, row).z_a, 2),
    ),
    column(
        "z_b",
        Kind::Number,
        "z-score",
        "z-score of the log-odds ratio of b against the controls.",
        |v, row| Value::Number(phrase(v, row).z_b, 2),
    ),
    column(
        "q",
        Kind::Number,
        "probability",
        "False discovery rate (Benjamini–Hochberg) at which the phrase is called, over all phrases and pairs tested; p is that of the smaller z.",
        |v, row| Value::Probability(phrase(v, row).q),
    ),
    column(
        "example_a",
        Kind::Id,
        "article id",
        "The first article of a that uses it.",
        |v, row| id(&v.article(phrase(v, row).examples[0].article).id),
    ),
    column(
        "example_b",
        Kind::Id,
        "article id",
        "The first article of b that uses it.",
        |v, row| id(&v.article(phrase(v, row).examples[1].article).id),
    ),
    column("outlet_name_a", Kind::Text, "name", "Name of `outlet_a`.", |v, row| {
        text(v.name(&phrase(v, row).outlet_a))
    }),
    column("outlet_name_b", Kind::Text, "name", "Name of `outlet_b`.", |v, row| {
        text(v.name(&phrase(v, row).outlet_b))
    }),
    column(
        "alternatives",
        Kind::Text,
        "text",
        "What else may explain it: common source, common event, same operator, known content agreement; separated by ` | `.",
        |v, row| Value::Text(alternatives::of_phrase(v, phrase(v, row)).join(" | ").into()),
    ),
    column(
        "sentence_a",
        Kind::Text,
        "text",
        "The sentence of `example_a` that holds it (its headline, if the text does not); at most 280 characters of it, round the phrase.",
        |v, row| sentence(v, row, 0),
    ),
    column(
        "sentence_b",
        Kind::Text,
        "text",
        "The sentence of `example_b` that holds it (its headline, if the text does not); at most 280 characters of it, round the phrase.",
        |v, row| sentence(v, row, 1),
    ),
];
