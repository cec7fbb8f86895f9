//! An outlet for the tests to lay files over.

mod documented;
mod embedded;
mod inheritance;
mod mistakes;

use super::with_file;
use crate::model::Registry;

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

pub(super) fn base() -> Registry {
    with_file(Registry::default(), BASE, "base.toml").expect("the base is right")
}
