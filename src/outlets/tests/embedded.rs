//! The registry that comes with the program: whole, found by names and hosts, and documented.

use crate::model::{PollSet, Role};
use crate::outlets::{embedded, find, problems};

#[test]
fn the_embedded_registry_is_read_and_has_no_problem() {
    let found = problems(&embedded());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn outlets_are_found_by_any_of_their_names() {
    let registry = embedded();
    let id = |name| find(&registry, name).map(|outlet| outlet.id.as_str());
    assert_eq!(id("globaltimes"), Some("globaltimes"));
    assert_eq!(id("Global Times"), Some("globaltimes"));
    assert_eq!(id("GLOBAL_TIMES"), Some("globaltimes"));
    assert_eq!(id("新华社"), Some("xinhua"));
    assert_eq!(id("ТАСС"), Some("tass"));
    assert_eq!(id("The Daily Planet"), None);
    assert_eq!(id(" - "), None);
}

/// Checks which part of an address the outlet's pattern takes for the article's id.
#[track_caller]
fn check_article_id(url: &str, outlet: &str, expected: Option<&str>) {
    let registry = embedded();
    let host = url::Url::parse(url).expect("an address").host_str().map(str::to_owned);
    let (owner, _) = registry.by_host(&host.expect("a host")).expect("a known host");
    assert_eq!(owner.id, outlet, "{url}");
    let pattern = owner.article_id.as_deref().expect("a pattern");
    let pattern = regex::Regex::new(pattern).expect("checked by the reader");
    let found = pattern.captures(url).and_then(|c| c.get(1)).map(|id| id.as_str());
    assert_eq!(found, expected, "{url}");
}

#[test]
fn article_ids_are_found_in_all_forms_of_address() {
    let check = check_article_id;
    check("https://www.rt.com/news/473849-a-headline/", "rt", Some("473849"));
    check("https://swentr.site/business/598624-a-headline/", "rt", Some("598624"));
    check("https://russian.rt.com/russia/news/1321691-a-headline", "rt", Some("1321691"));
    check("https://www.rt.com/news/", "rt", None);
    check(
        "https://sputnikglobe.com/20230501/a-headline-1110000001.html",
        "sputnik",
        Some("1110000001"),
    );
    check(
        "https://arabic.sputniknews.com/arab_world/202003171044893040-slug/",
        "sputnik",
        Some("1044893040"),
    );
    check("https://sputnikglobe.com/20230501/", "sputnik", None);
    check("https://ria.ru/20240601/vspyshki-1949909017.html", "ria", Some("1949909017"));
    check("https://www.ria.ru/society/20120105/532541876.html", "ria", Some("532541876"));
    check("https://tass.com/society/1151917", "tass", Some("1151917"));
    check("https://tass.ru/ekonomika/17654321", "tass", Some("17654321"));
    check(
        "https://news.cgtn.com/news/2025-09-21/A-headline-1GPaQbcDeFg/p.html",
        "cgtn",
        Some("A-headline-1GPaQbcDeFg"),
    );
    check(
        "https://news.cgtn.com/news/3d3d414f3055544d/index.html",
        "cgtn",
        Some("3d3d414f3055544d"),
    );
    check("https://www.globaltimes.cn/page/202510/1346654.shtml", "globaltimes", Some("1346654"));
    check("http://www.xinhuanet.com/2020-02/19/c_1125597921.htm", "xinhua", Some("1125597921"));
    check(
        "https://english.news.cn/20260609/9e32edbd6ad94d4e8d6a42441cf14d1b/c.html",
        "xinhua",
        Some("9e32edbd6ad94d4e8d6a42441cf14d1b"),
    );
    check(
        "http://politics.people.com.cn/n1/2024/0424/c1001-40223075.html",
        "peoplesdaily",
        Some("40223075"),
    );
    check(
        "http://en.people.cn/n3/2024/0424/c90000-20161003.html",
        "peoplesdaily",
        Some("20161003"),
    );
    check("https://www.bbc.com/news/world-europe-50473792", "bbc", Some("50473792"));
    check("https://www.bbc.com/news/articles/c4ng0k7rp2zo", "bbc", Some("c4ng0k7rp2zo"));
    check("https://www.bbc.com/news/technology", "bbc", None);
    check("https://www.dw.com/en/a-headline/a-52000000", "dw", Some("52000000"));
    check(
        "https://apnews.com/article/a-headline-0123456789abcdef0123456789abcdef",
        "ap",
        Some("0123456789abcdef0123456789abcdef"),
    );
}

#[test]
fn hosts_find_their_edition() {
    let registry = embedded();
    let edition = |host| registry.by_host(host).and_then(|(_, edition)| Some(edition?.id.as_str()));
    assert_eq!(edition("www.rt.com"), Some("rt-en"));
    assert_eq!(edition("russian.rt.com"), Some("rt-ru"));
    assert_eq!(edition("freedert.online"), Some("rt-de"));
    assert_eq!(edition("sputniknews.com"), Some("sputnik-en"));
    assert_eq!(edition("mundo.sputniknews.com"), Some("sputnik-es"));
    assert_eq!(edition("fr.sputniknews.africa"), Some("sputnik-africa-fr"));
    assert_eq!(edition("news.cgtn.com"), Some("cgtn-en"));
    assert_eq!(edition("arabic.cgtn.com"), Some("cgtn-ar"));
    assert_eq!(edition("world.huanqiu.com"), Some("globaltimes-zh"));
    assert_eq!(edition("en.people.cn"), Some("peoplesdaily-en"));
    assert_eq!(edition("politics.people.com.cn"), Some("peoplesdaily-zh"));
    assert_eq!(edition("notrt.com"), None);
}

#[test]
fn folders_find_their_edition() {
    let registry = embedded();
    let edition = |host, path| {
        registry.by_address(host, path).and_then(|(_, edition)| Some(edition?.id.as_str()))
    };
    assert_eq!(edition("www.france24.com", "/fr/europe/1"), Some("france24-fr"));
    assert_eq!(edition("www.france24.com", "/en/europe/1"), Some("france24-en"));
    assert_eq!(edition("www.france24.com", "/from/europe/1"), Some("france24-en"));
    assert_eq!(edition("www.dw.com", "/ru/x/a-1"), Some("dw-ru"));
    assert_eq!(edition("www.dw.com", "/en/x/a-1"), Some("dw-en"));
    assert_eq!(edition("www.bbc.com", "/russian/news-1"), Some("bbc-ru"));
    assert_eq!(edition("www.bbc.com", "/news/1"), Some("bbc-en"));
    assert_eq!(edition("russian.rt.com", "/world/news/1-x"), Some("rt-ru"));
    assert_eq!(edition("www.globaltimes.cn", "/page/202203/1.shtml"), Some("globaltimes-en"));
}

#[test]
fn the_registry_holds_what_the_analysis_counts_on() {
    let registry = embedded();
    let ids = |role| -> Vec<&str> {
        let of_role = registry.outlets.iter().filter(|outlet| outlet.role == role);
        let polled = of_role.filter(|outlet| outlet.set == PollSet::Default);
        polled.map(|outlet| outlet.id.as_str()).collect()
    };
    assert_eq!(
        ids(Role::Subject),
        ["cctv", "cgtn", "chinadaily", "globaltimes", "peoplesdaily", "presstv", "rt", "sputnik"]
    );
    assert_eq!(
        ids(Role::Wire),
        ["afp", "ap", "ecns", "interfax", "reuters", "ria", "tass", "xinhua"]
    );
    for control in ["aljazeera", "bbc", "dw", "france24", "guardian"] {
        assert!(ids(Role::Control).contains(&control));
    }
    for outlet in &registry.outlets {
        assert!(!outlet.editions.is_empty(), "{}", outlet.id);
        assert!(outlet.typology.is_none() || outlet.state.is_some(), "{}", outlet.id);
    }
}

#[test]
fn zones_are_those_of_the_newsrooms() {
    let registry = embedded();
    let zone = |outlet: &str| registry.get(outlet).map(|o| o.editions[0].zone.0);
    assert_eq!([zone("rt"), zone("sputnik"), zone("bbc")], [Some(0); 3]);
    assert_eq!([zone("tass"), zone("ria"), zone("interfax")], [Some(180); 3]);
    assert_eq!([zone("cgtn"), zone("globaltimes"), zone("xinhua")], [Some(480); 3]);
}
