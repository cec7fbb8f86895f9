//! All edges into one article: gathers the facts that `rules` decides on, and writes the evidence.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use super::AmplificationConfig;
use super::clock::{self, Order};
use super::context::{World, is_bare_copy, is_credit};
use super::prior_holders::{Claim, Holders, Standing, covers};
use super::rules::{self, Facts, Held, Ruling, Shared};
use super::sources;
use crate::ids::stable_id;
use crate::model::{CitationKind, Edge, Evidence, Grade, Match, Origin, Passage, PassageKind};

/// Tied holders listed beside the one an edge starts from; more would only lengthen the row.
const MAX_TIES: usize = 3;

/// Returns the edges that end in `to`, one for each start, sorted by it.
///
/// Cost: linear in the passages of the matches in which `to` is the later article, times the number
/// of holders that differ in what they hold (one for mass republication).
pub(super) fn edges_into(to: usize, world: &World, config: &AmplificationConfig) -> Vec<Edge> {
    let mut receiver = Receiver::new(to, world, config);
    for &index in &world.by_later[to] {
        receiver.judge(index);
    }
    receiver.judge_links();
    receiver.drop_superseded();
    receiver.note_ties();
    receiver.into_edges()
}

/// What one match shows of its two articles' texts.
struct Text<'a> {
    /// Passages that are not boilerplate, with their positions.
    passages: Vec<(usize, &'a Passage)>,
    /// Positions of own passages that nobody held earlier.
    first: Vec<usize>,
    /// Where the shared text is in the receiver; the whole of it for a bare copy.
    spans: Vec<Range<usize>>,
    /// Those of them that are the text of a wire which itself cites the earlier outlet: a citation in
    /// there is the wire's.
    inherited: Vec<Range<usize>>,
    /// Both records are one equal headline.
    bare: bool,
    shared: Shared,
}

/// The strongest evidence without direction between the receiver and one outlet.
struct Candidate {
    /// 0 for reuse or a link, 1 for narrative overlap.
    rank: u8,
    from: usize,
    evidence: Vec<Evidence>,
}

struct Receiver<'a, 'w> {
    to: usize,
    world: &'w World<'a>,
    config: &'w AmplificationConfig,
    holders: Holders<'a>,
    drafts: BTreeMap<Origin, (Grade, Vec<Evidence>)>,
    /// Per outlet: its candidate for E5, or `None` once something better explains its matches.
    open: BTreeMap<&'a str, Option<Candidate>>,
    /// Per outlet: its item that shares most.
    meant: BTreeMap<&'a str, usize>,
    /// (earlier holder, better item of its outlet).
    superseded: Vec<(usize, usize)>,
    /// (holder, evidence that another article held the passage at the same time).
    ties: Vec<(usize, Evidence)>,
}

impl<'a, 'w> Receiver<'a, 'w> {
    fn new(to: usize, world: &'w World<'a>, config: &'w AmplificationConfig) -> Self {
        Receiver {
            to,
            world,
            config,
            holders: Holders::default(),
            drafts: BTreeMap::new(),
            open: BTreeMap::new(),
            meant: meant(to, world),
            superseded: Vec::new(),
            ties: Vec::new(),
        }
    }

    /// Grades one match; matches come in the order of the earlier article.
    fn judge(&mut self, index: usize) {
        let world = self.world;
        let m = &world.matches[index];
        let outlet = world.articles[m.earlier].outlet.as_str();
        let text = self.text(index, m);
        match rules::rule(&self.facts(m, &text)) {
            Ruling::Directed(grade) => {
                let evidence = self.directed_evidence(index, m, &text, grade);
                self.state(Origin::Article(m.earlier), grade, evidence);
                self.open.insert(outlet, None);
            }
            ruling @ (Ruling::Common | Ruling::Explained) => {
                let sources = (ruling == Ruling::Common).then(|| sources::of(m, world));
                for source in sources.into_iter().flatten() {
                    self.state(source, Grade::X, vec![Evidence::Explains { matched: index }]);
                }
                self.open.insert(outlet, None);
            }
            Ruling::Open => {
                let mut evidence = self.links_and_citations(m.earlier, true);
                evidence.extend(text_rows(index, &text, |_| true));
                self.offer(Candidate { rank: 0, from: m.earlier, evidence });
            }
            Ruling::Overlap => {
                let scored = !m.overlaps.is_empty();
                if scored && world.narrative_of_both(m.earlier, m.later).is_some() {
                    let evidence = vec![Evidence::Overlap { matched: index }];
                    self.offer(Candidate { rank: 1, from: m.earlier, evidence });
                }
            }
        }
        if !text.spans.is_empty() {
            let standing = standing(m, world);
            self.holders.add(m.earlier, outlet, standing, text.spans);
        }
    }

    /// Links between the receiver and articles that do not match it.
    fn judge_links(&mut self) {
        let world = self.world;
        let matched = |item: usize| {
            let matches = &world.by_later[self.to];
            matches.binary_search_by_key(&item, |&i| world.matches[i].earlier).is_ok()
        };
        let to_earlier = world.links.out[self.to].iter().map(|(item, _)| *item);
        let from_earlier = world.links.into[self.to].iter().copied();
        let mut others: Vec<usize> = to_earlier
            .chain(from_earlier)
            .filter(|&other| other < self.to && !matched(other))
            .collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let order = Order::of(&world.articles[other], &world.articles[self.to]);
            let evidence = self.links_and_citations(other, false);
            if order.is_open() {
                self.offer(Candidate { rank: 0, from: other, evidence });
            } else if world.links.position(self.to, other).is_some() {
                self.state(Origin::Article(other), Grade::E1, evidence);
                self.open.insert(world.articles[other].outlet.as_str(), None);
            }
        }
    }

    /// What the two texts of a match share, and who else holds it.
    fn text(&mut self, index: usize, m: &'a Match) -> Text<'a> {
        let world = self.world;
        let receiver = &world.articles[m.later];
        let all = m.passages.iter().enumerate();
        let passages: Vec<_> = all.filter(|(_, p)| p.kind != PassageKind::Boilerplate).collect();
        let bare = passages.is_empty() && is_bare_copy(m, world.articles);
        let mut spans: Vec<_> = passages.iter().map(|(_, p)| p.later.clone()).collect();
        if bare {
            spans.push(0..receiver.text.len().max(1));
        }
        let mut text = Text {
            passages,
            first: Vec::new(),
            spans,
            inherited: Vec::new(),
            bare,
            shared: Shared::Nothing,
        };
        let mut held: Option<Held> = None;
        let mut foreign: Option<bool> = None;
        let mut names_wire = false;
        for (position, passage) in text.passages.clone() {
            if world.is_own(m, passage) {
                let evidence = Evidence::Passage { matched: index, passage: position };
                let this = self.held(m, &passage.later, Some(&passage.earlier), evidence);
                if this == Held::First {
                    text.first.push(position);
                }
                held = Some(held.map_or(this, |h| stronger(h, this)));
            } else if held_by_outlet(passage, &receiver.outlet, world) {
                held = Some(held.unwrap_or(Held::Elsewhere));
            } else {
                let quoted = passage.kind == PassageKind::Quoted;
                foreign = Some(foreign.unwrap_or(false) || quoted);
                if !quoted {
                    names_wire |= self.names_source(passage);
                    if self.cites_already(passage, &world.articles[m.earlier].outlet) {
                        text.inherited.push(passage.later.clone());
                    }
                }
            }
        }
        if bare {
            let evidence = Evidence::Overlap { matched: index };
            held = Some(self.held(m, &text.spans[0].clone(), None, evidence));
        }
        text.shared = match (held, foreign) {
            (Some(held), _) => Shared::Own(held),
            (None, Some(quotes)) => Shared::Foreign { citable: quotes || !names_wire },
            (None, None) => Shared::Nothing,
        };
        text
    }

    /// Whether the receiver names the source of a wire passage itself: its holder's outlet, or any
    /// credit without an item in the archive.
    fn names_source(&self, passage: &Passage) -> bool {
        let world = self.world;
        match passage.holder.and_then(|h| world.articles.get(h)) {
            Some(holder) => world.sources(self.to, &holder.outlet).next().is_some(),
            None => !world.unmatched_credits[self.to].is_empty(),
        }
    }

    /// Whether the holder of a wire passage cites `outlet` in its own text.
    fn cites_already(&self, passage: &Passage, outlet: &str) -> bool {
        passage.holder.is_some_and(|h| {
            h < self.world.articles.len() && self.world.sources(h, outlet).next().is_some()
        })
    }

    /// Who held one stretch before; remembers ties with the holder.
    fn held(
        &mut self,
        m: &Match,
        in_b: &Range<usize>,
        in_a: Option<&Range<usize>>,
        evidence: Evidence,
    ) -> Held {
        let world = self.world;
        match self.holders.claim(in_b, self.config.holder_share) {
            Claim::HeldBy(holder) if self.is_better_item(m, holder) => {
                self.superseded.push((holder, m.earlier));
                Held::First
            }
            Claim::HeldBy(holder) => {
                if Order::of(&world.articles[holder], &world.articles[m.earlier]).is_open() {
                    self.ties.push((holder, evidence));
                }
                Held::Elsewhere
            }
            Claim::Unknown => Held::Unknown,
            Claim::First if !self.returned(m, in_a) => Held::First,
            Claim::First => Held::Elsewhere,
        }
    }

    /// Whether `m.a` is the item that shares most among those of the holder's outlet, and no article of
    /// another outlet before it shares as much: then it, not the outlet's earlier and poorer item (a
    /// first version, yesterday's headline of the same mould), is where the text is from.
    fn is_better_item(&self, m: &Match, holder: usize) -> bool {
        let world = self.world;
        let outlet = world.articles[m.earlier].outlet.as_str();
        let meant = self.meant.get(outlet) == Some(&m.earlier);
        meant && world.articles[holder].outlet == outlet && {
            let b = &world.articles[m.later];
            let words = shared_words(m);
            let before = world.by_later[m.later].iter().map(|&i| &world.matches[i]);
            clock::text_precedes(&world.articles[m.earlier], b)
                && !before.take_while(|earlier| earlier.earlier < m.earlier).any(|earlier| {
                    world.articles[earlier.earlier].outlet != outlet
                        && shared_words(earlier) >= words
                })
        }
    }

    /// Takes back the edges from items that a better one of their outlet supersedes.
    fn drop_superseded(&mut self) {
        for (holder, better) in std::mem::take(&mut self.superseded) {
            let (from, instead) = (Origin::Article(holder), Origin::Article(better));
            let replaced = matches!(self.drafts.get(&instead), Some((Grade::E3, _)));
            let stale = matches!(self.drafts.get(&from), Some((Grade::E3, rows)) if self.only_in(rows, better));
            if replaced && stale {
                self.drafts.remove(&from);
            }
        }
    }

    /// Whether all passages of `rows` are also held by `item`.
    fn only_in(&self, rows: &[Evidence], item: usize) -> bool {
        let world = self.world;
        let held: Vec<Range<usize>> = world.by_later[self.to]
            .iter()
            .map(|&i| &world.matches[i])
            .filter(|m| m.earlier == item)
            .flat_map(|m| m.passages.iter().map(|p| p.later.clone()))
            .collect();
        rows.iter().all(|row| match row {
            Evidence::Passage { matched, passage } => {
                let span = &world.matches[*matched].passages[*passage].later;
                covers(&held, span, self.config.holder_share)
            }
            _ => false,
        })
    }

    /// Whether `m.a` itself has the stretch from an earlier item of the receiver's outlet: text that
    /// comes home is no evidence of a copy. `None` asks for the whole of a bare headline.
    fn returned(&self, m: &Match, in_a: Option<&Range<usize>>) -> bool {
        let world = self.world;
        let home = &world.articles[m.later].outlet;
        world.by_later[m.earlier].iter().map(|&i| &world.matches[i]).any(|earlier| {
            if world.articles[earlier.earlier].outlet != *home {
                return false;
            }
            let Some(stretch) = in_a else { return is_bare_copy(earlier, world.articles) };
            let text = earlier.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate);
            let spans: Vec<_> = text.map(|p| p.later.clone()).collect();
            covers(&spans, stretch, self.config.holder_share)
        })
    }

    fn facts(&self, m: &Match, text: &Text) -> Facts {
        let world = self.world;
        let (a, b) = (&world.articles[m.earlier], &world.articles[m.later]);
        let contradicted = world.links.position(m.earlier, m.later).is_some()
            || world.sources(m.earlier, &b.outlet).next().is_some();
        Facts {
            resolved: Order::of(a, b).is_forward(),
            text_resolved: clock::text_precedes(a, b),
            linked: world.links.position(m.later, m.earlier).is_some(),
            credited: world.sources(m.later, &a.outlet).any(is_credit),
            cited: world.sources(m.later, &a.outlet).any(|c| {
                c.kind == CitationKind::Text
                    && !text.inherited.iter().any(|span| holds(span, &c.span))
            }),
            repeated: self.holders.outlet_had(&a.outlet, &text.spans, self.config.holder_share)
                || (matches!(text.shared, Shared::Foreign { .. })
                    && self.meant.get(a.outlet.as_str()).is_some_and(|meant| *meant != m.earlier)),
            contradicted,
            foreign_credit: sources::foreign_credits(m, world).next().is_some(),
            shared: text.shared,
        }
    }

    fn directed_evidence(
        &self,
        index: usize,
        m: &Match,
        text: &Text,
        grade: Grade,
    ) -> Vec<Evidence> {
        if grade == Grade::E3 {
            return text_rows(index, text, |position| text.first.contains(&position));
        }
        let mut evidence = self.links_and_citations(m.earlier, false);
        evidence.extend(text_rows(index, text, |_| true));
        evidence
    }

    /// The receiver's links to `other` and citations of its outlet; with `both_ways` also those of
    /// `other` that point to the receiver, which contradict the order.
    fn links_and_citations(&self, other: usize, both_ways: bool) -> Vec<Evidence> {
        let world = self.world;
        let mut evidence = Vec::new();
        for (from, to) in [(self.to, other), (other, self.to)] {
            if let Some(position) = world.links.position(from, to) {
                let link = &world.articles[from].links[position];
                evidence.push(Evidence::Link { url: link.url.clone(), canonical: link.canonical });
            }
            if from == self.to || both_ways {
                let cites = world.sources(from, &world.articles[to].outlet);
                evidence.extend(cites.cloned().map(Evidence::Cites));
            }
        }
        evidence
    }

    /// Adds evidence for an edge; the best grade stays, and with it what it rests on. What a common
    /// source explains is kept beside any grade.
    fn state(&mut self, from: Origin, grade: Grade, evidence: Vec<Evidence>) {
        match self.drafts.entry(from) {
            Entry::Vacant(entry) => {
                entry.insert((grade, evidence));
            }
            Entry::Occupied(mut entry) => {
                let (known, rows) = entry.get_mut();
                if grade < *known {
                    let explained = std::mem::replace(rows, evidence);
                    rows.extend(explained);
                    *known = grade;
                } else {
                    rows.extend(evidence);
                }
            }
        }
    }

    /// Offers a candidate for E5. At equal times the order of the two articles is an accident of
    /// their ids, so that no edge is stated.
    fn offer(&mut self, candidate: Candidate) {
        let world = self.world;
        let from = &world.articles[candidate.from];
        if from.at() == world.articles[self.to].at() {
            return;
        }
        match self.open.entry(from.outlet.as_str()) {
            Entry::Vacant(entry) => {
                entry.insert(Some(candidate));
            }
            Entry::Occupied(mut entry) => {
                if let Some(known) = entry.get_mut()
                    && (candidate.rank, candidate.from) < (known.rank, known.from)
                {
                    *known = candidate;
                }
            }
        }
    }

    fn note_ties(&mut self) {
        let mut listed: BTreeMap<usize, usize> = BTreeMap::new();
        for (holder, row) in std::mem::take(&mut self.ties) {
            if let Some((Grade::E3, rows)) = self.drafts.get_mut(&Origin::Article(holder)) {
                let count = listed.entry(holder).or_default();
                if *count < MAX_TIES {
                    rows.push(row);
                    *count += 1;
                }
            }
        }
    }

    fn into_edges(mut self) -> Vec<Edge> {
        for candidate in std::mem::take(&mut self.open).into_values().flatten() {
            self.state(Origin::Article(candidate.from), Grade::E5, candidate.evidence);
        }
        let (to, world) = (self.to, self.world);
        self.drafts
            .into_iter()
            .map(|(from, (grade, evidence))| edge(from, to, grade, evidence, world))
            .collect()
    }
}

fn edge(from: Origin, to: usize, grade: Grade, evidence: Vec<Evidence>, world: &World) -> Edge {
    let article = &world.articles[to];
    let (start, order, narrative) = match &from {
        Origin::Article(index) => {
            let start = &world.articles[*index];
            let narrative = world.narrative_of_both(*index, to);
            (start.id.clone(), Some(Order::of(start, article)), narrative)
        }
        Origin::Outlet(outlet) => (format!("outlet:{outlet}"), None, world.narrative_of[to]),
        Origin::Statement => ("statement".to_owned(), None, world.narrative_of[to]),
    };
    Edge {
        id: stable_id(&["edge", &start, &article.id]),
        from,
        to,
        grade,
        lag_minutes: order.map(Order::lag_minutes),
        clock_error_minutes: order.and_then(Order::error_minutes),
        narrative,
        evidence,
    }
}

/// Evidence rows of a match's text: its passages, or the overlap of two bare headlines.
fn text_rows(matched: usize, text: &Text, keep: impl Fn(usize) -> bool) -> Vec<Evidence> {
    if text.bare {
        return vec![Evidence::Overlap { matched }];
    }
    let kept = text.passages.iter().filter(|(position, _)| keep(*position));
    kept.map(|(passage, _)| Evidence::Passage { matched, passage: *passage }).collect()
}

fn standing(m: &Match, world: &World) -> Standing {
    let (a, b) = (&world.articles[m.earlier], &world.articles[m.later]);
    let order = Order::of(a, b);
    if clock::text_precedes(a, b) {
        Standing::Earlier
    } else if order.error.is_none() || order.is_forward() {
        Standing::Undated
    } else {
        Standing::Close
    }
}

/// For each outlet that shares text with `to`: its item that shares most, own text before other text,
/// then by words; the earliest of several.
fn meant<'a>(to: usize, world: &World<'a>) -> BTreeMap<&'a str, usize> {
    let mut best: BTreeMap<&str, ((bool, usize), usize)> = BTreeMap::new();
    for m in world.by_later[to].iter().map(|&i| &world.matches[i]) {
        let shares = (m.passages.iter().any(|p| world.is_own(m, p)), shared_words(m));
        let outlet = world.articles[m.earlier].outlet.as_str();
        let known = best.entry(outlet).or_insert((shares, m.earlier));
        if shares > known.0 {
            *known = (shares, m.earlier);
        }
    }
    best.into_iter().map(|(outlet, (_, item))| (outlet, item)).collect()
}

/// Words that the two articles share, boilerplate left out.
fn shared_words(m: &Match) -> usize {
    let text = m.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate);
    text.map(|p| p.words).sum()
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether the wire text was first held by the receiver's own outlet.
fn held_by_outlet(passage: &Passage, outlet: &str, world: &World) -> bool {
    let holder = passage.holder.and_then(|h| world.articles.get(h));
    passage.kind == PassageKind::Wire && holder.is_some_and(|h| h.outlet == outlet)
}

/// Of two passages of one match the one that shows more decides.
fn stronger(a: Held, b: Held) -> Held {
    let rank = |held| match held {
        Held::First => 0,
        Held::Unknown => 1,
        Held::Elsewhere => 2,
    };
    if rank(a) <= rank(b) { a } else { b }
}
