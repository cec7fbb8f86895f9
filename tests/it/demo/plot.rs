//! `fixtures/demo/plot.toml`: what is planted; the comments there say what each kind of item means.

use serde::Deserialize;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plot {
    pub(super) reuse: Vec<Reuse>,
    pub(super) across: Vec<Across>,
    pub(super) apart: Vec<Apart>,
    pub(super) chain: Vec<Chain>,
    pub(super) mutual: Vec<Mutual>,
    pub(super) common_source: Vec<CommonSource>,
    pub(super) outside_source: Vec<OutsideSource>,
    pub(super) quotation: Vec<Quotation>,
    pub(super) undirected: Vec<Undirected>,
    pub(super) boilerplate: Vec<Boilerplate>,
    pub(super) event: Vec<Event>,
    pub(super) time: Vec<Time>,
    pub(super) edited: Vec<Edited>,
    pub(super) feed: Vec<Feed>,
    pub(super) excerpt: Vec<Excerpt>,
    pub(super) background: Background,
    pub(super) watched: Vec<Watched>,
    pub(super) spread: Vec<Spread>,
    pub(super) agreement: Vec<Agreement>,
    pub(super) language: Vec<Language>,
}

#[derive(Deserialize)]
pub(super) struct Reuse {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) grade: String,
    pub(super) relations: Vec<String>,
    #[serde(default)]
    pub(super) moved: bool,
    /// The shared words are quotations, and the citation stands in their sentences.
    #[serde(default)]
    pub(super) quoted: bool,
}

#[derive(Deserialize)]
pub(super) struct Across {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) grade: String,
    pub(super) anchors: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Apart {
    pub(super) id: String,
    pub(super) article: String,
    pub(super) names: Vec<String>,
    pub(super) others: String,
}

#[derive(Deserialize)]
pub(super) struct Chain {
    pub(super) articles: Vec<String>,
    pub(super) weakest: String,
    pub(super) states: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Mutual {
    pub(super) outlets: [String; 2],
    pub(super) there: usize,
    pub(super) back: usize,
}

#[derive(Deserialize)]
pub(super) struct CommonSource {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) carriers: [String; 2],
    pub(super) relations: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct OutsideSource {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) carriers: [String; 2],
    pub(super) relations: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Quotation {
    pub(super) id: String,
    pub(super) articles: [String; 2],
    pub(super) speech: String,
}

#[derive(Deserialize)]
pub(super) struct Undirected {
    pub(super) id: String,
    pub(super) articles: [String; 2],
    pub(super) dated_to_the_day: String,
    pub(super) relations: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Boilerplate {
    pub(super) articles: Vec<String>,
    pub(super) text: String,
}

#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) articles: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Time {
    pub(super) article: String,
    pub(super) published: String,
}

#[derive(Deserialize)]
pub(super) struct Edited {
    pub(super) article: String,
    pub(super) title: String,
    pub(super) first_title: String,
}

#[derive(Deserialize)]
pub(super) struct Feed {
    pub(super) url: String,
    pub(super) status: String,
}

#[derive(Deserialize)]
pub(super) struct Excerpt {
    pub(super) article: String,
    pub(super) most_words: usize,
}

#[derive(Deserialize)]
pub(super) struct Watched {
    pub(super) article: String,
    pub(super) tags: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Spread {
    pub(super) narrative: String,
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(Deserialize)]
pub(super) struct Agreement {
    pub(super) outlets: [String; 2],
    pub(super) since: String,
}

#[derive(Deserialize)]
pub(super) struct Language {
    pub(super) code: String,
    pub(super) controls: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Background {
    pub(super) articles: Vec<String>,
}
