//! The cookbook, followed to the letter.

use std::collections::BTreeSet;
use std::process::Command;

use crate::desk;
use crate::support::TestEnv;

/// The blocks of code in the cookbook, as (language, text).
fn blocks() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cookbook.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut blocks = Vec::new();
    let mut parts = text.split("\n```");
    parts.next();
    while let Some(block) = parts.next() {
        let (language, code) = block.split_once('\n').unwrap();
        blocks.push((language.to_owned(), code.to_owned()));
        parts.next();
    }
    blocks
}

/// Runs a script in the test's folder, with the binary on its path.
fn run(env: &TestEnv, program: &str, code: &str) -> std::process::Output {
    let binary = std::path::PathBuf::from(env.command().get_program());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = path.to_string_lossy();
    Command::new(program)
        .args(if program == "sh" { ["-e", "-c"].as_slice() } else { &["-c"] })
        .arg(code)
        .current_dir(env.path("."))
        .env_clear()
        .env("PATH", format!("{}:{path}", binary.parent().unwrap().display()))
        .env("HOME", env.path("."))
        .env("FIMI_SOURCE", env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

fn has(program: &str, code: &str) -> bool {
    let found = Command::new(program).args(["-c", code]).output();
    found.is_ok_and(|output| output.status.success())
}

#[test]
#[expect(clippy::print_stderr, reason = "a check that was left out is told")]
fn every_command_of_the_cookbook_works() {
    let env = TestEnv::new();
    env.write("corpus.jsonl", desk::records(7));
    let (has_python, has_pandas) = (has("python3", "pass"), has("python3", "import pandas"));
    let mut ran = 0;
    for (language, code) in blocks() {
        let program = match language.as_str() {
            "sh" if !has_python && code.contains("python3") => {
                eprintln!("python3 is not here: recompute.py of the cookbook was not run");
                continue;
            }
            "sh" => "sh",
            "python" if has_pandas => "python3",
            _ => continue,
        };
        let output = run(&env, program, &code);
        assert!(
            output.status.success(),
            "{code}\n{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        ran += 1;
    }
    assert!(ran >= 12, "{ran} blocks ran");
}

#[test]
fn columns_that_the_cookbook_names_exist() {
    let columns = include_str!("../../docs/output.md");
    let known: BTreeSet<&str> = columns
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split('|').next())
        .filter_map(|cell| cell.split('`').nth(1))
        .collect();
    for name in [
        "edge",
        "from",
        "to",
        "narrative",
        "grade",
        "outlet_from",
        "outlet_to",
        "lag_minutes",
        "published_to",
        "start",
        "period",
        "relation",
        "share_a",
        "outlet_a",
        "outlet_b",
    ] {
        assert!(known.contains(name), "{name}");
        let used = blocks().iter().any(|(_, code)| code.contains(name));
        assert!(used, "{name} is not in the cookbook");
    }
}
