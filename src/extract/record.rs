//! One imported record (a line of JSONL, CSV or Parquet) to an article. Reading the file, and the
//! roles of unknown outlets, are the caller's.

use std::fmt;

use serde_json::Value;

use chrono::{DateTime, Timelike, Utc};

use super::flag::Flag;
use super::{language, moment, url};
use crate::ids;
use crate::model::{Article, DateSource, Link, Precision, Published, Zone};

/// The fields of one record as text; `None` where the record has no such field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordFields {
    /// Outlet id; required.
    pub outlet: Option<String>,
    /// Address; required unless `id` is given.
    pub url: Option<String>,
    /// Headline; required, may be empty.
    pub title: Option<String>,
    /// Body; required.
    pub text: Option<String>,
    /// Publication time; required unless `first_seen` is given.
    pub published: Option<String>,
    /// The record's own id, kept as the article's.
    pub id: Option<String>,
    /// Language tag; detected if missing.
    pub language: Option<String>,
    /// Edition id.
    pub edition: Option<String>,
    /// Author or agency.
    pub byline: Option<String>,
    /// When the record's maker first saw the article.
    pub first_seen: Option<String>,
    /// Links of the body: a JSON array of addresses or of `{"url", "text", "canonical"}` objects,
    /// or addresses separated by blanks or `|`.
    pub links: Option<String>,
    /// `subject`, `wire` or `control`; not looked at here.
    pub role: Option<String>,
    /// The export that the record is from holds no texts: its headline stands for one.
    pub is_headline_only: bool,
}

/// Why a record gives no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// A required field is missing or empty.
    Missing {
        /// Its name.
        field: &'static str,
        /// What to give.
        advice: &'static str,
    },
    /// A time that cannot be understood.
    NotATime {
        /// Name of the field.
        field: &'static str,
        /// Its content.
        raw: String,
    },
    /// A name or id that would steer a terminal or a spreadsheet.
    ControlCharacters {
        /// Name of the field.
        field: &'static str,
    },
    /// A role that is not known.
    UnknownRole {
        /// The role as given.
        role: String,
    },
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::Missing { field, advice } => write!(f, "no `{field}`: {advice}"),
            RecordError::NotATime { field, raw } => {
                let or_date = if *field == "published" { ", or a date" } else { "" };
                write!(
                    f,
                    "`{field}` {raw:?} is no time: give RFC 3339, such as \"2022-03-01T12:30:00Z\"{or_date}"
                )
            }
            RecordError::ControlCharacters { field } => {
                write!(f, "`{field}` holds control characters: write it without them")
            }
            RecordError::UnknownRole { role } => {
                write!(f, "role `{role}`: write subject, wire or control")
            }
        }
    }
}

impl std::error::Error for RecordError {}

/// Reads a record as an article.
///
/// The text is kept byte for byte, because offsets refer to it. Precision of `published`: a time
/// with seconds other than `:00` is exact to the second; with `:00` or none, to the minute, because
/// most such times were written to the minute and filled up (claiming less is the safe side); a
/// bare date, and a time of exactly 00:00:00, which is how tables write a bare date, to the day.
/// A time without a zone is read as UTC and flagged `no_zone`.
///
/// # Errors
///
/// What is missing or unreadable, and how to give it.
pub fn record(fields: RecordFields) -> Result<Article, RecordError> {
    let missing = |field, advice| RecordError::Missing { field, advice };
    let outlet = given(fields.outlet)
        .ok_or_else(|| missing("outlet", "give the outlet's id, such as \"rt\""))?;
    let text = fields.text.filter(|text| !text.trim().is_empty()).ok_or_else(|| {
        missing("text", "give the article's body (its title, if that is all there is)")
    })?;
    let title = fields
        .title
        .ok_or_else(|| missing("title", "give the headline, or \"\" if there is none"))?;
    let mut flags = Vec::new();
    if fields.is_headline_only {
        flags.push(Flag::HeadlineOnly.to_string());
    }
    let published = given(fields.published).map(|raw| published(raw, &mut flags)).transpose()?;
    let first_seen = given(fields.first_seen).map(instant).transpose()?;
    if published.is_none() && first_seen.is_none() {
        return Err(missing(
            "published",
            "give an RFC 3339 time (\"2022-03-01T12:30:00Z\") or a date (\"2022-03-01\"), or give \
             `first_seen`",
        ));
    }
    let address = given(fields.url);
    let own_id = given(fields.id);
    let edition = given(fields.edition).unwrap_or_default();
    for (field, value) in [("outlet", &outlet), ("edition", &edition)]
        .into_iter()
        .chain(own_id.as_ref().map(|id| ("id", id)))
    {
        if value.chars().any(char::is_control) {
            return Err(RecordError::ControlCharacters { field });
        }
    }
    if address.is_none() && own_id.is_none() {
        return Err(missing("url", "give the article's address, or an `id`"));
    }
    let url = address.map_or_else(String::new, |a| url::canonical(&a, None).unwrap_or(a));
    let id = own_id.unwrap_or_else(|| ids::stable_id(&[&outlet, &url::identity(&url, None)]));
    let declared = given(fields.language);
    let (language, language_confidence) =
        if let Some(code) = declared.as_deref().and_then(language::short_code) {
            (code, None)
        } else {
            let found = language::language(&title, &text, &[]);
            if found.is_unsure {
                flags.push(Flag::LanguageUnsure.to_string());
            }
            (found.code, Some(found.confidence))
        };
    Ok(Article {
        id,
        outlet,
        edition,
        language,
        language_confidence,
        url,
        title,
        text_sha256: ids::sha256_hex(text.as_bytes()),
        text,
        byline: given(fields.byline).unwrap_or_default(),
        published,
        first_seen,
        links: links(fields.links.as_deref().unwrap_or_default()),
        raw_sha256: String::new(),
        version: 1,
        flags,
    })
}

/// Returns the id of an article whose record has none of its own: by its address, else by the id that it shares.
pub(crate) fn address_id(article: &Article) -> String {
    if article.url.is_empty() {
        return ids::stable_id(&[&article.outlet, "record", &article.id]);
    }
    ids::stable_id(&[&article.outlet, &url::identity(&article.url, None)])
}

/// The field without surrounding blanks, if anything is left.
fn given(field: Option<String>) -> Option<String> {
    field.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn published(raw: String, flags: &mut Vec<String>) -> Result<Published, RecordError> {
    let Some(moment) = moment::parse(&raw, Zone(0)) else {
        return Err(RecordError::NotATime { field: "published", raw });
    };
    let clock = moment.at.time();
    let precision = match moment.precision {
        Precision::Day => Precision::Day,
        _ if clock.num_seconds_from_midnight() == 0 => Precision::Day,
        Precision::Second if clock.second() != 0 => Precision::Second,
        _ => Precision::Minute,
    };
    if precision != Precision::Day && !moment.zoned {
        flags.push(Flag::NoZone.to_string());
    }
    Ok(Published {
        raw,
        utc: moment.at.with_timezone(&Utc),
        local_date: moment.at.date_naive(),
        precision,
        source: DateSource::Record,
    })
}

fn instant(raw: String) -> Result<DateTime<Utc>, RecordError> {
    let moment = moment::parse(&raw, Zone(0));
    moment
        .map(|moment| moment.at.with_timezone(&Utc))
        .ok_or(RecordError::NotATime { field: "first_seen", raw })
}

/// Reads a list of links, as JSON or separated by blanks or `|`. What is no address in it is left out: a link is never worth
/// the article.
fn links(field: &str) -> Vec<Link> {
    let field = field.trim();
    let link = |url: &str, text: &str, is_canonical| {
        let url = url::canonical(url, None)?;
        Some(Link { url, text: text.to_owned(), canonical: is_canonical })
    };
    if let Ok(list) = serde_json::from_str::<Vec<Value>>(field) {
        let text = |value: &Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
        let links = list.iter().filter_map(|item| match item {
            Value::String(address) => link(address, "", false),
            other => {
                let url = text(other, "url").or_else(|| text(other, "href"))?;
                let is_canonical = other.get("canonical").and_then(Value::as_bool).unwrap_or(false);
                link(&url, &text(other, "text").unwrap_or_default(), is_canonical)
            }
        });
        return links.collect();
    }
    // Also a list in Python's notation, as pandas writes one into a table.
    let marks = |c: char| c.is_whitespace() || matches!(c, '|' | ',' | '[' | ']' | '\'' | '"');
    let is_list = field.starts_with('[');
    let addresses =
        field.split(|c: char| if is_list { marks(c) } else { c.is_whitespace() || c == '|' });
    addresses.filter_map(|address| link(address, "", false)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> RecordFields {
        RecordFields {
            outlet: Some("rt".into()),
            url: Some("https://www.rt.com/news/1-a/?utm_source=rss".into()),
            title: Some("A bridge is closed".into()),
            text: Some(" The bridge was closed on Monday.\n\nIt will open in May. ".into()),
            published: Some("2022-03-01T12:30:15Z".into()),
            ..RecordFields::default()
        }
    }

    #[track_caller]
    fn precision(published: &str, expected: Precision) {
        let record = record(RecordFields { published: Some(published.into()), ..fields() });
        assert_eq!(record.unwrap().published.unwrap().precision, expected, "{published}");
    }

    #[test]
    fn text_is_kept_byte_for_byte() {
        let article = record(fields()).unwrap();
        assert_eq!(Some(article.text), fields().text);
        assert_eq!(article.url, "https://www.rt.com/news/1-a/");
        assert_eq!(article.language, "en");
    }

    #[test]
    fn the_records_own_id_is_the_articles() {
        let own = record(RecordFields { id: Some("x1".into()), url: None, ..fields() }).unwrap();
        assert_eq!((own.id.as_str(), own.url.as_str()), ("x1", ""));
        let with_tracking = record(fields()).unwrap();
        let clean = RecordFields { url: Some("http://rt.com/news/1-a".into()), ..fields() };
        assert_eq!(with_tracking.id, record(clean).unwrap().id);
    }

    #[test]
    fn precision_is_what_the_text_supports() {
        precision("2022-03-01T12:30:15Z", Precision::Second);
        precision("2022-03-01T12:30:00Z", Precision::Minute);
        precision("2022-03-01T12:30+03:00", Precision::Minute);
        precision("2022-03-01", Precision::Day);
        precision("2022-03-01T00:00:00.000Z", Precision::Day);
    }

    #[test]
    fn the_day_is_the_one_written() {
        let late = RecordFields { published: Some("2022-03-02T01:30:00+08:00".into()), ..fields() };
        let published = record(late).unwrap().published.unwrap();
        assert_eq!(published.utc.to_rfc3339(), "2022-03-01T17:30:00+00:00");
        assert_eq!(published.local_date.to_string(), "2022-03-02");
    }

    #[test]
    fn what_is_missing_is_explained() {
        for (broken, word) in [
            (RecordFields { outlet: None, ..fields() }, "`outlet`"),
            (RecordFields { text: Some("  ".into()), ..fields() }, "`text`"),
            (RecordFields { title: None, ..fields() }, "`title`"),
            (RecordFields { url: None, ..fields() }, "`url`"),
            (RecordFields { published: None, ..fields() }, "`published`"),
            (RecordFields { published: Some("soon".into()), ..fields() }, "\"soon\""),
            (RecordFields { id: Some("a\u{1b}[2J".into()), ..fields() }, "`id`"),
        ] {
            let message = record(broken).unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
    }

    #[test]
    fn links_are_read_in_both_forms() {
        let urls = |field: &str| -> Vec<String> {
            links(field).into_iter().map(|link| link.url).collect()
        };
        assert_eq!(
            urls("http://a.example/x https://b.example/#y"),
            ["https://a.example/x", "https://b.example/"]
        );
        assert_eq!(
            urls(r#"["http://a.example/x", {"url": "http://b.example/", "canonical": true}]"#)
                .len(),
            2
        );
        assert_eq!(
            urls(r#"[null, "https://a.example/x", {"href": "https://b.example/y"}, 1]"#).len(),
            2
        );
        assert_eq!(urls("['https://a.example/x', 'https://b.example/y']").len(), 2);
        assert!(urls("").is_empty());
    }
}
