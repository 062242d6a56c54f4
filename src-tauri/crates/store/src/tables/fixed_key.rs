//! `fixed_key`: record keys that are fixed for life, because the record has left the book in a batch. They outlive the
//! record, so that one that comes back by undo has its key.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE fixed_key (
         tbl TEXT NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tbl, row)) WITHOUT ROWID;",
)];

/// The fixed key of a record, where it has one.
pub(crate) fn get(connection: &Connection, table: &str, row: i64) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM fixed_key WHERE tbl = ?1 AND row = ?2")?;
    Ok(statement.query_row((table, row), |r| r.get("key")).optional()?)
}

/// Fixes the key of a record.
pub(crate) fn insert(connection: &Connection, table: &str, row: i64, key: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO fixed_key (tbl, row, key) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((table, row, key))?;
    Ok(())
}
