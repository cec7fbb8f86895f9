//! Document frequency: in how many articles each term is, day by day.
//!
//! News changes, and with it what is rare. An article's terms are weighed by what had appeared by the end of its
//! day (the incremental IDF of Yang, Pierce and Carbonell, SIGIR 1998), and so weigh the same whatever follows.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::similarity::tokens::to_u32;

/// Share of a language's articles above which a term weighs nothing. On planted stories the best F1
/// is the same or better than without a limit, at a fifth of the cost.
const COMMON: f64 = 0.05;
/// Articles below which no term is common: shares of few articles mean little.
const COMMON_LEAST: usize = 200;

/// A term in one language. Orders by hash first, so that a term of several languages stands together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct TermKey {
    /// Hash of the stem; odd for a number.
    pub(super) hash: u64,
    /// Rank of the language in the alphabet.
    pub(super) language: u32,
}

impl TermKey {
    pub(super) fn new(term: &str, language: u32) -> TermKey {
        let is_number = !term.contains(char::is_alphabetic);
        TermKey { hash: xxh3_64(term.as_bytes()) & !1 | u64::from(is_number), language }
    }

    /// Whether the term has no letter.
    pub(super) fn is_number(self) -> bool {
        self.hash & 1 == 1
    }
}

/// In how many articles of a week each term is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCounts {
    /// Languages, ascending, with their articles.
    languages: Vec<(String, u32)>,
    /// Varieties, ascending, with their articles; languages by their place above.
    terms: Vec<(TermKey, u32)>,
}

/// Counts of the keys of a batch, under way from day to day.
pub(super) struct Counts<'v> {
    languages: &'v [&'v str],
    keys: &'v [TermKey],
    /// Articles of each language.
    articles: Vec<u32>,
    /// Articles that hold each key.
    frequency: Vec<u32>,
    /// The same before the batch.
    before: Vec<u32>,
    /// The first two when the week began.
    week: (Vec<u32>, Vec<u32>),
    /// Inverse document frequency of each key, and the number of articles added when it was computed.
    idf: Vec<(f64, u32)>,
    added: u32,
}

impl<'v> Counts<'v> {
    /// `keys` are sorted; `before` are the weeks before the batch. O(keys and their counts).
    pub(super) fn new(
        languages: &'v [&'v str],
        keys: &'v [TermKey],
        before: &[TermCounts],
    ) -> Counts<'v> {
        let mut articles = vec![0; languages.len()];
        let mut frequency = vec![0; keys.len()];
        for week in before {
            // Both are in order of the alphabet: ranks change, their order does not.
            let ranks: Vec<Option<u32>> = week
                .languages
                .iter()
                .map(|(name, count)| {
                    let rank = languages.binary_search(&name.as_str()).ok()?;
                    articles[rank] += count;
                    Some(to_u32(rank))
                })
                .collect();
            let mut at = 0;
            for &(TermKey { hash, language }, count) in &week.terms {
                let rank = ranks.get(language as usize).copied().flatten();
                let Some(key) = rank.map(|language| TermKey { hash, language }) else { continue };
                while keys.get(at).is_some_and(|other| *other < key) {
                    at += 1;
                }
                if keys.get(at) == Some(&key) {
                    frequency[at] += count;
                }
            }
        }
        Counts {
            languages,
            keys,
            before: frequency.clone(),
            week: (articles.clone(), frequency.clone()),
            idf: vec![(0.0, u32::MAX); keys.len()],
            articles,
            frequency,
            added: 0,
        }
    }

    /// Adds an article with these keys.
    pub(super) fn add(&mut self, language: u32, keys: impl Iterator<Item = u32>) {
        self.articles[language as usize] += 1;
        for key in keys {
            self.frequency[key as usize] += 1;
        }
        self.added += 1;
    }

    /// Inverse document frequency of a key as of now, `ln(1 + N / df)`; 0 for a common term.
    pub(super) fn idf(&mut self, key: u32) -> f64 {
        let v = key as usize;
        if self.idf[v].1 != self.added {
            let language = self.keys[v].language;
            self.idf[v] = (idf(self.frequency[v], self.articles[language as usize]), self.added);
        }
        self.idf[v].0
    }

    /// Articles of the batch that hold the key at `v`.
    pub(super) fn of_batch(&self, v: usize) -> u32 {
        self.frequency[v] - self.before[v]
    }

    /// What was added since the last week ended.
    pub(super) fn end_week(&mut self) -> TermCounts {
        let (articles, frequency) = &self.week;
        let mut ranks = vec![0; self.languages.len()];
        let mut languages = Vec::new();
        for (rank, (now, before)) in self.articles.iter().zip(articles).enumerate() {
            ranks[rank] = to_u32(languages.len());
            if now > before {
                languages.push((self.languages[rank].to_owned(), now - before));
            }
        }
        let counts = self.keys.iter().zip(self.frequency.iter().zip(frequency));
        let terms = counts
            .filter(|(_, (now, before))| now > before)
            .map(|(&key, (now, before))| {
                (TermKey { language: ranks[key.language as usize], ..key }, now - before)
            })
            .collect();
        self.week = (self.articles.clone(), self.frequency.clone());
        TermCounts { languages, terms }
    }
}

fn idf(df: u32, articles: u32) -> f64 {
    let articles = f64::from(articles);
    let limit = (COMMON * articles).max(COMMON_LEAST as f64);
    if f64::from(df) > limit { 0.0 } else { (1.0 + articles / f64::from(df.max(1))).ln() }
}
