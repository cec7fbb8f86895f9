//! `fimi show ID`: one article, match, narrative, edge or chain of an earlier run, with its
//! passages highlighted. Texts are cleaned of control characters; the only escape sequences are
//! ours, and `anstream` drops them where the output is no terminal.

use std::io::Write;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use serde_json::json;

use super::saved::{self, Lookup};
use crate::cli::ShowArgs;
use crate::exit::{Exit, Refusal};
use crate::model::{PassageKind, Precision};
use crate::report::alternatives::Behind;
use crate::report::{
    ArticleRecord, ChainRecord, Document, EdgeRecord, EvidenceRecord, MatchRecord, NarrativeRecord,
    PassageRecord, clean, words,
};

/// Shortest beginning of an id that is taken for the whole.
const MIN_PREFIX: usize = 6;
/// Lines of a list before it is cut.
const MAX_LINES: usize = 40;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const OWN: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
const OTHER: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// What an id names.
enum Found<'d> {
    Article(&'d ArticleRecord<'d>),
    Match(&'d MatchRecord<'d>),
    Narrative(&'d NarrativeRecord<'d>),
    Edge(&'d EdgeRecord<'d>),
    Chain(&'d ChainRecord<'d>),
}

/// Shows what the id names in a run's output directory.
pub(super) fn run(args: &ShowArgs) -> Result<Exit> {
    show(&saved::load(&args.run)?, &args.id, args.json, &mut super::stdout())?;
    Ok(Exit::Done)
}

/// Writes what `id` names in `document`: for people, or as one JSON object if `json`. A beginning of
/// the id of at least six characters is enough if it is the only one.
///
/// # Errors
///
/// If nothing or several things have that id, or `out` cannot be written.
fn show(document: &Document, id: &str, json: bool, out: &mut dyn Write) -> Result<()> {
    let found = find(document, id)?;
    let lookup = Lookup::new(document);
    if json {
        let value = as_json(document, &lookup, &found);
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
        return Ok(());
    }
    match found {
        Found::Article(article) => show_article(document, &lookup, article, out),
        Found::Match(matched) => show_match(&lookup, matched, out),
        Found::Narrative(narrative) => show_narrative(document, &lookup, narrative, out),
        Found::Edge(edge) => show_edge(&lookup, edge, out),
        Found::Chain(chain) => show_chain(&lookup, chain, out),
    }
}

fn find<'d>(document: &'d Document, id: &str) -> Result<Found<'d>> {
    let exact = candidates(document, |have| have == id);
    let mut found = if exact.is_empty() && id.chars().count() >= MIN_PREFIX {
        candidates(document, |have| have.starts_with(id))
    } else {
        exact
    };
    let shown = clean::terminal(id);
    let message = match (found.len(), found.pop()) {
        (1, Some((_, found))) => return Ok(found),
        (0, _) => format!(
            "nothing has the id \"{shown}\" in this run; ids are in the first column of its CSV files"
        ),
        (n, _) => format!("{n} things have an id that starts with \"{shown}\"; give more of it"),
    };
    Err(Refusal::usage(message).into())
}

fn candidates<'d>(
    document: &'d Document,
    wanted: impl Fn(&str) -> bool,
) -> Vec<(&'d str, Found<'d>)> {
    let articles = document.articles.iter().map(|x| (x.id.as_ref(), Found::Article(x)));
    let matches = document.matches.iter().map(|x| (x.id.as_ref(), Found::Match(x)));
    let narratives = document.narratives.iter().map(|x| (x.id.as_ref(), Found::Narrative(x)));
    let edges = document.edges.iter().map(|x| (x.id.as_ref(), Found::Edge(x)));
    let chains = document.chains.iter().map(|x| (x.id.as_ref(), Found::Chain(x)));
    let all = articles.chain(matches).chain(narratives).chain(edges).chain(chains);
    all.filter(|(id, _)| wanted(id)).collect()
}

fn as_json(document: &Document, lookup: &Lookup, found: &Found) -> serde_json::Value {
    let articles = |ids: &[&str]| -> Vec<&ArticleRecord> {
        ids.iter().filter_map(|id| lookup.article(id)).collect()
    };
    match found {
        Found::Article(article) => json!({
            "kind": "article",
            "article": article,
            "matches": matches_of(document, &article.id),
            "edges": edges_of(document, &article.id),
        }),
        Found::Match(matched) => json!({
            "kind": "match",
            "match": matched,
            "articles": articles(&[&matched.a, &matched.b]),
        }),
        Found::Narrative(narrative) => {
            let ids: Vec<&str> = narrative.articles.iter().map(AsRef::as_ref).collect();
            json!({
                "kind": "narrative",
                "narrative": narrative,
                "articles": articles(&ids),
                "edges": narrative_edges(document, narrative),
            })
        }
        Found::Edge(edge) => {
            let from = edge.from.as_deref().unwrap_or("");
            json!({
                "kind": "edge",
                "edge": edge,
                "articles": articles(&[from, &edge.to]),
                "matches": edge_matches(lookup, edge),
            })
        }
        Found::Chain(chain) => {
            let edges: Vec<_> = chain.edges.iter().filter_map(|id| lookup.edge(id)).collect();
            json!({
                "kind": "chain",
                "chain": chain,
                "edges": edges,
                "articles": articles(&path(lookup, chain)),
            })
        }
    }
}

fn matches_of<'d>(document: &'d Document, article: &str) -> Vec<&'d MatchRecord<'d>> {
    document.matches.iter().filter(|m| m.a == article || m.b == article).collect()
}

fn edges_of<'d>(document: &'d Document, article: &str) -> Vec<&'d EdgeRecord<'d>> {
    let touches = |e: &&EdgeRecord| e.to == article || e.from.as_deref() == Some(article);
    document.edges.iter().filter(touches).collect()
}

fn narrative_edges<'d>(
    document: &'d Document,
    narrative: &NarrativeRecord,
) -> Vec<&'d EdgeRecord<'d>> {
    document.edges.iter().filter(|e| e.narrative.as_deref() == Some(&*narrative.id)).collect()
}

/// Matches among the evidence of an edge, each once.
fn edge_matches<'d>(lookup: &Lookup<'d>, edge: &EdgeRecord) -> Vec<&'d MatchRecord<'d>> {
    let mut ids: Vec<&str> = Vec::new();
    for evidence in &edge.evidence {
        if let EvidenceRecord::Passage { matched, .. }
        | EvidenceRecord::Overlap { matched }
        | EvidenceRecord::Explains { matched } = evidence
            && !ids.contains(&matched.as_ref())
        {
            ids.push(matched);
        }
    }
    ids.into_iter().filter_map(|id| lookup.matched(id)).collect()
}

/// Article ids along a chain.
fn path<'d>(lookup: &Lookup<'d>, chain: &ChainRecord) -> Vec<&'d str> {
    let mut path = Vec::new();
    for edge in chain.edges.iter().filter_map(|id| lookup.edge(id)) {
        if path.is_empty() {
            path.extend(edge.from.as_deref());
        }
        path.push(edge.to.as_ref());
    }
    path
}

fn time(article: &ArticleRecord) -> String {
    let published = article.published.as_deref();
    let precision = published.map(|p| p.precision);
    match published.map(|p| p.utc).or(article.first_seen) {
        None => "time unknown".into(),
        Some(at) => {
            let zone = if precision == Some(Precision::Day) { " (day only)" } else { " UTC" };
            format!("{}{zone}", words::time(at, precision))
        }
    }
}

/// `Outlet, time: headline`.
fn line(lookup: &Lookup, article: &ArticleRecord) -> String {
    format!(
        "{}, {}: {}",
        clean::terminal(lookup.name(&article.outlet)),
        time(article),
        clean::terminal(&article.title)
    )
}

fn lag(edge: &EdgeRecord) -> String {
    match (edge.lag_minutes, edge.clock_error_minutes) {
        (Some(lag), Some(error)) => {
            format!("{} ± {}", words::duration(lag), words::duration(error))
        }
        (Some(_), None) => "lag not known".into(),
        (None, _) => "no lag".into(),
    }
}

fn heading(out: &mut dyn Write, kind: &str, title: &str, id: &str) -> Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", clean::terminal(title))?;
    writeln!(out, "{DIM}{kind} {}{DIM:#}", clean::terminal(id))?;
    Ok(())
}

fn show_article(
    document: &Document,
    lookup: &Lookup,
    article: &ArticleRecord,
    out: &mut dyn Write,
) -> Result<()> {
    heading(out, "article", &article.title, &article.id)?;
    writeln!(out, "{}, {}", clean::terminal(lookup.name(&article.outlet)), time(article))?;
    for (what, value) in [
        ("address", &article.url),
        ("byline", &article.byline),
        ("edition", &article.edition),
        ("language", &article.language),
    ] {
        if !value.is_empty() {
            writeln!(out, "{what}: {}", clean::terminal(value))?;
        }
    }
    if let Some(narrative) = &article.narrative {
        writeln!(out, "narrative: {}", clean::terminal(narrative))?;
    }
    for citation in article.citations.iter() {
        let (name, kind) = (lookup.name(&citation.outlet), citation.kind.as_str());
        writeln!(
            out,
            "names {}: {kind}, \"{}\"",
            clean::terminal(name),
            clean::terminal(&citation.text)
        )?;
    }
    let matches = matches_of(document, &article.id);
    writeln!(out, "\n{BOLD}Matches{BOLD:#}: {}", matches.len())?;
    for matched in matches.iter().take(MAX_LINES) {
        let other = if matched.a == article.id { &matched.b } else { &matched.a };
        let other = lookup.article(other).map_or_else(String::new, |a| line(lookup, a));
        writeln!(
            out,
            "  {} {} with {other}",
            clean::terminal(&matched.id),
            matched.relation.as_str()
        )?;
    }
    list_edges(lookup, &edges_of(document, &article.id), out)?;
    if let Some(text) = &article.text {
        writeln!(out, "\n{BOLD}Text{BOLD:#}")?;
        return write_marked(text, &article_marks(&matches, &article.id), out);
    }
    writeln!(out, "\n{BOLD}Reused passages{BOLD:#} (a run with --texts keeps the whole text)")?;
    for matched in matches {
        for passage in &matched.passages {
            write_passage(passage, matched.b == article.id, out)?;
        }
    }
    Ok(())
}

/// Places of an article's reused passages with their kinds, in order, without overlaps.
fn article_marks(matches: &[&MatchRecord], article: &str) -> Vec<(Range<usize>, PassageKind)> {
    let mut marks: Vec<(Range<usize>, PassageKind)> = matches
        .iter()
        .flat_map(|m| {
            m.passages.iter().map(move |p| (if m.a == article { p.a } else { p.b }, p.kind))
        })
        .map(|([start, end], kind)| (start..end, kind))
        .collect();
    marks.sort_by_key(|(range, kind)| (range.start, std::cmp::Reverse(range.end), *kind));
    let mut end = 0;
    marks.retain(|(range, _)| {
        let apart = range.start >= end;
        if apart {
            end = range.end;
        }
        apart
    });
    marks
}

fn style(kind: PassageKind) -> Style {
    if kind == PassageKind::Own { OWN } else { OTHER }
}

/// Writes a text with marks, paragraph by paragraph; a span that does not fit is left unmarked.
fn write_marked(
    text: &str,
    marks: &[(Range<usize>, PassageKind)],
    out: &mut dyn Write,
) -> Result<()> {
    let mut at = 0;
    for (range, kind) in marks {
        let (Some(before), Some(inside)) = (text.get(at..range.start), text.get(range.clone()))
        else {
            continue;
        };
        let style = style(*kind);
        write!(out, "{}{style}{}{style:#}", paragraphs(before), paragraphs(inside))?;
        at = range.end;
    }
    writeln!(out, "{}", paragraphs(text.get(at..).unwrap_or("")))?;
    Ok(())
}

/// Text for a terminal that keeps its line ends.
fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(clean::terminal).collect();
    lines.join("\n")
}

fn write_passage(passage: &PassageRecord, as_b: bool, out: &mut dyn Write) -> Result<()> {
    let text = passage.text_b.as_ref().filter(|_| as_b).unwrap_or(&passage.text);
    writeln!(
        out,
        "  [{}, {}{}{}]",
        passage.kind.as_str(),
        words::count(passage.words, "equal word"),
        if passage.why.is_empty() { "" } else { ": " },
        clean::terminal(&passage.why)
    )?;
    quote(passage, text, out)
}

/// The words of a passage, indented; an ellipsis where the analysis holds only its beginning.
fn quote(passage: &PassageRecord, text: &str, out: &mut dyn Write) -> Result<()> {
    let style = style(passage.kind);
    let more = if passage.is_cut() { " …" } else { "" };
    writeln!(out, "  {style}{}{style:#}{more}", paragraphs(text).replace('\n', "\n  "))?;
    Ok(())
}

fn show_match(lookup: &Lookup, matched: &MatchRecord, out: &mut dyn Write) -> Result<()> {
    heading(out, "match", matched.relation.as_str(), &matched.id)?;
    for (mark, id) in [("a", &matched.a), ("b", &matched.b)] {
        let article = lookup.article(id).map_or_else(|| clean::terminal(id), |a| line(lookup, a));
        writeln!(out, "{mark}  {article}  {DIM}{}{DIM:#}", clean::terminal(id))?;
    }
    write!(
        out,
        "{} of a's text in b, {} of b's in a",
        words::percent(matched.containment_a),
        words::percent(matched.containment_b)
    )?;
    if let Some(cosine) = matched.lexical {
        write!(out, "; lexical cosine {cosine:.2}")?;
    }
    if let Some(cosine) = matched.semantic {
        write!(out, "; semantic cosine {cosine:.2}")?;
    }
    writeln!(out, "; headlines {:.2}", matched.title)?;
    if matched.common_source {
        writeln!(out, "A common source explains it: no edge runs between the two (grade X).")?;
    }
    for (i, passage) in matched.passages.iter().enumerate() {
        writeln!(
            out,
            "\n{BOLD}Passage {}{BOLD:#} a {}-{}, b {}-{}",
            i + 1,
            passage.a[0],
            passage.a[1],
            passage.b[0],
            passage.b[1]
        )?;
        write_passage(passage, false, out)?;
        if let Some(text) = &passage.text_b {
            writeln!(out, "  in b:")?;
            quote(passage, text, out)?;
        }
    }
    Ok(())
}

fn show_narrative(
    document: &Document,
    lookup: &Lookup,
    narrative: &NarrativeRecord,
    out: &mut dyn Write,
) -> Result<()> {
    heading(out, "narrative", &narrative.label, &narrative.id)?;
    writeln!(
        out,
        "{} from {}, peak {}; marked by {}",
        words::count(narrative.articles.len(), "article"),
        words::count(narrative.outlets.len(), "outlet"),
        narrative.peak,
        clean::terminal(&narrative.key_phrases.join(", "))
    )?;
    writeln!(out, "\n{BOLD}Articles in order of time{BOLD:#}")?;
    for (i, id) in narrative.articles.iter().enumerate().take(MAX_LINES) {
        let article = lookup.article(id).map_or_else(String::new, |a| line(lookup, a));
        let role = narrative.roles.get(i).map_or("", |role| role.as_str());
        writeln!(out, "  {article}  {DIM}{} {role}{DIM:#}", clean::terminal(id))?;
    }
    if narrative.articles.len() > MAX_LINES {
        writeln!(out, "  ... {} more", narrative.articles.len() - MAX_LINES)?;
    }
    list_edges(lookup, &narrative_edges(document, narrative), out)
}

fn list_edges(lookup: &Lookup, edges: &[&EdgeRecord], out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\n{BOLD}Edges{BOLD:#}: {}", edges.len())?;
    for edge in edges.iter().take(MAX_LINES) {
        writeln!(out, "  {}  {DIM}{}{DIM:#}", edge_line(lookup, edge), clean::terminal(&edge.id))?;
    }
    if edges.len() > MAX_LINES {
        writeln!(out, "  ... {} more", edges.len() - MAX_LINES)?;
    }
    Ok(())
}

fn edge_line(lookup: &Lookup, edge: &EdgeRecord) -> String {
    let from = edge.outlet_from.as_deref().map_or("a statement both quote", |o| lookup.name(o));
    format!(
        "{} {} → {}, {}",
        edge.grade.as_str(),
        clean::terminal(from),
        clean::terminal(lookup.name(&edge.outlet_to)),
        lag(edge)
    )
}

fn show_edge(lookup: &Lookup, edge: &EdgeRecord, out: &mut dyn Write) -> Result<()> {
    heading(out, "edge", &edge_line(lookup, edge), &edge.id)?;
    let ends = [("from", edge.from.as_deref()), ("to", Some(&*edge.to))];
    for (mark, id) in ends {
        match id.and_then(|id| lookup.article(id)) {
            Some(article) => writeln!(out, "{mark}  {}", line(lookup, article))?,
            None => writeln!(out, "{mark}  not in the archive")?,
        }
    }
    writeln!(out, "\n{BOLD}Evidence{BOLD:#}")?;
    for evidence in &edge.evidence {
        write_evidence(lookup, evidence, out)?;
    }
    write_alternatives(lookup, &[edge], edge.narrative.as_deref(), out)
}

/// What else may explain the edges: in the words of the tables.
fn write_alternatives(
    lookup: &Lookup,
    edges: &[&EdgeRecord],
    narrative: Option<&str>,
    out: &mut dyn Write,
) -> Result<()> {
    let mut behind = Behind::default();
    let mut matches: Vec<&str> = Vec::new();
    for edge in edges {
        behind.grade = Some(behind.grade.map_or(edge.grade, |grade| grade.max(edge.grade)));
        behind.outlets.push((edge.outlet_from.as_deref().unwrap_or(""), &edge.outlet_to));
        matches.extend(edge.evidence.iter().filter_map(|row| match row {
            EvidenceRecord::Passage { matched, .. } | EvidenceRecord::Overlap { matched } => {
                Some(matched.as_ref())
            }
            _ => None,
        }));
    }
    matches.sort_unstable();
    matches.dedup();
    let passages = matches.iter().filter_map(|id| lookup.matched(id)).flat_map(|m| &m.passages);
    let foreign = passages.filter(|p| matches!(p.kind, PassageKind::Quoted | PassageKind::Wire));
    behind.foreign_words = foreign.map(|passage| passage.words).sum();
    behind.carriers = narrative.and_then(|id| lookup.narrative(id)).map(|narrative| {
        let here = |id: &str| behind.outlets.iter().any(|(a, b)| *a == id || *b == id);
        narrative.outlets.iter().filter(|outlet| !here(outlet)).count()
    });
    writeln!(out, "\n{BOLD}What else could explain it{BOLD:#}")?;
    for line in behind.alternatives(|id| lookup.operator(id)) {
        writeln!(out, "  {}", clean::terminal(&line))?;
    }
    Ok(())
}

fn write_evidence(lookup: &Lookup, evidence: &EvidenceRecord, out: &mut dyn Write) -> Result<()> {
    match evidence {
        EvidenceRecord::Link { url, canonical } => {
            let verb = if *canonical { "canonical address" } else { "link" };
            writeln!(out, "  {verb}: {}", clean::terminal(url))?;
        }
        EvidenceRecord::Cites(citation) => {
            let kind = citation.kind.as_str();
            writeln!(out, "  {kind}: \"{}\"", clean::terminal(&citation.text))?;
        }
        EvidenceRecord::Passage { matched, passage } => {
            let passage = lookup.matched(matched).and_then(|m| m.passages.get(*passage));
            if let Some(passage) = passage {
                write_passage(passage, false, out)?;
            }
        }
        EvidenceRecord::Overlap { matched } => {
            let cosine = lookup.matched(matched).and_then(|m| m.lexical.or(m.semantic));
            let cosine = cosine.map_or_else(String::new, |c| format!(", cosine {c:.2}"));
            writeln!(out, "  narrative overlap{cosine}: match {}", clean::terminal(matched))?;
        }
        EvidenceRecord::Explains { matched } => {
            writeln!(out, "  explains match {}", clean::terminal(matched))?;
            for passage in lookup.matched(matched).iter().flat_map(|m| &m.passages) {
                write_passage(passage, false, out)?;
            }
        }
    }
    Ok(())
}

fn show_chain(lookup: &Lookup, chain: &ChainRecord, out: &mut dyn Write) -> Result<()> {
    let names: Vec<&str> = chain.outlets.iter().map(|id| lookup.name(id)).collect();
    heading(out, "chain", &names.join(" → "), &chain.id)?;
    writeln!(
        out,
        "{}, {} from first to last, weakest grade {}",
        words::count(chain.edges.len(), "step"),
        words::duration(chain.lag_minutes),
        chain.weakest.as_str()
    )?;
    for (i, edge) in chain.edges.iter().filter_map(|id| lookup.edge(id)).enumerate() {
        if let (0, Some(first)) = (i, edge.from.as_deref().and_then(|id| lookup.article(id))) {
            writeln!(out, "\n{}", line(lookup, first))?;
        }
        writeln!(out, "  {} after {}", edge.grade.as_str(), lag(edge))?;
        if let Some(to) = lookup.article(&edge.to) {
            writeln!(out, "{}", line(lookup, to))?;
        }
        for evidence in &edge.evidence {
            write_evidence(lookup, evidence, out)?;
        }
    }
    let edges: Vec<&EdgeRecord> = chain.edges.iter().filter_map(|id| lookup.edge(id)).collect();
    write_alternatives(lookup, &edges, chain.narrative.as_deref(), out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, View, sample};

    fn shown(texts: bool, json: bool, id: impl Fn(&Document) -> String) -> Result<String> {
        let (analysis, run_facts) = (sample::analysis(), sample::run());
        let config = ReportConfig { texts, ..ReportConfig::default() };
        let view = View::new(&analysis, &run_facts, &config);
        let document = Document::of(&view);
        let mut out = Vec::new();
        show(&document, &id(&document), json, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn an_article_is_shown_with_or_without_its_text() {
        let id = |d: &Document| d.articles[2].id.to_string();
        let with = shown(true, false, id).unwrap();
        assert!(plain(&with).contains("North Star first published the papers."));
        assert!(with.contains(&format!("{OWN}Dock crews walked off")));
        let without = plain(&shown(false, false, id).unwrap());
        assert!(without.contains("[own, 35 equal words: no earlier holder, not quoted]"));
        assert!(!without.contains("first published the papers."));
    }

    #[test]
    fn every_kind_of_id_is_found_by_a_beginning() {
        let ids: [for<'a> fn(&'a Document<'a>) -> &'a str; 5] = [
            |d| &d.articles[0].id,
            |d| &d.matches[0].id,
            |d| &d.narratives[0].id,
            |d| &d.edges[0].id,
            |d| &d.chains[0].id,
        ];
        for (id, kind) in ids.into_iter().zip(["article", "match", "narrative", "edge", "chain"]) {
            let text = plain(&shown(false, false, |d| id(d)[..10].to_owned()).unwrap());
            assert!(text.lines().nth(1).unwrap().starts_with(kind), "{text}");
            let json = shown(false, true, |d| id(d).to_owned()).unwrap();
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(value["kind"], kind);
        }
    }

    #[test]
    fn hostile_text_does_not_reach_the_terminal() {
        let id = |d: &Document| d.articles[9].id.to_string();
        let text = plain(&shown(true, false, id).unwrap());
        assert!(!text.contains(['\u{1b}', '\u{202e}']));
    }

    #[test]
    fn unknown_and_short_ids_are_refused_with_advice() {
        let error = shown(false, false, |_| "nosuch".into()).unwrap_err().to_string();
        assert!(error.contains("first column"), "{error}");
        assert!(shown(false, false, |d| d.articles[0].id[..3].to_owned()).is_err());
    }
}
