//! The pages of single things: a heading, facts, texts with their passages marked, and the lists of what belongs to it.

use std::collections::BTreeSet;

use askama::Template;

use super::frame::Frame;
use super::library::{Library, own_words};
use super::links::{article_at, chain_at, edge_at, match_at, narrative_at, outlet_at, pair_at};
use super::listing::ShownTable;
use super::lists::{
    edges, lag, matches, these_articles, these_edges, these_matches, these_narratives,
};
use super::pair_lists::{pairs, sources};
use super::request::{Fields, Reply, address};
use super::sides::{Side, passages_in, side, spans};
use crate::model::OutletPair;
use crate::report::alternatives::of_outlets;
use crate::report::{ArticleRecord, EvidenceRecord, Html, MatchRecord, Which, wording};

/// Rows of a list on the page of something else.
const ROWS: usize = 20;

/// A fact, leading somewhere if `href` is not empty.
pub(crate) struct Fact {
    html: Html,
    href: String,
}

impl Fact {
    fn text(text: &str) -> Fact {
        Fact { html: Html::text(text), href: String::new() }
    }

    fn to(text: &str, href: String) -> Fact {
        Fact { html: Html::title(text, ""), href }
    }
}

#[derive(Template)]
#[template(path = "detail.html", config = "src/browse/templates/askama.toml")]
struct Detail {
    frame: Frame,
    heading: Html,
    kind: &'static str,
    id: String,
    facts: Vec<(&'static str, Fact)>,
    sides: Vec<Side>,
    /// What a passage is, and its text, where there is no text to mark it in.
    passages: Vec<(String, Html)>,
    tables: Vec<ShownTable>,
    notes: Vec<Html>,
}

impl Detail {
    fn new(frame: Frame, kind: &'static str, heading: &str, id: &str) -> Detail {
        Detail {
            frame: frame.titled(heading),
            heading: Html::title(heading, ""),
            kind,
            id: id.to_owned(),
            facts: Vec::new(),
            sides: Vec::new(),
            passages: Vec::new(),
            tables: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn fact(&mut self, name: &'static str, fact: Fact) {
        self.facts.push((name, fact));
    }

    fn reply(&self, status: u16) -> Reply {
        Reply::page(status, self.render().unwrap_or_default())
    }
}

/// A page that says what is wrong.
pub(crate) fn problem(frame: Frame, status: u16, what: &str) -> Reply {
    Detail::new(frame, "", what, "").reply(status)
}

/// The first page: what the run holds.
pub(crate) fn run(library: &Library, frame: Frame) -> Reply {
    let document = library.document;
    let mut page = Detail::new(frame, "run", "What this run holds", &document.run_id);
    let ends = library.overview.period;
    page.fact(
        "period of the articles",
        Fact::text(&ends.map_or_else(
            || "no articles".to_owned(),
            |(first, last)| {
                format!("{} to {} UTC", wording::time(first, None), wording::time(last, None))
            },
        )),
    );
    page.fact("window of the run", Fact::text(&wording::window(document.since, document.until)));
    let passages = library.overview.passages.len();
    for (name, n, path) in [
        ("articles", document.articles.len(), "/articles"),
        ("matches", document.matches.len(), "/matches"),
        ("passages", passages, "/passages"),
        ("narratives", document.narratives.len(), "/narratives"),
        ("edges", document.edges.len(), "/edges"),
        ("pairs of outlets", document.outlet_pairs.len(), "/pairs"),
        ("chains", document.chains.len(), "/chains"),
        ("sources", document.feeds.len(), "/sources"),
    ] {
        page.fact(name, Fact::to(&wording::thousands(n), path.to_owned()));
    }
    let none = Fields::default();
    page.tables = vec![
        pairs(library, &none).beginning(8, "/pairs".to_owned()),
        edges(library, &none).beginning(8, "/edges".to_owned()),
        super::lists::narratives(library, &none).beginning(8, "/narratives".to_owned()),
    ];
    page.notes = document.notes.iter().map(|note| Html::text(note)).collect();
    page.reply(200)
}

/// An article with its text and all that belongs to it.
pub(crate) fn article(library: &Library, frame: Frame, id: &str) -> Option<Reply> {
    let place = library.place(id)?;
    let article = &library.document.articles[place];
    let mut page = Detail::new(frame, "article", &article.title, id);
    page.fact("outlet", Fact::to(library.lookup.name(&article.outlet), outlet_at(&article.outlet)));
    for (name, value) in [
        ("edition", &article.edition),
        ("language", &article.language),
        ("byline", &article.byline),
    ] {
        if !value.is_empty() {
            page.fact(name, Fact::text(value));
        }
    }
    page.fact("words", Fact::text(&wording::thousands(article.words)));
    if let Some(narrative) = article.narrative.as_ref().and_then(|id| library.lookup.narrative(id))
    {
        page.fact("narrative", Fact::to(&narrative.label, narrative_at(&narrative.id)));
    }
    for citation in article.citations.iter() {
        let said = format!(
            "{}: {}, “{}”",
            library.lookup.name(&citation.outlet),
            citation.kind.as_str(),
            citation.text
        );
        page.fact("names", Fact::to(&said, outlet_at(&citation.outlet)));
    }
    page.sides = vec![side(library, article, &passages_in(library, place), Which::A)];
    let matches = places(library.match_places(place));
    let edges = places(library.edge_places(place));
    page.tables = vec![
        these_matches(library, "Matches".to_owned(), matches).beginning(200, String::new()),
        these_edges(library, "Edges".to_owned(), edges).beginning(200, String::new()),
    ];
    Some(page.reply(200))
}

/// Positions as the lists take them.
fn places(positions: &[u32]) -> Vec<usize> {
    positions.iter().map(|&i| i as usize).collect()
}

/// Two articles side by side.
pub(crate) fn matched(library: &Library, frame: Frame, id: &str) -> Option<Reply> {
    let found = library.lookup.matched(id)?;
    let [a, b] = [library.lookup.article(&found.a)?, library.lookup.article(&found.b)?];
    let names = [a, b].map(|article| library.lookup.name(&article.outlet));
    let mut page = Detail::new(frame, "match", &format!("{} and {}", names[0], names[1]), id);
    if library.pair(&a.outlet, &b.outlet).is_some() {
        page.fact("pair", Fact::to("what else the two share", pair_at(&a.outlet, &b.outlet)));
    }
    page.fact("relation", Fact::text(found.relation.as_str()));
    page.fact("words of own text in both", Fact::text(&own_words(found).to_string()));
    page.fact(
        "shares",
        Fact::text(&format!(
            "{} of the left text is in the right one, {} of the right text in the left one",
            wording::percent(found.containment_a),
            wording::percent(found.containment_b)
        )),
    );
    if found.common_source {
        page.fact("common source", Fact::text("explains what they share"));
    }
    page.sides = vec![
        side(library, a, &spans(found, Which::A), Which::A),
        side(library, b, &spans(found, Which::B), Which::B),
    ];
    if page.sides.iter().any(|side| side.pieces.is_empty()) {
        // Without the texts, the passages are all that there is to read.
        page.passages.extend(found.passages.iter().enumerate().map(|(i, passage)| {
            let words = wording::count(passage.words, "equal word");
            let about = format!("Passage {}: {}, {words}", i + 1, passage.kind.as_str());
            (about, Html::text(&passage.text))
        }));
    }
    let mut edges = places(library.edge_places(library.place(&found.a)?));
    edges.retain(|&i| {
        let edge = &library.document.edges[i];
        [edge.from.as_deref(), Some(&edge.to)].contains(&Some(found.b.as_ref()))
    });
    page.tables = vec![
        these_edges(library, "Edges between the two".to_owned(), edges)
            .beginning(ROWS, String::new()),
    ];
    Some(page.reply(200))
}

/// A narrative.
pub(crate) fn narrative(library: &Library, frame: Frame, id: &str) -> Option<Reply> {
    let narrative = library.lookup.narrative(id)?;
    let mut page = Detail::new(frame, "narrative", &narrative.label, id);
    page.fact("key phrases", Fact::text(&narrative.key_phrases.join(" · ")));
    for outlet in narrative.outlets.iter() {
        page.fact("carried by", Fact::to(library.lookup.name(outlet), outlet_at(outlet)));
    }
    page.fact("day with most articles", Fact::text(&narrative.peak.to_string()));
    let first = narrative.first.as_ref().and_then(|id| library.lookup.article(id));
    match (first, narrative.order_unresolved) {
        (Some(article), _) => {
            let says = format!("{}: {}", library.lookup.name(&article.outlet), article.title);
            page.fact("first", Fact::to(&says, article_at(&article.id)));
        }
        (None, Some(n)) => page.fact(
            "first",
            Fact::text(&format!("cannot be told among {}", wording::count(n, "outlet"))),
        ),
        (None, None) => {}
    }
    let articles: Vec<usize> =
        narrative.articles.iter().filter_map(|id| library.place(id)).collect();
    let edges: BTreeSet<usize> =
        articles.iter().flat_map(|&i| places(library.edge_places(i))).collect();
    let is_here = |&i: &usize| library.document.edges[i].narrative.as_deref() == Some(id);
    let edges = edges.into_iter().filter(is_here).collect();
    page.tables = vec![
        these_articles(library, "Articles in order of time".to_owned(), articles)
            .beginning(500, String::new()),
        these_edges(library, "Edges".to_owned(), edges).beginning(200, String::new()),
    ];
    Some(page.reply(200))
}

/// An edge with its evidence and both texts.
pub(crate) fn edge(library: &Library, frame: Frame, id: &str) -> Option<Reply> {
    let edge = library.lookup.edge(id)?;
    let to = library.lookup.article(&edge.to)?;
    let from = edge.from.as_ref().and_then(|id| library.lookup.article(id));
    let from_name =
        edge.outlet_from.as_deref().map_or("a statement both quote", |id| library.lookup.name(id));
    let heading =
        format!("{}: {from_name} → {}", edge.grade.as_str(), library.lookup.name(&edge.outlet_to));
    let mut page = Detail::new(frame, "edge", &heading, id);
    page.fact("grade", Fact::text(&format!("the later article {}", edge.grade.meaning())));
    page.fact("lag", Fact::text(&lag(edge)));
    if let Some(narrative) = edge.narrative.as_ref().and_then(|id| library.lookup.narrative(id)) {
        page.fact("narrative", Fact::to(&narrative.label, narrative_at(&narrative.id)));
    }
    let mut found = None;
    for evidence in &edge.evidence {
        let (fact, matched) = evidence_fact(library, evidence);
        page.fact("evidence", fact);
        found = found.or(matched);
    }
    for known in
        edge.outlet_from.iter().flat_map(|a| of_outlets(a, &edge.outlet_to, &library.lookup))
    {
        page.fact("what else could explain it", Fact::text(&known));
    }
    let spans_of = |article: &ArticleRecord, found: Option<&MatchRecord>| match found {
        Some(found) if found.a == article.id => (spans(found, Which::A), Which::A),
        Some(found) if found.b == article.id => (spans(found, Which::B), Which::B),
        _ => (Vec::new(), Which::A),
    };
    for article in [from, Some(to)].into_iter().flatten() {
        let (spans, which) = spans_of(article, found);
        page.sides.push(side(library, article, &spans, which));
    }
    Some(page.reply(200))
}

fn evidence_fact(
    library: &Library,
    evidence: &'static EvidenceRecord<'static>,
) -> (Fact, Option<&'static MatchRecord<'static>>) {
    let of_match =
        |id: &str, says: String| (Fact::to(&says, match_at(id)), library.lookup.matched(id));
    match evidence {
        EvidenceRecord::Link { url, canonical } => {
            let verb = if *canonical { "names as its canonical address" } else { "links to" };
            (Fact { html: Html::joined(verb, &Html::defanged(url)), href: String::new() }, None)
        }
        EvidenceRecord::Cites(citation) => {
            (Fact::text(&format!("{}: “{}”", citation.kind.as_str(), citation.text)), None)
        }
        EvidenceRecord::Passage { matched, passage } => {
            let found = library.lookup.matched(matched).and_then(|m| m.passages.get(*passage));
            let says = found.map_or_else(
                || "a passage".to_owned(),
                |p| {
                    let words = wording::count(p.words, "equal word");
                    format!("passage {}: {words}, {}", passage + 1, p.kind.as_str())
                },
            );
            of_match(matched, says)
        }
        EvidenceRecord::Overlap { matched } => of_match(matched, "overlap in topic".to_owned()),
        EvidenceRecord::Explains { matched } => of_match(matched, "explains this match".to_owned()),
        EvidenceRecord::Caveat { caveat } => (Fact::text(caveat.sentence()), None),
    }
}

/// Two outlets and what they share.
pub(crate) fn pair(library: &Library, frame: Frame, a: &str, b: &str) -> Option<Reply> {
    let pair = library.pair(a, b)?;
    let (a, b) = (pair.outlet_a.as_str(), pair.outlet_b.as_str());
    let names = [a, b].map(|id| library.lookup.name(id));
    let mut page =
        Detail::new(frame, "pair of outlets", &format!("{} and {}", names[0], names[1]), "");
    page.fact("outlets", Fact::to(names[0], outlet_at(a)));
    page.fact("", Fact::to(names[1], outlet_at(b)));
    pair_facts(&mut page, pair, names);
    let gaps = library.document.coverage_gaps.iter();
    let gaps = gaps.filter(|gap| gap.outlet == a || gap.outlet == b).count();
    for doubt in wording::pair_doubts(pair, gaps, &library.lookup) {
        page.fact("what else could explain it", Fact::text(&doubt));
    }
    let edges = library.overview.edges_between(a, b);
    let of_pair = Fields::parse(&address("", &[("a", a), ("b", b)]).replace('?', ""));
    let narratives = library.narratives_of([a, b]);
    page.tables = vec![
        these_edges(library, "Edges".to_owned(), edges)
            .beginning(ROWS, address("/edges", &[("from", a), ("to", b)])),
        matches(library, &of_pair).beginning(ROWS, address("/matches", &[("a", a), ("b", b)])),
        these_narratives(library, "Narratives of both".to_owned(), narratives)
            .beginning(ROWS, address("/narratives", &[("outlet", a), ("and", b)])),
    ];
    Some(page.reply(200))
}

fn pair_facts(page: &mut Detail, pair: &OutletPair, [a, b]: [&str; 2]) {
    let share = |share, articles, of: &str, in_other: &str| {
        let articles = wording::count(articles, "article");
        format!("{} of {of}'s {articles} have a match in {in_other}", wording::share(share))
    };
    page.fact("shares", Fact::text(&share(pair.share_a, pair.articles_a, a, b)));
    page.fact("", Fact::text(&share(pair.share_b, pair.articles_b, b, a)));
    let mut verdict = wording::verdict(pair.verdict).to_owned();
    if let (Some(odds), Some(q)) = (wording::odds(pair), pair.q) {
        verdict = format!("{verdict}; odds {odds}, q {}", wording::probability(q));
    }
    page.fact("against chance", Fact::text(&verdict));
    let lag = |lag: Option<crate::model::LagQuantiles>| {
        lag.map_or_else(String::new, |lag| {
            format!(", median lag {} (n {})", wording::duration(lag.median), lag.n)
        })
    };
    let n_ab: usize = pair.edges_ab.values().sum();
    let n_ba: usize = pair.edges_ba.values().sum();
    page.fact("directed edges", Fact::text(&format!("{n_ab} from {a} to {b}{}", lag(pair.lag_ab))));
    page.fact("", Fact::text(&format!("{n_ba} from {b} to {a}{}", lag(pair.lag_ba))));
}

/// A chain.
pub(crate) fn chain(library: &Library, frame: Frame, id: &str) -> Option<Reply> {
    let chain = library.chain(id)?;
    let names: Vec<&str> = chain.outlets.iter().map(|id| library.lookup.name(id)).collect();
    let mut page = Detail::new(frame, "chain", &names.join(" → "), id);
    page.fact("from first to last", Fact::text(&wording::duration(chain.lag_minutes)));
    page.fact("weakest grade", Fact::text(chain.weakest.as_str()));
    if let Some(narrative) = chain.narrative.as_ref().and_then(|id| library.lookup.narrative(id)) {
        page.fact("narrative", Fact::to(&narrative.label, narrative_at(&narrative.id)));
    }
    let edges = chain.edges.iter().filter_map(|id| library.edge_place(id)).collect();
    page.tables =
        vec![these_edges(library, "Steps".to_owned(), edges).beginning(200, String::new())];
    Some(page.reply(200))
}

/// An outlet with its sources, and where it stands.
pub(crate) fn outlet(library: &Library, frame: Frame, id: &str) -> Option<Reply> {
    let id = library.outlet(id)?;
    let record = library.document.outlets.iter().find(|outlet| outlet.id == id)?;
    let mut page = Detail::new(frame, "outlet", &record.name, id);
    page.fact("role", Fact::text(record.role.as_str()));
    for (name, value) in [("state", &record.state), ("operator", &record.operator)] {
        if let Some(value) = value {
            page.fact(name, Fact::text(value));
        }
    }
    for agreement in record.agreements.iter() {
        let since = agreement.since.as_ref().map_or_else(String::new, |day| format!(" ({day})"));
        let with = agreement.with.join(", ");
        page.fact(
            "announced exchange",
            Fact::text(&format!("{with}{since}: {}", agreement.source)),
        );
    }
    let overview = &library.overview;
    let this = overview.wanted_outlet(id);
    for (name, path, field, n) in [
        (
            "articles",
            "/articles",
            "outlet",
            count(&overview.articles, |row| this.is_in(&[row.outlet])),
        ),
        ("matches", "/matches", "a", count(&overview.matches, |row| this.is_in(&row.outlets))),
        ("edges from it", "/edges", "from", count(&overview.edges, |row| this.is_in(&[row.from]))),
        ("edges to it", "/edges", "to", count(&overview.edges, |row| this.is_in(&[row.to]))),
    ] {
        page.fact(name, Fact::to(&wording::thousands(n), address(path, &[(field, id)])));
    }
    let gaps = library.document.coverage_gaps.iter().filter(|gap| gap.outlet == id).count();
    page.fact("days not heard", Fact::text(&wording::thousands(gaps)));
    let of_outlet = Fields::parse(&address("", &[("outlet", id)]).replace('?', ""));
    page.tables = vec![
        pairs(library, &of_outlet).beginning(ROWS, address("/pairs", &[("outlet", id)])),
        sources(library, &of_outlet).beginning(100, String::new()),
    ];
    Some(page.reply(200))
}

fn count<Row>(rows: &[Row], is_wanted: impl Fn(&Row) -> bool) -> usize {
    rows.iter().filter(|row| is_wanted(row)).count()
}

/// Where anything with an id has its page.
pub(crate) fn find(library: &Library, id: &str) -> Option<String> {
    let lookup = &library.lookup;
    if library.place(id).is_some() {
        Some(article_at(id))
    } else if lookup.matched(id).is_some() {
        Some(match_at(id))
    } else if lookup.edge(id).is_some() {
        Some(edge_at(id))
    } else if lookup.narrative(id).is_some() {
        Some(narrative_at(id))
    } else if library.chain(id).is_some() {
        Some(chain_at(id))
    } else {
        None
    }
}
