//! Where a common source is: the start of an edge of grade X.

use std::collections::BTreeMap;

use super::clock;
use super::context::Context;
use crate::model::{Caveat, Match, Origin, PassageKind, Relation, Role};

/// Where a common source is, and what must be said beside it.
pub(super) struct Source {
    pub(super) origin: Origin,
    pub(super) caveat: Option<Caveat>,
    /// A control outlet's article that had the text earlier: the source if an edge runs from it anyway.
    pub(super) reported_by: Option<usize>,
}

impl Source {
    pub(super) fn new(origin: Origin) -> Source {
        Source { origin, caveat: None, reported_by: None }
    }
}

/// The sources that explain what the two articles of `m` share; never empty.
///
/// A wire's text comes from the earliest archived holder of it, if that is earlier than the receiver
/// by more than the clock error, otherwise from that holder's outlet. A control that had it earlier merely
/// reported it. Without a holder it comes from the third sources that are named, and quotations from a
/// statement, unless a wire explains them too.
pub(super) fn of(m: &Match, absent: &[&str], context: &Context) -> Vec<Source> {
    let earlier = &context.articles[m.earlier].outlet;
    let is_third = |holder: usize| {
        context.articles.get(holder).is_some_and(|article| article.outlet != *earlier)
    };
    let holders = m.passages.iter().filter(|p| p.kind == PassageKind::Wire);
    let holders = holders.filter(|p| p.holder.is_some_and(is_third));
    let mut found: BTreeMap<Origin, Source> = BTreeMap::new();
    for source in holders.filter_map(|p| origin_of(p.holder?, m, context)) {
        found.entry(source.origin.clone()).or_insert(source);
    }
    if found.keys().all(|origin| *origin == Origin::Statement) {
        for outlet in absent {
            let origin = Origin::Outlet((*outlet).to_owned());
            found.insert(origin.clone(), Source::new(origin));
        }
    }
    if found.is_empty() {
        found.insert(Origin::Statement, Source::new(Origin::Statement));
    }
    found.into_values().collect()
}

/// The earliest item of a wire, neither of the two outlets, that both articles of a match between two languages hold: in
/// their own language or as a translation.
pub(super) fn wire_of_both(m: &Match, context: &Context) -> Option<usize> {
    m.across.as_ref()?;
    let holds = |found: &&Match| !matches!(found.relation, Relation::Narrative | Relation::Event);
    let is_third_wire = |item: usize| {
        let outlet = &context.articles[item].outlet;
        context.registry.role(outlet) == Role::Wire
            && [m.earlier, m.later].iter().all(|one| context.articles[*one].outlet != *outlet)
    };
    let of_later = context.matches_into(m.later).filter(holds).map(|found| found.earlier);
    let of_earlier = |item: usize| {
        context.matches_into(m.earlier).filter(holds).any(|found| found.earlier == item)
    };
    of_later.filter(|item| is_third_wire(*item) && of_earlier(*item)).min()
}

fn origin_of(holder: usize, m: &Match, context: &Context) -> Option<Source> {
    let (article, receiver) = (context.articles.get(holder)?, &context.articles[m.later]);
    if article.outlet == receiver.outlet {
        return None;
    }
    let order = clock::Order::of(article, receiver);
    let before = holder < m.later && order.is_forward();
    let is_named = [m.earlier, m.later]
        .iter()
        .any(|&one| context.sources(one, &article.outlet).next().is_some());
    if context.registry.role(&article.outlet) == Role::Control && !is_named {
        let reported_by = before.then_some(holder);
        let caveat = Some(Caveat::EarlierInControl);
        return Some(Source { origin: Origin::Statement, caveat, reported_by });
    }
    if before {
        return Some(Source::new(Origin::Article(holder)));
    }
    let caveat = order.error.is_none().then_some(Caveat::SourceTimeUnknown);
    Some(Source { caveat, ..Source::new(Origin::Outlet(article.outlet.clone())) })
}
