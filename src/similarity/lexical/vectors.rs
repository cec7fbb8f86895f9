//! Lexical overlap: each article as a vector of weighted terms.
//!
//! Weight of a term: `(1 + ln tf) · ln(1 + N / df)` with `N` and `df` counted over all articles from the first one to
//! the end of the article's own day (see `document_frequency`), within its language; vectors have length 1, so that their product
//! is the cosine. News says what it is about in its first sentences, and which event it is by names and numbers:
//! words of the headline and of the lead count [`LEAD_TIMES`] times in `tf`, names and numbers weigh [`NAME_WEIGHT`] times as much.
//! Terms in more than a twentieth of a language's articles say nothing about which story it is and weigh nothing.
//! The join of the vectors is in `blocked_join`.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::ids;
use crate::model::Article;
use crate::text::{
    Term, fold, for_each_hash, has_unsegmented, is_unsegmented, term_of, terms, words,
};

use super::document_frequency::{Counts, TermCounts, TermKey};
use super::interner::{Interner, Seen};
use crate::similarity::batch::Batch;
use crate::similarity::tokens::{mix, to_f32, to_u32};

/// Words of an article's lead, the part that tells the event: a headline and the first paragraph.
const LEAD: usize = 75;
/// How often a word of the lead counts.
const LEAD_TIMES: u32 = 2;
/// What a name or a number weighs against another term. With the lead it makes the grouping of labelled
/// news by event better and less dependent on the threshold (`docs/method.md`, "Narratives").
const NAME_WEIGHT: f64 = 2.0;
/// Articles of a part into which the corpus is cut for reading: their vocabulary fits a second-level
/// cache, and words that several parts have in common are few enough to merge.
const PART: usize = 1024;

/// The terms of all articles with their weights.
pub(super) struct Vectors {
    /// [`PART`] articles each, but for the last.
    parts: Vec<ReadBlock>,
    /// Number of articles.
    articles: usize,
    /// By term: whether it is a number. All terms are below the length.
    is_number: Vec<bool>,
}

impl Vectors {
    /// Number of articles.
    pub(super) fn len(&self) -> usize {
        self.articles
    }

    /// All terms are below this number.
    pub(super) fn terms(&self) -> usize {
        self.is_number.len()
    }

    /// Whether a term is a number.
    pub(super) fn is_number(&self, term: u32) -> bool {
        self.is_number.get(term as usize).is_some_and(|is_number| *is_number)
    }

    /// The terms of one article, ascending, with their weights.
    pub(super) fn of(&self, article: usize) -> &[(u32, f32)] {
        self.parts.get(article / PART).map_or(&[], |part| part.of(article % PART))
    }
}

/// A form of a term that occurs in a part of the corpus.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// Hash of the word and its language.
    key: u64,
    /// An article that holds it, and where.
    article: u32,
    start: u32,
    end: u32,
    /// In the headline, not in the text.
    in_headline: bool,
}

/// What was read of a part of the corpus.
#[derive(Default)]
struct ReadBlock {
    forms: Vec<Form>,
    /// End of each article's entries.
    ends: Vec<usize>,
    /// An article's forms (later: its terms, ascending), and how often they occur, negative for names
    /// and numbers (later: their weights).
    entries: Vec<(u32, f32)>,
}

/// No term: a stop word.
const NONE: u32 = u32::MAX;

/// Returns the vector of each article, and the terms of each week. O(words), with one stemming for each form of
/// a word.
pub(super) fn vectors(
    batch: &Batch<'_>,
    before: &[TermCounts],
    keep: bool,
) -> (Vectors, Vec<TermCounts>) {
    let (names, languages) =
        ids::ranked(batch.articles.iter().map(|article| article.language.as_str()));
    let mut parts = read(batch, &languages);
    let (forms, of_form) = merged(batch, &languages, &parts);
    let (keys, ranks) = ranked(&forms);
    drop(forms);
    parts.par_iter_mut().zip(of_form).for_each(|(part, of_form)| {
        part.name(|form| ranks[of_form[form as usize] as usize]);
    });
    let mut counts = Counts::new(&names, &keys, before);
    let mut terms = Vec::new();
    for week in &batch.weeks {
        for day in batch.timeline.days(week) {
            for article in day.articles.clone() {
                let part = &parts[article / PART];
                counts.add(languages[article], part.of(article % PART).iter().map(|entry| entry.0));
            }
            for article in day.articles.clone() {
                let entries = parts[article / PART].of_mut(article % PART);
                weigh(entries, |key| counts.idf(key));
            }
        }
        if keep {
            terms.push(counts.end_week());
        }
    }
    let numbers = numbers(&keys, &counts);
    parts.par_iter_mut().for_each(|part| part.number(&numbers));
    let mut is_number = vec![false; numbers.last().map_or(0, |(number, _)| *number as usize + 1)];
    for ((number, _), key) in numbers.iter().zip(&keys) {
        is_number[*number as usize] = key.is_number();
    }
    (Vectors { parts, articles: languages.len(), is_number }, terms)
}

fn read(batch: &Batch<'_>, languages: &[u32]) -> Vec<ReadBlock> {
    let starts: Vec<usize> = (0..languages.len()).step_by(PART).collect();
    starts
        .into_par_iter()
        .map(|start| ReadBlock::read(batch, languages, start..(start + PART).min(languages.len())))
        .collect()
}

impl ReadBlock {
    fn read(batch: &Batch<'_>, languages: &[u32], range: Range<usize>) -> ReadBlock {
        let mut part = ReadBlock::default();
        let mut known = Interner::new();
        let mut seen: Vec<u32> = Vec::new();
        let counted = batch.weeks.first().map_or(0, |week| week.start);
        for index in range {
            if index < counted {
                part.ends.push(part.entries.len());
                continue;
            }
            let article = &batch.articles[index];
            let headline = headline(article);
            // A word has a byte at least, and one between it and the next.
            known.reserve(usize::midpoint(headline.len(), article.text.len()) + 2);
            let salt = mix(u64::from(languages[index]) + 1);
            for (text, in_headline) in [(headline, true), (article.text.as_str(), false)] {
                let (mut nth, mut before) = (0, 0);
                let mut see = |span: Range<usize>, key: u64| {
                    let times = if nth < LEAD { LEAD_TIMES } else { 1 };
                    // Many outlets give every word of a headline a capital.
                    let first = text.as_bytes().get(span.start);
                    let is_name = if in_headline {
                        first.is_some_and(u8::is_ascii_digit)
                    } else {
                        is_name(text, before, span.start)
                    };
                    let seen_as = known.see(key, times, is_name);
                    (nth, before) = (nth + 1, span.end);
                    match seen_as {
                        Seen::New(slot) => {
                            let (start, end) = (to_u32(span.start), to_u32(span.end));
                            let article = to_u32(index);
                            part.forms.push(Form { key, article, start, end, in_headline });
                            seen.push(slot);
                        }
                        Seen::Known(slot) => seen.push(slot),
                        Seen::Again => {}
                    }
                };
                if has_unsegmented(text) {
                    for Term { span, stem } in terms(text, &article.language) {
                        see(span, mix(!xxh3_64(stem.as_bytes())) ^ salt);
                    }
                } else {
                    for_each_hash(text, |span, hash| see(span, hash ^ salt));
                }
            }
            part.entries.extend(seen.drain(..).map(|slot| {
                let (form, count, is_name) = known.take(slot);
                (form, if is_name { -(count as f32) } else { count as f32 })
            }));
            part.ends.push(part.entries.len());
        }
        part
    }

    /// Entries of the article at `index` in this part.
    fn of(&self, index: usize) -> &[(u32, f32)] {
        self.entries.get(self.range(index)).unwrap_or_default()
    }

    fn of_mut(&mut self, index: usize) -> &mut [(u32, f32)] {
        let range = self.range(index);
        self.entries.get_mut(range).unwrap_or_default()
    }

    fn range(&self, index: usize) -> Range<usize> {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        start.unwrap_or(0)..self.ends.get(index).copied().unwrap_or(0)
    }

    /// Puts terms in the place of forms, sorted within each article, equal ones added up.
    fn name(&mut self, term: impl Fn(u32) -> u32) {
        self.forms = Vec::new();
        self.rewrite(|entries| {
            let mut kept = 0;
            for i in 0..entries.len() {
                let (form, count) = entries[i];
                let term = term(form);
                entries[kept] = (term, count);
                kept += usize::from(term != NONE);
            }
            entries[..kept].sort_unstable_by_key(|&(term, _)| term);
            let mut end = 0;
            for i in 0..kept {
                if end > 0 && entries[end - 1].0 == entries[i].0 {
                    let (x, y) = (entries[end - 1].1, entries[i].1);
                    entries[end - 1].1 = (x.abs() + y.abs()).copysign(x.min(y));
                } else {
                    entries[end] = entries[i];
                    end += 1;
                }
            }
            end
        });
        self.entries.shrink_to_fit();
    }

    /// Lets `edit` change the entries of each article; it returns how many of the first are kept.
    fn rewrite(&mut self, mut edit: impl FnMut(&mut [(u32, f32)]) -> usize) {
        let (mut start, mut kept) = (0, 0);
        for end in &mut self.ends {
            let first = kept;
            kept += edit(&mut self.entries[start..*end]);
            self.entries.copy_within(start..start + (kept - first), first);
            start = *end;
            *end = kept;
        }
        self.entries.truncate(kept);
    }

    /// Puts numbers of terms in the place of keys, and leaves out what meets nothing.
    fn number(&mut self, numbers: &[(u32, bool)]) {
        self.rewrite(|entries| {
            let mut kept = 0;
            for i in 0..entries.len() {
                let (key, weight) = entries[i];
                let (number, meets) = numbers[key as usize];
                entries[kept] = (number, weight);
                kept += usize::from(meets && weight > 0.0);
            }
            kept
        });
    }
}

/// The headline, but for one that the text begins with.
fn headline(article: &Article) -> &str {
    let title = article.title.trim();
    if article.text.trim_start().starts_with(title) { "" } else { &article.title }
}

/// Puts weights in the place of counts, with length 1.
fn weigh(entries: &mut [(u32, f32)], mut idf: impl FnMut(u32) -> f64) {
    let mut squares = 0.0;
    for (key, count) in &mut *entries {
        let weight = weight(*count, idf(*key));
        squares += weight * weight;
        *count = to_f32(weight);
    }
    let length = squares.sqrt();
    for (_, weight) in entries {
        *weight = if length > 0.0 { to_f32(f64::from(*weight) / length) } else { 0.0 };
    }
}

/// Whether the word that begins at `start` is written as a name (with a capital inside a sentence) or
/// is a number, where the word before ends at `before`. German writes all nouns so: there it prefers
/// nouns.
fn is_name(text: &str, before: usize, start: usize) -> bool {
    let first = match text.as_bytes().get(start) {
        Some(byte) if byte.is_ascii() => char::from(*byte),
        _ => text.get(start..).and_then(|word| word.chars().next()).unwrap_or(' '),
    };
    if !first.is_uppercase() {
        return first.is_numeric();
    }
    let begins = |gap: &str| gap.contains(['.', '!', '?', '…', '\n', '"', '“', '«', '„', ':']);
    before > 0 && text.get(before..start).is_some_and(|gap| gap == " " || !begins(gap))
}

/// The terms of the forms of all parts in one list (`None` for words that are none), and for each
/// part the places of its forms in it.
fn merged(
    batch: &Batch<'_>,
    languages: &[u32],
    parts: &[ReadBlock],
) -> (Vec<Option<TermKey>>, Vec<Vec<u32>>) {
    let mut all: Vec<(u64, u32, u32)> =
        Vec::with_capacity(parts.iter().map(|part| part.forms.len()).sum());
    for (p, part) in (0..).zip(parts) {
        all.extend((0..).zip(&part.forms).map(|(f, form)| (form.key, p, f)));
    }
    all.par_sort_unstable();
    let mut of_form: Vec<Vec<u32>> = parts.iter().map(|part| vec![0; part.forms.len()]).collect();
    let mut first: Vec<Form> = Vec::new();
    for equal in all.chunk_by(|x, y| x.0 == y.0) {
        for &(_, p, f) in equal {
            of_form[p as usize][f as usize] = to_u32(first.len());
        }
        first.extend(equal.first().map(|&(_, p, f)| parts[p as usize].forms[f as usize]));
    }
    let terms = first.par_iter().map(|form| key(batch, languages, form)).collect();
    (terms, of_form)
}

fn key(batch: &Batch<'_>, languages: &[u32], form: &Form) -> Option<TermKey> {
    let article = batch.articles.get(form.article as usize)?;
    let text = if form.in_headline { &article.title } else { &article.text };
    let written = text.get(form.start as usize..form.end as usize)?;
    let folded = if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Cow::Borrowed(written)
    } else if written.contains(is_unsegmented) {
        Cow::Owned(fold(written))
    } else {
        words(written).into_iter().next()?.folded
    };
    let term = term_of(&folded, &article.language)?;
    Some(TermKey::new(&term, languages[form.article as usize]))
}

/// The keys of the forms, sorted, without repeats, and the rank of each form's.
fn ranked(forms: &[Option<TermKey>]) -> (Vec<TermKey>, Vec<u32>) {
    let mut order: Vec<(TermKey, u32)> =
        (0..).zip(forms).filter_map(|(form, key)| Some(((*key)?, form))).collect();
    order.par_sort_unstable();
    let mut keys: Vec<TermKey> = Vec::new();
    let mut ranks = vec![NONE; forms.len()];
    for (key, form) in order {
        if keys.last() != Some(&key) {
            keys.push(key);
        }
        ranks[form as usize] = to_u32(keys.len() - 1);
    }
    (keys, ranks)
}

/// The number of each key's term (keys are sorted by term, those of one term share one), and whether
/// some other article of the batch has the term too. One that meets nothing only counts in the length.
fn numbers(keys: &[TermKey], counts: &Counts<'_>) -> Vec<(u32, bool)> {
    let mut number = 0;
    let of = |(v, &TermKey { hash: term, .. }): (usize, &TermKey)| {
        let is_new = v.checked_sub(1).is_some_and(|before| keys[before].hash != term);
        number += u32::from(is_new);
        (number, counts.of_batch(v) > 1 || shares_term(keys, v))
    };
    keys.iter().enumerate().map(of).collect()
}

/// Whether another language has the term too.
fn shares_term(keys: &[TermKey], v: usize) -> bool {
    let term = |i: usize| keys.get(i).map(|key| key.hash);
    term(v + 1) == term(v) || v.checked_sub(1).is_some_and(|before| term(before) == term(v))
}

/// Weight of a term that occurs `count` times; a negative count is that of a name or number.
fn weight(count: f32, idf: f64) -> f64 {
    let (count, idf) = if count < 0.0 { (-count, NAME_WEIGHT * idf) } else { (count, idf) };
    // Most terms occur once or twice: no logarithm for those.
    if count < 1.5 {
        idf
    } else if count < 2.5 {
        (1.0 + std::f64::consts::LN_2) * idf
    } else {
        (1.0 + f64::from(count).ln()) * idf
    }
}
