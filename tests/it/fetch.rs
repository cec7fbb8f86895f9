//! Polls against servers on loopback: what comes, what it is called when it does not, and how often
//! the server is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use fimi::archive::Archive;
use fimi::fetch::{self, FetchConfig, FetchError, FetchSummary};
use fimi::model::{
    Edition, FetchStatus, Fetched, Known, Outlet, Registry, Source, SourceKind, Zone,
};

use crate::server::{Answer, Server, answer, missing, ok};

pub(crate) fn now() -> DateTime<Utc> {
    "2026-03-05T12:00:00Z".parse().unwrap()
}

pub(crate) fn outlet(id: &str, sources: Vec<Source>) -> Outlet {
    Outlet {
        id: id.into(),
        name: id.to_uppercase(),
        domains: vec![format!("{id}.example")],
        editions: vec![Edition {
            id: format!("{id}-en"),
            language: "en".into(),
            region: None,
            hosts: Vec::new(),
            sources,
            zone: Zone(0),
            rules: Vec::new(),
        }],
        ..Outlet::default()
    }
}

fn feed_of(url: &str) -> Registry {
    Registry::new([outlet("rt", vec![Source::new(SourceKind::Feed, url)])])
}

/// Every host name leads to the server; short waits.
pub(crate) fn config(server: &Server) -> FetchConfig {
    FetchConfig {
        connect_to: Some(server.address),
        host_delay: Duration::ZERO,
        retry_delay: Duration::from_millis(1),
        min_interval: Duration::ZERO,
        ..FetchConfig::default()
    }
}

pub(crate) fn run(
    registry: &Registry,
    known: &Known,
    config: &FetchConfig,
) -> (FetchSummary, Vec<Fetched>) {
    let mut all = Vec::new();
    let mut store = |fetched: Fetched| {
        all.push(fetched);
        Ok(())
    };
    let summary = fetch::run(registry, None, known, config, now(), &(), &mut store).unwrap();
    (summary, all)
}

/// An RSS feed with items `(number, title)`.
fn rss(items: &[(u32, &str)]) -> String {
    let item = |(n, title): &(u32, &str)| {
        format!(
            "<item><title>{title}</title><link>http://www.rt.example/news/{n}/</link>\
             <guid>g{n}</guid><pubDate>Thu, 05 Mar 2026 10:00:00 +0000</pubDate></item>"
        )
    };
    let items = items.iter().map(item).collect::<Vec<_>>().concat();
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{items}</channel></rss>"
    )
}

/// Polls one feed that is answered in one way and returns its only poll.
fn poll_of(respond: impl Fn() -> Answer + Send + Sync + 'static) -> (Fetched, Server) {
    let server = Server::start(
        move |target, _| {
            if target.ends_with("/robots.txt") { missing() } else { respond() }
        },
    );
    let config = FetchConfig { total_timeout: Duration::from_secs(2), ..config(&server) };
    let (_, mut all) = run(&feed_of("http://rt.example/rss"), &Known::default(), &config);
    (all.remove(0), server)
}

#[track_caller]
fn check(expected: FetchStatus, respond: impl Fn() -> Answer + Send + Sync + 'static) -> Fetched {
    let (fetched, _) = poll_of(respond);
    assert_eq!(fetched.status.status, expected, "{}", fetched.status.message);
    assert_eq!(fetched.status.message.is_empty(), expected == FetchStatus::Ok);
    fetched
}

#[test]
fn a_feed_and_the_pages_of_its_articles_are_fetched() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One"), (2, "Two")])),
        "www.rt.example/news/1/" => ok("<p>page one</p>"),
        "www.rt.example/news/2/" => answer("302 Found", "Location: /moved/2\r\n", b""),
        "www.rt.example/moved/2" => ok("<p>page two</p>"),
        _ => missing(),
    });
    let (summary, all) =
        run(&feed_of("http://rt.example/rss"), &Known::default(), &config(&server));
    assert_eq!((summary.new_items, summary.is_usable(), summary.is_partial()), (2, true, false));
    let [fetched] = &all[..] else { panic!("{all:?}") };
    assert_eq!((fetched.status.status, fetched.status.message.as_str()), (FetchStatus::Ok, ""));
    assert_eq!((fetched.status.items, fetched.status.pages), (2, 2));
    assert_eq!(fetched.status.newest, Some(now() - TimeDelta::hours(2)));
    let pages: Vec<_> = fetched.items.iter().filter_map(|item| item.page.as_ref()).collect();
    assert_eq!(pages[0].body, b"<p>page one</p>");
    assert_eq!(pages[1].url, "http://www.rt.example/moved/2");
    assert_eq!(fetched.items[0].published.as_deref(), Some("Thu, 05 Mar 2026 10:00:00 +0000"));
    assert!(
        server.seen()[0].headers.contains(concat!("user-agent: fimi/", env!("CARGO_PKG_VERSION")))
    );
    assert_eq!(server.hits("robots.txt"), 2, "once for each host");
    assert!(server.seen().iter().all(|seen| !seen.headers.contains("cookie:")));
}

#[test]
fn the_second_poll_asks_conditionally_and_brings_nothing() {
    let server = Server::start(|target, headers| match target {
        "rt.example/rss" if headers.contains("if-none-match: w/\"odd tag\"") => {
            answer("304 Not Modified", "", b"")
        }
        "rt.example/rss" => {
            answer("200 OK", "ETag: W/\"odd tag\"\r\n", rss(&[(1, "One")]).as_bytes())
        }
        "www.rt.example/news/1/" => ok("<p>page one</p>"),
        _ => missing(),
    });
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&dir.path().join("a.db")).unwrap();
    let registry = feed_of("http://rt.example/rss");
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let known = archive.known().unwrap();
        let (_, all) = run(&registry, &known, &config(&server));
        for fetched in &all {
            statuses.push(fetched.status.status);
            archive.store(fetched).unwrap();
        }
    }
    assert_eq!(statuses, [FetchStatus::Ok, FetchStatus::NotModified]);
    assert_eq!(server.hits("/news/1/"), 1);
    assert_eq!(archive.stats().unwrap().items, 1);
    assert_eq!(archive.gaps(None, None).unwrap(), []);
}

#[test]
fn an_unchanged_feed_without_validators_brings_nothing_and_an_edit_a_version() {
    let polls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&polls);
    let server = Server::start(move |target, _| match target {
        "rt.example/rss" => {
            let title =
                if count.fetch_add(1, Ordering::SeqCst) < 2 { "One" } else { "One, edited" };
            ok(&rss(&[(1, title)]))
        }
        "www.rt.example/news/1/" => ok("<p>page one</p>"),
        _ => missing(),
    });
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&dir.path().join("a.db")).unwrap();
    let mut new = Vec::new();
    for _ in 0..3 {
        let known = archive.known().unwrap();
        let (_, all) = run(&feed_of("http://rt.example/rss"), &known, &config(&server));
        new.push(all[0].items.len());
        archive.store(&all[0]).unwrap();
    }
    assert_eq!(new, [1, 0, 1]);
    let pending = archive.pending("1", 10).unwrap();
    assert_eq!((pending.len(), pending[0].version), (1, 2));
    assert_eq!(polls.load(Ordering::SeqCst), 3);
}

#[test]
fn a_page_that_failed_is_asked_for_again() {
    let tries = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&tries);
    let server = Server::start(move |target, _| match target {
        "rt.example/rss" => answer("200 OK", "ETag: \"x\"\r\n", rss(&[(1, "One")]).as_bytes()),
        "www.rt.example/news/1/" if count.fetch_add(1, Ordering::SeqCst) < 3 => {
            answer("500 Oops", "", b"")
        }
        "www.rt.example/news/1/" => ok("<p>page one</p>"),
        _ => missing(),
    });
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&dir.path().join("a.db")).unwrap();
    for failed in [1, 0] {
        let known = archive.known().unwrap();
        let (_, all) = run(&feed_of("http://rt.example/rss"), &known, &config(&server));
        assert_eq!(all[0].status.pages_failed, failed, "{}", all[0].status.message);
        archive.store(&all[0]).unwrap();
    }
    let pending = archive.pending("1", 10).unwrap();
    assert_eq!(pending[0].page.as_ref().unwrap().body, b"<p>page one</p>");
    assert_eq!(pending[0].version, 1);
}

#[test]
fn refusals_are_told_apart() {
    check(FetchStatus::Blocked, || answer("403 Forbidden", "", b"<html>no</html>"));
    check(FetchStatus::Blocked, || answer("451 Unavailable For Legal Reasons", "", b""));
    check(FetchStatus::Http4xx, || answer("404 Not Found", "", b""));
    check(FetchStatus::Http4xx, || answer("410 Gone", "", b""));
    check(FetchStatus::Challenge, || {
        answer("403 Forbidden", "Server: ddos-guard\r\n", b"<html><script>x</script></html>")
    });
    check(FetchStatus::Challenge, || answer("403 Forbidden", "cf-mitigated: challenge\r\n", b""));
    check(FetchStatus::Challenge, || ok("<html><title>Just a moment...</title></html>"));
    check(FetchStatus::Consent, || ok("<html><h1>Before you continue</h1></html>"));
}

#[test]
fn documents_are_told_apart() {
    check(FetchStatus::Ok, || ok(&rss(&[(1, "One")])));
    check(FetchStatus::SaysNothing, || ok(&rss(&[])));
    check(FetchStatus::NotAFeed, || ok(&format!("<html><p>{}</p></html>", "words ".repeat(200))));
    check(FetchStatus::Parse, || ok(""));
    let partial = check(FetchStatus::PartialParse, || {
        ok(&rss(&[(1, "One"), (2, "Fish & chips"), (3, "Three")]))
    });
    assert_eq!(partial.status.items, 3);
    let stale = check(FetchStatus::Stale, || {
        ok(&rss(&[(1, "One")]).replace("05 Mar 2026", "05 Feb 2026").replace("Thu, ", ""))
    });
    assert!(stale.status.message.contains("28 days"), "{}", stale.status.message);
    assert_eq!(stale.items.len(), 1, "what a frozen source lists is kept");
}

#[test]
fn broken_answers_are_told_apart() {
    check(FetchStatus::Connect, || {
        Answer::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>".to_vec())
    });
    check(FetchStatus::Connect, || {
        Answer::Bytes(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\nZZ".to_vec(),
        )
    });
    check(FetchStatus::Connect, || Answer::Bytes(b"220 smtp ready\r\n".to_vec()));
    check(FetchStatus::Connect, || Answer::Bytes(Vec::new()));
    check(FetchStatus::BadEncoding, || answer("200 OK", "Content-Encoding: br\r\n", b"x"));
    check(FetchStatus::BadEncoding, || answer("200 OK", "Content-Encoding: gzip, gzip\r\n", b"x"));
    check(FetchStatus::BadEncoding, || answer("200 OK", "Content-Encoding: gzip\r\n", b"x"));
    check(FetchStatus::TooLarge, || Answer::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()));
    check(FetchStatus::Timeout, || Answer::Silence(Duration::from_secs(4)));
}

#[test]
fn odd_heads_are_errors_and_no_documents() {
    let raw = |head: &'static [u8]| move || Answer::Bytes(head.to_vec());
    check(FetchStatus::Connect, raw(b"<rss version='2.0'><channel></channel></rss>"));
    check(FetchStatus::Connect, raw(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n<rss>"));
    check(FetchStatus::Connect, raw(b"HTTP/1.1 2x0 OK\r\n\r\n<rss>"));
    check(
        FetchStatus::Connect,
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\n<rss>"),
    );
    check(FetchStatus::Connect, || {
        let lines = (0..1_000).map(|n| format!("X-{n}: 1\r\n")).collect::<Vec<_>>().concat();
        answer("200 OK", &lines, b"<rss>")
    });
}

#[test]
fn only_http_1_is_spoken() {
    let (fetched, server) = poll_of(|| ok(&rss(&[])));
    assert_eq!(fetched.status.status, FetchStatus::SaysNothing);
    // Neither its preface nor the wish to change to it.
    assert!(server.seen().iter().all(|seen| seen.headers.contains(" http/1.1\r\n")));
    assert!(server.seen().iter().all(|seen| !seen.headers.contains("upgrade")));
    let settings = b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80".to_vec();
    check(FetchStatus::Connect, move || Answer::Bytes(settings.clone()));
}

#[test]
fn headers_without_end_are_refused() {
    check(FetchStatus::TooLarge, || {
        answer("200 OK", &format!("X-Long: {}\r\n", "a".repeat(80 << 10)), b"<rss>")
    });
}

#[test]
fn whoever_sends_drop_by_drop_is_left_in_time_and_not_asked_again() {
    let head = || b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".to_vec();
    let (fetched, server) = poll_of(move || Answer::Dripping(head()));
    assert_eq!(fetched.status.status, FetchStatus::Timeout);
    assert_eq!(server.hits("/rss"), 1);
}

#[test]
fn a_robots_txt_over_the_cap_is_cut() {
    let robots =
        |rules: &str| format!("User-agent: *\n{rules}\n{}", "# a comment\n".repeat(60_000));
    let hits = |rules: &'static str| {
        let server = Server::start(move |target, _| match target {
            "rt.example/robots.txt" => ok(&robots(rules)),
            "rt.example/rss" => ok(&rss(&[])),
            _ => missing(),
        });
        run(&feed_of("http://rt.example/rss"), &Known::default(), &config(&server));
        server.hits("/rss")
    };
    assert_eq!((hits("Disallow: /private"), hits("Disallow: /rss")), (1, 0));
}

#[test]
fn a_clock_that_was_once_ahead_silences_nobody() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[])),
        _ => missing(),
    });
    let asked = |due: DateTime<Utc>| {
        let known = Known {
            not_before: [("http://rt.example/rss".to_owned(), due)].into(),
            ..Known::default()
        };
        let before = server.hits("/rss");
        run(&feed_of("http://rt.example/rss"), &known, &config(&server));
        server.hits("/rss") - before
    };
    assert_eq!(asked(now() + TimeDelta::hours(23)), 0);
    assert_eq!(asked(now() + TimeDelta::days(3_650)), 1);
}

#[test]
fn not_modified_says_nothing_to_whom_knows_nothing() {
    let (fetched, _) = poll_of(|| answer("304 Not Modified", "", b""));
    assert!(!fetched.status.status.is_heard(), "{:?}", fetched.status);
}

#[test]
fn an_outlet_all_of_whose_pages_fail_is_partial_and_resting_is_neither() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One"), (2, "Two")])),
        _ => missing(),
    });
    let registry = feed_of("http://rt.example/rss");
    let (summary, _) = run(&registry, &Known::default(), &config(&server));
    assert!(summary.is_partial() && summary.is_usable());
    let due = [("http://rt.example/rss".to_owned(), now() + TimeDelta::hours(1))];
    let known = Known { not_before: due.into(), ..Known::default() };
    let (summary, _) = run(&registry, &known, &config(&server));
    assert!(!summary.is_partial() && summary.is_usable());
    assert_eq!(summary.in_words(), "no source asked, 1 not due");
}

#[test]
fn a_changed_item_is_no_sign_that_others_were_missed() {
    let registry = feed_of("http://rt.example/rss");
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One")])),
        _ => ok("<p>page</p>"),
    });
    let (_, first) = run(&registry, &Known::default(), &config(&server));
    archive.store(&first[0]).unwrap();
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One, corrected")])),
        _ => ok("<p>page</p>"),
    });
    let (_, all) = run(&registry, &archive.known().unwrap(), &config(&server));
    assert_eq!((all[0].status.new_items, all[0].status.message.as_str()), (1, ""));
}

#[test]
fn a_source_that_has_moved_for_good_says_so_and_one_that_is_gone_rests() {
    let hop = |status: &'static str| {
        let server = Server::start(move |target, _| match target {
            "rt.example/rss" => answer(status, "Location: /feed\r\n", b""),
            "rt.example/feed" => ok(&rss(&[])),
            _ => missing(),
        });
        run(&feed_of("http://rt.example/rss"), &Known::default(), &config(&server)).1.remove(0)
    };
    assert!(hop("301 Moved").status.message.contains("moved for good to http://rt.example/feed"));
    assert!(hop("308 Moved").status.message.contains("moved for good"));
    assert!(!hop("302 Found").status.message.contains("moved"));
    let (gone, _) = poll_of(|| answer("410 Gone", "", b""));
    assert_eq!(gone.not_before, Some(now() + TimeDelta::hours(24)));
}

#[test]
fn redirects_are_followed_only_so_far() {
    check(FetchStatus::Redirect, || answer("301 Moved", "Location: /rss\r\n", b""));
    check(FetchStatus::Redirect, || answer("301 Moved", "Location: file:///etc/passwd\r\n", b""));
    check(FetchStatus::Redirect, || answer("301 Moved", "Location: data:text/xml,x\r\n", b""));
    check(FetchStatus::Ssrf, || answer("301 Moved", "Location: http://169.254.169.254/\r\n", b""));
    let hop = AtomicUsize::new(0);
    check(FetchStatus::Redirect, move || {
        let n = hop.fetch_add(1, Ordering::SeqCst);
        answer("302 Found", &format!("Location: /hop/{n}\r\n"), b"")
    });
}

#[test]
fn a_server_with_a_problem_is_asked_three_times() {
    let (fetched, server) = poll_of(|| answer("500 Oops", "", b""));
    assert_eq!(fetched.status.status, FetchStatus::Http5xx);
    assert_eq!(server.hits("/rss"), 3);
    assert_eq!(fetched.requests.iter().filter(|r| r.http == Some(500)).count(), 3);
    let (_, server) = poll_of(|| answer("403 Forbidden", "", b""));
    assert_eq!(server.hits("/rss"), 1);
}

#[test]
fn a_long_wait_that_the_server_asks_for_is_kept() {
    let (fetched, server) = poll_of(|| answer("429 Slow down", "Retry-After: 7200\r\n", b""));
    assert_eq!(fetched.status.status, FetchStatus::RateLimited);
    assert_eq!((server.hits("/rss"), fetched.not_before), (1, Some(now() + TimeDelta::hours(2))));
    let (fetched, _) = poll_of(|| answer("503 Busy", "Retry-After: 1000000000000\r\n", b""));
    assert_eq!(fetched.not_before, Some(now() + TimeDelta::hours(24)));
    let known = Known {
        not_before: [("http://rt.example/rss".to_owned(), now() + TimeDelta::hours(2))].into(),
        ..Known::default()
    };
    let asked = server.seen().len();
    let (_, all) = run(&feed_of("http://rt.example/rss"), &known, &config(&server));
    assert_eq!(all[0].status.status, FetchStatus::NotDue);
    assert_eq!(server.seen().len(), asked);
    let config = FetchConfig { force: true, ..config(&server) };
    let (_, all) = run(&feed_of("http://rt.example/rss"), &known, &config);
    assert_eq!(all[0].status.status, FetchStatus::RateLimited);
}

#[test]
fn robots_txt_is_obeyed_unless_a_reason_is_given() {
    let with_robots = |robots: fn() -> Answer, ignore: Option<&str>| {
        let server = Server::start(move |target, _| match target {
            "rt.example/robots.txt" => robots(),
            _ => ok(&rss(&[])),
        });
        let config =
            FetchConfig { ignore_robots: ignore.map(str::to_owned), retries: 0, ..config(&server) };
        let (_, all) = run(&feed_of("http://rt.example/rss"), &Known::default(), &config);
        (all[0].status.status, server.hits("/rss"))
    };
    let forbids = || ok("User-agent: fimi\nDisallow: /\n");
    assert_eq!(with_robots(forbids, None), (FetchStatus::Robots, 0));
    assert_eq!(with_robots(forbids, Some("public interest")), (FetchStatus::SaysNothing, 1));
    assert_eq!(
        with_robots(|| ok("User-agent: *\nDisallow: /private\n"), None),
        (FetchStatus::SaysNothing, 1)
    );
    assert_eq!(with_robots(missing, None), (FetchStatus::SaysNothing, 1));
    assert_eq!(
        with_robots(|| answer("403 Forbidden", "", b""), None),
        (FetchStatus::SaysNothing, 1)
    );
    assert_eq!(with_robots(|| answer("500 Oops", "", b""), None), (FetchStatus::Robots, 0));
}

#[test]
fn requests_to_one_domain_are_spaced() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One"), (2, "Two")])),
        t if t.ends_with("robots.txt") => ok("User-agent: *\nCrawl-delay: 0.05\n"),
        _ => ok("<p>x</p>"),
    });
    let config = FetchConfig { host_delay: Duration::from_millis(100), ..config(&server) };
    run(&feed_of("http://rt.example/rss"), &Known::default(), &config);
    let times: Vec<_> = server.seen().iter().map(|seen| seen.at).collect();
    assert_eq!(times.len(), 5, "two robots.txt, the feed, two pages");
    assert!(times.windows(2).all(|w| w[1] - w[0] >= Duration::from_millis(100)));
}

#[test]
fn private_addresses_are_not_asked() {
    let server = Server::start(|_, _| ok(&rss(&[(1, "One")])));
    let url = format!("http://{}/rss", server.address);
    let open = FetchConfig { use_proxy: false, ..FetchConfig::default() };
    let (_, all) = run(&feed_of(&url), &Known::default(), &open);
    assert_eq!(all[0].status.status, FetchStatus::Ssrf);
    let (_, all) = run(&feed_of("http://localhost:8080/rss"), &Known::default(), &open);
    assert_eq!(all[0].status.status, FetchStatus::Ssrf, "{}", all[0].status.message);
    assert!(server.seen().is_empty());
    let allowed = FetchConfig { allow_private: true, host_delay: Duration::ZERO, ..open };
    let (_, all) = run(&feed_of(&url), &Known::default(), &allowed);
    assert_eq!(all[0].status.status, FetchStatus::Ok, "{}", all[0].status.message);
}

#[test]
fn names_that_do_not_resolve_and_bad_certificates_have_their_own_status() {
    let open = FetchConfig { use_proxy: false, retries: 0, ..FetchConfig::default() };
    let (summary, all) = run(&feed_of("http://no-such-host.invalid/rss"), &Known::default(), &open);
    assert_eq!(all[0].status.status, FetchStatus::Dns, "{}", all[0].status.message);
    assert!(!summary.is_usable() && summary.is_partial());
    let server = Server::start(|_, _| missing());
    let config = FetchConfig { retries: 0, ignore_robots: Some("test".into()), ..config(&server) };
    let (_, all) = run(&feed_of("https://rt.example/rss"), &Known::default(), &config);
    assert_eq!(all[0].status.status, FetchStatus::Tls, "{}", all[0].status.message);
}

#[test]
fn list_pages_and_sitemap_indexes_are_sources_too() {
    let server = Server::start(|target, _| match target {
        "gt.example/" => ok(
            "<h3><a href='/a.html#top' data-time='1772704800000'>A headline</a></h3><a href='/about'>About</a>",
        ),
        "gt.example/index.xml" => ok(
            "<sitemapindex><sitemap><loc>http://gt.example/one.xml</loc></sitemap></sitemapindex>",
        ),
        "gt.example/one.xml" => ok(
            "<urlset><url><loc>http://gt.example/a.html</loc></url><url><loc>http://gt.example/b.html</loc><lastmod>2026-03-04</lastmod></url></urlset>",
        ),
        "gt.example/a.html" | "gt.example/b.html" => ok("<p>text</p>"),
        _ => missing(),
    });
    let mut list = Source::new(SourceKind::List, "http://gt.example/");
    list.links = Some("h3 a".into());
    list.link_time = Some("a@data-time".into());
    let map = Source::new(SourceKind::Sitemap, "http://gt.example/index.xml");
    let registry = Registry::new([outlet("gt", vec![list, map])]);
    let (summary, all) = run(&registry, &Known::default(), &config(&server));
    let urls: Vec<Vec<&str>> =
        all.iter().map(|f| f.items.iter().map(|i| i.url.as_str()).collect()).collect();
    assert_eq!(urls, [vec!["http://gt.example/a.html"], vec!["http://gt.example/b.html"]]);
    assert_eq!(all[0].items[0].published.as_deref(), Some("1772704800000"));
    assert_eq!(server.hits("a.html"), 1, "an article that both list is asked for once");
    assert_eq!(summary.feeds[1].newest, Some("2026-03-04T00:00:00Z".parse().unwrap()));
}

#[test]
fn a_day_archive_is_asked_for_the_days_since_its_newest_item() {
    let link =
        |n: u32| format!("<div><a class='t' href='/20260304/item-{n}.html'>Item {n}</a></div>");
    let server = Server::start(move |target, _| match target {
        "ria.example/20260305/" => missing(),
        "ria.example/20260304/" => ok(&[link(1), link(2)].concat()),
        "ria.example/20260303/" => ok(&[link(2), link(3)].concat()),
        "ria.example/20260302/" => answer("500 Oops", "", b""),
        t if t.contains("/item-") => ok("<p>text</p>"),
        _ => missing(),
    });
    let mut list = Source::new(SourceKind::List, "http://ria.example/{YYYY}{MM}{DD}/");
    list.links = Some("a.t".into());
    let registry = Registry::new([outlet("ria", vec![list])]);
    let (_, all) = run(&registry, &Known::default(), &config(&server));
    let status = &all[0].status;
    assert_eq!((status.status, status.message.as_str()), (FetchStatus::Ok, ""), "{status:?}");
    assert_eq!((status.items, status.newest), (2, Some("2026-03-04T00:00:00Z".parse().unwrap())));
    assert!(all[0].items.iter().all(|item| item.published.is_none()), "a list's day is no time");
    assert_eq!((server.hits("/20260305/"), server.hits("/20260303/")), (1, 0));
    let known = Known {
        newest: [(status.url.clone(), "2026-03-03T09:00:00Z".parse().unwrap())].into(),
        ..Known::default()
    };
    let (_, all) = run(&registry, &known, &config(&server));
    assert_eq!((server.hits("/20260303/ "), server.hits("/20260302/")), (0, 0));
    assert_eq!(all[0].status.items, 3, "one stands on the pages of two days");
    let known = Known {
        newest: [(status.url.clone(), "2026-03-02T09:00:00Z".parse().unwrap())].into(),
        ..Known::default()
    };
    let (_, all) = run(&registry, &known, &config(&server));
    assert_eq!(all[0].status.status, FetchStatus::PartialParse);
    assert!(all[0].status.message.contains("2026-03-02"), "{}", all[0].status.message);
}

#[test]
fn a_list_page_s_times_are_read_as_they_stand_beside_the_links() {
    let item = |n: u32, line: &str| {
        format!(
            "<div class='list_info'><a class='new_title_ms' href='http://www.gt.example/page/202603/{n}.shtml'>Headline {n}</a>\
             <p>Lead {n}</p><div class='source_time'>{line}</div></div>"
        )
    };
    let server = Server::start(move |target, _| match target {
        "www.gt.example/china/index.html" => {
            ok(&[item(1, "By A. Author | Mar 05, 2026 03:50 PM"), item(2, "Mar 04, 2026 12:04 AM")]
                .concat())
        }
        t if t.contains("/page/") => ok("<div class='article_content'>text</div>"),
        _ => missing(),
    });
    let mut list = Source::new(SourceKind::List, "http://www.gt.example/china/index.html");
    list.links = Some("a.new_title_ms".into());
    list.link_time = Some(".source_time".into());
    let mut gt = outlet("gt", vec![list]);
    gt.editions[0].zone = Zone(480);
    let registry = Registry::new([gt]);
    let (_, all) = run(&registry, &Known::default(), &config(&server));
    assert_eq!(all[0].status.newest, Some("2026-03-05T07:50:00Z".parse().unwrap()));
    let config = fimi::extract::ExtractConfig { now: Some(now()) };
    let (articles, _) = fimi::extract::articles(&all[0].items, &registry, &config);
    let mut times: Vec<_> = articles.iter().map(|a| a.published.as_ref().unwrap().utc).collect();
    times.sort();
    let expected = ["2026-03-03T16:04:00Z", "2026-03-05T07:50:00Z"];
    assert_eq!(times, expected.map(|time| time.parse::<DateTime<Utc>>().unwrap()));
}

#[test]
fn links_without_a_time_are_dated_by_their_address_for_freshness_alone() {
    let server = Server::start(|target, _| match target {
        "x.example/" => ok("<h3><a href='/news/2026-02-01/story-1/p.html'>A headline</a></h3>"),
        t if t.contains("/news/") => ok("<p>text</p>"),
        _ => missing(),
    });
    let mut list = Source::new(SourceKind::List, "http://x.example/");
    list.links = Some("h3 a".into());
    let (_, all) =
        run(&Registry::new([outlet("x", vec![list])]), &Known::default(), &config(&server));
    assert_eq!(all[0].status.status, FetchStatus::Stale);
    assert_eq!(all[0].status.newest, Some("2026-02-01T00:00:00Z".parse().unwrap()));
}

#[test]
fn an_empty_feed_says_nothing_unless_it_has_listed_items_lately() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => answer("200 OK", "ETag: \"x\"\r\n", rss(&[]).as_bytes()),
        _ => missing(),
    });
    let poll = |days: Option<i64>| {
        let newest =
            days.map(|days| ("http://rt.example/rss".to_owned(), now() - TimeDelta::days(days)));
        let known = Known { newest: newest.into_iter().collect(), ..Known::default() };
        let (summary, mut all) = run(&feed_of("http://rt.example/rss"), &known, &config(&server));
        (summary, all.remove(0))
    };
    let (summary, never) = poll(None);
    assert_eq!(never.status.status, FetchStatus::SaysNothing);
    assert!(
        !never.status.status.is_heard() && !summary.is_partial(),
        "no gap is closed, no alarm raised"
    );
    assert_eq!(never.validators, None, "it is not asked whether it has changed");
    let (_, long_ago) = poll(Some(30));
    assert_eq!(long_ago.status.status, FetchStatus::SaysNothing);
    let (_, lately) = poll(Some(2));
    assert_eq!(lately.status.status, FetchStatus::Empty);
    assert!(lately.status.status.is_heard() && lately.validators.is_some());
}

#[test]
fn the_limit_of_pages_is_the_outlets_and_says_when_it_bites() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One"), (2, "Two"), (3, "Three")])),
        t if t.contains("/news/") => ok("<p>text</p>"),
        _ => missing(),
    });
    let mut outlet = outlet("rt", vec![Source::new(SourceKind::Feed, "http://rt.example/rss")]);
    for (own, usual, pages, left) in [(None, 2, 2, 1), (Some(1), 2, 1, 2), (Some(3), 2, 3, 0)] {
        outlet.max_new_pages = own;
        let config = FetchConfig { max_new_pages: usual, ..config(&server) };
        let (_, all) = run(&Registry::new([outlet.clone()]), &Known::default(), &config);
        let message = &all[0].status.message;
        assert_eq!((all[0].status.pages, all[0].items.len()), (pages, pages), "{message}");
        assert_eq!(message.contains("`max_new_pages`"), left > 0, "{message}");
        assert_eq!(message.contains(&format!("{left} new articles left")), left > 0, "{message}");
    }
}

#[test]
fn a_list_that_has_turned_over_since_the_last_poll_is_reported() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One")])),
        t if t.contains("/news/") => ok("<p>text</p>"),
        _ => missing(),
    });
    let known = Known {
        newest: [("http://rt.example/rss".to_owned(), now() - TimeDelta::hours(9))].into(),
        ..Known::default()
    };
    let (_, all) = run(&feed_of("http://rt.example/rss"), &known, &config(&server));
    assert_eq!(all[0].status.status, FetchStatus::Ok);
    assert!(all[0].status.message.contains("more often"), "{}", all[0].status.message);
}

#[test]
fn a_feed_that_is_a_compressed_file_is_unpacked() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, rss(&[(1, "One")]).as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    check(FetchStatus::Ok, move || {
        answer("200 OK", "Content-Type: application/x-gzip\r\n", &packed)
    });
}

#[test]
fn a_run_without_time_stores_what_it_has_and_says_so() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One"), (2, "Two")])),
        "www.rt.example/news/2/" => Answer::Silence(Duration::from_secs(5)),
        t if t.ends_with("robots.txt") => missing(),
        _ => ok("<p>x</p>"),
    });
    let config = FetchConfig { max_time: Duration::from_millis(700), ..config(&server) };
    let (summary, all) = run(&feed_of("http://rt.example/rss"), &Known::default(), &config);
    assert!(summary.out_of_time && summary.is_partial());
    assert_eq!(all[0].items.len(), 2);
    assert_eq!(all[0].wanted.len(), 1, "the page that did not come is asked for next time");
}

#[test]
fn check_asks_every_source_and_no_page() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "One")])),
        _ => missing(),
    });
    let registry = Registry::new([
        outlet("rt", vec![Source::new(SourceKind::Feed, "http://rt.example/rss")]),
        outlet("gt", vec![Source::new(SourceKind::Feed, "http://gt.example/rss")]),
    ]);
    let feeds = fetch::check(&registry, None, &config(&server), now(), &()).unwrap();
    let statuses: Vec<_> = feeds.iter().map(|f| (f.outlet.as_str(), f.status)).collect();
    assert_eq!(statuses, [("gt", FetchStatus::Http4xx), ("rt", FetchStatus::Ok)]);
    assert_eq!(server.hits("/news/"), 0);
    let one = [String::from("rt")];
    assert_eq!(fetch::check(&registry, Some(&one), &config(&server), now(), &()).unwrap().len(), 1);
    let other = [String::from("nobody")];
    let error = fetch::check(&registry, Some(&other), &config(&server), now(), &()).unwrap_err();
    assert!(matches!(error, FetchError::UnknownOutlet { .. }));
}

#[test]
fn one_page_can_be_fetched_by_hand() {
    let server = Server::start(|target, _| match target {
        "rt.example/page" => ok("<p>x</p>"),
        _ => missing(),
    });
    let page = fetch::page("http://rt.example/page", &config(&server)).unwrap();
    assert_eq!(
        (page.body, page.content_type.as_deref()),
        (b"<p>x</p>".to_vec(), Some("text/html; charset=utf-8"))
    );
    match fetch::page("http://rt.example/gone", &config(&server)) {
        Err(FetchError::Page { status, .. }) => assert_eq!(status, FetchStatus::Http4xx),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_panics_inside_an_async_runtime() {
    let server = Server::start(|target, _| match target {
        "rt.example/page" => ok("<p>x</p>"),
        _ => missing(),
    });
    let registry = feed_of("http://rt.example/rss");
    let config = config(&server);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        assert_eq!(fetch::page("http://rt.example/page", &config).unwrap().body, b"<p>x</p>");
        let feeds = fetch::check(&registry, None, &config, now(), &()).unwrap();
        assert_eq!(feeds[0].status, FetchStatus::Http4xx);
        let known = Known::default();
        let summary =
            fetch::run(&registry, None, &known, &config, now(), &(), &mut |_| Ok(())).unwrap();
        assert_eq!(summary.feeds.len(), 1);
    });
}

/// An answer sent by a server whose clock is this far from ours.
#[expect(clippy::disallowed_methods, reason = "a server has a clock of its own")]
fn at_another_time(ahead: TimeDelta, body: &str) -> Answer {
    let date = (Utc::now() + ahead).format("%a, %d %b %Y %H:%M:%S GMT");
    let headers = format!("Content-Type: text/html; charset=utf-8\r\nDate: {date}\r\n");
    answer("200 OK", &headers, body.as_bytes())
}

#[test]
fn a_clock_that_most_servers_contradict_is_reported() {
    let feed = rss(&[(1, "A bridge is closed")]);
    let clock_off = |ahead: [i64; 3]| {
        let feed = feed.clone();
        let server = Server::start(move |target, _| {
            let place = ["rt", "cgtn", "ap"].iter().position(|host| target.starts_with(host));
            at_another_time(TimeDelta::minutes(ahead[place.unwrap_or(0)]), &feed)
        });
        let outlets = ["rt", "cgtn", "ap"].map(|id| {
            outlet(id, vec![Source::new(SourceKind::Feed, format!("http://{id}.example/rss"))])
        });
        let (summary, all) = run(&Registry::new(outlets), &Known::default(), &config(&server));
        let noted = all.iter().filter(|fetched| fetched.status.message.contains("clock")).count();
        (summary.clock_off, noted)
    };
    assert_eq!(clock_off([0, 1, -1]), (None, 0));
    assert_eq!(clock_off([0, 0, 90]), (None, 1));
    let (off, noted) = clock_off([90, 0, 91]);
    assert!(off.is_some_and(|off| off.ends_with("minutes behind")));
    assert_eq!(noted, 2);
}

#[test]
fn secrets_of_an_address_are_stored_and_not_shown() {
    let server = Server::start(|_, _| missing());
    let url = "http://rt.example/rss?token=abc123";
    let (summary, all) = run(&feed_of(url), &Known::default(), &config(&server));
    assert_eq!(summary.feeds[0].url, url);
    assert!(all[0].requests.iter().any(|request| request.url == url));
    let error = fetch::page(url, &config(&server)).unwrap_err().to_string();
    assert!(error.contains("token=***") && !error.contains("abc123"), "{error}");
}

/// An error page that is sent with status 200 under an article's address.
const ERROR_PAGE: &str = "<html><head><title>Page not found | RT</title></head><body>\
    <h1>Page not found</h1><p>Sorry, the page you asked for is not here any more.</p>\
    <a href=/>Home</a></body></html>";

#[test]
fn an_error_page_with_status_200_is_an_article_without_text() {
    let server = Server::start(|target, _| match target {
        "rt.example/rss" => ok(&rss(&[(1, "A bridge is closed"), (2, "A ferry has sunk")])),
        target if target.ends_with("/news/1/") => ok(ERROR_PAGE),
        target if target.ends_with("/news/2/") => {
            let body = "<p>The ferry sank on Monday in the strait, the harbour master said.</p>";
            ok(&format!("<h1>A ferry has sunk</h1><article>{}</article>", body.repeat(6)))
        }
        _ => missing(),
    });
    let registry = feed_of("http://rt.example/rss");
    let (_, all) = run(&registry, &Known::default(), &config(&server));
    let items = all.into_iter().next().unwrap().items;
    assert_eq!(items.iter().filter(|item| item.page.is_some()).count(), 2);
    let settings = fimi::extract::ExtractConfig { now: Some(now()) };
    let (articles, _) = fimi::extract::articles(&items, &registry, &settings);
    let of = |n: &str| articles.iter().find(|a| a.url.contains(n)).unwrap();
    assert_eq!(of("/news/1/").text, "");
    assert!(of("/news/1/").flags.contains(&"soft_404".to_owned()));
    assert!(of("/news/2/").text.starts_with("The ferry sank"));
    assert!(!of("/news/2/").flags.contains(&"soft_404".to_owned()));
}

#[test]
fn an_error_of_the_store_ends_the_run() {
    let server = Server::start(|_, _| missing());
    let mut store = |_: Fetched| Err("disk full".into());
    let registry = feed_of("http://rt.example/rss");
    let known = Known::default();
    let error = fetch::run(&registry, None, &known, &config(&server), now(), &(), &mut store);
    assert!(matches!(error, Err(FetchError::Store { .. })));
}
