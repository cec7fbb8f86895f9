//! A page that a browser has saved.

use std::io::Read;

use crate::model::RawPage;

/// Reads a page; returns its address too: as given, else the one that it gives itself, else none.
pub(super) fn read(mut source: impl Read, url: Option<&str>) -> std::io::Result<(String, RawPage)> {
    let mut body = Vec::new();
    source.read_to_end(&mut body)?;
    let url = url.map(str::to_owned).or_else(|| canonical(&body)).unwrap_or_default();
    Ok((url.clone(), RawPage { url, content_type: None, body }))
}

/// The address that a saved page gives itself.
fn canonical(body: &[u8]) -> Option<String> {
    let html = scraper::Html::parse_document(&String::from_utf8_lossy(body));
    let selector =
        scraper::Selector::parse(r#"link[rel="canonical"], meta[property="og:url"]"#).ok()?;
    html.select(&selector)
        .filter_map(|e| e.attr("href").or_else(|| e.attr("content")))
        .find(|url| url.starts_with("http"))
        .map(str::to_string)
}
