//! The sentences of an article that stand for it before texts of other languages, and their vectors.

use std::ops::Range;

use chrono::TimeDelta;

use super::Corpus;
use crate::model::Article;
use crate::text::languages::base_language;
use crate::text::sentences;

/// Sentences of a text that are compared besides the headline: news says what happened first.
const SENTENCES: usize = 8;
/// Bytes of a sentence that are read, some 60 words: what follows changes its meaning little.
const LONGEST: usize = 400;
/// Bytes below which a sentence says nothing by itself ("Photo: agency").
const SHORTEST: usize = 20;

/// A sentence with its vector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the text; `None` for the headline.
    pub span: Option<Range<usize>>,
    /// Its direction in the space of the model, seen from the mean of all news; the length means nothing.
    pub vector: Box<[i8]>,
}

/// Vectors of the sentences of a corpus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vectors {
    /// Id of the model.
    pub model: String,
    /// Per article, in the order of the corpus; empty where there is nothing to compare with.
    pub of: Vec<Vec<Sentence>>,
}

/// The places of the sentences that stand for an article: the headline (`None`), and the first ones of its text.
pub fn opening(article: &Article) -> Vec<Option<Range<usize>>> {
    let title = article.title.trim();
    let headline = (title.len() >= SHORTEST).then_some(None);
    let body = sentences(&article.text).filter(|span| span.len() >= SHORTEST);
    // Many texts begin with their headline.
    let repeats = |span: &Range<usize>| article.text.get(span.clone()) == Some(title);
    let body = body.filter(|span| !repeats(span)).take(SENTENCES).map(Some);
    headline.into_iter().chain(body).collect()
}

/// The text at such a place, as far as it is read.
pub fn sentence_at<'a>(article: &'a Article, place: Option<&Range<usize>>) -> &'a str {
    let text = place.map_or(Some(article.title.trim()), |span| article.text.get(span.clone()));
    let text = text.unwrap_or_default();
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

/// Whether each article has one in another of these languages, of whatever outlet, that is no further away than so long.
/// O(articles × languages).
pub fn comparable(corpus: &Corpus, languages: &[&str], window: TimeDelta) -> Vec<bool> {
    let base = |article: &Article| {
        let tag = base_language(&article.language);
        languages.iter().position(|language| *language == tag)
    };
    let of: Vec<Option<usize>> = corpus.articles().iter().map(base).collect();
    let times: Vec<Vec<i64>> = (0..languages.len())
        .map(|language| {
            let here = corpus.times().iter().zip(&of);
            here.filter(|(_, of)| **of == Some(language)).map(|(time, _)| *time).collect()
        })
        .collect();
    let near = |time: i64, others: &Vec<i64>| {
        let since = others.partition_point(|other| *other < time - window.num_seconds());
        others.get(since).is_some_and(|other| *other <= time + window.num_seconds())
    };
    let is_comparable = |(own, time): (&Option<usize>, &i64)| {
        own.is_some_and(|own| {
            times.iter().enumerate().any(|(other, times)| other != own && near(*time, times))
        })
    };
    of.iter().zip(corpus.times()).map(is_comparable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Registry;
    use crate::testing;

    #[test]
    fn an_article_opens_with_its_headline_and_first_sentences() {
        let long = "Word ".repeat(200);
        let article = Article {
            title: "Ferry blaze spreads across the strait".into(),
            text: format!(
                "Ferry blaze spreads across the strait\nPhoto: Alpha.\nThe fire began at noon on Monday. {long}"
            ),
            ..Article::default()
        };
        let places = opening(&article);
        assert_eq!(places.len(), 3);
        assert_eq!(sentence_at(&article, places[0].as_ref()), article.title);
        assert_eq!(sentence_at(&article, places[1].as_ref()), "The fire began at noon on Monday.");
        assert!(sentence_at(&article, places[2].as_ref()).len() <= LONGEST);
        let many =
            Article { text: "A sentence that is long enough.\n".repeat(30), ..Article::default() };
        assert_eq!(opening(&many).len(), SENTENCES);
    }

    #[test]
    fn only_what_has_a_counterpart_is_comparable() {
        let article = |id: &str, language: &str, hour: i64| Article {
            language: language.into(),
            ..testing::article(id, "alpha", testing::hours(hour))
        };
        let articles = vec![
            article("a", "en", 0),
            article("b", "ru-RU", 10),
            article("c", "xx", 11),
            article("d", "en", 500),
            article("e", "en", 501),
        ];
        let corpus = Corpus::new(articles, Registry::default());
        let found = comparable(&corpus, &["en", "ru"], TimeDelta::days(3));
        assert_eq!(found, [true, true, false, false, false]);
    }
}
