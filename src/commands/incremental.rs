//! `--incremental`: what was found in weeks that are over, kept from run to run.
//!
//! One file in the cache folder for each archive and set of settings. It may be deleted at any time, and is
//! not believed if a byte of it is not as it was written: it only saves work.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

use super::run_analysis::Provenance;
use super::{Context, output};
use crate::ids::{sha256, stable_id};
use crate::incremental::Known;
use crate::pipeline::AnalyzeConfig;

/// First bytes of the file: what it is, and the version of its layout.
const HEAD: &[u8] = b"fimi matches 2\n";

/// What is known before an analysis, and where it is kept.
pub(super) struct Kept {
    path: PathBuf,
    /// Digests of the weeks that were known before.
    weeks: Vec<String>,
}

/// How much was known already: part of what varies between runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Weeks {
    /// Weeks that are over, the warm-up counted as one.
    ended: usize,
    /// Of these, those that were known.
    known: usize,
}

/// Reads what the last run with these settings left; says so if it is not usable.
pub(super) fn load(
    context: &Context,
    config: &AnalyzeConfig,
    provenance: &Provenance,
) -> (Known, Kept) {
    let path = path(context, config, provenance);
    let known = read(&path).unwrap_or_else(|problem| {
        let path = path.display();
        context.note(format!("{path}: {problem}; all weeks are compared again"));
        Known::default()
    });
    let weeks = known.weeks().to_vec();
    (known, Kept { path, weeks })
}

/// Leaves what is known after the analysis for the next run; if that cannot be done, it says so, and the next
/// run takes longer.
pub(super) fn save(context: &Context, kept: Kept, now: &Known) -> Weeks {
    let Kept { path, weeks: known } = kept;
    let ended = now.weeks();
    let same = ended.iter().zip(&known).take_while(|(ended, known)| ended == known).count();
    context.detail(format!("weeks: {} are over, {same} were known", ended.len()));
    if same == 0 && !known.is_empty() && !ended.is_empty() {
        context.note(
            "no week of the last run could be taken over: its first articles, the registry or the program \
             have changed (a --since that moves with the day moves all weeks)",
        );
    }
    // What is known of weeks that this run did not look at is still good.
    let is_new = same < ended.len();
    if is_new && let Err(problem) = write(&path, now) {
        context.note(format!("{problem:#}: the next run compares all weeks again"));
    }
    Weeks { ended: ended.len(), known: same }
}

fn write(path: &Path, known: &Known) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let bytes = known.to_bytes()?;
    output::write(path, |out| {
        out.write_all(HEAD)?;
        out.write_all(&sha256(&bytes))?;
        out.write_all(&bytes)
    })?;
    Ok(())
}

/// The file for these settings and this beginning, and for this archive or any files: another question has another
/// one, so that two that are asked in turn do not drive each other out. A beginning that moves with the day has one.
fn path(context: &Context, config: &AnalyzeConfig, provenance: &Provenance) -> PathBuf {
    let settings =
        serde_json::to_string(&(&config.calendar, &config.similarity)).unwrap_or_default();
    let archive = context.folders.archive.to_string_lossy();
    let source = if provenance.inputs.is_empty() { &archive } else { "files" };
    let since = context.resolver.settings.get("since").map_or("", |since| since.value.as_str());
    context.folders.cache.join("matches").join(stable_id(&[&settings, source, since]))
}

/// What is in the file; nothing if there is none.
fn read(path: &Path) -> Result<Known, String> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Known::default()),
        bytes => bytes.map_err(|error| error.to_string())?,
    };
    let rest = bytes.strip_prefix(HEAD).ok_or("not written by this version")?;
    let (sum, content) = rest.split_first_chunk().ok_or("cut off")?;
    if sha256(content) != *sum {
        return Err("damaged".into());
    }
    Known::from_bytes(content).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &[u8], expected: Result<Known, &str>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("m");
        std::fs::write(&path, content).unwrap();
        assert_eq!(read(&path), expected.map_err(str::to_owned));
    }

    #[test]
    fn only_what_is_as_it_was_written_is_believed() {
        let content = Known::default().to_bytes().unwrap();
        let written = [HEAD, &sha256(&content), &content].concat();
        check(&written, Ok(Known::default()));
        check(&written[..written.len() - 1], Err("damaged"));
        check(&written[..HEAD.len() + 5], Err("cut off"));
        check(b"", Err("not written by this version"));
        assert_eq!(read(Path::new("there is none")), Ok(Known::default()));
    }
}
