//! One writer at a time: an advisory lock on a file beside the archive.
//!
//! The kernel releases the lock when the process ends, however it ends, so a left-over file means
//! nothing and is never deleted.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ArchiveError;

/// Pause between two tries to take a lock that another run holds.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes the lock of the archive at `path`, trying for as long as `patience` says, and writes our
/// process id into it.
pub(super) fn take(path: &Path, patience: Duration) -> Result<File, ArchiveError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock_path = PathBuf::from(name);
    let io = |source| ArchiveError::Io { path: lock_path.clone(), source };
    if std::fs::symlink_metadata(&lock_path).is_ok_and(|found| found.is_symlink()) {
        let reason = "a lock is never a symbolic link: remove it";
        return Err(io(std::io::Error::other(reason)));
    }
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&lock_path)
        .map_err(io)?;
    let mut left = patience;
    let mut outcome = file.try_lock();
    while matches!(outcome, Err(TryLockError::WouldBlock)) && !left.is_zero() {
        let pause = left.min(PAUSE);
        std::thread::sleep(pause);
        left -= pause;
        outcome = file.try_lock();
    }
    match outcome {
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
        let take = |patience| take(&path, Duration::from_millis(patience));
        let first = take(0).unwrap();
        match take(0) {
            Err(ArchiveError::Locked { pid, .. }) => assert_eq!(pid, Some(std::process::id())),
            other => panic!("{other:?}"),
        }
        drop(first);
        take(0).unwrap();
    }

    #[test]
    fn a_patient_one_gets_the_lock_when_it_is_released() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let first = take(&path, Duration::ZERO).unwrap();
        assert!(take(&path, Duration::from_millis(150)).is_err());
        let release = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            drop(first);
        });
        take(&path, Duration::from_secs(20)).unwrap();
        release.join().unwrap();
    }
}
