//! Where a page, its markup and its address state publication times.

use scraper::{ElementRef, Html, Selector};

use super::claim::{Claim, OutletZone};
use super::jsonld::JsonLd;
use super::{moment, page_boxes, rules};
use crate::model::DateSource;

/// Names of `meta` elements that hold a publication time, the most reliable first; compared in lower
/// case with `name`, `property` and `itemprop`.
const META_NAMES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "published_time_telegram",
    "mediator_published_time",
    "article:published",
    "article.published",
    "rnews:datepublished",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "published_date",
    "published_time",
    "publishtime",
    "pubdate",
    "pub_date",
    "pubtime",
    "publication_date",
    "publicationdate",
    "publication-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article_date_original",
    "apub:time",
    "bt:pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "displaydate",
    "article.created",
    "datecreated",
    "created",
    "date_published",
    "article:post_date",
    "og:pubdate",
    "vr:published_time",
    "weibo:article:create_at",
    "iso-8601-publish-date",
    "timestamp",
    "date",
    "dc:date",
    "doc_date",
    "pdate",
];

/// Elements that a page marks as the article's own time, before any other `<time>`.
const TIME_RULES: &[&str] = &[
    "time[itemprop=datePublished]@datetime",
    "[itemprop=datePublished]@content",
    "[itemprop=datePublished]@datetime",
    "[itemprop=datePublished]",
    "time[pubdate]@datetime",
    "abbr.published@title",
    "time.published@datetime",
    "time.entry-date@datetime",
    "article header time@datetime",
    "article time@datetime",
    "main time@datetime",
    "time@datetime",
    "time@data-timestamp",
    "time@data-unixtime",
    "time@data-time",
    "article time",
    "time",
];

/// Pieces of text before a time, and inside it, among which its label is looked for.
const LABEL_TEXTS: usize = 4;

/// Names of `meta` elements that systems fill with the time of any event of the document: its
/// creation as an empty form, its last change, its delivery.
const WEAK_META: &[&str] = &[
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "timestamp",
    "created",
    "datecreated",
    "article.created",
    "dc.date.created",
    "dcterms.created",
    "doc_date",
    "pdate",
];

/// Reads the claims of a page in the order of the ladder; `stated` are the times that the outlet's
/// rules found, with their selectors.
pub(super) fn of_page(
    page: &Html,
    json_ld: &JsonLd,
    stated: &[(String, String)],
    zone: OutletZone,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = stated
        .iter()
        .filter_map(|(raw, selector)| zone.claim(DateSource::Rule, selector, raw))
        .collect();
    claims.extend(zone.claim(DateSource::JsonLd, "datePublished", &json_ld.published));
    claims.extend(meta_claim(page, zone));
    claims.extend(TIME_RULES.iter().find_map(|rule| {
        let raw = rules::first_value_where(page, rule, |element| {
            page_boxes::is_of_the_article(element) && !is_of_a_change(element)
        })?;
        zone.claim(DateSource::Time, rule, &raw)
    }));
    claims
}

/// Whether an element states the time of a change, by its own names or the label before it.
fn is_of_a_change(element: ElementRef<'_>) -> bool {
    let names: String = ["itemprop", "class", "id", "property"]
        .iter()
        .filter_map(|key| element.attr(key))
        .map(str::to_ascii_lowercase)
        .collect();
    let is_named = |words: &[&str]| words.iter().any(|word| names.contains(word));
    if is_named(&["publish", "created"]) {
        return false;
    }
    is_named(&["modified", "updated", "lastmod"]) || moment::is_of_a_change(&labelled_text(element))
}

/// The text of an element with what stands before it in the same parent.
fn labelled_text(element: ElementRef<'_>) -> String {
    let before: Vec<&str> = element
        .prev_siblings()
        .flat_map(|node| {
            let texts = node.descendants().filter_map(|node| node.value().as_text());
            texts.map(|text| &**text).collect::<Vec<_>>().into_iter().rev()
        })
        .take(LABEL_TEXTS)
        .collect();
    let own = element.text().take(LABEL_TEXTS);
    before.into_iter().rev().chain(own).collect::<Vec<_>>().join(" ")
}

/// Whether the page states the time of a change anywhere in its data.
pub(super) fn states_a_change(page: &Html, json_ld: &JsonLd) -> bool {
    let marked = [
        "meta[property='article:modified_time']",
        "meta[property='og:updated_time']",
        "meta[name='last-modified' i]",
        "[itemprop=dateModified]",
    ];
    let any = |rule: &&str| Selector::parse(rule).is_ok_and(|s| page.select(&s).next().is_some());
    let times = || Selector::parse("time").is_ok_and(|s| page.select(&s).any(is_of_a_change));
    !json_ld.modified.is_empty() || marked.iter().any(any) || times()
}

fn meta_claim(page: &Html, zone: OutletZone) -> Option<Claim> {
    let selector = Selector::parse("meta[content]").ok()?;
    let named: Vec<(String, &str)> = page
        .select(&selector)
        .filter_map(|meta| {
            let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key))?;
            Some((name.to_lowercase(), meta.attr("content")?))
        })
        .collect();
    META_NAMES.iter().find_map(|wanted| {
        let mut contents = named.iter().filter(|(name, _)| name == wanted);
        contents.find_map(|(name, raw)| zone.claim(DateSource::Meta, name, raw))
    })
}

/// Whether all that is known is a `meta` time of unclear meaning, which nothing else confirms.
pub(super) fn is_weak(claims: &[Claim]) -> bool {
    let [first, others @ ..] = claims else { return false };
    first.source == DateSource::Meta
        && WEAK_META.contains(&first.origin.as_str())
        && !others.iter().any(|other| other.local_date == first.local_date)
}

/// The day in an address: `/2019/01/21/`, `/2019-01-21/`, `/20190121/`.
pub(super) fn of_address(url: &str, zone: OutletZone) -> Option<Claim> {
    let path = url.split(['?', '#']).next()?.splitn(4, '/').nth(3)?;
    let mut numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.retain(|number| !number.is_empty());
    let joined = numbers.windows(3).find_map(|w| match [w[0].len(), w[1].len(), w[2].len()] {
        [4, 1..=2, 1..=2] if w[0].starts_with("19") || w[0].starts_with("20") => {
            let raw = format!("{}-{}-{}", w[0], w[1], w[2]);
            // The three stand together in the address, not in two places of it.
            let together = ["/", "-", "_", "."]
                .iter()
                .any(|s| path.contains(&format!("{}{s}{}{s}{}", w[0], w[1], w[2])));
            together.then_some(raw)
        }
        _ => None,
    });
    let compact =
        || numbers.iter().find(|n| n.len() == 8 && n.starts_with("20")).map(|n| (*n).to_owned());
    let raw = joined.or_else(compact)?;
    zone.claim(DateSource::Url, "address", &raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::date::choose;
    use crate::model::Zone;

    const UNKNOWN: OutletZone = OutletZone { zone: Zone(0), known: false };

    #[test]
    fn addresses_with_a_day() {
        let day = |url: &str| of_address(url, UNKNOWN).map(|claim| claim.local_date.to_string());
        assert_eq!(day("https://a.example/2019/01/21/x").as_deref(), Some("2019-01-21"));
        assert_eq!(
            day("https://a.example/news/2019-01-21/slug-1/p.html").as_deref(),
            Some("2019-01-21")
        );
        assert_eq!(day("https://a.example/20190121/slug-1078.html").as_deref(), Some("2019-01-21"));
        assert_eq!(day("https://a.example/top-2019-lists/12/7"), None);
        assert_eq!(day("https://2019.a.example/x"), None);
    }

    #[track_caller]
    fn time_is(html: &str, expected: Option<&str>) {
        let page = Html::parse_document(html);
        let claims = of_page(&page, &JsonLd::default(), &[], UNKNOWN);
        let time = choose(&claims, None, UNKNOWN).0.map(|claim| claim.raw);
        assert_eq!(time.as_deref(), expected, "{html}");
    }

    #[test]
    fn the_time_of_a_change_is_none() {
        time_is(
            "<time itemprop=dateModified datetime='2019-01-22T10:00:00Z'>22 January</time>",
            None,
        );
        time_is(
            "<p>Aggiornato il <time datetime='2019-01-22T10:00:00Z'>22 gennaio</time></p>",
            None,
        );
        time_is(
            "<p>Updated <time datetime='2019-01-22T10:00:00Z'>22 January</time></p>\
             <p>First published <time datetime='2019-01-21T10:00:00Z'>21 January</time></p>",
            Some("2019-01-21T10:00:00Z"),
        );
        time_is(
            "<time class='entry-date published updated' datetime='2019-01-21T10:00:00Z'>x</time>",
            Some("2019-01-21T10:00:00Z"),
        );
        time_is("<time data-timestamp=1548036225>x</time>", Some("1548036225"));
        let page =
            Html::parse_document("<meta property='article:modified_time' content='2019-01-22'>");
        assert!(states_a_change(&page, &JsonLd::default()));
    }

    #[test]
    fn updated_is_not_published() {
        let page = Html::parse_document(
            "<meta property='article:modified_time' content='2019-01-22T10:00:00Z'>\
             <meta property='article:published_time' content='2019-01-21T10:00:00Z'>\
             <time datetime='2019-01-25'>",
        );
        let claims = of_page(&page, &JsonLd::default(), &[], UNKNOWN);
        assert_eq!(choose(&claims, None, UNKNOWN).0.unwrap().raw, "2019-01-21T10:00:00Z");
    }
}
