//! Each grade and each border, on worlds of a few articles. An edge is written `from>to grade`.

use super::testing::{article, at, cites, day, link, matched, narrative, outlet, passage, wire};
use super::*;
use crate::model::CitationKind::{Byline, Credit, Dateline, Mention, Text};
use crate::model::PassageKind::{Boilerplate, Own, Quoted};
use crate::model::{OutletPair, Relation, Role};

fn registry() -> Registry {
    let mut tass = outlet("tass", "RU");
    tass.role = Role::Wire;
    Registry::new([
        outlet("rt", "RU"),
        outlet("sputnik", "RU"),
        outlet("cgtn", "CN"),
        outlet("gt", "CN"),
        tass,
    ])
}

fn run(articles: &[Article], matches: &[Match]) -> Amplification {
    let all: Vec<usize> = (0..articles.len()).collect();
    let config = AmplificationConfig::default();
    trace(articles, &registry(), matches, &[narrative(&all)], &config)
}

fn names(amplification: &Amplification, articles: &[Article]) -> Vec<String> {
    amplification
        .edges
        .iter()
        .map(|edge| {
            let from = match &edge.from {
                Origin::Article(index) => articles[*index].id.clone(),
                Origin::Outlet(outlet) => format!("({outlet})"),
                Origin::Statement => "(statement)".into(),
            };
            format!("{from}>{} {}", articles[edge.to].id, edge.grade.as_str())
        })
        .collect()
}

fn check(articles: &[Article], matches: &[Match], expected: &[&str]) {
    let amplification = run(articles, matches);
    assert_eq!(names(&amplification, articles), expected);
    assert!(amplification.edges.iter().all(|e| !e.evidence.is_empty()));
}

fn pair() -> [Article; 2] {
    [article("a", "rt", 0), article("b", "cgtn", 60)]
}

fn own() -> Vec<crate::model::Passage> {
    vec![passage(0..500, Own)]
}

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
        check(&[a.clone(), b.clone()], &[matched(0, 1, vec![passage(0..99, Quoted)])], &["a>b E1"]);
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
    let part = matched(0, 2, vec![passage(0..250, Own)]);
    check(
        &articles,
        &[matched(0, 1, own()), part, matched(1, 2, own())],
        &["a>b E3", "a>c E3", "b>c E3"],
    );
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

#[test]
fn text_that_comes_home_is_no_copy() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("c", "rt", 120)];
    check(&articles, &[matched(0, 1, own()), matched(1, 2, own())], &["a>b E3"]);
}

#[test]
fn a_wire_is_a_source_like_any_other_and_explains_the_pair() {
    let articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    let copy = || vec![wire(0..500, 0)];
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
    let foreign = || vec![passage(0..500, crate::model::PassageKind::Wire)];
    b.citations = vec![cites("tass", Dateline)];
    check(&[a.clone(), b.clone()], &[matched(0, 1, foreign())], &["(tass)>b X"]);
    // Also where the passage was taken for the outlet's own.
    check(&[a, b], &[matched(0, 1, own())], &["(tass)>b X"]);
    let [mut a, b] = pair();
    a.citations = vec![cites("sputnik", Byline)];
    check(&[a, b], &[matched(0, 1, own())], &["(sputnik)>b X"]);
}

#[test]
fn a_citation_explains_a_wires_text_unless_the_wire_is_named() {
    let mut articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    let copy = || vec![wire(0..500, 0)];
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
    let both = vec![passage(0..99, Quoted), passage(200..700, Own)];
    let all = [matched(0, 2, quote.clone()), matched(1, 2, both)];
    check(&articles, &all, &["a2>b E1", "(statement)>b X"]);
    check(&articles, &all[..1], &["a>b E1"]);
}

#[test]
fn of_one_outlets_items_the_one_that_shares_most_is_the_source() {
    let longer = || vec![crate::model::Passage { words: 60, ..passage(0..520, Own) }];
    let mut articles = [article("a", "rt", 0), article("a2", "rt", 60), article("b", "cgtn", 120)];
    let all = [matched(0, 2, own()), matched(1, 2, longer())];
    check(&articles, &all, &["a2>b E3"]);
    // Equal shares: the earliest.
    check(&articles, &[matched(0, 2, own()), matched(1, 2, own())], &["a>b E3"]);
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
    check(&articles, &[matched(0, 2, vec![wire(0..500, 1)])], &["(tass)>b X"]);
}

#[test]
fn own_passages_decide_a_mixed_match() {
    let mut articles = [article("t", "tass", 0), article("a", "rt", 60), article("b", "cgtn", 120)];
    articles[2].citations = vec![cites("tass", Credit)];
    let mixed = vec![wire(0..500, 0), passage(600..900, Own)];
    let all = |mixed| {
        [
            matched(0, 1, vec![wire(0..500, 0)]),
            matched(0, 2, vec![wire(0..500, 0)]),
            matched(1, 2, mixed),
        ]
    };
    check(&articles, &all(mixed), &["t>a E3", "t>b E1", "a>b E3"]);
    // Called a wire's because of the credit, but the wire's item does not have it.
    let credited = passage(600..900, crate::model::PassageKind::Wire);
    let mixed = vec![wire(0..500, 0), credited];
    check(&articles, &all(mixed), &["t>a E3", "t>b E1", "a>b E3"]);
}

#[test]
fn a_credit_names_the_first_item_of_the_outlet() {
    let mut articles = [article("a", "rt", 0), article("a2", "rt", 30), article("b", "cgtn", 60)];
    articles[2].citations = vec![cites("rt", Credit)];
    let all = [matched(0, 2, own()), matched(1, 2, own())];
    check(&articles, &all, &["a>b E1"]);
    let more = vec![passage(0..500, Own), passage(600..900, Own)];
    check(&articles, &[matched(0, 2, own()), matched(1, 2, more)], &["a>b E1", "a2>b E1"]);
}

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
    let config = AmplificationConfig::default();
    let found = trace(&pair(), &registry(), &[matched(0, 1, vec![])], &[], &config);
    assert_eq!(found.edges, []);
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

#[test]
fn promotion_needs_a_significant_pair_and_a_resolved_lag() {
    let significance = |verdict| Significance {
        pairs: vec![OutletPair {
            outlet_a: "cgtn".into(),
            outlet_b: "rt".into(),
            verdict,
            ..OutletPair::default()
        }],
        ..Significance::default()
    };
    let grade = |minutes, passages, verdict| {
        let articles = [article("a", "rt", 0), article("b", "cgtn", minutes)];
        let mut found = run(&articles, &[matched(0, 1, passages)]);
        promote(&mut found, &articles, &[narrative(&[0, 1])], &significance(verdict));
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
    let grades = |articles: &[Article], all: &[Match]| {
        let mut found = run(articles, all);
        let narratives = [narrative(&[0, 1, 2, 3])];
        promote(&mut found, articles, &narratives, &significance(Verdict::MoreThanChance));
        names(&found, articles)
    };
    assert_eq!(grades(&articles, &all), ["a>b E4", "a>b2 E5", "c>b E5"]);
    // The outlet's earlier article is known to the day only: it may have been first.
    let mut undated = articles.clone();
    undated[1] = day("b0", "cgtn", 20);
    assert_eq!(grades(&undated, &all[..1]), ["a>b E5"]);
}

#[test]
fn a_chain_follows_the_best_parent() {
    let mut articles = [
        article("t", "tass", 0),
        article("a", "rt", 60),
        article("b", "cgtn", 120),
        article("c", "gt", 180),
    ];
    articles[2].citations = vec![cites("rt", Text)];
    articles[3].links = vec![link("https://cgtn.example/b")];
    let all = [
        matched(0, 1, own()),
        matched(0, 2, own()),
        matched(1, 2, own()),
        matched(0, 3, own()),
        matched(2, 3, own()),
    ];
    check(&articles, &all, &["t>a E3", "t>b E3", "t>c E3", "a>b E2", "b>c E1"]);
    let found = run(&articles, &all);
    assert_eq!(found.chains.len(), 1);
    let chain = &found.chains[0];
    assert_eq!(chain.outlets, ["tass", "rt", "cgtn", "gt"]);
    assert_eq!(chain.states, ["RU", "CN"]);
    assert_eq!((chain.depth, chain.weakest, chain.narrative), (3, Grade::E3, Some(0)));
    assert!((chain.lag_minutes - 180.0).abs() < 1e-9);
}

#[test]
fn equal_grades_take_the_nearest_parent_and_one_edge_is_no_chain() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("c", "gt", 120)];
    let parts = vec![passage(0..500, Own), passage(600..900, Own)];
    let all = [matched(0, 1, own()), matched(0, 2, own()), matched(1, 2, parts)];
    let found = run(&articles, &all);
    assert_eq!(names(&found, &articles), ["a>b E3", "a>c E3", "b>c E3"]);
    assert_eq!(found.chains.len(), 1);
    assert_eq!(found.chains[0].outlets, ["rt", "cgtn", "gt"]);
    assert!(run(&articles[..2], &all[..1]).chains.is_empty());
}

#[test]
fn matches_that_do_not_fit_are_left_out() {
    let found = run(&pair(), &[matched(0, 9, own()), matched(1, 0, own()), matched(1, 1, own())]);
    assert_eq!(found.edges, []);
}

proptest::proptest! {
    #[test]
    fn chains_are_paths_of_a_forest(
        times in proptest::collection::vec((0usize..4, 0i64..300), 2..14),
        pairs in proptest::collection::vec((0usize..14, 0usize..14, 0usize..3), 0..40),
    ) {
        let mut times = times;
        times.sort_by_key(|&(_, minute)| minute);
        let outlets = ["rt", "cgtn", "gt", "tass"];
        let mut articles: Vec<Article> = times
            .iter()
            .enumerate()
            .map(|(i, &(outlet, minute))| article(&format!("a{i:02}"), outlets[outlet], minute))
            .collect();
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for &(a, b, stated) in &pairs {
            let (a, b) = (a.min(b), a.max(b));
            if b < articles.len() && articles[a].outlet != articles[b].outlet && seen.insert((a, b)) {
                let from = a * 100;
                all.push(matched(a, b, vec![passage(from..from + 300, Own)]));
                if stated == 0 {
                    let source = articles[a].outlet.clone();
                    articles[b].citations.push(cites(&source, Text));
                }
            }
        }
        all.sort_by_key(|m| (m.earlier, m.later));
        let found = run(&articles, &all);
        for chain in &found.chains {
            let edges: Vec<&crate::model::Edge> =
                chain.edges.iter().map(|&e| &found.edges[e]).collect();
            assert!(edges.len() >= 2 && edges.len() == chain.depth);
            assert_eq!(chain.outlets.len(), chain.depth + 1);
            for pair in edges.windows(2) {
                assert_eq!(pair[1].from, Origin::Article(pair[0].to), "a path");
            }
            for edge in &edges {
                assert!(edge.grade.is_directed() && edge.grade <= chain.weakest);
                assert!(matches!(edge.from, Origin::Article(from) if from < edge.to), "no cycle");
            }
            let sum: f64 = edges.iter().filter_map(|e| e.lag_minutes).sum();
            assert!((sum - chain.lag_minutes).abs() < 1e-9);
        }
        // One parent an article over all chains: what is left is a forest, without transitive edges.
        let mut parents = BTreeMap::new();
        for &edge in found.chains.iter().flat_map(|chain| &chain.edges) {
            let to = found.edges[edge].to;
            assert_eq!(*parents.entry(to).or_insert(edge), edge, "one parent");
        }
        // Exactly one edge for each start and receiver.
        let ends: BTreeSet<_> = found.edges.iter().map(|e| (e.from.clone(), e.to)).collect();
        assert_eq!(ends.len(), found.edges.len());
    }
}

/// A world of a few articles, the rows of the table that it is on the border of, and the edges.
struct Border {
    name: &'static str,
    rows: &'static [u8],
    articles: Vec<Article>,
    matches: Vec<Match>,
    edges: &'static [&'static str],
}

fn two(first: Article, second: Article) -> Vec<Article> {
    vec![first, second]
}

fn citing(mut article: Article, outlet: &str, kind: crate::model::CitationKind) -> Article {
    article.citations.push(cites(outlet, kind));
    article
}

fn edited(mut article: Article, seen: Option<i64>) -> Article {
    article.version = 2;
    article.first_seen = seen.map(at);
    article
}

fn linking(mut article: Article, url: &str) -> Article {
    article.links.push(link(url));
    article
}

/// Each border of the rules. Both clocks here are known to the minute: their errors sum to two minutes.
#[expect(clippy::too_many_lines, reason = "one entry a border")]
fn borders() -> Vec<Border> {
    let a = || article("a", "rt", 0);
    let b = |minutes| article("b", "cgtn", minutes);
    let of = |name, rows, articles, edges| Border {
        name,
        rows,
        articles,
        matches: vec![matched(0, 1, own())],
        edges,
    };
    let three = |name, rows, articles: Vec<Article>, edges| Border {
        name,
        rows,
        articles,
        matches: vec![matched(0, 1, own()), matched(0, 2, own()), matched(1, 2, own())],
        edges,
    };
    let quote = || vec![matched(0, 1, vec![passage(0..99, Quoted)])];
    let home = |minutes| linking(b(minutes), "https://rt.example/a");
    vec![
        // Clock error, for each way to a direction.
        of("clock error just under, text", &[8], two(a(), b(1)), &["a>b E5"]),
        of("clock error exactly at, text", &[8], two(a(), b(2)), &["a>b E5"]),
        of("clock error just over, text", &[7], two(a(), b(3)), &["a>b E3"]),
        of("clock error exactly at, link", &[8], two(a(), home(2)), &["a>b E5"]),
        of("clock error just over, link", &[1], two(a(), home(3)), &["a>b E1"]),
        of(
            "clock error exactly at, credit",
            &[8],
            two(a(), citing(b(2), "rt", Credit)),
            &["a>b E5"],
        ),
        of(
            "clock error just over, credit",
            &[2],
            two(a(), citing(b(3), "rt", Credit)),
            &["a>b E1"],
        ),
        of(
            "clock error exactly at, citation",
            &[8],
            two(a(), citing(b(2), "rt", Text)),
            &["a>b E5"],
        ),
        of(
            "clock error just over, citation",
            &[3],
            two(a(), citing(b(3), "rt", Text)),
            &["a>b E2"],
        ),
        // Ties, days, missing dates.
        of("tie", &[8], two(a(), b(0)), &[]),
        of("tie with a credit", &[8], two(a(), citing(b(0), "rt", Credit)), &[]),
        of("day only, earlier article", &[8], two(day("a", "rt", 0), b(3000)), &["a>b E5"]),
        of("day only, later article", &[8], two(a(), day("b", "cgtn", 3)), &["a>b E5"]),
        of("day only with a link", &[8], two(day("a", "rt", 0), home(3000)), &["a>b E5"]),
        of(
            "missing date",
            &[8],
            two(Article { published: None, first_seen: Some(at(0)), ..a() }, b(3000)),
            &["a>b E5"],
        ),
        of(
            "missing date with a citation",
            &[8],
            two(
                Article { published: None, first_seen: Some(at(0)), ..a() },
                citing(b(3000), "rt", Text),
            ),
            &["a>b E5"],
        ),
        // Holders.
        three(
            "third earlier holder",
            &[5, 7],
            vec![a(), b(60), article("c", "gt", 120)],
            &["a>b E3", "a>c E3"],
        ),
        three(
            "third earlier holder, and a credit of the other",
            &[2, 7],
            vec![a(), b(60), citing(article("c", "gt", 120), "cgtn", Credit)],
            &["a>b E3", "a>c E3", "b>c E1"],
        ),
        three(
            "citation of an outlet other than the earliest holder",
            &[3, 7],
            vec![a(), b(60), citing(article("c", "gt", 120), "cgtn", Text)],
            &["a>b E3", "a>c E3", "b>c E2"],
        ),
        three(
            "third holder with a day only",
            &[8],
            vec![day("a", "rt", 0), b(60), article("c", "gt", 120)],
            &["a>b E5", "a>c E5", "b>c E5"],
        ),
        // One series.
        three(
            "self-citation",
            &[7],
            vec![a(), citing(b(60), "cgtn", Credit), article("c", "gt", 120)],
            &["a>b E3", "a>c E3"],
        ),
        of(
            "an edition of one series",
            &[],
            two(
                Article { edition: "rt-en".into(), ..a() },
                Article { edition: "rt-es".into(), ..article("b", "rt", 60) },
            ),
            &[],
        ),
        Border {
            name: "a mirror carries it on: text comes home",
            rows: &[5],
            articles: vec![
                a(),
                b(60),
                Article { edition: "rt-in".into(), ..article("c", "rt", 120) },
            ],
            matches: vec![matched(0, 1, own()), matched(1, 2, own())],
            edges: &["a>b E3"],
        },
        // Edited articles.
        of(
            "edited after the copy, when is unknown",
            &[8],
            two(edited(a(), None), b(60)),
            &["a>b E5"],
        ),
        of(
            "edited just within the clock error",
            &[8],
            two(edited(a(), Some(59)), b(60)),
            &["a>b E5"],
        ),
        of("edited and seen before the copy", &[7], two(edited(a(), Some(50)), b(60)), &["a>b E3"]),
        of("edited after the copy", &[8], two(edited(a(), Some(90)), b(60)), &["a>b E5"]),
        of(
            "edited after the copy, which cites it",
            &[3],
            two(edited(a(), Some(90)), citing(b(60), "rt", Text)),
            &["a>b E2"],
        ),
        // Wires.
        of(
            "credit of a wire that is not archived",
            &[6],
            two(a(), citing(b(60), "tass", Credit)),
            &["(tass)>b X"],
        ),
        of(
            "dateline of a wire in the earlier article",
            &[6],
            two(citing(a(), "tass", Dateline), b(60)),
            &["(tass)>b X"],
        ),
        Border {
            name: "credit of a wire whose item is archived",
            rows: &[2, 4],
            articles: vec![
                article("t", "tass", 0),
                article("a", "rt", 60),
                citing(b(120), "tass", Credit),
            ],
            matches: vec![
                matched(0, 1, vec![wire(0..500, 0)]),
                matched(0, 2, vec![wire(0..500, 0)]),
                matched(1, 2, vec![wire(0..500, 0)]),
            ],
            edges: &["t>a E3", "t>b E1"],
        },
        Border {
            name: "a quotation alone",
            rows: &[4],
            articles: two(a(), b(60)),
            matches: quote(),
            edges: &["(statement)>b X"],
        },
        // The words claim the other direction.
        of("the earlier cites the later", &[8], two(citing(a(), "cgtn", Text), b(60)), &["a>b E5"]),
        of("a mention is no citation", &[7], two(a(), citing(b(60), "rt", Mention)), &["a>b E3"]),
        Border {
            name: "overlap alone",
            rows: &[9],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![])],
            edges: &["a>b E5"],
        },
    ]
}

#[test]
fn each_border_of_the_rules() {
    for border in borders() {
        let amplification = run(&border.articles, &border.matches);
        assert_eq!(names(&amplification, &border.articles), border.edges, "{}", border.name);
    }
}

#[test]
fn each_row_of_the_rules_has_a_border() {
    let tested: BTreeSet<u8> = borders().iter().flat_map(|border| border.rows).copied().collect();
    for row in rules::ROWS {
        assert!(tested.contains(&row.number), "row {} has no border", row.number);
    }
    let named: BTreeSet<&str> = borders().iter().map(|border| border.name).collect();
    assert_eq!(named.len(), borders().len());
}
