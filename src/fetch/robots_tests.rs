use super::*;

#[track_caller]
fn check(file: &str, agent: &str, path: &str, expected: bool) {
    let url = Url::parse("https://a.example/").unwrap().join(path).unwrap();
    assert_eq!(permits(&read(file.as_bytes(), agent), &url), expected, "{agent} {path}\n{file}");
}

/// Checks `path=yes` or `path=no`, several with blanks between, for one file and agent.
#[track_caller]
fn check_all(file: &str, agent: &str, expected: &str) {
    for pair in expected.split_whitespace() {
        let (path, verdict) = pair.rsplit_once('=').unwrap();
        check(file, agent, path, verdict == "yes");
    }
}

#[test]
fn lines_are_names_and_values() {
    for file in [
        "user-agent: crab\ndisallow: /",
        "USER-AGENT: crab\nDISALLOW: /",
        "uSeR-aGeNt:crab\r\ndIsAlLoW:/\r\n",
        "user-agent: crab\rdisallow: /\r",
        "user-agent crab\ndisallow /",
        "  user-agent  :\tcrab  # ours\n\n# all of it\n disallow :  /  # closed",
        "\u{feff}user-agent: crab\ndisallow: /",
        "nonsense\n<html>\nuser-agent: crab\n???\ndisallow: /",
    ] {
        check_all(file, "crab", "/=no /x/y=no");
        check(file, "shrimp", "/x", true);
    }
    check("foo: crab\nbar: /", "crab", "/x", true);
    check("", "crab", "/x", true);
    check("user-agent: crab\ndisallow:", "crab", "/x", true);
    check("user-agents: crab\ndisallow: /", "crab", "/x", true);
}

#[test]
fn what_is_left_of_a_byte_order_mark_is_no_name() {
    for mark in [&b"\xef"[..], b"\xef\xbb", b"\xef\xbb\xbf"] {
        let file = [mark, b"User-agent: crab\nDisallow: /"].concat();
        assert!(!permits(&read(&file, "crab"), &Url::parse("https://a.example/x").unwrap()));
    }
    // In another place it spoils the name, as any other sign does.
    let file = "User-agent: crab\n\u{feff}Disallow: /\nAllow: /x";
    check_all(file, "crab", "/=yes /x=yes");
}

#[test]
fn groups_of_one_name_are_one_and_others_do_not_mix_in() {
    let file = "allow: /loose/
user-agent: crab
disallow: /
allow: /a/
user-agent: shrimp
disallow: /
allow: /b/

allow: /c/
user-agent: snail

user-agent: crab
allow: /d/
disallow: /";
    check_all(file, "crab", "/a/1=yes /d/1=yes /b/1=no /c/1=no /loose/1=no");
    check_all(file, "shrimp", "/b/1=yes /c/1=yes /a/1=no /d/1=no /loose/1=no");
    check_all(file, "snail", "/d/1=yes /a/1=no /loose/1=no");
}

#[test]
fn other_lines_do_not_end_a_group() {
    for line in ["Sitemap: https://a.example/s.xml", "Unheard-of: x", "", "# note"] {
        let file = format!("User-agent: shrimp\n{line}\nUser-agent: *\nDisallow: /");
        check(&file, "shrimp", "/", false);
        check(&file, "crab", "/", false);
    }
}

#[test]
fn a_crawler_obeys_its_own_group_or_else_that_of_all() {
    let file = "user-agent: *\ndisallow: /x\nallow: /x/open\n\nuser-agent: crab\nallow: /x\ndisallow: /y\nallow: /y/open";
    check_all(file, "crab", "/x/1=yes /y/1=no /y/open=yes");
    check_all(file, "shrimp", "/x/1=no /x/open/1=yes /y/1=yes");
    check("user-agent: *\nuser-agent: crab\ndisallow: /", "shrimp", "/", false);
    check("user-agent: crab\ndisallow: /", "shrimp", "/", true);
    check("user-agent: * all of you\ndisallow: /", "shrimp", "/", false);
    check("user-agent: *\ndisallow: /\nuser-agent: crab\n", "crab", "/", true);
}

#[test]
fn a_name_is_its_product_token() {
    for name in ["crab", "CRAB", "Crab/2.1", "crab 2", "crab*", "crab;x", "Crab (bot)"] {
        let file = format!("user-agent: *\nallow: /\nuser-agent: {name}\ndisallow: /");
        check(&file, "crab", "/", false);
        check(&file, "CRAB", "/", false);
    }
    for name in ["crabs", "crab-news", "crab_x", "hermit-crab", "cr", "蟹", ""] {
        let file = format!("user-agent: *\nallow: /\nuser-agent: {name}\ndisallow: /");
        check(&file, "crab", "/", true);
    }
}

#[test]
fn the_longest_rule_decides_and_of_equals_the_friendly_one() {
    let ours = |rules: &str| format!("user-agent: crab\n{rules}");
    check(&ours("disallow: /x/page\nallow: /x/"), "crab", "/x/page", false);
    check(&ours("allow: /x/page\ndisallow: /x/"), "crab", "/x/page", true);
    check(&ours("allow: /x/page\ndisallow: /x/"), "crab", "/x/", false);
    check(&ours("disallow: \nallow: "), "crab", "/x", true);
    check(&ours("disallow: /\nallow: /"), "crab", "/x", true);
    check(&ours("disallow: /x\nallow: /x/"), "crab", "/x", false);
    check(&ours("disallow: /x\nallow: /x/"), "crab", "/x/", true);
    check(&ours("disallow: /x/page\nallow: /x/page"), "crab", "/x/page", true);
    check(&ours("allow: /page\ndisallow: /*.html"), "crab", "/page.html", false);
    check(&ours("allow: /x/page.\ndisallow: /*.html"), "crab", "/x/page.html", true);
    check(&ours("allow: /*.css$\ndisallow: /img/"), "crab", "/img/a.css", true);
    let two = "user-agent: *\ndisallow: /x\nuser-agent: crab\nallow: /x";
    check(two, "crab", "/x/page", true);
}

#[test]
fn rules_match_from_the_start_of_the_path_with_case() {
    let file = |rule: &str| format!("user-agent: crab\ndisallow: /\nallow: {rule}");
    let fish = "/fish=yes /fish.html=yes /fish/salmon=yes /fishheads/yummy=yes /fish.php?id=1=yes";
    check_all(&file("/fish"), "crab", fish);
    check_all(&file("/fish*"), "crab", fish);
    check_all(&file("/fish"), "crab", "/=no /Fish.asp=no /catfish=no /?id=fish=no /desert/fish=no");
    check_all(&file("/fish/"), "crab", "/fish/=yes /fish/?id=1=yes /fish/salmon.htm=yes /fish=no");
    check_all(&file("/*.php"), "crab", "/a.php=yes /d/a.php=yes /d/a.php?x=yes /a.phps=yes");
    check_all(&file("/*.php"), "crab", "/=no /windows.PHP=no");
    check_all(
        &file("/*.php$"),
        "crab",
        "/a.php=yes /d/a.php=yes /a.php?x=no /a.php/=no /a.php5=no",
    );
    check_all(&file("/fish*.php"), "crab", "/fish.php=yes /fishheads/a.php?x=yes /Fish.PHP=no");
    check_all(&file("/a***b"), "crab", "/ab=yes /axxb=yes /a=no");
    check_all(&file("/x$"), "crab", "/x=yes /x$=no /xy=no");
    check(&"user-agent: crab\ndisallow: *\n".replace('*', "/*?"), "crab", "/x?y", false);
    check("user-agent: crab\ndisallow: /?", "crab", "/x", true);
}

#[test]
fn query_and_fragment() {
    let file = "user-agent: crab\ndisallow: /\nallow: /x?a=https://b.example?c&d";
    check(file, "crab", "/x?a=https://b.example?c&d", true);
    check(file, "crab", "/x?a=https://b.example?c", false);
    check("user-agent: crab\ndisallow: /x#part", "crab", "/x", false);
    check("user-agent: crab\ndisallow: /x", "crab", "/y#/x", true);
    check("user-agent: crab\ndisallow: /a//b", "crab", "/a/b", true);
}

#[test]
fn percent_signs_are_compared_as_characters() {
    let file = |rule: &str| format!("user-agent: crab\ndisallow: /\nallow: {rule}");
    for rule in ["/news/蟹", "/news/%E8%9F%B9", "/news/%e8%9f%b9"] {
        check(&file(rule), "crab", "/news/蟹", true);
        check(&file(rule), "crab", "/news/%E8%9F%B9", true);
        check(&file(rule), "crab", "/news/", false);
    }
    // RFC 9309, section 2.2.2: an encoded letter is that letter.
    check(&file("/a/%62%61%7A"), "crab", "/a/baz", true);
    check(&file("/a/b%2Fc"), "crab", "/a/b/c", false);
}

#[test]
fn an_allowed_index_page_allows_its_folder() {
    let file = "user-agent: crab\nallow: /open/index.html\ndisallow: /";
    check_all(
        file,
        "crab",
        "/open/index.html=yes /open/=yes /open/index.htm=no /open/x=no /open=no",
    );
    check("user-agent: crab\nallow: /open/index.htm # home\ndisallow: /", "crab", "/open/", true);
    check("user-agent: crab\ndisallow: /shut/index.html", "crab", "/shut/", true);
}

#[test]
fn endless_lines_are_cut_and_do_not_hide_the_next() {
    let long = format!("/x/{}", "a".repeat(MAX_LINE));
    let file = format!("user-agent: crab\ndisallow: {long}/tail\ndisallow: /y");
    let (kept, _) = long.split_at(MAX_LINE - "disallow: ".len());
    check(&file, "crab", &format!("{kept}/other"), false);
    check_all(&file, "crab", "/x/=yes /y=no");
}

#[test]
fn delay_is_that_of_the_group() {
    let file =
        b"User-agent: *\nCrawl-delay: 30\n\nUser-agent: crab/2\nCrawl-delay: 1.5\nDisallow: /x";
    assert_eq!(read(file, "crab").crawl_delay(), Some(Duration::from_millis(1_500)));
    assert_eq!(read(file, "shrimp").crawl_delay(), Some(Duration::from_secs(30)));
}

fn answer(status: FetchStatus, http: Option<u16>) -> Rules {
    let mut failure = Failure::new(status, "no");
    failure.http = http;
    Rules::new(&Err(failure))
}

#[test]
fn a_missing_file_allows_and_a_broken_server_forbids() {
    let url = Url::parse("https://a.example/x").unwrap();
    for missing in [400, 401, 403, 404, 410, 451] {
        assert_eq!(answer(FetchStatus::Http4xx, Some(missing)).check(&url), Ok(()), "{missing}");
    }
    assert_eq!(answer(FetchStatus::Redirect, None).check(&url), Ok(()));
    for broken in [429, 500, 503] {
        let failure = answer(FetchStatus::Http5xx, Some(broken)).check(&url).unwrap_err();
        assert_eq!(failure.status, FetchStatus::Robots);
    }
    let failure = answer(FetchStatus::Dns, None).check(&url).unwrap_err();
    assert_eq!(failure.status, FetchStatus::Dns);
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let url = Url::parse("https://a.example/x?y").unwrap();
        let _ = permits(&read(&bytes, "crab"), &url);
    }

    #[test]
    fn a_closed_site_is_closed_whatever_stands_before(text in "[a-z:/ *$#\n]{0,80}", path in "(/[a-z]{1,4}){0,3}") {
        proptest::prop_assume!(!text.contains("allow") && !text.contains("agent"));
        check(&format!("{text}\nuser-agent: crab\ndisallow: /"), "crab", &path, false);
    }
}
