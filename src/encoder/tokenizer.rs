//! The pieces of a sentence: of all ways to cut it into known pieces, the one with the best sum of scores (unigram
//! language model: Kudo, ACL 2018).

use rustc_hash::FxHashMap;

use super::normalizer::Normalizer;
use super::protobuf;

/// Stands for what no piece holds.
const UNKNOWN: u32 = 0;
/// Stand at the begin and end of each sentence.
const BEGIN: u32 = 1;
const END: u32 = 2;
/// How much worse an unknown character is than the worst piece.
const UNKNOWN_PENALTY: f32 = 10.0;

/// The pieces of a model.
#[derive(Debug)]
pub(super) struct Tokenizer {
    normalizer: Normalizer,
    /// Score of each piece.
    scores: Vec<f32>,
    /// From a node and a character to the next node; the first is 0.
    next: FxHashMap<(u32, char), u32>,
    /// The piece that ends at a node.
    pieces: Vec<Option<u32>>,
    unknown: f32,
}

impl Tokenizer {
    /// Reads a model of pieces (the protocol buffer that `SentencePiece` writes); `None` if it is none.
    pub(super) fn read(model: &[u8]) -> Option<Tokenizer> {
        let mut tokenizer = Tokenizer {
            normalizer: Normalizer::default(),
            scores: Vec::new(),
            next: FxHashMap::default(),
            pieces: vec![None],
            unknown: 0.0,
        };
        for field in protobuf::fields(model) {
            match field? {
                (1, protobuf::Value::Bytes(piece)) => tokenizer.add(piece)?,
                (3, protobuf::Value::Bytes(normalizer)) => {
                    for field in protobuf::fields(normalizer) {
                        if let (2, protobuf::Value::Bytes(table)) = field? {
                            tokenizer.normalizer = Normalizer::read(table)?;
                        }
                    }
                }
                _ => {}
            }
        }
        let least = tokenizer.scores.iter().copied().reduce(f32::min)?;
        tokenizer.unknown = least - UNKNOWN_PENALTY;
        Some(tokenizer)
    }

    /// Adds a piece: its text is field 1, its score field 2.
    fn add(&mut self, piece: &[u8]) -> Option<()> {
        let (mut text, mut score) = ("", 0.0);
        for field in protobuf::fields(piece) {
            match field? {
                (1, protobuf::Value::Bytes(bytes)) => text = std::str::from_utf8(bytes).ok()?,
                (2, protobuf::Value::Fixed(bits)) => score = f32::from_bits(bits),
                _ => {}
            }
        }
        let number = u32::try_from(self.scores.len()).ok()?;
        self.scores.push(score);
        let mut node = 0;
        for c in text.chars() {
            let new = u32::try_from(self.pieces.len()).ok()?;
            node = *self.next.entry((node, c)).or_insert(new);
            if node == new {
                self.pieces.push(None);
            }
        }
        if node > 0 {
            self.pieces[node as usize] = Some(number);
        }
        Some(())
    }

    /// Number of pieces.
    pub(super) fn len(&self) -> usize {
        self.scores.len()
    }

    /// The pieces of a sentence, with those of its begin and end. O(characters × longest piece).
    pub(super) fn encode(&self, sentence: &str) -> Vec<u32> {
        let normal: Vec<char> = self.normalizer.normalize(sentence).chars().collect();
        // Per place: the best score of what ends there, where its last piece begins, and which it is.
        let mut best: Vec<(f32, usize, u32)> =
            vec![(f32::NEG_INFINITY, 0, UNKNOWN); normal.len() + 1];
        best[0].0 = 0.0;
        for start in 0..normal.len() {
            let before = best[start].0;
            let mut offer = |end: usize, score: f32, piece: u32| {
                if before + score > best[end].0 {
                    best[end] = (before + score, start, piece);
                }
            };
            let (mut node, mut alone) = (0, false);
            for (end, &c) in (start + 1..).zip(&normal[start..]) {
                let Some(&next) = self.next.get(&(node, c)) else { break };
                node = next;
                if let Some(piece) = self.pieces[node as usize] {
                    offer(end, self.scores[piece as usize], piece);
                    alone |= end == start + 1;
                }
            }
            if !alone {
                offer(start + 1, self.unknown, UNKNOWN);
            }
        }
        let mut pieces = vec![END];
        let mut end = normal.len();
        while end > 0 {
            let (_, start, piece) = best[end];
            pieces.push(piece);
            end = start;
        }
        if normal.is_empty() {
            pieces.push(UNKNOWN);
        }
        pieces.push(BEGIN);
        pieces.reverse();
        pieces
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A model of pieces with these scores and this table of replacements.
    pub(in crate::encoder) fn model(pieces: &[(&str, f32)], table: &[u8]) -> Vec<u8> {
        let mut model = Vec::new();
        for (text, score) in pieces {
            let piece = [
                protobuf::tests::bytes(1, text.as_bytes()),
                protobuf::tests::fixed(2, score.to_bits()),
            ];
            model.extend(protobuf::tests::bytes(1, &piece.concat()));
        }
        model.extend(protobuf::tests::bytes(3, &protobuf::tests::bytes(2, table)));
        model
    }

    const PIECES: &[(&str, f32)] = &[
        ("<unk>", 0.0),
        ("<s>", 0.0),
        ("</s>", 0.0),
        ("▁", -3.0),
        ("a", -2.0),
        ("b", -2.5),
        ("ab", -3.0),
        ("▁a", -2.2),
        ("abab", -9.5),
    ];

    fn encode(text: &str) -> Vec<u32> {
        Tokenizer::read(&model(PIECES, &[])).unwrap().encode(text)
    }

    #[test]
    fn the_best_sum_of_scores_wins() {
        assert_eq!(encode("a"), [1, 7, 2]);
        assert_eq!(encode("ab"), [1, 7, 5, 2]);
        // ▁ ab ab (-9) before ▁a b ab (-7.7)? No: the better sum is the last one.
        assert_eq!(encode("abab"), [1, 7, 5, 6, 2]);
        assert_eq!(encode("a ab"), [1, 7, 7, 5, 2]);
    }

    #[test]
    fn what_no_piece_holds_is_unknown_character_by_character() {
        assert_eq!(encode("axxb"), [1, 7, 0, 0, 5, 2]);
        assert_eq!(encode("я"), [1, 3, 0, 2]);
        assert_eq!(encode(""), [1, 0, 2]);
    }

    #[test]
    fn replacements_come_first() {
        let table = super::super::normalizer::tests::table(*b"xy", "ab");
        let tokenizer = Tokenizer::read(&model(PIECES, &table)).unwrap();
        assert_eq!(tokenizer.encode("xy"), encode("ab"));
        assert_eq!(tokenizer.len(), PIECES.len());
    }

    #[test]
    fn what_is_no_model_is_refused() {
        assert!(Tokenizer::read(b"").is_none());
        assert!(Tokenizer::read(&[10, 200, 1, 2]).is_none());
    }
}
