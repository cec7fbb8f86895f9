//! How a request can fail, and what its user is told to do.

use std::error::Error;
use std::time::Duration;

use super::address::Unresolved;
use super::redact::shown;
use crate::model::FetchStatus;

/// A request that brought no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) status: FetchStatus,
    /// HTTP status, if there was a response.
    pub(super) http: Option<u16>,
    /// One line: what happened, and what would help.
    pub(super) message: String,
    /// The server's wish before the next try.
    pub(super) retry_after: Option<Duration>,
    /// Trying again may help.
    pub(super) transient: bool,
}

impl Failure {
    pub(super) fn new(status: FetchStatus, message: impl Into<String>) -> Failure {
        let transient = matches!(
            status,
            FetchStatus::Timeout
                | FetchStatus::Connect
                | FetchStatus::Http5xx
                | FetchStatus::RateLimited
        );
        Failure {
            status,
            http: None,
            message: shown(&message.into()),
            retry_after: None,
            transient,
        }
    }

    /// Tells the kinds of a transport error apart by what caused it.
    pub(super) fn transport(error: &reqwest::Error) -> Failure {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        let mut deepest = error.to_string();
        while let Some(current) = cause {
            deepest = current.to_string();
            if let Some(unresolved) = find::<Unresolved>(current) {
                return match unresolved {
                    Unresolved::Dns(reason) => Failure::new(
                        FetchStatus::Dns,
                        format!(
                            "{reason}; check the address and the connection (some networks block outlets by name)"
                        ),
                    ),
                    Unresolved::Private(reason) => Failure::new(
                        FetchStatus::Ssrf,
                        format!("{reason}; private addresses are not asked"),
                    ),
                };
            }
            if let Some(tls) = find::<rustls::Error>(current) {
                let reason =
                    format!("{tls}; the connection cannot be trusted, so nothing was read");
                return Failure::new(FetchStatus::Tls, reason);
            }
            cause = current.source();
        }
        if error.is_timeout() {
            return Failure::new(FetchStatus::Timeout, "the server took too long; try later");
        }
        Failure::new(FetchStatus::Connect, format!("connection failed: {deepest}"))
    }

    /// What an HTTP status other than success means.
    pub(super) fn http(status: u16, retry_after: Option<Duration>) -> Failure {
        let (kind, message) = match status {
            403 => (
                FetchStatus::Blocked,
                "403: the server refuses this network or client; try from another network, or import a copy",
            ),
            451 => (
                FetchStatus::Blocked,
                "451: blocked for legal reasons in this country; use another network where that is lawful, or import a copy",
            ),
            404 => {
                (FetchStatus::Http4xx, "404: nothing there; correct the address in the registry")
            }
            410 => {
                (FetchStatus::Http4xx, "410: gone for good; remove the source from the registry")
            }
            401 | 407 => (FetchStatus::Http4xx, "the server asks for a login"),
            408 => (FetchStatus::Http4xx, "408: the server lost patience; try later"),
            429 => (
                FetchStatus::RateLimited,
                "429: asked too often; the source is left alone for a while",
            ),
            503 if retry_after.is_some() => (
                FetchStatus::RateLimited,
                "503: the server asks to wait; the source is left alone for a while",
            ),
            400..=499 => {
                (FetchStatus::Http4xx, "refused; open the address in a browser to see why")
            }
            500..=599 => (FetchStatus::Http5xx, "the server has a problem; try later"),
            _ => (FetchStatus::Redirect, "an answer without a document"),
        };
        let message = if message.starts_with(char::is_numeric) {
            message.to_owned()
        } else {
            format!("{status}: {message}")
        };
        let mut failure = Failure::new(kind, message);
        failure.http = Some(status);
        failure.retry_after = retry_after;
        failure.transient |= status == 408;
        failure
    }
}

/// Looks for a cause of type `T`, also where I/O errors wrap it (these do not name it as a source).
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    error.downcast_ref::<T>().or_else(|| {
        let inner: &(dyn Error + 'static) = error.downcast_ref::<std::io::Error>()?.get_ref()?;
        find(inner)
    })
}
