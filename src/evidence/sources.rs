//! Where a common source is: the start of an edge of grade X.

use std::collections::BTreeSet;

use super::clock;
use super::context::World;
use crate::model::{Match, Origin, PassageKind};

/// The sources that explain what the two articles of `m` share, sorted; never empty.
///
/// A wire's text comes from the earliest archived holder of it, if that is earlier than the receiver
/// by more than the clock error, otherwise from that holder's outlet; without a holder from the
/// outlets that are credited. Quotations come from a statement, unless a wire explains them too.
pub(super) fn of(m: &Match, world: &World) -> BTreeSet<Origin> {
    let holders = m.passages.iter().filter(|p| p.kind == PassageKind::Wire);
    let mut sources: BTreeSet<Origin> = holders.filter_map(|p| held(p.holder?, m, world)).collect();
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
    let (a, b) = (&world.articles[m.earlier].outlet, &world.articles[m.later].outlet);
    let both = world.unmatched_credits[m.later].iter().chain(&world.unmatched_credits[m.earlier]);
    both.copied().filter(move |outlet| outlet != a && outlet != b)
}

fn held(holder: usize, m: &Match, world: &World) -> Option<Origin> {
    let (article, receiver) = (world.articles.get(holder)?, &world.articles[m.later]);
    if article.outlet == receiver.outlet {
        return None;
    }
    let before = holder < m.later && clock::Order::of(article, receiver).is_forward();
    Some(if before { Origin::Article(holder) } else { Origin::Outlet(article.outlet.clone()) })
}
