//! Who answers for a table or a single column, from which system the item comes, for which period, and what it means.

use rusqlite::Row;
use serde::{Deserialize, Serialize};

use super::Inbox;
use crate::StoreError;

/// What a department answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Name of the table, as `ODS_XXJBSJ`.
    pub table: String,
    /// Name of the column; empty for the whole table.
    pub column: String,
    /// The department that answers for it.
    pub department: String,
    /// The system that the item comes from; may be empty.
    pub source: String,
    /// The period that it speaks of; may be empty.
    pub period: String,
    /// What it means in this college; may be empty.
    pub meaning: String,
    /// The day until which it is due, as `YYYYMMDD`; empty where none was set.
    pub due: String,
}

impl Inbox {
    /// Keeps a duty, in place of that for the same table and column.
    pub fn set_duty(&self, duty: &Duty) -> Result<(), StoreError> {
        let Duty { table, column, department, source, period, meaning, due } = duty;
        let sql = "INSERT OR REPLACE INTO duty (tbl, col, department, source, period, meaning, due)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.connection().execute(sql, (table, column, department, source, period, meaning, due))?;
        Ok(())
    }

    /// Removes the duty for this table and column; whether there was one.
    pub fn remove_duty(&self, table: &str, column: &str) -> Result<bool, StoreError> {
        Ok(self.connection().execute("DELETE FROM duty WHERE tbl = ?1 AND col = ?2", [table, column])? > 0)
    }

    /// All duties, by table and column; that for a whole table stands before those for its columns.
    pub fn duties(&self) -> Result<Vec<Duty>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT tbl, col, department, source, period, meaning, due FROM duty ORDER BY tbl, col";
        let mut statement = connection.prepare_cached(sql)?;
        let duties = statement.query_map([], read)?;
        Ok(duties.collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Duty> {
    Ok(Duty {
        table: row.get("tbl")?,
        column: row.get("col")?,
        department: row.get("department")?,
        source: row.get("source")?,
        period: row.get("period")?,
        meaning: row.get("meaning")?,
        due: row.get("due")?,
    })
}
