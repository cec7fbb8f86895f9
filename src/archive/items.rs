//! Items as announced, version by version, and which of them are still to be read.
//!
//! An item is found again by its GUID, else by its address; both are kept as keys, so that a changed
//! GUID or a changed address alone makes no new item.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::bodies;
use super::codec::{get_time, time};
use crate::model::{RawItem, RawPage};

/// Stores an item that is new or was announced anew; `wanted` says that its page is still to come.
/// Returns whether this made a new version.
pub(super) fn put(
    transaction: &Transaction<'_>,
    item: &RawItem,
    wanted: bool,
) -> rusqlite::Result<bool> {
    let page = item.page.as_ref().map(|page| bodies::put(transaction, &page.body)).transpose()?;
    let found = find(transaction, item)?;
    let (id, changed) = match found {
        None => (insert(transaction, item)?, Some(1)),
        Some((id, version)) => (id, next_version(transaction, id, version, item, page.as_deref())?),
    };
    for key in item.keys() {
        transaction
            .prepare_cached(
                "INSERT INTO item_keys (key, item) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![key, id])?;
    }
    let fingerprint = if wanted { String::new() } else { item.fingerprint() };
    transaction
        .prepare_cached("UPDATE items SET fingerprint = ?2 WHERE item = ?1")?
        .execute(params![id, fingerprint])?;
    let Some(version) = changed else { return Ok(false) };
    put_version(transaction, id, version, item, page.as_deref())?;
    transaction
        .prepare_cached("UPDATE items SET version = ?2 WHERE item = ?1")?
        .execute(params![id, version])?;
    Ok(true)
}

/// Looks an item up under each of its keys, the GUID first.
fn find(transaction: &Transaction<'_>, item: &RawItem) -> rusqlite::Result<Option<(i64, u32)>> {
    let mut look_up = transaction.prepare_cached(
        "SELECT item, version FROM item_keys JOIN items USING (item) WHERE key = ?1",
    )?;
    for key in item.keys() {
        let found =
            look_up.query_row(params![key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn insert(transaction: &Transaction<'_>, item: &RawItem) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached(
            "INSERT INTO items (outlet, source, fingerprint, version) VALUES (?1, ?2, '', 0)",
        )?
        .execute(params![item.outlet, item.source])?;
    Ok(transaction.last_insert_rowid())
}

/// Returns the number of the new version that `item` makes of a known one, or `None` if it makes
/// none: all is as before, or only the page that was missing has come (then it is filled in).
fn next_version(
    transaction: &Transaction<'_>,
    id: i64,
    version: u32,
    item: &RawItem,
    page: Option<&str>,
) -> rusqlite::Result<Option<u32>> {
    let (before, before_page) = transaction
        .prepare_cached(
            "SELECT v.*, i.outlet FROM item_versions v JOIN items i USING (item)
             WHERE item = ?1 AND v.version = ?2",
        )?
        .query_row(params![id, version], |row| {
            Ok((announced(row)?, row.get::<_, Option<String>>("page")?))
        })?;
    if before.fingerprint() != item.fingerprint() {
        return Ok(Some(version + 1));
    }
    match (page, before_page) {
        (None, _) => Ok(None),
        (Some(now), Some(then)) if now == then => Ok(None),
        (Some(_), Some(_)) => Ok(Some(version + 1)),
        (Some(now), None) => {
            let sent = item.page.as_ref();
            transaction
                .prepare_cached(
                    "UPDATE item_versions
                     SET page = ?3, page_url = ?4, page_content_type = ?5, read_by = NULL
                     WHERE item = ?1 AND version = ?2",
                )?
                .execute(params![
                    id,
                    version,
                    now,
                    sent.map(|p| &p.url),
                    sent.and_then(|p| p.content_type.as_ref())
                ])?;
            Ok(None)
        }
    }
}

fn put_version(
    transaction: &Transaction<'_>,
    id: i64,
    version: u32,
    item: &RawItem,
    page: Option<&str>,
) -> rusqlite::Result<()> {
    let sent = item.page.as_ref();
    transaction
        .prepare_cached(
            "INSERT INTO item_versions
               (item, version, edition, source, guid, url, title, summary, content, author,
                published, language, first_seen, page_url, page_content_type, page)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            id,
            version,
            item.edition,
            item.source,
            item.guid,
            item.url,
            item.title,
            item.summary,
            item.content,
            item.author,
            item.published,
            item.language,
            item.first_seen.map(time),
            sent.map(|p| &p.url),
            sent.and_then(|p| p.content_type.as_ref()),
            page,
        ])?;
    Ok(())
}

/// "Less or greater" is found by the index, "unequal" would go through all versions.
const SELECT_PENDING: &str = "
    SELECT v.*, i.outlet FROM item_versions v JOIN items i
      ON v.item = i.item AND v.version = i.version
    WHERE v.read_by IS NULL OR v.read_by < ?1 OR v.read_by > ?1
    ORDER BY i.outlet, coalesce(v.guid, v.url), i.item LIMIT ?2";

/// Reads up to `limit` items whose newest version `extractor` has not read yet.
pub(super) fn pending(
    connection: &Connection,
    extractor: &str,
    limit: usize,
) -> rusqlite::Result<Vec<RawItem>> {
    let mut select = connection.prepare_cached(SELECT_PENDING)?;
    let rows = select.query_map(params![extractor, super::codec::count(limit)], |row| {
        Ok((announced(row)?, page(connection, row)?))
    })?;
    rows.map(|row| row.map(|(item, page)| RawItem { page, ..item })).collect()
}

/// Notes that the newest versions of `items` have been read by `extractor`.
pub(super) fn mark_read(
    transaction: &Transaction<'_>,
    items: &[RawItem],
    extractor: &str,
) -> rusqlite::Result<()> {
    let mut mark = transaction.prepare_cached(
        "UPDATE item_versions SET read_by = ?3
         WHERE version = ?2 AND item = (SELECT item FROM item_keys WHERE key = ?1)",
    )?;
    for item in items {
        mark.execute(params![item.key(), item.version, extractor])?;
    }
    Ok(())
}

fn announced(row: &Row<'_>) -> rusqlite::Result<RawItem> {
    Ok(RawItem {
        outlet: row.get("outlet")?,
        edition: row.get("edition")?,
        source: row.get("source")?,
        url: row.get("url")?,
        guid: row.get("guid")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        content: row.get("content")?,
        author: row.get("author")?,
        published: row.get("published")?,
        language: row.get("language")?,
        first_seen: get_time(row, "first_seen")?,
        page: None,
        version: row.get("version")?,
    })
}

fn page(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<Option<RawPage>> {
    let Some(sha256) = row.get::<_, Option<String>>("page")? else { return Ok(None) };
    let body = bodies::get(connection, &sha256)?
        .ok_or_else(|| super::codec::unreadable("page", &sha256))?;
    Ok(Some(RawPage {
        url: row.get::<_, Option<String>>("page_url")?.unwrap_or_default(),
        content_type: row.get("page_content_type")?,
        body,
    }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn unread_items_are_found_without_going_through_all() {
        let plan = super::super::open::plan(super::SELECT_PENDING);
        assert!(!plan.contains("SCAN"), "{plan}");
        assert!(plan.contains("item_versions_by_reader"), "{plan}");
    }
}
