//! Documentation that must not rot: what it names exists.

use std::path::Path;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn every_exit_code_is_documented() {
    let documents = [read("README.md"), read("docs/output.md")];
    for code in ["0", "1", "2", "3", "4", "5", "75"] {
        for text in &documents {
            assert!(
                text.lines().any(|line| line.starts_with(&format!("| `{code}`"))
                    || line.starts_with(&format!("| {code} "))),
                "exit code {code} has no row"
            );
        }
    }
}

#[test]
fn no_text_claims_what_is_not_measured() {
    // The one place that may use the word says that it is not measured.
    let mut found = Vec::new();
    for file in walk(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        for line in text.lines().filter(|line| line.to_lowercase().contains("coordinated")) {
            found.push(format!("{}: {line}", file.display()));
        }
    }
    let allowed = |line: &String| line.contains("not measured") || line.contains("does not");
    assert!(found.iter().all(allowed), "{found:#?}");
}

#[test]
fn every_failure_has_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code: String = ["src", "tests/it"]
        .iter()
        .flat_map(|name| walk(&folder.join(name)))
        .map(|file| std::fs::read_to_string(file).unwrap_or_default())
        .collect();
    let document = read("docs/operations.md");
    let rows = document.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.parse::<u32>().ok()?, cells.nth(1)?))
    });
    let mut next = 1;
    for (number, tests) in rows {
        assert_eq!(number, next, "one row each");
        next += 1;
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "row {number} names no test");
        for name in names {
            assert!(code.contains(&format!("fn {name}(")), "row {number}: no test `{name}`");
        }
    }
    assert!(next >= 60, "the first 59 rows are those that every version must hold");
}

fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
