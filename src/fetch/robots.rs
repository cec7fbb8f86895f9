//! robots.txt by RFC 9309: a missing file allows all, an unreachable one forbids all.

use std::time::Duration;

use robotxt::{AccessResult, Robots};
use url::Url;

use super::failure::Failure;
use super::http::{PRODUCT, Response};
use crate::model::FetchStatus;

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
        Rules { robots: Robots::from_access(access, PRODUCT), unreachable }
    }

    /// Whether the address may be asked.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        if self.robots.is_url_allowed(url) {
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
