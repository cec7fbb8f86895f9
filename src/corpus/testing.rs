//! Articles with notes beside them, for tests of the stages.

use std::ops::{Deref, DerefMut, Range};

use super::{Corpus, RawCorpus};
use crate::model::{Annotations, Article, Citation, CoverageGap, Credit, Registry};

/// An article with what is noted about it; otherwise used like the article itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Annotated {
    pub(crate) article: Article,
    pub(crate) citations: Vec<Citation>,
    pub(crate) credits: Vec<Credit>,
    pub(crate) boilerplate: Vec<Range<usize>>,
}

impl From<Article> for Annotated {
    fn from(article: Article) -> Annotated {
        Annotated { article, ..Annotated::default() }
    }
}

impl Deref for Annotated {
    type Target = Article;

    fn deref(&self) -> &Article {
        &self.article
    }
}

impl DerefMut for Annotated {
    fn deref_mut(&mut self) -> &mut Article {
        &mut self.article
    }
}

/// The corpus of these articles, in the order in which they are given, and the notes about them.
pub(crate) fn annotated(articles: &[Annotated], registry: Registry) -> (Corpus, Annotations) {
    let raw = RawCorpus {
        articles: articles.iter().map(|annotated| annotated.article.clone()).collect(),
        registry,
        ..RawCorpus::default()
    };
    let annotations = Annotations {
        citations: articles.iter().map(|annotated| annotated.citations.clone()).collect(),
        credits: articles.iter().map(|annotated| annotated.credits.clone()).collect(),
        boilerplate: articles.iter().map(|annotated| annotated.boilerplate.clone()).collect(),
        ..Annotations::default()
    };
    (Corpus::of_ordered(raw), annotations)
}

/// The corpus of these articles, in the order in which they are given.
pub(crate) fn ordered(articles: &[Article], registry: Registry) -> Corpus {
    let articles = articles.to_vec();
    Corpus::of_ordered(RawCorpus { articles, registry, ..RawCorpus::default() })
}

/// The corpus of these articles, in the order in which they are given, with days on which an outlet was not heard.
pub(crate) fn with_gaps(articles: &[Article], gaps: &[CoverageGap]) -> Corpus {
    let (articles, gaps) = (articles.to_vec(), gaps.to_vec());
    Corpus::of_ordered(RawCorpus { articles, gaps, ..RawCorpus::default() })
}
