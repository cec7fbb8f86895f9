//! `fimi sample`: a blind coding sheet of a run, or what filled-in sheets say of it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::output;
use crate::cli::SampleArgs;
use crate::exit::{Exit, UserError};
use crate::load_run::{self, Lookup};
use crate::report::Document;
use crate::sample::{self, sheet};

/// Runs the command.
pub(super) fn run(args: &SampleArgs) -> anyhow::Result<Exit> {
    let document = load_run::load(&args.run)?;
    if args.read.is_empty() { draw(&document, args) } else { score(&document, args) }
}

fn draw(document: &Document, args: &SampleArgs) -> anyhow::Result<Exit> {
    let edges = sample::draw(document, &args.grades, args.size, args.seed);
    if edges.is_empty() {
        return Err(UserError::nothing("this run has no edge of these grades").into());
    }
    let items = sheet::items(&edges, &Lookup::new(document), args.hide_outlets);
    let (csv, text) = (args.out.with_extension("csv"), args.out.with_extension("txt"));
    refuse_existing(&csv)?;
    refuse_existing(&text)?;
    output::write(&csv, |out| sheet::write_csv(&items, out))?;
    output::write(&text, |out| out.write_all(sheet::text(&items).as_bytes()))?;
    let mut out = crate::terminal::stdout();
    writeln!(
        out,
        "{} edges in {} (write right, doubtful or wrong under `label`); to read: {}",
        items.len(),
        csv.display(),
        text.display()
    )?;
    Ok(Exit::Done)
}

/// A sheet may hold hours of a coder's work: it is never overwritten.
fn refuse_existing(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        let message = format!("{} is there already: give another name with --out", path.display());
        return Err(UserError::usage(message).into());
    }
    Ok(())
}

/// Reads the labels of one or two coders, each from a filled-in sheet.
///
/// # Errors
///
/// If a sheet cannot be read or is none, or there are more than two.
pub(super) fn labels(sheets: &[PathBuf]) -> anyhow::Result<Vec<sample::Labels>> {
    if sheets.len() > 2 {
        return Err(UserError::usage("labels of two coders at most: give two sheets").into());
    }
    let read = |path: &PathBuf| -> anyhow::Result<sample::Labels> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        sheet::read(&bytes)
            .map_err(|error| UserError::usage(format!("{}: {error}", path.display())).into())
    };
    sheets.iter().map(read).collect()
}

fn score(document: &Document, args: &SampleArgs) -> anyhow::Result<Exit> {
    let edges = document.edges.iter().map(|edge| (edge.id.as_ref(), edge.grade)).collect();
    let found = sample::score(&document.run_id, &edges, &labels(&args.read)?);
    if found.grades.is_empty() {
        return Err(UserError::nothing("no edge of this run is labelled in every sheet").into());
    }
    let mut out = crate::terminal::stdout();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    } else {
        out.write_all(sample::text(&found).as_bytes())?;
    }
    Ok(Exit::Done)
}
