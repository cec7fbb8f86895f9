//! Chinese names in Latin letters: "Zhao Lijian" and 赵立坚 by the sound of each character.
//!
//! A name in Latin letters that can be cut into syllables is looked for among the readings of the characters of a Chinese
//! text. Without tones two characters often sound like two others, so that short names weigh little by their
//! frequency; three are rarely met by chance.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// A syllable and the characters that are read so, a line each: the usual reading, after the transform Han-Latin of the
/// Unicode CLDR (Unicode-3.0), for the ideographs of the standard GB 2312.
const READINGS: &str = include_str!("pinyin.txt");
/// Most letters of a syllable.
const LONGEST: usize = 6;
/// Characters of the names that are looked for.
const CHARACTERS: std::ops::RangeInclusive<usize> = 2..=4;

static SYLLABLES: LazyLock<FxHashMap<char, &str>> = LazyLock::new(|| {
    let lines = READINGS.lines().filter_map(|line| line.split_once(' '));
    lines
        .flat_map(|(syllable, characters)| characters.chars().map(move |c| (c, syllable)))
        .collect()
});

static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    READINGS.lines().filter_map(|line| line.split_once(' ')).map(|(syllable, _)| syllable).collect()
});

/// Fewest syllables that small Latin letters without marks can be cut into; `None` if they cannot. O(letters).
pub(super) fn syllables(letters: &str) -> Option<usize> {
    /// Letters of the longest name that is looked for.
    const NAME: usize = 24;
    if letters.len() > NAME || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut fewest = [None; NAME + 1];
    fewest[0] = Some(0);
    for end in 1..=letters.len() {
        for start in end.saturating_sub(LONGEST)..end {
            if let Some(before) = fewest[start]
                && KNOWN.contains(letters.get(start..end)?)
                && fewest[end].is_none_or(|known| before + 1 < known)
            {
                fewest[end] = Some(before + 1);
            }
        }
    }
    fewest[letters.len()].filter(|count| *count > 0)
}

/// Calls `visit` with the place and the reading of each run of two to four characters. O(characters).
pub(super) fn for_each_reading(text: &str, mut visit: impl FnMut(Range<usize>, &str)) {
    let mut run: Vec<(usize, &str)> = Vec::new();
    let mut reading = String::new();
    let mut flush = |run: &mut Vec<(usize, &str)>, end: usize| {
        for (i, &(start, _)) in run.iter().enumerate() {
            reading.clear();
            for (count, &(_, syllable)) in (1..).zip(&run[i..]) {
                reading.push_str(syllable);
                if CHARACTERS.contains(&count) {
                    let end = run.get(i + count).map_or(end, |next| next.0);
                    visit(start..end, &reading);
                } else if count > *CHARACTERS.end() {
                    break;
                }
            }
        }
        run.clear();
    };
    for (at, c) in text.char_indices() {
        match (!c.is_ascii()).then(|| SYLLABLES.get(&c)).flatten() {
            Some(syllable) => run.push((at, syllable)),
            None if !run.is_empty() => flush(&mut run, at),
            None => {}
        }
    }
    flush(&mut run, text.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_latin_letters_is_heard_in_the_characters() {
        let mut found = Vec::new();
        let text = "外交部发言人赵立坚说。";
        for_each_reading(text, |place, reading| {
            if reading == "zhaolijian" {
                found.push(text[place].to_owned());
            }
        });
        assert_eq!(found, ["赵立坚"]);
    }

    #[test]
    fn what_is_no_chinese_name_has_no_syllables() {
        assert_eq!(syllables("lijian"), Some(2));
        assert_eq!(syllables("wuhan"), Some(2));
        assert_eq!(syllables("xian"), Some(1));
        assert_eq!(syllables("karvelia"), None);
        assert_eq!(syllables("smith"), None);
        assert_eq!(syllables(""), None);
        assert_eq!(syllables("é"), None);
    }
}
