//! `fimi extract`: one saved page to a normalized article as JSON, with the origin of every field.

use std::io::Write;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::Context;
use crate::cli::ExtractArgs;
use crate::exit::{Exit, UserError};
use crate::extract::{self, ExtractConfig, Page};
use crate::fetch::{self, FetchConfig};
use crate::formats::saved_page;
use crate::model::RawPage;

/// Runs the command. An object comes out of any page, however little is in it: missing fields are
/// empty or `null`.
pub(super) fn run(context: &Context, args: &ExtractArgs) -> anyhow::Result<Exit> {
    let source = raw_page(args)?;
    if !source.url.is_empty() && url::Url::parse(&source.url).is_err() {
        context
            .note(format!("warning: --url {}: no address, so no outlet's rules apply", source.url));
    }
    let config = ExtractConfig { now: Some(context.now) };
    let content_type = source.content_type.as_deref();
    let page = extract::page(&source.body, &source.url, content_type, &context.registry, &config);
    let mut out = crate::terminal::stdout();
    let mut value = object(&page, args.explain);
    if args.explain {
        let reports =
            extract::selector_reports(&source.body, &page, content_type, &context.registry);
        value["explain"]["rules"] = json!(reports);
    }
    serde_json::to_writer_pretty(&mut out, &value)?;
    writeln!(out)?;
    Ok(Exit::Done)
}

/// The page itself: fetched if an address is given, else read from the file.
fn raw_page(args: &ExtractArgs) -> anyhow::Result<RawPage> {
    let file = match (&args.html, &args.page) {
        (Some(file), _) => file.clone(),
        (None, Some(page)) if page.starts_with("http://") || page.starts_with("https://") => {
            return fetch::page(page, &FetchConfig::default())
                .map_err(|error| UserError::nothing(error.to_string()).into());
        }
        (None, Some(page)) if page.is_empty() || page.contains("://") => {
            let text = format!("`{page}` is neither a file nor an http or https address");
            return Err(UserError::usage(text).into());
        }
        (None, Some(page)) => page.into(),
        (None, None) => {
            return Err(UserError::usage("give a page: URL, FILE or --html FILE").into());
        }
    };
    let body = std::fs::read(&file)
        .map_err(|e| UserError::usage(e.to_string()))
        .with_context(|| format!("cannot read {}", file.display()))?;
    let url = args.url.as_deref().unwrap_or_default();
    Ok(saved_page::of_bytes(body, Some(url)).page)
}

fn object(page: &Page, explain: bool) -> Value {
    let mut value = json!({
        "outlet": page.outlet,
        "edition": page.edition,
        "url": page.url.value,
        "title": page.title.value,
        "byline": page.byline.value,
        "language": page.language.value,
        "language_confidence": page.language_confidence,
        "published": page.published,
        "text": page.text.value,
        "links": page.links,
        "method": page.text.origin,
        "flags": page.flags,
        "extractor": extract::EXTRACTOR_VERSION,
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
    use crate::model::Registry;

    fn extract(html: &str, explain: bool) -> Value {
        let page = extract::page(
            html.as_bytes(),
            "https://news.example/2020/01/02/bridge",
            None,
            &Registry::default(),
            &ExtractConfig::default(),
        );
        object(&page, explain)
    }

    #[test]
    fn any_page_gives_an_object() {
        for html in ["", "\u{0}", "<", "<div>"] {
            let value = extract(html, false);
            assert!(value["text"].is_string());
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
