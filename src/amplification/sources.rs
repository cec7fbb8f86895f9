//! Where a common source is: the start of an edge of grade X.

use std::collections::BTreeSet;

use super::clock;
use super::world::World;
use crate::model::{CitationKind, Match, Origin, PassageKind, Role};

/// The sources that explain what the two articles of `m` share, sorted; never empty.
///
/// A wire's text comes from the earliest archived holder of it, if that is earlier than the receiver
/// by more than the clock error, otherwise from that holder's outlet; without a holder from the
/// outlet that is credited. Quotations come from a statement, unless a wire explains them too.
pub(super) fn of(m: &Match, world: &World) -> BTreeSet<Origin> {
    let mut sources: BTreeSet<Origin> = m
        .passages
        .iter()
        .filter(|p| p.kind == PassageKind::Wire)
        .filter_map(|p| match p.holder {
            Some(holder) => held(holder, m, world),
            None => credited(m, world).map(|outlet| Origin::Outlet(outlet.to_owned())),
        })
        .collect();
    if sources.is_empty() {
        let credits = foreign_credits(m, world);
        sources.extend(credits.map(|outlet| Origin::Outlet(outlet.to_owned())));
    }
    if sources.is_empty() {
        sources.insert(Origin::Statement);
    }
    sources
}

/// Outlets credited by either article as the origin of its text, without a matching item in the
/// archive, other than the two outlets themselves.
pub(super) fn foreign_credits<'a>(
    m: &Match,
    world: &'a World,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let (a, b) = (&world.articles[m.a].outlet, &world.articles[m.b].outlet);
    let both = world.unmatched_credits[m.b].iter().chain(&world.unmatched_credits[m.a]);
    both.copied().filter(move |outlet| outlet != a && outlet != b)
}

fn held(holder: usize, m: &Match, world: &World) -> Option<Origin> {
    let (article, receiver) = (world.articles.get(holder)?, &world.articles[m.b]);
    if article.outlet == receiver.outlet {
        return None;
    }
    let before = holder < m.b && clock::Order::of(article, receiver).is_forward();
    Some(if before { Origin::Article(holder) } else { Origin::Outlet(article.outlet.clone()) })
}

/// The third outlet that the articles name as the source of their text: one that both name before
/// one that only one names, a wire before others, a credit before a citation; then by id.
fn credited<'a>(m: &Match, world: &World<'a>) -> Option<&'a str> {
    let (a, b) = (&world.articles[m.a], &world.articles[m.b]);
    let named = |article: usize| {
        world.articles[article].citations.iter().filter(|c| {
            c.kind != CitationKind::Mention && c.outlet != a.outlet && c.outlet != b.outlet
        })
    };
    named(m.b)
        .chain(named(m.a))
        .min_by_key(|c| {
            let in_one = !named(m.a).any(|d| d.outlet == c.outlet)
                || !named(m.b).any(|d| d.outlet == c.outlet);
            let no_wire = world.registry.role(&c.outlet) != Role::Wire;
            (in_one, no_wire, c.kind, c.outlet.as_str())
        })
        .map(|c| c.outlet.as_str())
}
