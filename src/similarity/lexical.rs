//! Lexical overlap: each article as a vector of weighted terms.
//!
//! Weight of a term: `(1 + ln tf) · ln(1 + N / df)` with `N` and `df` counted over the corpus itself, within the
//! article's language; vectors have length 1, so that their product is the cosine. Terms in more than
//! [`COMMON`] of a language's articles say nothing about which story it is and weigh nothing. The
//! join of the vectors is in `tiles`.

use std::collections::BTreeMap;

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
/// Parts into which the corpus is cut for reading; fixed, so that it does not depend on the threads.
const PARTS: usize = 64;

/// An article's terms, ascending, with their weights.
pub(super) type Vector = Vec<(u32, f32)>;

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

/// What was read of a part of the corpus: its forms, and for each article the indices of its forms
/// with their frequencies.
#[derive(Default)]
struct Part {
    forms: Vec<Form>,
    articles: Vec<Vec<(u32, u32)>>,
}

/// A term in one language: (hash of the term, language).
type Variety = (u64, u32);

/// Returns the vector of each article. O(words), with one stemming for each form of a word.
pub(super) fn vectors(scene: &Scene<'_>) -> Vec<Vector> {
    let languages = languages(scene);
    let parts = read(scene, &languages);
    let (forms, of_form) = merged(scene, &parts);
    let mut varieties: Vec<Variety> = forms.iter().copied().flatten().collect();
    varieties.par_sort_unstable();
    varieties.dedup();
    let rank = |variety: &Variety| varieties.binary_search(variety).ok().map(to_u32);
    let forms: Vec<Option<u32>> =
        forms.par_iter().map(|form| form.as_ref().and_then(rank)).collect();
    let bags: Vec<Vec<(u32, u32)>> = parts
        .into_par_iter()
        .zip(of_form)
        .flat_map_iter(|(part, of_form)| {
            let forms = &forms;
            part.articles.into_iter().map(move |bag| {
                let ranks = bag.iter().filter_map(|&(form, n)| {
                    forms[of_form[form as usize] as usize].map(|rank| (rank, n))
                });
                summed(ranks.collect())
            })
        })
        .collect();
    weighted(scene, &languages, &varieties, &bags)
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
        .map(|start| read_part(scene, languages, start..(start + size).min(languages.len())))
        .collect()
}

fn read_part(scene: &Scene<'_>, languages: &[u32], range: std::ops::Range<usize>) -> Part {
    let mut part = Part::default();
    let mut known: FxHashMap<u64, u32> = FxHashMap::default();
    let mut seen: Vec<u32> = Vec::new();
    for index in range {
        let (text, language) = (&scene.articles[index].text, languages[index]);
        let salt = mix(u64::from(language) + 1);
        let mut see = |form: Form| {
            let number = *known.entry(form.key).or_insert_with(|| {
                part.forms.push(form);
                to_u32(part.forms.len() - 1)
            });
            seen.push(number);
        };
        if has_unsegmented(text) {
            for Term { stem, .. } in terms(text, &scene.articles[index].language) {
                let term = xxh3_64(stem.as_bytes());
                see(Form { key: mix(!term) ^ salt, language, place: None, term });
            }
        } else {
            for_each_hash(text, |span, hash| {
                let place = Some((to_u32(index), to_u32(span.start), to_u32(span.end)));
                see(Form { key: hash ^ salt, language, place, term: 0 });
            });
        }
        seen.sort_unstable();
        let bag = seen
            .chunk_by(|x, y| x == y)
            .filter_map(|equal| Some((*equal.first()?, to_u32(equal.len()))));
        part.articles.push(bag.collect());
        seen.clear();
    }
    part
}

/// Whether any word needs a dictionary to be found.
fn has_unsegmented(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_unsegmented)
}

/// The forms of all parts as one list of their terms (`None` for words that are none), and for each
/// part the place of its forms in it.
fn merged(scene: &Scene<'_>, parts: &[Part]) -> (Vec<Option<Variety>>, Vec<Vec<u32>>) {
    let mut all: Vec<(u64, u32, u32)> = Vec::new();
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

/// Sorts, and adds up the frequencies of equal terms.
fn summed(mut bag: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    bag.sort_unstable();
    bag.dedup_by(|next, kept| {
        let equal = next.0 == kept.0;
        kept.1 += if equal { next.1 } else { 0 };
        equal
    });
    bag
}

fn weighted(
    scene: &Scene<'_>,
    languages: &[u32],
    varieties: &[Variety],
    bags: &[Vec<(u32, u32)>],
) -> Vec<Vector> {
    let mut articles = vec![0usize; languages.iter().max().map_or(0, |&most| most as usize + 1)];
    for &language in languages {
        articles[language as usize] += 1;
    }
    let mut frequency = vec![0u32; varieties.len()];
    for &(variety, _) in bags.iter().flatten() {
        frequency[variety as usize] += 1;
    }
    let idf: Vec<f64> = varieties
        .iter()
        .zip(&frequency)
        .map(|(&(_, language), &df)| idf(df, articles[language as usize]))
        .collect();
    // Varieties are sorted by term: those of one term share its number.
    let mut numbers = Vec::with_capacity(varieties.len());
    let mut number = 0u32;
    for (i, variety) in varieties.iter().enumerate() {
        let same =
            i.checked_sub(1).and_then(|i| varieties.get(i)).is_some_and(|v| v.0 == variety.0);
        number += u32::from(i > 0 && !same);
        numbers.push(number);
    }
    debug_assert_eq!(bags.len(), scene.articles.len());
    bags.par_iter()
        .map(|bag| {
            let weights = bag.iter().map(|&(v, n)| weight(n, idf[v as usize]));
            let length = weights.clone().map(|w| w * w).sum::<f64>().sqrt();
            let useful = bag.iter().zip(weights).filter(|&(&(v, _), w)| {
                // A term of one article meets no other; it only counts in the length.
                w > 0.0 && (frequency[v as usize] > 1 || shares_term(varieties, v as usize))
            });
            useful.map(|(&(v, _), w)| (numbers[v as usize], to_f32(w / length))).collect()
        })
        .collect()
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

fn weight(tf: u32, idf: f64) -> f64 {
    (1.0 + f64::from(tf).ln()) * idf
}
