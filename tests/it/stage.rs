//! `fimi stage` keeps its contract: codes, order, algorithm, whole streams.

use std::io::Write;
use std::process::{Output, Stdio};
use std::sync::Arc;

use arrow_array::{
    Array, Int8Array, Int32Array, Int64Array, LargeStringArray, RecordBatch, StringViewArray,
    cast::AsArray, types::Int64Type,
};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema};

use crate::support::TestEnv;

const SENTENCE: &str = "Two grain ships left the quay before dawn and the crews walked home along the breakwater in silence.";

/// A folder with the tables of a small run.
fn prepared() -> TestEnv {
    let env = TestEnv::new();
    let lines: Vec<String> = [("rt", 6), ("cgtn", 9)]
        .iter()
        .map(|(outlet, hour)| {
            serde_json::json!({
                "outlet": outlet, "id": format!("{outlet}-1"), "title": "Grain", "text": SENTENCE,
                "published": format!("2026-03-02T{hour:02}:00:10Z"),
            })
            .to_string()
        })
        .collect();
    env.write("corpus.jsonl", lines.join("\n"));
    env.command().args(["match", "-q", "-i", "corpus.jsonl", "--out", "out"]).assert().success();
    env
}

fn stream(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

/// Rows of the stage `links`: pairs of numbers.
fn places(pairs: &[(i64, i64)], algo: Option<&str>) -> Vec<u8> {
    let column =
        |of: fn(&(i64, i64)) -> i64| Arc::new(Int64Array::from_iter_values(pairs.iter().map(of)));
    let zeros = Arc::new(Int32Array::from(vec![0; pairs.len()]));
    let fields = vec![
        Field::new("b", DataType::Int64, true),
        Field::new("a", DataType::Int64, true),
        Field::new("at_a", DataType::Int32, true),
        Field::new("at_b", DataType::Int32, true),
        Field::new("kind", DataType::Int8, true),
        Field::new("more", DataType::Int32, true),
    ];
    let metadata = algo.map(|algo| ("fimi.algo".to_owned(), algo.to_owned()));
    let schema = Arc::new(Schema::new_with_metadata(
        fields,
        metadata.into_iter().collect::<std::collections::HashMap<_, _>>(),
    ));
    let kinds = Arc::new(Int8Array::from(vec![0; pairs.len()]));
    let columns: Vec<Arc<dyn Array>> = vec![
        column(|pair| pair.1),
        column(|pair| pair.0),
        zeros.clone(),
        zeros.clone(),
        kinds,
        zeros,
    ];
    stream(&RecordBatch::try_new(schema, columns).unwrap())
}

fn stage(env: &TestEnv, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = std::process::Command::new(env.command().get_program());
    command.arg("stage").args(arguments).args(["--params", "out/work/params.json"]);
    command
        .current_dir(env.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A stage that has given up reads no more.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32, said: &str) {
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{log}");
    assert!(log.contains(said), "{log}");
    assert!(
        log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
        "{log}"
    );
}

#[test]
fn rows_are_sorted_or_must_be_in_order() {
    let env = prepared();
    let input = places(&[(2, 3), (1, 2), (2, 3), (1, 9)], None);
    let output = stage(&env, &["links", "--audit"], &input);
    check(&output, 0, "\"distinct_keys\":3");
    let reader = StreamReader::try_new(output.stdout.as_slice(), None).unwrap();
    assert!(reader.schema().metadata().contains_key("fimi.algo"));
    let first: Vec<i64> = reader
        .flat_map(|batch| batch.unwrap()["a"].as_primitive::<Int64Type>().values().to_vec())
        .collect();
    assert_eq!(first, [1, 1, 2]);
    check(&stage(&env, &["links", "--input-order", "sorted"], &input), 65, "not in order of a, b");
    let sorted = places(&[(1, 2), (1, 9), (2, 3)], None);
    check(&stage(&env, &["links", "--input-order", "sorted"], &sorted), 0, "\"rows_out\":3");
}

#[test]
fn what_breaks_the_contract_is_refused() {
    let env = prepared();
    let input = places(&[(1, 2)], None);
    check(&stage(&env, &["links"], &input[..input.len() - 8]), 65, "end-of-stream");
    check(&stage(&env, &["links"], &input[..input.len() / 2]), 65, "");
    check(&stage(&env, &["links"], &places(&[(1, 2)], Some("other"))), 65, "fimi.algo");
    check(&stage(&env, &["pairs"], &input), 64, "--days");
    check(&stage(&env, &["link"], &input), 64, "stages are days");
    check(&stage(&env, &["lines"], &input), 65, "column doc is not there");
}

#[test]
fn texts_are_read_in_every_form() {
    let env = prepared();
    let texts = |name| Field::new(name, DataType::Utf8View, false);
    let fields = vec![
        Field::new("doc", DataType::Int64, false),
        texts("id"),
        texts("outlet"),
        texts("title"),
        Field::new("text", DataType::LargeUtf8, false),
        texts("naming"),
    ];
    let view = |text: &str| Arc::new(StringViewArray::from(vec![text]));
    let columns: Vec<Arc<dyn Array>> = vec![
        Arc::new(Int64Array::from(vec![4_194_304])),
        view("a"),
        view("rt"),
        view("Grain"),
        Arc::new(LargeStringArray::from(vec![SENTENCE])),
        view(""),
    ];
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
    check(&stage(&env, &["lines"], &stream(&batch)), 0, "\"rows_in\":1");
}

#[test]
fn a_stage_describes_itself() {
    let env = TestEnv::new();
    let output = env.command().args(["stage", "pairs", "--describe"]).output().unwrap();
    let described: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(described["stage"]["order"], serde_json::json!(["gram", "doc", "at"]));
    let output = env.command().args(["plan", "--json"]).output().unwrap();
    let plan: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(plan["stages"].as_array().unwrap().contains(&described["stage"]));
}
