//! Each grade and each border, on corpora of a few articles. An edge is written `from>to grade`.

mod borders;
mod chains;
mod citations;
mod common_source;
mod holders;
mod order;
mod overlap;

use super::testing::{article, at, cites, day, link, matched, narrative, outlet, passage, wire};
use super::*;
use crate::model::CitationKind::{self, Byline, Credit, Dateline, Mention, Text};
use crate::model::PassageKind::{self, Boilerplate, Own, Quoted};
use crate::model::{Evidence, Grade, Origin, OutletPair, Passage, Relation, Role, Verdict};

fn registry() -> Registry {
    let mut tass = outlet("tass", "RU");
    tass.role = Role::Wire;
    Registry::new([
        outlet("rt", "RU"),
        outlet("sputnik", "RU"),
        outlet("cgtn", "CN"),
        outlet("gt", "CN"),
        tass,
    ])
}

/// All articles in one narrative; no verdict on any pair of outlets.
fn run(articles: &[Article], matches: &[Match]) -> Diffusion {
    let all: Vec<usize> = (0..articles.len()).collect();
    run_with(articles, matches, &[narrative(&all)], &[])
}

fn run_with(
    articles: &[Article],
    matches: &[Match],
    narratives: &[Narrative],
    pairs: &[OutletPair],
) -> Diffusion {
    let (registry, config) = (registry(), EvidenceConfig::default());
    let edges = gather(articles, &registry, matches, narratives, &config);
    follow(grade(edges, articles, pairs), articles, &registry, narratives, &config)
}

fn names(diffusion: &Diffusion, articles: &[Article]) -> Vec<String> {
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

fn check(articles: &[Article], matches: &[Match], expected: &[&str]) {
    let diffusion = run(articles, matches);
    assert_eq!(names(&diffusion, articles), expected);
    assert!(diffusion.edges.iter().all(|e| !e.evidence.is_empty()));
}

fn pair() -> [Article; 2] {
    [article("a", "rt", 0), article("b", "cgtn", 60)]
}

fn own() -> Vec<Passage> {
    vec![passage(0..500, Own)]
}
