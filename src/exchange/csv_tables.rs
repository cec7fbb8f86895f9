//! The result of the plan as CSV files: the columns of `fimi analyze` that the stages know.

use std::io::Write;
use std::path::Path;

use arrow_array::RecordBatch;

use super::sort::Sorter;
use super::table::DiskTable;
use crate::ids::stable_id;
use crate::model::PassageKind;
use crate::report::{guarded, share_cell};
use crate::similarity::SharedCounts;
use crate::stage::{StageError, StageParams, StageRows, arrow_schema, tables};

/// One row a pair of articles.
pub(crate) const MATCHES_FILE: &str = "matches.csv";
/// One row a passage.
pub(crate) const PASSAGES_FILE: &str = "passages.csv";

const MATCH_COLUMNS: [&str; 11] = [
    "match",
    "article_a",
    "article_b",
    "outlet_a",
    "outlet_b",
    "relation",
    "containment_a",
    "containment_b",
    "title",
    "passages",
    "own_words",
];
const PASSAGE_COLUMNS: [&str; 14] = [
    "match",
    "article_a",
    "article_b",
    "start_a",
    "end_a",
    "start_b",
    "end_b",
    "words",
    "kind",
    "text",
    "outlet_a",
    "outlet_b",
    "why",
    "holder",
];

/// Writes both files in the order of the articles; returns their rows.
pub(super) fn write(
    judged: &DiskTable,
    params: &StageParams,
    (parts, memory, work): (usize, usize, &Path),
    matches: &mut dyn Write,
    passages: &mut dyn Write,
) -> Result<(u64, u64), StageError> {
    let algo = params.algo();
    let schema = arrow_schema(tables::PASSAGES, &algo);
    let mut sorter = Sorter::new(schema, vec![0, 1, 2], memory, work);
    for part in 0..parts {
        judged.read(part, &algo, &mut |batch| sorter.push(batch))?;
    }
    let (mut matches, mut passages) =
        (csv::Writer::from_writer(matches), csv::Writer::from_writer(passages));
    matches.write_record(MATCH_COLUMNS).map_err(StageError::io)?;
    passages.write_record(PASSAGE_COLUMNS).map_err(StageError::io)?;
    let (mut rows, mut pending) = ((0, 0), None);
    sorter.finish(&mut |batch: RecordBatch| {
        let table = StageRows::new(&batch);
        for row in 0..table.len() {
            let n = table.long(2, row);
            if n <= 1 {
                rows.0 += u64::from(pending.is_some());
                write_match(&mut matches, pending.take())?;
                pending = Some(MatchRow::new(&table, row));
            }
            if n == 0 {
                continue;
            }
            let id = if let Some(matched) = &mut pending {
                let is_own = table.text(19, row) == PassageKind::Own.as_str();
                matched.own_words += if is_own { table.count(18, row) } else { 0 };
                matched.id.clone()
            } else {
                String::new()
            };
            write_passage(&mut passages, &table, row, &id)?;
            rows.1 += 1;
        }
        Ok(())
    })?;
    rows.0 += u64::from(pending.is_some());
    write_match(&mut matches, pending)?;
    matches.flush()?;
    passages.flush()?;
    Ok(rows)
}

/// A row of `matches.csv` under way.
struct MatchRow {
    id: String,
    cells: [String; 8],
    passages: usize,
    own_words: usize,
}

impl MatchRow {
    fn new(rows: &StageRows<'_>, row: usize) -> MatchRow {
        let text = |column: usize| rows.text(column, row).to_owned();
        let shared = SharedCounts {
            shingles: rows.count(8, row),
            of_shingles: (rows.count(9, row), rows.count(10, row)),
            ..SharedCounts::default()
        };
        let (of_a, of_b) = shared.containment();
        let (edits, words) = (rows.count(11, row), rows.count(12, row));
        let title = if words == 0 { 0.0 } else { 1.0 - edits as f64 / words as f64 };
        MatchRow {
            id: stable_id(&["match", rows.text(3, row), rows.text(4, row)]),
            cells: [
                text(3),
                text(4),
                text(5),
                text(6),
                text(7),
                share_cell(of_a),
                share_cell(of_b),
                share_cell(title),
            ],
            passages: rows.count(13, row),
            own_words: 0,
        }
    }
}

fn write_match<W: Write>(
    out: &mut csv::Writer<W>,
    matched: Option<MatchRow>,
) -> Result<(), StageError> {
    let Some(matched) = matched else { return Ok(()) };
    let mut cells = vec![matched.id];
    cells.extend(matched.cells.map(|cell| guarded(&cell).into_owned()));
    cells.extend([matched.passages.to_string(), matched.own_words.to_string()]);
    out.write_record(cells).map_err(StageError::io)
}

fn write_passage<W: Write>(
    out: &mut csv::Writer<W>,
    rows: &StageRows<'_>,
    row: usize,
    id: &str,
) -> Result<(), StageError> {
    let text = |column: usize| guarded(rows.text(column, row)).into_owned();
    let number = |column: usize| rows.long(column, row).to_string();
    let cells = [
        id.to_owned(),
        text(3),
        text(4),
        number(14),
        number(15),
        number(16),
        number(17),
        number(18),
        text(19),
        text(20),
        text(5),
        text(6),
        text(21),
        text(22),
    ];
    out.write_record(cells).map_err(StageError::io)
}
