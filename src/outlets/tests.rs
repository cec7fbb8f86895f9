//! The embedded registry, the messages for mistakes, and the inheritance of a user's file.

use super::*;
use crate::model::{Role, SourceKind, Zone};

/// An outlet to lay files over.
const BASE: &str = r#"
[[outlet]]
id = "gazette"
name = "The Gazette"
role = "control"
state = "NZ"
aliases = ["The Gazette"]
domains = ["gazette.example"]
zone = "+12:00"

[[outlet.edition]]
id = "gazette-en"
language = "en"
hosts = ["www.gazette.example"]
feeds = ["https://www.gazette.example/rss"]

[[outlet.edition]]
id = "gazette-mi"
language = "mi"
hosts = ["maori.gazette.example"]
feeds = ["https://maori.gazette.example/rss"]

[[outlet.rules]]
name = "now"
title = "h1"
body = ["main"]
remove = ["aside"]
"#;

fn base() -> Registry {
    with_file(Registry::default(), BASE, "base.toml").expect("the base is right")
}

#[track_caller]
fn gazette(text: &str) -> Outlet {
    let registry = with_file(base(), text, "my.toml").unwrap_or_else(|error| panic!("{error}"));
    registry.get("gazette").expect("it is there").clone()
}

/// Checks the whole message for a file laid over the base.
#[track_caller]
fn check(text: &str, expected: &str) {
    let error = with_file(base(), text, "my.toml").expect_err("the file has a mistake");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn the_embedded_registry_is_read_and_has_no_problem() {
    let found = problems(&embedded());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn syntax_errors_name_the_line() {
    check(
        "[[outlet]]\nid = \"gazette\nname = \"G\"\n",
        "my.toml:2: `id`: invalid basic string, expected `\"`",
    );
}

#[test]
fn unknown_keys_are_told_with_the_nearest_known_one() {
    let text = "[[outlet]]\nid = \"gazette\"\n\n[[outlet.edition]]\nid = \"gazette-en\"\nlangauge = \"en\"\n";
    check(
        text,
        "my.toml:6: `langauge`: unknown field `langauge`, expected one of `id`, `language`, \
         `region`, `hosts`, `zone`, `feeds`, `source`, `rules`; did you mean `language`?",
    );
}

#[test]
fn a_wrong_role_lists_the_right_ones() {
    check(
        "[[outlet]]\nid = \"gazette\"\nrole = \"controll\"\n",
        "my.toml:3: `role`: unknown variant `controll`, expected one of `subject`, `wire`, \
         `control`; did you mean `control`?",
    );
}

#[test]
fn a_wrong_type_names_the_key() {
    check(
        "[[outlet]]\nid = \"gazette\"\ndomains = \"gazette.example\"\n",
        "my.toml:3: `domains`: invalid type: string \"gazette.example\", expected a sequence",
    );
}

#[test]
fn an_outlet_needs_an_id() {
    check("[[outlet]]\nname = \"G\"\n", "my.toml:1: missing field `id`");
}

#[test]
fn all_mistakes_are_told_in_the_order_of_the_file() {
    check(
        r#"
[[outlet]]
id = "Gazette"
state = "Nz"
domains = ["https://gazette.example"]
aliases = ["gazette"]
zone = "Pacific/Auckland"
article_id = '/\d+$'
"#,
        "my.toml:3: `id`: `Gazette` is no id: use 1 to 64 of a-z, 0-9 and `-`, such as `rt` or \
         `rt-en`\n\
         my.toml:4: `state`: `Nz` is no ISO 3166-1 code: write two capitals, such as \"RU\", or \
         leave the key out\n\
         my.toml:5: `domains`: `https://gazette.example` is no host: write it without scheme and \
         path, as rt.com\n\
         my.toml:6: `aliases`: `gazette` is all small letters and would be found in ordinary words: \
         names are matched in the case they are written in\n\
         my.toml:7: `zone`: `Pacific/Auckland` is no zone: write \"UTC\" or an offset from UTC such \
         as \"+08:00\"\n\
         my.toml:8: `article_id`: `/\\d+$` has no group: put round brackets about the part that is \
         the article's id",
    );
}

#[test]
fn a_wrong_regular_expression_says_why() {
    check(
        "[[outlet]]\nid = \"gazette\"\narticle_id = '(a'\n",
        "my.toml:3: `article_id`: `(a` is no regular expression (unclosed group)",
    );
}

#[test]
fn a_wrong_address_says_why() {
    let edition = "[[outlet]]\nid = \"gazette\"\n[[outlet.edition]]\nid = \"gazette-en\"\n";
    check(
        &format!("{edition}feeds = [\"www.gazette.example/rss\"]\n"),
        "my.toml:5: `feeds`: `www.gazette.example/rss` is no address (relative URL without a \
         base): write it as https://host/path",
    );
    check(
        &format!("{edition}feeds = [\n  \"ftp://gazette.example/rss\",\n]\n"),
        "my.toml:6: `feeds`: `ftp://gazette.example/rss` is not http or https: write it as \
         https://host/path",
    );
}

#[test]
fn a_wrong_selector_says_why() {
    let text =
        "[[outlet]]\nid = \"gazette\"\n[[outlet.rules]]\nname = \"now\"\nbody = [\"div[\"]\n";
    let error = with_file(base(), text, "my.toml").expect_err("the selector is wrong").to_string();
    assert!(error.starts_with("my.toml:5: `body`: `div[` is no CSS selector ("), "{error}");
}

#[test]
fn selectors_of_list_pages_need_a_list_page() {
    check(
        "[[outlet]]\nid = \"gazette\"\n[[outlet.edition]]\nid = \"gazette-en\"\n\
         [[outlet.edition.source]]\nurls = [\"https://gazette.example/\"]\nlinks = \"a\"\n",
        "my.toml:7: `links`: only list pages have it: add kind = \"list\", or remove it",
    );
}

#[test]
fn new_editions_need_a_language() {
    check(
        "[[outlet]]\nid = \"gazette\"\n[[outlet.edition]]\nid = \"gazette-fr\"\n",
        "my.toml:4: `language`: this edition is new and needs a `language`, such as \"en\"",
    );
}

#[test]
fn editions_are_named_after_the_outlet_and_once() {
    check(
        "[[outlet]]\nid = \"gazette\"\n[[outlet.edition]]\nid = \"fr\"\nlanguage = \"fr\"\n",
        "my.toml:4: `id`: an edition of `gazette` is named gazette-LANGUAGE or gazette-REGION",
    );
    check(
        "[[outlet]]\nid = \"gazette\"\n[[outlet.edition]]\nid = \"gazette-en\"\n\
         [[outlet.edition]]\nid = \"gazette-en\"\n",
        "my.toml:6: `id`: this edition is there twice: join the two, or rename one",
    );
}

#[test]
fn an_outlet_is_in_a_file_once() {
    check(
        "[[outlet]]\nid = \"gazette\"\n[[outlet]]\nid = \"gazette\"\n",
        "my.toml:4: `id`: this outlet is in the file twice: join the two entries",
    );
}

#[test]
fn empty_rules_are_refused() {
    check(
        "[[outlet]]\nid = \"gazette\"\n[[outlet.rules]]\nname = \"then\"\n",
        "my.toml:4: `name`: these rules are empty: give `body` at least",
    );
}

#[test]
fn absent_fields_are_inherited() {
    let changed = gazette("[[outlet]]\nid = \"gazette\"\nrole = \"wire\"\n");
    let expected =
        Outlet { role: Role::Wire, ..base().get("gazette").expect("it is there").clone() };
    assert_eq!(changed, expected);
}

#[test]
fn lists_are_replaced_and_add_keys_extend() {
    let changed = gazette(
        "[[outlet]]\nid = \"gazette\"\naliases = [\"Gazette NZ\"]\nadd_domains = [\"gz.example\"]\n",
    );
    assert_eq!(changed.aliases, ["Gazette NZ"]);
    assert_eq!(changed.domains, ["gazette.example", "gz.example"]);
}

#[test]
fn an_edition_is_overridden_field_by_field_and_a_new_one_added() {
    let changed = gazette(
        r#"
[[outlet]]
id = "gazette"
[[outlet.edition]]
id = "gazette-en"
[[outlet.edition.source]]
kind = "list"
urls = ["https://www.gazette.example/a", "https://www.gazette.example/b"]
links = "h2 a"
[[outlet.edition]]
id = "gazette-fr"
language = "fr"
"#,
    );
    let [en, mi, fr] = changed.editions.as_slice() else { panic!("{:?}", changed.editions) };
    assert_eq!((en.language.as_str(), en.zone), ("en", Zone(720)));
    assert_eq!(en.hosts, ["www.gazette.example"]);
    let kinds: Vec<_> = en.sources.iter().map(|s| (s.kind, s.links.as_deref())).collect();
    assert_eq!(kinds, [(SourceKind::List, Some("h2 a")); 2]);
    assert_eq!(mi.sources.len(), 1);
    assert_eq!((fr.id.as_str(), fr.zone), ("gazette-fr", Zone(720)));
}

#[test]
fn editions_can_be_replaced() {
    let changed = gazette(
        "[[outlet]]\nid = \"gazette\"\nreplace_editions = true\n[[outlet.edition]]\nid = \"gazette-en\"\n",
    );
    assert_eq!(changed.editions, base().get("gazette").expect("it is there").editions[..1]);
}

#[test]
fn the_outlets_zone_sets_that_of_its_editions() {
    let changed = gazette("[[outlet]]\nid = \"gazette\"\nzone = \"+13:00\"\n");
    assert!(changed.editions.iter().all(|edition| edition.zone == Zone(780)));
}

#[test]
fn rules_of_a_known_name_are_overridden_and_new_ones_tried_first() {
    let changed = gazette(
        r#"
[[outlet]]
id = "gazette"
[[outlet.rules]]
name = "now"
remove = [".promo"]
[[outlet.rules]]
name = "next"
body = ["article"]
"#,
    );
    let [next, now] = changed.rules.as_slice() else { panic!("{:?}", changed.rules) };
    assert_eq!((next.name.as_str(), now.name.as_str()), ("next", "now"));
    assert_eq!(
        (now.body.as_slice(), now.remove.as_slice()),
        (&["main".into()][..], &[".promo".into()][..])
    );
}

#[test]
fn a_new_outlet_has_defaults() {
    let registry = with_file(base(), "[[outlet]]\nid = \"herald\"\n", "my.toml").expect("right");
    let herald = registry.get("herald").expect("added");
    assert_eq!((herald.name.as_str(), herald.role), ("herald", Role::Subject));
    assert!(registry.get("gazette").is_some());
}

#[test]
fn problems_name_hosts_outside_the_domains_and_lists_without_links() {
    let text = r#"
[[outlet]]
id = "gazette"
[[outlet.edition]]
id = "gazette-en"
hosts = ["gazette.invalid"]
[[outlet.edition.source]]
kind = "list"
urls = ["https://cdn.invalid/list"]
[[outlet]]
id = "herald"
aliases = ["The Gazette"]
domains = ["gazette.example"]
[[outlet.rules]]
name = "now"
title = "h1"
"#;
    let registry = with_file(base(), text, "my.toml").expect("right");
    let found: Vec<String> = problems(&registry).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "gazette-en: host `gazette.invalid` is in none of the outlet's `domains`: add it",
            "gazette-en: https://cdn.invalid/list is a list page without `links`: give its selector",
            "gazette-en: https://cdn.invalid/list is on a host in none of the outlet's `domains`: \
             add `cdn.invalid` if it is theirs",
            "herald: alias `The Gazette` is also that of `gazette`: keep it in one",
            "herald: domain `gazette.example` is also that of `gazette`: keep it in one",
            "herald: rules `now` have no `body`: they never read an article",
        ]
    );
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
fn the_registry_holds_what_the_analysis_counts_on() {
    let registry = embedded();
    let ids = |role| -> Vec<&str> {
        let of_role = registry.outlets.iter().filter(|outlet| outlet.role == role);
        of_role.map(|outlet| outlet.id.as_str()).collect()
    };
    assert_eq!(
        ids(Role::Subject),
        ["cctv", "cgtn", "chinadaily", "globaltimes", "peoplesdaily", "presstv", "rt", "sputnik"]
    );
    assert_eq!(
        ids(Role::Wire),
        ["afp", "ap", "ecns", "interfax", "reuters", "ria", "tass", "xinhua"]
    );
    assert_eq!(ids(Role::Control), ["aljazeera", "bbc", "dw", "france24", "guardian"]);
    for outlet in &registry.outlets {
        assert!(!outlet.editions.is_empty(), "{}", outlet.id);
        assert_eq!(outlet.typology.is_some(), outlet.state.is_some(), "{}", outlet.id);
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
