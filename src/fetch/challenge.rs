//! Tells a wall from a document: script challenges and consent pages, whatever their HTTP status.
//!
//! Only a page with next to no text of its own can be a wall: the scripts of the same services are
//! found in ordinary articles as well.

use super::failure::Failure;
use super::http::Response;
use crate::model::FetchStatus;
use crate::text::count;

/// Words of visible text from which a page is a document.
const DOCUMENT_WORDS: usize = 120;
/// Bytes of markup that are looked at.
const LOOKED_AT: usize = 256 << 10;

/// Marks of the challenge pages of DDoS-Guard, Cloudflare, Imperva, AWS and others.
const CHALLENGE: &[&str] = &[
    "ddos-guard",
    "__ddg",
    "challenge-platform",
    "cf-chl",
    "cf_chl",
    "just a moment...",
    "checking your browser",
    "_incapsula_resource",
    "captcha-delivery",
    "awswaf",
    "__qrator",
    "px-captcha",
    "g-recaptcha",
    "h-captcha",
    "enable javascript and cookies",
];

/// Marks of consent pages.
const CONSENT: &[&str] = &[
    "before you continue",
    "consent.google",
    "guce.",
    "consent-form",
    "consentform",
    "accept all cookies",
    "cookie consent",
    "we value your privacy",
    "accept cookies",
];

/// Returns how the response is a wall, if it is one.
pub(super) fn wall(response: &Response) -> Option<Failure> {
    let fail = |status, message: &str| {
        let mut failure = Failure::new(status, message);
        failure.http = Some(response.status);
        Some(failure)
    };
    let challenge = "a script challenge came instead of the document; it is not solved: use another network, or import a copy";
    if response.challenge_header {
        return fail(FetchStatus::Challenge, challenge);
    }
    let refused = matches!(response.status, 401 | 403 | 429 | 503);
    let head = response.body.get(..LOOKED_AT.min(response.body.len())).unwrap_or_default();
    let page = String::from_utf8_lossy(head).to_lowercase();
    if !page.contains("<html") && !page.contains("<script") && !page.contains("<!doctype html") {
        return None;
    }
    if refused && response.server.contains("ddos-guard") {
        return fail(FetchStatus::Challenge, challenge);
    }
    if words(&page) >= DOCUMENT_WORDS {
        return None;
    }
    let marked = |marks: &[&str]| marks.iter().any(|mark| page.contains(mark));
    if marked(CHALLENGE) {
        return fail(FetchStatus::Challenge, challenge);
    }
    let host = response.url.host_str().unwrap_or_default();
    if host.starts_with("consent.") || marked(CONSENT) {
        return fail(
            FetchStatus::Consent,
            "a consent page came instead of the document; it is not clicked through: use another network, or import a copy",
        );
    }
    None
}

/// Counts words outside tags, scripts and styles, comparable across scripts.
fn words(page: &str) -> usize {
    let mut words = 0;
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        words += count::length(rest.get(..at).unwrap_or_default()).in_words();
        rest = rest.get(at..).unwrap_or_default();
        let hidden = ["script", "style", "noscript"]
            .iter()
            .find(|name| rest.get(1..).is_some_and(|tag| tag.starts_with(*name)));
        let end = match hidden {
            Some(name) => rest.find(&format!("</{name}")).map(|end| end + 2),
            None => rest.find('>').map(|end| end + 1),
        };
        rest = end.and_then(|end| rest.get(end..)).unwrap_or_default();
    }
    words + count::length(rest).in_words()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Validators;

    fn response(status: u16, server: &str, body: &str) -> Response {
        Response {
            url: url::Url::parse("https://rt.example/rss/").unwrap(),
            status,
            content_type: Some("text/html".into()),
            location: None,
            validators: Validators::default(),
            retry_after: None,
            server: server.into(),
            challenge_header: false,
            clock_ahead: None,
            moved: false,
            body: body.as_bytes().to_vec(),
        }
    }

    #[track_caller]
    fn check(status: u16, server: &str, body: &str, expected: Option<FetchStatus>) {
        assert_eq!(wall(&response(status, server, body)).map(|f| f.status), expected);
    }

    #[test]
    fn challenges_are_told_whatever_their_status() {
        let page = "<!DOCTYPE html><html><head><title>DDoS-Guard</title><script src='/.well-known/ddos-guard/js-challenge/index.js'></script></head><body></body></html>";
        check(403, "ddos-guard", page, Some(FetchStatus::Challenge));
        check(200, "nginx", page, Some(FetchStatus::Challenge));
        check(
            503,
            "cloudflare",
            "<html><title>Just a moment...</title></html>",
            Some(FetchStatus::Challenge),
        );
    }

    #[test]
    fn an_article_with_the_same_scripts_is_no_wall() {
        let text = "word ".repeat(300);
        let page = format!(
            "<html><script src='/cdn-cgi/challenge-platform/x.js'></script><p>{text}</p></html>"
        );
        check(200, "cloudflare", &page, None);
    }

    #[test]
    fn a_plain_refusal_is_no_challenge() {
        check(403, "nginx", "<html><h1>403 Forbidden</h1></html>", None);
    }

    #[test]
    fn a_consent_page_is_told() {
        check(
            200,
            "",
            "<html><h1>Before you continue</h1><form></form></html>",
            Some(FetchStatus::Consent),
        );
    }

    #[test]
    fn a_feed_is_no_wall() {
        check(200, "ddos-guard", "<rss><title>ddos-guard</title></rss>", None);
    }
}
