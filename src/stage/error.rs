//! Why a stage ends early, and with which code.

use std::fmt;
use std::process::ExitCode;

/// How a stage ends. The numbers are those of `sysexits.h`, a promise to engines: anything but 0 is a failed task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageExit {
    /// All rows were read and the output is whole.
    Done = 0,
    /// Wrong flags.
    Usage = 64,
    /// Data that break the contract: another schema, order, algorithm, a missing value.
    Data = 65,
    /// A defect of the program.
    Panic = 70,
    /// Input or output failed.
    Io = 74,
}

impl From<StageExit> for ExitCode {
    fn from(exit: StageExit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a stage ends early.
#[derive(Debug)]
pub struct StageError {
    /// The code to end with.
    pub exit: StageExit,
    /// What is wrong.
    pub message: String,
}

impl StageError {
    /// The input breaks the contract.
    pub fn data(message: impl Into<String>) -> StageError {
        StageError { exit: StageExit::Data, message: message.into() }
    }

    /// A flag is wrong.
    pub fn usage(message: impl Into<String>) -> StageError {
        StageError { exit: StageExit::Usage, message: message.into() }
    }

    /// A file or pipe fails.
    pub fn io(message: impl fmt::Display) -> StageError {
        StageError { exit: StageExit::Io, message: message.to_string() }
    }
}

impl fmt::Display for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StageError {}

impl From<std::io::Error> for StageError {
    fn from(error: std::io::Error) -> StageError {
        StageError::io(error)
    }
}

impl From<arrow_schema::ArrowError> for StageError {
    fn from(error: arrow_schema::ArrowError) -> StageError {
        match error {
            arrow_schema::ArrowError::IoError(..) => StageError::io(error),
            other => StageError::data(other.to_string()),
        }
    }
}
