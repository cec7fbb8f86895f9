//! When each outlet publishes in which language: who could have carried a narrative, and which articles of two outlets
//! can be compared.
//!
//! An outlet is present in a language from its first to its last article in it, without the days listed as gaps. That
//! holds for imported corpora too. An outlet that is absent says nothing by its silence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::corpus::Corpus;
use crate::model::Article;

/// The days on which each outlet was present, by language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Presence {
    /// Languages, sorted.
    pub(super) languages: Vec<String>,
    /// Number of each article's language.
    pub(super) of: Vec<usize>,
    /// Per outlet: first and last day in each language it has reported articles in.
    spans: Vec<BTreeMap<usize, (NaiveDate, NaiveDate)>>,
    /// Per outlet: days on which it was not heard.
    gaps: Vec<BTreeSet<NaiveDate>>,
}

impl Presence {
    /// Reads the days off the articles. `O(n log n)`.
    pub(super) fn new(corpus: &Corpus) -> Presence {
        let (articles, outlets) = (corpus.articles(), corpus.outlet_ids());
        let languages: BTreeSet<&str> = articles.iter().map(|a| a.language.as_str()).collect();
        let languages: Vec<&str> = languages.into_iter().collect();
        let number = |article: &Article| languages.binary_search(&article.language.as_str());
        let of: Vec<usize> = articles.iter().map(|a| number(a).unwrap_or_default()).collect();
        let mut spans = vec![BTreeMap::new(); outlets.len()];
        for i in corpus.reported() {
            let (day, language) = (day_of(&articles[i]), of[i]);
            let (first, last) = spans[corpus.outlet_of(i)].entry(language).or_insert((day, day));
            (*first, *last) = (day.min(*first), day.max(*last));
        }
        let mut days = vec![BTreeSet::new(); outlets.len()];
        for gap in corpus.gaps() {
            if let Ok(outlet) = outlets.binary_search(&gap.outlet) {
                days[outlet].insert(gap.day);
            }
        }
        let languages = languages.into_iter().map(str::to_owned).collect();
        Presence { languages, of, spans, gaps: days }
    }

    /// Whether an outlet was present in a language on a day.
    pub(super) fn is_present(&self, outlet: usize, language: usize, day: NaiveDate) -> bool {
        self.spans[outlet]
            .get(&language)
            .is_some_and(|&(first, last)| (first..=last).contains(&day))
            && !self.gaps[outlet].contains(&day)
    }

    /// Number of days on which two outlets were both present in one language.
    pub(super) fn common_days(&self, a: usize, b: usize) -> usize {
        let both = self.spans[a].iter().filter_map(|(language, of_a)| {
            let of_b = self.spans[b].get(language)?;
            Some((of_a.0.max(of_b.0), of_a.1.min(of_b.1)))
        });
        let mut spans: Vec<(NaiveDate, NaiveDate)> = both.filter(|(from, to)| from <= to).collect();
        spans.sort_unstable();
        let mut days = 0;
        let mut next = NaiveDate::MIN;
        for (from, to) in spans {
            let from = from.max(next);
            if from <= to {
                let heard =
                    |day: &NaiveDate| !self.gaps[a].contains(day) && !self.gaps[b].contains(day);
                days += from.iter_days().take_while(|day| *day <= to).filter(heard).count();
                next = to.succ_opt().unwrap_or(to);
            }
        }
        days
    }
}

/// The day of an article: in UTC, or, where only its day is known, the one it states.
pub(super) fn day_of(article: &Article) -> NaiveDate {
    article.day()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::with_gaps;
    use crate::model::CoverageGap;
    use crate::significance::tests::article;

    fn present(articles: &[Article], gaps: &[CoverageGap]) -> (usize, Vec<bool>) {
        let presence = Presence::new(&with_gaps(articles, gaps));
        let day = |n| NaiveDate::from_ymd_opt(1970, 1, n).unwrap();
        let of_x = (1..=5).map(|n| presence.is_present(0, 0, day(n))).collect();
        (presence.common_days(0, 1), of_x)
    }

    #[test]
    fn an_outlet_is_present_from_its_first_to_its_last_article_in_a_language() {
        let mut articles = vec![
            article("1", "x", 24),
            article("2", "x", 80),
            article("3", "y", 0),
            article("4", "y", 90),
        ];
        assert_eq!(present(&articles, &[]), (3, vec![false, true, true, true, false]));
        let gap = CoverageGap {
            outlet: "x".into(),
            day: NaiveDate::from_ymd_opt(1970, 1, 3).unwrap(),
            reason: "timeout".into(),
        };
        assert_eq!(present(&articles, &[gap]), (2, vec![false, true, false, true, false]));
        // In another language there is no day on which both could have carried the same.
        for own in &mut articles[2..] {
            own.language = "ru".into();
        }
        assert_eq!(present(&articles, &[]).0, 0);
    }
}
