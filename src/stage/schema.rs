//! Columns of the tables that stages exchange: five types that every engine has, no missing values, by name.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use serde::Serialize;

use super::StageError;

/// Version of the contract: of types, column names and exit codes.
pub const CONTRACT: &str = "1";
/// Key of the contract's version in the metadata of a schema.
pub(super) const CONTRACT_KEY: &str = "fimi.contract";
/// Key of the algorithm's identity in the metadata of a schema.
pub(super) const ALGO_KEY: &str = "fimi.algo";

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// Signed, 64 bits; hashes are the signed view.
    Int64,
    /// Signed, 32 bits.
    Int32,
    /// Signed, 8 bits; truth is 0 or 1.
    Int8,
    /// Text.
    Utf8,
}

impl ColumnType {
    fn arrow(self) -> DataType {
        match self {
            ColumnType::Int64 => DataType::Int64,
            ColumnType::Int32 => DataType::Int32,
            ColumnType::Int8 => DataType::Int8,
            ColumnType::Utf8 => DataType::Utf8,
        }
    }
}

/// Name and type of a column.
pub type StageColumn = (&'static str, ColumnType);

/// The columns of a table.
pub type TableColumns = &'static [StageColumn];

/// The Arrow schema of a table, with the metadata of the contract.
pub fn arrow_schema(columns: TableColumns, algo: &str) -> SchemaRef {
    let fields: Vec<Field> =
        columns.iter().map(|(name, of)| Field::new(*name, of.arrow(), false)).collect();
    let metadata = HashMap::from([
        (CONTRACT_KEY.to_owned(), CONTRACT.to_owned()),
        (ALGO_KEY.to_owned(), algo.to_owned()),
    ]);
    Arc::new(Schema::new_with_metadata(fields, metadata))
}

/// Checks that what a schema says of contract and algorithm, if anything, is the same here. Engines drop the metadata
/// between stages; what a file or stage of this program gave must fit.
///
/// # Errors
///
/// Another contract or algorithm.
pub fn check_metadata(schema: &Schema, algo: &str) -> Result<(), StageError> {
    for (key, here) in [(CONTRACT_KEY, CONTRACT), (ALGO_KEY, algo)] {
        if let Some(there) = schema.metadata().get(key).filter(|there| there.as_str() != here) {
            return Err(StageError::data(format!(
                "the input's {key} is {there}, here it is {here}: its rows were made by another version of fimi or \
                 with other parameters; run the stages before again"
            )));
        }
    }
    Ok(())
}
