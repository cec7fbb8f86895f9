//! Lines that stand in an article's place or beside it on every page of a site: cookie notices,
//! "Read more" boxes, calls to share, agencies' closing marks.
//!
//! Only what is known by its words; what recurs in an outlet's articles is found by counting, later.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, same_letters};
use super::ui_text;
use crate::text::languages;

/// Longest text that is taken for a notice: longer texts are articles *about* cookies.
const NOTICE_CHARS: usize = 1_500;
/// Longest line that is dropped for its beginning.
const LABEL_CHARS: usize = 220;

/// Times that a line stands in a page from which it is no text: a box, a caption, a button.
const RECURRING: usize = 3;
/// Most different lines of this kind in one page.
const MAX_RECURRING: usize = 2;
/// Shortest paragraph that is printed once: the second time it is a print view or an enlarged one.
const PARAGRAPH_CHARS: usize = 80;

/// Words for a picture, at the beginning of its caption, lower case.
const PICTURE_WORDS: &[&str] = &[
    "image",
    "photo",
    "picture",
    "foto",
    "bild",
    "imagen",
    "imagem",
    "immagine",
    "zdjęcie",
    "fot",
    "фото",
    "снимок",
    "صورة",
    "الصورة",
    "عکس",
    "图",
    "图片",
    "圖",
    "写真",
    "사진",
    "slide",
    "φωτογραφία",
    "fotoğraf",
];

/// Beginnings of the notices under a text that say who answers for it, lower case.
const DISCLAIMERS: &[&str] = &[
    "disclaimer",
    "haftungsausschluss",
    "avis de non-responsabilité",
    "descargo de responsabilidad",
    "aviso legal",
    "отказ от ответственности",
    "дисклеймер",
    "إخلاء المسؤولية",
    "إخلاء مسؤولية",
    "sorumluluk reddi",
    "αποποίηση ευθύνης",
    "版权声明",
    "版權聲明",
    "声明：",
    "聲明：",
    "免責事項",
    "면책",
];
/// How many lines from the end a notice may stand.
const NOTICE_LINES: usize = 4;

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
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let recurring = recurring(&body);
    for block in body {
        let label = label_of(&block.text);
        let only_link = is_only_link(&block);
        let repeated = kept.last().is_some_and(|last| last.text == block.text)
            || recurring.contains(&block.text)
            || is_paragraph(&block.text) && !seen.insert(block.text.clone());
        let is_title = kept.is_empty() && !title.is_empty() && same_letters(&block.text, title);
        let notice = is_notice(std::slice::from_ref(&block));
        let control = ui_text::is_control(&block.text);
        let drop = label.is_some()
            || is_caption(&block.text)
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
    without_disclaimer(&mut kept);
    close(&mut kept);
    kept
}

/// Cuts a notice at the end, and what follows it.
fn without_disclaimer(body: &mut Vec<Block>) {
    let from = body.len().saturating_sub(NOTICE_LINES).max(1);
    let starts = |block: &Block| {
        let lower = block.text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        DISCLAIMERS.iter().any(|label| starts_with_word(&lower, label))
    };
    let place = (from..body.len()).find(|place| body.get(*place).is_some_and(starts));
    body.truncate(place.unwrap_or(body.len()));
}

/// The lines that stand in a body again and again, and are no sentences. Where there are many different ones, they are those of a
/// table or a comparison.
fn recurring(body: &[Block]) -> BTreeSet<String> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    let is_sentence = |line: &str| line.ends_with(['.', '!', '?', '。']) && line.contains(' ');
    for block in body.iter().filter(|b| !is_paragraph(&b.text) && !is_sentence(&b.text)) {
        *lines.entry(&block.text).or_default() += 1;
    }
    let often: BTreeSet<String> = lines
        .into_iter()
        .filter(|(_, times)| *times >= RECURRING)
        .map(|(line, _)| line.to_owned())
        .collect();
    if often.len() <= MAX_RECURRING { often } else { BTreeSet::new() }
}

fn is_paragraph(line: &str) -> bool {
    line.chars().nth(PARAGRAPH_CHARS).is_some()
}

/// "Image 2 of 7", "Photo 1/3", "图2", "(Photo: A. Writer)": what counts pictures or credits one.
fn is_caption(line: &str) -> bool {
    if is_paragraph(line) {
        return false;
    }
    let bare = line.trim_matches(|c: char| "([{（【)]}）】.。 ".contains(c)).to_lowercase();
    let Some(word) = PICTURE_WORDS.iter().find(|word| bare.starts_with(**word)) else {
        return false;
    };
    let rest = bare.get(word.len()..).unwrap_or_default().trim_start();
    let numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
    let is_count = rest.starts_with(|c: char| c.is_ascii_digit())
        && numbers == 2
        && rest.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    let is_credit =
        line.starts_with(['(', '（', '【', '[']) && rest.starts_with([':', '：', '/', '/']);
    is_count || is_credit
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
    fn what_stands_twice_is_read_once() {
        let long =
            "The bridge over the river was closed on Monday after a barge had struck its pillar.";
        check(&[long, "Two.", long], &[long, "Two."]);
        check(&["Join us", "One.", "Join us", "Two.", "Join us"], &["One.", "Two."]);
        let table = ["Price", "Weight", "Colour"].repeat(3);
        check(&table, &table);
    }

    #[test]
    fn counted_and_credited_pictures_go() {
        check(
            &["Image 2 of 7", "Photo 1/3", "(Photo: A. Writer)", "（图：某某）", "One."],
            &["One."],
        );
        check(
            &["Photo 12 of May shows it.", "Image is all."],
            &["Photo 12 of May shows it.", "Image is all."],
        );
    }

    #[test]
    fn a_disclaimer_ends_the_text() {
        check(
            &["One.", "Disclaimer: the views are the author's.", "All rights reserved."],
            &["One."],
        );
        check(&["大桥关闭。", "【版权声明】本文版权归某网所有。"], &["大桥关闭。"]);
        check(&["Disclaimers are long.", "One."], &["Disclaimers are long.", "One."]);
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
