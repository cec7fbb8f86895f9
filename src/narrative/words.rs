//! Words of a headline or opening, with what a phrase finder must know of each.

/// One word in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case.
    pub(super) text: String,
    /// A function word of the language.
    pub(super) stop: bool,
    /// Digits only.
    pub(super) numeric: bool,
    /// Punctuation lies between the word before and this one.
    pub(super) after_break: bool,
}

/// Splits `text` into words.
pub(super) fn words(text: &str, language: &str) -> Vec<Word> {
    let _ = language;
    let mut found = Vec::new();
    let mut after_break = false;
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            found.push(Word {
                text: word.to_lowercase(),
                stop: false,
                numeric: word.chars().all(|c| c.is_numeric()),
                after_break: std::mem::take(&mut after_break),
            });
        }
        after_break |= !piece.ends_with(' ');
    }
    found
}
