//! `--seen FILE`: what runs have reported, between two runs.
//!
//! A run first leaves what it will have reported in a file beside it, and puts that in place at its end. A run that is
//! killed before loses nothing: the next one reports again what the killed one found. Only if the killed run had added its
//! rows with `--append` are these things reported, and the next run puts the file in place.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::append::Growing;
use super::output;
use crate::exit::UserError;
use crate::seen::Seen;

/// What is remembered, and where.
pub(super) struct Memory<'a> {
    path: &'a Path,
    /// What the runs before reported.
    pub(super) seen: Seen,
}

impl<'a> Memory<'a> {
    /// Reads what the runs before have left; nothing if there was none.
    ///
    /// # Errors
    ///
    /// If the file is there and is not what a run left.
    pub(super) fn open(
        path: &'a Path,
        growing: Option<&Growing<'_>>,
    ) -> anyhow::Result<Memory<'a>> {
        let next = next(path);
        let mut seen = read(path)?.unwrap_or_default();
        // A file that cannot be read is that of a run that was killed while it wrote it.
        if let Ok(Some(left)) = read(&next)
            && let (Some(run_id), Some(growing)) = (left.run_id(), growing)
            && growing.has(run_id)
        {
            put_in_place(&next, path)?;
            seen = left;
        }
        Ok(Memory { path, seen })
    }

    /// Leaves what will have been reported.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub(super) fn prepare(&self) -> anyhow::Result<()> {
        let bytes = self.seen.to_bytes()?;
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        output::write(&next(self.path), |out| out.write_all(&bytes))?;
        Ok(())
    }

    /// Puts it in place: the run has reported.
    ///
    /// # Errors
    ///
    /// If it cannot be put there.
    pub(super) fn finish(&self) -> anyhow::Result<()> {
        put_in_place(&next(self.path), self.path)
    }
}

fn put_in_place(next: &Path, path: &Path) -> anyhow::Result<()> {
    std::fs::rename(next, path).with_context(|| format!("cannot write {}", path.display()))
}

/// Where a run leaves what it will have reported.
fn next(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".next");
    path.with_file_name(name)
}

fn read(path: &Path) -> anyhow::Result<Option<Seen>> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let seen = Seen::from_bytes(&bytes).map_err(|problem| {
        UserError::usage(format!(
            "{}: {problem}; move it away to begin anew, or give another --seen",
            path.display()
        ))
    })?;
    Ok(Some(seen))
}
