//! One writer at a time: an advisory lock on a file beside the archive.
//!
//! The kernel releases the lock when the process ends, however it ends, so a left-over file means
//! nothing and is never deleted.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::ArchiveError;

/// Takes the lock of the archive at `path` and writes our process id into it.
pub(super) fn take(path: &Path) -> Result<File, ArchiveError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock_path = PathBuf::from(name);
    let io = |source| ArchiveError::Io { path: lock_path.clone(), source };
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&lock_path)
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0).map_err(io)?;
            writeln!(file, "{}", std::process::id()).map_err(io)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let pid = std::fs::read_to_string(&lock_path).ok().and_then(|s| s.trim().parse().ok());
            Err(ArchiveError::Locked { path: path.to_owned(), pid })
        }
        Err(TryLockError::Error(source)) => Err(io(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it_until_it_is_released() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let first = take(&path).unwrap();
        match take(&path) {
            Err(ArchiveError::Locked { pid, .. }) => assert_eq!(pid, Some(std::process::id())),
            other => panic!("{other:?}"),
        }
        drop(first);
        take(&path).unwrap();
    }
}
