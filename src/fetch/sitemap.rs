//! Sitemaps, sitemap indexes and news sitemaps (sitemaps.org 0.9, Google News 0.9).

use quick_xml::Reader;
use quick_xml::events::Event;

use super::feed_clean;
use super::feed_entry::{Listed, Listing, Unlisted};
use crate::text::charset;

/// Entries of one sitemap (the standard's limit).
const MAX_ENTRIES: usize = 50_000;

/// Reads a sitemap.
pub(super) fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Listing, Unlisted> {
    let text = feed_clean::clean(&charset::decode(bytes, content_type, "").text);
    if let Some(listing) = of_lines(&text) {
        return Ok(listing);
    }
    if !text.contains("urlset") && !text.contains("sitemapindex") {
        return Err(Unlisted::Other(String::from("no sitemap")));
    }
    Ok(read(&text))
}

/// Reads a sitemap that is plain text: one address a line and nothing else.
fn of_lines(text: &str) -> Option<Listing> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_address = |line: &str| {
        (line.starts_with("https://") || line.starts_with("http://"))
            && !line.contains(char::is_whitespace)
    };
    if lines().next().is_none() || !lines().all(is_address) {
        return None;
    }
    let mut listing = Listing::default();
    if lines().nth(MAX_ENTRIES).is_some() {
        listing.notes.push(format!("only the first {MAX_ENTRIES} entries read"));
    }
    let item = |url: &str| Listed { url: url.to_owned(), ..Listed::default() };
    listing.items = lines().take(MAX_ENTRIES).map(item).collect();
    Some(listing)
}

/// Reads entries until the text ends or breaks off; newest first.
fn read(text: &str) -> Listing {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut listing = Listing::default();
    let mut maps: Vec<Listed> = Vec::new();
    let mut entry = Listed::default();
    let mut value = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                value.clear();
                if matches!(tag.local_name().as_ref(), "url" | "sitemap") {
                    entry = Listed::default();
                }
            }
            Ok(Event::Text(text)) => value.push_str(&text.into_inner()),
            Ok(Event::CData(text)) => value.push_str(&text.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.clone().into_inner();
                let number = reference.resolve_char_ref().ok().flatten();
                let escaped = format!("&{name};");
                match (number, quick_xml::escape::unescape(&escaped)) {
                    (Some(c), _) => value.push(c),
                    (None, Ok(text)) => value.push_str(&text),
                    (None, Err(_)) => value.push_str(&escaped),
                }
            }
            Ok(Event::End(tag)) => {
                let text = std::mem::take(&mut value).trim().to_owned();
                match (tag.name().as_ref(), tag.local_name().as_ref()) {
                    ("url", _) => listing.items.push(std::mem::take(&mut entry)),
                    ("sitemap", _) => maps.push(std::mem::take(&mut entry)),
                    ("loc", _) => entry.url = text,
                    ("lastmod", _) => entry.updated = Some(text),
                    (_, "publication_date") => entry.published = Some(text),
                    (_, "title") if entry.title.is_none() => entry.title = Some(text),
                    (_, "language") => entry.language = Some(text),
                    _ => {}
                }
            }
            Ok(Event::Eof) => break,
            Err(error) => {
                listing.problems.push(error.to_string());
                break;
            }
            Ok(_) => {}
        }
        if listing.items.len() + maps.len() >= MAX_ENTRIES {
            listing.notes.push(format!("only the first {MAX_ENTRIES} entries read"));
            break;
        }
    }
    let newest = |a: &Listed, b: &Listed| time(b).cmp(&time(a));
    listing.items.sort_by(newest);
    maps.sort_by(newest);
    let undated = maps.partition_point(|map| time(map).is_some());
    let undated = from_both_ends(maps.split_off(undated));
    listing.sitemaps = maps.into_iter().chain(undated).map(|map| map.url).collect();
    listing
}

/// The last, the first, the last but one, the second, and so on: indexes without dates have their newest
/// part at either end.
fn from_both_ends(entries: Vec<Listed>) -> Vec<Listed> {
    let mut rest = std::collections::VecDeque::from(entries);
    let mut ordered = Vec::with_capacity(rest.len());
    while let Some(last) = rest.pop_back() {
        ordered.push(last);
        ordered.extend(rest.pop_front());
    }
    ordered
}

fn time(entry: &Listed) -> Option<chrono::DateTime<chrono::Utc>> {
    let raw = entry.published.as_ref().or(entry.updated.as_ref())?;
    super::feed_entry::rough_time(raw, None, crate::model::Zone(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <url><loc>https://dw.example/a?x=1&amp;y=2</loc>
    <news:news><news:publication><news:name>DW</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-03-05T08:00:00Z</news:publication_date>
      <news:title>Talks &amp; trade</news:title></news:news></url>
  <url><loc>https://dw.example/b</loc><lastmod>2026-03-05T09:30Z</lastmod></url>
  <url><loc>https://dw.example/old</loc><lastmod>2026-03-01</lastmod></url>
</urlset>"#;

    fn parsed(bytes: &[u8]) -> Listing {
        parse(bytes, None).unwrap()
    }

    #[test]
    fn entries_come_newest_first_with_their_news_fields() {
        let listing = parsed(NEWS.as_bytes());
        let urls: Vec<_> = listing.items.iter().map(|item| item.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://dw.example/b", "https://dw.example/a?x=1&y=2", "https://dw.example/old"]
        );
        let a = &listing.items[1];
        assert_eq!(a.title.as_deref(), Some("Talks & trade"));
        assert_eq!(a.published.as_deref(), Some("2026-03-05T08:00:00Z"));
        assert_eq!(a.language.as_deref(), Some("en"));
        assert_eq!(listing.items[0].published, None, "a change is no publication");
    }

    #[test]
    fn an_index_lists_sitemaps() {
        let index = "<sitemapindex><sitemap><loc>https://x.example/1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
            <sitemap><loc>https://x.example/2.xml</loc><lastmod>2026-02-01</lastmod></sitemap></sitemapindex>";
        let listing = parsed(index.as_bytes());
        assert_eq!(listing.sitemaps, ["https://x.example/2.xml", "https://x.example/1.xml"]);
        assert!(listing.items.is_empty());
    }

    #[test]
    fn an_index_without_dates_is_read_from_both_ends() {
        let maps = ["1", "2", "3", "4", "5"]
            .map(|n| format!("<sitemap><loc>{n}</loc></sitemap>"))
            .concat();
        let dated = "<sitemap><loc>d</loc><lastmod>2026-01-01</lastmod></sitemap>";
        let listing = parsed(format!("<sitemapindex>{maps}{dated}</sitemapindex>").as_bytes());
        assert_eq!(listing.sitemaps, ["d", "5", "1", "4", "2", "3"]);
    }

    #[test]
    fn a_sitemap_may_be_lines_of_addresses() {
        let listing = parsed(b"https://x.example/1\r\n\nhttps://x.example/2\n");
        assert_eq!(listing.items.len(), 2);
        assert!(parse(b"https://x.example/1 is an address\n", None).is_err());
    }

    #[test]
    fn a_page_is_no_sitemap() {
        assert!(matches!(parse(b"<html><p>x", None), Err(Unlisted::Other(_))));
    }
}
