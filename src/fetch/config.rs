//! The limits of the network stage, each a named constant with its reason, and the settings made of
//! them. All are written to `run.json`.

use std::net::SocketAddr;
use std::time::Duration;

use serde::{Serialize, Serializer};

/// Time to resolve a host name.
pub const DNS_TIMEOUT: Duration = Duration::from_secs(5);
/// Time to open a connection, TLS included.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Time from the request to the response's headers.
pub const FIRST_BYTE_TIMEOUT: Duration = Duration::from_secs(20);
/// Time without a further byte of the body.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// Time for one request from start to end; miniflux takes 20 s, Scrapy 180 s.
pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(45);
/// Time for a whole run, after which it ends with what it has: a cron job must not overtake itself.
pub const MAX_TIME: Duration = Duration::from_mins(20);
/// Bytes of a feed, list page or sitemap after decompression (miniflux: 15 MiB).
pub const MAX_FEED_BYTES: usize = 15 << 20;
/// Bytes of an article page after decompression.
pub const MAX_PAGE_BYTES: usize = 8 << 20;
/// Bytes of robots.txt that are read; RFC 9309 asks for at least 500 KiB.
pub const MAX_ROBOTS_BYTES: usize = 512 << 10;
/// Decompressed bytes for each received byte, looked at after the first MiB: text gzips to a tenth,
/// so two hundred is no document.
pub const MAX_RATIO: usize = 200;
/// Response header lines.
pub const MAX_HEADERS: usize = 100;
/// Bytes of all response headers; nginx sends at most 32 KiB.
pub const MAX_HEADER_BYTES: usize = 64 << 10;
/// Redirects followed; RFC 9309 asks for at least five.
pub const MAX_REDIRECTS: usize = 5;
/// Outlets polled at once.
pub const CONCURRENCY: usize = 4;
/// Time after which an outlet that is still at work no longer keeps the next one waiting.
pub const OUTLET_TURN: Duration = Duration::from_mins(3);
/// Pause between two requests to one registrable domain.
pub const HOST_DELAY: Duration = Duration::from_secs(2);
/// The longest `Crawl-delay` that is honoured; a longer one is read as this.
pub const MAX_CRAWL_DELAY: Duration = Duration::from_mins(5);
/// Further tries after a timeout, reset, 408, 429 or 5xx.
pub const RETRIES: usize = 2;
/// Wait before the first further try; each next one waits four times as long.
pub const RETRY_DELAY: Duration = Duration::from_secs(1);
/// The longest wait that a server may ask for within a run; a longer one postpones the next poll.
pub const MAX_RETRY_WAIT: Duration = Duration::from_mins(1);
/// The longest postponement that a server may ask for.
pub const MAX_NOT_BEFORE: Duration = Duration::from_hours(24);
/// Postponement when a server says "too many requests" without a readable time.
pub const DEFAULT_NOT_BEFORE: Duration = Duration::from_hours(1);
/// Time between two polls of one source: once an hour is the custom for conditional requests.
pub const MIN_INTERVAL: Duration = Duration::from_hours(1);
/// Taken off the interval, so that an hourly cron job that starts a little early still polls.
pub const INTERVAL_SLACK: Duration = Duration::from_mins(2);
/// A source whose newest item is older is called frozen.
pub const STALE_AFTER: Duration = Duration::from_hours(7 * 24);
/// Items read from one source.
pub const MAX_ITEMS: usize = 2_000;
/// New articles whose pages are asked for in one run and outlet; the rest waits for the next run.
pub const MAX_NEW_PAGES: usize = 500;
/// Depth of sitemap indexes.
pub const SITEMAP_DEPTH: usize = 3;
/// Sitemaps of one index that are read, newest first.
pub const MAX_SITEMAPS: usize = 10;
/// Characters of a feed item's content from which it counts as the whole article.
pub const FULL_TEXT_CHARS: usize = 1_500;

/// Settings of the network stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FetchConfig {
    /// See [`DNS_TIMEOUT`].
    #[serde(serialize_with = "seconds")]
    pub dns_timeout: Duration,
    /// See [`CONNECT_TIMEOUT`].
    #[serde(serialize_with = "seconds")]
    pub connect_timeout: Duration,
    /// See [`FIRST_BYTE_TIMEOUT`].
    #[serde(serialize_with = "seconds")]
    pub first_byte_timeout: Duration,
    /// See [`IDLE_TIMEOUT`].
    #[serde(serialize_with = "seconds")]
    pub idle_timeout: Duration,
    /// See [`TOTAL_TIMEOUT`].
    #[serde(serialize_with = "seconds")]
    pub total_timeout: Duration,
    /// See [`MAX_TIME`].
    #[serde(serialize_with = "seconds")]
    pub max_time: Duration,
    /// See [`MAX_FEED_BYTES`].
    pub max_feed_bytes: usize,
    /// See [`MAX_PAGE_BYTES`].
    pub max_page_bytes: usize,
    /// See [`MAX_ROBOTS_BYTES`].
    pub max_robots_bytes: usize,
    /// See [`MAX_RATIO`].
    pub max_ratio: usize,
    /// See [`MAX_HEADERS`].
    pub max_headers: usize,
    /// See [`MAX_HEADER_BYTES`].
    pub max_header_bytes: usize,
    /// See [`MAX_REDIRECTS`].
    pub max_redirects: usize,
    /// See [`CONCURRENCY`].
    pub concurrency: usize,
    /// See [`OUTLET_TURN`].
    #[serde(serialize_with = "seconds")]
    pub outlet_turn: Duration,
    /// See [`HOST_DELAY`].
    #[serde(serialize_with = "seconds")]
    pub host_delay: Duration,
    /// See [`MAX_CRAWL_DELAY`].
    #[serde(serialize_with = "seconds")]
    pub max_crawl_delay: Duration,
    /// See [`RETRIES`].
    pub retries: usize,
    /// See [`RETRY_DELAY`].
    #[serde(serialize_with = "seconds")]
    pub retry_delay: Duration,
    /// See [`MAX_RETRY_WAIT`].
    #[serde(serialize_with = "seconds")]
    pub max_retry_wait: Duration,
    /// See [`MAX_NOT_BEFORE`].
    #[serde(serialize_with = "seconds")]
    pub max_not_before: Duration,
    /// See [`DEFAULT_NOT_BEFORE`].
    #[serde(serialize_with = "seconds")]
    pub default_not_before: Duration,
    /// See [`MIN_INTERVAL`].
    #[serde(serialize_with = "seconds")]
    pub min_interval: Duration,
    /// See [`STALE_AFTER`].
    #[serde(serialize_with = "seconds")]
    pub stale_after: Duration,
    /// See [`MAX_ITEMS`].
    pub max_items: usize,
    /// See [`MAX_NEW_PAGES`].
    pub max_new_pages: usize,
    /// See [`SITEMAP_DEPTH`].
    pub sitemap_depth: usize,
    /// See [`MAX_SITEMAPS`].
    pub max_sitemaps: usize,
    /// See [`FULL_TEXT_CHARS`].
    pub full_text_chars: usize,
    /// Ask sources that are not yet due.
    pub force: bool,
    /// Do not obey robots.txt, for this reason (kept in `run.json`).
    pub ignore_robots: Option<String>,
    /// Address or page at which the operators of a site can reach whoever runs this; sent in the
    /// `User-Agent`.
    pub contact: Option<String>,
    /// Use the proxy that the environment names (`HTTPS_PROXY` and so on). The check for private
    /// addresses then is the proxy's task.
    pub use_proxy: bool,
    /// Allow private, loopback and link-local addresses: for tests and for mirrors on one's own
    /// network.
    pub allow_private: bool,
    /// Dial this address for every host name, whatever the DNS says; URLs and `Host` stay as they
    /// are. `fimi demo` serves all its sites there.
    #[serde(skip)]
    pub connect_to: Option<SocketAddr>,
}

impl Default for FetchConfig {
    fn default() -> FetchConfig {
        FetchConfig {
            dns_timeout: DNS_TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            first_byte_timeout: FIRST_BYTE_TIMEOUT,
            idle_timeout: IDLE_TIMEOUT,
            total_timeout: TOTAL_TIMEOUT,
            max_time: MAX_TIME,
            max_feed_bytes: MAX_FEED_BYTES,
            max_page_bytes: MAX_PAGE_BYTES,
            max_robots_bytes: MAX_ROBOTS_BYTES,
            max_ratio: MAX_RATIO,
            max_headers: MAX_HEADERS,
            max_header_bytes: MAX_HEADER_BYTES,
            max_redirects: MAX_REDIRECTS,
            concurrency: CONCURRENCY,
            outlet_turn: OUTLET_TURN,
            host_delay: HOST_DELAY,
            max_crawl_delay: MAX_CRAWL_DELAY,
            retries: RETRIES,
            retry_delay: RETRY_DELAY,
            max_retry_wait: MAX_RETRY_WAIT,
            max_not_before: MAX_NOT_BEFORE,
            default_not_before: DEFAULT_NOT_BEFORE,
            min_interval: MIN_INTERVAL,
            stale_after: STALE_AFTER,
            max_items: MAX_ITEMS,
            max_new_pages: MAX_NEW_PAGES,
            sitemap_depth: SITEMAP_DEPTH,
            max_sitemaps: MAX_SITEMAPS,
            full_text_chars: FULL_TEXT_CHARS,
            force: false,
            ignore_robots: None,
            contact: None,
            use_proxy: true,
            allow_private: false,
            connect_to: None,
        }
    }
}

/// Durations are written as seconds.
pub(super) fn seconds<S: Serializer>(
    duration: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}
