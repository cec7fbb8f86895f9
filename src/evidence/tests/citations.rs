//! Links, credits and citations.

use super::*;

#[test]
fn a_link_is_e1_even_without_a_match() {
    let [a, mut b] = pair();
    b.links = vec![link("https://rt.example/a/#x")];
    check(&[a.clone(), b.clone()], &[], &["a>b E1"]);
    check(&[a, b], &[matched(0, 1, vec![])], &["a>b E1"]);
}

#[test]
fn a_link_against_the_order_blocks_the_direction() {
    let [mut a, b] = pair();
    a.links = vec![link("https://cgtn.example/b")];
    check(&[a.clone(), b.clone()], &[], &[]);
    check(&[a.clone(), b], &[matched(0, 1, own())], &["a>b E5"]);
    check(&[a, article("b", "cgtn", 1)], &[], &["a>b E5"]);
}

#[test]
fn a_citation_against_the_order_blocks_e3_but_not_a_stated_source() {
    let [mut a, mut b] = pair();
    a.citations = vec![cites("cgtn", Text)];
    check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E5"]);
    b.citations = vec![cites("rt", Text)];
    check(&[a, b], &[matched(0, 1, own())], &["a>b E2"]);
}

#[test]
fn credits_need_matching_text() {
    for kind in [Credit, Byline, Dateline] {
        let [a, mut b] = pair();
        b.citations = vec![cites("rt", kind)];
        check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E1"]);
        // A byline stands beside no sentence.
        let quoted = if kind == Byline { "(statement)>b X" } else { "a>b E1" };
        check(&[a.clone(), b.clone()], &[matched(0, 1, vec![passage(0..99, Quoted)])], &[quoted]);
        let boilerplate = vec![passage(0..99, Boilerplate)];
        check(&[a.clone(), b.clone()], &[matched(0, 1, boilerplate)], &["a>b E5"]);
        check(&[a, b], &[], &[]);
    }
}

#[test]
fn a_text_citation_with_a_passage_is_e2_and_a_mention_is_nothing() {
    let [a, mut b] = pair();
    b.citations = vec![cites("rt", Text)];
    check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E2"]);
    check(&[a.clone(), b.clone()], &[matched(0, 1, vec![passage(0..99, Quoted)])], &["a>b E2"]);
    check(&[a.clone(), b.clone()], &[matched(0, 1, vec![])], &["a>b E5"]);
    b.citations = vec![cites("rt", Mention)];
    check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E3"]);
    check(&[a, b], &[matched(0, 1, vec![passage(0..99, Quoted)])], &["(statement)>b X"]);
}

#[test]
fn a_citation_explains_a_wires_text_unless_the_wire_is_named() {
    let mut articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    let copy = || vec![wire(0..1700, 0)];
    let all = [matched(0, 1, copy()), matched(0, 2, copy()), matched(1, 2, copy())];
    articles[2].citations = vec![crate::model::Citation { span: 900..902, ..cites("rt", Text) }];
    check(&articles, &all, &["t>a E3", "t>b E3", "a>b E2"]);
    // It is the wire that cites: the citation stands in its text.
    let mut inherited = articles.clone();
    inherited[2].citations[0].span = 100..102;
    inherited[0].citations = vec![cites("rt", Text)];
    check(&inherited, &all, &["t>a E5", "t>b E3"]);
    articles[2].citations.push(cites("tass", Text));
    check(&articles, &all, &["t>a E3", "t>b E2"]);
}

#[test]
fn a_citation_means_the_item_that_shares_most() {
    let mut articles = [article("a", "rt", 0), article("a2", "rt", 60), article("b", "cgtn", 120)];
    articles[2].citations = vec![cites("rt", Credit)];
    let quote = vec![passage(0..99, Quoted)];
    let both = vec![passage(0..99, Quoted), passage(200..1900, Own)];
    let all = [matched(0, 2, quote.clone()), matched(1, 2, both)];
    check(&articles, &all, &["a2>b E1", "(statement)>b X"]);
    check(&articles, &all[..1], &["a>b E1"]);
}

#[test]
fn a_credit_means_the_nearest_of_equal_items() {
    let mut articles = [article("a", "rt", 0), article("a2", "rt", 30), article("b", "cgtn", 60)];
    articles[2].citations = vec![cites("rt", Credit)];
    let all = [matched(0, 2, own()), matched(1, 2, own())];
    check(&articles, &all, &["a2>b E1"]);
    let more = vec![passage(0..1300, Own), passage(1310..1990, Own)];
    check(&articles, &[matched(0, 2, own()), matched(1, 2, more)], &["a2>b E1"]);
    let less = vec![passage(0..500, Own)];
    check(&articles, &[matched(0, 2, own()), matched(1, 2, less)], &["a>b E1"]);
}

#[test]
fn a_credit_to_a_name_that_nobody_knows_is_a_third_source() {
    let credit = |name: &str, kind, is_author| crate::model::Credit {
        name: name.into(),
        kind,
        is_author,
        span: 5..9,
    };
    let copy = [matched(0, 1, own())];
    let [a, b] = pair();
    let with = |credits: Vec<crate::model::Credit>| {
        let mut b = b.clone();
        b.credits = credits;
        [a.clone(), b]
    };
    check(&with(vec![credit("Norda Press", Credit, false)]), &copy, &["(Norda Press)>b X"]);
    check(&with(vec![credit("PAX", Text, true)]), &copy, &["(PAX)>b X"]);
    // The outlets' own names are no third source.
    check(&with(vec![credit("RT 24", Credit, false)]), &copy, &["a>b E3"]);
    check(&with(vec![credit("CGTN.example", Credit, false)]), &copy, &["a>b E3"]);
}
