//! Quotations without quotation marks: between dashes, posts above their signature, paragraphs that the one before
//! announces.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::attribution::is_verb_of_saying;
use super::languages;

/// A paragraph: where it begins in the text, and its line.
pub(super) type Paragraph<'t> = (usize, &'t str);

/// Words after a dash quotation that say whose it is.
const SPEAKER_WORDS: usize = 12;
/// Bytes that they take at most, in any script.
const SPEAKER_BYTES: usize = 400;
/// Words of a name before a handle.
const NAME_WORDS: usize = 6;
/// Words beside the signature in a line that holds no more of the post: a picture's address.
const LEFTOVER_WORDS: usize = 2;
/// Words before the colon among which the word that announces a text stands.
const ANNOUNCING_WORDS: usize = 12;
/// Fewest words of an announced paragraph; shorter ones are entries of a list.
const ANNOUNCED_WORDS: usize = 8;

const DASHES: [char; 4] = ['—', '–', '―', '-'];
const QUOTATION_MARKS: [char; 9] = ['"', '“', '„', '«', '»', '‘', '”', '「', '『'];

/// Adds the quotations of the last of `paragraphs` that no marks show, and of the one before if this one is its
/// signature.
pub(super) fn add(paragraphs: &[Paragraph<'_>], found: &mut Vec<Range<usize>>) {
    let Some(((start, line), before)) = paragraphs.split_last() else { return };
    dashed(*start, line, found);
    signed(*start, line, before.last(), found);
    if before.last().is_some_and(|(_, line)| announces(line)) && is_announced(line) {
        found.push(*start..start + line.len());
    }
}

/// "— Text, — said the mayor. — More of it." A dash alone at the head of a line may be that of a list.
fn dashed(start: usize, line: &str, found: &mut Vec<Range<usize>>) {
    let (mut from, mut is_speech) = (0, false);
    while let Some(open) = opening_dash(line, from) {
        let rest = line.get(open..).unwrap_or_default();
        let Some(length) = closing(rest) else {
            // What closes nothing from here on closes nothing from a later dash on.
            if is_speech {
                found.push(start + open..start + line.len());
            }
            return;
        };
        found.push(start + open..start + open + length);
        (from, is_speech) = (open + length + 1, true);
        while !line.is_char_boundary(from) {
            from += 1;
        }
    }
}

/// Where a dash stands that can open speech: at the head of the line or of a sentence, before a capital letter.
fn opening_dash(line: &str, from: usize) -> Option<usize> {
    let rest = line.get(from..)?;
    rest.match_indices(DASHES).map(|(at, dash)| (from + at, dash)).find_map(|(at, dash)| {
        let before = line.get(..at)?.trim_end();
        let apart = before.len() < at || before.is_empty();
        let heads = before.is_empty() || before.ends_with(['.', '!', '?', '…', ':']);
        let after = line.get(at + dash.len()..)?;
        let spaced = dash != "-" || after.starts_with(' ');
        let first = after.trim_start().chars().next()?;
        let begins = first.is_uppercase() || matches!(first, '¿' | '¡' | '«' | '…');
        (apart && heads && spaced && begins).then_some(at)
    })
}

/// Length of the speech at the beginning of `rest` that a dash or comma with its speaker closes.
fn closing(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?.len_utf8();
    rest.char_indices().skip_while(|(at, _)| *at < first).find_map(|(at, c)| {
        let after = rest.get(at + c.len_utf8()..)?;
        let before = rest.get(..at)?;
        let spoken = after.trim_start();
        let lower = spoken.chars().next().is_some_and(char::is_lowercase);
        if !lower || !(c == ',' || DASHES.contains(&c)) {
            return None;
        }
        let mut words = spoken.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let said = words.by_ref().take(2).any(is_verb_of_saying);
        if c == ',' {
            return (said && is_short(spoken)).then_some(at);
        }
        let apart = before.ends_with([' ', '\u{a0}', ',', '!', '?', '…']);
        let paused = before.trim_end().ends_with([',', '!', '?', '…']);
        let attached = c == '—' && after.starts_with(char::is_lowercase);
        (apart && (said || paused || attached) && is_short(spoken))
            .then_some(before.trim_end().len())
    })
}

/// Whether a sentence ends within the words that a speaker's name takes. Reads no more than those.
fn is_short(text: &str) -> bool {
    let near = &text[..text.floor_char_boundary(SPEAKER_BYTES)];
    match near.find(['.', '!', '?', '…', ':', '\n']) {
        Some(end) => near[..end].split_whitespace().count() <= SPEAKER_WORDS,
        None => near.len() == text.len() && near.split_whitespace().count() <= SPEAKER_WORDS,
    }
}

/// "Text of a post. — Name (@handle) March 2, 2026", the signature in its own line or behind the text.
fn signed(start: usize, line: &str, above: Option<&Paragraph<'_>>, found: &mut Vec<Range<usize>>) {
    let Some(handle) = line.find("(@") else { return };
    let head = line.get(..handle).unwrap_or_default();
    let Some(dash) = head.rfind(['—', '–']) else { return };
    if head.get(dash..).unwrap_or_default().split_whitespace().count() > NAME_WORDS {
        return;
    }
    let post = head.get(..dash).unwrap_or_default().trim_end();
    if post.split_whitespace().count() > LEFTOVER_WORDS {
        found.push(start..start + post.len());
    } else if let Some((at, above)) = above {
        found.push(*at..at + above.len());
    }
}

/// "The letter reads as follows:", "The mayor said:".
fn announces(line: &str) -> bool {
    let Some(head) = line.trim_end().strip_suffix([':', '：']) else { return false };
    let lower = head.to_lowercase();
    let mut words = lower.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .by_ref()
        .take(ANNOUNCING_WORDS)
        .any(|word| is_verb_of_saying(word) || ANNOUNCING.contains(word))
        || UNSPACED_ANNOUNCING.iter().any(|word| lower.contains(word))
}

/// Words for texts that are quoted, in all languages.
static ANNOUNCING: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| languages::words(|l| l.speech.texts).collect());
static UNSPACED_ANNOUNCING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    languages::words(|l| l.speech.texts).filter(|word| super::has_unsegmented(word)).collect()
});

/// Whether a line may be a text that was announced: no entry of a list, and no quotation that marks show.
fn is_announced(line: &str) -> bool {
    let length = super::count::length(line).in_words();
    let listed =
        |c: char| DASHES.contains(&c) || c.is_ascii_digit() || matches!(c, '•' | '*' | '·');
    length >= ANNOUNCED_WORDS && !line.starts_with(listed) && !line.starts_with(QUOTATION_MARKS)
}

#[cfg(test)]
mod tests {
    use crate::text::quotations::tests::check;

    #[test]
    fn speech_between_dashes() {
        check(
            "Утром дул ветер.\n— Гавань открыта, — делится мэр. — Паром ходит.\nСнег.",
            &["— Гавань открыта,", "— Паром ходит."],
        );
        check(
            "Wiał wiatr. - Port jest otwarty - stwierdził burmistrz Halmer. Grała orkiestra.",
            &["- Port jest otwarty"],
        );
        check(
            "Soplaba el viento. —El puerto está abierto —zanjó el alcalde Halmer. Por la tarde nevó.",
            &["—El puerto está abierto"],
        );
        check(
            "Le vent soufflait. — Le port est ouvert, lance le maire Halmer. Il neige.",
            &["— Le port est ouvert"],
        );
    }

    #[test]
    fn other_dashes_quote_nothing() {
        check("The plan:\n- nine ploughs, two of them new\n- four lamps, with oil for winter", &[]);
        check("Москва — столица. Это — город, который строили долго.", &[]);
        check("The port – an old one – is open. It – say the sailors – is deep.", &[]);
        check("— Weather\n— Sport\n— Markets, money and work", &[]);
    }

    #[test]
    fn signed_posts() {
        check(
            "It rained.\nThe harbour stays open.\npic.example.com/a — Halmer (@halmer) March 2, 2026\nIt snowed.",
            &["The harbour stays open."],
        );
        check("The harbour is open. — Halmer (@halmer) March 2", &["The harbour is open."]);
        check("He writes as “Halmer” (@halmer).", &["“Halmer”"]);
    }

    #[test]
    fn announced_paragraphs() {
        check(
            "The letter reads as follows:\nThe harbour stays open to every ship that keeps the rules.\nIt snowed in the evening and nobody came to see it.",
            &["The harbour stays open to every ship that keeps the rules."],
        );
        check("Weather:\nIt snowed in the evening and nobody came to see it.", &[]);
    }
}
