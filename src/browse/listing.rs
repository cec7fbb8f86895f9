//! A list of anything, as a page with filters or as CSV. Rows are made for the page that is shown alone, so that a list
//! of a million is as quick as one of ten.

use std::borrow::Cow;

use askama::Template;

use super::frame::Frame;
use super::request::{Fields, Reply};
use crate::report::{Html, guarded, wording};
use crate::text::sanitize;

/// Rows of a page.
const PAGE: usize = 50;

/// Bytes from which a cell is one of long text.
const LONG: usize = 60;

/// A column.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    /// Its head, also in CSV.
    pub(crate) name: &'static str,
    /// It holds numbers.
    pub(crate) number: bool,
    /// It is for programs: ids and addresses, which a page has as links, or not at all.
    csv_only: bool,
}

/// A column of text.
pub(crate) const fn text(name: &'static str) -> Column {
    Column { name, number: false, csv_only: false }
}

/// A column of numbers.
pub(crate) const fn number(name: &'static str) -> Column {
    Column { name, number: true, csv_only: false }
}

/// A column of text that pages do not show.
pub(crate) const fn csv_only(name: &'static str) -> Column {
    Column { name, number: false, csv_only: true }
}

/// What stands in a cell: text from anywhere, and what it leads to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: Cow<'static, str>,
    language: Cow<'static, str>,
    href: String,
}

impl Cell {
    /// Text.
    pub(crate) fn of(text: impl Into<Cow<'static, str>>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A number.
    pub(crate) fn n(n: usize) -> Cell {
        Cell::of(n.to_string())
    }

    /// The same in a language.
    pub(crate) fn in_language(self, language: &'static str) -> Cell {
        Cell { language: Cow::Borrowed(language), ..self }
    }

    /// The same, leading to an address of this site.
    pub(crate) fn to(self, href: String) -> Cell {
        Cell { href, ..self }
    }
}

/// A cell as a page shows it.
pub(crate) struct ShownCell {
    pub(crate) html: Html,
    pub(crate) href: String,
    pub(crate) number: bool,
    /// It holds a sentence, which wants room on a narrow screen.
    pub(crate) is_long: bool,
}

/// Rows as a page shows them.
pub(crate) struct ShownTable {
    pub(crate) heading: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<ShownCell>>,
    /// Where the whole list is; empty if this is all.
    pub(crate) more: String,
}

/// A field of the filter form.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    /// `text`, `number` or `date`.
    pub(crate) kind: &'static str,
    /// Value and label of each choice; none for free text.
    pub(crate) choices: Vec<(String, String)>,
    pub(crate) value: String,
}

/// A list.
pub(crate) struct Listing<'l> {
    /// Name of the list, of its path and of its CSV file.
    pub(crate) name: &'static str,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) columns: &'static [Column],
    pub(crate) fields: Vec<Field>,
    /// How many rows there are.
    pub(crate) total: usize,
    /// Makes one of them.
    pub(crate) row: Box<dyn Fn(usize) -> Vec<Cell> + 'l>,
}

#[derive(Template)]
#[template(path = "list.html", config = "src/browse/templates/askama.toml")]
struct ListPage<'p> {
    frame: Frame,
    about: &'p str,
    action: String,
    fields: &'p [Field],
    range: String,
    listed: ShownTable,
    csv: String,
    previous: String,
    next: String,
}

impl Listing<'_> {
    /// The list as a page, or as CSV if the fields ask for it.
    pub(crate) fn reply(&self, frame: Frame, fields: &Fields) -> Reply {
        if fields.get("format") == "csv" {
            return Reply::csv(self.name, self.csv());
        }
        let path = format!("/{}", self.name);
        let pages = self.total.div_ceil(PAGE).max(1);
        let page = fields.number("page").unwrap_or(1).clamp(1, pages);
        let (from, to) = ((page - 1) * PAGE, (page * PAGE).min(self.total));
        let turn =
            |page: usize| format!("{path}{}", fields.with("page", &page.to_string()).query());
        let page = ListPage {
            about: &self.about,
            action: path.clone(),
            fields: &self.fields,
            range: match self.total {
                0 => "None".to_owned(),
                n if n <= PAGE => wording::thousands(n),
                n => format!(
                    "{} to {} of {}",
                    wording::thousands(from + 1),
                    wording::thousands(to),
                    wording::thousands(n)
                ),
            },
            listed: self.shown(self.title.clone(), from..to, String::new()),
            csv: format!("{path}{}", fields.with("page", "").with("format", "csv").query()),
            previous: if page > 1 { turn(page - 1) } else { String::new() },
            next: if page < pages { turn(page + 1) } else { String::new() },
            frame: frame.titled(&self.title),
        };
        Reply::page(200, page.render().unwrap_or_default())
    }

    /// The first rows, for a page of something else; `more` is where the whole list is.
    pub(crate) fn beginning(&self, limit: usize, more: String) -> ShownTable {
        let n = wording::thousands(self.total);
        let more = if self.total > limit { more } else { String::new() };
        self.shown(format!("{} ({n})", self.title), 0..self.total.min(limit), more)
    }

    fn shown(&self, heading: String, rows: std::ops::Range<usize>, more: String) -> ShownTable {
        let cell = |(column, cell): (&Column, Cell)| ShownCell {
            html: if cell.text.is_empty() {
                Html::default()
            } else {
                Html::title(&cell.text, &cell.language)
            },
            is_long: cell.text.len() > LONG,
            href: cell.href,
            number: column.number,
        };
        let is_shown = |(column, _): &(&Column, Cell)| !column.csv_only;
        let row = |i| self.columns.iter().zip((self.row)(i)).filter(is_shown).map(cell).collect();
        let columns = self.columns.iter().filter(|column| !column.csv_only).copied().collect();
        ShownTable { heading, columns, rows: rows.map(row).collect(), more }
    }

    /// All rows, with text guarded against spreadsheet formulas.
    fn csv(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = csv.write_record(self.columns.iter().map(|column| column.name));
        for i in 0..self.total {
            let cells = (self.row)(i);
            let text = |cell: &Cell| guarded(&sanitize::terminal(&cell.text)).into_owned();
            let _ = csv.write_record(cells.iter().map(text));
        }
        csv.into_inner().unwrap_or_default()
    }
}
