//! robots.txt by RFC 9309: a missing file allows all, an unreachable one forbids all.
//!
//! `robotxt` parses and matches. Before it sees a file, [`prepared`] does what RFC 9309 asks of the
//! agent's line and what the largest crawler does besides, so that a site is understood as it is by
//! others.

use std::time::Duration;

use robotxt::{AccessResult, Robots};
use url::{Position, Url};

use super::failure::Failure;
use super::http::{PRODUCT, Response};
use crate::model::FetchStatus;

/// Bytes of a line that are read (Google's limit: eight times the longest address that browsers took); the rest of
/// it is ignored.
const MAX_LINE: usize = 8 * 2_083 - 1;

/// What a site's robots.txt says to us.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    robots: Robots,
    /// Why it could not be read, if that is why all is forbidden.
    unreachable: Option<Failure>,
}

impl Rules {
    /// Reads the outcome of the request for robots.txt.
    pub(super) fn new(outcome: &Result<Response, Failure>) -> Rules {
        let access = match outcome {
            Ok(response) if response.status < 300 => AccessResult::Successful(&response.body),
            Ok(_) => AccessResult::Unavailable,
            Err(failure) if failure.http.is_some_and(|http| http < 500 && http != 429) => {
                AccessResult::Unavailable
            }
            Err(failure) if failure.status == FetchStatus::Redirect => {
                AccessResult::TooManyRedirects
            }
            _ => AccessResult::Unreachable,
        };
        let unreachable = match (access, outcome) {
            (AccessResult::Unreachable, Err(failure)) => Some(failure.clone()),
            _ => None,
        };
        let robots = match access {
            AccessResult::Successful(body) => read(body, PRODUCT),
            other => Robots::from_access(other, PRODUCT),
        };
        Rules { robots, unreachable }
    }

    /// Whether the address may be asked.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        if permits(&self.robots, url) {
            return Ok(());
        }
        let message = match &self.unreachable {
            // The site as a whole cannot be reached: then that is what there is to say.
            Some(failure) if failure.http.is_none() => return Err(failure.clone()),
            Some(failure) => format!(
                "robots.txt cannot be read ({}), which forbids all; try later",
                failure.message
            ),
            None => String::from(
                "robots.txt forbids this address; ask the site, or give a reason with --ignore-robots",
            ),
        };
        Err(Failure::new(FetchStatus::Robots, message))
    }

    /// The pause that the site asks for between requests.
    pub(super) fn delay(&self) -> Option<Duration> {
        self.robots.crawl_delay()
    }
}

/// Whether a robots.txt of these bytes lets us ask the address.
pub(super) fn permit(body: &[u8], url: &Url) -> bool {
    permits(&read(body, PRODUCT), url)
}

/// Reads what a robots.txt says to the crawler of this name.
fn read(body: &[u8], agent: &str) -> Robots {
    Robots::parse(&prepared(body), agent)
}

/// Whether the rules let the address be asked. The longest rule that matches decides; where none
/// does, all is allowed.
fn permits(robots: &Robots, url: &Url) -> bool {
    let path = &url[Position::BeforePath..Position::AfterQuery];
    robots.matching_rule(path).is_none_or(robotxt::Rule::is_allow)
}

/// Returns the file with its agents' names cut to their product tokens (RFC 9309, section 2.2.1:
/// letters, `_` and `-`, so `Name/1.0` and `Name*` are `Name`), lines cut at [`MAX_LINE`], without
/// the remains of a byte order mark, and with a folder's address allowed where its index page is.
fn prepared(body: &[u8]) -> Vec<u8> {
    let mark = b"\xef\xbb\xbf".iter().zip(body).take_while(|(a, b)| a == b).count();
    let mut prepared = Vec::with_capacity(body.len());
    for line in body.get(mark..).unwrap_or_default().split(|b| matches!(b, b'\n' | b'\r')) {
        let line = line.get(..MAX_LINE).unwrap_or(line);
        if let Some(token) = agent_of(line) {
            prepared.extend([b"User-agent: ", token, b"\n"].concat());
        } else {
            prepared.extend_from_slice(line);
            prepared.push(b'\n');
            prepared.extend(index_folder(line).unwrap_or_default());
        }
    }
    prepared
}

/// The product token of a `User-agent` line, or `*`.
fn agent_of(line: &[u8]) -> Option<&[u8]> {
    let line = line.trim_ascii();
    let length = ["user-agent", "useragent", "user agent"].iter().find_map(|key| {
        line.get(..key.len()).filter(|start| start.eq_ignore_ascii_case(key.as_bytes()))
    })?;
    let rest = line.get(length.len()..)?;
    let value = match rest.trim_ascii_start().strip_prefix(b":") {
        Some(value) => value.trim_ascii(),
        // A forgotten colon is clear enough, but `User-agents` is another word.
        None if rest.first().is_some_and(u8::is_ascii_whitespace) => rest.trim_ascii(),
        None => return None,
    };
    let any = value.strip_prefix(b"*");
    if any.is_some_and(|rest| rest.first().is_none_or(|b| b.is_ascii_whitespace() || *b == b'#')) {
        return Some(b"*");
    }
    let end = value.iter().position(|b| !b.is_ascii_alphabetic() && !matches!(b, b'_' | b'-'));
    value.get(..end.unwrap_or(value.len()))
}

/// The rule that allows the folder itself, of a line that allows its index page.
fn index_folder(line: &[u8]) -> Option<Vec<u8>> {
    let line = line.split(|b| *b == b'#').next()?.trim_ascii();
    let allows = line.get(..5).is_some_and(|key| key.eq_ignore_ascii_case(b"allow"));
    let name = line.iter().rposition(|b| *b == b'/')?;
    let is_index = matches!(line.get(name + 1..)?, b"index.html" | b"index.htm");
    (allows && is_index).then(|| [line.get(..=name).unwrap_or_default(), b"$\n"].concat())
}

#[cfg(test)]
#[path = "robots_tests.rs"]
mod tests;
