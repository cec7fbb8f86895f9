//! Bodies by the hash of their bytes: each is stored once, compressed.

use rusqlite::{Connection, OptionalExtension, params};

use super::codec::{count, get_count, unreadable};
use crate::ids::sha256_hex;

/// zstd's level: 3 is its own default; higher levels gain few percent on HTML at several times the
/// time.
const LEVEL: i32 = 3;

/// Stores `body` unless it is there, and returns its hash.
pub(super) fn put(connection: &Connection, body: &[u8]) -> rusqlite::Result<String> {
    let sha256 = sha256_hex(body);
    let there = connection
        .prepare_cached("SELECT 1 FROM bodies WHERE sha256 = ?1")?
        .exists(params![sha256])?;
    if !there {
        let packed = zstd::encode_all(body, LEVEL)
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        connection
            .prepare_cached("INSERT INTO bodies (sha256, bytes, zstd) VALUES (?1, ?2, ?3)")?
            .execute(params![sha256, count(body.len()), packed])?;
    }
    Ok(sha256)
}

/// Returns the body with this hash, checked against it.
pub(super) fn get(connection: &Connection, sha256: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    let stored = connection
        .prepare_cached("SELECT bytes, zstd FROM bodies WHERE sha256 = ?1")?
        .query_row(params![sha256], |row| {
            Ok((get_count(row, "bytes")?, row.get::<_, Vec<u8>>("zstd")?))
        })
        .optional()?;
    let Some((bytes, packed)) = stored else { return Ok(None) };
    let body = zstd::bulk::decompress(&packed, bytes).map_err(|_| unreadable("zstd", sha256))?;
    if sha256_hex(&body) != sha256 {
        return Err(unreadable("zstd", sha256));
    }
    Ok(Some(body))
}
