//! What a page is read from: its address, who announced it, whose outlet's rules apply, its markup.

use super::claim::OutletZone;
use super::document::Document;
use super::rules::{self, Reading};
use super::types::Field;
use super::{metadata, url};
use crate::model::{Edition, Outlet, PageRules, RawItem, Registry, Zone};

/// Where a page comes from, and what the registry knows of that place.
pub(super) struct Source<'a> {
    pub url: &'a str,
    pub item: Option<&'a RawItem>,
    pub outlet: Option<&'a Outlet>,
    pub edition: Option<&'a Edition>,
    pub registry: &'a Registry,
}

impl Source<'_> {
    /// The zone of the edition, else of the outlet's first one.
    pub(super) fn zone(&self) -> OutletZone {
        let zone = self.edition.or(self.outlet.and_then(|o| o.editions.first())).map(|e| e.zone);
        OutletZone { zone: zone.unwrap_or(Zone(0)), known: zone.is_some() }
    }

    /// The edition's rules, then the outlet's.
    fn rules(&self) -> impl Iterator<Item = &PageRules> {
        let edition = self.edition.map_or(&[][..], |edition| &edition.rules);
        edition.iter().chain(self.outlet.map_or(&[][..], |outlet| &outlet.rules))
    }

    /// Whether a host is one of the outlet's; for an unknown outlet, one under the page's own domain.
    pub(super) fn is_own_host(&self, host: &str) -> bool {
        if let Some(outlet) = self.outlet {
            return self.registry.by_host(host).is_some_and(|(other, _)| other.id == outlet.id);
        }
        let own = url::host(self.url).unwrap_or_default();
        own == host
            || psl::domain_str(&own).is_some_and(|domain| psl::domain_str(host) == Some(domain))
    }
}

/// A page with what its outlet's rules found on it: all that a field may be read from.
pub(super) struct PageContext<'a> {
    pub source: &'a Source<'a>,
    pub document: &'a Document,
    /// What each of the outlet's rules found, in their order.
    pub readings: Vec<Reading>,
    pub title: Field,
}

impl<'a> PageContext<'a> {
    /// Applies the outlet's rules and reads the headline, which the other fields refer to.
    pub(super) fn new(source: &'a Source<'a>, document: &'a Document) -> PageContext<'a> {
        let readings: Vec<Reading> =
            source.rules().map(|rules| rules::apply(rules, &document.parsed)).collect();
        let ruled = by_rule(&readings, |reading| &reading.title);
        let announced = source.item.and_then(|item| item.title.as_deref());
        let title = metadata::title(document, ruled, announced, source.outlet, source.url);
        PageContext { source, document, readings, title }
    }

    /// Author or agency.
    pub(super) fn byline(&self) -> Field {
        let ruled = by_rule(&self.readings, |reading| &reading.byline);
        let announced = self.source.item.and_then(|item| item.author.as_deref());
        metadata::byline(self.document, ruled, announced, self.source.outlet)
    }

    /// Languages that page, edition and feed declare, the most trusted first.
    pub(super) fn declared_languages(&self) -> Vec<String> {
        let mut declared = metadata::languages(self.document);
        declared.extend(self.source.edition.map(|edition| edition.language.clone()));
        declared.extend(self.source.item.and_then(|item| item.language.clone()));
        declared
    }
}

/// The first rule's value of a field that is not empty.
fn by_rule(readings: &[Reading], field: impl Fn(&Reading) -> &String) -> Option<Field> {
    let found = readings.iter().find(|reading| !field(reading).is_empty())?;
    Some(Field { value: field(found).clone(), origin: format!("rule {}", found.name) })
}
