//! Opens the database file: settings, ownership, schema version, migrations.
//!
//! Each migration is one SQL script run in one transaction; before an existing archive is changed, a
//! copy of it is written beside it. An archive of a newer version is refused, not guessed at.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::ArchiveError;

/// `PRAGMA application_id` of our files: "fimi" in ASCII.
const APPLICATION_ID: i64 = 0x6669_6d69;

/// How long a statement waits for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The scripts that lead from schema `n` to `n + 1`, the first one from an empty file.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
];

/// Opens `path` for writing, creating and migrating it as needed. The caller holds the lock.
pub(super) fn for_writing(path: &Path) -> Result<Connection, ArchiveError> {
    let mut connection = Connection::open(path).map_err(|e| sql(path, e))?;
    settings(&connection).map_err(|e| sql(path, e))?;
    let found = version(&connection, path)?;
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        .map_err(|e| sql(path, e))?;
    migrate(&mut connection, path, found, MIGRATIONS)?;
    Ok(connection)
}

/// Opens an existing archive of the present schema for reading.
pub(super) fn for_reading(path: &Path) -> Result<Connection, ArchiveError> {
    if !path.exists() {
        return Err(ArchiveError::Missing { path: path.to_owned() });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |name: &Path, flags: OpenFlags| {
        let connection = Connection::open_with_flags(name, flags).map_err(|e| sql(path, e))?;
        settings(&connection).map_err(|e| sql(path, e))?;
        let found = version(&connection, path)?;
        Ok((connection, found))
    };
    let (connection, found) = match (open(path, flags), unchangeable(path)) {
        (Err(ArchiveError::Sql { .. }), Some(name)) => {
            open(&name, flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        (opened, _) => opened?,
    };
    if found < MIGRATIONS.len() {
        return Err(ArchiveError::Older { path: path.to_owned() });
    }
    Ok(connection)
}

/// The archive's name as that of a file which nobody changes. Readers of a write-ahead log need a
/// file beside it, which a folder that may only be read does not take; without a log it can be done
/// without. `None` if there is a log, or for names that are no text.
fn unchangeable(path: &Path) -> Option<PathBuf> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        return None;
    }
    let mut name = url::Url::from_file_path(std::path::absolute(path).ok()?).ok()?;
    name.set_query(Some("immutable=1"));
    Some(PathBuf::from(name.as_str()))
}

fn settings(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch("PRAGMA foreign_keys = ON;")
}

/// Returns the schema version of our own file, 0 for an empty one.
fn version(connection: &Connection, path: &Path) -> Result<usize, ArchiveError> {
    let pragma = |name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(|e| {
            match e.sqlite_error_code() {
                Some(rusqlite::ErrorCode::NotADatabase) => {
                    ArchiveError::Foreign { path: path.to_owned() }
                }
                _ => sql(path, e),
            }
        })
    };
    let (application, found) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|e| sql(path, e))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(ArchiveError::Foreign { path: path.to_owned() });
    }
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match usize::try_from(found) {
        Ok(n) if found <= known => Ok(n),
        _ => Err(ArchiveError::Newer { path: path.to_owned(), found, known }),
    }
}

/// Runs the scripts from `found` on, each in one transaction.
fn migrate(
    connection: &mut Connection,
    path: &Path,
    found: usize,
    scripts: &[&str],
) -> Result<(), ArchiveError> {
    if found > 0 && found < scripts.len() {
        back_up(connection, path, found)?;
    }
    for (i, script) in scripts.iter().enumerate().skip(found) {
        let run = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction()?;
            transaction.execute_batch(script)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", i64::try_from(i + 1).unwrap_or(0))?;
            transaction.commit()
        };
        run(connection).map_err(|e| sql(path, e))?;
    }
    Ok(())
}

/// Writes a copy `NAME.schema-N.bak` beside the archive, unless there is one already. It gets its name when
/// it is whole and on the disk.
fn back_up(connection: &Connection, path: &Path, found: usize) -> Result<(), ArchiveError> {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".schema-{found}.{ending}"));
        PathBuf::from(name)
    };
    let (copy, partial) = (beside("bak"), beside("part"));
    if copy.exists() {
        return Ok(());
    }
    let io = |source| ArchiveError::Io { path: copy.clone(), source };
    match std::fs::remove_file(&partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    connection.execute("VACUUM INTO ?1", [partial.to_string_lossy()]).map_err(|e| sql(path, e))?;
    std::fs::File::open(&partial).and_then(|file| file.sync_all()).map_err(io)?;
    std::fs::rename(&partial, &copy).map_err(io)
}

/// Names the file in an error of SQLite.
pub(super) fn sql(path: &Path, source: rusqlite::Error) -> ArchiveError {
    match source {
        rusqlite::Error::FromSqlConversionFailure(_, _, reason) => {
            ArchiveError::Corrupt { path: path.to_owned(), what: reason.to_string() }
        }
        source => ArchiveError::Sql { path: path.to_owned(), source },
    }
}

/// How SQLite would look for what a statement asks of a new archive.
#[cfg(test)]
pub(super) fn plan(sql: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let connection = for_writing(&dir.path().join("a.db")).unwrap();
    let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec![1; explain.parameter_count()];
    let steps = explain
        .query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>("detail"))
        .unwrap();
    steps.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_gets_settings_and_schema() {
        let dir = tempfile::tempdir().unwrap();
        let connection = for_writing(&dir.path().join("a.db")).unwrap();
        let value = |name: &str| {
            connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(value("application_id"), APPLICATION_ID);
        assert_eq!(value("user_version"), i64::try_from(MIGRATIONS.len()).unwrap());
        assert_eq!(
            (value("synchronous"), value("foreign_keys"), value("busy_timeout")),
            (2, 1, 5000)
        );
        let mode: String =
            connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }

    #[test]
    fn a_newer_schema_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        for_writing(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = for_writing(&path).unwrap_err();
        assert!(matches!(error, ArchiveError::Newer { found: 99, .. }));
        assert!(error.to_string().contains("update fimi"));
        assert!(matches!(for_reading(&path), Err(ArchiveError::Newer { .. })));
    }

    #[test]
    fn a_foreign_file_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("other.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(for_writing(&path), Err(ArchiveError::Foreign { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        let text = dir.path().join("notes.txt");
        std::fs::write(&text, "no database at all, but long enough to look at").unwrap();
        assert!(matches!(for_writing(&text), Err(ArchiveError::Foreign { .. })));
    }

    #[test]
    fn a_failed_migration_leaves_the_old_schema_and_a_copy() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let mut connection = for_writing(&path).unwrap();
        let known = MIGRATIONS.len();
        let scripts = [MIGRATIONS, &["CREATE TABLE added (x) STRICT_OOPS"]].concat();
        assert!(migrate(&mut connection, &path, known, &scripts).is_err());
        assert_eq!(version(&connection, &path).unwrap(), known);
        assert!(dir.path().join(format!("a.db.schema-{known}.bak")).exists());
        let scripts = [MIGRATIONS, &["CREATE TABLE added (x INTEGER) STRICT"]].concat();
        migrate(&mut connection, &path, known, &scripts).unwrap();
        connection.execute_batch("INSERT INTO added VALUES (1)").unwrap();
    }

    #[test]
    fn an_archive_of_the_first_schema_gets_what_came_later() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let mut connection = Connection::open(&path).unwrap();
        migrate(&mut connection, &path, 0, &MIGRATIONS[..1]).unwrap();
        drop(connection);
        let connection = for_writing(&path).unwrap();
        connection.execute_batch("SELECT language_confidence FROM v_articles").unwrap();
        assert!(connection.execute_batch("SELECT citations FROM articles").is_err());
        connection.execute_batch("SELECT walked FROM walks; SELECT gap FROM past_days").unwrap();
        assert!(dir.path().join("a.db.schema-1.bak").exists());
        assert!(!dir.path().join("a.db.schema-1.part").exists());
    }

    #[test]
    fn what_is_left_of_a_copy_is_no_copy() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let mut connection = Connection::open(&path).unwrap();
        migrate(&mut connection, &path, 0, &MIGRATIONS[..1]).unwrap();
        drop(connection);
        // A run that was killed while it copied.
        std::fs::write(dir.path().join("a.db.schema-1.part"), b"").unwrap();
        for_writing(&path).unwrap();
        let copy = Connection::open(dir.path().join("a.db.schema-1.bak")).unwrap();
        assert_eq!(version(&copy, &path).unwrap(), 1);
    }

    #[test]
    fn reading_needs_an_archive() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("none.db");
        assert!(matches!(for_reading(&path), Err(ArchiveError::Missing { .. })));
        assert!(!path.exists());
    }
}
