//! Groups of articles about one event or claim.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::words::word_enum;

/// A group of articles about one event or claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Narrative {
    /// Stable id, from the ids of its articles.
    pub id: String,
    /// The most central headline, or its key phrases.
    pub label: String,
    /// Words and phrases that mark it, strongest first.
    pub key_phrases: Vec<String>,
    /// Article indices, ascending (so: in time order).
    pub articles: Vec<usize>,
    /// Outlet ids, sorted.
    pub outlets: Vec<String>,
    /// Index of the first article in the order.
    pub first: usize,
    /// The UTC day with the most articles; the earliest of several.
    pub peak: NaiveDate,
    /// Articles per UTC day, without empty days.
    pub timeline: BTreeMap<NaiveDate, usize>,
}

/// Per article: the narrative that holds it; the first, should there be several. O(articles).
pub(crate) fn narrative_of(articles: usize, narratives: &[Narrative]) -> Vec<Option<usize>> {
    let mut of = vec![None; articles];
    for (index, narrative) in narratives.iter().enumerate() {
        for &article in &narrative.articles {
            if let Some(slot @ None) = of.get_mut(article) {
                *slot = Some(index);
            }
        }
    }
    of
}

word_enum! {
    /// What an article does in its narrative (Hanley et al., *Specious Sites*, 2024).
    pub enum ArticleRole {
        /// Published on the narrative's first day.
        Origin = "origin",
        /// Before the peak and among the first 15 % of the articles, but not an origin.
        EarlyAmplifier = "early_amplifier",
        /// Later.
        LateAmplifier = "late_amplifier",
    }
}
