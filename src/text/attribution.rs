//! Reported speech without quotation marks: whether a stretch of text is attributed to a speaker.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::languages;

/// Bytes on either side of a passage in which its sentence is looked for.
const REACH: usize = 300;

/// Whether a sentence that `span` (bytes of `text`) begins, fills or ends attributes it to somebody. Constant time.
pub fn is_attributed(text: &str, span: &Range<usize>) -> bool {
    let (start, end) = (text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end));
    let first = text.floor_char_boundary(start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(end.saturating_add(REACH).min(text.len()));
    let from = sentence_end(&text[first..start], true).map_or(first, |at| first + at);
    let to = sentence_end(&text[end..last], false).map_or(last, |at| end + at);
    let sentence = text[from..to].to_lowercase();
    let Some(words) = &*AUTOMATON else { return false };
    words.find_overlapping_iter(&sentence).any(|found| is_word(&sentence, found.range()))
}

/// All attributions; there is one unless they are too many for an automaton.
static AUTOMATON: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(languages::phrases(|l| l.attribution)).ok());

/// Where the last sentence of `text` begins, or where the first one ends.
fn sentence_end(text: &str, from_behind: bool) -> Option<usize> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '\n');
    let at = if from_behind { text.rfind(ends) } else { text.find(ends) }?;
    Some(at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// Whether these bytes of `text` are a whole word, where words are set apart by spaces.
fn is_word(text: &str, span: Range<usize>) -> bool {
    let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let apart = text[span.clone()].chars().all(|c| c < '\u{2e80}');
    let (before, after) = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
    !apart || !(joined(before) || joined(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, passage: &str, after: &str, expected: bool) {
        let text = format!("{before}{passage}{after}");
        let span = before.len()..before.len() + passage.len();
        assert_eq!(is_attributed(&text, &span), expected, "{text}");
    }

    #[test]
    fn the_passages_own_sentences_decide() {
        let claim = "the bridge would open before the end of the week";
        check("The weather was fine. The mayor said ", claim, ". Nobody came.", true);
        check("The weather was fine. ", claim, ", according to the mayor. Nobody came.", true);
        check("The mayor said so. It is clear that ", claim, ". Nobody said more.", false);
        check("", claim, "", false);
        check("Ice on the aforesaid river: ", claim, ".", false);
    }

    #[test]
    fn other_languages() {
        check("Утром было тихо. Мэр заявил, что ", "мост откроют до конца недели", ".", true);
        check("Утром было тихо. ", "мост откроют до конца недели", ".", false);
        check("天气很好。市长表示，", "大桥将在本周末之前开放", "。", true);
        check("天气很好。", "大桥将在本周末之前开放", "。", false);
        check("وقال العمدة إن ", "الجسر سيفتح قبل نهاية الأسبوع", ".", true);
    }
}
