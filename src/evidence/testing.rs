//! Short builders of small worlds for this stage's tests.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::corpus::testing::Annotated;
use crate::model::{
    Article, Citation, CitationKind, Link, Match, Narrative, Outlet, Overlap, OverlapKind, Passage,
    PassageKind, Precision, Relation, Why,
};
use crate::testing;

/// Minutes after the start of the test's time.
pub(super) fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

/// An article known to the minute.
pub(super) fn article(id: &str, outlet: &str, minutes: i64) -> Annotated {
    let article = Article {
        url: format!("https://{outlet}.example/{id}"),
        title: format!("Headline of {id}"),
        text: "word ".repeat(400),
        ..testing::article(id, outlet, at(minutes))
    };
    article.into()
}

/// An article known to the day.
pub(super) fn day(id: &str, outlet: &str, minutes: i64) -> Annotated {
    let mut article = article(id, outlet, minutes);
    if let Some(published) = &mut article.published {
        published.precision = Precision::Day;
    }
    article
}

/// A subject.
pub(super) fn outlet(id: &str, state: &str) -> Outlet {
    Outlet {
        id: id.into(),
        name: id.to_uppercase(),
        state: Some(state.into()),
        ..Outlet::default()
    }
}

/// A link in the text.
pub(super) fn link(url: &str) -> Link {
    Link { url: url.into(), text: String::new(), canonical: false }
}

/// A citation near the head of the text, which is one sentence; a byline has no place in it.
pub(super) fn cites(outlet: &str, kind: CitationKind) -> Citation {
    let span = if kind == CitationKind::Byline { 0..0 } else { 5..9 };
    Citation { outlet: outlet.into(), kind, span, text: outlet.into() }
}

/// A passage at the same place in both articles; the words of a test's text have five bytes each.
pub(super) fn passage(span: Range<usize>, kind: PassageKind) -> Passage {
    let words = span.len() / 5;
    Passage { earlier: span.clone(), later: span, words, kind, why: Why::NothingElse, holder: None }
}

/// A wire passage whose earliest holder is `holder`.
pub(super) fn wire(span: Range<usize>, holder: usize) -> Passage {
    Passage { holder: Some(holder), ..passage(span, PassageKind::Wire) }
}

/// A match with these passages.
pub(super) fn matched(a: usize, b: usize, passages: Vec<Passage>) -> Match {
    let relation = if passages.is_empty() { Relation::Narrative } else { Relation::NearDuplicate };
    Match {
        id: format!("{a}-{b}"),
        earlier: a,
        later: b,
        containment_earlier: 0.9,
        containment_later: 0.9,
        overlaps: vec![Overlap { by: OverlapKind::Lexical, cosine: 0.5 }],
        title_similarity: 0.2,
        across: None,
        passages,
        relation,
    }
}

/// A narrative of these articles.
pub(super) fn narrative(articles: &[usize]) -> Narrative {
    Narrative {
        id: format!("n{articles:?}"),
        label: String::new(),
        key_phrases: Vec::new(),
        articles: articles.to_vec(),
        outlets: Vec::new(),
        first: articles.first().copied().unwrap_or(0),
        peak: NaiveDate::MIN,
        timeline: std::collections::BTreeMap::new(),
    }
}
