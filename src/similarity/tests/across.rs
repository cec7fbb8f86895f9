//! Across languages: what two languages name in common, and what a model adds.

use super::*;
use crate::corpus::{Corpus, Sentence, Vectors, opening};
use crate::model::{AnchorKind, Match};
use crate::similarity::{ACROSS_WINDOW, far_pairs};

const RU: &str = "Паром «Халкион Стар» загорелся в проливе Мерроу. На борту были 134 человека, сообщил капитан Олдрен Вексли. \
    По словам Вексли, огонь начался на палубе Карвельдского порта. Ущерб оценили в 34,5 млн долларов.";
const EN: &str = "The ferry Halkion Star caught fire in the Merrow strait. There were 134 people on board, said captain Oldren Veksli. \
    The fire, Veksli added, began on the deck near Karveld port. Damage is put at $34.5 million.";
const ZH: &str = "渡轮Halkion Star在海峡起火。船上有134人，船长赵立坚说。损失估计为3450万美元。";

/// An article in a language.
fn told(outlet: &str, id: &str, hour: i64, language: &str, text: &str) -> Article {
    Article { language: language.into(), ..article(outlet, id, hour, text) }
}

/// Articles about other things, with other names.
fn others(language: &str, count: usize) -> Vec<Article> {
    let one = |n: usize| {
        let (name, other) = (letters(n * 31 + 7), letters(n * 17 + 3));
        let text = match language {
            "ru" => format!(
                "Министр Бел{name}ов принял в Гор{other}ске {} гостей из Вал{name}а.",
                40 + n
            ),
            "zh" => format!("部长在城市接待了{}位客人和Bel{name}公司。", 40 + n),
            _ => format!(
                "Minister Dor{name}son met {} guests in Pel{other}ton with Kar{name}ing.",
                300 + n
            ),
        };
        told("gamma", &format!("{language}{n}"), i64::try_from(n % 60).unwrap(), language, &text)
    };
    (0..count).map(one).collect()
}

fn world(of: Vec<Article>) -> Vec<Article> {
    of.into_iter().chain(others("ru", 40)).chain(others("en", 60)).chain(others("zh", 20)).collect()
}

/// The only match of these articles among others.
#[track_caller]
fn only(of: Vec<Article>) -> Match {
    let found = run(world(of), Relations::ALL);
    let across: Vec<Match> = found.into_iter().filter(|m| m.across.is_some()).collect();
    assert_eq!(across.len(), 1, "{across:#?}");
    across.into_iter().next().unwrap()
}

#[test]
fn one_event_is_found_by_names_and_numbers() {
    let (ru, en) = (told("alpha", "r", 5, "ru", RU), told("beta", "e", 9, "en", EN));
    let found = only(vec![ru.clone(), en.clone()]);
    assert_eq!(found.relation, Relation::Event);
    let across = found.across.unwrap();
    assert!(across.score >= 0.5 && across.aligned.is_empty());
    let named: Vec<(AnchorKind, &str, &str)> = across
        .anchors
        .iter()
        .map(|a| (a.kind, a.earlier.written(&ru), a.later.written(&en)))
        .collect();
    assert!(named.contains(&(AnchorKind::Name, "Вексли", "Veksli")), "{named:?}");
    assert!(named.contains(&(AnchorKind::Number, "134", "134")), "{named:?}");
    assert!(named.contains(&(AnchorKind::Number, "34,5 млн", "34.5 million")), "{named:?}");
}

#[test]
fn the_order_of_languages_and_a_region_do_not_matter() {
    let found = only(vec![told("alpha", "e", 5, "en-GB", EN), told("beta", "r", 9, "ru-RU", RU)]);
    assert_eq!(found.relation, Relation::Event);
    let zh = told("alpha", "z", 5, "zh", ZH);
    assert_eq!(only(vec![zh, told("beta", "r", 9, "ru", RU)]).relation, Relation::Event);
}

#[test]
fn what_is_too_far_apart_or_of_one_outlet_is_no_match() {
    for (outlet, hour) in [("beta", 5 + ACROSS_WINDOW.num_hours() + 1), ("alpha", 9)] {
        let of = vec![told("alpha", "r", 5, "ru", RU), told(outlet, "e", hour, "en", EN)];
        let found = run(world(of), Relations::ALL);
        assert!(found.iter().all(|m| m.across.is_none()), "{outlet} {hour}");
    }
}

#[test]
fn a_leader_s_name_alone_is_no_event() {
    let ru = "В понедельник Путин говорил о ценах на хлеб и о погоде в столице.";
    let en = "A new book about Putin and chess came out in spring, critics liked it.";
    let of = vec![told("alpha", "r", 5, "ru", ru), told("beta", "e", 9, "en", en)];
    assert!(run(world(of), Relations::ALL).iter().all(|m| m.across.is_none()));
}

#[test]
fn places_and_numbers_alone_are_no_event() {
    let ru = "Россия, Индия, Китай и Бразилия: 28, 29 и 30 июля ожидается 35 градусов.";
    let en = "Russia, India, China and Brazil: 28, 29 and 30 cases, 35 in total, officials said.";
    let of = vec![told("alpha", "r", 5, "ru", ru), told("beta", "e", 9, "en", en)];
    assert!(run(world(of), Relations::ALL).iter().all(|m| m.across.is_none()));
}

#[test]
fn words_that_two_languages_share_are_no_lexical_match() {
    let of = |language: &str| {
        let text = "Oldren Veksli, Karveld, Merrow 134, Halkion Star: Oldren Veksli Karveld.";
        vec![told("alpha", "a", 0, "en", text), told("beta", "b", 1, language, text)]
    };
    let lexical = |of: Vec<Article>| {
        let found = run(of, Relations::LEXICAL);
        found.iter().filter(|m| m.cosine(OverlapKind::Lexical).is_some()).count()
    };
    assert_eq!((lexical(of("en")), lexical(of("de"))), (1, 0));
    // Nobody knows that it is another language.
    assert_eq!(lexical(of("")), 1);
}

#[test]
fn one_language_is_left_as_it_is() {
    let of = || vec![told("alpha", "a", 0, "en", EN), told("beta", "b", 1, "en", EN)];
    let alone = run(of(), Relations::ALL);
    let beside = run(of().into_iter().chain(others("ru", 30)).collect(), Relations::ALL);
    assert_eq!(alone.len(), 1);
    let matched = beside.iter().find(|m| m.id == alone[0].id).unwrap();
    assert_eq!((matched.relation, &matched.overlaps), (alone[0].relation, &alone[0].overlaps));
    assert_eq!((&matched.passages.len(), &matched.across), (&alone[0].passages.len(), &None));
}

#[test]
fn threads_change_nothing() {
    let of = world(vec![told("alpha", "r", 5, "ru", RU), told("beta", "e", 9, "en", EN)]);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| run(of.clone(), Relations::ALL));
    assert_eq!(one, pool(3).install(|| run(of, Relations::ALL)));
}

/// A corpus whose sentences have these vectors by article, in the order of the opening.
fn with_vectors(mut articles: Vec<Article>, of: impl Fn(&Article, usize) -> Vec<i8>) -> Corpus {
    articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
    let vectors = |article: &Article| {
        let places = opening(article).into_iter().enumerate();
        places.map(|(n, span)| Sentence { span, vector: of(article, n).into() }).collect()
    };
    let vectors = Vectors { model: "made-up".into(), of: articles.iter().map(vectors).collect() };
    ordered(&articles, registry()).with_vectors(vectors)
}

/// A direction for each meaning.
fn meaning(number: usize) -> Vec<i8> {
    let mut vector = vec![0; 64];
    vector[number % 64] = 100;
    vector
}

fn matches_of(corpus: &Corpus) -> Vec<Match> {
    let calendar = Calendar::new(corpus.articles(), &CalendarConfig::default());
    let (notes, config) = (Annotations::default(), SimilarityConfig::default());
    matches(corpus, &calendar, &notes, &config)
}

/// The relation of a Russian and an English text without a name in common, whose first so many sentences mean the same.
fn said(equal: usize, name: &str) -> Option<(Relation, usize)> {
    let text = |language: &str| {
        let sentences = (0..6).map(|n| match language {
            "ru" => format!("Предложение номер {} говорит о {}.", letters(n), name),
            _ => format!("The sentence {} of the article tells of it, {}.", letters(n), name),
        });
        sentences.collect::<Vec<_>>().join("\n")
    };
    let of =
        vec![told("alpha", "r", 5, "ru", &text("ru")), told("beta", "e", 9, "en", &text("en"))];
    let corpus = with_vectors(of, |article, n| {
        meaning(if n < equal { n } else { 10 + n + 20 * usize::from(article.id == "e") })
    });
    let found = matches_of(&corpus);
    assert!(found.iter().all(|m| m.cosine(OverlapKind::Semantic).is_some()));
    found.first().map(|m| (m.relation, m.across.as_ref().unwrap().aligned.len()))
}

#[test]
fn aligned_sentences_make_a_translation() {
    assert_eq!(said(6, ""), Some((Relation::Translation, 6)));
    assert_eq!(said(3, ""), Some((Relation::Translation, 3)));
    assert_eq!(said(2, ""), None);
    assert_eq!(said(0, ""), None);
}

#[test]
fn aligned_sentences_lie_where_they_are_said_to() {
    let of = vec![told("alpha", "r", 5, "ru", RU), told("beta", "e", 9, "en", EN)];
    let corpus = with_vectors(of, |_, n| meaning(n));
    let found = matches_of(&corpus);
    let across = found[0].across.as_ref().unwrap();
    let text = |article: usize| corpus.articles()[article].text.as_str();
    for pair in &across.aligned {
        let (a, b) = (pair.earlier.clone().unwrap(), pair.later.clone().unwrap());
        assert!(text(found[0].earlier).get(a).is_some() && text(found[0].later).get(b).is_some());
        assert!(pair.score > 0.99);
    }
    assert_eq!(across.aligned.len(), 4);
}

#[test]
fn weeks_that_are_known_change_nothing_across_languages() {
    let of = world(vec![
        told("alpha", "r", 24 * 40, "ru", RU),
        told("beta", "e", 24 * 40 + 5, "en", EN),
    ]);
    let mut of: Vec<Article> = of;
    of.extend((0..30).map(|n| told("gamma", &format!("x{n}"), 24 * n, "en", &prose("daily", 20))));
    of.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
    let config = SimilarityConfig::default();
    let corpus = ordered(&of, registry());
    let calendar = Calendar::new(&of, &days(90));
    let notes = Annotations::default();
    let whole = matches_after(Found::default(), true, &corpus, &calendar, &notes, &config);
    assert!(whole.matches.iter().any(|m| m.across.is_some()));
    for known in 0..calendar.weeks().len() {
        let end = calendar.weeks()[..known].last().map_or(0, |week| week.end);
        let kept = Found {
            matches: whole.matches.iter().filter(|m| m.later < end).cloned().collect(),
            terms: whole.terms[..known].to_vec(),
        };
        let again = matches_after(kept, true, &corpus, &calendar, &notes, &config);
        assert_eq!(again, whole, "{known} weeks known");
    }
}

#[test]
fn far_pairs_are_counted_by_what_would_pass() {
    let far = |hour: i64| {
        let of = world(vec![told("alpha", "r", 5, "ru", RU), told("beta", "e", hour, "en", EN)]);
        far_pairs(
            &ordered(&sorted(of), registry()),
            &Annotations::default(),
            &SimilarityConfig::default(),
        )
    };
    assert_eq!(far(30).compared, 0);
    assert!(far(30).note().is_none());
    let found = far(24 * 30);
    assert_eq!((found.events, found.translations), (1, 0));
    // The one late article with the Russian and Chinese ones of other outlets before it.
    assert_eq!(found.compared, 61);
}

fn sorted(mut articles: Vec<Article>) -> Vec<Article> {
    articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
    articles
}
