//! The records of an analysis, figures rounded.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::records::{
    AlignedRecord, AnchorRecord, ArticleRecord, ChainRecord, EdgeRecord, EvidenceRecord,
    MatchRecord, NarrativeRecord, OutletRecord, PassageRecord, PhraseRecord, TagRecord,
};
use crate::model::{
    Article, Claim, Contrast, Edge, Evidence, Grade, InfluenceEdge, LagQuantiles, LagSign,
    OutletPair, OverlapKind, Surge, Synchrony, WatchedNarrative,
};
use crate::report::example::example;
use crate::report::first::first;
use crate::report::report_index::{ReportIndex, origin_article, passage_text, passage_text_b};
use crate::report::tables::watchlist;

/// Six decimals: finer than anything that is decided, and read back exactly.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// Six significant digits, for probabilities.
fn significant(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// A pair with its figures rounded as those of the other records.
pub(super) fn pair(pair: &OutletPair) -> OutletPair {
    let ends = |(low, high): (f64, f64)| (rounded(low), rounded(high));
    let lag = |lag: Option<LagQuantiles>| {
        lag.map(|q| LagQuantiles {
            n: q.n,
            p10: rounded(q.p10),
            median: rounded(q.median),
            median_interval: q.median_interval.map(ends),
            p90: rounded(q.p90),
        })
    };
    OutletPair {
        share_a: pair.share_a.map(rounded),
        share_b: pair.share_b.map(rounded),
        overlap: pair.overlap.map(rounded),
        share_a_interval: pair.share_a_interval.map(ends),
        share_b_interval: pair.share_b_interval.map(ends),
        overlap_interval: pair.overlap_interval.map(ends),
        reciprocity: pair.reciprocity.map(rounded),
        lag_ab: lag(pair.lag_ab),
        lag_ba: lag(pair.lag_ba),
        expected: pair.expected.map(rounded),
        effect: pair.effect.map(rounded),
        effect_interval: pair.effect_interval.map(ends),
        reciprocity_interval: pair.reciprocity_interval.map(ends),
        rhythm: pair.rhythm.map(|r| Synchrony {
            synchrony: rounded(r.synchrony),
            synchrony_q: significant(r.synchrony_q),
            lead: rounded(r.lead),
            lead_q: significant(r.lead_q),
            shifts: r.shifts,
        }),
        order: LagSign {
            expected: pair.order.expected.map(rounded),
            q: pair.order.q.map(significant),
            ..pair.order
        },
        odds: pair.odds.map(significant),
        odds_low: pair.odds_low.map(significant),
        odds_high: pair.odds_high.map(significant),
        detectable_odds: pair.detectable_odds.map(significant),
        p_six_hours: pair.p_six_hours.map(significant),
        p: pair.p.map(significant),
        q: pair.q.map(significant),
        ..pair.clone()
    }
}

pub(super) fn borrowed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn some_unless_empty(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

fn article_id<'a>(view: &ReportIndex<'a>, index: usize) -> Cow<'a, str> {
    borrowed(&view.article(index).id)
}

pub(super) fn article<'a>(view: &ReportIndex<'a>, index: usize) -> ArticleRecord<'a> {
    let article = view.article(index);
    ArticleRecord {
        id: borrowed(&article.id),
        outlet: borrowed(&article.outlet),
        edition: borrowed(&article.edition),
        language: borrowed(&article.language),
        url: borrowed(&article.url),
        title: borrowed(&article.title),
        byline: borrowed(&article.byline),
        published: article.published.as_ref().map(Cow::Borrowed),
        first_seen: article.first_seen,
        clock_error_minutes: article.clock_error().map(|e| e.num_seconds() as f64 / 60.0),
        words: view.words(index),
        narrative: some_unless_empty(view.narrative_id(view.narrative_of(index))),
        links: Cow::Borrowed(&article.links),
        citations: Cow::Borrowed(view.analysis.annotations.citations(index)),
        raw_sha256: borrowed(&article.raw_sha256),
        text_sha256: borrowed(&article.text_sha256),
        version: article.version,
        flags: Cow::Borrowed(&article.flags),
        text: view.config.texts.then(|| borrowed(&article.text)),
    }
}

/// Bytes of a passage that are quoted, about 100 words: enough to see what it is. Whole texts of
/// copies would be most of the file; `passages.csv` has them.
const QUOTED_BYTES: usize = 600;

/// Bytes of an article's lead that are quoted, about 50 words: the first paragraph says what happened.
const LEAD_BYTES: usize = 300;

/// The first `bytes` of a text, cut between words if there are spaces.
fn beginning(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let cut = &text[..text.floor_char_boundary(bytes)];
    cut.rsplit_once(char::is_whitespace).map_or(cut, |(whole, _)| whole)
}

impl PassageRecord<'_> {
    /// Whether `text` is less than the whole passage.
    pub fn is_cut(&self) -> bool {
        self.text.len() < self.a[1].saturating_sub(self.a[0])
    }
}

pub(super) fn matched<'a>(view: &ReportIndex<'a>, index: usize) -> MatchRecord<'a> {
    let matched = view.matched(index);
    let (a, b) = (view.article(matched.earlier), view.article(matched.later));
    let passages = matched.passages.iter().map(|passage| {
        let (text, text_b) = (passage_text(a, passage), passage_text_b(b, passage));
        let differs = text != text_b;
        let quote = |text| if view.config.texts { text } else { beginning(text, QUOTED_BYTES) };
        PassageRecord {
            a: [passage.earlier.start, passage.earlier.end],
            b: [passage.later.start, passage.later.end],
            words: passage.words,
            kind: passage.kind,
            why: Cow::Owned(passage.why.to_string()),
            holder: passage.holder.map(|holder| article_id(view, holder)),
            text: borrowed(quote(text)),
            text_b: differs.then(|| borrowed(quote(text_b))),
        }
    });
    let across = matched.across.as_ref();
    let anchors =
        across.into_iter().flat_map(|across| &across.anchors).map(|anchor| AnchorRecord {
            kind: anchor.kind,
            a: borrowed(anchor.earlier.written(a)),
            b: borrowed(anchor.later.written(b)),
        });
    let aligned = across.into_iter().flat_map(|across| &across.aligned).map(|pair| AlignedRecord {
        a: pair.earlier.as_ref().map(|span| [span.start, span.end]),
        b: pair.later.as_ref().map(|span| [span.start, span.end]),
        score: rounded(pair.score),
        text: some_unless_empty(sentence(a, pair.earlier.as_ref())),
        text_b: some_unless_empty(sentence(b, pair.later.as_ref())),
    });
    MatchRecord {
        id: borrowed(&matched.id),
        a: borrowed(&a.id),
        b: borrowed(&b.id),
        relation: matched.relation,
        containment_a: rounded(matched.containment_earlier),
        containment_b: rounded(matched.containment_later),
        lexical: matched.cosine(OverlapKind::Lexical).map(rounded),
        semantic: matched.cosine(OverlapKind::Semantic).map(rounded),
        title: rounded(matched.title_similarity),
        common_source: view.has_common_source(index),
        passages: passages.collect(),
        score: across.map(|across| rounded(across.score)),
        anchors: anchors.collect(),
        aligned: aligned.collect(),
    }
}

/// The beginning of an aligned sentence; without a place, of the headline.
fn sentence<'a>(article: &'a Article, span: Option<&Range<usize>>) -> &'a str {
    let written = span.map_or(Some(article.title.as_str()), |span| article.text.get(span.clone()));
    beginning(written.unwrap_or_default(), QUOTED_BYTES)
}

pub(super) fn narrative<'a>(view: &ReportIndex<'a>, index: usize) -> NarrativeRecord<'a> {
    let narrative = &view.analysis.narratives[index];
    let roles = view.analysis.diffusion.roles.get(index).map_or(&[][..], Vec::as_slice);
    let first = first(view, index);
    NarrativeRecord {
        id: borrowed(&narrative.id),
        label: borrowed(&narrative.label),
        key_phrases: Cow::Borrowed(&narrative.key_phrases),
        articles: narrative.articles.iter().map(|&a| article_id(view, a)).collect(),
        roles: Cow::Borrowed(roles),
        outlets: Cow::Borrowed(&narrative.outlets),
        first: first.article().map(|article| article_id(view, article)),
        order_unresolved: first.unresolved(),
        peak: narrative.peak,
        timeline: Cow::Borrowed(&narrative.timeline),
    }
}

fn evidence<'a>(view: &ReportIndex<'a>, evidence: &'a Evidence) -> EvidenceRecord<'a> {
    let match_id = |index: usize| borrowed(&view.matched(index).id);
    match evidence {
        Evidence::Link { url, canonical } => {
            EvidenceRecord::Link { url: borrowed(url), canonical: *canonical }
        }
        Evidence::Cites(citation) => EvidenceRecord::Cites(Cow::Borrowed(citation)),
        Evidence::Passage { matched, passage } => {
            EvidenceRecord::Passage { matched: match_id(*matched), passage: *passage }
        }
        Evidence::Overlap { matched } => EvidenceRecord::Overlap { matched: match_id(*matched) },
        Evidence::Explains { matched } => EvidenceRecord::Explains { matched: match_id(*matched) },
        Evidence::Caveat { caveat } => EvidenceRecord::Caveat { caveat: *caveat },
    }
}

pub(super) fn edge<'a>(view: &ReportIndex<'a>, index: usize) -> EdgeRecord<'a> {
    let edge = view.edge(index);
    EdgeRecord {
        id: borrowed(&edge.id),
        from: origin_article(edge).map(|a| article_id(view, a)),
        outlet_from: some_unless_empty(view.origin_outlet(edge)),
        to: article_id(view, edge.to),
        outlet_to: borrowed(&view.article(edge.to).outlet),
        grade: edge.grade,
        lag_minutes: edge.lag_minutes.map(rounded),
        clock_error_minutes: edge.clock_error_minutes.map(rounded),
        narrative: some_unless_empty(view.narrative_id(edge.narrative)),
        evidence: edge.evidence.iter().map(|e| evidence(view, e)).collect(),
        leads: leads(view, edge),
    }
}

/// The leads of both articles of an edge that rests on no passage.
fn leads<'a>(view: &ReportIndex<'a>, edge: &Edge) -> Option<[Cow<'a, str>; 2]> {
    let from = origin_article(edge).filter(|_| edge.grade == Grade::E4)?;
    Some(
        [from, edge.to].map(|article| borrowed(beginning(&view.article(article).text, LEAD_BYTES))),
    )
}

pub(super) fn chain<'a>(view: &ReportIndex<'a>, index: usize) -> ChainRecord<'a> {
    let chain = &view.analysis.diffusion.chains[index];
    ChainRecord {
        id: borrowed(&chain.id),
        narrative: some_unless_empty(view.narrative_id(chain.narrative)),
        edges: chain.edges.iter().map(|&e| borrowed(&view.edge(e).id)).collect(),
        outlets: Cow::Borrowed(&chain.outlets),
        states: Cow::Borrowed(&chain.states),
        weakest: chain.weakest,
        lag_minutes: rounded(chain.lag_minutes),
    }
}

pub(super) fn phrase<'a>(view: &ReportIndex<'a>, index: usize) -> PhraseRecord<'a> {
    let phrase = &view.analysis.significance.phrases[index];
    PhraseRecord {
        phrase: borrowed(&phrase.phrase),
        outlet_a: borrowed(&phrase.outlet_a),
        outlet_b: borrowed(&phrase.outlet_b),
        count_a: phrase.count_a,
        count_b: phrase.count_b,
        count_control: phrase.count_control,
        z_a: rounded(phrase.z_a),
        z_b: rounded(phrase.z_b),
        q: significant(phrase.q),
        examples: [0, 1].map(|side| article_id(view, phrase.examples[side].article)),
        sentences: [0, 1].map(|side| example(view, &phrase.examples[side]).sentence().into()),
    }
}

pub(super) fn contrast(contrast: &Contrast) -> Cow<'_, Contrast> {
    Cow::Owned(Contrast {
        expected: rounded(contrast.expected),
        expected_control: rounded(contrast.expected_control),
        ratio: rounded(contrast.ratio),
        interval: (rounded(contrast.interval.0), rounded(contrast.interval.1)),
        ..contrast.clone()
    })
}

pub(super) fn influence(edge: &InfluenceEdge) -> Cow<'_, InfluenceEdge> {
    Cow::Owned(InfluenceEdge {
        gain: rounded(edge.gain),
        strength: rounded(edge.strength),
        median_lag_minutes: edge.median_lag_minutes.map(rounded),
        ..edge.clone()
    })
}

pub(super) fn outlet<'a>(view: &ReportIndex<'a>, index: usize) -> OutletRecord<'a> {
    let outlet = &view.corpus.registry().outlets[index];
    OutletRecord {
        id: borrowed(&outlet.id),
        name: borrowed(&outlet.name),
        role: outlet.role,
        state: outlet.state.as_deref().map(borrowed),
        operator: outlet.operator.as_deref().map(borrowed),
        typology: outlet.typology.as_deref().map(borrowed),
        agreements: Cow::Borrowed(&outlet.agreements),
    }
}

/// A narrative of the watchlist without the words that are looked for: they are the codebook's.
pub(super) fn watched(narrative: &WatchedNarrative) -> WatchedNarrative {
    let bare = |claims: &[Claim]| {
        claims.iter().map(|claim| Claim { words: BTreeMap::new(), ..claim.clone() }).collect()
    };
    WatchedNarrative {
        claims: bare(&narrative.claims),
        counter_claims: bare(&narrative.counter_claims),
        terms: BTreeMap::new(),
        ..narrative.clone()
    }
}

/// A surge with its figure rounded.
pub(super) fn surge(surge: &Surge) -> Surge {
    Surge { expected: rounded(surge.expected), ..surge.clone() }
}

/// A tag.
pub(super) fn tag<'a>(view: &ReportIndex<'a>, index: usize) -> TagRecord<'a> {
    let tag = &view.analysis.watchlist.tags[index];
    let article = view.article(tag.article);
    TagRecord {
        article: borrowed(&article.id),
        narrative: borrowed(&view.analysis.watchlist.narratives[tag.narrative].id),
        stance: tag.stance,
        claim: tag.claim + 1,
        score: rounded(tag.score),
        start: tag.span.as_ref().map(|span| span.start),
        end: tag.span.as_ref().map(|span| span.end),
        sentence: borrowed(watchlist::sentence(view, tag)),
        attributed: tag.attributed,
    }
}
