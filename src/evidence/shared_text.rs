//! What one match shows of its two articles' texts, and who held it before.

use std::collections::BTreeMap;
use std::ops::Range;

use super::best_item;
use super::clock::{Order, is_seen_late};
use super::context::{Context, is_bare_copy};
use super::own_words;
use super::prior_holders::{Claim, PriorHolders};
use super::rules::{PriorHolder, Shared};
use crate::model::{Evidence, Match, Passage, PassageKind, Relation};
use crate::text::span;

/// What one match shows of its two articles' texts.
pub(super) struct SharedText<'a> {
    /// Passages that are not boilerplate, with their positions.
    pub(super) passages: Vec<(usize, &'a Passage)>,
    /// Positions of own passages that nobody held earlier.
    pub(super) first: Vec<usize>,
    /// Where the shared text is in the receiver; the whole of it for a bare copy.
    pub(super) spans: Vec<Range<usize>>,
    /// Those of them that are the text of a wire which itself cites the earlier outlet: a citation in
    /// there is the wire's.
    pub(super) inherited: Vec<Range<usize>>,
    /// Both records are one equal headline.
    bare: bool,
    pub(super) shared: Shared,
}

impl<'a> SharedText<'a> {
    /// Both records are one equal headline.
    pub(super) fn is_bare(&self) -> bool {
        self.bare
    }

    /// The own passages that nobody held earlier.
    pub(super) fn first_passages(&self) -> Vec<&'a Passage> {
        let first = self.passages.iter().filter(|(position, _)| self.first.contains(position));
        first.map(|(_, passage)| *passage).collect()
    }

    /// Evidence rows of the text: its passages that `keep` takes by position, or the overlap of two bare
    /// headlines or of a translation.
    pub(super) fn rows(&self, matched: usize, keep: impl Fn(usize) -> bool) -> Vec<Evidence> {
        if self.bare || self.shared == Shared::Translated {
            return vec![Evidence::Overlap { matched }];
        }
        let kept = self.passages.iter().filter(|(position, _)| keep(*position));
        kept.map(|(passage, _)| Evidence::Passage { matched, passage: *passage }).collect()
    }
}

/// Reads the texts of a receiver's matches, one after the other in the order of the earlier article.
pub(super) struct TextReader<'a, 'c> {
    context: &'c Context<'a>,
    holder_share: f64,
    /// Holders of the receiver's text among the articles read so far.
    pub(super) holders: PriorHolders,
    /// Per outlet: its item that shares most.
    pub(super) best_item: BTreeMap<&'a str, usize>,
    /// (earlier holder, better item of its outlet).
    pub(super) superseded: Vec<(usize, usize)>,
    /// (holder, evidence that another article held the passage at the same time).
    pub(super) ties: Vec<(usize, Evidence)>,
}

impl<'a, 'c> TextReader<'a, 'c> {
    pub(super) fn new(to: usize, context: &'c Context<'a>, holder_share: f64) -> Self {
        TextReader {
            context,
            holder_share,
            holders: PriorHolders::default(),
            best_item: best_item::best_item_of_outlet(to, context),
            superseded: Vec::new(),
            ties: Vec::new(),
        }
    }

    /// What the two texts of a match share, and who else holds it.
    pub(super) fn read(&mut self, index: usize, m: &'a Match) -> SharedText<'a> {
        let context = self.context;
        let receiver = &context.articles[m.later];
        let all = m.passages.iter().enumerate();
        let passages: Vec<_> = all.filter(|(_, p)| p.kind != PassageKind::Boilerplate).collect();
        // A whole equal headline counts as such, whatever marks are in it.
        let bare = is_bare_copy(m, context.articles);
        let passages = if bare { Vec::new() } else { passages };
        let mut spans: Vec<_> = passages.iter().map(|(_, p)| p.later.clone()).collect();
        if bare {
            spans.push(0..receiver.text.len().max(1));
        }
        let (mut first, mut inherited) = (Vec::new(), Vec::new());
        let mut held: Option<PriorHolder> = None;
        let mut quotes: Option<bool> = None;
        let mut names_wire = false;
        for &(position, passage) in &passages {
            if context.is_own(m, passage) {
                let evidence = Evidence::Passage { matched: index, passage: position };
                let this = self.prior_holder(m, &passage.later, Some(&passage.earlier), evidence);
                if this == PriorHolder::None {
                    first.push(position);
                }
                held = Some(held.map_or(this, |known| known.min(this)));
            } else if is_held_by_outlet(passage, &receiver.outlet, context) {
                held = Some(held.unwrap_or(PriorHolder::Known));
            } else {
                let is_quote = passage.kind == PassageKind::Quoted;
                quotes = Some(quotes.unwrap_or(false) || is_quote);
                if !is_quote {
                    names_wire |= names_source(m.later, passage, context);
                    if cites_already(passage, &context.articles[m.earlier].outlet, context) {
                        inherited.push(passage.later.clone());
                    }
                }
            }
        }
        if bare {
            let evidence = Evidence::Overlap { matched: index };
            held = Some(self.prior_holder(m, &spans[0], None, evidence));
        }
        let shared = match (held, quotes) {
            (Some(held), _) => Shared::Own(held),
            (None, Some(quotes)) => Shared::Foreign { citable: quotes || !names_wire },
            (None, None) if m.relation == Relation::Translation => Shared::Translated,
            (None, None) => Shared::Nothing,
        };
        SharedText { passages, first, spans, inherited, bare, shared }
    }

    /// Who held one stretch before; remembers ties with the holder.
    fn prior_holder(
        &mut self,
        m: &Match,
        in_b: &Range<usize>,
        in_a: Option<&Range<usize>>,
        evidence: Evidence,
    ) -> PriorHolder {
        let context = self.context;
        let share = own_words::share_of_holder(m, self.holder_share, context);
        match self.holders.claim(in_b, share) {
            Claim::HeldBy(holder) if self.is_better_item(m, holder) => {
                self.superseded.push((holder, m.earlier));
                PriorHolder::None
            }
            Claim::HeldBy(holder) => {
                if Order::of(&context.articles[holder], &context.articles[m.earlier]).is_open() {
                    self.ties.push((holder, evidence));
                }
                PriorHolder::Known
            }
            Claim::Unknown => PriorHolder::Possible,
            Claim::First if !self.returned(m, in_a) => PriorHolder::None,
            Claim::First => PriorHolder::Known,
        }
    }

    /// Whether `m.earlier` is the item that shares most among those of the holder's outlet, and no article of
    /// another outlet before it shares as much: then it, not the outlet's earlier and poorer item (a
    /// first version, yesterday's headline of the same mould), is where the text is from.
    fn is_better_item(&self, m: &Match, holder: usize) -> bool {
        let context = self.context;
        let outlet = context.articles[m.earlier].outlet.as_str();
        self.best_item.get(outlet) == Some(&m.earlier)
            && context.articles[holder].outlet == outlet
            && best_item::is_first_to_share_as_much(m, context)
    }

    /// Whether `m.earlier` itself has the stretch from an earlier item of the receiver's outlet: text that
    /// comes home is no evidence of a copy. `None` asks for the whole of a bare headline.
    fn returned(&self, m: &Match, in_a: Option<&Range<usize>>) -> bool {
        let context = self.context;
        let home = &context.articles[m.later].outlet;
        context.matches_into(m.earlier).any(|earlier| {
            let (source, item) = (&context.articles[earlier.earlier], &context.articles[m.earlier]);
            if source.outlet != *home || is_seen_late(source, item) {
                return false;
            }
            let Some(stretch) = in_a else { return is_bare_copy(earlier, context.articles) };
            let text = earlier.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate);
            let spans: Vec<_> = text.map(|p| p.later.clone()).collect();
            span::covers_more_than(&spans, stretch, self.holder_share)
        })
    }
}

/// Whether the receiver names the source of a wire passage itself: its holder's outlet, or any
/// credit without an item in the archive.
fn names_source(to: usize, passage: &Passage, context: &Context) -> bool {
    match passage.holder.and_then(|h| context.articles.get(h)) {
        Some(holder) => context.sources(to, &holder.outlet).next().is_some(),
        None => !context.unmatched_credits[to].is_empty(),
    }
}

/// Whether the holder of a wire passage cites `outlet` in its own text.
fn cites_already(passage: &Passage, outlet: &str, context: &Context) -> bool {
    passage
        .holder
        .is_some_and(|h| h < context.articles.len() && context.sources(h, outlet).next().is_some())
}

/// Whether the wire text was first held by the receiver's own outlet.
fn is_held_by_outlet(passage: &Passage, outlet: &str, context: &Context) -> bool {
    let holder = passage.holder.and_then(|h| context.articles.get(h));
    passage.kind == PassageKind::Wire && holder.is_some_and(|h| h.outlet == outlet)
}
