//! A week of daily runs over made-up days, as a desk has them: what is new is told once, tables grow, alarms sound on
//! their day, and a run that is killed loses nothing.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::server::{Server, missing, ok};
use crate::support::{TestEnv, stderr, stdout};

/// Day of March 2026, hour, outlet, story, day and outlet of the article that it links to.
type Record = (u32, u32, &'static str, u32, Option<(u32, &'static str)>);

const WEEK: [Record; 11] = [
    (1, 6, "rt", 1, None),
    (1, 22, "cgtn", 1, Some((1, "rt"))),
    (2, 7, "sputnik", 2, None),
    // Two days later: a run that compared one day alone would not see it.
    (4, 9, "globaltimes", 2, Some((2, "sputnik"))),
    (4, 12, "bbc", 3, None),
    // Nothing on the third and the fifth.
    (6, 8, "cgtn", 4, None),
    (6, 11, "rt", 4, Some((6, "cgtn"))),
    (6, 13, "sputnik", 4, Some((6, "cgtn"))),
    (7, 10, "globaltimes", 4, Some((6, "cgtn"))),
    (7, 12, "rt", 5, None),
    (7, 14, "bbc", 6, None),
];

/// The days of the week: the run of a day is early on the next one.
const DAYS: std::ops::RangeInclusive<u32> = 1..=7;

/// The articles of the week up to a day, as records.
pub(crate) fn records(until: u32) -> String {
    let line =
        |&(day, hour, outlet, story, origin): &(u32, u32, &str, u32, Option<(u32, &str)>)| {
            let words: Vec<String> = (0..90).map(|n| format!("word{story}x{n}")).collect();
            let url = |day, outlet| format!("https://{outlet}.example/{day}/{story}");
            let links: Vec<String> = origin.iter().map(|&(day, outlet)| url(day, outlet)).collect();
            serde_json::json!({
                "id": format!("{outlet}-{story}"), "outlet": outlet, "url": url(day, outlet),
                "title": format!("Headline of story {story}"), "language": "en",
                "text": format!("The ferries of Ostrel will not sail. {}.", words.join(" ")),
                "published": format!("2026-03-{day:02}T{hour:02}:00:20Z"), "links": links,
            })
            .to_string()
        };
    let known = WEEK.iter().filter(|record| record.0 <= until);
    known.map(line).collect::<Vec<_>>().join("\n")
}

/// Arguments of the run about a day.
fn args(day: u32) -> Vec<String> {
    let now = format!("2026-03-{:02}T05:00:00Z", day + 1);
    let mut args: Vec<String> =
        ["analyze", "--input", "week.jsonl", "--since", "26h", "--out"].map(Into::into).to_vec();
    args.extend([format!("day{day}"), "--until".into(), now.clone(), "--now".into(), now]);
    args.extend(["--seen", "seen.json", "--append", "grow"].map(Into::into));
    args
}

fn run(env: &TestEnv, day: u32, more: &[&str], exit: i32) -> std::process::Output {
    env.write("week.jsonl", records(day));
    let args = args(day);
    let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
    env.run(&args, exit)
}

/// Every edge that the growing table of new edges holds, as `outlet from>outlet to`, in its order.
fn new_edges(env: &TestEnv) -> Vec<(String, String)> {
    let edge = |row: &crate::support::Row| {
        let ends = format!("{}>{}", row.get("outlet_from"), row.get("outlet_to"));
        (row.get("day").to_owned(), ends)
    };
    let directed = |row: &&crate::support::Row| row.get("grade") < "E4";
    env.table("grow/new_edges.csv").iter().filter(directed).map(edge).collect()
}

#[test]
fn a_week_of_daily_runs_tells_each_thing_once() {
    let env = TestEnv::new();
    for day in DAYS {
        run(&env, day, &[], 0);
    }
    let found = new_edges(&env);
    let expected = [
        ("2026-03-02", "rt>cgtn"),
        ("2026-03-05", "sputnik>globaltimes"),
        ("2026-03-07", "cgtn>rt"),
        ("2026-03-07", "cgtn>sputnik"),
        ("2026-03-08", "cgtn>globaltimes"),
    ];
    let found: Vec<(&str, &str)> =
        found.iter().map(|(day, e)| (day.as_str(), e.as_str())).collect();
    assert_eq!(found, expected);
    let narratives = env.table("grow/new_narratives.csv");
    let changes: Vec<(&str, &str, &str)> = narratives
        .iter()
        .map(|row| (row.get("day"), row.get("change"), row.get("new_outlets")))
        .collect();
    assert!(changes.contains(&("2026-03-08", "new_outlet", "globaltimes")), "{changes:?}");
    assert_eq!(changes.iter().filter(|change| change.1 == "new").count(), 3, "{changes:?}");
}

#[test]
fn the_same_run_twice_changes_nothing() {
    let env = TestEnv::new();
    for day in 1..=4 {
        run(&env, day, &[], 0);
    }
    let content = || {
        let mut files: Vec<_> = fs::read_dir(env.path("grow"))
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let before = content();
    let again = run(&env, 4, &[], 0);
    assert!(stdout(&again).contains("\nNothing new since run "), "{}", stdout(&again));
    assert!(content() == before);
    assert_eq!(env.table("day4/new_edges.csv").len(), 0);
    let quiet = run(&env, 4, &["-q"], 0);
    assert_eq!((stdout(&quiet), stderr(&quiet)), (String::new(), String::new()));
    let file: serde_json::Value =
        serde_json::from_slice(&fs::read(env.path("day4/run.json")).unwrap()).unwrap();
    assert_eq!(file["news"]["state"], "nothing_new");
}

#[test]
fn new_edges_are_told_line_by_line() {
    let env = TestEnv::new();
    let first = stdout(&run(&env, 1, &[], 0));
    assert!(first.contains("First run, so everything is new: 1 directed edge"), "{first}");
    let text = stdout(&run(&env, 4, &[], 0));
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  E1 ")).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert!(
        lines[0].contains("Sputnik -> Global Times, 2 d 2 h later: Headline of story 2"),
        "{text}"
    );
}

#[test]
fn alarms_sound_on_their_day_and_say_why() {
    let env = TestEnv::new();
    let conditions = [
        "--fail-on",
        "new E1-E3 from cn to ru",
        "--fail-on",
        "narrative \"story 4\" outlets>=4",
        "--fail-on",
        "silent 3d bbc",
        "--alert-file",
        "alerts.jsonl",
        "--alert-command",
        "cat >> called.jsonl",
    ];
    for day in DAYS {
        // The narrative has its fourth outlet on the seventh.
        let exit = if day >= 6 { 5 } else { 0 };
        let told = stderr(&run(&env, day, &conditions, exit));
        assert_eq!(told.contains("--fail-on"), exit == 5, "{day}: {told}");
    }
    let lines = fs::read_to_string(env.path("alerts.jsonl")).unwrap();
    assert_eq!(fs::read_to_string(env.path("called.jsonl")).unwrap(), lines);
    let alerts: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let fired: Vec<Vec<(&str, u64)>> = alerts
        .iter()
        .map(|line| {
            let alerts = line["alerts"].as_array().unwrap().iter();
            let fired = |alert: &'_ serde_json::Value| alert["count"].as_u64().unwrap();
            alerts.map(|alert| (alert["condition"].as_str().unwrap(), fired(alert))).collect()
        })
        .collect();
    assert_eq!(
        fired,
        [vec![("new E1-E3 from cn to ru", 2)], vec![("narrative \"story 4\" outlets>=4", 1)],]
    );
    assert_eq!(alerts[0]["time"], "2026-03-07T05:00:00Z");
    let told = stderr(&run(&env, 8, &["--fail-on", "silent 2d rt,cgtn"], 5));
    assert!(told.contains("CGTN: nothing newer than 2026-03-06T08:00Z"), "{told}");
    assert!(!told.contains("RT:"), "{told}");
}

#[test]
fn an_alarm_that_nobody_can_hear_is_an_error() {
    let env = TestEnv::new();
    let told = stderr(&run(&env, 1, &["--fail-on", "edges", "--alert-command", "exit 3"], 1));
    assert!(told.contains("--alert-command exit 3: ended with"), "{told}");
    // What was not told is new to the next run.
    run(&env, 1, &["--fail-on", "new edges"], 5);
    for (condition, part) in [
        ("edgs", "`edgs` is not known"),
        ("edges from sputink", "did you mean `sputnik`"),
        ("silent 30d", "looks back beyond --since and --window"),
    ] {
        let told = stderr(&run(&env, 1, &["--fail-on", condition], 2));
        assert!(told.contains(part), "{condition}: {told}");
    }
}

#[test]
fn a_killed_run_loses_nothing_and_tells_nothing_twice() {
    let whole = TestEnv::new();
    let env = TestEnv::new();
    for day in DAYS {
        run(&whole, day, &[], 0);
        env.write("week.jsonl", records(day));
        // Runs that are killed, the later ones later.
        for round in 0..4 {
            let mut child = Command::new(env.command().get_program())
                .args(args(day))
                .current_dir(env.path("."))
                .env_clear()
                .env("FIMI_HOME", env.path("home"))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(60 * round + u64::from(day) * 17));
            // It may have ended by itself.
            let _ = child.kill();
            child.wait().unwrap();
        }
        run(&env, day, &[], 0);
    }
    let edges = |env: &TestEnv| -> Vec<(String, String)> { new_edges(env) };
    assert_eq!(edges(&env), edges(&whole));
    let rows = |env: &TestEnv, file: &str| -> BTreeSet<crate::support::Row> {
        env.table(file).into_iter().collect()
    };
    for file in ["grow/edges.csv", "grow/articles.csv", "grow/narratives.csv"] {
        assert_eq!(env.table(file).len(), whole.table(file).len(), "{file}");
        assert_eq!(rows(&env, file), rows(&whole, file), "{file}");
    }
}

/// Two outlets over HTTP: the second has the first one's text three hours later, and links to it.
#[test]
fn a_scan_remembers_beside_its_archive() {
    let text = || {
        let words: Vec<String> = (0..90).map(|n| format!("<p>word{n}x stands here.</p>")).collect();
        words.concat()
    };
    let page = move |body: &str| {
        ok(&format!(
            "<html><body><h1>Ferries of Ostrel stop</h1><div class='text'>{body}</div></body></html>"
        ))
    };
    let feed = |host: &str, hour: u32| {
        ok(&format!(
            "<rss version='2.0'><channel><title>News</title><item><title>Ferries of Ostrel stop</title>\
             <link>http://{host}/news/1</link><pubDate>Thu, 05 Mar 2026 {hour:02}:00:10 GMT</pubDate></item></channel></rss>"
        ))
    };
    let server = Server::start(move |target, _| match target {
        "sea.example/feed" => feed("sea.example", 6),
        "bay.example/feed" => feed("bay.example", 9),
        "sea.example/news/1" => page(&text()),
        "bay.example/news/1" => page(&format!(
            "<p>As <a href='http://sea.example/news/1'>Sea News</a> writes.</p>{}",
            text()
        )),
        _ => missing(),
    });
    let env = TestEnv::new();
    let outlet = |id: &str| {
        format!(
            "[[outlet]]\nid = \"{id}\"\ndomains = [\"{id}.example\"]\n[[outlet.edition]]\nid = \"{id}-en\"\n\
             language = \"en\"\nhosts = [\"{id}.example\"]\nfeeds = [\"http://{id}.example/feed\"]\n\
             [[outlet.rules]]\nname = \"now\"\ntitle = \"h1\"\nbody = [\".text\"]\n"
        )
    };
    env.write("mine.toml", outlet("sea") + &outlet("bay"));
    let scan = |more: &[&str]| {
        let args = [
            "scan",
            "--registry",
            "mine.toml",
            "--outlets",
            "sea,bay",
            "--force",
            "--out",
            "today",
        ];
        let more = [&["--host-delay", "0s", "--now", "2026-03-05T12:00:00Z"], more].concat();
        let mut command = env.command();
        command.env("HTTP_PROXY", format!("http://{}", server.address)).args(args).args(more);
        command.output().unwrap()
    };
    let first = scan(&["--fail-on", "new edges"]);
    assert_eq!(first.status.code(), Some(5), "{}", stderr(&first));
    assert!(
        stdout(&first).contains("First run, so everything is new: 1 directed edge"),
        "{}",
        stdout(&first)
    );
    assert!(env.path("home/seen.json").exists());
    let again = scan(&["--fail-on", "new edges"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stdout(&again).contains("Nothing new since run "), "{}", stdout(&again));
    let quiet = scan(&["-q"]);
    assert_eq!((stdout(&quiet), stderr(&quiet)), (String::new(), String::new()));
}
