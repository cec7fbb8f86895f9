//! How values are written into columns and read back: times, names of variants, JSON lists.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a time as RFC 3339 in UTC, with a fraction only if it has one.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Writes a count as SQLite's integer.
pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Writes a list as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| String::from("[]"))
}

/// Reads a time.
pub(super) fn get_time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    DateTime::parse_from_rfc3339(&text)
        .map(|at| Some(at.to_utc()))
        .map_err(|_| unreadable(column, &text))
}

/// Reads a time that must be there.
pub(super) fn must_time(row: &Row<'_>, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    get_time(row, column)?.ok_or_else(|| unreadable(column, "NULL"))
}

/// Reads a count; a negative number is read as 0.
pub(super) fn get_count(row: &Row<'_>, column: &str) -> rusqlite::Result<usize> {
    Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// Reads an enumeration by its name in files.
pub(super) fn get_name<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(text.clone()))
        .map_err(|_| unreadable(column, &text))
}

/// Reads a JSON list.
pub(super) fn get_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| unreadable(column, &text))
}

/// The error of a stored value that cannot be read.
pub(super) fn unreadable(column: &str, value: &str) -> rusqlite::Error {
    let value: String = value.chars().take(60).collect();
    let what = Unreadable { what: format!("`{column}` is `{value}`") };
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(what))
}

#[derive(Debug)]
struct Unreadable {
    what: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use crate::model::{DateSource, FetchStatus, Precision, SourceKind};

    fn check<T: serde::Serialize>(value: &T, name: &str) {
        assert_eq!(serde_json::to_value(value).unwrap(), name);
    }

    #[test]
    fn names_in_columns_are_the_names_that_are_read_back() {
        for status in [
            FetchStatus::Ok,
            FetchStatus::NotModified,
            FetchStatus::Http4xx,
            FetchStatus::Http5xx,
            FetchStatus::NotAFeed,
            FetchStatus::RateLimited,
            FetchStatus::PartialParse,
            FetchStatus::TooLarge,
        ] {
            check(&status, status.as_str());
        }
        for source in [DateSource::JsonLd, DateSource::Feed, DateSource::Url] {
            check(&source, source.as_str());
        }
        check(&Precision::Minute, Precision::Minute.as_str());
        check(&SourceKind::Sitemap, SourceKind::Sitemap.as_str());
    }
}
