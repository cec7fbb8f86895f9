//! What can go wrong with an archive.

use std::fmt;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why an archive could not be used.
#[derive(Debug)]
pub enum ArchiveError {
    /// Another run writes to it (exit code 75).
    Locked {
        /// The archive.
        path: PathBuf,
        /// Process that holds the lock, if it left its id.
        pid: Option<u32>,
    },
    /// There is no archive to read.
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file was written by a newer version of the program.
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The file was written by an older version of the program and can only be read after it has
    /// been opened for writing once.
    Older {
        /// The archive.
        path: PathBuf,
    },
    /// The file is a database of some other program.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be made or read.
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite refused.
    Sql {
        /// The archive.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A stored value cannot be read.
    Corrupt {
        /// The archive.
        path: PathBuf,
        /// Which value, and what is wrong.
        what: String,
    },
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArchiveError::Locked { path, pid: Some(pid) } => {
                write!(f, "another run (process {pid}) holds the lock of {}", path.display())
            }
            ArchiveError::Locked { path, pid: None } => {
                write!(f, "another run holds the lock of {}", path.display())
            }
            ArchiveError::Missing { path } => {
                write!(
                    f,
                    "no archive at {}; `fimi fetch` or `fimi import` makes one",
                    path.display()
                )
            }
            ArchiveError::Newer { path, found, known } => write!(
                f,
                "{} has schema {found}, this version of fimi knows up to {known}; update fimi",
                path.display()
            ),
            ArchiveError::Older { path } => write!(
                f,
                "{} has an older schema; `fimi fetch` or `fimi import` brings it up to date",
                path.display()
            ),
            ArchiveError::Foreign { path } => {
                write!(f, "{} is not an archive of fimi; choose another --home", path.display())
            }
            ArchiveError::Io { path, .. } => write!(f, "cannot use {}", path.display()),
            ArchiveError::Sql { path, source } => {
                write!(f, "cannot use the archive {}: {}", path.display(), explained(source))
            }
            ArchiveError::Corrupt { path, what } => write!(
                f,
                "unreadable value in {}: {what}; `sqlite3 FILE 'pragma integrity_check'` tells if the file is damaged",
                path.display()
            ),
        }
    }
}

/// What SQLite's refusal means for its user.
fn explained(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => String::from(
            "the disk is full; what was stored before is intact, so make room and run again",
        ),
        Some(ErrorCode::DatabaseCorrupt) => String::from(
            "the file is damaged; restore a copy, or save what can be read with `sqlite3 FILE .recover`",
        ),
        Some(ErrorCode::CannotOpen) => {
            String::from("it cannot be opened; is it a folder, or may you not read it?")
        }
        Some(ErrorCode::ReadOnly) => {
            String::from("it may only be read; change its permissions or choose another --home")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            String::from("another program keeps it locked; close that and run again")
        }
        _ => error.to_string(),
    }
}

impl std::error::Error for ArchiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ArchiveError::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
