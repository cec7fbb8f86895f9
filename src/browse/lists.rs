//! The lists: which rows a filter lets through, and what a row says.

use super::library::{ArticleFilter, Library, own_words};
use super::links::{article_at, edge_at, headline, match_at, narrative_at, outlet, time};
use super::listing::{Cell, Column, Field, Listing, csv_only, number, text};
use super::overview::{EdgeRow, MatchRow, PassageRow};
use super::request::Fields;
use super::search::Query;
use crate::model::{Grade, PassageKind, Relation};
use crate::report::{ArticleRecord, EdgeRecord, MatchRecord, NarrativeRecord, wording};
use crate::text::sanitize;

/// Most characters of a passage in a list.
const EXCERPT: usize = 240;

/// A field of free text.
pub(super) fn free(
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    fields: &Fields,
) -> Field {
    Field { name, label, kind, choices: Vec::new(), value: fields.get(name).to_owned() }
}

/// A field with choices; the words of files are their own labels.
pub(super) fn choice(
    name: &'static str,
    label: &'static str,
    choices: impl IntoIterator<Item = (String, String)>,
    fields: &Fields,
) -> Field {
    let choices = choices.into_iter().collect();
    Field { name, label, kind: "text", choices, value: fields.get(name).to_owned() }
}

pub(super) fn same(words: impl IntoIterator<Item = &'static str>) -> Vec<(String, String)> {
    words.into_iter().map(|word| (word.to_owned(), word.to_owned())).collect()
}

/// The outlets that have articles.
pub(super) fn outlets(library: &Library) -> Vec<(String, String)> {
    let named = |id: &&str| ((*id).to_owned(), sanitize::terminal(library.lookup.name(id)));
    library.overview.outlets.iter().map(named).collect()
}

fn languages(library: &Library) -> Vec<(String, String)> {
    same(library.overview.languages.iter().copied())
}

const ARTICLES: &[Column] = &[
    text("published"),
    text("outlet"),
    text("headline"),
    text("in context"),
    text("language"),
    number("words"),
    number("matches"),
    number("edges"),
    csv_only("article"),
    csv_only("url"),
];

/// The articles that hold the words looked for, in order of time.
///
/// # Errors
///
/// What the index reports.
pub(crate) fn articles<'l>(library: &'l Library, fields: &Fields) -> anyhow::Result<Listing<'l>> {
    let filter = ArticleFilter {
        query: Query::parse(fields.get("q")),
        outlet: fields.get("outlet").to_owned(),
        language: fields.get("language").to_owned(),
        since: fields.day("since"),
        until: fields.day("until"),
        min_words: fields.number("words").unwrap_or(0),
        passage: fields.get("passage").parse().ok(),
    };
    let found = library.articles(&filter)?;
    let scope = match (library.is_searchable(), library.overview.has_texts) {
        (false, _) => " The words of this run are still being read: searches find nothing yet.",
        (true, true) => "",
        (true, false) => {
            " This run keeps no texts (analyze with --texts): headlines and shared passages are searched."
        }
    };
    Ok(Listing {
        name: "articles",
        title: "Articles".to_owned(),
        about: format!("In order of claimed publication time (UTC).{scope}"),
        columns: ARTICLES,
        fields: vec![
            free("q", "words", "text", fields),
            choice("outlet", "outlet", outlets(library), fields),
            choice("language", "language", languages(library), fields),
            free("since", "from day", "date", fields),
            free("until", "to day", "date", fields),
            free("words", "at least words", "number", fields),
            choice("passage", "shares a passage", same(PassageKind::WORDS.iter().copied()), fields),
        ],
        total: found.len(),
        row: Box::new(move |i| article_row(library, found[i], &filter.query)),
    })
}

fn article_row(library: &Library, place: usize, query: &Query) -> Vec<Cell> {
    let article = &library.document.articles[place];
    vec![
        Cell::of(time(article)),
        outlet(library, &article.outlet),
        headline(article),
        Cell::of(library.context(place, query)).in_language(&article.language),
        Cell::of(&*article.language),
        Cell::n(article.words),
        Cell::n(library.match_places(place).len()),
        Cell::n(library.edge_places(place).len()),
        Cell::of(&*article.id).to(article_at(&article.id)),
        Cell::of(&*article.url),
    ]
}

/// A list of these articles.
pub(crate) fn these_articles(library: &Library, title: String, places: Vec<usize>) -> Listing<'_> {
    Listing {
        name: "articles",
        title,
        about: String::new(),
        columns: ARTICLES,
        fields: Vec::new(),
        total: places.len(),
        row: Box::new(move |i| article_row(library, places[i], &Query::default())),
    }
}

const MATCHES: &[Column] = &[
    text("published a"),
    text("outlet a"),
    text("headline a"),
    text("outlet b"),
    text("headline b"),
    text("relation"),
    number("own words"),
    number("common source"),
    csv_only("match"),
];

/// The matches between outlets.
pub(crate) fn matches<'l>(library: &'l Library, fields: &Fields) -> Listing<'l> {
    let (a, b) = (fields.get("a"), fields.get("b"));
    let relation: Option<Relation> = fields.get("relation").parse().ok();
    let kind: Option<PassageKind> = fields.get("passage").parse().ok();
    let overview = &library.overview;
    let [one, other] = [a, b].map(|id| overview.wanted_outlet(id));
    let wanted = |row: &&MatchRow| {
        one.is_in(&row.outlets)
            && other.is_in(&row.outlets)
            && relation.is_none_or(|relation| row.relation == relation)
            && kind.is_none_or(|kind| row.kinds.hold(kind))
    };
    // Strongest first, where a choice was made; all of them stay in the order of time.
    let is_narrowed = !(a.is_empty() && b.is_empty()) || relation.is_some() || kind.is_some();
    let found = if is_narrowed {
        overview.matches.iter().filter(wanted).map(|row| row.place as usize).collect()
    } else {
        (0..library.document.matches.len()).collect()
    };
    Listing {
        fields: vec![
            choice("a", "outlet", outlets(library), fields),
            choice("b", "and outlet", outlets(library), fields),
            choice("relation", "relation", same(Relation::WORDS.iter().copied()), fields),
            choice("passage", "with a passage", same(PassageKind::WORDS.iter().copied()), fields),
        ],
        ..these_matches(library, "Matches".to_owned(), found)
    }
}

/// A list of these matches.
pub(crate) fn these_matches(library: &Library, title: String, places: Vec<usize>) -> Listing<'_> {
    Listing {
        name: "matches",
        title,
        about: "Pairs of articles of two outlets that share text or topic; with a filter, the most own text first."
            .to_owned(),
        columns: MATCHES,
        fields: Vec::new(),
        total: places.len(),
        row: Box::new(move |i| match_row(library, &library.document.matches[places[i]])),
    }
}

fn match_row(library: &Library, found: &'static MatchRecord<'static>) -> Vec<Cell> {
    let [a, b] = [&found.a, &found.b].map(|id| library.lookup.article(id));
    let name = |article: Option<&'static ArticleRecord<'static>>| {
        article.map_or_else(Cell::default, |article| outlet(library, &article.outlet))
    };
    let title = |article: Option<&'static ArticleRecord<'static>>| {
        article.map_or_else(Cell::default, headline)
    };
    vec![
        Cell::of(a.map_or_else(String::new, time)),
        name(a),
        title(a),
        name(b),
        title(b),
        Cell::of(found.relation.as_str()).to(match_at(&found.id)),
        Cell::n(own_words(found)),
        Cell::of(if found.common_source { "yes" } else { "" }),
        Cell::of(&*found.id).to(match_at(&found.id)),
    ]
}

const PASSAGES: &[Column] = &[
    text("kind"),
    number("words"),
    text("outlet a"),
    text("outlet b"),
    text("passage"),
    text("why"),
    csv_only("match"),
];

/// The passages that two articles share.
pub(crate) fn passages<'l>(library: &'l Library, fields: &Fields) -> Listing<'l> {
    let kind: Option<PassageKind> = fields.get("kind").parse().ok();
    let outlet = library.overview.wanted_outlet(fields.get("outlet"));
    let least = fields.number("words").unwrap_or(0);
    let wanted = |row: &&PassageRow| {
        kind.is_none_or(|kind| row.kind == kind)
            && row.words as usize >= least
            && outlet.is_in(&row.outlets)
    };
    let found: Vec<&PassageRow> = library.overview.passages.iter().filter(wanted).collect();
    Listing {
        name: "passages",
        title: "Passages".to_owned(),
        about: "Stretches of text that two articles hold, the longest first. Only own text is evidence between two outlets."
            .to_owned(),
        columns: PASSAGES,
        fields: vec![
            choice("kind", "kind", same(PassageKind::WORDS.iter().copied()), fields),
            choice("outlet", "outlet", outlets(library), fields),
            free("words", "at least words", "number", fields),
        ],
        total: found.len(),
        row: Box::new(move |i| {
            let row = found[i];
            let found = &library.document.matches[row.matched as usize];
            passage_row(library, found, usize::from(row.place))
        }),
    }
}

fn passage_row(
    library: &Library,
    found: &'static MatchRecord<'static>,
    number: usize,
) -> Vec<Cell> {
    let passage = &found.passages[number];
    let [a, b] = [&found.a, &found.b].map(|id| library.lookup.article(id));
    let name = |article: Option<&'static ArticleRecord<'static>>| {
        article.map_or_else(Cell::default, |article| outlet(library, &article.outlet))
    };
    let language = a.map_or("", |article| &*article.language);
    let place = format!("{}#a{}", match_at(&found.id), number + 1);
    vec![
        Cell::of(passage.kind.as_str()),
        Cell::n(passage.words),
        name(a),
        name(b),
        Cell::of(sanitize::shorten(&passage.text, EXCERPT).into_owned())
            .in_language(language)
            .to(place.clone()),
        Cell::of(&*passage.why),
        Cell::of(&*found.id).to(place),
    ]
}

const NARRATIVES: &[Column] = &[
    text("first published"),
    text("label"),
    number("articles"),
    number("outlets"),
    text("peak"),
    text("key phrases"),
    csv_only("narrative"),
];

/// The narratives, the largest first.
pub(crate) fn narratives<'l>(library: &'l Library, fields: &Fields) -> Listing<'l> {
    let all = &library.document.narratives;
    let wanted = Query::parse(fields.get("label"));
    let (one, other) = (fields.get("outlet").to_owned(), fields.get("and").to_owned());
    let carries = |n: &NarrativeRecord, id: &str| {
        id.is_empty() || n.outlets.iter().any(|outlet| outlet == id)
    };
    let order = library.overview.narratives.iter().map(|&i| i as usize);
    let found: Vec<usize> = order
        .filter(|&i| {
            carries(&all[i], &one)
                && carries(&all[i], &other)
                && wanted.is_in(&library.overview.labels[i])
        })
        .collect();
    Listing {
        fields: vec![
            free("label", "words of the label", "text", fields),
            choice("outlet", "carried by", outlets(library), fields),
            choice("and", "and by", outlets(library), fields),
        ],
        ..these_narratives(library, "Narratives".to_owned(), found)
    }
}

/// A list of these narratives.
pub(crate) fn these_narratives(
    library: &Library,
    title: String,
    places: Vec<usize>,
) -> Listing<'_> {
    Listing {
        name: "narratives",
        title,
        about: "Groups of articles about one event or claim, the largest first.".to_owned(),
        columns: NARRATIVES,
        fields: Vec::new(),
        total: places.len(),
        row: Box::new(move |i| narrative_row(library, &library.document.narratives[places[i]])),
    }
}

fn narrative_row(library: &Library, narrative: &'static NarrativeRecord<'static>) -> Vec<Cell> {
    let first = narrative.articles.first().and_then(|id| library.lookup.article(id));
    vec![
        Cell::of(first.map_or_else(String::new, time)),
        Cell::of(&*narrative.label).to(narrative_at(&narrative.id)),
        Cell::n(narrative.articles.len()),
        Cell::n(narrative.outlets.len()),
        Cell::of(narrative.peak.to_string()),
        Cell::of(narrative.key_phrases.join(" · ")),
        Cell::of(&*narrative.id).to(narrative_at(&narrative.id)),
    ]
}

const EDGES: &[Column] = &[
    text("grade"),
    text("from"),
    text("to"),
    text("lag"),
    text("headline of the later article"),
    text("published"),
    text("narrative"),
    csv_only("edge"),
];

/// The edges, the best grade first.
pub(crate) fn edges<'l>(library: &'l Library, fields: &Fields) -> Listing<'l> {
    let grade: Option<Grade> = fields.get("grade").parse().ok();
    let [from, to] = ["from", "to"].map(|end| library.overview.wanted_outlet(fields.get(end)));
    let wanted = |row: &&EdgeRow| {
        grade.is_none_or(|grade| row.grade == grade)
            && from.is_in(&[row.from])
            && to.is_in(&[row.to])
    };
    let found: Vec<usize> =
        library.overview.edges.iter().filter(wanted).map(|row| row.place as usize).collect();
    Listing {
        fields: vec![
            choice("grade", "grade", same(Grade::WORDS.iter().copied()), fields),
            choice("from", "from", outlets(library), fields),
            choice("to", "to", outlets(library), fields),
        ],
        ..these_edges(library, "Edges".to_owned(), found)
    }
}

/// A list of these edges.
pub(crate) fn these_edges(library: &Library, title: String, places: Vec<usize>) -> Listing<'_> {
    Listing {
        name: "edges",
        title,
        about: "Graded claims about two articles, the best grade first. E1 to E3 claim a direction; no grade claims intent."
            .to_owned(),
        columns: EDGES,
        fields: Vec::new(),
        total: places.len(),
        row: Box::new(move |i| edge_row(library, &library.document.edges[places[i]])),
    }
}

fn edge_row(library: &Library, edge: &'static EdgeRecord<'static>) -> Vec<Cell> {
    let to = library.lookup.article(&edge.to);
    let narrative = edge.narrative.as_ref().and_then(|id| library.lookup.narrative(id));
    vec![
        Cell::of(edge.grade.as_str()).to(edge_at(&edge.id)),
        edge.outlet_from
            .as_ref()
            .map_or_else(|| Cell::of("a statement both quote"), |id| outlet(library, id)),
        outlet(library, &edge.outlet_to),
        Cell::of(lag(edge)),
        to.map_or_else(Cell::default, headline),
        Cell::of(to.map_or_else(String::new, time)),
        narrative.map_or_else(Cell::default, |n| {
            Cell::of(sanitize::shorten(&n.label, 80).into_owned()).to(narrative_at(&n.id))
        }),
        Cell::of(&*edge.id).to(edge_at(&edge.id)),
    ]
}

/// The lag of an edge with the clock error of both ends, or why there is none.
pub(crate) fn lag(edge: &EdgeRecord) -> String {
    match (edge.lag_minutes, edge.clock_error_minutes) {
        (Some(lag), Some(error)) => {
            format!("{} ± {}", wording::duration(lag), wording::duration(error))
        }
        (Some(_), None) => "not known".to_owned(),
        (None, _) => "none".to_owned(),
    }
}
