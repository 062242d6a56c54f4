//! `head`: metadata of the book, by name.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

pub(super) const MIGRATIONS: &[(i64, &str)] =
    &[(1, "CREATE TABLE head (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;")];

/// Id of the edition that the book follows.
pub(crate) const EDITION: &str = "edition";

/// School code, as every record carries it in XXDM.
pub(crate) const SCHOOL: &str = "school";

/// The mark by which a log beside the file is recognised as that of the book: 32 hex digits; see
/// [`crate::file::log_owner`].
pub(crate) const LOG_OWNER: &str = "log-owner";

/// The value of this name; empty if it has none.
pub(crate) fn get(connection: &Connection, name: &str) -> Result<String, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM head WHERE name = ?1")?;
    Ok(statement.query_row([name], |r| r.get("value")).optional()?.unwrap_or_default())
}

/// Sets the value of a name.
pub(crate) fn set(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO head (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    connection.execute(sql, (name, value))?;
    Ok(())
}
