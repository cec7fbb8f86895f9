//! A parsed page as the sequence of its text blocks, in reading order.
//!
//! A block is the text between two block borders (elements such as `p`, `div`, `li`, or a `br`),
//! with white space collapsed. No judgement of what is article and what is not.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// One block of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Block {
    /// Its text, one line, never empty.
    pub text: String,
    /// Its links as written: address and text.
    pub links: Vec<(String, String)>,
}

/// Elements whose content is never article text.
const IGNORED: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "select", "textarea",
    "button", "object", "embed", "audio", "video", "canvas", "head",
];

/// Elements that do not interrupt a line of text; all others do.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
];

/// Returns the blocks under an element, leaving out the subtrees in `removed`. Without recursion, so
/// that depth costs no stack.
pub(super) fn blocks(root: ElementRef<'_>, removed: &BTreeSet<NodeId>) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut ignored: Option<NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) if ignored.is_none() => match node.value() {
                Node::Text(text) => writer.text(text),
                Node::Element(element) => {
                    if removed.contains(&node.id()) || is_ignored(element) {
                        // A script or icon inside a sentence does not end it.
                        ignored = Some(node.id());
                    } else if !INLINE.contains(&element.name()) {
                        writer.end_block();
                    } else if element.name() == "a" {
                        writer.link =
                            element.attr("href").map(|href| (href.to_owned(), writer.line.len()));
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if ignored == Some(node.id()) {
                    ignored = None;
                } else if ignored.is_none()
                    && let Node::Element(element) = node.value()
                {
                    if element.name() == "a" {
                        writer.end_link();
                    } else if !INLINE.contains(&element.name()) {
                        writer.end_block();
                    }
                }
            }
            Edge::Open(_) => {}
        }
    }
    writer.end_block();
    writer.blocks
}

/// Returns the blocks of a fragment of markup, such as a feed item's content.
pub(super) fn of_fragment(html: &str, removed: impl Fn(&Html) -> BTreeSet<NodeId>) -> Vec<Block> {
    let fragment = Html::parse_fragment(html);
    blocks(fragment.root_element(), &removed(&fragment))
}

/// The blocks of the markup that an extractor returned; `None` if it holds no text.
pub(super) fn of_extracted(html: &str) -> Option<Vec<Block>> {
    Some(of_fragment(html, |_| BTreeSet::new())).filter(|blocks| !blocks.is_empty())
}

/// Letters and digits only, composed and in lower case: two readings of one line set blanks and signs
/// differently, and one of them may compose a letter with its mark.
pub(super) fn letters(text: &str) -> String {
    text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two lines have the same letters and digits in the same order.
pub(super) fn same_letters(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

/// Returns the text of one element in one line.
pub(super) fn line(element: ElementRef<'_>) -> String {
    let blocks = blocks(element, &BTreeSet::new());
    let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    lines.join(" ")
}

/// Collapses white space (no-break spaces too) and drops what is invisible at a line's ends.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    push_collapsed(&mut line, text);
    line.truncate(line.trim_end().len());
    line
}

fn is_ignored(element: &scraper::node::Element) -> bool {
    IGNORED.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    line: String,
    links: Vec<(String, String)>,
    /// Address of the open link and where its text starts.
    link: Option<(String, usize)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        push_collapsed(&mut self.line, text);
    }

    fn end_link(&mut self) {
        if let Some((href, start)) = self.link.take() {
            let text = self.line.get(start..).unwrap_or_default().trim().to_owned();
            self.links.push((href, text));
        }
    }

    fn end_block(&mut self) {
        if let Some((href, _)) = self.link.take() {
            // The link spans several blocks: count it in each.
            let text = self.line.trim().to_owned();
            self.links.push((href.clone(), text));
            self.link = Some((href, 0));
        }
        let text = self.line.trim().to_owned();
        self.line.clear();
        let links = std::mem::take(&mut self.links);
        if !text.is_empty() {
            self.blocks.push(Block { text, links });
        }
    }
}

/// Appends text with runs of white space as one blank, none at the start of a line.
fn push_collapsed(line: &mut String, text: &str) {
    for c in text.chars() {
        let blank = c.is_whitespace() || c == '\u{feff}';
        if !blank {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let blocks = of_fragment(html, |_| BTreeSet::new());
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn paragraphs_and_breaks_end_a_block() {
        check(
            "<p>One\n <b>two</b>&nbsp;three</p><div>four<br>five<br><br>six</div>",
            &["One two three", "four", "five", "six"],
        );
    }

    #[test]
    fn scripts_and_hidden_parts_are_no_text() {
        check(
            "a<script>b</script>, f<p hidden>c</p><p style='display : none'>d</p><p>e</p>",
            &["a, f", "e"],
        );
    }

    #[test]
    fn words_of_neighbouring_blocks_do_not_run_together() {
        check("<td>one</td><li>two</li><h2>three</h2>four", &["one", "two", "three", "four"]);
    }

    #[test]
    fn links_stay_with_their_block() {
        let blocks = of_fragment("<p>see <a href='/x'>the report</a> of May</p><p>end</p>", |_| {
            BTreeSet::new()
        });
        assert_eq!(blocks[0].links, [("/x".to_owned(), "the report".to_owned())]);
        assert!(blocks[1].links.is_empty());
    }
}
