//! Articles by number, with their own links: what is joined to a pair before its texts are compared.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::sort::Sorter;
use super::table::DiskTable;
use crate::stage::{StageError, StageRows, arrow_schema, tables};

/// Values of an article in the store: id, outlet, title, text, naming, links.
pub(super) const VALUES: usize = 6;

/// A file of articles and where each begins, ascending.
pub(super) struct ArticleStore {
    file: File,
    places: Vec<(i64, u64)>,
    end: u64,
}

impl ArticleStore {
    /// Joins the links of each article with itself to the articles. The file vanishes with the store.
    pub(super) fn build(
        (articles, articles_parts): (&DiskTable, usize),
        (links, parts): (&DiskTable, usize),
        algo: &str,
        memory: usize,
        work: &Path,
    ) -> Result<ArticleStore, StageError> {
        let mut own = Sorter::new(arrow_schema(tables::LINKS, algo), vec![0], memory, work);
        for part in 0..parts {
            links.read(part, algo, &mut |batch| {
                let rows = StageRows::new(&batch);
                let places: Vec<(usize, usize)> = (0..rows.len())
                    .filter(|&row| rows.long(0, row) == rows.long(1, row))
                    .map(|row| (0, row))
                    .collect();
                if places.is_empty() {
                    return Ok(());
                }
                own.push(arrow_select::interleave::interleave_record_batch(&[&batch], &places)?)
            })?;
        }
        let file = tempfile::tempfile_in(work)?;
        let (mut out, mut places, mut at) = (BufWriter::new(file), Vec::new(), 0);
        let mut own = OwnLinks::of_sorted(own)?;
        let mut write = |batch: arrow_array::RecordBatch| {
            let rows = StageRows::new(&batch);
            for row in 0..rows.len() {
                let doc = rows.long(0, row);
                places.push((doc, at));
                let own = own.of(doc)?;
                let values = [1, 2, 3, 4, 5].map(|column| rows.text(column, row));
                for value in values.into_iter().chain([own.as_str()]) {
                    let length = u32::try_from(value.len()).map_err(StageError::io)?;
                    out.write_all(&length.to_le_bytes())?;
                    out.write_all(value.as_bytes())?;
                    at += 4 + u64::from(length);
                }
            }
            Ok(())
        };
        for part in 0..articles_parts {
            articles.read(part, algo, &mut write)?;
        }
        let file = out.into_inner().map_err(StageError::io)?;
        Ok(ArticleStore { file, places, end: at })
    }

    /// The values of an article.
    pub(super) fn article(&self, doc: i64) -> Result<[String; VALUES], StageError> {
        let missing = || StageError::data(format!("article {doc} is not in the table articles"));
        let place =
            self.places.binary_search_by_key(&doc, |place| place.0).map_err(|_| missing())?;
        let start = self.places[place].1;
        let end = self.places.get(place + 1).map_or(self.end, |next| next.1);
        let mut bytes = vec![0; usize::try_from(end - start).map_err(StageError::io)?];
        read_at(&self.file, &mut bytes, start)?;
        let mut rest = bytes.as_slice();
        let mut values: [String; VALUES] = std::array::from_fn(|_| String::new());
        for value in &mut values {
            let (length, after) = rest.split_first_chunk::<4>().ok_or_else(missing)?;
            let length = u32::from_le_bytes(*length) as usize;
            let text = after.get(..length).ok_or_else(missing)?;
            *value = String::from_utf8_lossy(text).into_owned();
            rest = &after[length..];
        }
        Ok(values)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> std::io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    // A handle of its own: several threads read.
    let mut file = file.try_clone()?;
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// The links of articles with themselves, in order, read as they are needed.
struct OwnLinks {
    batches: std::sync::mpsc::IntoIter<Result<arrow_array::RecordBatch, StageError>>,
    batch: Option<arrow_array::RecordBatch>,
    row: usize,
}

impl OwnLinks {
    fn of_sorted(sorter: Sorter) -> Result<OwnLinks, StageError> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(4);
        std::thread::Builder::new().name("links".into()).spawn(move || {
            let sent = sorter.finish(&mut |batch| {
                sender.send(Ok(batch)).map_err(|_| StageError::io("nobody reads the links"))
            });
            if let Err(error) = sent {
                // Nobody is there any more if the other side gave up.
                let _ = sender.send(Err(error));
            }
        })?;
        Ok(OwnLinks { batches: receiver.into_iter(), batch: None, row: 0 })
    }

    /// The links of an article; articles are asked for in order.
    fn of(&mut self, doc: i64) -> Result<String, StageError> {
        loop {
            if let Some(batch) = &self.batch {
                let rows = StageRows::new(batch);
                while self.row < rows.len() && rows.long(0, self.row) < doc {
                    self.row += 1;
                }
                if self.row < rows.len() {
                    let is_own = rows.long(0, self.row) == doc;
                    let links = if is_own { rows.text(2, self.row) } else { "" };
                    return Ok(links.to_owned());
                }
            }
            let Some(batch) = self.batches.next() else { return Ok(String::new()) };
            (self.batch, self.row) = (Some(batch?), 0);
        }
    }
}
