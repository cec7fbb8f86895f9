//! Lines that stand in an article's place or beside it on every page of a site: cookie notices,
//! "Read more" boxes, calls to share, agencies' closing marks.
//!
//! Only what is known by its words; what recurs in an outlet's articles is found by counting, later.

use super::blocks::{Block, same_letters};
use super::ui_text;
use crate::text::languages;

/// Longest text that is taken for a notice: longer texts are articles *about* cookies.
const NOTICE_CHARS: usize = 1_500;
/// Longest line that is dropped for its beginning.
const LABEL_CHARS: usize = 220;

/// Marks with which agencies close a text.
const CLOSING: &[&str] = &["■", "Enditem", "enditem", "（完）", "(完)", "□", "◆", "-30-"];

/// Whether blocks are a cookie or consent notice rather than an article.
pub(super) fn is_notice(blocks: &[Block]) -> bool {
    let text: String = blocks.iter().map(|block| block.text.to_lowercase() + "\n").collect();
    let chars = text.chars().count();
    let count: usize =
        languages::phrases(|l| l.page.notices).map(|word| text.matches(word).count()).sum();
    // One such word a hundred characters: an article on data protection stays below that.
    chars < NOTICE_CHARS && count >= 2 && count * 100 >= chars
        || chars < 300 && count >= 1 && text.contains("cookie")
}

/// Removes boxes and standing lines from a body: a notice, a labelled line, and the lone link under a bare
/// label; the same line twice in a row; controls of the page; closing marks.
pub(super) fn without_boxes(body: Vec<Block>, title: &str) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::with_capacity(body.len());
    let mut after_label = false;
    for block in body {
        let label = label_of(&block.text);
        let only_link = is_only_link(&block);
        let repeated = kept.last().is_some_and(|last| last.text == block.text);
        let is_title = kept.is_empty() && !title.is_empty() && same_letters(&block.text, title);
        let notice = is_notice(std::slice::from_ref(&block));
        let control = ui_text::is_control(&block.text);
        let drop = label.is_some()
            || notice
            || control
            || after_label && only_link
            || repeated
            || is_title;
        after_label = label == Some(Label::Bare) || after_label && only_link;
        if !drop {
            kept.push(block);
        }
    }
    close(&mut kept);
    kept
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// The label alone: what it labels comes next.
    Bare,
    /// The label and what it labels in one line.
    Full,
}

fn label_of(line: &str) -> Option<Label> {
    if line.chars().nth(LABEL_CHARS).is_some() {
        return None;
    }
    let lower = line
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !"【（(".contains(c))
        .to_lowercase();
    let label =
        languages::phrases(|l| l.page.boxes).find(|label| starts_with_word(&lower, label))?;
    let rest = lower.get(label.len()..)?.trim_matches(|c: char| !c.is_alphanumeric());
    Some(if rest.is_empty() { Label::Bare } else { Label::Full })
}

/// Whether `line` starts with `label` and the label ends with a word there.
fn starts_with_word(line: &str, label: &str) -> bool {
    line.strip_prefix(label).is_some_and(|rest| {
        let ideographic = label.chars().next_back().is_some_and(|c| u32::from(c) >= 0x2e80);
        ideographic
            || !rest.starts_with(char::is_alphanumeric)
            || !label.ends_with(char::is_alphanumeric)
    })
}

pub(super) fn is_only_link(block: &Block) -> bool {
    let linked: usize = block.links.iter().map(|(_, text)| text.len()).sum();
    linked > 0 && linked * 10 >= block.text.len() * 9
}

fn close(body: &mut Vec<Block>) {
    while let Some(last) = body.last_mut() {
        let end = last.text.trim_end();
        let Some(rest) = CLOSING.iter().find_map(|mark| end.strip_suffix(mark)) else { return };
        last.text = rest.trim_end().to_owned();
        if last.text.is_empty() {
            body.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: &[&str]) -> Vec<Block> {
        lines.iter().map(|line| Block { text: (*line).into(), links: Vec::new() }).collect()
    }

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let kept = without_boxes(plain(lines), "A bridge is closed");
        assert_eq!(kept.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn labelled_lines_go() {
        check(&["One.", "READ MORE: Another bridge", "Two."], &["One.", "Two."]);
        check(
            &["One.", "Читайте также: Другой мост", "Like this story? Share it with a friend!"],
            &["One."],
        );
        check(&["大桥关闭。", "责任编辑：某某"], &["大桥关闭。"]);
    }

    #[test]
    fn sentences_that_begin_like_a_label_stay() {
        check(
            &["Readmore Ltd. built it.", "Sharethis."],
            &["Readmore Ltd. built it.", "Sharethis."],
        );
        let long = format!("Read more than one report and you will know: {}", "x ".repeat(150));
        check(&[&long], &[&long]);
    }

    #[test]
    fn a_bare_label_takes_the_link_under_it() {
        let mut body = plain(&["One.", "Also on rt.com", "Another bridge", "Two."]);
        body[2].links.push(("/x".into(), "Another bridge".into()));
        let kept = without_boxes(body, "");
        assert_eq!(kept.len(), 2);
    }

    #[test]
    fn title_repeats_and_closing_marks_go() {
        check(&["A Bridge is closed", "One.", "One.", "Two. Enditem", "■"], &["One.", "Two."]);
    }

    #[test]
    fn cookie_notices_are_known() {
        assert!(is_notice(&plain(&[
            "We use cookies to improve the site. By continuing you agree to our privacy policy."
        ])));
        assert!(is_notice(&plain(&[
            "Этот сайт использует файлы cookie. Политика конфиденциальности."
        ])));
        assert!(!is_notice(&plain(&[
            "The baker sold a cookie for a record price.",
            &"The auction went on. ".repeat(60)
        ])));
        assert!(!is_notice(&plain(&["The bridge was closed."])));
    }
}
