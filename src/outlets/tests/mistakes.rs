//! What a file's author is told about each mistake.

use proptest::prelude::*;

use super::{BASE, base};
use crate::model::Registry;
use crate::outlets::with_file;

/// Checks the whole message for a file laid over the base.
#[track_caller]
fn check(text: &str, expected: &str) {
    let error = with_file(base(), text, "my.toml").expect_err("the file has a mistake");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_day_archive_names_the_whole_day_and_no_address_a_password() {
    for (url, named) in [
        ("https://a.example/{YYYY}/{MM}/", "all three"),
        ("https://a.example/{yyyy}{mm}{dd}/", "all three"),
        ("https://a.example/{YYYY}{MM}{DD}/{x}", "all three"),
        ("https://me:secret@a.example/", "password"),
    ] {
        let text = format!(
            "[[outlet]]\nid = \"a\"\n[[outlet.edition]]\nid = \"a-en\"\nlanguage = \"en\"\nfeeds = [\"{url}\"]\n"
        );
        let error = with_file(base(), &text, "my.toml").expect_err(url).to_string();
        assert!(error.contains(named) && !error.contains("secret"), "{error}");
    }
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
         `region`, `hosts`, `zone`, `feeds`, `seen`, `seen_by`, `source`, `rules`; did you mean `language`?",
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

proptest! {
    /// A damaged file is read or refused with lines that exist, never with a panic.
    #[test]
    fn damage_is_told_by_line(at in 0usize..600, gone in 0usize..8, put in "[\\PC\n\"=\\[\\]#]{0,6}") {
        let keep = |range: std::ops::Range<usize>| -> String {
            BASE.chars().skip(range.start).take(range.len()).collect()
        };
        let length = BASE.chars().count();
        let at = at.min(length);
        let text = keep(0..at) + &put + &keep((at + gone).min(length)..length);
        if let Err(error) = with_file(Registry::default(), &text, "my.toml") {
            prop_assert!(!error.mistakes.is_empty());
            let lines = text.matches('\n').count() + 1;
            for mistake in &error.mistakes {
                prop_assert!((1..=lines).contains(&mistake.line), "{error}");
                prop_assert!(!mistake.message.is_empty());
            }
        }
    }
}

#[test]
fn an_agreement_names_outlets_a_day_and_a_source() {
    let text = |since: &str, with: &str| {
        format!(
            "[[outlet]]\nid = \"gazette\"\n\n[[outlet.agreement]]\nwith = [\"{with}\"]\nsince = \"{since}\"\nsource = \"its imprint\"\n"
        )
    };
    for since in ["2017-04-19", "2021-07", "2021"] {
        let registry =
            with_file(Registry::default(), &text(since, "courier"), "my.toml").expect(since);
        assert!(
            registry.agreement("courier", "gazette").is_some_and(|found| found.is_with("courier"))
        );
    }
    check(
        &text("July 2021", "courier"),
        "my.toml:6: `since`: `July 2021` is no day: write it as 2017-04-19, 2017-04 or 2017",
    );
    check(
        &text("2021-13", "Courier"),
        "my.toml:5: `with`: `Courier` is no id: use 1 to 64 of a-z, 0-9 and `-`, such as `rt` or `rt-en`\n\
         my.toml:6: `since`: `2021-13` is no day: write it as 2017-04-19, 2017-04 or 2017",
    );
}

/// A JSON source of the gazette with these keys.
fn json(keys: &str) -> String {
    format!(
        "[[outlet]]\nid = \"gazette\"\n[[outlet.edition]]\nid = \"gazette-en\"\n\
         [[outlet.edition.source]]\n{keys}urls = [\"https://gazette.example/list\"]\n"
    )
}

#[test]
fn a_json_list_says_where_its_parts_are() {
    let read = |keys: &str| {
        let registry = with_file(base(), &json(keys), "my.toml").unwrap_or_else(|e| panic!("{e}"));
        registry.get("gazette").unwrap().editions[0].sources[0].clone()
    };
    let source = read("kind = \"json\"\naddress = \"link\"\n");
    assert!(!source.full_text && source.paths.unwrap().items.is_none());
    let source = read("kind = \"json\"\naddress = \"https://a.example/{id}\"\ntext = \"a.b\"\n");
    assert!(source.full_text, "a text in the list is the whole text");
    assert_eq!(source.paths.unwrap().text.as_deref(), Some("a.b"));
    check(
        &json("kind = \"json\"\n"),
        "my.toml:7: `address`: a JSON list needs it: the path to an item's address, such as \"url\"",
    );
    check(
        &json("kind = \"json\"\naddress = \"a..b\"\nitems = \" x\"\n"),
        "my.toml:7: `address`: `a..b` is no path: write keys joined by dots, such as \"title.rendered\"\n\
         my.toml:8: `items`: ` x` is no path: write keys joined by dots, such as \"title.rendered\"",
    );
    check(
        &json("kind = \"json\"\naddress = \"https://a.example/{id\"\n"),
        "my.toml:7: `address`: `https://a.example/{id` has a place that is no path: write it as {aid}",
    );
    check(
        &json("kind = \"json\"\naddress = \"https://a.example/{id}}\"\n"),
        "my.toml:7: `address`: `https://a.example/{id}}` has a bracket too many: write each place as {aid}",
    );
    check(
        &json("kind = \"json\"\naddress = \"url\"\nlinks = \"a\"\n"),
        "my.toml:8: `links`: only list pages have it: add kind = \"list\", or remove it",
    );
    for key in ["items", "address", "title", "time", "text"] {
        check(
            &json(&format!("kind = \"list\"\nlinks = \"a\"\n{key} = \"x\"\n")),
            &format!(
                "my.toml:8: `{key}`: only JSON lists have it: add kind = \"json\", or remove it"
            ),
        );
    }
}

#[test]
fn the_past_has_a_place_for_the_day_or_the_page() {
    let source = |kind: &str, past: &str| {
        json(&format!(
            "kind = \"{kind}\"\n{}past = [\"{past}\"]\n",
            if kind == "list" { "links = \"a\"\n" } else { "" }
        ))
    };
    for (kind, past) in [
        ("list", "https://gazette.example/{PAGE}"),
        ("list", "https://gazette.example/{YYYY}/{MM}/{DD}"),
        ("sitemap", "https://gazette.example/index.xml"),
        ("list", "https://gazette.example/?a={AFTER}&b={BEFORE}&p={PAGE}"),
    ] {
        let registry =
            with_file(base(), &source(kind, past), "my.toml").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(registry.get("gazette").unwrap().editions[0].sources[0].past, [past]);
    }
    check(
        &source("list", "https://gazette.example/old"),
        "my.toml:8: `past`: only a sitemap has a past without {PAGE} or {YYYY}, {MM}, {DD} in it",
    );
    check(
        &source("list", "https://gazette.example/{PAGE}?a={AFTER}"),
        "my.toml:8: `past`: `https://gazette.example/{PAGE}?a={AFTER}` asks for half a period: write {AFTER}, {BEFORE} and {PAGE}",
    );
    check(
        &source("list", "https://gazette.example/{PAGE}/{YYYY}{MM}{DD}"),
        "my.toml:8: `past`: `https://gazette.example/{PAGE}/{YYYY}{MM}{DD}` has places for a day and for a page: write one of them",
    );
    let two = json("kind = \"sitemap\"\npast = [\"https://gazette.example/index.xml\"]\n")
        .replace("urls = [", "urls = [\"https://gazette.example/a\", ");
    let registry = with_file(base(), &two, "my.toml").unwrap_or_else(|e| panic!("{e}"));
    let sources = &registry.get("gazette").unwrap().editions[0].sources;
    assert_eq!(
        sources.iter().map(|source| source.past.len()).collect::<Vec<_>>(),
        [1, 0],
        "asked once"
    );
}

#[test]
fn a_limit_of_pages_is_one_or_more() {
    let text = |limit: usize| format!("[[outlet]]\nid = \"gazette\"\nmax_new_pages = {limit}\n");
    let registry = with_file(base(), &text(900), "my.toml").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(registry.get("gazette").unwrap().max_new_pages, Some(900));
    check(
        &text(0),
        "my.toml:3: `max_new_pages`: 0 pages a run would read no article: give 1 or more",
    );
}
