//! The outlet that a record names, as people name outlets: by id, name, alias, domain or address.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use url::Url;

use crate::extract::RecordFields;
use crate::model::Registry;
use crate::outlets;

/// Looks names up in a registry, each only once.
pub(super) struct OutletNames<'a> {
    registry: &'a Registry,
    known: RwLock<HashMap<String, Option<String>>>,
}

impl<'a> OutletNames<'a> {
    pub(super) fn new(registry: &'a Registry) -> OutletNames<'a> {
        OutletNames { registry, known: RwLock::default() }
    }

    /// Puts the registry's id in the place of a name that it knows. A record without a name gets the outlet to which
    /// its address belongs, if the registry knows it.
    pub(super) fn resolve(&self, fields: &mut RecordFields) {
        let name = fields.outlet.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let id = match name {
            Some(name) => self.id(name),
            None => fields.url.as_deref().and_then(|url| self.by_address(url)),
        };
        if let Some(id) = id {
            fields.outlet = Some(id);
        }
    }

    fn id(&self, name: &str) -> Option<String> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        known.unwrap_or_else(|| {
            let found = outlets::find(self.registry, name).map(|outlet| outlet.id.clone());
            let found = found.or_else(|| self.by_address(name));
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(name.to_owned(), found.clone());
            found
        })
    }

    /// The outlet of a domain or an address.
    fn by_address(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let address =
            if text.contains("://") { text.to_owned() } else { format!("https://{text}/") };
        let url = Url::parse(&address).ok()?;
        let host = url.host_str().filter(|host| host.contains('.'))?;
        let (outlet, _) = self.registry.by_address(host, url.path())?;
        Some(outlet.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_known_by_all_its_names() {
        let registry = outlets::embedded();
        let names = OutletNames::new(&registry);
        let check = |outlet: Option<&str>, url: &str, expected: Option<&str>| {
            let mut fields = RecordFields {
                outlet: outlet.map(str::to_owned),
                url: Some(url.to_owned()),
                ..RecordFields::default()
            };
            names.resolve(&mut fields);
            assert_eq!(fields.outlet.as_deref(), expected, "{outlet:?} {url}");
        };
        for name in
            ["rt", "RT", "rt ", "Russia Today", "rt.com", "www.rt.com", "https://www.rt.com/"]
        {
            check(Some(name), "https://x.example/1", Some("rt"));
        }
        check(Some("The Ostrel Post"), "https://x.example/1", Some("The Ostrel Post"));
        check(None, "https://www.rt.com/news/1-x/", Some("rt"));
        check(None, "https://x.example/1", None);
    }
}
