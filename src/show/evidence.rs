//! The pages of an edge and a chain: what each step rests on, and what else could explain it.

use std::io::Write;

use anyhow::Result;

use super::lines::{edge_line, heading, lag, line};
use super::passages::{write_across, write_passage};
use crate::load_run::Lookup;
use crate::model::PassageKind;
use crate::report::alternatives::Behind;
use crate::report::{ChainRecord, EdgeRecord, EvidenceRecord, wording};
use crate::terminal::BOLD;
use crate::text::sanitize;

pub(super) fn show_edge(lookup: &Lookup, edge: &EdgeRecord, out: &mut dyn Write) -> Result<()> {
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

pub(super) fn show_chain(lookup: &Lookup, chain: &ChainRecord, out: &mut dyn Write) -> Result<()> {
    let names: Vec<&str> = chain.outlets.iter().map(|id| lookup.name(id)).collect();
    heading(out, "chain", &names.join(" → "), &chain.id)?;
    writeln!(
        out,
        "{}, {} from first to last, weakest grade {}",
        wording::count(chain.edges.len(), "step"),
        wording::duration(chain.lag_minutes),
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
    for line in behind.alternatives(lookup) {
        writeln!(out, "  {}", sanitize::terminal(&line))?;
    }
    Ok(())
}

fn write_evidence(lookup: &Lookup, evidence: &EvidenceRecord, out: &mut dyn Write) -> Result<()> {
    match evidence {
        EvidenceRecord::Link { url, canonical } => {
            let verb = if *canonical { "canonical address" } else { "link" };
            writeln!(out, "  {verb}: {}", sanitize::terminal(url))?;
        }
        EvidenceRecord::Cites(citation) => {
            let kind = citation.kind.as_str();
            writeln!(out, "  {kind}: \"{}\"", sanitize::terminal(&citation.text))?;
        }
        EvidenceRecord::Passage { matched, passage } => {
            let passage = lookup.matched(matched).and_then(|m| m.passages.get(*passage));
            if let Some(passage) = passage {
                write_passage(passage, false, out)?;
            }
        }
        EvidenceRecord::Overlap { matched } => {
            let found = lookup.matched(matched);
            let cosine = found.and_then(|m| m.lexical);
            let cosine = cosine.map_or_else(String::new, |c| format!(", cosine {c:.2}"));
            writeln!(out, "  narrative overlap{cosine}: match {}", sanitize::terminal(matched))?;
            if let Some(found) = found {
                write_across(found, out)?;
            }
        }
        EvidenceRecord::Explains { matched } => {
            writeln!(out, "  explains match {}", sanitize::terminal(matched))?;
            for passage in lookup.matched(matched).iter().flat_map(|m| &m.passages) {
                write_passage(passage, false, out)?;
            }
        }
        EvidenceRecord::Caveat { caveat } => writeln!(out, "  note: {}", caveat.sentence())?,
    }
    Ok(())
}
