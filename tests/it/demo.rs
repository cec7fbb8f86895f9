//! `fimi demo` against its plot: everything that `fixtures/demo/plot.toml` plants is found with the
//! right grade and direction, and nothing else is claimed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::support::{Row, TestEnv};

mod across; // pairs in two languages, and what is told of the outlets
mod plot; // the plot as data

use plot::Plot;

/// One run of the demo, shared by the tests, with its tables.
struct Demo {
    plot: Plot,
    articles: Vec<Row>,
    matches: Vec<Row>,
    passages: Vec<Row>,
    edges: Vec<Row>,
    chains: Vec<Row>,
    narratives: Vec<Row>,
    pairs: Vec<Row>,
    feeds: Vec<Row>,
    tags: Vec<Row>,
    watchlist: Vec<Row>,
    /// Address of each article by its id.
    urls: BTreeMap<String, String>,
}

/// Two addresses without an order.
type Pair = (String, String);

fn pair(a: &str, b: &str) -> Pair {
    (a.min(b).to_string(), a.max(b).to_string())
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let env = TestEnv::new();
        env.run(&["demo", "--out", "out"], 0);
        let articles = env.table("out/articles.csv");
        let urls = articles
            .iter()
            .map(|row| (row.get("article").to_string(), row.get("url").to_string()))
            .collect();
        Demo {
            plot: toml::from_str(include_str!("../../fixtures/demo/plot.toml")).unwrap(),
            matches: env.table("out/matches.csv"),
            passages: env.table("out/passages.csv"),
            edges: env.table("out/edges.csv"),
            chains: env.table("out/chains.csv"),
            narratives: env.table("out/narrative_articles.csv"),
            pairs: env.table("out/outlet_pairs.csv"),
            feeds: env.table("out/feeds_status.csv"),
            tags: env.table("out/tags.csv"),
            watchlist: env.table("out/watchlist.csv"),
            articles,
            urls,
        }
    })
}

impl Demo {
    /// The address of the article that a cell names; empty for an empty cell.
    #[track_caller]
    fn url<'a>(&'a self, row: &'a Row, column: &str) -> &'a str {
        let id = row.get(column);
        if id.is_empty() { id } else { &self.urls[id] }
    }

    #[track_caller]
    fn article(&self, url: &str) -> &Row {
        let found: Vec<&Row> = self.articles.iter().filter(|row| row.get("url") == url).collect();
        assert_eq!(found.len(), 1, "{url} is one article");
        found[0]
    }

    fn ends(&self, row: &Row) -> Pair {
        pair(self.url(row, "article_a"), self.url(row, "article_b"))
    }

    fn passages_between(&self, ends: &Pair) -> Vec<&Row> {
        self.passages.iter().filter(|row| self.ends(row) == *ends).collect()
    }

    /// The edges between two articles, in either direction.
    fn edges_between(&self, ends: &Pair) -> Vec<&Row> {
        let between = |row: &&Row| pair(self.url(row, "from"), self.url(row, "to")) == *ends;
        self.edges.iter().filter(between).collect()
    }
}

fn is_directed(grade: &str) -> bool {
    matches!(grade, "E1" | "E2" | "E3")
}

#[test]
fn directed_edges_are_those_of_the_plot() {
    let demo = demo();
    let across = demo.plot.across.iter().filter(|a| is_directed(&a.grade));
    let across = across.map(|a| (a.from.as_str(), a.to.as_str(), a.grade.as_str()));
    let planted: BTreeSet<(&str, &str, &str)> = demo
        .plot
        .reuse
        .iter()
        .map(|r| (r.from.as_str(), r.to.as_str(), r.grade.as_str()))
        .chain(across)
        .collect();
    let claimed: BTreeSet<(&str, &str, &str)> = demo
        .edges
        .iter()
        .filter(|row| is_directed(row.get("grade")))
        .map(|row| (demo.url(row, "from"), demo.url(row, "to"), row.get("grade")))
        .collect();
    let missing: Vec<_> = planted.difference(&claimed).collect();
    let unplanted: Vec<_> = claimed.difference(&planted).collect();
    assert!(
        missing.is_empty() && unplanted.is_empty(),
        "{missing:#?} missing, {unplanted:#?} claimed"
    );
}

#[test]
fn shared_text_is_found_where_it_is_planted_and_nowhere_else() {
    let demo = demo();
    let plot = &demo.plot;
    let reuse = plot.reuse.iter().map(|r| (pair(&r.from, &r.to), &r.relations));
    let carried =
        plot.common_source.iter().map(|c| (pair(&c.carriers[0], &c.carriers[1]), &c.relations));
    let undirected =
        plot.undirected.iter().map(|u| (pair(&u.articles[0], &u.articles[1]), &u.relations));
    let outside =
        plot.outside_source.iter().map(|o| (pair(&o.carriers[0], &o.carriers[1]), &o.relations));
    let mut planted: BTreeMap<Pair, &Vec<String>> =
        reuse.chain(carried).chain(outside).chain(undirected).collect();
    let quoted: BTreeSet<Pair> =
        plot.quotation.iter().map(|q| pair(&q.articles[0], &q.articles[1])).collect();
    // What is alike in two languages shares no text.
    for row in demo.matches.iter().filter(|row| row.get("score").is_empty()) {
        let (ends, relation) = (demo.ends(row), row.get("relation"));
        match planted.remove(&ends) {
            Some(relations) => {
                assert!(relations.iter().any(|r| r == relation), "{ends:?} is {relation}");
            }
            // A long quotation is a part of both texts; what it is worth is another test's matter.
            None if quoted.contains(&ends) => assert!(matches!(relation, "partial" | "narrative")),
            None => assert_eq!(relation, "narrative", "{ends:?} share no text"),
        }
    }
    assert!(planted.is_empty(), "not found: {:#?}", planted.keys());
}

#[test]
fn copied_passages_are_own_and_moved_ones_are_found() {
    let demo = demo();
    for reuse in &demo.plot.reuse {
        let passages = demo.passages_between(&pair(&reuse.from, &reuse.to));
        assert!(!passages.is_empty(), "{} has no passage", reuse.id);
        let own: usize = passages
            .iter()
            .filter(|row| row.get("kind") == if reuse.quoted { "quoted" } else { "own" })
            .map(|row| row.get("words").parse::<usize>().unwrap())
            .sum();
        assert!(own >= 12, "{}: {own} own words", reuse.id);
        if reuse.moved {
            let start = |row: &Row, column: &str| row.get(column).parse::<usize>().unwrap();
            let mut order: Vec<(usize, usize)> =
                passages.iter().map(|row| (start(row, "start_a"), start(row, "start_b"))).collect();
            order.sort_unstable();
            assert!(order.len() >= 4, "{}: one passage a paragraph, {order:?}", reuse.id);
            assert!(order.is_sorted_by(|a, b| a.1 > b.1), "{}: {order:?}", reuse.id);
        }
    }
}

#[test]
fn the_chains_are_the_planted_ones() {
    let demo = demo();
    let mut claimed: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &demo.chains {
        claimed.entry(row.get("chain")).or_default().push(row);
    }
    claimed.retain(|_, steps| steps.len() > 1);
    assert_eq!(claimed.len(), demo.plot.chain.len());
    for steps in claimed.values_mut() {
        steps.sort_by_key(|row| row.get("step").parse::<usize>().unwrap());
        let mut articles = vec![demo.url(steps[0], "from")];
        articles.extend(steps.iter().map(|row| demo.url(row, "to")));
        let planted = demo.plot.chain.iter().find(|chain| chain.articles == articles);
        let planted = planted.unwrap_or_else(|| panic!("{articles:#?} is no planted chain"));
        let grades = steps.iter().map(|row| row.get("grade"));
        assert_eq!(grades.max(), Some(planted.weakest.as_str()));
        let mut states: Vec<&str> =
            steps.iter().flat_map(|row| [row.get("state_from"), row.get("state_to")]).collect();
        states.dedup();
        assert_eq!(states, planted.states);
        let narratives: BTreeSet<&str> = steps.iter().map(|row| row.get("narrative")).collect();
        assert!(narratives.len() == 1 && !narratives.contains(""), "one narrative holds the chain");
    }
}

#[test]
fn mutual_amplification_is_counted_both_ways() {
    let demo = demo();
    for mutual in &demo.plot.mutual {
        let [a, b] = &mutual.outlets;
        let is_pair = |row: &&Row| row.get("outlet_a") == a && row.get("outlet_b") == b;
        let row = demo.pairs.iter().find(is_pair).unwrap();
        let counts = (row.get("edges_ab").parse(), row.get("edges_ba").parse());
        assert_eq!(counts, (Ok(mutual.there), Ok(mutual.back)));
        let (there, back) = (mutual.there as f64, mutual.back as f64);
        let reciprocity: f64 = row.get("reciprocity").parse().unwrap();
        assert!((reciprocity - 2.0 * there.min(back) / (there + back)).abs() < 1e-3);
    }
}

#[test]
fn a_common_source_is_no_edge_between_its_carriers() {
    let demo = demo();
    for common in &demo.plot.common_source {
        let ends = pair(&common.carriers[0], &common.carriers[1]);
        let edges = demo.edges_between(&ends);
        assert!(edges.is_empty(), "{}: {edges:?}", common.id);
        let passages = demo.passages_between(&ends);
        assert!(!passages.is_empty(), "{}", common.id);
        for row in passages {
            assert_eq!(row.get("kind"), "wire", "{}: {}", common.id, row.get("text"));
            assert_eq!(demo.url(row, "holder"), common.source, "{}", common.id);
        }
        let matched = demo.matches.iter().find(|row| demo.ends(row) == ends).unwrap();
        assert_eq!(matched.get("common_source"), "true", "{}", common.id);
    }
}

#[test]
fn a_source_that_nobody_archived_is_named_by_its_credit() {
    let demo = demo();
    for outside in &demo.plot.outside_source {
        let ends = pair(&outside.carriers[0], &outside.carriers[1]);
        let edges = demo.edges_between(&ends);
        assert!(edges.is_empty(), "{}: {edges:?}", outside.id);
        for row in demo.passages_between(&ends) {
            assert_eq!((row.get("kind"), row.get("holder")), ("wire", ""), "{}", row.get("text"));
        }
        let from_it: Vec<(&str, &str)> = demo
            .edges
            .iter()
            .filter(|row| row.get("outlet_from") == outside.source)
            .map(|row| (demo.url(row, "to"), row.get("grade")))
            .collect();
        assert_eq!(from_it, [(outside.carriers[1].as_str(), "X")], "{}", outside.id);
    }
}

#[test]
fn quoting_the_same_minister_is_no_edge() {
    let demo = demo();
    for quotation in &demo.plot.quotation {
        let ends = pair(&quotation.articles[0], &quotation.articles[1]);
        let passages = demo.passages_between(&ends);
        assert!(passages.iter().any(|row| row.get("text").contains(&quotation.speech)));
        assert!(passages.iter().all(|row| row.get("kind") == "quoted"), "{}", quotation.id);
        let edges = demo.edges_between(&ends);
        assert!(edges.iter().all(|row| matches!(row.get("grade"), "E5" | "X")), "{edges:?}");
    }
}

#[test]
fn a_day_gives_no_direction() {
    let demo = demo();
    for undirected in &demo.plot.undirected {
        assert_eq!(demo.article(&undirected.dated_to_the_day).get("precision"), "day");
        let edges = demo.edges_between(&pair(&undirected.articles[0], &undirected.articles[1]));
        assert!(edges.iter().all(|row| row.get("grade") == "E5"), "{}: {edges:?}", undirected.id);
        assert!(!edges.is_empty(), "{}: the shared text is reported all the same", undirected.id);
    }
}

#[test]
fn standing_lines_match_nothing() {
    let demo = demo();
    for boilerplate in &demo.plot.boilerplate {
        let articles: BTreeSet<&str> = boilerplate.articles.iter().map(String::as_str).collect();
        for row in &demo.passages {
            let among = |column| articles.contains(demo.url(row, column));
            if row.get("text").contains(&boilerplate.text)
                || (among("article_a") && among("article_b"))
            {
                assert_eq!(row.get("kind"), "boilerplate", "{}", row.get("text"));
            }
        }
        let touched = |row: &&Row| {
            articles.contains(demo.url(row, "from")) || articles.contains(demo.url(row, "to"))
        };
        assert_eq!(demo.edges.iter().find(touched), None);
    }
}

#[test]
fn independent_reports_of_one_event_are_a_narrative_and_no_more() {
    let demo = demo();
    for event in &demo.plot.event {
        let mut narratives: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &demo.narratives {
            if event.articles.iter().any(|url| url == demo.url(row, "article")) {
                *narratives.entry(row.get("narrative")).or_default() += 1;
            }
        }
        let sizes: Vec<usize> = narratives.values().copied().collect();
        assert_eq!(sizes, [event.articles.len()], "{} is one narrative", event.id);
        let (narrative, _) = narratives.first_key_value().unwrap();
        let members = demo.narratives.iter().filter(|row| row.get("narrative") == *narrative);
        assert_eq!(members.count(), event.articles.len(), "{} holds nothing else", event.id);
        for (i, a) in event.articles.iter().enumerate() {
            for b in &event.articles[i + 1..] {
                for edge in demo.edges_between(&pair(a, b)) {
                    assert_eq!(edge.get("grade"), "E5", "{}: {a} {b}", event.id);
                }
            }
        }
    }
}

#[test]
fn the_background_matches_nothing() {
    let demo = demo();
    let background: BTreeSet<&str> =
        demo.plot.background.articles.iter().map(String::as_str).collect();
    for row in &demo.matches {
        for column in ["article_a", "article_b"] {
            assert!(!background.contains(demo.url(row, column)), "{:?}", demo.ends(row));
        }
    }
}

#[test]
fn every_article_is_there_once() {
    let demo = demo();
    let plot = &demo.plot;
    let mut planted: BTreeSet<&str> = BTreeSet::new();
    planted.extend(plot.reuse.iter().flat_map(|r| [r.from.as_str(), r.to.as_str()]));
    planted.extend(plot.across.iter().flat_map(|a| [a.from.as_str(), a.to.as_str()]));
    planted.extend(plot.apart.iter().map(|a| a.article.as_str()));
    planted.extend(plot.outside_source.iter().flat_map(|o| &o.carriers).map(String::as_str));
    planted.extend(plot.quotation.iter().flat_map(|q| &q.articles).map(String::as_str));
    planted.extend(plot.undirected.iter().flat_map(|u| &u.articles).map(String::as_str));
    planted.extend(plot.boilerplate.iter().flat_map(|b| &b.articles).map(String::as_str));
    planted.extend(plot.event.iter().flat_map(|e| &e.articles).map(String::as_str));
    planted.extend(plot.edited.iter().map(|e| e.article.as_str()));
    planted.extend(plot.background.articles.iter().map(String::as_str));
    let excerpts: BTreeSet<&str> = plot.excerpt.iter().map(|e| e.article.as_str()).collect();
    let found: Vec<&str> = demo
        .articles
        .iter()
        .map(|row| row.get("url"))
        .filter(|url| !excerpts.contains(url))
        .collect();
    let distinct: BTreeSet<&str> = found.iter().copied().collect();
    let missing: Vec<_> = planted.difference(&distinct).collect();
    let unplanted: Vec<_> = distinct.difference(&planted).collect();
    assert!(
        missing.is_empty() && unplanted.is_empty(),
        "{missing:#?} missing, {unplanted:#?} found"
    );
    assert_eq!(found.len(), distinct.len(), "an address is there twice");
}

#[test]
fn times_versions_and_excerpts_are_as_recorded() {
    let demo = demo();
    for time in &demo.plot.time {
        assert_eq!(demo.article(&time.article).get("published"), time.published);
    }
    for edited in &demo.plot.edited {
        let row = demo.article(&edited.article);
        assert_eq!((row.get("title"), row.get("version")), (edited.title.as_str(), "2"));
        let earlier = demo.articles.iter().find(|row| row.get("title") == edited.first_title);
        assert_eq!(earlier, None, "the first version is no article of its own");
    }
    for excerpt in &demo.plot.excerpt {
        let found = demo.articles.iter().find(|row| row.get("url") == excerpt.article);
        if let Some(row) = found {
            assert!(row.get("words").parse::<usize>().unwrap() <= excerpt.most_words);
        }
    }
}

#[test]
fn sources_end_as_recorded() {
    let demo = demo();
    for feed in &demo.plot.feed {
        let row = demo.feeds.iter().find(|row| row.get("url") == feed.url).unwrap();
        assert_eq!(row.get("status"), feed.status, "{}: {}", feed.url, row.get("message"));
    }
}

#[test]
fn watched_sentences_are_those_of_the_plot_and_the_edge_joins_them() {
    let demo = demo();
    let planted: BTreeSet<(&str, &str)> = demo
        .plot
        .watched
        .iter()
        .flat_map(|w| w.tags.iter().map(|tag| (w.article.as_str(), tag.as_str())))
        .collect();
    let label = |row: &Row| format!("{} {}", row.get("stance"), row.get("claim"));
    let names: Vec<String> = demo.tags.iter().map(label).collect();
    let found: BTreeSet<(&str, &str)> = demo
        .tags
        .iter()
        .zip(&names)
        .map(|(row, name)| (demo.url(row, "article"), name.as_str()))
        .collect();
    assert_eq!(found, planted);
    let seen: Vec<(&str, &str, &str, &str)> = demo
        .watchlist
        .iter()
        .map(|row| {
            let cell = |column| row.get(column);
            (cell("narrative"), cell("outlet"), cell("edges_out"), cell("edges_in"))
        })
        .collect();
    let planted: Vec<(&str, &str, &str, &str)> = demo
        .plot
        .spread
        .iter()
        .flat_map(|s| {
            let narrative = s.narrative.as_str();
            [(narrative, s.from.as_str(), "1", "0"), (narrative, s.to.as_str(), "0", "1")]
        })
        .collect();
    assert_eq!(seen, planted);
}
