//! Names for narratives: the most central headline and the words that mark the group.
//!
//! Reads only the headline and the opening of each article: news says first what it is about.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::words::{Word, words};
use crate::model::Article;

/// Bytes of an article's text that are read for its key phrases: about the first 80 words.
const OPENING_BYTES: usize = 500;
/// Articles of a narrative that are read for its key phrases; more add nothing to the ranking.
const MAX_READ: usize = 200;
/// Key phrases given.
const KEY_PHRASES: usize = 6;
/// Longest key phrase in words.
const MAX_WORDS: usize = 3;

/// How many narratives use a phrase, by the phrase's hash.
pub(super) type Usage = FxHashMap<u64, u32>;

/// The phrases of one narrative with the number of its articles that use them.
type Counts = BTreeMap<String, u32>;

/// Counts in how many of the groups each phrase is used.
pub(super) fn usage(articles: &[Article], groups: &[Vec<usize>]) -> Usage {
    groups
        .par_iter()
        .map(|group| {
            phrase_counts(articles, group).into_keys().map(|p| xxh3_64(p.as_bytes())).collect()
        })
        .fold(Usage::default, |mut usage, phrases: Vec<u64>| {
            for phrase in phrases {
                *usage.entry(phrase).or_default() += 1;
            }
            usage
        })
        .reduce(Usage::default, |a, b| {
            let (mut large, small) = if a.len() >= b.len() { (a, b) } else { (b, a) };
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
            for (phrase, n) in small {
                *large.entry(phrase).or_default() += n;
            }
            large
        })
}

/// Returns the phrases that mark a group, strongest first.
///
/// The score of a phrase is `n/N · ln(1 + G/g)`: the share of the group's articles that use it, and
/// how few of the `G` groups do (c-TF-IDF of Grootendorst, *BERTopic*, 2022, section 3.4, with
/// articles in place of occurrences, so that one long article does not name the group). A phrase of
/// several words is preferred over its parts when nearly as many articles use it.
pub(super) fn key_phrases(
    articles: &[Article],
    group: &[usize],
    usage: &Usage,
    groups: usize,
) -> Vec<String> {
    let counts = phrase_counts(articles, group);
    let read = group.len().min(MAX_READ) as f64;
    let mut scored: Vec<(f64, &str)> = counts
        .iter()
        .filter(|&(_, &n)| n >= 2)
        .map(|(phrase, &n)| {
            let used = usage.get(&xxh3_64(phrase.as_bytes())).copied().unwrap_or(1).max(1);
            let rarity = (1.0 + groups as f64 / f64::from(used)).ln();
            // Longer phrases say more; half a point a word is enough to win over their own parts.
            let length = 1.0 + 0.5 * (phrase.split(' ').count() - 1) as f64;
            (f64::from(n) / read * rarity * length, phrase.as_str())
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let mut chosen: Vec<&str> = Vec::new();
    for (_, phrase) in scored {
        if chosen.len() == KEY_PHRASES {
            break;
        }
        if !chosen.iter().any(|other| overlaps(other, phrase)) {
            chosen.push(phrase);
        }
    }
    chosen.into_iter().map(str::to_owned).collect()
}

/// Whether two phrases have a word in common.
fn overlaps(a: &str, b: &str) -> bool {
    a.split(' ').any(|word| b.split(' ').any(|other| other == word))
}

/// Counts the articles of a group that use each phrase of one to three words in their headline or
/// opening.
fn phrase_counts(articles: &[Article], group: &[usize]) -> Counts {
    let mut counts = Counts::new();
    for article in group.iter().take(MAX_READ).filter_map(|&i| articles.get(i)) {
        for phrase in phrases(article) {
            *counts.entry(phrase).or_default() += 1;
        }
    }
    counts
}

/// The phrases of an article's headline and opening, each once.
fn phrases(article: &Article) -> BTreeSet<String> {
    let opening = &article.text[..article.text.floor_char_boundary(OPENING_BYTES)];
    let mut found = BTreeSet::new();
    for part in [article.title.as_str(), opening] {
        let words = words(part, &article.language);
        for start in 0..words.len() {
            for length in 1..=MAX_WORDS {
                let Some(run) = words.get(start..start + length) else { break };
                if is_phrase(run) {
                    let joined: Vec<&str> = run.iter().map(|w| w.text.as_str()).collect();
                    found.insert(joined.join(" "));
                }
            }
        }
    }
    found
}

/// Whether a run of words can name something: no stop word or number at its ends, none of its gaps
/// crosses punctuation, and a single word is long enough to say something.
fn is_phrase(run: &[Word]) -> bool {
    let solid = |word: Option<&Word>| word.is_some_and(|w| !w.stop && !w.numeric);
    solid(run.first())
        && solid(run.last())
        && run.iter().skip(1).all(|w| !w.after_break)
        && run.iter().map(|w| w.text.chars().count()).sum::<usize>() >= 2
}
