//! The edges into one article while its matches are judged: one for each start, with its best basis.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::clock::Order;
use super::context::Context;
use super::sources::Source;
use crate::ids::stable_id;
use crate::model::{Basis, Caveat, Evidence, Match, Origin, OverlapKind, UngradedEdge};

/// Tied holders listed beside the one an edge starts from; more would only lengthen the row.
const MAX_TIES: usize = 3;

/// The strongest evidence without direction between the receiver and one outlet.
pub(super) struct UndirectedCandidate {
    /// What is shared is a topic only, no text or link: any other evidence goes before it.
    pub(super) overlap_only: bool,
    /// The earlier article.
    pub(super) from: usize,
    pub(super) evidence: Vec<Evidence>,
}

/// Edges into one article.
pub(super) struct Drafts<'a, 'c> {
    to: usize,
    context: &'c Context<'a>,
    stated: BTreeMap<Origin, (Basis, Vec<Evidence>)>,
    /// Per outlet: its candidate for an undirected edge, or `None` once something better explains its
    /// matches.
    undirected_candidates: BTreeMap<&'a str, Option<UndirectedCandidate>>,
    /// (article of a control that had it earlier, match): explained by the edge from there, if there is
    /// one, else by a statement that both report.
    reported: Vec<(usize, usize)>,
}

/// Longest lag with which an outlet takes a narrative up from another one: of the right edges that were
/// read five in six were below, of the others half.
const LONGEST_TAKE_UP_MINUTES: f64 = 24.0 * 60.0;
/// Least overlap of two texts in one language that tell of one event, not of the same affair on another day.
const ONE_EVENT_COSINE: f64 = 0.3;
/// Least similarity of two headlines that do so with less overlap of the texts.
const ONE_EVENT_HEADLINES: f64 = 0.15;

impl<'a, 'c> Drafts<'a, 'c> {
    pub(super) fn new(to: usize, context: &'c Context<'a>) -> Self {
        Drafts {
            to,
            context,
            stated: BTreeMap::new(),
            undirected_candidates: BTreeMap::new(),
            reported: Vec::new(),
        }
    }

    /// Adds evidence for an edge; the strongest basis stays, and with it what it rests on. What a common
    /// source explains is kept beside any basis.
    pub(super) fn state(&mut self, from: Origin, basis: Basis, evidence: Vec<Evidence>) {
        match self.stated.entry(from) {
            Entry::Vacant(entry) => {
                entry.insert((basis, evidence));
            }
            Entry::Occupied(mut entry) => {
                let (known, rows) = entry.get_mut();
                if basis < *known {
                    let explained = std::mem::replace(rows, evidence);
                    rows.extend(explained);
                    *known = basis;
                } else {
                    rows.extend(evidence);
                }
            }
        }
    }

    /// Adds the source of a match that a common source explains.
    pub(super) fn explain(&mut self, matched: usize, source: Source) {
        match source.reported_by {
            Some(control) => self.reported.push((control, matched)),
            None => self.state_source(source.origin, matched, source.caveat),
        }
    }

    fn state_source(&mut self, origin: Origin, matched: usize, caveat: Option<Caveat>) {
        let mut evidence = vec![Evidence::Explains { matched }];
        evidence.extend(caveat.map(|caveat| Evidence::Caveat { caveat }));
        self.state(origin, Basis::CommonSource, evidence);
    }

    /// No undirected edge from this outlet: its matches are explained.
    pub(super) fn close(&mut self, outlet: &'a str) {
        self.undirected_candidates.insert(outlet, None);
    }

    /// Offers a candidate for an undirected edge. At equal times the order of the two articles is an
    /// accident of their ids, so that no edge is stated.
    pub(super) fn offer(&mut self, candidate: UndirectedCandidate) {
        let from = &self.context.articles[candidate.from];
        if from.at() == self.context.articles[self.to].at() {
            return;
        }
        match self.undirected_candidates.entry(from.outlet.as_str()) {
            Entry::Vacant(entry) => {
                entry.insert(Some(candidate));
            }
            Entry::Occupied(mut entry) => {
                if let Some(known) = entry.get_mut()
                    && (candidate.overlap_only, candidate.from) < (known.overlap_only, known.from)
                {
                    *known = candidate;
                }
            }
        }
    }

    /// The evidence of an edge that rests on own text, if there is one from this article.
    pub(super) fn own_text_rows(&self, from: usize) -> Option<&[Evidence]> {
        match self.stated.get(&Origin::Article(from)) {
            Some((Basis::OwnText, rows)) => Some(rows),
            _ => None,
        }
    }

    /// Whether a directed edge runs from this article.
    pub(super) fn is_directed(&self, from: usize) -> bool {
        self.stated.get(&Origin::Article(from)).is_some_and(|(basis, _)| basis.is_directed())
    }

    /// Takes an edge back.
    pub(super) fn withdraw(&mut self, from: usize) {
        self.stated.remove(&Origin::Article(from));
    }

    /// Lists beside an edge that rests on own text who held it at the same time.
    pub(super) fn note_ties(&mut self, ties: Vec<(usize, Evidence)>) {
        let mut listed: BTreeMap<usize, usize> = BTreeMap::new();
        for (holder, row) in ties {
            if let Some((Basis::OwnText, rows)) = self.stated.get_mut(&Origin::Article(holder)) {
                let count = listed.entry(holder).or_default();
                if *count < MAX_TIES {
                    rows.push(row);
                    *count += 1;
                }
            }
        }
    }

    /// The edges, sorted by their start.
    pub(super) fn into_edges(mut self) -> Vec<UngradedEdge> {
        for (control, matched) in std::mem::take(&mut self.reported) {
            if self.is_directed(control) {
                self.state_source(Origin::Article(control), matched, None);
            } else {
                self.state_source(Origin::Statement, matched, Some(Caveat::EarlierInControl));
            }
        }
        for candidate in std::mem::take(&mut self.undirected_candidates).into_values().flatten() {
            self.state(Origin::Article(candidate.from), Basis::Undirected, candidate.evidence);
        }
        let earliest = self.stated.keys().filter_map(article).min();
        let (to, context) = (self.to, self.context);
        let edges = self.stated.into_iter().map(|(from, (basis, evidence))| {
            let is_earliest = article(&from) == earliest;
            let mut edge = edge(from, to, basis, evidence, context);
            if is_earliest && is_taken_up(&edge, context) {
                edge.basis = Basis::TakesUp;
            }
            edge
        });
        edges.collect()
    }
}

fn article(origin: &Origin) -> Option<usize> {
    match origin {
        Origin::Article(index) => Some(*index),
        Origin::Outlet(_) | Origin::Statement => None,
    }
}

/// Whether an undirected edge shows that its later article's outlet took a narrative up after the earlier
/// article.
///
/// Its only evidence is narrative overlap, its order is resolved, its lag is at most a day, and the two tell of one event. The
/// later article is its outlet's first one in the narrative: a second article of an outlet that carries the story already says nothing
/// of where it is from. An edge without direction because evidence of reuse contradicts itself is none:
/// overlap does not settle which of two articles came first.
fn is_taken_up(edge: &UngradedEdge, context: &Context) -> bool {
    let resolved = match (edge.lag_minutes, edge.clock_error_minutes) {
        (Some(lag), Some(error)) => lag > error && lag <= LONGEST_TAKE_UP_MINUTES,
        _ => false,
    };
    let one_event = edge.evidence.iter().all(|row| match row {
        Evidence::Overlap { matched } => tells_of_one_event(&context.matches[*matched]),
        _ => false,
    });
    edge.basis == Basis::Undirected && resolved && one_event && context.takes_up[edge.to]
}

/// Whether two articles that overlap tell of one event. In a long affair every item has the same names; what is news in
/// it is in most words of the text or in the headline. Across languages the relation says so by itself.
fn tells_of_one_event(matched: &Match) -> bool {
    let lexical = matched.cosine(OverlapKind::Lexical);
    matched.across.is_some()
        || matched.title_similarity >= ONE_EVENT_HEADLINES
        || lexical.is_some_and(|cosine| cosine >= ONE_EVENT_COSINE)
}

fn edge(
    from: Origin,
    to: usize,
    basis: Basis,
    evidence: Vec<Evidence>,
    context: &Context,
) -> UngradedEdge {
    let article = &context.articles[to];
    let (start, order, narrative) = match &from {
        Origin::Article(index) => {
            let start = &context.articles[*index];
            let narrative = context.narrative_of_both(*index, to);
            (start.id.clone(), Some(Order::of(start, article)), narrative)
        }
        Origin::Outlet(outlet) => (format!("outlet:{outlet}"), None, context.narrative_of[to]),
        Origin::Statement => ("statement".to_owned(), None, context.narrative_of[to]),
    };
    UngradedEdge {
        id: stable_id(&["edge", &start, &article.id]),
        from,
        to,
        basis,
        lag_minutes: order.map(Order::lag_minutes),
        clock_error_minutes: order.and_then(Order::error_minutes),
        narrative,
        evidence,
    }
}
