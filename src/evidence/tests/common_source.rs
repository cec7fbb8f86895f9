//! Wires, quotations and other sources of both articles.

use super::*;

#[test]
fn a_wire_is_a_source_like_any_other_and_explains_the_pair() {
    let articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    let copy = || vec![wire(0..1700, 0)];
    let all = [matched(0, 1, copy()), matched(0, 2, copy()), matched(1, 2, copy())];
    check(&articles, &all, &["t>a E3", "t>b E3"]);
    let edges = run(&articles, &all).edges;
    assert!(edges[1].evidence.contains(&Evidence::Explains { matched: 2 }));
    // The wire's item shares no match with the receiver: the edge from it is X.
    check(&articles, &[matched(0, 1, copy()), matched(1, 2, copy())], &["t>a E3", "t>b X"]);
}

#[test]
fn an_unarchived_wire_explains_by_its_credit() {
    let [a, mut b] = pair();
    let foreign = || vec![passage(0..1700, PassageKind::Wire)];
    b.citations = vec![cites("tass", Dateline)];
    check(&[a.clone(), b.clone()], &[matched(0, 1, foreign())], &["(tass)>b X"]);
    // Also where the passage was taken for the outlet's own.
    check(&[a, b], &[matched(0, 1, own())], &["(tass)>b X"]);
    let [mut a, b] = pair();
    a.citations = vec![cites("sputnik", Byline)];
    check(&[a, b], &[matched(0, 1, own())], &["(sputnik)>b X"]);
}

#[test]
fn a_credited_wire_whose_item_comes_later_explains_by_its_outlet() {
    let mut articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("t", "tass", 120)];
    for copy in &mut articles[..2] {
        copy.citations = vec![cites("tass", Credit)];
    }
    let all = [matched(0, 1, own()), matched(0, 2, own()), matched(1, 2, own())];
    check(&articles, &all, &["a>t E5", "(tass)>b X"]);
}

#[test]
fn a_wire_item_too_close_in_time_is_named_by_its_outlet() {
    let articles = [article("a", "rt", 0), article("t", "tass", 59), article("b", "cgtn", 60)];
    check(&articles, &[matched(0, 2, vec![wire(0..1700, 1)])], &["(tass)>b X"]);
}

#[test]
fn own_text_beside_a_credited_wires_has_no_direction() {
    let mut articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    articles[2].citations = vec![cites("tass", Credit)];
    let copy = || vec![wire(0..1000, 0)];
    let all = |more| {
        let mut mixed = copy();
        mixed.push(more);
        [matched(0, 1, copy()), matched(0, 2, copy()), matched(1, 2, mixed)]
    };
    let expected = ["t>a E3", "t>b E1", "a>b E5"];
    check(&articles, &all(passage(1100..1900, Own)), &expected);
    // Called a wire's because of the credit, but the wire's item does not have it.
    check(&articles, &all(passage(1100..1900, PassageKind::Wire)), &expected);
}
