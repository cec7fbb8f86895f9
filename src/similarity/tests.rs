//! Tests of the stage as a whole: planted situations, and slow but obvious versions of both measures
//! on random corpora. The parts are tested beside their code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::{Found, Relations, SimilarityConfig, TermCounts, matches, matches_after};
use crate::corpus::testing::{Annotated, annotated, ordered};
use crate::corpus::{Calendar, CalendarConfig};
use crate::model::{
    Annotations, Article, Citation, CitationKind, Match, OverlapKind, PassageKind, Registry,
    Relation, Role, Why,
};
use crate::testing;
use crate::text::{terms, words};

/// An English article, `hour` hours after the start of the corpus.
fn article(outlet: &str, id: &str, hour: i64, text: &str) -> Article {
    Article { text: text.to_owned(), ..testing::article(id, outlet, testing::hours(hour)) }
}

fn registry() -> Registry {
    testing::registry(&[
        ("alpha", Role::Subject),
        ("beta", Role::Subject),
        ("gamma", Role::Subject),
        ("wire", Role::Wire),
        ("control", Role::Control),
    ])
}

fn run(articles: Vec<impl Into<Annotated>>, relations: Relations) -> Vec<Match> {
    let mut articles: Vec<Annotated> = articles.into_iter().map(Into::into).collect();
    articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
    let config = SimilarityConfig { relations, ..SimilarityConfig::default() };
    let calendar = CalendarConfig::default();
    let (corpus, annotations) = annotated(&articles, registry());
    matches(&corpus, &Calendar::new(corpus.articles(), &calendar), &annotations, &config)
}

/// The matches of sorted articles that nothing is noted about.
fn found_in(articles: &[Article], days: &CalendarConfig, config: &SimilarityConfig) -> Vec<Match> {
    let corpus = ordered(articles, registry());
    matches(&corpus, &Calendar::new(articles, days), &Annotations::default(), config)
}

/// An opening of a day, and horizons of so many.
fn days(horizon_days: u32) -> CalendarConfig {
    CalendarConfig { opening_days: 1, opening_articles: 1, horizon_days }
}

/// `count` made-up words that no other `seed` has.
fn prose(seed: &str, count: usize) -> String {
    (0..count).map(|n| format!("{seed}{}", letters(n))).collect::<Vec<_>>().join(" ")
}

fn letters(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    [letter(n / 26), letter(n)].into_iter().collect()
}

/// Relation and passage kinds of the only match.
#[track_caller]
fn check(articles: Vec<impl Into<Annotated>>, relation: Relation, kinds: &[PassageKind]) -> Match {
    let found = run(articles, Relations::REUSE);
    assert_eq!(found.len(), 1, "{found:?}");
    let m = found.into_iter().next().unwrap();
    assert_eq!(m.relation, relation);
    assert_eq!(m.passages.iter().map(|p| p.kind).collect::<Vec<_>>(), kinds);
    m
}

#[test]
fn a_copy_with_another_footer_is_verbatim() {
    let body = prose("x", 80);
    let a = article("alpha", "1", 0, &format!("CITY — {body}"));
    let b = article("beta", "2", 3, &format!("{body}\n{}", prose("footer", 15)));
    let m = check(vec![a.clone(), b.clone()], Relation::Verbatim, &[PassageKind::Own]);
    assert_eq!(&a.text[m.passages[0].earlier.clone()], body);
    assert_eq!(&b.text[m.passages[0].later.clone()], body);
    assert_eq!(m.passages[0].words, 80);
}

#[test]
fn an_edit_every_few_words_leaves_a_near_duplicate() {
    let text = |mark: &str| -> String {
        let words = (0..300).map(|n| {
            if n % 12 == 11 { format!("{mark}{}", letters(n)) } else { format!("x{}", letters(n)) }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let (a, b) = (article("alpha", "1", 0, &text("a")), article("beta", "2", 3, &text("b")));
    let m = check(vec![a, b], Relation::Verbatim, &[PassageKind::Own]);
    assert!(m.containment_earlier < 0.7, "{}", m.containment_earlier);
}

#[test]
fn a_passage_in_another_story_is_partial_wherever_it_stands() {
    let shared = prose("s", 30);
    let a = article("alpha", "1", 0, &format!("{shared}. {}", prose("x", 90)));
    let b = article("beta", "2", 3, &format!("{}. {shared}", prose("y", 120)));
    let m = check(vec![a, b], Relation::Partial, &[PassageKind::Own]);
    assert_eq!((m.passages[0].earlier.start, m.passages[0].words), (0, 30));
}

#[test]
fn moved_blocks_are_two_passages() {
    let (x, y) = (prose("x", 40), prose("y", 40));
    let a = article("alpha", "1", 0, &format!("{x} {y}"));
    let b = article("beta", "2", 3, &format!("{y} {x}"));
    check(vec![a, b], Relation::Verbatim, &[PassageKind::Own, PassageKind::Own]);
}

#[test]
fn one_outlet_and_distant_weeks_never_match() {
    let body = prose("x", 60);
    let same = vec![article("alpha", "1", 0, &body), article("alpha", "2", 1, &body)];
    let late = vec![article("alpha", "1", 0, &body), article("beta", "2", 24 * 8, &body)];
    assert!(run(same, Relations::ALL).is_empty());
    assert!(run(late, Relations::ALL).is_empty());
}

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
    let both = ["The mayor said", "On Monday the mayor announced"];
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
    let on = |horizon| {
        let found = found_in(&texts, &days(horizon), &config);
        found
            .iter()
            .map(|m| (texts[m.earlier].id.clone(), texts[m.later].id.clone()))
            .collect::<Vec<_>>()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    // On day 2 alpha has had it three times; what was found before stays.
    assert_eq!(on(9), [pair("alpha0", "beta1"), pair("alpha1", "beta1")]);
    // Three times in a horizon of two days it never has.
    assert_eq!(on(2).len(), 2 + 2 + 4);
}

#[test]
fn an_article_of_a_later_month_changes_nothing() {
    let (shared, line) = (prose("p", 15), prose("f", 22));
    let run_on = format!("{} {line}", shared.split(' ').skip(9).collect::<Vec<_>>().join(" "));
    let day = |day: i64| 24 * day;
    let in_story = |seed: &str| format!("{} {run_on} {}", prose(seed, 60), prose(seed, 90));
    // Beta has the line, with the end of the passage before it, in three articles; alpha does not.
    let mut texts = vec![
        article("alpha", "0", day(0), &prose("g", 80)),
        article("beta", "1", day(20), &in_story("h")),
        article("beta", "2", day(21), &in_story("i")),
        article("alpha", "3", day(22), &format!("{shared} {}", prose("j", 90))),
        article("beta", "4", day(23), &format!("{shared} {line} {}", prose("k", 90))),
    ];
    let config = SimilarityConfig { relations: Relations::REUSE, ..SimilarityConfig::default() };
    let found = |texts: &[Article]| found_in(texts, &days(30), &config);
    let before = found(&texts);
    assert_eq!(before.iter().map(|m| (m.earlier, m.later)).collect::<Vec<_>>(), [(3, 4)]);
    texts.push(article("gamma", "5", day(46), &in_story("l")));
    assert_eq!(found(&texts), before);
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
fn headline_only_records_count_as_a_whole() {
    let headline = "Minister opens the northern port";
    let a = article("alpha", "1", 0, headline);
    let b = article("beta", "2", 1, "Minister opens the Northern Port!");
    check(vec![a.clone(), b], Relation::Verbatim, &[PassageKind::Own]);
    let longer = format!("{} {headline}, it said. {}", prose("x", 30), prose("y", 30));
    let m =
        check(vec![a, article("beta", "2", 1, &longer)], Relation::Verbatim, &[PassageKind::Own]);
    assert_eq!(&longer[m.passages[0].later.clone()], headline);
}

#[test]
fn part_of_a_headline_is_no_evidence() {
    let texts = vec![
        article("alpha", "1", 0, "Minister opens the northern port"),
        article("beta", "2", 1, "Minister opens the northern border"),
    ];
    assert!(run(texts, Relations::REUSE).is_empty());
}

#[test]
fn chinese_passages_are_found_by_character() {
    let shared =
        "中国外交部发言人在例行记者会上表示中方对此表示严重关切并将采取必要措施维护自身利益";
    let mut a =
        article("alpha", "1", 0, &format!("{shared}。今天天气很好我们去公园散步吃饭看电影"));
    let mut b =
        article("beta", "2", 3, &format!("昨日股市大幅上涨投资者信心恢复交易活跃。{shared}。"));
    (a.language, b.language) = ("zh".to_owned(), "zh".to_owned());
    let m = check(vec![a.clone(), b], Relation::NearDuplicate, &[PassageKind::Own]);
    assert_eq!(&a.text[m.passages[0].earlier.clone()], shared);
}

/// Copies of one text in 24 outlets within three days, every tenth word changed in each second one.
fn family(copies: usize) -> Vec<Article> {
    let text = |n: usize| -> String {
        let words = (0..120).map(|w| {
            let edited = n % 2 == 1 && (w + n).is_multiple_of(10);
            let letters =
                format!("{}{}", letters(w), if edited { letters(n) } else { String::new() });
            format!("x{letters}")
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let at = |n: usize| i64::try_from(n * 72 / copies).unwrap();
    (0..copies)
        .map(|n| article(&format!("outlet{}", n * 7 % 24), &format!("{n:03}"), at(n), &text(n)))
        .collect()
}

#[test]
fn a_large_family_stays_connected_at_linear_cost() {
    for (copies, most) in [(120, 40), (400, 25)] {
        let found = run(family(copies), Relations::REUSE);
        assert!(found.len() < copies * most, "{} matches", found.len());
        let mut family: Vec<usize> = (0..copies).collect();
        for m in found.iter().filter(|m| m.relation == Relation::Verbatim) {
            let (x, y) = (family[m.earlier], family[m.later]);
            family.iter_mut().filter(|f| **f == y).for_each(|f| *f = x);
        }
        assert!(family.iter().all(|&f| f == family[0]), "{copies} copies fall apart");
    }
}

#[test]
fn copies_are_copies_whether_linked_or_not() {
    let text = prose("x", 80);
    let copy = |n: usize| article(&format!("outlet{n:02}"), &format!("c{n:02}"), 0, &text);
    let found = run((0..50).map(copy).collect(), Relations::ALL);
    assert_eq!(found.len(), 50 * 49 / 2);
    for m in found {
        assert_eq!((m.relation, m.containment_earlier), (Relation::Verbatim, 1.0));
    }
}

#[test]
fn what_everybody_carries_is_the_wires() {
    let text = prose("x", 80);
    let copy = |n: usize| {
        let hour = 3 + i64::try_from(n).unwrap() / 4;
        article(&format!("outlet{n:02}"), &format!("c{n:02}"), hour, &text)
    };
    let mut articles: Vec<Article> = (0..60).map(copy).collect();
    articles.push(article("alpha", "first", 0, &text));
    articles.push(article("wire", "wire", 1, &text));
    articles.sort_by_key(Article::at);
    let found = run(articles.clone(), Relations::REUSE);
    let is_copy = |n: usize| articles[n].id.starts_with('c');
    for m in found.iter().filter(|m| is_copy(m.earlier) && is_copy(m.later)) {
        assert!(m.passages.iter().all(|p| p.kind == PassageKind::Wire), "{m:?}");
    }
    assert!((0..60).all(|n| found.iter().any(|m| articles[m.later].id == format!("c{n:02}"))));
}

#[test]
fn sentences_kept_in_a_text_of_ones_own_are_passages() {
    let kept = |n: usize| prose(&format!("kept{n}"), 16);
    let mosaic = |own: &str| -> String {
        let parts = (0..10).map(|n| format!("{}. {}", kept(n), prose(&format!("{own}{n}"), 29)));
        format!("{}. {}", parts.collect::<Vec<_>>().join(". "), prose(own, 600))
    };
    let (a, b) = (article("alpha", "1", 0, &mosaic("a")), article("beta", "2", 3, &mosaic("b")));
    let found = run(vec![a.clone(), b], Relations::REUSE);
    for n in 0..10 {
        let start = a.text.find(&kept(n)).unwrap();
        let place = start..start + kept(n).len();
        let holds = |p: &Range<usize>| p.start <= place.start && place.end <= p.end;
        assert!(found[0].passages.iter().any(|p| holds(&p.earlier)), "sentence {n}");
    }
}

#[test]
fn a_short_text_counts_as_a_whole_or_not_at_all() {
    let text = |from: usize, to: usize| -> String {
        (from..to).map(|n| format!("x{}", letters(n))).collect::<Vec<_>>().join(" ")
    };
    for first in 0..20 {
        let headline = article("alpha", "1", 0, &text(first, first + 10));
        let longer = |shared: Range<usize>| {
            let text = format!(
                "{}. {}. {}",
                prose("a", 30),
                text(shared.start, shared.end),
                prose("b", 30)
            );
            article("beta", "2", 3, &text)
        };
        let part = run(vec![headline.clone(), longer(first..first + 9)], Relations::REUSE);
        assert_eq!(part, []);
        let whole = run(vec![headline, longer(first..first + 10)], Relations::REUSE);
        assert_eq!(whole[0].passages.len(), 1);
    }
}

/// A corpus whose articles are put together from few sentences, with edits: everything that reuse
/// can do to a text occurs in it.
fn corpus() -> impl Strategy<Value = Vec<Article>> {
    let sentence = (0usize..12, 0usize..26, prop::option::of(0usize..20));
    let text = prop::collection::vec(sentence, 0..8);
    prop::collection::vec((0usize..4, 0i64..24 * 12, text), 2..14).prop_map(|rows| {
        let build = |(n, (outlet, hour, text)): (usize, (usize, i64, Vec<_>))| {
            let text: Vec<String> =
                text.into_iter().map(|(s, len, edit)| sentence_of(s, len, edit)).collect();
            article(
                ["alpha", "beta", "gamma", "wire"][outlet],
                &format!("{n:02}"),
                hour,
                &text.join(". "),
            )
        };
        rows.into_iter().enumerate().map(build).collect()
    })
}

#[test]
fn no_copy_of_a_large_family_is_taken_for_a_retelling() {
    let shared = prose("s", 70);
    let of = |n: usize, text: &str| {
        article(["alpha", "beta", "gamma"][n % 3], &format!("{n:03}"), 0, text)
    };
    let own = |n: usize, words| prose(&format!("own{}{}", letters(n / 26), letters(n % 26)), words);
    let copies = (0..60).map(|n| of(n, &format!("{shared} {}", own(n, 25))));
    let articles: Vec<Article> = copies.chain((60..460).map(|n| of(n, &own(n, 30)))).collect();
    let found = run(articles.clone(), Relations::ALL);
    // All pairs of two outlets, most of which no gram links.
    assert_eq!(found.len(), 3 * 20 * 20);
    for m in found {
        let (a, b) = slow_containment(&articles[m.earlier].text, &articles[m.later].text);
        assert!(
            m.cosine(OverlapKind::Lexical).unwrap() < 0.5 && m.relation != Relation::Narrative,
            "{m:?}"
        );
        assert!(
            (m.containment_earlier - a).abs() < 1e-12 && (m.containment_later - b).abs() < 1e-12
        );
    }
}

/// A corpus of articles that end with one of two lines, or with none.
fn lines() -> impl Strategy<Value = Vec<Article>> {
    let row = (0usize..3, 0i64..24 * 12, 0usize..3);
    prop::collection::vec(row, 8..28).prop_map(|rows| {
        let build = |(n, (outlet, hour, line)): (usize, (usize, i64, usize))| {
            let line = ["", &prose("p", 20), &prose("q", 30)][line].to_owned();
            let text = format!("{}. {line}", prose(&format!("own{}", letters(n)), 60));
            article(["alpha", "beta", "gamma"][outlet], &format!("{n:02}"), hour, &text)
        };
        rows.into_iter().enumerate().map(build).collect()
    })
}

#[test]
fn names_and_numbers_tell_one_event_from_another() {
    let report = |name: &str, year: &str| {
        format!("The court in the capital sentenced the banker {name} to nine years in {year}.")
    };
    let articles = [
        article("alpha", "a", 0, &report("Vessel", "2021")),
        article("beta", "b", 1, &report("Vessel", "2021")),
        article("gamma", "c", 2, &report("Ondry", "2025")),
    ];
    let found = run(articles.to_vec(), Relations::LEXICAL);
    let cosine = |a: usize, b: usize| {
        found
            .iter()
            .find(|m| (m.earlier, m.later) == (a, b))
            .and_then(|m| m.cosine(OverlapKind::Lexical))
            .unwrap_or(0.0)
    };
    // With equal weights it would be .52.
    assert!(cosine(0, 1) > 0.99 && cosine(0, 2) < 0.35, "{} {}", cosine(0, 1), cosine(0, 2));
}

/// The first `length` words of sentence `number`, one of them changed.
fn sentence_of(number: usize, length: usize, edit: Option<usize>) -> String {
    let mut words: Vec<String> = (0..length).map(|n| word_of(number, n)).collect();
    if let Some(word) = edit.and_then(|edit| words.get_mut(edit)) {
        "changed".clone_into(word);
    }
    words.join(" ")
}

/// The word at `n` of sentence `number`: some are names, some numbers, some end the sentence.
fn word_of(number: usize, n: usize) -> String {
    let word = format!("{}{}", letters(number), letters(n * 7 % 26));
    match n % 7 {
        2 => word[..1].to_uppercase() + &word[1..],
        4 => (100 * number + n).to_string(),
        6 => word + ".",
        _ => word,
    }
}

/// Containments by sets of strings.
fn slow_containment(a: &str, b: &str) -> (f64, f64) {
    let set = |text: &str| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = words(text).into_iter().map(|w| w.folded.into_owned()).collect();
        words.windows(5.min(words.len().max(1))).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (set(a), set(b));
    let shared = a.intersection(&b).count() as f64;
    (shared / a.len().max(1) as f64, shared / b.len().max(1) as f64)
}

/// Words of the longest run that both texts hold.
fn longest_run(a: &[String], b: &[String]) -> usize {
    let run = |i: usize, j: usize| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
    let places = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
    places.map(|(i, j)| run(i, j)).max().unwrap_or(0)
}

/// The terms of an article: how often, the lead twice, and whether written as a name or number.
fn slow_bag(article: &Article) -> BTreeMap<String, (f64, bool)> {
    let words = words(&article.text);
    let mut bag = BTreeMap::new();
    for term in terms(&article.text, &article.language) {
        let nth = words.iter().position(|word| word.span == term.span).unwrap();
        let first = article.text[term.span.clone()].chars().next().unwrap();
        let sentence = &article.text[nth.checked_sub(1).map_or(0, |b| words[b].span.end)..];
        let opens =
            sentence.chars().take_while(|c| !c.is_alphanumeric()).any(|c| ".!?\n".contains(c));
        let name = first.is_numeric() || first.is_uppercase() && nth > 0 && !opens;
        let (tf, named) = bag.entry(term.stem).or_insert((0.0, false));
        *tf += if nth < 75 { 2.0 } else { 1.0 };
        *named |= name;
    }
    bag
}

/// Cosines by the definition, article by article.
fn slow_cosines(
    articles: &[Article],
    calendar: &Calendar,
    threshold: f64,
) -> BTreeMap<(usize, usize), f64> {
    let bags: Vec<BTreeMap<String, (f64, bool)>> = articles.iter().map(slow_bag).collect();
    let vectors: Vec<BTreeMap<String, f64>> = bags
        .iter()
        .enumerate()
        .map(|(n, bag)| {
            let seen = &bags[..calendar.days()[calendar.day_of(n)].articles.end];
            let df = |term: &str| seen.iter().filter(|bag| bag.contains_key(term)).count() as f64;
            let weight = |t: &str, tf: f64, name: bool| {
                let idf = (1.0 + seen.len() as f64 / df(t)).ln();
                (1.0 + tf.ln()) * idf * if name { 2.0 } else { 1.0 }
            };
            let raw: BTreeMap<String, f64> =
                bag.iter().map(|(t, &(tf, name))| (t.clone(), weight(t, tf, name))).collect();
            let length = raw.values().map(|w| w * w).sum::<f64>().sqrt();
            raw.into_iter().map(|(t, w)| (t, w / length)).collect()
        })
        .collect();
    let mut cosines = BTreeMap::new();
    for a in 0..articles.len() {
        for b in a + 1..articles.len() {
            let near = articles[b].at() - articles[a].at() <= TimeDelta::days(7);
            let dot = vectors[a].iter().map(|(t, w)| w * vectors[b].get(t).unwrap_or(&0.0));
            let cosine: f64 = dot.sum();
            if near && articles[a].outlet != articles[b].outlet && cosine >= threshold {
                cosines.insert((a, b), cosine);
            }
        }
    }
    cosines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reuse_finds_every_long_run_and_measures_exactly(articles in corpus(), horizon in 1u32..20) {
        let mut articles = articles;
        articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
        let config =
            SimilarityConfig { relations: Relations::REUSE, ..SimilarityConfig::default() };
        let found = found_in(&articles, &days(horizon), &config);
        let by_pair: BTreeMap<(usize, usize), &Match> =
            found.iter().map(|m| ((m.earlier, m.later), m)).collect();
        for m in &found {
            let (a, b) = (&articles[m.earlier], &articles[m.later]);
            prop_assert_ne!(&a.outlet, &b.outlet);
            let (x, y) = slow_containment(&a.text, &b.text);
            prop_assert!((m.containment_earlier - x).abs() < 1e-12, "{} {}", m.containment_earlier, x);
            prop_assert!((m.containment_later - y).abs() < 1e-12, "{} {}", m.containment_later, y);
            for p in &m.passages {
                let (s, t) = (&a.text[p.earlier.clone()], &b.text[p.later.clone()]);
                prop_assert!(p.words <= words(s).len() && p.words <= words(t).len());
            }
        }
        let folded = |article: &Article| -> Vec<String> {
            words(&article.text).into_iter().map(|w| w.folded.into_owned()).collect()
        };
        let texts: Vec<Vec<String>> = articles.iter().map(folded).collect();
        let run = |i: usize, j: usize| longest_run(&texts[i], &texts[j]);
        for i in 0..articles.len() {
            // Lines that recur may be judged standing lines, which are no match.
            if (0..articles.len()).filter(|&j| run(i, j) >= 8).count() >= 4 {
                continue;
            }
            for j in i + 1..articles.len() {
                let (a, b) = (&articles[i], &articles[j]);
                let comparable = a.outlet != b.outlet && b.at() - a.at() <= TimeDelta::days(7);
                if comparable && run(i, j) >= 15 {
                    prop_assert!(by_pair.contains_key(&(i, j)), "{i} {j} {}", run(i, j));
                }
            }
        }
    }

    #[test]
    fn lexical_is_the_brute_force_cosine(articles in corpus(), opening_days in 1u32..20) {
        let mut articles = articles;
        articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
        let config =
            SimilarityConfig { relations: Relations::LEXICAL, ..SimilarityConfig::default() };
        let days = CalendarConfig { opening_days, ..days(1) };
        let calendar = Calendar::new(&articles, &days);
        let found = found_in(&articles, &days, &config);
        let slow = slow_cosines(&articles, &calendar, config.lexical);
        let close: BTreeSet<(usize, usize)> =
            found.iter().map(|m| (m.earlier, m.later)).collect();
        let expected: BTreeSet<(usize, usize)> = slow
            .iter()
            .filter(|(_, cosine)| (**cosine - config.lexical).abs() > 1e-6)
            .map(|(&pair, _)| pair)
            .collect();
        prop_assert!(expected.is_subset(&close), "{:?} {:?}", expected, close);
        for m in &found {
            let cosine = slow.get(&(m.earlier, m.later)).copied().unwrap_or(config.lexical);
            prop_assert!((m.cosine(OverlapKind::Lexical).unwrap() - cosine).abs() < 1e-5);
        }
    }

    #[test]
    fn neither_order_nor_threads_change_anything(
        articles in corpus().prop_shuffle(),
        threads in 1usize..4,
    ) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let other = pool.install(|| run(articles.clone(), Relations::ALL));
        let mut sorted = articles;
        sorted.sort_by(|x, y| x.id.cmp(&y.id));
        prop_assert_eq!(run(sorted, Relations::ALL), other);
    }

    #[test]
    fn a_day_more_gives_what_a_full_run_gives(
        mut articles in prop_oneof![corpus(), lines()],
        opening_days in 1u32..9,
        opening_articles in 1usize..4,
        horizon_days in 1u32..40,
        window in 1i64..200,
        relations in prop::sample::select(vec![Relations::REUSE, Relations::LEXICAL, Relations::ALL]),
    ) {
        // Over seven weeks.
        for published in articles.iter_mut().filter_map(|article| article.published.as_mut()) {
            published.utc = DateTime::UNIX_EPOCH + (published.utc - DateTime::UNIX_EPOCH) * 4;
        }
        articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
        let window = TimeDelta::hours(window);
        let config = SimilarityConfig { relations, window, ..SimilarityConfig::default() };
        let days = CalendarConfig { opening_days, opening_articles, horizon_days };
        let (mut known, mut over, mut last) = (Found::default(), 0, Vec::new());
        for day in 1..=49 {
            let until = DateTime::UNIX_EPOCH + TimeDelta::days(day);
            let until = articles.partition_point(|article| article.at() < until);
            let articles = &articles[..until];
            let calendar = Calendar::new(articles, &days);
            let corpus = ordered(articles, registry());
            let notes = Annotations::default();
            let found = matches_after(known, true, &corpus, &calendar, &notes, &config);
            prop_assert_eq!(&found.matches, &matches(&corpus, &calendar, &notes, &config));
            prop_assert_eq!(found.terms.len(), calendar.weeks().len());
            // What was found on days that are over is final.
            let of_days = |found: &[Match]| -> Vec<Match> {
                found.iter().filter(|found| found.later < over).cloned().collect()
            };
            prop_assert_eq!(of_days(&found.matches), of_days(&last));
            over = if calendar.days().len() > 1 { until } else { 0 };
            last = found.matches.clone();
            // The last week goes on.
            let ended = calendar.weeks().len().saturating_sub(1);
            let end = calendar.weeks().get(ended).map_or(0, |week| week.start);
            known = found;
            known.terms.truncate(ended);
            known.matches.retain(|found| found.later < end);
        }
    }

    #[test]
    fn no_text_is_a_problem(texts in prop::collection::vec("\\PC{0,80}", 2..5)) {
        let outlets = ["alpha", "beta", "gamma", "wire"];
        let articles: Vec<Article> = (0..)
            .zip(texts.iter().zip(outlets))
            .map(|(n, (text, outlet))| article(outlet, &n.to_string(), n, &text.repeat(3)))
            .collect();
        for m in run(articles.clone(), Relations::ALL) {
            for p in &m.passages {
                prop_assert!(articles[m.earlier].text.get(p.earlier.clone()).is_some());
                prop_assert!(articles[m.later].text.get(p.later.clone()).is_some());
            }
        }
    }
}
