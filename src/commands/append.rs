//! `--append DIR`: one growing set of tables, to which each run adds its rows.
//!
//! A row carries the run and its day before the columns of the table. What a run adds counts once `append.json` lists the
//! run: rows of a run that was killed are cut off by the next one, and a run that is listed is not added again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::output;
use crate::exit::UserError;
use crate::report::{self, ReportIndex};

/// The file that says what counts.
const STATE: &str = "append.json";
/// Version of its layout.
const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    version: u32,
    /// Each table: how much of it counts, and its header.
    tables: BTreeMap<String, Table>,
    /// Ids of the runs whose rows are in them, in order.
    runs: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Table {
    bytes: u64,
    header: String,
}

/// A growing set of tables that this run may write to.
pub(super) struct Growing<'a> {
    dir: &'a Path,
    state: State,
    _lock: fs::File,
}

impl<'a> Growing<'a> {
    /// Opens the folder, before the work starts: a bad path fails at once.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written, another run has it, or it holds tables that are not of this program.
    pub(super) fn open(dir: &'a Path) -> anyhow::Result<Growing<'a>> {
        let lock = output::lock(dir)?;
        let path = dir.join(STATE);
        let state = match fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => begin(dir)?,
            bytes => serde_json::from_slice(&bytes.with_context(|| path.display().to_string())?)
                .map_err(|error| {
                    UserError::usage(format!(
                        "{}: {error}; choose another --append",
                        path.display()
                    ))
                })?,
        };
        if state.version != VERSION {
            let text = format!("{}: written by another version of fimi", path.display());
            return Err(UserError::usage(text).into());
        }
        Ok(Growing { dir, state, _lock: lock })
    }

    /// Whether the rows of a run are in the tables.
    pub(super) fn has(&self, run_id: &str) -> bool {
        self.state.runs.iter().any(|run| run == run_id)
    }

    /// Adds the rows of a run; nothing if they are there.
    ///
    /// # Errors
    ///
    /// If a table cannot be written, or has other columns than this version writes. Then nothing of it counts.
    pub(super) fn add(&mut self, view: &ReportIndex, day: chrono::NaiveDate) -> anyhow::Result<()> {
        let run_id = &view.run.run_id;
        if self.has(run_id) {
            return Ok(());
        }
        let mut state = self.state.clone();
        for name in report::growing_tables_of(view) {
            let path = self.dir.join(name);
            let known = state.tables.entry(name.to_owned()).or_default();
            let header = report::growing_header(view, name);
            widen(&path, known, &header)?;
            let bytes = add_rows(&path, known.bytes, &header, |out| {
                report::write_growing(view, name, day, out)
            })
            .with_context(|| format!("cannot add to {}", path.display()))?;
            *known = Table { bytes, header };
        }
        state.runs.push(run_id.clone());
        write_state(self.dir, &state)?;
        self.state = state;
        Ok(())
    }
}

/// Takes an empty folder into use. The state comes first: what a run that is killed leaves beside it is ours.
fn begin(dir: &Path) -> anyhow::Result<State> {
    for table in report::growing_tables() {
        let path = dir.join(table);
        if path.exists() {
            return Err(UserError::usage(format!(
                "{} is not of a run of fimi with --append: choose another folder",
                path.display()
            ))
            .into());
        }
    }
    let state = State { version: VERSION, tables: BTreeMap::new(), runs: Vec::new() };
    write_state(dir, &state)?;
    Ok(state)
}

fn write_state(dir: &Path, state: &State) -> anyhow::Result<()> {
    let mut text = serde_json::to_vec_pretty(state)?;
    text.push(b'\n');
    output::write(&dir.join(STATE), |out| out.write_all(&text))?;
    Ok(())
}

/// Cuts off what does not count, writes the header if there is none, and the rows; returns the length.
fn add_rows(
    path: &Path,
    counts: u64,
    header: &str,
    rows: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<u64> {
    let mut file =
        fs::OpenOptions::new().create(true).truncate(false).write(true).read(true).open(path)?;
    if file.metadata()?.len() < counts {
        return Err(std::io::Error::other(
            "it is shorter than it was; restore it, or choose another --append",
        ));
    }
    file.set_len(counts)?;
    file.seek(SeekFrom::End(0))?;
    let mut out = BufWriter::with_capacity(1 << 18, file);
    if counts == 0 {
        out.write_all(header.as_bytes())?;
    }
    rows(&mut out)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// Gives the rows of a table of an earlier version empty cells for the columns that have come since: columns are only
/// ever added at the end.
fn widen(path: &Path, known: &mut Table, header: &str) -> anyhow::Result<()> {
    if known.bytes == 0 || known.header == header {
        return Ok(());
    }
    let (old, new) = (known.header.trim_end(), header.trim_end());
    let Some(more) = new.strip_prefix(old).filter(|more| more.starts_with(',')) else {
        return Err(UserError::usage(format!(
            "{} has other columns than this version of fimi writes: choose another --append",
            path.display()
        ))
        .into());
    };
    let commas = ",".repeat(more.matches(',').count());
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    if bytes.starts_with(header.as_bytes()) {
        known.bytes =
            widened_bytes(&bytes, known.bytes, more.len(), commas.len()).with_context(|| {
                format!("{}: restore it, or choose another --append", path.display())
            })?;
        return Ok(());
    }
    let counts = usize::try_from(known.bytes).unwrap_or(usize::MAX).min(bytes.len());
    let line_end = &header[new.len()..];
    output::write(path, |out| {
        out.write_all(header.as_bytes())?;
        // No cell holds a line break.
        for line in bytes[..counts].split_inclusive(|&byte| byte == b'\n').skip(1) {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            out.write_all(line.strip_suffix(b"\r").unwrap_or(line))?;
            out.write_all(commas.as_bytes())?;
            out.write_all(line_end.as_bytes())?;
        }
        Ok(())
    })?;
    known.bytes = fs::metadata(path).with_context(|| path.display().to_string())?.len();
    Ok(())
}

/// How much counts of a table that a run has widened which was killed before it could say so: as many lines as made up
/// the bytes that counted then, when the header and each row were shorter by so much. `None` if it was cut since.
fn widened_bytes(table: &[u8], counted: u64, header_more: usize, row_more: usize) -> Option<u64> {
    let (mut before, mut now) = (0, 0);
    for (i, line) in table.split_inclusive(|&byte| byte == b'\n').enumerate() {
        if before >= counted {
            break;
        }
        let more = if i == 0 { header_more } else { row_more };
        before += u64::try_from(line.len().checked_sub(more)?).ok()?;
        now += u64::try_from(line.len()).ok()?;
    }
    (before == counted).then_some(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn day() -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(2026, 3, 5).unwrap()
    }

    /// Adds the sample as a run of this id.
    fn add(dir: &Path, run_id: &str) -> anyhow::Result<()> {
        let (sample, config) = (sample::analysis(), ReportConfig::default());
        let run = report::Run { run_id: run_id.to_owned(), ..sample::run() };
        Growing::open(dir)?.add(&sample.view(&run, &config), day())
    }

    fn content(dir: &Path) -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
        files
            .map(|file| {
                let name = file.file_name().into_string().unwrap();
                (name, fs::read(file.path()).unwrap())
            })
            .collect()
    }

    fn rows(dir: &Path) -> usize {
        csv::Reader::from_path(dir.join("edges.csv")).unwrap().records().count()
    }

    #[test]
    fn a_run_is_added_once() {
        let dir = tempfile::tempdir().unwrap();
        add(dir.path(), "one").unwrap();
        let once = content(dir.path());
        add(dir.path(), "one").unwrap();
        assert_eq!(content(dir.path()), once);
        let edges = rows(dir.path());
        add(dir.path(), "two").unwrap();
        assert_eq!(rows(dir.path()), 2 * edges);
        let text = fs::read_to_string(dir.path().join("edges.csv")).unwrap();
        assert!(text.starts_with("run,day,edge,from,"), "{text}");
        assert!(text.lines().nth(1).unwrap().starts_with("one,2026-03-05,"));
    }

    #[test]
    fn what_a_killed_run_added_is_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        add(dir.path(), "one").unwrap();
        let whole = dir.path().join("edges.csv");
        let mut text = fs::read(&whole).unwrap();
        text.extend_from_slice(b"two,2026-03-05,half a ro");
        fs::write(&whole, text).unwrap();
        let other = tempfile::tempdir().unwrap();
        add(dir.path(), "two").unwrap();
        add(other.path(), "one").unwrap();
        add(other.path(), "two").unwrap();
        assert_eq!(content(dir.path()), content(other.path()));
    }

    #[test]
    fn a_killed_first_run_does_not_stand_in_the_way_and_other_work_does() {
        let dir = tempfile::tempdir().unwrap();
        let edges = dir.path().join("edges.csv");
        fs::write(&edges, "somebody's work").unwrap();
        assert!(add(dir.path(), "one").is_err(), "not ours");
        assert_eq!(fs::read(&edges).unwrap(), b"somebody's work");
        let dir = tempfile::tempdir().unwrap();
        let edges = dir.path().join("edges.csv");
        Growing::open(dir.path()).unwrap();
        fs::write(&edges, "run,day,ed").unwrap();
        add(dir.path(), "one").unwrap();
        assert!(fs::read_to_string(&edges).unwrap().starts_with("run,day,edge,from,"));
    }

    #[test]
    fn rows_of_an_earlier_version_get_empty_cells() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.csv");
        fs::write(&path, "run,day,a\none,2026-03-05,\"x,y\"\nhalf").unwrap();
        let mut known = Table { bytes: 31, header: "run,day,a\n".into() };
        widen(&path, &mut known, "run,day,a,b,c\n").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "run,day,a,b,c\none,2026-03-05,\"x,y\",,\n");
        assert_eq!(known.bytes, text.len() as u64);
        // The run was killed before it could say so, and another one had begun to add a row.
        fs::write(&path, format!("{text}two,2026-03-06,1,,")).unwrap();
        let mut known = Table { bytes: 31, header: "run,day,a\n".into() };
        widen(&path, &mut known, "run,day,a,b,c\n").unwrap();
        assert_eq!(known.bytes, text.len() as u64);
        fs::write(&path, &text[..text.len() - 4]).unwrap();
        let mut cut = Table { bytes: 31, header: "run,day,a\n".into() };
        assert!(widen(&path, &mut cut, "run,day,a,b,c\n").is_err());
        fs::write(&path, &text).unwrap();
        let mut other = Table { bytes: known.bytes, header: "run,day,z\n".into() };
        assert!(widen(&path, &mut other, "run,day,a,b,c\n").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn a_table_that_was_cut_by_somebody_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        add(dir.path(), "one").unwrap();
        fs::write(dir.path().join("edges.csv"), "run").unwrap();
        let error = format!("{:#}", add(dir.path(), "two").unwrap_err());
        assert!(error.contains("shorter"), "{error}");
    }
}
