//! From a source's document to what it lists, by the kind of source.

use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use url::Url;

use super::body::unpack;
use super::failure::Failure;
use super::feed_entry::{Listing, Unlisted, address};
use super::http::Response;
use super::session::{Log, Session};
use super::{feed, json, list, sitemap};
use crate::model::{FetchStatus, Source, SourceKind};

/// Time for reading one document; a sound one takes milliseconds.
const PARSE_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads the document of a source, and the sitemaps that an index names. The second value tells
/// whether other documents were read too, so that this one's being unchanged says nothing of them.
pub(super) async fn listing(
    session: &Session,
    source: &Source,
    response: &Response,
    log: &Log,
) -> Result<(Listing, bool), Failure> {
    let mut listing = parse(session, source, response).await?;
    let is_index = !listing.sitemaps.is_empty();
    let mut base = response.url.clone();
    let mut depth = 1;
    while !listing.sitemaps.is_empty() && depth < session.config.sitemap_depth {
        depth += 1;
        let children = std::mem::take(&mut listing.sitemaps);
        if children.len() > session.config.max_sitemaps {
            let most = session.config.max_sitemaps;
            listing.notes.push(format!("{most} of {} sitemaps read", children.len()));
        }
        for child in children.iter().take(session.config.max_sitemaps) {
            let child = address(child, &base);
            match below(session, source, &child, log).await {
                Ok(more) => {
                    listing.items.extend(more.items);
                    listing.sitemaps.extend(more.sitemaps);
                    listing.problems.extend(more.problems);
                }
                Err(failure) => listing.problems.push(format!("{child}: {}", failure.message)),
            }
        }
    }
    if source.kind == SourceKind::Sitemap {
        base.set_path("/");
    }
    Ok((listing.tidy(&base, session.config.max_items), is_index))
}

/// Reads one document as it is: the sitemaps that it names are named in the result, not read.
pub(super) async fn document(
    session: &Session,
    source: &Source,
    response: &Response,
    max_items: usize,
) -> Result<Listing, Failure> {
    let mut listing = parse(session, source, response).await?;
    let mut base = response.url.clone();
    let further = std::mem::take(&mut listing.sitemaps);
    let sitemaps = further.iter().map(|url| address(url, &base)).filter(|url| !url.is_empty());
    listing.sitemaps = sitemaps.collect();
    if source.kind == SourceKind::Sitemap {
        base.set_path("/");
    }
    Ok(listing.tidy(&base, max_items))
}

/// Gets and reads one sitemap of an index.
async fn below(
    session: &Session,
    source: &Source,
    url: &str,
    log: &Log,
) -> Result<Listing, Failure> {
    let url = Url::parse(url)
        .map_err(|error| Failure::new(FetchStatus::Parse, format!("no address: {error}")))?;
    let response = session.get(&url, None, session.config.max_feed_bytes, log).await?;
    parse(session, source, &response).await
}

/// Reads a document on a thread of its own, for no longer than a document can take.
async fn parse(
    session: &Session,
    source: &Source,
    response: &Response,
) -> Result<Listing, Failure> {
    let (body, content_type) = (response.body.clone(), response.content_type.clone());
    let (source, cap) = (source.clone(), session.config.max_feed_bytes);
    let kind = source.kind;
    let reading = spawn_blocking(move || {
        let content_type = content_type.as_deref();
        let body = unpack(&body, cap).map_err(Unlisted::Unreadable)?;
        match source.kind {
            SourceKind::Feed => feed::parse(&body, content_type),
            SourceKind::List => list::parse(&body, content_type, &source),
            SourceKind::Sitemap => sitemap::parse(&body, content_type),
            SourceKind::Json => match &source.paths {
                Some(paths) => json::parse(&body, content_type, paths),
                None => Err(Unlisted::Unreadable(String::from("the registry gives no `address`"))),
            },
        }
    });
    match timeout(PARSE_TIMEOUT, reading).await {
        Ok(Ok(Ok(listing))) => Ok(listing),
        Ok(Ok(Err(Unlisted::Other(what)))) => {
            let wanted = match kind {
                SourceKind::Feed => "a feed",
                SourceKind::List => "a list page",
                SourceKind::Sitemap => "a sitemap",
                SourceKind::Json => "a JSON list",
            };
            let message =
                format!("{what}, not {wanted}; correct the address or kind in the registry");
            Err(Failure::new(FetchStatus::NotAFeed, message))
        }
        Ok(Ok(Err(Unlisted::Unreadable(reason)))) => {
            Err(Failure::new(FetchStatus::Parse, format!("unreadable: {reason}")))
        }
        Ok(Err(_)) | Err(_) => {
            Err(Failure::new(FetchStatus::Parse, "the document takes too long to read"))
        }
    }
}
