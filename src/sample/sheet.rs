//! The coding sheet: one row an edge as CSV, the same for reading as text, and the labels read back.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Label, Labels};
use crate::load_run::Lookup;
use crate::report::{ArticleRecord, EdgeRecord, EvidenceRecord, guarded};
use crate::text::sanitize;

/// Columns of the sheet; `label` and `comment` are the coder's.
const COLUMNS: [&str; 13] = [
    "item",
    "label",
    "comment",
    "outlet_from",
    "outlet_to",
    "published_from",
    "published_to",
    "title_from",
    "title_to",
    "lead_from",
    "lead_to",
    "passages",
    "edge",
];

/// What a coder sees of an edge.
pub(crate) struct Item<'d> {
    edge: &'d str,
    outlets: [Cow<'d, str>; 2],
    published: [String; 2],
    titles: [&'d str; 2],
    /// What the articles begin with, if the edge rests on no passage.
    leads: Option<[&'d str; 2]>,
    /// What both sides hold: as in `from`, as in `to`.
    passages: Vec<[&'d str; 2]>,
}

/// Returns what a coder sees of `edges`: never the grade, and outlets only as "A" and "B" if `hides_outlets`.
pub(crate) fn items<'d>(
    edges: &[&'d EdgeRecord<'d>],
    lookup: &Lookup<'d>,
    hides_outlets: bool,
) -> Vec<Item<'d>> {
    edges.iter().map(|edge| item(edge, lookup, hides_outlets)).collect()
}

fn item<'d>(edge: &'d EdgeRecord<'d>, lookup: &Lookup<'d>, hides_outlets: bool) -> Item<'d> {
    let from = edge.from.as_deref().and_then(|id| lookup.article(id));
    let articles = [from, lookup.article(&edge.to)];
    let published = |article: Option<&ArticleRecord>| {
        let published = article.and_then(|article| article.published.as_deref());
        published.map_or(String::new(), |p| p.utc.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    };
    let outlets = [edge.outlet_from.as_deref().unwrap_or(""), edge.outlet_to.as_ref()];
    Item {
        edge: &edge.id,
        outlets: if hides_outlets {
            [Cow::Borrowed("A"), Cow::Borrowed("B")]
        } else {
            outlets.map(|id| lookup.name(id).to_owned().into())
        },
        published: articles.map(published),
        titles: articles.map(|article| article.map_or("", |article| article.title.as_ref())),
        leads: edge.leads.as_ref().map(|leads| leads.each_ref().map(AsRef::as_ref)),
        passages: passages(edge, lookup),
    }
}

/// The passages among the evidence of an edge; of a common source, those of the match that it explains.
fn passages<'d>(edge: &'d EdgeRecord<'d>, lookup: &Lookup<'d>) -> Vec<[&'d str; 2]> {
    let mut all = Vec::new();
    for evidence in &edge.evidence {
        let (id, only) = match evidence {
            EvidenceRecord::Passage { matched, passage } => (matched, Some(*passage)),
            EvidenceRecord::Explains { matched } => (matched, None),
            EvidenceRecord::Overlap { .. }
            | EvidenceRecord::Link { .. }
            | EvidenceRecord::Caveat { .. }
            | EvidenceRecord::Cites(_) => continue,
        };
        let Some(matched) = lookup.matched(id) else { continue };
        let starts_with_b = edge.from.as_ref() == Some(&matched.b);
        for (i, passage) in matched.passages.iter().enumerate() {
            if only.is_none_or(|only| only == i) {
                let text_b = passage.text_b.as_deref().unwrap_or(&passage.text);
                let sides = [passage.text.as_ref(), text_b];
                all.push(if starts_with_b { [sides[1], sides[0]] } else { sides });
            }
        }
    }
    all
}

/// Writes the sheet as CSV, with empty labels. Text is guarded against spreadsheet formulas.
pub(crate) fn write_csv(items: &[Item], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS)?;
    for (i, item) in items.iter().enumerate() {
        let passages: Vec<String> = item
            .passages
            .iter()
            .map(
                |[from, to]| {
                    if from == to { (*from).to_owned() } else { format!("{from} || {to}") }
                },
            )
            .collect();
        let number = (i + 1).to_string();
        let passages = passages.join(" | ");
        csv.write_record([
            number.as_str(),
            "",
            "",
            &guarded(&item.outlets[0]),
            &guarded(&item.outlets[1]),
            &item.published[0],
            &item.published[1],
            &guarded(item.titles[0]),
            &guarded(item.titles[1]),
            &guarded(item.leads.map_or("", |leads| leads[0])),
            &guarded(item.leads.map_or("", |leads| leads[1])),
            &guarded(&passages),
            item.edge,
        ])?;
    }
    csv.flush()
}

/// Returns the sheet for reading: numbered as the CSV, both sides of each passage one under the other.
pub(crate) fn text(items: &[Item]) -> String {
    let mut text = String::new();
    for (i, item) in items.iter().enumerate() {
        let _ = writeln!(text, "== {}", i + 1);
        for side in [0, 1] {
            let name = ["from", "to  "][side];
            let outlet = sanitize::one_line(&item.outlets[side]);
            let (at, title) = (&item.published[side], sanitize::one_line(item.titles[side]));
            let _ = writeln!(text, "{name}  {outlet}  {at}  {title}");
            if let Some(leads) = item.leads {
                let _ = writeln!(text, "      {}", sanitize::one_line(leads[side]));
            }
        }
        for [from, to] in &item.passages {
            let (from, to) = (sanitize::one_line(from), sanitize::one_line(to));
            let _ = writeln!(text, "\n  from  {from}");
            let _ = if from == to {
                writeln!(text, "  to    (the same)")
            } else {
                writeln!(text, "  to    {to}")
            };
        }
        text.push('\n');
    }
    text
}

/// Reads the labels of a sheet; rows without a label are left out.
///
/// # Errors
///
/// What is wrong with the sheet, with the row.
pub(crate) fn read(bytes: &[u8]) -> Result<Labels, String> {
    let head = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    // Spreadsheets of some languages save with semicolons.
    let delimiter = if head.contains(&b';') && !head.contains(&b',') { b';' } else { b',' };
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
    let names = csv.headers().map_err(|error| error.to_string())?.clone();
    let place = |wanted: &str| {
        let found = names.iter().position(|name| name.trim_start_matches('\u{feff}') == wanted);
        found.ok_or_else(|| format!("no column `{wanted}`: is this a sheet of `fimi sample`?"))
    };
    let (edge, label) = (place("edge")?, place("label")?);
    let mut labels = Labels::new();
    for (i, row) in csv.records().enumerate() {
        let row = row.map_err(|error| error.to_string())?;
        let value = |place: usize| row.get(place).unwrap_or_default().trim();
        let word = value(label).to_lowercase();
        if word.is_empty() {
            continue;
        }
        let parsed = word.parse::<Label>().map_err(|error| format!("row {}: {error}", i + 1))?;
        if labels.insert(value(edge).to_owned(), parsed).is_some() {
            return Err(format!("row {}: edge `{}` is labelled twice", i + 1, value(edge)));
        }
    }
    Ok(labels)
}
