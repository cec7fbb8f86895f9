//! Input that wants to do harm: markup, hidden characters, paths in ids, texts made to cost.

use std::fs;
use std::iter::once;
use std::time::Duration;

use scraper::{Html, Selector};

use crate::support::{TestEnv, stdout};

/// What is tried in every field that reaches the report.
const PAYLOADS: [&str; 24] = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)",
    "`onclick=alert(1)`",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<object data=//evil.example>",
    "<style>@import \"//evil.example/x.css\"</style>",
    "<textarea><script>alert(1)</script>",
    "<plaintext>",
    "{{7*7}}",
    "&lt;script&gt;",
    "javascript:alert(1)",
];

fn sentences(n: usize) -> String {
    format!(
        "The harbour master number {n} of Port Lenz{n} said on Monday{n} that two grain{n} ships had left \
         the northern{n} quay before dawn, ending a blockade{n} that had kept forty crews idle{n} since the \
         first week of January and had driven{n} the price of bread in the island{n} markets to a record."
    )
}

fn record(id: &str, outlet: &str, title: &str, text: &str, hour: usize) -> String {
    serde_json::json!({
        "id": id, "outlet": outlet, "title": title, "text": text, "language": "en",
        "url": format!("https://news.example/{title}"), "byline": title, "links": [title],
        "published": format!("2026-03-02T{hour:02}:00:10Z"),
    })
    .to_string()
}

#[test]
fn markup_in_any_field_stays_text() {
    let env = TestEnv::new();
    let mut lines = Vec::new();
    for (n, payload) in PAYLOADS.iter().enumerate() {
        let text = format!("{payload} {} {payload}", sentences(n));
        lines.push(record(&format!("a{n}"), "rt", payload, &text, n % 12));
        let outlet = ["cgtn", "<b>evil</b>", "x\"onload=\"alert(1)"][n % 3];
        lines.push(record(&format!("b{n}"), outlet, payload, &text, n % 12 + 3));
    }
    env.write("c.jsonl", lines.join("\n"));
    env.run(&["analyze", "--input", "c.jsonl", "--out", "out"], 0);
    let page = fs::read_to_string(env.path("out/report.html")).unwrap();
    let document = Html::parse_document(&page);
    let count = |selector: &str| document.select(&Selector::parse(selector).unwrap()).count();
    // The page's own script and style, and nothing that loads, submits or runs.
    assert_eq!((count("script"), count("style")), (1, 1));
    let forbidden =
        "iframe, img, object, embed, base, form, textarea, plaintext, math, video, audio";
    assert_eq!(count(forbidden), 0);
    for element in document.select(&Selector::parse("*").unwrap()) {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            let value = value.trim_start().to_lowercase();
            assert!(!value.starts_with("javascript:"), "{name}={value}");
            assert!(name != "href" || !value.starts_with("//"), "{name}={value}");
        }
    }
    let shown: String = document.root_element().text().collect();
    assert!(shown.contains(PAYLOADS[0]) && shown.contains("<b>evil</b>"));
}

#[test]
fn a_copy_with_hidden_and_foreign_characters_is_still_a_copy() {
    let env = TestEnv::new();
    let text = sentences(1);
    let spread = |gap: &str| {
        text.char_indices()
            .flat_map(|(i, c)| once(c).chain(gap.chars().filter(move |_| i % 3 == 0)))
            .collect()
    };
    let wide = |c: char| match c {
        'a'..='z' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        _ => c,
    };
    let copies: [String; 4] = [
        spread("\u{200B}"),
        spread("\u{2060}"),
        spread("\u{E0041}"),
        text.chars().map(wide).collect(),
    ];
    let mut lines = vec![record("a", "rt", "Ships leave", &text, 6)];
    for (n, copy) in copies.iter().enumerate() {
        lines.push(record(
            &format!("b{n}"),
            ["cgtn", "tass", "xinhua", "sputnik"][n],
            "Ships",
            copy,
            9,
        ));
    }
    env.write("c.jsonl", lines.join("\n"));
    env.run(&["analyze", "--input", "c.jsonl", "--out", "out"], 0);
    let matches = env.table("out/matches.csv");
    for n in 0..copies.len() {
        let copy = format!("b{n}");
        assert!(
            matches.iter().any(|m| m.get("article_a") == "a"
                && m.get("article_b") == copy
                && m.get("relation") == "verbatim"),
            "{copy}"
        );
    }
}

#[test]
fn ids_that_are_paths_lead_nowhere() {
    let env = TestEnv::new();
    let lines = [
        record("../../evil", "../../etc/passwd", "t", &sentences(1), 6),
        record("con", "con", "t", &sentences(1), 9),
        record("/abs/x", "a/b\\c", "t", &sentences(2), 9),
    ];
    env.write("work/c.jsonl", lines.join("\n"));
    let input = env.path("work/c.jsonl");
    env.run(&["analyze", "--input", input.to_str().unwrap(), "--out", "work/out"], 0);
    let mut here: Vec<_> = fs::read_dir(env.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "home")
        .collect();
    here.sort();
    assert_eq!(here, ["work"]);
    assert_eq!(fs::read_dir(env.path("work")).unwrap().count(), 2);
    let shown = stdout(&env.run(&["show", "../../evil", "--run", "work/out"], 0));
    assert!(shown.contains("../../evil"), "{shown}");
}

#[test]
fn a_headline_of_megabytes_does_not_fill_the_report() {
    let env = TestEnv::new();
    let lines = [
        record("a", "rt", &"word ".repeat(400_000), &sentences(1), 6),
        record("b", "cgtn", &"x".repeat(2_000_000), &sentences(1), 9),
    ];
    env.write("c.jsonl", lines.join("\n"));
    env.run(&["analyze", "--input", "c.jsonl", "--out", "out"], 0);
    assert!(fs::metadata(env.path("out/report.html")).unwrap().len() < 200_000);
}

#[test]
fn a_killed_analysis_never_looks_complete_and_leaves_no_remains() {
    let env = TestEnv::new();
    let lines: Vec<String> = (0..400)
        .map(|n| {
            let outlet = ["rt", "cgtn"][n % 2];
            record(&n.to_string(), outlet, "Ships leave", &sentences(n / 2).repeat(20), n % 20)
        })
        .collect();
    env.write("c.jsonl", lines.join("\n"));
    let analyze = ["analyze", "--input", "c.jsonl", "--out", "out", "-q"];
    env.run(&analyze, 0);
    let content = || {
        let mut files: Vec<_> = fs::read_dir(env.path("out"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.ends_with("run.json"))
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let whole = content();
    let mut killed = 0;
    for life in (0..12).map(|n| 5 + n * 29 % 200) {
        let mut run = std::process::Command::new(env.command().get_program())
            .args(analyze)
            .current_dir(env.path("."))
            .env_clear()
            .env("FIMI_HOME", env.path("home"))
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(life));
        run.kill().unwrap();
        killed += usize::from(!run.wait().unwrap().success());
        for (path, bytes) in content() {
            let name = path.file_name().unwrap().to_str().unwrap();
            let same = whole.iter().any(|(at, before)| *at == path && *before == bytes);
            assert!(same || name.starts_with(".fimi-"), "{name} is neither old nor new");
        }
    }
    assert!(killed > 0);
    env.run(&analyze, 0);
    assert_eq!(content(), whole);
    assert!(env.path("out/run.json").exists());
}
