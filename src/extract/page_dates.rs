//! All publication times that are stated for a page, and the one that is believed.

use chrono::{DateTime, Utc};

use super::claim::Claim;
use super::flag::Flag;
use super::source::PageContext;
use super::{date, date_claims, date_text, feed_metadata, moment};

/// The stated times, in the order of the ladder, and the one that is believed.
pub(super) struct Dates {
    pub claims: Vec<Claim>,
    pub published: Option<Claim>,
}

/// Reads the times of page, feed and address; `latest` is the last believable publication time.
pub(super) fn read(
    context: &PageContext<'_>,
    latest: Option<DateTime<Utc>>,
    flags: &mut Vec<Flag>,
) -> Dates {
    let (source, document) = (context.source, context.document);
    let (zone, title) = (source.zone(), &context.title.value);
    let by_rules: Vec<(String, String)> =
        context.readings.iter().flat_map(|reading| reading.published.clone()).collect();
    let mut claims = date_claims::of_page(&document.parsed, &document.json_ld, &by_rules, zone);
    claims.extend(source.item.and_then(|item| feed_metadata::claim(item, source.edition, zone)));
    claims.extend(date_claims::of_address(source.url, zone));
    if claims.is_empty() {
        claims.extend(date_text::last_resort(&document.parsed, title, zone));
    } else if date_claims::is_weak(&claims) {
        let earlier = date_text::beside(&document.parsed, title, zone)
            .filter(|stated| stated.local_date < claims[0].local_date);
        claims.splice(0..0, earlier);
    }
    let (published, noticed) = date::choose(&claims, latest, zone);
    flags.extend(noticed);
    if published.as_ref().is_some_and(date_text::is_guess) {
        flags.push(Flag::DateGuessed);
    }
    let is_change = |raw: &str| moment::is_of_a_change(raw);
    let announced_change =
        || source.item.and_then(|item| item.published.as_deref()).is_some_and(is_change);
    if published.is_none()
        && (announced_change() || date_claims::states_a_change(&document.parsed, &document.json_ld))
    {
        flags.push(Flag::UpdatedOnly);
    }
    Dates { claims, published }
}
