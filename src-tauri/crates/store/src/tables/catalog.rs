//! `catalog`: the edition's tables that the file has, each with a fingerprint of what its derived columns follow from.

use rusqlite::{Connection, OptionalExtension};
use standard::Table;

use crate::StoreError;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE catalog (tbl TEXT PRIMARY KEY, no INTEGER NOT NULL, fingerprint TEXT NOT NULL) WITHOUT ROWID;",
)];

/// The fingerprint of a table; `None` where the file does not have the table.
pub(crate) fn fingerprint(connection: &Connection, table: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT fingerprint FROM catalog WHERE tbl = ?1")?;
    Ok(statement.query_row([table], |r| r.get("fingerprint")).optional()?)
}

/// Writes down that the file has this table, with this fingerprint.
pub(crate) fn set(connection: &Connection, table: &Table, fingerprint: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO catalog (tbl, no, fingerprint) VALUES (?1, ?2, ?3)
         ON CONFLICT (tbl) DO UPDATE SET no = excluded.no, fingerprint = excluded.fingerprint",
        (&table.name, table.no, fingerprint),
    )?;
    Ok(())
}

/// Lets the derived columns of a table be made anew as soon as the edition has the table again.
pub(crate) fn clear_fingerprint(connection: &Connection, table: &str) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE catalog SET fingerprint = '' WHERE tbl = ?1")?.execute([table])?;
    Ok(())
}

/// Takes a table out of the catalog.
pub(crate) fn remove(connection: &Connection, table: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM catalog WHERE tbl = ?1", [table])?;
    Ok(())
}
