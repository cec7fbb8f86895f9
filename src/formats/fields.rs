//! The fields of a record: the names they go by, and values of any type as text.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::extract::RecordFields;

/// Fields with the names that other programs give them, the preferred first: Media Cloud, GDELT,
/// newspaper4k and news-please are read as they export. `source` is not among the names of an outlet: with
/// some programs it is the program.
const FIELDS: [(Field, &[&str]); 12] = [
    (
        Field::Outlet,
        &["outlet", "media_name", "source_domain", "domain", "media_url", "meta_site_name"],
    ),
    (Field::Url, &["url", "canonical_link", "link", "article_url"]),
    (Field::Title, &["title", "headline", "title_page"]),
    (Field::Text, &["text", "maintext", "article_text", "full_text", "body", "content"]),
    (
        Field::Published,
        &[
            "published",
            "publish_date",
            "date_publish",
            "published_at",
            "publication_date",
            "date_published",
            "pub_date",
            "pubdate",
            "date",
        ],
    ),
    (Field::Id, &["id", "stories_id", "article_id"]),
    (Field::Language, &["language", "lang", "meta_lang"]),
    (Field::Edition, &["edition"]),
    (Field::Byline, &["byline", "authors", "author"]),
    (Field::FirstSeen, &["first_seen", "seendate", "date_download", "indexed_date"]),
    (Field::Links, &["links"]),
    (Field::Role, &["role"]),
];

/// Fields without which no record is read.
pub(super) const NEEDED: &str = "outlet, url, title, text, published";

/// Names of an outlet in exports that hold headlines and no texts (Media Cloud, GDELT).
const NAMES_OF_TEXTLESS: [&str; 3] = ["media_name", "domain", "media_url"];

/// What programs write where they have no value: Python, pandas, R, SQL.
const MISSING: [&str; 10] =
    ["nan", "NaN", "NaT", "NA", "N/A", "<NA>", "None", "null", "NULL", "\\N"];

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Outlet,
    Url,
    Title,
    Text,
    Published,
    Id,
    Language,
    Edition,
    Byline,
    FirstSeen,
    Links,
    Role,
}

/// A field and which of its names was used: 0 is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    field: Field,
    rank: usize,
}

impl Column {
    /// Returns what a column or key of this name holds, without regard to case; `None` if it is not read.
    pub(super) fn named(name: &str) -> Option<Column> {
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '"');
        let name = if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(name.to_lowercase().replace([' ', '-', '.'], "_"))
        };
        FIELDS.iter().find_map(|(field, names)| {
            let rank = names.iter().position(|known| *known == name)?;
            Some(Column { field: *field, rank })
        })
    }
}

/// The value of a field, whatever its type was.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Missing,
    Text(String),
    List(Vec<Value>),
    Object(Value),
}

impl Cell {
    /// Returns text, unless it is a word for a missing value.
    pub(super) fn text(text: String) -> Cell {
        if MISSING.contains(&text.trim()) { Cell::Missing } else { Cell::Text(text) }
    }

    /// Returns a number as people write it: whole ones without a fraction.
    pub(super) fn number(number: f64) -> Cell {
        /// Whole numbers up to this are exact in a floating-point number.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if !number.is_finite() {
            Cell::Missing
        } else if number.fract() == 0.0 && number.abs() <= EXACT {
            Cell::Text(format!("{number:.0}"))
        } else {
            Cell::Text(number.to_string())
        }
    }

    fn is_missing(&self) -> bool {
        *self == Cell::Missing
    }

    /// The value as the record format has it: paragraphs of a list are a text, its names a byline.
    fn into_text(self, field: Field) -> Option<String> {
        match (self, field) {
            (Cell::Missing, _) => None,
            (Cell::Text(text), Field::Byline) => Some(without_list_marks(text)),
            (Cell::Text(text), _) => Some(text),
            (Cell::List(items), Field::Links) => Some(Value::Array(items).to_string()),
            (Cell::List(items), Field::Text) => Some(joined(&items, "\n\n")),
            (Cell::List(items), _) => Some(joined(&items, ", ")),
            (Cell::Object(value), Field::Links) => Some(Value::Array(vec![value]).to_string()),
            (Cell::Object(value), _) => Some(name_in(&value)),
        }
    }
}

/// Reads a list of names in Python's notation, as pandas writes one into a table.
fn without_list_marks(text: String) -> String {
    match text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(list) => {
            let names = list.split(',').map(|name| name.trim().trim_matches(['\'', '"']));
            names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
        }
        None => text,
    }
}

fn joined(items: &[Value], separator: &str) -> String {
    let texts: Vec<String> = items.iter().filter(|item| !item.is_null()).map(name_in).collect();
    texts.join(separator)
}

/// The text of a value: of an object its name.
fn name_in(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => match fields.get("name") {
            Some(Value::String(name)) => name.clone(),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// The values of a record by field, each under the best of its names.
#[derive(Debug, Default)]
pub(super) struct FieldValues {
    values: [Option<(usize, Cell)>; FIELDS.len()],
}

impl FieldValues {
    /// Takes the value of a column. A value under a better name stays, unless it is missing.
    pub(super) fn put(&mut self, column: Column, cell: Cell) {
        let place = &mut self.values[column.field as usize];
        let is_better = match place {
            None => true,
            Some((rank, old)) => (cell.is_missing(), column.rank) < (old.is_missing(), *rank),
        };
        if is_better {
            *place = Some((column.rank, cell));
        }
    }

    /// Whether no field is known.
    pub(super) fn is_empty(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    /// Whether the record comes from an export that holds no texts, so that its headline stands for one.
    pub(super) fn is_headline_only(&self) -> bool {
        let names = FIELDS[Field::Outlet as usize].1;
        let outlet = self.values[Field::Outlet as usize].as_ref();
        self.values[Field::Text as usize].is_none()
            && outlet.is_some_and(|(rank, _)| NAMES_OF_TEXTLESS.contains(&names[*rank]))
    }

    /// Returns the fields as text.
    pub(super) fn into_fields(self) -> RecordFields {
        let is_headline_only = self.is_headline_only();
        let mut values = self.values;
        let has_title = values[Field::Title as usize].is_some();
        let mut field = |field: Field| values[field as usize].take()?.1.into_text(field);
        // A headline without a value is an empty one; without a key it is missing.
        let title = field(Field::Title).or_else(|| has_title.then(String::new));
        let text = field(Field::Text);
        RecordFields {
            outlet: field(Field::Outlet),
            url: field(Field::Url),
            text: if is_headline_only { title.clone() } else { text },
            title,
            published: field(Field::Published).map(time),
            id: field(Field::Id),
            language: field(Field::Language),
            edition: field(Field::Edition),
            byline: field(Field::Byline),
            first_seen: field(Field::FirstSeen).map(time),
            links: field(Field::Links),
            role: field(Field::Role),
            is_headline_only,
        }
    }
}

/// Returns epoch time in micro- or nanoseconds (16 or 19 digits) as RFC 3339; any other text as it is.
fn time(text: String) -> String {
    let digits = text.trim();
    if !matches!(digits.len(), 16 | 19) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return text;
    }
    let Ok(number) = digits.parse::<i64>() else { return text };
    let per_second = if digits.len() == 16 { 1_000_000 } else { 1_000_000_000 };
    let at = chrono::DateTime::from_timestamp(number / per_second, 0);
    at.map_or(text, |at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

impl<'de> Deserialize<'de> for FieldValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FieldValues, D::Error> {
        struct OfObject;
        impl<'de> Visitor<'de> for OfObject {
            type Value = FieldValues;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the fields of a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FieldValues, A::Error> {
                let mut values = FieldValues::default();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    match Column::named(&key) {
                        Some(column) => values.put(column, map.next_value()?),
                        None => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(values)
            }
        }
        deserializer.deserialize_map(OfObject)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cell, D::Error> {
        struct OfAny;
        impl<'de> Visitor<'de> for OfAny {
            type Value = Cell;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_unit<E>(self) -> Result<Cell, E> {
                Ok(Cell::Missing)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
                Ok(Cell::number(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
                Ok(Cell::text(value.to_owned()))
            }

            fn visit_string<E>(self, value: String) -> Result<Cell, E> {
                Ok(Cell::text(value))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(if items.is_empty() { Cell::Missing } else { Cell::List(items) })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cell, A::Error> {
                let object = serde::de::value::MapAccessDeserializer::new(map);
                Value::deserialize(object).map(Cell::Object)
            }
        }
        deserializer.deserialize_any(OfAny)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> RecordFields {
        serde_json::from_str::<FieldValues>(json).unwrap().into_fields()
    }

    #[test]
    fn names_are_read_without_regard_to_case() {
        for (name, field) in [
            ("URL", Field::Url),
            (" Outlet ", Field::Outlet),
            ("\u{feff}title", Field::Title),
            ("Publish Date", Field::Published),
            ("maintext", Field::Text),
        ] {
            assert_eq!(Column::named(name).map(|column| column.field), Some(field), "{name}");
        }
        assert_eq!(Column::named("source"), None);
    }

    #[test]
    fn values_of_any_type_are_text() {
        let read = fields(
            r#"{"title": 2024, "byline": ["Ada Brenn", {"name": "Ole Vell"}], "published": 1772446520,
                "text": ["One.", "Two."], "id": 7.0, "url": null, "x": [[1]]}"#,
        );
        assert_eq!(read.title.as_deref(), Some("2024"));
        assert_eq!(read.byline.as_deref(), Some("Ada Brenn, Ole Vell"));
        assert_eq!(read.published.as_deref(), Some("1772446520"));
        assert_eq!(read.text.as_deref(), Some("One.\n\nTwo."));
        assert_eq!((read.id.as_deref(), read.url), (Some("7"), None));
    }

    #[test]
    fn a_missing_headline_is_an_empty_one() {
        for value in ["null", "\"NaN\"", "\"\""] {
            assert_eq!(fields(&format!("{{\"title\": {value}}}")).title.as_deref(), Some(""));
        }
        assert_eq!(fields("{}").title, None);
    }

    #[test]
    fn the_better_name_wins_unless_it_has_no_value() {
        assert_eq!(fields(r#"{"maintext": "b", "text": "a"}"#).text.as_deref(), Some("a"));
        assert_eq!(fields(r#"{"text": null, "maintext": "b"}"#).text.as_deref(), Some("b"));
    }

    #[test]
    fn exports_without_texts_are_read_by_their_headlines() {
        let gdelt =
            fields(r#"{"domain": "a.example", "title": "T", "seendate": "20260302T101500Z"}"#);
        assert_eq!(
            (gdelt.text.as_deref(), gdelt.outlet.as_deref()),
            (Some("T"), Some("a.example"))
        );
        assert_eq!(fields(r#"{"outlet": "a", "title": "T"}"#).text, None);
    }

    #[test]
    fn epoch_times_of_pandas_are_seconds() {
        assert_eq!(time("1772446520123456000".into()), "2026-03-02T10:15:20Z");
        assert_eq!(time("1772446520123456".into()), "2026-03-02T10:15:20Z");
        assert_eq!(time("1772446520".into()), "1772446520");
    }
}
