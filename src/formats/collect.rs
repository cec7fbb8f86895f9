//! Collects what the records of one file come to.

use super::{ReadProblem, RecordError, Records};
use crate::extract::{self, RecordFields, record};
use crate::model::{Article, Role, Skipped};

/// An article and the role its record gives to the outlet, or why there is none.
pub(super) type Outcome = Result<(Article, Option<Role>), RecordError>;

/// Collects the outcome of each record of one file.
pub(super) struct Collector<'a> {
    name: String,
    strict: bool,
    into: &'a mut Records,
    records: usize,
    skipped: usize,
}

impl<'a> Collector<'a> {
    pub(super) fn new(name: String, strict: bool, into: &'a mut Records) -> Collector<'a> {
        Collector { name, strict, into, records: 0, skipped: 0 }
    }

    /// Records read and records skipped.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.records, self.skipped)
    }

    /// Takes the record that begins at a line.
    pub(super) fn record(
        &mut self,
        line: usize,
        fields: Result<RecordFields, RecordError>,
    ) -> Result<(), ReadProblem> {
        self.outcome(line, fields.and_then(interpret))
    }

    /// Takes what the record that begins at a line came to.
    pub(super) fn outcome(&mut self, line: usize, outcome: Outcome) -> Result<(), ReadProblem> {
        self.records += 1;
        match outcome {
            Ok((article, role)) => {
                if let Some(role) = role {
                    self.into.roles.entry(article.outlet.clone()).or_insert(role);
                }
                self.into.articles.push(article);
                Ok(())
            }
            Err(reason) if self.strict => Err(ReadProblem::Record { line, reason }),
            Err(reason) => {
                self.skipped += 1;
                let what = format!("{}:{line}", self.name);
                self.into.skipped.push(Skipped { what, reason: reason.to_string() });
                Ok(())
            }
        }
    }

    /// Takes articles of pages.
    pub(super) fn articles(&mut self, articles: Vec<Article>) {
        self.records += articles.len();
        self.into.articles.extend(articles);
    }

    /// Leaves out something that has no line: a page, or, without a name of its own, the file.
    pub(super) fn skip(&mut self, what: Option<String>, reason: String) -> Result<(), ReadProblem> {
        self.records += 1;
        self.skipped += 1;
        if self.strict {
            return Err(ReadProblem::Skipped { reason });
        }
        let what = what.unwrap_or_else(|| self.name.clone());
        self.into.skipped.push(Skipped { what, reason });
        Ok(())
    }
}

/// Reads the fields of a record as an article.
pub(super) fn interpret(fields: RecordFields) -> Outcome {
    let role = match fields.role.as_deref() {
        None | Some("") => None,
        Some(word) => Some(
            word.parse()
                .map_err(|_| extract::RecordError::UnknownRole { role: word.to_owned() })?,
        ),
    };
    Ok((record(fields)?, role))
}
