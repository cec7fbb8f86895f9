//! What each reused passage is: boilerplate, a quotation, a third outlet's text, or one outlet's own
//! text in another. Only the last is evidence between the two.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Passage, PassageKind, Registry, ReuseMeasures, Role, Why};
use crate::text::{for_each_hash, is_attributed, quotations, span};

use super::measures::measures;
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
/// Bytes of a aligned that surely hold so many words, if it is long: letters of any script.
const UNQUOTED_BYTES: usize = 400;
/// Words above which reported speech is no explanation: two reporters keep a sentence or two of a
/// statement in the same words, not a paragraph.
const REPORTED_WORDS: usize = 60;
/// Share of a passage that the third article must hold too.
const HELD: f64 = 0.8;

/// The passages of a pair, and what its own ones are like.
#[derive(Debug, Clone)]
pub(in crate::similarity) struct Classified {
    /// In order of place in the earlier text.
    pub(in crate::similarity) passages: Vec<Passage>,
    /// `None` without own passages.
    pub(in crate::similarity) measures: Option<ReuseMeasures>,
}

/// Returns the passages of each pair, classified; `None` for a pair that is not in scope, or that shares
/// nothing but boilerplate lines at the head or tail: these say nothing about the two articles.
pub(in crate::similarity) fn classify(
    batch: &Batch<'_>,
    registry: &Registry,
    pairs: &[SharedText],
) -> Vec<Option<Classified>> {
    let sources = held_by_sources(batch, pairs);
    let quotes = quotations_of(batch, pairs);
    let classifier = Classifier { batch, registry, sources, quotes };
    let passages: Vec<_> = pairs.par_iter().map(|pair| classifier.pair(pair)).collect();
    let measures = measures(batch.articles, &classifier.quotes, pairs, &passages);
    let pairs_with_passages = passages.into_iter().zip(measures);
    pairs_with_passages
        .map(|(passages, measures)| Some(Classified { passages: passages?, measures }))
        .collect()
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
            is_mostly(&self.batch.articles[article].text, span, &self.quotes[article])
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
        aligned.words <= REPORTED_WORDS
            && attributed(pair.a, &aligned.a)
            && attributed(pair.b, &aligned.b)
    }

    /// What a passage is that holds boilerplate lines and quotations and hardly a word else: whichever
    /// of the two it holds more of.
    fn mixed(&self, pair: &SharedText, aligned: &AlignedPassage) -> Option<PassageKind> {
        if aligned.is_full_text || aligned.share >= SUBSTANCE || aligned.words >= PERSISTENT_WORDS {
            return None;
        }
        let (mut quoted, mut boilerplate) = (0, 0);
        let sides = [(pair.a, &aligned.a), (pair.b, &aligned.b)];
        for ((article, span), lines) in sides.into_iter().zip(&aligned.boilerplate) {
            let inside = span::touching(&self.quotes[article], span);
            let both = span::union(lines.iter().chain(inside).cloned().collect());
            let text = &self.batch.articles[article].text;
            if lines.is_empty() || !is_mostly(text, span, &both) {
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

    /// The name of an agency, neither of the two outlets, that one of the articles credits.
    fn credited(&self, pair: &SharedText) -> Option<&str> {
        let (a, b) = (&self.batch.articles[pair.a], &self.batch.articles[pair.b]);
        let credits = |article: usize| {
            let citations = self.batch.citations(article).iter().filter(|citation| {
                citation.kind.is_credit()
                    && citation.outlet != a.outlet
                    && citation.outlet != b.outlet
                    && self.registry.role(&citation.outlet) == Role::Wire
            });
            citations.map(|citation| citation.outlet.clone()).next()
        };
        let id = credits(pair.b).or_else(|| credits(pair.a))?;
        self.registry.get(&id).map(|outlet| outlet.name.as_str())
    }
}

/// A line that one outlet repeats for weeks, wherever it stands: a slogan, a background
/// paragraph.
fn is_persistent_line(aligned: &AlignedPassage) -> bool {
    aligned.persistent
        && !aligned.is_full_text
        && aligned.share < SUBSTANCE
        && aligned.words < PERSISTENT_WORDS
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

/// Whether so many words lie before the first part, or after the last, that it is plain without counting
/// them all.
fn begins_outside(text: &str, span: &Range<usize>, parts: &[Range<usize>]) -> bool {
    let ends = parts.first().zip(parts.last()).map(|(first, last)| {
        [span.start..first.start.max(span.start), last.end.min(span.end)..span.end]
    });
    ends.into_iter().flatten().any(|gap| {
        let end = text.floor_char_boundary(gap.end.min(gap.start + UNQUOTED_BYTES));
        let mut words = 0;
        for_each_hash(text.get(gap.start..end).unwrap_or_default(), |_, _| words += 1);
        // The last one may be cut.
        words > UNQUOTED_WORDS
    })
}

/// Whether most words of `span` are inside the `parts` (in order, without overlap), and no longer run
/// of words is outside.
fn is_mostly(text: &str, span: &Range<usize>, parts: &[Range<usize>]) -> bool {
    let parts = span::touching(parts, span);
    if parts.is_empty() || begins_outside(text, span, parts) {
        return false;
    }
    let (mut inside, mut words, mut run, mut longest) = (0usize, 0usize, 0, 0);
    let mut rest = parts.iter().peekable();
    for_each_hash(text.get(span.clone()).unwrap_or_default(), |word, _| {
        let at = span.start + word.start;
        while rest.next_if(|part| part.end <= at).is_some() {}
        let inner = rest.peek().is_some_and(|part| part.contains(&at));
        run = if inner { 0 } else { run + 1 };
        longest = longest.max(run);
        inside += usize::from(inner);
        words += 1;
    });
    inside as f64 >= QUOTED * words as f64 && longest < UNQUOTED_WORDS
}
