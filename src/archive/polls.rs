//! What the polls brought: one transaction a source, and what the next poll needs to know of it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::codec::{count, get_count, get_name, get_time, must_time, time};
use super::{bodies, items};
use crate::model::{FeedStatus, FetchStatus, Fetched, Known, KnownItem, Validators};

/// Stores one poll, all or nothing.
pub(super) fn store(connection: &mut Connection, fetched: &Fetched) -> rusqlite::Result<()> {
    if fetched.status.status == FetchStatus::NotDue {
        return Ok(()); // nothing was asked, so there is nothing to remember
    }
    let transaction = connection.transaction()?;
    write(&transaction, fetched)?;
    transaction.commit()
}

/// The parts of a poll, inside its transaction.
pub(super) fn write(transaction: &Transaction<'_>, fetched: &Fetched) -> rusqlite::Result<()> {
    let mut added = 0;
    for item in &fetched.items {
        let wanted = fetched.wanted.contains(&item.key());
        added += usize::from(items::put(transaction, item, wanted)?);
    }
    // The source's own body is evidence if it brought something, and a help if it was unreadable.
    let evidence = added > 0 || fetched.status.status != FetchStatus::Ok;
    let body = fetched.body.as_ref().filter(|_| evidence);
    let body = body.map(|page| bodies::put(transaction, &page.body)).transpose()?;
    let poll = put_poll(transaction, &fetched.status, body.as_deref())?;
    put_source(transaction, fetched)?;
    let mut log = transaction.prepare_cached(
        "INSERT INTO fetch_log (poll, url, at, status, http, bytes, message)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for r in &fetched.requests {
        log.execute(params![
            poll,
            r.url,
            time(r.at),
            r.status.as_str(),
            r.http,
            count(r.bytes),
            r.message
        ])?;
    }
    Ok(())
}

fn put_poll(
    transaction: &Transaction<'_>,
    status: &FeedStatus,
    body: Option<&str>,
) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached(
            "INSERT INTO polls (outlet, edition, kind, url, status, http, fetched_at, items,
                                new_items, pages, pages_failed, newest, message, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            status.outlet,
            status.edition,
            status.kind.as_str(),
            status.url,
            status.status.as_str(),
            status.http,
            time(status.fetched_at),
            count(status.items),
            count(status.new_items),
            count(status.pages),
            count(status.pages_failed),
            status.newest.map(time),
            status.message,
            body,
        ])?;
    Ok(transaction.last_insert_rowid())
}

/// Replaces the validators and the postponement; the newest time only ever grows.
fn put_source(transaction: &Transaction<'_>, fetched: &Fetched) -> rusqlite::Result<()> {
    let status = &fetched.status;
    let known: Option<String> = transaction
        .prepare_cached("SELECT newest FROM sources WHERE url = ?1")?
        .query_row(params![status.url], |row| row.get(0))
        .optional()?
        .flatten();
    let known = known.and_then(|t| chrono::DateTime::parse_from_rfc3339(&t).ok());
    let newest = status.newest.max(known.map(|t| t.to_utc()));
    let validators = fetched.validators.clone().unwrap_or_default();
    transaction
        .prepare_cached(
            "INSERT INTO sources (url, outlet, edition, kind, etag, last_modified, not_before, newest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (url) DO UPDATE SET
               outlet = excluded.outlet, edition = excluded.edition, kind = excluded.kind,
               etag = excluded.etag, last_modified = excluded.last_modified,
               not_before = excluded.not_before, newest = excluded.newest",
        )?
        .execute(params![
            status.url,
            status.outlet,
            status.edition,
            status.kind.as_str(),
            validators.etag,
            validators.last_modified,
            fetched.not_before.map(time),
            newest.map(time),
        ])?;
    Ok(())
}

/// Reads all that the next poll needs.
pub(super) fn known(connection: &Connection) -> rusqlite::Result<Known> {
    let mut known = Known::default();
    let mut sources = connection.prepare("SELECT * FROM sources")?;
    let mut rows = sources.query([])?;
    while let Some(row) = rows.next()? {
        let url: String = row.get("url")?;
        let validators =
            Validators { etag: row.get("etag")?, last_modified: row.get("last_modified")? };
        if validators != Validators::default() {
            known.validators.insert(url.clone(), validators);
        }
        if let Some(at) = get_time(row, "not_before")? {
            known.not_before.insert(url.clone(), at);
        }
        if let Some(at) = get_time(row, "newest")? {
            known.newest.insert(url, at);
        }
    }
    let mut items = connection
        .prepare("SELECT key, source, fingerprint FROM item_keys JOIN items USING (item)")?;
    known.items = items
        .query_map([], |row| {
            let item =
                KnownItem { source: row.get("source")?, fingerprint: row.get("fingerprint")? };
            Ok((row.get("key")?, item))
        })?
        .collect::<rusqlite::Result<BTreeMap<String, KnownItem>>>()?;
    Ok(known)
}

/// Reads the last poll of each source.
pub(super) fn last(connection: &Connection) -> rusqlite::Result<Vec<FeedStatus>> {
    connection
        .prepare("SELECT * FROM v_feeds ORDER BY outlet, edition, url")?
        .query_map([], status)?
        .collect()
}

/// Reads all polls in the order of their time, for each outlet.
pub(super) fn history(connection: &Connection) -> rusqlite::Result<Vec<FeedStatus>> {
    connection
        .prepare("SELECT * FROM polls ORDER BY outlet, fetched_at, poll")?
        .query_map([], status)?
        .collect()
}

fn status(row: &Row<'_>) -> rusqlite::Result<FeedStatus> {
    Ok(FeedStatus {
        outlet: row.get("outlet")?,
        edition: row.get("edition")?,
        kind: get_name(row, "kind")?,
        url: row.get("url")?,
        status: get_name(row, "status")?,
        http: row.get("http")?,
        fetched_at: must_time(row, "fetched_at")?,
        items: get_count(row, "items")?,
        new_items: get_count(row, "new_items")?,
        pages: get_count(row, "pages")?,
        pages_failed: get_count(row, "pages_failed")?,
        newest: get_time(row, "newest")?,
        message: row.get("message")?,
    })
}
