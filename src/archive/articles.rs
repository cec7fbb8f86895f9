//! Articles and their versions: every field in a plain column.
//!
//! An article is a new version of a known one if its title, text or byline differ, or if it claims an earlier time. What
//! another version of the extractor reads from the same bytes replaces what the old one read.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::codec::{get_json, get_name, get_time, json, time, unreadable};
use crate::model::{Article, Published};

/// How an article came in.
pub(super) struct Origin<'a> {
    /// `fetch`, or the name of an imported file.
    pub(super) name: &'a str,
    /// Version of the extractor that read it; empty for a record.
    pub(super) extractor: &'a str,
}

/// What storing an article did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// It was not there.
    New,
    /// It was there with other content.
    Version,
    /// It was there; re-reading may have replaced its newest version.
    None,
    /// Another outlet, this one, has an article of the same id, which stays.
    Taken(String),
}

/// The newest version of an article as far as a decision needs it.
struct Newest {
    version: u32,
    raw_version: u32,
    extractor: String,
    article: Article,
}

/// Stores one article.
pub(super) fn put(
    transaction: &Transaction<'_>,
    article: &Article,
    origin: &Origin<'_>,
) -> rusqlite::Result<Change> {
    let raw_version = if origin.extractor.is_empty() { 0 } else { article.version };
    let Some(newest) = newest(transaction, &article.id)? else {
        write(transaction, article, 1, raw_version, origin)?;
        settle(transaction, &article.id)?;
        return Ok(Change::New);
    };
    if newest.article.outlet != article.outlet {
        return Ok(Change::Taken(newest.article.outlet));
    }
    let reread = !origin.extractor.is_empty()
        && newest.extractor != origin.extractor
        && newest.raw_version == raw_version;
    if reread {
        let seen = article.first_seen.or(newest.article.first_seen);
        let article = Article { first_seen: seen, ..article.clone() };
        write(transaction, &article, newest.version, raw_version, origin)?;
        settle(transaction, &article.id)?;
        return Ok(Change::None);
    }
    // A record states its time itself; a feed moves it with each edit.
    let kept = if raw_version == 0 { None } else { earliest(&newest.article, article) };
    let article = &Article { published: kept.or(article.published.clone()), ..article.clone() };
    if same(&newest.article, article) {
        return Ok(Change::None);
    }
    write(transaction, article, newest.version + 1, raw_version, origin)?;
    settle(transaction, &article.id)?;
    Ok(Change::Version)
}

fn earliest(a: &Article, b: &Article) -> Option<Published> {
    let claims: Vec<&Published> = [a, b].iter().filter_map(|a| a.published.as_ref()).collect();
    Published::earliest(&claims).cloned()
}

fn same(a: &Article, b: &Article) -> bool {
    (&a.title, &a.text, &a.byline) == (&b.title, &b.text, &b.byline)
        && a.published.as_ref().map(|p| (p.utc, p.precision))
            == b.published.as_ref().map(|p| (p.utc, p.precision))
}

fn newest(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Newest>> {
    transaction
        .prepare_cached(&format!("{SELECT_STORED} {NEWEST_OF_ONE}"))?
        .query_row(params![id], |row| {
            Ok(Newest {
                version: row.get("version")?,
                raw_version: row.get("raw_version")?,
                extractor: row.get("extractor")?,
                article: read(row)?,
            })
        })
        .optional()
}

fn write(
    transaction: &Transaction<'_>,
    a: &Article,
    version: u32,
    raw_version: u32,
    origin: &Origin<'_>,
) -> rusqlite::Result<()> {
    let published = a.published.as_ref();
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO articles
               (article, version, newest, outlet, edition, language, url, title, text, byline,
                published, published_raw, published_date, published_precision, published_source,
                first_seen, at_ms, links, flags, raw_sha256, text_sha256, raw_version,
                extractor, origin, language_confidence)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21, ?22, ?23, ?24)",
        )?
        .execute(params![
            a.id,
            version,
            a.outlet,
            a.edition,
            a.language,
            a.url,
            a.title,
            a.text,
            a.byline,
            published.map(|p| time(p.utc)),
            published.map(|p| &p.raw),
            published.map(|p| p.local_date.to_string()),
            published.map(|p| p.precision.as_str()),
            published.map(|p| p.source.as_str()),
            a.first_seen.map(time),
            a.at().timestamp_millis(),
            json(&a.links),
            json(&a.flags),
            a.raw_sha256,
            a.text_sha256,
            raw_version,
            origin.extractor,
            origin.name,
            a.language_confidence,
        ])?;
    Ok(())
}

/// After a change to an article: marks its newest version and dates it by the first sighting of any.
fn settle(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "UPDATE articles SET newest =
               (version = (SELECT max(version) FROM articles WHERE article = ?1))
             WHERE article = ?1",
        )?
        .execute(params![id])?;
    let newest: Option<(u32, Article)> = transaction
        .prepare_cached(&format!("{SELECT_SEEN} {NEWEST_OF_ONE}"))?
        .query_row(params![id], |row| Ok((row.get("version")?, read(row)?)))
        .optional()?;
    let Some((version, article)) = newest else { return Ok(()) };
    transaction
        .prepare_cached("UPDATE articles SET at_ms = ?3 WHERE article = ?1 AND version = ?2")?
        .execute(params![id, version, article.at().timestamp_millis()])?;
    Ok(())
}

/// Articles as they are stored; a condition follows.
const SELECT_STORED: &str = "SELECT * FROM articles WHERE";
/// Articles with the first sighting of any version as `first_seen`; a condition that the newest versions meet
/// follows. A newest version that is the first is the only one: its row is not read a second time, text and all.
const SELECT_SEEN: &str = "
    SELECT article, version, outlet, edition, language, language_confidence, url, title, text, byline, published,
           published_raw, published_date, published_precision, published_source,
           iif(version = 1, first_seen,
               (SELECT min(first_seen) FROM articles o WHERE o.article = a.article)) AS first_seen,
           links, flags, raw_sha256, text_sha256
    FROM articles a WHERE";
/// The newest version of one article. The plus keeps the planner from going through all newest versions by
/// their index, of which one in many is meant.
const NEWEST_OF_ONE: &str = "article = ?1 AND +newest = 1";

/// Reads the newest versions with `since <= at < until`.
pub(super) fn between(
    connection: &Connection,
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> rusqlite::Result<Vec<Article>> {
    // Times are stored to the millisecond, which would round a bound between two of them away.
    let first = since.map_or(i64::MIN, |t| t.timestamp_millis());
    let last = until.map_or(i64::MAX, |t| t.timestamp_millis());
    let sql =
        format!("{SELECT_SEEN} newest = 1 AND at_ms BETWEEN ?1 AND ?2 ORDER BY at_ms, article");
    let mut articles = connection
        .prepare_cached(&sql)?
        .query_map(params![first, last], read)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    articles.retain(|article| {
        since.is_none_or(|since| since <= article.at())
            && until.is_none_or(|until| article.at() < until)
    });
    articles.sort_by(|a, b| (a.at(), &a.id).cmp(&(b.at(), &b.id)));
    Ok(articles)
}

/// Reads all versions of one article, each with its own first sighting.
pub(super) fn versions(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Article>> {
    connection
        .prepare_cached("SELECT * FROM articles WHERE article = ?1 ORDER BY version")?
        .query_map(params![id], read)?
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article {
        id: row.get("article")?,
        outlet: row.get("outlet")?,
        edition: row.get("edition")?,
        language: row.get("language")?,
        language_confidence: row.get("language_confidence")?,
        url: row.get("url")?,
        title: row.get("title")?,
        text: row.get("text")?,
        byline: row.get("byline")?,
        published: published(row)?,
        first_seen: get_time(row, "first_seen")?,
        links: get_json(row, "links")?,
        raw_sha256: row.get("raw_sha256")?,
        text_sha256: row.get("text_sha256")?,
        version: row.get("version")?,
        flags: get_json(row, "flags")?,
    })
}

fn published(row: &Row<'_>) -> rusqlite::Result<Option<Published>> {
    let Some(utc) = get_time(row, "published")? else { return Ok(None) };
    let date: String = row.get("published_date")?;
    Ok(Some(Published {
        raw: row.get("published_raw")?,
        utc,
        local_date: date.parse().map_err(|_| unreadable("published_date", &date))?,
        precision: get_name(row, "published_precision")?,
        source: get_name(row, "published_source")?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the size of the archive.
    #[test]
    fn one_article_is_found_by_its_id() {
        for select in [SELECT_STORED, SELECT_SEEN] {
            let plan = super::super::open::plan(&format!("{select} {NEWEST_OF_ONE}"));
            assert!(!plan.contains("articles_by_time"), "{plan}");
            assert!(plan.contains("sqlite_autoindex_articles_1 (article=?"), "{plan}");
        }
    }
}
