//! An output directory: every file appears whole or not at all, `run.json` last.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::exit::{Exit, UserError};
use crate::report::Written;

/// The file that says that a directory is complete.
pub(super) const RUN_FILE: &str = "run.json";
/// What [`RUN_FILE`] calls this program.
pub(super) const TOOL: &str = "fimi";
/// How the names of files begin that are being written.
const TEMPORARY: &str = ".fimi-";
/// Letters that follow in the name of such a file.
const TEMPORARY_LETTERS: usize = 6;
/// Lists the files of a run that has not ended, one a line, in a directory without [`RUN_FILE`].
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

/// The names of files that earlier runs wrote into the directory: those that [`RUN_FILE`] lists, and those
/// of a run that did not end. None of a file that is not of this program.
pub(super) fn own_files(dir: &Path) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Former {
        tool: String,
        outputs: Vec<Output>,
    }
    #[derive(Deserialize)]
    struct Output {
        name: String,
    }
    let begun = fs::read_to_string(dir.join(OURS)).unwrap_or_default();
    let mut names: BTreeSet<String> = begun.lines().map(str::to_owned).collect();
    let former = fs::read(dir.join(RUN_FILE)).unwrap_or_default();
    if let Ok(former) = serde_json::from_slice::<Former>(&former)
        && former.tool == TOOL
    {
        names.extend(former.outputs.into_iter().map(|file| file.name));
        names.insert(RUN_FILE.to_owned());
    }
    names
}

/// Refuses a directory that holds files of these names which are not its own (see [`own_files`]): they are
/// somebody's work.
///
/// # Errors
///
/// Names the first such file.
pub(super) fn refuse_foreign(
    dir: &Path,
    names: impl IntoIterator<Item = &'static str>,
    own: &BTreeSet<String>,
) -> Result<(), UserError> {
    let is_foreign = |name: &&str| !own.contains(*name) && dir.join(name).exists();
    match names.into_iter().chain([RUN_FILE]).find(is_foreign) {
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
/// never looks complete; `names` are the files that will be of this directory's runs. Called before the work
/// starts: a bad path fails at once.
///
/// # Errors
///
/// Fails if the directory cannot be made or written.
pub(super) fn prepare<'a>(
    dir: &Path,
    names: impl IntoIterator<Item = &'a str>,
) -> anyhow::Result<()> {
    let problem = || format!("cannot write into {}: choose another --out", dir.display());
    fs::create_dir_all(dir).with_context(problem)?;
    let list: String = names.into_iter().flat_map(|name| [name, "\n"]).collect();
    write(&dir.join(OURS), |out| out.write_all(list.as_bytes())).with_context(problem)?;
    match fs::remove_file(dir.join(RUN_FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(problem);
        }
        _ => {}
    }
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

/// Removes what earlier runs wrote (`own`) and this one does not, so that all files of the directory that
/// bear these names are of one run.
///
/// # Errors
///
/// Fails if a file is there and cannot be removed.
pub(super) fn remove_others(
    dir: &Path,
    known: impl IntoIterator<Item = &'static str>,
    own: &BTreeSet<String>,
    written: &[Written],
) -> anyhow::Result<()> {
    for name in known {
        if own.contains(name) && written.iter().all(|file| file.name != name) {
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
        prepare(dir.path(), []).unwrap();
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
        let refused = || refuse_foreign(dir.path(), names(), &own_files(dir.path()));
        assert!(refused().is_ok());
        fs::write(dir.path().join("b.csv"), "my own work").unwrap();
        let error = refused().unwrap_err().to_string();
        assert!(error.contains("b.csv"), "{error}");
        let input = [dir.path().join("b.csv")];
        assert!(refuse_inputs(dir.path(), names(), &input).is_err());
        let run = |tool: &str| {
            let text = format!(r#"{{"tool":"{tool}","outputs":[{{"name":"a.csv"}}]}}"#);
            fs::write(dir.path().join(RUN_FILE), text).unwrap();
        };
        run("fimi");
        assert!(refused().is_err(), "a run that did not write it");
        remove_others(dir.path(), names(), &own_files(dir.path()), &[]).unwrap();
        assert!(dir.path().join("b.csv").exists());
        fs::remove_file(dir.path().join("b.csv")).unwrap();
        fs::write(dir.path().join("a.csv"), "of the run").unwrap();
        assert!(refused().is_ok());
        run("another");
        assert!(refused().is_err(), "the run.json of another program");
    }

    #[test]
    fn the_files_of_a_run_that_did_not_end_are_its_own() {
        let dir = tempfile::tempdir().unwrap();
        prepare(dir.path(), ["a.csv"]).unwrap();
        fs::write(dir.path().join("a.csv"), "half").unwrap();
        let own = own_files(dir.path());
        assert!(refuse_foreign(dir.path(), ["a.csv"], &own).is_ok());
        remove_others(dir.path(), ["a.csv"], &own, &[]).unwrap();
        assert!(!dir.path().join("a.csv").exists());
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
        prepare(dir.path(), []).unwrap();
        assert!(!dir.path().join(RUN_FILE).exists());
        let error = prepare(Path::new("/dev/null/x"), []).unwrap_err();
        assert!(format!("{error:#}").contains("--out"));
    }
}
