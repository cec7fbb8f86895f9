//! Politeness in time: one request at a time to a registrable domain, with a pause after each.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};
use url::{Host, Url};

/// Moment before which a domain is not to be asked again.
type Slot = Rc<Mutex<Option<Instant>>>;

/// The slots of a run.
#[derive(Default)]
pub(super) struct Pace {
    slots: RefCell<BTreeMap<String, Slot>>,
}

impl Pace {
    /// Waits for the domain's turn, runs `request`, and keeps the domain closed after it for as long
    /// as `delay` says of the outcome.
    pub(super) async fn turn<T>(
        &self,
        url: &Url,
        request: impl Future<Output = T>,
        delay: impl Fn(&T) -> Duration,
    ) -> T {
        let slot = Rc::clone(self.slots.borrow_mut().entry(domain(url)).or_default());
        let mut next = slot.lock().await;
        if let Some(next) = *next {
            sleep_until(next).await;
        }
        let result = request.await;
        *next = Some(Instant::now() + delay(&result));
        result
    }
}

/// The registrable domain of an address, or the host if it has none.
pub(super) fn domain(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(host)) => psl::domain_str(host).unwrap_or(host).to_owned(),
        Some(host) => host.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn subdomains_share_a_turn() {
        assert_eq!(domain(&url("https://feeds.bbci.co.uk/x")), "bbci.co.uk");
        assert_eq!(domain(&url("http://127.0.0.1:8/")), "127.0.0.1");
    }

    #[tokio::test]
    async fn requests_to_one_domain_are_spaced_and_others_are_not_held_up() {
        let pace = Pace::default();
        let start = Instant::now();
        let ask = async |address: &str| {
            let delay = Duration::from_millis(50);
            pace.turn(&url(address), async { start.elapsed() }, |_| delay).await
        };
        let (first, second, third, other) = tokio::join!(
            ask("https://a.rt.com/1"),
            ask("https://b.rt.com/2"),
            ask("https://rt.com/3"),
            ask("https://tass.com/1"),
        );
        assert!(second >= Duration::from_millis(50) && third >= Duration::from_millis(100));
        assert!(first < Duration::from_millis(50) && other < Duration::from_millis(50));
    }
}
