//! A written time cut into numbers, words and signs; digits of any script.

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number and how many digits it was written with.
    Number(i64, usize),
    Word(String),
    Sign(char),
    Space,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut value, mut length) = (i64::from(digit), 1);
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                value = value.saturating_mul(10).saturating_add(i64::from(next));
                length += 1;
                chars.next();
            }
            tokens.push(Token::Number(value, length));
        } else if is_counter(c) {
            tokens.push(Token::Sign(c));
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            while let Some(next) = chars.next_if(|n| n.is_alphabetic() && !is_counter(*n)) {
                word.extend(next.to_lowercase());
            }
            tokens.push(Token::Word(word));
        } else if c.is_whitespace() {
            if tokens.last() != Some(&Token::Space) {
                tokens.push(Token::Space);
            }
        } else {
            tokens.push(Token::Sign(if c == '：' { ':' } else { c }));
        }
    }
    tokens
}

/// Value of a decimal digit: ASCII, full-width, Arabic-Indic, Persian.
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

/// Chinese, Japanese and Korean marks after a number.
pub(super) fn is_counter(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '時' | '时' | '点' | '分' | '秒' | '년' | '월' | '일')
}
