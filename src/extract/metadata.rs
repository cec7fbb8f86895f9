//! What stands about an article beside its body: headline, byline, addresses, declared language.

use scraper::{Html, Selector};

use super::blocks::{self, letters, same_letters};
use super::document::Document;
use super::types::Field;
use super::{rules, url};
use crate::model::Outlet;
use crate::text::languages;

/// Longest byline; what is longer is a paragraph that a selector hit by mistake.
const BYLINE_CHARS: usize = 150;
/// Most words of a site's name after a headline.
const SITE_WORDS: usize = 6;
/// Signs between headline and site name, with blanks round them.
const SEPARATORS: &[&str] = &[" — ", " – ", " - ", " | ", " :: ", " » ", " • ", " · ", "_", " / "];

/// Elements that hold the headline of pages without `h1`.
const TITLE_MARKS: [&str; 3] = ["#title", ".title", ".headline"];

const BYLINE_RULES: &[&str] = &[
    "meta[name=author i]@content",
    "meta[property='article:author']@content",
    "meta[name='dc.creator' i]@content",
    "meta[name='parsely-author']@content",
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    "a[rel=author]",
    ".byline__name",
    ".byline",
    ".author-name",
    ".article__author",
];

/// Reads the headline: the outlet's rule, `og:title`, JSON-LD, `h1`, `title`, the feed; without the
/// site's name behind it.
pub(super) fn title(
    document: &Document,
    ruled: Option<Field>,
    announced: Option<&str>,
    outlet: Option<&Outlet>,
    address: &str,
) -> Field {
    let json_ld = &document.json_ld;
    let value = |rule: &str| rules::first_value(&document.parsed, rule).unwrap_or_default();
    let heading = value("h1");
    let titles = TITLE_MARKS.map(value);
    let site = value("meta[property='og:site_name']@content");
    let clean = |text: &str| {
        let marked = titles.iter().map(String::as_str);
        let headlines: Vec<&str> =
            [heading.as_str(), &json_ld.headline].into_iter().chain(marked).collect();
        without_site(text, &headlines, &site, outlet, address)
    };
    let in_page = [
        ("og:title", value("meta[property='og:title']@content")),
        ("json_ld", blocks::one_line(&unescaped(&json_ld.headline))),
        ("h1", heading.clone()),
        ("title", value("title")),
        ("feed", announced.map(|text| blocks::one_line(&unescaped(text))).unwrap_or_default()),
    ];
    let in_page = in_page.map(|(origin, value)| Field { value, origin: origin.to_owned() });
    let mut found =
        ruled.into_iter().chain(in_page).map(|field| Field { value: clean(&field.value), ..field });
    found.find(|field| !field.value.is_empty()).unwrap_or_default()
}

/// Text of a snippet that may hold entities or tags.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let fragment = Html::parse_fragment(text);
    fragment.root_element().text().collect()
}

/// Cuts site names off the end of a headline: what follows the last separator, if the rest is a
/// headline that the page states elsewhere, or if it is a name of the site or outlet.
fn without_site(
    text: &str,
    headlines: &[&str],
    site: &str,
    outlet: Option<&Outlet>,
    address: &str,
) -> String {
    let mut title = text.trim();
    if let Some(head) = stated_head(title, headlines) {
        return head.to_owned();
    }
    loop {
        let cut = SEPARATORS.iter().filter_map(|s| Some((title.rfind(s)?, s.len()))).max();
        let Some((place, length)) = cut else { break };
        let (head, tail) = (title[..place].trim(), title[place + length..].trim());
        if head.is_empty()
            || headlines
                .iter()
                .any(|h| same_letters(h, title) && !is_site(tail, site, outlet, address))
        {
            break;
        }
        let stated =
            headlines.iter().any(|headline| !headline.is_empty() && same_letters(headline, head));
        if !stated && !is_site(tail, site, outlet, address) {
            break;
        }
        title = head;
    }
    title.to_owned()
}

/// What stands before a separator, if the page states it elsewhere as its headline and not the whole.
fn stated_head<'a>(title: &'a str, headlines: &[&str]) -> Option<&'a str> {
    let is_stated = |text: &str| {
        headlines.iter().any(|headline| !headline.is_empty() && same_letters(headline, text))
    };
    let mut places: Vec<usize> =
        SEPARATORS.iter().flat_map(|s| title.match_indices(s)).map(|m| m.0).collect();
    places.sort_unstable();
    if is_stated(title) {
        return None;
    }
    places.into_iter().map(|place| title[..place].trim()).find(|head| is_stated(head))
}

fn is_site(tail: &str, site: &str, outlet: Option<&Outlet>, address: &str) -> bool {
    if tail.split_whitespace().count() > SITE_WORDS {
        return false;
    }
    let lower = tail.to_lowercase();
    let bare = letters(tail);
    let host = url::host(address).unwrap_or_default();
    let label =
        psl::domain_str(&host).and_then(|domain| domain.split('.').next()).unwrap_or_default();
    let names_host = label.len() > 2 && bare.contains(label) || bare == letters(&host);
    let names_outlet = outlet.is_some_and(|outlet| {
        let names = std::iter::once(&outlet.name).chain(&outlet.aliases);
        let starts = |name: &String| {
            lower
                .strip_prefix(&name.to_lowercase())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        names.into_iter().any(starts)
    });
    names_host || names_outlet || !site.is_empty() && bare == letters(site)
}

/// Reads the byline: the outlet's rule, JSON-LD, `meta` and marked elements, the feed.
pub(super) fn byline(
    document: &Document,
    ruled: Option<Field>,
    announced: Option<&str>,
    outlet: Option<&Outlet>,
) -> Field {
    let field = |origin: &str, value: String| Field { value, origin: origin.to_owned() };
    let in_data = field("json_ld", document.json_ld.authors.clone());
    let marked = BYLINE_RULES
        .iter()
        .filter_map(|rule| Some(field(rule, rules::first_value(&document.parsed, rule)?)));
    let feed = announced.map(|author| field("feed", author.to_owned()));
    let ladder = ruled.into_iter().chain([in_data]).chain(marked).chain(feed);
    let mut usable =
        ladder.filter_map(|field| Some(Field { value: byline_of(&field.value)?, ..field }));
    let Some(first) = usable.next() else { return Field::default() };
    // The site's own name says nothing where a person is named.
    let names: Vec<String> =
        [rules::first_value(&document.parsed, "meta[property='og:site_name']@content")]
            .into_iter()
            .flatten()
            .chain(outlet.iter().flat_map(|o| std::iter::once(&o.name).chain(&o.aliases)).cloned())
            .map(|name| letters(&name))
            .collect();
    let is_site = |field: &Field| names.contains(&letters(&field.value));
    if is_site(&first) { usable.find(|field| !is_site(field)).unwrap_or(first) } else { first }
}

fn byline_of(text: &str) -> Option<String> {
    let line = blocks::one_line(&unescaped(text));
    let lower = line.to_lowercase();
    let start = languages::phrases(|l| l.page.bylines).find(|label| lower.starts_with(label));
    let line = start.and_then(|prefix| line.get(prefix.len()..)).unwrap_or(&line).trim().to_owned();
    let is_address = line.contains('@') || line.to_lowercase().contains("www.");
    let plausible = line.contains(char::is_alphabetic)
        && !is_address
        && line.chars().count() <= BYLINE_CHARS
        && !line.contains("://");
    plausible.then_some(line)
}

/// The page's canonical address and, if it names one on a foreign host, that one.
pub(super) struct Addresses {
    pub own: Field,
    pub original: Option<String>,
}

/// Reads `rel=canonical` and `og:url`. One on the outlet's own hosts is the article's address unless
/// it is a front page; one on a foreign host is where the page says it was taken from.
pub(super) fn addresses(
    page: &Html,
    address: &str,
    is_own_host: impl Fn(&str) -> bool,
) -> Addresses {
    let given = url::canonical(address, None);
    let named = ["link[rel~=canonical i]@href", "meta[property='og:url']@content"]
        .iter()
        .filter_map(|rule| {
            let raw = rules::first_value(page, rule)?;
            Some((*rule, url::canonical(&raw, Some(address))?))
        });
    let mut own = None;
    let mut original = None;
    for (rule, candidate) in named {
        let is_own =
            given.is_none() || url::host(&candidate).is_some_and(|host| is_own_host(&host));
        if is_own && !is_front_page(&candidate) {
            own = own.or(Some(Field { value: candidate, origin: rule.to_owned() }));
        } else if !is_own && !is_front_page(&candidate) {
            original = original.or(Some(candidate));
        }
    }
    let own = own.or_else(|| given.map(|value| Field { value, origin: "address".into() }));
    Addresses { own: own.unwrap_or_default(), original }
}

/// Whether an address is that of a site's first page, which is no article.
pub(super) fn is_front_page(address: &str) -> bool {
    ::url::Url::parse(address).is_ok_and(|url| {
        let path = url.path().trim_matches('/');
        let is_index = path.strip_prefix("index.").is_some_and(|rest| !rest.contains('/'));
        (path.is_empty() || is_index) && url.query().is_none()
    })
}

/// The languages that a page declares, the most specific first.
pub(super) fn languages(document: &Document) -> Vec<String> {
    let page = &document.parsed;
    let mut declared: Vec<String> = Vec::new();
    if let Ok(selector) = Selector::parse("html") {
        let html = page.select(&selector).next();
        declared
            .extend(html.and_then(|e| e.attr("lang").or(e.attr("xml:lang"))).map(str::to_owned));
    }
    declared.push(document.json_ld.language.clone());
    for rule in
        ["meta[property='og:locale']@content", "meta[http-equiv=content-language i]@content"]
    {
        declared.extend(rules::first_value(page, rule));
    }
    declared.retain(|tag| !tag.is_empty());
    declared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::document;

    fn outlet() -> Outlet {
        Outlet {
            id: "rt".into(),
            name: "RT".into(),
            aliases: vec!["Russia Today".into()],
            domains: vec!["rt.com".into()],
            ..Outlet::default()
        }
    }

    #[track_caller]
    fn title_is(html: &str, expected: &str, origin: &str) {
        let page = document::parse(html.as_bytes(), None, "");
        let field = title(&page, None, Some("Feed title"), Some(&outlet()), "https://www.rt.com/1");
        assert_eq!((field.value.as_str(), field.origin.as_str()), (expected, origin));
    }

    #[test]
    fn site_names_go() {
        title_is(
            "<title>A bridge is closed — RT World News</title>",
            "A bridge is closed",
            "title",
        );
        title_is(
            "<meta property='og:title' content='A bridge - closed | Russia Today'>",
            "A bridge - closed",
            "og:title",
        );
        title_is("<h1>A bridge</h1><title>A bridge | World | Anything</title>", "A bridge", "h1");
        title_is("<title>War - what comes next</title>", "War - what comes next", "title");
        title_is("<p>x</p>", "Feed title", "feed");
    }

    #[test]
    fn a_headline_that_the_page_marks_goes_without_its_channel() {
        title_is(
            "<title>大桥关闭 - 某社会 - 某网</title><div id=title>大桥关闭</div>",
            "大桥关闭",
            "title",
        );
    }

    #[test]
    fn a_person_goes_before_the_sites_name() {
        let page = "<meta property='og:site_name' content='The Post'><meta name=author content='The Post'>\
            <span class=byline>By A. Writer</span>";
        let of = |page: &str| byline(&document::parse(page.as_bytes(), None, ""), None, None, None);
        assert_eq!(of(page).value, "A. Writer");
        assert_eq!(of("<meta name=author content=RT>").value, "RT");
    }

    #[test]
    fn a_headline_with_a_dash_of_its_own_stays_whole() {
        title_is(
            "<h1>Bridge - RT film</h1><meta property='og:title' content='Closed - and open'>",
            "Closed - and open",
            "og:title",
        );
    }

    #[test]
    fn bylines_without_their_word() {
        assert_eq!(byline_of("By  A. Writer").as_deref(), Some("A. Writer"));
        assert_eq!(byline_of("https://a.example/author"), None);
        assert_eq!(byline_of("desk@a.example"), None);
        assert_eq!(byline_of("The Post (www.a.example)"), None);
        assert_eq!(byline_of(&"x".repeat(200)), None);
    }

    #[test]
    fn an_address_on_a_foreign_host_is_the_original() {
        let page = Html::parse_document(
            "<link rel=canonical href='http://tass.com/world/1?utm_source=x'>",
        );
        let found = addresses(&page, "https://a.example/1", |host| host == "a.example");
        assert_eq!(found.own.value, "https://a.example/1");
        assert_eq!(found.original.as_deref(), Some("https://tass.com/world/1"));
    }

    #[test]
    fn an_address_on_the_own_host_is_the_articles() {
        let page = Html::parse_document(
            "<link rel=canonical href='/b'><meta property='og:url' content='https://a.example/'>",
        );
        let found = addresses(&page, "https://a.example/b?x=1", |host| host == "a.example");
        assert_eq!(found.own.value, "https://a.example/b");
        assert_eq!(found.original, None);
    }
}
