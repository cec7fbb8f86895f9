//! The archive as its callers see it: what goes in comes out, nothing twice, nothing half.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use fimi::archive::{Archive, ArchiveError, Imported};
use fimi::model::{
    Article, DateSource, FeedStatus, FetchStatus, Fetched, Link, Precision, Published, RawItem,
    RawPage, RequestLog, SourceKind, Validators,
};

const SOURCE: &str = "https://rt.example/rss/";

fn now() -> DateTime<Utc> {
    "2026-03-05T12:00:00Z".parse().unwrap()
}

/// A folder with a fresh archive in it.
fn fresh() -> (tempfile::TempDir, PathBuf, Archive) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("archive.db");
    let archive = Archive::open(&path).unwrap();
    (dir, path, archive)
}

fn item(n: u32, title: &str, page: Option<&str>) -> RawItem {
    RawItem {
        outlet: "rt".into(),
        edition: "rt-en".into(),
        source: SOURCE.into(),
        url: format!("https://rt.example/news/{n}/"),
        guid: Some(format!("guid-{n}")),
        title: Some(title.into()),
        summary: Some("A summary".into()),
        published: Some("Thu, 05 Mar 2026 10:00:00 +0000".into()),
        first_seen: Some(now()),
        version: 1,
        page: page.map(|body| RawPage {
            url: format!("https://rt.example/news/{n}/"),
            content_type: Some("text/html".into()),
            body: body.as_bytes().to_vec(),
        }),
        ..RawItem::default()
    }
}

fn poll(items: Vec<RawItem>) -> Fetched {
    Fetched {
        status: FeedStatus {
            outlet: "rt".into(),
            edition: "rt-en".into(),
            kind: SourceKind::Feed,
            url: SOURCE.into(),
            status: FetchStatus::Ok,
            http: Some(200),
            fetched_at: now(),
            items: items.len(),
            new_items: items.len(),
            pages: 0,
            pages_failed: 0,
            newest: Some(now() - TimeDelta::hours(2)),
            message: String::new(),
        },
        items,
        wanted: BTreeSet::new(),
        body: Some(RawPage {
            url: SOURCE.into(),
            content_type: None,
            body: b"<rss>the feed</rss>".to_vec(),
        }),
        validators: Some(Validators {
            etag: Some("W/\"a b\"".into()),
            last_modified: Some("yesterday, roughly".into()),
        }),
        not_before: Some(now() + TimeDelta::hours(1)),
        requests: vec![RequestLog {
            url: SOURCE.into(),
            at: now(),
            status: FetchStatus::Ok,
            http: Some(200),
            bytes: 19,
            message: String::new(),
        }],
    }
}

fn article(id: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        outlet: "rt".into(),
        edition: "rt-en".into(),
        language: "en".into(),
        language_confidence: Some(97),
        url: format!("https://rt.example/news/{id}/"),
        title: "A headline, with \"quotes\" and 引号".into(),
        text: text.into(),
        byline: "Staff".into(),
        published: Some(Published {
            raw: "Thu, 05 Mar 2026 10:00:00 +0000".into(),
            utc: now() - TimeDelta::hours(2),
            local_date: "2026-03-05".parse().unwrap(),
            precision: Precision::Second,
            source: DateSource::JsonLd,
        }),
        first_seen: Some(now()),
        links: vec![Link {
            url: "https://tass.example/1".into(),
            text: "TASS".into(),
            canonical: true,
        }],
        raw_sha256: "ab".repeat(32),
        text_sha256: "cd".repeat(32),
        version: 1,
        flags: vec!["excerpt_only".into()],
    }
}

#[test]
fn an_article_comes_out_as_it_went_in() {
    let (_dir, _, mut archive) = fresh();
    let mut undated = article("b", "other text");
    undated.published = None;
    let saved = [article("a", "First paragraph.\nSecond paragraph."), undated];
    archive.save_articles(&[], &saved, "1").unwrap();
    assert_eq!(archive.articles(None, None).unwrap(), saved);
    assert_eq!(archive.versions("a").unwrap(), saved[..1]);
}

#[test]
fn the_window_is_half_open() {
    let (_dir, _, mut archive) = fresh();
    archive.save_articles(&[], &[article("a", "text")], "1").unwrap();
    let at = article("a", "text").at();
    let second = TimeDelta::seconds(1);
    let found = |since, until| archive.articles(since, until).unwrap().len();
    assert_eq!(found(Some(at), Some(at + second)), 1);
    assert_eq!(found(Some(at - second), Some(at)), 0);
    assert_eq!(found(Some(at + second), None), 0);
}

#[test]
fn a_poll_is_known_afterwards() {
    let (_dir, path, mut archive) = fresh();
    let fetched = poll(vec![item(1, "One", Some("<p>one</p>")), item(2, "Two", None)]);
    archive.store(&fetched).unwrap();
    drop(archive);
    let archive = Archive::open_read_only(&path).unwrap();
    let known = archive.known().unwrap();
    assert_eq!(known.validators[SOURCE], fetched.validators.unwrap());
    assert_eq!(known.not_before[SOURCE], now() + TimeDelta::hours(1));
    assert_eq!(known.newest[SOURCE], now() - TimeDelta::hours(2));
    for item in &fetched.items {
        for key in item.keys() {
            assert_eq!(known.items[&key].fingerprint, item.fingerprint());
        }
    }
    assert_eq!(archive.feeds().unwrap(), [fetched.status]);
}

#[test]
fn pending_items_come_with_their_page_until_they_are_read() {
    let (_dir, _, mut archive) = fresh();
    let items = vec![item(1, "One", Some("<p>one</p>")), item(2, "Two", None)];
    archive.store(&poll(items.clone())).unwrap();
    let pending = archive.pending("1", 10).unwrap();
    assert_eq!(pending, items);
    assert_eq!(archive.pending("1", 1).unwrap(), items[..1]);
    archive.save_articles(&pending, &[article("a", "text")], "1").unwrap();
    assert!(archive.pending("1", 10).unwrap().is_empty());
    assert_eq!(archive.pending("2", 10).unwrap().len(), 2, "a newer extractor reads all again");
}

#[test]
fn storing_the_same_poll_again_adds_no_row_but_the_poll() {
    let (_dir, _, mut archive) = fresh();
    let fetched = poll(vec![item(1, "One", Some("<p>one</p>"))]);
    archive.store(&fetched).unwrap();
    let before = archive.stats().unwrap();
    archive.store(&fetched).unwrap();
    let after = archive.stats().unwrap();
    assert_eq!((before.items, before.bodies), (after.items, after.bodies));
    assert_eq!(archive.pending("1", 10).unwrap()[0].version, 1);
}

#[test]
fn a_source_that_was_not_due_leaves_no_trace() {
    let (_dir, _, mut archive) = fresh();
    archive.store(&poll(Vec::new())).unwrap();
    let mut not_due = poll(Vec::new());
    not_due.status.status = FetchStatus::NotDue;
    not_due.validators = None;
    archive.store(&not_due).unwrap();
    assert_eq!(archive.stats().unwrap().polls, 1);
    assert!(archive.known().unwrap().validators.contains_key(SOURCE));
}

#[test]
fn an_edit_is_a_new_version_of_the_same_item() {
    let (_dir, _, mut archive) = fresh();
    archive.store(&poll(vec![item(1, "One", Some("<p>one</p>"))])).unwrap();
    archive.store(&poll(vec![item(1, "One, corrected", Some("<p>one</p>"))])).unwrap();
    // The same address under another GUID is the same item, too.
    let mut renamed = item(1, "One, corrected twice", Some("<p>one!</p>"));
    renamed.guid = Some("other".into());
    archive.store(&poll(vec![renamed])).unwrap();
    assert_eq!(archive.stats().unwrap().items, 1);
    let pending = archive.pending("1", 10).unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(
        (pending[0].version, pending[0].title.as_deref()),
        (3, Some("One, corrected twice"))
    );
}

#[test]
fn editions_that_number_their_articles_alike_do_not_share_items() {
    let (_dir, _, mut archive) = fresh();
    let mut other = item(2, "Otro", None);
    other.guid = Some("guid-1".into());
    other.edition = "rt-es".into();
    archive.store(&poll(vec![item(1, "One", None), other])).unwrap();
    assert_eq!(archive.stats().unwrap().items, 2);
}

#[test]
fn a_page_that_comes_late_completes_its_version() {
    let (_dir, _, mut archive) = fresh();
    let mut first = poll(vec![item(1, "One", None)]);
    first.wanted.insert(first.items[0].key());
    archive.store(&first).unwrap();
    assert_eq!(archive.known().unwrap().items[&first.items[0].key()].fingerprint, "");
    let mut late = item(1, "One", Some("<p>one</p>"));
    late.first_seen = Some(now() + TimeDelta::hours(1));
    archive.store(&poll(vec![late.clone()])).unwrap();
    let pending = archive.pending("1", 10).unwrap();
    assert_eq!(pending[0].page, late.page);
    assert_eq!((pending[0].version, pending[0].first_seen), (1, Some(now())));
}

#[test]
fn an_identical_body_is_stored_once_and_comes_back() {
    let (_dir, _, mut archive) = fresh();
    let fetched = poll(vec![item(1, "One", Some("<p>x</p>")), item(2, "Two", Some("<p>x</p>"))]);
    archive.store(&fetched).unwrap();
    assert_eq!(archive.stats().unwrap().bodies, 2, "the page and the feed");
    let sha256 = fimi::ids::sha256_hex(b"<p>x</p>");
    assert_eq!(archive.body(&sha256).unwrap().unwrap(), b"<p>x</p>");
    assert_eq!(archive.body("no such hash").unwrap(), None);
}

#[test]
fn article_versions_are_kept_and_dated_by_the_first_sighting() {
    let (_dir, _, mut archive) = fresh();
    let mut first = article("a", "text");
    first.published = None;
    let mut edited = Article { text: "text, edited".into(), version: 2, ..first.clone() };
    edited.first_seen = Some(now() + TimeDelta::hours(5));
    archive.save_articles(&[], std::slice::from_ref(&first), "1").unwrap();
    archive.save_articles(&[], std::slice::from_ref(&edited), "1").unwrap();
    assert_eq!(archive.versions("a").unwrap(), [first, edited.clone()]);
    edited.first_seen = Some(now());
    assert_eq!(archive.articles(None, None).unwrap(), [edited.clone()]);
    assert_eq!(archive.articles(None, Some(now() + TimeDelta::seconds(1))).unwrap(), [edited]);
}

#[test]
fn another_extractor_replaces_what_it_reads_from_the_same_bytes() {
    let (_dir, _, mut archive) = fresh();
    archive.save_articles(&[], &[article("a", "text with a cookie notice")], "1").unwrap();
    archive.save_articles(&[], &[article("a", "text")], "2").unwrap();
    let versions = archive.versions("a").unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].text, "text");
}

#[test]
fn imported_edits_become_versions() {
    let (_dir, _, mut archive) = fresh();
    let import = |archive: &mut Archive, text: &str| {
        archive.import(&[article("a", text)], "corpus.jsonl", now()).unwrap()
    };
    let counts =
        |new, versions, unchanged| Imported { new, versions, unchanged, skipped: Vec::new() };
    assert_eq!(import(&mut archive, "text"), counts(1, 0, 0));
    assert_eq!(import(&mut archive, "text"), counts(0, 0, 1));
    assert_eq!(import(&mut archive, "text, edited"), counts(0, 1, 0));
    assert_eq!(archive.articles(None, None).unwrap()[0].version, 2);
}

#[test]
fn an_id_stays_with_its_outlet() {
    let (_dir, _, mut archive) = fresh();
    archive.import(&[article("a", "text")], "one.jsonl", now()).unwrap();
    let other = Article { outlet: "other".into(), ..article("a", "another text") };
    let imported = archive.import(&[other, article("b", "text")], "two.jsonl", now()).unwrap();
    assert_eq!((imported.new, imported.versions, imported.skipped.len()), (1, 0, 1));
    assert!(imported.skipped[0].reason.contains("give the record of other another one"));
    let texts: Vec<String> =
        archive.articles(None, None).unwrap().into_iter().map(|article| article.text).collect();
    assert_eq!(texts, ["text", "text"]);
}

#[test]
fn a_second_writer_is_refused_and_a_reader_is_not() {
    let (_dir, path, mut archive) = fresh();
    archive.store(&poll(vec![item(1, "One", None)])).unwrap();
    match Archive::open(&path) {
        Err(ArchiveError::Locked { pid, .. }) => assert_eq!(pid, Some(std::process::id())),
        other => panic!("{other:?}"),
    }
    assert_eq!(Archive::open_read_only(&path).unwrap().stats().unwrap().items, 1);
    drop(archive);
    Archive::open(&path).unwrap();
}

#[test]
fn a_poll_that_cannot_be_stored_whole_is_not_stored_at_all() {
    let (_dir, path, mut archive) = fresh();
    archive.store(&poll(vec![item(1, "One", None)])).unwrap();
    let before = archive.known().unwrap();
    // The second statement that writes a log line fails, after items and bodies were written.
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER fail BEFORE INSERT ON fetch_log WHEN new.message = 'fail'
             BEGIN SELECT raise(ABORT, 'disk full'); END",
        )
        .unwrap();
    let mut fetched = poll(vec![item(2, "Two", Some("<p>two</p>"))]);
    fetched.requests.push(RequestLog { message: "fail".into(), ..fetched.requests[0].clone() });
    assert!(archive.store(&fetched).is_err());
    assert_eq!(archive.known().unwrap(), before);
    assert_eq!(archive.stats().unwrap().polls, 1);
    let sound: String = other.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}

#[test]
fn an_archive_copied_while_it_is_written_opens_with_all_that_was_committed() {
    let (dir, path, mut archive) = fresh();
    archive.store(&poll(vec![item(1, "One", Some("<p>one</p>"))])).unwrap();
    // What a killed process leaves: the file and its write-ahead log, never closed.
    let copy = dir.path().join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(dir.path().join("archive.db-wal"), dir.path().join("copy.db-wal")).unwrap();
    let survivor = Archive::open(&copy).unwrap();
    assert_eq!(survivor.known().unwrap(), archive.known().unwrap());
    assert_eq!(survivor.pending("1", 10).unwrap().len(), 1);
}

#[test]
fn the_views_can_be_read_with_plain_sql() {
    let (_dir, path, mut archive) = fresh();
    archive.store(&poll(vec![item(1, "One", None)])).unwrap();
    archive.save_articles(&[], &[article("a", "text")], "1").unwrap();
    let sql = rusqlite::Connection::open(&path).unwrap();
    for view in ["v_articles", "v_versions", "v_feeds", "v_fetch_log"] {
        let n: i64 =
            sql.query_row(&format!("SELECT count(*) FROM {view}"), [], |row| row.get(0)).unwrap();
        assert_eq!(n, 1, "{view}");
    }
}

#[test]
fn walks_through_the_past_are_kept_by_period_and_walked_days_stay_walked() {
    use fimi::model::{PastDay, PastItem, Period, RawItem, Walked};
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&dir.path().join("a.db")).unwrap();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let period = Period { from: day("2026-01-01"), until: day("2026-04-01") };
    let other = Period { until: day("2026-05-01"), ..period };
    let item =
        RawItem { outlet: "rt".into(), url: "https://rt.example/1".into(), ..RawItem::default() };
    let walked = Walked {
        outlet: "rt".into(),
        source: "https://rt.example/map.xml".into(),
        url: "https://rt.example/map-1.xml".into(),
        at: "2026-06-01T00:00:00Z".parse().unwrap(),
        status: FetchStatus::Timeout,
        message: "too slow".into(),
        further: vec!["https://rt.example/map-2.xml".into()],
        items: vec![PastItem { day: Some(day("2026-01-05")), item: item.clone() }],
        listed: 7,
        undated: 1,
        oldest: Some(day("2026-01-05")),
        newest: None,
    };
    archive.store_walk(period, &walked).unwrap();
    let better = Walked { status: FetchStatus::Ok, ..walked };
    archive.store_walk(period, &better).unwrap();
    assert_eq!(archive.walks(period).unwrap(), [better], "the last answer counts, once");
    assert_eq!(archive.walks(other).unwrap(), []);
    let state = |gap: &str| PastDay {
        outlet: "rt".into(),
        day: day("2026-01-05"),
        listed: 3,
        held: 3,
        failed: 0,
        gap: gap.into(),
    };
    for (gap, kept) in
        [("not walked", "not walked"), ("timeout", "timeout"), ("", ""), ("timeout", "")]
    {
        archive.store_past_days(&[state(gap)]).unwrap();
        assert_eq!(archive.past_days().unwrap()[0].gap, kept);
    }
    archive.store_past_item(&item, true).unwrap();
    let known = archive.known().unwrap().items;
    assert!(known[&item.key()].fingerprint.is_empty(), "its page is still wanted");
    archive.store_past_item(&item, false).unwrap();
    assert!(!archive.known().unwrap().items[&item.key()].fingerprint.is_empty());
    assert_eq!(archive.stats().unwrap().polls, 0, "a walk is no poll");
}
