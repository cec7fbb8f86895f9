//! `matches.csv` and `passages.csv`.

use std::borrow::Cow;

use crate::model::{OverlapKind, Passage, PassageKind, Relation, Relations};
use crate::report::evidence::anchors;
use crate::report::report_index::{ReportIndex, own_words, passage_text, published};
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, share, text};

/// A value that means nothing in a run that did not look for shared text.
fn reuse(view: &ReportIndex, value: Value<'static>) -> Value<'static> {
    if view.analysis.relations.contains(Relations::REUSE) { value } else { Value::Empty }
}

pub(in crate::report) static MATCHES: Table = Table {
    file: "matches.csv",
    about: "One row a pair of articles of different outlets that share text or topic. `a` comes first in the order of time and id; that alone does not prove it earlier.",
    key: &["match"],
    columns: MATCH_COLUMNS,
    rows: |view| (0..view.analysis.matches.len()).map(|i| (i, 0)).collect(),
};

const MATCH_COLUMNS: &[Column] = &[
    column("match", Kind::Id, "match id", "Stable id, from the two article ids.", |v, (i, _)| {
        id(&v.matched(i).id)
    }),
    column("article_a", Kind::Id, "article id", "The article first in the order.", |v, (i, _)| {
        id(&v.article(v.matched(i).earlier).id)
    }),
    column("article_b", Kind::Id, "article id", "The other article.", |v, (i, _)| {
        id(&v.article(v.matched(i).later).id)
    }),
    column("outlet_a", Kind::Id, "outlet id", "Outlet of `article_a`.", |v, (i, _)| {
        id(&v.article(v.matched(i).earlier).outlet)
    }),
    column("outlet_b", Kind::Id, "outlet id", "Outlet of `article_b`.", |v, (i, _)| {
        id(&v.article(v.matched(i).later).outlet)
    }),
    column(
        "published_a",
        Kind::Time,
        "UTC",
        "Claimed publication time of `article_a`; empty if none.",
        |v, (i, _)| maybe(published(v.article(v.matched(i).earlier)), Value::Time),
    ),
    column(
        "published_b",
        Kind::Time,
        "UTC",
        "Claimed publication time of `article_b`; empty if none.",
        |v, (i, _)| maybe(published(v.article(v.matched(i).later)), Value::Time),
    ),
    column(
        "relation",
        Kind::Word(Relation::WORDS),
        "word",
        "How the two texts are related: by containment, or across languages by what both name and tell.",
        |v, (i, _)| Value::Id(v.matched(i).relation.as_str()),
    ),
    column(
        "containment_a",
        Kind::Number,
        "share 0..1",
        "Share of a's word 5-grams (character n-grams in unspaced scripts) that are in b; empty if reuse was not looked for.",
        |v, (i, _)| reuse(v, share(v.matched(i).containment_earlier)),
    ),
    column(
        "containment_b",
        Kind::Number,
        "share 0..1",
        "Share of b's word 5-grams that are in a; empty if reuse was not looked for.",
        |v, (i, _)| reuse(v, share(v.matched(i).containment_later)),
    ),
    column(
        "lexical",
        Kind::Number,
        "cosine 0..1",
        "TF-IDF cosine; empty if not computed or below the threshold.",
        |v, (i, _)| maybe(v.matched(i).cosine(OverlapKind::Lexical), share),
    ),
    column(
        "semantic",
        Kind::Number,
        "cosine -1..1",
        "For two languages: mean of the best cosine of each sentence with one of the other text; empty without a model and for one language.",
        |v, (i, _)| maybe(v.matched(i).cosine(OverlapKind::Semantic), share),
    ),
    column(
        "title",
        Kind::Number,
        "similarity 0..1",
        "Similarity of the two headlines; never evidence by itself.",
        |v, (i, _)| share(v.matched(i).title_similarity),
    ),
    column("outlet_name_a", Kind::Text, "name", "Name of `outlet_a`.", |v, (i, _)| {
        text(v.outlet_name(v.matched(i).earlier))
    }),
    column("outlet_name_b", Kind::Text, "name", "Name of `outlet_b`.", |v, (i, _)| {
        text(v.outlet_name(v.matched(i).later))
    }),
    column(
        "passages",
        Kind::Integer,
        "count",
        "Reused passages of any kind; empty if reuse was not looked for.",
        |v, (i, _)| reuse(v, Value::Integer(v.matched(i).passages.len())),
    ),
    column(
        "own_words",
        Kind::Integer,
        "words",
        "Equal words in passages of kind `own`: only these count between two outlets. Empty if reuse was not looked for.",
        |v, (i, _)| reuse(v, Value::Integer(own_words(v.matched(i)))),
    ),
    column(
        "common_source",
        Kind::Boolean,
        "true or false",
        "Whether a common source (wire copy, a quotation, an official statement) explains the match: an edge of grade X does. Empty if edges were not looked for.",
        |v, (i, _)| {
            let was_asked = v.analysis.relations.has_convergence();
            maybe(was_asked.then(|| v.has_common_source(i)), Value::Boolean)
        },
    ),
    column(
        "narrative",
        Kind::Id,
        "narrative id",
        "Narrative that holds both articles; empty if none does.",
        |v, (i, _)| {
            let (a, b) = (v.narrative_of(v.matched(i).earlier), v.narrative_of(v.matched(i).later));
            id(v.narrative_id(if a == b { a } else { None }))
        },
    ),
    column(
        "anchors",
        Kind::Text,
        "text",
        "For two languages: the rarest names, numbers and places that both texts hold, separated by `;`, in both spellings where these differ.",
        |v, (i, _)| maybe(anchors(v, v.matched(i)), |all| Value::Text(Cow::Owned(all))),
    ),
    column(
        "aligned",
        Kind::Integer,
        "count",
        "For two languages: sentences that are aligned one to one (`aligned.csv`); empty without a model and for one language.",
        |v, (i, _)| {
            let matched = v.matched(i);
            let by_model = matched.cosine(OverlapKind::Semantic).is_some();
            let aligned = matched.across.as_ref().filter(|_| by_model);
            maybe(aligned, |across| Value::Integer(across.aligned.len()))
        },
    ),
    column(
        "score",
        Kind::Number,
        "0..1",
        "For two languages: what the relation was decided by; ranks the matches of an article. Empty for one language.",
        |v, (i, _)| maybe(v.matched(i).across.as_ref(), |across| share(across.score)),
    ),
];

pub(in crate::report) static PASSAGES: Table = Table {
    file: "passages.csv",
    about: "One row a reused passage of a match, in the order of its place in article a.",
    key: &["match", "start_a", "end_a", "start_b", "end_b"],
    columns: PASSAGE_COLUMNS,
    rows: |view| {
        let matches = view.analysis.matches.iter().enumerate();
        matches.flat_map(|(i, m)| (0..m.passages.len()).map(move |j| (i, j))).collect()
    },
};

const PASSAGE_COLUMNS: &[Column] = &[
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
        "First byte of the passage in a's text (UTF-8), counted from 0.",
        |v, row| Value::Integer(passage(v, row).earlier.start),
    ),
    column(
        "end_a",
        Kind::Integer,
        "bytes",
        "Byte after the last one of the passage in a's text.",
        |v, row| Value::Integer(passage(v, row).earlier.end),
    ),
    column(
        "start_b",
        Kind::Integer,
        "bytes",
        "First byte of the passage in b's text.",
        |v, row| Value::Integer(passage(v, row).later.start),
    ),
    column(
        "end_b",
        Kind::Integer,
        "bytes",
        "Byte after the last one of the passage in b's text.",
        |v, row| Value::Integer(passage(v, row).later.end),
    ),
    column(
        "words",
        Kind::Integer,
        "words",
        "Words (ideographs in unspaced scripts) that are equal in both.",
        |v, row| Value::Integer(passage(v, row).words),
    ),
    column(
        "kind",
        Kind::Word(PassageKind::WORDS),
        "word",
        "What the passage is; only `own` is evidence between two outlets.",
        |v, row| Value::Id(passage(v, row).kind.as_str()),
    ),
    column("text", Kind::Text, "text", "The passage as in article a, on one line.", |v, (i, j)| {
        let matched = v.matched(i);
        text(passage_text(v.article(matched.earlier), &matched.passages[j]))
    }),
    column("outlet_a", Kind::Id, "outlet id", "Outlet of `article_a`.", |v, (i, _)| {
        id(&v.article(v.matched(i).earlier).outlet)
    }),
    column("outlet_b", Kind::Id, "outlet id", "Outlet of `article_b`.", |v, (i, _)| {
        id(&v.article(v.matched(i).later).outlet)
    }),
    column("why", Kind::Text, "text", "Why the passage was given its kind.", |v, row| {
        Value::Text(Cow::Owned(passage(v, row).why.to_string()))
    }),
    column(
        "holder",
        Kind::Id,
        "article id",
        "For kind `wire`: the earliest article that holds the passage; empty if it is not in the archive.",
        |v, row| passage(v, row).holder.map_or(Value::Empty, |a| id(&v.article(a).id)),
    ),
];

fn passage<'a>(view: &'a ReportIndex, (i, j): Row) -> &'a Passage {
    &view.matched(i).passages[j]
}
