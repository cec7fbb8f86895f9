//! Analyze, import and export on small files.

use std::fs;

use crate::support::{TestEnv, corpus, stderr, stdout};

/// All files of an output directory but `run.json`, whose `measured` part varies.
fn outputs(env: &TestEnv, dir: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(env.path(dir))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("run.json"))
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn an_uncredited_copy_is_an_edge_with_its_lag() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["analyze", "--input", "c.jsonl", "-q"], 0);
    let edges = env.table("fimi-out/edges.csv");
    assert_eq!(edges.len(), 1, "{edges:?}");
    let edge = &edges[0];
    assert_eq!((edge.get("from"), edge.get("to"), edge.get("grade")), ("a1", "b1", "E3"));
    let lag: f64 = edge.get("lag_minutes").parse().unwrap();
    assert!((lag - 180.2).abs() < 0.1, "{lag}");
    let matches = env.table("fimi-out/matches.csv");
    assert_eq!(matches[0].get("relation"), "verbatim");
}

#[test]
fn order_of_input_threads_and_format_do_not_matter() {
    let env = TestEnv::new();
    let lines = corpus(false);
    let reversed: Vec<&str> = lines.lines().rev().collect();
    env.write("a.jsonl", &lines);
    env.write("b.jsonl", reversed.join("\n"));
    env.run(&["analyze", "--input", "a.jsonl", "--out", "one", "--threads", "1", "-q"], 0);
    env.run(&["analyze", "--input", "b.jsonl", "--out", "two", "--threads", "2", "-q"], 0);
    assert_eq!(outputs(&env, "one"), outputs(&env, "two"));
}

#[test]
fn splitting_the_input_into_files_does_not_matter() {
    let env = TestEnv::new();
    let lines = corpus(false);
    env.write("all.jsonl", &lines);
    env.run(&["analyze", "--input", "all.jsonl", "--out", "whole", "-q"], 0);
    let lines: Vec<&str> = lines.lines().collect();
    for at in 1..lines.len() {
        env.write("a.jsonl", lines[at..].join("\n"));
        env.write("b.jsonl", lines[..at].join("\n"));
        let inputs = ["--input", "a.jsonl", "--input", "b.jsonl"];
        env.run(&[&["analyze", "--out", "parts", "-q"], &inputs[..]].concat(), 0);
        assert_eq!(outputs(&env, "whole"), outputs(&env, "parts"), "split at {at}");
    }
}

/// Seven days, two apart, of two outlets: on each a story of the one that the other copies on the next.
fn fortnight() -> Vec<String> {
    let words = |day: usize| (0..60).map(|n| format!("w{day}x{n}")).collect::<Vec<_>>().join(" ");
    let record = |outlet: &str, day: usize, story: usize| {
        format!(
            r#"{{"id":"{outlet}{day}","outlet":"{outlet}","title":"Day {day}","text":"{}","published":"2026-03-{:02}T0{day}:00:10Z","language":"en"}}"#,
            words(story),
            2 * day
        )
    };
    (1..8).flat_map(|day| [record("rt", day, day), record("cgtn", day, day - 1)]).collect()
}

#[test]
fn an_archive_that_grows_is_analyzed_further_with_the_results_of_a_full_run() {
    let env = TestEnv::new();
    env.write("home/config.toml", "[calendar]\nwarm_up_days = 1\nwarm_up_articles = 1\n");
    let mut weeks = Vec::new();
    for (day, records) in fortnight().chunks(2).enumerate() {
        env.write("day.jsonl", records.join("\n"));
        env.run(&["import", "day.jsonl", "--now", "2026-03-20T00:00:00Z", "-q"], 0);
        env.run(&["analyze", "--incremental", "--out", "further", "-q"], 0);
        env.run(&["analyze", "--out", "full", "-q"], 0);
        assert_eq!(outputs(&env, "further"), outputs(&env, "full"), "day {day}");
        let run = fs::read_to_string(env.path("further/run.json")).unwrap();
        let run: serde_json::Value = serde_json::from_str(&run).unwrap();
        let of = |name: &str| run["measured"]["weeks"][name].as_u64().unwrap();
        weeks.push((of("ended"), of("known")));
    }
    // The opening is the second of March, weeks begin on the third and the tenth.
    assert_eq!(weeks, [(0, 0), (1, 0), (1, 1), (1, 1), (2, 1), (2, 2), (2, 2)]);
    assert_eq!(env.table("full/matches.csv").len(), 6);
    // Other questions do not drive the memory out.
    for other in [["--since", "2026-03-03"], ["--since", "2026-03-12"], ["--until", "2026-03-05"]] {
        let other = [&["analyze", "--incremental", "--out", "other", "-q"], &other[..]].concat();
        env.run(&other, 0);
        let output = env.run(&["analyze", "--incremental", "--out", "further", "-v"], 0);
        assert!(stderr(&output).contains("2 are over, 2 were known"), "{}", stderr(&output));
    }
    // A memory that is damaged is said to be so, and does no harm.
    for kept in fs::read_dir(env.path("home/cache/matches")).unwrap() {
        let kept = kept.unwrap().path();
        let mut bytes = fs::read(&kept).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&kept, bytes).unwrap();
    }
    let output = env.run(&["analyze", "--incremental", "--out", "further"], 0);
    assert!(stderr(&output).contains("damaged; all weeks are compared again"));
    assert_eq!(outputs(&env, "further"), outputs(&env, "full"));
    let output = env.run(&["analyze", "--incremental", "--out", "further", "-v"], 0);
    assert!(stderr(&output).contains("2 are over, 2 were known"), "{}", stderr(&output));
    // A late article changes what follows it, and is heeded.
    let late = fortnight()[0].replace("rt1", "rt0").replace("2026-03-02", "2026-03-01");
    env.write("late.jsonl", late);
    env.run(&["import", "late.jsonl", "--now", "2026-03-20T00:00:00Z", "-q"], 0);
    let output = env.run(&["analyze", "--incremental", "--out", "further"], 0);
    assert!(stderr(&output).contains("no week of the last run"), "{}", stderr(&output));
    env.run(&["analyze", "--out", "full", "-q"], 0);
    assert_eq!(outputs(&env, "further"), outputs(&env, "full"));
    // Nor does a memory that cannot be written do harm.
    fs::remove_dir_all(env.path("home/cache")).unwrap();
    env.write("home/cache", "in the way");
    let output = env.run(&["analyze", "--incremental", "--out", "further"], 0);
    assert!(stderr(&output).contains("cannot create"), "{}", stderr(&output));
    assert_eq!(outputs(&env, "further"), outputs(&env, "full"));
}

#[test]
fn the_period_is_half_open() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    let period = ["--since", "2026-03-02T06:00:10Z", "--until", "2026-03-02T09:00:20Z"];
    env.run(&[&["analyze", "--input", "c.jsonl", "-q"], &period[..]].concat(), 0);
    let ids: Vec<String> =
        env.table("fimi-out/articles.csv").iter().map(|r| r.get("article").to_string()).collect();
    assert_eq!(ids, ["a1", "c1"]);
}

#[test]
fn what_is_imported_can_be_exported_and_analyzed_again() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["import", "c.jsonl", "--now", "2026-03-05T00:00:00Z"], 0);
    let again = env.run(&["import", "c.jsonl", "--now", "2026-03-06T00:00:00Z"], 0);
    assert!(stderr(&again).contains("0 new articles"), "{}", stderr(&again));
    for file in ["e.jsonl", "e.csv", "e.parquet"] {
        env.run(&["export", file, "-q"], 0);
        env.run(&["analyze", "--input", file, "--out", file.rsplit('.').next().unwrap(), "-q"], 0);
    }
    assert_eq!(outputs(&env, "jsonl"), outputs(&env, "csv"));
    assert_eq!(outputs(&env, "jsonl"), outputs(&env, "parquet"));
    let edges = env.table("jsonl/edges.csv");
    assert_eq!(edges.len(), 1);
}

#[test]
fn coortweet_gets_its_four_columns() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    // From the run alone: there is no archive.
    env.run(&["analyze", "--input", "c.jsonl", "--excel", "-q"], 0);
    let export = |more: &[&str]| {
        let args = [&["export", "-", "--format", "coortweet", "-q"], more].concat();
        stdout(&env.run(&args, 0))
    };
    assert_eq!(export(&["--since", "2026-03-02T08:00:00Z"]).lines().count(), 2);
    let text = export(&[]);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("object_id,account_id,content_id,timestamp_share"));
    assert!(lines.any(|line| line.ends_with(",rt,a1,1772431210")), "{text}");
}

#[test]
fn a_saved_page_is_read_by_its_outlets_rules() {
    let env = TestEnv::new();
    env.write(
        "page.html",
        r#"<html lang="en"><head><link rel="canonical" href="https://www.rt.com/news/612345-bridge/">
        <title>Bridge reopens — RT World News</title></head><body>
        <h1 class="article__heading">Bridge reopens</h1>
        <span class="date_article-header">2 Mar, 2026 05:47</span>
        <div class="article__text"><p>The long bridge over the Arno strait reopened to traffic on
        Monday after a winter of repairs, officials of the island said in a statement.</p>
        <p>Lorries will be let across at night only until the summer, they added, because two of the
        piers still have to be strengthened against the tide.</p></div></body></html>"#,
    );
    env.run(&["import", "page.html", "-q"], 0);
    env.run(&["export", "out.jsonl", "-q"], 0);
    let line = fs::read_to_string(env.path("out.jsonl")).unwrap();
    let exported = env.run(&["export", "out.warc"], 0);
    assert!(stderr(&exported).contains("0 raw pages of 1 article "), "{}", stderr(&exported));
    let record: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
    assert_eq!(record["outlet"], "rt");
    assert_eq!(record["title"], "Bridge reopens");
    assert!(record["published"].as_str().unwrap().starts_with("2026-03-02T05:47"));
    assert!(record["text"].as_str().unwrap().ends_with("against the tide."));
}
