//! UTF-8 that somebody took for windows-1252 or Latin-1 and encoded once more: "Ð¿Ð°Ñ€Ð¾Ð¼" for "паром".

use encoding_rs::WINDOWS_1252;

/// Share of a text's characters beyond ASCII that must be doubly encoded, in percent.
const BROKEN_PERCENT: usize = 90;
/// Fewest doubly encoded characters.
const MIN_BROKEN: usize = 2;

/// The text as it was meant; `None` if it is not doubly encoded. O(n).
pub(crate) fn repaired(text: &str) -> Option<String> {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    if beyond < 2 * MIN_BROKEN || !text.contains(|c| matches!(c, 'Â'..='ô')) {
        return None;
    }
    let mut repaired = String::with_capacity(text.len());
    let (mut broken, mut found) = (0, 0);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (meant, length) = if c.is_ascii() { (c, 1) } else { character(rest) };
        if length > c.len_utf8() {
            found += 1;
            broken += rest[..length].chars().count();
        }
        repaired.push(meant);
        rest = &rest[length..];
    }
    (found >= MIN_BROKEN && broken * 100 >= beyond * BROKEN_PERCENT).then_some(repaired)
}

/// The character at the start of a text and the bytes it takes there: one that is encoded twice, or
/// the first one itself.
fn character(text: &str) -> (char, usize) {
    let first = text.chars().next().unwrap_or_default();
    let itself = (first, first.len_utf8());
    let Some(lead) = byte_of(first) else { return itself };
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return itself,
    };
    let taken: Vec<char> = text.chars().take(length).collect();
    let bytes: Option<Vec<u8>> = taken.iter().map(|c| byte_of(*c)).collect();
    let meant = bytes.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.chars().next());
    meant.map_or(itself, |meant| (meant, taken.iter().map(|c| c.len_utf8()).sum()))
}

/// The byte of a character in windows-1252, or in Latin-1, which has control characters where
/// windows-1252 has signs.
fn byte_of(c: char) -> Option<u8> {
    if c.is_control() {
        return u8::try_from(c).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_unknown) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|_| !is_unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_is_encoded_twice_is_repaired() {
        let latin: String = "Паром стоит".bytes().map(char::from).collect();
        assert_eq!(repaired(&latin).as_deref(), Some("Паром стоит"));
        for text in ["Паром стоит", "渡轮停航", "Le café fermé, l’été", "<p>Ä ö ü</p> and more"]
        {
            assert_eq!(repaired(&twice(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_right_stays() {
        for text in
            ["Паром", "São Paulo é assim: não há Ã", "Été à Orléans", "plain", "Â© Â®x ä ö ü ß é"]
        {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = repaired(&text);
        }
    }
}
