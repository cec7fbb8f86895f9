//! Walks through the past: which lists were read for which period, and which days that covers.

use rusqlite::{Connection, Row, params};

use super::codec::{count, get_count, time, unreadable};
use super::{bodies, items};
use crate::model::{PastDay, Period, RawItem, Walked};

/// Stores what one document of the past brought, in place of what it brought before.
pub(super) fn store(
    connection: &mut Connection,
    period: Period,
    walked: &Walked,
) -> rusqlite::Result<()> {
    let json = serde_json::to_vec(walked)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let transaction = connection.transaction()?;
    let body = bodies::put(&transaction, &json)?;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO walks
               (from_day, until_day, source, url, outlet, at, status, message, walked)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            period.from.to_string(),
            period.until.to_string(),
            walked.source,
            walked.url,
            walked.outlet,
            time(walked.at),
            walked.status.as_str(),
            walked.message,
            body,
        ])?;
    transaction.commit()
}

/// Reads the documents that were read for exactly this period.
pub(super) fn of_period(connection: &Connection, period: Period) -> rusqlite::Result<Vec<Walked>> {
    let mut select = connection.prepare(
        "SELECT walked FROM walks WHERE from_day = ?1 AND until_day = ?2 ORDER BY source, url",
    )?;
    let bodies: Vec<String> = select
        .query_map(params![period.from.to_string(), period.until.to_string()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let read = |sha256: String| {
        let body =
            bodies::get(connection, &sha256)?.ok_or_else(|| unreadable("walked", &sha256))?;
        serde_json::from_slice(&body).map_err(|_| unreadable("walked", &sha256))
    };
    bodies.into_iter().map(read).collect()
}

/// Stores an article of the past; `wanted` says that its page is still to come.
pub(super) fn store_item(
    connection: &mut Connection,
    item: &RawItem,
    wanted: bool,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    items::put(&transaction, item, wanted)?;
    transaction.commit()
}

/// Stores what is known of days. A day that was walked from end to end once stays so.
pub(super) fn store_days(connection: &mut Connection, days: &[PastDay]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for day in days {
        transaction
            .prepare_cached(
                "INSERT INTO past_days (outlet, day, listed, held, failed, gap)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (outlet, day) DO UPDATE SET
                   listed = excluded.listed, held = excluded.held, failed = excluded.failed,
                   gap = excluded.gap
                 WHERE past_days.gap <> '' OR excluded.gap = ''",
            )?
            .execute(params![
                day.outlet,
                day.day.to_string(),
                count(day.listed),
                count(day.held),
                count(day.failed),
                day.gap,
            ])?;
    }
    transaction.commit()
}

/// Reads all that is known of days, sorted by outlet and day.
pub(super) fn days(connection: &Connection) -> rusqlite::Result<Vec<PastDay>> {
    connection
        .prepare("SELECT * FROM past_days ORDER BY outlet, day")?
        .query_map([], past_day)?
        .collect()
}

fn past_day(row: &Row<'_>) -> rusqlite::Result<PastDay> {
    let day: String = row.get("day")?;
    Ok(PastDay {
        outlet: row.get("outlet")?,
        day: day.parse().map_err(|_| unreadable("day", &day))?,
        listed: get_count(row, "listed")?,
        held: get_count(row, "held")?,
        failed: get_count(row, "failed")?,
        gap: row.get("gap")?,
    })
}
