//! Two texts side by side with their shared passages marked, numbered and linked to each other.

use std::fmt::Write;
use std::ops::Range;

use super::escape::Html;
use crate::model::{Article, Match, PassageKind};
use crate::report::wording;
use crate::text::sanitize;

/// A text up to this length is shown whole, in bytes.
const WHOLE: usize = 1_400;
/// Text shown round a passage of a longer article, in bytes.
const CONTEXT: usize = 160;
/// A longer passage is shown by its start and end, in bytes.
const LONG_PASSAGE: usize = 1_200;
/// What is shown of each end of such a passage, in bytes.
const PASSAGE_END: usize = 420;

/// A piece of an excerpt.
pub(crate) struct Piece {
    /// The text.
    pub(crate) html: Html,
    /// It is a passage: its mark.
    pub(crate) mark: Option<Mark>,
}

/// The mark of a passage.
pub(crate) struct Mark {
    /// Number of the passage, from 1.
    pub(crate) number: usize,
    /// Name of its kind.
    pub(crate) kind: &'static str,
    /// Why it was given that kind, with its length.
    pub(crate) why: String,
    /// Id of this mark.
    pub(crate) id: String,
    /// Address of the same passage on the other side; empty if it is not shown.
    pub(crate) other: String,
}

/// One side of a comparison.
pub(super) struct Side {
    /// Outlet.
    pub(super) outlet: Html,
    /// Headline.
    pub(super) title: Html,
    /// Publication time in words.
    pub(super) time: String,
    /// Address as text.
    pub(super) address: Html,
    /// Look-up in the web archive; empty without an address.
    pub(super) archive: String,
    /// Language tag for the excerpt.
    pub(super) language: String,
    /// Article id.
    pub(super) article: String,
    /// The excerpt.
    pub(super) pieces: Vec<Piece>,
}

/// Which of the two articles of a match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The first in the order.
    A,
    /// The other.
    B,
}

/// Returns one side of a match. `prefix` makes the ids of the marks unique on the page.
pub(super) fn side(
    article: &Article,
    outlet: &str,
    matched: Option<&Match>,
    which: Which,
    prefix: &str,
) -> Side {
    let language = &article.language;
    Side {
        outlet: Html::title(outlet, ""),
        title: Html::title(&article.title, language),
        time: wording::time(article.at(), article.published.as_ref().map(|p| p.precision)),
        address: Html::defanged(&article.url),
        archive: super::escape::archive_link(&article.url, article.at()),
        language: super::escape::tag(language).to_owned(),
        article: article.id.clone(),
        pieces: pieces(&article.text, &spans(matched, which), prefix, which),
    }
}

/// What stands for the kind of a passage where a sentence is aligned with one of another language.
const ALIGNED: &str = "aligned";

/// A passage's place in one of the texts, or that of an aligned sentence.
pub(crate) struct Span {
    range: Range<usize>,
    number: usize,
    kind: PassageKind,
    /// It is an aligned sentence.
    aligned: bool,
    why: String,
    /// Where its mark leads, if not to the other side.
    href: Option<String>,
}

impl Span {
    /// A passage with its number, from 1.
    pub(crate) fn new(range: Range<usize>, number: usize, kind: PassageKind, why: &str) -> Span {
        Span { range, number, kind, aligned: false, why: sanitize::terminal(why), href: None }
    }

    /// The same, where its mark leads to another page.
    pub(crate) fn leading_to(self, href: String) -> Span {
        Span { href: Some(href), ..self }
    }

    /// Gives it another number.
    pub(crate) fn renumber(&mut self, number: usize) {
        self.number = number;
    }

    /// What it is.
    pub(crate) fn kind(&self) -> PassageKind {
        self.kind
    }

    /// Sorts spans by their place.
    pub(crate) fn order(&self) -> (usize, usize, usize) {
        (self.range.start, self.range.end, self.number)
    }
}

fn spans(matched: Option<&Match>, which: Which) -> Vec<Span> {
    let passages = matched.map_or(&[][..], |m| m.passages.as_slice());
    let mut spans: Vec<Span> = passages
        .iter()
        .enumerate()
        .map(|(i, passage)| {
            let place = if which == Which::A { &passage.earlier } else { &passage.later };
            let words = wording::count(passage.words, "equal word");
            let why = format!("{}, {words}: {}", passage.kind.as_str(), passage.why);
            Span::new(place.clone(), i + 1, passage.kind, &why)
        })
        .collect();
    let across = matched.and_then(|m| m.across.as_ref());
    let aligned = across.into_iter().flat_map(|across| &across.aligned);
    // A headline has its place above the text.
    let in_text =
        aligned.filter_map(|pair| Some((pair.earlier.clone()?, pair.later.clone()?, pair.score)));
    for (a, b, cosine) in in_text {
        let place = if which == Which::A { a } else { b };
        let why = format!("aligned sentences, cosine {cosine:.2}");
        let span = Span::new(place, spans.len() + 1, PassageKind::Own, &why);
        spans.push(Span { aligned: true, ..span });
    }
    spans.sort_by_key(Span::order);
    spans
}

/// Where the context of a passage that starts at `at` begins: after a space, if there is one.
fn before(text: &str, at: usize) -> usize {
    let start = text.floor_char_boundary(at.saturating_sub(CONTEXT));
    let space = text[start..at].find(char::is_whitespace).filter(|_| start > 0);
    start + space.unwrap_or(0)
}

/// Where the context of a passage that ends at `at` stops: at a space, if there is one.
fn after(text: &str, at: usize) -> usize {
    let end = text.floor_char_boundary(at.saturating_add(CONTEXT));
    let space = text[at..end].rfind(char::is_whitespace).filter(|_| end < text.len());
    space.map_or(end, |space| at + space)
}

/// The parts of the text that are shown: all of a short one, else the passages with some context.
fn windows(text: &str, spans: &[Span]) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    if text.len() <= WHOLE || spans.is_empty() {
        windows.push(0..text.floor_char_boundary(WHOLE));
        return windows;
    }
    for span in spans {
        let start = before(text, text.floor_char_boundary(span.range.start));
        let end = after(text, text.floor_char_boundary(span.range.end));
        match windows.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => windows.push(start..end),
        }
    }
    windows
}

fn plain(text: &str) -> Piece {
    Piece { html: Html::text(text), mark: None }
}

/// The whole text with its passages marked; the marks are named `a1`, `b1` and so on.
pub(crate) fn pieces_of_whole(text: &str, spans: &[Span], which: Which) -> Vec<Piece> {
    let whole = std::iter::once(0..text.len()).collect();
    pieces_in(text, whole, spans, &|text, span| marked(&Html::text(text), span, "", which))
}

fn pieces(text: &str, spans: &[Span], prefix: &str, which: Which) -> Vec<Piece> {
    let shown = |text: &str, span: &Span| marked(&cut(text), span, prefix, which);
    pieces_in(text, windows(text, spans), spans, &shown)
}

fn pieces_in(
    text: &str,
    windows: Vec<Range<usize>>,
    spans: &[Span],
    marked: &dyn Fn(&str, &Span) -> Piece,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for window in windows {
        if window.start > 0 {
            pieces.push(plain(" … "));
        }
        let mut at = window.start;
        for span in spans {
            let start = text.floor_char_boundary(span.range.start.max(at));
            let end = text.floor_char_boundary(span.range.end);
            if end <= start || start >= window.end {
                continue;
            }
            if start > at {
                pieces.push(plain(&text[at..start]));
            }
            pieces.push(marked(&text[start..end], span));
            at = end;
        }
        if window.end > at {
            pieces.push(plain(&text[at..window.end]));
        }
        if window.end < text.len() {
            pieces.push(plain(" …"));
        }
    }
    pieces
}

/// A long passage by its start and end.
fn cut(text: &str) -> Html {
    if text.len() <= LONG_PASSAGE {
        return Html::text(text);
    }
    let (head, tail) =
        (text.floor_char_boundary(PASSAGE_END), text.floor_char_boundary(text.len() - PASSAGE_END));
    let mut shown = String::from(&text[..head]);
    let left_out = text[head..tail].chars().count();
    let _ = write!(shown, " … [{left_out} more characters, equal in both] … ");
    shown.push_str(&text[tail..]);
    Html::text(&shown)
}

fn marked(html: &Html, span: &Span, prefix: &str, which: Which) -> Piece {
    let (here, there) = if which == Which::A { ('a', 'b') } else { ('b', 'a') };
    let number = span.number;
    let other = span.href.clone().unwrap_or_else(|| format!("#{prefix}{there}{number}"));
    Piece {
        html: html.clone(),
        mark: Some(Mark {
            number,
            kind: if span.aligned { ALIGNED } else { span.kind.as_str() },
            why: span.why.clone(),
            id: format!("{prefix}{here}{number}"),
            other,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str, ranges: &[(usize, usize)]) -> String {
        let spans: Vec<Span> = ranges
            .iter()
            .enumerate()
            .map(|(i, range)| Span::new(range.0..range.1, i + 1, PassageKind::Own, ""))
            .collect();
        let shown = pieces(text, &spans, "e", Which::A).into_iter().map(|piece| match piece.mark {
            Some(mark) => format!("[{}:{}]", mark.number, piece.html),
            None => piece.html.to_string(),
        });
        shown.collect()
    }

    #[test]
    fn passages_are_marked_in_place() {
        assert_eq!(render("one two three", &[(4, 7)]), "one [1:two] three");
        assert_eq!(render("one two", &[]), "one two");
    }

    #[test]
    fn overlaps_and_spans_that_do_not_fit_are_clipped() {
        assert_eq!(render("one two", &[(0, 5), (3, 7)]), "[1:one t][2:wo]");
        assert_eq!(render("один", &[(1, 5), (90, 99)]), "[1:од]ин");
    }

    #[test]
    fn long_texts_are_cut_round_the_passages() {
        let text = format!("{}needle{}", "a".repeat(3_000), "b".repeat(3_000));
        let shown = render(&text, &[(3_000, 3_006)]);
        assert!(
            shown.starts_with(" … aaa") && shown.contains("a[1:needle]b") && shown.ends_with("b …")
        );
        assert!(shown.len() < 400);
    }
}
