//! `fixtures/demo/plot.toml`: what is planted; the comments there say what each kind of item means.

use serde::Deserialize;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plot {
    pub reuse: Vec<Reuse>,
    pub across: Vec<Across>,
    pub apart: Vec<Apart>,
    pub chain: Vec<Chain>,
    pub mutual: Vec<Mutual>,
    pub common_source: Vec<CommonSource>,
    pub outside_source: Vec<OutsideSource>,
    pub quotation: Vec<Quotation>,
    pub undirected: Vec<Undirected>,
    pub boilerplate: Vec<Boilerplate>,
    pub event: Vec<Event>,
    pub time: Vec<Time>,
    pub edited: Vec<Edited>,
    pub feed: Vec<Feed>,
    pub excerpt: Vec<Excerpt>,
    pub background: Background,
    pub watched: Vec<Watched>,
    pub spread: Vec<Spread>,
    pub agreement: Vec<Agreement>,
    pub language: Vec<Language>,
}

#[derive(Deserialize)]
pub struct Reuse {
    pub id: String,
    pub from: String,
    pub to: String,
    pub grade: String,
    pub relations: Vec<String>,
    #[serde(default)]
    pub moved: bool,
    /// The shared words are quotations, and the citation stands in their sentences.
    #[serde(default)]
    pub quoted: bool,
}

#[derive(Deserialize)]
pub struct Across {
    pub id: String,
    pub from: String,
    pub to: String,
    pub grade: String,
    pub anchors: Vec<String>,
}

#[derive(Deserialize)]
pub struct Apart {
    pub id: String,
    pub article: String,
    pub names: Vec<String>,
    pub others: String,
}

#[derive(Deserialize)]
pub struct Chain {
    pub articles: Vec<String>,
    pub weakest: String,
    pub states: Vec<String>,
}

#[derive(Deserialize)]
pub struct Mutual {
    pub outlets: [String; 2],
    pub there: usize,
    pub back: usize,
}

#[derive(Deserialize)]
pub struct CommonSource {
    pub id: String,
    pub source: String,
    pub carriers: [String; 2],
    pub relations: Vec<String>,
}

#[derive(Deserialize)]
pub struct OutsideSource {
    pub id: String,
    pub source: String,
    pub carriers: [String; 2],
    pub relations: Vec<String>,
}

#[derive(Deserialize)]
pub struct Quotation {
    pub id: String,
    pub articles: [String; 2],
    pub speech: String,
}

#[derive(Deserialize)]
pub struct Undirected {
    pub id: String,
    pub articles: [String; 2],
    pub dated_to_the_day: String,
    pub relations: Vec<String>,
}

#[derive(Deserialize)]
pub struct Boilerplate {
    pub articles: Vec<String>,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Event {
    pub id: String,
    pub articles: Vec<String>,
}

#[derive(Deserialize)]
pub struct Time {
    pub article: String,
    pub published: String,
}

#[derive(Deserialize)]
pub struct Edited {
    pub article: String,
    pub title: String,
    pub first_title: String,
}

#[derive(Deserialize)]
pub struct Feed {
    pub url: String,
    pub status: String,
}

#[derive(Deserialize)]
pub struct Excerpt {
    pub article: String,
    pub most_words: usize,
}

#[derive(Deserialize)]
pub struct Watched {
    pub article: String,
    pub tags: Vec<String>,
}

#[derive(Deserialize)]
pub struct Spread {
    pub narrative: String,
    pub from: String,
    pub to: String,
}

#[derive(Deserialize)]
pub struct Agreement {
    pub outlets: [String; 2],
    pub since: String,
}

#[derive(Deserialize)]
pub struct Language {
    pub code: String,
    pub controls: Vec<String>,
}

#[derive(Deserialize)]
pub struct Background {
    pub articles: Vec<String>,
}
