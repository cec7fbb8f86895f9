//! Pages of each outlet's markup, read with the registry's rules. All text is invented.

use fimi::extract::{ExtractConfig, Page};
use fimi::model::{Precision, RawItem};
use fimi::{extract, outlets};

/// What a page must give.
struct Expected<'a> {
    title: &'a str,
    text: &'a str,
    utc: &'a str,
    local_date: &'a str,
    precision: Precision,
    rule: &'a str,
}

fn read(bytes: &[u8], url: &str) -> Page {
    extract::page(bytes, url, None, &outlets::embedded(), &ExtractConfig::default())
}

#[track_caller]
fn check(bytes: &[u8], url: &str, expected: &Expected<'_>) {
    let page = read(bytes, url);
    assert_eq!(page.title.value, expected.title);
    assert_eq!(page.text.value, expected.text);
    assert_eq!(page.text.origin, format!("rule {}", expected.rule));
    let published = page.published.unwrap();
    assert_eq!(published.utc.format("%FT%TZ").to_string(), expected.utc);
    assert_eq!(published.local_date.to_string(), expected.local_date);
    assert_eq!(published.precision, expected.precision);
}

const COOKIES: &str = "<div class=cookie-notice><p>We use cookies to personalise this site. By \
    continuing you agree to our privacy policy.</p></div>";

#[test]
fn rt() {
    let page = format!(
        r#"<html lang=en><head><title>Ferry stopped by ice — RT World News</title>
        <meta name="published_time_telegram" content="2019-11-20T05:47:00+00:00"></head><body>{COOKIES}
        <h1 class="article__heading"> Ferry stopped by ice </h1>
        <span class="date date_article-header">20 Nov, 2019 05:47</span>
        <div class="article__summary">The ferry stayed in the harbour.</div>
        <div class="article__text"><p>Ice had closed the strait overnight, the captain said.</p>
        <div class="read-more-big"><a href="/news/1-a/">Another ferry</a></div>
        <p>Passengers <a href="https://tass.com/society/1?utm_source=x">were told</a> to wait.</p>
        <p>Like this story? Share it with a friend!</p></div></body></html>"#
    );
    let url = "https://www.rt.com/news/473000-ferry-ice/?utm_source=rss";
    check(
        page.as_bytes(),
        url,
        &Expected {
            title: "Ferry stopped by ice",
            text: "The ferry stayed in the harbour.\nIce had closed the strait overnight, the captain \
               said.\nPassengers were told to wait.",
            utc: "2019-11-20T05:47:00Z",
            local_date: "2019-11-20",
            precision: Precision::Minute,
            rule: "article",
        },
    );
    let links = read(page.as_bytes(), url).links;
    assert_eq!((links.len(), links[0].url.as_str()), (1, "https://tass.com/society/1"));
}

#[test]
fn sputnik_of_both_eras() {
    let page = format!(
        r#"<body>{COOKIES}<div class="article__info-date"><a data-unixtime="1667300645">1 November</a></div>
        <h1 class="article__title">Ferry stopped by ice</h1>
        <div class="article__announce-text">The ferry stayed in the harbour.</div>
        <div class="article__body"><div class="article__block" data-type="text"><div class="article__text">Ice
        had closed the strait.</div></div><div class="article__block" data-type="article"><div>Another
        ferry</div></div></div></body>"#
    );
    let mut expected = Expected {
        title: "Ferry stopped by ice",
        text: "The ferry stayed in the harbour.\nIce had closed the strait.",
        utc: "2022-11-01T11:04:05Z",
        local_date: "2022-11-01",
        precision: Precision::Second,
        rule: "2022",
    };
    check(page.as_bytes(), "https://sputnikglobe.com/20221101/ferry-1102000000.html", &expected);
    let page = format!(
        r#"<body>{COOKIES}<div class="b-article__header-title"><h1>Ferry stopped by ice</h1></div>
        <meta itemprop="datePublished" content="2020-04-28T22:57:38Z">
        <div class="b-article__lead"><p>The ferry stayed in the harbour.</p></div>
        <div class="b-article__text"><p>Ice had closed the strait.</p><div class="b-inject">Another
        ferry</div></div></body>"#
    );
    (expected.utc, expected.local_date, expected.rule) =
        ("2020-04-28T22:57:38Z", "2020-04-28", "2014");
    check(page.as_bytes(), "https://sputniknews.com/world/202004281079000000-ferry/", &expected);
}

#[test]
fn cgtn_as_markup_and_as_json() {
    let mut expected = Expected {
        title: "Ferry stopped by ice",
        text: "The ferry stayed in the harbour.\nIce had closed the strait.",
        utc: "2019-01-21T17:49:00Z",
        local_date: "2019-01-22",
        precision: Precision::Minute,
        rule: "html",
    };
    let page = r#"<div class="news-title">Ferry stopped by ice</div><div class="news-section-date"><span
        class="date">01:49, 22-Jan-2019</span></div><div id="cmsMainContent"><p class="text en">The
        ferry stayed in the harbour.</p><p class="text en">Ice had closed the strait.</p></div>"#;
    check(page.as_bytes(), "https://news.cgtn.com/news/2019-01-22/ferry-a1/p.html", &expected);
    let page = r#"<div class="news-title">Ferry stopped by ice</div><div class="news-date"><p>2019-01-22
        01:49 GMT+8</p></div><div class="content" id="cmsMainContent" data-json="[{&quot;contentType&quot;:1,
        &quot;content&quot;:&quot;The ferry stayed in the harbour.&quot;},{&quot;contentType&quot;:4,
        &quot;img&quot;:{&quot;caption&quot;:&quot;A ferry&quot;}},{&quot;contentType&quot;:1,
        &quot;content&quot;:&quot;Ice had closed the strait.&quot;}]"></div>"#;
    expected.rule = "data-json";
    check(page.as_bytes(), "https://news.cgtn.com/news/2019-01-22/ferry-a1/p.html", &expected);
}

#[test]
fn global_times_with_broken_lines() {
    let page = r#"<div class="article_title">Ferry stopped by ice</div><span class="pub_time">Published: Mar
        24, 2022 09:53 PM Updated: Mar 24, 2022 09:51 PM</span><div class="article_content"><div
        class="article_right"><div class="picture">A ferry</div>The ferry stayed in the harbour.<br><br>Ice
        had closed the strait.<br></div></div>"#;
    check(
        page.as_bytes(),
        "https://www.globaltimes.cn/page/202203/1250000.shtml",
        &Expected {
            title: "Ferry stopped by ice",
            text: "The ferry stayed in the harbour.\nIce had closed the strait.",
            utc: "2022-03-24T13:53:00Z",
            local_date: "2022-03-24",
            precision: Precision::Minute,
            rule: "article",
        },
    );
}

#[test]
fn tass_in_russian() {
    let page = r#"<h1 class="news-header__title">Паром не вышел из порта</h1><dateformat time="1588248322">
        </dateformat><div class="news-header__lead">Пролив закрыт льдом</div><div class="text-content"><div
        class="text-block"><p>МОСКВА, 30 апреля. /ТАСС/. Паром остался в порту.</p><div
        class="text-include">Другой паром</div></div></div>"#;
    let expected = Expected {
        title: "Паром не вышел из порта",
        text: "Пролив закрыт льдом\nМОСКВА, 30 апреля. /ТАСС/. Паром остался в порту.",
        utc: "2020-04-30T12:05:22Z",
        local_date: "2020-04-30",
        precision: Precision::Second,
        rule: "2018",
    };
    check(page.as_bytes(), "https://tass.ru/obschestvo/8300000", &expected);
    assert_eq!(read(page.as_bytes(), "https://tass.ru/obschestvo/8300000").language.value, "ru");
}

#[test]
fn xinhua_with_its_closing_mark() {
    let page = r#"<div class="h-title">Ferry stopped by ice</div><span class="h-time">2020-02-19
        20:29:58</span><div id="p-detail"><p>The ferry stayed in the harbour.</p><p>Ice had closed the
        strait. ■</p></div>"#;
    check(
        page.as_bytes(),
        "http://www.xinhuanet.com/english/2020-02/19/c_138798741.htm",
        &Expected {
            title: "Ferry stopped by ice",
            text: "The ferry stayed in the harbour.\nIce had closed the strait.",
            utc: "2020-02-19T12:29:58Z",
            local_date: "2020-02-19",
            precision: Precision::Second,
            rule: "detail",
        },
    );
}

#[test]
fn peoples_daily_in_gb_encoding() {
    let page = "<meta http-equiv=content-type content='text/html; charset=GB2312'><div class=rm_txt>\
        <h1>渡轮因冰停航</h1><div class=channel><div class=col-1-1>2024年04月24日23:52 | 来源：某网</div></div>\
        <div class=rm_txt_con><p>渡轮停在港口。</p><p>海峡夜间被冰封住。</p><div class=edit>(责编：某)</div></div></div>";
    let (bytes, _, _) = encoding_rs::GBK.encode(page);
    check(
        &bytes,
        "http://politics.people.com.cn/n1/2024/0424/c1001-40220000.html",
        &Expected {
            title: "渡轮因冰停航",
            text: "渡轮停在港口。\n海峡夜间被冰封住。",
            utc: "2024-04-24T15:52:00Z",
            local_date: "2024-04-24",
            precision: Precision::Minute,
            rule: "rm_txt",
        },
    );
}

#[test]
fn a_cookie_notice_is_no_body() {
    let page = read(COOKIES.as_bytes(), "https://sputnikglobe.com/20221101/ferry-1102000000.html");
    assert_eq!(page.text.value, "");
}

#[test]
fn an_rt_feed_item_is_read_without_its_page() {
    let item = RawItem {
        outlet: "rt".into(),
        edition: "rt-en".into(),
        source: "https://www.rt.com/rss/".into(),
        url: "https://www.rt.com/news/473000-ferry-ice/?utm_source=rss&utm_medium=rss".into(),
        title: Some("Ferry stopped by ice".into()),
        summary: Some("Lead <br/><a>Read Full Article at RT.com</a>".into()),
        content: Some(
            " <p>The ferry stayed in the harbour.</p>  <blockquote> <span><strong>Also on rt.com</strong></span>\
             <figcaption><a href='/2'>Another</a></figcaption></blockquote> <p>Ice had closed the strait.</p> "
                .into(),
        ),
        published: Some("Wed, 20 Nov 2019 05:47:39 +0000".into()),
        version: 1,
        ..RawItem::default()
    };
    let (articles, skipped) =
        extract::articles(&[item], &outlets::embedded(), &ExtractConfig::default());
    assert!(skipped.is_empty());
    let article = &articles[0];
    assert_eq!(article.text, "The ferry stayed in the harbour.\nIce had closed the strait.");
    assert_eq!(article.url, "https://www.rt.com/news/473000-ferry-ice/");
    assert_eq!(article.published.as_ref().unwrap().utc.to_rfc3339(), "2019-11-20T05:47:39+00:00");
    assert!(article.flags.is_empty(), "{:?}", article.flags);
}
