//! The texts of a page, with the passages marked that they share.

use super::library::{Library, at};
use super::links::{article_at, match_at};
use crate::model::PassageKind;
use crate::report::{
    ArticleRecord, Html, MatchRecord, Piece, Span, Which, archive_link, pieces_of_whole, wording,
};

/// A text.
pub(crate) struct Side {
    pub(super) href: String,
    pub(super) title: Html,
    pub(super) outlet: Html,
    pub(super) time: String,
    pub(super) address: Html,
    pub(super) archive: String,
    pub(super) language: String,
    pub(super) pieces: Vec<Piece>,
}

/// An article as one of the texts of a page.
pub(super) fn side(
    library: &Library,
    article: &'static ArticleRecord<'static>,
    spans: &[Span],
    which: Which,
) -> Side {
    let language = article.language.as_ref();
    let is_tag = language.len() <= 8 && language.bytes().all(|b| b.is_ascii_alphanumeric());
    let precision = article.published.as_deref().map(|p| p.precision);
    let time = at(article);
    Side {
        href: article_at(&article.id),
        title: Html::title(&article.title, language),
        outlet: Html::title(library.lookup.name(&article.outlet), ""),
        time: time.map_or_else(
            || "time unknown".to_owned(),
            |at| format!("{} UTC", wording::time(at, precision)),
        ),
        address: Html::defanged(&article.url),
        archive: time.map_or_else(String::new, |at| archive_link(&article.url, at)),
        language: if is_tag { language.to_owned() } else { String::new() },
        pieces: article
            .text
            .as_deref()
            .map_or_else(Vec::new, |text| pieces_of_whole(text, spans, which)),
    }
}

/// The places of a match's passages in one of the texts.
pub(super) fn spans(found: &MatchRecord, which: Which) -> Vec<Span> {
    let span = |(i, p): (usize, &crate::report::PassageRecord)| {
        let [start, end] = if which == Which::A { p.a } else { p.b };
        let words = wording::count(p.words, "equal word");
        Span::new(start..end, i + 1, p.kind, &format!("{}, {words}: {}", p.kind.as_str(), p.why))
    };
    let mut spans: Vec<Span> = found.passages.iter().enumerate().map(span).collect();
    spans.sort_by_key(Span::order);
    spans
}

/// Where an article shares text with others: each stretch once, the strongest kind first.
pub(super) fn passages_in(library: &Library, place: usize) -> Vec<Span> {
    let id = &library.document.articles[place].id;
    let mut spans: Vec<Span> = Vec::new();
    for found in library.matches_of(place) {
        for (i, passage) in found.passages.iter().enumerate() {
            let [start, end] = if found.a == *id { passage.a } else { passage.b };
            let other = if found.a == *id { &found.b } else { &found.a };
            let other = library.lookup.article(other);
            let name = other.map_or("", |article| library.lookup.name(&article.outlet));
            let why = format!(
                "{}, {} shared with {name}",
                passage.kind.as_str(),
                wording::count(passage.words, "word")
            );
            let href = format!("{}#a{}", match_at(&found.id), i + 1);
            spans.push(Span::new(start..end, 0, passage.kind, &why).leading_to(href));
        }
    }
    spans.sort_by_key(|span| (span.order(), span.kind() != PassageKind::Own));
    for (i, span) in spans.iter_mut().enumerate() {
        span.renumber(i + 1);
    }
    spans
}
