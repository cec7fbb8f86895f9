//! The plan of the house, as `src/lib.rs` draws it: who may know whom, and how large a file may grow.

use std::fs;
use std::path::{Path, PathBuf};

/// The pure stages, in the order of the pipeline.
const STAGES: [&str; 10] = [
    "extract",
    "annotate",
    "similarity",
    "narrative",
    "evidence",
    "significance",
    "influence",
    "watchlist",
    "regions",
    "report",
];
/// What must not be named where neither network, disk nor clock is touched.
const IMPURE: [&str; 7] = [
    "tokio::",
    "rusqlite::",
    "reqwest::",
    "crate::archive",
    "crate::fetch",
    "crate::commands",
    "std::fs::",
];
/// The pure rooms below the stages.
const GROUND_FLOOR: [&str; 3] = ["model", "text", "corpus"];
/// Most lines of a file with code, its unit tests included.
const MAX_LINES: usize = 450;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files under a folder, or the file itself.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() || path.extension().is_some_and(|ending| ending == "rs") {
            found.extend(files(&path));
        }
    }
    found
}

/// The lines of a file that are code of the program: no comments, nothing from its test module on.
fn code(file: &Path) -> Vec<String> {
    let is_test = |path: &Path| {
        path.components().any(|part| {
            let name = part.as_os_str().to_string_lossy();
            name == "tests"
                || name == "sample.rs"
                || name.contains("tests.rs")
                || name.starts_with("testing")
        })
    };
    if is_test(file.strip_prefix(source()).unwrap()) {
        return Vec::new();
    }
    let text = fs::read_to_string(file).unwrap();
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_stage_imports_another() {
    let mut found = Vec::new();
    for stage in STAGES {
        for file in files(&source().join(stage)) {
            let others = STAGES.iter().filter(|other| **other != stage);
            for other in others {
                let path = format!("crate::{other}");
                let named = code(&file).into_iter().filter(|line| line.contains(&path));
                found.extend(named.map(|line| format!("{}: {line}", file.display())));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn pure_rooms_touch_neither_network_nor_disk() {
    let mut found = Vec::new();
    for room in GROUND_FLOOR.iter().chain(&STAGES) {
        for file in files(&source().join(room)) {
            for line in code(&file) {
                if IMPURE.iter().any(|name| line.contains(name)) {
                    found.push(format!("{}: {line}", file.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_other_program_is_started() {
    let is_start = |line: &String| line.contains("Command::new(");
    // The one command that a user names, with --alert-command, and nothing that was read on its command line.
    let is_alarm = |file: &&PathBuf| file.ends_with("commands/alarm.rs");
    let files = files(&source());
    let (alarm, others): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(is_alarm);
    let starts = |files: Vec<&PathBuf>| -> Vec<String> {
        files.into_iter().flat_map(|file| code(file)).filter(is_start).collect()
    };
    assert_eq!(starts(others), Vec::<String>::new());
    assert_eq!(starts(alarm).len(), 1);
}

#[test]
fn no_file_outgrows_its_purpose() {
    // The tables of `report` are data: a column with its description after another.
    let is_data = |file: &PathBuf| file.components().any(|part| part.as_os_str() == "tables");
    let long = |file: &PathBuf| !is_data(file) && code(file).len() > MAX_LINES;
    let found: Vec<PathBuf> = files(&source()).into_iter().filter(long).collect();
    assert!(found.is_empty(), "split these: {found:#?}");
}
