//! Texts that very many articles carry.

use super::*;

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
