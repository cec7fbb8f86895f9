//! How rare an anchor is in each language: what it says of two texts that both have it.
//!
//! Rarity is `−ln p`, where `p` is the share of a language's articles that have the anchor, counted over the look-back of
//! a day. A language with few articles is filled up with [`PRIOR`] made-up ones that are as all languages together,
//! so that the first article of a language does not make everything in it common.

use rustc_hash::FxHashMap;

/// Made-up articles of each language: enough to hold the counts of a handful of articles, few beside those of a day.
const PRIOR: f64 = 20.0;

/// Counts of the anchors of some articles.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    /// Articles of all languages that have the anchor.
    total: Vec<u32>,
    /// The same of each language.
    of_language: Vec<FxHashMap<u32, u32>>,
    /// Articles of each language.
    articles: Vec<u32>,
    all: u32,
}

impl Rarity {
    /// Nothing counted yet, for anchors and languages below these numbers.
    pub(super) fn new(anchors: usize, languages: usize) -> Rarity {
        Rarity {
            total: vec![0; anchors],
            of_language: vec![FxHashMap::default(); languages],
            articles: vec![0; languages],
            all: 0,
        }
    }

    /// Counts an article of a language with these anchors, each once.
    pub(super) fn add(&mut self, language: usize, anchors: impl Iterator<Item = u32>) {
        self.articles[language] += 1;
        self.all += 1;
        for anchor in anchors {
            self.total[anchor as usize] += 1;
            *self.of_language[language].entry(anchor).or_default() += 1;
        }
    }

    /// Takes back an article that was counted.
    pub(super) fn remove(&mut self, language: usize, anchors: impl Iterator<Item = u32>) {
        self.articles[language] -= 1;
        self.all -= 1;
        for anchor in anchors {
            self.total[anchor as usize] -= 1;
            if let Some(count) = self.of_language[language].get_mut(&anchor) {
                *count -= 1;
            }
        }
    }

    /// Rarity of an anchor in a language, in nats, not below 0.
    pub(super) fn of(&self, language: usize, anchor: u32) -> f64 {
        let share = f64::from(self.total[anchor as usize]) / f64::from(self.all.max(1));
        let count = self.of_language[language].get(&anchor).copied().unwrap_or(0);
        let with = f64::from(count) + PRIOR * share;
        let articles = f64::from(self.articles[language]) + PRIOR;
        if with > 0.0 { -(with / articles).ln() } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_have_is_rare() {
        let mut rarity = Rarity::new(2, 2);
        for n in 0..100 {
            rarity.add(0, (0..2).filter(|anchor| *anchor == 0 || n == 0));
        }
        assert!(rarity.of(0, 0) < 0.01 && rarity.of(0, 1) > 4.0);
        // What one language never tells is as rare in it as in all.
        assert!((rarity.of(1, 1) - 100f64.ln()).abs() < 1e-9);
        rarity.remove(0, [0, 1].into_iter());
        assert!(rarity.of(0, 1).abs() < 1e-9, "nothing has it");
    }

    #[test]
    fn a_first_article_does_not_make_its_names_common() {
        let mut rarity = Rarity::new(1, 2);
        for _ in 0..200 {
            rarity.add(0, std::iter::empty());
        }
        rarity.add(1, [0].into_iter());
        assert!(rarity.of(1, 0) > 2.0, "{}", rarity.of(1, 0));
    }
}
