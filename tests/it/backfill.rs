//! Walks through the past on loopback: what they bring, what they ask for, what a killed one asks for again.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use crate::server::{Answer, Server, missing, ok};
use crate::support::{TestEnv, stderr, stdout};

/// The usual pause of two seconds, a hundredth of it.
const DELAY: &str = "20ms";

fn page(target: &str) -> Answer {
    let name = target.rsplit('/').next().unwrap_or_default().to_owned();
    let text = format!(
        "The coastal line reported on ship {name} at noon, and the pilots of {name} agreed with it."
    );
    ok(&format!(
        "<html><body><h1>Ship {name} passes</h1><div class='text'><p>{text}</p><p>{text} Twice.</p></div></body></html>"
    ))
}

/// An outlet with a past of each kind: sitemaps by month, pages of days, numbered pages, a list that takes a period.
fn site(target: &str) -> Answer {
    let link = |path: &str, time: &str| {
        format!(
            "<div><a class=t href='/{path}'>A ship passes the lighthouse</a><time>{time}</time></div>"
        )
    };
    let entry = |name: &str, time: &str| {
        format!(
            "<url><loc>http://sea.example/map/{name}</loc><lastmod>2026-03-09</lastmod>{}</url>",
            if time.is_empty() {
                String::new()
            } else {
                format!("<n:news><n:publication_date>{time}</n:publication_date></n:news>")
            }
        )
    };
    match target {
        "sea.example/index.xml" => {
            let months = ["2026-01", "2026-02", "2026-03"];
            let child =
                |m: &str| format!("<sitemap><loc>http://sea.example/map-{m}.xml</loc></sitemap>");
            ok(&format!("<sitemapindex>{}</sitemapindex>", months.map(child).concat()))
        }
        "sea.example/map-2026-02.xml" => ok(&format!(
            "<urlset>{}{}{}</urlset>",
            entry("m1", "2026-02-03T09:00:00Z"),
            entry("m2", "2026-02-05T09:00:00Z"),
            entry("changed", "")
        )),
        t if t.starts_with("sea.example/day/2026020") => {
            let day = &t[t.len() - 2..];
            if day == "04" {
                return missing();
            }
            ok(&format!("{}{}", link(&format!("d/d{day}a"), ""), link(&format!("d/d{day}b"), "")))
        }
        "sea.example/list/1" => {
            ok(&format!("{}{}", link("l/new", "2026-02-20"), link("l/l6", "2026-02-06")))
        }
        "sea.example/list/2" => {
            ok(&format!("{}{}", link("l/l5", "2026-02-05"), link("l/l3", "2026-02-03")))
        }
        "sea.example/list/3" => {
            ok(&format!("{}{}", link("l/l2", "2026-02-02"), link("l/old", "2026-01-20")))
        }
        "sea.example/list/4" => ok(&link("l/older", "2026-01-10")),
        "sea.example/api?after=2026-02-01T23:59:59&before=2026-02-07T00:00:00&page=1" => ok(
            r#"[{"link": "http://sea.example/j/j1", "at": "2026-02-03T10:00:00"}, {"link": "http://sea.example/j/j2", "at": "2026-02-04T10:00:00"}]"#,
        ),
        "sea.example/l/l3" => crate::server::answer("404 Not Found", "", b""),
        t if ["/map/", "/d/", "/l/", "/j/"].iter().any(|part| t.contains(part)) => page(t),
        _ => missing(),
    }
}

const REGISTRY: &str = r#"
[[outlet]]
id = "sea"
domains = ["sea.example"]
aliases = ["Sea"]
[[outlet.edition]]
id = "sea-en"
language = "en"
hosts = ["sea.example"]
[[outlet.edition.source]]
kind = "sitemap"
urls = ["http://sea.example/news.xml"]
past = ["http://sea.example/index.xml"]
[[outlet.edition.source]]
kind = "list"
urls = ["http://sea.example/day/{YYYY}{MM}{DD}"]
links = "a.t"
[[outlet.edition.source]]
kind = "list"
urls = ["http://sea.example/list/{PAGE}"]
links = "a.t"
link_time = "time"
[[outlet.edition.source]]
kind = "json"
urls = ["http://sea.example/api"]
past = ["http://sea.example/api?after={AFTER}&before={BEFORE}&page={PAGE}"]
address = "link"
time = "at"
[[outlet.rules]]
name = "now"
title = "h1"
body = [".text"]

[[outlet]]
id = "mute"
domains = ["mute.example"]
aliases = ["Mute"]
[[outlet.edition]]
id = "mute-en"
language = "en"
feeds = ["http://mute.example/rss"]
"#;

fn environment() -> TestEnv {
    let env = TestEnv::new();
    env.write("sea.toml", REGISTRY);
    env
}

fn fetch(env: &TestEnv, server: &Server, more: &[&str]) -> Command {
    let mut command = Command::new(env.command().get_program());
    command
        .args(["fetch", "--registry", "sea.toml", "--outlets", "sea,mute", "--host-delay", DELAY])
        .args(["--from", "2026-02-02", "--until", "2026-02-07", "--now", "2026-03-10T12:00:00Z"])
        .args(more)
        .current_dir(env.path("."))
        .env_clear()
        .env("FIMI_HOME", env.path("home"))
        .env("HTTP_PROXY", format!("http://{}", server.address));
    command
}

/// Requests of a whole walk: 14 lists and 16 pages.
const REQUESTS: usize = 30;

/// How often each address was answered, robots.txt apart: each run asks for that anew.
fn counts(server: &Server) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for seen in server.seen().iter().filter(|seen| !seen.target.ends_with("/robots.txt")) {
        *counts.entry(seen.target.clone()).or_default() += 1;
    }
    counts
}

fn articles(env: &TestEnv) -> Vec<(String, String)> {
    let database = rusqlite::Connection::open(env.path("home/archive.db")).unwrap();
    let mut query = database
        .prepare(
            "SELECT url, coalesce(published, '') FROM v_articles WHERE text <> '' ORDER BY url",
        )
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_period_of_the_past_is_walked_forecast_and_fetched() {
    let server = Server::start(|target, _| site(target));
    let env = environment();
    // First the forecast: lists, but no page.
    let dry = fetch(&env, &server, &["--dry-run"]).output().unwrap();
    let said = stderr(&dry);
    assert!(said.contains("16 pages of 1 outlets, about 1 min at these delays"), "{said}");
    assert!(said.contains("1 outlets have no source that reaches into the past: mute"), "{said}");
    let row = stdout(&dry);
    let row: Vec<&str> =
        row.lines().find(|line| line.contains("sea")).unwrap().split_whitespace().collect();
    assert_eq!(row[..4], ["sea", "16", "16", "1"], "an item without a day is left out and counted");
    assert!(!counts(&server).keys().any(|target| target.contains("/d/") || target.contains("/l/")));
    for outside in ["map-2026-01.xml", "map-2026-03.xml", "list/5", "page=3"] {
        assert_eq!(server.hits(outside), 0, "{outside}");
    }
    // Then the pages; no list is asked for again.
    let run = fetch(&env, &server, &[]).output().unwrap();
    let twice: Vec<_> = counts(&server).into_iter().filter(|(_, count)| *count > 1).collect();
    assert_eq!(twice, [], "{}", stderr(&run));
    assert_eq!(run.status.code(), Some(3), "one list and one page failed: {}", stderr(&run));
    let articles = articles(&env);
    let urls: Vec<&str> = articles.iter().map(|(url, _)| url.rsplit('/').next().unwrap()).collect();
    assert_eq!(
        urls,
        [
            "d02a", "d02b", "d03a", "d03b", "d05a", "d05b", "d06a", "d06b", "j1", "j2", "l2", "l5",
            "l6", "m1", "m2"
        ]
    );
    let published = |name: &str| {
        articles.iter().find(|(url, _)| url.ends_with(name)).map(|(_, time)| time.as_str())
    };
    assert_eq!(published("/m1"), Some("2026-02-03T09:00:00Z"));
    assert_eq!(published("/d02a"), Some(""), "the day of a page of links is no publication");
    // The coverage, day by day: the lists of the outlet speak for all days but the one that failed nowhere else.
    let table = stdout(&run);
    let rows: Vec<Vec<&str>> =
        table.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    let state: Vec<(&str, &str, &str, &str)> = rows
        .iter()
        .filter(|row| row.len() > 5)
        .map(|row| (row[1], row[2], row[3], row[5]))
        .collect();
    assert_eq!(
        state,
        [
            ("2026-02-02", "3", "3", "walked"),
            ("2026-02-03", "5", "4", "walked"),
            ("2026-02-04", "1", "1", "walked"),
            ("2026-02-05", "4", "4", "walked"),
            ("2026-02-06", "3", "3", "walked"),
        ],
        "{table}"
    );
    // A third run finds all of it done.
    let before = counts(&server);
    let again = fetch(&env, &server, &[]).output().unwrap();
    assert_eq!(counts(&server), before, "{}", stderr(&again));
    assert!(stderr(&again).contains("0 pages of 0 outlets"), "{}", stderr(&again));
}

#[test]
fn a_day_that_was_not_walked_is_a_gap_and_not_a_zero() {
    // The list that takes a period is gone, so nothing speaks for the day whose page is missing.
    let server = Server::start(|target, _| match target {
        t if t.contains("/api") || t.contains("/list/") || t.contains("index.xml") => missing(),
        t => site(t),
    });
    let env = environment();
    let run = fetch(&env, &server, &[]).output().unwrap();
    let table = stdout(&run);
    let gap = table.lines().find(|line| line.contains("2026-02-04")).unwrap();
    assert!(gap.contains("gap: http_4xx"), "{table}");
    let archive = fimi::archive::Archive::open_read_only(&env.path("home/archive.db")).unwrap();
    let gaps: Vec<String> = archive
        .gaps(None, None)
        .unwrap()
        .iter()
        .map(|gap| format!("{} {} {}", gap.outlet, gap.day, gap.reason))
        .collect();
    assert_eq!(gaps, ["sea 2026-02-04 http_4xx"]);
}

#[test]
fn a_period_that_is_none_is_refused() {
    let server = Server::start(|_, _| missing());
    let env = environment();
    for (from, until, expected) in [
        ("2026-02-07", "2026-02-07", "nothing lies between"),
        ("2026-03-01", "2026-03-11", "the past ends with yesterday"),
        ("2026-03-01", "soon", "--until"),
    ] {
        let run = env
            .command()
            .args([
                "fetch",
                "--registry",
                "sea.toml",
                "--outlets",
                "sea",
                "--now",
                "2026-03-10T12:00:00Z",
            ])
            .args(["--from", from, "--until", until])
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2));
        assert!(stderr(&run).contains(expected), "{}", stderr(&run));
    }
    let alone = env.command().args(["fetch", "--from", "2026-02-02"]).output().unwrap();
    assert_eq!(alone.status.code(), Some(2), "one end is no period");
    let run = env
        .command()
        .args([
            "fetch",
            "--registry",
            "sea.toml",
            "--outlets",
            "mute",
            "--now",
            "2026-03-10T12:00:00Z",
        ])
        .args(["--from", "2026-02-02", "--until", "2026-02-07"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(4), "{}", stderr(&run));
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_killed_walk_asks_nothing_twice() {
    /// Requests after which the runs are killed, one after the other; the last number is never reached.
    const LIVES: [usize; 7] = [1, 3, 2, 4, 5, 6, 1_000];
    let left = Arc::new(AtomicUsize::new(0));
    let answered: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
    let (tell, told) = mpsc::channel();
    let (countdown, record, tell) = (Arc::clone(&left), Arc::clone(&answered), Mutex::new(tell));
    let server = Server::start(move |target, _| {
        if target.ends_with("/robots.txt") {
            return missing();
        }
        // The request in whose midst the run is killed gets no answer.
        if countdown.fetch_sub(1, Ordering::SeqCst) == 0 {
            tell.lock().unwrap().send(()).unwrap();
            return Answer::Silence(Duration::from_secs(30));
        }
        *record.lock().unwrap().entry(target.to_owned()).or_default() += 1;
        site(target)
    });
    let env = environment();
    let mut killed = 0;
    for life in LIVES {
        left.store(life, Ordering::SeqCst);
        let mut run = fetch(&env, &server, &["-q"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        loop {
            if told.recv_timeout(Duration::from_millis(20)).is_ok() {
                run.kill().unwrap();
                run.wait().unwrap();
                killed += 1;
                break;
            }
            if run.try_wait().unwrap().is_some() {
                break;
            }
        }
    }
    let answered = answered.lock().unwrap();
    let twice = answered.values().filter(|count| **count > 1).count();
    let requests = answered.len();
    assert!(killed >= 5, "{killed} runs killed, {requests} requests");
    assert_eq!((twice, requests), (0, REQUESTS), "{answered:?}");
    assert_eq!(articles(&env).len(), 15);
}
