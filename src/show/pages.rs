//! The pages of an article, a match and a narrative.

use std::io::Write;

use anyhow::Result;

use super::lines::{MAX_LINES, heading, line, list_edges, time};
use super::passages::{article_marks, quote, write_across, write_marked, write_passage};
use super::related::{edges_of, matches_of, narrative_edges};
use crate::load_run::Lookup;
use crate::report::{ArticleRecord, Document, MatchRecord, NarrativeRecord, wording};
use crate::terminal::{BOLD, DIM};
use crate::text::sanitize;

pub(super) fn show_article(
    document: &Document,
    lookup: &Lookup,
    article: &ArticleRecord,
    out: &mut dyn Write,
) -> Result<()> {
    heading(out, "article", &article.title, &article.id)?;
    writeln!(out, "{}, {}", sanitize::terminal(lookup.name(&article.outlet)), time(article))?;
    for (what, value) in [
        ("address", &article.url),
        ("byline", &article.byline),
        ("edition", &article.edition),
        ("language", &article.language),
    ] {
        if !value.is_empty() {
            writeln!(out, "{what}: {}", sanitize::terminal(value))?;
        }
    }
    if let Some(narrative) = &article.narrative {
        writeln!(out, "narrative: {}", sanitize::terminal(narrative))?;
    }
    for citation in article.citations.iter() {
        let (name, kind) = (lookup.name(&citation.outlet), citation.kind.as_str());
        writeln!(
            out,
            "names {}: {kind}, \"{}\"",
            sanitize::terminal(name),
            sanitize::terminal(&citation.text)
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
            sanitize::terminal(&matched.id),
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

pub(super) fn show_match(
    lookup: &Lookup,
    matched: &MatchRecord,
    out: &mut dyn Write,
) -> Result<()> {
    heading(out, "match", matched.relation.as_str(), &matched.id)?;
    for (mark, id) in [("a", &matched.a), ("b", &matched.b)] {
        let article =
            lookup.article(id).map_or_else(|| sanitize::terminal(id), |a| line(lookup, a));
        writeln!(out, "{mark}  {article}  {DIM}{}{DIM:#}", sanitize::terminal(id))?;
    }
    write!(
        out,
        "{} of a's text in b, {} of b's in a",
        wording::percent(matched.containment_a),
        wording::percent(matched.containment_b)
    )?;
    if let Some(cosine) = matched.lexical {
        write!(out, "; lexical cosine {cosine:.2}")?;
    }
    if let Some(cosine) = matched.semantic {
        write!(out, "; sentences alike {cosine:.2}")?;
    }
    writeln!(out, "; headlines {:.2}", matched.title)?;
    if matched.common_source {
        writeln!(out, "A common source explains it: no edge runs between the two (grade X).")?;
    }
    write_across(matched, out)?;
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

pub(super) fn show_narrative(
    document: &Document,
    lookup: &Lookup,
    narrative: &NarrativeRecord,
    out: &mut dyn Write,
) -> Result<()> {
    heading(out, "narrative", &narrative.label, &narrative.id)?;
    writeln!(
        out,
        "{} from {}, peak {}; marked by {}",
        wording::count(narrative.articles.len(), "article"),
        wording::count(narrative.outlets.len(), "outlet"),
        narrative.peak,
        sanitize::terminal(&narrative.key_phrases.join(", "))
    )?;
    writeln!(out, "\n{BOLD}Articles in order of time{BOLD:#}")?;
    for (i, id) in narrative.articles.iter().enumerate().take(MAX_LINES) {
        let article = lookup.article(id).map_or_else(String::new, |a| line(lookup, a));
        let role = narrative.roles.get(i).map_or("", |role| role.as_str());
        writeln!(out, "  {article}  {DIM}{} {role}{DIM:#}", sanitize::terminal(id))?;
    }
    if narrative.articles.len() > MAX_LINES {
        writeln!(out, "  ... {} more", narrative.articles.len() - MAX_LINES)?;
    }
    list_edges(lookup, &narrative_edges(document, narrative), out)
}
