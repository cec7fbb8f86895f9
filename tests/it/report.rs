//! The report as a reader meets it: findings first, and a way from every figure to what stands behind it.

use std::collections::BTreeSet;
use std::fs;

use scraper::{ElementRef, Html, Selector};

use crate::support::{TestEnv, corpus};

/// The report of a small corpus with one directed edge.
fn report() -> Html {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["analyze", "--input", "c.jsonl", "--out", "out"], 0);
    Html::parse_document(&fs::read_to_string(env.path("out/report.html")).unwrap())
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn has_link(element: ElementRef) -> bool {
    element.select(&Selector::parse("a[href^='#']").unwrap()).next().is_some()
}

#[test]
fn the_first_section_has_findings_heat_map_timeline_and_caveats() {
    let page = report();
    let first = all(&page, "main > *")[0];
    assert_eq!(first.value().attr("id"), Some("brief"));
    for part in ["ol.lead > li > a", "table#heat", "figure.lead svg", "details#scope > summary"] {
        assert!(!all(&page, &format!("#brief {part}")).is_empty(), "{part}");
    }
    let finding = text(all(&page, "#brief ol.lead > li")[0]);
    assert!(finding.contains("CGTN") && finding.contains("RT"), "{finding}");
    let caveats = all(&page, "#scope")[0];
    assert!(caveats.value().attr("open").is_none(), "folded");
    assert!(text(caveats).contains("similarity is not coordination"));
}

#[test]
fn every_figure_leads_to_what_stands_behind_it() {
    let page = report();
    let ids: BTreeSet<&str> =
        all(&page, "[id]").into_iter().filter_map(|e| e.value().attr("id")).collect();
    for link in all(&page, "a[href^='#']") {
        let target = &link.value().attr("href").unwrap()[1..];
        assert!(ids.contains(target), "{target}");
    }
    for finding in all(&page, "#brief ol.lead > li, #findings .say") {
        assert!(has_link(finding), "{}", text(finding));
    }
    let cells = all(&page, "#heat tbody td");
    let counted = cells.iter().filter(|cell| !["", "0", "–"].contains(&text(**cell).as_str()));
    assert_eq!(counted.clone().count(), 2, "RT to CGTN and back");
    assert!(counted.clone().all(|cell| has_link(*cell)));
    let figures = Selector::parse("td.n").unwrap();
    let is_count = |cell: &ElementRef| {
        let figure = text(*cell);
        !figure.contains('%') && figure.starts_with(|c: char| ('1'..='9').contains(&c))
    };
    for row in all(&page, "#pairs tbody tr") {
        assert!(!row.select(&figures).any(|c| is_count(&c)) || has_link(row), "{}", text(row));
    }
    for count in all(&page, "#edges td.n") {
        assert!(text(count) == "0" || has_link(count), "{}", text(count));
    }
}

#[test]
fn a_target_inside_a_fold_opens_it_without_a_script() {
    // A browser opens the folds round what a link names, but not a fold that is named itself.
    let page = report();
    assert!(all(&page, "details[id]:not(#scope)").is_empty());
    let card = all(&page, "details .anchor")[0];
    assert!(card.value().attr("id").is_some());
}

#[test]
fn both_texts_stand_side_by_side() {
    let page = report();
    let sides = all(&page, "#edges .two .side");
    assert!(sides.len() >= 2);
    for side in &sides[..2] {
        assert!(text(*side).contains("Lamps burned along the breakwater"), "{}", text(*side));
        assert!(side.select(&Selector::parse("mark.own").unwrap()).next().is_some());
    }
}
