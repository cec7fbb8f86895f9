//! Which item of an outlet a receiver's text is from, where several hold some of it.

use std::collections::BTreeMap;

use super::clock;
use super::context::{Context, is_bare_copy, shares_text};
use crate::model::{Match, PassageKind};

/// For each outlet that shares text with `to`: its item that shares most. Own text goes before other
/// text, then by words, then by how much of the item is in `to`; of equal ones the nearest in time.
pub(super) fn best_item_of_outlet<'a>(
    to: usize,
    context: &Context<'a>,
) -> BTreeMap<&'a str, usize> {
    let mut best: BTreeMap<&str, ((bool, usize, f64), usize)> = BTreeMap::new();
    for m in context.matches_into(to) {
        if !shares_text(m, context.articles) {
            continue;
        }
        let own =
            is_bare_copy(m, context.articles) || m.passages.iter().any(|p| context.is_own(m, p));
        let shares = (own, shared_words(m), m.containment_earlier);
        let known =
            best.entry(context.articles[m.earlier].outlet.as_str()).or_insert((shares, m.earlier));
        if shares >= known.0 {
            *known = (shares, m.earlier);
        }
    }
    best.into_iter().map(|(outlet, (_, item))| (outlet, item)).collect()
}

/// Whether `m.earlier`, the best item of its outlet, is out before `m.later`, and no article of another outlet
/// before it shares as much.
pub(super) fn is_first_to_share_as_much(m: &Match, context: &Context) -> bool {
    let (a, b) = (&context.articles[m.earlier], &context.articles[m.later]);
    let words = shared_words(m);
    let mut before =
        context.matches_into(m.later).take_while(|earlier| earlier.earlier < m.earlier);
    clock::text_precedes(a, b)
        && !before.any(|earlier| {
            context.articles[earlier.earlier].outlet != a.outlet && shared_words(earlier) >= words
        })
}

/// Words that the two articles share, boilerplate left out.
fn shared_words(m: &Match) -> usize {
    let text = m.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate);
    text.map(|p| p.words).sum()
}
