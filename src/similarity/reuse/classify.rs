//! What each reused passage is: boilerplate, a quotation, a third outlet's text, or one outlet's own
//! text in another. Only the last is evidence between the two.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Passage, PassageKind, Registry, Role, Why};
use crate::text::count::{length, units};
use crate::text::{is_attributed, is_attribution, quotations, span};

use super::types::{AlignedPassage, SUBSTANCE, SharedText, is_edge_line, is_only_lines};
use crate::similarity::batch::Batch;

/// Words above which not even a persistent passage is a boilerplate line: longer ones are whole items.
const PERSISTENT_WORDS: usize = 150;
/// Share of a passage's words that must be quoted (or, in a mixed passage, quoted or in a standing
/// line), in both texts.
const QUOTED: f64 = 0.6;
/// Unquoted words in a row that are no longer an attribution between two parts of a quotation
/// ("..., the spokesman of the ministry wrote on Thursday, ...") but text of its own.
const UNQUOTED_WORDS: usize = 12;
/// The same if a verb of saying is among them: with titles and an occasion an attribution may be long.
const ATTRIBUTION_WORDS: usize = 24;
/// Words above which reported speech is no explanation: two reporters keep a sentence or two of a
/// statement in the same words, not a paragraph.
const REPORTED_WORDS: usize = 60;
/// Share of a passage that the third article must hold too.
const HELD: f64 = 0.8;

/// Returns the passages of each pair, classified; `None` for a pair that is not in scope, or that shares
/// nothing but boilerplate lines at the head or tail: these say nothing about the two articles.
pub(in crate::similarity) fn classify(
    batch: &Batch<'_>,
    registry: &Registry,
    pairs: &[SharedText],
) -> Vec<Option<Vec<Passage>>> {
    let sources = held_by_sources(batch, pairs);
    let quotes = quotations_of(batch, pairs);
    let classifier = Classifier { batch, registry, sources, quotes };
    pairs.par_iter().map(|pair| classifier.pair(pair)).collect()
}

/// A stretch of an article that an article of a wire or control outlet holds too.
#[derive(Debug, Clone)]
struct Held {
    span: Range<usize>,
    holder: usize,
}

struct Classifier<'c> {
    batch: &'c Batch<'c>,
    registry: &'c Registry,
    /// By article.
    sources: BTreeMap<usize, Vec<Held>>,
    /// By article; empty for those without passages.
    quotes: Vec<Vec<Range<usize>>>,
}

impl Classifier<'_> {
    fn pair(&self, pair: &SharedText) -> Option<Vec<Passage>> {
        if !self.batch.in_scope((pair.a, pair.b)) || is_only_lines(&pair.passages) {
            return None;
        }
        Some(pair.passages.iter().map(|aligned| self.passage(pair, aligned)).collect())
    }

    fn passage(&self, pair: &SharedText, aligned: &AlignedPassage) -> Passage {
        let (kind, why, holder) = self.kind(pair, aligned);
        Passage {
            earlier: aligned.a.clone(),
            later: aligned.b.clone(),
            words: aligned.words,
            kind,
            why,
            holder,
        }
    }

    fn kind(
        &self,
        pair: &SharedText,
        aligned: &AlignedPassage,
    ) -> (PassageKind, Why, Option<usize>) {
        use PassageKind::{Boilerplate, Own, Quoted, Wire};
        if is_edge_line(aligned) {
            return (Boilerplate, Why::EdgeLine, None);
        }
        if let Some(outlet) = self.boilerplate_of(pair, aligned) {
            return (Boilerplate, Why::BoilerplateOf(outlet.to_owned()), None);
        }
        let quoted = |article: usize, span: &Range<usize>| {
            let text = &self.batch.articles[article].text;
            is_mostly(text, span, &self.quotes[article], aligned.in_words())
        };
        if quoted(pair.a, &aligned.a) && quoted(pair.b, &aligned.b) {
            return (Quoted, Why::QuotationMarks, None);
        }
        if is_persistent_line(aligned) {
            return (Boilerplate, Why::Persistent, None);
        }
        if let Some(kind) = self.mixed(pair, aligned) {
            return (kind, Why::QuotedAndBoilerplate, None);
        }
        let reported = self.is_reported(pair, aligned);
        if self.batch.roles[pair.a] == Role::Wire {
            let of_wire = if reported { (Quoted, Why::Attributed) } else { (Own, Why::FromWire) };
            return (of_wire.0, of_wire.1, None);
        }
        if let Some(holder) = self.holder(pair, aligned) {
            let name = self.registry.name(&self.batch.articles[holder].outlet);
            return (Wire, Why::HeldEarlier(name.to_owned()), Some(holder));
        }
        if let Some(wire) = self.credited(pair) {
            return (Wire, Why::Credited(wire.to_owned()), None);
        }
        let other = if reported { (Quoted, Why::Attributed) } else { (Own, Why::NothingElse) };
        (other.0, other.1, None)
    }

    /// Whether both articles attribute the passage to a speaker, and it is neither long nor half of
    /// either of them: what makes up an article is its substance, whoever speaks in it.
    ///
    /// Two outlets that report one statement share its words, and neither need have read the other.
    fn is_reported(&self, pair: &SharedText, aligned: &AlignedPassage) -> bool {
        let attributed = |article: usize, span: &Range<usize>| {
            let text = &self.batch.articles[article].text;
            2 * span.len() < text.len() && is_attributed(text, span)
        };
        aligned.words <= units(REPORTED_WORDS, aligned.unsegmented)
            && attributed(pair.a, &aligned.a)
            && attributed(pair.b, &aligned.b)
    }

    /// What a passage is that holds boilerplate lines and quotations and hardly a word else: whichever
    /// of the two it holds more of.
    fn mixed(&self, pair: &SharedText, aligned: &AlignedPassage) -> Option<PassageKind> {
        let longest = units(PERSISTENT_WORDS, aligned.unsegmented);
        if aligned.is_full_text || aligned.share >= SUBSTANCE || aligned.words >= longest {
            return None;
        }
        let (mut quoted, mut boilerplate) = (0, 0);
        let sides = [(pair.a, &aligned.a), (pair.b, &aligned.b)];
        for ((article, span), lines) in sides.into_iter().zip(&aligned.boilerplate) {
            let inside = span::touching(&self.quotes[article], span);
            let both = span::union(lines.iter().chain(inside).cloned().collect());
            let text = &self.batch.articles[article].text;
            if lines.is_empty() || !is_mostly(text, span, &both, aligned.in_words()) {
                return None;
            }
            quoted += inside.iter().map(|quote| span::overlap(quote, span)).sum::<usize>();
            boilerplate += lines.iter().map(Range::len).sum::<usize>();
        }
        Some(if quoted > boilerplate { PassageKind::Quoted } else { PassageKind::Boilerplate })
    }

    /// The outlet in whose article the passage lies in text that recurs in that outlet's articles.
    fn boilerplate_of(&self, pair: &SharedText, aligned: &AlignedPassage) -> Option<&str> {
        if aligned.is_full_text || aligned.share >= SUBSTANCE {
            return None;
        }
        let lies = |article: usize, span: &Range<usize>| {
            let marked = self.batch.boilerplate(article).iter();
            let inside: usize = marked.map(|marked| span::overlap(marked, span)).sum();
            (inside as f64 >= HELD * span.len() as f64)
                .then(|| self.registry.name(&self.batch.articles[article].outlet))
        };
        lies(pair.a, &aligned.a).or_else(|| lies(pair.b, &aligned.b))
    }

    /// The earliest article of a wire or control outlet, not later than the pair's earlier article,
    /// that holds the passage.
    fn holder(&self, pair: &SharedText, aligned: &AlignedPassage) -> Option<usize> {
        let outlets = &self.batch.outlets;
        let held = |article: usize, span: &Range<usize>| {
            let held = self.sources.get(&article).into_iter().flatten();
            held.filter(|held| {
                outlets[held.holder] != outlets[pair.a]
                    && outlets[held.holder] != outlets[pair.b]
                    && self.batch.times[held.holder] <= self.batch.times[pair.a]
                    && covers(&held.span, span)
            })
            .map(|held| held.holder)
            .min()
        };
        held(pair.a, &aligned.a).into_iter().chain(held(pair.b, &aligned.b)).min()
    }

    /// The name of a third source that one of the articles credits: a wire, or anybody whom the registry does not have.
    fn credited(&self, pair: &SharedText) -> Option<&str> {
        let outlets = [pair.a, pair.b].map(|article| self.batch.articles[article].outlet.as_str());
        let credits = |article: usize| {
            let wires = self.batch.citations(article).iter().filter(|citation| {
                citation.kind.is_credit()
                    && !outlets.contains(&citation.outlet.as_str())
                    && self.registry.role(&citation.outlet) == Role::Wire
            });
            let others = self.batch.credits(article).iter().filter(|credit| {
                let known = self.registry.get(&credit.name);
                credit.kind.is_credit()
                    && known.is_none_or(|outlet| outlet.role == Role::Wire)
                    && !outlets.iter().any(|outlet| self.registry.is_called(outlet, &credit.name))
            });
            wires
                .map(|citation| self.registry.name(&citation.outlet))
                .chain(others.map(|credit| self.registry.name(&credit.name)))
                .next()
        };
        credits(pair.b).or_else(|| credits(pair.a))
    }
}

/// A line that one outlet repeats for weeks, wherever it stands: a slogan, a background
/// paragraph.
fn is_persistent_line(aligned: &AlignedPassage) -> bool {
    aligned.persistent
        && !aligned.is_full_text
        && aligned.share < SUBSTANCE
        && aligned.words < units(PERSISTENT_WORDS, aligned.unsegmented)
}

/// Whether `held` covers enough of `span`.
fn covers(held: &Range<usize>, span: &Range<usize>) -> bool {
    span::overlap(held, span) as f64 >= HELD * span.len() as f64
}

/// For each article, what articles of wire and control outlets hold of it.
fn held_by_sources(batch: &Batch<'_>, pairs: &[SharedText]) -> BTreeMap<usize, Vec<Held>> {
    let mut sources: BTreeMap<usize, Vec<Held>> = BTreeMap::new();
    let mut add = |article: usize, holder: usize, span: &Range<usize>| {
        if batch.is_source(holder) && batch.times[holder] <= batch.times[article] {
            sources.entry(article).or_default().push(Held { span: span.clone(), holder });
        }
    };
    for pair in pairs {
        for aligned in &pair.passages {
            add(pair.b, pair.a, &aligned.b);
            add(pair.a, pair.b, &aligned.a);
        }
    }
    sources
}

fn quotations_of(batch: &Batch<'_>, pairs: &[SharedText]) -> Vec<Vec<Range<usize>>> {
    let mut wanted = vec![false; batch.articles.len()];
    let asked_for = |pair: &&SharedText| batch.in_scope((pair.a, pair.b));
    for pair in pairs.iter().filter(asked_for).filter(|pair| !pair.passages.is_empty()) {
        (wanted[pair.a], wanted[pair.b]) = (true, true);
    }
    let articles = batch.articles.par_iter().zip(wanted);
    articles
        .map(|(article, wanted)| if wanted { quotations(&article.text) } else { Vec::new() })
        .collect()
}

/// Whether most words of `span`, of which so many are `equal` in both texts, are inside the `parts` (in order, without
/// overlap), and no longer run of equal words is outside.
fn is_mostly(text: &str, span: &Range<usize>, parts: &[Range<usize>], equal: usize) -> bool {
    let parts = span::touching(parts, span);
    if parts.is_empty() {
        return false;
    }
    let words = |of: &Range<usize>| length(text.get(of.clone()).unwrap_or_default()).in_words();
    let inside = |part: &Range<usize>| part.start.max(span.start)..part.end.min(span.end);
    let quoted: usize = parts.iter().map(|part| words(&inside(part))).sum();
    if quoted as f64 >= QUOTED * equal as f64 && equal < quoted + UNQUOTED_WORDS {
        return true;
    }
    let (mut outside, mut from) = (0, span.start);
    for part in parts.iter().chain(std::iter::once(&(span.end..span.end))) {
        let gap = from..part.start.min(span.end).max(from);
        from = from.max(part.end);
        let inner = gap.start > span.start && gap.end < span.end;
        let run = words(&gap);
        let attributes = || text.get(gap.clone()).is_some_and(is_attribution);
        if run >= UNQUOTED_WORDS && !(inner && run < ATTRIBUTION_WORDS && attributes()) {
            return false;
        }
        outside += run;
    }
    let all = words(span);
    (all - outside.min(all)) as f64 >= QUOTED * all as f64
}
