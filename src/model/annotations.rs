//! What a look at the whole corpus says of its articles: whom they cite, and which of their text recurs.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::words::word_enum;
use super::{ClockSuspicion, Credit};

word_enum! {
    /// How an article names another outlet as its source.
    pub enum CitationKind {
        /// "Source: Xinhua", "© Sputnik", "(TASS)" at the end.
        Credit = "credit",
        /// The byline names it.
        Byline = "byline",
        /// "MOSCOW, May 5. /TASS/", "BEIJING, May 5 (Xinhua)".
        Dateline = "dateline",
        /// "RIA Novosti reported", "told Sputnik", "according to the Global Times".
        Text = "text",
        /// Named, but not as a source ("the EU banned RT"): kept apart, never evidence.
        Mention = "mention",
    }
}

impl CitationKind {
    /// Whether it says where the article's text is from, rather than one statement in it.
    pub fn is_credit(self) -> bool {
        matches!(self, CitationKind::Credit | CitationKind::Byline | CitationKind::Dateline)
    }
}

/// One place where an article names another outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Id of the outlet that is named; never the article's own outlet.
    pub outlet: String,
    /// In which way.
    pub kind: CitationKind,
    /// Where in the article's text; empty (`0..0`) for a byline.
    pub span: Range<usize>,
    /// The words that were matched, with a little context.
    pub text: String,
}

/// Whom one article names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Naming {
    /// Outlets of the registry, in order of their place.
    pub citations: Vec<Citation>,
    /// Sources that it credits, beyond the citations.
    pub credits: Vec<Credit>,
}

/// Notes about the articles of a corpus, by their place in it. They stand beside the articles, which nobody changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Annotations {
    /// Per article: the other outlets that it names, in order of their place. Empty if nobody looked.
    pub citations: Vec<Vec<Citation>>,
    /// Per article: the sources that it credits, beyond the citations. Empty if nobody looked.
    pub credits: Vec<Vec<Credit>>,
    /// Per article: the stretches of its text, in bytes, sorted and apart, that recur in articles of one outlet: footers,
    /// mastheads, calls. Empty if nobody looked.
    pub boilerplate: Vec<Vec<Range<usize>>>,
    /// Outlets whose stated times may be off by a zone, sorted.
    pub clocks: Vec<ClockSuspicion>,
}

impl Annotations {
    /// The citations of an article.
    pub fn citations(&self, article: usize) -> &[Citation] {
        self.citations.get(article).map_or(&[], Vec::as_slice)
    }

    /// The credits of an article.
    pub fn credits(&self, article: usize) -> &[Credit] {
        self.credits.get(article).map_or(&[], Vec::as_slice)
    }

    /// The recurring stretches of an article's text.
    pub fn boilerplate(&self, article: usize) -> &[Range<usize>] {
        self.boilerplate.get(article).map_or(&[], Vec::as_slice)
    }
}
