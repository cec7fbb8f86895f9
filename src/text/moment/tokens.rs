//! A written time cut into numbers, words and signs; digits of any script.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number and how many digits it was written with.
    Number(i64, usize),
    /// A word in lower case.
    Word {
        text: String,
        /// It was written in capitals, as abbreviations are.
        capitals: bool,
    },
    Sign(char),
    Space,
}

impl Token {
    /// The word in lower case; `None` for anything else.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Token::Word { text, .. } => Some(text),
            _ => None,
        }
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.nfkc().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut value, mut length) = (i64::from(digit), 1);
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                value = value.saturating_mul(10).saturating_add(i64::from(next));
                length += 1;
                chars.next();
            }
            tokens.push(Token::Number(value, length));
        } else if is_counter(c) && matches!(tokens.last(), Some(Token::Number(..))) {
            tokens.push(Token::Sign(c));
        } else if c.is_alphabetic() {
            let mut written = String::from(c);
            let continues = |n: &char| n.is_alphabetic() || is_combining_mark(*n);
            while let Some(next) = chars.next_if(continues) {
                written.push(next);
            }
            let capitals = written.chars().all(char::is_uppercase);
            tokens.push(Token::Word { text: written.to_lowercase(), capitals });
        } else if c.is_whitespace() {
            if tokens.last() != Some(&Token::Space) {
                tokens.push(Token::Space);
            }
        } else {
            tokens.push(Token::Sign(c));
        }
    }
    tokens
}

/// Where a phrase that starts at `start` ends; `None` if another one stands there.
///
/// A phrase is words separated by blanks. A word that ends with `*` is a beginning; one in a script
/// without blanks may stand inside a longer word. Signs between the words do not matter.
pub(super) fn phrase_end(tokens: &[Token], start: usize, phrase: &str) -> Option<usize> {
    tokens.get(start)?.word()?;
    let mut place = start;
    for (i, wanted) in phrase.split(' ').enumerate() {
        let is_between = |token: &Token| match token {
            Token::Space => true,
            Token::Sign(sign) => ".'’-\u{200c}".contains(*sign),
            _ => false,
        };
        while i > 0 && tokens.get(place).is_some_and(is_between) {
            place += 1;
        }
        let word = tokens.get(place)?.word()?;
        let fits = match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None if wanted.chars().all(is_ideographic) => word.contains(wanted),
            None => word == wanted,
        };
        if !fits {
            return None;
        }
        place += 1;
    }
    Some(place)
}

fn is_ideographic(c: char) -> bool {
    u32::from(c) >= 0x2e80
}

/// Value of a decimal digit: ASCII, Arabic-Indic, Persian, Devanagari.
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

/// Chinese, Japanese and Korean marks, which are signs of a date only behind a number.
fn is_counter(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '号'
            | '號'
            | '時'
            | '时'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}
