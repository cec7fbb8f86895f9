//! What the extractor makes of a fixed set of pages, as one digest.

use std::fmt::Write as _;

use std::path::Path;

use super::{ExtractConfig, page};
use crate::{ids, outlets};

/// What to do when the digest differs.
const ADVICE: &str = "pages are read otherwise: raise EXTRACTOR_VERSION (src/extract/mod.rs), then write the new digest here";

#[test]
fn a_page_that_is_read_otherwise_asks_for_a_new_version() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "html"));
    files.sort();
    let registry = outlets::embedded();
    let mut read = String::new();
    for file in files {
        let body = std::fs::read(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let url = format!("https://news.example/n/{name}");
        let page = page(&body, &url, None, &registry, &ExtractConfig::default());
        let (published, links) = (&page.published, &page.links);
        write!(
            read,
            "{name}\n{}\n{}\n{}\n{}\n{}\n{published:?}\n{links:?}\n{:?}\n",
            page.title.value,
            page.byline.value,
            page.language.value,
            page.url.value,
            page.text.value,
            page.flags,
        )
        .expect("a string takes it");
    }
    let digest = ids::sha256_hex(read.as_bytes());
    assert_eq!(&digest[..16], "99750207618d8d9b", "{ADVICE}\n{read}");
}
