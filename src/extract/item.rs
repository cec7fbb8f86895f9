//! Fetched items to articles: one article for each identity, in its newest version.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::source::Source;
use super::types::{ExtractConfig, Page};
use super::{document, page, soft_404, url};
use crate::ids;
use crate::model::{Article, Outlet, Published, RawItem, Registry, Skipped};

/// See [`super::articles`]. Runs on the current rayon pool; the order is that of the ids.
pub(super) fn articles(
    items: &[RawItem],
    registry: &Registry,
    config: &ExtractConfig,
) -> (Vec<Article>, Vec<Skipped>) {
    let read: Vec<Result<Article, Skipped>> =
        items.par_iter().map(|item| article(item, registry, config)).collect();
    let mut skipped = Vec::new();
    let mut by_id: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for result in read {
        match result {
            Ok(article) => by_id.entry(article.id.clone()).or_default().push(article),
            Err(reason) => skipped.push(reason),
        }
    }
    skipped.sort();
    let mut articles: Vec<Article> = by_id.into_values().filter_map(newest).collect();
    soft_404::without_template_texts(&mut articles);
    (articles, skipped)
}

/// The newest of an article's versions, with the first sighting of the oldest. One that came from a
/// second section feed and has no body does not replace one that has.
fn newest(versions: Vec<Article>) -> Option<Article> {
    let first_seen = versions.iter().filter_map(|article| article.first_seen).min();
    let rank = |a: &Article| {
        (!a.text.is_empty(), a.version, a.first_seen, std::cmp::Reverse(a.text_sha256.clone()))
    };
    let claims: Vec<&Published> =
        versions.iter().filter_map(|article| article.published.as_ref()).collect();
    let earliest = Published::earliest(&claims).cloned();
    let best = versions.into_iter().max_by_key(rank)?;
    Some(Article { first_seen, published: earliest.or(best.published), ..best })
}

fn article(
    item: &RawItem,
    registry: &Registry,
    config: &ExtractConfig,
) -> Result<Article, Skipped> {
    let skipped = |reason: &str| Skipped { what: item.url.clone(), reason: reason.to_owned() };
    let foreign = of_another_outlet(item, registry);
    let owned = foreign.as_ref().map(|(outlet, edition)| RawItem {
        outlet: outlet.clone(),
        edition: edition.clone(),
        ..item.clone()
    });
    let item = owned.as_ref().unwrap_or(item);
    let outlet = registry.get(&item.outlet);
    let edition = outlet.and_then(|o| o.editions.iter().find(|e| e.id == item.edition));
    let fetched = item.page.as_ref();
    let body = fetched.map_or(&[][..], |page| &page.body);
    let content_type = fetched.and_then(|page| page.content_type.as_deref());
    let url = fetched.map_or(item.url.as_str(), |page| page.url.as_str());
    let source = Source { url, item: Some(item), outlet, edition, registry };
    let latest = item.first_seen.or(config.now);
    let read = || page::read(&document::parse(body, content_type, url), &source, latest);
    let page = catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| skipped("the page could not be read: a parser gave up on it"))?;
    if page.title.value.is_empty() && page.text.value.is_empty() {
        return Err(skipped(
            "neither headline nor text: not an article, or its page was not fetched",
        ));
    }
    let edition = edition_of(outlet, &item.edition, &page.language.value).to_owned();
    let article = from_page(item, page, outlet.and_then(|o| o.article_id.as_deref()));
    Ok(Article { edition, ..article })
}

/// The outlet and edition of an item's address, if these are another outlet's than the one whose source
/// listed it: feeds list what others have published. Of an item that no source listed somebody has said whose
/// it is.
fn of_another_outlet(item: &RawItem, registry: &Registry) -> Option<(String, String)> {
    let listed = registry.get(&item.outlet).filter(|_| !item.source.is_empty())?;
    let (outlet, edition) = registry.by_address(&url::host(&item.url)?, &url::path(&item.url))?;
    let edition = edition.map_or_else(String::new, |edition| edition.id.clone());
    (outlet.id != listed.id).then(|| (outlet.id.clone(), edition))
}

/// The edition of an article: that of the source, unless the text is in the language of another one alone. Some sources
/// list the articles of two editions.
fn edition_of<'a>(outlet: Option<&'a Outlet>, listed: &'a str, language: &str) -> &'a str {
    let editions = outlet.map_or(&[][..], |outlet| &outlet.editions);
    let own = editions.iter().find(|edition| edition.id == listed);
    if own.is_none_or(|own| own.language == language) {
        return listed;
    }
    let of_language = editions.iter().find(|edition| edition.language == language);
    of_language.map_or(listed, |edition| &edition.id)
}

fn from_page(item: &RawItem, page: Page, article_id: Option<&str>) -> Article {
    let identity = url::identity(&page.url.value, article_id);
    let raw = item.page.as_ref().map(|page| page.body.as_slice());
    let announced =
        || item.content.as_deref().or(item.summary.as_deref()).unwrap_or_default().as_bytes();
    Article {
        id: ids::stable_id(&[&item.outlet, &identity]),
        outlet: item.outlet.clone(),
        edition: item.edition.clone(),
        language: page.language.value,
        language_confidence: Some(page.language_confidence),
        url: page.url.value,
        title: page.title.value,
        text_sha256: ids::sha256_hex(page.text.value.as_bytes()),
        text: page.text.value,
        byline: page.byline.value,
        published: page.published,
        first_seen: item.first_seen,
        links: page.links,
        raw_sha256: ids::sha256_hex(raw.unwrap_or_else(announced)),
        version: item.version.max(1),
        flags: page.flags.iter().map(ToString::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::model::{Edition, Outlet, RawPage, Zone};

    fn registry() -> Registry {
        Registry::new([Outlet {
            id: "rt".into(),
            name: "RT".into(),
            domains: vec!["rt.com".into()],
            article_id: Some(r"/(\d{5,})-".into()),
            ..Outlet::default()
        }])
    }

    fn item(url: &str, text: &str, version: u32, seen: i64) -> RawItem {
        RawItem {
            outlet: "rt".into(),
            url: url.into(),
            title: Some("A bridge is closed".into()),
            page: Some(RawPage {
                url: url.into(),
                content_type: None,
                body: format!("<h1>A bridge is closed</h1><p>{text}</p>").into_bytes(),
            }),
            first_seen: DateTime::from_timestamp(seen, 0),
            version,
            ..RawItem::default()
        }
    }

    const FIRST: &str =
        "The bridge over the river was closed on Monday for repairs of its pillars.";
    const SECOND: &str =
        "The bridge over the river was closed on Tuesday for repairs of its pillars.";

    fn read(items: &[RawItem]) -> (Vec<Article>, Vec<Skipped>) {
        articles(items, &registry(), &ExtractConfig::default())
    }

    #[test]
    fn an_edited_article_is_a_new_version_seen_first_when_the_old_one_was() {
        let items = [
            item("https://www.rt.com/news/12345-old-slug/", FIRST, 1, 100),
            item("https://rt.com/russia/12345-new-slug/?utm_source=x", SECOND, 2, 200),
        ];
        let (articles, skipped) = read(&items);
        assert_eq!((articles.len(), skipped.len()), (1, 0));
        assert_eq!((articles[0].version, articles[0].text.as_str()), (2, SECOND));
        assert_eq!(articles[0].first_seen, DateTime::from_timestamp(100, 0));
    }

    #[test]
    fn an_edit_does_not_move_the_publication() {
        let at = |published: &str, version, seen| RawItem {
            published: Some(published.into()),
            ..item("https://rt.com/news/12345-x/", FIRST, version, seen)
        };
        let (articles, _) = read(&[
            at("Wed, 04 Mar 2020 10:15:20 GMT", 1, 1_583_400_000),
            at("Thu, 05 Mar 2020 09:44:10 GMT", 2, 1_583_480_000),
        ]);
        let published = articles[0].published.as_ref().map(|published| published.utc.to_rfc3339());
        assert_eq!(published.as_deref(), Some("2020-03-04T10:15:20+00:00"));
    }

    #[test]
    fn an_item_belongs_to_the_outlet_of_its_address() {
        let other =
            Outlet { id: "post".into(), domains: vec!["post.example".into()], ..Outlet::default() };
        let registry = Registry::new([registry().get("rt").unwrap().clone(), other]);
        let outlet_of = |source: &str| {
            let url = "https://post.example/news/1";
            let listed = RawItem { source: source.into(), ..item(url, FIRST, 1, 1) };
            articles(&[listed], &registry, &ExtractConfig::default()).0.remove(0).outlet
        };
        assert_eq!(
            (outlet_of("https://rt.com/rss").as_str(), outlet_of("").as_str()),
            ("post", "rt")
        );
    }

    #[test]
    fn a_source_of_two_languages_fills_two_editions() {
        let edition = |id: &str, language: &str| Edition {
            id: id.into(),
            language: language.into(),
            region: None,
            hosts: Vec::new(),
            sources: Vec::new(),
            zone: Zone(0),
            rules: Vec::new(),
        };
        let mut rt = registry().get("rt").unwrap().clone();
        rt.editions = vec![edition("rt-en", "en"), edition("rt-es", "es")];
        let registry = Registry::new([rt]);
        let edition_of = |text: &str| {
            let page = text.repeat(4);
            let listed = RawItem {
                edition: "rt-en".into(),
                ..item("https://rt.com/news/12345-x/", &page, 1, 1)
            };
            articles(&[listed], &registry, &ExtractConfig::default()).0.remove(0).edition
        };
        let spanish = "El puente sobre el río fue cerrado el lunes para reparar sus pilares, dijo la ciudad, y \
            los barcos esperan desde entonces en el puerto hasta que termine la obra de los ingenieros. ";
        assert_eq!(edition_of(spanish), "rt-es");
        assert_eq!(edition_of(&format!("{FIRST} ")), "rt-en");
        // There is no edition for it, so it stays where it was listed.
        let german = "Die Brücke über den Fluss wurde am Montag gesperrt, damit ihre Pfeiler erneuert werden \
            können, teilte die Stadt mit, und die Schiffe warten seither im Hafen auf das Ende der Arbeiten. ";
        assert_eq!(edition_of(german), "rt-en");
    }

    #[test]
    fn what_is_no_article_has_the_feeds_excerpt() {
        let body = |bytes: &[u8], url: &str| RawItem {
            summary: Some("The ferry stopped for nine days.".into()),
            page: Some(RawPage { url: url.into(), content_type: None, body: bytes.to_vec() }),
            ..item("https://rt.com/news/12345-x/", "", 1, 1)
        };
        let stub = b"<h1>A bridge is closed</h1><p>Please enable JavaScript to read on.</p>";
        let front =
            b"<h1>News</h1><p>Teasers of many articles stand here, one below the other.</p>";
        let address = "https://rt.com/news/12345-x/";
        for (page, flag) in [
            (body(b"%PDF-1.7 x", address), "not_html"),
            (body(stub, address), "stub"),
            (body(front, "https://rt.com/"), "front_page"),
        ] {
            let (articles, _) = read(&[page]);
            assert_eq!(articles[0].text, "The ferry stopped for nine days.", "{flag}");
            assert!(articles[0].flags.iter().any(|f| f == flag), "{:?}", articles[0].flags);
        }
    }

    #[test]
    fn what_holds_nothing_is_skipped_with_a_reason() {
        let empty = RawItem { title: None, page: None, ..item("https://rt.com/x", "", 1, 1) };
        let (articles, skipped) = read(&[empty]);
        assert!(articles.is_empty());
        assert_eq!(skipped[0].what, "https://rt.com/x");
    }

    #[test]
    fn a_title_without_a_text_is_kept() {
        let bare = RawItem { page: None, ..item("https://rt.com/news/12346-x/", "", 1, 1) };
        let (articles, _) = read(&[bare]);
        assert_eq!(
            (articles[0].title.as_str(), articles[0].text.as_str()),
            ("A bridge is closed", "")
        );
    }

    #[test]
    fn a_text_under_three_headlines_is_the_templates() {
        let same = |n: u32| RawItem {
            title: Some(format!("Headline {n}")),
            page: Some(RawPage {
                url: format!("https://rt.com/news/{n}-x/"),
                content_type: None,
                body: format!("<h1>Headline {n}</h1><p>{FIRST}</p>").into_bytes(),
            }),
            ..item(&format!("https://rt.com/news/{n}-x/"), FIRST, 1, 1)
        };
        let copy = |n: u32| item(&format!("https://rt.com/news/{n}-x/"), FIRST, 1, 1);
        let (copies, _) = read(&[copy(1), copy(12302), copy(12303)]);
        assert!(copies.iter().all(|article| !article.text.is_empty()));
        let other = item("https://rt.com/news/12399-y/", SECOND, 1, 1);
        let (two, _) = read(&[same(12301), same(12302), other.clone()]);
        assert!(two.iter().all(|article| !article.text.is_empty()));
        let (three, _) = read(&[same(12301), same(12302), same(12303), other]);
        let stubs = three.iter().filter(|a| a.text.is_empty() && a.flags == ["soft_404"]);
        assert_eq!(stubs.count(), 3);
        assert_eq!(three.iter().filter(|article| article.text == SECOND).count(), 1);
    }

    #[test]
    fn order_and_threads_do_not_matter() {
        let mut items: Vec<RawItem> = (0..40)
            .map(|i| item(&format!("https://rt.com/news/{}-x/", 20_000 + i % 30), FIRST, 1, i))
            .collect();
        let on = |threads: usize, items: &[RawItem]| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| read(items))
        };
        let forward = on(1, &items);
        assert_eq!(forward.0.len(), 30);
        items.reverse();
        assert_eq!(on(2, &items), forward);
    }
}
