//! Vectors of sentences, by the model and by the sentences: computed once, the same from then on whatever the CPU.

use rusqlite::{Connection, OptionalExtension, params};

/// Returns the vectors of each of these openings that is there.
pub(super) fn get(
    connection: &Connection,
    model: &str,
    openings: &[String],
) -> rusqlite::Result<Vec<Option<Vec<u8>>>> {
    let mut statement = connection
        .prepare_cached("SELECT vectors FROM vectors WHERE model = ?1 AND opening = ?2")?;
    let mut of = |opening: &String| statement.query_row(params![model, opening], |row| row.get(0));
    openings.iter().map(|opening| of(opening).optional()).collect()
}

/// Stores the vectors of openings; what is there stays.
pub(super) fn put<'v>(
    connection: &mut Connection,
    model: &str,
    found: impl Iterator<Item = (&'v str, &'v [u8])>,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for (opening, vectors) in found {
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO vectors (model, opening, vectors) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![model, opening, vectors])?;
    }
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use crate::archive::Archive;

    #[test]
    fn vectors_are_kept_by_model_and_sentences() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("archive.db");
        let mut archive = Archive::open(&path).unwrap();
        let names = ["x".to_owned(), "y".to_owned()];
        assert_eq!(archive.vectors("m", &names).unwrap(), [None, None]);
        archive.save_vectors("m", [("x", &[1, 2][..])].into_iter()).unwrap();
        archive.save_vectors("m", [("x", &[9][..]), ("y", &[3][..])].into_iter()).unwrap();
        let expected = [Some(vec![1, 2]), Some(vec![3])];
        assert_eq!(archive.vectors("m", &names).unwrap(), expected, "the first stay");
        assert_eq!(archive.vectors("other", &names).unwrap(), [None, None]);
    }
}
