//! An output directory: every file appears whole or not at all, `run.json` last.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::report::Written;

/// The file that says that a directory is complete.
pub(super) const RUN_FILE: &str = "run.json";
/// How the names of files begin that are being written.
const TEMPORARY: &str = ".fimi-";

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
    remove_remains(dir).with_context(problem)
}

/// Removes the temporary files that a killed run has left.
fn remove_remains(dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY));
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
pub(super) fn write(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<PathBuf> {
    let problem = || format!("cannot write {}", path.display());
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
        assert_eq!(left, [".hidden", "matches.csv"]);
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
    fn preparing_takes_the_mark_away() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(RUN_FILE), "{}").unwrap();
        prepare(dir.path()).unwrap();
        assert!(!dir.path().join(RUN_FILE).exists());
        let error = prepare(Path::new("/dev/null/x")).unwrap_err();
        assert!(format!("{error:#}").contains("--out"));
    }
}
