//! Files of article records (JSONL, CSV, Parquet, plain or compressed) into articles.
//!
//! A file is read in blocks of whole records; the records of a block are parsed in parallel. A bad
//! record is skipped and reported with its line (or row) number; `--strict` stops on it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::exit::Refusal;
use crate::extract::{RecordFields, record};
use crate::model::{Article, Outlet, Registry, Role, Skipped};
use crate::text::find_byte;

/// Bytes of a block of lines: large enough to keep all cores busy, small against the corpus.
const BLOCK_BYTES: usize = 8 << 20;

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct InputFile {
    /// Its name without folders.
    pub(super) name: String,
    /// SHA-256 of its bytes as stored, hex.
    pub(super) sha256: String,
    /// Records read.
    pub(super) records: usize,
    /// Records skipped.
    pub(super) skipped: usize,
}

/// The articles of some files.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// In the order of the files.
    pub(super) articles: Vec<Article>,
    /// Roles that records gave to outlets, by outlet id.
    pub(super) roles: BTreeMap<String, Role>,
    /// Unreadable records.
    pub(super) skipped: Vec<Skipped>,
    /// The files.
    pub(super) files: Vec<InputFile>,
}

impl Records {
    /// Returns the registry with the outlets of these records: a role given by a record goes before
    /// the registry's; an outlet that is in neither is a subject.
    pub(super) fn registry(&self, base: &Registry) -> Registry {
        let mut known: BTreeMap<&str, Outlet> =
            base.outlets.iter().map(|o| (o.id.as_str(), o.clone())).collect();
        for article in &self.articles {
            if !known.contains_key(article.outlet.as_str()) {
                known.insert(&article.outlet, Outlet::unlisted(&article.outlet));
            }
        }
        for (id, role) in &self.roles {
            if let Some(outlet) = known.get_mut(id.as_str()) {
                outlet.role = *role;
            }
        }
        Registry::new(known.into_values())
    }
}

/// Reads all records of `paths`; `-` is JSONL on standard input.
///
/// # Errors
///
/// Fails if a file cannot be read at all or its ending is unknown, and with `strict` on the first
/// bad record.
pub(super) fn read(paths: &[impl AsRef<Path>], strict: bool) -> anyhow::Result<Records> {
    let mut records = Records::default();
    for path in paths {
        read_file(path.as_ref(), strict, &mut records)
            .with_context(|| format!("cannot read {}", path.as_ref().display()))?;
    }
    Ok(records)
}

/// What a file holds, by its ending without a compression suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jsonl,
    Csv,
    Parquet,
}

fn format_of(name: &str) -> Result<(Format, &str), Refusal> {
    let plain = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(name);
    let ending = plain.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let format = match ending.as_str() {
        _ if plain == "-" => Format::Jsonl,
        "jsonl" | "ndjson" | "json" => Format::Jsonl,
        "csv" => Format::Csv,
        "parquet" => Format::Parquet,
        _ => {
            return Err(Refusal::usage(format!(
                "{name}: unknown ending; give .jsonl, .csv or .parquet (.gz and .zst too)"
            )));
        }
    };
    Ok((format, &name[plain.len()..]))
}

fn read_file(path: &Path, strict: bool, into: &mut Records) -> anyhow::Result<()> {
    let name = path.file_name().map_or_else(|| "-".into(), |n| n.to_string_lossy().into_owned());
    let (format, compression) = format_of(&name)?;
    let mut sink = Sink { name: name.clone(), strict, into, records: 0, skipped: 0 };
    let open = || File::open(path).map_err(|e| Refusal::usage(format!("{}: {e}", path.display())));
    let sha256 = if format == Format::Parquet {
        super::parquet_io::read(open()?, &mut |row, fields| sink.one(row, fields))?;
        Hashed { source: open()?, hash: Sha256::new() }.finish()?
    } else {
        let source: Box<dyn Read> =
            if name == "-" { Box::new(std::io::stdin()) } else { Box::new(open()?) };
        let mut hashed = Hashed { source, hash: Sha256::new() };
        let decoded: Box<dyn Read + '_> = match compression {
            ".gz" => Box::new(flate2::read::MultiGzDecoder::new(&mut hashed)),
            ".zst" => Box::new(zstd::Decoder::new(&mut hashed)?),
            _ => Box::new(&mut hashed),
        };
        match format {
            Format::Csv => csv_records(decoded, &mut sink)?,
            _ => json_lines(BufReader::with_capacity(1 << 16, decoded), &mut sink)?,
        }
        hashed.finish()?
    };
    let (records, skipped) = (sink.records, sink.skipped);
    into.files.push(InputFile { name, sha256, records, skipped });
    Ok(())
}

/// Hashes what is read through it.
struct Hashed<R> {
    source: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

impl<R: Read> Hashed<R> {
    /// Reads what is left (a decoder may stop before the end) and returns the hash.
    fn finish(mut self) -> std::io::Result<String> {
        std::io::copy(&mut self, &mut std::io::sink())?;
        Ok(crate::ids::hex(&self.hash.finalize()))
    }
}

/// Collects the outcome of each record of one file.
struct Sink<'a> {
    name: String,
    strict: bool,
    into: &'a mut Records,
    records: usize,
    skipped: usize,
}

impl Sink<'_> {
    fn one(&mut self, line: usize, fields: Result<RecordFields, String>) -> anyhow::Result<()> {
        self.outcome(line, fields.and_then(interpret))
    }

    fn outcome(&mut self, line: usize, outcome: Outcome) -> anyhow::Result<()> {
        self.records += 1;
        match outcome {
            Ok((article, role)) => {
                if let Some(role) = role {
                    self.into.roles.entry(article.outlet.clone()).or_insert(role);
                }
                self.into.articles.push(article);
                Ok(())
            }
            Err(reason) if self.strict => {
                Err(Refusal::usage(format!("{}:{line}: {reason}", self.name)).into())
            }
            Err(reason) => {
                self.skipped += 1;
                let what = format!("{}:{line}", self.name);
                self.into.skipped.push(Skipped { what, reason });
                Ok(())
            }
        }
    }
}

/// An article and the role its record gives to the outlet, or why there is none.
type Outcome = Result<(Article, Option<Role>), String>;

fn interpret(fields: RecordFields) -> Outcome {
    let role = match fields.role.as_deref() {
        None | Some("") => None,
        Some(word) => Some(
            word.parse().map_err(|_| format!("role `{word}`: write subject, wire or control"))?,
        ),
    };
    record(fields).map(|article| (article, role))
}

fn json_lines(mut source: impl BufRead, sink: &mut Sink<'_>) -> anyhow::Result<()> {
    let mut block = Vec::with_capacity(BLOCK_BYTES + (1 << 16));
    let mut line = 0;
    loop {
        block.clear();
        let ended = read_block(&mut source, &mut block)?;
        let outcomes: Vec<Option<Outcome>> =
            lines(&block).par_iter().map(|line| json_line(line)).collect();
        for outcome in outcomes {
            line += 1;
            if let Some(outcome) = outcome {
                sink.outcome(line, outcome)?;
            }
        }
        if ended {
            return Ok(());
        }
    }
}

/// Fills the block with whole lines; returns whether the source has ended.
fn read_block(source: &mut impl BufRead, block: &mut Vec<u8>) -> std::io::Result<bool> {
    let mut limited = source.by_ref().take(BLOCK_BYTES as u64);
    limited.read_to_end(block)?;
    if block.len() < BLOCK_BYTES {
        return Ok(true);
    }
    if block.last() != Some(&b'\n') {
        source.read_until(b'\n', block)?;
    }
    Ok(false)
}

/// The lines of a block, without their line breaks.
fn lines(block: &[u8]) -> Vec<&[u8]> {
    let (mut lines, mut rest) = (Vec::new(), block);
    while !rest.is_empty() {
        let end = find_byte(rest, |byte| byte == b'\n').unwrap_or(rest.len());
        lines.push(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    lines
}

/// Returns nothing for a blank line.
fn json_line(line: &[u8]) -> Option<Outcome> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return None;
    }
    let fields = serde_json::from_slice::<JsonRecord>(line)
        .map_err(|error| format!("not a JSON record: {error}"));
    Some(fields.and_then(|record| interpret(record.into_fields())))
}

/// A line of JSONL. Ids may be numbers and links may be a list; unknown keys are passed over.
#[derive(serde::Deserialize)]
struct JsonRecord {
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    text: Option<String>,
    published: Option<String>,
    id: Option<serde_json::Value>,
    language: Option<String>,
    edition: Option<String>,
    byline: Option<String>,
    first_seen: Option<String>,
    links: Option<serde_json::Value>,
    role: Option<String>,
}

impl JsonRecord {
    fn into_fields(self) -> RecordFields {
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        RecordFields {
            outlet: self.outlet,
            url: self.url,
            title: self.title,
            text: self.text,
            published: self.published,
            id: self.id.map(text),
            language: self.language,
            edition: self.edition,
            byline: self.byline,
            first_seen: self.first_seen,
            links: self.links.map(text),
            role: self.role,
        }
    }
}

/// Fields of a table's row, by column name.
pub(super) fn table_fields(mut cell: impl FnMut(&str) -> Option<String>) -> RecordFields {
    RecordFields {
        outlet: cell("outlet"),
        url: cell("url"),
        title: cell("title"),
        text: cell("text"),
        published: cell("published"),
        id: cell("id"),
        language: cell("language"),
        edition: cell("edition"),
        byline: cell("byline"),
        first_seen: cell("first_seen"),
        links: cell("links"),
        role: cell("role"),
    }
}

fn csv_records(source: impl Read, sink: &mut Sink<'_>) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(WithoutBom::new(source));
    let headers = reader.headers().context("the header line is not CSV")?.clone();
    let columns: BTreeMap<String, usize> =
        headers.iter().enumerate().map(|(i, name)| (name.trim().to_string(), i)).collect();
    let mut row = csv::StringRecord::new();
    loop {
        let line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        match reader.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let cell = |name: &str| row.get(*columns.get(name)?).map(str::to_string);
                sink.one(line, Ok(table_fields(cell)))?;
            }
            Err(error) if error.is_io_error() => return Err(error.into()),
            Err(error) => sink.one(line, Err(format!("not CSV: {error}")))?,
        }
    }
}

/// Drops a byte order mark, which spreadsheets put in front of the first column's name.
struct WithoutBom<R> {
    source: R,
    started: bool,
}

impl<R> WithoutBom<R> {
    fn new(source: R) -> Self {
        WithoutBom { source, started: false }
    }
}

impl<R: Read> Read for WithoutBom<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.started || buffer.len() < 3 {
            self.started = true;
            return self.source.read(buffer);
        }
        self.started = true;
        let mut filled = 0;
        while filled < 3 {
            match self.source.read(&mut buffer[filled..3])? {
                0 => break,
                read => filled += read,
            }
        }
        if buffer[..filled] == *b"\xef\xbb\xbf" {
            return self.source.read(buffer);
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, content: &str, articles: usize, skipped: &[&str]) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        let records = read(&[path], false).unwrap();
        assert_eq!(records.articles.len(), articles);
        let what: Vec<&str> = records.skipped.iter().map(|s| s.what.as_str()).collect();
        assert_eq!(what, skipped);
    }

    const GOOD: &str = r#"{"outlet":"rt","url":"https://rt.example/1","title":"T","text":"Some text.","published":"2026-03-02T10:00:00Z"}"#;

    #[test]
    fn a_bad_line_is_counted_and_the_rest_goes_on() {
        check("c.jsonl", &format!("{GOOD}\n\n{{oops\n{GOOD}\n"), 2, &["c.jsonl:3"]);
    }

    #[test]
    fn a_line_is_one_record_whatever_stands_round_it() {
        check("c.jsonl", &format!("{GOOD} {GOOD}\n{GOOD}\n"), 1, &["c.jsonl:1"]);
        let (begin, end) = GOOD.split_at(12);
        check("c.jsonl", &format!("{begin}\n{end}\n{GOOD}"), 1, &["c.jsonl:1", "c.jsonl:2"]);
        check("c.jsonl", &format!("{{\"x\":[\n{GOOD}\n]}}\n"), 1, &["c.jsonl:1", "c.jsonl:3"]);
        check("c.jsonl", &format!("\n \n{GOOD}\n\u{feff}{GOOD} \r\n\r\n  {GOOD}"), 3, &[]);
        check("c.jsonl", &format!("{GOOD}\n{{}}\n{GOOD},\n{GOOD}"), 2, &["c.jsonl:2", "c.jsonl:3"]);
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
        let error = read(&[path], true).unwrap_err();
        assert!(format!("{error:#}").contains("c.jsonl:2"), "{error:#}");
    }

    #[test]
    fn compressed_input_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.jsonl.zst");
        std::fs::write(&path, zstd::encode_all(GOOD.as_bytes(), 1).unwrap()).unwrap();
        assert_eq!(read(&[path], false).unwrap().articles.len(), 1);
    }

    #[test]
    fn an_unknown_ending_says_what_to_give() {
        let error = read(&["corpus.docx"], false).unwrap_err();
        assert!(format!("{error:#}").contains(".jsonl, .csv or .parquet"));
    }
}
