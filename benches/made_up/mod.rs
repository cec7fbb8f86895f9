//! A corpus of made-up words, of any size, that the benches share.

use chrono::{DateTime, TimeDelta};
use fimi::extract::{RecordFields, record};
use fimi::model::Article;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Words of an article.
const WORDS: usize = 450;
/// Different words of a corpus.
const VOCABULARY: usize = 60_000;
/// One article in so many is a copy of an earlier one with some words changed.
const COPIES: usize = 7;
/// Articles of a day.
const PER_DAY: usize = 60;
/// Seconds from 1970 to the first article, 2026-03-02: no time of a record may be older than the web.
const START: i64 = 1_772_409_600;
/// Outlets.
pub(crate) const OUTLETS: usize = 40;

/// A word by its rank: common words are short.
fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["ka", "re", "mo", "ti", "sul", "ne", "vor", "li", "pa", "den", "go", "xi"];
    let mut word = String::new();
    let mut rest = rank + 1;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// A word's rank, low ones far more often than high ones.
fn rank(random: &mut Pcg64) -> usize {
    let below = (0..3).fold(VOCABULARY, |below, _| random.random_range(1..=below));
    random.random_range(0..below)
}

/// Articles in order of time, of [`OUTLETS`] outlets in turn. A copy credits its source in capitals.
pub(crate) fn corpus(articles: usize) -> Vec<Article> {
    let mut random = Pcg64::seed_from_u64(7);
    let mut texts: Vec<Vec<usize>> = Vec::with_capacity(articles);
    let mut sources: Vec<Option<usize>> = Vec::with_capacity(articles);
    for n in 0..articles {
        let is_copy = n > 0 && n % COPIES == 0;
        let source = is_copy.then(|| random.random_range(n.saturating_sub(PER_DAY)..n));
        let text = if let Some(source) = source {
            let mut text = texts[source].clone();
            for _ in 0..WORDS / 20 {
                let place = random.random_range(0..text.len());
                text[place] = rank(&mut random);
            }
            text
        } else {
            (0..WORDS).map(|_| rank(&mut random)).collect()
        };
        texts.push(text);
        sources.push(source);
    }
    let texts = texts.iter().zip(sources).enumerate();
    texts.map(|(n, (text, source))| article(n, text, source)).collect()
}

/// Id of an outlet.
pub(crate) fn outlet(n: usize) -> String {
    format!("outlet{n:02}")
}

/// The outlet of an article.
fn outlet_of(article: usize) -> String {
    outlet(article * 7919 % OUTLETS)
}

fn article(n: usize, ranks: &[usize], source: Option<usize>) -> Article {
    let minutes = i64::try_from(n * 24 * 60 / PER_DAY).unwrap_or(0);
    let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(START) + TimeDelta::minutes(minutes);
    let credit = source.map_or_else(String::new, |source| {
        format!("{} reported: ", outlet_of(source).to_uppercase())
    });
    let words: Vec<String> = ranks.iter().map(|&rank| word(rank)).collect();
    record(RecordFields {
        id: Some(format!("{n:06}")),
        outlet: Some(outlet_of(n)),
        language: Some("en".to_owned()),
        title: Some(words.iter().take(9).cloned().collect::<Vec<_>>().join(" ")),
        text: Some(credit + &words.chunks(15).map(|s| s.join(" ")).collect::<Vec<_>>().join(". ")),
        published: Some(at.to_rfc3339()),
        ..RecordFields::default()
    })
    .expect("all that a record needs is given")
}
