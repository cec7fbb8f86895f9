//! Bytes of a page or feed item to articles. Pure.
//!
//! [`articles`] reads what was fetched, [`page()`] one saved page, [`record()`] one imported record.
//! Each field is read by a ladder, the outlet's own rule first; [`Page`] says which rung gave it.

mod blocks;
mod body;
mod complexity_limits;
mod date;
mod date_text;
mod document;
mod feed_metadata;
mod item;
mod jsonld;
mod language;
mod metadata;
mod page;
mod page_furniture;
mod prune_markup;
mod record;
mod rules;
mod select_body;
mod selector_report;
mod soft_404;
mod trafilatura_body;
mod ui_text;
mod url;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::model::{Article, RawItem, Registry, Skipped};
use crate::text::moment;

pub use date::Claim;
pub use page::{BodyReading, Field, Page, page};
pub use record::{RecordError, RecordFields, record};
pub use selector_report::{Trial, trials};

/// Version of what this stage makes of the same bytes, so that stored articles can be told from those
/// that a newer program would read.
///
/// To be raised by one with every change after which some page may give another text, title, time,
/// language, address or flag: extractors and their versions, the arbiter, the lists of labels and
/// notices, page rules of the registry, the date ladder. Not for speed, wording or new outlets.
pub const EXTRACTOR_VERSION: &str = "4";

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ExtractConfig {
    /// The present, as far as publication times are concerned: a time more than a day later is not
    /// believed. An item's own `first_seen` goes before it; `None` believes every time.
    pub now: Option<DateTime<Utc>>,
}

/// Reads each item as an article; the newest version of each article is returned.
pub fn articles(
    items: &[RawItem],
    registry: &Registry,
    config: &ExtractConfig,
) -> (Vec<Article>, Vec<Skipped>) {
    item::articles(items, registry, config)
}
