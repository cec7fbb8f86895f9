//! What one article's text is made of: sentences, narration, and the signs of an official document.

use std::ops::Range;

use super::official;
use crate::model::Article;
use crate::text::count::length;
use crate::text::{attributes, quotations, sentences, span};

/// One article's text, read once, when a match first asks for it.
#[derive(Debug)]
pub(super) struct Reading {
    /// Its sentences, in order.
    sentences: Vec<Range<usize>>,
    /// The stretches outside quotation marks in sentences that attribute nothing to anybody and quote no
    /// clause, in order.
    pub(super) narration: Vec<Range<usize>>,
    /// Length in words (`docs/method.md`, "Whose words").
    pub(super) words: usize,
    /// It is published to be carried by anybody: a document, a speech, a readout.
    pub(super) official: bool,
}

impl Reading {
    /// Reads a text; linear in its length.
    pub(super) fn new(article: &Article) -> Reading {
        let text = article.text.as_str();
        let sentences: Vec<_> = sentences(text).collect();
        let quotations = quotations(text);
        let told: Vec<bool> = sentences
            .iter()
            .map(|s| {
                !text.get(s.clone()).is_some_and(attributes)
                    && !quotes_a_clause(text, s, &quotations)
            })
            .collect();
        let mut narration = Vec::new();
        for (sentence, _) in sentences.iter().zip(&told).filter(|(_, told)| **told) {
            let mut from = sentence.start;
            for quotation in span::touching(&quotations, sentence) {
                if from < quotation.start {
                    narration.push(from..quotation.start);
                }
                from = from.max(quotation.end);
            }
            if from < sentence.end {
                narration.push(from..sentence.end);
            }
        }
        let official = official::is_official(&article.title, text, &sentences, &told);
        Reading { sentences, narration, words: length(text).in_words(), official }
    }

    /// Whether `place` stands in a sentence of `passage`.
    pub(super) fn stands_in(&self, place: &Range<usize>, passage: &Range<usize>) -> bool {
        let after = |at: usize| self.sentences.partition_point(|s| s.end <= at);
        (after(passage.start)..=after(passage.end.saturating_sub(1))).contains(&after(place.start))
    }

    /// Whether `place` stands in a sentence of `passage`, or in the one before or after it, in the same
    /// paragraph; a sentence that ends in a colon leads into the next paragraph.
    pub(super) fn stands_beside(
        &self,
        text: &str,
        place: &Range<usize>,
        passage: &Range<usize>,
    ) -> bool {
        let after = |at: usize| self.sentences.partition_point(|s| s.end <= at);
        let at = after(place.start);
        let (first, last) = (after(passage.start), after(passage.end.saturating_sub(1)));
        let joined = |earlier: usize| {
            let (Some(one), Some(next)) =
                (self.sentences.get(earlier), self.sentences.get(earlier + 1))
            else {
                return false;
            };
            let gap = text.get(one.end..next.start).unwrap_or_default();
            let leads = text.get(one.clone()).is_some_and(|s| s.ends_with([':', '：']));
            leads || !gap.contains('\n')
        };
        (first..=last).contains(&at)
            || (at + 1 == first && joined(at))
            || (at == last + 1 && joined(last))
    }
}

/// Words of a quotation that is a clause and no name or catchword: its sentence is about what was said.
const CLAUSE_WORDS: usize = 4;

/// Whether a sentence holds a good part of a quotation.
fn quotes_a_clause(text: &str, sentence: &Range<usize>, quotations: &[Range<usize>]) -> bool {
    span::touching(quotations, sentence).iter().any(|quotation| {
        let inside = quotation.start.max(sentence.start)..quotation.end.min(sentence.end);
        length(text.get(inside).unwrap_or_default()).in_words() >= CLAUSE_WORDS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        Reading::new(&Article { text: text.into(), ..Article::default() })
    }

    #[track_caller]
    fn narrated(text: &str, expected: &[&str]) {
        let narration = reading(text).narration;
        let got: Vec<&str> = narration.iter().map(|span| text[span.clone()].trim()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn narration_is_neither_quoted_nor_attributed() {
        narrated(
            "The mill stood still. The mayor said it would turn. Nobody came.",
            &["The mill stood still.", "Nobody came."],
        );
        narrated(
            "A sign reads “closed for ever” and the door is shut.",
            &["A sign reads", "and the door is shut."],
        );
        narrated(
            "The pier, “built by nobody for ever”, is shut. The door is open.",
            &["The door is open."],
        );
        narrated("磨坊停了。市长表示，它会再转动。没有人来。", &["磨坊停了。", "没有人来。"]);
    }

    #[test]
    fn a_citation_stands_beside_its_own_and_the_neighbouring_sentences() {
        let text =
            "One is here. Two is here. Three is here. Four is here.\nFive is here:\nSix is here.";
        let at = |word: &str| {
            let start = text.find(word).unwrap();
            start..start + word.len()
        };
        let beside = |place: &str, passage: &str| {
            reading(text).stands_beside(text, &at(place), &at(passage))
        };
        assert!(beside("Two", "Two") && beside("Two", "Three") && beside("Four", "Three"));
        assert!(!beside("One", "Three") && !beside("Five", "Four"), "too far, another paragraph");
        assert!(beside("Five", "Six"), "a colon leads on");
    }
}
