//! What a feed, list page or sitemap said of an article: its time under the source's clock rule, its
//! body if the feed carries it.

use std::collections::BTreeSet;

use chrono::TimeZone;
use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

use super::candidate::{Candidate, Origin};
use super::claim::{Claim, OutletZone};
use super::{blocks, moment};
use crate::model::{DateSource, Edition, RawItem, Source, SourceKind};

/// Beginnings of boxes inside a feed's body, lower case: RT's, in its three spellings.
const BOX_LABELS: &[&str] = &["also on", "read more", "read also"];

/// The registry's entry of the source that listed an item.
fn source_of<'a>(item: &RawItem, edition: Option<&'a Edition>) -> Option<&'a Source> {
    edition?.sources.iter().find(|source| source.url == item.source)
}

/// Whether the item came from a feed that carries whole articles.
pub(super) fn has_full_text(item: &RawItem, edition: Option<&Edition>) -> bool {
    item.content.is_some() && source_of(item, edition).is_some_and(|source| source.full_text)
}

/// The announced publication time. Where the source has a clock of its own, the time as written is
/// read in that zone whatever label it carries.
pub(super) fn claim(item: &RawItem, edition: Option<&Edition>, zone: OutletZone) -> Option<Claim> {
    let raw = item.published.as_deref()?;
    let source = source_of(item, edition);
    let mut moment = moment::parse(raw, zone.zone)?;
    let is_epoch = raw.trim().bytes().all(|b| b.is_ascii_digit());
    if let Some(clock) = source.and_then(|source| source.clock).filter(|_| !is_epoch) {
        moment.at = clock.to_chrono().from_local_datetime(&moment.at.naive_local()).single()?;
    }
    let kind = match source.map_or(SourceKind::Feed, |source| source.kind) {
        SourceKind::Feed | SourceKind::Json => DateSource::Feed,
        SourceKind::List => DateSource::List,
        SourceKind::Sitemap => DateSource::Sitemap,
    };
    Some(zone.claim_of(kind, &item.source, raw, moment))
}

/// The body in the item's content, or its summary, without boxes.
pub(super) fn body(item: &RawItem, title: &str) -> Vec<Candidate> {
    let content = item.content.as_deref().map(|html| (Origin::FeedContent, html));
    let summary = item.summary.as_deref().map(|html| (Origin::FeedSummary, html));
    let read = |(origin, html): (Origin, &str)| {
        let html = super::complexity_limits::limit(html).html;
        Candidate::new(origin, blocks::of_fragment(&html, boxes), title)
    };
    content.into_iter().chain(summary).map(read).filter(Candidate::is_usable).collect()
}

/// The boxes of a feed's body: quotations and small containers that begin with a box label, captions.
fn boxes(fragment: &Html) -> BTreeSet<NodeId> {
    let Ok(selector) = Selector::parse("blockquote, div, aside, figure, figcaption") else {
        return BTreeSet::new();
    };
    let is_box = |element: &ElementRef<'_>| {
        matches!(element.value().name(), "figure" | "figcaption" | "aside") || {
            let start: String = element
                .text()
                .flat_map(str::chars)
                .skip_while(|c| c.is_whitespace())
                .take(20)
                .collect();
            let start = start.to_lowercase();
            BOX_LABELS.iter().any(|label| start.starts_with(label))
        }
    };
    fragment.select(&selector).filter(is_box).map(|element| element.id()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Precision, Zone};

    fn edition(clock: Option<Zone>) -> Edition {
        let source = Source {
            full_text: true,
            clock,
            ..Source::new(SourceKind::Feed, "https://gt.example/rss")
        };
        Edition {
            id: "gt-en".into(),
            language: "en".into(),
            region: None,
            hosts: Vec::new(),
            sources: vec![source],
            zone: Zone(480),
            rules: Vec::new(),
        }
    }

    fn item(published: &str, content: &str) -> RawItem {
        RawItem {
            source: "https://gt.example/rss".into(),
            published: Some(published.into()),
            content: Some(content.into()),
            ..RawItem::default()
        }
    }

    #[track_caller]
    fn check(published: &str, clock: Option<Zone>, utc: &str, precision: Precision) {
        let zone = OutletZone { zone: Zone(480), known: true };
        let claim = claim(&item(published, ""), Some(&edition(clock)), zone).unwrap();
        assert_eq!((claim.utc.to_rfc3339().as_str(), claim.precision), (utc, precision));
    }

    #[test]
    fn a_sources_clock_overrides_a_false_label() {
        let raw = "Fri, 27 Jun 2025 21:10:05 GMT";
        check(raw, None, "2025-06-27T21:10:05+00:00", Precision::Second);
        check(raw, Some(Zone(480)), "2025-06-27T13:10:05+00:00", Precision::Second);
        check("1548036225000", Some(Zone(480)), "2019-01-21T02:03:45+00:00", Precision::Second);
    }

    #[test]
    fn midnight_stands_for_the_day() {
        check(
            "Fri, 27 Jun 2025 00:00:00 GMT",
            Some(Zone(480)),
            "2025-06-26T16:00:00+00:00",
            Precision::Day,
        );
    }

    #[test]
    fn boxes_of_a_feed_body_go() {
        let html = "<p>One.</p> <blockquote> <span><strong>Also on rt.com</strong></span> <figure>x\
            <figcaption><a href='/2'>Two</a></figcaption></figure></blockquote> <p>Three.</p>\
            <blockquote>A quotation.</blockquote><p><strong>Like this story? Share it with a friend!</strong></p>";
        let bodies = body(&item("", html), "");
        let texts: Vec<&str> = bodies[0].blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["One.", "Three.", "A quotation."]);
    }
}
