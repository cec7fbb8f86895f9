//! A case on either side of each border of the rules.

use std::collections::BTreeSet;

use super::*;

/// A world of a few articles, the rows of the table that it is on the border of, and the edges.
struct Border {
    name: &'static str,
    rows: &'static [u8],
    articles: Vec<Annotated>,
    matches: Vec<Match>,
    edges: &'static [&'static str],
}

fn two(first: Annotated, second: Annotated) -> Vec<Annotated> {
    vec![first, second]
}

fn titled(mut article: Annotated, title: &str) -> Annotated {
    article.title = title.into();
    article
}

fn citing(mut article: Annotated, outlet: &str, kind: CitationKind) -> Annotated {
    article.citations.push(cites(outlet, kind));
    article
}

fn edited(mut article: Annotated, seen: Option<i64>) -> Annotated {
    article.version = 2;
    article.first_seen = seen.map(at);
    article
}

fn seen_only(mut article: Annotated, seen: chrono::DateTime<chrono::Utc>) -> Annotated {
    (article.published, article.first_seen) = (None, Some(seen));
    article
}

fn of_edition(edition: &str, mut article: Annotated) -> Annotated {
    article.edition = edition.into();
    article
}

fn linking(mut article: Annotated, url: &str) -> Annotated {
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
    let three = |name, rows, articles: Vec<Annotated>, edges| Border {
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
        of("missing date", &[8], two(seen_only(a(), at(0)), b(3000)), &["a>b E5"]),
        of(
            "missing date with a citation",
            &[8],
            two(seen_only(a(), at(0)), citing(b(3000), "rt", Text)),
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
            &[2, 7, 8],
            vec![a(), b(60), citing(article("c", "gt", 120), "cgtn", Credit)],
            &["a>b E3", "a>c E5", "b>c E1"],
        ),
        three(
            "citation of an outlet other than the earliest holder",
            &[3, 7, 8],
            vec![a(), b(60), citing(article("c", "gt", 120), "cgtn", Text)],
            &["a>b E3", "a>c E5", "b>c E2"],
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
            two(of_edition("rt-en", a()), of_edition("rt-es", article("b", "rt", 60))),
            &[],
        ),
        Border {
            name: "a mirror carries it on: text comes home",
            rows: &[5],
            articles: vec![a(), b(60), of_edition("rt-in", article("c", "rt", 120))],
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
                matched(0, 1, vec![wire(0..1700, 0)]),
                matched(0, 2, vec![wire(0..1700, 0)]),
                matched(1, 2, vec![wire(0..1700, 0)]),
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
        // How much, and whose.
        Border {
            name: "narration just enough",
            rows: &[7],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![passage(0..500, Own)])],
            edges: &["a>b E3"],
        },
        Border {
            name: "narration just too little",
            rows: &[8],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![passage(0..495, Own)])],
            edges: &["a>b E5"],
        },
        Border {
            name: "narration from the middle, less than half of the text",
            rows: &[8],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![passage(600..1400, Own)])],
            edges: &["a>b E5"],
        },
        Border {
            name: "narration from the middle, half of the text",
            rows: &[7],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![passage(600..1600, Own)])],
            edges: &["a>b E3"],
        },
        Border {
            name: "narration behind a lead of its own",
            rows: &[7],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![passage(150..800, Own)])],
            edges: &["a>b E3"],
        },
        Border {
            name: "a wire's item just enough",
            rows: &[7],
            articles: two(article("t", "tass", 0), b(60)),
            matches: vec![matched(0, 1, vec![passage(0..200, Own)])],
            edges: &["t>b E3"],
        },
        Border {
            name: "a wire's item just too little",
            rows: &[8],
            articles: two(article("t", "tass", 0), b(60)),
            matches: vec![matched(0, 1, vec![passage(0..195, Own)])],
            edges: &["t>b E5"],
        },
        of("one state", &[8], two(a(), article("b", "sputnik", 60)), &["a>b E5"]),
        of(
            "one state, and a credit",
            &[2],
            two(a(), citing(article("b", "sputnik", 60), "rt", Credit)),
            &["a>b E1"],
        ),
        of(
            "an official document",
            &[8],
            two(titled(a(), "Joint statement on the ferry"), b(60)),
            &["a>b E5"],
        ),
        // The words claim the other direction.
        of("the earlier cites the later", &[8], two(citing(a(), "cgtn", Text), b(60)), &["a>b E5"]),
        of("a mention is no citation", &[7], two(a(), citing(b(60), "rt", Mention)), &["a>b E3"]),
        Border {
            name: "two languages, and an agency",
            rows: &[9],
            articles: two(a(), citing(b(60), "tass", Credit)),
            matches: vec![across::event(0, 1)],
            edges: &["(tass)>b X"],
        },
        Border {
            name: "overlap alone",
            rows: &[10],
            articles: two(a(), b(60)),
            matches: vec![matched(0, 1, vec![])],
            edges: &["a>b E5"],
        },
    ]
}

#[test]
fn each_border_of_the_rules() {
    for border in borders() {
        let diffusion = run(&border.articles, &border.matches);
        assert_eq!(names(&diffusion, &border.articles), border.edges, "{}", border.name);
    }
}

#[test]
fn each_row_of_the_rules_has_a_border() {
    let tested: BTreeSet<u8> = borders().iter().flat_map(|border| border.rows).copied().collect();
    for row in rules::RULES {
        assert!(tested.contains(&row.number), "row {} has no border", row.number);
    }
    let named: BTreeSet<&str> = borders().iter().map(|border| border.name).collect();
    assert_eq!(named.len(), borders().len());
}
