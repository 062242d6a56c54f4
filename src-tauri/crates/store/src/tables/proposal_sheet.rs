//! `proposal_sheet`: the sheets that a proposal was read from, in the order of the files.

use rusqlite::{Connection, Row};
use serde_json::Value;

use crate::StoreError;
use crate::sql::json_texts;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    5,
    "CREATE TABLE proposal_sheet (
         id INTEGER PRIMARY KEY AUTOINCREMENT, proposal INTEGER NOT NULL REFERENCES proposal (id),
         file TEXT NOT NULL, sheet TEXT NOT NULL,
         tbl TEXT,                              -- NULL where no table was recognised
         columns TEXT NOT NULL,                 -- the columns that cells stand for by their position, as JSON
         view TEXT NOT NULL);                   -- what was found while reading, as JSON of the caller
     CREATE INDEX proposal_sheet_proposal ON proposal_sheet (proposal, id);",
)];

/// One sheet of a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalSheet {
    /// Its number in the book.
    pub id: i64,
    /// Path of the file.
    pub file: String,
    /// Name of the sheet; empty for a text file.
    pub sheet: String,
    /// Name of the table; absent where none was recognised, and then it has no rows.
    pub table: Option<String>,
    /// The columns that cells stand for by their position.
    pub columns: Vec<String>,
    /// The caller's description of it, as JSON that the store does not read.
    pub view: Value,
}

/// Adds a sheet to a proposal, ignoring its number, and returns its number.
pub(crate) fn insert(connection: &Connection, proposal: i64, sheet: &ProposalSheet) -> Result<i64, StoreError> {
    let ProposalSheet { id: _, file, sheet, table, columns, view } = sheet;
    let sql = "INSERT INTO proposal_sheet (proposal, file, sheet, tbl, columns, view) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute((proposal, file, sheet, table, json_texts(columns), view.to_string()))?;
    Ok(connection.last_insert_rowid())
}

/// Replaces the caller's description of a sheet.
pub(crate) fn set_view(connection: &Connection, sheet: i64, view: &Value) -> Result<(), StoreError> {
    let sql = "UPDATE proposal_sheet SET view = ?2 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((sheet, view.to_string()))?;
    Ok(())
}

/// The sheets of a proposal, in the order of the files.
pub(crate) fn of_proposal(connection: &Connection, proposal: i64) -> Result<Vec<ProposalSheet>, StoreError> {
    let sql = "SELECT id, file, sheet, tbl, columns, view FROM proposal_sheet WHERE proposal = ?1 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let sheets = statement.query_map([proposal], read)?;
    Ok(sheets.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ProposalSheet> {
    let failed = |error| rusqlite::types::FromSqlError::other::<serde_json::Error>(error);
    Ok(ProposalSheet {
        id: row.get("id")?,
        file: row.get("file")?,
        sheet: row.get("sheet")?,
        table: row.get("tbl")?,
        columns: serde_json::from_str(&row.get::<_, String>("columns")?).map_err(failed)?,
        view: serde_json::from_str(&row.get::<_, String>("view")?).map_err(failed)?,
    })
}
