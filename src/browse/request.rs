//! What a page is asked with, and what it answers: plain values, so that pages can be tested without a network.

use chrono::NaiveDate;
use url::form_urlencoded;

/// One request, as far as the pages care.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    /// Something is to be written.
    pub(crate) is_post: bool,
    /// The path, without its query.
    pub(crate) path: String,
    /// The fields of the query, or of the form that is posted.
    pub(crate) fields: Fields,
}

/// Named values, in the order given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=b&c=d`.
    pub(crate) fn parse(text: &str) -> Fields {
        Fields(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The value of a field; empty if it is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The value as a number.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.get(name).parse().ok()
    }

    /// The value as a day.
    pub(crate) fn day(&self, name: &str) -> Option<NaiveDate> {
        self.get(name).parse().ok()
    }

    /// The same fields with another value for one of them.
    pub(crate) fn with(&self, name: &str, value: &str) -> Fields {
        let kept = self.0.iter().filter(|(field, _)| field != name).cloned();
        Fields(kept.chain([(name.to_owned(), value.to_owned())]).collect())
    }

    /// `?a=b&c=d` without empty values; empty if nothing is left.
    pub(crate) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let given = self.0.iter().filter(|(_, value)| !value.is_empty());
        query.extend_pairs(given);
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// The address of one thing: `/article?id=...`.
pub(crate) fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    format!("{path}{}", Fields(fields.collect()).query())
}

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    /// HTTP status.
    pub(crate) status: u16,
    /// Content type.
    pub(crate) kind: &'static str,
    /// Body.
    pub(crate) body: Vec<u8>,
    /// Where to go instead (303), or the name of a file to save.
    pub(crate) location: Option<String>,
    pub(crate) file: Option<String>,
}

impl Reply {
    /// A page.
    pub(crate) fn page(status: u16, html: String) -> Reply {
        Reply {
            status,
            kind: "text/html; charset=utf-8",
            body: html.into_bytes(),
            location: None,
            file: None,
        }
    }

    /// A file of the program itself.
    pub(crate) fn asset(kind: &'static str, text: &str) -> Reply {
        Reply { kind, ..Reply::page(200, text.to_owned()) }
    }

    /// A table to save.
    pub(crate) fn csv(name: &str, body: Vec<u8>) -> Reply {
        Reply {
            status: 200,
            kind: "text/csv; charset=utf-8",
            body,
            location: None,
            file: Some(format!("{name}.csv")),
        }
    }

    /// Another page, after something was written.
    pub(crate) fn see(location: String) -> Reply {
        Reply { location: Some(location), ..Reply::page(303, String::new()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_written() {
        let fields = Fields::parse("q=a+b%26c&page=2&empty=&q=second");
        assert_eq!((fields.get("q"), fields.number("page")), ("a b&c", Some(2)));
        assert_eq!(fields.with("page", "3").get("page"), "3");
        assert_eq!(Fields::parse("a=&b=x y").query(), "?b=x+y");
        assert_eq!(fields.get("nosuch"), "");
        assert_eq!(Fields::parse("day=2026-03-02").day("day"), NaiveDate::from_ymd_opt(2026, 3, 2));
        assert_eq!(Fields::parse("day=yesterday").day("day"), None);
    }

    #[test]
    fn addresses_survive_any_id() {
        for id in ["a1", "x\"onload=\"alert(1)", "a/../b", "<b>", "ключ", "a&b=c#d", "a b+c%20"]
        {
            let address = address("/article", &[("id", id)]);
            let query = address.strip_prefix("/article?").unwrap();
            assert_eq!(Fields::parse(query).get("id"), id);
            assert!(!query.contains(['"', '<', '#', '/', ' ']), "{address}");
        }
    }
}
