//! Narratives that an analyst watches for, and the sentences that resemble their claims.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::words::word_enum;

word_enum! {
    /// Which side of a watched narrative a sentence resembles.
    pub enum Stance {
        /// A claim of the narrative.
        Claim = "claim",
        /// A claim against it: a denial, a correction.
        CounterClaim = "counter-claim",
    }
}

/// A narrative of the watchlist: what is said, and what is said against it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WatchedNarrative {
    /// Its id in the file.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Who described it.
    pub source: String,
    /// The region that it is about; empty if none is given.
    pub region: String,
    /// What it says, one sentence each.
    pub claims: Vec<Claim>,
    /// What is said against it, one sentence each.
    pub counter_claims: Vec<Claim>,
    /// Words of which one must stand in a sentence (or in the headline), by language (ISO 639-1).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<String, Vec<String>>,
}

impl WatchedNarrative {
    /// Its claims of one stance.
    pub fn of_stance(&self, stance: Stance) -> &[Claim] {
        match stance {
            Stance::Claim => &self.claims,
            Stance::CounterClaim => &self.counter_claims,
        }
    }
}

/// One claim of a watched narrative.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claim {
    /// The claim in one sentence.
    pub text: String,
    /// The language of that sentence (ISO 639-1).
    pub language: String,
    /// What a sentence must speak of, by language: for each thing the words that stand for it, with `|` between them.
    ///
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
}

/// A sentence that resembles a claim of the watchlist. The best of its article for its narrative and stance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    /// Index of the article.
    pub article: usize,
    /// Index of the narrative in [`Watchlist::narratives`].
    pub narrative: usize,
    /// Side.
    pub stance: Stance,
    /// Index of the claim among those of its stance.
    pub claim: usize,
    /// How like the claim it is, `0..=1`, by [`Watchlist::measure`].
    pub score: f64,
    /// Bytes of the sentence in the article's text; nothing for the headline.
    pub span: Option<Range<usize>>,
    /// The sentence says who said so.
    pub attributed: bool,
}

/// Articles of one outlet that resemble a watched narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// Outlet id.
    pub outlet: String,
    /// Articles that resemble a claim.
    pub articles: usize,
    /// Articles that resemble a counter-claim.
    pub counter_articles: usize,
    /// Index of the first article that resembles a claim; nothing if none does.
    pub first: Option<usize>,
}

/// Where a watched narrative was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Spread {
    /// By first article that resembles a claim, then by outlet id; outlets with counter-claims alone last.
    pub carriers: Vec<Carrier>,
    /// Indices of the directed edges (E1 to E3) between two articles that resemble a claim, ascending.
    pub edges: Vec<usize>,
    /// Indices of the narratives of the run in which two outlets or more have an article that resembles a claim, ascending.
    pub groups: Vec<usize>,
}

/// The watchlist of a run and what was found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Watchlist {
    /// What was watched for, in the order of the file.
    pub narratives: Vec<WatchedNarrative>,
    /// How likeness was measured; empty if nothing was watched for.
    pub measure: &'static str,
    /// Sorted by (article, narrative, stance).
    pub tags: Vec<Tag>,
    /// By narrative of the watchlist.
    pub spread: Vec<Spread>,
}
