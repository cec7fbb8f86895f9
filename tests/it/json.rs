//! List endpoints in JSON, polled on loopback: one of each shape that the registry has.

use fimi::extract::{self, ExtractConfig};
use fimi::model::{FetchStatus, Fetched, ItemPaths, Known, Registry, Source, SourceKind, Zone};

use crate::fetch::{config, now, outlet, run};
use crate::server::{Answer, Server, answer, missing, ok};

fn source(url: &str, paths: ItemPaths) -> Source {
    let full_text = paths.text.is_some();
    Source { paths: Some(paths), full_text, ..Source::new(SourceKind::Json, url) }
}

fn paths(items: Option<&str>, address: &str, title: &str, time: &str) -> ItemPaths {
    ItemPaths {
        items: items.map(str::to_owned),
        address: address.into(),
        title: Some(title.into()),
        time: Some(time.into()),
        text: None,
    }
}

fn poll(
    source: Source,
    list: impl Fn() -> Answer + Send + Sync + 'static,
) -> (Fetched, Registry, Server) {
    let server = Server::start(move |target, _| match target {
        "x.example/list" => list(),
        t if t.contains("/article/") => ok("<h1>A headline</h1><p>The text of the page.</p>"),
        _ => missing(),
    });
    let mut outlet = outlet("x", vec![source]);
    outlet.editions[0].zone = Zone(480);
    let registry = Registry::new([outlet]);
    let (_, mut all) = run(&registry, &Known::default(), &config(&server));
    (all.remove(0), registry, server)
}

/// The times of an answer's articles, in UTC.
fn times(fetched: &Fetched, registry: &Registry) -> Vec<String> {
    let config = ExtractConfig { now: Some(now()) };
    let (articles, _) = extract::articles(&fetched.items, registry, &config);
    let time = |a: &fimi::model::Article| a.published.as_ref().unwrap().utc.to_rfc3339();
    let mut times: Vec<String> = articles.iter().map(time).collect();
    times.sort();
    times
}

const LIST: &str = "http://x.example/list";

#[test]
fn a_list_in_a_function_call_with_beijing_times() {
    let paths = paths(Some("data.list"), "url", "title", "focus_date");
    let (fetched, registry, _) = poll(source(LIST, paths), || {
        ok(r#"news({"data": {"total": 2, "list": [
            {"title": "Harbour opens", "focus_date": "2026-03-05 18:00:00", "url": "http://x.example/article/1"},
            {"title": "Harbour closes", "focus_date": "2026-03-05 17:00:00", "url": "/article/2"}]}})"#)
    });
    assert_eq!((fetched.status.status, fetched.status.message.as_str()), (FetchStatus::Ok, ""));
    assert_eq!((fetched.status.items, fetched.status.pages), (2, 2));
    assert_eq!(
        times(&fetched, &registry),
        ["2026-03-05T09:00:00+00:00", "2026-03-05T10:00:00+00:00"]
    );
    assert_eq!(fetched.status.newest, Some("2026-03-05T10:00:00Z".parse().unwrap()));
}

#[test]
fn a_list_with_ids_and_epochs() {
    let paths = paths(Some("list"), "http://x.example/article/{aid}", "title", "ctime");
    let (fetched, registry, server) = poll(source(LIST, paths), || {
        ok(r#"{"list": [{"aid": "4Tx", "title": "One", "ctime": "1772704800000"},
            {"aid": "4Ty", "title": "Two", "ctime": 1772701200}, {}]}"#)
    });
    assert_eq!((fetched.status.status, fetched.status.message.as_str()), (FetchStatus::Ok, ""));
    assert_eq!((server.hits("/article/4Tx"), server.hits("/article/4Ty")), (1, 1));
    assert_eq!(
        times(&fetched, &registry),
        ["2026-03-05T09:00:00+00:00", "2026-03-05T10:00:00+00:00"]
    );
}

#[test]
fn a_list_with_whole_texts_needs_no_page_but_for_those_that_have_none() {
    let text =
        "The bridge over the river was closed on Monday for repairs of its pillars, the town said.";
    let paths = ItemPaths {
        text: Some("content.rendered".into()),
        ..paths(None, "link", "title.rendered", "date_gmt")
    };
    let source = Source { clock: Some(Zone(0)), ..source(LIST, paths) };
    let (fetched, registry, server) = poll(source, move || {
        ok(&format!(
            r#"[{{"link": "http://x.example/article/1", "title": {{"rendered": "Bridge &#8211; closed"}},
                "date_gmt": "2026-03-05T10:00:00", "content": {{"rendered": "<p>{text}</p>"}}}},
               {{"link": "http://x.example/article/2", "title": {{"rendered": "Two"}},
                "date_gmt": "2026-03-05T09:00:00", "content": {{"rendered": ""}}}}]"#
        ))
    });
    assert_eq!(fetched.status.status, FetchStatus::Ok, "{}", fetched.status.message);
    assert_eq!((server.hits("/article/1"), server.hits("/article/2")), (0, 1));
    assert_eq!(
        times(&fetched, &registry),
        ["2026-03-05T09:00:00+00:00", "2026-03-05T10:00:00+00:00"]
    );
    let config = ExtractConfig { now: Some(now()) };
    let (articles, _) = extract::articles(&fetched.items, &registry, &config);
    let bridge = articles.iter().find(|a| a.url.ends_with("/1")).unwrap();
    assert_eq!((bridge.title.as_str(), bridge.text.as_str()), ("Bridge – closed", text));
}

#[test]
fn bad_documents_are_a_status_with_a_reason() {
    #[track_caller]
    fn check(
        expected: FetchStatus,
        reason: &str,
        list: impl Fn() -> Answer + Send + Sync + 'static,
    ) {
        let paths = paths(Some("list"), "url", "title", "time");
        let (fetched, _, _) = poll(source(LIST, paths), list);
        let message = &fetched.status.message;
        assert_eq!(fetched.status.status, expected, "{message}");
        assert!(message.contains(reason), "{message}");
    }
    let page = format!("<html><p>{}</p></html>", "words ".repeat(200));
    check(FetchStatus::NotAFeed, "not a JSON list", move || ok(&page));
    check(FetchStatus::Parse, "`list`", || ok(r#"{"rows": []}"#));
    check(FetchStatus::Parse, "no sound JSON", || ok(r#"{"list": [{"url": "http"#));
    check(FetchStatus::Parse, "", || ok(&format!("{{\"list\": {}", "[".repeat(1 << 20))));
    check(FetchStatus::Parse, "values", || {
        ok(&format!("{{\"list\": [{}1]}}", "1,".repeat(1 << 20)))
    });
    check(FetchStatus::Parse, "without address", || ok(r#"{"list": [{"title": "x"}, 7, "y"]}"#));
    check(FetchStatus::PartialParse, "1 items without address", || {
        ok(
            r#"{"list": [{"title": "x"}, {"url": "/article/1", "title": "One", "time": "1772704800"}]}"#,
        )
    });
    check(FetchStatus::SaysNothing, "", || ok(r#"{"list": []}"#));
    check(FetchStatus::TooLarge, "", || Answer::Endless(b"HTTP/1.1 200 OK\r\n\r\n[".to_vec()));
    check(FetchStatus::Http4xx, "", || answer("404 Not Found", "", b"{}"));
}
