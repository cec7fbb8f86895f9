//! Narratives that a user watches for: from the file to the tables, and what a bad file is told.

use crate::support::{TestEnv, corpus, stderr, stdout};

const NARRATIVES: &str = r#"
[[narrative]]
id = "blockade"
title = "The blockade was ended by the harbour"
source = "made up"
terms.en = ["blockade"]
claims = ["Ships left the quay and ended a blockade of the harbour."]
counter_claims = [{ text = "The blockade goes on.", words = { en = ["blockade", "goes on|continues"] } }]
"#;

fn env() -> TestEnv {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.write("n.toml", NARRATIVES);
    env
}

#[test]
fn tag_prints_the_sentence_the_claim_and_the_place() {
    let env = env();
    let output = env.run(&["tag", "--input", "c.jsonl", "--narratives", "n.toml"], 0);
    env.write("tags.csv", stdout(&output));
    let rows = env.table("tags.csv");
    assert_eq!(rows.len(), 2, "{rows:?}");
    for row in &rows {
        assert_eq!(
            (row.get("narrative"), row.get("claim"), row.get("stance")),
            ("blockade", "1", "claim")
        );
        assert_eq!(row.get("start"), "0");
        let end: usize = row.get("end").parse().unwrap();
        assert_eq!(row.get("sentence").len(), end);
        assert!(row.get("sentence").starts_with("The harbour master"));
        assert_eq!(row.get("attributed"), "true");
    }
    assert!(stderr(&output).contains("2 tags in 2 of 3 articles"), "{}", stderr(&output));

    let json = env.run(&["tag", "--input", "c.jsonl", "--narratives", "n.toml", "--json"], 0);
    assert_eq!(stdout(&json).lines().count(), 2);
}

#[test]
fn a_run_says_who_carried_it_first_and_what_joins_the_articles() {
    let env = env();
    env.run(&["analyze", "--input", "c.jsonl", "--narratives", "n.toml"], 0);
    let rows = env.table("fimi-out/watchlist.csv");
    let seen: Vec<(&str, &str, &str, &str)> = rows
        .iter()
        .map(|r| (r.get("outlet"), r.get("first_article"), r.get("edges_out"), r.get("edges_in")))
        .collect();
    assert_eq!(seen, [("rt", "a1", "1", "0"), ("cgtn", "b1", "0", "1")]);
    assert_eq!(env.table("fimi-out/tags.csv").len(), 2);
    let page = std::fs::read_to_string(env.path("fimi-out/report.html")).unwrap();
    assert!(page.contains("The blockade was ended by the harbour"));
    assert!(page.contains("Joined by 1 directed edge"));
}

#[test]
fn fail_on_watchlist_is_5_if_a_claim_is_resembled() {
    let env = env();
    let analyze = ["analyze", "--input", "c.jsonl", "--fail-on", "watchlist", "-q", "--narratives"];
    let output = env.run(&[&analyze[..], &["n.toml"]].concat(), 5);
    assert!(stderr(&output).contains("tags.csv"));
    let one = ["--fail-on", "watchlist blockade outlets>=2", "--narratives", "n.toml"];
    env.run(&[&["analyze", "--input", "c.jsonl", "-q"][..], &one].concat(), 5);
    let many = ["--fail-on", "watchlist blockade outlets>=3", "--narratives", "n.toml"];
    env.run(&[&["analyze", "--input", "c.jsonl", "-q"][..], &many].concat(), 0);
    let unknown = ["--fail-on", "watchlist blokade", "--narratives", "n.toml"];
    let output = env.run(&[&["analyze", "--input", "c.jsonl", "-q"][..], &unknown].concat(), 2);
    assert!(stderr(&output).contains("did you mean `blockade`?"));
    env.run(&[&analyze[..], &["none"]].concat(), 0);
    env.write(
        "other.toml",
        NARRATIVES.replace("terms.en = [\"blockade\"]", "terms.en = [\"meteor\"]"),
    );
    env.run(&[&analyze[..], &["other.toml"]].concat(), 0);
}

#[test]
fn a_bad_file_is_named_with_line_and_what_to_do() {
    let env = env();
    env.write("bad.toml", NARRATIVES.replace("terms.en", "terms.english"));
    for (file, says) in
        [("bad.toml", "bad.toml:6: `english` is no language"), ("gone.toml", "gone.toml")]
    {
        let output = env.run(&["tag", "--input", "c.jsonl", "--narratives", file], 2);
        assert!(stderr(&output).contains(says), "{}", stderr(&output));
    }
}

#[test]
fn labels_of_a_person_give_the_precision() {
    let env = env();
    let tags = stdout(&env.run(&["tag", "--input", "c.jsonl", "--narratives", "n.toml"], 0));
    let labels = ["label", "right", "wrong"];
    let rows: Vec<String> =
        tags.lines().zip(labels).map(|(line, label)| format!("{line},{label}")).collect();
    let labelled = rows.join("\n");
    env.write("labelled.csv", labelled);
    let said = stdout(&env.run(&["tag", "--read", "labelled.csv"], 0));
    assert!(said.contains("blockade") && said.contains("0.50"), "{said}");
    env.write("tags.csv", tags);
    let output = env.run(&["tag", "--read", "tags.csv"], 2);
    assert!(stderr(&output).contains("no column `label`"), "{}", stderr(&output));
}
