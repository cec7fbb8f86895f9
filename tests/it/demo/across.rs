//! Pairs in two languages, and what is told of the outlets themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{Pair, demo, pair};

#[test]
fn what_is_told_in_two_languages_is_found_by_what_both_name() {
    let demo = demo();
    let mut planted: BTreeMap<Pair, _> =
        demo.plot.across.iter().map(|a| (pair(&a.from, &a.to), a)).collect();
    for row in demo.matches.iter().filter(|row| !row.get("score").is_empty()) {
        let ends = demo.ends(row);
        let across = planted.remove(&ends).unwrap_or_else(|| panic!("{ends:?} tell two things"));
        assert_eq!(row.get("relation"), "event", "{}", across.id);
        for anchor in &across.anchors {
            assert!(row.get("anchors").contains(anchor), "{}: {anchor}", across.id);
        }
        let edges: Vec<(&str, &str, &str)> = demo
            .edges_between(&ends)
            .iter()
            .map(|edge| (demo.url(edge, "from"), demo.url(edge, "to"), edge.get("grade")))
            .collect();
        let expected = (across.from.as_str(), across.to.as_str(), across.grade.as_str());
        assert_eq!(edges, [expected], "{}", across.id);
        // Nobody else is named for the source of either.
        let ends = [across.from.as_str(), across.to.as_str()];
        let explained = demo
            .edges
            .iter()
            .find(|edge| edge.get("grade") == "X" && ends.contains(&demo.url(edge, "to")));
        assert_eq!(explained, None, "{}", across.id);
    }
    let missing: Vec<&str> = planted.values().map(|a| a.id.as_str()).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_leaders_name_alone_is_no_event() {
    let demo = demo();
    for apart in &demo.plot.apart {
        let event = demo.plot.event.iter().find(|event| event.id == apart.others).unwrap();
        assert!(!event.articles.is_empty() && !apart.names.is_empty(), "{}", apart.id);
        let matched = demo.matches.iter().find(|row| {
            ["article_a", "article_b"].iter().any(|end| demo.url(row, end) == apart.article)
        });
        assert_eq!(matched, None, "{}", apart.id);
    }
}

#[test]
fn an_agreement_stands_beside_the_edges_of_its_outlets() {
    let demo = demo();
    for agreement in &demo.plot.agreement {
        let between: Vec<_> = demo
            .edges
            .iter()
            .filter(|row| {
                let (from, to) = (row.get("outlet_from"), row.get("outlet_to"));
                pair(from, to) == pair(&agreement.outlets[0], &agreement.outlets[1])
            })
            .collect();
        assert!(!between.is_empty(), "{:?}", agreement.outlets);
        for row in between {
            let said = format!(
                "Known content agreement: an exchange of content was announced on {}",
                agreement.since
            );
            assert!(row.get("alternatives").contains(&said), "{}", row.get("alternatives"));
        }
    }
    let announced = |a: &str, b: &str| {
        let known = |x: &super::plot::Agreement| pair(&x.outlets[0], &x.outlets[1]) == pair(a, b);
        demo.plot.agreement.iter().any(known)
    };
    assert!(!announced("rt", "globaltimes"), "these have none");
    for row in &demo.edges {
        if pair(row.get("outlet_from"), row.get("outlet_to")) == pair("rt", "globaltimes") {
            assert!(!row.get("alternatives").contains("agreement"), "{row:?}");
        }
    }
}

#[test]
fn controls_are_in_the_languages_of_the_plot() {
    let demo = demo();
    for language in &demo.plot.language {
        let in_it = demo.articles.iter().filter(|row| row.get("language") == language.code);
        let controls: BTreeSet<&str> =
            in_it.filter(|row| row.get("role") == "control").map(|row| row.get("outlet")).collect();
        let planted: BTreeSet<&str> = language.controls.iter().map(String::as_str).collect();
        assert_eq!(controls, planted, "{}", language.code);
    }
}
