//! Clocks: when two articles have an order.

use super::*;

#[test]
fn an_own_passage_is_e3_only_beyond_the_clock_error() {
    check(&pair(), &[matched(0, 1, own())], &["a>b E3"]);
    for (minutes, expected) in [(3, "a>b E3"), (2, "a>b E5"), (1, "a>b E5")] {
        let articles = [article("a", "rt", 0), article("b", "cgtn", minutes)];
        check(&articles, &[matched(0, 1, own())], &[expected]);
    }
}

#[test]
fn equal_times_give_no_edge_at_all() {
    check(&[article("a", "rt", 0), article("b", "cgtn", 0)], &[matched(0, 1, own())], &[]);
}

#[test]
fn a_day_or_a_first_sighting_gives_no_direction() {
    let late = article("b", "cgtn", 3000);
    check(&[day("a", "rt", 0), late.clone()], &[matched(0, 1, own())], &["a>b E5"]);
    let mut seen = article("a", "rt", 0);
    seen.published = None;
    seen.first_seen = Some(at(0));
    check(&[seen.clone(), late.clone()], &[matched(0, 1, own())], &["a>b E5"]);
    let mut credited = late;
    credited.citations = vec![cites("rt", Credit)];
    check(&[seen, credited], &[matched(0, 1, own())], &["a>b E5"]);
}

#[test]
fn an_edited_article_is_no_source_by_its_first_time() {
    let [mut a, mut b] = pair();
    a.version = 2;
    check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E5"]);
    a.first_seen = Some(at(10));
    check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E3"]);
    a.first_seen = None;
    b.citations = vec![cites("rt", Text)];
    check(&[a.clone(), b.clone()], &[matched(0, 1, own())], &["a>b E2"]);
    (a.version, b.version, b.citations) = (1, 2, vec![]);
    check(&[a, b], &[matched(0, 1, own())], &["a>b E3"]);
}
