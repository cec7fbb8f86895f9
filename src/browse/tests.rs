//! Every page of the sample run, and what hostile text does on it.

use scraper::{Html, Selector};

use super::library::tests::library;
use super::*;

fn site(texts: bool) -> Site {
    Site { library: library(texts), sheet: None, token: "secret".into() }
}

fn get(site: &Site, address: &str) -> Reply {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    site.answer(&Request { is_post: false, path: path.into(), fields: Fields::parse(query) })
}

fn html(site: &Site, address: &str) -> String {
    let reply = get(site, address);
    assert_eq!(reply.status, 200, "{address}");
    String::from_utf8(reply.body).unwrap()
}

/// Every address that can be reached from the first page.
fn crawl(site: &Site) -> Vec<(String, String)> {
    let link = Selector::parse("a[href^='/']").unwrap();
    let mut seen: std::collections::BTreeSet<String> = ["/".to_owned()].into();
    let mut open = vec!["/".to_owned()];
    let mut pages = Vec::new();
    while let Some(address) = open.pop() {
        let page = html(site, &address);
        if !address.contains("format=csv") {
            for link in Html::parse_document(&page).select(&link) {
                let target = link.value().attr("href").unwrap().split('#').next().unwrap();
                if seen.insert(target.to_owned()) {
                    open.push(target.to_owned());
                }
            }
        }
        pages.push((address, page));
        assert!(pages.len() < 2_000);
    }
    pages
}

#[test]
fn every_thing_has_an_address_and_every_link_leads_somewhere() {
    let site = site(true);
    let pages = crawl(&site);
    let count = |path: &str| pages.iter().filter(|(at, _)| at.starts_with(path)).count();
    let document = site.library.document;
    assert_eq!(count("/article?"), document.articles.len());
    assert_eq!(count("/match?"), document.matches.len());
    assert_eq!(count("/narrative?"), document.narratives.len());
    assert_eq!(count("/edge?"), document.edges.len());
    assert_eq!(count("/chain?"), document.chains.len());
    assert_eq!(count("/pair?"), document.outlet_pairs.len());
}

#[test]
fn hostile_text_stays_text_on_every_page() {
    let site = site(true);
    let any = Selector::parse("*").unwrap();
    let mut shown = 0;
    for (address, page) in crawl(&site) {
        if address.contains("format=csv") {
            assert!(!page.lines().any(|line| line.split(',').any(|cell| cell.starts_with('='))));
            continue;
        }
        assert!(!page.contains("<script>alert") && !page.contains('\u{202e}'), "{address}");
        shown += page.matches("&lt;script&gt;alert(1)").count();
        for element in Html::parse_document(&page).select(&any) {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on") && name != "style", "{address}: {name}={value}");
                let is_link = name == "href" || name == "action";
                let is_ours = value.starts_with(['/', '#'])
                    || value.starts_with("data:,")
                    || value.starts_with("https://web.archive.org/web/");
                assert!(!is_link || is_ours, "{address}: {value}");
                assert!(!value.starts_with("//"), "{address}: {value}");
            }
        }
    }
    assert!(shown > 5, "the hostile headline is shown");
}

#[test]
fn hostile_questions_are_answered_with_a_page() {
    let site = site(false);
    for address in [
        "/articles?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/articles?q=%22%20OR%201%3D1&outlet=%22%3E%3Cb%3E&page=99999999999999999999",
        "/matches?a=%3Cb%3E&b=../../etc/passwd&relation=nosuch",
        "/passages?words=-5&kind=%00",
        "/narratives?label=%22&outlet=x",
        "/edges?grade=E9&page=0",
    ] {
        let page = html(&site, address);
        assert!(!page.contains("<script>") && !page.contains("\"><b>"), "{address}");
    }
    for address in
        ["/nosuch", "/article?id=../..", "/pair?a=x&b=y", "/match", "/code", "//evil.example"]
    {
        assert_eq!(get(&site, address).status, 404, "{address}");
    }
}

#[test]
fn a_match_shows_both_texts_with_their_passages() {
    let site = site(true);
    let found = site.library.document.matches.iter().find(|m| m.passages.len() == 2).unwrap();
    let page = html(&site, &format!("/match?id={}", found.id));
    let page = Html::parse_document(&page);
    let marks = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(marks(".side"), 2);
    assert_eq!(marks("mark.own"), 4);
    for id in ["a1", "a2", "b1", "b2"] {
        assert_eq!(marks(&format!("mark#{id}")), 1, "{id}");
    }
    // Without the texts, the passages are there all the same.
    let without = html(&self::site(false), &format!("/match?id={}", found.id));
    assert!(without.contains("has quietly signed over the eastern locks"));
}

#[test]
fn a_search_finds_and_can_be_saved() {
    let site = site(true);
    let page = html(&site, "/articles?q=%22eastern+locks%22&outlet=lantern");
    assert!(page.contains("Locks for lease") && !page.contains("Foreign bank takes over"));
    let saved = get(&site, "/articles?q=eastern+locks&format=csv");
    assert_eq!(saved.file.as_deref(), Some("articles.csv"));
    let text = String::from_utf8(saved.body).unwrap();
    assert!(text.starts_with("published,outlet,headline,") && text.lines().count() > 3, "{text}");
    let id = &site.library.document.edges[0].id;
    let place = get(&site, &format!("/articles?q={id}"));
    assert_eq!((place.status, place.location), (303, Some(format!("/edge?id={id}"))));
}

/// A sheet of two edges in a folder of its own.
fn sheet() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sheet.csv");
    std::fs::write(
        &path,
        "item,label,comment,outlet_from,outlet_to,published_from,published_to,title_from,title_to,lead_from,lead_to,passages,edge\n\
         1,,,A,B,,,\"<b>One</b>\",Two,,,\"the same, here | and there\",e1\n\
         2,,,A,B,,,Three,Four,,,again,e2\n",
    )
    .unwrap();
    (folder, path)
}

fn post(site: &Site, form: &str) -> Reply {
    site.answer(&Request { is_post: true, path: "/code".into(), fields: Fields::parse(form) })
}

#[test]
fn answers_are_written_into_the_sheet() {
    let (_folder, path) = sheet();
    let site = Site { sheet: Some(Sheet::open(&path).unwrap()), ..site(false) };
    let page = html(&site, "/code");
    assert!(page.contains("&lt;b&gt;One&lt;/b&gt;") && page.contains("0 of 2 labelled"));
    assert!(!page.contains("E1") && !page.contains("grade</dt>"), "the sheet never shows a grade");
    let reply = post(&site, "token=secret&item=1&label=right&comment=%3Dsure%2C+yes");
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/code?item=2")));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("1,right,\"'=sure, yes\",A,B"), "{written}");
    assert!(written.contains("\"the same, here | and there\",e1"), "{written}");
    assert!(html(&site, "/code").contains("1 of 2 labelled"));
    let labels = crate::sample::sheet::read(written.as_bytes()).unwrap();
    assert_eq!(labels.len(), 1);
}

#[test]
fn nothing_is_written_without_the_token() {
    let (_folder, path) = sheet();
    let before = std::fs::read(&path).unwrap();
    let site = Site { sheet: Some(Sheet::open(&path).unwrap()), ..site(false) };
    for form in
        ["item=1&label=right", "token=&item=1&label=right", "token=secreT&item=1&label=right"]
    {
        assert_eq!(post(&site, form).status, 403, "{form}");
    }
    for form in
        ["token=secret&item=9&label=right", "token=secret&item=1&label=maybe", "token=secret"]
    {
        assert_eq!(post(&site, form).status, 400, "{form}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let elsewhere = Request { is_post: true, path: "/articles".into(), fields: Fields::default() };
    assert_eq!(site.answer(&elsewhere).status, 404);
}
