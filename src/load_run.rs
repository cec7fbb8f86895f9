//! Reads the analysis that an earlier run left in its output directory.

use std::collections::{BTreeMap, BTreeSet};
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
                "no analysis at {}: give the output folder of a run over all relations; `fimi analyze` and `fimi demo` make one",
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

/// Leaves of an analysis what concerns these outlets (ids or names) alone: their articles, what lies between two of them, and
/// the narratives that one of them carries. Figures that were computed against others stay as they are. No outlets: all.
///
/// # Errors
///
/// If the analysis knows no such outlet.
pub(crate) fn only(
    mut document: Document<'static>,
    wanted: &[String],
) -> Result<Document<'static>> {
    if wanted.is_empty() {
        return Ok(document);
    }
    let ids = wanted.iter().map(|name| Ok(outlet_id(&document, name)?.to_owned()));
    let ids: BTreeSet<String> = ids.collect::<Result<_>>()?;
    let is_wanted = |id: &str| ids.contains(id);
    document.articles.retain(|article| is_wanted(&article.outlet));
    let articles: BTreeSet<String> = document.articles.iter().map(|a| a.id.to_string()).collect();
    let is_held = |id: &str| articles.contains(id);
    document.matches.retain(|found| is_held(&found.a) && is_held(&found.b));
    document
        .edges
        .retain(|edge| is_held(&edge.to) && edge.outlet_from.as_deref().is_none_or(is_wanted));
    for narrative in &mut document.narratives {
        let roles = std::mem::take(&mut narrative.roles).into_owned();
        let kept = |i: usize| is_held(&narrative.articles[i]);
        let roles: Vec<_> = roles.into_iter().enumerate().filter(|(i, _)| kept(*i)).collect();
        narrative.roles = roles.into_iter().map(|(_, role)| role).collect();
        narrative.articles.retain(|id| is_held(id));
        narrative.outlets.to_mut().retain(|id| is_wanted(id));
    }
    document.narratives.retain(|narrative| !narrative.articles.is_empty());
    document.chains.retain(|chain| chain.outlets.iter().all(|id| is_wanted(id)));
    document.outlet_pairs.retain(|pair| is_wanted(&pair.outlet_a) && is_wanted(&pair.outlet_b));
    document.tags.retain(|tag| is_held(&tag.article));
    document.feeds.retain(|feed| is_wanted(&feed.outlet));
    document.coverage_gaps.retain(|gap| is_wanted(&gap.outlet));
    Ok(document)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn document() -> Document<'static> {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let bytes = serde_json::to_vec(&Document::of(&sample.view(&run, &config))).unwrap();
        Document::read(&bytes).unwrap()
    }

    #[test]
    fn what_concerns_other_outlets_is_left_out() {
        let names = ["North Star".to_owned(), "meridian".to_owned()];
        let (all, two) = (document(), only(document(), &names).unwrap());
        let is_one = |id: &str| ["north-star", "meridian"].contains(&id);
        assert!(two.articles.iter().all(|article| is_one(&article.outlet)));
        assert_eq!(two.outlet_pairs.len(), 1);
        assert!(!two.matches.is_empty() && two.matches.len() < all.matches.len());
        assert!(!two.edges.is_empty() && two.edges.iter().all(|edge| is_one(&edge.outlet_to)));
        for narrative in &two.narratives {
            assert!(!narrative.articles.is_empty());
            assert!(
                narrative.roles.is_empty() || narrative.roles.len() == narrative.articles.len()
            );
        }
        assert!(only(document(), &[]).unwrap() == all);
        assert!(only(document(), &["nobody".to_owned()]).is_err());
    }
}
