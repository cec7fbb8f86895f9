//! One article, match, narrative, edge or chain of an earlier run, with its passages highlighted.
//!
//! Texts are cleaned of control characters; the only escape sequences are ours, and `anstream` drops
//! them where the output is no terminal.

mod evidence;
mod lines;
mod pages;
mod passages;
mod related;

use std::io::Write;

use anyhow::Result;

use crate::exit::UserError;
use crate::load_run::Lookup;
use crate::report::{
    ArticleRecord, ChainRecord, Document, EdgeRecord, MatchRecord, NarrativeRecord,
};
use crate::text::sanitize;

/// Shortest beginning of an id that is taken for the whole.
const MIN_PREFIX: usize = 6;

/// What an id names.
enum Named<'d> {
    Article(&'d ArticleRecord<'d>),
    Match(&'d MatchRecord<'d>),
    Narrative(&'d NarrativeRecord<'d>),
    Edge(&'d EdgeRecord<'d>),
    Chain(&'d ChainRecord<'d>),
}

/// Writes what `id` names in `document`: for people, or as one JSON object if `json`. A beginning of
/// the id of at least six characters is enough if it is the only one.
///
/// # Errors
///
/// If nothing or several things have that id, or `out` cannot be written.
pub(crate) fn show(document: &Document, id: &str, json: bool, out: &mut dyn Write) -> Result<()> {
    let found = find(document, id)?;
    let lookup = Lookup::new(document);
    if json {
        let value = related::as_json(document, &lookup, &found);
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
        return Ok(());
    }
    match found {
        Named::Article(article) => pages::show_article(document, &lookup, article, out),
        Named::Match(matched) => pages::show_match(&lookup, matched, out),
        Named::Narrative(narrative) => pages::show_narrative(document, &lookup, narrative, out),
        Named::Edge(edge) => evidence::show_edge(&lookup, edge, out),
        Named::Chain(chain) => evidence::show_chain(&lookup, chain, out),
    }
}

fn find<'d>(document: &'d Document, id: &str) -> Result<Named<'d>> {
    let exact = candidates(document, |have| have == id);
    let mut found = if exact.is_empty() && id.chars().count() >= MIN_PREFIX {
        candidates(document, |have| have.starts_with(id))
    } else {
        exact
    };
    let shown = sanitize::terminal(id);
    let message = match (found.len(), found.pop()) {
        (1, Some((_, found))) => return Ok(found),
        (0, _) => format!(
            "nothing has the id \"{shown}\" in this run; ids are in the first column of its CSV files"
        ),
        (n, _) => format!("{n} things have an id that starts with \"{shown}\"; give more of it"),
    };
    Err(UserError::usage(message).into())
}

fn candidates<'d>(
    document: &'d Document,
    wanted: impl Fn(&str) -> bool,
) -> Vec<(&'d str, Named<'d>)> {
    let articles = document.articles.iter().map(|x| (x.id.as_ref(), Named::Article(x)));
    let matches = document.matches.iter().map(|x| (x.id.as_ref(), Named::Match(x)));
    let narratives = document.narratives.iter().map(|x| (x.id.as_ref(), Named::Narrative(x)));
    let edges = document.edges.iter().map(|x| (x.id.as_ref(), Named::Edge(x)));
    let chains = document.chains.iter().map(|x| (x.id.as_ref(), Named::Chain(x)));
    let all = articles.chain(matches).chain(narratives).chain(edges).chain(chains);
    all.filter(|(id, _)| wanted(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::passages::OWN;
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn shown(texts: bool, json: bool, id: impl Fn(&Document) -> String) -> Result<String> {
        let (sample, run_facts) = (sample::analysis(), sample::run());
        let config = ReportConfig { texts, ..ReportConfig::default() };
        let view = sample.view(&run_facts, &config);
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
        assert!(
            without.contains("[own, 35 equal words: no quotation, standing text or agency copy]")
        );
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
