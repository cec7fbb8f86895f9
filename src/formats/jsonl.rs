//! Records as JSON, one a line.

use std::io::{BufRead, Read};

use rayon::prelude::*;

use super::collect::{Collector, Outcome, interpret};
use super::{ReadProblem, RecordError};
use crate::extract::RecordFields;
use crate::text::find_byte;

/// Bytes of a block of lines: large enough to keep all cores busy, small against the corpus.
const BLOCK_BYTES: usize = 8 << 20;

/// Reads all lines, block by block.
pub(super) fn read(
    mut source: impl BufRead,
    collector: &mut Collector<'_>,
) -> Result<(), ReadProblem> {
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
                collector.outcome(line, outcome)?;
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
        .map_err(|e| RecordError::Syntax { expected: "a JSON record", reason: e.to_string() });
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
