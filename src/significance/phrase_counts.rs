//! In how many articles of each outlet a phrase is used, in bounded memory.
//!
//! Two passes: the first counts hashes in a small table of saturating bytes, the second keeps only
//! the phrases whose byte says that they may be frequent enough. The table errs to one side: it keeps
//! too much, never too little.

use std::ops::Range;
use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::model::{Article, PhraseExample};
use crate::text;

/// Lengths of the phrases in words.
pub(super) const PHRASE_WORDS: std::ops::RangeInclusive<usize> = 2..=5;
/// Bytes of text read in all; divided among the articles, within the two limits below.
const READ_BYTES: usize = 600_000_000;
/// Least and most bytes that are read of an article (about 150 and 3,000 words).
const ARTICLE_BYTES: (usize, usize) = (1_000, 20_000);
/// Greatest number of rows of the second pass, 16 bytes each. If more phrases qualify, the rarest are
/// left out.
const MAX_ROWS: usize = 20_000_000;
/// Bits of the table's index: few articles need a small one.
const TABLE_BITS: (u32, u32) = (16, 27);

/// One article's use of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PhraseUse {
    /// Of the phrase.
    pub(super) hash: u64,
    /// Number of the outlet.
    pub(super) outlet: u32,
    /// Index of the article.
    pub(super) article: u32,
}

/// Returns the uses of every phrase that may be in at least `least` of the articles `compared`,
/// sorted; of these articles and of `others`.
pub(super) fn rows(
    corpus: &Corpus,
    compared: &[usize],
    others: &[usize],
    least: u8,
) -> Vec<PhraseUse> {
    let articles = corpus.articles();
    let bytes = READ_BYTES / (compared.len() + others.len()).max(1);
    let bytes = bytes.clamp(ARTICLE_BYTES.0, ARTICLE_BYTES.1);
    let bits = (compared.len().max(1) * 512).ilog2().clamp(TABLE_BITS.0, TABLE_BITS.1);
    let table: Vec<AtomicU8> = (0..1usize << bits).map(|_| AtomicU8::new(0)).collect();
    #[expect(clippy::cast_possible_truncation, reason = "at most 27 bits")]
    let slot = |hash: u64| &table[(hash >> (64 - bits)) as usize];
    compared.par_iter().for_each(|&i| {
        for hash in phrases(&articles[i], bytes) {
            // Addition that stops at the limit gives the same in any order.
            let _ =
                slot(hash).fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_add(1));
        }
    });
    let least = threshold(&table, least);
    let mut rows: Vec<PhraseUse> = compared
        .par_iter()
        .chain(others)
        .flat_map_iter(|&i| {
            let mut hashes = phrases(&articles[i], bytes);
            hashes.retain(|&hash| slot(hash).load(Ordering::Relaxed) >= least);
            let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let (outlet, article) = (corpus.outlets()[i], index(i));
            hashes.into_iter().map(move |hash| PhraseUse { hash, outlet, article })
        })
        .collect();
    rows.par_sort_unstable();
    rows
}

/// The least count whose slots hold at most [`MAX_ROWS`] uses.
fn threshold(table: &[AtomicU8], least: u8) -> u8 {
    let mut uses = [0usize; 256];
    for slot in table {
        let n = slot.load(Ordering::Relaxed);
        uses[usize::from(n)] += usize::from(n);
    }
    let mut total = 0;
    for n in (least..=u8::MAX).rev() {
        total += uses[usize::from(n)];
        if total > MAX_ROWS {
            return n.saturating_add(1);
        }
    }
    least
}

/// Hashes of the phrases of an article, each once, sorted.
fn phrases(article: &Article, bytes: usize) -> Vec<u64> {
    let mut hashes = Vec::new();
    for part in parts(article, bytes) {
        let words = text::running(part, &article.language);
        text::for_each_phrase(&words, PHRASE_WORDS, |hash, _| hashes.push(hash));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The headline and the part of the text that is read.
fn parts(article: &Article, bytes: usize) -> [&str; 2] {
    [&article.title, &article.text[..article.text.floor_char_boundary(bytes)]]
}

/// Writes out the phrase with this hash, from an article that uses it.
pub(super) fn spell(article: &Article, hash: u64) -> Option<String> {
    parts(article, ARTICLE_BYTES.1).into_iter().find_map(|part| {
        let words = text::running(part, &article.language);
        first_use(&words, hash).map(|run| text::join(&words[run]))
    })
}

/// Finds the sentence in which an article, number `index`, first uses the phrase with this hash; that
/// of the text before the headline, which is often no sentence.
pub(super) fn example(articles: &[Article], index: usize, hash: u64) -> Option<PhraseExample> {
    let article = articles.get(index)?;
    let [title, body] = parts(article, ARTICLE_BYTES.1);
    [(body, false), (title, true)].into_iter().find_map(|(part, in_title)| {
        let words = text::running(part, &article.language);
        let phrase = text::span_of(part, &words[first_use(&words, hash)?]);
        let mut holding =
            text::sentences(part).filter(|s| s.start < phrase.end && phrase.start < s.end);
        let first = holding.next().unwrap_or_else(|| phrase.clone());
        let end = holding.last().map_or(first.end, |last| last.end);
        let sentence = first.start.min(phrase.start)..end.max(phrase.end);
        Some(PhraseExample { article: index, in_title, sentence, phrase })
    })
}

/// The first run of these words that is the phrase with this hash.
fn first_use(words: &[text::Running<'_>], hash: u64) -> Option<Range<usize>> {
    let mut found = None;
    text::for_each_phrase(words, PHRASE_WORDS, |h, run| {
        if h == hash && found.is_none() {
            found = Some(run);
        }
    });
    found
}
