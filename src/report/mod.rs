//! Analysis to bytes, one file a format.

use crate::model::Analysis;

/// One finished file of an output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name in the output directory.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Returns every file of an output directory but `run.json`, in the order of their names.
pub fn files(analysis: &Analysis) -> Vec<File> {
    let _ = analysis;
    Vec::new()
}
