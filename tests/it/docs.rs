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

fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
