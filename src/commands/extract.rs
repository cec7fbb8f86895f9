//! `fimi extract`: one saved page to a normalized article as JSON, with the origin of every field.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::{Value, json};

use crate::model::Registry;
use crate::normalize::{self, NormalizeConfig, Page};

/// What `fimi extract` reads: a page's bytes and where they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractInput {
    /// The page; `None` if it was fetched (then `body` holds it).
    pub html: Option<PathBuf>,
    /// The page's bytes, if they are at hand already.
    pub body: Vec<u8>,
    /// Its address; empty if unknown.
    pub url: String,
    /// `Content-Type` as sent, if known.
    pub content_type: Option<String>,
}

/// Reads the page and writes one JSON object to `out`; with `explain`, also which rule gave each
/// field, every date that was stated and every body that was found.
///
/// An object comes out of any page, however little is in it: missing fields are empty or `null`.
///
/// # Errors
///
/// The file cannot be read, or `out` cannot be written.
pub fn run(
    input: &ExtractInput,
    registry: &Registry,
    config: &NormalizeConfig,
    explain: bool,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let read;
    let body = match &input.html {
        Some(path) => {
            read =
                std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            &read
        }
        None => &input.body,
    };
    let page = normalize::page(body, &input.url, input.content_type.as_deref(), registry, config);
    let value = object(&page, explain);
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

fn object(page: &Page, explain: bool) -> Value {
    let mut value = json!({
        "outlet": page.outlet,
        "edition": page.edition,
        "url": page.url.value,
        "title": page.title.value,
        "byline": page.byline.value,
        "language": page.language.value,
        "published": page.published,
        "text": page.text.value,
        "links": page.links,
        "method": page.text.origin,
        "flags": page.flags,
        "extractor": normalize::EXTRACTOR_VERSION,
    });
    if explain && let Value::Object(fields) = &mut value {
        fields.insert(
            "explain".into(),
            json!({
                "charset": page.charset,
                "url": page.url.origin,
                "title": page.title.origin,
                "byline": page.byline.origin,
                "language": page.language.origin,
                "text": page.text.origin,
                "published": page.published_origin,
                "dates": page.claims,
                "bodies": page.bodies,
            }),
        );
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extract(html: &str, explain: bool) -> Value {
        let input = ExtractInput {
            html: None,
            body: html.as_bytes().to_vec(),
            url: "https://news.example/2020/01/02/bridge".into(),
            content_type: None,
        };
        let mut out = Vec::new();
        run(&input, &Registry::default(), &NormalizeConfig::default(), explain, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn any_page_gives_an_object() {
        for html in ["", "\u{0}", "<", "<div>"] {
            let value = extract(html, false);
            assert_eq!(value["text"], "");
            assert_eq!(value["published"]["source"], "url");
        }
    }

    #[test]
    fn explain_names_the_origin_of_each_field() {
        let value = extract("<h1>A bridge is closed</h1><p>The bridge was closed.</p>", true);
        assert_eq!(value["title"], "A bridge is closed");
        assert_eq!(value["explain"]["title"], "h1");
        assert_eq!(value["explain"]["published"], "address");
    }
}
