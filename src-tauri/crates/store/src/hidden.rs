//! What a college once added and does not use at present: its columns and tables stay in the file, out of sight.
//!
//! A record that is deleted takes its values out of sight along into the log, and brings them back. Undo and redo walk over
//! steps that speak of own tables out of sight: what they change there is derived anew when the table comes into use
//! again.

use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use standard::overlay::PREFIX;

use crate::StoreError;
use crate::changes::{Logged, Op};
use crate::schema::quoted;
use crate::shape::Shape;

/// Whether a table or column of this name is a college's own; no published one is named so.
pub(crate) fn is_own(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Whether this is an own column that the table does not have at present.
pub(crate) fn is_hidden(shape: &Shape, column: &str) -> bool {
    is_own(column) && shape.position(column).is_err()
}

/// Own columns of the file's table that are out of sight.
fn columns(connection: &Connection, table: &str, shape: Option<&Shape>) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM pragma_table_info(?1)";
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.query_map([table], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let hidden = |name: &String| match shape {
        Some(shape) => is_hidden(shape, name),
        None => !name.starts_with('_'),
    };
    Ok(names.into_iter().filter(hidden).collect())
}

/// Filled cells of a record that are out of sight.
pub(crate) fn cells(connection: &Connection, shape: &Shape, row: i64) -> Result<Vec<(String, String)>, StoreError> {
    let columns = columns(connection, shape.name(), Some(shape))?;
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
    let sql = format!("SELECT {} FROM {} WHERE _row = ?1", names.join(", "), shape.sql_name);
    let read = |r: &rusqlite::Row<'_>| (0..columns.len()).map(|at| r.get(at)).collect();
    let values: Option<Vec<Option<String>>> = connection.prepare_cached(&sql)?.query_row([row], read).optional()?;
    let filled = columns.into_iter().zip(values.unwrap_or_default());
    Ok(filled.filter_map(|(column, value)| Some((column, value?))).collect())
}

/// Writes those of the cells that are out of sight and that the file has a column for.
pub(crate) fn put(
    connection: &Connection,
    shape: &Shape,
    row: i64,
    cells: &[(String, String)],
) -> Result<(), StoreError> {
    if !cells.iter().any(|(column, _)| is_hidden(shape, column)) {
        return Ok(());
    }
    set(connection, shape.name(), &columns(connection, shape.name(), Some(shape))?, row, cells)
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

/// Does one change of the log to a record of an own table that is out of sight.
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
            let head: [&dyn ToSql; 3] = [&row, &change.period, &change.place_after];
            connection.prepare_cached(&sql)?.execute(params_from_iter(head))?;
            set(connection, &change.table, &columns, row, &change.after)?;
        }
        Op::Update => set(connection, &change.table, &columns, row, &change.after)?,
        Op::Delete => {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE _row = ?1"))?.execute([row])?;
        }
        Op::Place => {
            let sql = format!("UPDATE {table} SET _place = ?2 WHERE _row = ?1");
            connection.prepare_cached(&sql)?.execute((row, change.place_after))?;
        }
    }
    // Keys and hashes are made when the table comes into use again.
    connection.prepare_cached("UPDATE catalog SET fingerprint = '' WHERE tbl = ?1")?.execute([&change.table])?;
    Ok(())
}
