//! A folder of one's own and the binary, with nothing inherited from the environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// A test's folder and what it runs there.
pub(crate) struct TestEnv {
    dir: tempfile::TempDir,
}

impl TestEnv {
    pub(crate) fn new() -> TestEnv {
        TestEnv { dir: tempfile::tempdir().unwrap() }
    }

    /// A path in the test's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file into the test's folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The binary, in the test's folder, with a home of its own.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::cargo_bin("fimi").unwrap();
        command
            .current_dir(self.dir.path())
            .env_clear()
            .env("HOME", self.dir.path())
            .env("FIMI_HOME", self.path("home"));
        command
    }

    /// Runs the binary and checks how it ends.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str], exit: i32) -> Output {
        let output = self.command().args(args).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(exit),
            "fimi {args:?}\nstdout: {}\nstderr: {}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }

    /// The rows of a CSV file in the test's folder, as (column, cell) look-ups.
    pub(crate) fn table(&self, file: &str) -> Vec<Row> {
        table(&self.path(file))
    }
}

/// One row of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row(Vec<(String, String)>);

impl Row {
    /// The cell of a column.
    #[track_caller]
    pub(crate) fn get(&self, column: &str) -> &str {
        match self.0.iter().find(|(name, _)| name == column) {
            Some((_, cell)) => cell,
            None => panic!("no column {column} among {:?}", self.0),
        }
    }
}

/// Reads a CSV file.
pub(crate) fn table(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let cells = |record: csv::StringRecord| {
        headers.iter().zip(record.iter()).map(|(a, b)| (a.to_string(), b.to_string())).collect()
    };
    reader.records().map(|record| Row(cells(record.unwrap()))).collect()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A small corpus: RT has a text first, CGTN carries it three hours later, Reuters writes of
/// something else; one line is broken.
pub(crate) fn corpus(with_broken_line: bool) -> String {
    let copied = "The harbour master of Port Lenz said on Monday that two grain ships had left the \
        northern quay before dawn, ending a blockade that had kept forty crews idle since the first \
        week of January and had driven the price of bread in the island's markets to a record. Lamps \
        burned along the breakwater as the pilots walked home, and by noon the bakers of the lower town \
        had lit every oven that they own, while children carried flour sacks up the hill in handcarts.";
    let other = "Engineers in the valley opened a new cable car above the old mill this weekend, and \
        several hundred people queued in the rain for a first ride to the ridge, where a brass band \
        from a neighbouring village played until the evening.";
    let line = |id: &str, outlet: &str, role: &str, title: &str, text: &str, published: &str| {
        serde_json::json!({
            "id": id, "outlet": outlet, "role": role, "url": format!("https://{outlet}.example/{id}"),
            "title": title, "text": text, "published": published, "language": "en",
        })
        .to_string()
    };
    let mut lines = vec![
        line("a1", "rt", "subject", "Grain ships leave Port Lenz", copied, "2026-03-02T06:00:10Z"),
        line("b1", "cgtn", "subject", "Blockade of Port Lenz ends", copied, "2026-03-02T09:00:20Z"),
        line(
            "c1",
            "reuters",
            "control",
            "Cable car opens in the valley",
            other,
            "2026-03-02T07:00:30Z",
        ),
    ];
    if with_broken_line {
        lines.insert(1, "{\"outlet\": \"rt\", \"title\": ".into());
    }
    lines.join("\n")
}
