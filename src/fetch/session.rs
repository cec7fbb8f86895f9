//! Requests as a run makes them: paced, allowed by robots.txt, tried again where that helps,
//! redirected by hand with every hop checked, and logged.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Client;
use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::body::Cap;
use super::challenge::wall;
use super::failure::Failure;
use super::http::{self, Response};
use super::rate_limit::Pace;
use super::robots::Rules;
use super::{FetchConfig, FetchError, address, clock};
use crate::model::{FetchStatus, RequestLog, Validators};

/// Growth of the wait from one try to the next.
const RETRY_FACTOR: f32 = 4.0;

/// Where the requests of one poll are noted.
pub(super) type Log = RefCell<Vec<RequestLog>>;

/// What all requests of a run share.
pub(super) struct Session {
    client: Client,
    pub(super) config: FetchConfig,
    pub(super) now: DateTime<Utc>,
    deadline: Instant,
    pace: Pace,
    /// robots.txt by origin, asked for once in a run.
    robots: RefCell<BTreeMap<String, Rc<OnceCell<Rules>>>>,
    /// How far each host's clock was ahead of ours at its last answer.
    clocks: RefCell<BTreeMap<String, TimeDelta>>,
}

impl Session {
    pub(super) fn new(config: &FetchConfig, now: DateTime<Utc>) -> Result<Session, FetchError> {
        Ok(Session {
            client: http::client(config)?,
            config: config.clone(),
            now,
            deadline: Instant::now() + config.max_time,
            pace: Pace::default(),
            robots: RefCell::default(),
            clocks: RefCell::default(),
        })
    }

    /// Whether the run's time is up.
    pub(super) fn is_out_of_time(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// How far the hosts' clocks are ahead of ours, if most of them say that ours is wrong.
    pub(super) fn clock_off(&self) -> Option<TimeDelta> {
        clock::off(self.clocks.borrow().values().copied().collect())
    }

    /// Gets a document of at most `cap` bytes, or 304 if `validators` still hold.
    pub(super) async fn get(
        &self,
        url: &Url,
        validators: Option<&Validators>,
        cap: usize,
        log: &Log,
    ) -> Result<Response, Failure> {
        let up = || {
            Failure::new(
                FetchStatus::Timeout,
                "the run's time was up; give it more with --max-time",
            )
        };
        if self.is_out_of_time() {
            return Err(up());
        }
        let whole =
            timeout_at(self.deadline, self.follow(url, validators, Cap::refusing(cap), log));
        whole.await.unwrap_or_else(|_| Err(up()))
    }

    /// Gets a document, following redirects.
    async fn follow(
        &self,
        url: &Url,
        validators: Option<&Validators>,
        cap: Cap,
        log: &Log,
    ) -> Result<Response, Failure> {
        let mut url = url.clone();
        let mut seen = BTreeSet::new();
        let mut for_good = true;
        for _ in 0..=self.config.max_redirects {
            if !seen.insert(url.to_string()) {
                return Err(Failure::new(
                    FetchStatus::Redirect,
                    format!("redirects in a circle at {url}"),
                ));
            }
            address::permitted(&url, &self.config)?;
            let rules = self.rules(&url, log).await;
            if self.config.ignore_robots.is_none() {
                rules.check(&url)?;
            }
            let pause = self.pause_of(&rules);
            let mut response = self.patient(&url, validators, cap, pause, log).await?;
            let Some(location) = redirection(&response) else {
                response.moved = for_good && seen.len() > 1;
                return Ok(response);
            };
            for_good &= matches!(response.status, 301 | 308);
            url = next_hop(&url, location)?;
        }
        let most = self.config.max_redirects;
        Err(Failure::new(
            FetchStatus::Redirect,
            format!("more than {most} redirects; correct the address in the registry"),
        ))
    }

    /// The pause between two requests to the site of an address, whose robots.txt is asked for if it is not known.
    pub(super) async fn pause(&self, url: &Url, log: &Log) -> Duration {
        if address::permitted(url, &self.config).is_err() {
            return Duration::ZERO;
        }
        self.pause_of(&self.rules(url, log).await)
    }

    fn pause_of(&self, rules: &Rules) -> Duration {
        let asked = rules.delay().unwrap_or_default().min(self.config.max_crawl_delay);
        asked.max(self.config.host_delay)
    }

    /// The rules of the site, asked for at its first address.
    async fn rules(&self, url: &Url, log: &Log) -> Rules {
        let origin = url.origin().ascii_serialization();
        let cell = Rc::clone(self.robots.borrow_mut().entry(origin).or_default());
        cell.get_or_init(|| async {
            let outcome = self.robots_txt(url, log).await;
            Rules::new(&outcome)
        })
        .await
        .clone()
    }

    async fn robots_txt(&self, url: &Url, log: &Log) -> Result<Response, Failure> {
        let Ok(mut url) = url.join("/robots.txt") else {
            return Err(Failure::new(FetchStatus::Redirect, "no address for robots.txt"));
        };
        for _ in 0..=self.config.max_redirects {
            address::permitted(&url, &self.config)?;
            let cap = Cap::cutting(self.config.max_robots_bytes);
            let mut response = self.patient(&url, None, cap, self.config.host_delay, log).await?;
            let Some(location) = redirection(&response) else {
                if response.body.len() == self.config.max_robots_bytes {
                    without_last_line(&mut response.body);
                }
                return Ok(response);
            };
            url = next_hop(&url, location)?;
        }
        Err(Failure::new(FetchStatus::Redirect, "too many redirects of robots.txt"))
    }

    /// Asks once or, after a failure that may pass, again.
    async fn patient(
        &self,
        url: &Url,
        validators: Option<&Validators>,
        cap: Cap,
        pause: Duration,
        log: &Log,
    ) -> Result<Response, Failure> {
        let backoff = ExponentialBuilder::default()
            .with_min_delay(self.config.retry_delay)
            .with_factor(RETRY_FACTOR)
            .with_max_times(self.config.retries)
            .with_jitter();
        let longest = self.config.max_retry_wait;
        (|| self.once(url, validators, cap, pause, log))
            .retry(backoff)
            .when(|failure| failure.transient)
            .adjust(|failure: &Failure, planned| match (planned, failure.retry_after) {
                (Some(planned), Some(asked)) if asked <= longest => Some(planned.max(asked)),
                (planned, None) => planned,
                (_, Some(_)) => None,
            })
            .await
    }

    /// Asks once, in the domain's turn, and judges the answer.
    async fn once(
        &self,
        url: &Url,
        validators: Option<&Validators>,
        cap: Cap,
        pause: Duration,
        log: &Log,
    ) -> Result<Response, Failure> {
        let request = http::get(&self.client, &self.config, url, validators, cap, self.now);
        let delay = |outcome: &Result<Response, Failure>| match outcome {
            // Nobody was asked, so nobody needs a rest.
            Err(f) if matches!(f.status, FetchStatus::Dns | FetchStatus::Ssrf) => Duration::ZERO,
            _ => pause,
        };
        let answer = self.pace.turn(url, request, delay).await;
        let ahead = answer.as_ref().ok().and_then(|response| response.clock_ahead);
        if let Some((host, ahead)) = url.host_str().zip(ahead) {
            self.clocks.borrow_mut().insert(host.to_owned(), ahead);
        }
        let outcome = answer.and_then(judge);
        let (status, http, bytes, message) = match &outcome {
            Ok(response) if response.status == 304 => {
                (FetchStatus::NotModified, 304, 0, String::new())
            }
            Ok(response) => (FetchStatus::Ok, response.status, response.body.len(), String::new()),
            Err(failure) => (failure.status, failure.http.unwrap_or(0), 0, failure.message.clone()),
        };
        log.borrow_mut().push(RequestLog {
            url: url.to_string(),
            at: self.now,
            status,
            http: (http != 0).then_some(http),
            bytes,
            message,
        });
        outcome
    }
}

/// Lets documents, 304 and redirects through; all else is a failure.
fn judge(response: Response) -> Result<Response, Failure> {
    if response.status == 304 || redirection(&response).is_some() {
        return Ok(response);
    }
    if let Some(failure) = wall(&response) {
        return Err(failure);
    }
    if (200..300).contains(&response.status) {
        return Ok(response);
    }
    Err(Failure::http(response.status, response.retry_after))
}

/// Takes off the line at which a file was cut: half a rule may forbid more than the whole one.
fn without_last_line(body: &mut Vec<u8>) {
    let end = body.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
    body.truncate(end.unwrap_or(0));
}

fn redirection(response: &Response) -> Option<&str> {
    let redirects = matches!(response.status, 301 | 302 | 303 | 307 | 308);
    response.location.as_deref().filter(|_| redirects)
}

/// Resolves a `Location`; only web addresses, and never from `https` back to `http`.
fn next_hop(url: &Url, location: &str) -> Result<Url, Failure> {
    let refuse = |message: String| Err(Failure::new(FetchStatus::Redirect, message));
    let Ok(next) = url.join(location.trim()) else {
        return refuse(format!("redirects to `{location}`, which is no address"));
    };
    if !matches!(next.scheme(), "http" | "https") {
        return refuse(format!("redirects to a `{}:` address", next.scheme()));
    }
    if url.scheme() == "https" && next.scheme() == "http" {
        return refuse(format!(
            "redirects from https to {next}, which anyone on the way can change"
        ));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, location: &str, expected: Option<&str>) {
        let next = next_hop(&Url::parse(from).unwrap(), location);
        assert_eq!(next.ok().map(|url| url.to_string()).as_deref(), expected);
    }

    #[test]
    fn a_redirect_stays_on_the_web() {
        check("http://a.example/x", "/y", Some("http://a.example/y"));
        check("http://a.example/x", "https://b.example/", Some("https://b.example/"));
        check("https://a.example/x", "http://a.example/x", None);
        check("http://a.example/x", "file:///etc/passwd", None);
        check("http://a.example/x", "data:text/html,x", None);
        check("http://a.example/x", "ftp://a.example/", None);
    }
}
