//! The joins of the plan, as one machine makes them: pairs look their articles up, passages their holders.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::SchemaRef;
use rustc_hash::FxHashMap;

use super::store::{ArticleStore, VALUES};
use crate::stage::{Out, StageError, StageOutput, StageRows};

/// Gives pairs (`links` rows of two articles) with both articles.
pub(super) fn candidates(
    rows: &StageRows<'_>,
    store: &ArticleStore,
    out: &mut StageOutput<'_>,
) -> Result<(), StageError> {
    let mut earlier: Option<(i64, [String; VALUES])> = None;
    for row in 0..rows.len() {
        let (a, b) = (rows.long(0, row), rows.long(1, row));
        if a == b {
            continue;
        }
        let of_a = match earlier.take() {
            Some((doc, values)) if doc == a => values,
            _ => store.article(a)?,
        };
        let of_b = store.article(b)?;
        let mut values = vec![Out::Long(a), Out::Long(b), Out::Text(rows.text(2, row))];
        values.extend(of_a.iter().chain(&of_b).map(|value| Out::Text(value)));
        out.row(&values)?;
        earlier = Some((a, of_a));
    }
    Ok(())
}

/// A passage: both articles, and its number.
type PassageKey = (i64, i64, i64);

/// Who held a passage: its number, id and outlet.
type Holder = (i64, String, String);

/// The earliest holders of the passages of a partition.
#[derive(Default)]
pub(super) struct Holders(FxHashMap<PassageKey, Holder>);

impl Holders {
    /// Adds rows of the table `holders`.
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        let rows = StageRows::new(batch);
        for row in 0..rows.len() {
            let holder = rows.long(3, row);
            let known = self.0.get(&passage_key(&rows, row));
            if known.is_none_or(|known| holder < known.0) {
                let found = (holder, rows.text(4, row).to_owned(), rows.text(5, row).to_owned());
                self.0.insert(passage_key(&rows, row), found);
            }
        }
    }

    /// The rows of `verify` with their holders.
    pub(super) fn joined(
        &self,
        batch: &RecordBatch,
        schema: &SchemaRef,
    ) -> Result<RecordBatch, StageError> {
        let rows = StageRows::new(batch);
        let found = |row: usize| self.0.get(&passage_key(&rows, row));
        let text = |of: fn(&Holder) -> &str| -> ArrayRef {
            let values = (0..rows.len()).map(|row| found(row).map_or("", of));
            Arc::new(StringArray::from_iter_values(values))
        };
        let mut columns = batch.columns().to_vec();
        columns.extend([text(|holder| &holder.1), text(|holder| &holder.2)]);
        Ok(RecordBatch::try_new(schema.clone(), columns)?)
    }
}

fn passage_key(rows: &StageRows<'_>, row: usize) -> PassageKey {
    (rows.long(0, row), rows.long(1, row), rows.long(2, row))
}
