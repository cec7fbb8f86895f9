//! All edges into one article: gathers the facts that `rules` decides on, and writes the evidence.

use std::ops::Range;

use super::EvidenceConfig;
use super::citing;
use super::clock::{self, Order};
use super::context::{Context, is_bare_copy};
use super::drafts::{Drafts, UndirectedCandidate};
use super::own_words;
use super::prior_holders::Standing;
use super::rules::{self, Decision, Facts, PriorHolder, Shared};
use super::shared_text::{SharedText, TextReader};
use super::sources::{self, Source};
use crate::model::{Basis, Caveat, Evidence, Match, Origin, Role, UngradedEdge};
use crate::text::span;

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

impl Receiver<'_, '_> {
    /// Decides on one match; matches come in the order of the earlier article.
    fn judge(&mut self, index: usize) {
        let context = self.context;
        let m = &context.matches[index];
        let outlet = context.articles[m.earlier].outlet.as_str();
        let text = self.text.read(index, m);
        let named = citing::third_sources(m, &text, context);
        let absent: Vec<&str> = named
            .iter()
            .filter(|(article, outlet)| !context.has_item_of(outlet, *article))
            .map(|(_, outlet)| *outlet)
            .collect();
        let wire = sources::wire_of_both(m, context);
        let facts = Facts {
            third_source: !named.is_empty() || wire.is_some(),
            third_source_absent: !absent.is_empty(),
            ..self.facts(m, &text)
        };
        match rules::decide(&facts) {
            Decision::Directed(basis) => {
                let evidence = self.directed_evidence(index, m, &text, basis);
                self.drafts.state(Origin::Article(m.earlier), basis, evidence);
                self.drafts.close(outlet);
            }
            Decision::Common => {
                // A name in another language has no text to share: what is named explains it all the same.
                let all: Vec<&str> = named.iter().map(|(_, outlet)| *outlet).collect();
                let blamed = if m.across.is_some() { &all } else { &absent };
                let of_wire = wire.map(|wire| vec![Source::new(Origin::Article(wire))]);
                for source in of_wire.unwrap_or_else(|| sources::of(m, blamed, context)) {
                    self.drafts.explain(index, source);
                }
                self.drafts.close(outlet);
            }
            Decision::Explained => self.drafts.close(outlet),
            Decision::Undirected => {
                let mut evidence = self.links_and_citations(m.earlier, true);
                evidence.extend(text.rows(index, |_| true));
                evidence.extend(self.caveats(m, &facts));
                let candidate =
                    UndirectedCandidate { overlap_only: false, from: m.earlier, evidence };
                self.drafts.offer(candidate);
            }
            Decision::Overlap => {
                if m.is_on_one_subject() && context.narrative_of_both(m.earlier, m.later).is_some()
                {
                    let evidence = vec![Evidence::Overlap { matched: index }];
                    let candidate =
                        UndirectedCandidate { overlap_only: true, from: m.earlier, evidence };
                    self.drafts.offer(candidate);
                }
            }
        }
        if let Some(standing) = standing(m, context).filter(|_| !text.spans.is_empty()) {
            self.text.holders.add(m.earlier, standing, text.spans);
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
            let replaced = self.drafts.is_directed(better);
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
                span::covers_more_than(&held, span, self.holder_share)
            }
            _ => false,
        })
    }

    /// The facts of a match, but for third sources.
    fn facts(&self, m: &Match, text: &SharedText) -> Facts {
        let context = self.context;
        let (a, b) = (&context.articles[m.earlier], &context.articles[m.later]);
        let contradicted = context.links.position(m.earlier, m.later).is_some()
            || context.sources(m.earlier, &b.outlet).next().is_some();
        let text_resolved = clock::text_precedes(a, b);
        // Reading two texts is dear: only where it decides.
        let by_text = text_resolved && text.shared == Shared::Own(PriorHolder::None);
        let first = text.first_passages();
        Facts {
            resolved: Order::of(a, b).is_forward(),
            text_resolved,
            linked: context.links.position(m.later, m.earlier).is_some(),
            credited: citing::credits(m, text, context),
            cited: citing::cites(m, text, context),
            other_item_meant: self.is_other_item_meant(m, text),
            contradicted,
            third_source: false,
            third_source_absent: false,
            across: m.across.is_some(),
            enough: text.is_bare() || (by_text && own_words::are_enough(m, &first, context)),
            one_hand: !text.is_bare() && by_text && !one_hand(m, context).is_empty(),
            shared: text.shared,
        }
    }

    /// Whether a better or nearer item of the earlier outlet holds all that these two share, or, where they
    /// share only a third party's words, any of it.
    fn is_other_item_meant(&self, m: &Match, text: &SharedText) -> bool {
        let context = self.context;
        let outlet = context.articles[m.earlier].outlet.as_str();
        let Some(&best) = self.text.best_item.get(outlet).filter(|best| **best != m.earlier) else {
            return false;
        };
        if matches!(text.shared, Shared::Foreign { .. }) {
            return true;
        }
        let (item, receiver) = (&context.articles[best], &context.articles[m.later]);
        let held: Vec<Range<usize>> = context
            .matches_into(self.to)
            .filter(|other| other.earlier == best)
            .flat_map(|other| {
                let bare = is_bare_copy(other, context.articles);
                let whole = bare.then(|| 0..receiver.text.len().max(1));
                other.passages.iter().map(|p| p.later.clone()).chain(whole)
            })
            .collect();
        Order::of(item, receiver).is_forward()
            && !text.spans.is_empty()
            && text.spans.iter().all(|one| span::covers_more_than(&held, one, self.holder_share))
    }

    /// Why an edge that rests on shared text has no direction.
    fn caveats(&self, m: &Match, facts: &Facts) -> Vec<Evidence> {
        let context = self.context;
        let (a, b) = (&context.articles[m.earlier], &context.articles[m.later]);
        let mut caveats = Vec::new();
        let mut add = |holds: bool, caveat: Caveat| caveats.extend(holds.then_some(caveat));
        add(clock::is_seen_late(a, b), Caveat::SeenLate);
        add(facts.shared == Shared::Own(PriorHolder::Possible), Caveat::SourceTimeUnknown);
        add(facts.third_source, Caveat::ThirdSource);
        let decisive = facts.text_resolved && facts.shared == Shared::Own(PriorHolder::None);
        add(decisive && !facts.enough, Caveat::SharedWording);
        if facts.one_hand {
            caveats.extend(one_hand(m, context));
        }
        caveats.into_iter().map(|caveat| Evidence::Caveat { caveat }).collect()
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

/// What makes equal text in these two articles no sign of one having read the other: an official document,
/// or one owner or state behind both outlets. A state's wire is a source like any other: its items go out
/// to be copied.
fn one_hand(m: &Match, context: &Context) -> Vec<Caveat> {
    let mut found = Vec::new();
    if context.reading(m.earlier).official || context.reading(m.later).official {
        found.push(Caveat::OfficialDocument);
    }
    let [a, b] = [m.earlier, m.later].map(|i| context.registry.get(&context.articles[i].outlet));
    if let (Some(a), Some(b)) = (a, b) {
        if a.operator.is_some() && a.operator == b.operator {
            found.push(Caveat::OneOperator);
        } else if a.state.is_some() && a.state == b.state && a.role != Role::Wire {
            found.push(Caveat::OneState);
        }
    }
    found
}

/// How the clock of the earlier article relates to the later one; `None` where it is passed over.
fn standing(m: &Match, context: &Context) -> Option<Standing> {
    let (a, b) = (&context.articles[m.earlier], &context.articles[m.later]);
    let order = Order::of(a, b);
    if clock::is_seen_late(a, b) {
        // Passed over: else a copy that is dated back would take away what shows the true direction.
        None
    } else if clock::text_precedes(a, b) {
        Some(Standing::Earlier)
    } else {
        (order.error.is_none() || order.is_forward()).then_some(Standing::Undated)
    }
}
