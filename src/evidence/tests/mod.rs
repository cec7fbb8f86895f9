//! Each grade and each border, on corpora of a few articles. An edge is written `from>to grade`.

mod across;
mod borders;
mod chains;
mod citations;
mod common_source;
mod holders;
mod order;
mod overlap;

use super::testing::{article, at, cites, day, link, matched, narrative, outlet, passage, wire};
use super::*;
use crate::corpus::testing::{Annotated, annotated};
use crate::model::CitationKind::{self, Byline, Credit, Dateline, Mention, Text};
use crate::model::PassageKind::{self, Boilerplate, Own, Quoted};
use crate::model::{
    Evidence, Grade, Origin, OutletPair, Passage, Registry, Relation, Role, Verdict,
};

fn registry() -> Registry {
    let mut tass = outlet("tass", "RU");
    tass.role = Role::Wire;
    Registry::new([
        outlet("rt", "RU"),
        outlet("sputnik", "RU"),
        outlet("cgtn", "CN"),
        outlet("gt", "IR"),
        tass,
    ])
}

/// All articles in one narrative; no verdict on any pair of outlets.
fn run(articles: &[Annotated], matches: &[Match]) -> Diffusion {
    let all: Vec<usize> = (0..articles.len()).collect();
    run_with(articles, matches, &[narrative(&all)], &[])
}

fn run_with(
    articles: &[Annotated],
    matches: &[Match],
    narratives: &[Narrative],
    pairs: &[OutletPair],
) -> Diffusion {
    let (corpus, annotations) = annotated(articles, registry());
    let config = EvidenceConfig::default();
    let edges = gather(&corpus, &annotations, matches, narratives, &config);
    follow(grade(edges, &corpus, pairs), &corpus, narratives, &config)
}

fn names(diffusion: &Diffusion, articles: &[Annotated]) -> Vec<String> {
    diffusion
        .edges
        .iter()
        .map(|edge| {
            let from = match &edge.from {
                Origin::Article(index) => articles[*index].id.clone(),
                Origin::Outlet(outlet) => format!("({outlet})"),
                Origin::Statement => "(statement)".into(),
            };
            format!("{from}>{} {}", articles[edge.to].id, edge.grade.as_str())
        })
        .collect()
}

fn check(articles: &[Annotated], matches: &[Match], expected: &[&str]) {
    let diffusion = run(articles, matches);
    assert_eq!(names(&diffusion, articles), expected);
    assert!(diffusion.edges.iter().all(|e| !e.evidence.is_empty()));
}

fn pair() -> [Annotated; 2] {
    [article("a", "rt", 0), article("b", "cgtn", 60)]
}

/// Four fifths of a text and more.
fn own() -> Vec<Passage> {
    vec![passage(0..1700, Own)]
}
