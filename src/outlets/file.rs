//! The shape of a registry file, and what is said about one that does not have it.
//!
//! Every field that needs more than its type to be right keeps its place in the text (`Spanned`), so
//! that `entries.rs` can name the line. Absent fields stay absent here: inheritance is decided there.

use std::error::Error;
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use crate::model::{PollSet, Role, SourceKind};

/// A registry file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) outlet: Vec<OutletEntry>,
}

/// `[[outlet]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutletEntry {
    pub(super) id: Spanned<String>,
    pub(super) name: Option<String>,
    pub(super) state: Option<Spanned<String>>,
    pub(super) operator: Option<String>,
    pub(super) role: Option<Role>,
    pub(super) set: Option<PollSet>,
    pub(super) typology: Option<String>,
    pub(super) aliases: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) add_aliases: Vec<Spanned<String>>,
    pub(super) domains: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) add_domains: Vec<Spanned<String>>,
    pub(super) zone: Option<Spanned<String>>,
    pub(super) article_id: Option<Spanned<String>>,
    pub(super) decoys: Option<Vec<Spanned<String>>>,
    pub(super) agreement: Option<Vec<AgreementEntry>>,
    pub(super) max_new_pages: Option<Spanned<usize>>,
    #[serde(default)]
    pub(super) replace_editions: bool,
    #[serde(default)]
    pub(super) edition: Vec<EditionEntry>,
    #[serde(default)]
    pub(super) rules: Vec<RulesEntry>,
}

/// `[[outlet.agreement]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementEntry {
    pub(super) with: Vec<Spanned<String>>,
    pub(super) since: Option<Spanned<String>>,
    pub(super) source: Spanned<String>,
}

/// `[[outlet.edition]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionEntry {
    pub(super) id: Spanned<String>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) region: Option<String>,
    pub(super) hosts: Option<Vec<Spanned<String>>>,
    pub(super) zone: Option<Spanned<String>>,
    pub(super) feeds: Option<Vec<Spanned<String>>>,
    pub(super) seen: Option<Spanned<String>>,
    pub(super) seen_by: Option<Spanned<String>>,
    pub(super) source: Option<Vec<SourceEntry>>,
    #[serde(default)]
    pub(super) rules: Vec<RulesEntry>,
}

/// `[[outlet.edition.source]]`: several addresses that are read alike.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceEntry {
    #[serde(default = "feed")]
    pub(super) kind: SourceKind,
    pub(super) urls: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) full_text: bool,
    pub(super) clock: Option<Spanned<String>>,
    pub(super) links: Option<Spanned<String>>,
    pub(super) link_time: Option<Spanned<String>>,
    pub(super) items: Option<Spanned<String>>,
    pub(super) address: Option<Spanned<String>>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) time: Option<Spanned<String>>,
    pub(super) text: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) past: Vec<Spanned<String>>,
    pub(super) newest: Option<Spanned<String>>,
    pub(super) seen: Option<Spanned<String>>,
    pub(super) seen_by: Option<Spanned<String>>,
}

/// `[[outlet.rules]]` and `[[outlet.edition.rules]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesEntry {
    pub(super) name: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) body: Option<Vec<Spanned<String>>>,
    pub(super) body_json: Option<Spanned<String>>,
    pub(super) byline: Option<Spanned<String>>,
    pub(super) published: Option<Vec<Spanned<String>>>,
    pub(super) remove: Option<Vec<Spanned<String>>>,
}

fn feed() -> SourceKind {
    SourceKind::Feed
}

/// One mistake in a registry file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line of the file, from 1.
    pub line: usize,
    /// The key that holds it; empty if it is in no key.
    pub key: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// A registry file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryError {
    /// The file, as it was named.
    pub path: String,
    /// All that was found, in the order of the file; never empty.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, Mistake { line, key, message }) in self.mistakes.iter().enumerate() {
            let newline = if i == 0 { "" } else { "\n" };
            let key = if key.is_empty() { String::new() } else { format!("`{key}`: ") };
            write!(f, "{newline}{}:{line}: {key}{message}", self.path)?;
        }
        Ok(())
    }
}

impl Error for RegistryError {}

/// Reads the shape of a file; the values are checked later.
pub(super) fn read(text: &str) -> Result<File, Vec<Mistake>> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = one_line(error.message());
        let key = quoted(&message).next().filter(|_| message.starts_with("unknown field"));
        let key = key.map_or_else(|| key_at(text, at), str::to_owned);
        let message = match suggestion(&message) {
            Some(name) => format!("{message}; did you mean `{name}`?"),
            None => message,
        };
        vec![Mistake { line: line_at(text, at), key, message }]
    })
}

/// Returns the line, from 1, that holds the byte `at`.
pub(super) fn line_at(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count()
}

/// Returns the key that the line at byte `at` sets, or nothing if it sets none.
fn key_at(text: &str, at: usize) -> String {
    let line = text.lines().nth(line_at(text, at) - 1).unwrap_or_default();
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_-.\"".contains(c);
    if key.chars().all(is_key) { key.to_owned() } else { String::new() }
}

/// Returns the expected name that is most like the unknown one of a message of serde's
/// ("unknown field `a`, expected one of `b`, `c`"), if any is like it.
fn suggestion(message: &str) -> Option<&str> {
    if !message.starts_with("unknown") {
        return None;
    }
    let mut names = quoted(message);
    let unknown = names.next()?;
    super::closest(unknown, names)
}

/// Returns what stands between backticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// Joins the lines of a parser's message.
fn one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}
