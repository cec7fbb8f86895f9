//! Runs of `fimi fetch` that are killed at any moment: what they leave is whole.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::server::{Answer, Server, missing, ok};
use crate::support::TestEnv;

/// Runs that are killed.
const ROUNDS: usize = 14;
/// Sources of the outlet, polled one after the other.
const SOURCES: usize = 4;
/// The longest life of a run that is killed; a whole one takes about as long.
const LONGEST: u64 = 400;

/// Text of an article that is told apart from its beginning.
fn sentences(n: usize) -> Vec<String> {
    let sentence =
        |i| format!("Ship {n} of the coastal line passed lighthouse number {i} at dawn.");
    (1..=30).map(sentence).chain([format!("This ends the report on ship {n}.")]).collect()
}

fn page(n: usize) -> Answer {
    let text = format!("<p>{}</p>", sentences(n).join("</p><p>"));
    ok(&format!("<html><body><h1>Ship {n} passes</h1><div class='text'>{text}</div></body></html>"))
}

/// The feed of a source: with each round it has three items more.
fn feed(source: usize, round: usize) -> Answer {
    let item = |k: usize| {
        let n = k * SOURCES + source;
        format!(
            "<item><title>Ship {n} passes</title><link>http://sea.example/news/{n}</link><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate></item>"
        )
    };
    let items: String = (0..=round * 3).map(item).collect();
    ok(&format!("<rss version='2.0'><channel><title>Sea</title>{items}</channel></rss>"))
}

fn fetch(env: &TestEnv, server: &Server) -> Command {
    let mut command = Command::new(env.command().get_program());
    command
        .args(["fetch", "--registry", "sea.toml", "--outlets", "sea", "--force"])
        .args(["--host-delay", "0s", "--now", "2026-03-05T12:00:00Z"])
        .current_dir(env.path("."))
        .env_clear()
        .env("FIMI_HOME", env.path("home"))
        .env("HTTP_PROXY", format!("http://{}", server.address))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Checks the database and every article in it; returns how many there are.
fn check_archive(path: &Path) -> usize {
    if !path.exists() {
        return 0;
    }
    let database = rusqlite::Connection::open(path).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let has_schema: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    if has_schema == 0 {
        return 0;
    }
    let mut query = database.prepare("SELECT url, text FROM v_articles").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let articles: Vec<(String, String)> = rows.collect::<Result<_, _>>().unwrap();
    for (url, text) in &articles {
        let n: usize = url.rsplit('/').next().unwrap().parse().unwrap();
        assert_eq!(text.split('\n').collect::<Vec<_>>(), sentences(n), "{url}");
    }
    articles.len()
}

#[test]
fn a_killed_fetch_leaves_a_sound_archive_of_whole_articles() {
    let round = Arc::new(AtomicUsize::new(0));
    let current = Arc::clone(&round);
    let server = Server::start(move |target, _| {
        if let Some(source) = target.strip_prefix("sea.example/feed/") {
            return feed(source.parse().unwrap(), current.load(Ordering::SeqCst));
        }
        let article = target.strip_prefix("sea.example/news/").and_then(|n| n.parse().ok());
        article.map_or_else(missing, page)
    });
    let env = TestEnv::new();
    let feeds: Vec<String> =
        (0..SOURCES).map(|n| format!("\"http://sea.example/feed/{n}\"")).collect();
    env.write(
        "sea.toml",
        format!(
            "[[outlet]]\nid = \"sea\"\ndomains = [\"sea.example\"]\n[[outlet.edition]]\nid = \"sea-en\"\n\
             language = \"en\"\nhosts = [\"sea.example\"]\nfeeds = [{}]\n[[outlet.rules]]\n\
             name = \"now\"\ntitle = \"h1\"\nbody = [\".text\"]\n",
            feeds.join(", ")
        ),
    );
    let archive = env.path("home/archive.db");
    let mut life = 17;
    for n in 0..ROUNDS {
        round.store(n, Ordering::SeqCst);
        life = (life * 163 + 71) % LONGEST;
        let mut run = fetch(&env, &server).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(life));
        run.kill().unwrap();
        run.wait().unwrap();
        check_archive(&archive);
    }
    let last = fetch(&env, &server).status().unwrap();
    assert_eq!(last.code(), Some(0));
    assert_eq!(check_archive(&archive), SOURCES * ((ROUNDS - 1) * 3 + 1));
}
