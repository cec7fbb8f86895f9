//! `fimi outlets --check` as a table, CSV and JSON, and the registry file that it writes.

use std::process::{Command, Output};

use crate::server::{Server, missing, ok};
use crate::support::{TestEnv, stderr, stdout};

const REGISTRY: &str = r#"# My own outlet.
[[outlet]]
id = "sea"
name = "Sea \"News\""
domains = ["sea.example"]
aliases = ["Sea"]
[[outlet.edition]]
id = "sea-en"
language = "en"
feeds = ["http://sea.example/alive", "http://sea.example/gone", "http://sea.example/silent"]
[[outlet.edition.source]]
kind = "json"
urls = ["http://sea.example/list?token=secret"]
address = "url"
title = "title"
time = "at"
"#;

fn serve() -> Server {
    Server::start(|target, _| match target {
        "sea.example/alive" => {
            ok("<rss version='2.0'><channel><title>Sea</title><item><title>=1+1</title>\
            <link>http://sea.example/1</link><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>")
        }
        "sea.example/silent" => {
            ok("<rss version='2.0'><channel><title>Sea</title></channel></rss>")
        }
        t if t.starts_with("sea.example/list") => {
            ok(r#"[{"url": "http://sea.example/2", "title": "Two", "at": "2026-03-04T09:00:00Z"}]"#)
        }
        _ => missing(),
    })
}

fn check(env: &TestEnv, server: &Server, more: &[&str]) -> Output {
    Command::new(env.command().get_program())
        .args(["outlets", "sea", "--check", "--host-delay", "0s", "--now", "2026-03-05T12:00:00Z"])
        .args(more)
        .current_dir(env.path("."))
        .env_clear()
        .env("FIMI_HOME", env.path("home"))
        .env("HTTP_PROXY", format!("http://{}", server.address))
        .output()
        .unwrap()
}

#[test]
fn the_health_of_sources_is_a_table_for_people_and_for_programs() {
    let (server, env) = (serve(), TestEnv::new());
    env.write("sea.toml", REGISTRY);
    let csv = check(&env, &server, &["--registry", "sea.toml", "--format", "csv"]);
    assert_eq!(csv.status.code(), Some(3), "{}", stderr(&csv));
    let path = env.write("check.csv", stdout(&csv));
    let rows = crate::support::table(&path);
    let cells: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| ["edition", "kind", "status", "newest"].map(|c| row.get(c)))
        .collect();
    assert_eq!(
        cells,
        [
            ["sea-en", "feed", "ok", "2026-03-05T10:00:00Z"],
            ["sea-en", "feed", "http_4xx", ""],
            ["sea-en", "feed", "says_nothing", ""],
            ["sea-en", "json", "ok", "2026-03-04T09:00:00Z"],
        ]
    );
    assert!(!stdout(&csv).contains("secret"), "what is passed on has no secret");
    let json = check(&env, &server, &["--registry", "sea.toml", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        stdout(&json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let statuses: Vec<&str> = lines.iter().map(|line| line["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["ok", "http_4xx", "says_nothing", "ok"]);
    let alone = env.command().args(["outlets", "--format", "csv"]).output().unwrap();
    assert_eq!(alone.status.code(), Some(2), "a format belongs to a check");
}

#[test]
fn what_a_check_has_found_is_a_registry_file_of_ones_own() {
    let (server, env) = (serve(), TestEnv::new());
    env.write("sea.toml", REGISTRY);
    check(&env, &server, &["--registry", "sea.toml", "--update", "shared.toml"]);
    let shown = env.run(&["outlets", "sea", "--json", "--registry", "shared.toml"], 0);
    let outlet: serde_json::Value = serde_json::from_str(&stdout(&shown)).unwrap();
    assert_eq!(outlet["name"], "Sea \"News\"");
    let sources = outlet["editions"][0]["sources"].as_array().unwrap();
    let found: Vec<_> =
        sources.iter().map(|s| (s["seen"].as_str(), s["newest"].as_str())).collect();
    assert_eq!(
        found,
        [
            (Some("2026-03-05"), Some("2026-03-05")),
            (None, None),
            (None, None),
            (Some("2026-03-05"), Some("2026-03-04"))
        ]
    );
    assert_eq!(sources[3]["paths"]["address"], "url");
    // The file is the registry now, and is brought up to date; another one is not written over.
    let again = check(&env, &server, &["--registry", "shared.toml", "--update", "shared.toml"]);
    assert_eq!(again.status.code(), Some(3), "{}", stderr(&again));
    let refused = check(&env, &server, &["--registry", "shared.toml", "--update", "sea.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("not the registry in use"), "{}", stderr(&refused));
    assert_eq!(std::fs::read_to_string(env.path("sea.toml")).unwrap(), REGISTRY);
}
