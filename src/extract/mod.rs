//! Bytes of a page or feed item to articles. Pure.
//!
//! [`articles`] reads what was fetched, [`page()`] one saved page, [`record()`] one imported record.
//! Each field is read by a ladder, the outlet's own rule first; [`Page`] says which rung gave it.

mod blocks;
mod body;
mod candidate;
mod claim;
mod complexity_limits;
mod date;
mod date_claims;
mod date_text;
mod document;
mod feed_metadata;
mod flag;
#[cfg(test)]
mod golden_tests;
mod item;
mod jsonld;
mod language;
mod metadata;
mod page;
mod page_bodies;
mod page_boxes;
mod page_dates;
mod page_furniture;
mod page_parts;
mod prune_markup;
mod record;
mod rules;
mod select_body;
mod selector_report;
mod soft_404;
mod source;
mod trafilatura_body;
mod types;
mod ui_text;
mod url;

use crate::model::{Article, RawItem, Registry, Skipped};
use crate::text::moment;

pub use claim::Claim;
pub use flag::Flag;
pub use page::page;
pub(crate) use record::address_id;
pub use record::{RecordError, RecordFields, record};
pub use selector_report::{SelectorReport, selector_reports};
pub use types::{BodyReading, ExtractConfig, Field, Page};

/// Version of what this stage makes of the same bytes, so that stored articles can be told from those
/// that a newer program would read.
///
/// To be raised by one with every change after which some page may give another text, title, time,
/// language, edition, address or flag: extractors and their versions, the choice between them, the lists of labels and
/// notices, page rules of the registry, the date ladder. Not for speed, wording or new outlets.
pub const EXTRACTOR_VERSION: &str = "7";

/// Reads each item as an article; the newest version of each article is returned.
pub fn articles(
    items: &[RawItem],
    registry: &Registry,
    config: &ExtractConfig,
) -> (Vec<Article>, Vec<Skipped>) {
    item::articles(items, registry, config)
}
