//! `proposal_row`: the rows of the sheets of a proposal, each with what it would do and what was decided about it as a
//! whole.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::sql::column::Word;
use crate::tables::proposal_cell::{self, Choice, ProposedCell};

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    5,
    "CREATE TABLE proposal_row (
         sheet INTEGER NOT NULL, no INTEGER NOT NULL, line INTEGER NOT NULL, kind TEXT NOT NULL,
         conflict TEXT, left_out TEXT,
         target INTEGER,                        -- number of the record that it speaks of
         key TEXT,                              -- record key that a new record would get
         earlier_sheet INTEGER, earlier_no INTEGER,  -- the first row of the import that speaks of the same record
         cells TEXT,                            -- values read, as JSON, by position; NULL where they are the book's own
         unreadable TEXT,                       -- by position: reason and what stands there, as JSON
         waits TEXT,                            -- what is needed to match it once the sheet is read, as JSON
         choice TEXT, PRIMARY KEY (sheet, no)) WITHOUT ROWID;
     CREATE INDEX proposal_row_kind ON proposal_row (sheet, kind, no);
     CREATE INDEX proposal_row_conflict ON proposal_row (sheet, conflict, choice) WHERE conflict IS NOT NULL;
     CREATE INDEX proposal_row_target ON proposal_row (sheet, target) WHERE target IS NOT NULL;
     CREATE INDEX proposal_row_key ON proposal_row (sheet, key) WHERE key IS NOT NULL;
     CREATE INDEX proposal_row_waits ON proposal_row (sheet, no) WHERE waits IS NOT NULL;",
)];

/// What a row would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RowKind {
    /// A record that the book does not have.
    New,
    /// A record with other values.
    Changed,
    /// A record of which it would only empty cells.
    Cleared,
    /// A record that would not change.
    Unchanged,
    /// Something of it waits for a decision.
    Conflict,
    /// The same as an earlier row of the import.
    Doubled,
    /// The row is not a record, such as a total or an empty row.
    LeftOut,
    /// A cell could not be read: the row stays out.
    Unreadable,
    /// No row: a record that was written into the file and is not in it any more. It stays, unless the clerk chooses
    /// to delete it.
    Missing,
}

/// Why a row waits for a decision as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Conflict {
    /// An earlier row of the import is about the same record with other values.
    Twice,
    /// The record was deleted in the book since the file was written.
    Deleted,
    /// The row has the hidden mark of one record and the natural key of another: a corrected key, or another record in
    /// a copied row.
    OtherKey,
    /// The record came into the book after the file was read.
    Appeared,
}

/// A row of a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedRow {
    /// Its place among the rows of the sheet, from 0.
    pub no: u32,
    /// Line in the sheet, from 1; 0 for a record that is not in the file.
    pub line: u32,
    /// What it would do.
    pub kind: RowKind,
    /// Why it waits as a whole.
    pub conflict: Option<Conflict>,
    /// Why it is not a record.
    pub left_out: Option<String>,
    /// The record that it is about; absent for a new one.
    pub target: Option<i64>,
    /// The record key that a new record would get; absent where it has none.
    pub key: Option<String>,
    /// The first row of the import that is about the same record: number of the sheet, and place in it.
    pub earlier: Option<(i64, u32)>,
    /// For each field the value read; absent where the file has no column for it or the cell could not be read. Empty
    /// where the row says what the book has, and for a record that is not in the file.
    pub cells: Vec<Option<String>>,
    /// Cells that could not be read, by position: the reason, and what stands there.
    pub unreadable: BTreeMap<usize, (String, String)>,
    /// What is needed to match it after the whole sheet was read; absent if it is matched.
    pub waits: Option<String>,
    /// What was decided about it as a whole.
    pub choice: Option<Choice>,
    /// What it would do to cells of `target`.
    pub changes: Vec<ProposedCell>,
}

impl ProposedRow {
    /// A row without values and decisions.
    pub fn new(no: u32, line: u32, kind: RowKind) -> ProposedRow {
        ProposedRow {
            no,
            line,
            kind,
            conflict: None,
            left_out: None,
            target: None,
            key: None,
            earlier: None,
            cells: Vec::new(),
            unreadable: BTreeMap::new(),
            waits: None,
            choice: None,
            changes: Vec::new(),
        }
    }
}

/// Columns of [`read`], for a table named `r`.
pub(crate) const COLUMNS: &str = "r.sheet, r.no, r.line, r.kind, r.conflict, r.left_out, r.target, r.key,
     r.earlier_sheet, r.earlier_no, r.cells, r.unreadable, r.waits, r.choice";

/// Puts a row in its place, with its cells.
pub(crate) fn put(connection: &Connection, sheet: i64, row: &ProposedRow) -> Result<(), StoreError> {
    let failed = |error: serde_json::Error| StoreError::Failed { reason: error.to_string() };
    let cells = (!row.cells.is_empty()).then(|| serde_json::to_string(&row.cells)).transpose().map_err(failed)?;
    let unreadable = (!row.unreadable.is_empty()).then(|| serde_json::to_string(&row.unreadable));
    let unreadable = unreadable.transpose().map_err(failed)?;
    let (earlier_sheet, earlier_no) = row.earlier.unzip();
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO proposal_row (sheet, no, line, kind, conflict, left_out, target, key, earlier_sheet,
                 earlier_no, cells, unreadable, waits, choice)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute((
            sheet,
            row.no,
            row.line,
            Word(row.kind),
            row.conflict.map(Word),
            &row.left_out,
            row.target,
            &row.key,
            earlier_sheet,
            earlier_no,
            cells,
            unreadable,
            &row.waits,
            row.choice.map(Word),
        ))?;
    row.changes.iter().try_for_each(|cell| proposal_cell::insert(connection, sheet, row.no, cell))
}

/// Takes a row away, with its cells.
pub(crate) fn remove(connection: &Connection, sheet: i64, no: u32) -> Result<(), StoreError> {
    proposal_cell::remove_of_row(connection, sheet, no)?;
    connection.prepare_cached("DELETE FROM proposal_row WHERE sheet = ?1 AND no = ?2")?.execute((sheet, no))?;
    Ok(())
}

/// Reads a row with [`COLUMNS`], and its cells.
fn read(connection: &Connection, row: &Row<'_>) -> Result<ProposedRow, StoreError> {
    let broken = |_: serde_json::Error| StoreError::Failed { reason: "a row of a proposal is not JSON".into() };
    let json = |column: &str| row.get::<_, Option<String>>(column);
    let (sheet, no): (i64, u32) = (row.get("sheet")?, row.get("no")?);
    let kind = row.get::<_, Word<RowKind>>("kind")?.0;
    let earlier: (Option<i64>, Option<u32>) = (row.get("earlier_sheet")?, row.get("earlier_no")?);
    let cells = json("cells")?.map(|text| serde_json::from_str(&text)).transpose().map_err(broken)?;
    let unreadable = json("unreadable")?.map(|text| serde_json::from_str(&text)).transpose().map_err(broken)?;
    Ok(ProposedRow {
        no,
        line: row.get("line")?,
        kind,
        conflict: row.get::<_, Option<Word<Conflict>>>("conflict")?.map(|Word(conflict)| conflict),
        left_out: row.get("left_out")?,
        target: row.get("target")?,
        key: row.get("key")?,
        earlier: earlier.0.zip(earlier.1),
        cells: cells.unwrap_or_default(),
        unreadable: unreadable.unwrap_or_default(),
        waits: row.get("waits")?,
        choice: row.get::<_, Option<Word<Choice>>>("choice")?.map(|Word(choice)| choice),
        // A new record changes no cell of the book.
        changes: if kind == RowKind::New { Vec::new() } else { proposal_cell::of_row(connection, sheet, no)? },
    })
}

/// The rows that a statement with [`COLUMNS`] answers.
pub(crate) fn rows(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<ProposedRow>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query(values)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(read(connection, row)?);
    }
    Ok(rows)
}
