//! Bytes of a page or feed item to articles. Pure.
//!
//! [`articles`] reads what was fetched, [`page()`] one saved page, [`record()`] one imported record.
//! Each field is read by a ladder, the outlet's own rule first; [`Page`] says which rung gave it.

mod announced;
mod arbiter;
mod blocks;
mod body;
mod boilerplate;
mod cascade;
mod charset;
mod citations;
mod clocks;
mod controls;
mod date;
mod date_text;
mod guard;
mod head;
mod item;
mod jsonld;
mod language;
mod opened;
mod page;
mod record;
mod recurring;
mod rules;
mod slim;
mod stub;
mod trial;
mod url;

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::calendar::Calendar;
use crate::model::{Article, Citation, ClockSuspicion, RawItem, Registry, Skipped};
use crate::text::moment;

pub use date::Claim;
pub use page::{BodyReading, Field, Page, page};
pub use record::{RecordFields, record};
pub use trial::{Trial, trials};

/// Version of what this stage makes of the same bytes, so that stored articles can be told from those
/// that a newer program would read.
///
/// To be raised by one with every change after which some page may give another text, title, time,
/// language, address or flag: extractors and their versions, the arbiter, the lists of labels and
/// notices, page rules of the registry, the date ladder. Not for speed, wording or new outlets.
pub const EXTRACTOR_VERSION: &str = "4";

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NormalizeConfig {
    /// The present, as far as publication times are concerned: a time more than a day later is not
    /// believed. An item's own `first_seen` goes before it; `None` believes every time.
    pub now: Option<DateTime<Utc>>,
}

/// Reads each item as an article; the newest version of each article is returned.
pub fn articles(
    items: &[RawItem],
    registry: &Registry,
    config: &NormalizeConfig,
) -> (Vec<Article>, Vec<Skipped>) {
    item::articles(items, registry, config)
}

/// Sorts articles by (time, id); those without any time, and repeats of an id, are returned apart.
pub fn in_order(articles: Vec<Article>) -> (Vec<Article>, Vec<Skipped>) {
    let (mut kept, mut skipped) = (articles, Vec::new());
    kept.retain(|article| {
        let dated = article.published.is_some() || article.first_seen.is_some();
        if !dated {
            skipped.push(Skipped {
                what: article.id.clone(),
                reason: "no time: give `published` or `first_seen`".into(),
            });
        }
        dated
    });
    let mut kept = sorted(kept);
    let mut seen = std::collections::HashSet::with_capacity(kept.len());
    let is_new: Vec<bool> = kept.iter().map(|article| seen.insert(article.id.as_str())).collect();
    let mut is_new = is_new.into_iter();
    kept.retain(|article| {
        let new = is_new.next().unwrap_or(true);
        if !new {
            skipped.push(Skipped {
                what: article.id.clone(),
                reason: "another article has the same id; the earlier one is kept".into(),
            });
        }
        new
    });
    (kept, skipped)
}

/// By (time, id), newer versions first, then by content, so that the order they come in decides nothing. Each
/// article is moved once: it is large.
fn sorted(articles: Vec<Article>) -> Vec<Article> {
    let key = |article: &Article| (article.at(), Reverse(article.version));
    let mut order: Vec<_> = articles.iter().map(key).zip(0usize..).collect();
    order.sort_by(|&((at, version), a), &((other_at, other_version), b)| {
        let (a, b) = (&articles[a], &articles[b]);
        let content = || (&a.outlet, &a.title, &a.text).cmp(&(&b.outlet, &b.title, &b.text));
        let order = at.cmp(&other_at).then_with(|| a.id.cmp(&b.id));
        order.then(version.cmp(&other_version)).then_with(content)
    });
    let mut articles: Vec<Option<Article>> = articles.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, place)| articles[place].take()).collect()
}

/// Fills [`Article::citations`] from the names that the registry gives to outlets; those of the first articles may
/// be `known`.
pub fn with_citations(
    articles: Vec<Article>,
    registry: &Registry,
    known: Vec<Vec<Citation>>,
) -> Vec<Article> {
    citations::fill(articles, registry, known)
}

/// Fills [`Article::boilerplate`] of the articles from `from` on with the sentences and boxes that recur in one
/// outlet's articles up to their day. Cost: linear in the number of lines of these articles and the horizon before
/// them; two looks at the head, the tail and the short lines of each.
pub fn with_boilerplate(
    mut articles: Vec<Article>,
    calendar: &Calendar,
    from: usize,
) -> Vec<Article> {
    recurring::fill(&mut articles, calendar, from);
    articles
}

/// Clears [`Article::boilerplate`]: only what compares articles needs it.
pub fn without_boilerplate(mut articles: Vec<Article>) -> Vec<Article> {
    for article in &mut articles {
        article.boilerplate = Vec::new();
    }
    articles
}

/// Returns the outlets whose stated times look as if they were in another zone than they say. Cost:
/// linear in the articles, quadratic in the outlets that share a headline.
pub fn suspect_clocks(articles: &[Article]) -> Vec<ClockSuspicion> {
    clocks::suspect(articles)
}
