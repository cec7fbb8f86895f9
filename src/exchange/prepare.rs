//! From records to the table `articles`: numbered in the order of time and id, with whom they name.

use std::collections::BTreeSet;
use std::path::Path;

use arrow_array::RecordBatch;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::sort::Sorter;
use super::table::TableWriter;
use crate::annotate::Namer;
use crate::formats::{ReadError, ReadOptions, Records, read_each};
use crate::model::{Article, Naming, Registry};
use crate::stage::{
    ColumnType, Out, StageError, StageOutput, StageRows, TableColumns, arrow_schema, doc_number,
};

/// Articles before they have numbers. `first` and `second` are the beginning of the id, in its order.
const RECORDS: TableColumns = &[
    ("seconds", ColumnType::Int64),
    ("nanoseconds", ColumnType::Int64),
    ("first", ColumnType::Int64),
    ("second", ColumnType::Int64),
    ("id", ColumnType::Utf8),
    ("outlet", ColumnType::Utf8),
    ("language", ColumnType::Utf8),
    ("byline", ColumnType::Utf8),
    ("title", ColumnType::Utf8),
    ("text", ColumnType::Utf8),
];

/// Bytes of text of a partition of articles, about.
const PART_BYTES: usize = 32 << 20;

/// What was read.
pub(super) struct SortedRecords {
    sorter: Sorter,
    /// What there is to say about the files; the articles are not in it.
    pub(super) records: Records,
    /// All outlets, with the roles that records gave.
    pub(super) registry: Registry,
    /// Bytes of all texts.
    pub(super) bytes: usize,
    /// Articles without any time, which are left out.
    pub(super) undated: usize,
}

/// Why records cannot be read.
pub(super) enum PrepareError {
    /// A file.
    Read(ReadError),
    /// What is made of it.
    Stage(StageError),
}

/// Reads the files.
pub(super) fn read_records(
    inputs: &[std::path::PathBuf],
    options: &ReadOptions<'_>,
    memory: usize,
    work: &Path,
) -> Result<SortedRecords, PrepareError> {
    let schema = arrow_schema(RECORDS, "");
    let mut sorter = Sorter::new(schema.clone(), vec![0, 1, 2, 3], memory, work);
    let mut outlets: BTreeSet<String> = BTreeSet::new();
    let (mut bytes, mut undated, mut written) = (0, 0, Ok(()));
    let mut take = |articles: Vec<Article>| {
        let mut push = |batch| sorter.push(batch);
        let mut out = StageOutput::new(schema.clone(), &mut push);
        for article in articles {
            if article.published.is_none() && article.first_seen.is_none() {
                undated += 1;
                continue;
            }
            if !outlets.contains(&article.outlet) {
                outlets.insert(article.outlet.clone());
            }
            bytes += article.text.len();
            if written.is_ok() {
                written = out.row(&record(&article));
            }
        }
        if written.is_ok() {
            written = out.flush();
        }
    };
    let mut records = read_each(inputs, options, &mut take).map_err(PrepareError::Read)?;
    written.map_err(PrepareError::Stage)?;
    let stub = |outlet: String| Article { outlet, ..Article::default() };
    records.articles = outlets.into_iter().map(stub).collect();
    let registry = records.registry(options.registry);
    records.articles.clear();
    Ok(SortedRecords { sorter, records, registry, bytes, undated })
}

fn record(article: &Article) -> [Out<'_>; 10] {
    let at = article.at();
    let [first, second] = id_order(&article.id);
    [
        Out::Long(at.timestamp()),
        Out::Long(i64::from(at.timestamp_subsec_nanos())),
        Out::Long(first),
        Out::Long(second),
        Out::Text(&article.id),
        Out::Text(&article.outlet),
        Out::Text(&article.language),
        Out::Text(&article.byline),
        Out::Text(&article.title),
        Out::Text(&article.text),
    ]
}

/// The first sixteen bytes of an id as two numbers that are in the order of the ids.
fn id_order(id: &str) -> [i64; 2] {
    let number = |from: usize| {
        let mut bytes = [0; 8];
        let part = id.as_bytes().get(from..).unwrap_or_default();
        let length = part.len().min(8);
        bytes[..length].copy_from_slice(&part[..length]);
        (u64::from_be_bytes(bytes) ^ (1 << 63)).cast_signed()
    };
    [number(0), number(8)]
}

impl SortedRecords {
    /// Partitions that the articles have.
    pub(super) fn parts(&self) -> usize {
        self.bytes / PART_BYTES + 1
    }

    /// Numbers the articles and writes them, in order from partition to partition. Returns how many there are.
    pub(super) fn write(self, table: &TableWriter) -> Result<usize, StageError> {
        let namer = Namer::new(&self.registry);
        let mut numbering = Numbering::default();
        let mut so_far = 0;
        // Rows with equal beginnings of their ids are put in order here: they follow each other.
        let mut held: Vec<RecordBatch> = Vec::new();
        let mut write = |batches: &[RecordBatch]| {
            let rows: Vec<StageRows<'_>> = batches.iter().map(StageRows::new).collect();
            let mut all: Vec<(usize, usize)> = rows
                .iter()
                .enumerate()
                .flat_map(|(batch, rows)| (0..rows.len()).map(move |row| (batch, row)))
                .collect();
            let key = |&(batch, row): &(usize, usize)| {
                let rows: &StageRows<'_> = &rows[batch];
                ([0, 1, 2, 3].map(|column| rows.long(column, row)), rows.text(4, row))
            };
            all.sort_by(|x, y| key(x).cmp(&key(y)));
            let articles = all.par_iter().map(|&(batch, row)| named(&rows[batch], row, &namer));
            let articles: Vec<(i64, Article, String)> = articles.collect();
            let part = so_far / PART_BYTES;
            so_far += articles.iter().map(|(_, article, _)| article.text.len()).sum::<usize>();
            let mut push = |batch: RecordBatch| table.push(batch, part);
            let mut out = StageOutput::new(table.schema(), &mut push);
            for (seconds, article, naming) in &articles {
                out.row(&[
                    Out::Long(numbering.next(*seconds, &article.id)?),
                    Out::Text(&article.id),
                    Out::Text(&article.outlet),
                    Out::Text(&article.title),
                    Out::Text(&article.text),
                    Out::Text(naming),
                ])?;
            }
            out.flush()
        };
        self.sorter.finish(&mut |batch| {
            let goes_on = held.last().is_some_and(|last| same_beginning(last, &batch));
            if !goes_on && !held.is_empty() {
                write(&std::mem::take(&mut held))?;
            }
            held.push(batch);
            Ok(())
        })?;
        write(&held)?;
        Ok(numbering.ids.len())
    }
}

/// Whether the first row of a batch has the key of the last row of the one before.
fn same_beginning(before: &RecordBatch, batch: &RecordBatch) -> bool {
    let (x, y) = (StageRows::new(before), StageRows::new(batch));
    let key = |rows: &StageRows<'_>, row: usize| [0, 1, 2, 3].map(|column| rows.long(column, row));
    let last = x.len().checked_sub(1).map(|row| key(&x, row));
    last.is_some_and(|last| !y.is_empty() && last == key(&y, 0))
}

/// Time, article, and as JSON those whom it names in a place of credit; nothing if there is nobody.
fn named(rows: &StageRows<'_>, row: usize, namer: &Namer) -> (i64, Article, String) {
    let text = |column: usize| rows.text(column, row).to_owned();
    let article = Article {
        id: text(4),
        outlet: text(5),
        language: text(6),
        byline: text(7),
        title: text(8),
        text: text(9),
        ..Article::default()
    };
    let Naming { mut citations, mut credits } = namer.naming(&article);
    citations.retain(|citation| citation.kind.is_credit());
    credits.retain(|credit| credit.kind.is_credit());
    for citation in &mut citations {
        citation.text.clear();
    }
    let nobody = citations.is_empty() && credits.is_empty();
    let naming = Naming { citations, credits };
    let naming = if nobody { None } else { serde_json::to_string(&naming).ok() };
    (rows.long(0, row), article, naming.unwrap_or_default())
}

/// Gives numbers to articles that come in order.
#[derive(Default)]
struct Numbering {
    second: Option<(i64, usize)>,
    ids: FxHashSet<u64>,
}

impl Numbering {
    fn next(&mut self, seconds: i64, id: &str) -> Result<i64, StageError> {
        if !self.ids.insert(xxh3_64(id.as_bytes())) {
            return Err(StageError::data(format!(
                "the id {id} stands for several articles: `fimi import` the files and `fimi export` them again, which \
                 leaves one of each"
            )));
        }
        let place = match self.second {
            Some((same, place)) if same == seconds => place + 1,
            _ => 0,
        };
        self.second = Some((seconds, place));
        doc_number(seconds, place)
            .ok_or_else(|| StageError::data("more than four million articles have one time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_in_the_order_of_ids() {
        let mut ids = ["", "a", "ab", "b", "é", "zzzzzzzzz", "zzzzzzzza", "0001", "\u{10ffff}"];
        ids.sort_unstable();
        assert!(ids.is_sorted_by_key(|id| id_order(id)));
    }
}
