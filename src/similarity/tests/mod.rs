//! Tests of the stage as a whole: planted situations, and slow but obvious versions of both measures
//! on random corpora. The parts are tested beside their code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::{Found, Relations, SimilarityConfig, TermCounts, matches, matches_after};
use crate::corpus::testing::{Annotated, annotated, ordered};
use crate::corpus::{Calendar, CalendarConfig};
use crate::model::{
    Annotations, Article, Citation, CitationKind, Credit, Match, OverlapKind, PassageKind,
    Registry, Relation, Role, Why,
};
use crate::testing;
use crate::text::{terms, words};

mod across;
mod families;
mod golden;
mod lexical;
mod passage_kinds;
mod properties;
mod republication;

/// An English article, `hour` hours after the start of the corpus.
fn article(outlet: &str, id: &str, hour: i64, text: &str) -> Article {
    Article { text: text.to_owned(), ..testing::article(id, outlet, testing::hours(hour)) }
}

fn registry() -> Registry {
    testing::registry(&[
        ("alpha", Role::Subject),
        ("beta", Role::Subject),
        ("gamma", Role::Subject),
        ("wire", Role::Wire),
        ("control", Role::Control),
    ])
}

fn run(articles: Vec<impl Into<Annotated>>, relations: Relations) -> Vec<Match> {
    let mut articles: Vec<Annotated> = articles.into_iter().map(Into::into).collect();
    articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
    let config = SimilarityConfig { relations, ..SimilarityConfig::default() };
    let calendar = CalendarConfig::default();
    let (corpus, annotations) = annotated(&articles, registry());
    matches(&corpus, &Calendar::new(corpus.articles(), &calendar), &annotations, &config)
}

/// The matches of sorted articles that nothing is noted about.
fn found_in(articles: &[Article], days: &CalendarConfig, config: &SimilarityConfig) -> Vec<Match> {
    let corpus = ordered(articles, registry());
    matches(&corpus, &Calendar::new(articles, days), &Annotations::default(), config)
}

/// A warm-up of a day, and so many days of look-back.
fn days(lookback_days: u32) -> CalendarConfig {
    CalendarConfig { warm_up_days: 1, warm_up_articles: 1, lookback_days }
}

/// `count` made-up words that no other `seed` has.
fn prose(seed: &str, count: usize) -> String {
    (0..count).map(|n| format!("{seed}{}", letters(n))).collect::<Vec<_>>().join(" ")
}

fn letters(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    [letter(n / 26), letter(n)].into_iter().collect()
}

/// Relation and passage kinds of the only match.
#[track_caller]
fn check(articles: Vec<impl Into<Annotated>>, relation: Relation, kinds: &[PassageKind]) -> Match {
    let found = run(articles, Relations::REUSE);
    assert_eq!(found.len(), 1, "{found:?}");
    let m = found.into_iter().next().unwrap();
    assert_eq!(m.relation, relation);
    assert_eq!(m.passages.iter().map(|p| p.kind).collect::<Vec<_>>(), kinds);
    m
}

/// A corpus whose articles are put together from few sentences, with edits: everything that reuse
/// can do to a text occurs in it.
fn corpus() -> impl Strategy<Value = Vec<Article>> {
    let sentence = (0usize..12, 0usize..26, prop::option::of(0usize..20));
    let text = prop::collection::vec(sentence, 0..8);
    prop::collection::vec((0usize..4, 0i64..24 * 12, text), 2..14).prop_map(|rows| {
        let build = |(n, (outlet, hour, text)): (usize, (usize, i64, Vec<_>))| {
            let text: Vec<String> =
                text.into_iter().map(|(s, len, edit)| sentence_of(s, len, edit)).collect();
            article(
                ["alpha", "beta", "gamma", "wire"][outlet],
                &format!("{n:02}"),
                hour,
                &text.join(". "),
            )
        };
        rows.into_iter().enumerate().map(build).collect()
    })
}

#[test]
fn names_and_numbers_tell_one_event_from_another() {
    let report = |name: &str, year: &str| {
        format!("The court in the capital sentenced the banker {name} to nine years in {year}.")
    };
    let articles = [
        article("alpha", "a", 0, &report("Vessel", "2021")),
        article("beta", "b", 1, &report("Vessel", "2021")),
        article("gamma", "c", 2, &report("Ondry", "2025")),
    ];
    let found = run(articles.to_vec(), Relations::LEXICAL);
    let cosine = |a: usize, b: usize| {
        found
            .iter()
            .find(|m| (m.earlier, m.later) == (a, b))
            .and_then(|m| m.cosine(OverlapKind::Lexical))
            .unwrap_or(0.0)
    };
    // With equal weights it would be .52.
    assert!(cosine(0, 1) > 0.99 && cosine(0, 2) < 0.35, "{} {}", cosine(0, 1), cosine(0, 2));
}

/// The first `length` words of sentence `number`, one of them changed.
fn sentence_of(number: usize, length: usize, edit: Option<usize>) -> String {
    let mut words: Vec<String> = (0..length).map(|n| word_of(number, n)).collect();
    if let Some(word) = edit.and_then(|edit| words.get_mut(edit)) {
        "changed".clone_into(word);
    }
    words.join(" ")
}

/// The word at `n` of sentence `number`: some are names, some numbers, some end the sentence.
fn word_of(number: usize, n: usize) -> String {
    let word = format!("{}{}", letters(number), letters(n * 7 % 26));
    match n % 7 {
        2 => word[..1].to_uppercase() + &word[1..],
        4 => (100 * number + n).to_string(),
        6 => word + ".",
        _ => word,
    }
}

/// Containments by sets of strings.
fn slow_containment(a: &str, b: &str) -> (f64, f64) {
    let set = |text: &str| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = words(text).into_iter().map(|w| w.folded.into_owned()).collect();
        words.windows(5.min(words.len().max(1))).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (set(a), set(b));
    let shared = a.intersection(&b).count() as f64;
    (shared / a.len().max(1) as f64, shared / b.len().max(1) as f64)
}
