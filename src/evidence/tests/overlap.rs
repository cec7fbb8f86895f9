//! Narrative overlap without shared text, and the verdict on two outlets.

use super::*;

#[test]
fn narrative_overlap_is_one_e5_for_each_outlet() {
    let articles = [
        article("a", "rt", 0),
        article("a2", "rt", 30),
        article("c", "gt", 40),
        article("b", "cgtn", 60),
    ];
    let all = [matched(0, 3, vec![]), matched(1, 3, vec![]), matched(2, 3, vec![])];
    check(&articles, &all, &["a>b E5", "c>b E5"]);
    let reuse = [matched(0, 3, vec![]), matched(1, 3, own())];
    check(&articles, &reuse, &["a2>b E3"]);
}

#[test]
fn overlap_outside_one_narrative_is_no_edge() {
    let found = run_with(&pair(), &[matched(0, 1, vec![])], &[], &[]);
    assert_eq!(found.edges, []);
}

#[test]
fn e4_needs_a_pair_above_chance_and_a_resolved_lag() {
    let pairs = |verdict| {
        let (outlet_a, outlet_b) = ("cgtn".into(), "rt".into());
        [OutletPair { outlet_a, outlet_b, verdict, ..OutletPair::default() }]
    };
    let grade = |minutes, passages, verdict| {
        let articles = [article("a", "rt", 0), article("b", "cgtn", minutes)];
        let matches = [matched(0, 1, passages)];
        let found = run_with(&articles, &matches, &[narrative(&[0, 1])], &pairs(verdict));
        found.edges[0].grade
    };
    assert_eq!(grade(60, vec![], Verdict::MoreThanChance), Grade::E4);
    assert_eq!(grade(60, vec![], Verdict::NotDistinguishable), Grade::E5);
    assert_eq!(grade(60, vec![], Verdict::NoBaseline), Grade::E5);
    assert_eq!(grade(2, vec![], Verdict::MoreThanChance), Grade::E5);
    assert_eq!(grade(2, own(), Verdict::MoreThanChance), Grade::E5);
    assert_eq!(grade(60, own(), Verdict::MoreThanChance), Grade::E3);

    // Only from the earliest, and only into an outlet's first article of the narrative.
    let articles = [
        article("a", "rt", 0),
        article("c", "gt", 20),
        article("b", "cgtn", 60),
        article("b2", "cgtn", 90),
    ];
    let all = [matched(0, 2, vec![]), matched(1, 2, vec![]), matched(0, 3, vec![])];
    let grades = |articles: &[Annotated], all: &[Match]| {
        let narratives = [narrative(&[0, 1, 2, 3])];
        let found = run_with(articles, all, &narratives, &pairs(Verdict::MoreThanChance));
        names(&found, articles)
    };
    assert_eq!(grades(&articles, &all), ["a>b E4", "a>b2 E5", "c>b E5"]);
    // The outlet's earlier article is known to the day only: it may have been first.
    let mut undated = articles.clone();
    undated[1] = day("b0", "cgtn", 20);
    assert_eq!(grades(&undated, &all[..1]), ["a>b E5"]);
}

#[test]
fn e4_needs_one_event_within_a_day() {
    let (outlet_a, outlet_b) = ("cgtn".into(), "rt".into());
    let verdict = Verdict::MoreThanChance;
    let above = [OutletPair { outlet_a, outlet_b, verdict, ..OutletPair::default() }];
    let grade = |hours: i64, cosine, headlines| {
        let articles = [article("a", "rt", 0), article("b", "cgtn", 60 * hours)];
        let mut m = matched(0, 1, vec![]);
        m.overlaps[0].cosine = cosine;
        m.title_similarity = headlines;
        let found = run_with(&articles, &[m], &[narrative(&[0, 1])], &above);
        found.edges[0].grade
    };
    assert_eq!(grade(24, 0.35, 0.0), Grade::E4);
    assert_eq!(grade(24, 0.22, 0.2), Grade::E4);
    // The same affair, in other words and under another headline; and two days of it.
    assert_eq!(grade(24, 0.22, 0.1), Grade::E5);
    assert_eq!(grade(25, 0.6, 0.5), Grade::E5);
    // Across languages the relation says that it is one event.
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60)];
    let found = run_with(&articles, &[across::event(0, 1)], &[narrative(&[0, 1])], &above);
    assert_eq!(found.edges[0].grade, Grade::E4);
}

#[test]
fn matches_that_do_not_fit_are_left_out() {
    let found = run(&pair(), &[matched(0, 9, own()), matched(1, 0, own()), matched(1, 1, own())]);
    assert_eq!(found.edges, []);
}
