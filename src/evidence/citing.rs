//! Which credits and citations speak of the text that two articles share, and which of something else.

use std::ops::Range;

use super::context::Context;
use super::own_words::{self, CITED_WORDS, are_a_good_part, are_covered_by_credit};
use super::rules::Shared;
use super::shared_text::SharedText;
use crate::model::{Citation, CitationKind, Match, PassageKind, Relation, Role};
use crate::text::count::length;
use crate::text::span;

/// Whether a credit, byline or dateline of the later article that names the earlier one's outlet covers
/// the text that they share.
pub(super) fn credits(m: &Match, text: &SharedText, context: &Context) -> bool {
    if text.is_bare() || text.shared == Shared::Translated {
        return context
            .sources(m.later, &context.articles[m.earlier].outlet)
            .any(|c| c.kind.is_credit());
    }
    let outlet = &context.articles[m.earlier].outlet;
    let covers = |c: &Citation| {
        stands_beside(&c.span, m.later, m, text, context)
            || match c.kind {
                CitationKind::Dateline => dateline_covers(c, m, text, context),
                _ => are_covered_by_credit(
                    words_in(m, text, None, context),
                    context.reading(m.later).words,
                ),
            }
    };
    context.sources(m.later, outlet).filter(|c| c.kind.is_credit()).any(covers)
}

/// Whether the later article's text cites the earlier one's outlet for text that they share: where it
/// stands, or in an article of which that text is a good part. `inherited` citations are a wire's.
pub(super) fn cites(m: &Match, text: &SharedText, context: &Context) -> bool {
    let outlet = &context.articles[m.earlier].outlet;
    let own = text.own_words(m, context);
    let speaks = |c: &Citation| {
        text.is_bare()
            || stands_beside_translation(&c.span, m, context)
            || are_a_good_part(own, context.reading(m.later).words)
            || stands_beside(&c.span, m.later, m, text, context)
    };
    context
        .sources(m.later, outlet)
        .filter(|c| c.kind == CitationKind::Text)
        .filter(|c| !text.inherited.iter().any(|held| span::contains(held, &c.span)))
        .any(speaks)
}

/// The sources, neither of the two, that one of the articles names for what they share: in a credit, as an agency that
/// speaks as the author, or in its text beside it; ids of outlets, and names that the registry does not have. Sorted, each once, with the article that
/// names it.
pub(super) fn third_sources<'a>(
    m: &Match,
    text: &SharedText,
    context: &Context<'a>,
) -> Vec<(usize, &'a str)> {
    // What a wire's own item cites, its clients carry: the item is where they have it from.
    let from_wire = context.registry.role(&context.articles[m.earlier].outlet) == Role::Wire;
    let mut found: Vec<(usize, &'a str)> = Vec::new();
    for article in [m.later, m.earlier] {
        let beside = |kind: CitationKind, span: &Range<usize>| {
            !from_wire
                && kind == CitationKind::Text
                && stands_beside(span, article, m, text, context)
        };
        let cited = context.citations(article).iter().filter(|c| {
            c.kind.is_credit()
                || (context.writes_language_of(&c.outlet, article) && beside(c.kind, &c.span))
        });
        found.extend(cited.map(|c| (article, c.outlet.as_str())));
        let credited = context.credits(article).iter();
        let credited = credited.filter(|c| {
            let is_author =
                c.is_author && !from_wire && context.writes_language_of(&c.name, article);
            c.kind.is_credit() || is_author || beside(c.kind, &c.span)
        });
        found.extend(credited.map(|c| (article, c.name.as_str())));
    }
    found.retain(|(_, name)| !context.is_of_pair(name, m));
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the place of a citation in one of the two articles stands with a passage that is long enough: in or next to
/// its sentences, and with a quotation only in them, for the next sentence may have another speaker.
fn stands_beside(
    place: &Range<usize>,
    article: usize,
    m: &Match,
    text: &SharedText,
    context: &Context,
) -> bool {
    let (reading, body) = (context.reading(article), &context.articles[article].text);
    let mut long = text.passages.iter().filter(|(_, p)| p.words >= CITED_WORDS);
    !place.is_empty()
        && long.any(|(_, passage)| {
            let span = if article == m.later { &passage.later } else { &passage.earlier };
            match passage.kind {
                PassageKind::Quoted => reading.stands_in(place, span),
                _ => reading.stands_beside(body, place, span),
            }
        })
}

/// Whether the place of a citation in the later article stands in or next to a sentence that is a translation.
fn stands_beside_translation(place: &Range<usize>, m: &Match, context: &Context) -> bool {
    let (reading, body) = (context.reading(m.later), &context.articles[m.later].text);
    let across = m.across.as_ref().filter(|_| m.relation == Relation::Translation);
    let aligned = across.into_iter().flat_map(|across| &across.aligned);
    let mut spans = aligned.filter_map(|pair| pair.later.as_ref());
    !place.is_empty() && spans.any(|span| reading.stands_beside(body, place, span))
}

/// A dateline covers its block: from its paragraph to the next dateline.
fn dateline_covers(c: &Citation, m: &Match, text: &SharedText, context: &Context) -> bool {
    let body = &context.articles[m.later].text;
    let start = body.get(..c.span.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let later = context.citations(m.later).iter().filter(|other| {
        other.kind == CitationKind::Dateline
            && body.get(c.span.end..other.span.start).is_some_and(|gap| gap.contains('\n'))
    });
    let end = later.map(|other| other.span.start).min().unwrap_or(body.len());
    let block = start..end;
    let inside = words_in(m, text, Some(&block), context);
    let of = length(body.get(block).unwrap_or_default()).in_words();
    are_covered_by_credit(inside, context.reading(m.later).words)
        || (inside > 0 && 2 * inside >= of)
}

/// Words of the shared text but for quotations, within a stretch of the later article.
fn words_in(
    m: &Match,
    text: &SharedText,
    within: Option<&Range<usize>>,
    context: &Context,
) -> usize {
    let passages = text.passages.iter().map(|(_, passage)| *passage);
    let counted = passages.filter(|p| p.kind != PassageKind::Quoted);
    let inside = counted.filter(|p| within.is_none_or(|block| span::overlap(block, &p.later) > 0));
    inside.map(|p| own_words::words(p, m, context)).sum()
}

impl SharedText<'_> {
    /// Words of the passages that are the earlier article's own.
    fn own_words(&self, m: &Match, context: &Context) -> usize {
        let own = self.passages.iter().filter(|(_, p)| context.is_own(m, p));
        own.map(|(_, p)| own_words::words(p, m, context)).sum()
    }
}
