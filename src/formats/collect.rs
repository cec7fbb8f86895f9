//! Collects what the records of one file come to.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::date_order::{self, DateOrder, Evidence};
use super::fields::{FieldValues, NEEDED};
use super::outlet_names::OutletNames;
use super::{ReadProblem, RecordError, Records};
use crate::extract::{self, RecordFields, record};
use crate::ids;
use crate::model::{Article, Role, Skipped};

/// Skipped records of a file that are listed one by one; more are counted.
const LISTED: usize = 1_000;

/// Names of columns that a message shows.
const SHOWN_COLUMNS: usize = 12;

/// The flag of an article that came without a text.
const HEADLINE_ONLY: &str = "headline_only";

/// What a record comes to.
pub(super) enum Outcome {
    /// An article, and the role its record gives to the outlet.
    Article(Box<Article>, Option<Role>),
    /// Its article depends on the order of day and month in the file.
    Undated(Box<RecordFields>),
    /// Nothing, for this reason.
    Unusable(RecordError),
}

/// Collects the outcome of each record of one file.
pub(super) struct Collector<'a> {
    name: String,
    strict: bool,
    pub(super) names: &'a OutletNames<'a>,
    into: &'a mut Records,
    /// Columns or keys of the file, for messages.
    columns: Vec<String>,
    records: usize,
    articles: usize,
    skipped: Vec<(usize, Skipped)>,
    skipped_in_all: usize,
    /// The line of each record, by a digest of its article.
    lines: HashMap<[u8; 32], usize>,
    /// Records that repeat an earlier one, listed up to a number, and how many there are.
    repeated: Vec<Skipped>,
    repeated_in_all: usize,
    headlines_only: usize,
    undated: Vec<(usize, Box<RecordFields>)>,
    dates: Evidence,
    hand_on: Option<HandOn<'a>>,
}

/// Takes articles as they are read, so that they need not all be held.
pub(super) type HandOn<'a> = &'a mut dyn FnMut(Vec<Article>);

/// Articles that are handed on at once.
const HANDED_ON: usize = 1_024;

impl<'a> Collector<'a> {
    pub(super) fn new(
        name: String,
        strict: bool,
        names: &'a OutletNames<'a>,
        into: &'a mut Records,
    ) -> Collector<'a> {
        Collector {
            name,
            strict,
            names,
            into,
            columns: Vec::new(),
            records: 0,
            articles: 0,
            skipped: Vec::new(),
            skipped_in_all: 0,
            lines: HashMap::new(),
            repeated: Vec::new(),
            repeated_in_all: 0,
            headlines_only: 0,
            undated: Vec::new(),
            dates: Evidence::default(),
            hand_on: None,
        }
    }

    /// Hands articles on instead of collecting them.
    pub(super) fn handing_on(self, take: HandOn<'a>) -> Collector<'a> {
        Collector { hand_on: Some(take), ..self }
    }

    fn hand_on(&mut self, fewest: usize) {
        if let Some(take) = &mut self.hand_on
            && self.into.articles.len() >= fewest
        {
            take(std::mem::take(&mut self.into.articles));
        }
    }

    /// Says which columns or keys the file has.
    pub(super) fn set_columns(&mut self, columns: impl IntoIterator<Item = String>) {
        self.columns = columns.into_iter().collect();
    }

    /// Whether it is known which columns or keys the file has.
    pub(super) fn has_columns(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Remarks something about the file that costs no record.
    pub(super) fn note(&mut self, note: impl std::fmt::Display) {
        self.into.notes.push(format!("{}: {note}", self.name));
    }

    /// Takes the values of the record that begins at a line.
    pub(super) fn values(
        &mut self,
        line: usize,
        values: Result<FieldValues, RecordError>,
    ) -> Result<(), ReadProblem> {
        self.outcome(line, interpret(values, self.names))
    }

    /// Takes what the record that begins at a line came to.
    pub(super) fn outcome(&mut self, line: usize, outcome: Outcome) -> Result<(), ReadProblem> {
        self.records += 1;
        match outcome {
            Outcome::Article(article, role) => {
                if let Some(published) = &article.published {
                    self.dates.add(&published.raw);
                }
                self.keep(line, *article, role);
                Ok(())
            }
            Outcome::Undated(fields) => {
                for time in [&fields.published, &fields.first_seen].into_iter().flatten() {
                    self.dates.add(time);
                }
                self.undated.push((line, fields));
                Ok(())
            }
            Outcome::Unusable(reason) => self.unusable(line, reason),
        }
    }

    fn keep(&mut self, line: usize, article: Article, role: Option<Role>) {
        match self.lines.entry(digest(&article)) {
            Entry::Occupied(first) => {
                let first = *first.get();
                self.repeated_in_all += 1;
                if self.repeated.len() < LISTED {
                    let what = format!("{}:{line}", self.name);
                    self.repeated.push(Skipped {
                        what,
                        reason: format!("the record of line {first} again"),
                    });
                }
                return;
            }
            Entry::Vacant(place) => {
                place.insert(line);
            }
        }
        self.headlines_only += usize::from(article.flags.iter().any(|flag| flag == HEADLINE_ONLY));
        self.articles += 1;
        if let Some(role) = role {
            self.into.roles.entry(article.outlet.clone()).or_insert(role);
        }
        self.into.articles.push(article);
        self.hand_on(HANDED_ON);
    }

    fn unusable(&mut self, line: usize, reason: RecordError) -> Result<(), ReadProblem> {
        if self.strict {
            return Err(ReadProblem::Record { line, reason });
        }
        self.leave_out(line, format!("{}:{line}", self.name), reason.to_string());
        Ok(())
    }

    fn leave_out(&mut self, line: usize, what: String, reason: String) {
        self.skipped_in_all += 1;
        if self.skipped.len() < LISTED {
            self.skipped.push((line, Skipped { what, reason }));
        }
    }

    /// Takes articles of pages.
    pub(super) fn articles(&mut self, articles: Vec<Article>) {
        self.records += articles.len();
        self.articles += articles.len();
        self.into.articles.extend(articles);
        self.hand_on(HANDED_ON);
    }

    /// Leaves out something that has no line: a page, or, without a name of its own, the file.
    pub(super) fn skip(&mut self, what: Option<String>, reason: String) -> Result<(), ReadProblem> {
        self.records += 1;
        if self.strict {
            return Err(ReadProblem::Skipped { reason });
        }
        let what = what.map_or_else(|| self.name.clone(), |what| format!("{}: {what}", self.name));
        self.leave_out(usize::MAX, what, reason);
        Ok(())
    }

    /// Ends the file; returns the number of its records, and of those left out.
    pub(super) fn finish(mut self) -> Result<(usize, usize), ReadProblem> {
        self.date_the_undated()?;
        self.hand_on(1);
        self.skipped.sort_by_key(|(line, _)| *line);
        let unlisted = self.skipped_in_all - self.skipped.len();
        if self.records == 0 {
            self.skip(None, "no record in it".into())?;
        } else if self.articles == 0 && self.skipped_in_all > 1 {
            let whole_file = self.whole_file();
            self.skipped = vec![(0, Skipped { what: self.name.clone(), reason: whole_file })];
        } else if unlisted > 0 {
            let reason = format!("{unlisted} more of its records were left out");
            self.skipped.push((usize::MAX, Skipped { what: self.name.clone(), reason }));
        }
        if self.headlines_only > 0 {
            self.note(format!(
                "{} records have no text: their headlines stand for it (flag {HEADLINE_ONLY})",
                self.headlines_only
            ));
        }
        if self.repeated_in_all > 0 {
            self.note(format!(
                "{} records repeat an earlier one word for word and are read once",
                self.repeated_in_all
            ));
        }
        self.into.skipped.extend(self.skipped.into_iter().map(|(_, skipped)| skipped));
        self.into.skipped.extend(self.repeated);
        Ok((self.records, self.skipped_in_all))
    }

    /// Reads the records whose dates had to wait for the others.
    fn date_the_undated(&mut self) -> Result<(), ReadProblem> {
        let order = self.dates.order();
        for (line, fields) in std::mem::take(&mut self.undated) {
            let outcome = match order {
                Some(order) => dated(*fields, order),
                None => Outcome::Unusable(RecordError::AmbiguousDate {
                    raw: fields.published.or(fields.first_seen).unwrap_or_default(),
                }),
            };
            match outcome {
                Outcome::Article(article, role) => self.keep(line, *article, role),
                Outcome::Unusable(reason) => self.unusable(line, reason)?,
                Outcome::Undated(_) => {}
            }
        }
        Ok(())
    }

    /// One message for a file of which no record is usable: its first mistake is that of all.
    fn whole_file(&self) -> String {
        let first = self.skipped.first();
        let (line, reason) = first.map_or((0, ""), |(line, s)| (*line, s.reason.as_str()));
        let at = if line == usize::MAX { String::new() } else { format!("line {line}: ") };
        let text = format!("none of its {} records is usable; {at}{reason}", self.records);
        if !self.columns.is_empty() {
            let shown: Vec<&str> =
                self.columns.iter().take(SHOWN_COLUMNS).map(String::as_str).collect();
            let more = if self.columns.len() > SHOWN_COLUMNS { ", ..." } else { "" };
            let shown = shown.join(", ");
            return format!("{text}; its columns are {shown}{more}; needed are {NEEDED}");
        }
        text
    }
}

/// What makes two records the same one.
fn digest(article: &Article) -> [u8; 32] {
    let times = format!("{:?} {:?}", article.published, article.first_seen);
    let Article { id, outlet, url, title, text_sha256, byline, .. } = article;
    ids::digest(&[id, outlet, url, title, text_sha256, byline, &times])
}

/// Reads the values of a record as an article, as far as that can be done without the rest of the file.
pub(super) fn interpret(
    values: Result<FieldValues, RecordError>,
    names: &OutletNames<'_>,
) -> Outcome {
    let mut fields = match values {
        Ok(values) => values.into_fields(),
        Err(reason) => return Outcome::Unusable(reason),
    };
    names.resolve(&mut fields);
    let times = [&fields.published, &fields.first_seen];
    if times.into_iter().flatten().any(|time| date_order::is_ambiguous(time)) {
        return Outcome::Undated(Box::new(fields));
    }
    article(fields).unwrap_or_else(Outcome::Unusable)
}

/// Reads the fields of a record whose dates are numeric. The article keeps the time as it was written.
fn dated(mut fields: RecordFields, order: DateOrder) -> Outcome {
    let raw = fields.published.clone();
    for time in [&mut fields.published, &mut fields.first_seen].into_iter().flatten() {
        if let Some(ordered) = date_order::ordered(time, order) {
            *time = ordered;
        }
    }
    match article(fields) {
        Ok(Outcome::Article(mut article, role)) => {
            if let (Some(published), Some(raw)) = (&mut article.published, raw) {
                published.raw = raw;
            }
            Outcome::Article(article, role)
        }
        other => other.unwrap_or_else(Outcome::Unusable),
    }
}

fn article(fields: RecordFields) -> Result<Outcome, RecordError> {
    let role = match fields.role.as_deref() {
        None | Some("") => None,
        Some(word) => Some(
            word.parse()
                .map_err(|_| extract::RecordError::UnknownRole { role: word.to_owned() })?,
        ),
    };
    Ok(Outcome::Article(Box::new(record(fields)?), role))
}
