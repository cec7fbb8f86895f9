//! Pages that answer 200 and hold no article, or only its beginning: error pages under an article's
//! address, templates without a text, teasers before a paywall.

use std::collections::{BTreeMap, BTreeSet};

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

/// Takes the text from articles of one outlet that all have the same short one: it is the template's.
/// They keep their headlines and are flagged `soft_404`.
pub(super) fn without_template_texts(articles: &mut [Article]) {
    let is_short = |a: &Article| !a.text.is_empty() && a.text.chars().count() <= TEMPLATE_CHARS;
    let mut texts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for article in articles.iter().filter(|article| is_short(article)) {
        *texts.entry((&article.outlet, &article.text_sha256)).or_default() += 1;
    }
    let templates: BTreeSet<(String, String)> = texts
        .into_iter()
        .filter(|(_, count)| *count >= TEMPLATE_ARTICLES)
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
    fn a_paid_page_with_a_short_text_is_a_teaser() {
        assert!(is_teaser(true, 300));
        assert!(!is_teaser(true, 5_000));
        assert!(!is_teaser(false, 300));
    }
}
