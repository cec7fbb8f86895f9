//! The only SQLite: what was fetched, byte for byte, and the articles read from it.
//!
//! One file holds everything and can be read with plain SQL (`docs/operations.md` lists the tables
//! and views). Writers hold a lock file beside it; readers need none. What one poll brought is
//! stored in one transaction, so a killed run loses at most the source it was busy with.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::model::{Article, CoverageGap, FeedStatus, Fetched, Known, RawItem};

mod error;

pub use error::ArchiveError;

/// An open archive.
#[derive(Debug)]
pub struct Archive {}

/// What [`Archive::import`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Articles that were not there.
    pub new: usize,
    /// Articles that were there with other content: stored as a new version.
    pub versions: usize,
    /// Articles that were there as they are.
    pub unchanged: usize,
}

/// Sizes of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Articles (newest versions).
    pub articles: u64,
    /// Versions of articles, the newest included.
    pub versions: u64,
    /// Items announced by sources.
    pub items: u64,
    /// Distinct bodies.
    pub bodies: u64,
    /// Polls on record.
    pub polls: u64,
    /// Bytes of the database file.
    pub bytes: u64,
}

impl Archive {
    /// Opens the archive at `path` for writing, creates or migrates it as needed, and takes the
    /// lock: [`ArchiveError::Locked`] if another run has it.
    pub fn open(path: &Path) -> Result<Archive, ArchiveError> {
        let _ = path;
        Ok(Archive {})
    }

    /// Opens an existing archive for reading only; needs no lock.
    pub fn open_read_only(path: &Path) -> Result<Archive, ArchiveError> {
        let _ = path;
        Ok(Archive {})
    }

    /// Returns what is known to the archive, so that the next poll asks for no more than is new.
    pub fn known(&self) -> Result<Known, ArchiveError> {
        Ok(Known::default())
    }

    /// Stores what one poll of one source brought, all or nothing.
    pub fn store(&mut self, fetched: &Fetched) -> Result<(), ArchiveError> {
        let _ = fetched;
        Ok(())
    }

    /// Returns the items whose newest version was not yet read by this version of the extractor,
    /// sorted by outlet and key, each with its stored page.
    pub fn pending(&self, extractor: &str) -> Result<Vec<RawItem>, ArchiveError> {
        let _ = extractor;
        Ok(Vec::new())
    }

    /// Stores the articles that were read from `items` (of [`Archive::pending`]) and marks these
    /// items as read by this version of the extractor, whether or not they gave an article.
    pub fn save_articles(
        &mut self,
        items: &[RawItem],
        articles: &[Article],
        extractor: &str,
    ) -> Result<(), ArchiveError> {
        let _ = (items, articles, extractor);
        Ok(())
    }

    /// Returns the newest version of each article with `since <= at < until` ([`Article::at`]),
    /// sorted by time and id.
    pub fn articles(
        &self,
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    ) -> Result<Vec<Article>, ArchiveError> {
        let _ = (since, until);
        Ok(Vec::new())
    }

    /// Returns all versions of an article, the first one first; empty if there is none.
    pub fn versions(&self, article: &str) -> Result<Vec<Article>, ArchiveError> {
        let _ = article;
        Ok(Vec::new())
    }

    /// Returns the last poll of each source, sorted by outlet, edition and address.
    pub fn feeds(&self) -> Result<Vec<FeedStatus>, ArchiveError> {
        Ok(Vec::new())
    }

    /// Returns the UTC days in `since..until` on which an outlet was asked but not heard.
    pub fn gaps(
        &self,
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    ) -> Result<Vec<CoverageGap>, ArchiveError> {
        let _ = (since, until);
        Ok(Vec::new())
    }

    /// Adds records that were not fetched; a record whose id is there with other content becomes a
    /// new version of that article. `origin` names the file they came from.
    pub fn import(
        &mut self,
        articles: &[Article],
        origin: &str,
        now: DateTime<Utc>,
    ) -> Result<Imported, ArchiveError> {
        let _ = (articles, origin, now);
        Ok(Imported::default())
    }

    /// Returns a stored body by the SHA-256 of its bytes (hex), if it is there.
    pub fn body(&self, sha256: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let _ = sha256;
        Ok(None)
    }

    /// Returns how much is in the archive.
    pub fn stats(&self) -> Result<Stats, ArchiveError> {
        Ok(Stats::default())
    }
}
