//! `proposal_cell`: the cells of the book that rows of a proposal would change, each with what was decided about it.

use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::sql::column::Word;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    5,
    "CREATE TABLE proposal_cell (
         sheet INTEGER NOT NULL, no INTEGER NOT NULL, col INTEGER NOT NULL, kind TEXT NOT NULL,
         base TEXT,                             -- the value that the file was written with; NULL without a base
         ours TEXT NOT NULL,                    -- the value of the book that it was held against
         choice TEXT, PRIMARY KEY (sheet, no, col)) WITHOUT ROWID;
     CREATE INDEX proposal_cell_kind ON proposal_cell (sheet, kind, col, choice);",
)];

/// What a file would do to a cell of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum CellKind {
    /// The value of the file replaces that of the book.
    Changed,
    /// The cell is emptied, where the clerk asks for it.
    Cleared,
    /// File and book have both changed it: it waits for a decision.
    Conflict,
    /// The values differ, and the decision is made for the row as a whole.
    Differs,
}

/// What the clerk decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Choice {
    /// The file wins. A record that is not in the file is deleted.
    Theirs,
    /// The book stays as it is.
    Ours,
    /// The row is a record of its own; only where it may also be a correction of another record, or is about the same
    /// record as an earlier row.
    Add,
}

/// One cell that a row would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedCell {
    /// Position of the field in its table.
    pub column: usize,
    /// What the file would do.
    pub kind: CellKind,
    /// The value that the file was written with; absent where it was not written from this record.
    pub base: Option<String>,
    /// The value of the book that the file was compared with.
    pub ours: String,
    /// What was decided; absent: nothing.
    pub choice: Option<Choice>,
}

/// Adds a cell of a row.
pub(crate) fn insert(connection: &Connection, sheet: i64, no: u32, cell: &ProposedCell) -> Result<(), StoreError> {
    let ProposedCell { column, kind, base, ours, choice } = cell;
    let sql =
        "INSERT INTO proposal_cell (sheet, no, col, kind, base, ours, choice) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute((sheet, no, column, Word(*kind), base, ours, choice.map(Word)))?;
    Ok(())
}

/// Takes the cells of a row away.
pub(crate) fn remove_of_row(connection: &Connection, sheet: i64, no: u32) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM proposal_cell WHERE sheet = ?1 AND no = ?2")?.execute((sheet, no))?;
    Ok(())
}

/// The cells of a row, in the order of the fields.
pub(crate) fn of_row(connection: &Connection, sheet: i64, no: u32) -> Result<Vec<ProposedCell>, StoreError> {
    let sql = "SELECT col, kind, base, ours, choice FROM proposal_cell WHERE sheet = ?1 AND no = ?2 ORDER BY col";
    let mut statement = connection.prepare_cached(sql)?;
    let cells = statement.query_map((sheet, no), read)?;
    Ok(cells.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ProposedCell> {
    Ok(ProposedCell {
        column: row.get("col")?,
        kind: row.get::<_, Word<CellKind>>("kind")?.0,
        base: row.get("base")?,
        ours: row.get("ours")?,
        choice: row.get::<_, Option<Word<Choice>>>("choice")?.map(|Word(choice)| choice),
    })
}
