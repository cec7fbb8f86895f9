//! `docs/outlets.md` followed to the letter: the file of its worked example, on a page and a feed in
//! the markup that it describes.

use crate::server::{Server, missing, ok};
use crate::support::{TestEnv, stderr, stdout};

const GUIDE: &str = include_str!("../../docs/outlets.md");

/// The file of the worked example.
fn example() -> &'static str {
    let section = GUIDE.split("## Adding an outlet: a worked example").nth(1).unwrap();
    section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap()
}

const PAGE: &str =
    "<!DOCTYPE html><html lang='ru'><head><title>Новости порта | Сайт</title></head><body>
<div class='menu'><a href='/'>Главная</a></div>
<div class='newsbody'><h1>В порту открыли новый причал</h1>
<noindex><a href='/promo'>Читайте нас в мессенджере</a></noindex>
<p>В порту Ленц в среду открыли новый причал, который строили четыре года.</p>
<div class='photoset'>Фото: начальник порта у причала</div>
<p>Первым к нему подошло судно с зерном, сообщил начальник порта Ян Ветров.</p></div>
<div class='newsinfo'>14:02 07.12.2011</div></body></html>";

const ADDRESS: &str = "http://www.regnum.ru/news/medicine/1476663.html";

/// One selector and how many elements it matched.
fn shown(trial: &serde_json::Value) -> String {
    let text = |key: &str| trial[key].as_str().unwrap().to_string();
    format!("{} {} {}: {}", text("rules"), text("key"), text("selector"), trial["matches"])
}

#[test]
fn the_example_reads_its_page_and_explains_each_field() {
    let env = TestEnv::new();
    env.write("my-outlets.toml", example());
    env.write("saved.html", PAGE);
    let read = |args: &[&str]| -> serde_json::Value {
        let args = [&["--registry", "my-outlets.toml", "extract"][..], args].concat();
        serde_json::from_slice(&env.run(&args, 0).stdout).unwrap()
    };
    let article = read(&["saved.html", "--url", ADDRESS, "--explain"]);
    assert_eq!((&article["outlet"], &article["edition"]), (&"regnum".into(), &"regnum-ru".into()));
    assert_eq!(article["title"], "В порту открыли новый причал");
    assert_eq!(
        article["text"],
        "В порту Ленц в среду открыли новый причал, который строили четыре года.\n\
         Первым к нему подошло судно с зерном, сообщил начальник порта Ян Ветров."
    );
    assert_eq!(article["published"]["utc"], "2011-12-07T11:02:00Z");
    let explain = &article["explain"];
    assert_eq!((&explain["title"], &explain["text"]), (&"rule 2011".into(), &"rule 2011".into()));
    assert_eq!(explain["published"], ".newsinfo");
    let tried: Vec<String> = explain["rules"].as_array().unwrap().iter().map(shown).collect();
    let expected = [
        "2011 title .newsbody h1: 1",
        "2011 body .newsbody: 1",
        "2011 published .newsinfo: 1",
        "2011 remove h1: 1",
        "2011 remove noindex: 1",
        "2011 remove .photoset: 1",
    ];
    assert_eq!(tried, expected);
    // Without its address the page belongs to nobody, and the explanation shows it.
    let nobody = read(&["saved.html", "--explain"]);
    assert_eq!(nobody["outlet"], "");
    assert_ne!(nobody["explain"]["text"], "rule 2011");
    assert_eq!(nobody["explain"]["rules"], serde_json::json!([]));
}

#[test]
fn the_example_s_feed_is_checked_and_its_article_comes_in() {
    let server = Server::start(|target, _| match target {
        "regnum.ru/rss" => ok(&format!(
            "<rss version='2.0'><channel><title>Новости</title><item><title>В порту открыли новый причал</title>\
             <link>{ADDRESS}</link><pubDate>Wed, 07 Dec 2011 14:02:00</pubDate></item></channel></rss>"
        )),
        "www.regnum.ru/news/medicine/1476663.html" => ok(PAGE),
        _ => missing(),
    });
    let env = TestEnv::new();
    // The server of a test speaks no TLS.
    env.write("my-outlets.toml", example().replace("https://", "http://"));
    let run = |args: &[&str], exit: i32| {
        let mut command = env.command();
        command.env("HTTP_PROXY", format!("http://{}", server.address));
        command.args(["--registry", "my-outlets.toml", "--now", "2011-12-07T12:02:00Z"]).args(args);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {}", stderr(&output));
        output
    };
    let listed = run(&["outlets", "regnum"], 0);
    assert!(!stderr(&listed).contains("warning"), "{}", stderr(&listed));
    let health = stdout(&run(&["outlets", "REGNUM", "--check"], 0));
    let row = health.lines().find(|line| line.contains("regnum.ru/rss")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(
        cells,
        ["regnum-ru", "http://regnum.ru/rss", "ok", "1", "2011-12-07", "11:02", "1", "h"]
    );
    run(&["fetch", "--outlets", "regnum", "--host-delay", "0s"], 0);
    let articles = stdout(&run(&["export", "-", "--format", "jsonl"], 0));
    let article: serde_json::Value =
        serde_json::from_str(articles.lines().next().unwrap()).unwrap();
    assert_eq!(article["published"], "2011-12-07T11:02Z");
    assert!(article["text"].as_str().unwrap().starts_with("В порту Ленц"));
    // The same source much later: the feed is frozen, and that is said.
    let mut late = env.command();
    late.env("HTTP_PROXY", format!("http://{}", server.address));
    late.args(["--registry", "my-outlets.toml", "--now", "2012-01-07T12:02:00Z", "fetch"]);
    let output = late.args(["--outlets", "regnum", "--host-delay", "0s"]).output().unwrap();
    assert!(stderr(&output).contains("31 days old; give it a list page"), "{}", stderr(&output));
}

#[test]
fn a_saved_page_that_names_its_address_needs_no_other() {
    let env = TestEnv::new();
    env.write("my-outlets.toml", example());
    let canonical = format!("<head><link rel=\"canonical\" href=\"{ADDRESS}\">");
    env.write("saved.html", PAGE.replace("<head>", &canonical));
    let output = env.run(&["--registry", "my-outlets.toml", "extract", "saved.html"], 0);
    let page: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(page["outlet"], "regnum");
    assert_eq!(page["url"], "https://www.regnum.ru/news/medicine/1476663.html");
}
