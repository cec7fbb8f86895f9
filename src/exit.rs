//! The documented exit codes, and the errors that choose one.

use std::error::Error;
use std::fmt;
use std::io::ErrorKind;
use std::process::ExitCode;

use crate::archive::ArchiveError;
use crate::formats::{ReadError, ReadProblem};

/// How a run ends. The numbers are a promise to scripts; `docs/output.md` has the same table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; also when there was nothing new.
    Done = 0,
    /// A defect or an I/O error of this machine.
    Internal = 1,
    /// Wrong flags, configuration or input file.
    Usage = 2,
    /// Some source failed or some record was unreadable; outputs are written.
    Partial = 3,
    /// No source or record was usable; nothing is written.
    Nothing = 4,
    /// A `--fail-on` condition holds; outputs are written.
    Threshold = 5,
    /// Another run holds the archive's lock.
    Locked = 75,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// An error that the user can mend. It carries its exit code: [`Exit::Usage`], [`Exit::Nothing`] or [`Exit::Locked`].
#[derive(Debug)]
pub(crate) struct UserError {
    /// The code to end with.
    pub(crate) exit: Exit,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

impl UserError {
    /// Returns the error of a flag, a setting or an input file.
    pub(crate) fn usage(message: impl Into<String>) -> UserError {
        UserError { exit: Exit::Usage, message: message.into() }
    }

    /// Returns the error of a run that has nothing to write.
    pub(crate) fn nothing(message: impl Into<String>) -> UserError {
        UserError { exit: Exit::Nothing, message: message.into() }
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for UserError {}

/// Returns the exit code of an error: a [`UserError`]'s own, quiet success for a closed output pipe
/// (`fimi ... | head`), otherwise [`Exit::Internal`].
pub(crate) fn of_error(error: &anyhow::Error) -> Exit {
    for cause in error.chain() {
        if let Some(found) = cause.downcast_ref::<UserError>() {
            return found.exit;
        }
        match cause.downcast_ref::<ArchiveError>() {
            Some(ArchiveError::Locked { .. }) => return Exit::Locked,
            Some(ArchiveError::Newer { .. } | ArchiveError::Foreign { .. }) => return Exit::Usage,
            Some(ArchiveError::Missing { .. }) => return Exit::Nothing,
            _ => {}
        }
        if let Some(error) = cause.downcast_ref::<ReadError>() {
            return of_read_error(error);
        }
        if io_kind(cause) == Some(ErrorKind::BrokenPipe) {
            return Exit::Done;
        }
    }
    Exit::Internal
}

/// A file that is named wrongly is the user's to mend; one that cannot be read to its end is not.
fn of_read_error(error: &ReadError) -> Exit {
    match error.problem {
        ReadProblem::Io(_) | ReadProblem::Damaged { .. } => Exit::Internal,
        _ => Exit::Usage,
    }
}

/// The kind of an I/O error, also of one that a writer of JSON or CSV has wrapped.
fn io_kind(cause: &(dyn Error + 'static)) -> Option<ErrorKind> {
    if let Some(error) = cause.downcast_ref::<std::io::Error>() {
        return Some(error.kind());
    }
    if let Some(error) = cause.downcast_ref::<serde_json::Error>() {
        return error.io_error_kind();
    }
    match cause.downcast_ref::<csv::Error>()?.kind() {
        csv::ErrorKind::Io(error) => Some(error.kind()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn a_user_error_is_found_under_its_context() {
        let error =
            Err::<(), _>(UserError::usage("bad flag")).context("while reading").unwrap_err();
        assert_eq!(of_error(&error), Exit::Usage);
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let error = anyhow::Error::from(std::io::Error::from(ErrorKind::BrokenPipe));
        assert_eq!(of_error(&error), Exit::Done);
        let broken = || std::io::Error::from(ErrorKind::BrokenPipe);
        let json = serde_json::Error::io(broken());
        assert_eq!(of_error(&anyhow::Error::from(json)), Exit::Done);
        assert_eq!(of_error(&anyhow::Error::from(csv::Error::from(broken()))), Exit::Done);
    }

    #[test]
    fn anything_else_is_internal() {
        assert_eq!(of_error(&anyhow::anyhow!("disk full")), Exit::Internal);
    }
}
