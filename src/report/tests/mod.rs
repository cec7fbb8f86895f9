//! Tests of the files as a whole: contract columns, codebook, round trips.

pub(crate) mod sample;

use std::collections::BTreeSet;

use crate::text::places::Region;

use super::table::{Kind, Row, Table};
use super::{Document, File, OUTPUTS, Output, ReportConfig, Run, files};
use crate::model::{
    ArticleRole, CalendarUnit, DateSource, FetchStatus, Grade, Origin, PassageKind, Precision,
    Relation, Role, SourceKind, Stance, Verdict,
};

fn render(sample: &sample::Sample) -> Vec<File> {
    let config = ReportConfig { news: true, ..ReportConfig::default() };
    let news = sample::run().news.filter(|_| !sample.corpus.is_empty());
    files(&sample.corpus, &sample.analysis, &Run { news, ..sample::run() }, &config)
}

fn tables() -> impl Iterator<Item = &'static Table> {
    OUTPUTS.iter().filter_map(Output::table)
}

fn bytes<'a>(files: &'a [File], name: &str) -> &'a [u8] {
    &files.iter().find(|file| file.name == name).unwrap().bytes
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|r| r.unwrap().iter().map(Into::into).collect()).collect()
}

/// The columns that scripts rely on, first and in this order.
const CONTRACT: [(&str, &str); 10] = [
    ("tags.csv", "article,outlet,published,narrative,claim,stance,score,start,end,sentence"),
    (
        "articles.csv",
        "article,outlet,outlet_name,edition,language,published,precision,first_seen,title,url,words,narrative",
    ),
    (
        "matches.csv",
        "match,article_a,article_b,outlet_a,outlet_b,published_a,published_b,relation,containment_a,containment_b,lexical,semantic,title",
    ),
    ("passages.csv", "match,article_a,article_b,start_a,end_a,start_b,end_b,words,kind,text"),
    (
        "edges.csv",
        "edge,from,to,outlet_from,outlet_to,grade,lag_minutes,clock_error_minutes,narrative,evidence",
    ),
    ("chains.csv", "chain,step"),
    ("narratives.csv", "narrative,label,articles,outlets,first_article,first_published,peak_day"),
    ("narrative_articles.csv", "narrative,article,outlet,published,role"),
    (
        "outlet_pairs.csv",
        "outlet_a,outlet_b,articles_a,articles_b,share_a,share_b,overlap,edges_ab,edges_ba,reciprocity,lag_median_minutes,effect,p,q,verdict",
    ),
    ("feeds_status.csv", "outlet,edition,kind,url,status"),
];

#[test]
fn contract_columns_come_first() {
    for sample in [sample::analysis(), sample::empty()] {
        let files = render(&sample);
        for (name, columns) in CONTRACT {
            let text = std::str::from_utf8(bytes(&files, name)).unwrap();
            let header = text.lines().next().unwrap();
            assert!(header.starts_with(columns), "{name}: {header}");
        }
    }
}

#[test]
fn every_column_is_described_and_holds_what_it_says() {
    let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
    let view = sample.view(&run, &config);
    for table in tables() {
        assert!(table.about.ends_with('.') || table.about.ends_with("corpus."), "{}", table.file);
        let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), table.columns.len(), "{}: two columns of one name", table.file);
        assert!(table.key.iter().all(|key| names.contains(key)), "{}: unknown key", table.file);
        let rows: Vec<Row> = (table.rows)(&view);
        assert!(!rows.is_empty(), "the sample has no row for {}", table.file);
        for column in table.columns {
            let place = format!("{} {}", table.file, column.name);
            assert!(column.description.len() >= 8, "{place}: no description");
            assert!(column.description.trim_end().ends_with('.'), "{place}: not a sentence");
            assert!(!column.unit.is_empty(), "{place}: no unit");
            for &row in &rows {
                let value = (column.value)(&view, row);
                assert!(column.kind.holds(&value), "{place}: {value:?} is not {:?}", column.kind);
            }
        }
    }
}

#[test]
fn outputs_stand_in_the_order_of_their_names() {
    assert!(OUTPUTS.is_sorted_by_key(|output| output.name));
    assert!(OUTPUTS.iter().all(|output| output.about.ends_with('.')));
}

#[test]
fn csv_reads_back_with_one_width() {
    let files = render(&sample::analysis());
    for table in tables() {
        let rows = csv_rows(bytes(&files, table.file));
        assert!(rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.file);
        assert!(rows.len() > 1);
    }
}

#[test]
fn hostile_title_is_guarded_in_every_csv() {
    let files = render(&sample::analysis());
    let articles = csv_rows(bytes(&files, "articles.csv"));
    assert!(articles.iter().any(|row| row[8].starts_with("'=HYPERLINK(\"https")));
    for table in tables() {
        for row in csv_rows(bytes(&files, table.file)) {
            assert!(!row.iter().any(|cell| cell.starts_with('=')), "{}", table.file);
        }
    }
}

#[test]
fn keys_are_unique() {
    let files = render(&sample::analysis());
    for table in tables().filter(|table| !table.key.is_empty()) {
        let rows = csv_rows(bytes(&files, table.file));
        let places: Vec<usize> = table
            .key
            .iter()
            .map(|key| rows[0].iter().position(|name| name == key).unwrap())
            .collect();
        let keys: BTreeSet<Vec<&String>> =
            rows[1..].iter().map(|row| places.iter().map(|&i| &row[i]).collect()).collect();
        assert_eq!(keys.len(), rows.len() - 1, "{}", table.file);
    }
}

#[test]
fn json_reads_back_equal() {
    let (sample, run) = (sample::analysis(), sample::run());
    for config in [ReportConfig::default(), ReportConfig { texts: true, ..Default::default() }] {
        let view = sample.view(&run, &config);
        let mut written = Vec::new();
        let output = OUTPUTS.iter().find(|output| output.name == "analysis.json").unwrap();
        output.write(&view, &mut written).unwrap();
        let read = Document::read(&written).unwrap();
        assert!(read == Document::of(&view), "{}", String::from_utf8_lossy(&written));
        assert_eq!(read.articles[0].text.is_some(), config.texts);
    }
}

#[test]
fn json_of_a_later_version_is_refused_with_a_reason() {
    let error = Document::read(b"{\"schema_version\": 99}").unwrap_err();
    assert!(error.to_string().contains("update fimi"), "{error}");
    assert!(Document::read(b"{\"schema_version\": 1}").is_err());
}

#[test]
fn the_data_package_names_every_file_with_its_hash() {
    let files = render(&sample::analysis());
    let package: serde_json::Value =
        serde_json::from_slice(bytes(&files, "datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), tables().count());
    for resource in resources {
        let content = bytes(&files, resource["path"].as_str().unwrap());
        assert_eq!(resource["bytes"], content.len());
        assert_eq!(resource["hash"], format!("sha256:{}", crate::ids::sha256_hex(content)));
    }
}

/// The words of an enum as `analysis.json` has them.
fn json_words<T: serde::Serialize>(all: &[T]) -> Vec<String> {
    let word = |value: &T| serde_json::to_value(value).unwrap().as_str().unwrap().to_owned();
    all.iter().map(word).collect()
}

#[test]
fn tables_json_and_data_package_use_the_same_words() {
    let origins = [Origin::Article(0), Origin::Outlet("rt".into()), Origin::Statement];
    let origin = |o: &Origin| match serde_json::to_value(o).unwrap() {
        serde_json::Value::Object(fields) => fields.keys().next().unwrap().clone(),
        word => word.as_str().unwrap().to_owned(),
    };
    let origins: Vec<String> = origins.iter().map(origin).collect();
    let grades = json_words(Grade::ALL);
    let mut relations = json_words(Relation::ALL);
    let precisions = json_words(Precision::ALL);
    let mut expected = vec![
        ("articles.csv precision", precisions.clone()),
        ("articles.csv role", json_words(Role::ALL)),
        ("articles.csv date_source", json_words(DateSource::ALL)),
        ("chains.csv grade", grades.clone()),
        ("chains.csv weakest", grades.clone()),
        ("edges.csv grade", grades.clone()),
        ("edges.csv origin", origins),
        ("feeds_status.csv kind", json_words(SourceKind::ALL)),
        ("feeds_status.csv status", json_words(FetchStatus::ALL)),
        ("graph_edges.csv verdict", json_words(Verdict::ALL)),
        ("graph_nodes.csv role", json_words(Role::ALL)),
        ("matches.csv relation", relations.clone()),
        ("narrative_articles.csv role", json_words(ArticleRole::ALL)),
        ("narrative_articles.csv precision", precisions.clone()),
        ("narratives.csv first_precision", precisions),
        ("new_edges.csv grade", grades.clone()),
        ("new_edges.csv grade_before", grades),
        ("new_narratives.csv change", vec!["new".into(), "new_outlet".into()]),
        ("outlet_pairs.csv verdict", json_words(Verdict::ALL)),
        ("outlet_pairs.csv lag_median_direction", vec!["ab".into(), "ba".into()]),
        ("passages.csv kind", json_words(PassageKind::ALL)),
    ];
    relations.insert(0, "any".into());
    let regions = json_words(&Region::ALL);
    expected.push(("region_pairs.csv region", regions.clone()));
    expected.push(("regions.csv region", regions.clone()));
    let units = json_words(CalendarUnit::ALL);
    expected.push(("series.csv relation", relations.clone()));
    expected.push(("series.csv period", units));
    expected.push(("shares.csv relation", relations));
    expected.push(("surges.csv region", regions));
    expected.push(("tags.csv stance", json_words(Stance::ALL)));

    let files = render(&sample::analysis());
    let package: serde_json::Value =
        serde_json::from_slice(bytes(&files, "datapackage.json")).unwrap();
    let mut found = Vec::new();
    for (table, resource) in tables().zip(package["resources"].as_array().unwrap()) {
        assert_eq!(resource["path"], table.file);
        let fields = resource["schema"]["fields"].as_array().unwrap();
        for (column, field) in table.columns.iter().zip(fields) {
            if let Kind::Word(words) = column.kind {
                let name = format!("{} {}", table.file, column.name);
                assert_eq!(field["constraints"]["enum"], serde_json::json!(words), "{name}");
                found.push((name, words.iter().map(|&word| word.to_owned()).collect()));
            }
        }
    }
    let expected: Vec<(String, Vec<String>)> =
        expected.into_iter().map(|(name, words)| (name.to_owned(), words)).collect();
    assert_eq!(found, expected);
}

#[test]
fn threads_and_chunks_do_not_change_a_byte() {
    let sample = sample::repeated(600);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| render(&sample));
    let three = pool(3).install(|| render(&sample));
    assert!(one == three);
    let rows = csv_rows(bytes(&one, "matches.csv"));
    assert_eq!(rows.len(), sample.analysis.matches.len() + 1);
    let (run, config) = (Run::default(), ReportConfig::default());
    let view = sample.view(&run, &config);
    assert_eq!(
        rows[5_001][0],
        view.matched(5_000).id,
        "the order of rows is the order of the analysis"
    );
}

#[test]
fn excel_files_start_with_a_mark_and_end_lines_its_way() {
    let config = ReportConfig { excel: true, ..Default::default() };
    let sample = sample::analysis();
    let files = files(&sample.corpus, &sample.analysis, &sample::run(), &config);
    let matches = bytes(&files, "matches.csv");
    assert!(matches.starts_with("\u{feff}match,".as_bytes()));
    assert!(matches.ends_with(b"\r\n"));
}

/// The part of `docs/output.md` that lists the columns.
fn codebook() -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for table in tables() {
        let contract = CONTRACT.iter().find(|(file, _)| *file == table.file);
        let stable: Vec<&str> = contract.map_or_else(Vec::new, |c| c.1.split(',').collect());
        write!(text, "\n### {}\n\n{}", table.file, table.about).unwrap();
        if !table.key.is_empty() {
            write!(text, " Key: `{}`.", table.key.join(", ")).unwrap();
        }
        text.push_str("\n\n| column | type | unit | meaning |\n|---|---|---|---|\n");
        for column in table.columns {
            let name = if stable.contains(&column.name) {
                format!("**`{}`**", column.name)
            } else {
                format!("`{}`", column.name)
            };
            let (kind, words) = match column.kind {
                Kind::Word(words) => ("word", format!(" One of `{}`.", words.join("`, `"))),
                kind => (kind.schema_type(), String::new()),
            };
            let (unit, meaning) = (column.unit, column.description);
            writeln!(text, "| {name} | {kind} | {unit} | {meaning}{words} |").unwrap();
        }
    }
    text
}

/// `UPDATE_DOCS=1 cargo test --lib the_document_lists` writes the part anew.
#[test]
fn the_document_lists_every_column() {
    let (begin, end) = ("<!-- columns: begin -->\n", "\n<!-- columns: end -->");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(begin).unwrap();
    let (listed, after) = rest.split_once(end).unwrap_or(("", rest));
    let codebook = codebook();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let after = after.trim_start_matches("<!-- columns: end -->");
        std::fs::write(&path, format!("{before}{begin}{codebook}{end}{after}")).unwrap();
    } else {
        assert!(listed == codebook, "run this test with UPDATE_DOCS=1");
    }
}

/// Where a value is not as its schema says, or holds what the schema does not describe.
fn misfits(
    value: &serde_json::Value,
    schema: &serde_json::Value,
    place: &str,
    found: &mut Vec<String>,
) {
    use serde_json::Value;
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_kind = |word: &Value| word == kind || (kind == "integer" && word == "number");
    let fits = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(is_kind),
        one => is_kind(one),
    };
    if !fits {
        found.push(format!("{place} is {kind}, not {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{place} is {value}, not one of {}", schema["enum"]));
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.push(format!("{place} has no {name}"));
            }
        }
        for (name, field) in fields {
            match schema["properties"].get(name).or(schema.get("additionalProperties")) {
                Some(schema) => misfits(field, schema, &format!("{place}.{name}"), found),
                None if place == "$.settings" => {}
                None => found.push(format!("{place}.{name} is not described")),
            }
        }
    }
    for item in value.as_array().into_iter().flatten() {
        misfits(item, &schema["items"], &format!("{place}[]"), found);
    }
}

#[test]
fn the_schema_describes_the_whole_document() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/analysis.schema.json")).unwrap();
    let (sample, run) = (sample::analysis(), sample::run());
    for texts in [false, true] {
        let config = ReportConfig { texts, ..ReportConfig::default() };
        let document = serde_json::to_value(Document::of(&sample.view(&run, &config))).unwrap();
        let mut found = Vec::new();
        misfits(&document, &schema, "$", &mut found);
        found.dedup();
        assert_eq!(found, Vec::<String>::new());
        let mut broken = document.clone();
        broken["edges"][0]["grade"] = "E9".into();
        broken["articles"][0].as_object_mut().unwrap().remove("title");
        broken["matches"][0]["odd"] = 1.into();
        misfits(&broken, &schema, "$", &mut found);
        assert_eq!(found.len(), 3, "{found:#?}");
    }
}
