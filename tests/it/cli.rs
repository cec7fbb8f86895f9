//! Flags, messages, exit codes, and what goes to which stream.

use crate::support::{TestEnv, corpus, stderr, stdout};

#[test]
fn success_is_0_and_quiet_says_nothing() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    let output = env.run(&["analyze", "--input", "c.jsonl", "-q"], 0);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
    assert!(env.path("fimi-out/run.json").exists());

    let output = env.run(&["demo", "--out", "demo", "-q"], 0);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
}

#[test]
fn a_wrong_flag_or_setting_is_2_and_is_named() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    for (args, named) in [
        (vec!["analyze", "--frobnicate"], "--frobnicate"),
        (vec!["analyze", "--input", "c.jsonl", "--window", "soon"], "--window soon"),
        (
            vec!["analyze", "--input", "c.jsonl", "--since", "2026-03-02", "--until", "2026-03-01"],
            "--since",
        ),
        (vec!["analyze", "--input", "missing.jsonl"], "missing.jsonl"),
        (vec!["analyze", "--input", "c.jsonl", "--registry", "missing.toml"], "missing.toml"),
        (vec!["scan", "--outlets", "sputink"], "did you mean `sputnik`"),
    ] {
        let output = env.run(&args, 2);
        assert!(stderr(&output).contains(named), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn odd_pages_and_addresses_are_refused_with_what_is_wrong() {
    let env = TestEnv::new();
    env.write("page.html", "<p>x</p>");
    for (args, exit, named) in [
        (vec!["extract", ""], 2, "neither a file nor"),
        (vec!["extract", "ftp://a.example/x"], 2, "neither a file nor"),
        (vec!["extract", "."], 2, "cannot read ."),
        (vec!["extract", "page.html", "--url", "nonsense"], 0, "no address"),
        (vec!["extract", "http://me:secret@a.example/x"], 4, "user name"),
        (vec!["extract", "http://127.0.0.1/"], 4, "not a public address"),
        (vec!["extract", "http://[::1]:99999/"], 4, "port"),
        (vec!["fetch", "--outlets", "rt,"], 2, "without a name"),
        (vec!["fetch", "--ignore-robots", " "], 2, "reason"),
        (vec!["fetch", "--outlets", "afp"], 4, "no source"),
    ] {
        let said = stderr(&env.run(&args, exit));
        assert!(said.contains(named) && !said.contains("secret"), "{args:?}: {said}");
    }
}

#[test]
fn an_archive_that_may_only_be_read_is_read() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["import", "c.jsonl"], 0);
    let (home, archive) = (env.path("home"), env.path("home/archive.db"));
    let allow = |path: &std::path::Path, yes: bool| {
        let mut permissions = std::fs::metadata(path).unwrap().permissions();
        permissions.set_readonly(!yes);
        std::fs::set_permissions(path, permissions).unwrap();
    };
    allow(&archive, false);
    allow(&home, false);
    env.run(&["analyze"], 0);
    env.run(&["export", "out.jsonl"], 0);
    allow(&home, true);
    allow(&archive, true);
    env.write("home/archive.db", vec![7; 9_000]);
    assert!(stderr(&env.run(&["analyze"], 2)).contains("not an archive"));
}

#[test]
fn a_bad_record_is_3_and_the_rest_is_written() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(true));
    let output = env.run(&["analyze", "--input", "c.jsonl"], 3);
    assert!(stderr(&output).contains("c.jsonl:2"), "{}", stderr(&output));
    assert_eq!(env.table("fimi-out/articles.csv").len(), 3);
    assert_eq!(env.table("fimi-out/skipped.csv").len(), 1);
    env.run(&["analyze", "--input", "c.jsonl", "--strict"], 2);
}

#[test]
fn nothing_usable_is_4() {
    let env = TestEnv::new();
    env.write("c.jsonl", "{}\n");
    env.run(&["analyze", "--input", "c.jsonl"], 4);
    assert!(!env.path("fimi-out/run.json").exists());
    let output = env.run(&["analyze"], 4);
    assert!(stderr(&output).contains("archive"), "{}", stderr(&output));
}

#[test]
fn a_condition_that_holds_is_5() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["analyze", "--input", "c.jsonl", "--fail-on", "edges"], 5);
    env.run(&["analyze", "--input", "c.jsonl", "--fail-on", "significant"], 0);
}

#[test]
fn runs_that_end_with_the_matches_write_only_those() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    let run = |relations: &str| {
        let output = env.run(&["analyze", "--input", "c.jsonl", "--relations", relations], 0);
        let mut files: Vec<String> = std::fs::read_dir(env.path("fimi-out"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        (files, env.table("fimi-out/matches.csv"), stdout(&output))
    };
    let (all, matches_of_all, _) = run("all");
    assert!(all.contains(&"report.html".into()) && all.contains(&"edges.csv".into()), "{all:?}");
    let said = stderr(&env.run(&["show", "a1"], 0));
    assert!(said.is_empty(), "{said}");

    // Into the same folder: what this run does not say must not stay of the earlier one.
    let (reuse, matches, said) = run("reuse");
    let expected = [
        "articles.csv",
        "coverage_gaps.csv",
        "datapackage.json",
        "feeds_status.csv",
        "matches.csv",
        "passages.csv",
        "run.json",
        "skipped.csv",
    ];
    assert_eq!(reuse, expected);
    assert_eq!(matches.len(), 1);
    for column in ["match", "relation", "containment_a", "containment_b", "passages", "own_words"] {
        assert_eq!(matches[0].get(column), matches_of_all[0].get(column), "{column}");
    }
    assert!(said.contains("see matches.csv first") && said.contains("--relations all"), "{said}");
    assert!(!said.contains("narratives ·") && !said.contains("report.html"), "{said}");
    let said = stderr(&env.run(&["show", "a1"], 2));
    assert!(said.contains("a run over all relations"), "{said}");

    let (lexical, matches, _) = run("lexical");
    let topics = expected.into_iter().filter(|&file| file != "passages.csv");
    assert_eq!(lexical, ["aligned.csv"].into_iter().chain(topics).collect::<Vec<_>>());
    assert_eq!(matches[0].get("lexical"), matches_of_all[0].get("lexical"));
    assert_eq!((matches[0].get("containment_a"), matches[0].get("common_source")), ("", ""));

    let args =
        ["analyze", "--input", "c.jsonl", "--relations", "reuse", "--fail-on", "significant"];
    assert!(stderr(&env.run(&args, 2)).contains("--relations all"));
}

#[test]
fn a_second_writer_is_75() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    let archive = fimi::archive::Archive::open(&env.path("home/archive.db")).unwrap();
    let output = env.run(&["import", "c.jsonl"], 75);
    assert!(stderr(&output).contains(&std::process::id().to_string()), "{}", stderr(&output));
    drop(archive);
    env.run(&["import", "c.jsonl"], 0);
}

/// A registry whose only outlet has a source that no network leads to.
fn unreachable_outlet(env: &TestEnv) {
    env.write(
        "r.toml",
        "[[outlet]]\nid = \"far\"\n[[outlet.edition]]\nid = \"far-en\"\nlanguage = \"en\"\n\
         feeds = [\"http://news.invalid/rss\"]\n",
    );
}

#[test]
fn a_patient_fetch_waits_for_the_archive_and_then_ends_with_75() {
    let env = TestEnv::new();
    unreachable_outlet(&env);
    let archive = fimi::archive::Archive::open(&env.path("home/archive.db")).unwrap();
    let fetch = ["fetch", "--registry", "r.toml", "--outlets", "far", "--wait-lock"];
    env.run(&[&fetch[..], &["1"]].concat(), 75);
    let release = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        drop(archive);
    });
    env.run(&[&fetch[..], &["60"]].concat(), 4);
    release.join().unwrap();
}

#[test]
fn a_scan_without_a_network_is_4_and_keeps_the_archive() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["import", "c.jsonl"], 0);
    env.write(
        "r.toml",
        "[[outlet]]\nid = \"rt\"\nreplace_editions = true\n[[outlet.edition]]\nid = \"rt-en\"\n\
         language = \"en\"\n[[outlet.edition.source]]\nkind = \"feed\"\n\
         urls = [\"http://news.invalid/rss\"]\n",
    );
    let output = env.run(&["scan", "--registry", "r.toml", "--outlets", "rt"], 4);
    let said = stderr(&output);
    assert!(said.contains("news.invalid") && said.contains("3 articles"), "{said}");
    assert!(!env.path("fimi-out").exists());
    env.run(&["analyze"], 0);
}

#[test]
fn data_goes_to_stdout_and_everything_else_to_stderr() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(true));
    let output = env.run(&["analyze", "--input", "c.jsonl", "--json"], 3);
    let run: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(run["counts"]["articles"], 3);
    assert_eq!(run["inputs"][0]["skipped"], 1);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["import", "c.jsonl", "-q"], 0);
    for args in [
        &["outlets", "--json"][..],
        &["man"],
        &["completions", "bash"],
        &["help", "scan"],
        &["export", "-"],
        &["export", "-", "--format", "csv"],
    ] {
        let mut child = std::process::Command::new(env.command().get_program())
            .args(args)
            .env("FIMI_HOME", env.path("home"))
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(stderr(&output), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_file_size_limit_are_errors_that_name_the_file() {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["analyze", "--input", "c.jsonl", "-q", "--out", "old"], 0);
    let report = std::fs::read(env.path("old/report.html")).unwrap();
    let program = env.command().get_program().to_owned();
    let shell = |line: &str| {
        std::process::Command::new("sh")
            .args(["-c", line, "sh"])
            .arg(&program)
            .current_dir(env.path(""))
            .env("FIMI_HOME", env.path("home"))
            .output()
            .unwrap()
    };
    let limited = shell("ulimit -f 8; exec \"$1\" analyze --input c.jsonl -q --out old");
    assert_eq!(limited.status.code(), Some(1), "{}", stderr(&limited));
    assert!(stderr(&limited).contains("cannot write old/"), "{}", stderr(&limited));
    assert_eq!(std::fs::read(env.path("old/report.html")).unwrap(), report);
    assert!(!env.path("old/run.json").exists(), "an unfinished run does not look complete");
    if std::path::Path::new("/dev/full").exists() {
        let full = shell("exec \"$1\" outlets --json > /dev/full");
        assert_eq!(full.status.code(), Some(1));
        assert!(stderr(&full).contains("standard output"), "{}", stderr(&full));
    }
}

#[test]
fn a_dry_run_asks_and_writes_nothing() {
    let env = TestEnv::new();
    let said = stdout(&env.run(&["scan", "--dry-run", "--outlets", "rt,tass", "--out", "out"], 0));
    assert!(
        said.contains("rt.com") && said.contains("tass") && said.contains("at least"),
        "{said}"
    );
    assert!(said.contains("Nothing was asked or written"), "{said}");
    let json = stdout(&env.run(&["fetch", "--dry-run", "--outlets", "rt", "--json"], 0));
    let site: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert!(site["requests"].as_u64() >= site["sources"].as_u64(), "{site}");
    for path in ["out", "home/archive.db"] {
        assert!(!env.path(path).exists(), "{path}");
    }
}

#[test]
fn settings_say_where_they_come_from() {
    let env = TestEnv::new();
    let output =
        env.command().args(["config", "show", "--origin"]).env("FIMI_WINDOW", "3d").output();
    let said = stdout(&output.unwrap());
    assert!(said.contains("window = 3d  # from the environment: FIMI_WINDOW"), "{said}");
    env.write("c.jsonl", corpus(false));
    let args = ["analyze", "--input", "c.jsonl", "--outlets", "rt,cgtn", "--out", "out", "-q"];
    let ended = env.command().args(args).env("FIMI_WINDOW", "3d").output().unwrap();
    assert!(ended.status.success());
    let run: serde_json::Value =
        serde_json::from_slice(&std::fs::read(env.path("out/run.json")).unwrap()).unwrap();
    assert_eq!(run["settings"]["window"]["origin"], "environment");
    assert_eq!(run["settings"]["outlets"]["value"], "rt,cgtn");
    let flags = &run["measured"]["flags"];
    assert_eq!(flags["window"]["origin"], "environment");
    assert_eq!(flags["outlets"]["origin"], "command_line");
    assert_eq!(flags["texts"]["origin"], "default");
    let outlets: std::collections::BTreeSet<String> =
        env.table("out/articles.csv").iter().map(|row| row.get("outlet").to_owned()).collect();
    assert!(outlets.iter().all(|outlet| ["rt", "cgtn"].contains(&outlet.as_str())), "{outlets:?}");
}

#[test]
fn manual_and_completions_are_printed() {
    let env = TestEnv::new();
    assert!(stdout(&env.run(&["man"], 0)).contains(".TH fimi"));
    assert!(stdout(&env.run(&["completions", "bash"], 0)).contains("FIMI_COMPLETE"));
}
