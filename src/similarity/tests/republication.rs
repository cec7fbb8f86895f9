//! Which texts and passages are found, and how pairs are related.

use super::*;

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
