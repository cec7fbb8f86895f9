//! `fimi browse` over HTTP as a browser and as an attacker see it, and `fimi find`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::support::{TestEnv, corpus, stderr, stdout};

/// A server that is stopped with the test.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn start(env: &TestEnv, args: &[&str]) -> Served {
        let mut child = std::process::Command::new(env.command().get_program())
            .args(["browse", "--port", "0"])
            .args(args)
            .current_dir(env.path("."))
            .env_clear()
            .env("FIMI_HOME", env.path("home"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Served { child, address }
    }

    /// Status and text of an answer.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let own = [("Host", self.address.as_str())];
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let all = headers.iter().chain(own.iter().filter(|_| !has_host));
        let head =
            all.fold(String::new(), |head, (name, value)| head + name + ": " + value + "\r\n");
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nConnection: close\r\n{head}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &[], "")
    }
}

/// A run of the small corpus, with its texts.
fn run() -> TestEnv {
    let env = TestEnv::new();
    env.write("c.jsonl", corpus(false));
    env.run(&["analyze", "--input", "c.jsonl", "--texts", "--out", "out"], 0);
    env
}

#[test]
fn pages_are_served_to_this_machine_alone() {
    let env = run();
    let served = Served::start(&env, &["out"]);
    let (status, page) = served.get("/");
    assert!(status == 200 && page.contains("What this run holds"), "{page}");
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "cache-control: no-store",
    ] {
        assert!(page.to_lowercase().contains(header), "{header}");
    }
    let port = served.address.split(':').nth(1).unwrap();
    for host in
        ["evil.example".to_owned(), format!("evil.example:{port}"), format!("0.0.0.0:{port}")]
    {
        let (status, answer) = served.ask("GET", "/", &[("Host", &host)], "");
        assert!(status == 421 && !answer.contains("What this run holds"), "{host}: {answer}");
    }
    let local = format!("localhost:{port}");
    assert_eq!(served.ask("GET", "/articles", &[("Host", &local)], "").0, 200);
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        assert_eq!(served.ask(method, "/", &[], "").0, 405, "{method}");
    }
    assert_eq!(served.get("/nosuch").0, 404);
}

#[test]
fn a_match_is_read_side_by_side_and_a_list_is_saved() {
    let env = run();
    let served = Served::start(&env, &["out"]);
    let id = env.table("out/matches.csv")[0].get("match").to_owned();
    let (status, page) = served.get(&format!("/match?id={id}"));
    assert_eq!(status, 200);
    assert_eq!(page.matches("Lamps burned along the breakwater").count(), 2);
    let (_, saved) = served.get("/matches?format=csv");
    assert!(saved.contains("filename=\"matches.csv\"") && saved.contains(&id), "{saved}");
}

#[test]
fn a_sheet_is_filled_in_with_the_token_alone() {
    let env = run();
    env.run(&["sample", "--run", "out", "--out", "sheet"], 0);
    let served = Served::start(&env, &["out", "--sheet", "sheet.csv"]);
    let (_, page) = served.get("/code");
    let token = page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(token.len() >= 32);
    let before = std::fs::read(env.path("sheet.csv")).unwrap();
    let form = |token: &str| format!("token={token}&item=1&label=right&comment=");
    let guess = form(&"0".repeat(32));
    assert_eq!(served.ask("POST", "/code", &[], &guess).0, 403);
    let foreign = [("Origin", "http://evil.example")];
    assert_eq!(served.ask("POST", "/code", &foreign, &form(token)).0, 403);
    let rebound = [("Host", "evil.example")];
    assert_eq!(served.ask("POST", "/code", &rebound, &form(token)).0, 421);
    assert_eq!(std::fs::read(env.path("sheet.csv")).unwrap(), before);
    assert_eq!(served.ask("POST", "/code", &[], &form(token)).0, 303);
    drop(served);
    let score = stdout(&env.run(&["sample", "--run", "out", "--read", "sheet.csv"], 0));
    assert!(score.contains("1 of 1"), "{score}");
}

#[test]
fn the_archive_has_pages_without_a_run() {
    let env = TestEnv::new();
    let record = "{\"outlet\":\"rt\",\"id\":\"a\",\"url\":\"https://rt.example/a\",\"title\":\"Grain ships\",\
                  \"text\":\"Two grain ships left the quay.\",\"published\":\"2026-03-02T06:00:10Z\"}\n";
    env.write("c.jsonl", record);
    env.run(&["import", "c.jsonl"], 0);
    let served = Served::start(&env, &["--archive"]);
    let (status, page) = served.get("/article?id=a");
    assert!(status == 200 && page.contains("Two grain ships left the quay."), "{page}");
}

#[test]
fn words_are_found_on_the_terminal() {
    let env = run();
    let found = |args: &[&str]| {
        let args = [&["find", "--run", "out"][..], args].concat();
        stdout(&env.run(&args, 0))
    };
    let lines = found(&["grain", "ships"]);
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.contains("RT") && lines.contains("2026-03-02 06:00"));
    assert_eq!(found(&["\"cable car\""]).lines().count(), 1);
    assert_eq!(found(&["grain", "--outlet", "cgtn"]).lines().count(), 1);
    assert_eq!(found(&["--", "grain", "-blockade"]).lines().count(), 0);
    assert_eq!(found(&["grain", "--since", "2026-03-03"]), "");
    assert_eq!(found(&["grain", "--passage", "own"]).lines().count(), 2);
    assert!(found(&["grain", "--csv"]).starts_with("published,outlet,headline"));
    let json = found(&["cable", "--json"]);
    let article: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!(article["id"], "c1");
    let none = env.run(&["find", "--run", "out", "..."], 2);
    assert!(stderr(&none).contains("at least one word"));
}
