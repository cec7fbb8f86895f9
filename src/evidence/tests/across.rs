//! Across languages: translations with and without a word of where they are from, events, agencies behind both.

use super::*;
use crate::model::{Across, AlignedPair, Credit as Named, OverlapKind};

/// A match across languages, with these aligned stretches.
fn across(a: usize, b: usize, relation: Relation, aligned: &[std::ops::Range<usize>]) -> Match {
    let aligned = aligned.iter().map(|span| AlignedPair {
        earlier: Some(span.clone()),
        later: Some(span.clone()),
        score: 0.8,
    });
    let mut m = matched(a, b, vec![]);
    m.relation = relation;
    m.overlaps[0].by = OverlapKind::Semantic;
    (m.containment_earlier, m.containment_later) = (0.0, 0.0);
    m.across = Some(Across { score: 0.9, anchors: Vec::new(), aligned: aligned.collect() });
    m
}

fn translated(a: usize, b: usize) -> Match {
    across(a, b, Relation::Translation, &[0..400, 405..800, 805..1200])
}

pub(super) fn event(a: usize, b: usize) -> Match {
    across(a, b, Relation::Event, &[])
}

#[test]
fn a_translation_alone_shows_no_direction() {
    check(&pair(), &[translated(0, 1)], &["a>b E5"]);
    check(&pair(), &[event(0, 1)], &["a>b E5"]);
}

#[test]
fn a_translation_with_a_credit_is_e1_and_with_a_citation_e2() {
    for kind in [Credit, Byline, Dateline] {
        let [a, mut b] = pair();
        b.citations = vec![cites("rt", kind)];
        check(&[a.clone(), b.clone()], &[translated(0, 1)], &["a>b E1"]);
        check(&[a, b], &[event(0, 1)], &["a>b E5"]);
    }
    let [a, mut b] = pair();
    b.citations = vec![cites("rt", Text)];
    check(&[a.clone(), b.clone()], &[translated(0, 1)], &["a>b E2"]);
    check(&[a.clone(), b.clone()], &[event(0, 1)], &["a>b E5"]);
    b.citations = vec![cites("rt", Mention)];
    check(&[a, b], &[translated(0, 1)], &["a>b E5"]);
}

#[test]
fn a_link_is_e1_and_the_sentences_stand_beside_it() {
    let [a, mut b] = pair();
    b.links = vec![link("https://rt.example/a")];
    let articles = [a, b];
    let found = run(&articles, &[translated(0, 1)]);
    assert_eq!(names(&found, &articles), ["a>b E1"]);
    let rows = &found.edges[0].evidence;
    assert!(rows.iter().any(|row| matches!(row, Evidence::Overlap { matched: 0 })), "{rows:?}");
}

#[test]
fn an_open_order_is_no_direction() {
    let [a, mut b] = [article("a", "rt", 0), day("b", "cgtn", 60)];
    b.citations = vec![cites("rt", Credit)];
    check(&[a, b], &[translated(0, 1)], &["a>b E5"]);
}

#[test]
fn an_agency_that_one_of_them_credits_explains_it() {
    let credit = |is_author| Named {
        name: "PAX".into(),
        kind: if is_author { Text } else { Credit },
        is_author,
        span: 5..9,
    };
    for relation in [translated(0, 1), event(0, 1)] {
        let [mut a, b] = pair();
        a.credits = vec![credit(false)];
        check(&[a, b], std::slice::from_ref(&relation), &["(PAX)>b X"]);
        let [a, mut b] = pair();
        b.credits = vec![credit(true)];
        check(&[a, b], &[relation], &["(PAX)>b X"]);
    }
}

#[test]
fn an_agencys_item_that_both_hold_explains_it() {
    let articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    let copy = matched(0, 1, own());
    let all = [copy.clone(), translated(0, 2), translated(1, 2)];
    // The agency's own item says more by itself than that it explains.
    check(&articles, &all, &["t>a E3", "t>b E5"]);
    // An item on the same event is nothing that both hold.
    let all = [copy, event(0, 2), translated(1, 2)];
    check(&articles, &all, &["t>a E3", "t>b E5", "a>b E5"]);
}

#[test]
fn equal_words_in_two_languages_are_no_e3() {
    let mut m = translated(0, 1);
    m.passages = own();
    check(&pair(), &[m], &["a>b E5"]);
}
