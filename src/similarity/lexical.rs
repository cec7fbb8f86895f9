//! Lexical overlap: each article as a vector of weighted terms.
//!
//! Weight of a term: `(1 + ln tf) · ln(1 + N / df)` with `N` and `df` counted over the corpus itself, within the
//! article's language; vectors have length 1, so that their product is the cosine. News says what it is
//! about in its first sentences, and which event it is by names and numbers: words of the lead count
//! [`LEAD_COUNT`] times in `tf`, names and numbers weigh [`NAME_WEIGHT`] times as much. Terms in more than
//! [`COMMON`] of a language's articles say nothing about which story it is and weigh nothing. The
//! join of the vectors is in `tiles`.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::{Term, for_each_hash, is_unsegmented, term_of, terms, words};

use super::scene::Scene;
use super::tiles;
use super::tokens::{mix, to_f32, to_u32};

/// Share of a language's articles above which a term weighs nothing. On planted stories the best F1
/// is the same or better than without a limit, at a fifth of the cost.
const COMMON: f64 = 0.05;
/// Articles below which no term is common: shares of few articles mean little.
const COMMON_LEAST: usize = 200;
/// Words of an article's lead, the part that tells the event; a headline and the first paragraph.
const LEAD: usize = 75;
/// How often a word of the lead counts.
const LEAD_COUNT: u32 = 2;
/// What a name or a number weighs against another term. With the lead it makes the grouping of labelled
/// news by event better and less dependent on the threshold (`docs/method.md`, "Narratives").
const NAME_WEIGHT: f64 = 2.0;
/// Bit of a count that says: written as a name or number in this article.
const NAME: u32 = 1 << 31;
/// Parts into which the corpus is cut for reading; fixed, so that it does not depend on the threads.
const PARTS: usize = 32;

/// The terms of all articles with their weights, in one piece.
pub(super) struct Vectors {
    /// End of each article's entries.
    ends: Vec<usize>,
    /// Terms, ascending within an article, and weights.
    entries: Vec<(u32, f32)>,
}

impl Vectors {
    /// Number of articles.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The terms of one article, ascending, with their weights.
    pub(super) fn of(&self, article: usize) -> &[(u32, f32)] {
        slice(&self.ends, &self.entries, article)
    }
}

/// Entries of the article at `index`, where `ends` says where those of each article end.
fn slice<'e, T>(ends: &[usize], entries: &'e [T], index: usize) -> &'e [T] {
    let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(index).copied().unwrap_or(start);
    entries.get(start..end).unwrap_or_default()
}

/// Returns the pairs of comparable articles with a cosine of at least `threshold`, sorted by (a, b).
pub(super) fn pairs(scene: &Scene<'_>, threshold: f64) -> Vec<(usize, usize, f64)> {
    tiles::join(scene, &vectors(scene), threshold)
}

/// A form of a term that occurs in a part of the corpus.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// Hash of the word and its language.
    key: u64,
    language: u32,
    /// Where it is written, if its term is still to be found.
    place: Option<(u32, u32, u32)>,
    /// Hash of the term, if it is known already.
    term: u64,
}

/// What was read of a part of the corpus.
#[derive(Default)]
struct Part {
    forms: Vec<Form>,
    /// End of each article's entries.
    ends: Vec<usize>,
    /// Indices of the article's forms (later: of its terms), and how often they occur, with [`NAME`].
    entries: Vec<(u32, u32)>,
}

/// A term in one language: (hash of the term, language).
type Variety = (u64, u32);

/// Returns the vector of each article. O(words), with one stemming for each form of a word.
fn vectors(scene: &Scene<'_>) -> Vectors {
    let languages = languages(scene);
    let mut parts = read(scene, &languages);
    let (forms, of_form) = merged(scene, &parts);
    let mut varieties: Vec<Variety> = forms.iter().copied().flatten().collect();
    varieties.par_sort_unstable();
    varieties.dedup();
    let rank = |variety: &Variety| varieties.binary_search(variety).ok().map(to_u32);
    let ranks: Vec<Option<u32>> =
        forms.par_iter().map(|form| form.as_ref().and_then(rank)).collect();
    parts.par_iter_mut().zip(of_form).for_each(|(part, of_form)| {
        part.name(|form| ranks.get(of_form[form as usize] as usize).copied().flatten());
    });
    weighted(&languages, &varieties, &parts)
}

/// The language of each article as a number.
fn languages(scene: &Scene<'_>) -> Vec<u32> {
    let mut numbers: BTreeMap<&str, u32> =
        scene.articles.iter().map(|article| (article.language.as_str(), 0)).collect();
    for (n, number) in (0..).zip(numbers.values_mut()) {
        *number = n;
    }
    let number = |language: &str| numbers.get(language).copied().unwrap_or(0);
    scene.articles.iter().map(|article| number(&article.language)).collect()
}

fn read(scene: &Scene<'_>, languages: &[u32]) -> Vec<Part> {
    let size = scene.articles.len().div_ceil(PARTS).max(1);
    let starts: Vec<usize> = (0..scene.articles.len()).step_by(size).collect();
    starts
        .into_par_iter()
        .map(|start| Part::read(scene, languages, start..(start + size).min(languages.len())))
        .collect()
}

impl Part {
    fn read(scene: &Scene<'_>, languages: &[u32], range: Range<usize>) -> Part {
        let mut part = Part::default();
        let mut known: FxHashMap<u64, u32> = FxHashMap::default();
        // How often each form occurs in the current article, and which do.
        let (mut counts, mut seen): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for index in range {
            let (text, language) = (&scene.articles[index].text, languages[index]);
            let salt = mix(u64::from(language) + 1);
            let mut nth = 0;
            let mut see = |form: Form, name: bool| {
                let number = *known.entry(form.key).or_insert_with(|| {
                    part.forms.push(form);
                    counts.push(0);
                    to_u32(counts.len() - 1)
                });
                let count = &mut counts[number as usize];
                if *count == 0 {
                    seen.push(number);
                }
                *count += if nth < LEAD { LEAD_COUNT } else { 1 };
                *count |= if name { NAME } else { 0 };
                nth += 1;
            };
            if has_unsegmented(text) {
                let mut before = 0;
                for Term { span, stem } in terms(text, &scene.articles[index].language) {
                    let term = xxh3_64(stem.as_bytes());
                    let name = is_name(text, before, &span);
                    before = span.end;
                    see(Form { key: mix(!term) ^ salt, language, place: None, term }, name);
                }
            } else {
                let mut before = 0;
                for_each_hash(text, |span, hash| {
                    let place = Some((to_u32(index), to_u32(span.start), to_u32(span.end)));
                    let name = is_name(text, before, &span);
                    before = span.end;
                    see(Form { key: hash ^ salt, language, place, term: 0 }, name);
                });
            }
            let counted =
                seen.iter().map(|&form| (form, std::mem::take(&mut counts[form as usize])));
            part.entries.extend(counted);
            part.ends.push(part.entries.len());
            seen.clear();
        }
        part
    }

    /// Puts terms in the place of forms, sorted within each article, equal ones added up.
    fn name(&mut self, term: impl Fn(u32) -> Option<u32>) {
        let (mut start, mut kept) = (0, 0);
        for end in &mut self.ends {
            let first = kept;
            for i in start..*end {
                let (form, n) = self.entries[i];
                if let Some(term) = term(form) {
                    self.entries[kept] = (term, n);
                    kept += 1;
                }
            }
            self.entries[first..kept].sort_unstable();
            let mut last = first;
            for i in first + 1..kept {
                if self.entries[i].0 == self.entries[last].0 {
                    let (n, more) = (self.entries[last].1, self.entries[i].1);
                    self.entries[last].1 = ((n & !NAME) + (more & !NAME)) | ((n | more) & NAME);
                } else {
                    last += 1;
                    self.entries[last] = self.entries[i];
                }
            }
            kept = if kept > first { last + 1 } else { first };
            start = *end;
            *end = kept;
        }
        self.entries.truncate(kept);
        self.forms = Vec::new();
    }
}

/// Whether the word at `span` is written as a name (a capital inside a sentence) or is a number, where
/// `before` is the end of the word before it. German writes all nouns so: there it prefers nouns.
fn is_name(text: &str, before: usize, span: &Range<usize>) -> bool {
    let Some(first) = text.get(span.start..).and_then(|word| word.chars().next()) else {
        return false;
    };
    if first.is_numeric() {
        return true;
    }
    let begins = |gap: &str| gap.contains(['.', '!', '?', '…', '\n', '"', '“', '«', '„', ':']);
    first.is_uppercase() && before > 0 && !text.get(before..span.start).is_none_or(begins)
}

/// Whether any word needs a dictionary to be found.
fn has_unsegmented(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_unsegmented)
}

/// The terms of the forms of all parts in one list (`None` for words that are none), and for each
/// part the places of its forms in it.
fn merged(scene: &Scene<'_>, parts: &[Part]) -> (Vec<Option<Variety>>, Vec<Vec<u32>>) {
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
    let terms = first.par_iter().map(|form| variety(scene, form)).collect();
    (terms, of_form)
}

fn variety(scene: &Scene<'_>, form: &Form) -> Option<Variety> {
    let Some((article, start, end)) = form.place else { return Some((form.term, form.language)) };
    let article = scene.articles.get(article as usize)?;
    let written = article.text.get(start as usize..end as usize)?;
    let word = words(written).into_iter().next()?;
    let term = term_of(&word.folded, &article.language)?;
    Some((xxh3_64(term.as_bytes()), form.language))
}

/// Gives the terms their weights.
fn weighted(languages: &[u32], varieties: &[Variety], parts: &[Part]) -> Vectors {
    let mut articles = vec![0usize; languages.iter().max().map_or(0, |&most| most as usize + 1)];
    for &language in languages {
        articles[language as usize] += 1;
    }
    let mut frequency = vec![0u32; varieties.len()];
    for &(variety, _) in parts.iter().flat_map(|part| &part.entries) {
        frequency[variety as usize] += 1;
    }
    let scale: Vec<Scale> = varieties
        .iter()
        .enumerate()
        .map(|(v, &(_, language))| Scale {
            idf: idf(frequency[v], articles[language as usize]),
            // A term of one article meets no other; it only counts in the length.
            meets: frequency[v] > 1 || shares_term(varieties, v),
        })
        .collect();
    let numbers = numbers(varieties);
    let vectors: Vec<Vectors> =
        parts.par_iter().map(|part| part.weighted(&scale, &numbers)).collect();
    let mut all = Vectors {
        ends: Vec::with_capacity(languages.len()),
        entries: Vec::with_capacity(vectors.iter().map(|part| part.entries.len()).sum()),
    };
    for part in vectors {
        let before = all.entries.len();
        all.ends.extend(part.ends.iter().map(|end| before + end));
        all.entries.extend(part.entries);
    }
    all
}

/// What a term's weight depends on besides its frequency in the article.
struct Scale {
    /// Inverse document frequency.
    idf: f64,
    /// Some other article has the term too.
    meets: bool,
}

impl Part {
    fn weighted(&self, scale: &[Scale], numbers: &[u32]) -> Vectors {
        let mut vectors =
            Vectors { ends: Vec::with_capacity(self.ends.len()), entries: Vec::new() };
        vectors.entries.reserve(self.entries.len());
        for index in 0..self.ends.len() {
            let entries = slice(&self.ends, &self.entries, index);
            let weights = entries.iter().map(|&(v, n)| weight(n, scale[v as usize].idf));
            let length = weights.clone().map(|w| w * w).sum::<f64>().sqrt();
            let useful = entries.iter().zip(weights).filter(|(_, w)| *w > 0.0);
            vectors.entries.extend(
                useful
                    .filter(|&(&(v, _), _)| scale[v as usize].meets)
                    .map(|(&(v, _), w)| (numbers[v as usize], to_f32(w / length))),
            );
            vectors.ends.push(vectors.entries.len());
        }
        vectors
    }
}

/// The number of each variety's term: varieties are sorted by term, those of one term share one.
fn numbers(varieties: &[Variety]) -> Vec<u32> {
    let terms = (0u32..).zip(varieties.chunk_by(|x, y| x.0 == y.0));
    terms.flat_map(|(number, equal)| equal.iter().map(move |_| number)).collect()
}

/// Whether another language has the term too.
fn shares_term(varieties: &[Variety], v: usize) -> bool {
    let term = |i: usize| varieties.get(i).map(|variety| variety.0);
    term(v + 1) == term(v) || v.checked_sub(1).is_some_and(|before| term(before) == term(v))
}

/// Inverse document frequency, `ln(1 + N / df)`; 0 for a common term.
fn idf(df: u32, articles: usize) -> f64 {
    let limit = (COMMON * articles as f64).max(COMMON_LEAST as f64);
    if f64::from(df) > limit { 0.0 } else { (1.0 + articles as f64 / f64::from(df.max(1))).ln() }
}

/// The weight of a term that occurs `count` times, [`NAME`] included.
fn weight(count: u32, idf: f64) -> f64 {
    let idf = if count & NAME == 0 { idf } else { NAME_WEIGHT * idf };
    // Most terms occur once or twice: no logarithm for those.
    match count & !NAME {
        1 => idf,
        2 => (1.0 + std::f64::consts::LN_2) * idf,
        tf => (1.0 + f64::from(tf).ln()) * idf,
    }
}
