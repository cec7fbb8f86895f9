//! What earlier runs found in the weeks of a corpus that are over: a value that goes into an analysis and comes out.
//!
//! The citations, credits, term counts and matches of a week depend on the articles up to its end alone. So a digest of these,
//! of the registry and of the settings says whether what is known is what would be found again.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::corpus::{Calendar, Corpus};
use crate::ids::{hex, stable_id};
use crate::model::{Annotations, Article, Match, Naming};
use crate::similarity::{Found, TermCounts};

/// Version of what the engine finds. Raise it with every change to `corpus`, `annotate`, `similarity`, `text` or the
/// kept types of `model` after which some match, citation or term count may differ for the same input.
pub(crate) const ENGINE_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "/8");

/// What was found in the first weeks of a corpus, which are over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// For each week a digest of all that decides what is found in it.
    weeks: Vec<String>,
    /// Number of articles of these weeks.
    articles: usize,
    /// Whom each of these articles names, in order.
    pub(crate) named: Vec<Naming>,
    /// Between these articles.
    pub(crate) found: Found,
}

impl Known {
    /// What an analysis of a corpus with these weeks found, as far as they are over. Copies the citations, credits and matches.
    pub(crate) fn new(
        weeks: Weeks,
        annotations: &Annotations,
        matches: &[Match],
        terms: &[TermCounts],
    ) -> Known {
        let Weeks { digests, ends } = weeks;
        let articles = ends.last().copied().unwrap_or(0);
        let named = (0..articles).map(|article| Naming {
            citations: annotations.citations(article).to_vec(),
            credits: annotations.credits(article).to_vec(),
        });
        let matches = matches.iter().filter(|found| found.later < articles).cloned();
        Known {
            articles,
            named: named.collect(),
            found: Found {
                matches: matches.collect(),
                terms: terms.get(..digests.len()).unwrap_or_default().to_vec(),
            },
            weeks: digests,
        }
    }

    /// Digests of the weeks, in order.
    pub fn weeks(&self) -> &[String] {
        &self.weeks
    }

    /// Number of articles of the weeks that are known.
    pub(crate) fn articles(&self) -> usize {
        self.articles
    }

    /// What still holds for a corpus with these weeks: the weeks before the first that differs.
    #[must_use]
    pub(crate) fn that_holds_for(mut self, weeks: &Weeks) -> Known {
        let same =
            self.weeks.iter().zip(&weeks.digests).take_while(|(known, ended)| known == ended);
        let same = same.count();
        self.weeks.truncate(same);
        self.articles = same.checked_sub(1).map_or(0, |last| weeks.ends[last]);
        self.named.truncate(self.articles);
        self.found.terms.truncate(same);
        self.found.matches.retain(|found| found.later < self.articles);
        self
    }

    /// Serializes the value.
    ///
    /// # Errors
    ///
    /// None that is known of: every value has a form in bytes.
    pub fn to_bytes(&self) -> postcard::Result<Vec<u8>> {
        postcard::to_stdvec(self)
    }

    /// Deserializes a value written by [`Known::to_bytes`].
    ///
    /// # Errors
    ///
    /// Fails if the bytes are no such value, or of another version of its layout.
    pub fn from_bytes(bytes: &[u8]) -> Result<Known, UnreadableError> {
        let known: Known = postcard::from_bytes(bytes).map_err(UnreadableError::Layout)?;
        if known.is_sound() { Ok(known) } else { Err(UnreadableError::Parts) }
    }

    fn is_sound(&self) -> bool {
        let Known { weeks, articles, named, found } = self;
        let fits = |found: &Match| {
            let mut holders = found.passages.iter().filter_map(|passage| passage.holder);
            found.earlier < found.later
                && found.later < *articles
                && holders.all(|holder| holder < *articles)
        };
        weeks.len() == found.terms.len()
            && named.len() == *articles
            && found.matches.iter().all(fits)
    }
}

/// Why bytes are not a value of [`Known`].
#[derive(Debug, PartialEq)]
pub enum UnreadableError {
    /// They do not have its layout.
    Layout(postcard::Error),
    /// The numbers in it contradict each other.
    Parts,
}

impl std::fmt::Display for UnreadableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            UnreadableError::Layout(error) => write!(f, "{error}"),
            UnreadableError::Parts => f.write_str("its parts do not fit"),
        }
    }
}

impl std::error::Error for UnreadableError {}

/// The weeks of a corpus that are over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weeks {
    /// For each a digest of all that decides what is found in it.
    digests: Vec<String>,
    /// For each the first article after it.
    ends: Vec<usize>,
}

impl Weeks {
    /// Digests the weeks that are over, for an analysis with these settings. O(texts).
    pub(crate) fn new(corpus: &Corpus, calendar: &Calendar, settings: &impl Serialize) -> Weeks {
        let articles: Vec<[u8; 16]> = corpus.articles().par_iter().map(digest).collect();
        // Cannot fail: plain values, and no map with keys that are no text.
        let settings = serde_json::to_string(&(corpus.registry(), settings)).unwrap_or_default();
        let over = calendar.weeks().split_last().map_or(&[][..], |(_, over)| over);
        let mut all = Xxh3::new();
        let digest = |week: &std::ops::Range<usize>| {
            all.update(articles.get(week.clone()).unwrap_or_default().as_flattened());
            stable_id(&["week", ENGINE_VERSION, &settings, &hex(&all.digest128().to_be_bytes())])
        };
        Weeks {
            digests: over.iter().map(digest).collect(),
            ends: over.iter().map(|week| week.end).collect(),
        }
    }
}

fn digest(article: &Article) -> [u8; 16] {
    let mut hash = Xxh3::new();
    let Article { id, outlet, language, title, text, byline, .. } = article;
    for part in [id, outlet, language, title, text, byline] {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.update(&article.at().timestamp().to_be_bytes());
    hash.digest128().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::corpus::CalendarConfig;
    use crate::corpus::RawCorpus;
    use crate::model::{Outlet, Registry, Relations};
    use crate::pipeline::{AnalyzeConfig, analyze, analyze_after};

    fn article(day: i64, outlet: &str, story: i64) -> Article {
        let words = (0..60).map(|n| format!("w{story}x{n}")).collect::<Vec<_>>().join(" ");
        Article {
            id: format!("{outlet}{day}"),
            outlet: outlet.to_owned(),
            text: format!("{words}, Beta Post reported."),
            first_seen: Some(DateTime::UNIX_EPOCH + TimeDelta::days(day)),
            ..Article::default()
        }
    }

    /// Each week a story of one outlet that the other copies on the next day.
    fn raw(weeks: i64) -> RawCorpus {
        let pair =
            |week: i64| [article(7 * week, "alpha", week), article(7 * week + 1, "beta", week)];
        let mut beta = Outlet::unlisted("beta");
        beta.name = "Beta Post".into();
        let outlets = [Outlet::unlisted("alpha"), beta, Outlet::unlisted("gamma")];
        RawCorpus {
            articles: (0..weeks).flat_map(pair).collect(),
            registry: Registry::new(outlets),
            ..RawCorpus::default()
        }
    }

    fn config() -> AnalyzeConfig {
        let calendar = CalendarConfig { warm_up_days: 7, warm_up_articles: 1, lookback_days: 14 };
        AnalyzeConfig { calendar, ..AnalyzeConfig::default() }
    }

    /// What is known after four weeks.
    fn four(known: Known) -> Known {
        analyze_after(&Corpus::build(raw(4)), &config(), Some(known), &mut |_| {}).1.unwrap()
    }

    /// Checks the number of weeks that an analysis of the corpus takes over from what was found in four weeks; its
    /// results are those of one that knows nothing.
    #[track_caller]
    fn check(raw: RawCorpus, config: &AnalyzeConfig, expected: usize) {
        let known = four(Known::default());
        assert_eq!(known.weeks().len(), 3);
        // Nothing is lost where nothing is new.
        assert_eq!(four(known.clone()), known);
        let known = Known::from_bytes(&known.to_bytes().unwrap()).unwrap();
        let corpus = Corpus::build(raw);
        let (again, now) = analyze_after(&corpus, config, Some(known.clone()), &mut |_| {});
        assert_eq!(again, analyze(&corpus, config));
        let now = now.unwrap();
        let same = now.weeks().iter().zip(known.weeks()).take_while(|(now, known)| now == known);
        assert_eq!(same.count(), expected);
    }

    #[test]
    fn a_corpus_that_grows_is_known() {
        check(raw(4), &config(), 3);
        check(raw(5), &config(), 3);
        check(raw(9), &config(), 3);
        check(raw(3), &config(), 2);
    }

    #[test]
    fn what_follows_a_change_is_not_known() {
        let changed = |at: usize, change: &dyn Fn(&mut Article)| {
            let mut corpus = raw(5);
            change(&mut corpus.articles[at]);
            corpus
        };
        check(changed(3, &|article| article.text.push('.')), &config(), 1);
        check(changed(4, &|article| article.title.push('t')), &config(), 2);
        check(changed(0, &|article| article.byline.push('b')), &config(), 0);
        check(changed(9, &|article| article.text.clear()), &config(), 3);
        let mut late = raw(5);
        late.articles.push(article(8, "gamma", 1));
        check(late, &config(), 1);
    }

    #[test]
    fn other_settings_or_outlets_are_another_question() {
        let mut narrow = config();
        narrow.similarity.window = TimeDelta::hours(12);
        check(raw(5), &narrow, 0);
        let mut reuse = config();
        reuse.similarity.relations = Relations::REUSE;
        check(raw(5), &reuse, 0);
        let mut named = raw(5);
        named.registry.outlets[0].name.push('x');
        check(named, &config(), 0);
        // What follows from the matches is made anew.
        let mut coarse = config();
        coarse.narrative.min_similarity = 0.9;
        check(raw(5), &coarse, 3);
    }

    #[test]
    fn bytes_of_something_else_are_refused() {
        assert!(Known::from_bytes(b"\xff\xff\xff\xff\xff").is_err());
        let mut known = four(Known::default());
        known.weeks.pop();
        let bytes = known.to_bytes().unwrap();
        assert_eq!(Known::from_bytes(&bytes), Err(UnreadableError::Parts));
    }
}
