//! One HTTP request: headers out, response in, within the time limits. HTTP/1.1 only (one request at
//! a time needs no more), no cookies, no referrer, redirects left to the caller.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Client;
use reqwest::header::{self, HeaderMap};
use tokio::time::timeout;
use url::Url;

use super::address::Resolver;
use super::body::{Body, Cap};
use super::clock;
use super::failure::Failure;
use super::{FetchConfig, FetchError};
use crate::model::{FetchStatus, Validators};

/// Our name in `User-Agent` and in robots.txt.
pub(super) const PRODUCT: &str = "fimi";

/// Bytes read of the body of a refusal: enough to tell a challenge page.
const MAX_REFUSAL_BYTES: usize = 256 << 10;

/// Sent as `Accept`: feeds first, then pages.
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
                      application/xml;q=0.9, text/html;q=0.8, */*;q=0.5";

/// A response, whatever its status.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) location: Option<String>,
    pub(super) validators: Validators,
    pub(super) retry_after: Option<Duration>,
    /// `Server` and `cf-mitigated`, by which challenges are told.
    pub(super) server: String,
    pub(super) challenge_header: bool,
    /// How far the server's clock is ahead of ours, if it says its time.
    pub(super) clock_ahead: Option<TimeDelta>,
    /// It came by redirects all of which are for good, so the address asked is out of date.
    pub(super) moved: bool,
    pub(super) body: Vec<u8>,
}

/// Builds the client of a run.
pub(super) fn client(config: &FetchConfig) -> Result<Client, FetchError> {
    // An error means that a provider is installed already, which is all that is needed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = || {
        let builder = Client::builder()
            .user_agent(user_agent(config))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .no_gzip()
            .http1_only()
            .http1_max_headers(config.max_headers)
            .connect_timeout(config.connect_timeout)
            .pool_max_idle_per_host(1)
            .dns_resolver(Resolver::new(config));
        if config.use_proxy && config.connect_to.is_none() { builder } else { builder.no_proxy() }
    };
    // A machine without root certificates can still read `http` addresses.
    builder()
        .build()
        .or_else(|_| builder().tls_certs_only(Vec::new()).build())
        .map_err(|error| FetchError::Setup { reason: error.to_string() })
}

/// `fimi/VERSION (+contact)`.
fn user_agent(config: &FetchConfig) -> String {
    let name = format!("{PRODUCT}/{}", env!("CARGO_PKG_VERSION"));
    let contact = config.contact.as_deref().unwrap_or_default();
    let contact: String = contact.chars().filter(|c| matches!(c, ' '..='~')).collect();
    if contact.is_empty() { name } else { format!("{name} (+{contact})") }
}

/// Asks for `url` once; of a document, at most `cap`.
pub(super) async fn get(
    client: &Client,
    config: &FetchConfig,
    url: &Url,
    validators: Option<&Validators>,
    cap: Cap,
    now: DateTime<Utc>,
) -> Result<Response, Failure> {
    let whole = timeout(config.total_timeout, exchange(client, config, url, validators, cap, now));
    whole.await.unwrap_or_else(|_| {
        let seconds = config.total_timeout.as_secs();
        let failure =
            Failure::new(FetchStatus::Timeout, format!("no whole answer within {seconds} s"));
        // Whoever sends drop by drop for so long does so again.
        Err(Failure { transient: false, ..failure })
    })
}

async fn exchange(
    client: &Client,
    config: &FetchConfig,
    url: &Url,
    validators: Option<&Validators>,
    cap: Cap,
    now: DateTime<Utc>,
) -> Result<Response, Failure> {
    let mut request = client
        .get(url.clone())
        .header(header::ACCEPT, ACCEPT)
        .header(header::ACCEPT_ENCODING, "gzip");
    let validators = validators.cloned().unwrap_or_default();
    if let Some(etag) = validators.etag {
        request = request.header(header::IF_NONE_MATCH, etag);
    }
    if let Some(date) = validators.last_modified {
        request = request.header(header::IF_MODIFIED_SINCE, date);
    }
    let patience = config.connect_timeout + config.first_byte_timeout;
    let mut received = timeout(patience, request.send())
        .await
        .map_err(|_| Failure::new(FetchStatus::Timeout, "the server did not answer in time"))?
        .map_err(|error| Failure::transport(&error))?;
    let head_bytes = bytes_of(received.headers());
    if head_bytes > config.max_header_bytes {
        let message = format!("{head_bytes} bytes of headers; no server needs so many");
        return Err(Failure::new(FetchStatus::TooLarge, message));
    }
    let mut response = head(&received, url, now);
    let cap = if received.status().is_success() { cap } else { cap.at_most(MAX_REFUSAL_BYTES) };
    let encodings: Vec<&str> = received
        .headers()
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let mut body = Body::new(&encodings, cap, config.max_ratio)?;
    loop {
        let chunk = timeout(config.idle_timeout, received.chunk())
            .await
            .map_err(|_| Failure::new(FetchStatus::Timeout, "the answer stopped half-way"))?
            .map_err(|error| Failure::transport(&error))?;
        let Some(chunk) = chunk else { break };
        match body.push(&chunk) {
            Err(_) if !received.status().is_success() => return Ok(response), // enough of a refusal
            result => result?,
        }
        if body.is_cut() {
            break;
        }
    }
    response.body = match body.finish() {
        Err(_) if !received.status().is_success() => Vec::new(),
        result => result?,
    };
    Ok(response)
}

/// Size of the headers, as sent in HTTP/1.1.
fn bytes_of(headers: &HeaderMap) -> usize {
    const SEPARATORS: usize = ": \r\n".len();
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + SEPARATORS).sum()
}

fn head(received: &reqwest::Response, url: &Url, now: DateTime<Utc>) -> Response {
    let headers = received.headers();
    let text = |name: &str| text(headers, name);
    Response {
        url: url.clone(),
        status: received.status().as_u16(),
        content_type: text("content-type"),
        location: text("location"),
        validators: Validators { etag: text("etag"), last_modified: text("last-modified") },
        retry_after: text("retry-after").and_then(|value| retry_after(&value, now)),
        server: text("server").unwrap_or_default().to_ascii_lowercase(),
        challenge_header: text("cf-mitigated").is_some_and(|value| value.contains("challenge")),
        clock_ahead: text("date")
            .and_then(|date| clock::ahead(&date, text("age").as_deref(), arrived())),
        moved: false,
        body: Vec::new(),
    }
}

/// The time on our own clock, which is what the server's is compared with.
#[expect(
    clippy::disallowed_methods,
    reason = "a run's `now` may be given; the clock is what is tested"
)]
fn arrived() -> DateTime<Utc> {
    Utc::now()
}

/// A header's value as text; UTF-8 is let through, for servers do send it.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    std::str::from_utf8(value.as_bytes()).ok().map(str::to_owned)
}

/// Reads `Retry-After`: seconds or a date. `None` if it makes no sense.
fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date: DateTime<Utc> = httpdate::parse_http_date(value.trim()).ok()?.into();
    (date - now).to_std().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: DateTime<Utc> = "2026-03-05T12:00:00Z".parse().unwrap();
        let check = |value: &str, expected: Option<u64>| {
            assert_eq!(retry_after(value, now), expected.map(Duration::from_secs), "{value}");
        };
        check("120", Some(120));
        check("Thu, 05 Mar 2026 12:01:00 GMT", Some(60));
        check("Thu, 05 Mar 2026 11:00:00 GMT", None);
        check("-5", None);
        check("soon", None);
    }

    #[test]
    fn the_user_agent_names_product_and_contact() {
        let config =
            FetchConfig { contact: Some("lab@x.example\r\nX: y".into()), ..FetchConfig::default() };
        assert!(user_agent(&config).starts_with("fimi/"));
        assert!(user_agent(&config).ends_with(" (+lab@x.exampleX: y)"));
    }
}
