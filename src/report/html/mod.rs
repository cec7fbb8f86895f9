//! `report.html`: one file that needs no network and no script. First the findings, the heat map and a timeline; then
//! what stands behind them. Every figure leads to its evidence in the same file: [`selection`] chooses what is on the page
//! and knows where it is. Pictures are tables or inline SVG; lists are cut to what a reader can use, and say in which CSV
//! the rest is.

mod daily;
mod edge_cards;
pub(super) mod escape;
mod findings;
mod heatmap;
mod lags;
mod match_cards;
mod network;
mod pair_cards;
mod pair_rows;
pub(super) mod passages;
mod periods;
mod ranks;
mod regions;
mod sections;
mod selection;
mod series;
mod story_cards;
mod tail_sections;
mod timeline;
mod truncated_list;
mod watchlist;

use std::io::{self, Write};

use askama::Template;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use self::sections::Page;
use super::report_index::ReportIndex;

/// Style sheet and script of the page. Both are allowed by their hash in the content security
/// policy, so nothing else that finds its way into the page can run or load.
const STYLE: &str = include_str!("../templates/report.css");
const SCRIPT: &str = include_str!("../templates/report.js");

/// Writes the page for an analysis.
pub(super) fn write(index: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&page(index))
}

/// Returns the page for an analysis.
fn page(view: &ReportIndex) -> Vec<u8> {
    // Rendering to memory can fail only if a `Display` of ours fails, and none does.
    Page::new(view).render().unwrap_or_default().into_bytes()
}

/// The hash of `text` as a content security policy has it.
fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(crate::ids::sha256(text.as_bytes()))
}

/// The content security policy of the page.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn render(sample: &sample::Sample) -> String {
        let (run, config) = (sample::run(), ReportConfig::default());
        String::from_utf8(page(&sample.view(&run, &config))).unwrap()
    }

    #[test]
    fn the_page_asks_for_nothing() {
        let html = render(&sample::analysis());
        for bad in [
            "src=",
            "url(",
            "@import",
            "style=\"",
            "onclick",
            "javascript:",
            "http-equiv=\"refresh\"",
        ] {
            assert!(!html.contains(bad), "{bad}");
        }
        let links = html.match_indices("href=\"").map(|(at, _)| &html[at + 6..]);
        for link in links {
            assert!(
                link.starts_with('#')
                    || link.starts_with("data:,")
                    || link.starts_with("https://web.archive.org/web/2"),
                "{}",
                &link[..60]
            );
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let html = render(&sample::analysis());
        assert!(!html.contains("<script>alert"));
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(!html.contains('\u{202e}'));
        assert!(html.contains("U+202E"));
        assert_eq!(html.matches("<script").count(), 1);
    }

    #[test]
    fn policy_allows_what_is_there() {
        let html = render(&sample::empty());
        let between = |start: &str, end: &str| {
            let at = html.find(start).unwrap() + start.len();
            html[at..at + html[at..].find(end).unwrap()].to_owned()
        };
        assert!(html.contains(&hash(&between("<style>", "</style>"))));
        assert!(html.contains(&hash(&between("<script>", "</script>"))));
    }

    #[test]
    fn ids_on_the_page_are_unique_and_targets_exist() {
        let html = render(&sample::repeated(30));
        let values = |name: &str| -> Vec<String> {
            html.match_indices(name)
                .map(|(at, _)| html[at + name.len()..].split('"').next().unwrap().to_owned())
                .collect()
        };
        let ids = values(" id=\"");
        let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
        for target in values("href=\"#") {
            assert!(unique.contains(&target), "{target}");
        }
    }

    #[test]
    fn size_stays_in_bounds() {
        let large = sample::repeated(2_000 / 13);
        assert!(render(&large).len() <= 1_500_000, "{}", render(&large).len());
        assert!(render(&sample::empty()).len() <= 60_000);
    }
}
