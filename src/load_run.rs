//! Reads the analysis that an earlier run left in its output directory.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use crate::exit::UserError;
use crate::model::Agreement;
use crate::outlets;
use crate::report::alternatives::OutletFacts;
use crate::report::{
    ArticleRecord, Document, EdgeRecord, MatchRecord, NarrativeRecord, OutletRecord,
};

/// Name of the file in an output directory.
const FILE: &str = "analysis.json";

/// Reads `analysis.json` of an output directory, or the file itself.
///
/// # Errors
///
/// If there is none, or it was not written by this version of the tool or an earlier one.
pub(crate) fn load(place: &Path) -> Result<Document<'static>> {
    let path = if place.is_dir() { place.join(FILE) } else { place.to_path_buf() };
    let bytes = match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(UserError::usage(format!(
                "no analysis at {}: give with --run the output folder of a run over all relations",
                path.display()
            ))
            .into());
        }
        bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
    };
    Document::read(&bytes)
        .map_err(|error| UserError::usage(format!("{}: {error}", path.display())).into())
}

/// Records of a document by id.
pub(crate) struct Lookup<'d> {
    articles: BTreeMap<&'d str, &'d ArticleRecord<'d>>,
    matches: BTreeMap<&'d str, &'d MatchRecord<'d>>,
    edges: BTreeMap<&'d str, &'d EdgeRecord<'d>>,
    outlets: BTreeMap<&'d str, &'d OutletRecord<'d>>,
    narratives: BTreeMap<&'d str, &'d NarrativeRecord<'d>>,
}

impl<'d> Lookup<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Lookup<'d> {
        Lookup {
            articles: document.articles.iter().map(|a| (a.id.as_ref(), a)).collect(),
            matches: document.matches.iter().map(|m| (m.id.as_ref(), m)).collect(),
            edges: document.edges.iter().map(|e| (e.id.as_ref(), e)).collect(),
            outlets: document.outlets.iter().map(|o| (o.id.as_ref(), o)).collect(),
            narratives: document.narratives.iter().map(|n| (n.id.as_ref(), n)).collect(),
        }
    }

    pub(crate) fn article(&self, id: &str) -> Option<&'d ArticleRecord<'d>> {
        self.articles.get(id).copied()
    }

    pub(crate) fn matched(&self, id: &str) -> Option<&'d MatchRecord<'d>> {
        self.matches.get(id).copied()
    }

    pub(crate) fn edge(&self, id: &str) -> Option<&'d EdgeRecord<'d>> {
        self.edges.get(id).copied()
    }

    /// The name of an outlet; its id if it has none.
    pub(crate) fn name<'o>(&self, outlet: &'o str) -> &'o str
    where
        'd: 'o,
    {
        self.outlets.get(outlet).map_or(outlet, |record| record.name.as_ref())
    }

    pub(crate) fn narrative(&self, id: &str) -> Option<&'d NarrativeRecord<'d>> {
        self.narratives.get(id).copied()
    }
}

impl OutletFacts for Lookup<'_> {
    fn operator(&self, id: &str) -> Option<&str> {
        self.outlets.get(id)?.operator.as_deref()
    }

    fn agreement(&self, a: &str, b: &str) -> Option<&Agreement> {
        Agreement::between(a, b, |id| {
            self.outlets.get(id).map_or(&[][..], |record| &record.agreements)
        })
    }
}

/// Returns the id of the outlet that `wanted` names by id or name, whatever the case.
///
/// # Errors
///
/// If the analysis knows no such outlet; the message suggests the closest one.
pub(crate) fn outlet_id<'d>(document: &'d Document, wanted: &str) -> Result<&'d str> {
    let wanted = wanted.to_lowercase();
    let known = || document.outlets.iter();
    let found = known()
        .find(|o| o.id == wanted)
        .or_else(|| known().find(|o| o.name.to_lowercase() == wanted));
    if let Some(outlet) = found {
        return Ok(&outlet.id);
    }
    let close = outlets::closest(&wanted, known().map(|o| o.id.as_ref()));
    let advice = if let Some(id) = close {
        format!("did you mean {id}?")
    } else {
        let ids: Vec<&str> = known().map(|o| o.id.as_ref()).collect();
        format!("it knows {}", ids.join(", "))
    };
    Err(UserError::usage(format!("no outlet \"{wanted}\" in this analysis; {advice}")).into())
}
