//! What was found in seasons that have ended, so that it need not be looked for again.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::ids::{hex, stable_id};
use crate::model::{Article, Match, Registry};

use super::SimilarityConfig;
use super::scene::Scene;

/// Version of what this stage makes of the same articles, so that no program takes over what another one would
/// have found otherwise: the tool's, and a number to be raised by one with every change here or in `text`
/// after which some pair may come out otherwise. Not for speed.
const ENGINE_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "/2");

/// The matches of seasons that had ended when they were found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// By [`key`]; articles are numbered from the first that the season was compared with.
    seasons: BTreeMap<String, Vec<Match>>,
}

impl Memory {
    /// Number of seasons.
    pub fn len(&self) -> usize {
        self.seasons.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seasons.is_empty()
    }

    /// Names of the seasons: digests of all that their matches are made from.
    pub fn seasons(&self) -> impl Iterator<Item = &str> {
        self.seasons.keys().map(String::as_str)
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Vec<Match>> {
        self.seasons.remove(key)
    }

    pub(super) fn keep(&mut self, key: String, matches: Vec<Match>) {
        self.seasons.insert(key, matches);
    }
}

/// The digest of all that the matches of a season are made from: its articles and those before it, as far as
/// this stage reads them.
pub(super) fn key(scene: &Scene<'_>, registry: &Registry, config: &SimilarityConfig) -> String {
    let articles = scene.articles.par_iter().enumerate();
    let read =
        articles.map(|(n, article)| if scene.is_read(n) { digest(article) } else { NOT_READ });
    let mut all = Xxh3::new();
    all.update(read.collect::<Vec<_>>().as_flattened());
    // Cannot fail: plain values, and no map with keys that are no text.
    let settings = serde_json::to_string(&(registry, config, scene.first)).unwrap_or_default();
    stable_id(&["season", ENGINE_VERSION, &settings, &hex(&all.digest128().to_be_bytes())])
}

/// Stands for an article that is there, and is not read.
const NOT_READ: [u8; 16] = [0; 16];

fn digest(article: &Article) -> [u8; 16] {
    let mut hash = Xxh3::new();
    let mut add = |part: &[u8]| {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    for part in [&article.id, &article.outlet, &article.language, &article.title, &article.text] {
        add(part.as_bytes());
    }
    add(&article.at().timestamp().to_be_bytes());
    add(&(article.citations.len() as u64).to_be_bytes());
    for citation in &article.citations {
        add(citation.outlet.as_bytes());
        add(citation.kind.as_str().as_bytes());
    }
    for span in &article.boilerplate {
        add(&(span.start as u64).to_be_bytes());
        add(&(span.end as u64).to_be_bytes());
    }
    hash.digest128().to_be_bytes()
}
