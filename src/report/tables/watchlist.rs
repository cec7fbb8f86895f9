//! `tags.csv` and `watchlist.csv`.

use crate::model::{Carrier, Spread, Stance, Tag, WatchedNarrative};
use crate::report::report_index::{ReportIndex, published};
use crate::report::table::{Column, Kind, Row, Table, Value, column};
use crate::report::tables::{id, maybe, share, text};

pub(in crate::report) static TAGS: Table = Table {
    file: "tags.csv",
    about: "One row an article, narrative of the watchlist and stance: the sentence that resembles a claim most. A sentence to read, not a finding.",
    key: &["article", "narrative", "stance"],
    columns: TAG_COLUMNS,
    rows: |view| (0..view.analysis.watchlist.tags.len()).map(|i| (i, 0)).collect(),
};

fn tag<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a Tag {
    &view.analysis.watchlist.tags[i]
}

fn watched<'a>(view: &'a ReportIndex, narrative: usize) -> &'a WatchedNarrative {
    &view.analysis.watchlist.narratives[narrative]
}

/// The sentence of a tag: of the text, or the headline.
pub(in crate::report) fn sentence<'a>(view: &ReportIndex<'a>, tag: &Tag) -> &'a str {
    let article = view.article(tag.article);
    match &tag.span {
        Some(span) => article.text.get(span.clone()).unwrap_or_default(),
        None => &article.title,
    }
}

/// The claim of a tag.
pub(in crate::report) fn claim<'a>(view: &'a ReportIndex, tag: &Tag) -> &'a str {
    let claims = watched(view, tag.narrative).of_stance(tag.stance);
    claims.get(tag.claim).map_or("", |claim| claim.text.as_str())
}

const TAG_COLUMNS: &[Column] = &[
    column("article", Kind::Id, "article id", "The article.", |v, row| {
        id(&v.article(tag(v, row).article).id)
    }),
    column("outlet", Kind::Id, "outlet id", "Outlet that published it.", |v, row| {
        id(&v.article(tag(v, row).article).outlet)
    }),
    column("published", Kind::Time, "UTC", "Claimed publication time; empty if none.", |v, row| {
        maybe(published(v.article(tag(v, row).article)), Value::Time)
    }),
    column(
        "narrative",
        Kind::Id,
        "watchlist id",
        "Id of the narrative in the watchlist (`watchlist.csv`), not in narratives.csv.",
        |v, row| id(&watched(v, tag(v, row).narrative).id),
    ),
    column(
        "claim",
        Kind::Integer,
        "number",
        "Number of the claim among those of its stance, from 1, in the order of the file.",
        |v, row| Value::Integer(tag(v, row).claim + 1),
    ),
    column(
        "stance",
        Kind::Word(Stance::WORDS),
        "word",
        "Whether the sentence resembles a claim of the narrative or one against it.",
        |v, row| Value::Id(tag(v, row).stance.as_str()),
    ),
    column(
        "score",
        Kind::Number,
        "share 0..1",
        "How like the claim the sentence is; without a sentence model the share of the things the claim speaks of that the sentence names.",
        |v, row| share(tag(v, row).score),
    ),
    column(
        "start",
        Kind::Integer,
        "byte",
        "Start of the sentence in the article's text; empty for the headline.",
        |v, row| maybe(tag(v, row).span.as_ref(), |span| Value::Integer(span.start)),
    ),
    column(
        "end",
        Kind::Integer,
        "byte",
        "End of the sentence (exclusive); empty for the headline.",
        |v, row| maybe(tag(v, row).span.as_ref(), |span| Value::Integer(span.end)),
    ),
    column("sentence", Kind::Text, "text", "The sentence.", |v, row| {
        text(sentence(v, tag(v, row)))
    }),
    column(
        "attributed",
        Kind::Boolean,
        "boolean",
        "The sentence says who said so: the article reports it, and need not hold it.",
        |v, row| Value::Boolean(tag(v, row).attributed),
    ),
    column(
        "narrative_title",
        Kind::Text,
        "text",
        "Name of the narrative in the watchlist.",
        |v, row| text(&watched(v, tag(v, row).narrative).title),
    ),
    column("claim_text", Kind::Text, "text", "The claim that it resembles.", |v, row| {
        text(claim(v, tag(v, row)))
    }),
    column(
        "group",
        Kind::Id,
        "narrative id",
        "Narrative of narratives.csv that holds the article; empty if none does.",
        |v, row| id(v.narrative_id(v.narrative_of(tag(v, row).article))),
    ),
    column("outlet_name", Kind::Text, "name", "Name of the outlet.", |v, row| {
        text(v.outlet_name(tag(v, row).article))
    }),
    column(
        "language",
        Kind::Id,
        "ISO 639-1",
        "Language of the article; empty if unknown.",
        |v, row| id(&v.article(tag(v, row).article).language),
    ),
    column("title", Kind::Text, "text", "Headline.", |v, row| {
        text(&v.article(tag(v, row).article).title)
    }),
];

pub(in crate::report) static WATCHLIST: Table = Table {
    file: "watchlist.csv",
    about: "One row a narrative of the watchlist and outlet with an article that resembles one of its claims.",
    key: &["narrative", "outlet"],
    columns: WATCHLIST_COLUMNS,
    rows: |view| {
        let spread = view.analysis.watchlist.spread.iter().enumerate();
        spread.flat_map(|(i, one)| (0..one.carriers.len()).map(move |j| (i, j))).collect()
    },
};

fn spread<'a>(view: &'a ReportIndex, (i, _): Row) -> &'a Spread {
    &view.analysis.watchlist.spread[i]
}

fn carrier<'a>(view: &'a ReportIndex, row: Row) -> &'a Carrier {
    &spread(view, row).carriers[row.1]
}

/// Directed edges of a watched narrative from or to an outlet.
fn edges(view: &ReportIndex, row: Row, outlet: impl Fn(&crate::model::Edge) -> String) -> usize {
    let own = &carrier(view, row).outlet;
    spread(view, row).edges.iter().filter(|&&edge| outlet(view.edge(edge)) == *own).count()
}

const WATCHLIST_COLUMNS: &[Column] = &[
    column(
        "narrative",
        Kind::Id,
        "watchlist id",
        "Id of the narrative in the watchlist.",
        |v, row| id(&watched(v, row.0).id),
    ),
    column("title", Kind::Text, "text", "Its name.", |v, row| text(&watched(v, row.0).title)),
    column("outlet", Kind::Id, "outlet id", "The outlet.", |v, row| id(&carrier(v, row).outlet)),
    column(
        "articles",
        Kind::Integer,
        "articles",
        "Its articles that resemble a claim of the narrative.",
        |v, row| Value::Integer(carrier(v, row).articles),
    ),
    column(
        "counter_articles",
        Kind::Integer,
        "articles",
        "Its articles that resemble a claim against the narrative.",
        |v, row| Value::Integer(carrier(v, row).counter_articles),
    ),
    column(
        "first_article",
        Kind::Id,
        "article id",
        "Its first article that resembles a claim, by claimed time; empty if none does.",
        |v, row| maybe(carrier(v, row).first, |first| id(&v.article(first).id)),
    ),
    column(
        "first_published",
        Kind::Time,
        "UTC",
        "When that was; empty if none or without a time.",
        |v, row| {
            let first = carrier(v, row).first.and_then(|first| published(v.article(first)));
            maybe(first, Value::Time)
        },
    ),
    column(
        "edges_out",
        Kind::Integer,
        "edges",
        "Directed edges (E1 to E3) from an article of this outlet that resembles a claim to another outlet's that does.",
        |v, row| Value::Integer(edges(v, row, |edge| v.origin_outlet(edge).to_owned())),
    ),
    column(
        "edges_in",
        Kind::Integer,
        "edges",
        "Such edges to an article of this outlet.",
        |v, row| Value::Integer(edges(v, row, |edge| v.article(edge.to).outlet.clone())),
    ),
    column(
        "source",
        Kind::Text,
        "text",
        "Who described the narrative, as the watchlist says.",
        |v, row| text(&watched(v, row.0).source),
    ),
    column(
        "region",
        Kind::Text,
        "text",
        "The region that it is about, as the watchlist says; empty if it says none.",
        |v, row| text(&watched(v, row.0).region),
    ),
    column("outlet_name", Kind::Text, "name", "Name of the outlet.", |v, row| {
        text(v.name(&carrier(v, row).outlet))
    }),
];
