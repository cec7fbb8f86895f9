//! Why a file or a record of it could not be read.

use std::fmt;
use std::path::PathBuf;

use crate::extract;

/// Why a file could not be read at all, or, in strict reading, which of its records is unusable.
#[derive(Debug)]
pub struct ReadError {
    /// The file as it was named; `-` is standard input.
    pub file: PathBuf,
    /// What is wrong with it.
    pub problem: ReadProblem,
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum ReadProblem {
    /// Its name tells no format that is known.
    UnknownEnding,
    /// It is a WACZ archive, whose WARC files have to be unpacked.
    Wacz,
    /// It cannot be opened.
    Open(std::io::Error),
    /// It can be opened, but not read to its end.
    Io(std::io::Error),
    /// It is not what its name says, or it is damaged.
    Damaged {
        /// What was found.
        reason: String,
    },
    /// A record of it is unusable: in strict reading only, otherwise such a record is skipped.
    Record {
        /// Its line, or row, from 1.
        line: usize,
        /// What is wrong with it.
        reason: RecordError,
    },
    /// Something in it is unusable that has no line: in strict reading only.
    Skipped {
        /// What is wrong with it.
        reason: String,
    },
}

/// Why a record was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// It is not written in the format of its file.
    Syntax {
        /// What it is not, such as "a JSON record".
        expected: &'static str,
        /// What the parser says.
        reason: String,
    },
    /// It is too long.
    TooLong {
        /// The limit, in bytes.
        bytes: usize,
    },
    /// A row has more cells than the header has columns.
    MisalignedRow {
        /// Cells of the row.
        cells: usize,
        /// Columns of the header.
        columns: usize,
    },
    /// Day and month of its date cannot be told apart, by no date of the file.
    AmbiguousDate {
        /// The date as it is written.
        raw: String,
    },
    /// It lacks a field, or a field cannot be understood.
    Field(extract::RecordError),
}

impl ReadProblem {
    /// Returns the error of a file whose content is not as it should be.
    pub(super) fn damaged(reason: impl fmt::Display) -> ReadProblem {
        ReadProblem::Damaged { reason: reason.to_string() }
    }
}

impl From<std::io::Error> for ReadProblem {
    fn from(error: std::io::Error) -> ReadProblem {
        ReadProblem::Io(error)
    }
}

impl From<extract::RecordError> for RecordError {
    fn from(error: extract::RecordError) -> RecordError {
        RecordError::Field(error)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match &self.problem {
            ReadProblem::UnknownEnding => {
                let ending = self.file.extension().and_then(|ending| ending.to_str());
                let advice = match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
                    "xlsx" | "xls" | "ods" => "; of a spreadsheet, save the sheet as CSV",
                    "arrow" | "feather" | "ipc" | "orc" | "avro" => "; write the table as Parquet",
                    _ => "",
                };
                write!(
                    f,
                    "{file}: unknown ending; give .jsonl, .csv or .parquet (.gz and .zst too), \
                     .tsv, .warc, .html or .mhtml{advice}"
                )
            }
            ReadProblem::Wacz => write!(
                f,
                "{file} is a WACZ archive: unpack it (it is a ZIP file) and give archive/*.warc.gz"
            ),
            ReadProblem::Open(error) | ReadProblem::Io(error) => {
                write!(f, "cannot read {file}: {error}")
            }
            ReadProblem::Damaged { reason } => write!(f, "cannot read {file}: {reason}"),
            ReadProblem::Record { line, reason } => write!(f, "{file}:{line}: {reason}"),
            ReadProblem::Skipped { reason } => write!(f, "{file}: {reason}"),
        }
    }
}

/// What the system said is part of the message, so it is no source: it would be told twice.
impl std::error::Error for ReadError {}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::Syntax { expected, reason } => write!(f, "not {expected}: {reason}"),
            RecordError::TooLong { bytes } => write!(f, "longer than {} MiB", bytes >> 20),
            RecordError::MisalignedRow { cells, columns } => write!(
                f,
                "{cells} cells, but the header has {columns} columns: is a separator not in quotes?"
            ),
            RecordError::AmbiguousDate { raw } => write!(
                f,
                "{raw:?} may be in two months, and no other date of the file tells which number is \
                 the day: write 2026-03-02"
            ),
            RecordError::Field(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RecordError {}
