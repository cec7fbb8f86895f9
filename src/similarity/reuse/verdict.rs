//! What a passage is by the two texts alone: the rules that need no third article.

use std::ops::Range;

use crate::model::{Citation, Credit, PassageKind, Registry, Role, Why};
use crate::text::count::{length, units};
use crate::text::{is_attributed, is_attribution, span};

use super::classify::HELD;
use super::types::{AlignedPassage, SUBSTANCE, is_edge_line};

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
/// What is known of one article of a pair.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its text.
    pub text: &'a str,
    /// Id of its outlet.
    pub outlet: &'a str,
    /// Role of its outlet.
    pub role: Role,
    /// Its quotations, in bytes, in order.
    pub quotes: &'a [Range<usize>],
    /// Stretches of its text that recur in its outlet's articles.
    pub boilerplate: &'a [Range<usize>],
    /// The outlets that it names.
    pub citations: &'a [Citation],
    /// The other sources that it credits.
    pub credits: &'a [Credit],
}

/// What a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Whatever others hold.
    Final(PassageKind, Why),
    /// A third outlet's, if one held it earlier; else [`PairSides::not_held`] says it.
    UnlessHeld {
        /// Both attribute it to a speaker, and it is not their substance.
        reported: bool,
    },
}

/// Two articles that share text, the earlier one first.
#[derive(Debug, Clone, Copy)]
pub struct PairSides<'a> {
    /// All outlets.
    pub registry: &'a Registry,
    /// The earlier one.
    pub a: Side<'a>,
    /// The later one.
    pub b: Side<'a>,
}

impl<'a> PairSides<'a> {
    /// What a passage of the two is; the first rule that fits counts.
    pub fn verdict(&self, aligned: &AlignedPassage) -> Verdict {
        use PassageKind::{Boilerplate, Own, Quoted};
        if is_edge_line(aligned) {
            return Verdict::Final(Boilerplate, Why::EdgeLine);
        }
        if let Some(outlet) = self.boilerplate_of(aligned) {
            return Verdict::Final(Boilerplate, Why::BoilerplateOf(outlet.to_owned()));
        }
        let quoted = |side: &Side<'_>, span: &Range<usize>| {
            is_mostly(side.text, span, side.quotes, aligned.in_words())
        };
        if quoted(&self.a, &aligned.a) && quoted(&self.b, &aligned.b) {
            return Verdict::Final(Quoted, Why::QuotationMarks);
        }
        if is_persistent_line(aligned) {
            return Verdict::Final(Boilerplate, Why::Persistent);
        }
        if let Some(kind) = self.mixed(aligned) {
            return Verdict::Final(kind, Why::QuotedAndBoilerplate);
        }
        let reported = self.is_reported(aligned);
        match (self.a.role, reported) {
            (Role::Wire, true) => Verdict::Final(Quoted, Why::Attributed),
            (Role::Wire, false) => Verdict::Final(Own, Why::FromWire),
            _ => Verdict::UnlessHeld { reported },
        }
    }

    /// What a passage is that no third article held earlier.
    pub fn not_held(&self, reported: bool) -> (PassageKind, Why) {
        match (self.credited(), reported) {
            (Some(wire), _) => (PassageKind::Wire, Why::Credited(wire.to_owned())),
            (None, true) => (PassageKind::Quoted, Why::Attributed),
            (None, false) => (PassageKind::Own, Why::NothingElse),
        }
    }

    /// Whether both articles attribute the passage to a speaker, and it is neither long nor half of
    /// either of them: what makes up an article is its substance, whoever speaks in it.
    ///
    /// Two outlets that report one statement share its words, and neither need have read the other.
    fn is_reported(&self, aligned: &AlignedPassage) -> bool {
        let attributed = |side: &Side<'_>, span: &Range<usize>| {
            2 * span.len() < side.text.len() && is_attributed(side.text, span)
        };
        aligned.words <= units(REPORTED_WORDS, aligned.unsegmented)
            && attributed(&self.a, &aligned.a)
            && attributed(&self.b, &aligned.b)
    }

    /// What a passage is that holds boilerplate lines and quotations and hardly a word else: whichever
    /// of the two it holds more of.
    fn mixed(&self, aligned: &AlignedPassage) -> Option<PassageKind> {
        let longest = units(PERSISTENT_WORDS, aligned.unsegmented);
        if aligned.is_full_text || aligned.share >= SUBSTANCE || aligned.words >= longest {
            return None;
        }
        let (mut quoted, mut boilerplate) = (0, 0);
        let sides = [(&self.a, &aligned.a), (&self.b, &aligned.b)];
        for ((side, span), lines) in sides.into_iter().zip(&aligned.boilerplate) {
            let inside = span::touching(side.quotes, span);
            let both = span::union(lines.iter().chain(inside).cloned().collect());
            if lines.is_empty() || !is_mostly(side.text, span, &both, aligned.in_words()) {
                return None;
            }
            quoted += inside.iter().map(|quote| span::overlap(quote, span)).sum::<usize>();
            boilerplate += lines.iter().map(Range::len).sum::<usize>();
        }
        Some(if quoted > boilerplate { PassageKind::Quoted } else { PassageKind::Boilerplate })
    }

    /// The outlet in whose article the passage lies in text that recurs in that outlet's articles.
    fn boilerplate_of(&self, aligned: &AlignedPassage) -> Option<&'a str> {
        if aligned.is_full_text || aligned.share >= SUBSTANCE {
            return None;
        }
        let lies = |side: &Side<'a>, span: &Range<usize>| {
            let marked = side.boilerplate.iter();
            let inside: usize = marked.map(|marked| span::overlap(marked, span)).sum();
            (inside as f64 >= HELD * span.len() as f64).then(|| self.registry.name(side.outlet))
        };
        lies(&self.a, &aligned.a).or_else(|| lies(&self.b, &aligned.b))
    }

    /// The name of a third source that one of the articles credits: a wire, or anybody whom the registry does not have.
    fn credited(&self) -> Option<&'a str> {
        let outlets = [self.a.outlet, self.b.outlet];
        let credits = |side: &Side<'a>| {
            let wires = side.citations.iter().filter(|citation| {
                citation.kind.is_credit()
                    && !outlets.contains(&citation.outlet.as_str())
                    && self.registry.role(&citation.outlet) == Role::Wire
            });
            let others = side.credits.iter().filter(|credit| {
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
        credits(&self.b).or_else(|| credits(&self.a))
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
