//! Who held the text first.

use super::*;

#[test]
fn boilerplate_alone_gives_nothing() {
    let mut m = matched(0, 1, vec![passage(0..99, Boilerplate)]);
    m.overlaps.clear();
    check(&pair(), &[m], &[]);
}

#[test]
fn only_the_earliest_holder_gets_the_edge() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("c", "gt", 120)];
    let all = [matched(0, 1, own()), matched(0, 2, own()), matched(1, 2, own())];
    check(&articles, &all, &["a>b E3", "a>c E3"]);
    // Less than half of the passage is held earlier: the later holder keeps its edge.
    let part = matched(0, 2, vec![passage(0..800, Own)]);
    check(
        &articles,
        &[matched(0, 1, own()), part, matched(1, 2, own())],
        &["a>b E3", "a>c E3", "b>c E3"],
    );
}

#[test]
fn of_an_article_that_is_taken_whole_a_prior_holder_has_nearly_all() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("c", "gt", 120)];
    let both = |in_a, in_b| {
        [matched(0, 2, vec![passage(in_a, Own)]), matched(1, 2, vec![passage(in_b, Own)])]
    };
    // What `b` added to the words of `a` is in `c` too.
    check(&articles, &both(0..1300, 0..2000), &["a>c E3", "b>c E3"]);
    check(&articles, &both(0..1700, 0..2000), &["a>c E3"]);
    // A part of `b` is explained by who held most of it.
    check(&articles, &both(0..1300, 0..1550), &["a>c E3"]);
}

#[test]
fn a_tie_of_holders_goes_to_the_first_and_is_listed() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 1), article("c", "gt", 120)];
    let all = [matched(0, 1, own()), matched(0, 2, own()), matched(1, 2, own())];
    check(&articles, &all, &["a>b E5", "a>c E3"]);
    let edges = run(&articles, &all).edges;
    assert!(edges[1].evidence.contains(&Evidence::Passage { matched: 2, passage: 0 }));
    // The first holder is too close to the receiver to be called earlier: as if it were not there.
    let articles = [article("a", "rt", 0), article("b", "cgtn", 1), article("c", "gt", 2)];
    check(&articles, &all, &["a>b E5", "a>c E5", "b>c E5"]);
}

#[test]
fn an_undated_earlier_holder_leaves_the_direction_open() {
    let articles = [day("a", "rt", 0), article("b", "cgtn", 60), article("c", "gt", 120)];
    let all = [matched(0, 1, own()), matched(0, 2, own()), matched(1, 2, own())];
    check(&articles, &all, &["a>b E5", "a>c E5", "b>c E5"]);
}

#[test]
fn text_that_comes_home_is_no_copy() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("c", "rt", 120)];
    check(&articles, &[matched(0, 1, own()), matched(1, 2, own())], &["a>b E3"]);
}

#[test]
fn of_one_outlets_items_the_one_that_shares_most_is_the_source() {
    let longer = || vec![passage(0..1800, Own)];
    let mut articles = [article("a", "rt", 0), article("a2", "rt", 60), article("b", "cgtn", 120)];
    let all = [matched(0, 2, own()), matched(1, 2, longer())];
    check(&articles, &all, &["a2>b E3"]);
    // Equal shares: the nearest.
    check(&articles, &[matched(0, 2, own()), matched(1, 2, own())], &["a2>b E3"]);
    // The better item has no usable time.
    articles[1].version = 2;
    check(&articles, &all, &["a>b E3"]);
    // Another outlet had as much before.
    let articles = [
        article("a", "rt", 0),
        article("c", "gt", 30),
        article("a2", "rt", 60),
        article("b", "cgtn", 120),
    ];
    let all = [
        matched(0, 1, own()),
        matched(0, 3, own()),
        matched(1, 3, longer()),
        matched(2, 3, longer()),
    ];
    check(&articles, &all, &["a>c E3", "a>b E3"]);
}

#[test]
fn equal_headlines_count_only_where_they_are_the_whole_text() {
    let mut articles = pair();
    for article in &mut articles {
        article.title = "Grain deal holds, ministers say".into();
    }
    let mut m = matched(0, 1, vec![]);
    (m.title_similarity, m.relation) = (1.0, Relation::Verbatim);
    m.overlaps.clear();
    check(&articles, std::slice::from_ref(&m), &[]);
    articles[0].text = "Grain deal holds, ministers say".into();
    articles[1].text = "Grain Deal Holds, Ministers Say.".into();
    check(&articles, &[m], &["a>b E3"]);
}
