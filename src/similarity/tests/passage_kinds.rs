//! What each passage is: quotations, wire copy, boilerplate, own text.

use super::*;

#[test]
fn a_quotation_in_both_is_quoted() {
    let quote = prose("q", 25);
    let text =
        |own: &str| format!("{} “{quote}” {}", prose(own, 60), prose(&format!("z{own}"), 60));
    let (a, b) = (article("alpha", "1", 0, &text("x")), article("beta", "2", 3, &text("y")));
    check(vec![a, b], Relation::Partial, &[PassageKind::Quoted]);
}

#[test]
fn attribution_inside_a_quotation_does_not_matter() {
    let (q, r) = (prose("q", 20), prose("r", 10));
    let text = |own: &str, says: &str| {
        format!("{} “{q},” {says}. “{r}” {}", prose(own, 60), prose(&format!("z{own}"), 60))
    };
    let a = article("alpha", "1", 0, &text("x", "the minister wrote on Thursday"));
    let b = article("beta", "2", 3, &text("y", "the minister wrote in a post on Thursday"));
    check(vec![a, b], Relation::Partial, &[PassageKind::Quoted]);
}

#[test]
fn a_quotation_in_one_only_is_own() {
    let quote = prose("q", 25);
    let a = article("alpha", "1", 0, &format!("{} {quote} {}", prose("x", 60), prose("v", 60)));
    let b = article("beta", "2", 3, &format!("{} “{quote}” {}", prose("y", 60), prose("w", 60)));
    check(vec![a, b], Relation::Partial, &[PassageKind::Own]);
}

/// Two articles of `around` words of their own before and after a sentence of `words` shared words.
fn reports(leads: [&str; 2], words: usize, around: usize) -> Vec<Article> {
    let text = |lead: &str, own: &str| {
        let after = prose(&format!("z{own}"), around);
        format!("{}. {lead} {}. {after}.", prose(own, around), prose("claim", words))
    };
    vec![
        article("alpha", "1", 0, &text(leads[0], "x")),
        article("beta", "2", 3, &text(leads[1], "y")),
    ]
}

#[test]
fn reported_speech_that_both_attribute_is_quoted() {
    let both = ["The mayor said", "On Monday the mayor announced that"];
    let found = run(reports(both, 20, 60), Relations::REUSE);
    let passage = &found[0].passages[0];
    assert_eq!(passage.kind, PassageKind::Quoted);
    assert_eq!(passage.why, Why::Attributed);
    // Too long for two reporters of one statement.
    check(reports(both, 70, 120), Relation::Partial, &[PassageKind::Own]);
    // One of them says it in its own voice.
    check(
        reports(["The mayor said", "It is certain"], 20, 60),
        Relation::Partial,
        &[PassageKind::Own],
    );
    // It is most of what they have.
    let found = run(reports(both, 40, 8), Relations::REUSE);
    assert_eq!(found[0].passages[0].kind, PassageKind::Own);
}

#[test]
fn each_passage_says_why_it_is_of_its_kind() {
    let own = run(
        vec![article("alpha", "1", 0, &prose("x", 60)), article("beta", "2", 3, &prose("x", 60))],
        Relations::REUSE,
    );
    assert_eq!(own[0].passages[0].why.to_string(), "no quotation, standing text or agency copy");
}

#[test]
fn an_earlier_wire_article_explains_two_copies() {
    let body = prose("x", 60);
    let texts = vec![
        article("wire", "0", 0, &body),
        article("alpha", "1", 2, &format!("{body} {}", prose("v", 20))),
        article("beta", "2", 3, &format!("{} {body}", prose("w", 20))),
    ];
    let found = run(texts, Relations::REUSE);
    let kinds: Vec<_> = found
        .iter()
        .map(|m| (m.earlier, m.later, m.passages[0].kind, m.passages[0].holder))
        .collect();
    assert_eq!(
        kinds,
        [
            (0, 1, PassageKind::Own, None),
            (0, 2, PassageKind::Own, None),
            (1, 2, PassageKind::Wire, Some(0)),
        ]
    );
}

#[test]
fn a_wire_article_between_the_two_explains_nothing() {
    let body = prose("x", 60);
    let texts = vec![
        article("alpha", "1", 0, &body),
        article("wire", "2", 2, &body),
        article("beta", "3", 3, &body),
    ];
    let found = run(texts, Relations::REUSE);
    let pair = found.iter().find(|m| (m.earlier, m.later) == (0, 2)).unwrap();
    assert_eq!(pair.passages[0].kind, PassageKind::Own);
}

#[test]
fn a_wire_article_of_two_windows_ago_explains_copies() {
    let body = prose("x", 60);
    let texts = [
        article("wire", "0", 0, &body),
        article("alpha", "1", 24 * 6, &format!("{body} {}", prose("v", 20))),
        article("beta", "2", 24 * 12, &format!("{} {body}", prose("w", 20))),
    ];
    let config = SimilarityConfig { relations: Relations::REUSE, ..SimilarityConfig::default() };
    let calendar = Calendar::new(&texts, &days(1));
    let corpus = ordered(&texts, registry());
    // Of the last of three weeks alone.
    let known = Found { matches: Vec::new(), terms: vec![TermCounts::default(); 2] };
    let found =
        matches_after(known, false, &corpus, &calendar, &Annotations::default(), &config).matches;
    let kinds: Vec<_> = found
        .iter()
        .map(|m| (m.earlier, m.later, m.passages[0].kind, m.passages[0].holder))
        .collect();
    assert_eq!(kinds, [(1, 2, PassageKind::Wire, Some(0))]);
}

#[test]
fn a_credit_to_an_agency_makes_it_wire() {
    let body = prose("x", 60);
    let mut b = Annotated::from(article("beta", "2", 3, &body));
    b.citations.push(Citation {
        outlet: "wire".to_owned(),
        kind: CitationKind::Credit,
        span: 0..0,
        text: String::new(),
    });
    let m = check(
        vec![article("alpha", "1", 0, &body).into(), b],
        Relation::Verbatim,
        &[PassageKind::Wire],
    );
    assert_eq!(m.passages[0].holder, None);
    assert_eq!(m.passages[0].why.to_string(), "credited to wire");
}

#[test]
fn so_does_a_credit_to_a_name_that_the_registry_lacks() {
    let body = prose("x", 60);
    let credited = |name: &str, kind| {
        let mut b = Annotated::from(article("beta", "2", 3, &body));
        b.credits.push(Credit { name: name.to_owned(), kind, is_author: false, span: 0..0 });
        vec![article("alpha", "1", 0, &body).into(), b]
    };
    let texts = credited("Norda Press", CitationKind::Credit);
    let m = check(texts, Relation::Verbatim, &[PassageKind::Wire]);
    assert_eq!(m.passages[0].why.to_string(), "credited to Norda Press");
    for (name, kind) in [
        ("Beta 24", CitationKind::Credit),
        ("gamma", CitationKind::Credit),
        ("Norda Press", CitationKind::Text),
    ] {
        check(credited(name, kind), Relation::Verbatim, &[PassageKind::Own]);
    }
}

/// Two stories with a passage of 30 words in common; `marked` of it, from the first word on, is marked
/// as standing text of the earlier article's outlet.
fn with_marked(marked: usize, later: usize) -> Vec<Annotated> {
    let shared = prose("s", 30);
    let text = format!("{shared}. {}", prose("x", 90));
    let mut a = Annotated::from(article("alpha", "1", 0, &text));
    let end = shared.split_inclusive(' ').take(marked).map(str::len).sum();
    a.boilerplate.push(0..end);
    vec![a, article("beta", "2", 3, &format!("{}. {shared}", prose("y", later))).into()]
}

#[test]
fn text_that_recurs_in_one_outlets_articles_is_that_outlets_standing_text() {
    let m = check(with_marked(28, 120), Relation::Partial, &[PassageKind::Boilerplate]);
    assert_eq!(m.passages[0].why.to_string(), "standing text of alpha");
    // Most of it is not marked.
    check(with_marked(20, 120), Relation::Partial, &[PassageKind::Own]);
    // More than half of the later text: its substance, whatever is marked.
    check(with_marked(28, 25), Relation::NearDuplicate, &[PassageKind::Own]);
}

#[test]
fn a_slogan_repeated_for_weeks_is_boilerplate_not_silence() {
    let slogan = prose("slogan", 25);
    let text = |own: &str| format!("{} {slogan} {}", prose(own, 80), prose(&format!("{own}z"), 80));
    let texts = vec![
        article("alpha", "1", 0, &text("b")),
        article("alpha", "2", 24 * 12, &text("c")),
        article("alpha", "3", 24 * 24, &text("d")),
        article("beta", "4", 24 * 25, &text("e")),
    ];
    check(texts, Relation::Partial, &[PassageKind::Boilerplate]);
}

/// Three articles of `alpha` over weeks that hold `slogan`, and one of `beta`; in the last of each
/// stands `more` before it.
fn slogan_and(slogan: &str, more: &str) -> Vec<Article> {
    let text = |own: &str, more: &str| {
        format!("{} {more} {slogan} {}", prose(own, 80), prose(&format!("{own}z"), 80))
    };
    vec![
        article("alpha", "1", 0, &text("b", "")),
        article("alpha", "2", 24 * 12, &text("c", "")),
        article("alpha", "3", 24 * 24, &text("d", more)),
        article("beta", "4", 24 * 25, &text("e", more)),
    ]
}

#[test]
fn a_quotation_beside_a_slogan_is_not_own() {
    let slogan = prose("slogan", 25);
    let more = |quoted| format!("“{}” {}", prose("q", quoted), prose("says", 10));
    check(slogan_and(&slogan, &more(60)), Relation::Partial, &[PassageKind::Quoted]);
    check(slogan_and(&slogan, &more(12)), Relation::Partial, &[PassageKind::Boilerplate]);
}

#[test]
fn own_words_beside_a_slogan_are_own() {
    let own = slogan_and(&prose("slogan", 25), &prose("own", 30));
    check(own, Relation::Partial, &[PassageKind::Own]);
}

#[test]
fn a_story_updated_three_times_is_no_boilerplate() {
    let body = prose("x", 50);
    let texts = vec![
        article("alpha", "1", 0, &body),
        article("alpha", "2", 1, &format!("{body} {}", prose("u", 10))),
        article("alpha", "3", 2, &format!("{body} {}", prose("v", 20))),
        article("beta", "4", 3, &body),
    ];
    let found = run(texts, Relations::REUSE);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|m| m.passages[0].kind == PassageKind::Own));
}

#[test]
fn a_standing_line_at_the_end_is_no_match() {
    let line = prose("line", 25);
    let footed =
        |own: &str| format!("{} {}\n{line}", prose(own, 100), prose(&format!("{own}z"), 40));
    let texts = vec![
        article("alpha", "1", 0, &footed("b")),
        article("alpha", "2", 1, &footed("c")),
        article("alpha", "3", 2, &footed("d")),
        article("beta", "4", 3, &footed("e")),
    ];
    assert!(run(texts, Relations::REUSE).is_empty());
}

#[test]
fn a_line_is_judged_by_what_had_appeared() {
    let line = prose("line", 20);
    let with = |day: usize, outlet: &str| {
        let text =
            format!("{}. {line}", prose(&format!("{outlet}{}x", ["q", "r", "s", "t"][day]), 90));
        article(outlet, &format!("{outlet}{day}"), [0, 24, 48, 72][day], &text)
    };
    let mut texts: Vec<Article> = (0..4).map(|day| with(day, "alpha")).collect();
    texts.extend([with(1, "beta"), with(3, "beta")]);
    texts.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
    let config = SimilarityConfig { relations: Relations::REUSE, ..SimilarityConfig::default() };
    let on = |lookback| {
        let found = found_in(&texts, &days(lookback), &config);
        found
            .iter()
            .map(|m| (texts[m.earlier].id.clone(), texts[m.later].id.clone()))
            .collect::<Vec<_>>()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    // On day 2 alpha has had it three times; what was found before stays.
    assert_eq!(on(9), [pair("alpha0", "beta1"), pair("alpha1", "beta1")]);
    // Three times in a look-back of two days it never has.
    assert_eq!(on(2).len(), 2 + 2 + 4);
}
