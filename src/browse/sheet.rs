//! The coding sheet of `fimi sample`, filled in on a page: one edge at a time, never with its grade. Every answer is written
//! into the CSV file at once; the other columns stay as they are.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use askama::Template;

use super::frame::Frame;
use super::request::{Fields, Reply, address};
use crate::exit::UserError;
use crate::report::{Html, guarded};
use crate::sample::Label;

/// Most characters of a comment.
const COMMENT: usize = 2_000;

/// A sheet in the hands of a coder.
pub(crate) struct Sheet {
    path: PathBuf,
    heads: Vec<String>,
    rows: Mutex<Vec<Vec<String>>>,
}

/// One side of an edge.
struct CodedSide {
    outlet: Html,
    title: Html,
    time: Html,
    lead: Option<Html>,
}

#[derive(Template)]
#[template(path = "code.html", config = "src/browse/templates/askama.toml")]
struct CodePage<'p> {
    frame: Frame,
    done: usize,
    total: usize,
    number: usize,
    previous: String,
    next: String,
    open: String,
    sides: Vec<CodedSide>,
    passages: Vec<Html>,
    token: &'p str,
    comment: String,
    labels: Vec<(&'static str, bool)>,
}

impl Sheet {
    /// Reads a sheet.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no sheet of `fimi sample`.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Sheet> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        // What is no sheet is refused with the same words as where sheets are scored.
        crate::sample::sheet::read(&bytes)
            .map_err(|error| UserError::usage(format!("{}: {error}", path.display())))?;
        let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        let heads: Vec<String> = csv.headers()?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for row in csv.records() {
            let mut row: Vec<String> = row?.iter().map(str::to_owned).collect();
            row.resize(heads.len(), String::new());
            rows.push(row);
        }
        if rows.is_empty() {
            let text = format!("{}: a sheet without rows", path.display());
            return Err(UserError::usage(text).into());
        }
        Ok(Sheet { path: path.to_owned(), heads, rows: Mutex::new(rows) })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name)
    }

    /// The page of one edge, or of the first without a label.
    pub(crate) fn page(&self, frame: Frame, fields: &Fields, token: &str) -> Reply {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let value = |row: usize, name: &str| {
            self.column(name).map_or_else(String::new, |column| rows[row][column].clone())
        };
        let is_open = |row: &usize| value(*row, "label").trim().is_empty();
        let asked = fields.number("item").filter(|n| (1..=rows.len()).contains(n));
        let row = asked.map_or_else(|| (0..rows.len()).find(is_open).unwrap_or(0), |n| n - 1);
        let at = |row: usize| address("/code", &[("item", &(row + 1).to_string())]);
        let side = |end: &str| CodedSide {
            outlet: Html::title(&value(row, &format!("outlet_{end}")), ""),
            title: Html::title(&value(row, &format!("title_{end}")), ""),
            time: Html::title(&value(row, &format!("published_{end}")), ""),
            lead: Some(value(row, &format!("lead_{end}")))
                .filter(|lead| !lead.is_empty())
                .map(|lead| Html::text(&lead)),
        };
        let passages = value(row, "passages");
        let chosen = value(row, "label");
        let page = CodePage {
            frame: frame.titled("Coding sheet"),
            done: (0..rows.len()).filter(|row| !is_open(row)).count(),
            total: rows.len(),
            number: row + 1,
            previous: if row > 0 { at(row - 1) } else { String::new() },
            next: if row + 1 < rows.len() { at(row + 1) } else { String::new() },
            open: (row + 1..rows.len()).chain(0..row).find(is_open).map_or_else(String::new, at),
            sides: vec![side("from"), side("to")],
            passages: passages
                .split(" | ")
                .filter(|passage| !passage.is_empty())
                .map(Html::text)
                .collect(),
            token,
            comment: value(row, "comment"),
            labels: Label::ALL
                .iter()
                .map(|label| (label.as_str(), chosen.trim().eq_ignore_ascii_case(label.as_str())))
                .collect(),
        };
        Reply::page(200, page.render().unwrap_or_default())
    }

    /// Writes an answer into the sheet; the next page is that of the next edge without one.
    ///
    /// # Errors
    ///
    /// If the sheet cannot be written. What is wrong with the answer is the inner error.
    pub(crate) fn label(&self, fields: &Fields) -> anyhow::Result<Result<Reply, String>> {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(item) = fields.number("item").filter(|n| (1..=rows.len()).contains(n)) else {
            return Ok(Err("no such item".to_owned()));
        };
        let label = match fields.get("label").parse::<Label>() {
            Ok(label) => label,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let comment: String = fields.get("comment").chars().take(COMMENT).collect();
        let mut changed = rows.clone();
        for (name, text) in [("label", label.as_str()), ("comment", &guarded(&comment))] {
            if let Some(column) = self.column(name) {
                text.clone_into(&mut changed[item - 1][column]);
            }
        }
        self.write(&changed)?;
        *rows = changed;
        let column = self.column("label");
        let is_open = |row: &usize| column.is_some_and(|c| rows[*row][c].trim().is_empty());
        let next = (item..rows.len()).chain(0..item).find(is_open).unwrap_or(item - 1);
        Ok(Ok(Reply::see(address("/code", &[("item", &(next + 1).to_string())]))))
    }

    /// Replaces the file as a whole, so that hours of work are never half there.
    fn write(&self, rows: &[Vec<String>]) -> anyhow::Result<()> {
        let problem = || format!("cannot write {}", self.path.display());
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut file =
            tempfile::Builder::new().prefix(".fimi-").tempfile_in(folder).with_context(problem)?;
        {
            let mut csv = csv::Writer::from_writer(file.as_file_mut());
            csv.write_record(&self.heads).with_context(problem)?;
            for row in rows {
                csv.write_record(row).with_context(problem)?;
            }
            csv.flush().with_context(problem)?;
        }
        file.as_file().sync_all().with_context(problem)?;
        file.persist(&self.path).with_context(problem)?;
        Ok(())
    }
}
