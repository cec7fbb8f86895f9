//! An output directory: every file appears whole or not at all, `run.json` last.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::exit::{Exit, UserError};
use crate::report::Written;

/// The file that says that a directory is complete.
pub(super) const RUN_FILE: &str = "run.json";
/// How the names of files begin that are being written.
const TEMPORARY: &str = ".fimi-";
/// Letters that follow in the name of such a file.
const TEMPORARY_LETTERS: usize = 6;
/// Says of a directory without [`RUN_FILE`] that its files are of a run that did not end.
const OURS: &str = ".fimi-run";

/// Takes the directory for this run: two runs at once would mix their files. The system lets go when the value is dropped.
///
/// # Errors
///
/// Ends with 75 if another run has it.
pub(super) fn lock(dir: &Path) -> anyhow::Result<fs::File> {
    let problem = || format!("cannot write into {}: choose another --out", dir.display());
    fs::create_dir_all(dir).with_context(problem)?;
    let folder = fs::File::open(dir).with_context(problem)?;
    match folder.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(UserError {
            exit: Exit::Locked,
            message: format!("another run writes into {}", dir.display()),
        }
        .into()),
        // Where folders cannot be locked, runs must not be started twice.
        _ => Ok(folder),
    }
}

/// Refuses a directory that holds files of these names and is no output of this program: they are somebody's work.
///
/// # Errors
///
/// Names the first such file.
pub(super) fn refuse_foreign(
    dir: &Path,
    names: impl IntoIterator<Item = &'static str>,
) -> Result<(), UserError> {
    if dir.join(RUN_FILE).exists() || dir.join(OURS).exists() {
        return Ok(());
    }
    match names.into_iter().find(|name| dir.join(name).exists()) {
        Some(name) => Err(UserError::usage(format!(
            "{} is not of a run of fimi and would be overwritten: choose another --out",
            dir.join(name).display()
        ))),
        None => Ok(()),
    }
}

/// Refuses to write onto a file that is read.
///
/// # Errors
///
/// Names the file.
pub(super) fn refuse_inputs(
    dir: &Path,
    names: impl IntoIterator<Item = &'static str>,
    inputs: &[PathBuf],
) -> Result<(), UserError> {
    let inputs: Vec<PathBuf> =
        inputs.iter().filter_map(|input| fs::canonicalize(input).ok()).collect();
    let is_input =
        |name: &&str| fs::canonicalize(dir.join(name)).is_ok_and(|path| inputs.contains(&path));
    match names.into_iter().find(is_input) {
        Some(name) => Err(UserError::usage(format!(
            "{} is an input and would be overwritten: choose another --out",
            dir.join(name).display()
        ))),
        None => Ok(()),
    }
}

/// Creates the directory and takes the mark of an earlier run away, so that a run that is killed
/// never looks complete. Called before the work starts: a bad path fails at once.
///
/// # Errors
///
/// Fails if the directory cannot be made or written.
pub(super) fn prepare(dir: &Path) -> anyhow::Result<()> {
    let problem = || format!("cannot write into {}: choose another --out", dir.display());
    fs::create_dir_all(dir).with_context(problem)?;
    match fs::remove_file(dir.join(RUN_FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(problem);
        }
        _ => {}
    }
    tempfile::NamedTempFile::new_in(dir).with_context(problem)?;
    fs::write(dir.join(OURS), b"files of this folder are written by fimi\n")
        .with_context(problem)?;
    remove_remains(dir).with_context(problem)
}

/// Removes the temporary files that a killed run has left.
fn remove_remains(dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let is_ours = entry.file_name().to_str().is_some_and(|name| {
            let letters = name.strip_prefix(TEMPORARY).unwrap_or_default();
            letters.len() == TEMPORARY_LETTERS
                && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if is_ours && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Writes one file: into a temporary one beside it, flushed to the disk, then renamed.
///
/// # Errors
///
/// Fails, leaving an older file of the name as it was, if the disk is full or not writable.
///
/// What is no regular file (a pipe, a terminal, a descriptor) is written into; of a symbolic link the target is
/// replaced, never the link.
pub(super) fn write(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<PathBuf> {
    let problem = || format!("cannot write {}", path.display());
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let mut out = fs::OpenOptions::new().write(true).open(path).with_context(problem)?;
        fill(&mut out).with_context(problem)?;
        out.flush().with_context(problem)?;
        return Ok(path.to_path_buf());
    }
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let target = if is_link { fs::canonicalize(path).ok() } else { None };
    let path = target.as_deref().unwrap_or(path);
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .permissions_like_new_file()
        .tempfile_in(dir)
        .with_context(problem)?;
    let mut writer = std::io::BufWriter::with_capacity(1 << 18, temporary);
    fill(&mut writer).with_context(problem)?;
    let temporary =
        writer.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(problem)?;
    temporary.as_file().sync_all().with_context(problem)?;
    temporary.persist(path).map_err(|error| error.error).with_context(problem)?;
    Ok(path.to_path_buf())
}

/// Takes the mark of an unfinished run away: [`RUN_FILE`] is there now.
///
/// # Errors
///
/// Fails if the mark cannot be removed.
pub(super) fn finish(dir: &Path) -> anyhow::Result<()> {
    let path = dir.join(OURS);
    fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))
}

/// Removes what an earlier run wrote and this one does not, so that all files of the directory are of
/// one run.
///
/// # Errors
///
/// Fails if a file is there and cannot be removed.
pub(super) fn remove_others(
    dir: &Path,
    known: impl IntoIterator<Item = &'static str>,
    written: &[Written],
) -> anyhow::Result<()> {
    for name in known {
        if written.iter().all(|file| file.name != name) {
            match fs::remove_file(dir.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error)
                        .with_context(|| format!("cannot remove {}", dir.join(name).display()));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Permissions that a newly created file would have (temporary files are private by default).
trait LikeNewFile {
    fn permissions_like_new_file(&mut self) -> &mut Self;
}

impl LikeNewFile for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_new_file(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask is applied to this by the system.
        self.permissions(fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_new_file(&mut self) -> &mut Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_removed_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        for name in [".fimi-a1B2c3", "run.json", "matches.csv", ".hidden"] {
            fs::write(dir.path().join(name), b"x").unwrap();
        }
        prepare(dir.path()).unwrap();
        let mut left: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [OURS, ".hidden", "matches.csv"]);
    }

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        write(&path, |out| out.write_all(b"old")).unwrap();
        let full = |_: &mut dyn Write| Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
        assert!(write(&path, full).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn what_is_not_ours_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let names = || ["a.csv", "b.csv"].into_iter();
        assert!(refuse_foreign(dir.path(), names()).is_ok());
        fs::write(dir.path().join("b.csv"), "my own work").unwrap();
        let error = refuse_foreign(dir.path(), names()).unwrap_err().to_string();
        assert!(error.contains("b.csv"), "{error}");
        let input = [dir.path().join("b.csv")];
        assert!(refuse_inputs(dir.path(), names(), &input).is_err());
        prepare(dir.path()).unwrap();
        assert!(refuse_foreign(dir.path(), names()).is_ok());
    }

    #[test]
    fn a_folder_is_of_one_run_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let first = lock(dir.path()).unwrap();
        assert!(lock(dir.path()).is_err());
        drop(first);
        lock(dir.path()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn of_a_link_the_target_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let (target, link) = (dir.path().join("real"), dir.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write(&link, |out| out.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"new");
    }

    #[test]
    fn preparing_takes_the_mark_away() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(RUN_FILE), "{}").unwrap();
        prepare(dir.path()).unwrap();
        assert!(!dir.path().join(RUN_FILE).exists());
        let error = prepare(Path::new("/dev/null/x")).unwrap_err();
        assert!(format!("{error:#}").contains("--out"));
    }
}
