//! What reads the bytes of strangers, one function a kind, each with what must hold whatever the bytes are.
//! For fuzzing only: `tests/fuzz` has the targets, `tests/it/fuzz.rs` replays their corpus.

use std::sync::LazyLock;

use crate::corpus::{Calendar, CalendarConfig, Corpus};
use crate::extract::{self, ExtractConfig};
use crate::model::{Article, Registry, Relations, Zone};
use crate::{annotate, fetch, formats, outlets, text};

/// A function that must bear any bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of the folder of its corpus.
    pub name: &'static str,
    /// Reads the bytes; panics if what must hold does not.
    pub run: fn(&[u8]),
}

/// All targets, by name.
pub static TARGETS: [Target; 10] = [
    Target { name: "article", run: article },
    Target { name: "charset", run: charset },
    Target { name: "date", run: date },
    Target { name: "feed", run: feed },
    Target { name: "page", run: page },
    Target { name: "parquet", run: parquet },
    Target { name: "record", run: record },
    Target { name: "robots", run: robots },
    Target { name: "url", run: url },
    Target { name: "warc", run: warc },
];

static REGISTRY: LazyLock<Registry> = LazyLock::new(outlets::embedded);

/// What is read in an article stands in its text, in order: quotations, sentences, credits.
pub fn article(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let quotations = text::quotations(&text);
    assert!(quotations.windows(2).all(|pair| pair[0].end < pair[1].start));
    assert!(quotations.iter().all(|span| text.get(span.clone()).is_some()));
    for sentence in text::sentences(&text) {
        let _ = text::attributes(&text[sentence]);
    }
    let one = Article {
        id: "1".into(),
        outlet: "rt".into(),
        text: text.into_owned(),
        ..Article::default()
    };
    let corpus = Corpus::new(vec![one], REGISTRY.clone());
    let calendar = Calendar::new(corpus.articles(), &CalendarConfig::default());
    let annotations = annotate::annotate(&corpus, &calendar, Relations::default(), Vec::new(), 0);
    let read = corpus.articles().iter().zip(&annotations.credits);
    for (article, credits) in read {
        assert!(credits.iter().all(|credit| article.text.get(credit.span.clone()).is_some()));
    }
}

/// Text has no control characters but tabs and line ends.
pub fn charset(bytes: &[u8]) {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    assert!(!text::charset::decode(bytes, None, "news.example").text.contains(is_odd));
}

/// A time that was read can be written.
pub fn date(bytes: &[u8]) {
    if let Some(moment) = text::moment::parse(&String::from_utf8_lossy(bytes), Zone(180)) {
        assert!(!moment.at.to_rfc3339().is_empty());
    }
}

/// A listed address is one of the web.
pub fn feed(bytes: &[u8]) {
    for url in fetch::listed_addresses(bytes) {
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        assert!(url.is_empty() || is_web, "{url}");
    }
}

/// A text has no control characters but line ends, a headline none.
pub fn page(bytes: &[u8]) {
    let config = ExtractConfig::default();
    let page = extract::page(bytes, "https://news.example/n/1", None, &REGISTRY, &config);
    assert!(!page.text.value.contains(|c: char| c.is_control() && c != '\n'));
    assert!(!page.title.value.contains(char::is_control));
}

/// An address that was read is one of the web, without a fragment.
pub fn url(bytes: &[u8]) {
    let given = String::from_utf8_lossy(bytes);
    let page = extract::page(b"", &given, None, &REGISTRY, &ExtractConfig::default());
    let url = page.url.value;
    assert!(url.is_empty() || url.starts_with("http") && !url.contains('#'), "{url}");
}

/// A decision is made.
pub fn robots(bytes: &[u8]) {
    let _ = fetch::robots_permit(bytes, "https://news.example/a?b=c");
}

/// Records in lines or in columns.
pub fn record(bytes: &[u8]) {
    read_file(bytes, "jsonl");
    read_file(bytes, "csv");
}

/// Parquet of any program.
pub fn parquet(bytes: &[u8]) {
    read_file(bytes, "parquet");
}

/// WARC of any crawler.
pub fn warc(bytes: &[u8]) {
    read_file(bytes, "warc");
}

/// A file is read, or refused with a reason that names it.
fn read_file(bytes: &[u8], ending: &str) {
    let name = format!(".{ending}");
    // Without a folder for temporary files there is nothing to find out.
    let Ok(file) = tempfile::Builder::new().suffix(&name).tempfile() else { return };
    if std::fs::write(file.path(), bytes).is_err() {
        return;
    }
    match formats::read(file.path()) {
        Ok(records) => assert!(records.articles.iter().all(|article| !article.id.is_empty())),
        Err(error) => assert!(error.to_string().contains(&name), "{error}"),
    }
}
