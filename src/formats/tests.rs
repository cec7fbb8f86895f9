use super::*;

fn check(name: &str, content: &str, articles: usize, skipped: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, content).unwrap();
    let records = read(&path).unwrap();
    assert_eq!(records.articles.len(), articles);
    let what: Vec<&str> = records.skipped.iter().map(|s| s.what.as_str()).collect();
    assert_eq!(what, skipped);
}

fn strictly(path: &Path) -> Result<Records, ReadError> {
    let registry = Registry::default();
    read_files(&[path], &ReadOptions { strict: true, ..ReadOptions::new(&registry) })
}

const GOOD: &str = r#"{"outlet":"rt","url":"https://rt.example/1","title":"T","text":"Some text.","published":"2026-03-02T10:00:00Z"}"#;

#[test]
fn a_bad_line_is_counted_and_the_rest_goes_on() {
    check("c.jsonl", &format!("{GOOD}\n\n{{oops\n{GOOD}\n"), 1, &["c.jsonl:3", "c.jsonl:4"]);
}

#[test]
fn a_line_is_one_record_whatever_stands_round_it() {
    check("c.jsonl", &format!("{GOOD} {GOOD}\n{GOOD}\n"), 1, &["c.jsonl:1"]);
    let (begin, end) = GOOD.split_at(12);
    check("c.jsonl", &format!("{begin}\n{end}\n{GOOD}"), 1, &["c.jsonl:1", "c.jsonl:2"]);
    check("c.jsonl", &format!("{{\"x\":[\n{GOOD}\n]}}\n"), 1, &["c.jsonl:1", "c.jsonl:3"]);
    check(
        "c.jsonl",
        &format!("\n \n{GOOD}\n\u{feff}{GOOD} \r\n\r\n  {GOOD}"),
        1,
        &["c.jsonl:4", "c.jsonl:6"],
    );
    let listed = ["c.jsonl:2", "c.jsonl:3", "c.jsonl:4"];
    check("c.jsonl", &format!("{GOOD}\n{{}}\n{GOOD},\n{GOOD}"), 1, &listed);
}

#[test]
fn a_record_that_repeats_another_is_read_once_and_listed_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("c.jsonl");
    let other = GOOD.replace("Some text", "Another text");
    std::fs::write(&path, format!("{GOOD}\n{other}\n{GOOD}\n")).unwrap();
    let records = read(&path).unwrap();
    assert_eq!((records.articles.len(), records.files[0].skipped), (2, 0), "nothing is lost");
    assert_eq!(records.skipped[0].what, "c.jsonl:3");
    assert_eq!(records.skipped[0].reason, "the record of line 1 again");
}

#[test]
fn the_last_line_needs_no_newline() {
    check("c.jsonl", GOOD, 1, &[]);
}

#[test]
fn csv_with_a_byte_order_mark() {
    let text = "\u{feff}outlet,url,title,text,published\nrt,https://rt.example/1,T,\"Line one\nline two\",2026-03-02\nrt,https://rt.example/2,,,\n";
    check("c.csv", text, 1, &["c.csv:4"]);
}

#[test]
fn strict_names_file_and_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("c.jsonl");
    std::fs::write(&path, format!("{GOOD}\nnope\n")).unwrap();
    let error = strictly(&path).unwrap_err();
    assert!(format!("{error:#}").contains("c.jsonl:2"), "{error:#}");
}

#[test]
fn compressed_input_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("c.jsonl.zst");
    std::fs::write(&path, zstd::encode_all(GOOD.as_bytes(), 1).unwrap()).unwrap();
    assert_eq!(read(&path).unwrap().articles.len(), 1);
}

#[test]
fn an_unknown_ending_says_what_to_give() {
    let error = read("corpus.docx").unwrap_err();
    assert!(format!("{error:#}").contains(".jsonl, .csv or .parquet"));
    assert!(read("corpus.xlsx").unwrap_err().to_string().contains("save the sheet as CSV"));
}
