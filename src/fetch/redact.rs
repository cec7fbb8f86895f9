//! Addresses as messages show them: without the secrets that feeds for subscribers carry in their
//! query. What is asked and stored keeps them.

use std::sync::LazyLock;

use regex::Regex;

/// Parameters whose values are secrets, with the sign before them, and their values.
static SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "[a-z0-9_.-]*(?:token|secret|password|passwd|api_?key|signature|auth)|key|pwd|pass|sig|sid\
                 |session(?:_?id)?|jwt|hash";
    Regex::new(&format!(r#"(?i)([?&;](?:{names})=)[^&;#\s"'<>`]+"#)).ok()
});

/// Returns `text` with the values of `token=` and the like in its addresses replaced by `***`.
pub(super) fn shown(text: &str) -> String {
    match SECRET.as_ref().filter(|_| text.contains('=')) {
        Some(secret) => secret.replace_all(text, "$1***").into_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn secrets_are_replaced_and_nothing_else() {
        check(
            "https://a.example/rss?token=abc123&lang=en",
            "https://a.example/rss?token=***&lang=en",
        );
        check(
            "moved to https://a.example/?x=1&Api_Key=k#y: z",
            "moved to https://a.example/?x=1&Api_Key=***#y: z",
        );
        check("https://a.example/?access_token=a.b-c", "https://a.example/?access_token=***");
        check("https://a.example/?monkey=1&keyword=war", "https://a.example/?monkey=1&keyword=war");
        check("https://a.example/token=abc", "https://a.example/token=abc");
        check("no address", "no address");
    }
}
