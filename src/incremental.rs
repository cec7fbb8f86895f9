//! What was made of the weeks of a corpus that are over, so that it need not be made again.
//!
//! The citations, term counts and matches of a week depend on the articles up to its end alone. So a digest of these,
//! of the registry and of the settings says whether what is kept is what would be found.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::corpus::Calendar;
use crate::ids::{hex, stable_id};
use crate::model::{Analysis, Article, Citation, Match, Registry};
use crate::similarity::{Found, TermCounts};

/// Version of what is made of the same articles, so that no program takes over what another one would have found
/// otherwise: the tool's, and a number to be raised by one with every change here, in `calendar`, `normalize`
/// (citations, standing text), `similarity` or `text` after which some pair may come out otherwise, and of the types in
/// `model` that are kept, of which the bytes do not tell. Not for speed.
const ENGINE_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "/3");

/// What was found in the first weeks of a corpus, which are over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// For each week a digest of all that decides what is found in it.
    keys: Vec<String>,
    /// Number of articles of these weeks.
    articles: usize,
    /// Of each of these articles, in order.
    citations: Vec<Vec<Citation>>,
    /// Between these articles.
    found: Found,
    /// Digests of all weeks that have ended of the corpus in hand.
    #[serde(skip)]
    ended: Vec<String>,
}

/// A memory whose citations and matches are in an analysis: the same bytes.
#[derive(Serialize)]
struct Written<'a> {
    keys: &'a [String],
    articles: usize,
    citations: Vec<&'a [Citation]>,
    found: (Vec<&'a Match>, &'a [TermCounts]),
}

impl Memory {
    /// Digests of the weeks, in order.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Forgets what is not of these articles, outlets and settings. O(texts).
    pub(crate) fn recall(
        &mut self,
        articles: &[Article],
        calendar: &Calendar,
        registry: &Registry,
        settings: &impl Serialize,
    ) {
        self.ended = keys(articles, calendar, registry, settings);
        let same = self.keys.iter().zip(&self.ended).take_while(|(known, ended)| known == ended);
        self.keys.truncate(same.count());
        self.articles = end(calendar, self.keys.len());
        self.citations.truncate(self.articles);
        self.found.terms.truncate(self.keys.len());
        self.found.matches.retain(|found| found.later < self.articles);
    }

    /// Number of articles of the weeks that are known.
    pub(crate) fn articles(&self) -> usize {
        self.articles
    }

    /// Takes out the citations of these articles.
    pub(crate) fn take_citations(&mut self) -> Vec<Vec<Citation>> {
        std::mem::take(&mut self.citations)
    }

    /// Takes out what was found between these articles.
    pub(crate) fn take_found(&mut self) -> Found {
        std::mem::take(&mut self.found)
    }

    /// Brings the weeks up to date; `terms` are those of all. Citations and matches are in the analysis.
    pub(crate) fn keep(&mut self, terms: Vec<TermCounts>, calendar: &Calendar) {
        self.keys = std::mem::take(&mut self.ended);
        self.articles = end(calendar, self.keys.len());
        self.found.terms = terms;
        self.found.terms.truncate(self.keys.len());
    }

    /// The memory as bytes, after the analysis that brought it up to date.
    ///
    /// # Errors
    ///
    /// None that is known of: every value has a form in bytes.
    pub fn to_bytes(&self, analysis: &Analysis) -> postcard::Result<Vec<u8>> {
        let articles = analysis.articles.get(..self.articles).unwrap_or_default();
        let matches = analysis.matches.iter().filter(|found| found.later < self.articles).collect();
        postcard::to_stdvec(&Written {
            keys: &self.keys,
            articles: self.articles,
            citations: articles.iter().map(|article| article.citations.as_slice()).collect(),
            found: (matches, &self.found.terms),
        })
    }

    /// The memory of which these are the bytes.
    ///
    /// # Errors
    ///
    /// Fails if they are of none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Memory, String> {
        let memory: Memory = postcard::from_bytes(bytes).map_err(|error| error.to_string())?;
        if memory.is_sound() { Ok(memory) } else { Err("its parts do not fit".into()) }
    }

    fn is_sound(&self) -> bool {
        let Memory { keys, articles, citations, found, .. } = self;
        let fits = |found: &Match| {
            let mut holders = found.passages.iter().filter_map(|passage| passage.holder);
            found.earlier < found.later
                && found.later < *articles
                && holders.all(|holder| holder < *articles)
        };
        keys.len() == found.terms.len()
            && citations.len() == *articles
            && found.matches.iter().all(fits)
    }
}

/// Number of articles of the first so many weeks.
fn end(calendar: &Calendar, weeks: usize) -> usize {
    weeks.checked_sub(1).and_then(|last| calendar.weeks().get(last)).map_or(0, |week| week.end)
}

/// The digest of each week that has ended, of all that decides what is found in it.
fn keys(
    articles: &[Article],
    calendar: &Calendar,
    registry: &Registry,
    settings: &impl Serialize,
) -> Vec<String> {
    let digests: Vec<[u8; 16]> = articles.par_iter().map(digest).collect();
    // Cannot fail: plain values, and no map with keys that are no text.
    let settings = serde_json::to_string(&(registry, settings)).unwrap_or_default();
    let mut all = Xxh3::new();
    let key = |week: &std::ops::Range<usize>| {
        all.update(digests.get(week.clone()).unwrap_or_default().as_flattened());
        stable_id(&["week", ENGINE_VERSION, &settings, &hex(&all.digest128().to_be_bytes())])
    };
    let ended = calendar.weeks().split_last().map_or(&[][..], |(_, ended)| ended);
    ended.iter().map(key).collect()
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
    use crate::model::{Corpus, Outlet, Relations};
    use crate::pipeline::{AnalyzeConfig, analyze};

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
    fn corpus(weeks: i64) -> Corpus {
        let pair =
            |week: i64| [article(7 * week, "alpha", week), article(7 * week + 1, "beta", week)];
        let mut beta = Outlet::unlisted("beta");
        beta.name = "Beta Post".into();
        let outlets = [Outlet::unlisted("alpha"), beta];
        Corpus {
            articles: (0..weeks).flat_map(pair).collect(),
            registry: Registry::new(outlets),
            ..Corpus::default()
        }
    }

    fn config() -> AnalyzeConfig {
        let calendar = CalendarConfig { opening_days: 7, opening_articles: 1, horizon_days: 14 };
        AnalyzeConfig { calendar, ..AnalyzeConfig::default() }
    }

    /// Number of weeks that an analysis of the corpus takes from the memory that one of four weeks left; its results
    /// are those of one without.
    #[track_caller]
    fn check(corpus: Corpus, config: &AnalyzeConfig, expected: usize) {
        let mut memory = Memory::default();
        let four = |memory: &mut Memory| {
            let analysis = analyze(self::corpus(4), &self::config(), Some(memory), &mut |_| {});
            memory.to_bytes(&analysis).unwrap()
        };
        let bytes = four(&mut memory);
        assert_eq!(memory.keys().len(), 3);
        let mut memory = Memory::from_bytes(&bytes).unwrap();
        // Nothing is lost where nothing is new.
        assert_eq!(four(&mut memory), bytes);
        let mut memory = Memory::from_bytes(&bytes).unwrap();
        let known = memory.keys().to_vec();
        let again = analyze(corpus.clone(), config, Some(&mut memory), &mut |_| {});
        assert_eq!(again, analyze(corpus, config, None, &mut |_| {}));
        let same = memory.keys().iter().zip(&known).take_while(|(now, known)| now == known);
        assert_eq!(same.count(), expected);
    }

    #[test]
    fn a_corpus_that_grows_is_known() {
        check(corpus(4), &config(), 3);
        check(corpus(5), &config(), 3);
        check(corpus(9), &config(), 3);
        check(corpus(3), &config(), 2);
    }

    #[test]
    fn what_follows_a_change_is_not_known() {
        let changed = |at: usize, change: &dyn Fn(&mut Article)| {
            let mut corpus = corpus(5);
            change(&mut corpus.articles[at]);
            corpus
        };
        check(changed(3, &|article| article.text.push('.')), &config(), 1);
        check(changed(4, &|article| article.title.push('t')), &config(), 2);
        check(changed(0, &|article| article.byline.push('b')), &config(), 0);
        check(changed(9, &|article| article.text.clear()), &config(), 3);
        let mut late = corpus(5);
        late.articles.push(article(8, "gamma", 1));
        check(late, &config(), 1);
    }

    #[test]
    fn other_settings_or_outlets_are_another_question() {
        let mut narrow = config();
        narrow.similarity.window = TimeDelta::hours(12);
        check(corpus(5), &narrow, 0);
        let mut reuse = config();
        reuse.similarity.relations = Relations::REUSE;
        check(corpus(5), &reuse, 0);
        let mut named = corpus(5);
        named.registry.outlets[0].name.push('x');
        check(named, &config(), 0);
        // What follows from the matches is made anew.
        let mut coarse = config();
        coarse.narrative.min_similarity = 0.9;
        check(corpus(5), &coarse, 3);
    }

    #[test]
    fn bytes_of_something_else_are_refused() {
        assert!(Memory::from_bytes(b"\xff\xff\xff\xff\xff").is_err());
        let mut memory = Memory::default();
        let analysis = analyze(corpus(4), &config(), Some(&mut memory), &mut |_| {});
        memory.keys.pop();
        let bytes = memory.to_bytes(&analysis).unwrap();
        assert_eq!(Memory::from_bytes(&bytes).unwrap_err(), "its parts do not fit");
    }
}
