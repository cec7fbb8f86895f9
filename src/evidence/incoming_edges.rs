//! All edges into one article: gathers the facts that `rules` decides on, and writes the evidence.

use std::ops::Range;

use super::EvidenceConfig;
use super::clock::{self, Order};
use super::context::{Context, is_credit};
use super::drafts::{Drafts, UndirectedCandidate};
use super::prior_holders::{Standing, covers};
use super::rules::{self, Decision, Facts, Shared};
use super::shared_text::{SharedText, TextReader};
use super::sources;
use crate::model::{Basis, CitationKind, Evidence, Match, Origin, UngradedEdge};

/// Returns the edges that end in `to`, one for each start, sorted by it.
///
/// Cost: linear in the passages of the matches in which `to` is the later article, times the number
/// of holders that differ in what they hold (one for mass republication).
pub(super) fn edges_into(
    to: usize,
    context: &Context,
    config: &EvidenceConfig,
) -> Vec<UngradedEdge> {
    let mut receiver = Receiver {
        to,
        context,
        holder_share: config.holder_share,
        text: TextReader::new(to, context, config.holder_share),
        drafts: Drafts::new(to, context),
    };
    for &index in &context.by_later[to] {
        receiver.judge(index);
    }
    receiver.judge_links();
    receiver.drop_superseded();
    let Receiver { text, mut drafts, .. } = receiver;
    drafts.note_ties(text.ties);
    drafts.into_edges()
}

/// An article whose incoming edges are being found.
struct Receiver<'a, 'c> {
    to: usize,
    context: &'c Context<'a>,
    holder_share: f64,
    text: TextReader<'a, 'c>,
    drafts: Drafts<'a, 'c>,
}

impl<'a> Receiver<'a, '_> {
    /// Decides on one match; matches come in the order of the earlier article.
    fn judge(&mut self, index: usize) {
        let context = self.context;
        let m = &context.matches[index];
        let outlet = context.articles[m.earlier].outlet.as_str();
        let text = self.text.read(index, m);
        match rules::decide(&self.facts(m, &text)) {
            Decision::Directed(basis) => {
                let evidence = self.directed_evidence(index, m, &text, basis);
                self.drafts.state(Origin::Article(m.earlier), basis, evidence);
                self.drafts.close(outlet);
            }
            Decision::Common => {
                for source in sources::of(m, context) {
                    let evidence = vec![Evidence::Explains { matched: index }];
                    self.drafts.state(source, Basis::CommonSource, evidence);
                }
                self.drafts.close(outlet);
            }
            Decision::Explained => self.drafts.close(outlet),
            Decision::Undirected => {
                let mut evidence = self.links_and_citations(m.earlier, true);
                evidence.extend(text.rows(index, |_| true));
                let candidate =
                    UndirectedCandidate { overlap_only: false, from: m.earlier, evidence };
                self.drafts.offer(candidate);
            }
            Decision::Overlap => {
                let scored = !m.overlaps.is_empty();
                if scored && context.narrative_of_both(m.earlier, m.later).is_some() {
                    let evidence = vec![Evidence::Overlap { matched: index }];
                    let candidate =
                        UndirectedCandidate { overlap_only: true, from: m.earlier, evidence };
                    self.drafts.offer(candidate);
                }
            }
        }
        if !text.spans.is_empty() {
            self.text.holders.add(m.earlier, outlet, standing(m, context), text.spans);
        }
    }

    /// Links between the receiver and articles that do not match it.
    fn judge_links(&mut self) {
        let context = self.context;
        let matched = |item: usize| {
            let matches = &context.by_later[self.to];
            matches.binary_search_by_key(&item, |&i| context.matches[i].earlier).is_ok()
        };
        let to_earlier = context.links.out[self.to].iter().map(|(item, _)| *item);
        let from_earlier = context.links.into[self.to].iter().copied();
        let mut others: Vec<usize> = to_earlier
            .chain(from_earlier)
            .filter(|&other| other < self.to && !matched(other))
            .collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let order = Order::of(&context.articles[other], &context.articles[self.to]);
            let evidence = self.links_and_citations(other, false);
            if order.is_open() {
                let candidate = UndirectedCandidate { overlap_only: false, from: other, evidence };
                self.drafts.offer(candidate);
            } else if context.links.position(self.to, other).is_some() {
                self.drafts.state(Origin::Article(other), Basis::NamesItem, evidence);
                self.drafts.close(context.articles[other].outlet.as_str());
            }
        }
    }

    /// Takes back the edges from items that a better one of their outlet supersedes.
    fn drop_superseded(&mut self) {
        for (holder, better) in std::mem::take(&mut self.text.superseded) {
            let replaced = self.drafts.own_text_rows(better).is_some();
            let stale =
                self.drafts.own_text_rows(holder).is_some_and(|rows| self.only_in(rows, better));
            if replaced && stale {
                self.drafts.withdraw(holder);
            }
        }
    }

    /// Whether all passages of `rows` are also held by `item`.
    fn only_in(&self, rows: &[Evidence], item: usize) -> bool {
        let context = self.context;
        let held: Vec<Range<usize>> = context
            .matches_into(self.to)
            .filter(|m| m.earlier == item)
            .flat_map(|m| m.passages.iter().map(|p| p.later.clone()))
            .collect();
        rows.iter().all(|row| match row {
            Evidence::Passage { matched, passage } => {
                let span = &context.matches[*matched].passages[*passage].later;
                covers(&held, span, self.holder_share)
            }
            _ => false,
        })
    }

    fn facts(&self, m: &Match, text: &SharedText) -> Facts {
        let context = self.context;
        let (a, b) = (&context.articles[m.earlier], &context.articles[m.later]);
        let best = self.text.best_item.get(a.outlet.as_str());
        let contradicted = context.links.position(m.earlier, m.later).is_some()
            || context.sources(m.earlier, &b.outlet).next().is_some();
        Facts {
            resolved: Order::of(a, b).is_forward(),
            text_resolved: clock::text_precedes(a, b),
            linked: context.links.position(m.later, m.earlier).is_some(),
            credited: context.sources(m.later, &a.outlet).any(is_credit),
            cited: context.sources(m.later, &a.outlet).any(|c| {
                c.kind == CitationKind::Text
                    && !text.inherited.iter().any(|span| holds(span, &c.span))
            }),
            repeated: self.text.holders.outlet_had(&a.outlet, &text.spans, self.holder_share)
                || (matches!(text.shared, Shared::Foreign { .. })
                    && best.is_some_and(|best| *best != m.earlier)),
            contradicted,
            foreign_credit: context.foreign_credits(m).next().is_some(),
            shared: text.shared,
        }
    }

    fn directed_evidence(
        &self,
        index: usize,
        m: &Match,
        text: &SharedText,
        basis: Basis,
    ) -> Vec<Evidence> {
        if basis == Basis::OwnText {
            return text.rows(index, |position| text.first.contains(&position));
        }
        let mut evidence = self.links_and_citations(m.earlier, false);
        evidence.extend(text.rows(index, |_| true));
        evidence
    }

    /// The receiver's links to `other` and citations of its outlet; with `both_ways` also those of
    /// `other` that point to the receiver, which contradict the order.
    fn links_and_citations(&self, other: usize, both_ways: bool) -> Vec<Evidence> {
        let context = self.context;
        let mut evidence = Vec::new();
        for (from, to) in [(self.to, other), (other, self.to)] {
            if let Some(position) = context.links.position(from, to) {
                let link = &context.articles[from].links[position];
                evidence.push(Evidence::Link { url: link.url.clone(), canonical: link.canonical });
            }
            if from == self.to || both_ways {
                let cites = context.sources(from, &context.articles[to].outlet);
                evidence.extend(cites.cloned().map(Evidence::Cites));
            }
        }
        evidence
    }
}

/// How the clock of the earlier article relates to the later one.
fn standing(m: &Match, context: &Context) -> Standing {
    let (a, b) = (&context.articles[m.earlier], &context.articles[m.later]);
    let order = Order::of(a, b);
    if clock::text_precedes(a, b) {
        Standing::Earlier
    } else if order.error.is_none() || order.is_forward() {
        Standing::Undated
    } else {
        Standing::Close
    }
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
