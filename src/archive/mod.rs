//! The archive: what was fetched, byte for byte, and the articles read from it.
//!
//! One file holds everything and can be read with plain SQL (`docs/operations.md` lists the tables
//! and views). Writers hold a lock file beside it; readers need none. What one poll brought is
//! stored in one transaction, so a killed run loses at most the source it was busy with.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::model::{
    Article, CoverageGap, FeedStatus, Fetched, Known, PastDay, Period, RawItem, Skipped, Walked,
};

mod articles;
mod bodies;
mod codec;
mod error;
mod gaps;
mod items;
mod lock;
mod open;
mod polls;
mod vectors;
mod walks;

pub use error::ArchiveError;

/// An open archive. Dropping it closes the file and releases the lock.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
    /// Held for as long as the archive is open for writing; declared last, so released last.
    _lock: Option<File>,
}

/// What [`Archive::import`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Articles that were not there.
    pub new: usize,
    /// Articles that were there with other content: stored as a new version.
    pub versions: usize,
    /// Articles that were there as they are.
    pub unchanged: usize,
    /// Records whose id is that of an article of another outlet: not stored.
    pub skipped: Vec<Skipped>,
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
    /// lock: [`ArchiveError::Locked`] if another run has it. The folder must exist.
    pub fn open(path: &Path) -> Result<Archive, ArchiveError> {
        Archive::open_waiting(path, Duration::ZERO)
    }

    /// Does the same, but waits up to `patience` for another run to release the lock.
    pub fn open_waiting(path: &Path, patience: Duration) -> Result<Archive, ArchiveError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|source| ArchiveError::Io { path: folder.to_owned(), source })?;
        }
        let lock = lock::take(path, patience)?;
        let connection = open::for_writing(path)?;
        Ok(Archive { connection, path: path.to_owned(), _lock: Some(lock) })
    }

    /// Opens an existing archive for reading only; needs no lock.
    pub fn open_read_only(path: &Path) -> Result<Archive, ArchiveError> {
        let connection = open::for_reading(path)?;
        Ok(Archive { connection, path: path.to_owned(), _lock: None })
    }

    /// Returns what is known to the archive, so that the next poll asks for no more than is new.
    pub fn known(&self) -> Result<Known, ArchiveError> {
        polls::known(&self.connection).map_err(|e| open::sql(&self.path, e))
    }

    /// Stores what one poll of one source brought, all or nothing. A source that was not due leaves
    /// no trace.
    pub fn store(&mut self, fetched: &Fetched) -> Result<(), ArchiveError> {
        polls::store(&mut self.connection, fetched).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns at most `limit` items whose newest version was not yet read by this version of the
    /// extractor, sorted by outlet and key, each with its stored page. Ask again after
    /// [`Archive::save_articles`] until none is left: all pages at once would not fit in memory.
    pub fn pending(&self, extractor: &str, limit: usize) -> Result<Vec<RawItem>, ArchiveError> {
        items::pending(&self.connection, extractor, limit).map_err(|e| open::sql(&self.path, e))
    }

    /// Stores the articles that were read from `items` (of [`Archive::pending`]) and marks these
    /// items as read by this version of the extractor, whether or not they gave an article.
    pub fn save_articles(
        &mut self,
        items: &[RawItem],
        articles: &[Article],
        extractor: &str,
    ) -> Result<(), ArchiveError> {
        let origin = articles::Origin { name: "fetch", extractor };
        let mut save = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction()?;
            for article in articles {
                articles::put(&transaction, article, &origin)?;
            }
            items::mark_read(&transaction, items, extractor)?;
            transaction.commit()
        };
        save().map_err(|e| open::sql(&self.path, e))
    }

    /// Returns the newest version of each article with `since <= at < until` ([`Article::at`]),
    /// sorted by time and id. Its `first_seen` is that of the article, not of the version.
    pub fn articles(
        &self,
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    ) -> Result<Vec<Article>, ArchiveError> {
        articles::between(&self.connection, since, until).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns all versions of an article, the first one first, each with its own `first_seen`;
    /// empty if there is none.
    pub fn versions(&self, article: &str) -> Result<Vec<Article>, ArchiveError> {
        articles::versions(&self.connection, article).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns the last poll of each source, sorted by outlet, edition and address.
    pub fn feeds(&self) -> Result<Vec<FeedStatus>, ArchiveError> {
        polls::last(&self.connection).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns the UTC days that `since..until` touches and on which an outlet was asked but not
    /// heard, sorted by outlet and day. What counts as heard is said in `docs/operations.md`, "Gaps".
    pub fn gaps(
        &self,
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    ) -> Result<Vec<CoverageGap>, ArchiveError> {
        let polls = polls::history(&self.connection).map_err(|e| open::sql(&self.path, e))?;
        let past = self.past_days()?;
        Ok(gaps::gaps(&polls, &past, since, until))
    }

    /// Returns the documents that were read for exactly this period of the past, sorted by source and address.
    pub fn walks(&self, period: Period) -> Result<Vec<Walked>, ArchiveError> {
        walks::of_period(&self.connection, period).map_err(|e| open::sql(&self.path, e))
    }

    /// Stores what one document of the past brought, in place of what it brought for the period before.
    pub fn store_walk(&mut self, period: Period, walked: &Walked) -> Result<(), ArchiveError> {
        walks::store(&mut self.connection, period, walked).map_err(|e| open::sql(&self.path, e))
    }

    /// Stores an article that a walk through the past has found; `wanted` says that its page is still to come.
    pub fn store_past_item(&mut self, item: &RawItem, wanted: bool) -> Result<(), ArchiveError> {
        walks::store_item(&mut self.connection, item, wanted).map_err(|e| open::sql(&self.path, e))
    }

    /// Stores what is known of days of the past. A day that was walked from end to end once stays so.
    pub fn store_past_days(&mut self, days: &[PastDay]) -> Result<(), ArchiveError> {
        walks::store_days(&mut self.connection, days).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns what walks through the past say of days, sorted by outlet and day.
    pub fn past_days(&self) -> Result<Vec<PastDay>, ArchiveError> {
        walks::days(&self.connection).map_err(|e| open::sql(&self.path, e))
    }

    /// Adds records that were not fetched; a record whose id is there with other content becomes a
    /// new version of that article, unless it is of another outlet. `origin` names the file they came from. All
    /// are stored in one step.
    pub fn import(
        &mut self,
        records: &[Article],
        origin: &str,
        now: DateTime<Utc>,
    ) -> Result<Imported, ArchiveError> {
        let mut add = || -> rusqlite::Result<Imported> {
            let transaction = self.connection.transaction()?;
            let mut done = Imported::default();
            for record in records {
                let source = articles::Origin { name: origin, extractor: "" };
                match articles::put(&transaction, record, &source)? {
                    articles::Change::New => done.new += 1,
                    articles::Change::Version => done.versions += 1,
                    articles::Change::None => done.unchanged += 1,
                    articles::Change::Taken(outlet) => done.skipped.push(Skipped {
                        what: record.id.clone(),
                        reason: format!(
                            "an article of {outlet} has this id; give the record of {} another one",
                            record.outlet
                        ),
                    }),
                }
            }
            transaction.execute(
                "INSERT INTO imports (origin, at, new, versions, unchanged)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                rusqlite::params![
                    origin,
                    codec::time(now),
                    codec::count(done.new),
                    codec::count(done.versions),
                    codec::count(done.unchanged)
                ],
            )?;
            transaction.commit()?;
            Ok(done)
        };
        add().map_err(|e| open::sql(&self.path, e))
    }

    /// Returns a stored body by the SHA-256 of its bytes (hex), if it is there.
    pub fn body(&self, sha256: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        bodies::get(&self.connection, sha256).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns the vectors that a model gave for each of these openings (hashes of sentences), as far as they are there.
    pub fn vectors(
        &self,
        model: &str,
        openings: &[String],
    ) -> Result<Vec<Option<Vec<u8>>>, ArchiveError> {
        vectors::get(&self.connection, model, openings).map_err(|e| open::sql(&self.path, e))
    }

    /// Stores vectors that a model gave, by opening; what is there stays as it is.
    pub fn save_vectors<'v>(
        &mut self,
        model: &str,
        found: impl Iterator<Item = (&'v str, &'v [u8])>,
    ) -> Result<(), ArchiveError> {
        vectors::put(&mut self.connection, model, found).map_err(|e| open::sql(&self.path, e))
    }

    /// Returns how much is in the archive.
    pub fn stats(&self) -> Result<Stats, ArchiveError> {
        let number = |sql: &str| -> Result<u64, ArchiveError> {
            let n: i64 = self
                .connection
                .query_row(sql, [], |row| row.get(0))
                .map_err(|e| open::sql(&self.path, e))?;
            Ok(u64::try_from(n).unwrap_or(0))
        };
        Ok(Stats {
            articles: number("SELECT count(*) FROM articles WHERE newest = 1")?,
            versions: number("SELECT count(*) FROM articles")?,
            items: number("SELECT count(*) FROM items")?,
            bodies: number("SELECT count(*) FROM bodies")?,
            polls: number("SELECT count(*) FROM polls")?,
            bytes: number(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            )?,
        })
    }
}
