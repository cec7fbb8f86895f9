//! Texts with their reused passages highlighted. Control characters are removed; the only escape
//! sequences are ours.

use std::io::Write;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use anyhow::Result;

use crate::model::PassageKind;
use crate::report::{AnchorRecord, MatchRecord, PassageRecord, wording};
use crate::text::sanitize;

pub(super) const OWN: Style =
    Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));

const OTHER: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// Places of an article's reused passages with their kinds, in order, without overlaps.
pub(super) fn article_marks(
    matches: &[&MatchRecord],
    article: &str,
) -> Vec<(Range<usize>, PassageKind)> {
    let mut marks: Vec<(Range<usize>, PassageKind)> = matches
        .iter()
        .flat_map(|m| {
            m.passages.iter().map(move |p| (if m.a == article { p.a } else { p.b }, p.kind))
        })
        .map(|([start, end], kind)| (start..end, kind))
        .collect();
    marks.sort_by_key(|(range, kind)| (range.start, std::cmp::Reverse(range.end), *kind));
    let mut end = 0;
    marks.retain(|(range, _)| {
        let apart = range.start >= end;
        if apart {
            end = range.end;
        }
        apart
    });
    marks
}

fn style(kind: PassageKind) -> Style {
    if kind == PassageKind::Own { OWN } else { OTHER }
}

/// Writes a text with marks, paragraph by paragraph; a span that does not fit is left unmarked.
pub(super) fn write_marked(
    text: &str,
    marks: &[(Range<usize>, PassageKind)],
    out: &mut dyn Write,
) -> Result<()> {
    let mut at = 0;
    for (range, kind) in marks {
        let (Some(before), Some(inside)) = (text.get(at..range.start), text.get(range.clone()))
        else {
            continue;
        };
        let style = style(*kind);
        write!(out, "{}{style}{}{style:#}", paragraphs(before), paragraphs(inside))?;
        at = range.end;
    }
    writeln!(out, "{}", paragraphs(text.get(at..).unwrap_or("")))?;
    Ok(())
}

/// Text for a terminal that keeps its line ends.
fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(sanitize::terminal).collect();
    lines.join("\n")
}

pub(super) fn write_passage(
    passage: &PassageRecord,
    as_b: bool,
    out: &mut dyn Write,
) -> Result<()> {
    let text = passage.text_b.as_ref().filter(|_| as_b).unwrap_or(&passage.text);
    writeln!(
        out,
        "  [{}, {}{}{}]",
        passage.kind.as_str(),
        wording::count(passage.words, "equal word"),
        if passage.why.is_empty() { "" } else { ": " },
        sanitize::terminal(&passage.why)
    )?;
    quote(passage, text, out)
}

/// What shows that two texts of different languages tell the same: names in both spellings, then sentences one under
/// the other.
pub(super) fn write_across(matched: &MatchRecord, out: &mut dyn Write) -> Result<()> {
    let shown = |anchor: &AnchorRecord| {
        let (a, b) = (sanitize::terminal(&anchor.a), sanitize::terminal(&anchor.b));
        if a == b { a } else { format!("{a} – {b}") }
    };
    let anchors: Vec<String> = matched.anchors.iter().map(shown).collect();
    if !anchors.is_empty() {
        writeln!(out, "  both name {}", anchors.join("; "))?;
    }
    for pair in &matched.aligned {
        writeln!(out, "  [aligned sentences, cosine {:.2}]", pair.score)?;
        for text in [&pair.text, &pair.text_b] {
            writeln!(out, "  {}", sanitize::terminal(text.as_deref().unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// The words of a passage, indented; an ellipsis where the analysis holds only its beginning.
pub(super) fn quote(passage: &PassageRecord, text: &str, out: &mut dyn Write) -> Result<()> {
    let style = style(passage.kind);
    let more = if passage.is_cut() { " …" } else { "" };
    writeln!(out, "  {style}{}{style:#}{more}", paragraphs(text).replace('\n', "\n  "))?;
    Ok(())
}
