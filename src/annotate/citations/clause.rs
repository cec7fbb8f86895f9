//! The words of a clause and the punctuation between them, seen from the name of an outlet in it.

/// Words read on either side of the name; verbs stand nearer.
pub(super) const REACH: usize = 24;

/// A word and what stands between it and its neighbour on the name's side.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClauseWord<'t> {
    pub(super) text: &'t str,
    /// Where it ends, in bytes from the name: meaningful after the name only.
    pub(super) end: usize,
    pub(super) border: Border,
    /// A quotation ends there, and more than the quotation mark stands between.
    pub(super) quoted: bool,
}

/// Punctuation, of rising weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Border {
    None,
    /// Brackets, quotation marks round a name.
    Wrap,
    Comma,
    /// Dash or colon.
    Break,
}

impl Border {
    fn of(between: &str) -> Border {
        between.chars().map(Border::of_char).max().unwrap_or(Border::None)
    }

    fn of_char(c: char) -> Border {
        match c {
            ',' | '،' => Border::Comma,
            '—' | '–' | ':' => Border::Break,
            '"' | '“' | '”' | '«' | '»' | '„' | '(' | ')' | '‘' => Border::Wrap,
            _ => Border::None,
        }
    }
}

/// The end of `text` after its last full stop.
pub(super) fn sentence_before(text: &str) -> &str {
    let mut stops = text.match_indices(['.', '!', '?', ';', '؛', '؟', '\n']);
    let last = stops.rfind(|(at, stop)| is_stop(text, *at, stop));
    text.get(last.map_or(0, |(at, stop)| at + stop.len())..).unwrap_or_default()
}

/// The beginning of `text` up to its first full stop.
pub(super) fn sentence_after(text: &str) -> &str {
    let mut stops = text.match_indices(['.', '!', '?', ';', '؛', '؟', '\n']);
    let end = stops.find(|(at, stop)| is_stop(text, *at, stop)).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// A full stop ends a sentence unless a letter follows it, or a single letter or "корр" stands before.
fn is_stop(text: &str, at: usize, stop: &str) -> bool {
    if stop != "." {
        return true;
    }
    let follows = text[at + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    follows && word.chars().count() != 1 && word != "корр"
}

/// The words of `text` from its end.
pub(super) fn words_before(text: &str) -> Vec<ClauseWord<'_>> {
    let mut words = Vec::new();
    let mut end = text.len();
    for (start, word) in pieces(text).into_iter().rev().take(REACH) {
        let stop = start + word.len();
        let between = &text[stop..end];
        words.push(ClauseWord {
            text: word,
            end: stop,
            border: Border::of(between),
            quoted: ends_quote(between),
        });
        end = start;
    }
    words
}

/// The words of `text` from its beginning.
pub(super) fn words_after(text: &str) -> Vec<ClauseWord<'_>> {
    let mut words = Vec::new();
    let mut end = 0;
    for (start, word) in pieces(text).into_iter().take(REACH) {
        let between = &text[end..start];
        words.push(ClauseWord {
            text: word,
            end: start + word.len(),
            border: Border::of(between),
            quoted: ends_quote(between),
        });
        end = start + word.len();
    }
    words
}

/// A closing quotation mark and the comma or dash after which the speaker is named.
fn ends_quote(between: &str) -> bool {
    between.contains(['"', '”', '»', '«', '’', '“']) && between.contains([',', '—', '–', '-'])
}

/// Runs of letters and digits with their places.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric() || is_mark(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                pieces.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    pieces
}

/// Combining marks of Arabic, and of letters written apart from their accents.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}
