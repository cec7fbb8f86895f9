//! Rows in and out of a stage.

use std::sync::Arc;

use arrow_array::builder::{Int8Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::types::{Int8Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Int8Array, Int32Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, cast::AsArray,
};
use arrow_schema::{DataType, SchemaRef};

use super::StageError;
use super::schema::{ColumnType, TableColumns};

/// Rows that a stage gives out at once, at most.
const ROWS: usize = 8_192;
/// Bytes of text that a stage gives out at once, about.
const TEXT_BYTES: usize = 4 << 20;

/// Takes the columns of a table out of a batch, by name, in the types of the contract.
///
/// # Errors
///
/// A column is not there, has another type or a missing value.
pub fn projected(
    batch: &RecordBatch,
    columns: TableColumns,
    schema: &SchemaRef,
) -> Result<RecordBatch, StageError> {
    let arrays = columns.iter().map(|&(name, of)| {
        let array = batch.column_by_name(name).ok_or_else(|| missing(batch, name, columns))?;
        if array.null_count() > 0 {
            return Err(StageError::data(format!("column {name}: a value is missing")));
        }
        plain(array, of).ok_or_else(|| {
            let (is, of) = (array.data_type(), format!("{of:?}").to_lowercase());
            StageError::data(format!("column {name}: its type is {is}, needed is {of}"))
        })
    });
    let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
    Ok(RecordBatch::try_new(schema.clone(), arrays)?)
}

fn missing(batch: &RecordBatch, name: &str, columns: TableColumns) -> StageError {
    let schema = batch.schema();
    let there: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let needed: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    StageError::data(format!(
        "column {name} is not there; columns are {}; needed are {}",
        there.join(", "),
        needed.join(", ")
    ))
}

/// The array in the type of the contract, if it is one that stands for it.
fn plain(array: &ArrayRef, of: ColumnType) -> Option<ArrayRef> {
    match (of, array.data_type()) {
        (ColumnType::Int64, DataType::Int64)
        | (ColumnType::Int32, DataType::Int32)
        | (ColumnType::Int8, DataType::Int8)
        | (ColumnType::Utf8, DataType::Utf8) => Some(array.clone()),
        (ColumnType::Utf8, DataType::LargeUtf8) => {
            let texts: &LargeStringArray = array.as_string();
            Some(Arc::new(StringArray::from_iter_values(texts.iter().flatten())))
        }
        (ColumnType::Utf8, DataType::Utf8View) => {
            let texts: &StringViewArray = array.as_string_view();
            Some(Arc::new(StringArray::from_iter_values(texts.iter().flatten())))
        }
        _ => None,
    }
}

/// The rows of a batch, by number of row and column.
#[derive(Debug)]
pub struct StageRows<'b> {
    columns: Vec<ColumnValues<'b>>,
    rows: usize,
}

#[derive(Debug)]
enum ColumnValues<'b> {
    Long(&'b Int64Array),
    Int(&'b Int32Array),
    Byte(&'b Int8Array),
    Text(&'b StringArray),
}

impl<'b> StageRows<'b> {
    /// Of a batch in the types of the contract; of a column of another type nothing can be read.
    pub fn new(batch: &'b RecordBatch) -> StageRows<'b> {
        let values = |array: &'b ArrayRef| match array.data_type() {
            DataType::Int64 => ColumnValues::Long(array.as_primitive::<Int64Type>()),
            DataType::Int32 => ColumnValues::Int(array.as_primitive::<Int32Type>()),
            DataType::Int8 => ColumnValues::Byte(array.as_primitive::<Int8Type>()),
            _ => ColumnValues::Text(array.as_string()),
        };
        StageRows { columns: batch.columns().iter().map(values).collect(), rows: batch.num_rows() }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// A whole number of any width; 0 for text.
    pub fn long(&self, column: usize, row: usize) -> i64 {
        match &self.columns[column] {
            ColumnValues::Long(values) => values.value(row),
            ColumnValues::Int(values) => i64::from(values.value(row)),
            ColumnValues::Byte(values) => i64::from(values.value(row)),
            ColumnValues::Text(_) => 0,
        }
    }

    /// A place or count: a whole number that is not negative.
    pub fn count(&self, column: usize, row: usize) -> usize {
        usize::try_from(self.long(column, row)).unwrap_or(0)
    }

    /// As [`StageRows::count`], in 32 bits.
    pub fn count32(&self, column: usize, row: usize) -> u32 {
        u32::try_from(self.long(column, row)).unwrap_or(0)
    }

    /// A text; empty for a number.
    pub fn text(&self, column: usize, row: usize) -> &'b str {
        match &self.columns[column] {
            ColumnValues::Text(values) => values.value(row),
            _ => "",
        }
    }
}

/// A value of a row that is given out.
#[derive(Debug, Clone, Copy)]
pub enum Out<'v> {
    /// For an int64 column.
    Long(i64),
    /// For an int32 column: a place or count.
    Count(usize),
    /// For an int8 column.
    Byte(i8),
    /// For a utf8 column.
    Text(&'v str),
}

#[derive(Debug)]
enum ColumnBuilder {
    Long(Int64Builder),
    Int(Int32Builder),
    Byte(Int8Builder),
    Text(StringBuilder),
}

/// Takes the batches of a stage.
pub type BatchSink<'s> = dyn FnMut(RecordBatch) -> Result<(), StageError> + 's;

/// Collects the rows that a stage gives out.
pub struct StageOutput<'s> {
    schema: SchemaRef,
    columns: Vec<ColumnBuilder>,
    rows: usize,
    text: usize,
    sink: &'s mut BatchSink<'s>,
}

impl<'s> StageOutput<'s> {
    /// Rows of a schema of the contract, in batches to `sink`.
    pub fn new(schema: SchemaRef, sink: &'s mut BatchSink<'s>) -> StageOutput<'s> {
        let builder = |of: &DataType| match of {
            DataType::Int64 => ColumnBuilder::Long(Int64Builder::new()),
            DataType::Int32 => ColumnBuilder::Int(Int32Builder::new()),
            DataType::Int8 => ColumnBuilder::Byte(Int8Builder::new()),
            _ => ColumnBuilder::Text(StringBuilder::new()),
        };
        let columns = schema.fields().iter().map(|field| builder(field.data_type())).collect();
        StageOutput { schema, columns, rows: 0, text: 0, sink }
    }

    /// Gives out a row: a value for each column.
    ///
    /// # Errors
    ///
    /// What the receiver of the batches reports; a value that does not fit its column.
    pub fn row(&mut self, values: &[Out<'_>]) -> Result<(), StageError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            match (column, *value) {
                (ColumnBuilder::Long(column), Out::Long(value)) => column.append_value(value),
                (ColumnBuilder::Int(column), Out::Count(value)) => {
                    let small = i32::try_from(value)
                        .map_err(|_| StageError::data(format!("{value} is beyond 32 bits")))?;
                    column.append_value(small);
                }
                (ColumnBuilder::Byte(column), Out::Byte(value)) => column.append_value(value),
                (ColumnBuilder::Text(column), Out::Text(value)) => {
                    self.text += value.len();
                    column.append_value(value);
                }
                (_, value) => {
                    return Err(StageError::data(format!("{value:?} in a column of another type")));
                }
            }
        }
        self.rows += 1;
        if self.rows == ROWS || self.text >= TEXT_BYTES { self.flush() } else { Ok(()) }
    }

    /// Gives out what is left.
    ///
    /// # Errors
    ///
    /// What the receiver of the batches reports.
    pub fn flush(&mut self) -> Result<(), StageError> {
        if self.rows == 0 {
            return Ok(());
        }
        let array = |column: &mut ColumnBuilder| -> ArrayRef {
            match column {
                ColumnBuilder::Long(column) => Arc::new(column.finish()),
                ColumnBuilder::Int(column) => Arc::new(column.finish()),
                ColumnBuilder::Byte(column) => Arc::new(column.finish()),
                ColumnBuilder::Text(column) => Arc::new(column.finish()),
            }
        };
        let arrays = self.columns.iter_mut().map(array).collect();
        (self.rows, self.text) = (0, 0);
        (self.sink)(RecordBatch::try_new(self.schema.clone(), arrays)?)
    }
}
