//! What this stage returns of one page.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::claim::Claim;
use super::flag::Flag;
use crate::model::{Link, Published};

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ExtractConfig {
    /// The present, as far as publication times are concerned: a time more than a day later is not
    /// believed. An item's own `first_seen` goes before it; `None` believes every time.
    pub now: Option<DateTime<Utc>>,
}

/// A value and what gave it: a selector, `og:title`, `feed`; both empty if nothing did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Field {
    /// The value.
    pub value: String,
    /// What gave it.
    pub origin: String,
}

/// One way of reading the body, for those who mend an outlet's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyReading {
    /// What found it.
    pub origin: String,
    /// Paragraphs found.
    pub paragraphs: usize,
    /// Characters found.
    pub characters: usize,
    /// The text found, paragraphs joined with `\n`.
    pub text: String,
}

/// All that could be read from a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Page {
    /// Id of the outlet whose host it is; empty if unknown.
    pub outlet: String,
    /// Id of the edition; empty if unknown.
    pub edition: String,
    /// Canonical address.
    pub url: Field,
    /// Headline without the site's name.
    pub title: Field,
    /// Paragraphs joined with `\n`.
    pub text: Field,
    /// Author or agency.
    pub byline: Field,
    /// ISO 639-1 code.
    pub language: Field,
    /// How far the text supports it, in percent; see [`crate::model::Article::language_confidence`].
    pub language_confidence: u8,
    /// The publication time that was decided for.
    pub published: Option<Published>,
    /// The place where it stood.
    pub published_origin: String,
    /// All times that were stated, in the order of the ladder.
    pub claims: Vec<Claim>,
    /// Links of the body, and the address of the original if the page names one elsewhere.
    pub links: Vec<Link>,
    /// Encoding and what told it.
    pub charset: String,
    /// All bodies that were found, in the order of the ladder.
    pub bodies: Vec<BodyReading>,
    /// What the reader should know, in the order in which it was noticed.
    pub flags: Vec<Flag>,
}
