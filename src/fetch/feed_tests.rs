use super::*;

fn parsed(text: &str) -> Listing {
    parse(text.as_bytes(), Some("application/rss+xml; charset=utf-8")).unwrap()
}

fn titles(text: &str) -> Vec<String> {
    parsed(text).items.into_iter().filter_map(|item| item.title).collect()
}

/// A feed of three items, the second of which is given.
fn three(second: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>News</title>
<item><title>One</title><link>https://a.example/1</link><guid>1</guid></item>
{second}
<item><title>Three</title><link>https://a.example/3</link><guid>3</guid></item>
</channel></rss>"
    )
}

#[test]
fn an_item_comes_with_its_fields_as_written() {
    let listing = parsed(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>
<channel><title>RT</title><language>en</language><item>
<title>Talks go on</title>
<link><![CDATA[ https://www.rt.example/news/1-talks/?utm_source=rss ]]></link>
<guid>https://www.rt.example/news/1-talks/</guid>
<description><![CDATA[<img src='x'/> The lead <br/>]]></description>
<content:encoded><![CDATA[<p>First part.</p>]]><![CDATA[<p>Second part.</p>]]></content:encoded>
<pubDate>Thu, 05 Mar 2026 10:00:00 MSK</pubDate>
<dc:creator>RT</dc:creator>
</item></channel></rss>",
    );
    assert_eq!(listing.problems, Vec::<String>::new());
    assert_eq!(listing.language.as_deref(), Some("en"));
    let item = &listing.items[0];
    assert_eq!(item.title.as_deref(), Some("Talks go on"));
    assert_eq!(item.guid.as_deref(), Some("https://www.rt.example/news/1-talks/"));
    assert_eq!(item.content.as_deref(), Some("<p>First part.</p><p>Second part.</p>"));
    assert_eq!(item.published.as_deref(), Some("Thu, 05 Mar 2026 10:00:00 MSK"));
    assert_eq!(item.author.as_deref(), Some("RT"));
    assert!(item.url.trim().starts_with("https://www.rt.example/news/1-talks/"));
}

#[test]
fn dates_are_kept_as_written_in_every_format() {
    for date in ["2026-03-05 10:00:00", "5 марта 2026", "1548036225000", "yesterday"] {
        let rss = three(&format!(
            "<item><link>https://a.example/2</link><pubDate>{date}</pubDate></item>"
        ));
        assert_eq!(parsed(&rss).items[1].published.as_deref(), Some(date));
        let atom = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>x</id><title>t</title>
             <link href='https://a.example/2'/><published>{date}</published></entry></feed>"
        );
        assert_eq!(parsed(&atom).items[0].published.as_deref(), Some(date));
        let json = format!(
            r#"{{"version":"https://jsonfeed.org/version/1","title":"t","items":[{{"id":"1","url":"https://a.example/2","content_text":"c","date_published":"{date}"}}]}}"#
        );
        assert_eq!(parsed(&json).items[0].published.as_deref(), Some(date));
    }
}

#[track_caller]
fn check_survivors(second: &str) {
    let listing = parsed(&three(second));
    let found: Vec<_> = listing.items.iter().filter_map(|item| item.title.as_deref()).collect();
    assert!(found.contains(&"One") && found.contains(&"Three"), "{found:?}");
}

#[test]
fn a_bare_ampersand_costs_nothing() {
    let bad =
        "<item><title>AT&T and R&D & co</title><link>https://a.example/2?x=1&y=2</link></item>";
    let listing = parsed(&three(bad));
    assert_eq!(listing.items.len(), 3);
    assert_eq!(listing.items[1].title.as_deref(), Some("AT&T and R&D & co"));
    assert_eq!(listing.items[1].url, "https://a.example/2?x=1&y=2");
    assert!(!listing.problems.is_empty());
}

#[test]
fn one_bad_item_costs_at_most_itself() {
    check_survivors("<item><title>Two</titel><link>https://a.example/2</link></item>");
    check_survivors("<item><title>Two<link>https://a.example/2</link></item>");
    check_survivors("<item><title>Two</title></wrong></item>");
    check_survivors("<item><title>Two</title><description><b>x</description></item>");
    check_survivors("<item><title a=b c>Two</title></item>");
    check_survivors("<item><title>Two < three</title></item>");
    check_survivors("<item><title><![CDATA[Two</title></item>");
    check_survivors("<item><enclosure type='no such type' url='x'/><title>Two</title></item>");
    check_survivors("<item/>");
    check_survivors("<item><title>Two");
}

#[test]
fn a_bad_byte_costs_one_character() {
    let mut bytes =
        three("<item><title>Tw?o — «Три»</title><link>https://a.example/2</link></item>")
            .into_bytes();
    let at = bytes.iter().position(|b| *b == b'?').unwrap();
    let at = at + 1 + bytes[at + 1..].windows(4).position(|w| w == b"Tw?o").unwrap() + 2;
    bytes[at] = 0xff;
    let listing = parse(&bytes, Some("text/xml; charset=utf-8")).unwrap();
    assert_eq!(listing.items.len(), 3);
    assert_eq!(listing.items[1].title.as_deref(), Some("Tw\u{fffd}o — «Три»"));
}

#[test]
fn a_cut_end_costs_the_item_that_is_cut() {
    let whole = three("<item><title>Two</title><link>https://a.example/2</link></item>");
    let cut = whole.find("<guid>3").unwrap();
    let listing = parsed(&whole[..cut]);
    assert_eq!(listing.items.len(), 2);
    assert!(listing.problems.iter().any(|p| p.contains("cut off")));
}

#[test]
fn entities_and_forbidden_characters_do_not_stop_a_feed() {
    let bad =
        "<item><title>A&nbsp;B&hellip;&#0;\u{b}</title><link>https://a.example/2</link></item>";
    assert_eq!(titles(&three(bad))[1], "A\u{a0}B…");
}

#[test]
fn external_and_recursive_entities_are_not_expanded() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>
<rss version='2.0'><channel><item><title>x &b; &f;</title><link>https://a.example/1</link></item></channel></rss>";
    let title = titles(bomb).remove(0);
    assert!(!title.contains("haha") && !title.contains("root:"), "{title}");
}

#[test]
fn atom_takes_the_alternate_link_and_an_update_is_no_publication() {
    let listing = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><title>T</title>
<entry><title>Un</title><id>tag:x,1</id><link rel='self' href='https://a.example/self'/>
<link rel='alternate' href='https://a.example/1'/><updated>2026-03-05T10:00:00Z</updated>
<author><name>A. Author</name></author><summary>S</summary></entry></feed>",
    );
    let item = &listing.items[0];
    assert_eq!((item.url.as_str(), item.guid.as_deref()), ("https://a.example/1", Some("tag:x,1")));
    assert_eq!(item.published.as_deref(), Some("updated: 2026-03-05T10:00:00Z"));
    assert_eq!(item.updated.as_deref(), Some("2026-03-05T10:00:00Z"));
    assert_eq!(item.author.as_deref(), Some("A. Author"));
}

#[test]
fn rdf_and_old_rss_are_read() {
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>
<channel rdf:about='x'><title>T</title></channel>
<item rdf:about='https://a.example/1'><title>One</title><link>https://a.example/1</link></item></rdf:RDF>";
    assert_eq!(titles(rdf), ["One"]);
    assert_eq!(titles(&three("").replace("version='2.0'", "")), ["One", "Three"]);
    assert_eq!(titles(&three("").replace("version='2.0'", "version='0.93'")), ["One", "Three"]);
}

#[test]
fn a_page_is_not_a_feed() {
    let html = "<!DOCTYPE html><html><head><title>x</title></head><body><p>y</p></body></html>";
    assert!(
        matches!(parse(html.as_bytes(), None), Err(Unlisted::Other(what)) if what.contains("HTML"))
    );
    assert!(matches!(parse(b"plain words", None), Err(Unlisted::Other(_))));
    assert!(matches!(parse(b"", None), Err(Unlisted::Unreadable(_))));
    assert!(matches!(parse(b"{\"a\": 1}", None), Err(Unlisted::Other(_))));
}

#[test]
fn an_empty_feed_is_sound() {
    let listing = parsed("<rss version='2.0'><channel><title>T</title></channel></rss>");
    assert_eq!(listing, Listing::default());
}

/// Checks the only item's headline, address and time; `-` stands for none.
#[track_caller]
fn check_item(text: &str, expected: [&str; 3]) {
    let listing = parse(text.as_bytes(), None).unwrap();
    let [item] = &listing.items[..] else { panic!("{listing:?}") };
    let shown = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".into());
    assert_eq!([shown(&item.title), item.url.clone(), shown(&item.published)], expected);
}

fn entry(body: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://a.example/1'/>{body}</entry></feed>"
    )
}

#[test]
fn headlines_are_read_in_every_form_of_atom() {
    let check = |title: &str, expected: &str| {
        check_item(&entry(title), [expected, "https://a.example/1", "-"]);
    };
    check("<title>Talks go on</title>", "Talks go on");
    check("<title type='html'>Talks &lt;b>go&lt;/b> on</title>", "Talks <b>go</b> on");
    check("<title type='html'><![CDATA[Talks &amp; tea]]></title>", "Talks &amp; tea");
    check(
        "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Talks <b>go</b> on</div></title>",
        "Talks <b>go</b> on",
    );
    check(
        "<title type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>2 &lt; 3 &gt; 1</x:div></title>",
        "2 &lt; 3 &gt; 1",
    );
    check("<title type='application/octet-stream'>VGFsa3MgZ28gb24=</title>", "Talks go on");
    check("<title mode='base64' type='text/html'>VGFsa3MgZ28gb24=</title>", "Talks go on");
    check("<title mode='escaped'>Talks &lt;i>go on</title>", "Talks <i>go on");
}

#[test]
fn relative_addresses_are_resolved_by_the_nearest_base() {
    let feed = |inner: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/news/'>{inner}</feed>"
        )
    };
    check_item(
        &feed(
            "<entry><title type='html'>&lt;a href='2.html'>Talks&lt;/a></title><link href='1.html'/></entry>",
        ),
        ["<a href='https://a.example/news/2.html'>Talks</a>", "https://a.example/news/1.html", "-"],
    );
    check_item(
        &feed(
            "<entry xml:base='march/'><title>T</title><link xml:base='/x/' href='1.html'/></entry>",
        ),
        ["T", "https://a.example/x/1.html", "-"],
    );
    check_item(
        &feed("<entry xml:base='march/'><title>T</title><link href='1.html'/></entry>"),
        ["T", "https://a.example/news/march/1.html", "-"],
    );
}

#[test]
fn of_several_links_the_article_s_is_taken() {
    let rss = |links: &str| {
        format!("<rss version='2.0'><channel><item><title>T</title>{links}</item></channel></rss>")
    };
    let check = |text: String, expected: &str| check_item(&text, ["T", expected, "-"]);
    let two = "<link>https://a.example/1</link><link>https://a.example/2</link>";
    check(rss(two), "https://a.example/2");
    check(rss(&format!("{two}<guid>https://a.example/1</guid>")), "https://a.example/1");
    check(
        rss(
            "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='https://a.example/s'/><link>https://a.example/1</link>",
        ),
        "https://a.example/1",
    );
    let atom = |links: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title>{links}</entry></feed>"
        )
    };
    check(
        atom("<link href='https://a.example/1'/><link href='https://a.example/2'/>"),
        "https://a.example/1",
    );
    check(
        atom(
            "<link rel='alternate' type='application/json' href='https://a.example/j'/><link rel='alternate' type='text/html' href='https://a.example/h'/>",
        ),
        "https://a.example/h",
    );
    check(
        atom(
            "<link rel='enclosure' href='https://a.example/e.mp3'/><link rel='alternate' href='https://a.example/1'/>",
        ),
        "https://a.example/1",
    );
}

#[test]
fn items_inside_a_comment_do_not_exist() {
    let feed = three("<!-- <item><title>Two</title><link>https://a.example/2</link></item> -->");
    assert_eq!(titles(&feed), ["One", "Three"]);
    check_survivors("<item><title>Two</title><!-- open <link>https://a.example/2</link></item>");
}

#[test]
fn what_stands_before_the_root_does_not_matter() {
    let feed = three("");
    let body = feed.split_once("?>").unwrap().1;
    for before in [
        "\u{feff}",
        "\n\n  ",
        "<!DOCTYPE rss PUBLIC '-//X//DTD RSS 0.91//EN' 'https://a.example/rss-0.91.dtd'>",
        "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>",
        "<?xml-stylesheet href='x.xsl'?>",
        "<!-- made by hand -->",
        "Notice: undefined index in line 12\n",
    ] {
        assert_eq!(titles(&format!("{before}{body}")), ["One", "Three"], "{before}");
    }
}

#[test]
fn undeclared_prefixes_and_wrong_labels_cost_nothing() {
    let bad = "<item><title>Two</title><media:credit>x</media:credit><link>https://a.example/2</link></item>";
    assert_eq!(titles(&three(bad)), ["One", "Two", "Three"]);
    let cyrillic = three(
        "<item><title>Переговоры продолжаются третий день</title><link>https://a.example/2</link></item>",
    );
    let bytes = encoding_rs::WINDOWS_1251.encode(&cyrillic).0.into_owned();
    for label in ["text/xml; charset=utf-8", "text/xml"] {
        let listing = parse(&bytes, Some(label)).unwrap();
        assert_eq!(listing.items[1].title.as_deref(), Some("Переговоры продолжаются третий день"));
    }
}

#[test]
fn a_label_under_which_the_feed_is_unreadable_is_not_believed() {
    let title = "外交部发言人在例行记者会上回答提问，双方同意继续对话";
    let item = format!("<item><title>{title}</title><link>https://a.example/2</link></item>");
    let bytes = encoding_rs::GB18030.encode(&three(&item)).0.into_owned();
    let listing = parse(&bytes, Some("text/xml; charset=shift_jis")).unwrap();
    assert_eq!(listing.items[1].title.as_deref(), Some(title));
    assert_eq!(listing.problems, [""; 0]);
}

#[test]
fn one_bad_item_of_a_json_feed_costs_itself() {
    let item = |n: u32| {
        format!(
            r#"{{"id": "{n}", "title": "T{n}", "url": "https://a.example/{n}", "author": {{"name": "A"}}}}"#
        )
    };
    let feed = |second: &str| {
        format!(
            r#"{{"version": "https://jsonfeed.org/version/1", "title": "t", "items": [{}, {second}, {}]}}"#,
            item(1),
            item(3)
        )
    };
    for bad in
        [r#"{"id": "2", "title": "T" 2"}"#, r#"{"id": "2", "author": {"name": }}"#, "{,}", "oops"]
    {
        assert_eq!(titles(&feed(bad)), ["T1", "T3"], "{bad}");
    }
    let whole = feed(&item(2));
    assert_eq!(titles(&whole[..whole.len() - 20]), ["T1", "T2"]);
    assert!(parse(b"{\"items\": [", None).is_err());
}

/// A sound feed of five items with everything that feeds have.
fn five() -> Vec<String> {
    let head = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>News</title>";
    let items = (1..=5).map(|n| {
        format!("<item><title>Title {n} &amp; more</title><link>https://a.example/{n}</link><guid isPermaLink='false'>{n}</guid><description><![CDATA[<p>Lead {n}</p>]]></description><content:encoded><![CDATA[<p>Text {n}</p>]]></content:encoded><pubDate>Thu, 05 Mar 2026 10:0{n}:00 GMT</pubDate></item>\n")
    });
    std::iter::once(head.to_owned())
        .chain(items)
        .chain([String::from("</channel></rss>")])
        .collect()
}

/// Checks that all items but the second are there, whole.
fn four_survive(bytes: &[u8]) -> Result<(), String> {
    let sound = parse(five().concat().as_bytes(), None).map_err(|error| format!("{error:?}"))?;
    let listing =
        parse(bytes, Some("text/xml; charset=utf-8")).map_err(|error| format!("{error:?}"))?;
    for n in [0, 2, 3, 4] {
        let good = &sound.items[n];
        if !listing.items.contains(good) {
            return Err(format!("item {} of {listing:?}", n + 1));
        }
    }
    Ok(())
}

proptest::proptest! {
    #[test]
    fn nothing_panics(text in ".{0,400}", cut in 0usize..400) {
        let feed = three(&format!("<item><title>{text}</title></item>"));
        let _ = parse(text.as_bytes(), None);
        let _ = parse(&feed.as_bytes()[..cut.min(feed.len())], None);
        let _ = parse(feed.as_bytes(), None);
    }

    #[test]
    fn whatever_is_cut_out_of_one_item_leaves_the_others(from in 0usize..400, length in 0usize..400, junk in "[a-z<>&/!?\"'= -]{0,20}") {
        proptest::prop_assume!(!["<item", "</item", "<entry", "</entry", "<?"].iter().any(|tag| junk.contains(tag)));
        let mut parts = five();
        let from = parts[2].floor_char_boundary(from);
        let to = parts[2].floor_char_boundary(from + length);
        parts[2].replace_range(from..to, &junk);
        proptest::prop_assert_eq!(four_survive(parts.concat().as_bytes()), Ok(()), "{}", parts[2]);
    }

    #[test]
    fn bytes_that_are_no_text_leave_the_other_items(at in 0usize..300, bytes in proptest::collection::vec(proptest::num::u8::ANY, 1..4)) {
        let parts = five();
        let inside = parts[..2].concat().len() + "<item><title>".len();
        let mut feed = parts.concat().into_bytes();
        let last = parts[2].len() - "<item><title></item>".len();
        let at = inside + at.min(last);
        proptest::prop_assume!(!bytes.iter().any(|b| matches!(b, b'<' | b'>')));
        feed.splice(at..at, bytes);
        proptest::prop_assert_eq!(four_survive(&feed), Ok(()));
    }

    #[test]
    fn a_feed_that_breaks_off_keeps_the_items_before(cut in 0usize..2_000) {
        let parts = five();
        let feed = parts.concat();
        let cut = feed.floor_char_boundary(cut);
        // The `>` of an end tag may be missing.
        let whole = (1..=5).take_while(|n| parts[..=*n].concat().trim_end().len() <= cut + 1).count();
        let found = parse(&feed.as_bytes()[..cut], None).map_or(0, |listing| listing.items.len());
        proptest::prop_assert_eq!(found, whole);
    }

    #[test]
    fn damage_in_one_item_leaves_the_others(text in "[a-z<>&/\"'= ]{0,60}") {
        let known = |text: &str| text.contains("<item") || text.contains("</item") || text.contains("<entry");
        proptest::prop_assume!(!known(&text));
        let feed = three(&format!("<item><title>{text}</title></item>"));
        let listing = parse(feed.as_bytes(), None).unwrap();
        let found: Vec<_> = listing.items.iter().filter_map(|item| item.guid.as_deref()).collect();
        proptest::prop_assert!(found.contains(&"1") && found.contains(&"3"), "{:?}", listing);
    }
}

#[test]
fn fields_under_old_names_and_without_namespace_are_found() {
    let atom = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>Old</title>
<link rel='alternate' href='https://a.example/1'/><id>1</id><issued>2004-01-01T10:00:00Z</issued></entry></feed>";
    let item = parsed(atom).items.remove(0);
    assert_eq!((item.title.as_deref(), item.url.as_str()), (Some("Old"), "https://a.example/1"));
    assert_eq!(item.published.as_deref(), Some("2004-01-01T10:00:00Z"));
    let markup = three("<item><title><b>Two</b></title><link>https://a.example/2</link></item>");
    assert_eq!(titles(&markup)[1], "<b>Two</b>");
}

#[test]
fn floods_and_bombs_are_read_in_time() {
    let item = |inside: &str| {
        format!(
            "<rss version='2.0'><channel><item><title>One</title>{inside}</item></channel></rss>"
        )
    };
    let many =
        |count: u32, one: fn(u32) -> String| (0..count).map(one).collect::<Vec<_>>().concat();
    let attributes = many(20_000, |n| format!(" a{n}='1'"));
    let prefixes = many(300, |n| format!(" xmlns:p{n}='x'"));
    let deep = "<b>".repeat(200_000);
    let entities = many(9, |n| format!("<!ENTITY a{} '{}'>", n + 1, format!("&a{n};").repeat(10)));
    let bomb = format!("<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}");
    for text in [
        item(&format!("<link{attributes}>https://a.example/1</link>")),
        item(&format!("<x{prefixes}/>")),
        item(&deep),
        format!("{bomb}]>{}", item("<description>&a9;</description>")),
    ] {
        let listing = parse(text.as_bytes(), None).unwrap();
        assert_eq!(listing.items[0].title.as_deref(), Some("One"));
        let summary = listing.items[0].summary.as_deref().unwrap_or_default();
        assert!(summary.len() < 100, "{} characters", summary.len());
    }
}

#[test]
fn an_endless_row_of_open_sections_is_read_in_time() {
    let row = "<![CDATA[</item><item>".repeat(50_000);
    let listing = parse(format!("<rss version='2.0'>{row}]]></rss>").as_bytes(), None);
    assert!(listing.is_ok_and(|listing| listing.items.len() > 1_000));
    let row = "<!--</item><item>".repeat(50_000);
    let listing = parse(format!("<rss version='2.0'>{row}</rss>").as_bytes(), None);
    assert!(listing.is_ok_and(|listing| listing.items.len() > 1_000));
}
