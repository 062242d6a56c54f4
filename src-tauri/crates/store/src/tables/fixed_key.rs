//! `fixed_key`: record keys that never change again, because the record was frozen in a batch. They stay when the
//! record is deleted, so that a record that is restored by undo gets its key back, and no other record gets it.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;
use crate::records::table_sql::TableSql;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[
    (
        1,
        "CREATE TABLE fixed_key (
         tbl TEXT NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tbl, row)) WITHOUT ROWID;",
    ),
    (
        // The period that the record belonged to then; NULL in what earlier builds wrote.
        4,
        "ALTER TABLE fixed_key ADD COLUMN period TEXT;
         CREATE INDEX fixed_key_key ON fixed_key (tbl, key);",
    ),
];

/// The fixed key of a record, where it has one.
pub(crate) fn get(connection: &Connection, table: &str, row: i64) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM fixed_key WHERE tbl = ?1 AND row = ?2")?;
    Ok(statement.query_row((table, row), |r| r.get("key")).optional()?)
}

/// Fixes the key of a record that belongs to a period.
pub(crate) fn insert(
    connection: &Connection,
    table: &str,
    row: i64,
    key: &str,
    period: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO fixed_key (tbl, row, key, period) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute((table, row, key, period))?;
    Ok(())
}

/// Whether this key is or was fixed for another record than this one, which has the natural key `natural` and belongs
/// to `period`. A record of another period that has the same natural key is the same one.
pub(crate) fn of_another(
    connection: &Connection,
    table_sql: &TableSql,
    key: &str,
    (row, natural, period): (i64, &str, &str),
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM fixed_key f LEFT JOIN {} t ON t._row = f.row
             WHERE f.tbl = ?1 AND f.key = ?2 AND f.row <> ?3
                 AND (coalesce(t._period, f.period) = ?5 OR (t._row IS NOT NULL AND t._natural IS NOT ?4)))",
        table_sql.quoted_name
    );
    Ok(connection.prepare_cached(&sql)?.query_row((table_sql.name(), key, row, natural, period), |r| r.get(0))?)
}
