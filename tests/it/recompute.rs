//! `examples/recompute.py` against runs: every figure is computed anew from the CSV files.

use std::process::Command;

use crate::support::TestEnv;

/// A corpus in which pairs are tested: eight outlets, forty days, stories that two or three of them carry.
fn corpus() -> String {
    let outlets = ["rt", "sputnik", "cgtn", "globaltimes", "bbc", "reuters", "dw", "france24"];
    let mut lines = Vec::new();
    // A small generator of numbers: the same corpus each time.
    let mut state = 12_345u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for story in 0..160u64 {
        let day = 1 + story / 4;
        let words: Vec<String> = (0..70).map(|n| format!("w{story}x{n}")).collect();
        let first = draw(8);
        let carriers = 2 + draw(2);
        let mut hour = draw(12);
        let mut carried = vec![first];
        for n in 0..carriers {
            let outlet = if n == 0 {
                first
            } else if first < 2 && n == 1 && draw(3) > 0 {
                1 - first
            } else {
                draw(8)
            };
            if n > 0 && carried.contains(&outlet) {
                continue;
            }
            carried.push(outlet);
            let name = outlets[usize::try_from(outlet).unwrap()];
            let link =
                format!("https://{}.example/{story}", outlets[usize::try_from(first).unwrap()]);
            let (month, day) = if day > 31 { (4, day - 31) } else { (3, day) };
            lines.push(
                serde_json::json!({
                    "id": format!("{name}-{story}"), "outlet": name, "title": format!("Story {story}"),
                    "url": format!("https://{name}.example/{story}"), "language": "en",
                    "text": format!("The council of Ostrel met. {}.", words.join(" ")),
                    "published": if draw(20) == 0 {
                        format!("2026-{month:02}-{day:02}")
                    } else {
                        format!("2026-{month:02}-{day:02}T{hour:02}:{:02}:20Z", draw(60))
                    },
                    "links": if n > 0 && draw(2) == 0 { vec![link] } else { Vec::new() },
                })
                .to_string(),
            );
            hour += 1 + draw(5);
        }
    }
    lines.join("\n")
}

/// Runs the script; returns what it printed.
#[expect(clippy::print_stderr, reason = "a check that was left out is told")]
fn recompute(env: &TestEnv, run: &str) -> Option<(bool, String)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/recompute.py");
    let output = Command::new("python3").arg(script).arg(env.path(run)).output();
    let Ok(output) = output else {
        eprintln!("python3 is not here: the figures were not computed anew");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some((output.status.success(), text + &String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn every_figure_follows_from_the_tables() {
    let env = TestEnv::new();
    env.write("corpus.jsonl", corpus());
    for (run, more) in
        [("all", &[][..]), ("part", &["--since", "2026-03-11", "--until", "2026-04-05"])]
    {
        let args = [&["analyze", "-q", "--input", "corpus.jsonl", "--out", run], more].concat();
        env.run(&args, 0);
        let pairs = env.table(&format!("{run}/outlet_pairs.csv"));
        let tested = pairs.iter().filter(|pair| !pair.get("p").is_empty()).count();
        assert!(tested > 5, "{run}: {tested} pairs are tested");
        let Some((same, text)) = recompute(&env, run) else { return };
        assert!(same && text.contains(" 0 differ"), "{run}: {text}");
    }
}

#[test]
fn the_figures_of_the_demo_follow_too() {
    let env = TestEnv::new();
    env.run(&["demo", "-q", "--out", "demo"], 0);
    let Some((same, text)) = recompute(&env, "demo") else { return };
    assert!(same, "{text}");
}

#[test]
fn a_figure_that_does_not_follow_is_found() {
    let env = TestEnv::new();
    env.write("corpus.jsonl", corpus());
    env.run(&["analyze", "-q", "--input", "corpus.jsonl", "--out", "run"], 0);
    let path = env.path("run/outlet_pairs.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let tested =
        env.table("run/outlet_pairs.csv").into_iter().find(|pair| !pair.get("p").is_empty());
    let tested = tested.unwrap();
    let expected = format!(",{},", tested.get("expected_narratives"));
    assert!(text.contains(&expected));
    std::fs::write(&path, text.replacen(&expected, ",9.8765,", 1)).unwrap();
    let Some((same, text)) = recompute(&env, "run") else { return };
    assert!(!same && text.contains("9.8765"), "{text}");
}
