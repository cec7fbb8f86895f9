//! Where a common source is: the start of an edge of grade X.

use std::collections::BTreeSet;

use super::clock;
use super::context::Context;
use crate::model::{Match, Origin, PassageKind};

/// The sources that explain what the two articles of `m` share, sorted; never empty.
///
/// A wire's text comes from the earliest archived holder of it, if that is earlier than the receiver
/// by more than the clock error, otherwise from that holder's outlet; without a holder from the
/// outlets that are credited. Quotations come from a statement, unless a wire explains them too.
pub(super) fn of(m: &Match, context: &Context) -> BTreeSet<Origin> {
    let holders = m.passages.iter().filter(|p| p.kind == PassageKind::Wire);
    let mut sources: BTreeSet<Origin> =
        holders.filter_map(|p| origin_of(p.holder?, m, context)).collect();
    if sources.is_empty() {
        let credits = context.foreign_credits(m);
        sources.extend(credits.map(|outlet| Origin::Outlet(outlet.to_owned())));
    }
    if sources.is_empty() {
        sources.insert(Origin::Statement);
    }
    sources
}

fn origin_of(holder: usize, m: &Match, context: &Context) -> Option<Origin> {
    let (article, receiver) = (context.articles.get(holder)?, &context.articles[m.later]);
    if article.outlet == receiver.outlet {
        return None;
    }
    let before = holder < m.later && clock::Order::of(article, receiver).is_forward();
    Some(if before { Origin::Article(holder) } else { Origin::Outlet(article.outlet.clone()) })
}
