//! Records as JSON: one a line, in an array, or in a list under a key.

use std::io::{self, BufRead, Read};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::collect::{Collector, Outcome, interpret};
use super::fields::FieldValues;
use super::outlet_names::OutletNames;
use super::{ReadProblem, RecordError};
use crate::text::find_byte;

/// Bytes of a block of lines: large enough to keep all cores busy, small against the corpus.
const BLOCK_BYTES: usize = 8 << 20;

/// Bytes of a line or element; a longer one is left out.
pub(super) const MAX_RECORD_BYTES: usize = 64 << 20;

/// Records that are parsed in parallel before they are taken.
const BATCH: usize = 4_096;

/// Reads all records.
pub(super) fn read(
    mut source: impl BufRead,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    match layout(source.fill_buf()?) {
        Layout::Lines => lines(source, collector),
        Layout::Array => elements(Elements::new(source, true), collector),
        Layout::Objects => elements(Elements::new(source, false), collector),
    }
}

/// How the records of a file stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// One on each line.
    Lines,
    /// Elements of one array.
    Array,
    /// One after the other, each over several lines.
    Objects,
}

fn layout(beginning: &[u8]) -> Layout {
    let beginning = beginning.trim_ascii_start();
    let first_line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match first_line.trim_ascii() {
        [b'[', ..] => Layout::Array,
        b"{" if first_line.len() < beginning.len() => Layout::Objects,
        _ => Layout::Lines,
    }
}

fn lines(mut source: impl BufRead, collector: &mut Collector<'_>) -> Result<(), ReadProblem> {
    let mut block = Vec::with_capacity(BLOCK_BYTES + (1 << 16));
    let mut line = 0;
    loop {
        block.clear();
        let ended = read_block(&mut source, &mut block)?;
        let mut records = Lines { rest: &block, line };
        loop {
            let batch: Vec<(usize, &[u8])> = records.by_ref().take(BATCH).collect();
            take(&batch, collector)?;
            if batch.len() < BATCH {
                break;
            }
        }
        line = records.line;
        if ended {
            return Ok(());
        }
    }
}

/// Parses records and takes them in order.
fn take<T: AsRef<[u8]> + Sync>(
    batch: &[(usize, T)],
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    if let (false, Some((_, first))) = (collector.has_columns(), batch.first()) {
        collector.set_columns(keys(first.as_ref()));
    }
    let names = collector.names;
    let parsed: Vec<Vec<Outcome>> =
        batch.par_iter().map(|(_, bytes)| outcomes(bytes.as_ref(), names)).collect();
    for ((line, _), outcomes) in batch.iter().zip(parsed) {
        for outcome in outcomes {
            collector.outcome(*line, outcome)?;
        }
    }
    Ok(())
}

/// Fills the block with whole lines; returns whether the source has ended. Of a line that is too long only the
/// beginning is kept.
fn read_block(source: &mut impl BufRead, block: &mut Vec<u8>) -> io::Result<bool> {
    source.by_ref().take(BLOCK_BYTES as u64).read_to_end(block)?;
    if block.len() < BLOCK_BYTES {
        return Ok(true);
    }
    if block.last() != Some(&b'\n') {
        source.by_ref().take(MAX_RECORD_BYTES as u64).read_until(b'\n', block)?;
        if block.last() != Some(&b'\n') {
            source.skip_until(b'\n')?;
        }
    }
    Ok(false)
}

/// The lines of a block that are not blank, with their numbers.
struct Lines<'a> {
    rest: &'a [u8],
    line: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let end = find_byte(self.rest, |byte| byte == b'\n').unwrap_or(self.rest.len());
            let line = self.rest[..end].trim_ascii();
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
            self.rest = self.rest.get(end + 1..).unwrap_or_default();
            self.line += 1;
            if !line.is_empty() {
                return Some((self.line, line));
            }
        }
        None
    }
}

fn elements<R: BufRead>(
    mut elements: Elements<R>,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while let Some((line, element)) = elements.next()? {
        bytes += element.len();
        batch.push((line, element));
        if batch.len() == BATCH || bytes > BLOCK_BYTES {
            take(&batch, collector)?;
            batch.clear();
            bytes = 0;
        }
    }
    take(&batch, collector)
}

/// Cuts a stream into the elements of its array, or into the objects that follow each other in it.
struct Elements<R> {
    source: R,
    /// Brackets round an element.
    outside: usize,
    line: usize,
}

impl<R: BufRead> Elements<R> {
    fn new(source: R, is_array: bool) -> Elements<R> {
        Elements { source, outside: usize::from(is_array), line: 1 }
    }

    /// The next element and the line it begins on. What is over the limit is cut, so that it cannot be parsed.
    fn next(&mut self) -> io::Result<Option<(usize, Vec<u8>)>> {
        let (mut element, mut begins) = (Vec::new(), self.line);
        let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
        loop {
            let buffer = self.source.fill_buf()?;
            if buffer.is_empty() {
                return Ok((!element.is_empty()).then_some((begins, element)));
            }
            let (mut used, mut ended) = (0, false);
            for &byte in buffer {
                used += 1;
                self.line += usize::from(byte == b'\n');
                if element.is_empty() {
                    let is_between = byte.is_ascii_whitespace() || byte == b',';
                    let is_bracket =
                        self.outside > 0 && (byte == b']' || begins_array(byte, self.outside));
                    if is_bracket && byte == b'[' {
                        self.outside = 2;
                    }
                    if is_between || is_bracket {
                        continue;
                    }
                    begins = self.line;
                }
                if in_text {
                    (in_text, escaped) = (escaped || byte != b'"', !escaped && byte == b'\\');
                } else {
                    match byte {
                        b'"' => in_text = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                }
                if element.len() < MAX_RECORD_BYTES {
                    element.push(byte);
                }
                if depth == 0 && !in_text && matches!(byte, b'}' | b']' | b',') {
                    ended = true;
                    break;
                }
            }
            self.source.consume(used);
            if ended {
                let scalar = element.strip_suffix(b",").or(element.strip_suffix(b"]"));
                let is_scalar = !matches!(element.first(), Some(b'{' | b'['));
                let element = if let (true, Some(scalar)) = (is_scalar, scalar) {
                    scalar.to_vec()
                } else {
                    element
                };
                return Ok(Some((begins, element)));
            }
        }
    }
}

/// Whether a byte opens the array whose elements are records; `outside` is 1 until it has been seen.
fn begins_array(byte: u8, outside: usize) -> bool {
    byte == b'[' && outside == 1
}

/// What a line or element comes to: one record, or those of a list in it.
fn outcomes(bytes: &[u8], names: &OutletNames<'_>) -> Vec<Outcome> {
    if bytes.len() >= MAX_RECORD_BYTES {
        return vec![Outcome::Unusable(RecordError::TooLong { bytes: MAX_RECORD_BYTES })];
    }
    let parsed = serde_json::from_slice::<FieldValues>(bytes).or_else(|error| {
        let repaired = repaired(bytes).ok_or(error)?;
        serde_json::from_slice::<FieldValues>(&repaired)
    });
    match parsed {
        Ok(values) if values.is_empty() => match listed(bytes) {
            Some(list) => list.into_iter().map(|values| interpret(Ok(values), names)).collect(),
            None => vec![interpret(Ok(values), names)],
        },
        Ok(_) if is_of_columns(bytes) => vec![Outcome::Unusable(RecordError::Syntax {
            expected: "a record",
            reason: "each of its keys holds a whole column: write one record a line (in pandas: \
                     to_json(orient=\"records\", lines=True))"
                .to_owned(),
        })],
        Ok(values) => vec![interpret(Ok(values), names)],
        Err(error) => vec![Outcome::Unusable(RecordError::Syntax {
            expected: "a JSON record",
            reason: error.to_string(),
        })],
    }
}

/// Whether an object is a table by its columns, as pandas writes one: all its values are objects with the
/// same keys, the row numbers.
fn is_of_columns(bytes: &[u8]) -> bool {
    // Only such a table begins so: `{"outlet":{"0":`.
    let start: Vec<u8> =
        bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).take(200).collect();
    let Some(place) = start.windows(2).position(|pair| pair == b":{") else { return false };
    if start.get(..place).is_none_or(|name| name.contains(&b':')) {
        return false;
    }
    let Ok(object) = serde_json::from_slice::<serde_json::Map<String, Value>>(bytes) else {
        return false;
    };
    let rows = |value: &Value| -> Option<Vec<String>> {
        Some(value.as_object()?.keys().cloned().collect())
    };
    let first = object.values().next().and_then(rows);
    object.len() > 1 && first.is_some() && object.values().all(|value| rows(value) == first)
}

/// The records of an answer that holds them in a list under one key: `{"articles": [...]}`.
fn listed(bytes: &[u8]) -> Option<Vec<FieldValues>> {
    let object: serde_json::Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    let mut lists = object.into_iter().filter_map(|(_, value)| match value {
        Value::Array(items) if items.iter().any(Value::is_object) => Some(items),
        _ => None,
    });
    let list = lists.next()?;
    list.into_iter().map(|item| FieldValues::deserialize(item).ok()).collect()
}

/// The keys of a record.
fn keys(bytes: &[u8]) -> Vec<String> {
    let object: Option<serde_json::Map<String, Value>> = serde_json::from_slice(bytes).ok();
    object.map(|object| object.into_iter().map(|(key, _)| key).collect()).unwrap_or_default()
}

/// Returns a record without what Python writes and JSON forbids: bare `NaN` and `Infinity` become `null`, halves of
/// surrogate pairs U+FFFD. `None` if there is neither.
fn repaired(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut rest, mut in_text, mut is_changed) = (bytes, false, false);
    while let Some((&byte, after)) = rest.split_first() {
        let number =
            ["NaN", "-Infinity", "Infinity"].iter().find(|n| rest.starts_with(n.as_bytes()));
        if let (false, Some(number)) = (in_text, number) {
            out.extend_from_slice(b"null");
            rest = &rest[number.len()..];
            is_changed = true;
        } else if in_text && byte == b'\\' {
            let (escape, replacement) = escape(rest);
            is_changed |= replacement.is_some();
            out.extend_from_slice(replacement.unwrap_or(&rest[..escape]));
            rest = &rest[escape..];
        } else {
            in_text ^= byte == b'"';
            out.push(byte);
            rest = after;
        }
    }
    is_changed.then_some(out)
}

/// Length of the escape sequence at the beginning, and what to write in its place if it is half a pair.
fn escape(bytes: &[u8]) -> (usize, Option<&'static [u8]>) {
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    match unit(0) {
        Some(0xd800..=0xdbff) if matches!(unit(6), Some(0xdc00..=0xdfff)) => (12, None),
        Some(0xd800..=0xdfff) => (6, Some(b"\\ufffd")),
        Some(_) => (6, None),
        None => (bytes.len().min(2), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, is_array: bool) -> Vec<(usize, String)> {
        let mut elements = Elements::new(text.as_bytes(), is_array);
        let mut all = Vec::new();
        while let Some((line, element)) = elements.next().unwrap() {
            all.push((line, String::from_utf8(element).unwrap()));
        }
        all
    }

    #[test]
    fn an_array_is_cut_into_its_elements() {
        let text = "[\n {\"a\": \"x]}\\\"\", \"b\": [1]},\n\n {\"c\": {}}\n, 7, null]\n";
        let expected =
            [(2, "{\"a\": \"x]}\\\"\", \"b\": [1]}"), (4, "{\"c\": {}}"), (5, "7"), (5, "null")];
        assert_eq!(cut(text, true), expected.map(|(line, text)| (line, text.to_owned())));
        assert_eq!(cut("[{\"a\": 1}, {\"b\": ", true)[1].1, "{\"b\": ");
        assert_eq!(cut("{\n \"a\": 1\n}\n{\n}\n", false).len(), 2);
        assert!(cut("[]", true).is_empty());
    }

    #[test]
    fn the_beginning_tells_the_layout() {
        assert_eq!(layout(b"{\"a\": 1}\n{\"a\": 2}"), Layout::Lines);
        assert_eq!(layout(b" \n[\n{\"a\": 1}]"), Layout::Array);
        assert_eq!(layout(b"{\n \"a\": 1\n}"), Layout::Objects);
        assert_eq!(layout(b"{"), Layout::Lines);
    }

    #[test]
    fn what_python_writes_is_repaired() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(repaired(text.as_bytes()), expected.map(|text| text.as_bytes().to_vec()));
        };
        check(r#"{"a": NaN, "b": "NaN \" NaN"}"#, Some(r#"{"a": null, "b": "NaN \" NaN"}"#));
        check(r"[-Infinity, Infinity]", Some("[null, null]"));
        check(r#"{"a": "\ud83d x \ud83d\ude00"}"#, Some(r#"{"a": "\ufffd x \ud83d\ude00"}"#));
        check(r#"{"a": "\u0041"#, None);
    }
}
