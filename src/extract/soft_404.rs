//! Pages that answer 200 and hold no article, or only its beginning: error pages under an article's
//! address, templates without a text, teasers before a paywall.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Block;
use super::body::MIN_CHARS;
use super::flag::Flag;
use crate::ids;
use crate::model::Article;
use crate::text::languages;

/// Characters below which the text of a page that readers have to pay for is its teaser.
const TEASER_CHARS: usize = 1_500;
/// Longest text of an error page or an empty template, in characters.
const TEMPLATE_CHARS: usize = 1_500;
/// Different articles of an outlet with the same short text from which it is the template's.
const TEMPLATE_ARTICLES: usize = 3;
/// Longest headline of an error page, in characters: longer ones report on one.
const ERROR_TITLE_CHARS: usize = 60;

/// What only a page says that wants its reader to log in, to subscribe or to allow scripts; lower case.
#[rustfmt::skip]
const STUBS: &[&str] = &[
    "enable javascript", "turn on javascript", "javascript is disabled", "requires javascript",
    "javascript is required", "activate javascript", "javascript aktivieren", "aktivieren sie javascript",
    "activer javascript", "activez javascript", "habilite javascript", "habilitar javascript", "active javascript",
    "abilita javascript", "włącz javascript", "включите javascript", "включить javascript", "увімкніть javascript",
    "javascript'i etkinleştirin", "启用javascript", "启用 javascript", "開啟javascript", "تفعيل جافا سكريبت",
    "log in to read", "log in to continue", "login to continue", "sign in to read", "sign in to continue",
    "please log in", "please sign in", "you must be logged in", "subscribe to read", "subscribe to continue",
    "register to continue", "melden sie sich an", "bitte einloggen", "bitte anmelden", "connectez-vous pour",
    "inicie sesión para", "inicia sesión para", "faça login para", "accedi per", "zaloguj się", "войдите, чтобы",
    "авторизуйтесь", "войдите на сайт", "увійдіть, щоб", "giriş yapın", "请登录", "請登入", "登录后", "ログインして",
    "로그인 후", "سجل الدخول", "تسجيل الدخول للقراءة", "وارد شوید",
];

/// Whether a page is an error page: by its headline, and by having no article's length of text.
pub(super) fn is_error_page(title: &str, chars: usize) -> bool {
    let title = title.trim().to_lowercase().replace('\u{2019}', "'");
    chars < MIN_CHARS
        && title.chars().count() <= ERROR_TITLE_CHARS
        && languages::phrases(|l| l.page.error_titles).any(|known| {
            // "404 sailors rescued" is a headline.
            let is_number = known.bytes().all(|byte| byte.is_ascii_digit());
            title.strip_prefix(known).is_some_and(|rest| {
                let rest = if is_number { rest.trim_start() } else { rest };
                !rest.starts_with(char::is_alphanumeric)
            })
        })
}

/// Whether a text is only the teaser of a paid article.
pub(super) fn is_teaser(is_paid: bool, chars: usize) -> bool {
    is_paid && chars < TEASER_CHARS
}

/// Whether a text is a request to log in or to allow scripts rather than an article: it is short, and
/// says so in one of its first sentences.
pub(super) fn is_stub(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.chars().count() < MIN_CHARS && STUBS.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a body is a list of links to articles.
pub(super) fn is_list(blocks: &[Block]) -> bool {
    let chars = |text: &str| text.chars().count();
    let all: usize = blocks.iter().map(|block| chars(&block.text)).sum();
    let linked: usize =
        blocks.iter().flat_map(|block| &block.links).map(|(_, text)| chars(text)).sum();
    linked * 2 > all
}

/// Whether bytes are no text: a document, a picture, a recording or an archive, by their first ones.
pub(super) fn is_binary(body: &[u8]) -> bool {
    const MAGIC: &[&[u8]] = &[
        b"%PDF-",
        b"ID3",
        b"\xff\xfb",
        b"\xff\xf3",
        b"\xff\xf2",
        b"\xff\xd8\xff",
        b"\x89PNG",
        b"GIF8",
        b"PK\x03\x04",
        b"OggS",
        b"fLaC",
        b"\x1a\x45\xdf\xa3",
        b"\xd0\xcf\x11\xe0",
        b"{\\rtf",
        b"wOFF",
        b"BM6",
        b"\x7fELF",
        b"Rar!",
        b"7z\xbc\xaf",
        b"II*\0",
        b"MM\0*",
        b"\x28\xb5\x2f\xfd",
        b"\x1f\x8b",
    ];
    let at =
        |place: usize, mark: &[u8]| body.get(place..).is_some_and(|rest| rest.starts_with(mark));
    MAGIC.iter().any(|mark| at(0, mark))
        || at(4, b"ftyp")
        || at(0, b"RIFF") && [&b"WAVE"[..], b"WEBP", b"AVI "].iter().any(|kind| at(8, kind))
}

/// Takes the text from articles of one outlet that all have the same short one: it is the template's.
/// They keep their headlines and are flagged `soft_404`.
pub(super) fn without_template_texts(articles: &mut [Article]) {
    let is_short = |a: &Article| !a.text.is_empty() && a.text.chars().count() <= TEMPLATE_CHARS;
    // Copies of one article under several addresses have one headline.
    let mut texts: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for article in articles.iter().filter(|article| is_short(article)) {
        texts.entry((&article.outlet, &article.text_sha256)).or_default().insert(&article.title);
    }
    let templates: BTreeSet<(String, String)> = texts
        .into_iter()
        .filter(|(_, titles)| titles.len() >= TEMPLATE_ARTICLES)
        .map(|((outlet, text), _)| (outlet.to_owned(), text.to_owned()))
        .collect();
    for article in articles {
        if templates.contains(&(article.outlet.clone(), article.text_sha256.clone())) {
            article.text.clear();
            article.text_sha256 = ids::sha256_hex(b"");
            article.links.clear();
            article.flags.push(Flag::Soft404.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_pages_are_known_by_their_headline_and_length() {
        for title in
            ["404", "Page not found", "404 – Page not found", "Страница не найдена", "页面不存在"]
        {
            assert!(is_error_page(title, 40), "{title}");
        }
        for title in ["404 sailors rescued off the coast", "Notfound", "A bridge is closed", ""] {
            assert!(!is_error_page(title, 0), "{title}");
        }
        assert!(!is_error_page("Page not found", 2_000));
        assert!(!is_error_page(
            "404 sailors of the northern fleet were rescued off the coast on Monday",
            40
        ));
    }

    #[test]
    fn requests_to_log_in_or_to_allow_scripts_are_stubs() {
        for text in [
            "Please enable JavaScript to continue using this application.",
            "Please log in to read this article.",
            "Пожалуйста, включите JavaScript в браузере.",
            "请登录后查看全文",
        ] {
            assert!(is_stub(text), "{text}");
        }
        let report = "The minister asked readers to log in to read the files. ".repeat(9);
        assert!(!is_stub(&report) && !is_stub("The bridge was closed on Monday."));
    }

    #[test]
    fn documents_pictures_and_recordings_are_binary() {
        for body in [&b"%PDF-1.7 ..."[..], b"ID3\x03", b"\xff\xd8\xff\xe0", b"\0\0\0\x20ftypisom"] {
            assert!(is_binary(body));
        }
        assert!(!is_binary(b"<p>PDF</p>") && !is_binary(b"") && !is_binary("ID".as_bytes()));
    }

    #[test]
    fn a_paid_page_with_a_short_text_is_a_teaser() {
        assert!(is_teaser(true, 300));
        assert!(!is_teaser(true, 5_000));
        assert!(!is_teaser(false, 300));
    }
}
