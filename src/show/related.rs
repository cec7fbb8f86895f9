//! What belongs to a thing that is shown: its matches, edges and articles, and all of it as JSON.

use serde_json::json;

use super::Named;
use crate::load_run::Lookup;
use crate::report::{
    ArticleRecord, ChainRecord, Document, EdgeRecord, EvidenceRecord, MatchRecord, NarrativeRecord,
};

pub(super) fn as_json(document: &Document, lookup: &Lookup, found: &Named) -> serde_json::Value {
    let articles = |ids: &[&str]| -> Vec<&ArticleRecord> {
        ids.iter().filter_map(|id| lookup.article(id)).collect()
    };
    match found {
        Named::Article(article) => json!({
            "kind": "article",
            "article": article,
            "matches": matches_of(document, &article.id),
            "edges": edges_of(document, &article.id),
        }),
        Named::Match(matched) => json!({
            "kind": "match",
            "match": matched,
            "articles": articles(&[&matched.a, &matched.b]),
        }),
        Named::Narrative(narrative) => {
            let ids: Vec<&str> = narrative.articles.iter().map(AsRef::as_ref).collect();
            json!({
                "kind": "narrative",
                "narrative": narrative,
                "articles": articles(&ids),
                "edges": narrative_edges(document, narrative),
            })
        }
        Named::Edge(edge) => {
            let from = edge.from.as_deref().unwrap_or("");
            json!({
                "kind": "edge",
                "edge": edge,
                "articles": articles(&[from, &edge.to]),
                "matches": edge_matches(lookup, edge),
            })
        }
        Named::Chain(chain) => {
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

pub(super) fn matches_of<'d>(document: &'d Document, article: &str) -> Vec<&'d MatchRecord<'d>> {
    document.matches.iter().filter(|m| m.a == article || m.b == article).collect()
}

pub(super) fn edges_of<'d>(document: &'d Document, article: &str) -> Vec<&'d EdgeRecord<'d>> {
    let touches = |e: &&EdgeRecord| e.to == article || e.from.as_deref() == Some(article);
    document.edges.iter().filter(touches).collect()
}

pub(super) fn narrative_edges<'d>(
    document: &'d Document,
    narrative: &NarrativeRecord,
) -> Vec<&'d EdgeRecord<'d>> {
    document.edges.iter().filter(|e| e.narrative.as_deref() == Some(&*narrative.id)).collect()
}

/// Matches among the evidence of an edge, each once.
pub(super) fn edge_matches<'d>(lookup: &Lookup<'d>, edge: &EdgeRecord) -> Vec<&'d MatchRecord<'d>> {
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
pub(super) fn path<'d>(lookup: &Lookup<'d>, chain: &ChainRecord) -> Vec<&'d str> {
    let mut path = Vec::new();
    for edge in chain.edges.iter().filter_map(|id| lookup.edge(id)) {
        if path.is_empty() {
            path.extend(edge.from.as_deref());
        }
        path.push(edge.to.as_ref());
    }
    path
}
