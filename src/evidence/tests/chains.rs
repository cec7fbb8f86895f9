//! Chains of directed edges.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

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
    assert_eq!(chain.states, ["RU", "CN", "IR"]);
    assert_eq!((chain.depth, chain.weakest, chain.narrative), (3, Grade::E3, Some(0)));
    assert!((chain.lag_minutes - 180.0).abs() < 1e-9);
}

#[test]
fn equal_grades_take_the_nearest_parent_and_one_edge_is_no_chain() {
    let articles = [article("a", "rt", 0), article("b", "cgtn", 60), article("c", "gt", 120)];
    let part = || vec![passage(0..1200, Own)];
    let more = vec![passage(0..1200, Own), passage(1250..1990, Own)];
    let all = [matched(0, 1, part()), matched(0, 2, part()), matched(1, 2, more)];
    let found = run(&articles, &all);
    assert_eq!(names(&found, &articles), ["a>b E3", "a>c E3", "b>c E3"]);
    assert_eq!(found.chains.len(), 1);
    assert_eq!(found.chains[0].outlets, ["rt", "cgtn", "gt"]);
    assert!(run(&articles[..2], &all[..1]).chains.is_empty());
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
        let mut articles: Vec<Annotated> = times
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
            let edges: Vec<&Edge> =
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
