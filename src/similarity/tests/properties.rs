//! Random corpora against slow but obvious versions of both measures.

use super::*;

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
            let is_word = |term: &&String| term.contains(char::is_alphabetic);
            let shared = vectors[a].keys().filter(is_word).filter(|t| vectors[b].contains_key(*t));
            // One name in two texts says nothing of their subject.
            let on_one_subject = cosine >= threshold && shared.count() > 1;
            if near && articles[a].outlet != articles[b].outlet && on_one_subject {
                cosines.insert((a, b), cosine);
            }
        }
    }
    cosines
}

/// Words of the longest run that both texts hold.
fn longest_run(a: &[String], b: &[String]) -> usize {
    let run = |i: usize, j: usize| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
    let places = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
    places.map(|(i, j)| run(i, j)).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reuse_finds_every_long_run_and_measures_exactly(articles in corpus(), lookback in 1u32..20) {
        let mut articles = articles;
        articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
        let config =
            SimilarityConfig { relations: Relations::REUSE, ..SimilarityConfig::default() };
        let found = found_in(&articles, &days(lookback), &config);
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
    fn lexical_is_the_brute_force_cosine(articles in corpus(), warm_up_days in 1u32..20) {
        let mut articles = articles;
        articles.sort_by(|x, y| (x.at(), &x.id).cmp(&(y.at(), &y.id)));
        let config =
            SimilarityConfig { relations: Relations::LEXICAL, ..SimilarityConfig::default() };
        let days = CalendarConfig { warm_up_days, ..days(1) };
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
        warm_up_days in 1u32..9,
        warm_up_articles in 1usize..4,
        lookback_days in 1u32..40,
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
        let days = CalendarConfig { warm_up_days, warm_up_articles, lookback_days };
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
