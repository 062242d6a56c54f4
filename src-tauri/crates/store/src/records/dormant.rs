//! Dormant columns and tables: a college added them once and does not use them at present. They stay in the file with
//! their values, and nothing reads them.
//!
//! When a record is deleted, its dormant values are written into the log; undo restores them. Undo and redo also apply
//! to dormant tables; their derived columns are computed again when the table comes into use again.

use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use standard::overlay::PREFIX;

use crate::StoreError;
use crate::records::table_sql::TableSql;
use crate::sql::quoted;
use crate::tables::catalog;
use crate::tables::change::{self, Logged, Op};

/// Whether a table or column of this name is a college's own; no published one is named so.
pub(crate) fn is_own(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Whether this is an own column that the table does not have at present.
pub(crate) fn is_dormant(table_sql: &TableSql, column: &str) -> bool {
    is_own(column) && table_sql.position(column).is_err()
}

/// Dormant columns of the file's table; all of them where the table itself is dormant.
fn columns(connection: &Connection, table: &str, table_sql: Option<&TableSql>) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM pragma_table_info(?1)";
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.query_map([table], |r| r.get("name"))?.collect::<Result<_, _>>()?;
    let dormant = |name: &String| match table_sql {
        Some(table_sql) => is_dormant(table_sql, name),
        None => !name.starts_with('_'),
    };
    Ok(names.into_iter().filter(dormant).collect())
}

/// Filled dormant cells of a record: pairs of column and value.
pub(crate) fn cells(
    connection: &Connection,
    table_sql: &TableSql,
    row: i64,
) -> Result<Vec<(String, String)>, StoreError> {
    let columns = columns(connection, table_sql.name(), Some(table_sql))?;
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
    let sql = format!("SELECT {} FROM {} WHERE _row = ?1", names.join(", "), table_sql.quoted_name);
    let read = |r: &rusqlite::Row<'_>| (0..columns.len()).map(|at| r.get(at)).collect();
    let values: Option<Vec<Option<String>>> = connection.prepare_cached(&sql)?.query_row([row], read).optional()?;
    let filled = columns.into_iter().zip(values.unwrap_or_default());
    Ok(filled.filter_map(|(column, value)| Some((column, value?))).collect())
}

/// Writes those of the cells that are dormant and that the file has a column for.
pub(crate) fn put(
    connection: &Connection,
    table_sql: &TableSql,
    row: i64,
    cells: &[(String, String)],
) -> Result<(), StoreError> {
    if !cells.iter().any(|(column, _)| is_dormant(table_sql, column)) {
        return Ok(());
    }
    set(connection, table_sql.name(), &columns(connection, table_sql.name(), Some(table_sql))?, row, cells)
}

fn set(
    connection: &Connection,
    table: &str,
    columns: &[String],
    row: i64,
    cells: &[(String, String)],
) -> Result<(), StoreError> {
    for (column, value) in cells.iter().filter(|(column, _)| columns.contains(column)) {
        let sql = format!("UPDATE {} SET {} = ?2 WHERE _row = ?1", quoted(table), quoted(column));
        let value = Some(value).filter(|value| !value.is_empty());
        connection.prepare_cached(&sql)?.execute((row, value))?;
    }
    Ok(())
}

/// Applies one change of the log to a record of a dormant table.
pub(crate) fn replay(connection: &Connection, change: &Logged) -> Result<(), StoreError> {
    let (table, row) = (quoted(&change.table), change.row);
    let columns = columns(connection, &change.table, None)?;
    if columns.is_empty() {
        return Err(StoreError::NoSuchTable { table: change.table.clone() });
    }
    match change.op {
        Op::Insert => {
            let sql = format!(
                "INSERT INTO {table} (_row, _period, _place, _changed, _hash) VALUES (?1, ?2, ?3, 0, zeroblob(32))"
            );
            let columns_set: [&dyn ToSql; 3] = [&row, &change.period, &change.ordering_after];
            connection.prepare_cached(&sql)?.execute(params_from_iter(columns_set))?;
            set(connection, &change.table, &columns, row, &change.after)?;
        }
        Op::Update => set(connection, &change.table, &columns, row, &change.after)?,
        Op::Delete => {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE _row = ?1"))?.execute([row])?;
        }
        Op::Move => {
            let sql = format!("UPDATE {table} SET _period = ?2, _place = ?3 WHERE _row = ?1");
            let period = change::period_of(&change.after);
            connection.prepare_cached(&sql)?.execute((row, period, change.ordering_after))?;
        }
        // Own tables are never sent, so their keys can wait: they are computed again when the table comes into use
        // again.
        Op::Repeat => {}
        Op::Reorder => {
            let sql = format!("UPDATE {table} SET _place = ?2 WHERE _row = ?1");
            connection.prepare_cached(&sql)?.execute((row, change.ordering_after))?;
        }
    }
    // Keys and hashes are made when the table comes into use again.
    catalog::clear_fingerprint(connection, &change.table)
}
